// What each piece of evidence weighs, and when two may be joined. Pure.
import { distance } from '../../../register/nearest.ts'
import { fold } from '../../../platform/text.ts'
import { legalForms } from '../search/rules.ts'
import type { evidenceKinds } from './api.ts'

export type Evidence = (typeof evidenceKinds)[number]

/** Of 100. One shared e-mail or telephone alone is nothing: couples share them. */
export const weights: Readonly<Record<Evidence, number>> = {
  'same-business-id': 95,
  'same-birth-date-and-name': 80,
  'same-phone-and-name': 70,
  'near-names-at-one-site': 50,
  'same-email-and-name': 70,
  'same-company-name': 60,
  'near-names-at-one-address': 50,
  'same-name': 30,
}

/** From this on it must be said that two are not the same before another is made. */
export const strong = 70

export type Joining = {
  readonly one: { readonly merged_into: number | null; readonly identified: boolean }
  readonly other: { readonly merged_into: number | null; readonly identified: boolean }
}

/** `now`: at once. `approval`: another person must look as well, since both are persons whose identity is certain. */
export const joining = ({ one, other }: Joining): 'now' | 'approval' | 'merge.already-joined' =>
  one.merged_into !== null || other.merged_into !== null
    ? 'merge.already-joined'
    : one.identified && other.identified
      ? 'approval'
      : 'now'

const slip = 10 * 60_000

/** Parted by the one who joined them and at once: a slip of the hand. Else someone has looked, and they are two. */
export const afterParting = (
  merge: { readonly merged_at: string; readonly proposed_by: string; readonly approved_by: string | null },
  by: string,
  now: Date,
): 'open' | 'not-same' =>
  (merge.approved_by ?? merge.proposed_by) === by && now.getTime() - Date.parse(merge.merged_at) < slip
    ? 'open'
    : 'not-same'

export const mayApprove = (proposedBy: string, approver: string): boolean => proposedBy !== approver

/** What is known, or was typed, of one of the two. */
export type Traits = {
  readonly given: string | null
  readonly family: string | null
  readonly organisation: string | null
  readonly birth_date: string | null
  readonly business_id: string | null
}
/** How the register came to think of this one: by which of the typed traits. */
export type Met = 'name' | 'phone' | 'email' | 'business-id' | 'address'

/** A company's name as it is compared: without its legal form. */
export const companyName = (written: string): string =>
  fold(written)
    .split(' ')
    .filter((word) => !legalForms.has(word))
    .join(' ')

const firstOf = (given: string | null): string => fold(given ?? '').split(' ')[0] ?? ''

/** The evidence that the two are one, and its weight: that of all pieces, no more than certain. */
export const likeness = (
  one: Traits,
  other: Traits,
  met: readonly Met[],
): { readonly evidence: readonly Evidence[]; readonly weight: number } => {
  const evidence: Evidence[] = []
  if (met.includes('business-id') && one.business_id !== null && one.business_id === other.business_id)
    evidence.push('same-business-id')
  if (one.organisation !== null && other.organisation !== null) {
    if (companyName(one.organisation) === companyName(other.organisation)) evidence.push('same-company-name')
  } else if (one.family !== null && other.family !== null) {
    const sameFamily = fold(one.family) === fold(other.family)
    const sameFirst = firstOf(one.given) === firstOf(other.given)
    const near = sameFamily && distance(fold(one.given ?? ''), fold(other.given ?? '')) <= 2
    const born = one.birth_date !== null && other.birth_date !== null
    if (sameFamily && sameFirst)
      if (born && one.birth_date === other.birth_date) evidence.push('same-birth-date-and-name')
      else if (!born) evidence.push('same-name')
    if (met.includes('phone') && (near || (sameFamily && sameFirst))) evidence.push('same-phone-and-name')
    if (met.includes('email') && (near || (sameFamily && sameFirst))) evidence.push('same-email-and-name')
    const whole = (each: Traits): string => `${fold(each.family ?? '')} ${firstOf(each.given)}`
    if (met.includes('address') && distance(whole(one), whole(other)) <= 3) evidence.push('near-names-at-one-address')
  }
  return {
    evidence,
    weight: Math.min(
      99,
      evidence.reduce((sum, each) => sum + weights[each], 0),
    ),
  }
}
