// Chance that can be repeated: the same seed gives the same population.

export type Chance = {
  /** 0 ≤ x < 1 */
  readonly next: () => number
  readonly below: (n: number) => number
  /** Whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number
  readonly once: (probability: number) => boolean
  readonly of: <T>(list: readonly T[]) => T
  /** The first of a list most often, as with names of people. */
  readonly common: <T>(list: readonly T[]) => T
  readonly shuffled: <T>(list: readonly T[]) => readonly T[]
}

/** Mulberry32: 32 bits of state are enough for a demonstration, and it is fast. */
export const chanceOf = (seed: number): Chance => {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    once: (probability) => next() < probability,
    of: (list) => list[below(list.length)] as never,
    common: (list) => list[Math.floor(next() ** 2.2 * list.length)] as never,
    shuffled: (list) => {
      const out = [...list]
      for (let i = out.length - 1; i > 0; i--) {
        const j = below(i + 1)
        ;[out[i], out[j]] = [out[j] as never, out[i] as never]
      }
      return out
    },
  }
}
