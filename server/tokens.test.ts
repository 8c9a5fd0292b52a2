// Programs that call with a token: what it opens, what is told of one that opens nothing, and what the access log says.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as access from '../chapters/access/api.ts'
import { makeToken } from '../chapters/access/tokens/api.ts'
import { openSearch } from '../chapters/customers/index.ts'
import type { AccessEvent } from '../enforcement/access-event.ts'
import type { Route } from '../enforcement/serve.ts'
import { type TestRegister, testRegister } from '../tests/database.ts'
import { cookieName, identified } from '../tests/identified.ts'
import { person, retailer } from '../tests/people.ts'
import { served, staffIn } from '../tests/served.ts'
import { identifyBy } from './callers.ts'
import { openApi } from './openapi.ts'
import { routesOf } from './routes.ts'

const now = () => new Date('2026-11-24T08:00:00Z')
let opened: TestRegister
let routes: readonly Route[]
let server: Awaited<ReturnType<typeof identified>>
let lines: AccessEvent[] = []
let token = ''
let handle = ''
let customer = 0

before(async () => {
  opened = await testRegister()
  const { register, owner } = opened
  const words = await openSearch(register.pool('search-index.customer-care.group'))
  routes = routesOf(register, () => words, { pathOf: (name: string) => name } as never)
  server = await identified(
    register,
    routes,
    identifyBy(register, now, false),
    now,
    (events) => void lines.push(...events),
  )
  customer = await person(owner, { controllers: retailer })
  const { rows } = await owner.query<{ id: string }>(
    `with made as (insert into staff (login, name, unit, language, state, secrecy_committed_on, recorded_at, recorded_by)
       values ('vastaava', 'Testi Vastaava', 'Laskutus', 'fi', 'active', '2026-01-01', '2026-01-01Z', 'system:test') returning id)
     insert into staff_role (staff_id, role, during, recorded_at, recorded_by)
     select id, 'billing', '[2026-01-01,)', '2026-01-01Z', 'system:test' from made returning staff_id as id`,
  )
  const desk = await served(register, routes)
  const made = await desk.ask(staffIn('administrator', 'group', 9_999), makeToken, {
    body: {
      name: 'Laskutusohjelma',
      role: 'billing',
      purpose: 'payment',
      hat: 'retail',
      staff_id: Number(rows[0]?.id),
      until: '2027-01-01',
    },
  })
  await desk.server.close()
  ;({ token, handle } = made.output)
})
after(async () => {
  await server.close()
  await opened.drop()
})

const send = async (method: 'GET' | 'POST' | 'DELETE', url: string, headers: Record<string, string>, from?: string) => {
  lines = []
  const response = await server.inject({
    method,
    url,
    headers,
    ...(from === undefined ? {} : { remoteAddress: from }),
    ...(method === 'POST' ? { payload: {} } : {}),
  })
  return {
    status: response.statusCode,
    headers: response.headers,
    body: JSON.parse(response.body) as Record<string, unknown>,
  }
}
const program = () => ({ authorization: `Bearer ${token}` })

test('a token opens what its bundle may, and the log has each answer under its name', async () => {
  const url = `/api/customers/${customer}/contact-details`
  const read = await send('GET', url, program())
  assert.equal(read.status, 200, JSON.stringify(read.body))
  assert.deepEqual(
    lines.map(({ actor, role, purpose, hat, subject, outcome }) => [actor, role, purpose, hat, subject, outcome]),
    [[handle, 'billing', 'payment', 'retail', customer, 'read']],
  )
  const refused = await send('GET', '/api/staff', program())
  assert.deepEqual([refused.status, refused.body['code']], [403, 'role.not-declared'])
  assert.deepEqual(
    lines.map(({ actor, outcome }) => [actor, outcome]),
    [[handle, 'refused']],
  )
})

test('a program has no session: it signs nobody in, and sees none', async () => {
  for (const { endpoint } of routes.filter((route) => route.endpoint.as !== undefined)) {
    const { method, path } = endpoint
    const answer = await server.inject({
      method,
      url: path.replace(/:\w+/, 'x'),
      headers: program(),
      ...(method === 'GET' || method === 'DELETE' ? {} : { payload: {} }),
    })
    assert.deepEqual(
      [answer.statusCode, (JSON.parse(answer.body) as Record<string, unknown>)['code']],
      [403, 'token.no-session'],
      endpoint.action,
    )
  }
})

