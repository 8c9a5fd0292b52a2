// A session begins anew with every step and every change of what one signs in by: a token handed over before is worth nothing after.
import { randomBytes } from 'node:crypto'
import type { Actor, Context } from '../../enforcement/serve.ts'
import type { Write } from '../../platform/database.ts'
import { Forbidden, Invalid } from '../../platform/errors.ts'
import type { Endpoint } from '../../register/endpoint.ts'
import * as queries from './queries.ts'
import { rests, sessionId, sessionWhole } from './rules.ts'

export type Here = Pick<Context<Endpoint>, 'session' | 'now'> & { readonly db: Write }

/** @throws Forbidden for a program: it has a token, and no sessions. */
export const staffOf = ({ staff_id }: Actor): number => {
  if (staff_id === null) throw new Forbidden('session.missing', { status: 401 })
  return staff_id
}

type Begun = {
  readonly staff: number
  /** As it stood when the password was checked: raised meanwhile, the new session is over before it begins. */
  readonly round: number
  readonly stage: 'password' | 'enrol' | 'complete'
  readonly role: string | null
  readonly hat: string | null
  /** Of a sign-in at the provider; steps and changes of it keep the one that there was. */
  readonly provider_token?: Buffer
}

export const renew = async (
  { db, session, now }: Here,
  { staff, round, stage, role, hat, provider_token }: Begun,
): Promise<void> => {
  const former = session.token === undefined ? [] : await queries.closeSession(db, sessionId(session.token), now)
  const kept = former.find((one) => one.staff_id === staff)?.provider_token ?? null
  const token = randomBytes(32).toString('base64url')
  const id = sessionId(token)
  await queries.insertSession(db, {
    id,
    staff,
    round,
    stage,
    role,
    hat,
    provider_token: provider_token ?? kept,
    agent: session.userAgent,
    now,
    expires: new Date(now.getTime() + sessionWhole),
  })
  session.set(token)
}

type Trying = { readonly locked_until: string | null }

/** @throws Forbidden while the account rests after wrong attempts. */
export const mustNotRest = ({ locked_until }: Trying, now: Date): void => {
  if (locked_until !== null && new Date(locked_until) > now) throw new Forbidden('sign-in.resting', { status: 429 })
}

/** Counts a wrong password or code: the refusal that follows must be one that `stands`. Ten wrong codes lock like ten wrong passwords. */
export const countWrong = (db: Write, id: number, now: Date): Promise<unknown> =>
  queries.countFailure(
    db,
    id,
    rests.map((milliseconds) => milliseconds / 1000),
    now,
  )

export const unfitPassword = (path: string, code: 'password.short' | 'password.login' | 'password.same'): Invalid =>
  new Invalid(code, {
    status: 422,
    faults: [{ path, code, message: 'twelve signs or more, not your login, and not the one before' }],
  })

export const wrongCode = (): Invalid =>
  new Invalid('code.wrong', {
    status: 422,
    stands: true,
    faults: [{ path: 'body.code', code: 'code.wrong', message: 'the code is not the one of this moment' }],
  })
