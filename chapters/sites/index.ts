// The door of chapter sites.
export { siteIntake } from './intake/taking.ts'
export { keepEstimate } from './points/estimates.ts'
export { keptPoint } from './points/routes.ts'
export { eicCheck } from './points/grid-area.ts'
export { gs1Check, readPointCode } from './point-code.ts'
export {
  endOccupancy,
  insertOccupancy,
  occupanciesOfCustomer,
  occupanciesPassed,
  occupantsOfSite,
  occupanciesToPass,
  passOccupancies,
  pointsOfSites,
  protectHomes,
  sitesById,
} from './queries.ts'
export { told } from './told.ts'
