// Heat in a normal year: api, rules and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { dayAfter } from '../grid.ts'
import { sums } from '../queries.ts'
import { spanOf } from '../span.ts'
import { degreeDays, placeOfPoint, stationOf } from '../weather/queries.ts'
import * as api from './api.ts'
import { baseOf, degreesOf, type Normalised, normalisedMonths, normalisedYears } from './rules.ts'

const shown = (row: Normalised): Normalised => ({
  ...row,
  degree_days: row.degree_days === null ? null : row.degree_days / 10,
  normal: row.normal === null ? null : row.normal / 10,
})

export const normalisedRoutes: readonly Route[] = [
  route(api.normalisedHeat, async ({ db, input }) => {
    const { customer_id, point_id } = input.params
    const span = spanOf(input.query, api.mostDays)
    const last = dayAfter(span.to, -1)
    const place = await placeOfPoint(db, point_id, last)
    const area = place && { postcode: place.postcode ?? undefined, grid_area: place.grid_area ?? undefined }
    const station = area === undefined ? undefined : (await stationOf(db, area, last))?.station
    const known = degreesOf(station === undefined ? [] : await degreeDays(db, station, span))
    const months = (await sums(db, customer_id, point_id, span, 'month')).map(({ start, total, days }) => ({
      start,
      total,
      days,
    }))
    const base = baseOf(months, known.normal)
    return {
      station: station ?? null,
      reference: known.reference,
      base: base === undefined ? null : Math.round(base.total / base.days),
      months: normalisedMonths(months, known).map(shown),
      years: normalisedYears(months, known).map(shown),
    }
  }),
]
