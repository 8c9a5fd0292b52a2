// Bad input of every kind at every endpoint, over real HTTP: each gets a clear refusal, nothing is an error of ours, and the server stays up.
import assert from 'node:assert/strict'
import { Agent, type IncomingHttpHeaders, request as httpRequest } from 'node:http'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openSearch } from '../chapters/customers/index.ts'
import type { AccessEvent } from '../enforcement/access-event.ts'
import { type Actor, bundleFor, type Route } from '../enforcement/serve.ts'
import type { Endpoint } from '../register/endpoint.ts'
import { type TestRegister, testRegister } from '../tests/database.ts'
import { identified } from '../tests/identified.ts'
import { likely, schemaOf } from '../tests/likely.ts'
import { person } from '../tests/people.ts'
import { routesOf } from './routes.ts'

let opened: TestRegister
let routes: readonly Route[]
let server: FastifyInstance
let port = 0
let customer = 0
let lines: AccessEvent[] = []

before(async () => {
  opened = await testRegister()
  const { register } = opened
  const words = await openSearch(register.pool('search-index.customer-care.group'))
  routes = routesOf(register, () => words, { pathOf: (name: string) => `/nowhere/${name}` } as never)
  server = await identified(
    register,
    routes,
    async ({ headers }) => (headers['x-as'] === undefined ? undefined : (JSON.parse(String(headers['x-as'])) as Actor)),
    () => new Date('2026-11-24T08:00:00Z'),
    (events) => void lines.push(...events),
  )
  port = Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port)
  customer = await person(opened.owner, {})
})
after(async () => {
  await server.close()
  await opened.drop()
})

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }
type Sent = {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string | Buffer
}

let sent = 0
let agent = new Agent()
/** The loopback has addresses enough for the rate limit to count each few requests apart. */
const ask = ({ method, path, headers = {}, body }: Sent): Promise<Answer> => {
  sent += 1
  if (sent % 20 === 1) {
    agent.destroy()
    const place = Math.floor(sent / 20) + 2
    agent = new Agent({ keepAlive: true, localAddress: `127.0.${place >> 8}.${place & 255}` })
  }
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      {
        host: '127.0.0.1',
        port,
        agent,
        method,
        path,
        headers: {
          'x-register': 'test',
          ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
      },
      (response) => {
        const parts: Buffer[] = []
        response
          .on('data', (part: Buffer) => parts.push(part))
          .once('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(parts).toString(),
            }),
          )
          .once('error', reject)
      },
    )
    asked.once('error', reject)
    asked.end(body)
  })
}

const json = { 'content-type': 'application/json' }
const takesBody = ({ method, takesFile }: Endpoint): boolean => method !== 'GET' && takesFile === undefined

/** Someone who may call it, so that nothing is refused before it is read: one of the staff, or else a program or the machinery. */
const callerOf = (endpoint: Endpoint): Actor => {
  const { register } = opened
  const may = [...register.bundles.values()].filter(
    ({ role, hat }) => bundleFor(register, { handle: 'staff:1', staff_id: 1, role, hat }, endpoint) !== undefined,
  )
  const { role, hat } = may.find(({ system }) => !system) ?? may[0] ?? { role: 'administrator', hat: 'group' }
  return { handle: 'staff:1', staff_id: 1, role, hat }
}
const opening = (endpoint: Endpoint): Record<string, string> => ({
  ...(endpoint.as?.for === 'anyone' ? {} : { 'x-as': JSON.stringify(callerOf(endpoint)) }),
  because: 'reason%3Avisit',
})
const addressed = ({ path }: Endpoint, value?: string): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => value ?? (name === 'customer_id' ? String(customer) : '1'))

