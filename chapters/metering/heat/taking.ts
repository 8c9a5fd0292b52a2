// Registers taken in: compared with what the meter showed before and after, kept by the day, and their differences given on as consumption.
import { instantOf } from '../../../platform/clock.ts'
import {
  type Faulty,
  type Intake,
  type Numbered,
  refusedRow,
  type Taken,
  type Taking,
} from '../../../platform/intake.ts'
import { qualities } from '../api.ts'
import { fits } from '../block.ts'
import { dayAfter, placeOf, slotsOf, timeOf } from '../grid.ts'
import type { ImportedValue } from '../intake/rules.ts'
import { aboutFaulty, consumptionIntake } from '../intake/taking.ts'
import { type Flow, packedFlow, packedShown, type Shown, unpackedFlow, unpackedShown } from './block.ts'
import * as queries from './queries.ts'
import { type Hour, judged, type MeterAt, sharedOut } from './registers.ts'
import { columnFaults, fields, type ImportedRegisters, readRegisters } from './rules.ts'

type Row = Numbered<ImportedRegisters>
/** A reading that is known has no row. */
type Reading = { readonly at: number; readonly shown: Shown; readonly row?: Row; readonly was?: Shown }

const [measured, estimated] = [qualities.indexOf('measured'), qualities.indexOf('estimated')]
const midnight = (day: string | null, otherwise: number): number =>
  day === null ? otherwise : Date.parse(instantOf(day, '00:00:00'))

type Meters = ReadonlyMap<number, readonly MeterAt[]>

const metersAt = async (
  { db, how }: Taking,
  points: readonly number[],
  serials: readonly string[],
): Promise<Meters> => {
  const rows = await queries.metersOf(db, points, serials, how.mask)
  const edges = Map.groupBy(
    rows.length === 0
      ? []
      : await queries.edgesOf(
          db,
          rows.map(({ id }) => id),
        ),
    ({ meter_id }) => meter_id,
  )
  const made = rows.map(({ id, point_id, serial, multiplier, digits, during }) => {
    const own = edges.get(id) ?? []
    const value = (kind: string, register: string): number | null =>
      own.find((one) => one.kind === kind && one.register === register)?.value ?? null
    const moment = (kind: string): number | undefined => {
      const at = own.find((one) => one.kind === kind)?.at
      return at === undefined ? undefined : Date.parse(at)
    }
    // Volume of a reading is in litres.
    const edge = (kind: string): readonly [number | null, number | null] => {
      const litres = value(kind, 'volume')
      return [value(kind, 'energy'), litres === null ? null : litres * 1_000]
    }
    const to = moment('last') ?? (during.to === null ? null : midnight(during.to, 0))
    return {
      point_id,
      serial,
      multiplier,
      digits,
      from: moment('first') ?? midnight(during.from, 0),
      to,
      first: edge('first'),
      last: edge('last'),
    }
  })
  return Map.groupBy(made, ({ point_id }) => point_id)
}

/** Rows by the point that they are of. */
const placed = async (at: Taking, rows: readonly Row[], faulty: Faulty[]) => {
  const { db, how, mapping } = at
  const codes = [...new Set(rows.flatMap(({ record }) => record.point ?? []))]
  const serials = [...new Set(rows.flatMap(({ record }) => (record.point === null ? (record.meter ?? []) : [])))]
  const byCode = new Map(
    (codes.length === 0 ? [] : await queries.pointsOf(db, codes, how.mask)).map(({ code, id }) => [code, id]),
  )
  const meters = await metersAt(at, [...byCode.values()], serials)
  const bySerial = Map.groupBy(
    [...meters].flatMap(([point, all]) => all.map((meter) => ({ point, ...meter }))),
    ({ serial }) => serial,
  )
  const byPoint = new Map<number, Row[]>()
  for (const row of rows) {
    const { point: code, meter, at: time } = row.record
    const refuse = (field: string, fault: string): void => void faulty.push(refusedRow(row, mapping, field, fault))
    const point =
      code === null
        ? bySerial.get(meter ?? '')?.find(({ from, to }) => from <= time && (to === null || time <= to))?.point
        : byCode.get(code)
    if (point === undefined)
      refuse(code === null ? 'meter' : 'point', code === null ? 'meter.not-there' : 'point.no-heat')
    else if (time > how.now.getTime()) refuse('start', 'day.to-come')
    else if (
      code !== null &&
      meter !== null &&
      !(meters.get(point) ?? []).some(
        ({ serial, from, to }) => serial === meter && from <= time && (to === null || time <= to),
      )
    )
      refuse('meter', 'meter.not-there')
    else byPoint.set(point, [...(byPoint.get(point) ?? []), row])
  }
  return { byPoint, meters }
}

