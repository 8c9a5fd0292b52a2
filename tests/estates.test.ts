// What an estate takes over, from which day, for which company, and that a death taken back gives it all to the living again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testRegister, type TestRegister } from './database.ts'
import { network, person, retailer } from './people.ts'
import { served, type Served, staffIn } from './served.ts'
import type { CustomerId } from '../chapters/customers/api.ts'
import * as card from '../chapters/customers/api.ts'
import * as death from '../chapters/customers/death/api.ts'
import { deathRoutes } from '../chapters/customers/death/routes.ts'
import { customerRoutes } from '../chapters/customers/routes.ts'
import * as sites from '../chapters/sites/api.ts'
import { siteRoutes } from '../chapters/sites/routes.ts'
import * as contracts from '../chapters/contracts/api.ts'
import { contractRoutes } from '../chapters/contracts/routes.ts'
import * as api from '../chapters/contracts/estates/api.ts'
import { estateRoutes } from '../chapters/contracts/estates/routes.ts'

const agent = staffIn('customer-service', 'retail')
const networkAgent = staffIn('customer-service', 'network', 2)
const identityDesk = staffIn('identity-desk', 'retail', 3)
const administrator = staffIn('administrator', 'group')

let register: TestRegister
let desk: Served
let points = 0
const products = { sales: 0, network: 0 }
const ask: Served['ask'] = (actor, endpoint, asked, because = 'reason:written') =>
  desk.ask(actor, endpoint, asked, because)
const idOf = async (text: string, values: unknown[]): Promise<number> =>
  Number((await register.owner.query<{ id: string }>(text, values)).rows[0]?.id)

before(async () => {
  register = await testRegister()
  desk = await served(register.register, [
    ...customerRoutes,
    ...deathRoutes,
    ...siteRoutes,
    ...contractRoutes,
    ...estateRoutes,
  ])
  await register.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  for (const [kind, controller] of [
    ['sales', retailer],
    ['network', network],
  ] as const)
    products[kind] = await idOf(
      `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale)
       values ($1, $2, 'electricity', $3, 'Malli', 'Modell', 'Model', '[2020-01-01,)') returning id`,
      [controller, `TEST-${kind}`, kind],
    )
})
after(async () => {
  await desk.server.close()
  await register.drop()
})

const told = `'test', '2026-01-01Z', 'system:test'`

type Part = { readonly who: number; readonly role: string }
type Home = { readonly site: number; readonly point: number }

/** A home with its point, and those who live there. */
const home = async (people: readonly number[], during = '[2020-01-01,)'): Promise<Home> => {
  points += 1
  const site = await idOf(
    `insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by)
     values ('Pesätie', $1, '15140', 'permanent-dwelling', 3, ${told}) returning id`,
    [String(points)],
  )
  const point = await idOf(
    `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
     values ($1, 'electricity', $2, 'consumption', 'connected', 3, ${told}) returning id`,
    [site, String(640_000_000_000_000_000n + BigInt(points))],
  )
  for (const who of people)
    await register.owner.query(
      `insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
       values ($1, $2, 'holder', $3, 3, ${told})`,
      [who, site, during],
    )
  return { site, point }
}

const contract = async (
  kind: 'sales' | 'network',
  { site, point }: Home,
  parties: readonly Part[],
  during = '[2020-01-01,)',
): Promise<number> => {
  const controller = kind === 'sales' ? retailer : network
  const id = await idOf(
    `insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, source, recorded_at, recorded_by)
     values ($1, $2, $3, 'electricity', $4, $5, $6, $7, '2020', ${told}) returning id`,
    [`${kind} ${point} ${during}`, controller, kind, site, point, products[kind], during],
  )
  for (const { who, role } of parties)
    await register.owner.query(
      `insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
       values ($1, $2, $3, $4, $5, ${told})`,
      [id, who, role, during, controller],
    )
  return id
}

/** Everything that stands of these homes: who has what, until when, behind which walls. */
const standing = async (places: readonly number[]) => {
  const { rows } = await register.owner.query<{ row: string }>(
    `select concat_ws(' ', 'party', y.id, contract_id, customer_id, role, y.during, y.restricted, y.controller, y.recorded_by) as row
       from contract_party y join contract c on c.id = y.contract_id where c.site_id = any ($1)
     union all
     select concat_ws(' ', 'stay', id, site_id, customer_id, role, during, restricted, protected, controllers, recorded_by)
       from occupancy where site_id = any ($1)
     union all
     select concat_ws(' ', 'site', id, protected, restricted, controllers) from site where id = any ($1) order by 1`,
    [places],
  )
  return rows.map(({ row }) => row)
}

