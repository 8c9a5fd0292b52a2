// Programs' tokens: api, rules and queries put together.
import type { Register } from '../../../enforcement/register.ts'
import { type Route, route } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import { Invalid, NotFound } from '../../../platform/errors.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { answeringFault, bundleFault, newToken, programRoles, standingOf, tokenHashes, untilFault } from './rules.ts'

const handleOf = (id: number): string => `token:${id}`

const refuse = (path: string, code: string): never => {
  throw new Invalid(code, { status: 422, faults: [{ path: `body.${path}`, code, message: code }] })
}

export const tokenRoutes = (register: Register): readonly Route[] => {
  const ownToPrograms = programRoles(register.description.roles)
  return [
    route(api.listTokens, async ({ db, input, now }) => {
      const { before, limit } = input.query
      const rows = await queries.tokens(db, before, limit)
      const last = rows.at(-1)
      const answering = [...new Set(rows.map(({ staff_id }) => staff_id))]
      const staff = new Map((await queries.answeringOf(db, answering)).map((one) => [one.id, one]))
      const held = await queries.rolesToday(db, answering, dayOf(now))
      const holds = (id: number, role: string): boolean =>
        ownToPrograms.includes(role) || held.some((one) => one.staff_id === id && one.role === role)
      return {
        tokens: rows.map((row) => ({
          ...row,
          handle: handleOf(row.id),
          staff_name: staff.get(row.staff_id)?.name ?? '',
          standing: standingOf(row, staff.get(row.staff_id), holds(row.staff_id, row.role), now),
        })),
        next: last === undefined || rows.length < limit ? null : last.id,
      }
    }),
    route(api.makeToken, async ({ db, input, actor, keys, now }) => {
      const { name, role, purpose, hat, staff_id, until } = input.body
      const today = dayOf(now)
      const unfit = bundleFault(register.bundles.get(`${role}.${purpose}.${hat}`), ownToPrograms.includes(role))
      if (unfit !== undefined) refuse('role', unfit)
      const length = untilFault(today, until)
      if (length !== undefined) refuse('until', length)
      const [staff] = await queries.answeringOf(db, [staff_id])
      const roles = await queries.rolesToday(db, [staff_id], today)
      const held = ownToPrograms.includes(role) || roles.some((one) => one.role === role)
      const fault = answeringFault(staff, held, actor.staff_id)
      if (fault !== undefined) refuse('staff_id', fault)
      const token = newToken()
      const { id } = await queries.insertToken(db, {
        staff: staff_id,
        name,
        hash: tokenHashes(keys, token)[0],
        role,
        purpose,
        hat,
        until,
        now,
        by: actor.handle,
      })
      return { id, handle: handleOf(id), token }
    }),
    route(api.revokeToken, async ({ db, input, now }) => {
      const revoked = await queries.closeToken(db, input.params.token_id, now)
      if (revoked === undefined) throw new NotFound('token.unknown')
      return { revoked_at: revoked.revoked_at }
    }),
  ]
}
