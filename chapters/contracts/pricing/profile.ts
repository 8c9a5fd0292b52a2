// A typical year of use: a load profile drawn over the quarters of real days, adding up to the very kilowatt-hours that were asked for. Pure.
import { dayAfter, hoursOf } from '../../../platform/clock.ts'
import type { Use } from './cost.ts'

/** [month 0-11][Saturday, Sunday, weekday][quarter 0-95] */
export type Profile = readonly (readonly (readonly number[])[])[]

/** A table of profiles/: two lines of heads, then a line a quarter with three columns a month. */
export const readProfile = (text: string): Profile => {
  const lines = text.trim().split(/\r?\n/).slice(2)
  const rows = lines.map((line) => line.split(',').slice(1).map(Number))
  if (rows.length !== 96 || rows.some((row) => row.length !== 36 || row.some((value) => !(value >= 0))))
    throw new Error('a load profile has 96 lines of 36 numbers under its two lines of heads')
  return Array.from({ length: 12 }, (_, month) =>
    Array.from({ length: 3 }, (__, kind) => rows.map((row) => row[month * 3 + kind] as number)),
  )
}

const kindOf = (day: string): number => {
  const week = new Date(`${day}T00:00Z`).getUTCDay()
  return week === 6 ? 0 : week === 0 ? 1 : 2
}

/** Days from `from` until `to`, which is no more of it; an hour that comes twice is drawn twice. What is rounded away from one quarter goes into the next. */
export const drawn = (profile: Profile, from: string, to: string, wh: number): readonly Use[] => {
  const days: { readonly day: string; readonly shares: readonly number[] }[] = []
  for (let day = from; day < to; day = dayAfter(day)) {
    const of = profile[Number(day.slice(5, 7)) - 1]?.[kindOf(day)] ?? []
    days.push({ day, shares: hoursOf(day).hours.flatMap((hour) => of.slice(4 * hour, 4 * hour + 4)) })
  }
  const whole = days.reduce((sum, { shares }) => sum + shares.reduce((so, share) => so + share, 0), 0)
  let [come, given] = [0, 0]
  return days.map(({ day, shares }) => {
    const vals = shares.map((share) => {
      come += share
      const value = Math.round((wh * come) / whole) - given
      given += value
      return value
    })
    return { day, step: 15, vals }
  })
}
