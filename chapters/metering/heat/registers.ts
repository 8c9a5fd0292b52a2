// From what registers showed to what was used: the difference of two readings, over the end of the register and the exchange of the meter. Pure.
import { registers, type Shown } from './block.ts'

export type Reading = {
  /** Milliseconds since the epoch; an hour begins then. */
  readonly at: number
  readonly shown: Shown
}

type Edge = readonly [energy: number | null, volume: number | null]
export type MeterAt = {
  readonly serial: string
  readonly from: number
  /** When it went; null: it stands. */
  readonly to: number | null
  readonly digits: number | null
  readonly multiplier: number
  /** What it showed when it came, and when it went. */
  readonly first: Edge
  readonly last: Edge
}

/** Of the moment of an exchange it is the meter that came. */
export const meterAt = (meters: readonly MeterAt[], at: number): MeterAt | undefined =>
  meters.filter(({ from, to }) => from <= at && (to === null || at <= to)).toSorted((a, b) => b.from - a.from)[0]

/** Of its range: less was used than that when a register began again, or it did not. */
const mostAround = 0.1
/** Smallest units of a register in one of those that its digits count: Wh in a kWh, millilitres in a m3, litre-degrees in a m3 x °C. */
const unitsOf = { energy: 1_000, volume: 1_000_000, supply: 1_000, back: 1_000 } as const

/** Undefined: it went backwards. */
const between = (before: number, after: number, register: number, digits: number | null): number | undefined => {
  if (after >= before) return after - before
  if (digits === null) return undefined
  const range = 10 ** digits * unitsOf[registers[register] ?? 'energy']
  const around = range + after - before
  return around >= 0 && around <= range * mostAround ? around : undefined
}

export type Used = readonly [energy: number, volume: number | null, supply: number | null, back: number | null]
export type Refusal = 'register.backwards' | 'register.exchange-unread'

/**
 * What went through between two readings. Of an exchange the readings of the meter that went and of the one that came are taken in between; products
 * of volume and temperature are not read then, so that they are not known over it.
 */
export const used = (a: Reading, b: Reading, meters: readonly MeterAt[]): Used | Refusal => {
  const [first, last] = [meterAt(meters, a.at), meterAt(meters, b.at)]
  const passed =
    first === undefined || last === undefined || first === last
      ? []
      : meters.filter(({ from }) => from >= first.from && from <= last.from)
  const one = (register: number): number | null | undefined => {
    const [before, after] = [a.shown[register] ?? null, b.shown[register] ?? null]
    if (before === null || after === null) return null
    if (passed.length === 0) {
      const difference = between(before, after, register, (last ?? first)?.digits ?? null)
      return difference === undefined ? undefined : difference * ((last ?? first)?.multiplier ?? 1)
    }
    let sum = 0
    for (const meter of passed) {
      const from = meter === first ? before : meter.first[register]
      const to = meter === last ? after : meter.last[register]
      if (from === null || from === undefined || to === null || to === undefined) return null
      const difference = between(from, to, register, meter.digits)
      if (difference === undefined) return undefined
      sum += difference * meter.multiplier
    }
    return sum
  }
  const [energy, volume, supply, back] = registers.map((_, i) => one(i))
  if (energy === null) return 'register.exchange-unread'
  if (energy === undefined || volume === undefined || supply === undefined || back === undefined)
    return 'register.backwards'
  return [energy, volume, supply, back]
}

export const hour = 3_600_000
/** Hours between two readings over which use is still shared out; beyond it nobody knows when it was. */
export const longest = 400 * 24

export type Hour = {
  readonly at: number
  readonly used: Used
  /** Shared out evenly over hours that were not read. */
  readonly estimated: boolean
}

/** The hours from `from` to `to`, which is a reading later: whole numbers whose sum is exactly what was used. */
export const sharedOut = (from: number, to: number, all: Used): readonly Hour[] => {
  const count = (to - from) / hour
  const part = (whole: number, i: number): number =>
    Number((BigInt(whole) * BigInt(i + 1)) / BigInt(count) - (BigInt(whole) * BigInt(i)) / BigInt(count))
  return Array.from({ length: count }, (_, i) => ({
    at: from + i * hour,
    used: all.map((whole) => (whole === null ? null : part(whole, i))) as unknown as Used,
    estimated: count > 1,
  }))
}

export type Fault = Refusal | 'register.leap'
export type Judged<R extends Reading> = {
  /** Of each that can be compared with the one before it: the two, and what was used. */
  readonly pairs: readonly { readonly before: R; readonly after: R; readonly used: Used }[]
  readonly refused: readonly (readonly [R, Fault])[]
}

/**
 * Readings one after another. One that shows less than the one before is refused; but if both that follow show less than it while neither shows less than the one
 * before it, then it is itself that leapt. After a long silence they are begun anew.
 * @param readings in the order of time
 * @param brought those that may be refused; what is known already stands
 */
export const judged = <R extends Reading>(
  readings: readonly R[],
  meters: readonly MeterAt[],
  brought: (reading: R) => boolean,
): Judged<R> => {
  const kept: R[] = []
  const refused: [R, Fault][] = []
  const fits = (before: R, after: R): boolean => typeof used(before, after, meters) !== 'string'
  const leapt = (before: R, reading: R, i: number): boolean => {
    const following = readings.slice(i + 1, i + 3)
    return (
      following.length === 2 &&
      following.every((next) => used(reading, next, meters) === 'register.backwards' && fits(before, next))
    )
  }
  readings.forEach((reading, i) => {
    for (;;) {
      const before = kept.at(-1)
      const is = before === undefined ? undefined : used(before, reading, meters)
      if (before !== undefined && typeof is === 'string') {
        if (brought(reading)) return void refused.push([reading, is])
        // What is known stands: what was brought before it does not fit.
        if (brought(before)) {
          refused.push([before, 'register.leap'])
          kept.pop()
          continue
        }
      } else if (before !== undefined && brought(reading) && leapt(before, reading, i))
        return void refused.push([reading, 'register.leap'])
      return void kept.push(reading)
    }
  })
  const pairs = kept.slice(1).flatMap((after, i) => {
    const before = kept[i] as R
    const is = used(before, after, meters)
    return typeof is === 'string' || after.at - before.at > longest * hour ? [] : [{ before, after, used: is }]
  })
  return { pairs, refused }
}
