// SQL of who acts for whom, one named function a statement.
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
  period,
  shape,
  text,
  texts,
} from '../../../platform/row.ts'
import { columns, raw, sql } from '../../../platform/sql.ts'
import type { CustomerId } from '../api.ts'
import { cluster, nameParts } from '../queries.ts'
import type { PartyKind } from '../rules.ts'
import type { Told } from '../told.ts'
import type { scopes } from './api.ts'
import type { RepresentationKind } from './rules.ts'

const customer = branded<CustomerId>(int)
type Scope = (typeof scopes)[number]

const row = shape({
  id: int,
  represented_id: customer,
  representative_id: customer,
  kind: branded<RepresentationKind>(text),
  scope: texts as Column<readonly Scope[]>,
  during: period,
  evidence: nullable(text),
  end_reason: nullable(text),
  version: int,
  source: text,
  recorded_at: instant,
  by_death: computed(bool, ['representation']),
})
const byDeath = (alias: string) => raw(`${alias}.ended_by_death is not null as by_death`)
const returned = sql`${columns(row)}, ended_by_death is not null as by_death`

export const representationsOfCustomer = (db: Read, id: CustomerId) =>
  db.all(
    { ...row, ...nameParts },
    sql`select ${columns(row, 'r')}, ${byDeath('r')}, ${columns(nameParts, 'n')}
          from representation r
          left join customer_name n on n.customer_id = r.representative_id and n.kind = 'official' and upper_inf(n.during)
         where r.represented_id in ${cluster(id)} order by upper(r.during) desc nulls first, r.id`,
  )

export const representedByCustomer = (db: Read, id: CustomerId) =>
  db.all(
    { ...row, ...nameParts },
    sql`select ${columns(row, 'r')}, ${byDeath('r')}, ${columns(nameParts, 'n')}
          from representation r
          left join customer_name n on n.customer_id = r.represented_id and n.kind = 'official' and upper_inf(n.during)
         where r.representative_id in ${cluster(id)} order by upper(r.during) desc nulls first, r.id`,
  )

const partyRow = shape({ id: customer, kind: branded<PartyKind>(text) })
const birthRow = shape({ birth_date: nullable(day) })
const deathRow = shape({ deceased_on: nullable(day) })
const none = shape({})

export const partiesToBind = async (
  db: Read,
  ids: readonly CustomerId[],
  may: { readonly birth: boolean; readonly death: boolean },
) => {
  const asked = {
    ...partyRow,
    ...((may.birth ? birthRow : none) as typeof birthRow),
    ...((may.death ? deathRow : none) as typeof deathRow),
  }
  const rows = await db.all(asked, sql`select ${columns(asked)} from customer where id = any (${ids}::bigint[])`)
  const unread = { birth_date: null, deceased_on: null }
  return rows.map((one) => ({ ...unread, ...one }))
}

export const findRepresentation = (db: Read, id: CustomerId, representation: number) =>
  db.maybe(
    row,
    sql`select ${columns(row, 'r')}, ${byDeath('r')} from representation r where r.represented_id = ${id} and r.id = ${representation}`,
  )

export type NewRepresentation = {
  readonly representative_id: CustomerId
  readonly kind: string
  readonly scope: readonly string[]
  readonly from: string
  readonly to: string | null
  readonly evidence: string | null
}

/** Walls of the new row are those of the one who is represented. */
export const insertRepresentation = (db: Write, id: CustomerId, made: NewRepresentation, { source, now, by }: Told) =>
  db.maybe(
    row,
    sql`insert into representation (represented_id, representative_id, kind, scope, during, evidence, restricted, controllers, source, recorded_at, recorded_by)
        select id, ${made.representative_id}, ${made.kind}, ${made.scope}::text[], daterange(${made.from}::date, ${made.to}::date), ${made.evidence},
               restricted, controllers, ${source}, ${now}, ${by}
          from customer where id = ${id}
        returning ${returned}`,
  )

/** Here and below, no row: changed by someone else meanwhile. */
export const updateRepresentation = (
  db: Write,
  id: CustomerId,
  representation: number,
  version: number,
  made: { readonly scope: readonly string[]; readonly to: string | null; readonly evidence: string | null },
  { source, now, by }: Told,
) =>
  db.maybe(
    row,
    sql`update representation
           set scope = ${made.scope}::text[], during = daterange(lower(during), ${made.to}::date), evidence = ${made.evidence},
               end_reason = case when upper(during) is not distinct from ${made.to}::date then end_reason end, version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where represented_id = ${id} and id = ${representation} and version = ${version} and ended_by_death is null
        returning ${returned}`,
  )

/** Ends today; one that was to begin later, or begins today, a day after its beginning at the least. */
export const revoke = (
  db: Write,
  id: CustomerId,
  representation: number,
  version: number,
  reason: string,
  { now, by, today }: Told,
) =>
  db.maybe(
    row,
    sql`update representation
           set during = daterange(lower(during), greatest(${today}::date, lower(during) + 1)), end_reason = ${reason},
               version = version + 1, recorded_at = ${now}, recorded_by = ${by}
         where represented_id = ${id} and id = ${representation} and version = ${version}
        returning ${returned}`,
  )

const endedRow = shape({ id: int, represented_id: customer })

/** What a death ends: the task of those who cared for the person, and whatever the person did for others. */
export const endByDeath = (db: Write, id: CustomerId, report: number, kinds: readonly string[], { today }: Told) =>
  db.all(
    endedRow,
    sql`update representation
           set would_end = upper(during), ended_by_death = ${report}, during = daterange(lower(during), greatest(${today}::date, lower(during) + 1)),
               version = version + 1
         where ((represented_id = ${id} and kind = any (${kinds}::text[])) or representative_id = ${id})
           and (upper_inf(during) or upper(during) > ${today}::date)
        returning ${columns(endedRow)}`,
  )

/** It was a mistake: each goes on until the day that it would have ended on. */
export const goOnAfterAll = (db: Write, report: number) =>
  db.all(
    endedRow,
    sql`update representation set during = daterange(lower(during), would_end), would_end = null, ended_by_death = null, version = version + 1
         where ended_by_death = ${report}
        returning ${columns(endedRow)}`,
  )
