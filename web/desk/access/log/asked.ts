// The search of the log as its address says it, and as the register is asked.
import { z } from 'zod'
import type { searchAccessLog } from '../../../../chapters/access/log/api.ts'
import type { Asked } from '../../../../register/endpoint.ts'
import { zone } from '../../../kit/days.ts'

type Query = Readonly<Record<string, string>>

/** The instant at which a day of Finland begins, RFC 3339: noon in Finland tells how far its clock is from UTC that day. */
export const beginningOf = (day: string): string => {
  const noon = new Date(`${day}T12:00:00Z`)
  const there = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(noon)
  const ahead = Number(there) - 12
  return new Date(Date.parse(`${day}T00:00:00Z`) - ahead * 3_600_000).toISOString()
}

const next = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
const isDay = (text: string | undefined): text is string => z.iso.date().safeParse(text).success

/** What the address has of days, half-open: the last day is in. */
export const spanOf = ({ from, to }: Query): { readonly from?: string; readonly to?: string } => ({
  ...(isDay(from) && { from: beginningOf(from) }),
  ...(isDay(to) && { to: beginningOf(next(to)) }),
})

export const askedOf = (query: Query): Asked<typeof searchAccessLog> => {
  const { person, actor, purpose, endpoint, reason, because, outcome, everything, before } = query
  // Sign-ins and empty lists are shown to who asks for them.
  const about = everything === undefined ? 'people' : undefined
  const given = Object.entries({
    customer_id: person,
    actor,
    purpose,
    endpoint,
    reason,
    because,
    outcome,
    about,
    before,
  })
  return {
    query: { ...Object.fromEntries(given.filter(([, value]) => value !== undefined)), ...spanOf(query) },
  } as Asked<typeof searchAccessLog>
}
