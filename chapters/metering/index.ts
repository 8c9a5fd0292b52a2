// The door of chapter metering.
export { lackingOf, packed, packedQualities, totalOf } from './block.ts'
export { slotsOf } from './grid.ts'
export { measuredDays } from './uses.ts'
export { consumptionIntake } from './intake/taking.ts'
export { registerIntake } from './heat/taking.ts'
export { readingIntake } from './readings/taking.ts'
export { estimatedBy } from './estimation/handle.ts'
export { areaIntake, degreeIntake, temperatureIntake } from './weather/taking.ts'
