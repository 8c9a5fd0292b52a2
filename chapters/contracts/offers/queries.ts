// SQL of offers and of the steps of agreements, one named function a statement. What the other legal entity offered is not there.
import type { Read, Write } from '../../../platform/database.ts'
import {
  bool,
  branded,
  computed,
  day,
  decimal,
  instant,
  int,
  json,
  nullable,
  period,
  shape,
  text,
} from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import { cluster, type CustomerId } from '../../customers/index.ts'
import type { energies, kinds } from '../api.ts'
import type { Told } from '../queries.ts'
import { type afterTerms, type channels, readPrices, readYear, type states, type steps, type ways } from './api.ts'

type Of<T extends readonly string[]> = T[number]

const customer = branded<CustomerId>(int)
const offerRow = shape({
  id: int,
  number: text,
  controller: int,
  customer_id: customer,
  site_id: int,
  point_id: nullable(int),
  product_id: int,
  consumer: bool,
  channel: branded<Of<typeof channels>>(text),
  language: branded<'fi' | 'sv' | 'en'>(text),
  starts_on: day,
  fixed_until: nullable(day),
  after_term: nullable(branded<Of<typeof afterTerms>>(text)),
  terms_version: text,
  prices: json(readPrices),
  year_cost: nullable(json(readYear)),
  valid_until: day,
  state: branded<Exclude<Of<typeof states>, 'lapsed'>>(text),
  sent_on: nullable(day),
  contract_id: nullable(int),
  replaces_id: nullable(int),
  version: int,
  source: text,
  recorded_at: instant,
})
const productRow = shape({
  kind: branded<Of<typeof kinds>>(text),
  energy: branded<Of<typeof energies>>(text),
  name_fi: text,
  name_sv: text,
  name_en: text,
})
const stepRow = shape({
  id: int,
  customer_id: customer,
  step: branded<Of<typeof steps>>(text),
  on_day: day,
  how: branded<Of<typeof ways>>(text),
  reference: nullable(text),
  content: nullable(text),
  recorded_at: instant,
})
const writtenRow = shape({ id: int })

export type Offer = Awaited<ReturnType<typeof findOffer>> & object

export const offersOfCustomer = (db: Read, id: CustomerId) =>
  db.all(
    { ...offerRow, ...productRow },
    sql`select ${columns(offerRow, 'o')}, ${columns(productRow, 'p')} from offer o join product p on p.id = o.product_id
         where o.customer_id in ${cluster(id)} order by o.id desc`,
  )

export const findOffer = (db: Read, customer: CustomerId, id: number) =>
  db.maybe(
    { ...offerRow, ...productRow },
    sql`select ${columns(offerRow, 'o')}, ${columns(productRow, 'p')} from offer o join product p on p.id = o.product_id
         where o.id = ${id} and o.customer_id in ${cluster(customer)}`,
  )

export const stepsOfOffer = (db: Read, offer: number) =>
  db.all(stepRow, sql`select ${columns(stepRow)} from agreement_step where offer_id = ${offer} order by id`)

const sellerRow = shape({ name: text, business_id: nullable(text) })

export const seller = (db: Read, controller: number) =>
  db.maybe(sellerRow, sql`select name, business_id from controller where bit = ${controller}::smallint`)

const partyRow = shape({
  id: customer,
  kind: branded<'natural' | 'legal' | 'estate'>(text),
  language: branded<'fi' | 'sv' | 'en'>(text),
})

export const findParty = (db: Read, id: CustomerId) =>
  db.maybe(partyRow, sql`select ${columns(partyRow)} from customer where id = ${id}`)

const fuseRow = shape({ main_fuse: nullable(text) })

/** The main fuse of the site today, as price lists write it. */
export const fuseOf = (db: Read, site: number) =>
  db.maybe(
    fuseRow,
    sql`select main_fuse from connection where site_id = ${site} and upper_inf(during) order by main_fuse is null limit 1`,
  )

const contractedRow = shape({ contract_flow: nullable(decimal), contract_power: nullable(decimal) })

export const contractedAt = (db: Read, point: number, on: string) =>
  db.maybe(
    contractedRow,
    sql`select ${columns(contractedRow)} from point_facts where point_id = ${point} and during @> ${on}::date`,
  )

const estimateRow = shape({ wh: computed(nullable(int), ['accounting-point']) })

export const estimateAt = (db: Read, point: number, on: string) =>
  db.maybe(
    estimateRow,
    sql`select sum(wh)::bigint as wh from annual_estimate where point_id = ${point} and during @> ${on}::date`,
  )

const thereRow = shape({
  id: int,
  number: text,
  during: period,
  fixed_until: nullable(day),
  version: int,
  customer_id: customer,
  own: computed(bool, ['contract']),
})

