// SQL of duplicates: one set-based scan, and merges that are links alone.
import type { Read, Write } from '../../../platform/database.ts'
import {
  bool,
  branded,
  type Column,
  computed,
  day,
  instant,
  int,
  nullable,
  shape,
  text,
  texts,
} from '../../../platform/row.ts'
import { columns, join, raw, type Sql, sql } from '../../../platform/sql.ts'
import type { CustomerId, stages } from '../api.ts'
import type { PartyKind } from '../rules.ts'
import { type Evidence, type Met, weights } from './rules.ts'

const customer = branded<CustomerId>(int)

const foundRow = shape({ id: int, customer_id: customer, other_id: customer })

/** Pairs with any evidence that nobody has decided on; a pair that was told apart never comes back. */
export const insertDuplicates = (db: Write, now: Date) =>
  db.all(
    foundRow,
    sql`
    with party as (
      select c.id, c.birth_date, c.business_id, c.restricted, c.controllers, n.given, n.family, n.organisation
        from customer c join customer_name n on n.customer_id = c.id and n.kind = 'official' and upper_inf(n.during)
       where c.merged_into is null
    ), evidence (one, other, kind, weight) as (
      select a.id, b.id, 'same-business-id', ${weights['same-business-id']}::int
        from party a join party b on a.business_id = b.business_id and a.id < b.id
      union all
      select a.id, b.id, 'same-birth-date-and-name', ${weights['same-birth-date-and-name']}::int
        from party a join party b on a.birth_date = b.birth_date and lower(a.family) = lower(b.family) and a.id < b.id
       where lower(split_part(a.given, ' ', 1)) = lower(split_part(b.given, ' ', 1))
      union all
      select a.id, b.id, 'same-phone-and-name', ${weights['same-phone-and-name']}::int
        from contact_point p join contact_point q on p.channel = 'phone' and q.channel = 'phone' and p.value = q.value and p.customer_id < q.customer_id
        join party a on a.id = p.customer_id join party b on b.id = q.customer_id
       where upper_inf(p.during) and upper_inf(q.during) and lower(a.family) = lower(b.family)
         and levenshtein_less_equal(lower(left(a.given, 60)), lower(left(b.given, 60)), 2) <= 2
      union all
      select a.id, b.id, 'near-names-at-one-site', ${weights['near-names-at-one-site']}::int
        from occupancy o join occupancy p on o.site_id = p.site_id and o.customer_id < p.customer_id and o.during && p.during
        join party a on a.id = o.customer_id join party b on b.id = p.customer_id
       where lower(left(a.given, 1)) = lower(left(b.given, 1))
         and levenshtein_less_equal(lower(left(a.family || ' ' || a.given, 120)), lower(left(b.family || ' ' || b.given, 120)), 3) <= 3
    )
    insert into customer_duplicate (customer_id, other_id, evidence, weight, state, found_at, restricted, controllers)
    select one, other, array_agg(distinct kind), least(99, sum(distinct weight)), 'open', ${now}, p.restricted, p.controllers
      from evidence join party p on p.id = one group by one, other, p.restricted, p.controllers
    on conflict (customer_id, other_id) do nothing
    returning ${columns(foundRow)}`,
  )

const sideOf = {
  number: text,
  given: nullable(text),
  call_name: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
}
const bornRow = shape({ birth_date: nullable(day) })
const unborn = shape({})
const duplicateRow = shape({
  id: int,
  customer_id: customer,
  other_id: customer,
  evidence: texts as Column<readonly Evidence[]>,
  weight: int,
  found_at: instant,
})
const partyRow = shape({ id: customer, ...sideOf })

export type Beyond = { readonly weight: number; readonly id: number } | undefined

