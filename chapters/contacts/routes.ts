// Contacts: api and queries put together; what was said is sealed on its way in and opened on its way out.
import { type Route, route } from '../../enforcement/serve.ts'
import { dayOf } from '../../platform/clock.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { displayName } from '../customers/index.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { openedText, sealedText } from './said.ts'
import { promisedFor } from './rules.ts'

const undoWithin = 10 * 60_000

export const contactRoutes: readonly Route[] = [
  route(api.timeline, async ({ db, input, may, keys, caller }) => {
    const { before_at, before_id } = input.query
    if ((before_at === undefined) !== (before_id === undefined))
      throw new Invalid('page.half', { status: 422, detail: 'before_at and before_id belong together' })
    const older = before_at === undefined ? undefined : { at: before_at, id: before_id ?? 0 }
    const rows = await queries.contactsOfCustomer(
      db,
      input.params.customer_id,
      older,
      may('contact-content') && may('subject-key') && (caller === null || caller.level > 1),
    )
    return rows.map(({ body, wrapped, key_version, ...row }) => ({
      ...row,
      body: openedText(keys, { customer_id: row.customer_id, body, wrapped, key_version }),
    }))
  }),
  route(api.addContact, async ({ db, input, keys, now, actor, bundle }) => {
    const { customer_id } = input.params
    const { body, ...rest } = input.body
    const sealed = await sealedText(db, keys, customer_id, body, now)
    const row = await queries.insertContact(
      db,
      customer_id,
      { ...rest, body: sealed },
      { now, by: actor.handle, staff: actor.staff_id, mask: bundle.mask },
    )
    if (row === undefined) throw new NotFound('customer.not-found')
    return { ...row, body: body === '' ? null : body }
  }),
  route(api.undoContact, async ({ db, input, actor, now }) => {
    const { customer_id, contact_id } = input.params
    const since = new Date(now.getTime() - undoWithin)
    const row = await queries.takeBack(db, customer_id, contact_id, actor.staff_id ?? 0, since, now)
    if (row === undefined) throw new Conflict('contact.too-late')
    return row
  }),
  route(api.queue, async ({ db, input, now }) => {
    const { channel, topic, due, after_on, after_id } = input.query
    if ((after_on === undefined) !== (after_id === undefined))
      throw new Invalid('page.half', { status: 422, detail: 'after_on and after_id belong together' })
    const after = after_on === undefined ? undefined : { on: after_on, id: after_id ?? 0 }
    const rows = await queries.openFollowUps(db, { channel, topic, after, ...promisedFor(due, dayOf(now)) })
    return rows.map((row) => ({ ...row, name: displayName(row) }))
  }),
  route(api.followUp, async ({ db, input, now }) => {
    const row = await queries.closeFollowUp(db, input.params.contact_id, input.body.version, now)
    if (row === undefined) throw new Conflict('contact.changed')
    return row
  }),
]
