// What offered prices would make of a year: on the customer's own values, else by the estimate of the point. "The pricing that stands" reckons it.
import type { Context } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import type { Read } from '../../../platform/database.ts'
import type { Endpoint } from '../../../register/endpoint.ts'
import type { CustomerId } from '../../customers/index.ts'
import { costing, type Price, type Use } from '../pricing/cost.ts'
import { drawn } from '../pricing/profile.ts'
import { profileNamed } from '../pricing/profiles.ts'
import * as prices from '../pricing/queries.ts'
import { yearFrom } from '../pricing/rules.ts'
import { pricesAt } from '../pricing/today.ts'
import { spotDays } from '../spot/queries.ts'
import * as queries from './queries.ts'

/** The customer's own days at a point, of those that they lived there; chapter metering has them, and comes after this one. */
export type Measured = (
  db: Read,
  customer: CustomerId,
  point: number,
  span: { readonly from: string; readonly to: string },
) => Promise<readonly Use[]>

type Product = { readonly id: number; readonly spot_area: string | null; readonly spot_step: number | null }
type Asked = {
  readonly customer_id: CustomerId
  readonly consumer: boolean
  readonly site_id: number
  readonly point_id: number | null
  readonly starts_on: string
  readonly kwh: number | null
}

/** The use that all the products are priced by; null: nothing is known. */
const knownUse = async (
  { db, may, now }: Pick<Context<Endpoint>, 'db' | 'may' | 'now'>,
  measured: Measured,
  asked: Asked,
) => {
  const { from, to } = yearFrom(dayOf(now), undefined)
  const profile = asked.consumer ? 'household' : 'business'
  const by = async (basis: 'estimate' | 'told', wh: number) => ({
    basis,
    from,
    to,
    use: drawn(await profileNamed(profile), from, to, wh),
  })
  if (asked.kwh !== null) return by('told', asked.kwh * 1000)
  if (asked.point_id === null) return null
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  const own = may('consumption') ? await measured(db, asked.customer_id, asked.point_id, { from, to }) : []
  if (own.length === days) return { basis: 'measured' as const, from, to, use: own }
  const estimate = await queries.estimateAt(db, asked.point_id, dayOf(now))
  return estimate?.wh ? by('estimate', estimate.wh) : null
}

/** Of each product its prices on the first day, for the main fuse of the site, and what they would make of the year. */
export const offered = async (
  context: Pick<Context<Endpoint>, 'db' | 'may' | 'now'>,
  measured: Measured,
  products: readonly Product[],
  asked: Asked,
) => {
  const { db } = context
  const rates = await prices.rates(db)
  const size = (await queries.fuseOf(db, asked.site_id))?.main_fuse ?? ''
  const held = asked.point_id === null ? undefined : await queries.contractedAt(db, asked.point_id, asked.starts_on)
  const contracted = Math.round(Number(held?.contract_flow ?? held?.contract_power ?? 0) * 1000)
  const known = await knownUse(context, measured, asked)
  return Promise.all(
    products.map(async (product) => {
      const all = await pricesAt(db, rates, product.id, asked.starts_on)
      const ours = all.filter((one) => one.size === '' || one.size === size)
      if (known === null || all.length === 0) return { product_id: product.id, prices: ours, year_cost: null }
      const spot = product.spot_area === null ? [] : await spotDays(db, product.spot_area, known.from, known.to)
      const { net, gross, wh, lacking } = costing({
        // As they are offered, through the whole of the year.
        prices: all.map((one): Price => ({ ...one, during: { from: null, to: null } })),
        rates,
        spot: new Map(spot.map((day) => [day.day, day])),
        spotStep: product.spot_step ?? 60,
        size,
        contracted,
      })(known.use)
      const { basis, from, to } = known
      return {
        product_id: product.id,
        prices: ours,
        year_cost: { basis, from, to, wh, net, gross, lacking: lacking.reduce((sum, { days }) => sum + days, 0) },
      }
    }),
  )
}
