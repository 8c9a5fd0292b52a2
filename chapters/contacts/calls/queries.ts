// SQL of calls, one named function a statement. A call leads to its person by the contact that it became.
import type { Read, Write } from '../../../platform/database.ts'
import {
  bool,
  branded,
  bytes,
  computed,
  day,
  instant,
  int,
  nullable,
  shape,
  text,
  texts,
} from '../../../platform/row.ts'
import { columns, join, raw, sql } from '../../../platform/sql.ts'
import type { Category } from '../../../register/vocabulary.ts'
import type { CustomerId } from '../../customers/index.ts'
import type { outcomes } from '../api.ts'

const customer = branded<CustomerId>(int)
const ringRow = shape({ id: int, at: instant, number: nullable(text) })
const untaken = 10 * 60_000

export type NewCall = {
  readonly number: string | null
  readonly reference: string | null
  readonly rings_at: number | null
}

/** Told twice, it is one call. */
export const insertCall = (
  db: Write,
  { number, reference, rings_at }: NewCall,
  { now, by, mask }: { readonly now: Date; readonly by: string; readonly mask: number },
) =>
  db.one(
    ringRow,
    sql`insert into incoming_call (at, number, reference, rings_at, controllers, recorded_by)
        values (${now}, ${number}, ${reference}, ${rings_at}::bigint, ${mask}::smallint, ${by})
        on conflict (reference, controllers) do update set reference = excluded.reference
        returning ${columns(ringRow)}`,
  )

/** Those that ring for this person of the staff, the longest first; after ten minutes nobody waits any more. */
export const callsWaiting = (db: Read, staff: number, now: Date) =>
  db.all(
    ringRow,
    sql`select ${columns(ringRow)} from incoming_call
         where contact_id is null and ended_at is null and at > ${new Date(now.getTime() - untaken)} and coalesce(rings_at = ${staff}, true)
         order by at, id limit 20`,
  )

const foundRow = shape({ ...ringRow, contact_id: nullable(int), recorded_by: text })

export const findCall = (db: Read, id: number) =>
  db.maybe(foundRow, sql`select ${columns(foundRow)} from incoming_call where id = ${id}`)

const candidateRow = shape({
  customer_id: customer,
  kind: branded<'natural' | 'legal' | 'estate'>(text),
  stage: branded<'prospect' | 'customer' | 'former'>(text),
  protected: bool,
  given: nullable(text),
  call_name: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
  former: computed(bool, ['contact-details']),
  representation_id: computed(nullable(int), ['representation']),
  representation: computed(nullable(text), ['representation']),
  representative_id: computed(nullable(customer), ['representation']),
})
const birthRow = shape({ birth_date: nullable(day) })
const deathRow = shape({ deceased_on: nullable(day) })
const cityRow = shape({ city: nullable(text) })
const none = shape({})

/** A bundle that may not see who acts for whom asks for none, and its row declares none. */
const unrepresented = {
  ...candidateRow,
  representation_id: computed(nullable(int), []),
  representation: computed(nullable(text), []),
  representative_id: computed(nullable(customer), []),
}

/** Holders of the number, today's first, then those for whom they act. What a wall hides is not found. */
export const holdersOf = async (db: Read, number: string, today: string, may: (category: Category) => boolean) => {
  const [birth, death, city, acts] = [may('birth-date'), may('death'), may('postal-address'), may('representation')]
  const row = {
    ...(acts ? candidateRow : (unrepresented as typeof candidateRow)),
    ...((birth ? birthRow : none) as typeof birthRow),
    ...((death ? deathRow : none) as typeof deathRow),
    ...((city ? cityRow : none) as typeof cityRow),
  }
  const acting = sql`union all
    select r.represented_id, false, r.id, r.kind, r.representative_id
      from held join representation r on r.representative_id = held.id and r.during @> ${today}::date`
  const found = await db.all(
    row,
    sql`with held as (select coalesce(c.merged_into, c.id) as id, bool_and(s.former) as former
                        from search_contact s join customer c on c.id = s.customer_id where s.key = ${number} group by 1 limit 50),
             candidate (id, former, representation_id, kind, representative_id) as (
               select id, former, null::bigint, null::text, null::bigint from held ${acts ? acting : sql``})
        select c.id as customer_id, c.kind, c.stage, c.protected, n.given, n.call_name, n.family, n.organisation,
               candidate.former, candidate.representation_id, candidate.kind as representation, candidate.representative_id
               ${raw(birth ? ', c.birth_date' : '')}${raw(death ? ', c.deceased_on' : '')}${raw(city ? ', a.post_office as city' : '')}
          from candidate join customer c on c.id = candidate.id
          left join customer_name n on n.customer_id = c.id and n.kind = 'official' and upper_inf(n.during)
          ${raw(
            city
              ? `left join lateral (select post_office from postal_address where customer_id = c.id and not c.protected and upper_inf(during)
                   order by kind = 'home' desc limit 1) a on true`
              : '',
          )}
         order by candidate.representation_id is not null, candidate.former, n.family, n.organisation, n.given, c.id limit 30`,
  )
  const unread = { birth_date: null, deceased_on: null, city: null }
  return found.map((one) => ({ ...unread, ...one }))
}

const begunRow = shape({ id: int, customer_id: customer })
export type How = { readonly now: Date; readonly by: string; readonly staff: number; readonly mask: number }

/** No row: the person is not there for this bundle. */
export const beginContact = (db: Write, id: CustomerId, { now, by, staff, mask }: How) =>
  db.maybe(
    begunRow,
    sql`insert into contact (customer_id, at, direction, channel, topics, staff_id, restricted, controllers, source, recorded_at, recorded_by)
        select id, ${now}, 'in', 'call', '{}', ${staff}::bigint, restricted, ${mask}::smallint, 'desk', ${now}, ${by} from customer where id = ${id}
        returning ${columns(begunRow)}`,
  )

