import assert from 'node:assert/strict'
import { test } from 'node:test'
import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { type Actor, anyone } from '../enforcement/serve.ts'
import { limitRates, mostSignIns } from './rate-limits.ts'
import { send } from './reading.ts'

// Few enough to be asked well within the minute that is counted.
const [mostAsked, mostFiles] = [40, 60]
const people: Readonly<Record<string, string>> = { 'a-1': 'staff:1', 'a-2': 'staff:1', b: 'staff:2' }
const ended = new Set<string>()

const opened = async () => {
  ended.clear()
  const server = Fastify()
  await server.register(cookie)
  server.setErrorHandler((error, _request, reply) => send(reply, error))
  const limits = await limitRates(server, 'session', { requests: mostAsked, files: mostFiles })
  let looked = 0
  server.get('/api/customers', async (request, reply) => {
    looked += 1
    const token = request.cookies['session'] ?? ''
    const handle = ended.has(token) ? undefined : people[token]
    const actor: Actor | undefined = handle === undefined ? undefined : { ...anyone, handle }
    await limits.identified(request, reply, actor)
    return reply.code(actor === undefined ? 401 : 200).send({})
  })
  server.get('/api/sign-in', { config: { rateLimit: { max: mostSignIns, allowList: [] } } }, async () => ({}))
  server.get('/desk/assets/*', async () => '')
  server.get('/desk', async () => '')
  server.get('/deskilehti', async () => '')
  const ask = async (url: string, token?: string, remoteAddress = '192.0.2.1') => {
    const answer = await server.inject({ url, remoteAddress, cookies: token === undefined ? {} : { session: token } })
    return {
      status: answer.statusCode,
      headers: answer.headers,
      code: answer.statusCode < 400 ? '' : answer.json().code,
    }
  }
  const times = async (count: number, of: (n: number) => ReturnType<typeof ask>) => {
    const statuses = new Set<number>()
    for (let n = 0; n < count; n++) statuses.add((await of(n)).status)
    return [...statuses]
  }
  return { ask, times, looked: () => looked, close: () => server.close() }
}

test('who is signed in is counted by themselves, in whatever sessions, and not with their office', async () => {
  const { ask, times, close } = await opened()
  assert.deepEqual(await times(mostAsked / 2, () => ask('/api/customers', 'a-1')), [200])
  assert.deepEqual(await times(mostAsked / 2, () => ask('/api/customers', 'a-2', '198.51.100.1')), [200])
  const refused = await ask('/api/customers', 'a-1')
  assert.deepEqual([refused.status, refused.code], [429, 'requests.too-many'])
  assert.ok(Number(refused.headers['retry-after']) > 0)
  assert.equal((await ask('/api/customers', 'b')).status, 200, 'the next desk of the same office')
  assert.equal((await ask('/desk')).status, 200)
  await close()
})

test('who is not signed in is counted by address, made-up sessions and ended ones too, before anything is looked up', async () => {
  const { ask, times, looked, close } = await opened()
  assert.equal((await ask('/api/customers', 'a-1')).status, 200)
  ended.add('a-1')
  assert.deepEqual(await times(mostAsked - 2, (n) => ask('/api/customers', `made-up-${n}`)), [401])
  assert.equal((await ask('/api/customers', 'a-1')).status, 401, 'it held until now')
  assert.equal((await ask('/api/customers', 'a-1')).status, 401)
  const before = looked()
  assert.deepEqual(await times(5, (n) => ask('/api/customers', `another-${n}`)), [429])
  assert.equal((await ask('/api/customers', 'a-1')).status, 429)
  assert.equal(looked(), before)
  assert.equal((await ask('/api/customers', undefined, '198.51.100.1')).status, 401, 'another address')
  await close()
})

test('files are counted apart from what is asked, and attempts to sign in by address, for whoever is signed in too', async () => {
  const { ask, times, close } = await opened()
  assert.deepEqual(await times(mostFiles, (n) => ask(n % 2 === 0 ? '/desk' : '/desk/assets/a.js')), [200])
  const refused = await ask('/desk/assets/a.js')
  assert.deepEqual([refused.status, refused.code], [429, 'requests.too-many'])
  assert.ok(Number(refused.headers['retry-after']) > 0)
  assert.equal((await ask('/api/customers', 'b')).status, 200)
  assert.equal((await ask('/deskilehti')).status, 200, 'an address that only begins like a file')
  assert.deepEqual(await times(mostSignIns, () => ask('/api/sign-in', 'b')), [200])
  assert.equal((await ask('/api/sign-in', 'b')).status, 429)
  await close()
})
