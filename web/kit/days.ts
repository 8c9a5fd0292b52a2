// Civil days as people in Finland type them. Pure: forms and their tests rely on it.

/** Instants are told in Finnish time, wherever the desk stands. */
export const zone = 'Europe/Helsinki'

/** Today in Finland, YYYY-MM-DD. */
export const today = (now = new Date()): string => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(now)

const isoDay = (year: number, month: number, day: number): string | undefined => {
  const made = new Date(Date.UTC(year, month - 1, day))
  const real = year >= 1800 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day
  return real ? made.toISOString().slice(0, 10) : undefined
}

const yearOf = (typed: string | undefined, thisYear: number): number => {
  if (typed === undefined) return thisYear
  if (typed.length === 4) return Number(typed)
  const near = Math.floor(thisYear / 100) * 100 + Number(typed)
  return near > thisYear + 10 ? near - 100 : near
}

/**
 * Reads a typed day: 24.11.2026, 24.11.26, 24.11. (the year of `now`), 24112026, 2026-11-24. A year of two digits lies at most ten years ahead.
 * Gives YYYY-MM-DD, or undefined when there is no such day.
 */
export const readDay = (typed: string, now = today()): string | undefined => {
  const text = typed.trim()
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (iso) return isoDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const parts =
    /^(\d{1,2})[./ ]+(\d{1,2})(?:[./ ]+(\d{2}|\d{4})?)?$/.exec(text) ?? /^(\d\d)(\d\d)(\d{2}|\d{4})$/.exec(text)
  if (!parts) return undefined
  return isoDay(yearOf(parts[3], Number(now.slice(0, 4))), Number(parts[2]), Number(parts[1]))
}

/** The day before a day. */
export const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00Z`) - 86_400_000).toISOString().slice(0, 10)

/** The same day so many months later, or the last of a month that is shorter. Nothing for what is no day. */
export const monthsAfter = (day: string, months: number): string | null => {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0))
  if (Number.isNaN(last.getTime())) return null
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last.getUTCDate()))).toISOString().slice(0, 10)
}

/** A day as it is typed: 24.11.2026. */
export const writeDay = (day: string): string =>
  day
    .split('-')
    .toReversed()
    .map((part) => part.replace(/^0/, ''))
    .join('.')
