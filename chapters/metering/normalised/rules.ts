// Heat as it would have been in a normal year: what depends on the weather in the ratio of the degree days, and the rest as it was. Pure; the method is in docs/decisions/energy.md.

export type Month = {
  /** `2026-01-01` */
  readonly start: string
  /** Wh */
  readonly total: number
  /** Days of which there are values. */
  readonly days: number
}
/** Tenths of a degree day. */
export type Degrees = {
  /** By the first day of the month. */
  readonly actual: ReadonlyMap<string, number>
  /** By the number of the month. */
  readonly normal: ReadonlyMap<number, number>
}

export const lacks = ['days', 'degree-days', 'normal-year', 'summer'] as const
export type Lack = (typeof lacks)[number]

export type Normalised = {
  readonly start: string
  readonly total: number
  readonly degree_days: number | null
  readonly normal: number | null
  /** Wh; null: see `lacks`. */
  readonly normalised: number | null
  readonly lacks: Lack | null
}

const numberOf = (start: string): number => Number(start.slice(5, 7))

export const daysOfMonth = (start: string): number =>
  new Date(Date.UTC(Number(start.slice(0, 4)), numberOf(start), 0)).getUTCDate()

const whole = ({ start, days }: Month): boolean => days === daysOfMonth(start)

/** The two months of the normal year with the fewest degree days: what is used then is water that is warmed, not rooms. */
export const summerOf = (normal: Degrees['normal']): readonly number[] =>
  [...normal]
    .toSorted(([a, few], [b, more]) => few - more || a - b)
    .slice(0, 2)
    .map(([month]) => month)

/** What does not depend on the weather: Wh and the days in which it was used, of the newest summer that is whole. */
export const baseOf = (
  months: readonly Month[],
  normal: Degrees['normal'],
): { readonly total: number; readonly days: number } | undefined => {
  if (normal.size < 12) return undefined
  const summer = summerOf(normal)
  const found = summer.flatMap(
    (number) => months.findLast((month) => numberOf(month.start) === number && whole(month)) ?? [],
  )
  if (found.length < summer.length) return undefined
  return found.reduce((sum, { total, days }) => ({ total: sum.total + total, days: sum.days + days }), {
    total: 0,
    days: 0,
  })
}

/** a × b / c, rounded half up once. */
const ratio = (a: number, b: number, c: number): number => {
  const [top, under] = [BigInt(a) * BigInt(b) * 2n, BigInt(c)]
  return Number((top + under) / (2n * under))
}

/** @param base what would have been used whatever the weather */
const inNormalYear = (total: number, base: number, actual: number, normal: number): number => {
  const constant = Math.min(total, base)
  // A month in which nothing had to be heated has nothing to be compared.
  return actual === 0 ? total : constant + ratio(total - constant, normal, actual)
}

export const normalisedMonths = (months: readonly Month[], degrees: Degrees): readonly Normalised[] => {
  const base = baseOf(months, degrees.normal)
  return months.map((month) => {
    const { start, total, days } = month
    const actual = degrees.actual.get(start)
    const normal = degrees.normal.get(numberOf(start))
    const lack: Lack | null = !whole(month)
      ? 'days'
      : actual === undefined
        ? 'degree-days'
        : normal === undefined
          ? 'normal-year'
          : base === undefined
            ? 'summer'
            : null
    const normalised =
      lack !== null || actual === undefined || normal === undefined || base === undefined
        ? null
        : inNormalYear(total, ratio(base.total, days, base.days), actual, normal)
    return { start, total, degree_days: actual ?? null, normal: normal ?? null, normalised, lacks: lack }
  })
}

/** Years whose months are all there, each by its own sums: months that need hardly any heating would blow up what is small. */
export const normalisedYears = (months: readonly Month[], degrees: Degrees): readonly Normalised[] => {
  const base = baseOf(months, degrees.normal)
  const years = Map.groupBy(normalisedMonths(months, degrees), ({ start }) => `${start.slice(0, 4)}-01-01`)
  return [...years].flatMap(([start, own]) => {
    if (base === undefined || own.length < 12 || own.some(({ lacks: lack }) => lack !== null)) return []
    const sum = (of: (month: Normalised) => number): number => own.reduce((so, month) => so + of(month), 0)
    const [total, actual, normal] = [
      sum((one) => one.total),
      sum((one) => one.degree_days ?? 0),
      sum((one) => one.normal ?? 0),
    ]
    const days = own.reduce((so, month) => so + daysOfMonth(month.start), 0)
    return [
      {
        start,
        total,
        degree_days: actual,
        normal,
        normalised: inNormalYear(total, ratio(base.total, days, base.days), actual, normal),
        lacks: null,
      },
    ]
  })
}

type Known = {
  readonly kind: 'day' | 'month' | 'normal'
  readonly month: number
  readonly during: { readonly from: string | null; readonly to: string | null }
  readonly amount: number
}

/** What is published of a month, or else the sum of its days when all of them are there. */
export const degreesOf = (known: readonly Known[]): Degrees & { readonly reference: Known['during'] | null } => {
  const days = Map.groupBy(
    known.filter(({ kind }) => kind === 'day'),
    ({ during }) => `${during.from?.slice(0, 7)}-01`,
  )
  const summed = [...days].flatMap(([start, own]): (readonly [string, number])[] =>
    own.length === daysOfMonth(start) ? [[start, own.reduce((sum, { amount }) => sum + amount, 0)]] : [],
  )
  const months = known
    .filter(({ kind }) => kind === 'month')
    .map(({ during, amount }) => [during.from ?? '', amount] as const)
  const normal = known.filter(({ kind }) => kind === 'normal')
  return {
    actual: new Map([...summed, ...months]),
    normal: new Map(normal.map(({ month, amount }) => [month, amount])),
    reference: normal[0]?.during ?? null,
  }
}
