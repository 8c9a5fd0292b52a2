// SQL of consumption. A day is read through whoever lived there that day: another's days at the same point are not theirs.
import type { Read } from '../../platform/database.ts'
import { branded, bytes, computed, day, instant, int, nullable, shape, text } from '../../platform/row.ts'
import { columns, raw, type Sql, sql } from '../../platform/sql.ts'
import { cluster, type CustomerId } from '../customers/index.ts'
import type { lengths } from './api.ts'
import type { Step } from './grid.ts'
import type { Span } from './span.ts'

const customer = branded<CustomerId>(int)

const stored = shape({
  day,
  step: branded<Step>(int),
  vals: bytes,
  quality: nullable(bytes),
  total: int,
  lacking: int,
  version: int,
  source: text,
  recorded_at: instant,
})
const dayRow = shape({ customer_id: customer, ...stored })

/**
 * The person's own days at the point, by the home that it measured on the day; two parts in one home on one day (who holds it, and owns it) are one. The point
 * itself is not asked: it lies behind the walls of those who live there now.
 */
const theirs = (id: CustomerId, point: number, { from, to }: Span, days: 'reading_day' | 'reading_day_past'): Sql =>
  sql`occupancy o join ${raw(days)} r on r.point_id = ${point} and r.site_id = o.site_id and r.day <@ o.during and r.day >= ${from}::date and r.day < ${to}::date
     where o.customer_id in ${cluster(id)}`

export const daysNow = (db: Read, id: CustomerId, point: number, span: Span) =>
  db.all(
    dayRow,
    sql`select distinct on (r.day) o.customer_id, ${columns(stored, 'r')}
          from ${theirs(id, point, span, 'reading_day')} order by r.day, o.id`,
  )

/** Versions that had been replaced by now, but stood at the moment. */
export const daysReplacedSince = (db: Read, id: CustomerId, point: number, span: Span, moment: string) =>
  db.all(
    dayRow,
    sql`select distinct on (r.day) o.customer_id, ${columns(stored, 'r')}
          from ${theirs(id, point, span, 'reading_day_past')} and r.recorded_at < ${moment}::timestamptz and r.replaced_at >= ${moment}::timestamptz
         order by r.day, o.id`,
  )

const sumRow = shape({
  customer_id: customer,
  start: computed(day, ['consumption']),
  days: computed(int, ['consumption']),
  total: computed(int, ['consumption']),
  lacking: computed(int, ['consumption']),
})

/** `moment`: as it was known then; as it is known now when not given. */
export const sums = (
  db: Read,
  id: CustomerId,
  point: number,
  span: Span,
  by: (typeof lengths)[number],
  moment?: string,
) => {
  const dayOf = (days: 'reading_day' | 'reading_day_past', but: Sql) =>
    sql`(select distinct on (r.day) o.customer_id, r.day, r.total, r.lacking from ${theirs(id, point, span, days)} ${but} order by r.day, o.id)`
  const days =
    moment === undefined
      ? dayOf('reading_day', sql``)
      : sql`(${dayOf('reading_day', sql`and r.recorded_at < ${moment}::timestamptz`)} union all
             ${dayOf('reading_day_past', sql`and r.recorded_at < ${moment}::timestamptz and r.replaced_at >= ${moment}::timestamptz`)})`
  return db.all(
    sumRow,
    sql`select customer_id, date_trunc(${by}, day)::date as start, count(*)::int as days, sum(total)::bigint as total, sum(lacking)::int as lacking
          from ${days} d group by customer_id, 2 order by 2`,
  )
}
