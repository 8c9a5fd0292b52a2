// Signing in: api, rules and queries put together.
import { takenOutBy } from '../../enforcement/export.ts'
import type { Register } from '../../enforcement/register.ts'
import { type Actor, permitted, type Route, route, routeAfter } from '../../enforcement/serve.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Read } from '../../platform/database.ts'
import { Conflict, Forbidden } from '../../platform/errors.ts'
import type { Provider } from '../../platform/single-sign-on.ts'
import * as api from './api.ts'
import { declarationRoutes } from './declaration/routes.ts'
import { logRoutes } from './log/routes.ts'
import { ownRoutes } from './own/routes.ts'
import { hashPassword, passwordMatches } from './password.ts'
import * as queries from './queries.ts'
import { countWrong, type Here, mustNotRest, renew, unfitPassword, wrongCode } from './renewal.ts'
import { idleSince, invitationOver, nextStage, passwordFault, sessionId } from './rules.ts'
import { newRecoveryCodes, newSecret, recoveryHash, stepOf } from './second-factor.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { singleSignOnRoutes } from './single-sign-on/routes.ts'
import { openedToken } from './single-sign-on/token.ts'
import { staffRoutes } from './staff/routes.ts'
import { tokenRoutes } from './tokens/routes.ts'
import { viewRoutes } from './views/routes.ts'

const refused = new Forbidden('sign-in.refused', { status: 401, stands: true })

/** The half-signed-in person of this session. */
const halfway = async ({ db, session, now }: Here, stage: 'password' | 'enrol') => {
  if (session.token === undefined) throw new Forbidden('session.missing', { status: 401 })
  const id = sessionId(session.token)
  const row = await queries.liveSession(db, id, now, idleSince(now))
  const staff = row?.stage === stage ? await queries.staffById(db, row.staff_id) : undefined
  if (staff === undefined) throw new Forbidden('session.missing', { status: 401 })
  return staff
}

