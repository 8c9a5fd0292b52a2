// Decisions about parties: pure, from what is known to a change or a refusal.
import type { Fault } from '../../platform/errors.ts'

export type PartyKind = 'natural' | 'legal' | 'estate'

/** `+358401234567`: spaces, brackets and the national zero off. Undefined: not a number that can be called. */
export const phoneNumber = (written: string): string | undefined => {
  const digits = written.replace(/[\s()-]/g, '').replace(/^00/, '+')
  const international = digits.startsWith('0') ? `+358${digits.slice(1)}` : digits
  return /^\+[1-9]\d{5,14}$/.test(international) ? international : undefined
}

/** Case is kept before the @ and dropped after it, as RFC 5321 has it. */
export const emailAddress = (written: string): string | undefined => {
  const [local, domain, more] = written.trim().split('@')
  return local && domain && more === undefined && /^[^\s]+\.[^\s.]+$/.test(domain)
    ? `${local}@${domain.toLowerCase()}`
    : undefined
}

export const contactValue = (channel: 'phone' | 'email', written: string): string | undefined =>
  channel === 'phone' ? phoneNumber(written) : emailAddress(written)

export type NamedParty = {
  readonly given: string | null
  readonly call_name: string | null
  readonly family: string | null
  readonly organisation: string | null
}

/** The name as it is said: call name before family name; a company's own. */
export const displayName = ({ given, call_name, family, organisation }: NamedParty): string =>
  organisation ??
  [call_name ?? given?.split(' ')[0], family].filter((part) => part !== undefined && part !== null).join(' ')

export const fault = (path: string, code: string, message: string): Fault => ({ path: `body.${path}`, code, message })

/** `slip`: put right in place. `change`: the earlier one ends on the day that the new one begins. */
export type Step = { readonly is: 'slip' } | { readonly is: 'change'; readonly from: string }

/** How what stands since `since` becomes another from `from`; what begins on the day that it began replaces it. */
export const stepFrom = (
  since: string | null,
  from: string | null,
  today: string,
): Step | { readonly refused: Fault } => {
  if (from === null || from === since) return { is: 'slip' }
  if (from > today) return { refused: fault('from', 'period.future', 'what begins later is recorded when it begins') }
  if (since !== null && from < since)
    return { refused: fault('from', 'period.before-earlier', `the earlier one began on ${since}`) }
  return { is: 'change', from }
}

export const periodFault = (from: string | null, to: string | null): Fault | undefined =>
  from === null || to === null || from < to
    ? undefined
    : fault('to', 'period.empty', `it begins on ${from}, so it cannot end on ${to}`)

/** An order that is to end is looked at before it does; one without an end is looked at some day as well. A lapse opens nothing by itself. */
export const protectionFaults = (
  { to, review_on }: { readonly to: string | null; readonly review_on: string | null },
  today: string,
): readonly Fault[] => [
  ...(to !== null && to <= today ? [fault('to', 'protection.past', 'an order that is recorded still holds')] : []),
  ...(review_on === null && to === null
    ? [fault('review_on', 'protection.no-review', 'say when an order without an end is looked at')]
    : []),
  ...(review_on !== null && review_on <= today ? [fault('review_on', 'protection.past', 'that day has been')] : []),
  ...(review_on !== null && to !== null && review_on > to
    ? [fault('review_on', 'protection.late-review', 'it is looked at before it ends')]
    : []),
]
