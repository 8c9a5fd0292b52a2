// SQL of parties, one named function a statement. A merged party's rows are read through the party that it was joined to.
import type { Read, Write } from '../../platform/database.ts'
import { bool, branded, bytes, computed, day, instant, int, nullable, period, shape, text } from '../../platform/row.ts'
import { columns, sql } from '../../platform/sql.ts'
import type { CustomerId, stages } from './api.ts'
import type { PartyKind } from './rules.ts'
import type { Told } from './told.ts'

const customer = branded<CustomerId>(int)
const language = branded<'fi' | 'sv' | 'en'>(text)
const channel = branded<'phone' | 'email'>(text)

const headRow = shape({
  id: customer,
  number: text,
  kind: branded<PartyKind>(text),
  stage: branded<(typeof stages)[number]>(text),
  language,
  protected: bool,
  merged_into: nullable(customer),
  version: int,
  source: text,
  recorded_at: instant,
})
export const nameParts = shape({
  given: nullable(text),
  call_name: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
})
const birthRow = shape({ birth_date: nullable(day) })
const businessRow = shape({ business_id: nullable(text) })
const deathRow = shape({ deceased_on: nullable(day) })
const none = shape({})
/** Where the bundle may not read them. */
const unread = { birth_date: null, business_id: null, deceased_on: null }

/** The head of a card with the official name of today; what the bundle may not read is left out of the statement and comes as null. */
export const findCustomer = async (
  db: Read,
  id: CustomerId,
  may: { readonly birth: boolean; readonly business: boolean; readonly death: boolean },
) => {
  const own = {
    ...headRow,
    ...((may.birth ? birthRow : none) as typeof birthRow),
    ...((may.business ? businessRow : none) as typeof businessRow),
    ...((may.death ? deathRow : none) as typeof deathRow),
  }
  const row = await db.maybe(
    { ...own, ...nameParts },
    sql`select ${columns(own, 'c')}, ${columns(nameParts, 'n')}
          from customer c left join customer_name n on n.customer_id = c.id and n.kind = 'official' and upper_inf(n.during)
         where c.id = ${id}`,
  )
  return row && { ...unread, ...row }
}

export const nameRow = shape({
  id: int,
  customer_id: customer,
  kind: branded<'official' | 'former' | 'trade'>(text),
  ...nameParts,
  during: period,
  version: int,
  source: text,
  recorded_at: instant,
})

const partyRow = shape({ id: customer, kind: branded<PartyKind>(text), language, version: int })

export const findParty = (db: Read, id: CustomerId) =>
  db.maybe(partyRow, sql`select ${columns(partyRow)} from customer where id = ${id}`)

/** What is ended ends today, or a day after it began at the least. */
export const endedToday = (today: string) => sql`upper(during) = greatest(${today}::date, lower(during) + 1)`

/** The party and those that were merged into it. */
export const cluster = (id: CustomerId) => sql`(select id from customer where id = ${id} or merged_into = ${id})`

export const namesOfCustomer = (db: Read, id: CustomerId) =>
  db.all(
    nameRow,
    sql`select ${columns(nameRow)} from customer_name where customer_id in ${cluster(id)} order by upper(during) desc nulls first, kind`,
  )

const pointRow = shape({
  id: int,
  customer_id: customer,
  channel,
  value: text,
  use: branded<'main' | 'work' | 'invoicing' | 'other'>(text),
  during: period,
  verified_at: nullable(instant),
  version: int,
  source: text,
  recorded_at: instant,
})

export const contactPointsOfCustomer = (db: Read, id: CustomerId) =>
  db.all(
    pointRow,
    sql`select ${columns(pointRow)} from contact_point where customer_id in ${cluster(id)}
         order by upper(during) desc nulls first, channel, use, id`,
  )

export const findContactPoint = (db: Read, id: CustomerId, point: number) =>
  db.maybe(pointRow, sql`select ${columns(pointRow)} from contact_point where customer_id = ${id} and id = ${point}`)

export const addressRow = shape({
  id: int,
  customer_id: customer,
  kind: branded<'home' | 'mailing' | 'invoicing' | 'contact'>(text),
  care_of: nullable(text),
  street: text,
  postcode: text,
  post_office: text,
  country: text,
  during: period,
  version: int,
  source: text,
  recorded_at: instant,
})

export const addressesOfCustomer = (db: Read, id: CustomerId) =>
  db.all(
    addressRow,
    sql`select ${columns(addressRow)} from postal_address where customer_id in ${cluster(id)} order by upper(during) desc nulls first, kind`,
  )

