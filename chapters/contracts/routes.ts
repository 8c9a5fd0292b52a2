// Contracts: api, rules and queries put together.
import { type Route, route } from '../../enforcement/serve.ts'
import { dayOf } from '../../platform/clock.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import * as api from './api.ts'
import { withPrices } from './pricing/today.ts'
import { endWithParties, makeContract } from './making.ts'
import { opened } from './opened.ts'
import * as queries from './queries.ts'
import { contractRefusals, endFaults, isSlip, statusOf } from './rules.ts'
import { told } from './told.ts'

export const contractRoutes: readonly Route[] = [
  route(api.contractsOfCustomer, async ({ db, input, now }) => {
    const rows = await queries.contractsOfCustomer(db, input.params.customer_id)
    return rows.map((row) => ({ ...row, during: row.part, status: statusOf(row, row.part, dayOf(now)) }))
  }),
  route(api.contractsOfSite, async ({ db, input, now }) => {
    const rows = await queries.contractsOfSite(db, input.params.site_id)
    return rows.map((row) => ({ ...row, status: statusOf(row, row.during, dayOf(now)) }))
  }),
  route(api.openContract, ({ db, input, now }) => opened(db, input.params.contract_id, now)),
  route(api.products, async ({ db, bundle, now }) => {
    const rows = await queries.products(db)
    return withPrices(
      db,
      rows.filter(({ controller }) => (controller & bundle.mask) !== 0),
      dayOf(now),
    )
  }),
  route(api.makeContract, async (context) => {
    const { db, input, bundle, now } = context
    const { product_id, site_id, point_id } = input.body
    const product = await queries.findProduct(db, product_id)
    if (product === undefined) throw new NotFound('product.not-found')
    const point = point_id === null ? undefined : await queries.findPoint(db, point_id, site_id)
    if (point_id !== null && point === undefined) throw new NotFound('point.not-found')
    const faults = contractRefusals(input.body, product, bundle.mask, point?.energy ?? null)
    if (faults.length > 0) throw new Invalid('contract.refused', { status: 422, faults })
    const made = await makeContract(db, input.body, product, told(context))
    return opened(db, made, now)
  }),
  route(api.endContract, async (context) => {
    const { db, input, now } = context
    const { contract_id } = input.params
    const { to, end_reason, version } = input.body
    const old = await opened(db, contract_id, now)
    if (old.version !== version) throw new Conflict('contract.changed')
    const was = old.during.to
    const later = was !== null && (to === null || to > was)
    if (old.status === 'ended' && !(later && isSlip(old, dayOf(now)))) throw new Conflict('contract.already-ended')
    const faults = endFaults(old.during, to, end_reason)
    if (faults[0] !== undefined) throw new Invalid(faults[0].code, { status: 422, faults })
    await endWithParties(db, { id: contract_id, version, to: was }, to, end_reason, told(context))
    return opened(db, contract_id, now)
  }),
]