export const openDuplicates = (db: Read, of: number | undefined, beyond: Beyond) =>
  db.all(
    duplicateRow,
    sql`select ${columns(duplicateRow)} from customer_duplicate
         where state = 'open' and (${of ?? null}::bigint is null or ${of ?? null} in (customer_id, other_id))
           and not exists (select from customer c where c.id in (customer_duplicate.customer_id, other_id) and c.merged_into is not null)
           and (${beyond?.id ?? null}::bigint is null or weight < ${beyond?.weight ?? 0} or (weight = ${beyond?.weight ?? 0} and id > ${beyond?.id ?? 0}))
         order by weight desc, id limit 50`,
  )

export const partiesById = async (db: Read, ids: readonly number[], birth: boolean) => {
  const born = (birth ? bornRow : unborn) as typeof bornRow
  const rows = await db.all(
    { ...partyRow, ...born },
    sql`select c.id, c.number, n.given, n.call_name, n.family, n.organisation${raw(birth ? ', c.birth_date' : '')}
          from customer c left join customer_name n on n.customer_id = c.id and n.kind = 'official' and upper_inf(n.during)
         where c.id = any (${ids}::bigint[])`,
  )
  const unread = { birth_date: null }
  return rows.map((row) => ({ ...unread, ...row }))
}

const decidedRow = shape({ id: int, customer_id: customer, state: text })

export const decideDuplicate = (db: Write, id: number, state: string, now: Date, by: string) =>
  db.maybe(
    decidedRow,
    sql`update customer_duplicate set state = ${state}, decided_at = ${now}, decided_by = ${by} where id = ${id} and state = 'open'
        returning ${columns(decidedRow)}`,
  )

/** What was decided is open again: by the same hand, since then. */
export const reopen = (db: Write, id: number, by: string, since: Date) =>
  db.maybe(
    decidedRow,
    sql`update customer_duplicate set state = 'open', decided_at = null, decided_by = null
         where id = ${id} and state = 'not-same' and decided_by = ${by} and decided_at > ${since} returning ${columns(decidedRow)}`,
  )

/** Who were joined and are parted: told apart for good, or, when that was a slip of the hand, asked again. */
export const partDuplicatesOf = (db: Write, one: CustomerId, other: CustomerId, state: string, now: Date, by: string) =>
  db.all(
    decidedRow,
    sql`update customer_duplicate set state = ${state}, decided_at = ${now}, decided_by = ${by}
         where customer_id = least(${one}::bigint, ${other}::bigint) and other_id = greatest(${one}::bigint, ${other}::bigint) and state = 'merged'
        returning ${columns(decidedRow)}`,
  )

export const closeDuplicatesOf = (db: Write, one: CustomerId, other: CustomerId, now: Date, by: string) =>
  db.all(
    decidedRow,
    sql`update customer_duplicate set state = 'merged', decided_at = ${now}, decided_by = ${by}
         where customer_id = least(${one}::bigint, ${other}::bigint) and other_id = greatest(${one}::bigint, ${other}::bigint) and state = 'open'
        returning ${columns(decidedRow)}`,
  )

const stateRow = shape({ id: customer, merged_into: nullable(customer), identified: computed(bool, ['identity-code']) })

/** Locked, in one order, so that two who join the same pair at once do not wait for each other. */
export const lockParties = (db: Write, one: CustomerId, other: CustomerId) =>
  db.all(
    stateRow,
    sql`select c.id, c.merged_into, exists (select from identity_code i where i.customer_id = c.id) as identified
          from customer c where c.id in (${one}, ${other}) order by c.id for update of c`,
  )

const linkedRow = shape({ id: customer, merged_into: nullable(customer) })

/** The same for one who approves, and need not read who is identified: that was looked at when it was proposed. */
export const lockLinks = (db: Write, one: CustomerId, other: CustomerId) =>
  db.all(
    linkedRow,
    sql`select c.id, c.merged_into from customer c where c.id in (${one}, ${other}) order by c.id for update of c`,
  )

const mergeRow = shape({
  id: int,
  customer_id: customer,
  merged_id: customer,
  reason: text,
  proposed_by: text,
  approved_by: nullable(text),
  merged_at: nullable(instant),
  undone_at: nullable(instant),
})

