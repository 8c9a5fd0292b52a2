// When a promise is due. Pure.
import type { dues } from './api.ts'

const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Half-open: days from `since` on and before `until`; undefined has no bound. */
export const promisedFor = (
  due: (typeof dues)[number] | undefined,
  today: string,
): { readonly since: string | undefined; readonly until: string | undefined } => {
  if (due === undefined) return { since: undefined, until: undefined }
  if (due === 'overdue') return { since: undefined, until: today }
  return { since: today, until: later(today, due === 'today' ? 1 : 7) }
}
