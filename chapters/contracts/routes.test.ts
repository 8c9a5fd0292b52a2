import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testRegister, type TestRegister } from '../../tests/database.ts'
import { callWith, network, person, retailer } from '../../tests/people.ts'
import { served, staffIn, type Served } from '../../tests/served.ts'
import type { CustomerId } from '../customers/index.ts'
import * as api from './api.ts'
import { contractRoutes } from './routes.ts'

const agent = staffIn('customer-service', 'retail')
const networkAgent = staffIn('customer-service', 'network')
const biller = staffIn('billing', 'retail')
const marketer = staffIn('marketing', 'retail')

let opened: TestRegister
let desk: Served
const products = { sales: 0, network: 0, connection: 0 }
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, contractRoutes)
  await opened.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  for (const [kind, controller] of [
    ['sales', retailer],
    ['network', network],
    ['connection', network],
  ] as const) {
    const { rows } = await opened.owner.query<{ id: string }>(
      `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale)
       values ($1, $2, 'electricity', $3, 'Malli', 'Modell', 'Model', '[2020-01-01,)') returning id`,
      [controller, `TEST-${kind}`, kind],
    )
    products[kind] = Number(rows[0]?.id)
  }
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

let serial = 0
/** A site with one point that both companies know. */
const place = async (controllers = retailer | network) => {
  const site = await opened.owner.query<{ id: string }>(
    `insert into site (street_fi, postcode, use, controllers, source, recorded_at, recorded_by)
     values ('Mallikatu', '15140', 'permanent-dwelling', $1, 'test', '2026-01-01Z', 'system:test') returning id`,
    [controllers],
  )
  const site_id = Number(site.rows[0]?.id)
  const point = await opened.owner.query<{ id: number }>(
    `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
     values ($1, 'electricity', $2, 'consumption', 'connected', $3, 'test', '2026-01-01Z', 'system:test') returning id`,
    [site_id, `649900${String(++serial).padStart(12, '0')}`, controllers],
  )
  return { site_id, point_id: point.rows[0]?.id as number }
}
const someone = async (made: Parameters<typeof person>[1] = {}) => (await person(opened.owner, made)) as CustomerId
const terms = { from: '2026-01-01', terms_version: '2026-1', agreed_how: 'call' } as const
const holds = (customer_id: CustomerId) => [{ customer_id, role: 'holder' as const }]
const sold = async (who: CustomerId, at: Awaited<ReturnType<typeof place>>) => {
  const body = { ...terms, ...at, product_id: products.sales, parties: holds(who) }
  const { status, output, problem } = await desk.ask(agent, api.makeContract, { body })
  assert.equal(status, 200, JSON.stringify(problem))
  return output
}

test('a contract with two parties is read by both, and the log names both', async () => {
  const [one, other] = [await someone(), await someone()]
  const at = await place()
  desk.lines()
  const parties = [...holds(one), { customer_id: other, role: 'payer' as const }]
  const body = { ...terms, ...at, product_id: products.sales, parties }
  const { output } = await desk.ask(agent, api.makeContract, { body }, `call:${await callWith(opened.owner, one)}`)
  assert.deepEqual([output.status, output.source, output.kind], ['active', 'customer-call', 'sales'])
  assert.deepEqual(
    output.parties.map(({ role }) => role),
    ['holder', 'payer'],
  )
  assert.deepEqual(
    desk.lines().map(({ subject, outcome }) => [subject, outcome]),
    [
      [one, 'written'],
      [other, 'written'],
    ],
  )
  const theirs = await desk.ask(biller, api.contractsOfCustomer, { params: { customer_id: other } })
  assert.deepEqual(
    theirs.output.map(({ id, role }) => [id, role]),
    [[output.id, 'payer']],
  )
})

test('the other company sees nothing of a contract', async () => {
  const who = await someone()
  const { id } = await sold(who, await place())
  const theirs = await desk.ask(networkAgent, api.contractsOfCustomer, { params: { customer_id: who } })
  assert.deepEqual(theirs.output, [])
  const { status, problem } = await desk.ask(networkAgent, api.openContract, { params: { contract_id: id } })
  assert.deepEqual([status, problem.code], [404, 'contract.not-found'])
})

