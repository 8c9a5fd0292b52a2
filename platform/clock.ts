// Time is passed in. The only file that knows time zones.
import { Temporal } from 'temporal-polyfill'

export type Clock = { readonly now: () => Date }

export const systemClock: Clock = { now: () => new Date() }
export const fixedClock = (instant: string): Clock => ({ now: () => new Date(instant) })

const dayAt = (milliseconds: number): string =>
  Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO('Europe/Helsinki').toPlainDate().toString()

const hour = 3_600_000
let [lastHour, lastDay] = [Number.NaN, '']

/**
 * The civil day in Finland, `YYYY-MM-DD`. Every request asks for it, and reading the time zone costs as much as a small query: within one hour
 * the day is the same, as Finland has been whole hours off UTC since 1921.
 */
export const dayOf = (instant: Date): string => {
  const time = instant.getTime()
  if (!(time >= 0)) return dayAt(time)
  const now = Math.floor(time / hour)
  if (now !== lastHour) [lastDay, lastHour] = [dayAt(now * hour), now]
  return lastDay
}

/** The instant of a civil day and time (`13:45:00`) in Finland, as RFC 3339. A time that a change of clocks leaves out is read an hour later. */
export const instantOf = (day: string, time: string): string =>
  Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime('Europe/Helsinki').toInstant().toString()

/** The instant that lies an ISO 8601 period (`P6Y`, `P3M`) later by the calendar of Finland, or earlier when `times` is -1. */
export const addPeriod = (instant: Date, period: string, times: 1 | -1 = 1): Date => {
  const from = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO('Europe/Helsinki')
  const length = Temporal.Duration.from(period)
  return new Date((times === 1 ? from.add(length) : from.subtract(length)).epochMilliseconds)
}

const starts = new Map<string, { readonly start: number; readonly hours: readonly number[] }>()
const wholeDay = Array.from({ length: 24 }, (_, i) => i)

/**
 * A civil day in Finland: the instant of its midnight (milliseconds), and which hour of the clock each of its hours is: 24 of them, or 23 without 3 in
 * March, or 25 with 3 twice in October.
 */
export const hoursOf = (day: string): { readonly start: number; readonly hours: readonly number[] } => {
  const known = starts.get(day)
  if (known !== undefined) return known
  const midnight = Temporal.PlainDate.from(day).toZonedDateTime('Europe/Helsinki')
  const start = midnight.epochMilliseconds
  const n = Math.round((midnight.add({ days: 1 }).epochMilliseconds - start) / hour)
  const hours = n === 24 ? wholeDay : Array.from({ length: n }, (_, i) => midnight.add({ hours: i }).hour)
  // A few years of days; who asks for more starts over.
  if (starts.size > 20_000) starts.clear()
  starts.set(day, { start, hours })
  return { start, hours }
}

/** The civil day that lies an ISO 8601 period (`P14D`, `P1M`) later, or earlier when `times` is -1; in a month that is too short, its last day. */
export const dayPlus = (day: string, period: string, times: 1 | -1 = 1): string => {
  const from = Temporal.PlainDate.from(day)
  const length = Temporal.Duration.from(period)
  return (times === 1 ? from.add(length) : from.subtract(length)).toString()
}

/** The civil day that lies so many days later. */
export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T00:00Z`) + days * 24 * hour).toISOString().slice(0, 10)
