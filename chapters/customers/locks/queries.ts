// SQL of locks, one named function a statement.
import type { Read, Write } from '../../../platform/database.ts'
import { bool, branded, computed, day, instant, int, nullable, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { CustomerId } from '../api.ts'
import { nameParts } from '../queries.ts'
import type { Told } from '../told.ts'

const customer = branded<CustomerId>(int)
const closedRow = shape({ id: customer, protected: bool })
const ownRow = shape({ id: int, customer_id: customer })
const lockRow = shape({
  id: int,
  customer_id: customer,
  reason: text,
  review_on: day,
  source: text,
  recorded_at: instant,
})
const settledRow = shape({
  ...lockRow,
  settled_at: nullable(instant),
  outcome: nullable(branded<'confirmed' | 'lifted'>(text)),
  settled_reason: nullable(text),
})

export const findClosed = (db: Read, id: CustomerId) =>
  db.maybe(closedRow, sql`select ${columns(closedRow)} from customer where id = ${id}`)

/** Who may raise one may read none: what was written is not given back. */
export const insertLock = (
  db: Write,
  id: CustomerId,
  made: { readonly reason: string; readonly review_on: string },
  { source, now, by }: Told,
) =>
  db.maybe(
    ownRow,
    sql`insert into protection_lock (customer_id, reason, review_on, restricted, controllers, source, recorded_at, recorded_by)
        select id, ${made.reason}, ${made.review_on}::date, restricted, controllers, ${source}, ${now}, ${by}
          from customer where id = ${id}
        returning ${columns(ownRow)}`,
  )

/** Raises the wall, and can do nothing else. */
export const closes = (db: Write, id: CustomerId) =>
  db.all(shape({ done: computed(nullable(text), []) }), sql`select wall_closes(array[${id}::bigint])::text as done`)

const most = 200
const numberRow = shape({ number: text })

export const waiting = (db: Read, id: CustomerId | null) =>
  db.all(
    { ...lockRow, ...numberRow, ...nameParts },
    sql`select ${columns(lockRow, 'l')}, ${columns(numberRow, 'c')}, ${columns(nameParts, 'n')}
          from protection_lock l join customer c on c.id = l.customer_id
          left join customer_name n on n.customer_id = c.id and n.kind = 'official' and upper_inf(n.during)
         where l.settled_at is null and (${id}::bigint is null or l.customer_id = ${id}::bigint)
         order by l.review_on, l.id limit ${most}`,
  )

export const locksOfCustomer = (db: Read, id: CustomerId) =>
  db.all(settledRow, sql`select ${columns(settledRow)} from protection_lock where customer_id = ${id} order by id desc`)

/** What was decided of the lock that waits, if one does. */
export const settleLock = (
  db: Write,
  id: CustomerId,
  outcome: 'confirmed' | 'lifted',
  reason: string | null,
  { now, by }: Told,
) =>
  db.all(
    ownRow,
    sql`update protection_lock set settled_at = ${now}, settled_by = ${by}, outcome = ${outcome}, settled_reason = ${reason}
         where customer_id = ${id} and settled_at is null returning ${columns(ownRow)}`,
  )
