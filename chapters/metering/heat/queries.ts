// SQL of heat meters' registers: points and their meters, and the days that are kept of each.
import type { Read, Write } from '../../../platform/database.ts'
import type { Told } from '../../../platform/intake.ts'
import { branded, bytes, computed, day, instant, int, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import { cluster, type CustomerId } from '../../customers/index.ts'
import { behind } from '../days/queries.ts'
import type { Span } from '../span.ts'

const meterRow = shape({
  id: int,
  point_id: int,
  serial: text,
  multiplier: int,
  digits: nullable(int),
  during: period,
})
/** Heat meters that ever stood at points of these codes, or have one of these numbers, at points that one of these companies serves. */
export const metersOf = (db: Read, points: readonly number[], serials: readonly string[], mask: number) =>
  db.all(
    meterRow,
    sql`select ${columns(meterRow)} from meter
         where kind = 'main' and energy = 'heat' and (controllers & ${mask}::smallint) <> 0
           and point_id in (select unnest(${points}::integer[])
                            union select point_id from meter m where m.energy = 'heat' and m.serial = any (${serials}::text[]))
         order by point_id, lower(during) nulls first`,
  )

const edgeRow = shape({ meter_id: int, register: text, kind: text, at: instant, value: int })
/** What they showed when they came and when they went. */
export const edgesOf = (db: Read, meters: readonly number[]) =>
  db.all(
    edgeRow,
    sql`select ${columns(edgeRow)} from meter_reading
         where meter_id = any (${meters}::bigint[]) and kind <> 'periodic' and register in ('energy', 'volume')`,
  )

const pointRow = shape({ id: int, code: text, energy: text })
/** Held until the end of the transaction: two files of one point wait for each other. */
export const lockPoints = (db: Write, points: readonly number[]) =>
  db.all(
    pointRow,
    sql`select ${columns(pointRow)} from accounting_point where id = any (${points}::integer[]) order by id for no key update`,
  )

export const pointsOf = (db: Read, codes: readonly string[], mask: number) =>
  db.all(
    pointRow,
    sql`select ${columns(pointRow)} from accounting_point
         where energy = 'heat' and code = any (${codes}::text[]) and (controllers & ${mask}::smallint) <> 0`,
  )

const dayRow = shape({ point_id: int, day, version: int, shown: bytes, flow: bytes, recorded_by: text })

export type Stretch = { readonly point: number; readonly from: string; readonly to: string }
/** The days of each stretch, both ends among them, the nearest one before it and the nearest one after it. */
export const daysAround = (db: Read, stretches: readonly Stretch[]) =>
  db.all(
    dayRow,
    sql`select ${columns(dayRow, 'd')}
          from unnest(${stretches.map(({ point }) => point)}::integer[], ${stretches.map(({ from }) => from)}::date[],
                      ${stretches.map(({ to }) => to)}::date[]) as asked (point, first, last)
          join heat_day d on d.point_id = asked.point and d.replaced_at is null
               and d.day >= coalesce((select max(day) from heat_day where point_id = asked.point and day < asked.first and replaced_at is null), asked.first)
               and d.day <= coalesce((select min(day) from heat_day where point_id = asked.point and day > asked.last and replaced_at is null), asked.last)
         order by d.point_id, d.day`,
  )

export type NewDay = {
  readonly point: number
  readonly day: string
  readonly version: number
  readonly shown: Buffer
  readonly flow: Buffer
  /** Of the hours whose temperatures are known: millilitres, and litre-degrees of supply and return. */
  readonly sums: readonly [number, number, number] | null
}

const listed = (days: readonly NewDay[]) =>
  sql`unnest(${days.map(({ point }) => point)}::integer[], ${days.map((each) => each.day)}::date[], ${days.map(({ version }) => version)}::integer[],
             ${days.map(({ shown }) => shown)}::bytea[], ${days.map(({ flow }) => flow)}::bytea[],
             ${days.map(({ sums }) => sums?.[0] ?? null)}::bigint[], ${days.map(({ sums }) => sums?.[1] ?? null)}::bigint[],
             ${days.map(({ sums }) => sums?.[2] ?? null)}::bigint[]) as t (point, day, version, shown, flow, volume, supply, back)`

const doneRow = shape({ point_id: int, day })

export const insertDays = (db: Write, days: readonly NewDay[], { source, now, by }: Told) =>
  db.all(
    doneRow,
    sql`insert into heat_day (point_id, site_id, day, version, shown, flow, volume, supply, back, restricted, protected, controllers, source, recorded_at, recorded_by)
        select p.id, p.site_id, t.day, t.version, t.shown, t.flow, t.volume, t.supply, t.back, ${behind('restricted')}, ${behind('protected')},
               serving_on(p.id, t.day), ${source}, ${now}, ${by}
          from ${listed(days)} join accounting_point p on p.id = t.point
        returning ${columns(doneRow)}`,
  )

/** A day that only goes on, or that the same file is still bringing. */
export const fillDays = (db: Write, days: readonly NewDay[], { source, now, by }: Told) =>
  db.all(
    doneRow,
    sql`update heat_day d set shown = t.shown, flow = t.flow, volume = t.volume, supply = t.supply, back = t.back,
               source = ${source}, recorded_at = ${now}, recorded_by = ${by}
          from ${listed(days)} where d.point_id = t.point and d.day = t.day and d.version = t.version
        returning d.point_id, d.day`,
  )

/** What is corrected stays as it was, until now. */
export const replaceDays = (db: Write, days: readonly NewDay[], now: Date) =>
  db.all(
    doneRow,
    sql`update heat_day d set replaced_at = ${now}
          from ${listed(days)} where d.point_id = t.point and d.day = t.day and d.replaced_at is null and d.version < t.version
        returning d.point_id, d.day`,
  )

const shownRow = shape({
  customer_id: branded<CustomerId>(int),
  day,
  flow: bytes,
  volume: nullable(int),
  supply: nullable(int),
  back: nullable(int),
  version: int,
  source: text,
  recorded_at: instant,
})

/** The person's own days, by the home that the point heated on the day, as with consumption. */
export const heatDays = (db: Read, id: CustomerId, point: number, { from, to }: Span) =>
  db.all(
    shownRow,
    sql`select distinct on (d.day) o.customer_id, d.day, d.flow, d.volume, d.supply, d.back, d.version, d.source, d.recorded_at
          from occupancy o join heat_day d on d.point_id = ${point} and d.site_id = o.site_id and d.day <@ o.during
               and d.day >= ${from}::date and d.day < ${to}::date and d.replaced_at is null
         where o.customer_id in ${cluster(id)} order by d.day, o.id`,
  )

const sumRow = shape({
  customer_id: branded<CustomerId>(int),
  start: computed(day, ['consumption']),
  days: computed(int, ['consumption']),
  volume: computed(int, ['consumption']),
  supply: computed(int, ['consumption']),
  back: computed(int, ['consumption']),
})
export const heatSums = (db: Read, id: CustomerId, point: number, { from, to }: Span, by: string) =>
  db.all(
    sumRow,
    sql`select customer_id, date_trunc(${by}, day)::date as start, count(*)::int as days, sum(volume)::bigint as volume,
               sum(supply)::bigint as supply, sum(back)::bigint as back
          from (select distinct on (d.day) o.customer_id, d.day, d.volume, d.supply, d.back
                  from occupancy o join heat_day d on d.point_id = ${point} and d.site_id = o.site_id and d.day <@ o.during
                       and d.day >= ${from}::date and d.day < ${to}::date and d.replaced_at is null and d.volume is not null
                 where o.customer_id in ${cluster(id)} order by d.day, o.id) t
         group by customer_id, 2 order by 2`,
  )
