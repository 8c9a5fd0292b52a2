import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testRegister, type TestRegister } from '../tests/database.ts'
import { served, staffIn, type Served } from '../tests/served.ts'
import { proxiesOf, readSettings } from '../platform/settings.ts'
import { httpServer, securityHeaders } from './http.ts'
import { openApi } from './openapi.ts'
import { readWords } from '../chapters/customers/index.ts'
import type { Route } from '../enforcement/serve.ts'
import { saidOf } from '../register/endpoint.ts'
import { languages } from '../register/vocabulary.ts'
import { routesOf } from './routes.ts'

let opened: TestRegister
let desk: Served
let routes: readonly Route[]
before(async () => {
  opened = await testRegister()
  const words = await readWords(opened.register.pool('search-index.customer-care.group'))
  routes = routesOf(opened.register, () => words, { pathOf: (name) => name })
  desk = await served(opened.register, routes)
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const post = (headers: Record<string, string>, payload: string | Buffer) =>
  desk.server.inject({
    method: 'POST',
    url: '/api/customers/1/contact-details',
    headers: { 'x-register': 'test', ...headers },
    payload,
  })
const json = { 'content-type': 'application/json' }

test('what cannot be read is refused with a code, and nothing of ours is told', async () => {
  const cases: readonly (readonly [string, Promise<{ statusCode: number; body: string }>, number, string])[] = [
    ['broken JSON', post(json, '{"channel":'), 400, 'request.unreadable'],
    ['another media type', post({ 'content-type': 'text/xml' }, '<a/>'), 415, 'body.not-json'],
    ['a body over the limit', post(json, JSON.stringify({ value: 'x'.repeat(300_000) })), 413, 'body.too-large'],
    ['a poisoned key', post(json, '{"__proto__":{"admin":true},"channel":"phone"}'), 400, 'request.unreadable'],
    [
      'no mark of our own page',
      desk.server.inject({ method: 'POST', url: '/api/customers/1/contact-details', headers: json, payload: '{}' }),
      403,
      'request.forged',
    ],
    ['another site', post({ ...json, 'sec-fetch-site': 'cross-site' }, '{}'), 403, 'request.forged'],
    ['an unknown address', desk.server.inject({ url: '/api/nothing' }), 404, 'address.unknown'],
    [
      'a path out of the folder',
      desk.server.inject({ url: '/desk/assets/..%2f..%2fpackage.json' }),
      404,
      'address.unknown',
    ],
  ]
  for (const [what, answering, status, code] of cases) {
    const answer = await answering
    const problem = JSON.parse(answer.body) as Record<string, unknown>
    assert.deepEqual([answer.statusCode, problem['code']], [status, code], what)
    assert.deepEqual(
      Object.keys(problem).filter((key) => !['type', 'title', 'status', 'code', 'faults'].includes(key)),
      [],
      what,
    )
  }
})

test('text that could harm a statement or a page is data like any other', async () => {
  const agent = staffIn('customer-service', 'retail')
  const route = routes.find(({ endpoint }) => endpoint.action === 'add a contact detail')
  assert.ok(route)
  for (const value of [
    "'; drop table customer; --@example.fi",
    '\u0000@example.fi',
    '<script>@example.fi',
    '\ud800@example.fi',
  ]) {
    const { status } = await desk.ask(agent, route.endpoint, {
      params: { customer_id: 1 },
      body: { channel: 'email', value, use: 'main' },
    } as never)
    assert.ok(status === 422 || status === 404, `${value}: ${status}`)
  }
})

test('every answer carries the headers that keep a browser safe', async () => {
  for (const url of ['/api/customers/1', '/api/nothing']) {
    const { headers } = await desk.server.inject({ url })
    for (const [name, value] of Object.entries(securityHeaders)) assert.equal(headers[name], value, `${url} ${name}`)
    assert.equal(headers['cache-control'], 'no-store')
  }
})

test('the rate limits count whom a proxy of ours names, and believe nobody else', async () => {
  const serving = { register: opened.register, log: { note: async () => undefined }, now: () => new Date() }
  /** Of 31 requests whose headers differ in one number, the last. */
  const sent = async (proxies: readonly string[], remoteAddress: string, from: string) => {
    const server = await httpServer({
      serving,
      routes,
      identify: async () => undefined,
      logLevel: 'silent',
      secure: true,
      proxies,
      folder: '/nowhere',
    })
    const statuses: number[] = []
    for (let n = 0; n < 31; n += 1) {
      const answer = await server.inject({
        url: '/api/session/ways',
        remoteAddress,
        headers: { 'x-forwarded-for': from.replace('N', String(n)) },
      })
      statuses.push(answer.statusCode)
    }
    await server.close()
    return statuses.at(-1)
  }
  const ours = proxiesOf(readSettings({ PUBLIC_URL: 'https://asiakasrekisteri.example' }))
  assert.equal(await sent(ours, '127.0.0.1', '192.0.2.N'), 200, 'each is counted apart')
  assert.equal(await sent(ours, '127.0.0.1', '192.0.2.1'), 429)
  assert.equal(
    await sent(ours, '127.0.0.1', '203.0.113.N, 192.0.2.1'),
    429,
    'what a client made up before the proxy added to it',
  )
  assert.equal(await sent(ours, '198.51.100.7', '192.0.2.N'), 429, 'no proxy of ours')
  assert.equal(await sent(proxiesOf(readSettings({})), '127.0.0.1', '192.0.2.N'), 429, 'there is no proxy')

  const remote = proxiesOf(
    readSettings({ PUBLIC_URL: 'https://asiakasrekisteri.example', TRUSTED_PROXIES: '198.51.100.0/24, 2001:db8::1' }),
  )
  assert.equal(await sent(remote, '198.51.100.7', '192.0.2.N'), 200, 'a proxy on another machine')
  assert.equal(await sent(remote, '2001:db8::1', '192.0.2.N'), 200)
  assert.equal(await sent(remote, '198.51.100.7', '192.0.2.N, 198.51.100.9'), 200, 'two of them one after the other')
  assert.equal(await sent(remote, '198.51.100.7', '203.0.113.N, 192.0.2.1'), 429, 'made up')
  assert.equal(await sent(remote, '198.51.101.7', '192.0.2.N'), 429, 'the next network')
  assert.equal(await sent(remote, '127.0.0.1', '192.0.2.N'), 429, 'this machine is no proxy then')
})

test('each action has its words in every language, and in none the words of another', () => {
  for (const language of languages) {
    const said = routes.map(({ endpoint }) => saidOf(endpoint)[language])
    assert.deepEqual(
      routes.flatMap(({ endpoint }) => (saidOf(endpoint)[language].trim().length < 4 ? [endpoint.action] : [])),
      [],
      `these say nothing in ${language}: give them a \`label\` beside their action`,
    )
    assert.deepEqual(
      said.filter((one, at) => said.indexOf(one) !== at),
      [],
      `said of two actions in ${language}`,
    )
  }
  const english = routes.filter(({ endpoint }) => Object.values(endpoint.label).includes(endpoint.action))
  assert.deepEqual(
    english.map(({ endpoint }) => endpoint.action),
    [],
    'these are not translated',
  )
})

test('each route is described once, with what it reads and why', () => {
  const described = openApi(routes, '1', 'register') as {
    paths: Record<string, Record<string, { summary: string; description: string }>>
  }
  const operations = Object.values(described.paths).flatMap((methods) => Object.values(methods))
  assert.deepEqual(
    operations.map(({ summary }) => summary).toSorted(),
    routes.map(({ endpoint }) => endpoint.action).toSorted(),
  )
  assert.equal(new Set(routes.map(({ endpoint }) => endpoint.action)).size, routes.length, 'each action is named once')
  for (const { description } of operations) assert.match(description, /Purposes: /)
})
