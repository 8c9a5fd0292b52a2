// Values taken in, a point's day at a time: what is new is added, what differs is corrected and keeps what it was, what is the same is not written.
import { dayOf } from '../../../platform/clock.ts'
import {
  type Faulty,
  type Intake,
  type Numbered,
  refusedRow,
  type Taken,
  type Taking,
} from '../../../platform/intake.ts'
import { qualities } from '../api.ts'
import { lackingOf, packed, packedQualities, totalOf, unpacked, unpackedQualities } from '../block.ts'
import { slotsOf, startOf } from '../grid.ts'
import * as queries from './queries.ts'
import { expectedOf } from '../validation/queries.ts'
import { doubted, type Expected, seriesFault, valueFault } from '../validation/rules.ts'
import { columnFaults, fields, type ImportedValue, readTime, readValue } from './rules.ts'

type Row = Numbered<ImportedValue>
type Day = {
  readonly point: number
  readonly day: string
  readonly step: ImportedValue['step']
  readonly rows: Row[]
}
const [missing, estimated] = [qualities.indexOf('missing'), qualities.indexOf('estimated')]

const keyOf = (point: number, day: string): string => `${point} ${day}`

const daysOf = (
  { mapping, how }: Taking,
  rows: readonly Row[],
  points: ReadonlyMap<string, number>,
  faulty: Faulty[],
): readonly Day[] => {
  const days = new Map<string, Day>()
  for (const row of rows) {
    const { point: code, day, step } = row.record
    const point = points.get(code)
    const refuse = (field: string, code: string): void => void faulty.push(refusedRow(row, mapping, field, code))
    if (point === undefined) refuse('point', 'point.unknown')
    else if (startOf(day) > how.now.getTime()) refuse('start', 'day.to-come')
    else {
      const key = keyOf(point, day)
      const begun = days.get(key)
      if (begun !== undefined && begun.step !== step) refuse('resolution', 'resolution.mixed')
      else if (begun !== undefined) begun.rows.push(row)
      else days.set(key, { point, day, step, rows: [row] })
    }
  }
  return [...days.values()]
}

type Known = Awaited<ReturnType<typeof queries.knownDays>>[number]
type Outcome = { readonly fresh: Row[]; readonly changed: Row[]; readonly same: Row[] }

/** The rows of a day that can be true of their point; the others are told as faults. */
const sound = ({ mapping }: Taking, { day, step, rows }: Day, expected: Expected, faulty: Faulty[]): readonly Row[] => {
  const whole = seriesFault(expected, { day, step, count: slotsOf(day, step) })
  if (whole !== undefined) faulty.push(...rows.map((row) => refusedRow(row, mapping, 'resolution', whole)))
  if (whole !== undefined) return []
  return rows.filter((row) => {
    const wrong = valueFault(expected, step, row.record.value)
    if (wrong !== undefined) faulty.push(refusedRow(row, mapping, 'amount', wrong))
    return wrong === undefined
  })
}

const nothingMeasured = ({ quality, vals }: Known): boolean =>
  unpackedQualities(quality, vals[1] ?? 0).every((each) => each === missing || each === estimated)

/** The day as it is once the rows are in it, looked at as a whole: what is unlikely of it has become uncertain. */
const filled = (
  { point, day, step }: Day,
  rows: readonly Row[],
  known: Known | undefined,
  expected: Expected,
  { fresh, changed, same }: Outcome,
) => {
  const count = slotsOf(day, step)
  const stood = known?.step === step ? known : undefined
  const before = stood === undefined ? new Int32Array(count) : unpacked(stood.vals)
  const was =
    stood === undefined ? new Uint8Array(count).fill(missing) : unpackedQualities(stood.quality, before.length)
  const [values, said] = [Int32Array.from(before), Uint8Array.from(was)]
  for (const { record } of rows) {
    // An estimate stands until there is a value: that it is missing is known already.
    if (record.quality === missing && said[record.slot] === estimated) continue
    values[record.slot] = record.value
    said[record.slot] = record.quality
  }
  const quality = doubted(expected, step, values, said)
  for (const row of rows) {
    const { slot } = row.record
    if (was[slot] === missing && quality[slot] !== missing) fresh.push(row)
    else if (values[slot] !== before[slot] || quality[slot] !== was[slot]) changed.push(row)
    // That a value is missing is news of a day that was not known at all.
    else (stood === undefined ? fresh : same).push(row)
  }
  if (
    stood !== undefined &&
    values.every((value, slot) => value === before[slot]) &&
    quality.every((each, slot) => each === was[slot])
  )
    return undefined
  return {
    point,
    day,
    step,
    total: totalOf(values),
    lacking: lackingOf(quality),
    vals: packed(values),
    quality: packedQualities(quality),
  }
}

