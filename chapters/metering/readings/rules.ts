// What a register showed between its coming and its going: how a row becomes a reading, and what it must be held against. Pure.
import { type CellFault, type Mapping, rowReader } from '../../../platform/tabular/index.ts'
import { smallest } from '../heat/rules.ts'
import { readTime } from '../intake/rules.ts'
import type { registers } from '../meters/api.ts'

export const fields = {
  meter: ['mittarinumero', 'mittarin numero', 'mittari', 'mätarnummer', 'mätare', 'meter', 'meter id', 'meter number'],
  energy: ['energiamuoto', 'energialaji', 'energislag', 'energy', 'energy form'],
  register: ['rekisteri', 'aikajako', 'räkneverk', 'register'],
  start: ['lukuaika', 'lukemahetki', 'aika', 'avläst', 'tid', 'time', 'read at', 'timestamp'],
  reading: ['lukema', 'mätarställning', 'ställning', 'reading', 'value'],
  unit: ['yksikkö', 'enhet', 'unit'],
} as const
export type Field = keyof typeof fields

export const columnFaults = (mapping: Mapping): readonly CellFault[] =>
  ['meter', 'start', 'reading']
    .filter((field) => mapping[field] === undefined)
    .map((field) => ({ field, code: 'column.missing', value: '' }))

export type Register = (typeof registers)[number]
type Energy = 'electricity' | 'heat' | 'gas' | 'steam'

export type ImportedReading = {
  readonly meter: string
  /** Null: whatever meter has the number. */
  readonly energy: Energy | null
  readonly register: Register
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Wh, or litres. */
  readonly value: number
  readonly rolled_over: boolean
}

const energyWords: Readonly<Record<string, Energy>> = {
  sähkö: 'electricity',
  el: 'electricity',
  electricity: 'electricity',
  lämpö: 'heat',
  kaukolämpö: 'heat',
  värme: 'heat',
  fjärrvärme: 'heat',
  heat: 'heat',
  kaasu: 'gas',
  gas: 'gas',
  höyry: 'steam',
  ånga: 'steam',
  steam: 'steam',
}
const registerWords: Readonly<Record<string, Register>> = {
  energia: 'energy',
  energi: 'energy',
  energy: 'energy',
  päivä: 'day',
  dag: 'day',
  day: 'day',
  yö: 'night',
  natt: 'night',
  night: 'night',
  vesimäärä: 'volume',
  tilavuus: 'volume',
  volym: 'volume',
  volume: 'volume',
}
/** Powers of ten over the watt-hour, and over the litre. */
const units: Readonly<Record<string, readonly [power: number, volume: boolean]>> = {
  wh: [0, false],
  kwh: [3, false],
  mwh: [6, false],
  gwh: [9, false],
  l: [0, true],
  m3: [3, true],
  'm³': [3, true],
}

export const readReading = (
  mapping: Mapping<Field>,
  cells: readonly string[],
): ImportedReading | readonly CellFault[] => {
  const row = rowReader(mapping, cells)
  const meter = row.text('meter', 50)
  if (meter === null) row.fault('meter', 'value.missing')
  const energy = row.value('energy', (text) => energyWords[text.toLowerCase()], 'word.unknown')
  const register = row.value('register', (text) => registerWords[text.toLowerCase()], 'word.unknown') ?? 'energy'
  const at = row.value('start', readTime)
  if (at === null && row.text('start') === null) row.fault('start', 'value.missing')
  const volume = register === 'volume'
  const unit = units[(row.text('unit', 10) ?? (volume ? 'm3' : 'kWh')).toLowerCase()]
  if (unit === undefined || unit[1] !== volume) row.fault('unit', volume ? 'unit.no-volume' : 'unit.unknown')
  const value = row.value('reading', (text) => smallest(text, unit?.[0] ?? 3), 'value.no-register')
  if (value === null && row.text('reading') === null) row.fault('reading', 'value.missing')
  if (row.faults.length > 0 || meter === null || at === null || value === null) return row.faults
  return { meter, energy, register, at, value, rolled_over: false }
}

export type Known = { readonly at: number; readonly value: number; readonly rolled_over: boolean }

/** Of its range: less was used than that when a register began again, or it did not. */
const mostAround = 0.1

/** Whether a register that shows less has begun again from nothing, as its number of digits allows. */
const wentRound = (before: number, value: number, digits: number | null): boolean => {
  if (digits === null) return false
  // A register counts kWh and m³; both are a thousand of what is kept.
  const range = 10 ** digits * 1_000
  const used = range + value - before
  return used >= 0 && used <= range * mostAround
}

export type Placed = { readonly as: 'fresh' | 'same'; readonly rolled_over: boolean } | { readonly fault: string }

/** A reading among those of its register that are known, in the order of time. Lines are added and never changed: another value of the same moment is refused. */
export const placedAmong = (
  { at, value, rolled_over }: Pick<ImportedReading, 'at' | 'value' | 'rolled_over'>,
  known: readonly Known[],
  digits: number | null,
): Placed => {
  const same = known.find((one) => one.at === at)
  if (same !== undefined) return same.value === value ? { as: 'same', rolled_over } : { fault: 'reading.differs' }
  const before = known.findLast((one) => one.at < at)
  const after = known.find((one) => one.at > at)
  const less = before !== undefined && value < before.value
  const round = less && (rolled_over || wentRound(before.value, value, digits))
  if (less && !round) return { fault: 'reading.below-former' }
  if (after !== undefined && value > after.value && !after.rolled_over) return { fault: 'reading.above-later' }
  return { as: 'fresh', rolled_over: round }
}
