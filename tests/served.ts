// The server of a test: real PostgreSQL, real bundles, requests injected as a given person, the lines of the access log at hand.
import { tmpdir } from 'node:os'
import type { FastifyInstance } from 'fastify'
import type { AccessEvent } from '../enforcement/access-event.ts'
import type { Register } from '../enforcement/register.ts'
import type { Actor, Route } from '../enforcement/serve.ts'
import { addressOf, type Asked, type Endpoint, type Output, type Problem } from '../register/endpoint.ts'
import { httpServer } from '../server/http.ts'

export type Served = {
  readonly server: FastifyInstance
  /** Lines noted since the last call. */
  readonly lines: () => readonly AccessEvent[]
  /** Asks as this person; the answer's status, and its output or problem. */
  readonly ask: <E extends Endpoint>(
    actor: Actor | undefined,
    endpoint: E,
    asked: Asked<E>,
    because?: string,
  ) => Promise<{ readonly status: number; readonly output: Output<E>; readonly problem: Problem }>
}

export const staffIn = (role: string, hat: string, staff_id = 1): Actor => ({
  handle: `staff:${staff_id}`,
  staff_id,
  role,
  hat,
})

export const served = async (
  register: Register,
  routes: readonly Route[],
  now = new Date('2026-11-24T08:00:00Z'),
  folder = tmpdir(),
): Promise<Served> => {
  let noted: AccessEvent[] = []
  let actor: Actor | undefined
  const server = await httpServer({
    serving: { register, log: { note: async (events) => void noted.push(...events) }, now: () => now },
    routes,
    identify: async () => actor,
    logLevel: process.env['LOG_LEVEL'] ?? 'silent',
    secure: false,
    folder,
  })
  return {
    server,
    lines: () => {
      const taken = noted
      noted = []
      return taken
    },
    ask: async (as, endpoint, asked, because) => {
      actor = as
      const { body } = asked as { body?: unknown }
      const response = await server.inject({
        method: endpoint.method,
        url: addressOf(endpoint.path, asked as { params?: object; query?: object }),
        headers: { 'x-register': 'test', ...(because === undefined ? {} : { because: encodeURIComponent(because) }) },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      const parsed = response.body === '' ? undefined : (JSON.parse(response.body) as never)
      return { status: response.statusCode, output: parsed as never, problem: parsed as never }
    },
  }
}