const takenRow = shape({ id: int })

/** No row: someone else was quicker. */
export const markTaken = (db: Write, call: number, contact: number, staff: number) =>
  db.maybe(
    takenRow,
    sql`update incoming_call set taken_by = ${staff}::bigint, contact_id = ${contact}::bigint where id = ${call} and contact_id is null returning id`,
  )

/** What this person of the staff had in hand is done; `but` is the call that they take now. */
export const layDown = (db: Write, staff: number, but: number, now: Date) =>
  db.all(
    shape({ contact_id: nullable(int) }),
    sql`update incoming_call set done_at = ${now}, ended_at = coalesce(ended_at, ${now})
         where taken_by = ${staff} and done_at is null and id <> ${but} returning contact_id`,
  )

export const layDownOne = (db: Write, staff: number, call: number, now: Date) =>
  db.all(
    shape({ contact_id: nullable(int) }),
    sql`update incoming_call set done_at = ${now}, ended_at = coalesce(ended_at, ${now})
         where taken_by = ${staff} and done_at is null and id = ${call} returning contact_id`,
  )

const endedRow = shape({ id: int, ended_at: nullable(instant) })

/** Ended once; told again, the first time stands. `staff`: who ends it from a desk, whose own it must be or nobody's. */
export const markEnded = (db: Write, call: number, staff: number | null, now: Date) =>
  db.maybe(
    endedRow,
    sql`update incoming_call set ended_at = coalesce(ended_at, ${now})
         where id = ${call} and (${staff}::bigint is null or taken_by is null or taken_by = ${staff}::bigint) returning ${columns(endedRow)}`,
  )

const outcome = nullable(branded<(typeof outcomes)[number]>(text))
const handRow = shape({
  call_id: int,
  number: nullable(text),
  ended_at: nullable(instant),
  contact_id: int,
  customer_id: customer,
  taken_at: instant,
  topics: texts,
  outcome,
  follow_up_on: nullable(day),
  body: nullable(bytes),
  wrapped: nullable(bytes),
  key_version: nullable(int),
  given: nullable(text),
  call_name: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
})

export const callInHand = (db: Read, staff: number) =>
  db.maybe(
    handRow,
    sql`select i.id as call_id, i.number, i.ended_at, c.id as contact_id, c.customer_id, c.at as taken_at, c.topics, c.outcome, c.follow_up_on, c.body,
               k.wrapped, k.key_version, n.given, n.call_name, n.family, n.organisation
          from incoming_call i join contact c on c.id = i.contact_id
          left join subject_key k on k.customer_id = c.customer_id
          left join customer_name n on n.customer_id = c.customer_id and n.kind = 'official' and upper_inf(n.during)
         where i.taken_by = ${staff} and i.done_at is null order by c.at desc limit 1`,
  )

/** How often each topic stood in the last two thousand contacts. */
export const topicCounts = (db: Read) =>
  db.all(
    shape({ topic: computed(text, ['contact-event']), times: computed(int, ['contact-event']) }),
    sql`select topic, count(*)::int as times from (select topics from contact order by at desc limit 2000) late, unnest(late.topics) topic group by topic`,
  )

const changing = [
  ['contact-details', 'contact_point'],
  ['marketing-permission', 'marketing_permission'],
  ['occupancy', 'occupancy'],
  ['contract', 'contract_party'],
] as const satisfies readonly (readonly [Category, string])[]
export type Changed = (typeof changing)[number][0]

/** What this handle has written of the customer since then, of what the bundle may read. */
export const changedSince = async (
  db: Read,
  id: CustomerId,
  since: string,
  by: string,
  may: (category: Category) => boolean,
): Promise<readonly Changed[]> => {
  const seen = changing.filter(([category]) => may(category))
  if (seen.length === 0) return []
  const each = seen.map(
    ([category, table]) => sql`case when exists (select from ${raw(table)} x
      where x.customer_id = c.id and x.recorded_by = ${by} and x.recorded_at >= ${since}::timestamptz) then ${category}::text end`,
  )
  const row = await db.maybe(
    shape({
      id: customer,
      changed: computed(
        texts,
        seen.map(([category]) => category),
      ),
    }),
    sql`select c.id, array_remove(array[${join(each, ', ')}], null) as changed from customer c where c.id = ${id}`,
  )
  return (row?.changed ?? []) as readonly Changed[]
}

export type Note = {
  readonly topics: readonly string[]
  readonly outcome: string | null
  readonly body: Buffer | null
  readonly follow_up_on: string | null
}

/** No row: it is not this person's call. */
export const noteCall = (
  db: Write,
  contact: number,
  staff: number,
  { topics, outcome, body, follow_up_on }: Note,
  now: Date,
) =>
  db.maybe(
    begunRow,
    sql`update contact set topics = ${topics}::text[], outcome = ${outcome}, body = ${body}, follow_up_on = ${follow_up_on}::date,
               version = version + 1, recorded_at = ${now}
         where id = ${contact} and staff_id = ${staff} returning ${columns(begunRow)}`,
  )

export const findOwnCall = (db: Read, call: number, staff: number) =>
  db.maybe(
    shape({ contact_id: int, customer_id: customer }),
    sql`select c.id as contact_id, c.customer_id from incoming_call i join contact c on c.id = i.contact_id
         where i.id = ${call} and i.taken_by = ${staff} and c.staff_id = ${staff}`,
  )