/** A clear refusal: a problem with a code, and nothing of ours. `what` says what was tried. */
const refused = (
  what: string,
  { status, headers, body }: Answer,
  expected?: readonly [status: number, code?: string],
): void => {
  assert.ok(status >= 400 && status < 500, `${what}: ${status} ${body.slice(0, 300)}`)
  assert.equal(headers['content-type']?.split(';')[0], 'application/problem+json', what)
  const problem = JSON.parse(body) as Record<string, unknown>
  assert.deepEqual(
    Object.keys(problem).filter((key) => !['type', 'title', 'status', 'code', 'faults'].includes(key)),
    [],
    what,
  )
  assert.match(String(problem['code']), /^[a-z-]+\.[a-z-]+$/, what)
  assert.ok(!/\.ts:\d|node_modules|relation \\?"|syntax error/.test(body), `${what}: ${body}`)
  if (expected !== undefined) assert.equal(status, expected[0], `${what}: ${body}`)
  if (expected?.[1] !== undefined) assert.equal(problem['code'], expected[1], what)
}
/** Refused, or done: but never an error of ours. */
const answered = (what: string, answer: Answer): void => {
  if (answer.status >= 400) refused(what, answer)
}

test('a body that cannot be read is refused at every endpoint that takes one', async () => {
  const bad: readonly (readonly [
    what: string,
    headers: Record<string, string>,
    body: string | Buffer,
    status: number,
    code: string,
  ])[] = [
    ['broken JSON', json, '{"a":', 400, 'request.unreadable'],
    ['a name twice', json, '{"a":1,"a":2}', 400, 'request.unreadable'],
    ['a poisoned name', json, '{"__proto__":{"admin":true}}', 400, 'request.unreadable'],
    ['too deep', json, `${'['.repeat(2000)}${']'.repeat(2000)}`, 400, 'request.unreadable'],
    ['not UTF-8', json, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400, 'request.unreadable'],
    ['UTF-16', json, Buffer.from('{"a":1}', 'utf16le'), 400, 'request.unreadable'],
    ['another character set', { 'content-type': 'application/json; charset=iso-8859-1' }, '{}', 415, 'body.not-json'],
    ['packed', { ...json, 'content-encoding': 'gzip' }, '{}', 415, 'body.not-json'],
    [
      'XML',
      { 'content-type': 'text/xml' },
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
      415,
      'body.not-json',
    ],
    ['plain text', { 'content-type': 'text/plain' }, '{}', 415, 'body.not-json'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1', 415, 'body.not-json'],
    ['parts', { 'content-type': 'multipart/form-data; boundary=x' }, '--x\r\n\r\n--x--', 415, 'body.not-json'],
    ['no type', {}, '{"a":1}', 415, 'body.not-json'],
    ['too large', json, JSON.stringify({ a: 'x'.repeat(300_000) }), 413, 'body.too-large'],
    ['a list', json, '[]', 422, 'input.invalid'],
    ['null', json, 'null', 422, 'input.invalid'],
    ['a number', json, '1e999', 422, 'input.invalid'],
    ['a name that nobody knows', json, '{"no_such_field":1}', 422, 'input.invalid'],
    ['NUL', json, '{"no_such_field":"a\\u0000b"}', 422, 'input.invalid'],
    ['half a surrogate', json, '{"no_such_field":"\\ud800"}', 422, 'input.invalid'],
  ]
  for (const { endpoint } of routes.filter((each) => takesBody(each.endpoint)))
    for (const [what, headers, body, status, code] of bad) {
      const answer = await ask({
        method: endpoint.method,
        path: addressed(endpoint),
        headers: { ...opening(endpoint), ...headers },
        body,
      })
      refused(`${endpoint.action}: ${what}`, answer, [status, code])
    }
})

const strange: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53 - 1,
  1e308,
  '',
  ' ',
  'x',
  'x'.repeat(50_000),
  'a\u0000b',
  '\ud800',
  '\u202e\u200b',
  "'; drop table customer; --",
  '$1 || pg_sleep(9)',
  '../../../etc/passwd',
  '<script>alert(1)</script>',
  '=HYPERLINK("http://evil.example")',
  '0001-01-01',
  '9999-12-31',
  '-infinity',
  '2026-02-30',
  [],
  [[]],
  {},
  { constructor: { prototype: {} } },
  Array.from({ length: 2000 }, () => 'x'),
]

/** The value with each of its parts in turn replaced by something strange. */
function* spoilt(value: unknown, by: unknown): Generator<unknown> {
  yield by
  if (Array.isArray(value)) for (const each of spoilt(value[0], by)) yield [each]
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value))
      for (const each of spoilt(inner, by)) yield { ...value, [name]: each }
}

test('every field of every body, with everything strange in it, is refused or taken, and never breaks', async () => {
  const broken: string[] = []
  for (const { endpoint } of routes.filter((each) => takesBody(each.endpoint))) {
    const whole = likely(endpoint.takes.body === undefined ? {} : schemaOf(endpoint.takes.body))
    for (const by of strange)
      for (const body of spoilt(whole, by)) {
        const text = JSON.stringify(body)
        const answer = await ask({
          method: endpoint.method,
          path: addressed(endpoint),
          headers: { ...opening(endpoint), ...json },
          body: text,
        })
        if (answer.status >= 500) broken.push(`${endpoint.action}: ${text.slice(0, 300)}`)
        else answered(`${endpoint.action}: ${text.slice(0, 300)}`, answer)
      }
  }
  assert.deepEqual(broken, [])
})

test('what stands in an address is refused or taken, and never breaks', async () => {
  const params = [
    '0', '-1', '1.5', '1e3', '0x10', '%D9%A3', '999999999999999', '9999999999999999999', 'null', '%00', '1%00', '%ed%a0%80', '%ff',
    "1'%20or%20'1'='1", '..', '%2e%2e', '..%2f..%2fetc', '%5c..%5c', ';', '*', 'x'.repeat(500), '%F0%9F%92%A9', '$%7B7*7%7D',
  ] // prettier-ignore
  for (const { endpoint } of routes.filter((each) => each.endpoint.path.includes('/:')))
    for (const value of params) {
      const answer = await ask({
        method: endpoint.method,
        path: addressed(endpoint, value),
        headers: { ...opening(endpoint), ...(takesBody(endpoint) ? json : {}) },
        ...(takesBody(endpoint) ? { body: '{}' } : {}),
      })
      answered(`${endpoint.action}: ${value}`, answer)
      if (value === '%ff' || value === '%ed%a0%80')
        refused(`${endpoint.action}: ${value}`, answer, [400, 'request.unreadable'])
    }
})

