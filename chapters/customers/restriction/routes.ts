// Restrictions of processing: api, rules and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { Conflict } from '../../../platform/errors.ts'
import { fault } from '../rules.ts'
import { found, refuse, told } from '../told.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'

export const restrictionRoutes: readonly Route[] = [
  route(api.restrictions, ({ db, input }) => queries.restrictionsOfCustomer(db, input.params.customer_id)),
  route(api.restrict, async (context) => {
    const { customer_id } = context.input.params
    const row = found(await queries.insertRestriction(context.db, customer_id, context.input.body, told(context)))
    await queries.setRestricted(context.db, customer_id, true)
    return row
  }),
  route(api.liftRestriction, async (context) => {
    const { customer_id } = context.input.params
    const { body } = context.input
    const how = told(context)
    refuse([body.told_on > how.today ? fault('told_on', 'period.future', 'the person is told first') : undefined])
    const row = await queries.liftRestriction(context.db, customer_id, body, how)
    if (row === undefined) throw new Conflict('restriction.none')
    await queries.setRestricted(context.db, customer_id, false)
    return row
  }),
]
