// Whether a day of values can be true of its point, and whether it is likely to be. Pure, over whole days: any way in calls it. Why each bound is where it is: docs/decisions/energy.md.
import { qualities } from '../api.ts'
import { slotsOf, type Step } from '../grid.ts'

/** W. `carries`: nothing to wonder at up to this. `most`: no more than this can have been. */
export type Capacity = { readonly carries: number; readonly most: number }

/** What is known of a point on a day, before its values are looked at. */
export type Expected = {
  readonly kind: 'consumption' | 'production'
  /** Its values are reckoned, not measured: they may well be the same all day. */
  readonly unmetered: boolean
  /** Minutes of a value as the point is metered on that day; null where nothing says. */
  readonly resolution: number | null
  /** Null where neither fuse nor contract is known. */
  readonly capacity: Capacity | null
  /** W: nothing was greater in its own days before; null where they are too few. */
  readonly usual: number | null
}

export type Connected = {
  readonly main_fuse: string | null
  readonly capacity_kw: number | null
  /** m³/h */
  readonly contract_flow: number | null
  /** kW */
  readonly contract_power: number | null
}

const phaseVolts = 230
/** kWh that a cubic metre of district heating water gives at most: cooled by 90 degrees. */
const heatOfWater = 105

/** W that a fuse carries for ever: `3x25A`, `1x25`, `2x3x63` (two in parallel). */
export const fuseWatts = (fuse: string): number | undefined => {
  const parts = /^(?:(\d{1,2})x)?([13])x(\d{1,4})\s*A?$/i.exec(fuse.trim())
  if (parts === null) return undefined
  const [, parallel = '1', phases, amperes] = parts
  return Number(parallel) * Number(phases) * Number(amperes) * phaseVolts
}

/** A fuse cuts at twice its rating within minutes. A contract cuts nothing: only what is of another order is no more a peak. */
export const capacityOf = ({ main_fuse, capacity_kw, contract_flow, contract_power }: Connected): Capacity | null => {
  const fuse = main_fuse === null ? undefined : fuseWatts(main_fuse)
  if (fuse !== undefined) return { carries: fuse, most: 2 * fuse }
  const agreed = contract_power ?? (contract_flow === null ? null : contract_flow * heatOfWater) ?? capacity_kw
  return agreed === null ? null : { carries: 2000 * agreed, most: 10_000 * agreed }
}

/** What is wrong with a series as a whole, before its values are looked at. `count`: how many there are for the day. */
export const seriesFault = (
  { resolution }: Expected,
  { day, step, count }: { readonly day: string; readonly step: Step; readonly count: number },
): string | undefined => {
  if (resolution !== null && resolution !== step) return 'resolution.not-of-point'
  return count === slotsOf(day, step) ? undefined : 'day.wrong-count'
}

/** Why it cannot be. @param value Wh */
export const valueFault = ({ kind, capacity }: Expected, step: Step, value: number): string | undefined => {
  if (value < 0 && kind === 'consumption') return 'value.negative'
  return capacity !== null && Math.abs(value) * (60 / step) > capacity.most ? 'value.over-capacity' : undefined
}

const [measured, uncertain] = [qualities.indexOf('measured'), qualities.indexOf('uncertain')]
/** How many times the greatest of its own days, and from how much on, where no fuse says what is little. */
const [spike, little] = [3, 10_000]

const unlikely = ({ capacity, usual }: Expected, step: Step, value: number): boolean => {
  const watts = Math.abs(value) * (60 / step)
  if (value < 0 || (capacity !== null && watts > capacity.carries)) return true
  // A home that wakes from an empty month is no spike: it uses less than half of what its fuse carries.
  return usual !== null && watts > spike * usual && watts > (capacity === null ? little : capacity.carries / 2)
}

/** A register that stands still gives no change, so zero; the same amount all day is a value that is sent again and again. */
const isStuck = ({ unmetered }: Expected, values: Int32Array, said: Uint8Array): boolean => {
  const [first = 0] = values
  return (
    !unmetered && first !== 0 && values.every((value) => value === first) && said.every((each) => each === measured)
  )
}

/**
 * The qualities of a day, where what is said to be measured and is unlikely has become uncertain; what somebody has looked at (revised) or
 * reckoned stays what it is. The same array when nothing is to be doubted.
 * @param values Wh, of the whole day @param said a place among `qualities` for each
 */
export const doubted = (expected: Expected, step: Step, values: Int32Array, said: Uint8Array): Uint8Array => {
  if (isStuck(expected, values, said)) return new Uint8Array(said.length).fill(uncertain)
  let found = said
  for (let slot = 0; slot < values.length; slot++)
    if (said[slot] === measured && unlikely(expected, step, values[slot] ?? 0)) {
      if (found === said) found = Uint8Array.from(said)
      found[slot] = uncertain
    }
  return found
}
