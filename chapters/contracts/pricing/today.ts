// Products with what they cost on a day, and what the law puts on top.
import type { Read } from '../../../platform/database.ts'
import * as queries from './queries.ts'

type Priced = Pick<
  Awaited<ReturnType<typeof queries.pricesOn>>[number],
  'component' | 'size' | 'unit' | 'amount' | 'vat_class' | 'tax_class'
>
type Rate = Awaited<ReturnType<typeof queries.rates>>[number]

const rateOn = (rates: readonly Rate[], day: string) => (kind: string, of: string) =>
  rates.find(
    (rate) =>
      rate.kind === kind &&
      rate.class === of &&
      (rate.during.from ?? '') <= day &&
      (rate.during.to === null || day < rate.during.to),
  )?.amount

const figured = (rates: readonly Rate[], day: string) => {
  const rate = rateOn(rates, day)
  const taxOf = (of: string | null): number | null => {
    if (of === null) return 0
    const [tax, fee] = [rate('electricity-tax', of), rate('security-fee', of)]
    return tax === undefined || fee === undefined ? null : tax + fee
  }
  return ({ component, size, unit, amount, vat_class, tax_class }: Priced) => ({
    component,
    size,
    unit,
    amount,
    vat: vat_class === 'none' ? 0 : (rate('vat', vat_class) ?? null),
    tax: taxOf(tax_class),
  })
}

/** What one product costs on a day, with its classes: as an offer keeps it. */
export const pricesAt = async (db: Read, rates: readonly Rate[], product: number, day: string) => {
  const figure = figured(rates, day)
  const versions = await queries.pricesOf(db, product)
  return versions
    .filter(({ during }) => (during.from ?? '') <= day && (during.to === null || day < during.to))
    .map((one) => ({ ...figure(one), vat_class: one.vat_class, tax_class: one.tax_class }))
}

export const withPrices = async <P extends { readonly id: number }>(db: Read, products: readonly P[], day: string) => {
  const prices = Map.groupBy(await queries.pricesOn(db, day), ({ product_id }) => product_id)
  const figure = figured(await queries.rates(db), day)
  return products.map((product) => ({
    ...product,
    prices: (prices.get(product.id) ?? []).map(figure),
  }))
}