type Known = Awaited<ReturnType<typeof queries.daysAround>>[number]

const same = (a: Shown, b: Shown): boolean => a.every((value, i) => value === b[i])

/** What is brought takes the place of what is known; a register that is not brought stays. */
const merged = (known: readonly Known[], rows: readonly Row[]): Reading[] => {
  const byTime = new Map<number, Reading>()
  for (const { day, shown } of known)
    unpackedShown(shown).forEach((one, slot) => {
      const at = timeOf(day, 60, slot)
      if (one !== null) byTime.set(at, { at, shown: one })
    })
  for (const row of rows) {
    const { at, shown } = row.record
    const was = byTime.get(at)?.shown
    const whole = was === undefined ? shown : (shown.map((value, i) => value ?? was[i] ?? null) as unknown as Shown)
    byTime.set(at, { at, shown: whole, row, ...(was === undefined ? {} : { was }) })
  }
  return [...byTime.values()].toSorted((a, b) => a.at - b.at)
}

type Owed = { readonly row: Row; readonly hour: Hour }

/** What the readings that are brought change of the hours before and after them. */
const hoursOf = ({
  pairs,
}: ReturnType<typeof judged<Reading>>): { readonly owed: Owed[]; readonly tooMuch: Set<Row> } => {
  const owed: Owed[] = []
  const tooMuch = new Set<Row>()
  for (const { before, after, used } of pairs) {
    const row = after.row ?? before.row
    if (row === undefined) continue
    const hours = sharedOut(before.at, after.at, used)
    if (hours.every(({ used: [energy] }) => fits(energy))) owed.push(...hours.map((hour) => ({ row, hour })))
    else tooMuch.add(row)
  }
  return { owed, tooMuch }
}

const flowOf = ({ used: [, volume, supply, back] }: Hour): Flow | null =>
  volume === null || supply === null || back === null ? null : [volume, supply, back]

const sumsOf = (flow: readonly (Flow | null)[]): readonly [number, number, number] | null => {
  const known = flow.filter((one) => one !== null)
  if (known.length === 0) return null
  return [0, 1, 2].map((i) => known.reduce((sum, one) => sum + (one[i] ?? 0), 0)) as unknown as readonly [
    number,
    number,
    number,
  ]
}

type Made = {
  readonly added: queries.NewDay[]
  readonly filled: queries.NewDay[]
  readonly corrected: queries.NewDay[]
}

/** The days of one point as they are once the readings are in them. */
const keptDays = (
  point: number,
  known: readonly Known[],
  readings: readonly Reading[],
  owed: readonly Owed[],
  by: string,
  made: Made,
): void => {
  const days = new Map(
    known.map((one) => [
      one.day,
      { one, shown: unpackedShown(one.shown), flow: unpackedFlow(one.flow), touched: false, differs: false },
    ]),
  )
  const dayOf = (day: string) => {
    const found = days.get(day)
    if (found !== undefined) return found
    const count = slotsOf(day, 60)
    const fresh = {
      one: undefined as unknown as Known,
      shown: Array.from({ length: count }, (): Shown | null => null),
      flow: Array.from({ length: count }, (): Flow | null => null),
      touched: false,
      differs: false,
    }
    days.set(day, fresh)
    return fresh
  }
  for (const { at, shown, row, was } of readings) {
    const place = placeOf(at, 60)
    if (row === undefined || place === undefined || (was !== undefined && same(was, shown))) continue
    const day = dayOf(place.day)
    day.shown[place.slot] = shown
    day.touched = true
    day.differs ||= was !== undefined
  }
  for (const { hour } of owed) {
    const place = placeOf(hour.at, 60)
    if (place === undefined) continue
    const day = dayOf(place.day)
    const [before, now] = [day.flow[place.slot] ?? null, flowOf(hour)]
    if (JSON.stringify(before) === JSON.stringify(now)) continue
    day.flow[place.slot] = now
    day.touched = true
    day.differs ||= before !== null
  }
  for (const [day, { one, shown, flow, touched, differs }] of days) {
    if (!touched) continue
    const before = one as Known | undefined
    const next = {
      point,
      day,
      version: before?.version ?? 1,
      shown: packedShown(shown),
      flow: packedFlow(flow),
      sums: sumsOf(flow),
    }
    if (before === undefined) made.added.push(next)
    else if (!differs || before.recorded_by === by) made.filled.push(next)
    else made.corrected.push({ ...next, version: before.version + 1 })
  }
}

