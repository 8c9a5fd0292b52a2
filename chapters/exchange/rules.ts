// What an import is made of: its kinds, the states it goes through, how a row that cannot be taken in is told. Pure.
import { type Faulty, type Intake, type Numbered, refusedRow } from '../../platform/intake.ts'
import type { CellFault, Mapping } from '../../platform/tabular/index.ts'
import { contactIntake } from '../contacts/index.ts'
import { contractIntake, spotIntake } from '../contracts/index.ts'
import { customerIntake } from '../customers/index.ts'
import {
  areaIntake,
  consumptionIntake,
  degreeIntake,
  readingIntake,
  registerIntake,
  temperatureIntake,
} from '../metering/index.ts'
import { siteIntake } from '../sites/index.ts'
import type { states } from './api.ts'

export const intakes = {
  customers: customerIntake,
  sites: siteIntake,
  contracts: contractIntake,
  contacts: contactIntake,
  'spot-prices': spotIntake,
  consumption: consumptionIntake,
  'heat-registers': registerIntake,
  'meter-readings': readingIntake,
  'degree-days': degreeIntake,
  temperatures: temperatureIntake,
  'weather-areas': areaIntake,
} as const
export type KindId = keyof typeof intakes
export const kindIds = Object.keys(intakes) as KindId[]
export const intakeOf = (kind: string): Intake<object> => intakes[kind as KindId] as unknown as Intake<object>

const isFaults = (read: object): read is readonly CellFault[] => Array.isArray(read)

export type RawRow = { readonly number: number; readonly cells: readonly string[]; readonly faults: readonly string[] }

/** Sound rows and faulty ones. A row that the table itself could not read is told by the table's own codes. */
export const readRows = <R extends object>(
  rules: Intake<R>,
  mapping: Mapping,
  rows: readonly RawRow[],
): { readonly sound: readonly Numbered<R>[]; readonly faulty: readonly Faulty[] } => {
  const sound: Numbered<R>[] = []
  const faulty: Faulty[] = []
  const seen = new Set<string>()
  for (const { number, cells, faults } of rows) {
    if (faults.length > 0) {
      faulty.push({ number, cells, faults: faults.map((code) => ({ field: 'row', code, value: '' })) })
      continue
    }
    const record = rules.read(mapping, cells)
    if (isFaults(record)) {
      faulty.push({ number, cells, faults: record })
      continue
    }
    const keys = rules.keysOf(record)
    if (keys.some((key) => seen.has(key)))
      faulty.push(refusedRow({ number, cells }, mapping, rules.keyField, 'row.twice'))
    else sound.push({ number, cells, record })
    for (const key of keys) seen.add(key)
  }
  return { sound, faulty }
}

export type FaultKinds = Readonly<Record<string, number>>

/** How often each fault of each field has come: `email email.unusable` → 12. */
export const countedFaults = (before: FaultKinds, faulty: readonly Faulty[]): FaultKinds => {
  const counts: Record<string, number> = { ...before }
  for (const { faults } of faulty)
    for (const { field, code } of faults) counts[`${field} ${code}`] = (counts[`${field} ${code}`] ?? 0) + 1
  return counts
}

/** Names of the two columns that a file of faulty rows has beside its own: the row in the first file, and what is wrong. */
export const faultColumns = {
  fi: ['Rivi', 'Virheet'],
  sv: ['Rad', 'Fel'],
  en: ['Row', 'Faults'],
} as const

/** In a file that mends another: the column with the numbers of the rows of the first. */
export const mendedColumn = (header: readonly string[]): number =>
  header.findIndex((name) => Object.values(faultColumns).some(([row]) => row === name))

/** What the rows of an import are recorded by: it leads to the import, and through it to who brought the file. */
export const handleOf = (job: number): string => `import:${job}`

export type State = (typeof states)[number]

type Job = { readonly state: State; readonly dry_run: boolean; readonly kind: string }

/** Nothing has come in yet: its columns may still be changed, and it may be thrown away. */
export const mayChange = ({ state, dry_run }: Pick<Job, 'state' | 'dry_run'>): boolean => dry_run && state !== 'running'
export const mayRun = ({ state, dry_run }: Pick<Job, 'state' | 'dry_run'>): boolean =>
  mayChange({ state, dry_run }) || ['failed', 'stopped'].includes(state)
export const mayStop = ({ state }: Pick<Job, 'state'>): boolean => state === 'running'
/** Faulty rows are kept as long as their key is. */
export const mayReplay = ({ state, dry_run }: Pick<Job, 'state' | 'dry_run'>, faults: boolean): boolean =>
  !dry_run && state === 'done' && faults
/** What is published of nobody, and what meters showed. */
const leftAsIs = ['spot-prices', 'heat-registers', 'meter-readings', 'degree-days', 'temperatures', 'weather-areas']
/** It is corrected by another file, and what they were is kept. */
export const mayUndo = ({ state, dry_run, kind }: Job): boolean =>
  !dry_run && !leftAsIs.includes(kind) && ['done', 'failed', 'stopped'].includes(state)
