// What a point will use in a year, from what it used: its last twelve months, and days that are lacking in the shape of its kind. Pure, whole watt-hours.
import { dayAfter } from '../grid.ts'

export const bandsOf = {
  whole: ['whole'],
  'night-day': ['day', 'night'],
  seasonal: ['winter-day', 'other'],
} as const
/** All of them, as chapter sites keeps them. */
export const bands = ['whole', 'day', 'night', 'winter-day', 'other'] as const
export type Band = (typeof bands)[number]

/** Wh by band; of a day, or of the shape of one. */
export type Shares = Readonly<Partial<Record<Band, number>>>
export type UsedDay = { readonly day: string; readonly by: Shares }

export const methods = ['measured', 'degree-days', 'profile', 'days'] as const
export type Method = (typeof methods)[number]

/** The twelve whole months before the month of the day. */
export const yearBefore = (today: string): { readonly from: string; readonly to: string } => {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const first = (y: number): string => `${y}-${String(month).padStart(2, '0')}-01`
  return { from: first(year - 1), to: first(year) }
}

/** Fewer days of use tell too little of a year. */
export const fewestDays = 28

export type Estimated = {
  readonly values: readonly { readonly band: Band; readonly wh: number }[]
  /** The days that were used, and how the others were filled. */
  readonly days: number
  readonly method: Method
}

const round = (top: bigint, under: bigint): bigint => (2n * top + under) / (2n * under)

export type Shape = {
  readonly of: (day: string) => Shares
  /** Of a day that has been, where it is known better: its own degree days, not those of a normal year. */
  readonly was?: (day: string) => Shares
  readonly method: Method
}

/**
 * @param used days of the span whose every value is known
 * @param shape how much of a year falls on each day, by band, in any unit; null: no more on one than on another, which divides no bands
 * @param base Wh a day that the shape does not speak of: water that is warmed whatever the weather
 * @returns undefined when too little is known
 */
export const yearly = (
  { from, to }: { readonly from: string; readonly to: string },
  bands: readonly Band[],
  used: readonly UsedDay[],
  shape: Shape | null,
  base = 0,
): Estimated | undefined => {
  const known = new Map(used.filter(({ day }) => day >= from && day < to).map(({ day, by }) => [day, by]))
  if (known.size < fewestDays) return undefined
  const evenly: Shares = { whole: 1 }
  const of = shape?.of ?? (() => evenly)
  const sum = new Map<Band, bigint>(bands.map((band) => [band, 0n]))
  // What the known days used beyond the base, against what the shape gives to them.
  let [beyond, weight, lacking] = [0n, 0n, 0n]
  const lacks = new Map<Band, bigint>(bands.map((band) => [band, 0n]))
  for (let day = from; day < to; day = dayAfter(day)) {
    const is = known.get(day)
    const drawn = is === undefined ? of(day) : (shape?.was ?? of)(day)
    for (const band of bands) {
      const share = BigInt(drawn[band] ?? 0)
      if (is === undefined) lacks.set(band, (lacks.get(band) ?? 0n) + share)
      else {
        sum.set(band, (sum.get(band) ?? 0n) + BigInt(is[band] ?? 0))
        beyond += BigInt(is[band] ?? 0)
        weight += share
      }
    }
    if (is === undefined) lacking += 1n
    else beyond -= BigInt(base)
  }
  if (lacking > 0n && weight === 0n) return undefined
  const scaled = beyond > 0n ? beyond : 0n
  const values = bands.map((band, i) => {
    const filled = weight === 0n ? 0n : round((lacks.get(band) ?? 0n) * scaled, weight)
    // The base is of one band: only electricity is divided, and it has none.
    const constant = i === 0 ? BigInt(base) * lacking : 0n
    return { band, wh: Number((sum.get(band) ?? 0n) + filled + constant) }
  })
  return { values, days: known.size, method: lacking === 0n ? 'measured' : (shape?.method ?? 'days') }
}
