// What an amount of energy costs: whole numbers all the way, each line rounded once. Pure; offers, "what would it have cost" and billing rely on it.
import { dayAfter, hoursOf } from '../../../platform/clock.ts'
import { monthOf, type SpotDay, weighed } from './spot.ts'

export type Component =
  | 'monthly'
  | 'energy'
  | 'energy-day'
  | 'energy-night'
  | 'energy-winter'
  | 'energy-other'
  | 'margin'
  | 'effect'
  | 'demand'
  | 'capacity'
type Period = { readonly from: string | null; readonly to: string | null }

/** One component of a product's price during a period; amounts as migrations/0040 says. */
export type Price = {
  readonly component: Component
  /** The main fuse that it is for; empty: any. */
  readonly size: string
  readonly unit: string
  readonly amount: number
  readonly vat_class: string
  readonly tax_class: string | null
  readonly during: Period
}
export type Rate = { readonly kind: string; readonly class: string; readonly amount: number; readonly during: Period }

export type Terms = {
  readonly prices: readonly Price[]
  readonly rates: readonly Rate[]
  /** By local day; the whole of each month where a consumption effect is reckoned. */
  readonly spot: ReadonlyMap<string, SpotDay>
  /** Minutes by which a spot product is priced. */
  readonly spotStep: number
  /** Main fuse of the point, as price lists write it: `3x25A`. */
  readonly size?: string
  /** W of contracted power, or litres per hour of contracted flow. */
  readonly contracted?: number
}

/** A local day of a point: Wh in each of its 92, 96 or 100 quarters, or 23 to 25 hours. */
export type Use = { readonly day: string; readonly step: number; readonly vals: ArrayLike<number> }

export type Line = {
  readonly component: Component | 'spot' | 'electricity-tax' | 'security-fee'
  /** The days that it covers, the last one not. */
  readonly from: string
  readonly to: string
  /** Wh of energy; days of a fee; W or litres per hour of demand and capacity. */
  readonly quantity: number
  readonly unit: string
  /** As in the price list; null of the spot price, which is another at each step. */
  readonly price: number | null
  /** Tenths of a per cent. */
  readonly vat: number
  /** Cents, each rounded once from what is exact, half a cent away from nothing. */
  readonly net: number
  readonly gross: number
}
/** What could not be priced: days without a price of the product, without a rate of the law, or energy without a spot price. */
export type Lack = {
  readonly of: 'price' | 'rate' | 'spot'
  readonly days: number
  readonly from: string
  readonly to: string
  readonly wh: number
}
export type Cost = {
  readonly lines: readonly Line[]
  readonly net: number
  readonly gross: number
  readonly wh: number
  readonly lacking: readonly Lack[]
}

/** Half a unit goes away from nothing, as PostgreSQL rounds a numeric. */
export const rounded = (numerator: bigint, denominator: bigint): number => {
  const size = numerator < 0n ? -numerator : numerator
  const whole = (2n * size + denominator) / (2n * denominator)
  return Number(numerator < 0n ? -whole : whole)
}

/** Whole days of every month are a whole number of these: the least common multiple of 28, 29, 30 and 31. */
const month = 377_580
const daysOfMonth = (day: string): number =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate()
const monthDays = (of: string): readonly string[] =>
  Array.from({ length: daysOfMonth(`${of}-01`) }, (_, i) => `${of}-${String(i + 1).padStart(2, '0')}`)

/** Winter weekdays of seasonal tariffs: Monday to Saturday from November to March. Their hours are those of the day: 7 to 22. */
const winter = (day: string): boolean => {
  const at = new Date(`${day}T00:00Z`)
  return (at.getUTCMonth() < 3 || at.getUTCMonth() > 9) && at.getUTCDay() !== 0
}
const bandOf: Partial<Readonly<Record<Component, (day: number, total: number, winter: boolean) => number>>> = {
  energy: (_, total) => total,
  margin: (_, total) => total,
  'energy-day': (day) => day,
  'energy-night': (day, total) => total - day,
  'energy-winter': (day, _, isWinter) => (isWinter ? day : 0),
  'energy-other': (day, total, isWinter) => (isWinter ? total - day : total),
}

/** Wh of a day by the time of tariffs: day and night, winter day and other time. */
export const inTariffTimes = ({ day, step, vals }: Use) => {
  const { hours } = hoursOf(day)
  const each = 60 / step
  let [total, dayWh] = [0, 0]
  for (let i = 0; i < vals.length; i++) total += vals[i] as number
  for (let i = hours.indexOf(7) * each; i < hours.indexOf(22) * each; i++) dayWh += vals[i] as number
  const winterWh = winter(day) ? dayWh : 0
  return { whole: total, day: dayWh, night: total - dayWh, 'winter-day': winterWh, other: total - winterWh }
}

const covers = ({ from, to }: Period, day: string): boolean =>
  (from === null || from <= day) && (to === null || day < to)

