// Who sends a request, and the first people of an empty register. For the server alone.
import type { Register } from '../../enforcement/register.ts'
import type { Actor } from '../../enforcement/serve.ts'
import { dayOf } from '../../platform/clock.ts'
import { statementsOn, transaction } from '../../platform/database.ts'
import { hashPassword, oneTimePassword } from './password.ts'
import * as queries from './queries.ts'
import { idleSince, sessionId } from './rules.ts'
import * as tokens from './tokens/queries.ts'
import { bearer, programRoles, tokenHashes } from './tokens/rules.ts'

const login = 'sign-in.security.group'
const unwatched = (): void => undefined
const minute = 60_000

/** The actor of a session's token; undefined when it is not, or no longer, one that may work. One statement. */
export const actorOf = async (register: Register, token: string | undefined, now: Date): Promise<Actor | undefined> => {
  if (token === undefined) return undefined
  const id = sessionId(token)
  const db = statementsOn(register.pool(login), unwatched)
  const row = await queries.workingSession(db, id, now, idleSince(now), dayOf(now))
  if (row === undefined) return undefined
  if (now.getTime() - new Date(row.seen_at).getTime() > minute) await queries.touchSession(db, id, now)
  return { handle: `staff:${row.staff_id}`, staff_id: row.staff_id, role: row.role, hat: row.hat }
}

/** The program that an `Authorization` header names; undefined when its token is unknown, over or revoked, or nobody who may answers for it. One statement. */
export const programOf = async (register: Register, header: string, now: Date): Promise<Actor | undefined> => {
  const token = bearer(header)
  if (token === undefined) return undefined
  const db = statementsOn(register.pool(login), unwatched)
  const hashes = tokenHashes(register.keys, token)
  const row = await tokens.workingToken(db, hashes, programRoles(register.description.roles), now, dayOf(now))
  if (row === undefined) return undefined
  const { id, role, purpose, hat, last_used_at } = row
  if (!row.hash.equals(hashes[0])) await tokens.moveToken(db, id, hashes[0])
  if (last_used_at === null || now.getTime() - new Date(last_used_at).getTime() > minute)
    await tokens.touchToken(db, id, now)
  return { handle: `token:${id}`, staff_id: null, role, purpose, hat }
}

export type Newcomer = {
  readonly login: string
  readonly name: string
  readonly unit: string
  readonly language: 'fi' | 'sv' | 'en'
  readonly roles: readonly string[]
}

/** Makes those who are not there yet, each with a password that is told once and must be changed. */
export const firstSignIns = async (
  register: Register,
  people: readonly Newcomer[],
  now: Date,
): Promise<readonly { readonly login: string; readonly password: string }[]> => {
  const made: { login: string; password: string }[] = []
  for (const person of people) {
    const password = oneTimePassword()
    const password_hash = await hashPassword(password)
    const id = await transaction(register.pool(login), unwatched, async (db) => {
      const row = await queries.insertStaff(db, { ...person, password_hash, until: null, now, by: 'system:start' })
      if (row !== undefined) await queries.insertRoles(db, row.id, person.roles, dayOf(now), now, 'system:start')
      return row?.id
    })
    if (id !== undefined) made.push({ login: person.login, password })
  }
  return made
}
