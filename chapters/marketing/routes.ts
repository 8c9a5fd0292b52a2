// Marketing permissions: api, rules and queries put together.
import { type Route, route } from '../../enforcement/serve.ts'
import { Invalid, NotFound } from '../../platform/errors.ts'
import { displayName } from '../customers/index.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { lineRefusal } from './rules.ts'

export const marketingRoutes: readonly Route[] = [
  route(api.permissions, ({ db, input }) => queries.newestOfCustomer(db, input.params.customer_id)),
  route(api.recordPermission, async ({ db, input, actor, now, because, bundle }) => {
    const { customer_id } = input.params
    const refusal = lineRefusal(input.body.state, input.body.text_version)
    if (refusal !== undefined) throw new Invalid(refusal.code, { status: 422, faults: [refusal] })
    const source = because?.startsWith('call:') ? 'customer-call' : 'desk'
    const how = { source, now, by: actor.handle, mask: bundle.mask }
    const line = await queries.insertLine(db, customer_id, input.body, how)
    if (line === undefined) throw new NotFound('customer.not-found')
    await queries.settleMarketable(db, customer_id)
    return line
  }),
  route(api.marketable, async ({ db, input }) => {
    const rows = await queries.permittedBy(db, input.query.channel, input.query.after ?? 0)
    return rows.map((row) => ({ ...row, name: displayName(row) }))
  }),
]
