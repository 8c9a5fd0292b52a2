// Days on which a statutory period may end in Finland (act 150/1930, working-day-rule of law.yaml). Pure.
import { dayAfter, dayPlus } from '../../platform/clock.ts'

/** Easter Sunday by the Gregorian reckoning of Gauss, as Meeus, Jones and Butcher have it. */
const easterOf = (year: number): string => {
  const a = year % 19
  const [b, c] = [Math.floor(year / 100), year % 100]
  const [d, e] = [Math.floor(b / 4), b % 4]
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const [i, k] = [Math.floor(c / 4), c % 4]
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 19 * l) / 433)
  const month = Math.floor((h + l - 7 * m + 90) / 25)
  const day = (h + l - 7 * m + 33 * month + 19) % 32
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** 0 is Sunday. */
const weekday = (day: string): number => new Date(`${day}T00:00Z`).getUTCDay()
const onOrAfter = (day: string, of: number): string => dayAfter(day, (of - weekday(day) + 7) % 7)

const fixed = ['01-01', '01-06', '05-01', '12-06', '12-24', '12-25', '12-26']
const known = new Map<number, ReadonlySet<string>>()

/** Beside Saturdays and Sundays; All Saints’ and Midsummer Day are Saturdays already. */
const holidaysOf = (year: number): ReadonlySet<string> => {
  const there = known.get(year)
  if (there !== undefined) return there
  const easter = easterOf(year)
  const made = new Set([
    ...fixed.map((day) => `${year}-${day}`),
    ...[-2, 1, 39].map((days) => dayAfter(easter, days)),
    onOrAfter(`${year}-06-19`, 5),
  ])
  known.set(year, made)
  return made
}

export const isWorkingDay = (day: string): boolean =>
  weekday(day) % 6 !== 0 && !holidaysOf(Number(day.slice(0, 4))).has(day)

/** The last day of a period that runs from a day, itself not counted: where no work is done, the next day on which it is. */
export const lastDayOf = (from: string, period: string): string => {
  let day = dayPlus(from, period)
  while (!isWorkingDay(day)) day = dayAfter(day)
  return day
}