test('whatever is wrong with a token, the refusal is one and the same, and a cookie does not mend it', async () => {
  const url = `/api/customers/${customer}`
  const wrong = [
    'Bearer asiakasrekisteri_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    `Bearer ${token}x`,
    `Basic ${token}`,
    'Bearer',
    'Bearer \u00e4',
  ]
  const refusals = await Promise.all(
    wrong.map((authorization) => send('GET', url, { authorization, cookie: `${cookieName}=anything` }, '10.0.0.1')),
  )
  for (const { status, body, headers } of refusals) {
    assert.deepEqual([status, body], [401, refusals[0]?.body])
    assert.equal(headers['www-authenticate'], 'Bearer realm="asiakasrekisteri", error="invalid_token"')
  }
  assert.equal(refusals[0]?.body['code'], 'token.refused')
  const revoked = await opened.owner.query('update api_token set revoked_at = $1 where true returning id', [now()])
  assert.equal(revoked.rowCount, 1)
  const after = await send('GET', url, program(), '10.0.0.1')
  assert.deepEqual([after.status, after.body], [401, refusals[0]?.body])
  assert.deepEqual(
    lines.map(({ actor, outcome }) => [actor, outcome]),
    [['anyone', 'refused']],
  )
  await opened.owner.query('update api_token set revoked_at = null')
})

test('who tries tokens is slowed down; who has one is not', async () => {
  const guess = () => send('GET', '/api/customers/1', { authorization: 'Bearer guess' }, '10.0.0.2')
  const codes: unknown[] = []
  for (let n = 0; n < 25; n++) codes.push((await guess()).body['code'])
  assert.deepEqual([codes.filter((code) => code === 'token.refused').length, codes.at(-1)], [20, 'requests.too-many'])
  assert.ok(Number((await guess()).headers['retry-after']) > 0)
  const still = await send('GET', `/api/customers/${customer}/contact-details`, program(), '10.0.0.2')
  assert.equal(still.status, 200)
})

test('the description says truly what each operation is opened by', async () => {
  const described = openApi(routes, '1', cookieName) as {
    security: object[]
    components: { securitySchemes: Record<string, { name?: string }> }
    paths: Record<string, Record<string, { security?: object[]; summary: string }>>
  }
  assert.equal(described.components.securitySchemes['session']?.name, cookieName)
  const [asks, opens] = [new Map<string, readonly object[]>(), new Map<string, string>()]
  for (const operations of Object.values(described.paths))
    for (const { summary, security } of Object.values(operations)) asks.set(summary, security ?? described.security)
  for (const { endpoint } of routes) {
    const { method, path, action } = endpoint
    const url = path.replaceAll(/:\w+/g, '1')
    const bare = await server.inject({
      method,
      url,
      headers: { 'x-register': 'test' },
      remoteAddress: `10.1.0.${opens.size % 250}`,
      ...(method === 'GET' || method === 'DELETE' ? {} : { payload: {} }),
    })
    const bearer = await server.inject({
      method,
      url,
      headers: program(),
      remoteAddress: `10.1.1.${opens.size % 250}`,
      ...(method === 'GET' || method === 'DELETE' ? {} : { payload: {} }),
    })
    const code = (answer: typeof bare) => (JSON.parse(answer.body) as { code?: string }).code
    opens.set(
      action,
      bare.statusCode !== 401 || code(bare) !== 'session.missing' || endpoint.as?.for === 'anyone'
        ? '[]'
        : code(bearer) === 'token.no-session'
          ? '[{"session":[]}]'
          : '[{"token":[]},{"session":[]}]',
    )
  }
  assert.deepEqual(
    Object.fromEntries([...asks].map(([action, security]) => [action, JSON.stringify(security)])),
    Object.fromEntries(opens),
  )
  assert.ok([...asks.values()].some((security) => security.length === 0))
  assert.ok(routes.some(({ endpoint }) => endpoint.action === access.readSession.action))
})