/** Walls of the new row are those of the person: what is told of a protected person is protected from its first moment. */
export const insertContactPoint = (
  db: Write,
  id: CustomerId,
  made: { readonly channel: string; readonly value: string; readonly use: string },
  { source, now, by, today }: Told,
) =>
  db.maybe(
    pointRow,
    sql`insert into contact_point (customer_id, channel, value, use, during, restricted, protected, marketable, controllers, source, recorded_at, recorded_by)
        select id, ${made.channel}, ${made.value}, ${made.use}, daterange(${today}::date, null), restricted, protected, marketable, controllers,
               ${source}, ${now}, ${by}
          from customer where id = ${id}
        returning ${columns(pointRow)}`,
  )

/** Ends the value today (one that began today is emptied of its future by a day at the least). No row: changed by someone else meanwhile. */
export const closeContactPoint = (
  db: Write,
  id: CustomerId,
  point: number,
  version: number,
  { now, by, today }: Told,
) =>
  db.maybe(
    pointRow,
    sql`update contact_point
           set during = daterange(lower(during), greatest(${today}::date, lower(during) + 1)), version = version + 1, recorded_at = ${now}, recorded_by = ${by}
         where customer_id = ${id} and id = ${point} and version = ${version} and upper_inf(during)
        returning ${columns(pointRow)}`,
  )

/** No row: it was not ended today, or someone else has changed it meanwhile. */
export const reopenContactPoint = (
  db: Write,
  id: CustomerId,
  point: number,
  version: number,
  { now, by, today }: Told,
) =>
  db.maybe(
    pointRow,
    sql`update contact_point set during = daterange(lower(during), null), version = version + 1, recorded_at = ${now}, recorded_by = ${by}
         where customer_id = ${id} and id = ${point} and version = ${version} and ${endedToday(today)}
        returning ${columns(pointRow)}`,
  )

/** A value that was entered today and is corrected today never was: it is changed in place. */
export const changeContactPoint = (
  db: Write,
  id: CustomerId,
  point: number,
  version: number,
  value: string,
  { source, now, by }: Told,
) =>
  db.maybe(
    pointRow,
    sql`update contact_point set value = ${value}, version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}, verified_at = null
         where customer_id = ${id} and id = ${point} and version = ${version}
        returning ${columns(pointRow)}`,
  )

const languageRow = shape({ id: customer, language, version: int })

export const updateLanguage = (
  db: Write,
  id: CustomerId,
  language: string,
  version: number,
  { source, now, by }: Told,
) =>
  db.maybe(
    languageRow,
    sql`update customer set language = ${language}, version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where id = ${id} and version = ${version} returning ${columns(languageRow)}`,
  )

const codeRow = shape({
  id: int,
  customer_id: customer,
  code: bytes,
  during: period,
  source: text,
  wrapped: bytes,
  key_version: int,
})

/** Sealed codes with the key that opens them. */
export const identityCodesOfCustomer = (db: Read, id: CustomerId) =>
  db.all(
    codeRow,
    sql`select i.id, i.customer_id, i.code, i.during, i.source, k.wrapped, k.key_version
          from identity_code i join subject_key k on k.customer_id = i.customer_id
         where i.customer_id = ${id} order by upper(i.during) desc nulls first`,
  )

const orderRow = shape({
  id: int,
  customer_id: customer,
  granted_by: branded<'customer' | 'population-register' | 'datahub'>(text),
  basis: nullable(text),
  during: period,
  review_on: nullable(day),
  lifted_at: nullable(instant),
  lifted_reason: nullable(text),
})

export const protectionOrders = (db: Read, id: CustomerId) =>
  db.all(orderRow, sql`select ${columns(orderRow)} from protection_order where customer_id = ${id} order by id desc`)

export const insertProtectionOrder = (
  db: Write,
  id: CustomerId,
  made: {
    readonly granted_by: string
    readonly basis: string | null
    readonly to: string | null
    readonly review_on: string | null
  },
  { source, now, by, today }: Told,
) =>
  db.maybe(
    orderRow,
    sql`insert into protection_order (customer_id, granted_by, basis, during, review_on, restricted, controllers, source, recorded_at, recorded_by)
        select id, ${made.granted_by}, ${made.basis}, daterange(${today}::date, ${made.to}::date), ${made.review_on}::date, restricted, controllers, ${source}, ${now}, ${by}
          from customer where id = ${id}
        returning ${columns(orderRow)}`,
  )

export const liftProtectionOrders = (db: Write, id: CustomerId, reason: string, { now, by, today }: Told) =>
  db.all(
    orderRow,
    sql`update protection_order
           set lifted_at = ${now}, lifted_by = ${by}, lifted_reason = ${reason},
               during = daterange(lower(during), greatest(${today}::date, lower(during) + 1))
         where customer_id = ${id} and lifted_at is null
        returning ${columns(orderRow)}`,
  )

/** Raises or lowers the wall on everything that could lead to the person's home. */
export const setProtected = (db: Write, id: CustomerId, up: boolean) =>
  db.all(
    shape({ done: computed(nullable(text), []) }),
    sql`select wall_protected(array[${id}::bigint], ${up})::text as done`,
  )
