// Readings taken in: each held against those of its register before and after it, and added once.
import { dayOf } from '../../../platform/clock.ts'
import {
  type Faulty,
  type Intake,
  type Numbered,
  refusedRow,
  type Taken,
  type Taking,
} from '../../../platform/intake.ts'
import * as queries from './queries.ts'
import { columnFaults, fields, type ImportedReading, type Known, placedAmong, readReading } from './rules.ts'

type Row = Numbered<ImportedReading>
type Meter = Awaited<ReturnType<typeof queries.metersBySerial>>[number]

const keyOf = (meter: number, register: string): string => `${meter} ${register}`

const stood = ({ during: { from, to } }: Meter, day: string): boolean =>
  (from === null || from <= day) && (to === null || day <= to)

/** The one meter that the row can mean, or why there is none. */
const meterFor = (meters: readonly Meter[], { meter, energy, at, register }: ImportedReading): Meter | string => {
  const day = dayOf(new Date(at))
  const there = meters.filter(
    (one) => one.serial === meter && (energy === null || one.energy === energy) && stood(one, day),
  )
  const energies = new Set(there.map((one) => one.energy))
  const [first] = there.toSorted((a, b) => ((a.during.from ?? '') < (b.during.from ?? '') ? 1 : -1))
  if (first === undefined) return 'meter.not-there'
  if (energies.size > 1) return 'meter.ambiguous'
  return first.registers.includes(register) ? first : 'register.not-there'
}

const takeInReadings = async (at: Taking, rows: readonly Row[]): Promise<Taken> => {
  const { db, dryRun, how, mapping } = at
  const faulty: Faulty[] = []
  const meters = await queries.metersBySerial(db, [...new Set(rows.map(({ record }) => record.meter))], how.mask)
  const byRegister = new Map<string, { readonly meter: Meter; readonly rows: Row[] }>()
  for (const row of rows) {
    const meter = meterFor(meters, row.record)
    if (typeof meter === 'string')
      faulty.push(refusedRow(row, mapping, meter === 'register.not-there' ? 'register' : 'meter', meter))
    else if (row.record.at > how.now.getTime()) faulty.push(refusedRow(row, mapping, 'start', 'day.to-come'))
    else {
      const key = keyOf(meter.id, row.record.register)
      const begun = byRegister.get(key) ?? { meter, rows: [] }
      begun.rows.push(row)
      byRegister.set(key, begun)
    }
  }
  const stretches = [...byRegister.values()].map(({ meter, rows: own }) => {
    const times = own.map(({ record }) => record.at)
    return {
      meter: meter.id,
      register: own[0]?.record.register ?? '',
      from: new Date(Math.min(...times)),
      to: new Date(Math.max(...times)),
    }
  })
  const known = Map.groupBy(
    stretches.length === 0 ? [] : await queries.readingsAround(db, stretches),
    ({ meter_id, register }) => keyOf(meter_id, register),
  )
  const outcome = { fresh: [] as Row[], same: [] as Row[] }
  const made: queries.NewReading[] = []
  for (const [key, { meter, rows: own }] of byRegister) {
    const all: Known[] = (known.get(key) ?? []).map((one) => ({ ...one, at: Date.parse(one.at) }))
    for (const row of own.toSorted((a, b) => a.record.at - b.record.at)) {
      const placed = placedAmong(row.record, all, meter.digits)
      if ('fault' in placed) faulty.push(refusedRow(row, mapping, 'reading', placed.fault))
      else if (placed.as === 'same') outcome.same.push(row)
      else {
        const { register, at: time, value } = row.record
        const next = all.findIndex((one) => one.at > time)
        all.splice(next < 0 ? all.length : next, 0, { at: time, value, rolled_over: placed.rolled_over })
        outcome.fresh.push(row)
        made.push({ meter: meter.id, register, at: new Date(time), value, rolled_over: placed.rolled_over })
      }
    }
  }
  if (!dryRun && made.length > 0) await queries.insertReadings(db, made, how)
  return { ...outcome, changed: [], faulty, traces: [] }
}

export const readingIntake: Intake<ImportedReading> = {
  fields,
  columnFaults,
  read: readReading,
  keysOf: ({ meter, energy, register, at }) => [`${meter} ${energy} ${register} ${at}`],
  keyField: 'start',
  takeIn: takeInReadings,
}
