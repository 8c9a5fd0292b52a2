// SQL of the search: ordered branches of b-tree ranges, each over tables of one category, so that a bundle asks only what it may read.
import type { Read, Write } from '../../../platform/database.ts'
import type { Blinds } from '../../../platform/keys.ts'
import { bool, branded, computed, day, int, nullable, shape, text } from '../../../platform/row.ts'
import { join, raw, type Sql, sql } from '../../../platform/sql.ts'
import type { Category } from '../../../register/vocabulary.ts'
import type { CustomerId, stages } from '../api.ts'

/** Why a person was found, the surest first. */
export type Why =
  | 'identity-code'
  | 'business-id'
  | 'customer-number'
  | 'contract-number'
  | 'accounting-point'
  | 'phone-or-email'
  | 'name'
  | 'name-and-place'
  | 'address'
  | 'postcode'
  | 'near-name'

export type Branch = { readonly why: Why; readonly needs: readonly Category[]; readonly rows: Sql }

const last = '\u{10FFFF}'

/** Rows whose key begins so, in the order of the key: the whole word comes before the longer one. */
const begins = (column: string, start: Sql): Sql =>
  sql`${raw(column)} >= ${start} and ${raw(column)} < ${start} || ${last}::text`

export const byIdentityCode = ({ blind, blind_even }: Blinds): Branch => ({
  why: 'identity-code',
  needs: ['identity-code'],
  rows: sql`select customer_id, 0::bigint as turn from identity_code where blind = ${blind} or blind_even = ${blind_even}`,
})

export const byBusinessId = (id: string): Branch => ({
  why: 'business-id',
  needs: ['business-id'],
  rows: sql`select id as customer_id, 0::bigint as turn from customer where business_id = ${id}`,
})

export const byCustomerNumber = (start: string): Branch => ({
  why: 'customer-number',
  needs: ['customer-number'],
  rows: sql`select id as customer_id, 0::bigint as turn from customer where ${begins('number', sql`${start}::text`)} order by number`,
})

export const byContractNumber = (start: string): Branch => ({
  why: 'contract-number',
  needs: ['contract'],
  rows: sql`select p.customer_id, 0::bigint as turn from contract c join contract_party p on p.contract_id = c.id
             where ${begins('c.number', sql`${start}::text`)} order by c.number`,
})

/** Whoever holds or held the point, those of today first. */
export const byPoint = (code: string): Branch => ({
  why: 'accounting-point',
  needs: ['accounting-point', 'occupancy'],
  rows: sql`select o.customer_id, (not upper_inf(o.during))::int::bigint as turn
              from accounting_point p join occupancy o on o.site_id = p.site_id where p.code = ${code}
             order by upper(o.during) desc nulls first`,
})

export const byContact = (start: string): Branch => ({
  why: 'phone-or-email',
  needs: ['contact-details'],
  rows: sql`select customer_id, former::int::bigint as turn from search_contact where ${begins('key', sql`${start}::text`)} order by key`,
})

const eachOf = (starts: readonly string[]) => sql`unnest(${starts}::text[]) with ordinality as asked (start, turn)`

export const byName = (starts: readonly string[], limit: number, why: 'name' | 'near-name' = 'name'): Branch => ({
  why,
  needs: ['name'],
  rows: sql`select found.customer_id, asked.turn from ${eachOf(starts)} cross join lateral (
              select customer_id from search_name where ${begins('key', raw('asked.start'))} order by key limit ${limit}) found`,
})

/** A range of names that holds what is asked for only here and there is looked through this far: a common surname has tens of thousands. */
const lookedThrough = 1_000

/** Names of which each word is only begun, in any order: the longest word leads the range, the others are looked for in it. */
export const byBegunWords = (words: readonly string[], limit: number): Branch => {
  const [longest = '', ...others] = words.toSorted((a, b) => b.length - a.length)
  const held = others.map((word) => sql`position(${` ${word}`}::text in key) > 0`)
  return {
    why: 'name',
    needs: ['name'],
    rows: sql`select customer_id, 0::bigint as turn
                from (select customer_id, key from search_name where ${begins('key', sql`${longest}::text`)}
                       order by key limit ${lookedThrough}) r
               where ${join(held, ' and ')} order by key limit ${limit}`,
  }
}

type Place = { readonly name: string; readonly place: string }

/** Of each name this many people are asked for their place. */
const askedForPlace = 250

const placed = (table: 'search_address' | 'search_site'): Sql =>
  sql`exists (select from ${raw(table)} a where a.customer_id = r.customer_id and asked.place in (a.post_office, a.postcode))`

const inPlaces = (
  tables: readonly ('search_address' | 'search_site')[],
  categories: readonly Category[],
  pairs: readonly Place[],
  limit: number,
): Branch => ({
  why: 'name-and-place',
  needs: ['name', ...categories],
  rows: sql`select found.customer_id, asked.turn
              from unnest(${pairs.map(({ name }) => name)}::text[], ${pairs.map(({ place }) => place)}::text[])
                   with ordinality as asked (start, place, turn)
             cross join lateral (
              select r.customer_id
                from (select n.customer_id, n.key from search_name n where ${begins('n.key', raw('asked.start'))}
                       order by n.key limit ${askedForPlace}) r
               where ${join(tables.map(placed), ' or ')} order by r.key limit ${limit}) found`,
})

