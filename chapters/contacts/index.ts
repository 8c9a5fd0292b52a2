// The door of chapter contacts.
export { contactIntake } from './intake/taking.ts'
