// SQL of gaps: values that are missing of days that have ended, and days of which nothing came although values were coming. Restricted persons' days are only kept.
import type { Read, Write } from '../../../platform/database.ts'
import { branded, bytes, computed, day, int, nullable, shape, text } from '../../../platform/row.ts'
import { columns, type Sql, sql } from '../../../platform/sql.ts'
import type { Step } from '../grid.ts'
import { looksAhead, looksBack } from './rules.ts'

export type Span = { readonly from: string; readonly to: string }

const pointRow = shape({ id: int, energy: text, kind: text, use: text })
/** Points that are metered continuously in some of the days, in the order of their ids. */
export const meteredPoints = (db: Read, { from, to }: Span, after: number, most: number) =>
  db.all(
    pointRow,
    sql`select p.id, p.energy, p.kind, s.use from accounting_point p join site s on s.id = p.site_id
         where p.id > ${after} and p.status = 'connected'
           and exists (select from point_facts f where f.point_id = p.id and f.metering_method = 'continuous' and f.during && daterange(${from}::date, ${to}::date))
         order by p.id limit ${most}`,
  )

const dayRow = shape({
  point_id: int,
  day,
  step: branded<Step>(int),
  vals: bytes,
  quality: nullable(bytes),
})
const daysOf = ({ from, to }: Span): Sql =>
  sql`(select d::date as day from generate_series(${from}::date, ${to}::date - 1, interval '1 day') d) as asked`

/** Days that are there and lack something. Held until the end of the transaction: what comes meanwhile waits, and goes over the estimate. */
export const lackingDays = (db: Write, span: Span, points: readonly number[]) =>
  db.all(
    dayRow,
    sql`select ${columns(dayRow, 'r')} from ${daysOf(span)} cross join unnest(${points}::integer[]) as p (id)
          join reading_day r on r.day = asked.day and r.point_id = p.id
         where r.lacking > 0 and not r.restricted for update of r`,
  )

const absentRow = shape({ point_id: int, day: computed(day, ['consumption']), step: branded<Step>(int) })
/** Days that never came, of points whose values were coming within the four weeks before. */
export const absentDays = (db: Read, span: Span, points: readonly number[]) =>
  db.all(
    absentRow,
    sql`select f.point_id, asked.day, f.resolution_minutes as step
          from ${daysOf(span)} cross join unnest(${points}::integer[]) as p (id)
          join point_facts f on f.point_id = p.id and f.during @> asked.day and f.metering_method = 'continuous'
         where not exists (select from reading_day r where r.day = asked.day and r.point_id = p.id)
           and exists (select from generate_series(1, ${looksBack}) back join reading_day h on h.day = asked.day - back and h.point_id = p.id)
           and not exists (select from occupancy o where o.site_id = f.site_id and o.during @> asked.day and o.restricted)`,
  )

/** What is known around the gaps. */
export const daysAround = (db: Read, { from, to }: Span, points: readonly number[]) =>
  db.all(
    dayRow,
    sql`select ${columns(dayRow, 'r')} from reading_day r
         where r.point_id = any (${points}::integer[]) and r.day >= ${from}::date - ${looksBack}::integer and r.day < ${to}::date + ${looksAhead}::integer`,
  )

const yearlyRow = shape({ point_id: int, wh: computed(int, ['accounting-point']) })
/** All time bands together. */
export const yearly = (db: Read, on: string, points: readonly number[]) =>
  db.all(
    yearlyRow,
    sql`select point_id, sum(wh)::bigint as wh from annual_estimate where point_id = any (${points}::integer[]) and during @> ${on}::date group by point_id`,
  )

const askedRow = shape({ asked: computed(nullable(text), []) })
/** Heard when the transaction is through. */
export const tellEstimator = (db: Write, span: Span) =>
  db.one(askedRow, sql`select pg_notify('estimation', ${JSON.stringify(span)})::text as asked`)
