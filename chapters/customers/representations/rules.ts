// Who may act for whom. Pure: refusals are values.
import type { Fault } from '../../../platform/errors.ts'
import { fault, type PartyKind } from '../rules.ts'
import type { representationKinds } from './api.ts'

export type RepresentationKind = (typeof representationKinds)[number]
export type Party = {
  readonly id: number
  readonly kind: PartyKind
  /** Null: not known, or not to be read by whoever asks. */
  readonly birth_date: string | null
  readonly deceased_on: string | null
}

const ofAge = 18
/** The day on which one who was born then comes of age. */
const comesOfAge = (born: string): string => `${Number(born.slice(0, 4)) + ofAge}${born.slice(4)}`

/** What ends by itself when the one cared for dies; a power of attorney goes on for the estate (Contracts Act 228/1929, section 21). */
export const endsWithDeath: readonly RepresentationKind[] = ['guardian', 'continuing-power', 'custodian']

const persons: readonly RepresentationKind[] = ['guardian', 'continuing-power', 'custodian']

export const representationFaults = (
  represented: Party,
  representative: Party,
  made: { readonly kind: RepresentationKind; readonly from: string },
): readonly Fault[] => [
  ...(represented.id === representative.id
    ? [fault('representative_id', 'representation.of-oneself', 'nobody acts for themself')]
    : []),
  ...(representative.deceased_on !== null
    ? [fault('representative_id', 'representation.by-the-dead', 'the one who was to act has died')]
    : []),
  ...(representative.kind === 'estate'
    ? [fault('representative_id', 'representation.by-an-estate', 'an estate acts through its representative')]
    : []),
  ...(persons.includes(made.kind) && represented.kind !== 'natural'
    ? [fault('kind', 'representation.not-a-person', 'only a person has a guardian')]
    : []),
  ...(persons.includes(made.kind) && represented.deceased_on !== null
    ? [fault('kind', 'representation.of-the-dead', 'it ends with death; the estate has a representative of its own')]
    : []),
  ...(made.kind === 'estate-representative' && represented.kind !== 'estate'
    ? [fault('kind', 'representation.not-an-estate', 'this is no estate')]
    : []),
  ...(made.kind === 'custodian' && represented.birth_date !== null && comesOfAge(represented.birth_date) <= made.from
    ? [fault('kind', 'representation.of-age', 'a person of age has no custodian')]
    : []),
]

/** Custody ends on the day the child comes of age, whatever was written. */
export const untilOfAge = (kind: RepresentationKind, born: string | null, to: string | null): string | null => {
  if (kind !== 'custodian' || born === null) return to
  const last = comesOfAge(born)
  return to === null || to > last ? last : to
}
