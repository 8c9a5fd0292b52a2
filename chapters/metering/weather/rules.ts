// How rows of a file become degree days, temperatures, and the station that an area takes. Pure.
import { type CellFault, isFault, type Mapping, parseDay, rowReader } from '../../../platform/tabular/index.ts'
import { dayAfter } from '../grid.ts'
import { readTime } from '../intake/rules.ts'

const station = ['paikkakunta', 'vertailupaikkakunta', 'havaintoasema', 'asema', 'ort', 'station', 'place']

const missing =
  (fields: readonly string[]) =>
  (mapping: Mapping): readonly CellFault[] =>
    fields
      .filter((field) => mapping[field] === undefined)
      .map((field) => ({ field, code: 'column.missing', value: '' }))

/** Whole tenths of `12,34`, rounded half away from zero. */
export const tenths = (written: string, least: number, most: number): number | undefined => {
  const parts = /^([-\u2212]?)(\d{1,5})(?:[.,](\d{1,12}))?$/.exec(written.replaceAll(/[\s\u00a0]/g, ''))
  if (parts === null) return undefined
  const [, sign = '', whole = '', decimals = ''] = parts
  const size = Math.round(Number(`${whole}.${decimals === '' ? '0' : decimals}`) * 10)
  const value = sign === '' || size === 0 ? size : -size
  return value >= least && value <= most ? value : undefined
}

export type DegreeKind = 'day' | 'month' | 'normal'
export type ImportedDegrees = {
  readonly station: string
  readonly kind: DegreeKind
  readonly month: number
  readonly from: string
  readonly to: string
  readonly amount: number
}

export const degreeFields = {
  station,
  period: ['jakso', 'päivä', 'kuukausi', 'aika', 'period', 'dag', 'månad', 'day', 'month'],
  reference: ['vertailukausi', 'normaalikausi', 'referensperiod', 'normalperiod', 'reference period', 'normal period'],
  degree_days: [
    'lämmitystarveluku',
    'astepäiväluku',
    'graddagstal',
    'värmebehovstal',
    'degree days',
    'heating degree days',
  ],
} as const
type DegreeField = keyof typeof degreeFields
export const degreeColumnFaults = missing(['station', 'period', 'degree_days'])

