import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Actor } from '../../../enforcement/serve.ts'
import { ringReason } from '../../../register/reasons.ts'
import { testRegister, type TestRegister } from '../../../tests/database.ts'
import { network, person, retailer } from '../../../tests/people.ts'
import { served, staffIn, type Served } from '../../../tests/served.ts'
import type { CustomerId } from '../../customers/index.ts'
import * as api from './api.ts'
import { callRoutes } from './routes.ts'

const agent = staffIn('customer-service', 'retail', 5)
const other = staffIn('customer-service', 'retail', 6)
const networkAgent = staffIn('customer-service', 'network', 7)
const biller = staffIn('billing', 'retail')
const exchange: Actor = { handle: 'token:1', staff_id: null, role: 'telephone-system', hat: 'retail' }

let opened: TestRegister
let desk: Served
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, callRoutes)
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const made = async (given: Parameters<typeof person>[1] = {}) => {
  const id = (await person(opened.owner, given)) as CustomerId
  await opened.owner.query('select search_refresh(array[$1::bigint])', [id])
  return id
}
const represented = (who: number, by: number, scope: string[] = ['invoicing'], during = '[2020-01-01,)') =>
  opened.owner.query(
    `insert into representation (represented_id, representative_id, kind, scope, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'power-of-attorney', $3, $4, $5, 'test', '2026-01-01Z', 'system:test')`,
    [who, by, scope, during, retailer | network],
  )
const rung = async (number: string | null, more: object = {}, by: Actor = exchange) => {
  const { status, output, problem } = await desk.ask(by, api.announceCall, { body: { number, ...more } })
  assert.equal(status, 200, JSON.stringify(problem))
  return output
}

test('a telephone system announces a call once, however often it tells of it, and only those of the line see it ring', async () => {
  const first = await rung('050 777 1111', { reference: 'pbx-1' })
  assert.equal(first.number, '+358507771111')
  assert.equal((await rung('050 777 1111', { reference: 'pbx-1' })).id, first.id)
  const mine = await rung('050 777 2222', { rings_at: 6 })
  const ids = async (actor: Actor) =>
    (await desk.ask(actor, api.waitingCalls, { query: {} })).output.map(({ id }) => id)
  assert.deepEqual(await ids(agent), [first.id])
  assert.deepEqual(await ids(other), [first.id, mine.id])
  assert.deepEqual(await ids(networkAgent), [])
  for (const call_id of [first.id, mine.id]) await desk.ask(exchange, api.endCall, { params: { call_id } })
  assert.deepEqual(await ids(other), [])
  const unusable = await desk.ask(exchange, api.announceCall, { body: { number: 'drop table' } })
  assert.equal(unusable.problem.code, 'phone.unusable')
})

test('who waits for calls is answered when one comes', async () => {
  const waiting = desk.ask(agent, api.waitingCalls, { query: { wait: 5 } })
  // The server of the tests knows who asks by the latest request.
  await pause(200)
  const call = await rung('050 777 3333')
  assert.deepEqual(
    (await waiting).output.map(({ id }) => id),
    [call.id],
  )
  await desk.ask(agent, api.endCall, { params: { call_id: call.id } })
})

test('all who have the number are candidates, and whom they act for; nobody beyond the walls, and no home of a protected person', async () => {
  const phone = '+358507774444'
  const father = await made({ given: 'Oiva', family: 'Numero', phone, birth_date: '1950-01-01' })
  const son = await made({ given: 'Olli', family: 'Numero', phone, birth_date: '1980-01-01' })
  await made({ given: 'Verkko', family: 'Numero', phone, controllers: network })
  await made({ given: 'Suljettu', family: 'Numero', phone, restricted: true })
  await made({ given: 'Suojattu', family: 'Numero', phone, protected: true })
  const ward = await made({ given: 'Päämies', family: 'Suojattu', protected: true })
  const former = await made({ given: 'Entinen', family: 'Päämies' })
  await represented(ward, son)
  // Given as safe to be written to, and still no sign of where they live.
  await opened.owner.query(
    `insert into postal_address (customer_id, kind, street, postcode, post_office, during, controllers, source, recorded_at, recorded_by)
     values ($1, 'contact', 'PL 1', '15111', 'HOLLOLA', '[2020-01-01,)', 3, 'test', '2026-01-01Z', 'system:test')`,
    [ward],
  )
  await represented(former, son, ['data'], '[2020-01-01,2021-01-01)')
  const call = await rung(phone)
  desk.lines()
  const { output } = await desk.ask(agent, api.candidates, { params: { call_id: call.id } }, ringReason(call.id))
  assert.deepEqual(
    output.candidates.map(({ customer_id, birth_year, city, representative_id }) => [
      customer_id,
      birth_year,
      city,
      representative_id,
    ]),
    [
      [father, 1950, 'LAHTI', null],
      [son, 1980, 'LAHTI', null],
      [ward, 1980, null, son],
    ],
  )
  assert.ok(!JSON.stringify(output).includes('Mallikatu'))
  const lines = desk.lines()
  assert.deepEqual(
    lines.map(({ subject, because, outcome }) => [subject, because, outcome]),
    [father, son, ward].map((one) => [one, `ring:${call.id}`, 'listed']),
  )
  const networks = await desk.ask(networkAgent, api.candidates, { params: { call_id: call.id } })
  assert.equal(networks.problem.code, 'call.not-found')
  const withheld = await rung(null)
  const none = await desk.ask(agent, api.candidates, { params: { call_id: withheld.id } })
  assert.deepEqual(none.output.candidates, [])
})

test('every route refuses who is not declared for it', async () => {
  const params = { call_id: 1 }
  const asked = [
    [api.announceCall, { body: { number: null } }],
    [api.waitingCalls, { query: {} }],
    [api.candidates, { params }],
    [api.inHand, {}],
    [api.takeCall, { params, body: { customer_id: 1 as CustomerId } }],
    [api.endCall, { params }],
    [api.wrapUp, { params, body: {} }],
  ] as const
  assert.equal(asked.length, callRoutes.length)
  for (const [endpoint, given] of asked)
    assert.equal((await desk.ask(biller, endpoint, given as never)).problem.code, 'role.not-declared', endpoint.action)
  // A telephone system rings, and sees nobody.
  for (const [endpoint, given] of asked.filter(([{ action }]) => !/announce|wait|end a call/.test(action)))
    assert.equal(
      (await desk.ask(exchange, endpoint, given as never)).problem.code,
      'role.not-declared',
      endpoint.action,
    )
  assert.equal((await desk.ask(exchange, api.waitingCalls, { query: {} })).problem.code, 'call.no-hands')
})
