// Saved views: api, rules and queries put together.
import { type Actor, type Route, route } from '../../../enforcement/serve.ts'
import { Forbidden, Invalid, NotFound } from '../../../platform/errors.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { addressFault, usedBefore } from './rules.ts'

/** @throws Forbidden for a program: it has no desk. */
const staffOf = ({ staff_id }: Actor): number => {
  if (staff_id === null) throw new Forbidden('session.missing', { status: 401 })
  return staff_id
}

type Row = {
  readonly id: number
  readonly staff_id: number
  readonly name: string
  readonly address: string
  readonly role: string | null
  readonly by: string
}
/** Another's reads as none: which there are is not told. */
const shown = (row: Row | undefined, actor: Actor) => {
  if (row === undefined) throw new NotFound('view.unknown')
  const { staff_id, role, ...view } = row
  return { ...view, shared: role !== null, own: staff_id === actor.staff_id }
}

const refused = (address: string, shared: boolean): void => {
  const fault = addressFault(address, shared)
  if (fault !== undefined) throw new Invalid(fault.code, { status: 422, faults: [fault] })
}

const day = 24 * 60 * 60_000

export const viewRoutes: readonly Route[] = [
  route(api.listViews, async ({ db, actor }) =>
    (await queries.viewsOf(db, staffOf(actor), actor.role)).map((row) => shown(row, actor)),
  ),
  route(api.saveView, async ({ db, input, actor, now }) => {
    const { name, address, shared } = input.body
    refused(address, shared)
    const made = { name, address, role: shared ? actor.role : null }
    return shown(await queries.insertView(db, staffOf(actor), made, now), actor)
  }),
  route(api.changeView, async ({ db, input, actor }) => {
    const { view_id } = input.params
    const old = await queries.findView(db, staffOf(actor), view_id)
    if (old === undefined) throw new NotFound('view.unknown')
    const { name = old.name, shared = old.role !== null } = input.body
    refused(old.address, shared)
    // It stays with the role that it was shared with, whichever is worn when it is renamed.
    const role = shared ? (old.role ?? actor.role) : null
    return shown(await queries.updateView(db, staffOf(actor), view_id, name, role), actor)
  }),
  route(api.useView, async ({ db, input, actor, now }) => {
    await queries.touchView(db, staffOf(actor), actor.role, input.params.view_id, now, usedBefore(now))
    return { id: input.params.view_id }
  }),
  route(api.removeView, async ({ db, input, actor, now }) =>
    shown(await queries.withdrawView(db, staffOf(actor), input.params.view_id, now), actor),
  ),
  route(api.restoreView, async ({ db, input, actor, now }) => {
    const since = new Date(now.getTime() - day)
    return shown(await queries.bringBackView(db, staffOf(actor), input.params.view_id, since), actor)
  }),
]
