// The door of chapter contracts.
export { contractIntake } from './intake/taking.ts'
export { spotIntake } from './spot/taking.ts'
