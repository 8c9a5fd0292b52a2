// How warm the water was: volume times temperature, divided by the volume. Pure.
import type { Flow } from './block.ts'

/** Hundredths of a degree. */
const degrees = (litreDegrees: number, millilitres: number): number | null =>
  millilitres <= 0 ? null : Math.round((litreDegrees * 100_000) / millilitres)

/** The cooling is the difference of the two as they are shown, so that a reader can check it. */
export const waterOf = ([volume, supply, back]: Flow) => {
  const [came, went] = [degrees(supply, volume), degrees(back, volume)]
  return {
    litres: Math.round(volume / 1_000),
    supply: came === null ? null : came / 100,
    back: went === null ? null : went / 100,
    cooling: came === null || went === null ? null : (came - went) / 100,
  }
}
