// One's own password and authenticator: api, rules and queries put together.
import { type Actor, type Route, route } from '../../../enforcement/serve.ts'
import type { Read, Write } from '../../../platform/database.ts'
import { Forbidden, Invalid } from '../../../platform/errors.ts'
import { hashPassword, passwordMatches } from '../password.ts'
import { staffById } from '../queries.ts'
import { countWrong, mustNotRest, renew, staffOf, unfitPassword, wrongCode } from '../renewal.ts'
import { passwordFault } from '../rules.ts'
import { newRecoveryCodes, newSecret, recoveryHash, stepOf } from '../second-factor.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'

const missing = (): Forbidden => new Forbidden('session.missing', { status: 401 })

const self = async (db: Read, actor: Actor) => {
  const staff = await staffById(db, staffOf(actor))
  if (staff === undefined) throw missing()
  return staff
}

/** Who sits at an open desk is not always who signed in to it: the present password is asked for, and wrong ones are counted. */
const known = async (db: Write, actor: Actor, password: string, now: Date) => {
  const staff = await self(db, actor)
  mustNotRest(staff, now)
  if (await passwordMatches(password, staff.password_hash)) return staff
  await countWrong(db, staff.id, now)
  throw new Invalid('password.wrong', {
    status: 422,
    stands: true,
    faults: [{ path: 'body.password', code: 'password.wrong', message: 'this is not your present password' }],
  })
}
export const ownRoutes: readonly Route[] = [
  route(api.readOwnSignIn, async ({ db, actor }) => {
    const { login, secrecy_committed_on, totp_confirmed_at, recovery_hashes } = await self(db, actor)
    return {
      login,
      secrecy_committed_on,
      authenticator_since: totp_confirmed_at,
      recovery_codes_left: recovery_hashes?.length ?? 0,
    }
  }),
  route(api.changeOwnPassword, async (context) => {
    const { db, input, actor, now } = context
    const staff = await known(db, actor, input.body.password, now)
    const { new_password } = input.body
    const unfit = new_password === input.body.password ? 'password.same' : passwordFault(new_password, staff.login)
    if (unfit !== undefined) throw unfitPassword('body.new_password', unfit)
    const changed = await queries.setPassword(db, staff.id, staff.sign_in_round, await hashPassword(new_password))
    if (changed === undefined) throw missing()
    await renew(context, {
      staff: staff.id,
      round: changed.sign_in_round,
      stage: 'complete',
      role: actor.role,
      hat: actor.hat,
    })
    return { changed: true as const }
  }),
  route(api.beginOwnAuthenticator, async ({ db, input, actor, keys, now }) => {
    const staff = await known(db, actor, input.body.password, now)
    const secret = newSecret(keys, staff)
    if ((await queries.setPending(db, staff.id, staff.sign_in_round, secret.sealed)) === undefined) throw missing()
    return secret.told
  }),
  route(api.confirmOwnAuthenticator, async (context) => {
    const { db, input, actor, keys, now } = context
    const staff = await self(db, actor)
    mustNotRest(staff, now)
    const step = stepOf(keys, staff.id, staff.totp_pending, input.body.code, now)
    if (step === undefined) {
      await countWrong(db, staff.id, now)
      throw wrongCode()
    }
    const recovery_codes = newRecoveryCodes()
    const recovery = recovery_codes.map(recoveryHash)
    const changed = await queries.confirmPending(db, staff.id, staff.sign_in_round, { step, now, recovery })
    if (changed === undefined) throw missing()
    await renew(context, {
      staff: staff.id,
      round: changed.sign_in_round,
      stage: 'complete',
      role: actor.role,
      hat: actor.hat,
    })
    return { recovery_codes }
  }),
]
