// Decisions about who works in the register: pure.
import type { Role } from '../../../register/description.ts'
import type { hindrances } from './api.ts'

/** A role of the machinery is given to nobody, and one that is not declared opens nothing. */
export const roleFault = (declared: readonly Role[], role: string): 'role.unknown' | 'role.machinery' | undefined => {
  const found = declared.find(({ id }) => id === role)
  if (found === undefined) return 'role.unknown'
  return found.system ? 'role.machinery' : undefined
}

/** Days `YYYY-MM-DD`; half-open, so a role that ends on its first day would never hold. */
export const periodFault = (from: string, to: string | null): 'role.ends-before-it-begins' | undefined =>
  to !== null && to <= from ? 'role.ends-before-it-begins' : undefined

export type Standing = {
  readonly state: string
  readonly secrecy_committed_on: string | null
  readonly roles: readonly { readonly from: string; readonly to: string | null }[]
}

/** All that keeps a person out today; nothing when the register is open to them. */
export const hindrancesOf = (
  { state, secrecy_committed_on, roles }: Standing,
  today: string,
): (typeof hindrances)[number][] => [
  ...(state === 'ended' ? (['ended'] as const) : []),
  ...(state === 'locked' ? (['locked'] as const) : []),
  ...(secrecy_committed_on === null ? (['no-commitment'] as const) : []),
  ...(roles.some(({ from, to }) => from <= today && (to === null || today < to)) ? [] : (['no-role'] as const)),
]
