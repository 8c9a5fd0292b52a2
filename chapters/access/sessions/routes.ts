// One's own sessions: api and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { NotFound } from '../../../platform/errors.ts'
import { staffOf } from '../renewal.ts'
import { idleSince, sessionId } from '../rules.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'

export const sessionRoutes: readonly Route[] = [
  route(api.listOwnSessions, async ({ db, actor, now, session }) => {
    const here = session.token === undefined ? undefined : sessionId(session.token)
    const rows = await queries.openSessions(db, staffOf(actor), now, idleSince(now))
    return {
      sessions: rows.map(({ id, user_agent, started_at, seen_at, expires_at }) => ({
        id: id.toString('hex'),
        user_agent,
        started_at,
        seen_at,
        expires_at,
        current: here?.equals(id) ?? false,
      })),
    }
  }),
  route(api.endOwnSession, async ({ db, actor, input, now }) => {
    const id = Buffer.from(input.params.session_id, 'hex')
    const ended = await queries.closeOwnSession(db, staffOf(actor), id, now)
    // Another's session reads as none: which there are is not told.
    if (ended === undefined) throw new NotFound('session.unknown')
    return { ended: true }
  }),
]
