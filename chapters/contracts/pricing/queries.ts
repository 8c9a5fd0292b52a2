// SQL of prices and of the figures of the law, one named function a statement.
import type { Read, Write } from '../../../platform/database.ts'
import { bool, branded, int, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { Component } from './cost.ts'

const rateRow = shape({
  kind: text,
  class: text,
  during: period,
  amount: int,
  source: text,
  verified: bool,
  note: text,
})

export const rates = (db: Read) =>
  db.all(rateRow, sql`select ${columns(rateRow)} from rate order by kind, class, during`)

const priceRow = shape({
  product_id: int,
  component: branded<Component>(text),
  size: text,
  unit: text,
  amount: int,
  vat_class: text,
  tax_class: nullable(text),
  during: period,
})
const idRow = shape({ id: int })

export const pricesOn = (db: Read, day: string) =>
  db.all(
    priceRow,
    sql`select ${columns(priceRow)} from product_price where during @> ${day}::date order by product_id, component, size`,
  )

export const pricesOf = (db: Read, product: number) =>
  db.all(
    priceRow,
    sql`select ${columns(priceRow)} from product_price where product_id = ${product} order by lower(during) desc, component, size`,
  )

export type NewPrice = {
  readonly component: string
  readonly size: string
  readonly unit: string
  readonly amount: number
  readonly vat_class: string
  readonly tax_class: string | null
}

/** The versions that go on beyond the day end on it. */
export const endPrices = (db: Write, product: number, from: string, prices: readonly NewPrice[]) =>
  db.all(
    idRow,
    sql`update product_price set during = daterange(lower(during), ${from}::date), version = version + 1
         where product_id = ${product} and lower(during) < ${from}::date and (upper_inf(during) or upper(during) > ${from}::date)
           and (component, size) in (select * from unnest(${prices.map(({ component }) => component)}::text[], ${prices.map(({ size }) => size)}::text[]))
        returning id`,
  )

export const insertPrices = (
  db: Write,
  product: number,
  from: string,
  prices: readonly NewPrice[],
  { now, by }: { readonly now: Date; readonly by: string },
) =>
  db.all(
    idRow,
    sql`insert into product_price (product_id, component, size, unit, amount, vat_class, tax_class, during, recorded_at, recorded_by)
        select ${product}::bigint, component, size, unit, amount, vat, tax, daterange(${from}::date, null), ${now}, ${by}
          from unnest(${prices.map(({ component }) => component)}::text[], ${prices.map(({ size }) => size)}::text[], ${prices.map(({ unit }) => unit)}::text[],
                      ${prices.map(({ amount }) => amount)}::integer[], ${prices.map(({ vat_class }) => vat_class)}::text[], ${prices.map(({ tax_class }) => tax_class)}::text[])
            as t (component, size, unit, amount, vat, tax)
        returning id`,
  )
