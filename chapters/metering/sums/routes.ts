// Sums over points: api and queries put together.
import { type Context, type Route, route } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import type { Read } from '../../../platform/database.ts'
import type { Endpoint } from '../../../register/endpoint.ts'
import { spanOf } from '../span.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'

type Query = Parameters<typeof spanOf>[0] & Pick<queries.Asked, 'by' | 'after'>
const askedOf = ({ from, to, by, after }: Query): queries.Asked => ({
  ...spanOf({ from, to }, api.most[by]),
  by,
  after,
  page: api.page,
})

/** Of all points of an energy together. */
const together = { point_id: null, site_id: null, code: null, meter: null } as const

/** With the meter of each, for those who may see meters. */
const withMeters = async <R extends { readonly point_id: number }>(
  { db, may, now }: Pick<Context<Endpoint>, 'may' | 'now'> & { readonly db: Read },
  rows: readonly R[],
) => {
  const points = [...new Set(rows.map(({ point_id }) => point_id))]
  const meters = may('meter') ? await queries.metersAt(db, points, dayOf(now)) : []
  const serials = new Map(meters.map(({ point_id, serial }) => [point_id, serial]))
  return rows.map((row) => ({ ...row, meter: serials.get(row.point_id) ?? null }))
}

export const sumRoutes: readonly Route[] = [
  route(api.sumsOfCustomer, async ({ db, input, may, now }) => {
    const asked = askedOf(input.query)
    const { customer_id } = input.params
    if (input.query.per === 'point')
      return withMeters({ db, may, now }, await queries.ofCustomer(db, customer_id, asked))
    const rows = await queries.ofCustomerByEnergy(db, customer_id, asked)
    return rows.map((row) => ({ ...together, ...row }))
  }),
  route(api.sumsOfSite, async ({ db, input, may, now }) => {
    const asked = askedOf(input.query)
    const { site_id } = input.params
    await queries.peopleOf(db, site_id, asked)
    if (input.query.per === 'point') return withMeters({ db, may, now }, await queries.ofSite(db, site_id, asked))
    const rows = await queries.ofSiteByEnergy(db, site_id, asked)
    return rows.map((row) => ({ ...together, ...row }))
  }),
]