const monthAfter = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`
}

type Period = Pick<ImportedDegrees, 'kind' | 'month' | 'from' | 'to'>

/** A day, a month (`2026-11`, `11/2026`), or with the years of a normal period (`1991-2020`) the number of a month. */
export const readPeriod = (written: string, reference: string | null): Period | undefined => {
  if (reference !== null) {
    const years = /^(\d{4})\s*[-–]\s*(\d{4})$/.exec(reference)
    const month = /^(0?[1-9]|1[0-2])$/.exec(written)
    if (years === null || month === null || Number(years[2]) < Number(years[1])) return undefined
    return { kind: 'normal', month: Number(month[1]), from: `${years[1]}-01-01`, to: `${Number(years[2]) + 1}-01-01` }
  }
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(written) ?? undefined
  const turned = /^(0?[1-9]|1[0-2])[/.](\d{4})$/.exec(written)
  const of =
    month !== undefined
      ? `${month[1]}-${month[2]}`
      : turned === null
        ? undefined
        : `${turned[2]}-${turned[1]?.padStart(2, '0')}`
  if (of !== undefined) return { kind: 'month', month: 0, from: `${of}-01`, to: monthAfter(of) }
  const day = parseDay(written)
  return isFault(day) ? undefined : { kind: 'day', month: 0, from: day, to: dayAfter(day) }
}

export const readDegrees = (
  mapping: Mapping<DegreeField>,
  cells: readonly string[],
): ImportedDegrees | readonly CellFault[] => {
  const row = rowReader(mapping, cells)
  const name = row.text('station', 60)
  if (name === null) row.fault('station', 'value.missing')
  const reference = row.text('reference', 20)
  const period = row.value<Period>('period', (text) => readPeriod(text, reference), 'weather.no-period')
  if (period === null && row.text('period') === null) row.fault('period', 'value.missing')
  const amount = row.value('degree_days', (text) => tenths(text, 0, 30_000), 'weather.no-degree-days')
  if (amount === null && row.text('degree_days') === null) row.fault('degree_days', 'value.missing')
  if (row.faults.length > 0 || name === null || period === null || amount === null) return row.faults
  return { station: name, ...period, amount }
}

export type ImportedTemperature = {
  readonly station: string
  /** The hour, in milliseconds since the epoch; the day alone for its mean. */
  readonly at: number | null
  readonly day: string | null
  readonly amount: number
}

export const temperatureFields = {
  station,
  start: ['aika', 'alkuaika', 'päivä', 'tid', 'dag', 'time', 'start', 'day'],
  temperature: ['lämpötila', 'ilman lämpötila', 'keskilämpötila', 'temperatur', 'temperature'],
} as const
type TemperatureField = keyof typeof temperatureFields
export const temperatureColumnFaults = missing(['station', 'start', 'temperature'])

export const readTemperature = (
  mapping: Mapping<TemperatureField>,
  cells: readonly string[],
): ImportedTemperature | readonly CellFault[] => {
  const row = rowReader(mapping, cells)
  const name = row.text('station', 60)
  if (name === null) row.fault('station', 'value.missing')
  const start = row.value('start', (text) => {
    const day = parseDay(text)
    if (!isFault(day)) return { at: null, day }
    const at = readTime(text)
    return typeof at === 'number' ? { at, day: null } : at
  })
  if (start === null && row.text('start') === null) row.fault('start', 'value.missing')
  if (start?.at !== null && start !== null && start.at % 3_600_000 !== 0) row.fault('start', 'register.off-hour')
  const amount = row.value('temperature', (text) => tenths(text, -700, 500), 'weather.no-temperature')
  if (amount === null && row.text('temperature') === null) row.fault('temperature', 'value.missing')
  if (row.faults.length > 0 || name === null || start === null || amount === null) return row.faults
  return { station: name, ...start, amount }
}

export type ImportedArea = {
  readonly kind: 'municipality' | 'postcode' | 'grid-area'
  readonly code: string
  readonly station: string
  /** Null: from ever. */
  readonly from: string | null
}

export const areaFields = {
  area_kind: ['alueen laji', 'laji', 'områdets art', 'kind', 'kind of area'],
  area_code: ['alueen tunnus', 'kuntanumero', 'postinumero', 'verkkoalue', 'områdeskod', 'code', 'area code'],
  station,
  from: ['alkaen', 'från', 'from'],
} as const
type AreaField = keyof typeof areaFields
export const areaColumnFaults = missing(['area_kind', 'area_code', 'station'])

const areaWords: Readonly<Record<string, ImportedArea['kind']>> = {
  kunta: 'municipality',
  kommun: 'municipality',
  municipality: 'municipality',
  postinumero: 'postcode',
  postnummer: 'postcode',
  postcode: 'postcode',
  verkkoalue: 'grid-area',
  nätområde: 'grid-area',
  'grid-area': 'grid-area',
  'grid area': 'grid-area',
}
const areaCodes: Readonly<Record<ImportedArea['kind'], RegExp>> = {
  municipality: /^\d{3}$/,
  postcode: /^\d{5}$/,
  'grid-area': /^\d{2}Y[0-9A-Z-]{13}$/,
}

export const readArea = (
  mapping: Mapping<AreaField>,
  cells: readonly string[],
): ImportedArea | readonly CellFault[] => {
  const row = rowReader(mapping, cells)
  const name = row.text('station', 60)
  if (name === null) row.fault('station', 'value.missing')
  const kind = row.value('area_kind', (text) => areaWords[text.toLowerCase()], 'word.unknown')
  if (kind === null && row.text('area_kind') === null) row.fault('area_kind', 'value.missing')
  const code = row.text('area_code', 20)
  if (code === null) row.fault('area_code', 'value.missing')
  else if (kind !== null && !areaCodes[kind].test(code)) row.fault('area_code', 'weather.no-area')
  const from = row.value('from', (text) => parseDay(text))
  if (row.faults.length > 0 || name === null || kind === null || code === null) return row.faults
  return { kind, code, station: name, from }
}
