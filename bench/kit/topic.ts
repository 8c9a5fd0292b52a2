// The shape of every topic in bench/: what it takes, and the rows that it tells. bin/bench.ts runs them, and a test does with tiny sizes.

export type Spent = {
  /** Of this process and of the database together, in `unit` of the row. */
  readonly cpu: number
  readonly wall: number
}

export type Mark = {
  /** As docs/performance.md names it. */
  readonly name: string
  readonly ratio: number
  readonly moonshot?: number
}

/** One line of the table. */
export type Row = {
  readonly what: string
  readonly unit: 'ms' | 's' | 'kB' | '%'
  readonly ours: Spent
  /** What ours is held against, in words; for a limit without a rival, the limit itself. */
  readonly baseline: string
  readonly theirs: Spent
  /**
   * What the ratio says. `faster`: the baseline's cost over ours, and a mark is the least of it; `dearer`: ours over the baseline's, and a mark
   * is the most. Without a rival: `below` or `above` the limit.
   */
  readonly is: 'faster' | 'dearer' | 'below' | 'above'
  /** Median over the pairs, with its quartiles. */
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly mark?: Mark
}

export type Options = Readonly<
  Record<string, { readonly default: number; readonly tiny: number; readonly what: string }>
>
export type Sizes<O extends Options> = { readonly [K in keyof O]: number }

export type Topic<O extends Options = Options> = {
  readonly what: string
  /** Flags with a whole number from 1 on; `tiny` is for the test. */
  readonly options: O
  readonly run: (sizes: Sizes<O>, say: (text: string) => void) => Promise<readonly Row[]>
}

export const topic = <const O extends Options>(made: Topic<O>): Topic => made as unknown as Topic

export type Reached = 'yes' | 'no' | 'uneven'

export const atLeast = (is: Row['is']): boolean => is === 'faster' || is === 'above'

/** A mark between the quartiles is neither reached nor missed: the machine was measured instead. */
export const reached = ({ is, low, high, ratio, mark }: Row): Reached | undefined => {
  if (mark === undefined) return undefined
  const ok = (value: number): boolean => (atLeast(is) ? value >= mark.ratio : value <= mark.ratio)
  return ok(low) === ok(high) ? (ok(ratio) ? 'yes' : 'no') : 'uneven'
}

/** A quarter is what performance measurements of this house may spread. */
export const isUneven = ({ low, high, ratio }: Row): boolean => (high - low) / ratio > 0.25

/** Against a limit that has no rival: kilobytes, seconds, a share of hits. */
export const against = (
  limit: number,
  {
    values,
    of = 'wall',
    mark,
    ...told
  }: Pick<Row, 'what' | 'unit' | 'is'> & {
    readonly values: readonly Spent[]
    readonly of?: 'wall' | 'cpu'
    readonly mark: string
  },
): Row => {
  const sorted = values.toSorted((a, b) => a[of] - b[of])
  const at = (share: number): Spent =>
    sorted[Math.round((sorted.length - 1) * share)] ?? { cpu: Number.NaN, wall: Number.NaN }
  return {
    ...told,
    ours: at(0.5),
    baseline: 'the limit',
    theirs: { cpu: limit, wall: limit },
    ratio: at(0.5)[of] / limit,
    low: at(0.25)[of] / limit,
    high: at(0.75)[of] / limit,
    mark: { name: mark, ratio: 1 },
  }
}
