// A day of spot prices, ready to be multiplied: four times the price of each quarter or hour, so that an hour's mean of four quarters stays whole. Pure.

/** 1/1,000 cent per kWh without VAT from the day's first step on; null where none has come. */
export type SpotDay = { readonly step: number; readonly prices: readonly (number | null)[] }

type Fourfold = {
  /** NaN where a price is lacking. */
  readonly values: Float64Array
  readonly whole: boolean
  /** The farthest from nothing. */
  readonly most: number
}
type Both = { readonly quarters: Fourfold | undefined; readonly hours: Fourfold }

const fourfold = (values: Float64Array): Fourfold => {
  let most = 0
  let whole = true
  for (const value of values)
    if (Number.isNaN(value)) whole = false
    else most = Math.max(most, Math.abs(value))
  return { values, whole, most }
}
const numberOf = (price: number | null | undefined): number => price ?? Number.NaN

const known = new WeakMap<SpotDay, Both>()

const bothOf = (day: SpotDay): Both => {
  const before = known.get(day)
  if (before !== undefined) return before
  const { prices } = day
  const fine = day.step === 15
  const hours = Float64Array.from({ length: fine ? prices.length / 4 : prices.length }, (_, i) =>
    fine
      ? numberOf(prices[4 * i]) +
        numberOf(prices[4 * i + 1]) +
        numberOf(prices[4 * i + 2]) +
        numberOf(prices[4 * i + 3])
      : 4 * numberOf(prices[i]),
  )
  const quarters = fine ? fourfold(Float64Array.from(prices, (price) => 4 * numberOf(price))) : undefined
  const made = { quarters, hours: fourfold(hours) }
  known.set(day, made)
  return made
}

export type Weighed = {
  /** Wh × 4/1,000 cent per kWh. */
  readonly sum: bigint
  /** Wh for which no price has come. */
  readonly unpriced: number
}

/**
 * The values of a day, Wh, by its prices. A quarter goes by its own price only where both the product and the prices have quarters; else the price of an
 * hour, which is the mean of its four quarters, is that of each of its quarters.
 */
export const weighed = (vals: ArrayLike<number>, step: number, total: number, spot: SpotDay, by: number): Weighed => {
  const { quarters, hours } = bothOf(spot)
  const fine = step === 15 && by === 15 && quarters !== undefined
  const { values, whole, most } = fine ? quarters : hours
  const shift = step === 15 && !fine ? 2 : 0
  if (whole && total * most <= Number.MAX_SAFE_INTEGER) {
    let sum = 0
    for (let i = 0; i < vals.length; i++) sum += (vals[i] as number) * (values[i >> shift] as number)
    return { sum: BigInt(sum), unpriced: 0 }
  }
  let [sum, unpriced] = [0n, 0]
  for (let i = 0; i < vals.length; i++) {
    const [wh, price] = [vals[i] as number, values[i >> shift] as number]
    if (Number.isNaN(price)) unpriced += wh
    else sum += BigInt(wh) * BigInt(price)
  }
  return { sum, unpriced }
}

/** Sum of the prices of a month's quarters, and how many there are; undefined while any is lacking. */
export const monthOf = (
  days: readonly (SpotDay | undefined)[],
): { readonly sum: bigint; readonly quarters: bigint } | undefined => {
  let [sum, quarters] = [0, 0]
  for (const day of days) {
    const hours = day && bothOf(day).hours
    if (hours?.whole !== true) return undefined
    // An hour's fourfold price is the sum over its quarters.
    for (const value of hours.values) sum += value
    quarters += 4 * hours.values.length
  }
  return { sum: BigInt(sum), quarters: BigInt(quarters) }
}