test('a site shows who has what there, of one’s own company', async () => {
  const [one, other] = [await someone(), await someone()]
  const at = await place()
  const parties = [...holds(one), { customer_id: other, role: 'co-holder' as const }]
  const body = { ...terms, ...at, product_id: products.sales, parties }
  const { output } = await desk.ask(agent, api.makeContract, { body })
  const params = { site_id: at.site_id }
  const there = await desk.ask(agent, api.contractsOfSite, { params })
  assert.deepEqual(
    there.output.map(({ id, customer_id, role }) => [id, customer_id, role]),
    [
      [output.id, one, 'holder'],
      [output.id, other, 'co-holder'],
    ],
  )
  assert.deepEqual((await desk.ask(networkAgent, api.contractsOfSite, { params })).output, [])
})

test('a product is sold by its own company alone', async () => {
  const body = { ...terms, ...(await place()), product_id: products.network, parties: holds(await someone()) }
  const { status, problem } = await desk.ask(agent, api.makeContract, { body })
  assert.deepEqual([status, problem.faults?.[0]?.code], [422, 'product.other-company'])
})

test('the point is of the site, and a party behind a wall is not there', async () => {
  const [at, elsewhere] = [await place(), await place()]
  const who = await someone()
  const asked = { ...terms, ...at, product_id: products.sales, parties: holds(who) }
  const wrong = await desk.ask(agent, api.makeContract, { body: { ...asked, point_id: elsewhere.point_id } })
  assert.equal(wrong.problem.code, 'point.not-found')
  const hidden = await someone({ restricted: true })
  const refused = await desk.ask(agent, api.makeContract, { body: { ...asked, parties: holds(hidden) } })
  assert.equal(refused.problem.code, 'customer.not-found')
  const { rows } = await opened.owner.query('select from contract where site_id = $1', [at.site_id])
  assert.equal(rows.length, 0, 'nothing of a refused contract stays')
})

test('the identity desk makes and ends the contract of a protected person; to others the home is one that is not', async () => {
  const identityDesk = staffIn('identity-desk', 'retail', 7)
  const at = await place()
  const who = await someone({ protected: true })
  await opened.owner.query(
    `insert into occupancy (customer_id, site_id, role, during, protected, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2026-01-01,)', true, 3, 'test', '2026-01-01Z', 'system:test')`,
    [who, at.site_id],
  )
  const body = { ...terms, ...at, product_id: products.sales, parties: holds(who) }
  const none = { ...body, site_id: 9_999_999 }
  for (const as of [agent, networkAgent]) {
    const [closed, missing] = [
      await desk.ask(as, api.makeContract, { body }, 'reason:supply'),
      await desk.ask(as, api.makeContract, { body: none }, 'reason:supply'),
    ]
    assert.equal(closed.status, 404)
    assert.deepEqual(closed.problem, missing.problem)
  }
  const unasked = await desk.ask(identityDesk, api.makeContract, { body })
  assert.equal(unasked.status, 404, 'without a reason nobody is opened')
  const stranger = { ...body, parties: holds(await someone({ protected: true })) }
  const elsewhere = await desk.ask(identityDesk, api.makeContract, { body: stranger }, 'reason:supply')
  assert.equal(elsewhere.status, 404, 'the home is opened by way of who lives there')

  desk.lines()
  const made = await desk.ask(identityDesk, api.makeContract, { body }, 'reason:supply')
  assert.equal(made.status, 200, JSON.stringify(made.problem))
  assert.deepEqual(
    desk.lines().map(({ subject, because, outcome }) => [subject, because, outcome]),
    [[who, 'reason:supply', 'written']],
  )
  const { rows } = await opened.owner.query('select protected from site where id = $1', [at.site_id])
  assert.deepEqual(rows, [{ protected: true }])
  const ended = await desk.ask(
    identityDesk,
    api.endContract,
    { params: { contract_id: made.output.id }, body: { to: '2026-12-01', end_reason: 'moved', version: 1 } },
    'reason:supply',
  )
  assert.equal(ended.output.status, 'ending', JSON.stringify(ended.problem))
})

