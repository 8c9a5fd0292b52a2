// Names: api, rules and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { Conflict } from '../../../platform/errors.ts'
import { findParty } from '../queries.ts'
import { periodFault, stepFrom } from '../rules.ts'
import { found, held, refuse, told } from '../told.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { nameFaults } from './rules.ts'

const changed = <T>(row: T | undefined): T => {
  if (row === undefined) throw new Conflict('name.changed')
  return row
}

export const nameRoutes: readonly Route[] = [
  route(api.addName, async (context) => {
    const { params, body } = context.input
    const party = found(await findParty(context.db, params.customer_id))
    refuse([...nameFaults(party.kind, body.kind, body), periodFault(body.from, body.to)])
    return found(await queries.insertName(context.db, params.customer_id, body, told(context)))
  }),
  route(api.changeName, async (context) => {
    const { db, input } = context
    const { customer_id, name_id } = input.params
    const { version, from, ...parts } = input.body
    const how = told(context)
    const party = found(await findParty(db, customer_id))
    const old = found(await queries.findName(db, customer_id, name_id), 'name.not-found')
    refuse(nameFaults(party.kind, old.kind, parts))
    const step = held(stepFrom(old.during.from, from, how.today))
    if (step.is === 'slip') return changed(await queries.correctName(db, customer_id, name_id, version, parts, how))
    changed(await queries.closeName(db, customer_id, name_id, version, step.from))
    const made = { ...parts, kind: old.kind, from: step.from, to: null }
    return found(await queries.insertName(db, customer_id, made, how))
  }),
  route(api.endName, async (context) => {
    const { db, input } = context
    const { customer_id, name_id } = input.params
    const old = found(await queries.findName(db, customer_id, name_id), 'name.not-found')
    if (old.kind === 'official') throw new Conflict('name.official')
    return changed(await queries.closeName(db, customer_id, name_id, input.query.version, told(context).today))
  }),
  route(api.reopenName, async (context) => {
    const { db, input } = context
    const { customer_id, name_id } = input.params
    found(await queries.findName(db, customer_id, name_id), 'name.not-found')
    return changed(await queries.reopenName(db, customer_id, name_id, input.body.version, told(context).today))
  }),
]
