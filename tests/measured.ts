// Homes with a point, and days of values at it, put in by the owner of the tables under the walls of each day.
import type { Pool } from 'pg'
import { lackingOf, packed, packedQualities, slotsOf, totalOf } from '../chapters/metering/index.ts'
import { gs1Check } from '../chapters/sites/index.ts'

const told = `'test', '2026-01-01Z', 'system:test'`
let count = 0

type Home = { readonly site_id: number; readonly point_id: number }
type Made = {
  readonly energy?: 'electricity' | 'heat' | 'gas' | 'steam'
  readonly postcode?: string
  /** When they live there. */
  readonly during?: string
  /** Another point at a site that there is. */
  readonly site?: number
}

const gsrn = (n: number): string => {
  const digits = `6430000${String(n).padStart(10, '0')}`
  return `${digits}${gs1Check(digits)}`
}

const idOf = async (owner: Pool, text: string, values: unknown[]): Promise<number> =>
  Number((await owner.query<{ id: string }>(text, values)).rows[0]?.id)

/** Of both companies. */
export const homeOf = async (
  owner: Pool,
  who: number | undefined,
  { energy = 'electricity', postcode = '15140', during = '[2020-01-01,)', site }: Made = {},
): Promise<Home> => {
  count += 1
  const site_id =
    site ??
    (await idOf(
      owner,
      `insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by)
       values ('Mallikatu', $1, $2, 'permanent-dwelling', 3, ${told}) returning id`,
      [String(count), postcode],
    ))
  const point_id = await idOf(
    owner,
    `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
     values ($1, $2, $3, 'consumption', 'connected', 3, ${told}) returning id`,
    [site_id, energy, energy === 'electricity' ? gsrn(count) : `T${count}`],
  )
  if (who !== undefined && site === undefined)
    await owner.query(
      `insert into occupancy (customer_id, site_id, role, during, restricted, protected, controllers, source, recorded_at, recorded_by)
       select id, $2, 'holder', $3::daterange, restricted, protected, 3, ${told} from customer where id = $1`,
      [who, site_id, during],
    )
  return { site_id, point_id }
}

/** A day of equal values, unless each is given. */
export const dayOf = (day: string, wh: number | ((slot: number) => number), step: 15 | 60 = 60) => ({
  day,
  step,
  values: Int32Array.from({ length: slotsOf(day, step) }, (_, slot) => (typeof wh === 'number' ? wh : wh(slot))),
})

type Day = ReturnType<typeof dayOf> & { readonly quality?: Uint8Array }

export const putDays = async (owner: Pool, point: number, days: readonly Day[]): Promise<void> => {
  const rows = days.map(({ day, step, values, quality }) => {
    const of = quality ?? new Uint8Array(values.length)
    return {
      day,
      step,
      total: totalOf(values),
      lacking: lackingOf(of),
      vals: packed(values),
      quality: packedQualities(of),
    }
  })
  const column = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name])
  await owner.query(
    `insert into reading_day (point_id, site_id, day, step, total, lacking, vals, quality, restricted, protected, controllers, source, recorded_at, recorded_by)
     select p.id, p.site_id, t.day, t.step, t.total, t.lacking, t.vals, t.quality,
            exists (select from occupancy o where o.site_id = p.site_id and o.during @> t.day and o.restricted),
            exists (select from occupancy o where o.site_id = p.site_id and o.during @> t.day and o.protected),
            serving_on(p.id, t.day), ${told}
       from unnest($2::date[], $3::smallint[], $4::bigint[], $5::smallint[], $6::bytea[], $7::bytea[])
              as t (day, step, total, lacking, vals, quality) join accounting_point p on p.id = $1`,
    [point, column('day'), column('step'), column('total'), column('lacking'), column('vals'), column('quality')],
  )
}

/** A product with its prices, and the VAT and taxes that they need. */
export const productOf = async (
  owner: Pool,
  code: string,
  { kind = 'sales', controller = 1, pricing = 'open-ended', spot = null as number | null, energy = 'electricity' } = {},
  prices: readonly (readonly [component: string, unit: string, amount: number])[] = [],
): Promise<number> => {
  const id = await idOf(
    owner,
    `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale, pricing, spot_area, spot_step)
     values ($1, $2, $3, $4, $2, $2, $2, '[2020-01-01,)', $5, $6, $7) returning id`,
    [controller, code, energy, kind, pricing, spot === null ? null : 'FI', spot],
  )
  for (const [component, unit, amount] of prices)
    await owner.query(
      `insert into product_price (product_id, component, size, unit, amount, vat_class, tax_class, during, recorded_at, recorded_by)
       values ($1, $2, '', $3, $4, 'electricity', null, '[2020-01-01,)', now(), 'system:test')`,
      [id, component, unit, amount],
    )
  return id
}

export const vatOf = async (owner: Pool): Promise<void> => {
  await owner.query(
    `insert into rate (kind, class, during, amount, source, verified, note) values ('vat', 'electricity', '[2020-01-01,)', 240, 'test', true, '')`,
  )
}

export const contractOf = async (
  owner: Pool,
  who: number,
  { site_id, point_id }: Home,
  product: number,
  during = '[2020-01-01,)',
): Promise<number> => {
  count += 1
  const id = await idOf(
    owner,
    `insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, source, recorded_at, recorded_by)
     select 'T' || $1::text, controller, kind, energy, $2, $3, id, $5::daterange, 'T', ${told} from product where id = $4 returning id`,
    [count, site_id, point_id, product, during],
  )
  await owner.query(
    `insert into contract_party (contract_id, customer_id, role, during, restricted, controller, source, recorded_at, recorded_by)
     select c.id, x.id, 'holder', c.during, x.restricted, c.controller, ${told} from contract c, customer x where c.id = $1 and x.id = $2`,
    [id, who],
  )
  return id
}
