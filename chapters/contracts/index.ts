// The door of chapter contracts.
export { contractIntake } from './intake/taking.ts'
export { type Cost, costing, inTariffTimes, type Terms, type Use } from './pricing/cost.ts'
export { drawn } from './pricing/profile.ts'
export { profileNamed } from './pricing/profiles.ts'
export { yearFrom } from './pricing/rules.ts'
export { termsOf } from './pricing/terms.ts'
export { findProduct } from './queries.ts'
export { spotIntake } from './spot/taking.ts'
