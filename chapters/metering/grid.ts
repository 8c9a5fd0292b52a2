// The local day of Finland as a row of equal steps: 92, 96 or 100 quarters of an hour, 23, 24 or 25 hours.
import { dayOf, instantOf } from '../../platform/clock.ts'
import type { steps } from './api.ts'

export type Step = (typeof steps)[number]

const minute = 60_000
const dayLength = 86_400_000

/** A day of Finland, and the instants between which it lies, in milliseconds since the epoch. */
export type Midnights = { readonly day: string; readonly start: number; readonly end: number }
const known = new Map<string, Midnights>()
/** Every day of a long register is some thousands; a file that is full of impossible ones shall not fill the memory. */
const most = 40_000

/** The day after or before, by the calendar alone. @param day `YYYY-MM-DD` */
export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10)

const midnights = (day: string): Midnights => {
  const found = known.get(day)
  if (found !== undefined) return found
  if (known.size >= most) known.clear()
  const made = {
    day,
    start: Date.parse(instantOf(day, '00:00:00')),
    end: Date.parse(instantOf(dayAfter(day), '00:00:00')),
  }
  known.set(day, made)
  return made
}

/** Milliseconds since the epoch at which the day begins in Finland. */
export const startOf = (day: string): number => midnights(day).start

/** How many values the day has: by the change of clocks not always the same. */
export const slotsOf = (day: string, step: Step): number => {
  const { start, end } = midnights(day)
  return (end - start) / (step * minute)
}

let last: Midnights = { day: '', start: 0, end: 0 }

/** The day of an instant. */
export const midnightsOf = (time: number): Midnights => {
  // Values come in the order of time: the same day some hundred times over.
  if (time < last.start || time >= last.end) last = midnights(dayOf(new Date(time)))
  return last
}

/** The day and the place in it of an instant; no place where it does not lie on the grid. @param time milliseconds since the epoch */
export const placeOf = (time: number, step: Step): { readonly day: string; readonly slot: number } | undefined => {
  const { day, start } = midnightsOf(time)
  const slot = (time - start) / (step * minute)
  return Number.isInteger(slot) ? { day, slot } : undefined
}

/** The instant at which a place of a day begins. */
export const timeOf = (day: string, step: Step, slot: number): number => startOf(day) + slot * step * minute
