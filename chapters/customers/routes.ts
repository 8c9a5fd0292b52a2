// Parties: api, rules and queries put together.
import { Conflict, Invalid } from '../../platform/errors.ts'
import { unseal, unwrapDataKey } from '../../platform/keys.ts'
import { type Route, route } from '../../enforcement/serve.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { findClosed, locksOfCustomer, settleLock } from './locks/queries.ts'
import { contactValue, displayName, protectionFaults } from './rules.ts'
import { found, refuse, told } from './told.ts'

const valid = (channel: 'phone' | 'email', written: string): string => {
  const value = contactValue(channel, written)
  if (value === undefined)
    throw new Invalid(`${channel}.unusable`, {
      status: 422,
      faults: [{ path: 'body.value', code: `${channel}.unusable`, message: `${written} cannot be used as ${channel}` }],
    })
  return value
}

export const customerRoutes: readonly Route[] = [
  route(api.openCustomer, async ({ db, input, may, caller }) => {
    // What the caller may be asked is not on the screen before they are known by it.
    const unknown = caller !== null && caller.level < 2
    const row = await queries.findCustomer(db, input.params.customer_id, {
      birth: may('birth-date') && !unknown,
      business: may('business-id'),
      death: may('death'),
    })
    return { ...found(row), name: displayName(found(row)), ...(unknown && { number: null }) }
  }),
  route(api.names, ({ db, input }) => queries.namesOfCustomer(db, input.params.customer_id)),
  route(api.contactDetails, ({ db, input }) => queries.contactPointsOfCustomer(db, input.params.customer_id)),
  route(api.addresses, ({ db, input }) => queries.addressesOfCustomer(db, input.params.customer_id)),
  route(api.addContactPoint, async (context) => {
    const { params, body } = context.input
    const made = { ...body, value: valid(body.channel, body.value) }
    return found(await queries.insertContactPoint(context.db, params.customer_id, made, told(context)))
  }),
  route(api.correctContactPoint, async (context) => {
    const { params, body } = context.input
    const { customer_id, point_id } = params
    const old = found(await queries.findContactPoint(context.db, customer_id, point_id))
    const value = valid(old.channel, body.value)
    const how = told(context)
    if (old.during.from === how.today) {
      const changed = await queries.changeContactPoint(context.db, customer_id, point_id, body.version, value, how)
      if (changed === undefined) throw new Conflict('contact-detail.changed')
      return changed
    }
    const closed = await queries.closeContactPoint(context.db, customer_id, point_id, body.version, how)
    if (closed === undefined) throw new Conflict('contact-detail.changed')
    const made = { channel: old.channel, use: old.use, value }
    return found(await queries.insertContactPoint(context.db, customer_id, made, how))
  }),
  route(api.endContactPoint, async (context) => {
    const { customer_id, point_id } = context.input.params
    found(await queries.findContactPoint(context.db, customer_id, point_id))
    const { version } = context.input.query
    const closed = await queries.closeContactPoint(context.db, customer_id, point_id, version, told(context))
    if (closed === undefined) throw new Conflict('contact-detail.changed')
    return closed
  }),
  route(api.reopenContactPoint, async (context) => {
    const { customer_id, point_id } = context.input.params
    found(await queries.findContactPoint(context.db, customer_id, point_id))
    const { version } = context.input.body
    const opened = await queries.reopenContactPoint(context.db, customer_id, point_id, version, told(context))
    if (opened === undefined) throw new Conflict('contact-detail.changed')
    return opened
  }),
  route(api.setLanguage, async (context) => {
    const { params, body } = context.input
    const row = await queries.updateLanguage(context.db, params.customer_id, body.language, body.version, told(context))
    if (row === undefined) throw new Conflict('customer.changed')
    return row
  }),
  route(api.showIdentityCode, async ({ db, input, keys }) => {
    const rows = await queries.identityCodesOfCustomer(db, input.params.customer_id)
    return rows.map(({ wrapped, key_version, code, ...row }) => {
      const key = unwrapDataKey(keys, row.customer_id, { wrapped, key_version })
      return { ...row, code: unseal(key, code, `identity_code|code|${row.customer_id}`).toString() }
    })
  }),
  route(api.openProtected, async ({ db, input }) => {
    const id = input.params.customer_id
    return {
      orders: await queries.protectionOrders(db, id),
      locks: await locksOfCustomer(db, id),
      addresses: await queries.addressesOfCustomer(db, id),
      contact_details: await queries.contactPointsOfCustomer(db, id),
    }
  }),
  route(api.protect, async (context) => {
    const { params, body } = context.input
    const how = told(context)
    refuse(protectionFaults(body, how.today))
    const order = found(await queries.insertProtectionOrder(context.db, params.customer_id, body, how))
    await settleLock(context.db, params.customer_id, 'confirmed', body.basis, how)
    await queries.setProtected(context.db, params.customer_id, true)
    return order
  }),
  route(api.liftProtection, async (context) => {
    const id = context.input.params.customer_id
    // The estate of a protected person is closed without an order of its own.
    if (!found(await findClosed(context.db, id)).protected) throw new Conflict('protection.none')
    const how = told(context)
    const lifted = await queries.liftProtectionOrders(context.db, id, context.input.body.reason, how)
    await settleLock(context.db, id, 'lifted', context.input.body.reason, how)
    await queries.setProtected(context.db, id, false)
    return lifted
  }),
]
