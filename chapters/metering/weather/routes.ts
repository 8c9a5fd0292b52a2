// Weather: api and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { dayAfter } from '../grid.ts'
import { spanOf } from '../span.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'

export const weatherRoutes: readonly Route[] = [
  route(api.temperatures, async ({ db, input }) => {
    const { from, to, ...area } = input.query
    const span = spanOf({ from, to }, api.mostDays)
    const found = await queries.stationOf(db, area, dayAfter(to, -1))
    if (found === undefined) return { station: null, days: [] }
    const days = await queries.temperatures(db, found.station, span)
    return {
      station: found.station,
      days: days.map((one) => ({
        ...one,
        temperatures: one.temperatures.map((value) => (value === null ? null : value / 10)),
      })),
    }
  }),
]
