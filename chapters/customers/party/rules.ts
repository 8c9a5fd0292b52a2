// What must hold of a party before the database is asked. Pure: refusals are values.
import type { Fault } from '../../../platform/errors.ts'
import { readBusinessId } from '../business-id.ts'
import { readIdentityCode } from '../identity-code.ts'
import { contactValue, fault, type PartyKind } from '../rules.ts'

/** Nine digits: eight drawn and a check digit, so that a slip of the finger is no other customer. The first is no zero. */
export const customerNumber = (drawn: number): string => {
  const digits = String(drawn).padStart(8, '1')
  const weights = [1, 3, 7]
  const sum = weights
    .flatMap((weight, i) => Array.from(digits, (digit, at) => (at % 3 === (i + 2) % 3 ? Number(digit) * weight : 0)))
    .reduce((all, each) => all + each, 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

export const businessId = (
  kind: PartyKind,
  written: string | null,
): { readonly business_id: string | null } | { readonly refused: Fault } => {
  if (written === null || written === '') return { business_id: null }
  if (kind === 'estate') return { refused: fault('business_id', 'business-id.of-an-estate', 'an estate has none') }
  const read = readBusinessId(written)
  return read.refused === undefined
    ? { business_id: read.business_id }
    : { refused: fault('business_id', read.refused, `${written} is no business id`) }
}

export const identityCode = (
  kind: PartyKind,
  written: string,
): { readonly code: string; readonly birth_date: string } | { readonly refused: Fault } => {
  if (kind !== 'natural') return { refused: fault('code', 'identity-code.not-a-person', 'only a person has one') }
  const read = readIdentityCode(written)
  return read.refused === undefined ? read : { refused: fault('code', read.refused, 'this is no identity code') }
}

export const birthFault = (kind: PartyKind, born: string | null, today: string): Fault | undefined => {
  if (born === null) return undefined
  if (kind !== 'natural') return fault('birth_date', 'birth-date.not-a-person', 'only a person is born')
  return born > today || born < '1890-01-01'
    ? fault('birth_date', 'birth-date.impossible', `nobody that can be served was born on ${born}`)
    : undefined
}

type Point = { readonly channel: 'phone' | 'email'; readonly value: string; readonly use: string }

export const contactPoints = (
  written: readonly Point[],
): { readonly points: readonly Point[]; readonly faults: readonly Fault[] } => {
  const read = written.map((point) => ({ ...point, value: contactValue(point.channel, point.value) }))
  return {
    points: read.flatMap(({ value, ...point }) => (value === undefined ? [] : [{ ...point, value }])),
    faults: read.flatMap(({ channel, value }, i) =>
      value === undefined
        ? [fault(`contact_details.${i}.value`, `${channel}.unusable`, `it cannot be used as ${channel}`)]
        : [],
    ),
  }
}
