import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { emptied, type TestRegister, testRegister } from '../../../tests/database.ts'
import { person, retailer } from '../../../tests/people.ts'
import { type Served, served, staffIn } from '../../../tests/served.ts'
import type { CustomerId } from '../../customers/index.ts'
import { addContact, timeline } from '../api.ts'
import { contactRoutes } from '../routes.ts'
import * as api from './api.ts'
import { partedRoutes } from './routes.ts'

let opened: TestRegister
let desk: Served
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, [...contactRoutes, ...partedRoutes])
})
afterEach(() => emptied(opened.owner))
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const agent = staffIn('customer-service', 'retail', 3)
const colleague = staffIn('customer-service', 'retail', 4)

/** Two who were joined and are parted, with what came to the one meanwhile. */
const parted = async () => {
  const made = { given: 'Tuomas', family: 'Kaksonen', controllers: retailer }
  const one = (await person(opened.owner, made)) as CustomerId
  const other = (await person(opened.owner, made)) as CustomerId
  const { output } = await desk.ask(agent, addContact, {
    params: { customer_id: one },
    body: { channel: 'call', topics: ['move'], body: 'muuttaa Lahteen', follow_up_on: '2026-12-01' },
  })
  const { rows } = await opened.owner.query<{ point: string }>(
    `with merge as (insert into customer_merge (customer_id, merged_id, evidence, reason, proposed_by, merged_at, undone_at, controllers)
       values ($1, $2, '{}', 'sama', 'staff:1', '2026-11-01Z', '2026-11-20Z', 1) returning id),
     point as (insert into contact_point (customer_id, channel, value, use, during, controllers, source, recorded_at, recorded_by)
       values ($1, 'phone', '+358505559922', 'main', '[2026-11-10,)', 1, 'desk', '2026-11-10Z', 'staff:3') returning id),
     review as (insert into customer_merge_review (merge_id, customer_id, table_name, row_id, state, controllers)
       select merge.id, $1, table_name, row_id, 'open', 1 from merge, point,
         lateral (values ('contact', $3::bigint), ('contact_point', point.id), ('customer_name', (select min(n.id) from customer_name n where n.customer_id = $1))) as t (table_name, row_id)
       returning id)
     select id as point from point`,
    [one, other, output.id],
  )
  return { one, other, contact: output.id, point: Number(rows[0]?.point) }
}
const list = async (who = agent) => (await desk.ask(who, api.listParted, { query: {} })).output
const decide = (parted_id: number, decision: 'stays' | 'moves' | 'open', who = agent) =>
  desk.ask(who, api.decideParted, { params: { parted_id }, body: { decision } })
const said = async (customer_id: CustomerId) =>
  (await desk.ask(agent, timeline, { params: { customer_id }, query: {} })).output.map(({ body, topics }) => [
    body,
    topics.join(),
  ])
const numbers = async (of: number) => {
  const { rows } = await opened.owner.query<{ value: string; current: boolean }>(
    "select value, upper_inf(during) as current from contact_point where customer_id = $1 and value = '+358505559922'",
    [of],
  )
  return rows.map(({ value, current }) => [value, current])
}

test('what came while two were joined is listed with what it is, and only what a decision can move says so', async () => {
  const { one, other } = await parted()
  const rows = await list()
  assert.deepEqual(
    rows.map(({ kind, words, channel, moves }) => [kind, words, channel, moves]),
    [
      ['contact', null, 'call', true],
      ['contact-point', '+358505559922', 'phone', true],
      ['name', 'Tuomas Kaksonen', null, false],
    ],
  )
  assert.deepEqual([rows[0]?.one.id, rows[0]?.other.id], [one, other])
  assert.equal((await desk.ask(staffIn('billing', 'retail'), api.listParted, { query: {} })).status, 403)
})

test('a contact moves with what was said, under the key of whose it is; where it stood is left empty', async () => {
  const { one, other } = await parted()
  const [contact] = await list()
  const { output, status } = await decide(contact?.id ?? 0, 'moves')
  assert.deepEqual([status, output.state], [200, 'moved'], JSON.stringify(output))
  assert.deepEqual(await said(other), [['muuttaa Lahteen', 'move']])
  assert.deepEqual(await said(one), [[null, '']])
  const { rows } = await opened.owner.query(
    'select count(distinct customer_id)::int as keys from subject_key where customer_id in ($1, $2)',
    [one, other],
  )
  assert.deepEqual(rows, [{ keys: 2 }])
  const again = await decide(contact?.id ?? 0, 'moves')
  assert.deepEqual([again.status, again.problem.code], [409, 'parted.decided'])
  assert.equal((await said(other)).length, 1)
})

test('a number moves to the other, once, and is of the one no more', async () => {
  const { one, other } = await parted()
  const [, point] = await list()
  assert.equal((await decide(point?.id ?? 0, 'moves')).output.state, 'moved')
  assert.deepEqual(await numbers(other), [['+358505559922', true]])
  assert.deepEqual(await numbers(one), [['+358505559922', false]])
})

test('what stays is left as it is, and the one who said so may take it back', async () => {
  const { one, other } = await parted()
  const [contact, point, name] = await list()
  for (const each of [contact, point]) assert.equal((await decide(each?.id ?? 0, 'stays')).output.state, 'stays')
  assert.deepEqual([await said(other), (await said(one)).length, await numbers(other)], [[], 1, []])
  assert.equal((await decide(contact?.id ?? 0, 'open', colleague)).problem.code, 'parted.decided')
  assert.equal((await decide(contact?.id ?? 0, 'open')).output.state, 'open')
  // A name is moved on the cards: saying so changes none.
  assert.equal((await decide(name?.id ?? 0, 'moves')).output.state, 'moved')
  assert.deepEqual(
    (await list()).map(({ kind }) => kind),
    ['contact'],
  )
  const nobody = await decide(999_999, 'stays')
  assert.deepEqual([nobody.status, nobody.problem.code], [404, 'parted.not-found'])
  assert.equal((await decide(contact?.id ?? 0, 'stays', staffIn('billing', 'retail'))).status, 403)
})
