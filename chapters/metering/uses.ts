// Days of use as whole numbers, for what reckons their cost.
import type { Read } from '../../platform/database.ts'
import type { CustomerId } from '../customers/index.ts'
import { unpacked } from './block.ts'
import { daysNow } from './queries.ts'
import type { Span } from './span.ts'

/** The customer's own days at a point, as they are known now: Wh by quarter or hour. A value that is missing is 0. */
export const measuredDays = async (db: Read, customer: CustomerId, point: number, span: Span) =>
  (await daysNow(db, customer, point, span)).map(({ day, step, vals }) => ({ day, step, vals: unpacked(vals) }))
