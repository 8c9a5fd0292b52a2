// What kind of day a day is to those who use energy, and what the clock shows at each of its values. Pure.
import { dayAfter, slotsOf, type Step } from '../grid.ts'

export const dayKinds = ['working', 'saturday', 'sunday'] as const
export type DayKind = (typeof dayKinds)[number]

/** Easter Sunday of the Gregorian calendar. */
const easterOf = (year: number): string => {
  const [golden, century] = [year % 19, Math.floor(year / 100)]
  const moon = (century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 19 * golden + 15) % 30
  const full = moon - Math.floor(moon / 28) * (1 - Math.floor(29 / (moon + 1)) * Math.floor((21 - golden) / 11))
  const weekday = (year + Math.floor(year / 4) + full + 2 - century + Math.floor(century / 4)) % 7
  return dayAfter(`${year}-03-28`, full - weekday)
}

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()
/** The first Saturday from that day on. */
const saturdayFrom = (day: string): string => dayAfter(day, 6 - weekdayOf(day))

const known = new Map<number, { readonly holidays: ReadonlySet<string>; readonly eves: ReadonlySet<string> }>()
/** Holidays of Finland, and the eves on which most people are at home. */
const yearOf = (year: number) => {
  const found = known.get(year)
  if (found !== undefined) return found
  const easter = easterOf(year)
  const midsummer = saturdayFrom(`${year}-06-20`)
  const made = {
    holidays: new Set([
      `${year}-01-01`,
      `${year}-01-06`,
      dayAfter(easter, -2),
      easter,
      dayAfter(easter, 1),
      `${year}-05-01`,
      dayAfter(easter, 39),
      dayAfter(easter, 49),
      midsummer,
      saturdayFrom(`${year}-10-31`),
      `${year}-12-06`,
      `${year}-12-25`,
      `${year}-12-26`,
    ]),
    eves: new Set([dayAfter(midsummer, -1), `${year}-12-24`, `${year}-12-31`]),
  }
  known.set(year, made)
  return made
}

export const dayKindOf = (day: string): DayKind => {
  const { holidays, eves } = yearOf(Number(day.slice(0, 4)))
  const weekday = weekdayOf(day)
  if (holidays.has(day) || weekday === 0) return 'sunday'
  return eves.has(day) || weekday === 6 ? 'saturday' : 'working'
}

/** Minutes after midnight that the clock shows where a value begins: the hour that is left out in spring has none, that of autumn two. */
export const clockOf = (day: string, step: Step, slot: number): number => {
  const [hours, minutes] = [slotsOf(day, 60), slot * step]
  if (hours === 23) return minutes < 180 ? minutes : minutes + 60
  return hours === 25 && minutes >= 240 ? minutes - 60 : minutes
}
