import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testRegister, type TestRegister } from '../../tests/database.ts'
import { person } from '../../tests/people.ts'
import { served, staffIn, type Served } from '../../tests/served.ts'
import type { CustomerId } from '../customers/index.ts'
import * as api from './api.ts'
import { marketingRoutes } from './routes.ts'

const agent = staffIn('customer-service', 'retail')
const networkAgent = staffIn('customer-service', 'network')
const marketer = staffIn('marketing', 'retail')
const administrator = staffIn('administrator', 'group')

let opened: TestRegister
let desk: Served
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, marketingRoutes)
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const someone = async (made: Parameters<typeof person>[1] = {}) => (await person(opened.owner, made)) as CustomerId
type Line = { channel: 'email' | 'phone'; state: 'granted' | 'prohibited' | 'withdrawn'; text_version?: string }
const line = async (who: CustomerId, body: Line, as = agent) => {
  const { status, problem } = await desk.ask(as, api.recordPermission, { params: { customer_id: who }, body })
  assert.equal(status, 200, JSON.stringify(problem))
}
const granted = { channel: 'email', state: 'granted', text_version: '2026-1' } as const
const listed = async (who: CustomerId) => {
  const { output } = await desk.ask(marketer, api.marketable, { query: { channel: 'email' } })
  return output.some(({ id }) => id === who)
}

test('the newest line of each channel holds, and the log names the person', async () => {
  const who = await someone()
  desk.lines()
  await line(who, granted)
  await line(who, { channel: 'phone', state: 'prohibited' })
  await line(who, { channel: 'email', state: 'withdrawn' })
  assert.deepEqual(
    desk.lines().map(({ subject, outcome }) => [subject, outcome]),
    Array.from({ length: 3 }, () => [who, 'written']),
  )
  const { output } = await desk.ask(agent, api.permissions, { params: { customer_id: who } })
  assert.deepEqual(
    output.map(({ channel, state }) => [channel, state]),
    [
      ['email', 'withdrawn'],
      ['phone', 'prohibited'],
    ],
  )
  const { rows } = await opened.owner.query('select from marketing_permission where customer_id = $1', [who])
  assert.equal(rows.length, 3, 'the ledger keeps every line')
})

test('marketing sees whoever permitted it, and nobody from the moment that the permission is withdrawn', async () => {
  const who = await someone()
  assert.equal(await listed(who), false)
  await line(who, granted)
  assert.equal(await listed(who), true)
  await line(who, { channel: 'email', state: 'prohibited' }, marketer)
  assert.equal(await listed(who), false)
})

test('a permission by telephone opens no letterbox of another channel', async () => {
  const who = await someone()
  await line(who, { ...granted, channel: 'phone' })
  assert.equal(await listed(who), false)
})

test('a protected person is not approached, whatever was permitted', async () => {
  const who = await someone({ protected: true })
  await line(who, granted)
  assert.equal(await listed(who), false)
})

test('a permission is given to one company; the other neither sees nor uses it', async () => {
  const who = await someone()
  await line(who, granted, networkAgent)
  assert.deepEqual((await desk.ask(agent, api.permissions, { params: { customer_id: who } })).output, [])
  assert.equal(await listed(who), false)
})

test('a permission without its wording, and a person behind a wall, are refused', async () => {
  const params = { customer_id: await someone() }
  const bare = await desk.ask(agent, api.recordPermission, { params, body: { channel: 'email', state: 'granted' } })
  assert.deepEqual([bare.status, bare.problem.code], [422, 'permission.no-wording'])
  const closed = { customer_id: await someone({ restricted: true }) }
  const refused = await desk.ask(agent, api.recordPermission, { params: closed, body: granted })
  assert.deepEqual([refused.status, refused.problem.code], [404, 'customer.not-found'])
})

test('every route refuses who is not declared for it, and the refusal is logged', async () => {
  const params = { customer_id: 1 as CustomerId }
  const asked = [
    [api.permissions, { params }],
    [api.recordPermission, { params, body: granted }],
    [api.marketable, { query: { channel: 'email' } }],
  ] as const
  assert.equal(asked.length, marketingRoutes.length)
  for (const [endpoint, given] of asked) {
    desk.lines()
    const { problem } = await desk.ask(administrator, endpoint, given as never)
    assert.equal(problem.code, 'role.not-declared', endpoint.action)
    assert.deepEqual(
      desk.lines().map(({ outcome }) => outcome),
      ['refused'],
    )
  }
  assert.equal((await desk.ask(agent, api.marketable, { query: { channel: 'email' } })).status, 403)
})
