// Which part of a long row of values is in view, and what of it one column of pixels shows. Pure: the picture and its tests rely on it.

/** Half-open, in places of the row; its ends may lie within a value. */
export type Window = { readonly from: number; readonly to: number }

/** Closer than this nothing more is told. */
export const fewest = 8

const within = (from: number, width: number, count: number): Window => {
  const start = Math.min(Math.max(0, from), Math.max(0, count - width))
  return { from: start, to: start + width }
}

export const wholeOf = (count: number): Window => ({ from: 0, to: Math.max(1, count) })

/** Moved by so many places, and no further than the ends. */
export const panned = ({ from, to }: Window, by: number, count: number): Window => within(from + by, to - from, count)

/** `times` as wide, with the place `at` staying where it is on the screen. */
export const zoomed = (view: Window, times: number, at: number, count: number): Window => {
  const was = view.to - view.from
  const width = Math.min(Math.max(was * times, Math.min(fewest, count)), Math.max(1, count))
  const share = (at - view.from) / was
  return within(at - share * width, width, count)
}

/** Moved only as far as the place needs to be in view. */
export const showing = (view: Window, at: number, count: number): Window => {
  if (at >= view.from && at + 1 <= view.to) return view
  const width = view.to - view.from
  return within(at < view.from ? at : at + 1 - width, width, count)
}

/**
 * The greatest and the least of the values of each column of pixels, and their mean: [least, greatest, mean] column by column, NaN where nothing is known.
 * A year of quarters is read anew for each picture: 35,040 values take some 0.1 ms, less than keeping a ladder of coarser rows would be worth.
 */
export const columnsOf = (values: ArrayLike<number>, { from, to }: Window, pixels: number): Float64Array => {
  const made = new Float64Array(pixels * 3).fill(Number.NaN)
  const each = (to - from) / pixels
  for (let x = 0; x < pixels; x++) {
    const first = Math.max(0, Math.floor(from + x * each))
    const last = Math.min(values.length, Math.max(first + 1, Math.floor(from + (x + 1) * each)))
    let [least, most, sum, known] = [Infinity, -Infinity, 0, 0]
    for (let i = first; i < last; i++) {
      const value = values[i] as number
      if (Number.isNaN(value)) continue
      if (value < least) least = value
      if (value > most) most = value
      sum += value
      known += 1
    }
    if (known === 0) continue
    made[x * 3] = least
    made[x * 3 + 1] = most
    made[x * 3 + 2] = sum / known
  }
  return made
}

/** The least and the greatest of what is in view; undefined when nothing is known there. */
export const rangeOf = (values: ArrayLike<number>, { from, to }: Window): readonly [number, number] | undefined => {
  let [least, most] = [Infinity, -Infinity]
  const last = Math.min(values.length, Math.ceil(to))
  for (let i = Math.max(0, Math.floor(from)); i < last; i++) {
    const value = values[i] as number
    if (value < least) least = value
    if (value > most) most = value
  }
  return least === Infinity ? undefined : [least, most]
}

/** A number not far above of which the half is round too. */
export const roundAbove = (value: number): number => {
  if (!(value > 0)) return 1
  const ten = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 3, 4, 5, 6, 8, 10].map((times) => times * ten).find((round) => round >= value * (1 - 1e-12)) ?? value
}

/** Round ends of an axis that hold zero and all that is in view. */
export const axisOf = (range: readonly [number, number] | undefined): readonly [number, number] => {
  const [least, most] = range ?? [0, 0]
  const top = most > 0 ? roundAbove(most) : 0
  const foot = least < 0 ? -roundAbove(-least) : 0
  return top === foot ? [0, 1] : [foot, top]
}

/** Places where something begins (hours, days, months), from the finest to the coarsest row of them. */
export type Ticks = { readonly at: ArrayLike<number>; readonly label: (place: number) => string }

/** The finest row of which no more than `room` are in view; of the coarsest only every so many, if they are still too many. */
export const ticksIn = (
  levels: readonly Ticks[],
  { from, to }: Window,
  room: number,
): readonly { readonly at: number; readonly label: string }[] => {
  let last: { readonly at: readonly number[]; readonly label: Ticks['label'] } | undefined
  for (const { at, label } of levels) {
    const seen: number[] = []
    for (let i = 0; i < at.length; i++) {
      const place = at[i] as number
      if (place >= from && place < to) seen.push(place)
    }
    // A coarser row that has nothing in view tells nothing.
    if (seen.length === 0) continue
    last = { at: seen, label }
    if (seen.length <= room) break
  }
  if (last === undefined) return []
  const { at, label } = last
  const often = Math.ceil(at.length / Math.max(1, room))
  return at.filter((_, i) => i % often === 0).map((place) => ({ at: place, label: label(place) }))
}
