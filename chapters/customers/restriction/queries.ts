// SQL of restrictions, one named function a statement.
import type { Read, Write } from '../../../platform/database.ts'
import { branded, computed, day, instant, int, nullable, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { CustomerId } from '../api.ts'
import type { Told } from '../told.ts'
import type { restrictionGrounds } from './api.ts'

const row = shape({
  id: int,
  customer_id: branded<CustomerId>(int),
  ground: branded<(typeof restrictionGrounds)[number]>(text),
  reason: text,
  began_at: instant,
  told_on: nullable(day),
  lifted_at: nullable(instant),
  lifted_reason: nullable(text),
})

export const restrictionsOfCustomer = (db: Read, id: CustomerId) =>
  db.all(row, sql`select ${columns(row)} from restriction where customer_id = ${id} order by id desc`)

/** A second one that holds at once is refused by the database. */
export const insertRestriction = (
  db: Write,
  id: CustomerId,
  made: { readonly ground: string; readonly reason: string },
  { source, now, by }: Told,
) =>
  db.maybe(
    row,
    sql`insert into restriction (customer_id, ground, reason, began_at, restricted, controllers, source, recorded_at, recorded_by)
        select id, ${made.ground}, ${made.reason}, ${now}, restricted, controllers, ${source}, ${now}, ${by} from customer where id = ${id}
        returning ${columns(row)}`,
  )

export const liftRestriction = (
  db: Write,
  id: CustomerId,
  made: { readonly told_on: string; readonly reason: string },
  { now, by }: Told,
) =>
  db.maybe(
    row,
    sql`update restriction set lifted_at = ${now}, lifted_by = ${by}, lifted_reason = ${made.reason}, told_on = ${made.told_on}::date
         where customer_id = ${id} and lifted_at is null
        returning ${columns(row)}`,
  )

/** Raises or lowers the wall on every row that is about the person. */
export const setRestricted = (db: Write, id: CustomerId, up: boolean) =>
  db.all(
    shape({ done: computed(nullable(text), []) }),
    sql`select wall_restricted(array[${id}::bigint], ${up})::text as done`,
  )
