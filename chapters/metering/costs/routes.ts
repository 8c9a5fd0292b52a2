// Costs of consumption: api, rules and queries put together.
import { type Context, type Route, route } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import type { Read } from '../../../platform/database.ts'
import { Invalid, NotFound } from '../../../platform/errors.ts'
import type { Law } from '../../../register/description.ts'
import type { Endpoint } from '../../../register/endpoint.ts'
import { findProduct, termsOf, termsOfContract, type Use, yearFrom } from '../../contracts/index.ts'
import type { CustomerId } from '../../customers/index.ts'
import { unpacked } from '../block.ts'
import { daysNow } from '../queries.ts'
import { type Span, spanOf } from '../span.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { monthsBetween, parted, pricing, whOf, within } from './rules.ts'

const useOf = async (db: Read, id: CustomerId, point: number, span: Span): Promise<readonly Use[]> =>
  (await daysNow(db, id, point, span)).map(({ day, step, vals }) => ({ day, step, vals: unpacked(vals) }))

/** By what a price list tells points apart: the main fuse, and the power or flow that was agreed. */
const sizeAt = async (db: Read, point: number, to: string) => {
  const [fuse, agreed] = await Promise.all([queries.fuseAt(db, point, to), queries.contractedAt(db, point, to)])
  const contracted = Number(agreed?.contract_power ?? agreed?.contract_flow ?? 0)
  return { size: fuse?.main_fuse ?? '', contracted: Math.round(contracted * 1000) }
}

/** One of the companies that the caller works for, and of the energy of the point; another is not there. */
const productFor = async (
  { db, bundle }: Pick<Context<Endpoint>, 'bundle'> & { readonly db: Read },
  id: number,
  energy: string,
  path: string,
) => {
  const product = await findProduct(db, id)
  if (product === undefined || (product.controller & bundle.mask) === 0) throw new NotFound('product.not-found')
  if (product.energy !== energy || product.pricing === 'connection')
    throw new Invalid('product.other-energy', {
      status: 422,
      faults: [
        {
          path,
          code: 'product.other-energy',
          message: `the point measures ${energy}; ${product.code} is ${product.energy}, ${product.pricing}`,
        },
      ],
    })
  return product
}

export const costRoutes = (laws: readonly Law[]): readonly Route[] => [
  route(api.consumptionCosts, async ({ db, input }) => {
    const { customer_id, point_id } = input.params
    const { by, ...asked } = input.query
    const span = spanOf(asked, api.mostDays)
    const [use, contracts, size] = await Promise.all([
      useOf(db, customer_id, point_id, span),
      queries.agreedAt(db, customer_id, point_id, span),
      sizeAt(db, point_id, span.to),
    ])
    const rows = []
    for (const { id, kind, product_id, during, agreed, fixed_until } of contracts) {
      const product = await findProduct(db, product_id)
      if (product === undefined) continue
      const contract = { id, began: agreed.from, fixed_until }
      const costOf = pricing(await termsOfContract(db, laws, contract, product, span.from, span.to, size), by)
      const days = use.filter(({ day }) => within(during, day))
      for (const [start, part] of parted(days, by))
        rows.push({ customer_id, start, contract_id: id, kind, days: part.length, wh: whOf(part), ...costOf(part) })
    }
    const without = use.filter(({ day }) => !contracts.some(({ during }) => within(during, day)))
    for (const [start, part] of parted(without, by)) {
      const wh = whOf(part)
      const lacking = [{ of: 'contract' as const, days: part.length, wh }]
      rows.push({ customer_id, start, contract_id: null, kind: null, days: part.length, wh, net: 0, gross: 0, lacking })
    }
    return rows.toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
  }),
  route(api.compareProducts, async ({ db, bundle, input, now }) => {
    const { customer_id, point_id } = input.params
    const span = yearFrom(dayOf(now), input.query.from)
    const point = await queries.findPoint(db, point_id)
    if (point === undefined) throw new NotFound('point.not-found')
    const one = await productFor({ db, bundle }, input.query.one, point.energy, 'query.one')
    const other = await productFor({ db, bundle }, input.query.other, point.energy, 'query.other')
    const use = await useOf(db, customer_id, point_id, span)
    const size = await sizeAt(db, point_id, span.to)
    const months = parted(use, 'month')
    const priced = async ({ id, code, name_fi, name_sv, name_en, ...product }: typeof one) => {
      const costOf = pricing(await termsOf(db, { id, ...product }, span.from, span.to, size), 'month')
      return { costOf, whole: { product_id: id, code, name_fi, name_sv, name_en, ...costOf(use) } }
    }
    const [first, second] = [await priced(one), await priced(other)]
    return {
      customer_id,
      energy: point.energy,
      ...span,
      days: use.length,
      wh: whOf(use),
      one: first.whole,
      other: second.whole,
      months: monthsBetween(span.from, span.to).map((start) => {
        const part = months.get(start) ?? []
        return { start, days: part.length, wh: whOf(part), one: first.costOf(part), other: second.costOf(part) }
      }),
    }
  }),
]
