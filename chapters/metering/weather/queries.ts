// SQL of weather: what is known of stations, its versions, and which station an area takes.
import type { Read, Write } from '../../../platform/database.ts'
import type { Told } from '../../../platform/intake.ts'
import { branded, day, int, ints, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { DegreeKind, ImportedArea, ImportedDegrees } from './rules.ts'

const degreeRow = shape({
  station: text,
  kind: branded<DegreeKind>(text),
  month: int,
  during: period,
  version: int,
  amount: int,
  recorded_by: text,
})

type DegreeKey = Omit<ImportedDegrees, 'amount'>
const degreeKeys = (keys: readonly DegreeKey[]) =>
  sql`${keys.map(({ station }) => station)}::text[], ${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ month }) => month)}::smallint[],
      ${keys.map(({ from }) => from)}::date[], ${keys.map(({ to }) => to)}::date[]`

/** Held until the end of the transaction, so that two files of the same periods wait for each other. */
export const lockDegrees = (db: Write, keys: readonly DegreeKey[]) =>
  db.all(
    degreeRow,
    sql`select ${columns(degreeRow, 'd')} from unnest(${degreeKeys(keys)}) as k (station, kind, month, first, until)
          join degree_days d on d.station = k.station and d.kind = k.kind and d.month = k.month and d.during = daterange(k.first, k.until) and d.replaced_at is null
         order by d.station, d.kind, d.during, d.month for update of d`,
  )

export type NewDegrees = ImportedDegrees & { readonly version: number }

export const replaceDegrees = (db: Write, all: readonly NewDegrees[], now: Date) =>
  db.all(
    degreeRow,
    sql`update degree_days d set replaced_at = ${now} from unnest(${degreeKeys(all)}) as k (station, kind, month, first, until)
         where d.station = k.station and d.kind = k.kind and d.month = k.month and d.during = daterange(k.first, k.until) and d.replaced_at is null
        returning ${columns(degreeRow, 'd')}`,
  )

export const insertDegrees = (db: Write, all: readonly NewDegrees[], { source, now, by }: Told) =>
  db.all(
    degreeRow,
    sql`insert into degree_days (station, kind, month, during, version, amount, source, received_at, recorded_by)
        select k.station, k.kind, k.month, daterange(k.first, k.until), k.version, k.amount, ${source}, ${now}, ${by}
          from unnest(${degreeKeys(all)}, ${all.map(({ version }) => version)}::integer[], ${all.map(({ amount }) => amount)}::integer[])
               as k (station, kind, month, first, until, version, amount)
        returning ${columns(degreeRow)}`,
  )

const dayRow = shape({ station: text, day, step: int, version: int, temperatures: ints, recorded_by: text })
export type DayKey = { readonly station: string; readonly day: string; readonly step: number }
export type NewDay = DayKey & { readonly version: number; readonly temperatures: readonly (number | null)[] }
const dayKeys = (keys: readonly DayKey[]) =>
  sql`${keys.map(({ station }) => station)}::text[], ${keys.map((each) => each.day)}::date[], ${keys.map(({ step }) => step)}::smallint[]`
const dayArrays = (days: readonly NewDay[]) =>
  sql`${dayKeys(days)}, ${days.map(({ version }) => version)}::integer[],
      ${days.map(({ temperatures }) => `{${temperatures.map((one) => one ?? 'null').join(',')}}`)}::text[]`

export const lockDays = (db: Write, keys: readonly DayKey[]) =>
  db.all(
    dayRow,
    sql`select ${columns(dayRow)} from temperature_day where replaced_at is null and (station, day, step) in (select * from unnest(${dayKeys(keys)}))
         order by station, day, step for update`,
  )

/** Filled on by the file that made them. */
export const fillDays = (db: Write, days: readonly NewDay[]) =>
  db.all(
    dayRow,
    sql`update temperature_day d set temperatures = n.listed::integer[] from unnest(${dayArrays(days)}) as n (station, day, step, version, listed)
         where (d.station, d.day, d.step, d.version) = (n.station, n.day, n.step, n.version) returning ${columns(dayRow, 'd')}`,
  )

export const replaceDays = (db: Write, days: readonly NewDay[], now: Date) =>
  db.all(
    dayRow,
    sql`update temperature_day d set replaced_at = ${now} from unnest(${dayKeys(days)}) as n (station, day, step)
         where (d.station, d.day, d.step) = (n.station, n.day, n.step) and d.replaced_at is null returning ${columns(dayRow, 'd')}`,
  )

export const insertDays = (db: Write, days: readonly NewDay[], { source, now, by }: Told) =>
  db.all(
    dayRow,
    sql`insert into temperature_day (station, day, step, version, temperatures, source, received_at, recorded_by)
        select station, day, step, version, listed::integer[], ${source}, ${now}, ${by}
          from unnest(${dayArrays(days)}) as n (station, day, step, version, listed)
        returning ${columns(dayRow)}`,
  )

const areaRow = shape({
  id: int,
  kind: branded<ImportedArea['kind']>(text),
  code: text,
  station: text,
  during: period,
})
type AreaKey = Pick<ImportedArea, 'kind' | 'code'>
export const lockAreas = (db: Write, keys: readonly AreaKey[]) =>
  db.all(
    areaRow,
    sql`select ${columns(areaRow)} from weather_area
         where (kind, code) in (select * from unnest(${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ code }) => code)}::text[]))
         order by kind, code, lower(during) nulls first for update`,
  )

/** What was taken from then on is taken no longer. */
export const endAreas = (db: Write, areas: readonly { readonly id: number; readonly to: string }[]) =>
  db.all(
    areaRow,
    sql`update weather_area w set during = daterange(lower(w.during), n.until)
          from unnest(${areas.map(({ id }) => id)}::bigint[], ${areas.map(({ to }) => to)}::date[]) as n (id, until)
         where w.id = n.id returning ${columns(areaRow, 'w')}`,
  )

/** A slip that is put right: another station from the same day on. */
export const correctAreas = (
  db: Write,
  areas: readonly { readonly id: number; readonly station: string }[],
  { source, now, by }: Told,
) =>
  db.all(
    areaRow,
    sql`update weather_area w set station = n.station, source = ${source}, received_at = ${now}, recorded_by = ${by}
          from unnest(${areas.map(({ id }) => id)}::bigint[], ${areas.map(({ station }) => station)}::text[]) as n (id, station)
         where w.id = n.id returning ${columns(areaRow, 'w')}`,
  )

export const insertAreas = (db: Write, areas: readonly ImportedArea[], { source, now, by }: Told) =>
  db.all(
    areaRow,
    sql`insert into weather_area (kind, code, station, during, source, received_at, recorded_by)
        select kind, code, station, daterange(first, null), ${source}, ${now}, ${by}
          from unnest(${areas.map(({ kind }) => kind)}::text[], ${areas.map(({ code }) => code)}::text[],
                      ${areas.map(({ station }) => station)}::text[], ${areas.map(({ from }) => from)}::date[]) as n (kind, code, station, first)
        returning ${columns(areaRow)}`,
  )

export type Area = {
  readonly postcode?: string | undefined
  readonly municipality?: string | undefined
  readonly grid_area?: string | undefined
}
const stationRow = shape({ id: int, station: text, kind: text })
/** The station of an area on a day: that of its grid area, else of its postcode, else of the municipality that the postcode lies in. */
export const stationOf = (db: Read, { postcode = '', municipality = '', grid_area = '' }: Area, on: string) =>
  db.maybe(
    stationRow,
    sql`select ${columns(stationRow)} from weather_area
         where during @> ${on}::date
           and ((kind = 'grid-area' and code = ${grid_area}) or (kind = 'postcode' and code = ${postcode})
             or (kind = 'municipality' and code in (${municipality}, (select municipality_code from postcode where code = ${postcode}))))
         order by array_position(array['grid-area', 'postcode', 'municipality'], kind) limit 1`,
  )

const temperatureRow = shape({ day, step: int, temperatures: ints, source: text })
export const temperatures = (db: Read, station: string, { from, to }: { readonly from: string; readonly to: string }) =>
  db.all(
    temperatureRow,
    sql`select distinct on (day) ${columns(temperatureRow)} from temperature_day
         where station = ${station} and day >= ${from}::date and day < ${to}::date and replaced_at is null order by day, step`,
  )

const knownDegrees = shape({ kind: branded<DegreeKind>(text), month: int, during: period, amount: int })
/** Of the span, and of the newest normal year. */
export const degreeDays = (db: Read, station: string, { from, to }: { readonly from: string; readonly to: string }) =>
  db.all(
    knownDegrees,
    sql`select ${columns(knownDegrees)} from degree_days d
         where station = ${station} and replaced_at is null
           and (case when kind = 'normal' then during = (select during from degree_days where station = ${station} and kind = 'normal' and replaced_at is null order by upper(during) desc limit 1)
                     else during && daterange(${from}::date, ${to}::date) end)
         order by kind, during, month`,
  )

const placeRow = shape({ postcode: nullable(text), grid_area: nullable(text) })
export const placeOfPoint = (db: Read, point: number, on: string) =>
  db.maybe(
    placeRow,
    sql`select s.postcode, f.grid_area from accounting_point p join site s on s.id = p.site_id
          left join point_facts f on f.point_id = p.id and f.during @> ${on}::date where p.id = ${point}`,
  )
