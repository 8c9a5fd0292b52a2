// When a death may be recorded, and what the estate is called. Pure.
import type { Fault } from '../../../platform/errors.ts'
import { displayName, fault, type NamedParty, type PartyKind } from '../rules.ts'

export const deathFaults = (
  party: { readonly kind: PartyKind; readonly birth_date: string | null },
  deceased_on: string,
  today: string,
): readonly Fault[] => [
  ...(party.kind === 'natural'
    ? []
    : [fault('deceased_on', 'death.not-a-person', 'only a person dies; a company ends')]),
  ...(deceased_on > today ? [fault('deceased_on', 'death.future', 'the day has not come')] : []),
  ...(party.birth_date !== null && deceased_on < party.birth_date
    ? [fault('deceased_on', 'death.before-birth', `the person was born on ${party.birth_date}`)]
    : []),
]

const called = { fi: 'kuolinpesä', sv: 'dödsbo', en: 'estate' } as const

/** As the datahub names it: the person's whole name, and what it is, in the person's language. */
export const estateName = (named: NamedParty, language: string): string => {
  const whole = [named.given, named.family].filter((part) => part !== null).join(' ')
  return `${whole || displayName(named)} ${called[language as keyof typeof called] ?? called.fi}`
}
