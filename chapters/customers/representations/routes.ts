// Who acts for whom: api, rules and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { Conflict } from '../../../platform/errors.ts'
import type { Category } from '../../../register/vocabulary.ts'
import { displayName, periodFault } from '../rules.ts'
import { found, refuse, told } from '../told.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { representationFaults, untilOfAge } from './rules.ts'

const changed = <T>(row: T | undefined): T => {
  if (row === undefined) throw new Conflict('representation.changed')
  return row
}

const reading = (may: (category: Category) => boolean) => ({ birth: may('birth-date'), death: may('death') })

export const representationRoutes: readonly Route[] = [
  route(api.representations, async ({ db, input }) => {
    const rows = await queries.representationsOfCustomer(db, input.params.customer_id)
    return rows.map((row) => ({ ...row, representative: displayName(row) || null }))
  }),
  route(api.actsFor, async ({ db, input }) => {
    const rows = await queries.representedByCustomer(db, input.params.customer_id)
    return rows.map((row) => ({ ...row, represented: displayName(row) || null }))
  }),
  route(api.addRepresentation, async (context) => {
    const { db, input, may } = context
    const { customer_id } = input.params
    const { body } = input
    const parties = await queries.partiesToBind(db, [customer_id, body.representative_id], reading(may))
    const represented = found(parties.find(({ id }) => id === customer_id))
    const representative = found(
      parties.find(({ id }) => id === body.representative_id),
      'representative.not-found',
    )
    const to = untilOfAge(body.kind, represented.birth_date, body.to)
    refuse([...representationFaults(represented, representative, body), periodFault(body.from, body.to)])
    return found(await queries.insertRepresentation(db, customer_id, { ...body, to }, told(context)))
  }),
  route(api.changeRepresentation, async (context) => {
    const { db, input, may } = context
    const { customer_id, representation_id } = input.params
    const { version, ...made } = input.body
    const old = found(await queries.findRepresentation(db, customer_id, representation_id), 'representation.not-found')
    const [represented] = await queries.partiesToBind(db, [customer_id], reading(may))
    const to = untilOfAge(old.kind, represented?.birth_date ?? null, made.to)
    refuse([periodFault(old.during.from, to)])
    return changed(
      await queries.updateRepresentation(db, customer_id, representation_id, version, { ...made, to }, told(context)),
    )
  }),
  route(api.revokeRepresentation, async (context) => {
    const { db, input } = context
    const { customer_id, representation_id } = input.params
    const how = told(context)
    const old = found(await queries.findRepresentation(db, customer_id, representation_id), 'representation.not-found')
    if (old.during.to !== null && old.during.to <= how.today) throw new Conflict('representation.ended')
    return changed(await queries.revoke(db, customer_id, representation_id, input.body.version, input.body.reason, how))
  }),
]
