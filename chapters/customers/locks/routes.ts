// Locks: api, rules and queries put together. They are settled with the orders, in the chapter's own routes.
import { type Route, route } from '../../../enforcement/serve.ts'
import { Conflict } from '../../../platform/errors.ts'
import { displayName } from '../rules.ts'
import { found, held, told } from '../told.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { reviewDay } from './rules.ts'

export const lockRoutes: readonly Route[] = [
  route(api.raiseLock, async (context) => {
    const { db, input, now } = context
    const { customer_id } = input.params
    const { review_on } = held(reviewDay(input.body.review_on, now))
    // Where it is closed already there is nothing to be raised, and what it rests on is not the caller's to read.
    if (found(await queries.findClosed(db, customer_id)).protected) throw new Conflict('lock.closed-already')
    found(await queries.insertLock(db, customer_id, { reason: input.body.reason, review_on }, told(context)))
    await queries.closes(db, customer_id)
    return { customer_id, granted_by: 'customer' as const, review_on }
  }),
  route(api.waitingLocks, async ({ db, input }) =>
    (await queries.waiting(db, input.query.customer_id ?? null)).map((lock) => ({ ...lock, name: displayName(lock) })),
  ),
]
