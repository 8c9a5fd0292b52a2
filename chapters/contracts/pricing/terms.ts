// What a product is priced by over some days, gathered once for the calculation of costs.
import type { Read } from '../../../platform/database.ts'
import { spotDays } from '../spot/queries.ts'
import type { Terms } from './cost.ts'
import * as queries from './queries.ts'

type Priced = { readonly id: number; readonly spot_area: string | null; readonly spot_step: number | null }

/** Whole months of spot prices: a consumption effect is reckoned against the mean of all of a month. */
const monthsAround = (from: string, to: string): readonly [string, string] => {
  const [year = 0, month = 1] = to.split('-').map(Number)
  const end = to.endsWith('-01') ? to : new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)
  return [`${from.slice(0, 7)}-01`, end]
}

/** `size`: main fuse of the point; `contracted`: W of power, or litres per hour of flow. */
export const termsOf = async (
  db: Read,
  product: Priced,
  from: string,
  to: string,
  { size, contracted }: Required<Pick<Terms, 'size' | 'contracted'>>,
): Promise<Terms> => {
  const spot = product.spot_area === null ? [] : await spotDays(db, product.spot_area, ...monthsAround(from, to))
  return {
    prices: await queries.pricesOf(db, product.id),
    rates: await queries.rates(db),
    spot: new Map(spot.map((day) => [day.day, day])),
    spotStep: product.spot_step ?? 60,
    size,
    contracted,
  }
}
