// SQL of taking customers in: a handful of statements over arrays, whatever the size of the batch.
import type { Read, Write } from '../../../platform/database.ts'
import type { Told } from '../../../platform/intake.ts'
import { bool, bytes, day, int, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, raw, sql } from '../../../platform/sql.ts'
import type { Blinds } from '../../../platform/keys.ts'
import type { ImportedCustomer } from './rules.ts'

export type Known<T> = T & { readonly id: number }

const keyRow = shape({ key: text, customer_id: int, sha256: bytes })

export const knownKeys = (db: Read, source: string, keys: readonly string[]) =>
  db.all(
    keyRow,
    sql`select ${columns(keyRow)} from external_key where source = ${source} and key = any (${keys}::text[])`,
  )

const blindRow = shape({ customer_id: int, blind: nullable(bytes), blind_even: nullable(bytes) })
export const knownCodes = (db: Read, blinds: readonly Blinds[]) =>
  db.all(
    blindRow,
    sql`select ${columns(blindRow)} from identity_code
         where blind = any (${blinds.map(({ blind }) => blind)}::bytea[]) or blind_even = any (${blinds.map(({ blind_even }) => blind_even)}::bytea[])`,
  )
export const codesOf = (db: Read, ids: readonly number[]) =>
  db.all(
    blindRow,
    sql`select ${columns(blindRow)} from identity_code where customer_id = any (${ids}::bigint[]) and upper_inf(during)`,
  )

const byNumberRow = shape({ id: int, number: text, restricted: bool, protected: bool, merged_into: nullable(int) })
/** For rows of other kinds, which name their customer by number. */
export const customersByNumber = (db: Read, numbers: readonly string[]) =>
  db.all(byNumberRow, sql`select ${columns(byNumberRow)} from customer where number = any (${numbers}::text[])`)

const numberRow = shape({ id: int, number: text })
export const knownNumbers = (db: Read, numbers: readonly string[]) =>
  db.all(numberRow, sql`select ${columns(numberRow)} from customer where number = any (${numbers}::text[])`)

type Column = keyof ImportedCustomer
const column = (rows: readonly ImportedCustomer[], name: Column) => rows.map((row) => row[name])
const ids = (rows: readonly Known<unknown>[]) => rows.map(({ id }) => id)
const ownerRow = shape({ customer_id: int })
const madeRow = shape({ id: int, customer_id: int })

/** Numbers that are taken are not among the answers. */
export const insertCustomers = (db: Write, rows: readonly ImportedCustomer[], { source, now, by, mask }: Told) =>
  db.all(
    numberRow,
    sql`insert into customer (number, kind, stage, language, birth_date, business_id, controllers, source, recorded_at, recorded_by)
        select number, kind, 'customer', language, birth_date, business_id, ${mask}::smallint, ${source}, ${now}, ${by}
          from unnest(${column(rows, 'number')}::text[], ${column(rows, 'kind')}::text[], ${column(rows, 'language')}::text[],
                      ${column(rows, 'birth_date')}::date[], ${column(rows, 'business_id')}::text[]) as t (number, kind, language, birth_date, business_id)
        on conflict (number) do nothing returning ${columns(numberRow)}`,
  )

/** Walls of the new rows are those of the person. */
const walls = raw('c.restricted, c.marketable, c.controllers')

export const insertNames = (db: Write, rows: readonly Known<ImportedCustomer>[], { source, now, today, by }: Told) =>
  db.all(
    madeRow,
    sql`insert into customer_name (customer_id, kind, given, family, organisation, during, restricted, marketable, controllers, source, recorded_at, recorded_by)
        select c.id, 'official', given, family, organisation, daterange(${today}::date, null), ${walls}, ${source}, ${now}, ${by}
          from unnest(${ids(rows)}::bigint[], ${column(rows, 'given')}::text[], ${column(rows, 'family')}::text[], ${column(rows, 'organisation')}::text[])
            as t (id, given, family, organisation) join customer c on c.id = t.id
        returning ${columns(madeRow)}`,
  )

export type Point = { readonly id: number; readonly channel: 'phone' | 'email'; readonly value: string }

export const insertContactPoints = (db: Write, points: readonly Point[], { source, now, today, by }: Told) =>
  db.all(
    madeRow,
    sql`insert into contact_point (customer_id, channel, value, use, during, protected, restricted, marketable, controllers, source, recorded_at, recorded_by)
        select c.id, channel, value, 'main', daterange(${today}::date, null), c.protected, ${walls}, ${source}, ${now}, ${by}
          from unnest(${ids(points)}::bigint[], ${points.map(({ channel }) => channel)}::text[], ${points.map(({ value }) => value)}::text[])
            as t (id, channel, value) join customer c on c.id = t.id
        returning ${columns(madeRow)}`,
  )

export const insertAddresses = (
  db: Write,
  rows: readonly Known<ImportedCustomer>[],
  { source, now, today, by }: Told,
) =>
  db.all(
    madeRow,
    sql`insert into postal_address (customer_id, kind, street, postcode, post_office, during, protected, restricted, marketable, controllers, source, recorded_at, recorded_by)
        select c.id, 'home', street, postcode, post_office, daterange(${today}::date, null), c.protected, ${walls}, ${source}, ${now}, ${by}
          from unnest(${ids(rows)}::bigint[], ${column(rows, 'street')}::text[], ${column(rows, 'postcode')}::text[], ${column(rows, 'post_office')}::text[])
            as t (id, street, postcode, post_office) join customer c on c.id = t.id
        returning ${columns(madeRow)}`,
  )

