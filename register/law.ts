// Dated legal sources: which hold on a day, and the figures that code must never hold as constants.
import type { Day, Law, LawId } from './description.ts'

/** Civil day in Finland. */
export const today = (): Day => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(new Date())

export const holds = (law: Law, day: Day): boolean =>
  law.validFrom <= day && (law.validTo === undefined || day <= law.validTo)

/** The first day on which it no longer holds. */
export const endedOn = (law: Law): Day | undefined => law.validTo && dayAfter(law.validTo)

const dayAfter = (day: Day): Day => {
  const next = new Date(`${day}T00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}

/** The figure of law.yaml under this id on a day: an ISO 8601 duration, a number or a list, as text. Throws when there is none. */
export const figure = (laws: readonly Law[], id: LawId, day: Day): string => {
  const law = laws.find((one) => one.id === id)
  if (law?.value === undefined)
    throw new Error(`register/law.yaml has no figure ${id}; add it with kind deadline and a value`)
  if (!holds(law, day))
    throw new Error(
      `the figure ${id} of register/law.yaml does not hold on ${day}; give its successor under replacedBy`,
    )
  return law.value
}

export const lawNamed = (laws: readonly Law[]): ReadonlyMap<LawId, Law> => new Map(laws.map((law) => [law.id, law]))
