// SQL of changes of price and of their notices, one named function a statement.
import type { Read, Write } from '../../../platform/database.ts'
import { bool, branded, computed, day, int, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { CustomerId } from '../../customers/index.ts'
import type { Told } from '../queries.ts'
import { noticePage, type proofWays } from './api.ts'

const language = branded<'fi' | 'sv' | 'en'>(text)
const changeRow = shape({ id: int, product_id: int, from_day: day })
const productRow = shape({ code: text, controller: int, name_fi: text, name_sv: text, name_en: text })

export const changes = (db: Read) =>
  db.all(
    { ...changeRow, ...productRow },
    sql`select ${columns(changeRow, 'c')}, ${columns(productRow, 'p')} from price_change c join product p on p.id = c.product_id order by c.from_day desc, c.id desc`,
  )

export const changesOf = (db: Read, product: number) =>
  db.all(changeRow, sql`select ${columns(changeRow)} from price_change where product_id = ${product} order by from_day`)

/** That the price of a product changes on a day: nothing if it is known. */
export const announce = (db: Write, product: number, from: string, { now, by }: Pick<Told, 'now' | 'by'>) =>
  db.all(
    changeRow,
    sql`insert into price_change (product_id, from_day, recorded_at, recorded_by) values (${product}, ${from}::date, ${now}, ${by})
        on conflict do nothing returning ${columns(changeRow)}`,
  )

// Counts tell of nobody.
const count = computed(int, [])
const countRow = shape({
  price_change_id: computed(int, []),
  addressees: count,
  told: count,
  late: count,
  waiting: count,
  lacking: count,
})

export const countsOf = (db: Read, changes: readonly number[], today: string) =>
  db.all(
    countRow,
    sql`select c.id as price_change_id, count(n.id)::int as addressees,
               count(*) filter (where n.delivered_on <= n.notify_by)::int as told,
               count(*) filter (where n.delivered_on > n.notify_by)::int as late,
               count(*) filter (where n.id is not null and n.delivered_on is null and n.notify_by >= ${today}::date)::int as waiting,
               count(*) filter (where n.id is not null and n.delivered_on is null and n.notify_by < ${today}::date)::int as lacking
          from unnest(${changes}::bigint[]) as c (id) left join price_notice n on n.price_change_id = c.id group by c.id`,
  )

const concernedRow = shape({ price_change_id: computed(int, []), contracts: count })

/** Contracts that the change is for. */
export const concerned = (db: Read, changes: readonly number[]) =>
  db.all(
    concernedRow,
    sql`select h.id as price_change_id, count(c.id)::int as contracts from price_change h
          left join contract c on c.product_id = h.product_id and c.during @> h.from_day and lower(c.during) < h.from_day and (c.fixed_until is null or c.fixed_until <= h.from_day)
         where h.id = any (${changes}::bigint[]) group by h.id`,
  )

const addedRow = shape({ id: int, customer_id: branded<CustomerId>(int) })

/** One statement for all: the holder on the day before the change of each contract that it is for. */
export const addAddressees = (
  db: Write,
  change: { readonly id: number; readonly product_id: number; readonly from_day: string },
  by_: {
    readonly consumers: string
    readonly companies: string
    readonly hashes: { readonly fi: string; readonly sv: string; readonly en: string }
  },
  { source, now, by }: Told,
) =>
  db.all(
    addedRow,
    sql`insert into price_notice (price_change_id, contract_id, customer_id, controller, consumer, language, notify_by, content_hash, restricted, source, recorded_at, recorded_by)
        select distinct on (c.id) ${change.id}::bigint, c.id, p.id, c.controller, coalesce(c.consumer, p.kind <> 'legal'), p.language,
               case when coalesce(c.consumer, p.kind <> 'legal') then ${by_.consumers}::date else ${by_.companies}::date end,
               case p.language when 'fi' then ${by_.hashes.fi} when 'sv' then ${by_.hashes.sv} else ${by_.hashes.en} end,
               p.restricted, ${source}, ${now}::timestamptz, ${by}
          from contract c join contract_party y on y.contract_id = c.id and y.role = 'holder' and y.during @> (${change.from_day}::date - 1) join customer p on p.id = y.customer_id
         where c.product_id = ${change.product_id} and c.during @> ${change.from_day}::date and lower(c.during) < ${change.from_day}::date
           and (c.fixed_until is null or c.fixed_until <= ${change.from_day}::date)
           and not exists (select from price_notice n where n.price_change_id = ${change.id} and n.contract_id = c.id)
         order by c.id, y.id
        returning ${columns(addedRow)}`,
  )

const noticeRow = shape({
  id: int,
  contract_id: int,
  customer_id: branded<CustomerId>(int),
  language,
  consumer: bool,
  notify_by: day,
  delivered_on: nullable(day),
  how: nullable(branded<(typeof proofWays)[number]>(text)),
  reference: nullable(text),
})
const listedRow = {
  ...noticeRow,
  number: text,
  during: period,
  customer_number: text,
  given: nullable(text),
  call_name: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
  email: nullable(text),
  street: nullable(text),
  postcode: nullable(text),
  post_office: nullable(text),
}

/** In which the state is asked for: of those that have a proof or none, in time or not. */
export const noticesOf = (
  db: Read,
  change: number,
  state: string | undefined,
  after: number | undefined,
  today: string,
) =>
  db.all(
    listedRow,
    sql`select ${columns(noticeRow, 'n')}, c.number, c.during, p.number as customer_number, m.given, m.call_name, m.family, m.organisation,
               e.value as email, a.street, a.postcode, a.post_office
          from price_notice n join contract c on c.id = n.contract_id join customer p on p.id = n.customer_id
          left join customer_name m on m.customer_id = p.id and m.kind = 'official' and upper_inf(m.during)
          left join lateral (select value from contact_point where customer_id = p.id and channel = 'email' and upper_inf(during) order by use = 'main' desc, id limit 1) e on true
          left join lateral (select street, postcode, post_office from postal_address where customer_id = p.id and upper_inf(during)
                              order by array_position(array['contact', 'invoicing', 'home'], kind) nulls last, id limit 1) a on true
         where n.price_change_id = ${change} and n.id > ${after ?? 0}
           and (${state ?? null}::text is null or ${state ?? null}::text = case when n.delivered_on <= n.notify_by then 'told' when n.delivered_on is not null then 'late'
                                                           when n.notify_by >= ${today}::date then 'waiting' else 'lacking' end)
         order by n.id limit ${noticePage}`,
  )

const numberedRow = shape({ id: int, customer_id: branded<CustomerId>(int), number: text, delivered_on: nullable(day) })

export const noticesByNumber = (db: Read, change: number, numbers: readonly string[]) =>
  db.all(
    numberedRow,
    sql`select n.id, n.customer_id, c.number, n.delivered_on from price_notice n join contract c on c.id = n.contract_id
         where n.price_change_id = ${change} and c.number = any (${numbers}::text[])`,
  )

/** The first proof stands. */
export const recordDeliveries = (
  db: Write,
  ids: readonly number[],
  proof: { readonly on_day: string; readonly how: string; readonly reference: string },
  { source, now, by }: Told,
) =>
  db.all(
    addedRow,
    sql`update price_notice set delivered_on = ${proof.on_day}::date, how = ${proof.how}, reference = ${proof.reference}, version = version + 1,
               source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where id = any (${ids}::bigint[]) and delivered_on is null returning ${columns(addedRow)}`,
  )

const provedRow = shape({
  price_change_id: int,
  contract_id: int,
  customer_id: branded<CustomerId>(int),
  consumer: bool,
  notify_by: day,
  delivered_on: nullable(day),
})

/** Of one contract. */
export const noticesOfContract = (db: Read, contract: number) =>
  db.all(provedRow, sql`select ${columns(provedRow)} from price_notice where contract_id = ${contract}`)
