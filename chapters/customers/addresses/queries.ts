// SQL of postal addresses, one named function a statement.
import type { Read, Write } from '../../../platform/database.ts'
import { shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { CustomerId } from '../api.ts'
import { addressRow, endedToday } from '../queries.ts'
import type { Told } from '../told.ts'

const officeRow = shape({ post_office_fi: text, post_office_sv: text })

export const findOffice = (db: Read, code: string) =>
  db.maybe(officeRow, sql`select ${columns(officeRow)} from postcode where code = ${code}`)

export const findAddress = (db: Read, id: CustomerId, address: number) =>
  db.maybe(
    addressRow,
    sql`select ${columns(addressRow)} from postal_address where customer_id = ${id} and id = ${address}`,
  )

export type NewAddress = {
  readonly kind: string
  readonly care_of: string | null
  readonly street: string
  readonly postcode: string
  readonly post_office: string
  readonly country: string
  readonly from: string | null
}

/** Walls of the new row are those of the person; the contact address of a protected person was given as safe. */
export const insertAddress = (db: Write, id: CustomerId, made: NewAddress, { source, now, by }: Told) =>
  db.maybe(
    addressRow,
    sql`insert into postal_address (customer_id, kind, care_of, street, postcode, post_office, country, during,
                                    restricted, protected, marketable, controllers, source, recorded_at, recorded_by)
        select id, ${made.kind}, ${made.care_of}, ${made.street}, ${made.postcode}, ${made.post_office}, ${made.country},
               daterange(${made.from}::date, null), restricted, protected and ${made.kind} <> 'contact', marketable, controllers,
               ${source}, ${now}, ${by}
          from customer where id = ${id}
        returning ${columns(addressRow)}`,
  )

/** Ends on `to`, or a day after it began at the least. Where it came from stays as it was. No row: changed by someone else meanwhile. */
export const closeAddress = (db: Write, id: CustomerId, address: number, version: number, to: string) =>
  db.maybe(
    addressRow,
    sql`update postal_address set during = daterange(lower(during), greatest(${to}::date, lower(during) + 1)), version = version + 1
         where customer_id = ${id} and id = ${address} and version = ${version} and upper_inf(during)
        returning ${columns(addressRow)}`,
  )

export const correctAddress = (
  db: Write,
  id: CustomerId,
  address: number,
  version: number,
  made: Omit<NewAddress, 'kind' | 'from'>,
  { source, now, by }: Told,
) =>
  db.maybe(
    addressRow,
    sql`update postal_address
           set care_of = ${made.care_of}, street = ${made.street}, postcode = ${made.postcode}, post_office = ${made.post_office},
               country = ${made.country}, version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where customer_id = ${id} and id = ${address} and version = ${version}
        returning ${columns(addressRow)}`,
  )

/** No row: it was not ended today, or someone else has changed it meanwhile. */
export const reopenAddress = (db: Write, id: CustomerId, address: number, version: number, today: string) =>
  db.maybe(
    addressRow,
    sql`update postal_address set during = daterange(lower(during), null), version = version + 1
         where customer_id = ${id} and id = ${address} and version = ${version} and ${endedToday(today)}
        returning ${columns(addressRow)}`,
  )
