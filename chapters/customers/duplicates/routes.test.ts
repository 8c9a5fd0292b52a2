import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { emptied, type TestRegister, testRegister } from '../../../tests/database.ts'
import { network, person } from '../../../tests/people.ts'
import { type Served, served, staffIn } from '../../../tests/served.ts'
import type { CustomerId } from '../api.ts'
import * as api from './api.ts'
import { duplicateRoutes } from './routes.ts'
import { afterParting } from './rules.ts'

let opened: TestRegister
let desk: Served
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, duplicateRoutes)
})
afterEach(() => emptied(opened.owner))
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const first = staffIn('identity-desk', 'retail', 1)
const second = staffIn('identity-desk', 'retail', 2)
const agent = staffIn('customer-service', 'retail', 3)
const scanner = { handle: 'system:duplicate-scan', staff_id: null, role: 'duplicate-scan', hat: 'group' }

const twin = async (made: object = {}, identified = false): Promise<CustomerId> => {
  const id = await person(opened.owner, { given: 'Tuomas', family: 'Kaksonen', birth_date: '1971-02-03', ...made })
  if (identified)
    await opened.owner.query(
      `insert into identity_code (customer_id, code, blind, during, controllers, source, recorded_at, recorded_by)
       values ($1::bigint, '\\x00', decode(lpad(to_hex($1::bigint), 64, '0'), 'hex'), '[2020-01-01,)', 3, 'test', '2026-01-01Z', 'system:test')`,
      [id],
    )
  return id as CustomerId
}
const pairs = async (customer_id?: number) => {
  await desk.ask(scanner, api.scanDuplicates, {})
  return (await desk.ask(agent, api.listDuplicates, { query: { customer_id } })).output
}
const propose = (one: CustomerId, other: CustomerId) =>
  desk.ask(first, api.proposeMerge, {
    params: { customer_id: one },
    body: { merged_id: other, reason: 'sama henkilö kahdesti' },
  })
const joined = async (state: 'waiting' | 'joined', who = agent) =>
  (await desk.ask(who, api.listMerges, { query: { state } })).output

test('the surest pairs come first, page by page, and those of one customer by themselves', async () => {
  const [one, two] = [await twin({ phone: '+358505559911' }), await twin({ phone: '+358505559911' })]
  const [three] = [await twin()]
  const all = await pairs()
  assert.deepEqual(
    all.map(({ customer_id, other_id }) => [customer_id, other_id]),
    [
      [one, two],
      [one, three],
      [two, three],
    ],
  )
  const [sure] = all
  const rest = await desk.ask(agent, api.listDuplicates, { query: { below: sure?.weight, after: sure?.id } })
  assert.deepEqual(
    rest.output.map(({ id }) => id),
    all.slice(1).map(({ id }) => id),
  )
  assert.equal((await pairs(three)).length, 2)
  assert.equal((await desk.ask(agent, api.listDuplicates, { query: { after: 1 } })).problem.code, 'page.half')
})

test('told apart they come back only when the same hand takes it back', async () => {
  await twin()
  await twin()
  const [pair] = await pairs()
  const params = { duplicate_id: pair?.id ?? 0 }
  assert.equal((await desk.ask(agent, api.tellApart, { params })).output.state, 'not-same')
  assert.deepEqual(await pairs(), [])
  assert.equal((await desk.ask(first, api.reopenDuplicate, { params })).problem.code, 'duplicate.not-found')
  assert.equal((await desk.ask(agent, api.reopenDuplicate, { params })).output.state, 'open')
  assert.equal((await pairs()).length, 1)
})

