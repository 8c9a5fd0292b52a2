// The door of chapter sites.
export { siteIntake } from './intake/taking.ts'
export { keptPoint } from './points/routes.ts'
export { eicCheck } from './points/grid-area.ts'
export { gs1Check, readPointCode } from './point-code.ts'
export {
  occupanciesPassed,
  occupantsOfSite,
  occupanciesToPass,
  passOccupancies,
  protectHomes,
  sitesById,
} from './queries.ts'
export { told } from './told.ts'
