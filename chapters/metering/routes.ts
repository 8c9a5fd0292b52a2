// Consumption: api, rules and queries put together.
import { type Route, route } from '../../enforcement/serve.ts'
import { instantOf } from '../../platform/clock.ts'
import * as api from './api.ts'
import { unpacked, unpackedQualities } from './block.ts'
import { dayAfter } from './grid.ts'
import * as queries from './queries.ts'
import { spanOf } from './span.ts'

const shown = ({ vals, quality, ...row }: Awaited<ReturnType<typeof queries.daysNow>>[number]) => {
  const values = unpacked(vals)
  return {
    ...row,
    values: [...values],
    quality:
      quality === null
        ? null
        : [...unpackedQualities(quality, values.length)].map((each) => api.qualities[each] ?? 'uncertain'),
  }
}

/** The moment at which the day ends in Finland. */
const endOf = (day: string): string => new Date(instantOf(dayAfter(day), '00:00:00')).toISOString()

const century = 36_525

export const meteringRoutes: readonly Route[] = [
  route(api.consumptionDays, async ({ db, input }) => {
    const { customer_id, point_id } = input.params
    const { known_on: known, ...asked } = input.query
    const span = spanOf(asked, api.mostDays)
    const today = await queries.daysNow(db, customer_id, point_id, span)
    if (known === undefined) return today.map(shown)
    const moment = endOf(known)
    const then = await queries.daysReplacedSince(db, customer_id, point_id, span, moment)
    const stood = today.filter(({ recorded_at }) => recorded_at < moment)
    return [...then, ...stood].toSorted((a, b) => (a.day < b.day ? -1 : 1)).map(shown)
  }),
  route(api.consumptionSums, ({ db, input }) => {
    const { customer_id, point_id } = input.params
    const { by, known_on, ...asked } = input.query
    return queries.sums(db, customer_id, point_id, spanOf(asked, century), by, known_on && endOf(known_on))
  }),
]
