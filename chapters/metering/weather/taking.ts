// Weather taken in: each value once, and a correction as a version of its own.
import {
  type Faulty,
  type Intake,
  type Numbered,
  refusedRow,
  type Taken,
  type Taking,
} from '../../../platform/intake.ts'
import { placeOf, slotsOf } from '../grid.ts'
import * as queries from './queries.ts'
import * as rules from './rules.ts'

type Row<R> = Numbered<R>
type Outcome<R> = {
  readonly fresh: Row<R>[]
  readonly changed: (Row<R> & { fields: string[] })[]
  readonly same: Row<R>[]
}
const nothing = <R>(): Outcome<R> => ({ fresh: [], changed: [], same: [] })

const degreeKey = ({ station, kind, month, from, to }: Omit<rules.ImportedDegrees, 'amount'>): string =>
  `${station} ${kind} ${from} ${to} ${month}`

const takeInDegrees = async (
  { db, dryRun, how }: Taking,
  rows: readonly Row<rules.ImportedDegrees>[],
): Promise<Taken> => {
  const outcome = nothing<rules.ImportedDegrees>()
  const locked =
    rows.length === 0
      ? []
      : await queries.lockDegrees(
          db,
          rows.map(({ record }) => record),
        )
  const known = new Map(
    locked.map((one) => [degreeKey({ ...one, from: one.during.from ?? '', to: one.during.to ?? '' }), one]),
  )
  const made: queries.NewDegrees[] = []
  for (const row of rows) {
    const before = known.get(degreeKey(row.record))
    if (before?.amount === row.record.amount) outcome.same.push(row)
    else {
      if (before === undefined) outcome.fresh.push(row)
      else outcome.changed.push({ ...row, fields: ['degree_days'] })
      made.push({ ...row.record, version: (before?.version ?? 0) + 1 })
    }
  }
  if (!dryRun && made.length > 0) {
    await queries.replaceDegrees(db, made, how.now)
    await queries.insertDegrees(db, made, how)
  }
  return { ...outcome, faulty: [], traces: [] }
}

export const degreeIntake: Intake<rules.ImportedDegrees> = {
  fields: rules.degreeFields,
  columnFaults: rules.degreeColumnFaults,
  read: rules.readDegrees,
  keysOf: (record) => [degreeKey(record)],
  keyField: 'period',
  takeIn: takeInDegrees,
}

const wholeDay = 1440
type Placed = { readonly row: Row<rules.ImportedTemperature>; readonly slot: number }

const takeInTemperatures = async (at: Taking, rows: readonly Row<rules.ImportedTemperature>[]): Promise<Taken> => {
  const { db, dryRun, how, mapping } = at
  const faulty: Faulty[] = []
  const outcome = nothing<rules.ImportedTemperature>()
  const days = new Map<string, queries.DayKey & { readonly placed: Placed[] }>()
  for (const row of rows) {
    const { station, day, at: time, amount } = row.record
    const place = time === null ? { day: day ?? '', slot: 0 } : placeOf(time, 60)
    if (place === undefined || amount === undefined || place.day > how.today) {
      faulty.push(refusedRow(row, mapping, 'start', 'day.to-come'))
      continue
    }
    const step = time === null ? wholeDay : 60
    const key = `${station} ${place.day} ${step}`
    const of = days.get(key) ?? { station, day: place.day, step, placed: [] }
    days.set(key, of)
    of.placed.push({ row, slot: place.slot })
  }
  const known = new Map(
    (days.size === 0 ? [] : await queries.lockDays(db, [...days.values()])).map((one) => [
      `${one.station} ${one.day} ${one.step}`,
      one,
    ]),
  )
  const [filled, made]: [queries.NewDay[], queries.NewDay[]] = [[], []]
  for (const [key, { station, day, step, placed }] of days) {
    const before = known.get(key)
    const count = step === wholeDay ? 1 : slotsOf(day, 60)
    const temperatures: (number | null)[] =
      before === undefined ? Array.from({ length: count }, () => null) : [...before.temperatures]
    let [news, corrects] = [false, false]
    for (const { row, slot } of placed) {
      const was = temperatures[slot] ?? null
      if (was === row.record.amount) outcome.same.push(row)
      else {
        news = true
        corrects ||= was !== null
        if (was === null) outcome.fresh.push(row)
        else outcome.changed.push({ ...row, fields: ['temperature'] })
        temperatures[slot] = row.record.amount
      }
    }
    // An hour that is added replaces nothing; one that is corrected makes a version, once for each file.
    if (news && before !== undefined && (!corrects || before.recorded_by === how.by))
      filled.push({ station, day, step, version: before.version, temperatures })
    else if (news) made.push({ station, day, step, version: (before?.version ?? 0) + 1, temperatures })
  }
  if (!dryRun && filled.length > 0) await queries.fillDays(db, filled)
  if (!dryRun && made.length > 0) {
    await queries.replaceDays(db, made, how.now)
    await queries.insertDays(db, made, how)
  }
  return { ...outcome, faulty, traces: [] }
}

export const temperatureIntake: Intake<rules.ImportedTemperature> = {
  fields: rules.temperatureFields,
  columnFaults: rules.temperatureColumnFaults,
  read: rules.readTemperature,
  keysOf: ({ station, at, day }) => [`${station} ${at ?? day}`],
  keyField: 'start',
  takeIn: takeInTemperatures,
}

const takeInAreas = async (
  { db, dryRun, how, mapping }: Taking,
  rows: readonly Row<rules.ImportedArea>[],
): Promise<Taken> => {
  const faulty: Faulty[] = []
  const outcome = nothing<rules.ImportedArea>()
  const known = Map.groupBy(
    rows.length === 0
      ? []
      : await queries.lockAreas(
          db,
          rows.map(({ record }) => record),
        ),
    ({ kind, code }) => `${kind} ${code}`,
  )
  const ended: { id: number; to: string }[] = []
  const corrected: { id: number; station: string }[] = []
  const made: rules.ImportedArea[] = []
  for (const row of rows) {
    const { kind, code, station, from } = row.record
    const last = known.get(`${kind} ${code}`)?.at(-1)
    if (last === undefined) {
      outcome.fresh.push(row)
      made.push(row.record)
    } else if (last.during.from === from) {
      if (last.station === station) outcome.same.push(row)
      else {
        outcome.changed.push({ ...row, fields: ['station'] })
        corrected.push({ id: last.id, station })
      }
    } else if (from === null || (last.during.from !== null && from < last.during.from))
      faulty.push(refusedRow(row, mapping, 'from', 'weather.area-earlier'))
    else if (last.station === station) outcome.same.push(row)
    else {
      outcome.changed.push({ ...row, fields: ['station'] })
      ended.push({ id: last.id, to: from })
      made.push(row.record)
    }
  }
  if (!dryRun) {
    if (ended.length > 0) await queries.endAreas(db, ended)
    if (corrected.length > 0) await queries.correctAreas(db, corrected, how)
    if (made.length > 0) await queries.insertAreas(db, made, how)
  }
  return { ...outcome, faulty, traces: [] }
}

export const areaIntake: Intake<rules.ImportedArea> = {
  fields: rules.areaFields,
  columnFaults: rules.areaColumnFaults,
  read: rules.readArea,
  keysOf: ({ kind, code }) => [`${kind} ${code}`],
  keyField: 'area_code',
  takeIn: takeInAreas,
}
