// SQL of taking contacts in: a handful of statements over arrays, whatever the size of the batch.
import type { Read, Write } from '../../../platform/database.ts'
import type { Told } from '../../../platform/intake.ts'
import { bytes, int, shape } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { ImportedContact } from './rules.ts'

const keyRow = shape({ customer_id: int, wrapped: bytes, key_version: int })
const madeRow = shape({ id: int, customer_id: int })

export const keysOf = (db: Read, people: readonly number[]) =>
  db.all(keyRow, sql`select ${columns(keyRow)} from subject_key where customer_id = any (${people}::bigint[])`)

export type NewKey = { readonly customer: number; readonly wrapped: Buffer; readonly key_version: number }
export const insertKeys = (db: Write, made: readonly NewKey[], now: Date) =>
  db.all(
    keyRow,
    sql`insert into subject_key (customer_id, wrapped, key_version, made_at)
        select id, wrapped, version, ${now} from unnest(${made.map(({ customer }) => customer)}::bigint[], ${made.map(({ wrapped }) => wrapped)}::bytea[],
               ${made.map((each) => each.key_version)}::smallint[]) as t (id, wrapped, version)
        returning ${columns(keyRow)}`,
  )

export type NewContact = Omit<ImportedContact, 'body' | 'customer'> & {
  readonly customer: number
  readonly body: Buffer | null
}

/** In the order of the rows, so that each is led back to its own key. */
export const insertContacts = (db: Write, rows: readonly NewContact[], { source, now, by, mask }: Told) =>
  db.all(
    madeRow,
    sql`insert into contact (customer_id, at, direction, channel, topics, outcome, body, restricted, controllers, source, recorded_at, recorded_by)
        select c.id, at, direction, channel, case when topic is null then '{}' else array[topic] end, outcome, body, c.restricted, ${mask}::smallint, ${source}, ${now}, ${by}
          from unnest(${rows.map(({ customer }) => customer)}::bigint[], ${rows.map(({ at }) => at)}::timestamptz[], ${rows.map(({ direction }) => direction)}::text[],
                      ${rows.map(({ channel }) => channel)}::text[], ${rows.map(({ topic }) => topic)}::text[], ${rows.map(({ outcome }) => outcome)}::text[],
                      ${rows.map(({ body }) => body)}::bytea[]) with ordinality
            as t (person, at, direction, channel, topic, outcome, body, place) join customer c on c.id = t.person
         order by place
        returning ${columns(madeRow)}`,
  )