/** What holds on a day, and until which day nothing of it changes. */
type Frame = {
  readonly until: string
  readonly prices: readonly (Price & { readonly vat: number; readonly key: string })[]
  readonly taxes: readonly {
    readonly kind: 'electricity-tax' | 'security-fee'
    readonly of: Price
    readonly vat: number
    readonly amount: number
    readonly key: string
  }[]
  readonly lacks: 'price' | 'rate' | undefined
}

const framesOf = ({ prices, rates, size = '' }: Terms): ((day: string) => Frame) => {
  const ours = prices.filter((price) => price.size === '' || price.size === size)
  const edges = [...ours, ...rates]
    .flatMap(({ during }) => [during.from, during.to])
    .filter((edge) => edge !== null)
    .toSorted()
  const frames = new Map<string, Frame>()
  let last: { readonly from: string; readonly frame: Frame } | undefined
  const make = (day: string, until: string): Frame => {
    const held = ours.filter(({ during }) => covers(during, day))
    // A fee that is told by the main fuse, and none for this one: not free of charge, but unknown.
    const unsized = prices.some(
      (price) => covers(price.during, day) && !held.some((one) => one.component === price.component),
    )
    let lacks: Frame['lacks'] = held.some(({ component }) => component in bandOf) && !unsized ? undefined : 'price'
    const rate = (kind: string, of: string): Rate | undefined =>
      rates.find((one) => one.kind === kind && one.class === of && covers(one.during, day))
    const vatOf = (price: Price): number => {
      if (price.vat_class === 'none') return 0
      const vat = rate('vat', price.vat_class)
      if (vat === undefined) lacks = 'rate'
      return vat?.amount ?? 0
    }
    const keyOf = (what: string, price: Price, vat: number, amount = price.amount) =>
      `${what} ${price.component} ${price.during.from} ${amount} ${vat}`
    const priced = held.map((price) => {
      const vat = vatOf(price)
      return { ...price, vat, key: keyOf('price', price, vat) }
    })
    const taxes = priced.flatMap((price) =>
      price.tax_class === null || !(price.component in bandOf)
        ? []
        : (['electricity-tax', 'security-fee'] as const).flatMap((kind) => {
            const tax = rate(kind, price.tax_class as string)
            if (tax === undefined) lacks = 'rate'
            const amount = tax?.amount ?? 0
            // One line of tax for all bands.
            return [
              { kind, of: price, vat: price.vat, amount, key: `${kind} ${price.tax_class} ${amount} ${price.vat}` },
            ]
          }),
    )
    return { until, prices: priced, taxes, lacks }
  }
  return (day) => {
    if (last !== undefined && last.from <= day && day < last.frame.until) return last.frame
    const until = edges.find((edge) => edge > day) ?? '9999-12-31'
    const from = edges.findLast((edge) => edge <= day) ?? '0000-01-01'
    const frame = frames.get(from) ?? make(day, until)
    frames.set(from, frame)
    last = { from, frame }
    return frame
  }
}

/** A line on its way: `cents` is the exact sum over `of`. */
type Sum = {
  readonly component: Line['component']
  readonly unit: string
  readonly price: number | null
  readonly vat: number
  readonly of: bigint
  from: string
  to: string
  quantity: number
  cents: bigint
}

const perKwh = 1_000_000n
const order: readonly Line['component'][] = [
  'monthly',
  'energy',
  'energy-day',
  'energy-night',
  'energy-winter',
  'energy-other',
  'spot',
  'margin',
  'effect',
  'demand',
  'capacity',
  'electricity-tax',
  'security-fee',
]

const peaksOf = (use: readonly Use[]): ReadonlyMap<string, number> => {
  const peaks = new Map<string, number>()
  for (const { day, step, vals } of use) {
    const of = day.slice(0, 7)
    let most = peaks.get(of) ?? 0
    if (step === 60) for (let i = 0; i < vals.length; i++) most = Math.max(most, vals[i] as number)
    else
      for (let i = 0; i < vals.length; i += 4)
        most = Math.max(
          most,
          (vals[i] as number) + (vals[i + 1] as number) + (vals[i + 2] as number) + (vals[i + 3] as number),
        )
    peaks.set(of, most)
  }
  return peaks
}

/**
 * The cost of days of use by the terms of a product; made once for many points of the same terms. Each day takes the price and the VAT of its own date,
 * so a change splits a line. A month's fee is shared by its days; demand is the highest hour of a month; a consumption effect is reckoned by the month
 * against the mean of all its spot prices. Throws when a day has another number of values than the clock gives it.
 */