/** Contracts of the kind at the point, or connections of the energy at the site, that have not ended on the day; once for each holder. */
export const contractsThere = (
  db: Read,
  at: {
    readonly site_id: number
    readonly point_id: number | null
    readonly kind: string
    readonly energy: string
    readonly customer_id: number
  },
  from: string,
) =>
  db.all(
    thereRow,
    sql`select c.id, c.number, c.during, c.fixed_until, c.version, y.customer_id, y.customer_id in ${cluster(at.customer_id as CustomerId)} as own
          from contract c join contract_party y on y.contract_id = c.id and y.role = 'holder' and (upper_inf(y.during) or upper(y.during) > ${from}::date)
         where c.site_id = ${at.site_id} and c.kind = ${at.kind} and c.energy = ${at.energy} and c.point_id is not distinct from ${at.point_id}::integer
           and c.during && daterange(${from}::date, null)
         order by lower(c.during), own desc`,
  )

export type NewOffer = {
  readonly number: string
  readonly controller: number
  readonly site_id: number
  readonly point_id: number | null
  readonly product_id: number
  readonly consumer: boolean
  readonly channel: string
  readonly language: string
  readonly starts_on: string
  readonly fixed_until: string | null
  readonly after_term: string | null
  readonly terms_version: string
  readonly prices: unknown
  readonly year_cost: unknown
  readonly valid_until: string
}

/** No row: the customer or the site is not there for this bundle. */
export const insertOffer = (db: Write, customer: CustomerId, made: NewOffer, { source, now, by }: Told) =>
  db.maybe(
    writtenRow,
    sql`insert into offer (number, controller, customer_id, site_id, point_id, product_id, consumer, channel, language, starts_on, fixed_until, after_term,
                           terms_version, prices, year_cost, valid_until, state, restricted, source, recorded_at, recorded_by)
        select ${made.number}, ${made.controller}::smallint, c.id, s.id, ${made.point_id}::integer, ${made.product_id}::bigint, ${made.consumer}, ${made.channel},
               ${made.language}, ${made.starts_on}::date, ${made.fixed_until}::date, ${made.after_term}, ${made.terms_version},
               ${JSON.stringify(made.prices)}::jsonb, ${made.year_cost === null ? null : JSON.stringify(made.year_cost)}::jsonb, ${made.valid_until}::date, 'drafted',
               c.restricted, ${source}, ${now}, ${by}
          from customer c, site s where c.id = ${customer} and s.id = ${made.site_id}
        returning id`,
  )

/** No row: changed by someone else meanwhile. */
export const moveOffer = (
  db: Write,
  id: number,
  version: number,
  to: {
    readonly state: string
    readonly sent_on: string | null
    readonly contract_id: number | null
    readonly replaces_id: number | null
    readonly starts_on: string
  },
  { source, now, by }: Told,
) =>
  db.maybe(
    writtenRow,
    sql`update offer set state = ${to.state}, sent_on = ${to.sent_on}::date, contract_id = ${to.contract_id}::bigint, replaces_id = ${to.replaces_id}::bigint,
               starts_on = ${to.starts_on}::date, version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where id = ${id} and version = ${version} returning id`,
  )

export type NewStep = {
  readonly offer_id: number | null
  readonly contract_id: number | null
  readonly step: Of<typeof steps>
  readonly on_day: string
  readonly how: Of<typeof ways>
  readonly reference: string
  readonly content: string | null
}

export const addStep = (
  db: Write,
  customer: CustomerId,
  controller: number,
  made: NewStep,
  { source, now, by }: Told,
) =>
  db.maybe(
    writtenRow,
    sql`insert into agreement_step (customer_id, controller, offer_id, contract_id, step, on_day, how, reference, content, restricted, source, recorded_at, recorded_by)
        select id, ${controller}::smallint, ${made.offer_id}::bigint, ${made.contract_id}::bigint, ${made.step}, ${made.on_day}::date, ${made.how},
               nullif(${made.reference}, ''), ${made.content}, restricted, ${source}, ${now}, ${by}
          from customer where id = ${customer}
        returning id`,
  )

/** What the contract keeps of how it was sold. */
export const markSold = (
  db: Write,
  contract: number,
  sold: {
    readonly consumer: boolean
    readonly withdrawal_until: string | null
    readonly early_delivery: boolean
    readonly after_term: string | null
  },
) =>
  db.maybe(
    writtenRow,
    sql`update contract set consumer = ${sold.consumer}, withdrawal_until = ${sold.withdrawal_until}::date, early_delivery = ${sold.early_delivery},
               after_term = ${sold.after_term}
         where id = ${contract} returning id`,
  )
