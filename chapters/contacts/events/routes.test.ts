import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../../../enforcement/serve.ts'
import { callReason } from '../../../register/reasons.ts'
import { testRegister, type TestRegister } from '../../../tests/database.ts'
import { callWith, network, person, retailer } from '../../../tests/people.ts'
import { served, staffIn, type Served } from '../../../tests/served.ts'
import type { CustomerId } from '../../customers/index.ts'
import * as api from './api.ts'
import { eventRoutes } from './routes.ts'

const agent = staffIn('customer-service', 'retail', 5)
const networkAgent = staffIn('customer-service', 'network', 6)
const biller = staffIn('billing', 'retail')
const administrator = staffIn('administrator', 'group')
const told = `'test', '2026-01-01Z', 'system:test'`

let opened: TestRegister
let desk: Served
let product = 0
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, eventRoutes)
  await opened.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  product = await inserted(
    `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale)
     values ($1, 'TEST-sales', 'electricity', 'sales', 'Malli', 'Modell', 'Model', '[2020-01-01,)') returning id`,
    [retailer],
  )
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const inserted = async (text: string, values: readonly unknown[]): Promise<number> =>
  Number((await opened.owner.query<{ id: string }>(text, [...values])).rows[0]?.id)

let serial = 0
/** A person who moved in, had a contract of the retailer, moved out, permitted e-mail, and called twice, once the network company. */
const someone = async (made: Parameters<typeof person>[1] = {}) => {
  const who = (await person(opened.owner, made)) as CustomerId
  serial += 1
  const site = await inserted(
    `insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by)
     values ('Tapahtumatie', '7', '15140', 'permanent-dwelling', 3, ${told}) returning id`,
    [],
  )
  const point = await inserted(
    `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
     values ($1, 'electricity', $2, 'consumption', 'connected', 3, ${told}) returning id`,
    [site, `640009${String(serial).padStart(12, '0')}`],
  )
  await inserted(
    `insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2024-03-01,2026-03-01)', 3, ${told}) returning id`,
    [who, site],
  )
  const contract = await inserted(
    `insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, end_reason, source, recorded_at, recorded_by)
     values ($1, 1, 'sales', 'electricity', $2, $3, $4, '[2024-03-01,2026-03-01)', '2024-1', 'moved', ${told}) returning id`,
    [`T-${serial}`, site, point, product],
  )
  await inserted(
    `insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2024-03-01,2026-03-01)', 1, ${told}) returning id`,
    [contract, who],
  )
  for (const [state, day] of [
    ['granted', '2025-05-05Z'],
    ['withdrawn', '2025-06-06Z'],
  ])
    await inserted(
      `insert into marketing_permission (customer_id, controller, channel, state, source, recorded_at, recorded_by)
       values ($1, 1, 'email', $2, 'test', $3, 'system:test') returning id`,
      [who, state, day],
    )
  for (const [controllers, day] of [
    [retailer, '2025-05-05Z'],
    [network, '2026-02-02Z'],
  ])
    await inserted(
      `insert into contact (customer_id, at, direction, channel, topics, controllers, source, recorded_at, recorded_by)
       values ($1, $3, 'in', 'call', '{}', $2, ${told}) returning id`,
      [who, controllers, day],
    )
  return who
}

const seen = async (actor: Actor, who: CustomerId, query: object = {}, because?: string) => {
  const { status, output, problem } = await desk.ask(
    actor,
    api.events,
    { params: { customer_id: who }, query },
    because,
  )
  assert.equal(status, 200, JSON.stringify(problem))
  return output
}
const kinds = (events: Awaited<ReturnType<typeof seen>>) => events.map(({ kind }) => kind)

test('what happened stands in one order, of what the bundle may see, under its own company', async () => {
  const who = await someone()
  desk.lines()
  assert.deepEqual(kinds(await seen(agent, who)), [
    'contract-ended',
    'moved-out',
    'permission',
    'contact',
    'permission',
    'contract-began',
    'moved-in',
  ])
  const [line, ...others] = desk.lines()
  assert.deepEqual(others, [])
  assert.deepEqual(line?.subject, who)
  assert.deepEqual(line?.categories.toSorted(), [
    'contact-content',
    'contact-event',
    'contract',
    'marketing-permission',
    'occupancy',
    'site-address',
    'subject-key',
  ])
  // The retailer's contract, permission and call are not the network company's; who lives there is both's.
  assert.deepEqual(kinds(await seen(networkAgent, who)), ['moved-out', 'contact', 'moved-in'])
  // Billing reads no marketing permissions.
  assert.ok(!kinds(await seen(biller, who)).includes('permission'))
})

test('a day has its place among moments by Finnish time', async () => {
  const who = await someone()
  const [ended] = await seen(agent, who, { kinds: 'contract-ended' })
  assert.deepEqual(
    [ended?.at, ended?.kind === 'contract-ended' && ended.day, ended?.kind === 'contract-ended' && ended.end_reason],
    ['2026-02-28T22:00:00.000Z', '2026-03-01', 'moved'],
  )
})

test('it is read page by page, each event once; and by its kinds', async () => {
  const who = await someone()
  for (let n = 0; n < 60; n++)
    await inserted(
      `insert into contact (customer_id, at, direction, channel, topics, controllers, source, recorded_at, recorded_by)
       values ($1, '2025-05-05Z', 'in', 'call', '{}', 1, ${told}) returning id`,
      [who],
    )
  const first = await seen(agent, who)
  const last = first.at(-1)
  const rest = await seen(agent, who, { before_at: last?.at, before_kind: last?.kind, before_id: last?.id })
  assert.deepEqual([first.length, rest.length], [50, 17])
  const ids = [...first, ...rest].map(({ kind, id }) => `${kind} ${id}`)
  assert.equal(new Set(ids).size, 67)
  assert.deepEqual(kinds(await seen(agent, who, { kinds: 'moved-in,moved-out' })), ['moved-out', 'moved-in'])
  const params = { customer_id: who }
  const half = await desk.ask(agent, api.events, { params, query: { before_id: 1 } })
  assert.equal(half.problem.code, 'page.half')
  const unknown = await desk.ask(agent, api.events, { params, query: { kinds: 'secrets' } })
  assert.equal(unknown.problem.code, 'input.invalid')
})

test('before the caller is known, neither contracts nor moves are told; a protected home is not there at all', async () => {
  const who = await someone()
  const unknown = await callWith(opened.owner, who, { staff: 5, level: 1 })
  assert.deepEqual(new Set(kinds(await seen(agent, who, {}, callReason(unknown)))), new Set(['contact', 'permission']))
  const known = await callWith(opened.owner, who, { staff: 5, level: 2 })
  assert.ok(kinds(await seen(agent, who, {}, callReason(known))).includes('contract-began'))
  await opened.owner.query('select wall_protected(array[$1::bigint], true)', [who])
  const hidden = await seen(agent, who)
  assert.ok(!kinds(hidden).includes('moved-in') && !JSON.stringify(hidden).includes('Tapahtumatie'))
})

test('who is not declared for it is refused', async () => {
  const { problem } = await desk.ask(administrator, api.events, { params: { customer_id: 1 as CustomerId }, query: {} })
  assert.equal(problem.code, 'role.not-declared')
  assert.equal(eventRoutes.length, 1)
})
