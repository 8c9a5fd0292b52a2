// The product's own routes, notice and access log on the canary's database, in a process of its own, so that all that it prints can be read.
// Who calls is told by a header. With LEAKS it has faults of the kinds that the canary must find.
import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { openSearch } from '../../chapters/customers/index.ts'
import { openImports } from '../../chapters/exchange/jobs.ts'
import { openAccessLog } from '../../enforcement/access-log/log.ts'
import { noticeRoutes } from '../../enforcement/notice/routes.ts'
import { publishedNotice, readVersions } from '../../enforcement/notice/versions.ts'
import { openRegister } from '../../enforcement/register.ts'
import { type Actor, type Route, route } from '../../enforcement/serve.ts'
import { fixedClock } from '../../platform/clock.ts'
import type { Login } from '../../platform/database.ts'
import { int, shape, text } from '../../platform/row.ts'
import { sql } from '../../platform/sql.ts'
import { masterKeys } from '../../platform/keys.ts'
import { readSettings } from '../../platform/settings.ts'
import { endpoint } from '../../register/endpoint.ts'
import { httpServer } from '../../server/http.ts'
import { readLogKey } from '../../server/master-key.ts'
import { openApi } from '../../server/openapi.ts'
import { routesOf } from '../../server/routes.ts'
import { skipsTheWitness, tellsMore } from './faults.ts'

const owner = JSON.parse(process.env['CANARY'] ?? '') as Login
const folder = process.env['FOLDER'] ?? ''
const leaks = process.env['LEAKS'] !== undefined

const clock = fixedClock('2026-11-24T08:00:00Z')
const register = await openRegister({ owner, clock, keys: masterKeys([Buffer.alloc(32, 7)]), poolSize: 2 })
const log = await openAccessLog({
  pool: register.pool('log-sealer.security.group'),
  folder: join(folder, 'access-log'),
  signingKey: await readLogKey({ ...readSettings({}), DATA_DIR: folder }),
  origin: 'canary/access-log',
  now: clock.now,
})
const words = await openSearch(register.pool('search-index.customer-care.group'))
const imports = await openImports({ register, log, now: clock.now }, join(folder, 'imports'), (error) =>
  server.log.error({ err: error }, 'an import failed'),
)

/** Past every wall and the witness, as no handler may ask. */
const stolen = async (of?: number): Promise<string> => {
  const client = new pg.Client({ ...owner })
  await client.connect()
  const { rows } = await client.query<{ family: string }>(
    'select family from customer_name where family is not null and ($1::bigint is null or customer_id = $1)',
    [of],
  )
  await client.end()
  return rows.map(({ family }) => family).join(' ')
}
const faulty = (action: string, handle: () => Promise<{ words: string }>): Route =>
  route(
    endpoint({
      method: 'GET',
      path: `/api/leaks/${action}`,
      action,
      label: { fi: 'vuoto', sv: 'läcka' },
      purposes: ['customer-care'],
      reads: ['customer-number'],
      takes: {},
      gives: z.object({ words: z.string() }),
    }),
    handle,
  )
const nothing = { words: '' }
const faults: readonly Route[] = [
  faulty('answer', async () => ({ words: await stolen() })),
  faulty('print', async () => (process.stdout.write(await stolen()), nothing)),
  faulty('fail', async () => {
    throw new Error(`no such customer as ${await stolen()}`)
  }),
  faulty('file', async () => (appendFileSync(join(folder, 'access-log/notes'), await stolen()), nothing)),
  faulty('log-line', async () => {
    const line = {
      at: clock.now(),
      request: randomUUID(),
      actor: 'staff:1',
      role: 'x',
      purpose: 'rights',
      hat: 'retail',
    } as const
    const events = [
      {
        ...line,
        subject: null,
        categories: [],
        endpoint: await stolen(),
        because: null,
        outcome: 'read',
        noticeHash: 'ab'.repeat(32),
      },
    ] as const
    await log.note(events, { strict: true })
    return nothing
  }),
]
const numbers = shape({ id: int, number: text })
const silent: readonly Route[] = [
  route(skipsTheWitness, async ({ input }) => ({ words: await stolen(input.params.customer_id) })),
  route(tellsMore, async ({ db, input: { params } }) => {
    const seen = await db.all(numbers, sql`select id, number from customer where id = ${params.customer_id}`)
    return { words: `${seen[0]?.number} ${await stolen(params.customer_id)}` }
  }),
]
const routes: readonly Route[] = [...routesOf(register, () => words, imports), ...(leaks ? [...faults, ...silent] : [])]

const server = await httpServer({
  serving: { register, log, now: clock.now },
  routes,
  identify: async ({ headers }) =>
    headers['x-as'] === undefined ? undefined : (JSON.parse(String(headers['x-as'])) as Actor),
  logLevel: 'trace',
  secure: false,
  folder: join(folder, 'imports'),
})
const described = openApi(routes, '1', 'register')
server.get('/api/openapi.json', async () => described)
const notice = publishedNotice(register, await readVersions(owner))
noticeRoutes(server, () => notice)
if (leaks) server.get('/api/leaks/header', async (_, reply) => reply.header('x-about', await stolen()).send({}))
const url = await server.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`\ncanary at ${url}\n`)

const stop = async (): Promise<void> => {
  await server.close()
  await imports.stop()
  await log.close()
  await register.close()
  process.exit(0)
}
process.once('SIGTERM', () => void stop())
