// How a sender's row becomes a spot price of a quarter or an hour, and how prices that come become days. Pure.
import { dayOf, hoursOf } from '../../../platform/clock.ts'
import {
  type CellFault,
  type Mapping,
  parseDecimal,
  rowReader,
  type ValueFault,
} from '../../../platform/tabular/index.ts'

export const fields = {
  time: [
    'aika',
    'tunti',
    'alkuaika',
    'alkaa',
    'tid',
    'starttid',
    'timme',
    'time',
    'hour',
    'start',
    'timestamp',
    'datetime',
    'utc',
  ],
  price_vat: [
    'hinta sis alv',
    'hinta (snt/kWh, sis. alv)',
    'hinta alv',
    'pris inkl moms',
    'price with vat',
    'price incl vat',
    'price vat',
  ],
  price: [
    'hinta ilman alv',
    'hinta alv 0',
    'hinta alv 0 %',
    'hinta (snt/kWh, alv 0 %)',
    'pris utan moms',
    'price without vat',
    'price excl vat',
  ],
  price_mwh: ['eur/mwh', '€/mwh', 'hinta eur/mwh', 'pris eur/mwh', 'price eur/mwh', 'hinta (€/MWh)', 'price mwh'],
  area: ['alue', 'hinta-alue', 'tarjousalue', 'område', 'elområde', 'area', 'bidding zone', 'zone'],
} as const
export type Field = keyof typeof fields

const amounts = ['price_vat', 'price', 'price_mwh'] as const

/** A column called `price` does not say whether VAT is in it: that is for a person to say, never guessed. */
export const columnFaults = (mapping: Mapping): readonly CellFault[] => [
  ...(mapping['time'] === undefined ? [{ field: 'time', code: 'column.missing', value: '' }] : []),
  ...(amounts.filter((field) => mapping[field] !== undefined).length === 1
    ? []
    : [{ field: 'price', code: 'column.one-price', value: '' }]),
]

export type ImportedPrice = {
  readonly area: string
  /** RFC 3339 in UTC: where the quarter or the hour begins. */
  readonly time: string
  readonly amount: string
  readonly as: (typeof amounts)[number]
}

const quarter = 900_000
const instant = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/

const readTime = (text: string): string | ValueFault => {
  const parts = instant.exec(text)
  if (parts === null) return { code: 'time.no-zone', message: 'the time has no zone' }
  const zone = (parts[4] as string).replace(/(\d\d)(\d\d)$/, '$1:$2')
  const at = Date.parse(`${parts[1]}T${parts[2]}${parts[3] ?? ''}${zone}`)
  if (!(at > 0)) return { code: 'value.no-such-day', message: 'there is no such time' }
  return at % quarter === 0
    ? new Date(at).toISOString()
    : { code: 'time.uneven', message: 'neither an hour nor a quarter begins then' }
}

/** In cents or euros no one writes thousands: a point or a comma is before decimals. */
const readAmount = (text: string) => parseDecimal(text, text.includes(',') ? ',' : '.')

export const readPrice = (mapping: Mapping<Field>, cells: readonly string[]): ImportedPrice | readonly CellFault[] => {
  const row = rowReader(mapping, cells)
  const as = amounts.find((field) => mapping[field] !== undefined) ?? 'price'
  const time = row.value('time', readTime)
  if (time === null && row.text('time') === null) row.fault('time', 'value.missing')
  const amount = row.value(as, readAmount)
  if (amount === null && row.text(as) === null) row.fault(as, 'value.missing')
  const area = (row.text('area', 20) ?? 'FI').toUpperCase()
  return row.faults.length > 0 ? row.faults : { area, time: time ?? '', amount: amount ?? '', as }
}

/** Ten euros a kilowatt-hour, more than twice what the exchange allows: beyond it the unit is another one. */
const most = 1_000_000

/**
 * 1/1,000 cent per kWh without VAT: a hundredth of a euro per MWh, which is how finely the exchange prices, so nothing is lost by rounding. `vat` in tenths
 * of a per cent. Undefined: too large for a price in this unit.
 */
export const unitsOf = ({ amount, as }: Pick<ImportedPrice, 'amount' | 'as'>, vat: number): number | undefined => {
  if (!/^-?\d{1,9}(\.\d{1,12})?$/.test(amount)) return undefined
  const [, minus, whole = '', decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? []
  const digits = BigInt(whole + decimals) * (as === 'price_mwh' ? 100n : 1000n) * (as === 'price_vat' ? 1000n : 1n)
  const of = 10n ** BigInt(decimals.length) * (as === 'price_vat' ? BigInt(1000 + vat) : 1n)
  const units = Number((2n * digits + of) / (2n * of))
  return units > most ? undefined : minus === '-' ? -units : units
}

/** `at`: milliseconds from the day's midnight. */
export const placeOf = (time: string): { readonly day: string; readonly at: number } => {
  const instant_ = new Date(time)
  const day = dayOf(instant_)
  return { day, at: instant_.getTime() - hoursOf(day).start }
}

/** Minutes of the step of a day's prices: a row on a quarter, or a neighbour a quarter away, makes it one of quarters. */
export const stepOf = (times: readonly number[], all: ReadonlySet<number>): 15 | 60 =>
  times.some((time) => time % (4 * quarter) !== 0 || all.has(time - quarter) || all.has(time + quarter)) ? 15 : 60

export type Known = { readonly step: number; readonly prices: readonly (number | null)[]; readonly own: boolean }
export type Became = 'fresh' | 'changed' | 'same' | 'coarser'
export type DayOf<R> = {
  readonly step: number
  readonly prices: readonly (number | null)[]
  readonly became: readonly (readonly [R, Became])[]
}

const meanOf = (of: readonly (number | null)[]): number | null => {
  if (of.includes(null)) return null
  const sum = of.reduce((so: number, price) => so + (price ?? 0), 0)
  return (Math.sign(sum) * Math.round(Math.abs(sum) / of.length)) as number
}

/**
 * The day as it is with these prices. Quarters make an hourly day finer, the price of the hour standing in each until its own comes; an hourly price
 * never makes quarters coarser, unless the same file is still bringing them (`own`).
 */
export const dayWith = <R extends { readonly at: number; readonly units: number }>(
  day: string,
  rows: readonly R[],
  step: number,
  known: Known | undefined,
): DayOf<R> => {
  const finer = known?.step === 15 && step === 60
  if (finer && !known.own) {
    const became = rows.map((row): readonly [R, Became] => {
      const slot = row.at / quarter
      return [row, meanOf(known.prices.slice(slot, slot + 4)) === row.units ? 'same' : 'coarser']
    })
    return { step: 15, prices: known.prices, became }
  }
  const by = finer ? 15 : step
  const prices: (number | null)[] =
    known === undefined
      ? Array.from({ length: (hoursOf(day).hours.length * 60) / by }, () => null)
      : known.step === by
        ? [...known.prices]
        : known.prices.flatMap((price) => [price, price, price, price])
  const became = rows.map((row): readonly [R, Became] => {
    const slot = row.at / (by * 60_000)
    const before = prices[slot] ?? null
    prices[slot] = row.units
    return [row, before === null ? 'fresh' : before === row.units ? 'same' : 'changed']
  })
  return { step: by, prices, became }
}