export const accessRoutes = (
  register: Register,
  all: () => readonly Route[],
  provider?: Provider,
): readonly Route[] => {
  const hatsOf = (role: string): readonly string[] =>
    Object.keys(register.description.roles.find(({ id }) => id === role)?.hats ?? {})
  const described = async (db: Read, actor: Actor, now: Date) => {
    const staff = await queries.staffById(db, actor.staff_id ?? 0)
    if (staff === undefined) throw refused
    const roles = await queries.rolesOf(db, staff.id, dayOf(now))
    return {
      user: { id: String(staff.id), name: staff.name, language: staff.language },
      role: actor.role,
      roles: roles.flatMap(({ role }) => {
        const declared = register.description.roles.find(({ id, system }) => id === role && !system)
        return declared === undefined ? [] : [{ id: role, label: declared.label }]
      }),
      hat: actor.hat,
      hats: hatsOf(actor.role),
      actions: permitted(register, actor, all()),
      exports: takenOutBy(register, actor, all()),
      noticeHash: register.noticeHash,
      unit: staff.unit,
    }
  }
  const firstRole = async (db: Read, staff: number, now: Date) => {
    const role = (await queries.rolesOf(db, staff, dayOf(now)))
      .map((row) => row.role)
      .find((each) => hatsOf(each).length > 0)
    if (role === undefined) throw new Forbidden('role.none')
    return { role, hat: hatsOf(role)[0] as string }
  }
  return [
    route(api.readSession, ({ db, actor, now }) => described(db, actor, now)),
    route(api.changeSession, async ({ db, input, actor, session, now }) => {
      const role = input.body.role ?? actor.role
      const hats = hatsOf(role)
      const hat = input.body.hat ?? (hats.includes(actor.hat) ? actor.hat : hats[0])
      const held = await queries.rolesOf(db, actor.staff_id ?? 0, dayOf(now))
      if (hat === undefined || !hats.includes(hat) || !held.some((row) => row.role === role))
        throw new Forbidden('role.not-held')
      await queries.updateSession(db, sessionId(session.token ?? ''), 'complete', role, hat)
      return described(db, { ...actor, role, hat }, now)
    }),
    routeAfter(
      api.endSession,
      async () => provider?.leaving(),
      async ({ db, session, keys, now }, leaving) => {
        const ended = await queries.closeSession(db, sessionId(session.token ?? ''), now)
        session.clear()
        const [former] = ended
        const sealed = former?.provider_token ?? null
        const token = former === undefined || sealed === null ? undefined : openedToken(keys, former.staff_id, sealed)
        return { ended: former !== undefined, leave_at: token === undefined ? null : (leaving?.(token) ?? null) }
      },
    ),
    route(api.signIn, async (context) => {
      const { db, input, now } = context
      const staff = await queries.staffByLogin(db, input.body.login.trim().toLowerCase())
      const right = await passwordMatches(input.body.password, staff?.password_hash)
      if (staff === undefined || staff.state === 'locked' || staff.state === 'ended') throw refused
      mustNotRest(staff, now)
      if (!right) {
        await countWrong(db, staff.id, now)
        throw refused
      }
      // Of many that were tried at once, the right one is no better than the wrong ones before it.
      const meanwhile = await queries.staffById(db, staff.id)
      if (meanwhile !== undefined) mustNotRest(meanwhile, now)
      if (invitationOver(staff, now)) throw new Forbidden('sign-in.invitation-over')
      const stage = nextStage(staff)
      await renew(context, { staff: staff.id, round: staff.sign_in_round, stage, role: null, hat: null })
      return { stage }
    }),
    route(api.secondFactor, async (context) => {
      const { db, input, keys, now } = context
      const staff = await halfway(context, 'password')
      mustNotRest(staff, now)
      const step = stepOf(keys, staff.id, staff.totp_secret, input.body.code, now)
      const good =
        step === undefined
          ? await queries.useRecovery(db, staff.id, recoveryHash(input.body.code), now)
          : await queries.useStep(db, staff.id, step, now)
      if (good === undefined) {
        await countWrong(db, staff.id, now)
        throw refused
      }
      const place = await firstRole(db, staff.id, now)
      await renew(context, { staff: staff.id, round: staff.sign_in_round, stage: 'complete', ...place })
      return { stage: 'complete' as const }
    }),
    route(api.readEnrolment, async (context) => {
      const { db, keys } = context
      const staff = await halfway(context, 'enrol')
      if (staff.totp_confirmed_at !== null) throw new Conflict('second-factor.confirmed')
      const secret = newSecret(keys, staff)
      await queries.setSecret(db, staff.id, secret.sealed)
      return secret.told
    }),
    route(api.enrol, async (context) => {
      const { db, input, keys, now } = context
      const staff = await halfway(context, 'enrol')
      const unfit = passwordFault(input.body.password, staff.login)
      if (unfit !== undefined) throw unfitPassword('body.password', unfit)
      const step = stepOf(keys, staff.id, staff.totp_secret, input.body.code, now)
      if (step === undefined || (await queries.useStep(db, staff.id, step, now)) === undefined) throw wrongCode()
      const recovery_codes = newRecoveryCodes()
      const enrolled = await queries.completeEnrolment(db, staff.id, staff.sign_in_round, {
        password_hash: await hashPassword(input.body.password),
        today: dayOf(now),
        now,
        recovery: recovery_codes.map(recoveryHash),
      })
      if (enrolled === undefined) throw new Forbidden('session.missing', { status: 401 })
      const place = await firstRole(db, staff.id, now)
      await renew(context, { staff: staff.id, round: enrolled.sign_in_round, stage: 'complete', ...place })
      return { stage: 'complete' as const, recovery_codes }
    }),
    ...singleSignOnRoutes(provider, firstRole),
    ...sessionRoutes,
    ...ownRoutes,
    ...staffRoutes(register),
    ...tokenRoutes(register),
    ...viewRoutes,
    ...logRoutes(register),
    ...declarationRoutes(register, all),
  ]
}
