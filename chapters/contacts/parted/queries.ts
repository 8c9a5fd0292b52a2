// SQL of what is looked through after a parting.
import type { Read, Write } from '../../../platform/database.ts'
import { branded, bytes, instant, int, nullable, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { CustomerId } from '../../customers/index.ts'
import type { channels } from '../api.ts'

const customer = branded<CustomerId>(int)
const channel = branded<(typeof channels)[number]>(text)

export type Channel = (typeof channels)[number] | 'phone'

const openRow = shape({ id: int, customer_id: customer, table_name: text, row_id: int, merged_id: customer })
const pageOf = 50

export const openParted = (db: Read, of: number | undefined, after: number | undefined) =>
  db.all(
    openRow,
    sql`select r.id, r.customer_id, r.table_name, r.row_id, m.merged_id from customer_merge_review r join customer_merge m on m.id = r.merge_id
         where r.state = 'open' and (${of ?? null}::bigint is null or ${of ?? null} in (r.customer_id, m.merged_id))
           and r.id > ${after ?? 0} order by r.id limit ${pageOf}`,
  )

const heldRow = shape({
  id: int,
  customer_id: customer,
  table_name: text,
  row_id: int,
  state: text,
  merged_id: customer,
})

export const lockParted = (db: Write, id: number) =>
  db.maybe(
    heldRow,
    sql`select r.id, r.customer_id, r.table_name, r.row_id, r.state, m.merged_id from customer_merge_review r join customer_merge m on m.id = r.merge_id
         where r.id = ${id} for update of r`,
  )

const decidedRow = shape({ id: int, customer_id: customer, state: branded<'open' | 'stays' | 'moved'>(text) })

export const decide = (db: Write, id: number, state: 'stays' | 'moved', now: Date, by: string) =>
  db.one(
    decidedRow,
    sql`update customer_merge_review set state = ${state}, decided_at = ${now}, decided_by = ${by} where id = ${id}
        returning ${columns(decidedRow)}`,
  )

export const takeBackDecision = (db: Write, id: number, by: string) =>
  db.maybe(
    decidedRow,
    sql`update customer_merge_review set state = 'open', decided_at = null, decided_by = null
         where id = ${id} and state = 'stays' and decided_by = ${by} returning ${columns(decidedRow)}`,
  )

const contactRow = shape({ id: int, customer_id: customer, at: instant, channel })
export const contactsById = (db: Read, ids: readonly number[]) =>
  db.all(contactRow, sql`select ${columns(contactRow)} from contact where id = any (${ids}::bigint[])`)

const pointRow = shape({ id: int, customer_id: customer, channel: branded<'phone' | 'email'>(text), value: text })
export const pointsById = (db: Read, ids: readonly number[]) =>
  db.all(pointRow, sql`select ${columns(pointRow)} from contact_point where id = any (${ids}::bigint[])`)

const nameRow = shape({
  id: int,
  customer_id: customer,
  given: nullable(text),
  call_name: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
})
export const namesById = (db: Read, ids: readonly number[]) =>
  db.all(nameRow, sql`select ${columns(nameRow)} from customer_name where id = any (${ids}::bigint[])`)

const addressRow = shape({ id: int, customer_id: customer, street: text, postcode: text, post_office: text })
export const addressesById = (db: Read, ids: readonly number[]) =>
  db.all(addressRow, sql`select ${columns(addressRow)} from postal_address where id = any (${ids}::bigint[])`)

const partRow = shape({ id: int, customer_id: customer, number: text })
export const contractsById = (db: Read, ids: readonly number[]) =>
  db.all(
    partRow,
    sql`select p.id, p.customer_id, c.number from contract_party p join contract c on c.id = p.contract_id where p.id = any (${ids}::bigint[])`,
  )

const homeRow = shape({
  id: int,
  customer_id: customer,
  street_fi: nullable(text),
  number: nullable(text),
  postcode: text,
})
export const homesById = (db: Read, ids: readonly number[]) =>
  db.all(
    homeRow,
    sql`select o.id, o.customer_id, s.street_fi, s.number, s.postcode from occupancy o join site s on s.id = o.site_id where o.id = any (${ids}::bigint[])`,
  )

const saidRow = shape({
  id: int,
  customer_id: customer,
  body: nullable(bytes),
  wrapped: nullable(bytes),
  key_version: nullable(int),
})

/** What was said, sealed under the key of whom it stands with. */
export const saidIn = (db: Write, contact: number, of: CustomerId) =>
  db.maybe(
    saidRow,
    sql`select c.id, c.customer_id, c.body, k.wrapped, k.key_version from contact c left join subject_key k on k.customer_id = c.customer_id
         where c.id = ${contact} and c.customer_id = ${of} for update of c`,
  )

const madeRow = shape({ id: int, customer_id: customer })

export const copyContact = (
  db: Write,
  contact: number,
  to: CustomerId,
  body: Buffer | null,
  how: { readonly now: Date; readonly by: string; readonly mask: number },
) =>
  db.maybe(
    madeRow,
    sql`insert into contact (customer_id, at, direction, channel, topics, outcome, body, site_id, contract_id, follow_up_on, followed_up_at, staff_id, restricted, controllers, source, recorded_at, recorded_by)
        select p.id, c.at, c.direction, c.channel, c.topics, c.outcome, ${body}, c.site_id, c.contract_id, c.follow_up_on, c.followed_up_at, c.staff_id,
               p.restricted, ${how.mask}::smallint, c.source, ${how.now}, ${how.by}
          from contact c, customer p where c.id = ${contact} and p.id = ${to}
        returning ${columns(madeRow)}`,
  )

/** Emptied rather than removed: that something stood there stays. */
export const emptyContact = (db: Write, contact: number, now: Date) =>
  db.one(
    madeRow,
    sql`update contact set body = null, topics = '{}', outcome = 'none', follow_up_on = null, channel = 'note', direction = 'internal', version = version + 1, recorded_at = ${now}
         where id = ${contact} returning ${columns(madeRow)}`,
  )

/** Nothing, when the other has the same value already. */
export const copyPoint = (db: Write, point: number, to: CustomerId, now: Date, by: string) =>
  db.all(
    madeRow,
    sql`insert into contact_point (customer_id, channel, value, use, during, verified_at, verified_how, restricted, protected, marketable, controllers, source, recorded_at, recorded_by)
        select p.id, t.channel, t.value, t.use, t.during, t.verified_at, t.verified_how, p.restricted, p.protected, p.marketable, p.controllers, t.source, ${now}, ${by}
          from contact_point t, customer p where t.id = ${point} and p.id = ${to}
           and not exists (select from contact_point o where o.customer_id = p.id and o.channel = t.channel and o.value = t.value and o.during && t.during)
        returning ${columns(madeRow)}`,
  )

export const endPoint = (db: Write, point: number, of: CustomerId, now: Date, by: string, today: string) =>
  db.maybe(
    madeRow,
    sql`update contact_point set during = daterange(lower(during), least(upper(during), greatest(${today}::date, lower(during) + 1))), version = version + 1, recorded_at = ${now}, recorded_by = ${by}
         where id = ${point} and customer_id = ${of} returning ${columns(madeRow)}`,
  )