test('one point has one contract of a kind at a time; the next begins on the day that the last ends', async () => {
  const who = await someone()
  const at = await place()
  const { id } = await sold(who, at)
  const next = { ...terms, ...at, product_id: products.sales, parties: holds(who), from: '2026-12-01' }
  const overlap = await desk.ask(agent, api.makeContract, { body: next })
  assert.deepEqual([overlap.status, overlap.problem.code], [409, 'contract.overlaps'])
  const end = { params: { contract_id: id }, body: { to: '2026-12-01', end_reason: 'moved', version: 1 } } as const
  const ended = await desk.ask(agent, api.endContract, end)
  assert.deepEqual(
    [ended.output.status, ended.output.end_reason, ended.output.parties[0]?.during.to],
    ['ending', 'moved', '2026-12-01'],
  )
  assert.equal((await desk.ask(agent, api.endContract, end)).problem.code, 'contract.changed')
  assert.equal((await desk.ask(agent, api.makeContract, { body: next })).status, 200)
})

test('an end that was a slip is put right on its day, for each party, and never over another contract', async () => {
  const [one, other] = [await someone(), await someone()]
  const at = await place()
  const parties = [...holds(one), { customer_id: other, role: 'co-holder' as const }]
  const made = await desk.ask(agent, api.makeContract, {
    body: { ...terms, ...at, product_id: products.sales, parties },
  })
  const params = { contract_id: made.output.id }
  const end = (to: string | null, end_reason: 'moved' | null, version: number) =>
    desk.ask(agent, api.endContract, { params, body: { to, end_reason, version } })
  const none = await end(null, null, 1)
  assert.deepEqual([none.status, none.problem.faults?.[0]?.code], [422, 'contract.end-missing'])
  const silent = await end('2026-12-01', null, 1)
  assert.deepEqual([silent.status, silent.problem.faults?.[0]?.code], [422, 'contract.end-unexplained'])
  assert.equal((await end('2026-02-01', 'moved', 1)).output.status, 'ended')
  assert.equal((await end(null, null, 1)).problem.code, 'contract.changed', 'of two editors the second is told')
  const back = await end(null, null, 2)
  assert.deepEqual(
    [back.output.status, back.output.end_reason, back.output.parties.map(({ during }) => during.to)],
    ['active', null, [null, null]],
    JSON.stringify(back.problem),
  )
  assert.equal((await end('2026-12-01', 'moved', 3)).status, 200)
  const next = { ...terms, ...at, product_id: products.sales, parties: holds(other), from: '2026-12-01' }
  assert.equal((await desk.ask(agent, api.makeContract, { body: next })).status, 200)
  const over = await end(null, null, 4)
  assert.deepEqual([over.status, over.problem.code], [409, 'contract.overlaps'])
  assert.equal((await end('2026-02-01', 'moved', 4)).output.status, 'ended')
  await opened.owner.query(`update contract set recorded_at = '2026-11-20Z' where id = $1`, [params.contract_id])
  assert.equal((await end(null, null, 5)).problem.code, 'contract.already-ended', 'what is over stays over')
})

test('the company that comes to serve a person sees the shared facts from then on', async () => {
  const who = await someone()
  const at = await place()
  await opened.owner.query(
    `insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2026-01-01,)', $3, 'test', '2026-01-01Z', 'system:test')`,
    [who, at.site_id, network],
  )
  await sold(who, at)
  const { rows } = await opened.owner.query('select controllers from occupancy where customer_id = $1', [who])
  assert.deepEqual(rows, [{ controllers: retailer | network }])
})

test('every route refuses who is not declared for it, and the refusal is logged', async () => {
  const contract = { contract_id: 1 }
  const asked = [
    [api.contractsOfCustomer, { params: { customer_id: 1 as CustomerId } }],
    [api.contractsOfSite, { params: { site_id: 1 } }],
    [api.openContract, { params: contract }],
    [api.products, {}],
    [api.makeContract, { body: {} }],
    [api.endContract, { params: contract, body: {} }],
  ] as const
  assert.equal(asked.length, contractRoutes.length)
  for (const [endpoint, given] of asked) {
    desk.lines()
    const { problem } = await desk.ask(marketer, endpoint, given as never)
    assert.equal(problem.code, 'role.not-declared', endpoint.action)
    assert.deepEqual(
      desk.lines().map(({ outcome }) => outcome),
      ['refused'],
    )
  }
  assert.equal((await desk.ask(biller, api.makeContract, { body: {} } as never)).status, 403)
  const bad = await desk.ask(agent, api.makeContract, { body: { parties: [] } } as never)
  assert.equal(bad.status, 422)
  assert.ok((bad.problem.faults?.length ?? 0) > 3, 'all faults at once')
})
