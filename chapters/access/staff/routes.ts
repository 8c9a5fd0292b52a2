// Staff administration: api, rules and queries put together.
import type { Register } from '../../../enforcement/register.ts'
import { type Actor, type Route, route } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import type { Write } from '../../../platform/database.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../../platform/errors.ts'
import { hashPassword, oneTimePassword } from '../password.ts'
import { insertRoles, insertStaff } from '../queries.ts'
import { firstPasswordUntil } from '../rules.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { hindrancesOf, periodFault, roleFault } from './rules.ts'

const held = ({ id, role, during }: queries.HeldRole) => ({ id, role, from: during.from ?? '', to: during.to })

const refuse = (path: string, code: string): never => {
  throw new Invalid(code, { status: 422, faults: [{ path, code, message: code }] })
}

/** The last administrator could otherwise lock the door from the outside, and anyone of them give themselves customers to see. */
export const notSelf = (actor: Actor, staff: number): void => {
  if (staff === actor.staff_id) throw new Forbidden('staff.self')
}

/** @throws Conflict when another has changed the person since the caller saw them. */
export const begin = async (db: Write, staff: number, version: number) => {
  const next = await queries.nextVersion(db, staff, version)
  if (next !== undefined) return next
  throw (await queries.findVersion(db, staff)) === undefined
    ? new NotFound('staff.unknown')
    : new Conflict('staff.changed')
}

export const staffRoutes = ({ description }: Register): readonly Route[] => {
  const { roles: declared, controllers } = description
  const companies = new Map(controllers.map(({ id, name }) => [id, name]))
  const grantable = Object.fromEntries(
    declared
      .filter(({ system }) => !system)
      .map(({ id, label, hats }) => [
        id,
        {
          label,
          hats: Object.entries(hats).map(([hat, ids]) => ({
            id: hat,
            companies: ids.map((one) => companies.get(one) ?? one),
          })),
        },
      ]),
  )
  return [
    route(api.listStaff, async ({ db, input, now }) => {
      const { text, staff_id, after, limit } = input.query
      const people = await queries.listStaff(db, { text, staff_id, after, limit })
      const roles = await queries.rolesOf(
        db,
        people.map(({ id }) => id),
      )
      const byPerson = Map.groupBy(roles, ({ staff_id }) => staff_id)
      const today = dayOf(now)
      return {
        staff: people.map(({ oidc_subject, ...person }) => {
          const own = (byPerson.get(person.id) ?? []).map(held)
          return {
            ...person,
            single_sign_on: oidc_subject,
            roles: own,
            hindrances: hindrancesOf({ ...person, roles: own }, today),
          }
        }),
        roles: grantable,
        next: people.length < limit ? null : (people.at(-1)?.id ?? null),
      }
    }),
    route(api.inviteStaff, async ({ db, input, actor, now }) => {
      const { roles, ...person } = input.body
      for (const [i, role] of roles.entries()) {
        const fault = roleFault(declared, role)
        if (fault !== undefined) refuse(`body.roles.${i}`, fault)
      }
      const password = oneTimePassword()
      const password_hash = await hashPassword(password)
      const until = firstPasswordUntil(now)
      const made = await insertStaff(db, { ...person, password_hash, until, now, by: actor.handle })
      if (made === undefined) throw new Conflict('staff.login-taken')
      await insertRoles(db, made.id, [...new Set(roles)], dayOf(now), now, actor.handle)
      return { staff_id: made.id, login: person.login, password, until: until.toISOString() }
    }),
    route(api.changeStaff, async ({ db, input }) => {
      const { version, ...details } = input.body
      const { id } = await begin(db, input.params.staff_id, version)
      return { version: (await queries.updateStaff(db, id, details)).version }
    }),
    route(api.giveRole, async ({ db, input, actor, now }) => {
      const { version, role, from, to } = input.body
      notSelf(actor, input.params.staff_id)
      const unfit = roleFault(declared, role)
      if (unfit !== undefined) refuse('body.role', unfit)
      const empty = periodFault(from, to)
      if (empty !== undefined) refuse('body.to', empty)
      const { id } = await begin(db, input.params.staff_id, version)
      return held(await queries.insertRole(db, { staff: id, role, from, to, now, by: actor.handle }))
    }),
    route(api.endRole, async ({ db, input, actor }) => {
      const { staff_id, staff_role_id } = input.params
      notSelf(actor, staff_id)
      const role = await queries.findRole(db, staff_id, staff_role_id)
      if (role === undefined) throw new NotFound('role.unknown')
      const empty = periodFault(role.during.from ?? '', input.body.to)
      if (empty !== undefined) refuse('body.to', empty)
      await begin(db, staff_id, input.body.version)
      return held(await queries.shortenRole(db, role.id, input.body.to))
    }),
    route(api.setStaffState, async ({ db, input, actor, now }) => {
      const { state, version } = input.body
      notSelf(actor, input.params.staff_id)
      const { id } = await begin(db, input.params.staff_id, version)
      if (state === 'ended') await queries.endRoles(db, id, dayOf(now))
      const changed = state === 'open' ? await queries.openStaff(db, id) : await queries.closeStaff(db, id, state)
      return { state: changed.state }
    }),
    route(api.endStaffSessions, async ({ db, input }) => {
      const ended = await queries.endSessions(db, input.params.staff_id)
      if (ended === undefined) throw new NotFound('staff.unknown')
      return { version: ended.version }
    }),
    route(api.resetSignIn, async ({ db, input, actor, now }) => {
      notSelf(actor, input.params.staff_id)
      const password = oneTimePassword()
      const password_hash = await hashPassword(password)
      const { id, login } = await begin(db, input.params.staff_id, input.body.version)
      const until = firstPasswordUntil(now)
      await queries.resetCredentials(db, id, password_hash, until)
      return { staff_id: id, login, password, until: until.toISOString() }
    }),
  ]
}
