// Values taken in, a point's day at a time: what is new is added, what differs is corrected and keeps what it was, what is the same is not written.
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
import { columnFaults, fields, type ImportedValue, readValue } from './rules.ts'

type Row = Numbered<ImportedValue>
type Day = {
  readonly point: number
  readonly day: string
  readonly step: ImportedValue['step']
  readonly rows: Row[]
}
const missing = qualities.indexOf('missing')

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

/** The day as it is once the rows are in it. */
const filled = ({ point, day, step, rows }: Day, known: Known | undefined, { fresh, changed, same }: Outcome) => {
  const count = slotsOf(day, step)
  const values = known === undefined ? new Int32Array(count) : unpacked(known.vals)
  const quality =
    known === undefined ? new Uint8Array(count).fill(missing) : unpackedQualities(known.quality, values.length)
  let differs = known === undefined
  for (const row of rows) {
    const { slot, value, quality: said } = row.record
    if (quality[slot] === missing && said !== missing) fresh.push(row)
    else if (values[slot] === value && quality[slot] === said) {
      // That a value is missing is news of a day that was not known at all.
      ;(known === undefined ? fresh : same).push(row)
      continue
    } else changed.push(row)
    differs = true
    values[slot] = value
    quality[slot] = said
  }
  const made = {
    total: totalOf(values),
    lacking: lackingOf(quality),
    vals: packed(values),
    quality: packedQualities(quality),
  }
  return differs ? { point, day, step, ...made } : undefined
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
  const outcome: Outcome = { fresh: [], changed: [], same: [] }
  const [added, corrected, continued]: [queries.NewDay[], queries.NewDay[], queries.NewDay[]] = [[], [], []]
  for (const day of days) {
    const before = known.get(keyOf(day.point, day.day))
    if (before !== undefined && before.step !== day.step) {
      faulty.push(...day.rows.map((row) => refusedRow(row, mapping, 'resolution', 'resolution.differs')))
      continue
    }
    const made = filled(day, before, outcome)
    if (made === undefined) continue
    // A file is read in parts, and a day may lie in two of them: it is one version all the same.
    if (before === undefined) added.push(made)
    else if (before.recorded_by === how.by) continued.push(made)
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

export const consumptionIntake: Intake<ImportedValue> = {
  fields,
  columnFaults,
  read: readValue,
  keysOf: ({ point, day, step, slot }) => [`${point} ${day} ${step} ${slot}`],
  keyField: 'start',
  takeIn: takeInValues,
}