const takeInValues = async (at: Taking, rows: readonly Row[]): Promise<Taken> => {
  const { db, dryRun, how, mapping } = at
  const faulty: Faulty[] = []
  const codes = [...new Set(rows.map(({ record }) => record.point))]
  const points = new Map((await queries.pointsByCode(db, codes, how.mask)).map(({ code, id }) => [code, id]))
  const days = daysOf(at, rows, points, faulty)
  const known = new Map(
    (days.length === 0 ? [] : await queries.knownDays(db, days)).map((row) => [keyOf(row.point_id, row.day), row]),
  )
  const looked = new Map((await expectedOf(db, days)).map(({ point, day, expected }) => [keyOf(point, day), expected]))
  const outcome: Outcome = { fresh: [], changed: [], same: [] }
  const [added, corrected, continued]: [queries.NewDay[], queries.NewDay[], queries.NewDay[]] = [[], [], []]
  for (const day of days) {
    const before = known.get(keyOf(day.point, day.day))
    const expected = looked.get(keyOf(day.point, day.day))
    if (expected === undefined) continue
    // What was only estimated gives way to what is measured at another resolution.
    if (before !== undefined && before.step !== day.step && !nothingMeasured(before)) {
      faulty.push(...day.rows.map((row) => refusedRow(row, mapping, 'resolution', 'resolution.differs')))
      continue
    }
    const rows = sound(at, day, expected, faulty)
    if (rows.length === 0) continue
    const made = filled(day, rows, before, expected, outcome)
    if (made === undefined) continue
    // A file is read in parts, and a day may lie in two of them: it is one version all the same.
    if (before === undefined) added.push(made)
    else if (before.recorded_by === how.by && at.whole !== true) continued.push(made)
    else corrected.push(made)
  }
  if (!dryRun) {
    if (added.length > 0) await queries.insertDays(db, added, how)
    if (corrected.length > 0) {
      await queries.keepFormer(db, corrected, how.now)
      await queries.changeDays(db, corrected, 'version + 1', how)
    }
    if (continued.length > 0) await queries.changeDays(db, continued, 'version', how)
  }
  return { ...outcome, changed: outcome.changed.map((row) => ({ ...row, fields: ['amount'] })), faulty, traces: [] }
}

/** A value that was refused tells of its point all the same; when it cannot be read when, those who live there now stand for the others. */
export const aboutFaulty: NonNullable<Intake<object>['about']> = async ({ db, mapping, how }, rows) => {
  const cell = (cells: readonly string[], field: keyof typeof fields): string =>
    cells[mapping[field] ?? -1]?.trim() ?? ''
  const codeOf = (cells: readonly string[]): string => cell(cells, 'point').replaceAll(' ', '')
  const codes = [...new Set(rows.map(({ cells }) => codeOf(cells)))]
  const points = new Map((await queries.pointsByCode(db, codes, how.mask)).map(({ code, id }) => [code, id]))
  return new Map(
    rows.flatMap(({ number, cells }) => {
      const point = points.get(codeOf(cells))
      const time = readTime(cell(cells, 'start'))
      const day = typeof time === 'number' ? dayOf(new Date(time)) : how.today
      return point === undefined ? [] : [[number, { point, day }] as const]
    }),
  )
}

export const consumptionIntake: Intake<ImportedValue> = {
  fields,
  columnFaults,
  read: readValue,
  keysOf: ({ point, day, step, slot }) => [`${point} ${day} ${step} ${slot}`],
  keyField: 'start',
  takeIn: takeInValues,
  about: aboutFaulty,
}
