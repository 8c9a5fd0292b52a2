// How a sender's row becomes one value of a point: as a customer exports them from the datahub's portal, or as any table with these columns. Pure.
import { instantOf } from '../../../platform/clock.ts'
import {
  type CellFault,
  isFault,
  type Mapping,
  parseDay,
  rowReader,
  type ValueFault,
} from '../../../platform/tabular/index.ts'
import { qualities } from '../api.ts'
import { fits } from '../block.ts'
import { placeOf, slotsOf, type Step } from '../grid.ts'

export const fields = {
  point: [
    'mittauspisteen tunnus',
    'käyttöpaikkatunnus',
    'käyttöpaikan tunnus',
    'käyttöpaikka',
    'mittauspiste',
    'gsrn',
    'driftplats',
    'driftplats-id',
    'mätpunktens kod',
    'accounting point',
    'metering point',
  ],
  start: ['alkuaika', 'aika', 'alkaen', 'starttid', 'tid', 'start', 'start time', 'time'],
  amount: ['määrä', 'kulutus', 'energia', 'mängd', 'förbrukning', 'quantity', 'consumption', 'amount'],
  unit: ['yksikkötyyppi', 'yksikkö', 'enhet', 'unit', 'unit type'],
  resolution: ['resoluutio', 'aikajako', 'upplösning', 'resolution'],
  quality: ['laatu', 'tila', 'status', 'kvalitet', 'quality'],
  energy_product: ['tuotteen tyyppi', 'produkttyp', 'product type'],
} as const
export type Field = keyof typeof fields

export const columnFaults = (mapping: Mapping): readonly CellFault[] =>
  ['point', 'start', 'amount']
    .filter((field) => mapping[field] === undefined)
    .map((field) => ({ field, code: 'column.missing', value: '' }))

export type ImportedValue = {
  readonly point: string
  readonly day: string
  readonly step: Step
  readonly slot: number
  /** Wh, whole. */
  readonly value: number
  /** Its place among `qualities`. */
  readonly quality: number
}

/** Powers of ten over the watt-hour. */
const units: Readonly<Record<string, number>> = { wh: 0, kwh: 3, mwh: 6, gwh: 9 }
export const unitPower = (unit: string): number | undefined => units[unit.toLowerCase()]

/**
 * Whole watt-hours of `2,126000` and its unit, rounded half away from zero: the datahub writes millionths of a kilowatt-hour, and meters measure none.
 * Undefined for what is no number, or more than a value can be.
 */
export const wattHours = (written: string, unit: string): number | undefined => {
  const parts = /^([-\u2212]?)(\d{1,15})(?:[.,](\d{1,12}))?$/.exec(written.replaceAll(/[\s\u00a0]/g, ''))
  const power = units[unit.toLowerCase()]
  if (parts === null || power === undefined) return undefined
  const [, sign = '', whole = '', decimals = ''] = parts
  const fraction = decimals.padEnd(power + 1, '0')
  const divisor = 10n ** BigInt(fraction.length - power)
  const size = Number((BigInt(whole + fraction) + divisor / 2n) / divisor)
  const value = sign === '' || size === 0 ? size : -size
  return fits(value) ? value : undefined
}

const stepWords: Readonly<Record<string, Step>> = { pt15m: 15, pt15min: 15, '15': 15, pt1h: 60, pt60m: 60, '60': 60 }

export const stepOf = (resolution: string): Step | undefined => stepWords[resolution.toLowerCase()]

/** What the datahub, its portal and people call the goodness of a value. */
const qualityWords: Readonly<Record<string, (typeof qualities)[number]>> = {
  ok: 'measured',
  mitattu: 'measured',
  uppmätt: 'measured',
  measured: 'measured',
  revised: 'revised',
  z01: 'revised',
  korjattu: 'revised',
  est: 'estimated',
  '99': 'estimated',
  '56': 'estimated',
  e56: 'estimated',
  e21: 'estimated',
  '21': 'estimated',
  arvioitu: 'estimated',
  estimated: 'estimated',
  uncertain: 'uncertain',
  z02: 'uncertain',
  epävarma: 'uncertain',
  missing: 'missing',
  pmissing: 'missing',
  z04: 'missing',
  puuttuu: 'missing',
}