test('two identified persons wait for another’s eyes, who approves or declines', async () => {
  const [one, two] = [await twin({}, true), await twin({}, true)]
  await pairs()
  const { output: proposal } = await propose(one, two)
  assert.equal(proposal.merged_at, null)
  assert.equal((await propose(two, one)).problem.code, 'merge.waiting')
  const params = { merge_id: proposal.id }
  assert.deepEqual(
    (await joined('waiting', first)).map(({ own, one: golden, other }) => [own, golden.id, other.id]),
    [[true, one, two]],
  )
  assert.deepEqual(
    (await joined('waiting')).map(({ own }) => own),
    [false],
  )
  assert.equal((await desk.ask(first, api.approveMerge, { params })).problem.code, 'merge.own-proposal')
  const declined = await desk.ask(second, api.declineMerge, { params, body: { reason: 'eri syntymäpaikka' } })
  assert.equal(declined.status, 200)
  assert.equal((await desk.ask(second, api.approveMerge, { params })).problem.code, 'merge.declined')
  assert.equal(
    (await desk.ask(first, api.declineMerge, { params, body: { reason: 'uudelleen' } })).problem.code,
    'merge.declined',
  )
  assert.deepEqual(await joined('waiting'), [])

  const again = { merge_id: (await propose(one, two)).output.id }
  assert.ok((await desk.ask(agent, api.approveMerge, { params: again })).output.merged_at)
  assert.equal(
    (await desk.ask(second, api.declineMerge, { params: again, body: { reason: 'liian myöhään' } })).problem.code,
    'merge.already-joined',
  )
  assert.deepEqual(
    (await joined('joined')).map(({ id }) => id),
    [again.merge_id],
  )
  assert.deepEqual(await pairs(), [])
})

test('parted at once by the same hand they are asked about again; by another they are two for good', async () => {
  const [one, two] = [await twin(), await twin()]
  await pairs()
  const part = async (who: typeof first) => {
    const { output } = await propose(one, two)
    return desk.ask(who, api.undoMerge, { params: { merge_id: output.id }, body: { reason: 'eri henkilöt' } })
  }
  assert.equal((await part(first)).status, 200)
  assert.equal((await pairs()).length, 1)
  assert.equal((await part(second)).status, 200)
  assert.deepEqual(await pairs(), [])
  assert.deepEqual(await joined('joined'), [])
  const at = new Date('2026-11-24T08:11:00Z')
  const merge = { merged_at: '2026-11-24T08:00:00Z', proposed_by: 'staff:1', approved_by: null }
  assert.equal(afterParting(merge, 'staff:1', at), 'not-same')
  assert.equal(afterParting({ ...merge, approved_by: 'staff:2' }, 'staff:1', new Date(merge.merged_at)), 'not-same')
})

test('a pair with one behind a wall is not shown', async () => {
  const hidden = await twin({ controllers: network })
  await twin()
  await twin({ restricted: true })
  assert.deepEqual(await pairs(), [])
  assert.equal((await propose(await twin(), hidden)).status, 404)
})

test('what came to the joined one meanwhile is put on the list of what to look through, whatever it is', async () => {
  const [one, other] = [await twin(), await twin()]
  const merge = (await propose(one, other)).output
  await opened.owner.query(`update customer_merge set merged_at = '2026-11-01Z' where id = $1`, [merge.id])
  const told = `1, 'desk', '2026-11-10Z', 'staff:3'`
  for (const row of [
    `contact_point (customer_id, channel, value, use, during, controllers, source, recorded_at, recorded_by) values ($1, 'email', 'a@esimerkki.fi', 'main', '[2026-11-10,)', ${told})`,
    `customer_name (customer_id, kind, family, during, controllers, source, recorded_at, recorded_by) values ($1, 'former', 'Ennen', '[2020-01-01,2021-01-01)', ${told})`,
    `contact (customer_id, at, direction, channel, topics, controllers, source, recorded_at, recorded_by) values ($1, '2026-11-10Z', 'in', 'call', '{}', ${told})`,
  ])
    await opened.owner.query(`insert into ${row}`, [one])
  const parted = await desk.ask(first, api.undoMerge, {
    params: { merge_id: merge.id },
    body: { reason: 'isä ja poika' },
  })
  assert.equal(parted.output.review, 3, JSON.stringify(parted.problem))
  const { rows } = await opened.owner.query('select table_name, state from customer_merge_review order by table_name')
  assert.deepEqual(
    rows.map(({ table_name, state }: { table_name: string; state: string }) => [table_name, state]),
    [
      ['contact', 'open'],
      ['contact_point', 'open'],
      ['customer_name', 'open'],
    ],
  )
})