export const costing = (terms: Terms): ((use: readonly Use[]) => Cost) => {
  const { spot, spotStep, contracted = 0 } = terms
  const frameAt = framesOf(terms)
  const months = new Map<string, ReturnType<typeof monthOf>>()
  const spotMonth = (of: string) => {
    if (!months.has(of)) months.set(of, monthOf(monthDays(of).map((day) => spot.get(day))))
    return months.get(of)
  }
  const demanding = terms.prices.some(({ component }) => component === 'demand')

  return (use) => {
    const sums = new Map<string, Sum>()
    const lacking = new Map<Lack['of'], { days: number; from: string; to: string; wh: number }>()
    const lack = (of: Lack['of'], day: string, wh: number): void => {
      const known = lacking.get(of)
      const to = dayAfter(day)
      lacking.set(
        of,
        known === undefined
          ? { days: 1, from: day, to, wh }
          : {
              days: known.days + 1,
              from: day < known.from ? day : known.from,
              to: to > known.to ? to : known.to,
              wh: known.wh + wh,
            },
      )
    }
    const peaks = demanding ? peaksOf(use) : undefined
    let wh = 0
    for (const { day, step, vals } of use) {
      const { hours } = hoursOf(day)
      const each = 60 / step
      if (vals.length !== hours.length * each)
        throw new Error(`${day} has ${hours.length * each} steps of ${step} minutes, not ${vals.length}`)
      let total = 0
      for (let i = 0; i < vals.length; i++) total += vals[i] as number
      wh += total
      const frame = frameAt(day)
      if (frame.lacks !== undefined) {
        lack(frame.lacks, day, total)
        continue
      }
      let [dayWh, dayKnown] = [0, false]
      const inBand = (component: Component): number | undefined => {
        const band = bandOf[component]
        if (band === undefined) return undefined
        if (component !== 'energy' && component !== 'margin' && !dayKnown) {
          for (let i = hours.indexOf(7) * each; i < hours.indexOf(22) * each; i++) dayWh += vals[i] as number
          dayKnown = true
        }
        return band(dayWh, total, winter(day))
      }
      const add = (
        key: string,
        line: Pick<Sum, 'component' | 'unit' | 'price' | 'vat' | 'of'>,
        quantity: number,
        cents: bigint,
      ): void => {
        const known = sums.get(key)
        if (known === undefined) {
          sums.set(key, { ...line, from: day, to: dayAfter(day), quantity, cents })
          return
        }
        known.quantity += quantity
        known.cents += cents
        if (day < known.from) known.from = day
        if (day >= known.to) known.to = dayAfter(day)
      }
      const share = month / daysOfMonth(day)
      const ofMonth = day.slice(0, 7)
      for (const price of frame.prices) {
        const { component, unit, amount, vat, key } = price
        const line = { component, unit, price: amount, vat }
        const band = inBand(component)
        if (band !== undefined) add(key, { ...line, of: perKwh }, band, BigInt(band) * BigInt(amount))
        if (component === 'monthly') add(key, { ...line, of: BigInt(month) }, 1, BigInt(amount * share))
        else if (component === 'capacity') {
          add(key, { ...line, of: BigInt(1000 * month) }, 0, BigInt(amount * contracted) * BigInt(share))
          ;(sums.get(key) as Sum).quantity = contracted
        } else if (component === 'demand') {
          const peak = peaks?.get(ofMonth) ?? 0
          add(`${key} ${ofMonth}`, { ...line, of: BigInt(1000 * month) }, 0, BigInt(amount * peak) * BigInt(share))
          ;(sums.get(`${key} ${ofMonth}`) as Sum).quantity = peak
        } else if (component === 'margin' || component === 'effect') {
          const prices = spot.get(day)
          const mean = component === 'effect' ? spotMonth(ofMonth) : undefined
          if (prices === undefined || (component === 'effect' && mean === undefined)) {
            lack('spot', day, total)
            continue
          }
          const { sum, unpriced } = weighed(vals, step, total, prices, spotStep)
          if (unpriced > 0) lack('spot', day, unpriced)
          if (mean === undefined)
            add(`spot ${key}`, { component: 'spot', unit, price: null, vat, of: 4n * perKwh }, total - unpriced, sum)
          else
            add(
              `${key} ${ofMonth}`,
              { ...line, of: 400n * mean.quarters * perKwh },
              total,
              BigInt(amount) * (mean.quarters * sum - 4n * BigInt(total) * mean.sum),
            )
        }
      }
      for (const { kind, of, vat, amount, key } of frame.taxes) {
        const band = inBand(of.component) ?? 0
        add(key, { component: kind, unit: 'kWh', price: amount, vat, of: perKwh }, band, BigInt(band) * BigInt(amount))
      }
    }
    const lines = [...sums.values()]
      .map(({ cents, of, ...line }): Line => ({
        ...line,
        net: rounded(cents, of),
        gross: rounded(cents * BigInt(1000 + line.vat), of * 1000n),
      }))
      .toSorted(
        (a, b) =>
          order.indexOf(a.component) - order.indexOf(b.component) || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0),
      )
    return {
      lines,
      net: lines.reduce((sum, { net }) => sum + net, 0),
      gross: lines.reduce((sum, { gross }) => sum + gross, 0),
      wh,
      lacking: [...lacking].map(([of, what]) => ({ of, ...what })),
    }
  }
}
