// SQL of meters and readings, one named function a statement. The walls of each new row are those of its point, or of its meter.
import type { Read, Write } from '../../../platform/database.ts'
import { bool, branded, instant, int, nullable, period, shape, text, texts } from '../../../platform/row.ts'
import type { Column } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { kinds, readingKinds, registers } from './api.ts'

type Register = (typeof registers)[number]

const meterRow = shape({
  id: int,
  point_id: int,
  site_id: int,
  kind: branded<(typeof kinds)[number]>(text),
  serial: text,
  multiplier: int,
  registers: texts as unknown as Column<Register[]>,
  digits: nullable(int),
  during: period,
  version: int,
  source: text,
  recorded_at: instant,
})
const readingRow = shape({
  id: int,
  meter_id: int,
  register: branded<Register>(text),
  at: instant,
  value: int,
  kind: branded<(typeof readingKinds)[number]>(text),
  rolled_over: bool,
  source: text,
  recorded_at: instant,
})

/** How many readings of a meter are shown. */
const shown = 8

export const metersAt = (db: Read, site: number) =>
  db.all(
    meterRow,
    sql`select ${columns(meterRow)} from meter where site_id = ${site} order by lower(during) desc nulls last, id desc`,
  )

export const readingsOf = (db: Read, meters: readonly number[]) =>
  db.all(
    readingRow,
    sql`select ${columns(readingRow, 'r')} from unnest(${meters}::bigint[]) as m (id)
          cross join lateral (select * from meter_reading where meter_id = m.id order by at desc, register limit ${shown}) r
         order by r.meter_id, r.at desc, r.register`,
  )

/** The last reading of each register. */
export const latestOf = (db: Read, meter: number) =>
  db.all(
    readingRow,
    sql`select distinct on (register) ${columns(readingRow)} from meter_reading where meter_id = ${meter} order by register, at desc`,
  )

/** Which stands at the point on that day. */
export const standingAt = (db: Read, point: number, kind: string, day: string) =>
  db.maybe(
    meterRow,
    sql`select ${columns(meterRow)} from meter where point_id = ${point} and kind = ${kind} and during @> ${day}::date`,
  )

export const findMeter = (db: Read, point: number, id: number) =>
  db.maybe(meterRow, sql`select ${columns(meterRow)} from meter where point_id = ${point} and id = ${id}`)

/** Where a meter of that number stands on that day or later, as far as the caller sees. */
export const elsewhere = (db: Read, energy: string, serial: string, day: string) =>
  db.all(
    meterRow,
    sql`select ${columns(meterRow)} from meter where energy = ${energy} and serial = ${serial} and during && daterange(${day}::date, null)`,
  )

/** No row: changed by someone else meanwhile. */
export const takeMeter = (db: Write, id: number, version: number, to: string) =>
  db.maybe(
    meterRow,
    sql`update meter set during = daterange(lower(during), ${to}::date), version = version + 1
         where id = ${id} and version = ${version} and upper_inf(during) returning ${columns(meterRow)}`,
  )

type Told = { readonly source: string; readonly now: Date; readonly by: string }
type NewMeter = {
  readonly kind: string
  readonly serial: string
  readonly multiplier: number
  readonly registers: readonly string[]
  readonly digits: number | null
  readonly on: string
}

export const insertMeter = (db: Write, point: number, made: NewMeter, { source, now, by }: Told) =>
  db.maybe(
    meterRow,
    sql`insert into meter (point_id, site_id, energy, kind, serial, multiplier, registers, digits, during, restricted, protected, controllers, source, recorded_at, recorded_by)
        select id, site_id, energy, ${made.kind}, ${made.serial}, ${made.multiplier}::integer, ${made.registers}::text[], ${made.digits}::smallint,
               daterange(${made.on}::date, null), restricted, protected, controllers, ${source}, ${now}, ${by}
          from accounting_point where id = ${point}
        returning ${columns(meterRow)}`,
  )

type NewReading = { readonly register: string; readonly value: number; readonly rolled_over?: boolean }

export const insertReadings = (
  db: Write,
  meter: number,
  kind: string,
  at: string,
  readings: readonly NewReading[],
  { source, now, by }: Told,
) =>
  db.all(
    readingRow,
    sql`insert into meter_reading (meter_id, site_id, register, at, value, kind, rolled_over, restricted, protected, controllers, source, recorded_at, recorded_by)
        select m.id, m.site_id, t.register, ${at}::timestamptz, t.value, ${kind}, t.rolled_over, m.restricted, m.protected, m.controllers,
               ${source}, ${now}, ${by}
          from meter m, unnest(${readings.map(({ register }) => register)}::text[], ${readings.map(({ value }) => value)}::bigint[],
                               ${readings.map(({ rolled_over = false }) => rolled_over)}::boolean[]) as t (register, value, rolled_over)
         where m.id = ${meter}
        returning ${columns(readingRow)}`,
  )
