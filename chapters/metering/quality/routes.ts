// The quality of consumption: api and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { spanOf } from '../span.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'

export const qualityRoutes: readonly Route[] = [
  route(api.qualityOfDays, ({ db, input }) => queries.countsByDay(db, spanOf(input.query, api.mostDays))),
  route(api.qualityOfPoints, ({ db, input }) =>
    queries.pointsInDoubt(db, input.query.day, input.query.grid_area, api.mostPoints),
  ),
]