/**
 * A place among `qualities`. Who does not know the amount says so by leaving it out; a value that is there counts, whatever is said of it.
 * @param told whether an amount stands beside it @returns undefined for an unknown word, and where an amount should stand
 */
export const qualityOf = (word: string, told: boolean): number | undefined => {
  const said = word === '' ? (told ? 'measured' : 'missing') : qualityWords[word.toLowerCase()]
  if (said === undefined || (!told && said !== 'missing')) return undefined
  return qualities.indexOf(told && said === 'missing' ? 'uncertain' : said)
}

export const activeEnergy = '8716867000030'
export const [firstDay, lastDay] = ['2010-01-01', '2040-12-31']

const fault = (code: string, message: string): ValueFault => ({ code, message })

/**
 * An instant with its zone, or a time of Finland (`29.3.2026 3:00`, `2026-03-29 03:00`), in milliseconds since the epoch. The hour that comes twice in autumn
 * says no more which of the two it is, and that which is left out in spring is none.
 */
export const readTime = (written: string): number | ValueFault => {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(written)) {
    const time = Date.parse(written)
    return Number.isNaN(time) ? fault('value.no-such-time', 'there is no such time') : time
  }
  const parts = /^(.+?)[T ](?:klo )?(\d{1,2})[.:](\d\d)(?:[.:]00)?$/.exec(written)
  if (parts === null) return fault('value.no-time', 'write it as 2026-11-24T08:00:00Z or 24.11.2026 10:00')
  const day = parseDay(parts[1] ?? '')
  if (isFault(day)) return day
  const [hour, minute] = [Number(parts[2]), Number(parts[3])]
  if (hour > 23 || minute > 59) return fault('value.no-such-time', 'there is no such time')
  if (day < firstDay || day > lastDay) return fault('day.out-of-range', `from ${firstDay} to ${lastDay}`)
  const hours = slotsOf(day, 60)
  if (hour === 3 && hours !== 24)
    return hours === 25
      ? fault('value.time-twice', 'the clocks go back: write it with its zone, 2026-10-25T00:00:00Z')
      : fault('value.no-such-time', 'the clocks go forward over this hour')
  return Date.parse(instantOf(day, `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`))
}

export const readValue = (mapping: Mapping<Field>, cells: readonly string[]): ImportedValue | readonly CellFault[] => {
  const row = rowReader(mapping, cells)
  const point = row.text('point', 60)
  if (point === null) row.fault('point', 'value.missing')
  const step = row.value('resolution', stepOf, 'resolution.unknown') ?? 60
  const time = row.value('start', readTime)
  if (time === null && row.text('start') === null) row.fault('start', 'value.missing')
  const place = time === null ? undefined : placeOf(time, step)
  if (time !== null && place === undefined) row.fault('start', 'value.off-grid')
  else if (place !== undefined && (place.day < firstDay || place.day > lastDay)) row.fault('start', 'day.out-of-range')
  const product = row.text('energy_product', 60)
  if (product !== null && product !== activeEnergy) row.fault('energy_product', 'energy-product.unknown')
  const said = row.value('quality', (text) => qualityWords[text.toLowerCase()], 'word.unknown')
  const unit = row.text('unit', 10) ?? 'kWh'
  if (unitPower(unit) === undefined) row.fault('unit', 'unit.unknown')
  const amount = row.value('amount', (text) => wattHours(text, unit), 'value.no-number')
  // Who does not know the amount says so by leaving it out; a value that is there counts, whatever is said of it.
  if (amount === null && row.text('amount') === null && said !== null && said !== 'missing')
    row.fault('amount', 'value.missing')
  if (row.faults.length > 0 || point === null || place === undefined) return row.faults
  const quality = amount === null ? 'missing' : said === 'missing' ? 'uncertain' : (said ?? 'measured')
  return { point: point.replaceAll(' ', ''), ...place, step, value: amount ?? 0, quality: qualities.indexOf(quality) }
}
