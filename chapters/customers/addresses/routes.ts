// Postal addresses: api, rules and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import type { Read } from '../../../platform/database.ts'
import { Conflict } from '../../../platform/errors.ts'
import { findParty } from '../queries.ts'
import { stepFrom } from '../rules.ts'
import { found, held, told } from '../told.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { postOffice } from './rules.ts'

const changed = <T>(row: T | undefined): T => {
  if (row === undefined) throw new Conflict('address.changed')
  return row
}

type Written = Parameters<typeof postOffice>[0]

/** With the post office that the postcode says. `within`: where the address stands in the body. */
export const placed = async <W extends Written>(db: Read, written: W, language: string, within = '') => {
  const office = written.country === 'FI' ? await queries.findOffice(db, written.postcode) : undefined
  return { ...written, ...held(postOffice(written, office, language, within)) }
}

export const addressRoutes: readonly Route[] = [
  route(api.addAddress, async (context) => {
    const { db, input } = context
    const { customer_id } = input.params
    const how = told(context)
    const { language } = found(await findParty(db, customer_id))
    held(stepFrom(null, input.body.from, how.today))
    const made = { ...(await placed(db, input.body, language)), from: input.body.from ?? how.today }
    return found(await queries.insertAddress(db, customer_id, made, how))
  }),
  route(api.changeAddress, async (context) => {
    const { db, input } = context
    const { customer_id, address_id } = input.params
    const { version, from, ...parts } = input.body
    const how = told(context)
    const { language } = found(await findParty(db, customer_id))
    const old = found(await queries.findAddress(db, customer_id, address_id), 'address.not-found')
    const step = held(stepFrom(old.during.from, from, how.today))
    const made = await placed(db, parts, language)
    if (step.is === 'slip')
      return changed(await queries.correctAddress(db, customer_id, address_id, version, made, how))
    changed(await queries.closeAddress(db, customer_id, address_id, version, step.from))
    return found(await queries.insertAddress(db, customer_id, { ...made, kind: old.kind, from: step.from }, how))
  }),
  route(api.endAddress, async (context) => {
    const { db, input } = context
    const { customer_id, address_id } = input.params
    found(await queries.findAddress(db, customer_id, address_id), 'address.not-found')
    return changed(await queries.closeAddress(db, customer_id, address_id, input.query.version, told(context).today))
  }),
  route(api.reopenAddress, async (context) => {
    const { db, input } = context
    const { customer_id, address_id } = input.params
    found(await queries.findAddress(db, customer_id, address_id), 'address.not-found')
    return changed(await queries.reopenAddress(db, customer_id, address_id, input.body.version, told(context).today))
  }),
]