type Proposal = {
  readonly customer_id: CustomerId
  readonly merged_id: CustomerId
  readonly reason: string
  readonly evidence: readonly Evidence[]
}

export const insertMerge = (db: Write, made: Proposal, by: string, mergedAt: Date | null) =>
  db.one(
    mergeRow,
    sql`insert into customer_merge (customer_id, merged_id, evidence, reason, proposed_by, merged_at, restricted, controllers)
        select id, ${made.merged_id}, ${made.evidence}::text[], ${made.reason}, ${by}, ${mergedAt}, restricted, controllers from customer where id = ${made.customer_id}
        returning ${columns(mergeRow)}`,
  )

const listedMerge = { ...mergeRow, evidence: texts as Column<readonly Evidence[]> }

export const mergesWaiting = (db: Read, of: number | undefined, before: number | undefined) =>
  db.all(
    listedMerge,
    sql`select ${columns(mergeRow)}, evidence from customer_merge
         where merged_at is null and undone_at is null and (${of ?? null}::bigint is null or ${of ?? null} in (customer_id, merged_id))
           and (${before ?? null}::bigint is null or id < ${before ?? 0}) order by id desc limit 50`,
  )

export const mergesThatHold = (db: Read, of: number | undefined, before: number | undefined) =>
  db.all(
    listedMerge,
    sql`select ${columns(mergeRow)}, evidence from customer_merge
         where merged_at is not null and undone_at is null and (${of ?? null}::bigint is null or ${of ?? null} in (customer_id, merged_id))
           and (${before ?? null}::bigint is null or id < ${before ?? 0}) order by id desc limit 50`,
  )

/** A proposal of the same two, whichever way round, that nobody has answered. */
export const waitingOf = (db: Read, one: CustomerId, other: CustomerId) =>
  db.all(
    mergeRow,
    sql`select ${columns(mergeRow)} from customer_merge where merged_at is null and undone_at is null
         and customer_id in (${one}, ${other}) and merged_id in (${one}, ${other})`,
  )

export const findMerge = (db: Write, id: number) =>
  db.maybe(mergeRow, sql`select ${columns(mergeRow)} from customer_merge where id = ${id} for update`)

export const approve = (db: Write, id: number, by: string, now: Date) =>
  db.one(
    mergeRow,
    sql`update customer_merge set approved_by = ${by}, merged_at = ${now} where id = ${id} returning ${columns(mergeRow)}`,
  )

const linkRow = shape({ id: customer, version: int })

export const linkParty = (db: Write, merged: CustomerId, into: CustomerId | null) =>
  db.one(
    linkRow,
    sql`update customer set merged_into = ${into}, version = version + 1 where id = ${merged} returning ${columns(linkRow)}`,
  )

export const undo = (db: Write, id: number, reason: string, by: string, now: Date) =>
  db.one(
    mergeRow,
    sql`update customer_merge set undone_at = ${now}, undone_by = ${by}, undone_reason = ${reason} where id = ${id} returning ${columns(mergeRow)}`,
  )

const reviewRow = shape({ id: int, customer_id: customer })

/** What each table keeps of a party, and which entities see it. Contracts come by the customer's part in them. */
const reviewed = [
  ['contact', 'controllers'],
  ['contact_point', 'controllers'],
  ['customer_name', 'controllers'],
  ['postal_address', 'controllers'],
  ['contract_party', 'controller'],
  ['occupancy', 'controllers'],
] as const

/** What was recorded on the joined party since the merge: it may belong to either. */
export const insertReview = (
  db: Write,
  merge: { readonly id: number; readonly customer_id: CustomerId; readonly merged_at: string },
) =>
  db.all(
    reviewRow,
    sql`insert into customer_merge_review (merge_id, customer_id, table_name, row_id, state, restricted, controllers)
        ${join(
          reviewed.map(
            ([table, mask]) => sql`
        select ${merge.id}::bigint, customer_id, ${table}, id, 'open', restricted, ${raw(mask)} from ${raw(table)}
         where customer_id = ${merge.customer_id} and recorded_at > ${merge.merged_at}::timestamptz`,
          ),
          ' union all ',
        )}
        returning ${columns(reviewRow)}`,
  )

