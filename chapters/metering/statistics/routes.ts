// Statistics of consumption: api, rules and queries put together.
import type { Register } from '../../../enforcement/register.ts'
import { type Route, route } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { wholeOn, monthsToMake } from './rules.ts'

/** A month of a large register takes seconds: no more than this many in a night. */
const most = 3

export const statisticRoutes = ({ laws }: Pick<Register, 'laws'>): readonly Route[] => [
  route(api.consumptionStatistics, async ({ db, bundle }) =>
    (await queries.statistics(db)).filter(({ controller }) => (controller & bundle.mask) !== 0),
  ),
  route(api.makeStatistics, async ({ db, bundle, now }) => {
    const today = dayOf(now)
    const group = {
      least: wholeOn(laws, 'statistics-group-size', today),
      share: wholeOn(laws, 'statistics-largest-share', today),
    }
    const known = await queries.monthsMade(db, bundle.mask)
    let made = 0
    for (const month of monthsToMake(today, new Set(known.map((row) => row.month)), most))
      made += (await queries.makeMonth(db, bundle.mask, month, group, now)).length
    return { made }
  }),
]