const partyRow = shape({
  id: int,
  language: text,
  birth_date: nullable(day),
  business_id: nullable(text),
  restricted: bool,
  merged_into: nullable(int),
  source: text,
  recorded_by: text,
  version: int,
})
const nameRow = shape({
  id: int,
  customer_id: int,
  given: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
  during: period,
  source: text,
})
const pointRow = shape({ id: int, customer_id: int, channel: text, value: text, during: period, source: text })
const addressRow = shape({
  id: int,
  customer_id: int,
  street: text,
  postcode: text,
  post_office: text,
  during: period,
  source: text,
})

export const findParties = (db: Read, people: readonly number[]) =>
  db.all(partyRow, sql`select ${columns(partyRow)} from customer where id = any (${people}::bigint[])`)
export const openNames = (db: Read, people: readonly number[]) =>
  db.all(
    nameRow,
    sql`select ${columns(nameRow)} from customer_name where customer_id = any (${people}::bigint[]) and kind = 'official' and upper_inf(during)`,
  )
export const openPoints = (db: Read, people: readonly number[]) =>
  db.all(
    pointRow,
    sql`select ${columns(pointRow)} from contact_point where customer_id = any (${people}::bigint[]) and use = 'main' and upper_inf(during)`,
  )
export const openAddresses = (db: Read, people: readonly number[]) =>
  db.all(
    addressRow,
    sql`select ${columns(addressRow)} from postal_address where customer_id = any (${people}::bigint[]) and kind = 'home' and upper_inf(during)`,
  )

export const dated = ['customer_name', 'contact_point', 'postal_address'] as const
export type Dated = (typeof dated)[number]
const versioned: Readonly<Record<Dated, string>> = {
  customer_name: '',
  contact_point: ', version = version + 1',
  postal_address: ', version = version + 1',
}

const endedRow = shape({ id: int, customer_id: int })

export const endRows = (db: Write, table: Dated, rows: readonly number[], today: string) =>
  db.all(
    endedRow,
    sql`update ${raw(table)} set during = daterange(lower(during), ${today}::date)${raw(versioned[table])}
         where id = any (${rows}::bigint[]) and lower(during) < ${today}::date returning ${columns(endedRow)}`,
  )

/** What began today never stood at a day's end: it gives way whole, and the trace keeps what it was. */
export const removeRows = (db: Write, table: Dated, rows: readonly number[], today: string) =>
  db.all(
    endedRow,
    sql`delete from ${raw(table)} where id = any (${rows}::bigint[]) and lower(during) >= ${today}::date returning ${columns(endedRow)}`,
  )

export type PartyChange = {
  readonly id: number
  readonly language: string
  readonly birth_date: string | null
  readonly business_id: string | null
}
const changedRow = shape({ id: int, version: int })

export const changeParties = (db: Write, changes: readonly PartyChange[], { now, by }: Told) =>
  db.all(
    changedRow,
    sql`update customer c set language = t.language, birth_date = t.birth_date, business_id = t.business_id, version = version + 1, recorded_at = ${now}, recorded_by = ${by}
          from unnest(${ids(changes)}::bigint[], ${changes.map(({ language }) => language)}::text[], ${changes.map(({ birth_date }) => birth_date)}::date[],
                      ${changes.map(({ business_id }) => business_id)}::text[]) as t (id, language, birth_date, business_id)
         where c.id = t.id returning c.id, c.version`,
  )

const subjectRow = shape({ customer_id: int, wrapped: bytes, key_version: int })
export const keysOf = (db: Read, people: readonly number[]) =>
  db.all(subjectRow, sql`select ${columns(subjectRow)} from subject_key where customer_id = any (${people}::bigint[])`)

export type NewKey = { readonly id: number; readonly wrapped: Buffer; readonly key_version: number }
export const insertKeys = (db: Write, made: readonly NewKey[], now: Date) =>
  db.all(
    ownerRow,
    sql`insert into subject_key (customer_id, wrapped, key_version, made_at)
        select id, wrapped, version, ${now} from unnest(${ids(made)}::bigint[], ${made.map(({ wrapped }) => wrapped)}::bytea[], ${made.map((each) => each.key_version)}::smallint[]) as t (id, wrapped, version)
        returning customer_id`,
  )

export type SealedCode = Known<Blinds & { readonly code: Buffer }>
export const insertCodes = (db: Write, codes: readonly SealedCode[], { source, now, today, by }: Told) =>
  db.all(
    madeRow,
    sql`insert into identity_code (customer_id, code, blind, blind_even, during, restricted, controllers, source, recorded_at, recorded_by)
        select c.id, code, blind, blind_even, daterange(${today}::date, null), c.restricted, c.controllers, ${source}, ${now}, ${by}
          from unnest(${ids(codes)}::bigint[], ${codes.map(({ code }) => code)}::bytea[], ${codes.map(({ blind }) => blind)}::bytea[],
                      ${codes.map(({ blind_even }) => blind_even)}::bytea[]) as t (id, code, blind, blind_even)
          join customer c on c.id = t.id
        returning ${columns(madeRow)}`,
  )

type Digest = Known<{ readonly key: string; readonly sha256: Buffer }>

export const putKeys = (db: Write, rows: readonly Digest[], { source, now }: Told) =>
  db.all(
    ownerRow,
    sql`insert into external_key (source, key, customer_id, sha256, recorded_at)
        select ${source}, key, id, sha256, ${now} from unnest(${rows.map(({ key }) => key)}::text[], ${ids(rows)}::bigint[], ${rows.map(({ sha256 }) => sha256)}::bytea[]) as t (key, id, sha256)
        on conflict (source, key) do update set sha256 = excluded.sha256, recorded_at = excluded.recorded_at
        returning customer_id`,
  )