const candidateRow = shape({
  id: customer,
  number: text,
  kind: branded<PartyKind>(text),
  stage: branded<(typeof stages)[number]>(text),
  given: nullable(text),
  call_name: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
})
const birthRow = shape({ birth_date: nullable(day) })
const businessRow = shape({ business_id: nullable(text) })
const none = shape({})
const metRow = shape({ met: computed(texts as Column<readonly Met[]>, ['name']) })

/** What people may be met by; undefined: not asked, or not to be read by whoever asks. */
export type Meeting = {
  /** Folded, as search_name has it. */
  readonly name: string | undefined
  readonly phone: string | undefined
  readonly email: string | undefined
  readonly business_id: string | undefined
  readonly address: { readonly street: string; readonly postcode: string } | undefined
  readonly except: number | undefined
}

const last = '\u{10FFFF}'

/** Those that share one of the traits, each once; a merged party is met as the one that it was joined to. */
export const partiesMet = async (
  db: Read,
  { name, phone, email, business_id, address, except }: Meeting,
  may: { readonly birth: boolean; readonly business: boolean },
) => {
  const branches: Sql[] = [
    ...(name === undefined
      ? []
      : [
          sql`(select customer_id, 'name' as met from search_name where key >= ${name}::text and key < ${name}::text || ${last}::text order by key limit 40)`,
        ]),
    ...(phone === undefined
      ? []
      : [sql`(select customer_id, 'phone' from search_contact where key = ${phone}::text limit 40)`]),
    ...(email === undefined
      ? []
      : [sql`(select customer_id, 'email' from search_contact where key = ${email}::text limit 40)`]),
    ...(business_id === undefined
      ? []
      : [sql`(select id, 'business-id' from customer where business_id = ${business_id}::text limit 40)`]),
    ...(address === undefined
      ? []
      : [
          sql`(select customer_id, 'address' from search_address where key = ${address.street}::text and postcode = ${address.postcode}::text limit 40)`,
        ]),
  ]
  if (branches.length === 0) return []
  const row = {
    ...candidateRow,
    ...((may.birth ? birthRow : none) as typeof birthRow),
    ...((may.business ? businessRow : none) as typeof businessRow),
    ...metRow,
  }
  const met = await db.all(
    row,
    sql`with hit (customer_id, met) as (${join(branches, ' union all ')}),
             person as (select coalesce(c.merged_into, c.id) as id, array_agg(distinct hit.met) as met from hit join customer c on c.id = hit.customer_id group by 1)
        select c.id, c.number, c.kind, c.stage, n.given, n.call_name, n.family, n.organisation
               ${raw(may.birth ? ', c.birth_date' : '')}${raw(may.business ? ', c.business_id' : '')}, person.met
          from person join customer c on c.id = person.id
          left join customer_name n on n.customer_id = c.id and n.kind = 'official' and upper_inf(n.during)
         where c.id is distinct from ${except ?? null}::bigint order by c.id limit 100`,
  )
  const unread = { birth_date: null, business_id: null }
  return met.map((one) => ({ ...unread, ...one }))
}

/** Remembers that a new party is none of these. */
export const insertApart = (db: Write, made: CustomerId, others: readonly number[], now: Date, by: string) =>
  db.all(
    decidedRow,
    sql`insert into customer_duplicate (customer_id, other_id, evidence, weight, state, found_at, decided_at, decided_by, controllers)
        select least(c.id, ${made}::bigint), greatest(c.id, ${made}::bigint), '{}', 0, 'not-same', ${now}, ${now}, ${by}, controllers
          from customer c where c.id = any (${others}::bigint[]) and c.id <> ${made}
        on conflict (customer_id, other_id) do nothing
        returning ${columns(decidedRow)}`,
  )
