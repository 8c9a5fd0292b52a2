// The door of chapter access.
export { forgetViews } from './views/forgetting.ts'
export { resealSecrets, signInsByKey } from './key-change.ts'
export { actorOf, firstSignIns, type Newcomer, programOf } from './identify.ts'
