// SQL of names, one named function a statement.
import type { Read, Write } from '../../../platform/database.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { CustomerId } from '../api.ts'
import { nameRow, endedToday } from '../queries.ts'
import type { NamedParty } from '../rules.ts'
import type { Told } from '../told.ts'

export const findName = (db: Read, id: CustomerId, name: number) =>
  db.maybe(nameRow, sql`select ${columns(nameRow)} from customer_name where customer_id = ${id} and id = ${name}`)

export type NewName = NamedParty & { readonly kind: string; readonly from: string | null; readonly to: string | null }

/** Walls of the new row are those of the person. */
export const insertName = (db: Write, id: CustomerId, made: NewName, { source, now, by }: Told) =>
  db.maybe(
    nameRow,
    sql`insert into customer_name (customer_id, kind, given, call_name, family, organisation, during, restricted, marketable, controllers,
                                   source, recorded_at, recorded_by)
        select id, ${made.kind}, ${made.given}, ${made.call_name}, ${made.family}, ${made.organisation},
               daterange(${made.from}::date, ${made.to}::date), restricted, marketable, controllers, ${source}, ${now}, ${by}
          from customer where id = ${id}
        returning ${columns(nameRow)}`,
  )

/** Ends on `to`, or a day after it began at the least. Where it came from stays as it was. No row: changed by someone else meanwhile. */
export const closeName = (db: Write, id: CustomerId, name: number, version: number, to: string) =>
  db.maybe(
    nameRow,
    sql`update customer_name set during = daterange(lower(during), greatest(${to}::date, lower(during) + 1)), version = version + 1
         where customer_id = ${id} and id = ${name} and version = ${version} and upper_inf(during)
        returning ${columns(nameRow)}`,
  )

export const correctName = (
  db: Write,
  id: CustomerId,
  name: number,
  version: number,
  made: NamedParty,
  { source, now, by }: Told,
) =>
  db.maybe(
    nameRow,
    sql`update customer_name
           set given = ${made.given}, call_name = ${made.call_name}, family = ${made.family}, organisation = ${made.organisation},
               version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where customer_id = ${id} and id = ${name} and version = ${version}
        returning ${columns(nameRow)}`,
  )

/** No row: it was not ended today, or someone else has changed it meanwhile. */
export const reopenName = (db: Write, id: CustomerId, name: number, version: number, today: string) =>
  db.maybe(
    nameRow,
    sql`update customer_name set during = daterange(lower(during), null), version = version + 1
         where customer_id = ${id} and id = ${name} and version = ${version} and ${endedToday(today)}
        returning ${columns(nameRow)}`,
  )
