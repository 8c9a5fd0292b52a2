// The server of a test that asks who calls as the running product does: by cookie or token, at a time that the test moves.
import { tmpdir } from 'node:os'
import type { FastifyInstance } from 'fastify'
import type { AccessEvent } from '../enforcement/access-event.ts'
import type { Register } from '../enforcement/register.ts'
import type { Route } from '../enforcement/serve.ts'
import { httpServer, type Identify, sessionCookie } from '../server/http.ts'

/** Name of the session's cookie on plain http. */
export const cookieName = sessionCookie(false)

export const identified = (
  register: Register,
  routes: readonly Route[],
  identify: Identify,
  now: () => Date,
  note: (events: readonly AccessEvent[]) => void,
): Promise<FastifyInstance> =>
  httpServer({
    serving: { register, log: { note: async (events) => note(events) }, now },
    routes,
    identify,
    logLevel: process.env['LOG_LEVEL'] ?? 'silent',
    secure: false,
    folder: tmpdir(),
  })