test('every part of every query, with everything strange in it, is refused or taken, and never breaks', async () => {
  for (const { endpoint } of routes.filter((each) => each.endpoint.method === 'GET')) {
    const names = Object.keys(endpoint.takes.query?.shape ?? {})
    const path = addressed(endpoint)
    const headers = opening(endpoint)
    refused(
      `${endpoint.action}: a name that nobody knows`,
      await ask({ method: 'GET', path: `${path}?no_such_filter=1`, headers }),
      [422, 'input.invalid'],
    )
    for (const query of [
      'a=%ff',
      'a=%',
      '%00=1',
      '__proto__=1',
      'constructor[prototype][a]=1',
      `a=${'x'.repeat(9000)}`,
    ])
      refused(
        `${endpoint.action}: ${query.slice(0, 40)}`,
        await ask({ method: 'GET', path: `${path}?${query}`, headers }),
      )
    for (const name of names) {
      answered(
        `${endpoint.action}: ${name} twice`,
        await ask({ method: 'GET', path: `${path}?${name}=1&${name}=2`, headers }),
      )
      for (const value of [...strange, '0', '-1', '1e3', '1.5', String(2 ** 53 - 1)]) {
        if (typeof value !== 'string' || !value.isWellFormed() || value.length > 9000) continue
        const answer = await ask({
          method: 'GET',
          path: `${path}?${name}=${encodeURIComponent(value)}`,
          headers,
        })
        answered(`${endpoint.action}: ${name}=${value}`, answer)
      }
    }
  }
})

test('what stands in the header `because` never reaches the access log unless it can be kept there', async () => {
  for (const { endpoint } of routes
    .filter((each) => each.endpoint.asksWhy || each.endpoint.method === 'GET')
    .slice(0, 12))
    for (const because of ['reason%3Aa%00b', 'reason%3A%ff', `reason%3A${'x'.repeat(4000)}`, 'reason%3Aa%0Ab']) {
      lines = []
      const answer = await ask({
        method: endpoint.method,
        path: addressed(endpoint),
        headers: { ...opening(endpoint), because, ...(takesBody(endpoint) ? json : {}) },
        ...(takesBody(endpoint) ? { body: '{}' } : {}),
      })
      refused(`${endpoint.action}: ${because.slice(0, 40)}`, answer, [400, 'header.unreadable'])
      assert.deepEqual(lines, [])
    }
})

test('another method than those of the address is told which there are, and none is smuggled in', async () => {
  const byPath = Map.groupBy(routes, ({ endpoint }) => endpoint.path)
  for (const [path, those] of byPath) {
    const has = those.map(({ endpoint }) => endpoint.method as string)
    const [{ endpoint }] = those as [Route]
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].filter(
      (each) => !has.includes(each),
    )) {
      const answer = await ask({
        method,
        path: addressed(endpoint),
        headers: { 'x-http-method-override': has[0] as string },
      })
      refused(`${method} ${path}`, answer, [405, 'method.not-allowed'])
      assert.deepEqual(
        (answer.headers['allow'] ?? '')
          .split(', ')
          .filter((each) => each !== 'HEAD')
          .toSorted((a, b) => (a < b ? -1 : 1)),
        has.toSorted((a, b) => (a < b ? -1 : 1)),
      )
    }
    for (const method of ['PROPFIND', 'LOCK', 'SEARCH', 'PURGE'])
      refused(`${method} ${path}`, await ask({ method, path: addressed(endpoint) }))
  }
})

test('a path is taken as it is written', async () => {
  const tricks = [
    '/api', '/api/', '//api/customers/1', '/API/customers/1', '/api/customers/1/', '/api//customers/1', '/api/./customers/1',
    '/api/customers/1;x=1', '/api/customers/%31', '/api/%63ustomers/1', '/api/customers/1%2f..%2f2', '/api/../api/customers/1',
    '/desk/../api/customers/1', '/desk/assets/..%2f..%2fpackage.json', '/desk/assets/%2e%2e/%2e%2e/package.json',
    '/desk/assets/..%5c..%5cpackage.json', '/.git/config', '/.env', '/api/openapi.json%00.html', `/${'a'.repeat(12_000)}`,
    '/%', '/%zz', '/%c0%ae%c0%ae/', '*', 'http://evil.example/api/customers/1',
  ] // prettier-ignore
  for (const path of tricks) refused(path.slice(0, 60), await ask({ method: 'GET', path }))
})

test('after all of it the person is still there, and so is the server', async () => {
  const { rows } = await opened.owner.query<{ id: string }>('select id from customer where id = $1', [customer])
  assert.equal(rows.length, 1)
  refused('still there', await ask({ method: 'GET', path: '/api/nothing' }), [404, 'address.unknown'])
})