const dies = async (who: number, deceased_on = '2026-11-01'): Promise<CustomerId> => {
  const done = await ask(agent, death.recordDeath, {
    params: { customer_id: who },
    body: { deceased_on, told_by: 'relative' },
  })
  assert.equal(done.status, 200, JSON.stringify(done.problem))
  return done.output.estate?.id as CustomerId
}

const shown = async (as: typeof agent, who: number, day?: string) => {
  const answer = await ask(as, api.toTakeOver, { params: { customer_id: who }, query: { day } })
  assert.equal(answer.status, 200, JSON.stringify(answer.problem))
  return answer.output
}

const passes = async (as: typeof agent, who: number, day: string) => {
  const seen = await shown(as, who, day)
  const ids = (rows: readonly { id: number; stays: string | null }[]) =>
    rows.filter(({ stays }) => stays === null).map(({ id }) => id)
  return ask(as, api.takeOver, {
    params: { customer_id: who },
    body: { day, contracts: ids(seen.contracts), homes: ids(seen.homes) },
  })
}

test('every route refuses who is not declared for it, and the refusal is logged', async () => {
  const params = { customer_id: await person(register.owner) }
  const asked = [
    [api.toTakeOver, { params, query: {} }],
    [api.takeOver, { params, body: { day: '2026-11-01', contracts: [1], homes: [] } }],
    [api.takeBack, { params }],
  ] as const
  assert.deepEqual(
    asked.map(([endpoint]) => endpoint.action),
    estateRoutes.map(({ endpoint }) => endpoint.action),
  )
  for (const [endpoint, given] of asked) {
    desk.lines()
    const refused = await ask(administrator, endpoint, given as never)
    assert.deepEqual([refused.status, refused.problem.code], [403, 'role.not-declared'], endpoint.action)
    assert.deepEqual(
      desk.lines().map(({ outcome, subject }) => [outcome, subject]),
      [['refused', null]],
    )
    assert.equal((await ask(undefined, endpoint, given as never)).status, 401, endpoint.action)
  }
})