const valueOf = (code: string, { at, used: [energy], estimated: shared }: Hour): ImportedValue => {
  const place = placeOf(at, 60)
  if (place === undefined) throw new RangeError(`${at} is no whole hour`)
  return { point: code, ...place, step: 60, value: energy, quality: shared ? estimated : measured }
}

const takeInRegisters = async (at: Taking, rows: readonly Row[]): Promise<Taken> => {
  const { db, dryRun, how, mapping } = at
  const faulty: Faulty[] = []
  const { byPoint, meters } = await placed(at, rows, faulty)
  const codes = new Map(
    (byPoint.size === 0 ? [] : await queries.lockPoints(db, [...byPoint.keys()])).map(({ id, code }) => [id, code]),
  )
  const stretches = [...byPoint].map(([point, own]) => {
    const times = own.map(({ record }) => record.at)
    const dayOf = (time: number): string => placeOf(time, 60)?.day ?? ''
    return { point, from: dayAfter(dayOf(Math.min(...times)), -1), to: dayOf(Math.max(...times)) }
  })
  const known = Map.groupBy(
    stretches.length === 0 ? [] : await queries.daysAround(db, stretches),
    ({ point_id }) => point_id,
  )
  const outcome = { fresh: [] as Row[], changed: [] as Row[], same: [] as Row[] }
  const points = [...byPoint].map(([point, own]) => {
    const readings = merged(known.get(point) ?? [], own)
    const of = judged(readings, meters.get(point) ?? [], ({ row }) => row !== undefined)
    const refused = new Set(
      of.refused.flatMap(([{ row }, fault]) => {
        if (row !== undefined) faulty.push(refusedRow(row, mapping, 'heat', fault))
        return row ?? []
      }),
    )
    const { owed, tooMuch } = hoursOf(of)
    for (const row of tooMuch) faulty.push(refusedRow(row, mapping, 'heat', 'register.leap'))
    return {
      point,
      readings,
      refused: new Set([...refused, ...tooMuch]),
      owed: owed.filter(({ row }) => !tooMuch.has(row)),
    }
  })
  // A value is told by the reading that it was made of, and refused with it.
  const values = points.flatMap(({ point, owed }) =>
    owed.map(({ row, hour }) => ({ ...row, record: valueOf(codes.get(point) ?? '', hour) })),
  )
  const taken = values.length === 0 ? undefined : await consumptionIntake.takeIn(at, values)
  const unfit = new Map((taken?.faulty ?? []).map((fault) => [fault.number, fault]))
  faulty.push(...unfit.values())
  const made: Made = { added: [], filled: [], corrected: [] }
  for (const { point, readings, refused, owed } of points) {
    const stays = ({ row }: { readonly row?: Row }): boolean =>
      row === undefined || !(refused.has(row) || unfit.has(row.number))
    const sound = readings.filter(stays)
    keptDays(point, known.get(point) ?? [], sound, owed.filter(stays), how.by, made)
    for (const { row, was, shown } of sound) {
      if (row === undefined) continue
      if (was === undefined) outcome.fresh.push(row)
      else if (same(was, shown)) outcome.same.push(row)
      else outcome.changed.push(row)
    }
  }
  if (!dryRun) {
    if (made.added.length > 0) await queries.insertDays(db, made.added, how)
    if (made.filled.length > 0) await queries.fillDays(db, made.filled, how)
    if (made.corrected.length > 0) {
      await queries.replaceDays(db, made.corrected, how.now)
      await queries.insertDays(db, made.corrected, how)
    }
  }
  return { ...outcome, changed: outcome.changed.map((row) => ({ ...row, fields: ['heat'] })), faulty, traces: [] }
}

export const registerIntake: Intake<ImportedRegisters> = {
  fields,
  columnFaults,
  read: readRegisters,
  keysOf: ({ point, meter, at }) => [`${point ?? `meter ${meter}`} ${at}`],
  keyField: 'start',
  takeIn: takeInRegisters,
  about: aboutFaulty,
}
