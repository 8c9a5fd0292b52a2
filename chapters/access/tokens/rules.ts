// Decisions about programs' tokens: pure.
import { randomBytes } from 'node:crypto'
import type { Bundle } from '../../../enforcement/bundles.ts'
import type { MasterKeys } from '../../../platform/keys.ts'
import type { Role } from '../../../register/description.ts'
import type { standings } from './api.ts'

/** Begins with a word that scanners of leaked secrets can look for. 256 bits. */
export const newToken = (): string => `asiakasrekisteri_${randomBytes(32).toString('base64url')}`

/** What the register keeps of a token: a digest under the master key, so that the table alone proves no guess right. The newest key's first. */
export const tokenHashes = (keys: MasterKeys, token: string): readonly [Buffer, ...Buffer[]] =>
  keys.digests('api-token', token)

const shape = /^Bearer +(asiakasrekisteri_[\w-]{43})$/i

/** The token of an `Authorization` header; undefined for anything else. */
export const bearer = (header: string): string | undefined => shape.exec(header.trim())?.[1]

/** What the machinery does is no program's to do, but for the roles that are declared for programs. */
export const bundleFault = (
  bundle: Bundle | undefined,
  forPrograms: boolean,
): 'bundle.unknown' | 'bundle.machinery' | undefined => {
  if (bundle === undefined) return 'bundle.unknown'
  return bundle.system && !forPrograms ? 'bundle.machinery' : undefined
}

/** The roles that no person can hold, and programs alone are let in with. */
export const programRoles = (roles: readonly Role[]): readonly string[] =>
  roles.flatMap(({ id, system, programs }) => (system && programs === true ? [id] : []))

const longest = 366

/** Days `YYYY-MM-DD`, half-open. */
export const untilFault = (
  today: string,
  until: string,
): 'token.over-before-it-begins' | 'token.too-long' | undefined => {
  if (until <= today) return 'token.over-before-it-begins'
  return (Date.parse(until) - Date.parse(today)) / 86_400_000 > longest ? 'token.too-long' : undefined
}

export type Answering = { readonly id: number; readonly state: string; readonly secrecy_committed_on: string | null }

/** What `workingToken` lets in, said to whoever looks at the list. */
export const standingOf = (
  token: { readonly revoked_at: string | null; readonly expires_at: string },
  staff: Omit<Answering, 'id'> | undefined,
  holdsRole: boolean,
  now: Date,
): (typeof standings)[number] => {
  if (token.revoked_at !== null) return 'revoked'
  if (Date.parse(token.expires_at) <= now.getTime()) return 'over'
  return staff?.state === 'active' && staff.secrecy_committed_on !== null && holdsRole ? 'open' : 'unanswered'
}

/** Who answers for a program is bound to secrecy, holds its role, and is not the one who hands out the token: none makes oneself a way past one's own sign-in. */
export const answeringFault = (
  staff: Answering | undefined,
  holdsRole: boolean,
  maker: number | null,
): 'staff.unknown' | 'token.own' | 'token.not-committed' | 'token.role-not-held' | undefined => {
  if (staff === undefined) return 'staff.unknown'
  if (staff.id === maker) return 'token.own'
  if (staff.state !== 'active' || staff.secrecy_committed_on === null) return 'token.not-committed'
  return holdsRole ? undefined : 'token.role-not-held'
}
