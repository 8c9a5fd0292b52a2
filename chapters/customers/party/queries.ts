// SQL of the party itself, one named function a statement.
import type { Read, Write } from '../../../platform/database.ts'
import type { Blinds } from '../../../platform/keys.ts'
import { branded, bytes, day, int, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { CustomerId, stages } from '../api.ts'
import type { Told } from '../told.ts'

const customer = branded<CustomerId>(int)
const madeRow = shape({ id: customer, number: text })

export type NewParty = {
  readonly number: string
  readonly kind: string
  readonly stage: string
  readonly language: string
  readonly birth_date: string | null
  readonly business_id: string | null
}

/** Of the company whose hat is worn; another comes to see the party when it serves them. No row: the number is taken. */
export const insertParty = (db: Write, made: NewParty, mask: number, { source, now, by }: Told) =>
  db.maybe(
    madeRow,
    sql`insert into customer (number, kind, stage, language, birth_date, business_id, controllers, source, recorded_at, recorded_by)
        values (${made.number}, ${made.kind}, ${made.stage}, ${made.language}, ${made.birth_date}::date, ${made.business_id},
                ${mask}::smallint, ${source}, ${now}, ${by})
        on conflict (number) do nothing
        returning ${columns(madeRow)}`,
  )

const stageRow = shape({ id: customer, stage: branded<(typeof stages)[number]>(text), version: int })
const businessRow = shape({ id: customer, business_id: nullable(text), version: int })
const birthRow = shape({ id: customer, birth_date: nullable(day), version: int })

/** Here and below, no row: changed by someone else meanwhile. */
export const updateStage = (db: Write, id: CustomerId, stage: string, version: number, { source, now, by }: Told) =>
  db.maybe(
    stageRow,
    sql`update customer set stage = ${stage}, version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where id = ${id} and version = ${version} returning ${columns(stageRow)}`,
  )

export const updateBusinessId = (
  db: Write,
  id: CustomerId,
  business_id: string | null,
  version: number,
  { source, now, by }: Told,
) =>
  db.maybe(
    businessRow,
    sql`update customer set business_id = ${business_id}, version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where id = ${id} and version = ${version} returning ${columns(businessRow)}`,
  )

export const updateBirthDate = (
  db: Write,
  id: CustomerId,
  birth_date: string | null,
  version: number,
  { source, now, by }: Told,
) =>
  db.maybe(
    birthRow,
    sql`update customer set birth_date = ${birth_date}::date, version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where id = ${id} and version = ${version} returning ${columns(birthRow)}`,
  )

/** What a code says of its person. */
export const updateBirthOfCode = (db: Write, id: CustomerId, birth_date: string) =>
  db.all(
    birthRow,
    sql`update customer set birth_date = ${birth_date}::date, version = version + 1
         where id = ${id} and birth_date is distinct from ${birth_date}::date returning ${columns(birthRow)}`,
  )

const keyRow = shape({ customer_id: customer, wrapped: bytes, key_version: int })

export const findKey = (db: Read, id: CustomerId) =>
  db.maybe(keyRow, sql`select ${columns(keyRow)} from subject_key where customer_id = ${id}`)

export const insertKey = (db: Write, id: CustomerId, wrapped: Buffer, key_version: number, now: Date) =>
  db.one(
    keyRow,
    sql`insert into subject_key (customer_id, wrapped, key_version, made_at) values (${id}, ${wrapped}, ${key_version}, ${now})
        returning ${columns(keyRow)}`,
  )

const codeRow = shape({ id: int, customer_id: customer, during: period, source: text })
type Sealed = Blinds & { readonly code: Buffer }

/** Today's, locked. */
export const lockCode = (db: Write, id: CustomerId) =>
  db.maybe(
    codeRow,
    sql`select ${columns(codeRow)} from identity_code where customer_id = ${id} and upper_inf(during) for update`,
  )

export const closeCode = (db: Write, id: CustomerId, code: number, to: string) =>
  db.one(
    codeRow,
    sql`update identity_code set during = daterange(lower(during), ${to}::date) where customer_id = ${id} and id = ${code}
        returning ${columns(codeRow)}`,
  )

export const correctCode = (db: Write, id: CustomerId, code: number, made: Sealed, { source, now, by }: Told) =>
  db.one(
    codeRow,
    sql`update identity_code set code = ${made.code}, blind = ${made.blind}, blind_even = ${made.blind_even}, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where customer_id = ${id} and id = ${code} returning ${columns(codeRow)}`,
  )

/** Walls of the new row are those of the person. */
export const insertCode = (
  db: Write,
  id: CustomerId,
  made: Sealed & { readonly from: string | null },
  { source, now, by }: Told,
) =>
  db.one(
    codeRow,
    sql`insert into identity_code (customer_id, code, blind, blind_even, during, restricted, controllers, source, recorded_at, recorded_by)
        select id, ${made.code}, ${made.blind}::bytea, ${made.blind_even}::bytea, daterange(${made.from}::date, null), restricted, controllers, ${source}, ${now}, ${by}
          from customer where id = ${id}
        returning ${columns(codeRow)}`,
  )