test('each company passes its own to the estate, on one day, and a death taken back gives back the whole', async () => {
  const [who, spouse, payer] = [
    await person(register.owner, { given: 'Martta' }),
    await person(register.owner, { given: 'Eino' }),
    await person(register.owner, { given: 'Poika' }),
  ]
  const lived = await home([who, spouse])
  const sold = await contract('sales', lived, [
    { who, role: 'holder' },
    { who: spouse, role: 'co-holder' },
    { who: payer, role: 'payer' },
  ])
  const carried = await contract('network', lived, [
    { who, role: 'holder' },
    { who, role: 'payer' },
  ])
  const past = await home([who], '[2010-01-01,2020-01-01)')
  await contract('sales', past, [{ who, role: 'holder' }], '[2010-01-01,2020-01-01)')
  const places = [lived.site, past.site]
  const before = await standing(places)
  const estate = await dies(who)

  const seen = await shown(agent, who)
  assert.deepEqual(
    seen.contracts.map(({ contract_id, role, others, stays }) => [contract_id, role, others, stays]),
    [[sold, 'holder', 2, null]],
    'the network contract is not the retailer’s to see, and what was over stays',
  )
  assert.deepEqual(
    seen.homes.map(({ site_id, site, stays }) => [site_id, site?.street_fi, stays]),
    [[lived.site, 'Pesätie', null]],
  )

  desk.lines()
  const done = await passes(agent, who, '2026-11-05')
  assert.deepEqual([done.status, done.output], [200, { contracts: 1, homes: 1 }], JSON.stringify(done.problem))
  const written = desk.lines().filter(({ outcome }) => outcome === 'written')
  assert.deepEqual(
    [new Set(written.map(({ subject }) => subject)), written[0]?.endpoint],
    [new Set([who, estate]), 'pass contracts to the estate'],
  )
  const half = await standing(places)
  const ofNetwork = (row: string): boolean => /^party .* 2 system:test$/.test(row)
  assert.deepEqual(half.filter(ofNetwork), before.filter(ofNetwork), 'what the other company holds has not moved')
  const { rows: of } = await register.owner.query(
    `select customer_id::int as who, role, during::text from contract_party where contract_id = $1 order by role, lower(during)`,
    [sold],
  )
  assert.deepEqual(of, [
    { who: spouse, role: 'co-holder', during: '[2020-01-01,)' },
    { who, role: 'holder', during: '[2020-01-01,2026-11-05)' },
    { who: estate, role: 'holder', during: '[2026-11-05,)' },
    { who: payer, role: 'payer', during: '[2020-01-01,)' },
  ])
  const theirs = await ask(agent, contracts.contractsOfCustomer, { params: { customer_id: estate } })
  assert.deepEqual(
    theirs.output.map(({ id, status }) => [id, status]),
    [[sold, 'active']],
  )
  const theirOwn = await ask(agent, contracts.contractsOfCustomer, { params: { customer_id: who } })
  assert.deepEqual(
    theirOwn.output.filter(({ id }) => id === sold).map(({ status, during }) => [status, during.to]),
    [['ended', '2026-11-05']],
    'for the deceased it is over, although the contract runs',
  )
  const live = await ask(agent, sites.sitesOfCustomer, { params: { customer_id: estate } })
  assert.deepEqual(
    live.output.map(({ site_id, during }) => [site_id, during]),
    [[lived.site, { from: '2026-11-05', to: null }]],
  )
  assert.deepEqual((await shown(agent, who)).passed, { contracts: 1, homes: 1, from: '2026-11-05' })

  // The other company's agent sees and passes its own, on a day of its own: holder and payer of one contract.
  assert.deepEqual(
    (await shown(networkAgent, who)).contracts.map(({ contract_id, role }) => [contract_id, role]),
    [
      [carried, 'holder'],
      [carried, 'payer'],
    ],
  )
  const other = await passes(networkAgent, who, '2026-11-10')
  assert.deepEqual(other.output, { contracts: 1, homes: 0 }, 'the home had passed already')

  // One company's slip is put right without touching the other's.
  const back = await ask(networkAgent, api.takeBack, { params: { customer_id: who } })
  assert.equal(back.output.contracts, 1, JSON.stringify(back.problem))
  const { rows: networks } = await register.owner.query<{ customer_id: string; during: string }>(
    `select customer_id, during::text from contract_party where contract_id = $1`,
    [carried],
  )
  assert.deepEqual(
    networks.map(({ customer_id, during }) => [Number(customer_id), during]),
    [
      [who, '[2020-01-01,)'],
      [who, '[2020-01-01,)'],
    ],
  )
  assert.equal((await passes(networkAgent, who, '2026-11-01')).status, 200)

  // Taken back by an agent of the one company, both companies' contracts are as they were.
  const reversed = await ask(agent, death.reverseDeath, {
    params: { customer_id: who },
    body: { reason: 'ilmoitus koski kaimaa' },
  })
  assert.equal(reversed.status, 200, JSON.stringify(reversed.problem))
  assert.deepEqual(await standing(places), before)
})

test('what the estate ended meanwhile stays ended when the person lives after all', async () => {
  const who = await person(register.owner)
  const lived = await home([who])
  const sold = await contract('sales', lived, [{ who, role: 'holder' }])
  await dies(who)
  assert.equal((await passes(agent, who, '2026-11-01')).status, 200)
  const { output } = await ask(agent, contracts.openContract, { params: { contract_id: sold } })
  assert.equal(output.version, 2, 'who had it open is told that it changed')
  const ended = await ask(agent, contracts.endContract, {
    params: { contract_id: sold },
    body: { to: '2026-12-01', end_reason: 'died', version: 2 },
  })
  assert.equal(ended.status, 200, JSON.stringify(ended.problem))
  await ask(agent, death.reverseDeath, { params: { customer_id: who }, body: { reason: 'ilmoitus koski kaimaa' } })
  const { rows } = await register.owner.query<{ customer_id: string; during: string }>(
    'select customer_id, during::text from contract_party where contract_id = $1',
    [sold],
  )
  assert.deepEqual(
    rows.map(({ customer_id, during }) => [Number(customer_id), during]),
    [[who, '[2020-01-01,2026-12-01)']],
  )
})

