// SQL of contacts. What was said is sealed under the person's own key.
import type { Read, Write } from '../../platform/database.ts'
import { branded, bytes, day, instant, int, nullable, shape, text, texts } from '../../platform/row.ts'
import { columns, sql } from '../../platform/sql.ts'
import type { CustomerId } from '../customers/index.ts'
import type { channels, directions, outcomes } from './api.ts'

const customer = branded<CustomerId>(int)
const channel = branded<(typeof channels)[number]>(text)

const eventRow = shape({
  id: int,
  customer_id: customer,
  at: instant,
  direction: branded<(typeof directions)[number]>(text),
  channel,
  topics: texts,
  outcome: nullable(branded<(typeof outcomes)[number]>(text)),
  follow_up_on: nullable(day),
  followed_up_at: nullable(instant),
  version: int,
})
const sealedRow = shape({ body: nullable(bytes), wrapped: nullable(bytes), key_version: nullable(int) })
const nothing = shape({})

export type Older = { readonly at: string; readonly id: number } | undefined
const page = 50

/** Newest first; with what was said, sealed, and its key where the bundle may read both. */
/** Where the bundle may not read what was said. */
const unread = { body: null, wrapped: null, key_version: null }

export const contactsOfCustomer = async (db: Read, id: CustomerId, older: Older, withBody: boolean) => {
  const sealed = (withBody ? sealedRow : nothing) as typeof sealedRow
  const rows = await db.all(
    { ...eventRow, ...sealed },
    sql`select ${columns(eventRow, 'c')}${withBody ? sql`, c.body, k.wrapped, k.key_version` : sql``}
          from contact c ${withBody ? sql`left join subject_key k on k.customer_id = c.customer_id` : sql``}
         where c.customer_id in (select id from customer where id = ${id} or merged_into = ${id})
           and (${older?.at ?? null}::timestamptz is null or (c.at, c.id) < (${older?.at ?? null}::timestamptz, ${older?.id ?? 0}::bigint))
         order by c.at desc, c.id desc limit ${page}`,
  )
  return rows.map((row) => ({ ...unread, ...row }))
}

const keyRow = shape({ customer_id: customer, wrapped: bytes, key_version: int })

export const findKey = (db: Read, id: CustomerId) =>
  db.maybe(keyRow, sql`select ${columns(keyRow)} from subject_key where customer_id = ${id}`)

/** The key that is there, or this new one: of two who make one at once, both get the first. */
export const insertKey = (db: Write, id: CustomerId, wrapped: Buffer, version: number, now: Date) =>
  db.all(
    keyRow,
    sql`insert into subject_key (customer_id, wrapped, key_version, made_at) values (${id}, ${wrapped}, ${version}, ${now})
        on conflict (customer_id) do nothing returning ${columns(keyRow)}`,
  )

export type NewContact = {
  readonly direction: string
  readonly channel: string
  readonly topics: readonly string[]
  readonly outcome: string | null
  readonly body: Buffer | null
  readonly follow_up_on: string | null
}

export const insertContact = (
  db: Write,
  id: CustomerId,
  made: NewContact,
  how: { readonly now: Date; readonly by: string; readonly staff: number | null; readonly mask: number },
) =>
  db.maybe(
    eventRow,
    sql`insert into contact (customer_id, at, direction, channel, topics, outcome, body, follow_up_on, staff_id, restricted, controllers, source, recorded_at, recorded_by)
        select id, ${how.now}, ${made.direction}, ${made.channel}, ${made.topics}::text[], ${made.outcome}, ${made.body}, ${made.follow_up_on}::date,
               ${how.staff}::bigint, restricted, ${how.mask}::smallint, 'desk', ${how.now}, ${how.by}
          from customer where id = ${id}
        returning ${columns(eventRow)}`,
  )

const ownRow = shape({ id: int, customer_id: customer })

/** Emptied rather than removed: that something was noted and taken back stays. */
export const takeBack = (db: Write, id: CustomerId, contact: number, staff: number, since: Date, now: Date) =>
  db.maybe(
    ownRow,
    sql`update contact set body = null, topics = '{}', outcome = 'none', follow_up_on = null, channel = 'note', direction = 'internal', version = version + 1, recorded_at = ${now}
         where customer_id = ${id} and id = ${contact} and staff_id = ${staff} and at > ${since}
        returning ${columns(ownRow)}`,
  )

const queueRow = shape({
  id: int,
  customer_id: customer,
  number: text,
  given: nullable(text),
  call_name: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
  channel,
  topics: texts,
  follow_up_on: day,
  version: int,
})

export type Waiting = {
  readonly channel: string | undefined
  readonly topic: string | undefined
  /** Promised for a day before `until`, and from `since` on. */
  readonly since: string | undefined
  readonly until: string | undefined
  readonly after: { readonly on: string; readonly id: number } | undefined
}

export const openFollowUps = (db: Read, { channel, topic, since, until, after }: Waiting) =>
  db.all(
    queueRow,
    sql`select c.id, c.customer_id, p.number, n.given, n.call_name, n.family, n.organisation, c.channel, c.topics, c.follow_up_on, c.version
          from contact c join customer p on p.id = c.customer_id
          left join customer_name n on n.customer_id = c.customer_id and n.kind = 'official' and upper_inf(n.during)
         where c.followed_up_at is null and c.follow_up_on is not null
           and (${channel ?? null}::text is null or c.channel = ${channel ?? null})
           and (${topic ?? null}::text is null or ${topic ?? null} = any (c.topics))
           and (${since ?? null}::date is null or c.follow_up_on >= ${since ?? null}::date)
           and (${until ?? null}::date is null or c.follow_up_on < ${until ?? null}::date)
           and (${after?.on ?? null}::date is null or (c.follow_up_on, c.id) > (${after?.on ?? null}::date, ${after?.id ?? 0}::bigint))
         order by c.follow_up_on, c.id limit 100`,
  )

export const closeFollowUp = (db: Write, contact: number, version: number, now: Date) =>
  db.maybe(
    ownRow,
    sql`update contact set followed_up_at = ${now}, version = version + 1
         where id = ${contact} and version = ${version} and followed_up_at is null returning ${columns(ownRow)}`,
  )
