import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testRegister, type TestRegister } from '../../tests/database.ts'
import { person } from '../../tests/people.ts'
import { served, staffIn, type Served } from '../../tests/served.ts'
import type { CustomerId } from '../customers/index.ts'
import * as api from './api.ts'
import { contactRoutes } from './routes.ts'

const agent = staffIn('customer-service', 'retail', 5)
const network = staffIn('customer-service', 'network', 6)
const biller = staffIn('billing', 'retail')
const administrator = staffIn('administrator', 'group')

let opened: TestRegister
let desk: Served
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, contactRoutes)
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const noted = async (who: CustomerId, body: string, more: object = {}) => {
  const answer = await desk.ask(agent, api.addContact, { params: { customer_id: who }, body: { body, ...more } })
  assert.equal(answer.status, 200, JSON.stringify(answer.problem))
  return answer.output
}

test('a noted call is sealed in the table, read back on the timeline, and logged', async () => {
  const who = (await person(opened.owner)) as CustomerId
  desk.lines()
  const made = await noted(who, 'Lasku näytti liian suurelta; kävimme rivit läpi.', {
    topics: ['invoice'],
    outcome: 'answered',
  })
  assert.deepEqual(
    desk.lines().map(({ outcome, subject, endpoint }) => [outcome, subject, endpoint]),
    [['written', who, 'note a contact']],
  )
  const { rows } = await opened.owner.query<{ body: Buffer }>('select body from contact where id = $1', [made.id])
  assert.ok(!rows[0]?.body.toString('latin1').includes('Lasku'), 'what was said is not readable in the table')
  const { output } = await desk.ask(agent, api.timeline, { params: { customer_id: who }, query: {} })
  assert.deepEqual(
    output.map(({ body, topics, outcome }) => [body, topics, outcome]),
    [['Lasku näytti liian suurelta; kävimme rivit läpi.', ['invoice'], 'answered']],
  )
})

test('a contact stays with the company that it was made for', async () => {
  const who = (await person(opened.owner)) as CustomerId
  await noted(who, 'Myynnin asia')
  assert.deepEqual((await desk.ask(network, api.timeline, { params: { customer_id: who }, query: {} })).output, [])
})

test('the timeline is read page by page', async () => {
  const who = (await person(opened.owner)) as CustomerId
  for (let n = 0; n < 53; n++) await noted(who, `Soitto ${n}`)
  const first = await desk.ask(agent, api.timeline, { params: { customer_id: who }, query: {} })
  const last = first.output.at(-1)
  assert.ok(last)
  const rest = await desk.ask(agent, api.timeline, {
    params: { customer_id: who },
    query: { before_at: last.at, before_id: last.id },
  })
  assert.deepEqual([first.output.length, rest.output.length], [50, 3])
  const half = await desk.ask(agent, api.timeline, { params: { customer_id: who }, query: { before_id: 1 } })
  assert.equal(half.problem.code, 'page.half')
})

test('a slip is taken back by its author at once, by nobody else', async () => {
  const who = (await person(opened.owner)) as CustomerId
  const made = await noted(who, 'väärä asiakas')
  const params = { customer_id: who, contact_id: made.id }
  const other = await desk.ask(staffIn('customer-service', 'retail', 99), api.undoContact, { params })
  assert.equal(other.problem.code, 'contact.too-late')
  assert.equal((await desk.ask(agent, api.undoContact, { params })).status, 200)
  const { output } = await desk.ask(agent, api.timeline, { params: { customer_id: who }, query: {} })
  assert.deepEqual(
    output.map(({ body }) => body),
    [null],
  )
})

test('a promise waits in the queue until it is kept, once', async () => {
  const who = (await person(opened.owner)) as CustomerId
  const made = await noted(who, 'Soitetaan huomenna', { outcome: 'promised', follow_up_on: '2026-11-25' })
  const waiting = async () =>
    (await desk.ask(agent, api.queue, { query: {} })).output.filter(({ id }) => id === made.id)
  const [one] = await waiting()
  assert.equal(one?.follow_up_on, '2026-11-25')
  const params = { contact_id: made.id }
  assert.equal((await desk.ask(agent, api.followUp, { params, body: { version: made.version } })).status, 200)
  assert.equal(
    (await desk.ask(agent, api.followUp, { params, body: { version: made.version } })).problem.code,
    'contact.changed',
  )
  assert.deepEqual(await waiting(), [])
})

test('the queue is narrowed by channel, topic and day, and goes on where it stopped', async () => {
  const who = (await person(opened.owner)) as CustomerId
  const promises: readonly (readonly [string, 'call' | 'email', 'invoice' | 'move'])[] = [
    ['2026-11-20', 'call', 'invoice'],
    ['2026-11-24', 'email', 'invoice'],
    ['2026-11-30', 'call', 'move'],
    ['2026-12-01', 'call', 'invoice'],
  ]
  const ids: number[] = []
  for (const [follow_up_on, channel, topic] of promises)
    ids.push((await noted(who, 'x', { outcome: 'promised', follow_up_on, channel, topics: [topic] })).id)
  const found = async (query: object): Promise<readonly number[]> =>
    (await desk.ask(agent, api.queue, { query })).output
      .filter(({ id }) => ids.includes(id))
      .map(({ id }) => ids.indexOf(id))
  assert.deepEqual(await found({}), [0, 1, 2, 3])
  assert.deepEqual(await found({ due: 'overdue' }), [0])
  assert.deepEqual(await found({ due: 'today' }), [1])
  assert.deepEqual(await found({ due: 'week' }), [1, 2])
  assert.deepEqual(await found({ channel: 'call', topic: 'invoice' }), [0, 3])
  assert.deepEqual(await found({ after_on: '2026-11-24', after_id: ids[1] }), [2, 3])
  assert.equal((await desk.ask(agent, api.queue, { query: { after_id: 1 } })).problem.code, 'page.half')
  assert.equal((await desk.ask(agent, api.queue, { query: { topic: 'weather' as never } })).status, 422)
})

test('every route refuses who is not declared for it', async () => {
  const params = { customer_id: 1 as CustomerId }
  const asked = [
    [api.timeline, { params, query: {} }],
    [api.addContact, { params, body: { body: 'x' } }],
    [api.undoContact, { params: { ...params, contact_id: 1 } }],
    [api.queue, { query: {} }],
    [api.followUp, { params: { contact_id: 1 }, body: { version: 1 } }],
  ] as const
  assert.equal(asked.length, contactRoutes.length)
  for (const [endpoint, given] of asked)
    assert.equal(
      (await desk.ask(administrator, endpoint, given as never)).problem.code,
      'role.not-declared',
      endpoint.action,
    )
  assert.equal((await desk.ask(biller, api.addContact, { params, body: { body: 'x' } })).status, 403)
})