test('what cannot pass is told, with its reason', async () => {
  const who = await person(register.owner)
  const lived = await home([who])
  const sold = await contract('sales', lived, [{ who, role: 'holder' }], '[2020-01-01,2026-11-15)')
  const later = await contract('sales', lived, [{ who, role: 'holder' }], '[2026-11-15,)')
  const living = await passes(agent, who, '2026-11-01')
  assert.deepEqual([living.status, living.problem.code], [409, 'takeover.no-estate'])
  const estate = await dies(who)

  const early = await passes(agent, who, '2026-10-31')
  assert.deepEqual(
    early.problem.faults?.map(({ path, code }) => [path, code]),
    [['body.day', 'takeover.before-death']],
  )
  assert.deepEqual(
    (await shown(agent, who, '2026-11-02')).contracts.map(({ contract_id, stays }) => [contract_id, stays]),
    [
      [sold, null],
      [later, 'not-begun'],
    ],
  )
  const seen = await shown(agent, who, '2026-11-02')
  const all = await ask(agent, api.takeOver, {
    params: { customer_id: who },
    body: { day: '2026-11-02', contracts: seen.contracts.map(({ id }) => id), homes: seen.homes.map(({ id }) => id) },
  })
  assert.deepEqual([all.status, all.problem.code], [409, 'takeover.changed'], 'more than what would pass')
  const less = await ask(agent, api.takeOver, {
    params: { customer_id: who },
    body: { day: '2026-11-02', contracts: [], homes: [] },
  })
  assert.deepEqual([less.status, less.problem.code], [409, 'takeover.changed'], 'less than what would pass')

  // The estate itself agreed on the later one: it has it in its own right.
  await register.owner.query(
    `insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2026-11-20,)', 1, ${told})`,
    [later, estate],
  )
  assert.deepEqual(
    (await shown(agent, who, '2026-11-24')).contracts.map(({ contract_id, stays }) => [contract_id, stays]),
    [
      [sold, 'not-begun'],
      [later, 'estate-has-it'],
    ].map(([id, why]) => [id, id === sold ? null : why]),
  )
  assert.equal((await passes(agent, who, '2026-11-02')).status, 200)
  const nothing = await passes(agent, who, '2026-11-20')
  assert.deepEqual([nothing.status, nothing.problem.code], [409, 'takeover.nothing'])
})

test('a death that stands gives nothing back, whatever is asked of the database', async () => {
  const who = await person(register.owner)
  const lived = await home([who])
  await contract('sales', lived, [{ who, role: 'holder' }])
  await dies(who)
  await passes(agent, who, '2026-11-01')
  const passed = await standing([lived.site])
  await register.register
    .pool('customer-service.customer-care.retail')
    .query('select estate_gives_back(array[$1::bigint], 0::smallint)', [who])
  assert.deepEqual(await standing([lived.site]), passed)
  const marketing = register.register
    .pool('marketing.marketing.retail')
    .query('select estate_gives_back(array[$1::bigint], 1::smallint)', [who])
  await assert.rejects(marketing, /permission denied/)
})

test('the home of a protected person passes behind the wall, by the identity desk alone', async () => {
  const who = await person(register.owner, { given: 'Suojattu', protected: true })
  const lived = await home([])
  await register.owner.query(
    `insert into occupancy (customer_id, site_id, role, during, protected, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2020-01-01,)', true, 3, ${told})`,
    [who, lived.site],
  )
  await contract('sales', lived, [{ who, role: 'holder' }])
  const before = await standing([lived.site])
  const estate = await dies(who)
  assert.equal((await ask(agent, card.openCustomer, { params: { customer_id: estate } })).output.protected, true)

  const seen = await shown(agent, who)
  assert.deepEqual([seen.contracts.length, seen.homes], [1, []], 'an agent sees the contract, and no home')
  assert.deepEqual((await passes(agent, who, '2026-11-01')).output, { contracts: 1, homes: 0 })

  desk.lines()
  const opened = await shown(identityDesk, who)
  assert.deepEqual(
    opened.homes.map(({ site }) => site?.street_fi),
    ['Pesätie'],
  )
  const done = await passes(identityDesk, who, '2026-11-01')
  assert.deepEqual([done.status, done.output], [200, { contracts: 0, homes: 1 }], JSON.stringify(done.problem))
  for (const each of [who, estate])
    assert.deepEqual(
      (await ask(agent, sites.sitesOfCustomer, { params: { customer_id: each } })).output,
      [],
      'the home stays closed',
    )
  assert.equal((await ask(agent, sites.openSite, { params: { site_id: lived.site } })).status, 404)
  await ask(agent, death.reverseDeath, { params: { customer_id: who }, body: { reason: 'ilmoitus koski kaimaa' } })
  assert.deepEqual(await standing([lived.site]), before)
})
