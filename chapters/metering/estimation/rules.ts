// What values that are missing are estimated to have been: from the point's own days, else from a load profile and the annual estimate. Pure, in whole numbers, the same for the same.
import { qualities } from '../api.ts'
import { dayAfter, type Step } from '../grid.ts'
import { clockOf, dayKindOf } from './calendar.ts'
import { type Profile, sharesOf, wholeYear } from './profiles.ts'

export type Day = {
  readonly day: string
  readonly step: Step
  /** Wh */
  readonly values: Int32Array
  /** Places among `qualities`. */
  readonly said: Uint8Array
}
export type Yearly = { readonly wh: number; readonly profile: Profile }
export type Estimated = { readonly values: Int32Array; readonly said: Uint8Array; readonly by: 'history' | 'profile' }

const [missing, estimated] = [qualities.indexOf('missing'), qualities.indexOf('estimated')]
const known = new Set([qualities.indexOf('measured'), qualities.indexOf('revised')])

/** How many days before and after a gap are looked at, and how many of one kind, the nearest, make the mean. */
export const looksBack = 28
export const looksAhead = 7
const nearest = 4
const fewest = 2
/** Holds the mean of one to four values whole. */
const parts = 12n

/** A whole number shared by weights: each gets its part rounded down, and what is left goes to those who lost most, the earlier first. */
export const shared = (total: bigint, weights: readonly bigint[]): readonly bigint[] => {
  const sum = weights.reduce((all, weight) => all + weight, 0n)
  if (sum === 0n) return weights.map(() => 0n)
  const given = weights.map((weight) => (total * weight) / sum)
  const left = Number(total - given.reduce((all, each) => all + each, 0n))
  const order = weights
    .map((weight, at) => ({ at, lost: (total * weight) % sum }))
    .toSorted((a, b) => (a.lost === b.lost ? a.at - b.at : a.lost < b.lost ? 1 : -1))
  for (const { at } of order.slice(0, left)) given[at] = (given[at] ?? 0n) + 1n
  return given
}

const rounded = (over: bigint, under: bigint): bigint => (2n * over + under) / (2n * under)

const apart = (a: string, b: string): number => Math.abs(Date.parse(a) - Date.parse(b))

/** The mean of what the point used at each time of the clock on days of the same kind, in twelfths of a Wh; undefined where too few days tell. */
const usualOf = (day: string, step: Step, count: number, history: readonly Day[]): readonly (bigint | undefined)[] => {
  const kind = dayKindOf(day)
  const alike = history
    .filter((each) => each.day !== day && each.step === step && dayKindOf(each.day) === kind)
    .toSorted((a, b) => apart(a.day, day) - apart(b.day, day) || (a.day < b.day ? -1 : 1))
  const told = new Map<number, { sum: bigint; n: bigint }>()
  for (const { day: other, values, said } of alike)
    values.forEach((value, slot) => {
      if (!known.has(said[slot] ?? missing)) return
      const clock = clockOf(other, step, slot)
      const { sum, n } = told.get(clock) ?? { sum: 0n, n: 0n }
      if (n < nearest) told.set(clock, { sum: sum + BigInt(value), n: n + 1n })
    })
  return Array.from({ length: count }, (_, slot) => {
    const at = told.get(clockOf(day, step, slot))
    return at === undefined || at.n < fewest ? undefined : (at.sum * parts) / at.n
  })
}

type Ratio = { readonly over: bigint; readonly under: bigint }
const one: Ratio = { over: 1n, under: 1n }

/** Four times as much or a fourth is as far as days near each other lead. */
const held = ({ over, under }: Ratio): Ratio => {
  if (under <= 0n || over < 0n) return one
  if (over > 4n * under) return { over: 4n, under: 1n }
  return 4n * over < under ? { over: 1n, under: 4n } : { over, under }
}

/** What was used against what is usual, over the values that are known of these days. */
const compared = (days: readonly Day[], history: readonly Day[]): Ratio & { readonly count: number } => {
  let [over, under, count] = [0n, 0n, 0]
  for (const each of days) {
    const usual = usualOf(each.day, each.step, each.values.length, history)
    each.values.forEach((value, slot) => {
      const expected = usual[slot]
      if (expected === undefined || !known.has(each.said[slot] ?? missing)) return
      over += BigInt(value) * parts
      under += expected
      count += 1
    })
  }
  return { over, under, count }
}

/** By the day itself when a quarter of it is known, else by the days on both sides. */
const scaleOf = (gap: Day, beside: readonly Day[], history: readonly Day[]): Ratio => {
  const itself = compared([gap], history)
  if (4 * itself.count >= gap.values.length) return held(itself)
  const around = compared(beside, history)
  return around.count === 0 ? one : held(around)
}

const filledWith = (gap: Day, slots: readonly number[], amounts: readonly bigint[], by: Estimated['by']): Estimated => {
  const [values, said] = [Int32Array.from(gap.values), Uint8Array.from(gap.said)]
  slots.forEach((slot, i) => {
    values[slot] = Number(amounts[i] ?? 0n)
    said[slot] = estimated
  })
  return { values, said, by }
}

/**
 * The day with its missing values estimated; undefined when neither its own days nor a profile tell them.
 * @param history days of the same point around the gap, in any order
 */
export const estimate = (gap: Day, history: readonly Day[], yearly: Yearly | undefined): Estimated | undefined => {
  const slots = [...gap.said].flatMap((each, slot) => (each === missing ? [slot] : []))
  if (slots.length === 0) return undefined
  const sides = new Set([-1, 1].map((by) => dayAfter(gap.day, by)))
  const isBeside = ({ day, step }: Day): boolean => sides.has(day) && step === gap.step
  // The days that scale it are none of those that make the mean, unless there are no others.
  for (const [told, beside] of [
    [history.filter((each) => !isBeside(each)), history.filter(isBeside)],
    [history, []],
  ] as const) {
    const usual = usualOf(gap.day, gap.step, gap.values.length, told)
    const weights = slots.flatMap((slot) => usual[slot] ?? [])
    if (weights.length < slots.length || weights.some((weight) => weight < 0n)) continue
    const { over, under } = scaleOf(gap, beside, told)
    const sum = weights.reduce((all, weight) => all + weight, 0n)
    return filledWith(gap, slots, shared(rounded(sum * over, parts * under), weights), 'history')
  }
  if (yearly === undefined) return undefined
  const shares = sharesOf(yearly.profile, gap.day, gap.step, gap.values.length)
  const ofGap = slots.map((slot) => shares[slot] ?? 0n)
  const sum = ofGap.reduce((all, share) => all + share, 0n)
  return filledWith(gap, slots, shared(rounded(BigInt(yearly.wh) * sum, wholeYear), ofGap), 'profile')
}
