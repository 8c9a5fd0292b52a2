// Values taken in row by row, a point's day at a time.
import { dayOf } from '../../../platform/clock.ts'
import {
  type Bulk,
  type Faulty,
  type Intake,
  type Numbered,
  refusedRow,
  type Taken,
  type Taking,
} from '../../../platform/intake.ts'
import { mergeDays } from '../days/merge.ts'
import { pointsByCode } from '../days/queries.ts'
import { type ToldDay, untold } from '../days/rules.ts'
import { slotsOf, startOf } from '../grid.ts'
import { seriesBulk } from '../series/taking.ts'
import { columnFaults, fields, type ImportedValue, readTime, readValue } from './rules.ts'

type Row = Numbered<ImportedValue>
type Day = ToldDay & { readonly rows: Row[] }

const begun = (point: number, { day, step }: ImportedValue): Day => {
  const count = slotsOf(day, step)
  return { point, day, step, values: new Int32Array(count), said: new Uint8Array(count).fill(untold), rows: [] }
}

const daysOf = (
  { mapping, how }: Taking,
  rows: readonly Row[],
  points: ReadonlyMap<string, number>,
  faulty: Faulty[],
): readonly Day[] => {
  const days = new Map<string, Day>()
  for (const row of rows) {
    const { point: code, day, step, slot, value, quality } = row.record
    const point = points.get(code)
    const refuse = (field: string, fault: string): void => void faulty.push(refusedRow(row, mapping, field, fault))
    if (point === undefined) {
      refuse('point', 'point.unknown')
      continue
    }
    if (startOf(day) > how.now.getTime()) {
      refuse('start', 'day.to-come')
      continue
    }
    const key = `${point} ${day}`
    const of = days.get(key) ?? begun(point, row.record)
    days.set(key, of)
    if (of.step !== step) {
      refuse('resolution', 'resolution.mixed')
      continue
    }
    of.values[slot] = value
    of.said[slot] = quality
    of.rows.push(row)
  }
  return [...days.values()]
}

const takeInValues = async (at: Taking, rows: readonly Row[]): Promise<Taken> => {
  const { db, how, mapping } = at
  const faulty: Faulty[] = []
  const codes = [...new Set(rows.map(({ record }) => record.point))]
  const points = new Map((await pointsByCode(db, codes, how.mask)).map(({ code, id }) => [code, id]))
  const days = daysOf(at, rows, points, faulty)
  const merged = await mergeDays(db, days, how, at)
  const outcome: Record<'fresh' | 'changed' | 'same', Row[]> = { fresh: [], changed: [], same: [] }
  days.forEach((day, i) => {
    for (const row of day.rows) {
      const became = merged[i]?.became(row.record.slot) ?? 'same'
      if (typeof became === 'string') outcome[became].push(row)
      else faulty.push(refusedRow(row, mapping, became.field, became.fault))
    }
  })
  return { ...outcome, changed: outcome.changed.map((row) => ({ ...row, fields: ['amount'] })), faulty, traces: [] }
}

/** A value that was refused tells of its point all the same; when it cannot be read when, those who live there now stand for the others. */
export const aboutFaulty: NonNullable<Intake<object>['about']> = async ({ db, mapping, how }, rows) => {
  const cell = (cells: readonly string[], field: keyof typeof fields): string =>
    cells[mapping[field] ?? -1]?.trim() ?? ''
  const codeOf = (cells: readonly string[]): string => cell(cells, 'point').replaceAll(' ', '')
  const codes = [...new Set(rows.map(({ cells }) => codeOf(cells)))]
  const points = new Map((await pointsByCode(db, codes, how.mask)).map(({ code, id }) => [code, id]))
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
  bulk: seriesBulk as Bulk<unknown>,
}
