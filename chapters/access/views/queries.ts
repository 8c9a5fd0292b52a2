// SQL of saved views. One's own are changed; those of others are seen when they are shared with the role.
import type { Read, Write } from '../../../platform/database.ts'
import { computed, int, nullable, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'

const viewRow = shape({ id: int, staff_id: int, name: text, address: text, role: nullable(text) })
const byRow = shape({ by: text })
const ownRow = { ...viewRow, by: computed(text, ['staff-identity']) }

export const viewsOf = (db: Read, staff: number, role: string) =>
  db.all(
    { ...viewRow, ...byRow },
    sql`select ${columns(viewRow, 'v')}, s.name as by from saved_view v join staff s on s.id = v.staff_id
         where v.removed_at is null and (v.staff_id = ${staff} or v.role = ${role}) order by lower(v.name), v.id`,
  )

const owner = sql`(select s.name from staff s where s.id = saved_view.staff_id) as by`

export type NewView = { readonly name: string; readonly address: string; readonly role: string | null }

export const insertView = (db: Write, staff: number, made: NewView, now: Date) =>
  db.one(
    ownRow,
    sql`insert into saved_view (staff_id, name, address, role, recorded_at, used_at)
        values (${staff}, ${made.name}, ${made.address}, ${made.role}, ${now}, ${now}) returning ${columns(viewRow)}, ${owner}`,
  )

export const findView = (db: Read, staff: number, id: number) =>
  db.maybe(
    viewRow,
    sql`select ${columns(viewRow)} from saved_view where id = ${id} and staff_id = ${staff} and removed_at is null`,
  )

export const updateView = (db: Write, staff: number, id: number, name: string, role: string | null) =>
  db.maybe(
    ownRow,
    sql`update saved_view set name = ${name}, role = ${role} where id = ${id} and staff_id = ${staff} and removed_at is null
        returning ${columns(viewRow)}, ${owner}`,
  )

export const withdrawView = (db: Write, staff: number, id: number, now: Date) =>
  db.maybe(
    ownRow,
    sql`update saved_view set removed_at = ${now} where id = ${id} and staff_id = ${staff} and removed_at is null
        returning ${columns(viewRow)}, ${owner}`,
  )

export const bringBackView = (db: Write, staff: number, id: number, since: Date) =>
  db.maybe(
    ownRow,
    sql`update saved_view set removed_at = null where id = ${id} and staff_id = ${staff} and removed_at > ${since}
        returning ${columns(viewRow)}, ${owner}`,
  )

/** By its owner, or by one with whom it is shared. */
export const touchView = (db: Write, staff: number, role: string, id: number, now: Date, before: Date) =>
  db.maybe(
    viewRow,
    sql`update saved_view set used_at = ${now}
         where id = ${id} and (staff_id = ${staff} or role = ${role}) and removed_at is null and used_at < ${before} returning ${columns(viewRow)}`,
  )
