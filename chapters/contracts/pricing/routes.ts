// Prices: api, rules and queries put together.
import { type Context, type Route, route } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import { Invalid, NotFound } from '../../../platform/errors.ts'
import type { Endpoint } from '../../../register/endpoint.ts'
import { announce } from '../notices/queries.ts'
import { findProduct } from '../queries.ts'
import * as api from './api.ts'
import { costing } from './cost.ts'
import { drawn } from './profile.ts'
import { profileNamed } from './profiles.ts'
import * as queries from './queries.ts'
import { componentsOf, priceRefusals, unitOf, yearFrom } from './rules.ts'
import { termsOf } from './terms.ts'
import { withPrices } from './today.ts'

/** One of the companies that the caller works for; another is not there. */
const productOf = async ({ db, bundle }: Pick<Context<Endpoint>, 'db' | 'bundle'>, id: number) => {
  const product = await findProduct(db, id)
  if (product === undefined || (product.controller & bundle.mask) === 0) throw new NotFound('product.not-found')
  return product
}

export const pricingRoutes: readonly Route[] = [
  route(api.openProduct, async ({ db, bundle, input, now }) => {
    const product = await productOf({ db: db as never, bundle }, input.params.product_id)
    const [priced] = await withPrices(db, [product], dayOf(now))
    const versions = await queries.pricesOf(db, product.id)
    const [vats, taxes] = [new Set(versions.map((one) => one.vat_class)), new Set(versions.map((one) => one.tax_class))]
    const rates = (await queries.rates(db)).filter((rate) => (rate.kind === 'vat' ? vats : taxes).has(rate.class))
    return {
      ...product,
      prices: priced?.prices ?? [],
      components: [...componentsOf[product.pricing]],
      versions: [...versions],
      rates: [...rates],
    }
  }),
  route(api.setPrices, async ({ db, bundle, input, now, actor }) => {
    const product = await productOf({ db, bundle }, input.params.product_id)
    const versions = await queries.pricesOf(db, product.id)
    const faults = priceRefusals(input.body, product, versions, dayOf(now))
    if (faults.length > 0) throw new Invalid('price.refused', { status: 422, faults })
    const made = input.body.prices.map((price) => {
      const before = versions.find((one) => one.component === price.component && one.size === price.size)
      return {
        ...price,
        unit: before?.unit ?? unitOf(price.component),
        vat_class:
          before?.vat_class ??
          (product.energy === 'electricity' && product.kind === 'sales' ? 'electricity' : 'standard'),
        tax_class: before
          ? before.tax_class
          : product.energy === 'electricity' && product.kind === 'network' && price.component.startsWith('energy')
            ? 'I'
            : null,
      }
    })
    await queries.endPrices(db, product.id, input.body.from, made)
    await queries.insertPrices(db, product.id, input.body.from, made, { now, by: actor.handle })
    // Whose contract runs by it is told beforehand, or keeps the former price.
    await announce(db, product.id, input.body.from, { now, by: actor.handle })
    return { id: product.id }
  }),
  route(api.yearCost, async ({ db, bundle, input, now }) => {
    const product = await productOf({ db: db as never, bundle }, input.params.product_id)
    const { kwh, profile, size, contracted, from: asked } = input.query
    const { from, to } = yearFrom(dayOf(now), asked)
    const costOf = costing(await termsOf(db, product, from, to, { size, contracted }))
    const { lines, lacking, ...cost } = costOf(drawn(await profileNamed(profile), from, to, kwh * 1000))
    return { from, to, ...cost, lines: [...lines], lacking: [...lacking] }
  }),
]
