// Lists that were taken out: api and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'

export const exportRoutes: readonly Route[] = [
  route(api.listExports, ({ db, input, may }) => {
    const { customer_id, recorded_by, before } = input.query
    return queries.listExports(db, { customer_id, recorded_by, before }, may('staff-identity'))
  }),
]
