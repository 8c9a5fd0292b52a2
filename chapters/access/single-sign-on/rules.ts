// Decisions about what a provider says of a person: pure.
import type { Claims, Provider } from '../../../platform/single-sign-on.ts'
import { nextStage, type Standing } from '../rules.ts'

/** What the provider calls the person; undefined when it does not say, or does not vouch for the address that it says. */
export const subjectOf = (claims: Claims, claim: string): string | undefined => {
  const said = claims[claim]
  if (typeof said !== 'string' || said === '' || said.length > 255) return undefined
  return claim === 'email' && claims['email_verified'] !== true ? undefined : said
}

/** Whether the provider says that it asked for a second factor, in one of the ways that are configured to be believed. */
export const secondFactorGiven = (claims: Claims, trusted: Provider['secondFactor']): boolean =>
  trusted.some(({ claim, value }) => {
    const said = claims[claim]
    return claim === 'amr' ? Array.isArray(said) && said.includes(value) : said === value
  })

/** No commitment to secrecy, no access; and no access by one factor. */
export const stageAfter = (staff: Standing, given: boolean): 'enrol' | 'password' | 'complete' => {
  if (staff.secrecy_committed_on === null) return 'enrol'
  return given ? 'complete' : nextStage(staff)
}
