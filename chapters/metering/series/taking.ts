// Series taken in, some thousands of days at a time: cut into the days of their points, looked at, and merged.
import type { Bulk, Counts, Faulty, Numbered, Taken, Taking } from '../../../platform/intake.ts'
import { type Mapping, proposedMapping, type Table } from '../../../platform/tabular/index.ts'
import type { qualities } from '../api.ts'
import { mergeDays } from '../days/merge.ts'
import { pointsByCode } from '../days/queries.ts'
import { type Filled, type ToldDay, untold } from '../days/rules.ts'
import { midnightsOf } from '../grid.ts'
import { activeEnergy, fields } from '../intake/rules.ts'
import { type Message, messageParts } from './message.ts'
import { isPortal, portalParts } from './portal.ts'
import type { Series } from './series.ts'

const minute = 60_000
const examples = 5

/** Values of a series that lie in one day: where they begin in both. */
type Stretch = { readonly series: Series; readonly first: number; readonly slot: number; readonly count: number }
type Day = ToldDay & { readonly stretches: Stretch[] }

const kilowattHours = (wh: number): string => {
  const digits = String(Math.abs(wh)).padStart(4, '0')
  return `${wh < 0 ? '-' : ''}${digits.slice(0, -3)},${digits.slice(-3)}000`
}
const words = ['OK', 'REVISED', 'EST', 'UNCERTAIN', 'MISSING'] as const satisfies readonly unknown[] & {
  length: (typeof qualities)['length']
}

/** A value as the row that the portal would have of it. */
const rowOf = ({ code, step, start, values, said, row }: Series, at: number): Numbered<object> => {
  const missing = words[said[at] ?? 0] === 'MISSING'
  return {
    number: row + at,
    cells: [
      code,
      activeEnergy,
      step === 15 ? 'PT15M' : 'PT1H',
      'kWh',
      'BN01',
      `${new Date(start + at * step * minute).toISOString().slice(0, 19)}Z`,
      missing ? '' : kilowattHours(values[at] ?? 0),
      words[said[at] ?? 0] ?? '',
    ],
    record: {},
  }
}

type Field = keyof typeof fields
/** Where the fields stand in a row that was made by `rowOf`. */
const places: Readonly<Partial<Record<Field, number>>> = { point: 0, resolution: 2, start: 5, amount: 6, quality: 7 }
const refused = (series: Series, at: number, field: Field, code: string): Faulty => {
  const { number, cells } = rowOf(series, at)
  return { number, cells, faults: [{ field, code, value: cells[places[field] ?? 0] ?? '' }] }
}

const daysOf = (
  all: readonly Series[],
  points: ReadonlyMap<string, number>,
  now: number,
  faulty: Faulty[],
): readonly Day[] => {
  const days = new Map<string, Day>()
  for (const series of all) {
    const { code, step, start, values, said } = series
    const point = points.get(code)
    const refuse = (first: number, count: number, field: Field, fault: string): void => {
      for (let at = first; at < first + count; at++) faulty.push(refused(series, at, field, fault))
    }
    if (point === undefined) {
      refuse(0, values.length, 'point', 'point.unknown')
      continue
    }
    for (let first = 0; first < values.length;) {
      const time = start + first * step * minute
      const of = midnightsOf(time)
      const [slot, slots] = [(time - of.start) / (step * minute), (of.end - of.start) / (step * minute)]
      const count = Math.min(values.length - first, slots - slot)
      const begun = first
      first += count
      if (of.start > now) {
        refuse(begun, count, 'start', 'day.to-come')
        continue
      }
      const key = `${point} ${of.day}`
      const known = days.get(key)
      const stretches = [{ series, first: begun, slot, count }]
      if (known === undefined) {
        const whole = count === slots
        const day: Day = {
          point,
          day: of.day,
          step,
          values: whole ? values.subarray(begun, first) : new Int32Array(slots),
          said: whole ? said.subarray(begun, first) : new Uint8Array(slots).fill(untold),
          stretches,
        }
        if (!whole) {
          day.values.set(values.subarray(begun, first), slot)
          day.said.set(said.subarray(begun, first), slot)
        }
        days.set(key, day)
      } else if (known.step !== step) refuse(begun, count, 'resolution', 'resolution.mixed')
      else
        for (let i = 0; i < count; i++)
          if (known.said[slot + i] === untold) {
            known.values[slot + i] = values[begun + i] ?? 0
            known.said[slot + i] = said[begun + i] ?? untold
            known.stretches.push({ series, first: begun + i, slot: slot + i, count: 1 })
          } else faulty.push(refused(series, begun + i, 'start', 'row.twice'))
    }
  }
  return [...days.values()]
}

type Outcome = {
  readonly counts: Record<keyof Counts, number>
  readonly rows: Record<keyof Counts, Numbered<object>[]>
}

const tell = (
  { stretches }: Day,
  filled: Filled | undefined,
  { counts, rows }: Outcome,
  dryRun: boolean,
  faulty: Faulty[],
): void => {
  const all = filled === undefined ? 'same' : filled.all
  for (const { series, first, slot, count } of stretches) {
    if (all !== undefined && (!dryRun || rows[all].length >= examples)) {
      counts[all] += count
      continue
    }
    for (let i = 0; i < count; i++) {
      const became = all ?? filled?.became(slot + i) ?? 'same'
      if (typeof became !== 'string') {
        faulty.push(refused(series, first + i, became.field, became.fault))
        continue
      }
      counts[became]++
      if (dryRun && rows[became].length < examples) rows[became].push(rowOf(series, first + i))
    }
  }
}

const takeIn = async (
  { db, dryRun, how }: Taking,
  content: readonly Series[],
): Promise<Taken & { readonly counts: Counts }> => {
  const faulty: Faulty[] = []
  const codes = [...new Set(content.map(({ code }) => code))]
  const points = new Map((await pointsByCode(db, codes, how.mask)).map(({ code, id }) => [code, id]))
  const days = daysOf(content, points, how.now.getTime(), faulty)
  const merged = await mergeDays(db, days, how, { dryRun })
  const outcome: Outcome = { counts: { fresh: 0, changed: 0, same: 0 }, rows: { fresh: [], changed: [], same: [] } }
  days.forEach((day, i) => tell(day, merged[i], outcome, dryRun, faulty))
  return {
    ...outcome.rows,
    changed: outcome.rows.changed.map((row) => ({ ...row, fields: ['amount'] })),
    counts: outcome.counts,
    faulty,
    traces: [],
  }
}

const isMessage = (table: Table): table is Message => table.format === 'xml'

const sameColumns = (mapping: Mapping, header: readonly string[]): boolean => {
  const usual: Mapping = proposedMapping(fields, header)
  const chosen = Object.entries(mapping)
  return chosen.length === Object.keys(usual).length && chosen.every(([field, column]) => usual[field] === column)
}

export const seriesBulk: Bulk<readonly Series[]> = {
  partsOf: (table, mapping) => {
    if (!sameColumns(mapping, table.header)) return undefined
    if (isMessage(table)) return (from) => messageParts(table, mapping, from)
    return isPortal(table) ? (from) => portalParts(table, mapping, from) : undefined
  },
  takeIn: (at, { content }) => takeIn(at, content),
}