/** Who may read both kinds of address has the names of a range looked through once for both. */
export const byNameAndPlace = (
  pairs: readonly Place[],
  limit: number,
  may: (category: Category) => boolean,
): readonly Branch[] =>
  may('postal-address') && may('site-address')
    ? [inPlaces(['search_address', 'search_site'], ['postal-address', 'site-address'], pairs, limit)]
    : [
        inPlaces(['search_address'], ['postal-address'], pairs, limit),
        inPlaces(['search_site'], ['site-address'], pairs, limit),
      ]

export const byAddress = (start: string): readonly Branch[] =>
  (['search_address', 'search_site'] as const).map((table) => ({
    why: 'address',
    needs: [table === 'search_site' ? 'site-address' : 'postal-address'],
    rows: sql`select customer_id, former::int::bigint as turn from ${raw(table)} where ${begins('key', sql`${start}::text`)} order by key`,
  }))

export const byPostcode = (postcode: string): readonly Branch[] =>
  (['search_address', 'search_site'] as const).map((table) => ({
    why: 'postcode',
    needs: [table === 'search_site' ? 'site-address' : 'postal-address'],
    rows: sql`select customer_id, former::int::bigint as turn from ${raw(table)} where postcode = ${postcode}`,
  }))

const customer = branded<CustomerId>(int)
const foundRow = shape({
  customer_id: customer,
  number: text,
  kind: branded<'natural' | 'legal' | 'estate'>(text),
  stage: branded<(typeof stages)[number]>(text),
  protected: bool,
  given: nullable(text),
  call_name: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
})
const birthRow = shape({ birth_date: nullable(day) })
const deathRow = shape({ deceased_on: nullable(day) })
const cityRow = shape({ city: nullable(text) })
const none = shape({})
const branchRow = shape({ branch: computed(int, []) })

const union = (branches: readonly Branch[], from: number, limit: number): Sql =>
  join(
    branches.map(
      ({ rows }, i) =>
        sql`(select customer_id, turn, ${raw(String(from + i))} as branch from (${rows}) b${raw(String(from + i))} limit ${limit})`,
    ),
    ' union all ',
  )

/** Branches that are asked, in the same round trip, only when those before them find fewer people than this. */
export type Stage = { readonly fewer: number; readonly branches: readonly Branch[] }

/**
 * Who the branches find, each once and for the surest reason, with what tells two people apart. A merged party is found as the one that it
 * was joined to. Of a protected person no row of an address is seen, so no city comes.
 */
export const peopleFound = async (
  db: Read,
  branches: readonly Branch[],
  later: readonly Stage[],
  may: (category: Category) => boolean,
  limit: number,
) => {
  const permitted = (of: readonly Branch[]) => of.filter(({ needs }) => needs.every(may))
  const sure = permitted(branches)
  if (sure.length === 0) return []
  const [birth, death, city] = [may('birth-date'), may('death'), may('postal-address')]
  const row = {
    ...foundRow,
    ...((birth ? birthRow : none) as typeof birthRow),
    ...((death ? deathRow : none) as typeof deathRow),
    ...((city ? cityRow : none) as typeof cityRow),
    ...branchRow,
  }
  const numbered = (hits: Sql): Sql =>
    sql`select customer_id, branch * 1000 + turn as place, row_number() over () as n from (${hits}) h limit ${limit * 3}`
  const asked: Branch[] = [...sure]
  let hits = raw('select customer_id, place, n from stage0')
  const stages = [sql`stage0 as materialized (${numbered(union(sure, 0, limit))})`]
  for (const { fewer, branches: more } of later.map((stage) => ({ ...stage, branches: permitted(stage.branches) }))) {
    if (more.length === 0) continue
    const name = raw(`stage${stages.length}`)
    stages.push(
      sql`${name} as materialized (select customer_id, place, n from (${numbered(union(more, asked.length, limit))}) other
           where (select count(distinct customer_id) from (${hits}) before) < ${fewer})`,
    )
    hits = sql`${hits} union all select customer_id, place, n from ${name}`
    asked.push(...more)
  }
  // The people are chosen before their names are read: of sixty hits twenty are shown. `any` is what only a b-tree answers: the planner holds the
  // GiST of the constraint over periods for cheaper by a hair, and it is ten times as dear to look in.
  const found = await db.all(
    row,
    sql`with ${join(stages, ', ')},
             person as (
               select coalesce(c.merged_into, c.id) as id, min(hit.place) as place
                 from (${hits}) hit join customer c on c.id = hit.customer_id
                group by 1 order by 2, min(hit.n) limit ${limit})
        select c.id as customer_id, c.number, c.kind, c.stage, c.protected, n.given, n.call_name, n.family, n.organisation
               ${raw(birth ? ', c.birth_date' : '')}${raw(death ? ', c.deceased_on' : '')}${raw(city ? ', a.post_office as city' : '')},
               (person.place / 1000)::int as branch
          from person join customer c on c.id = person.id
          left join customer_name n on n.customer_id = any (array[c.id]) and n.kind = 'official' and upper_inf(n.during)
          ${raw(
            city
              ? `left join lateral (select post_office from postal_address where customer_id = any (array[c.id]) and not c.protected and upper_inf(during)
                   order by kind = 'home' desc limit 1) a on true`
              : '',
          )}
         order by person.place, n.family, n.organisation, n.given`,
  )
  const unread = { birth_date: null, deceased_on: null, city: null }
  return found.map((one) => ({
    ...unread,
    ...one,
    why: asked[one.branch]?.why ?? ('name' as const),
  }))
}

/** Makes these people found by what is true of them now; in the transaction that changed it. */
export const refreshSearch = (db: Write, people: readonly CustomerId[]) =>
  db.all(shape({ done: computed(nullable(text), []) }), sql`select search_refresh(${people}::bigint[])::text as done`)
