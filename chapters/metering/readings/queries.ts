// SQL of readings between: the meters that they are of, those around them, and the lines that are added.
import type { Read, Write } from '../../../platform/database.ts'
import type { Told } from '../../../platform/intake.ts'
import { bool, branded, instant, int, nullable, period, shape, text, texts } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { Register } from './rules.ts'

const meterRow = shape({ id: int, energy: text, serial: text, digits: nullable(int), registers: texts, during: period })
/** Meters of these numbers, wherever and whenever they stood, that one of these companies serves. */
export const metersBySerial = (db: Read, serials: readonly string[], mask: number) =>
  db.all(
    meterRow,
    sql`select ${columns(meterRow)} from meter where energy in ('electricity', 'heat', 'gas', 'steam') and serial = any (${serials}::text[])
           and (controllers & ${mask}::smallint) <> 0 order by lower(during) nulls first`,
  )

const readingRow = shape({
  meter_id: int,
  register: branded<Register>(text),
  at: instant,
  value: int,
  rolled_over: bool,
})

export type Stretch = { readonly meter: number; readonly register: string; readonly from: Date; readonly to: Date }
/** The readings of each stretch, both ends among them, the nearest one before it and the nearest one after it. */
export const readingsAround = (db: Read, stretches: readonly Stretch[]) =>
  db.all(
    readingRow,
    sql`select ${columns(readingRow, 'r')}
          from unnest(${stretches.map(({ meter }) => meter)}::bigint[], ${stretches.map(({ register }) => register)}::text[],
                      ${stretches.map(({ from }) => from)}::timestamptz[], ${stretches.map(({ to }) => to)}::timestamptz[]) as asked (meter, register, first, last)
          join meter_reading r on r.meter_id = asked.meter and r.register = asked.register
               and r.at >= coalesce((select max(at) from meter_reading where meter_id = asked.meter and register = asked.register and at < asked.first), asked.first)
               and r.at <= coalesce((select min(at) from meter_reading where meter_id = asked.meter and register = asked.register and at > asked.last), asked.last)
         order by r.meter_id, r.register, r.at`,
  )

export type NewReading = {
  readonly meter: number
  readonly register: string
  readonly at: Date
  readonly value: number
  readonly rolled_over: boolean
}
const doneRow = shape({ meter_id: int })

export const insertReadings = (db: Write, readings: readonly NewReading[], { source, now, by }: Told) =>
  db.all(
    doneRow,
    sql`insert into meter_reading (meter_id, site_id, register, at, value, kind, rolled_over, restricted, protected, controllers, source, recorded_at, recorded_by)
        select m.id, m.site_id, t.register, t.at, t.value, 'periodic', t.rolled_over, m.restricted, m.protected, m.controllers, ${source}, ${now}, ${by}
          from unnest(${readings.map(({ meter }) => meter)}::bigint[], ${readings.map(({ register }) => register)}::text[],
                      ${readings.map(({ at }) => at)}::timestamptz[], ${readings.map(({ value }) => value)}::bigint[],
                      ${readings.map(({ rolled_over }) => rolled_over)}::boolean[]) as t (meter, register, at, value, rolled_over)
          join meter m on m.id = t.meter
        returning ${columns(doneRow)}`,
  )
