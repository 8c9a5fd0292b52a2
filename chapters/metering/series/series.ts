// Values of one point, one after another in time, as a reader finds them in a file. Pure.
import type { Step } from '../grid.ts'

export type Series = {
  /** Of the accounting point, as the file has it. */
  readonly code: string
  readonly step: Step
  /** Milliseconds since the epoch at which the first value begins. */
  readonly start: number
  /** Wh */
  readonly values: Int32Array
  /** Places among `qualities`. */
  readonly said: Uint8Array
  /** The row of the file that holds the first of them; the others follow it. */
  readonly row: number
}

const minute = 60_000

/** About so many values are worth a transaction: some thousands of days. */
export const enough = 300_000
const most = 2 * enough

type Begun = Pick<Series, 'code' | 'step' | 'start' | 'row'> & { readonly at: number }

/** Puts values together to series. What it is given goes on with the last series when it follows it in time and in the file. */
export const gatherer = () => {
  let values = new Int32Array(most)
  let said = new Uint8Array(most)
  let count = 0
  let begun: Begun[] = []
  /** What the next value must be to go on with the last series. */
  let [code, step, time, row] = ['', 0, 0, -1]
  return {
    count: () => count,
    isFull: () => count > most - 100_000,
    /** What comes after is forgotten by `back`. */
    mark: () => ({ count, series: begun.length }),
    back: (to: { readonly count: number; readonly series: number }): void => {
      count = to.count
      begun.length = to.series
      row = -1
    },
    put: (ofCode: string, ofStep: Step, at: number, value: number, quality: number, ofRow: number): void => {
      if (at !== time || ofRow !== row || ofStep !== step || ofCode !== code) {
        begun.push({ code: ofCode, step: ofStep, start: at, row: ofRow, at: count })
        code = ofCode
        step = ofStep
      }
      values[count] = value
      said[count++] = quality
      time = at + ofStep * minute
      row = ofRow + 1
    },
    /** All that has come since it was asked before. */
    taken: (): readonly Series[] => {
      const series = begun.map(({ at, ...one }, i) => {
        const end = begun[i + 1]?.at ?? count
        return { ...one, values: values.subarray(at, end), said: said.subarray(at, end) }
      })
      values = new Int32Array(most)
      said = new Uint8Array(most)
      begun = []
      count = 0
      row = -1
      return series
    },
  }
}

export type Gatherer = ReturnType<typeof gatherer>
