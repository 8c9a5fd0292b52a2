// Heat meters: api, rules and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { spanOf } from '../span.ts'
import * as api from './api.ts'
import { unpackedFlow } from './block.ts'
import * as queries from './queries.ts'
import { waterOf } from './water.ts'

const century = 36_525

export const heatRoutes: readonly Route[] = [
  route(api.heatDays, async ({ db, input }) => {
    const { customer_id, point_id } = input.params
    const days = await queries.heatDays(db, customer_id, point_id, spanOf(input.query, api.mostDays))
    return days.map(({ flow, volume, supply, back, ...day }) => ({
      ...day,
      ...waterOf([volume ?? 0, supply ?? 0, back ?? 0]),
      hours: unpackedFlow(flow).map((hour) => (hour === null ? null : waterOf(hour))),
    }))
  }),
  route(api.heatSums, async ({ db, input }) => {
    const { customer_id, point_id } = input.params
    const { by, ...asked } = input.query
    const sums = await queries.heatSums(db, customer_id, point_id, spanOf(asked, century), by)
    return sums.map(({ volume, supply, back, ...sum }) => ({ ...sum, ...waterOf([volume, supply, back]) }))
  }),
]
