import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { z } from 'zod'
import { loadRegister } from '../../../register/read.ts'
import { testRegister, type TestRegister } from '../../../tests/database.ts'
import { network, person, retailer } from '../../../tests/people.ts'
import { served, type Served, staffIn } from '../../../tests/served.ts'
import type { CustomerId } from '../../customers/index.ts'
import * as api from './api.ts'
import { moveRoutes } from './routes.ts'

const agent = staffIn('customer-service', 'retail')
const other = staffIn('customer-service', 'retail', 4)
const networkAgent = staffIn('customer-service', 'network', 2)
const identityDesk = staffIn('identity-desk', 'retail', 3)
const administrator = staffIn('administrator', 'group')
const routes = moveRoutes(loadRegister().laws)
const today = '2026-11-24'

let register: TestRegister
let desk: Served
const products = { sales: 0, network: 0, heat: 0, retired: 0 }
const idOf = async (text: string, values: unknown[]): Promise<number> =>
  Number((await register.owner.query<{ id: string }>(text, values)).rows[0]?.id)
const ask: Served['ask'] = (actor, endpoint, asked, because = 'reason:written') =>
  desk.ask(actor, endpoint, asked, because)

before(async () => {
  register = await testRegister()
  desk = await served(register.register, routes)
  await register.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  for (const [name, kind, energy, controller, sold] of [
    ['sales', 'sales', 'electricity', retailer, '[2020-01-01,)'],
    ['network', 'network', 'electricity', network, '[2020-01-01,)'],
    ['heat', 'sales', 'heat', retailer, '[2020-01-01,)'],
    ['retired', 'sales', 'electricity', retailer, '[2020-01-01,2021-01-01)'],
  ] as const)
    products[name] = await idOf(
      `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale)
       values ($1, $2, $3, $4, $2, $2, $2, $5) returning id`,
      [controller, `TEST-${name}`, energy, kind, sold],
    )
})
after(async () => {
  await desk.server.close()
  await register.drop()
})

const told = `'test', '2026-01-01Z', 'system:test'`
let count = 0
type Home = { readonly site: number; readonly point: number; readonly heat: number }

const home = async (): Promise<Home> => {
  count += 1
  const site = await idOf(
    `insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by)
     values ('Muuttotie', $1, '15140', 'permanent-dwelling', 3, ${told}) returning id`,
    [String(count)],
  )
  const point = (energy: string, code: string) =>
    idOf(
      `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
       values ($1, $2, $3, 'consumption', 'connected', 3, ${told}) returning id`,
      [site, energy, code],
    )
  return {
    site,
    point: await point('electricity', String(640_000_000_000_000_000n + BigInt(count))),
    heat: await point('heat', `KL-${count}`),
  }
}

const lives = (who: number, { site }: Home, during = '[2020-01-01,)', hidden = false) =>
  idOf(
    `insert into occupancy (customer_id, site_id, role, during, protected, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', $3, $4, 3, ${told}) returning id`,
    [who, site, during, hidden],
  )

type Terms = { readonly product?: keyof typeof products; readonly during?: string; readonly fixed?: string }
const agreed = async (parties: readonly [number, string][], at: Home, terms: Terms = {}): Promise<number> => {
  const { product = 'sales', during = '[2020-01-01,)', fixed = null } = terms
  const controller = product === 'network' ? network : retailer
  count += 1
  const id = await idOf(
    `insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, fixed_until, terms_version, source, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '2020', ${told}) returning id`,
    [
      `T${count}`,
      controller,
      product === 'network' ? 'network' : 'sales',
      product === 'heat' ? 'heat' : 'electricity',
      at.site,
      product === 'heat' ? at.heat : at.point,
      products[product],
      during,
      fixed,
    ],
  )
  for (const [who, role] of parties)
    await register.owner.query(
      `insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
       values ($1, $2, $3, $4, $5, ${told})`,
      [id, who, role, during, controller],
    )
  return id
}

/** Who lives there, who has what there, and what the other company's contracts are: everything of these homes. */
const standing = async (homes: readonly Home[]) => {
  const { rows } = await register.owner.query<{ row: string }>(
    `select concat_ws(' ', 'contract', c.id, c.kind, c.during, c.end_reason) as row from contract c where c.site_id = any ($1)
     union all
     select concat_ws(' ', 'party', y.contract_id, y.customer_id, y.role, y.during)
       from contract_party y join contract c on c.id = y.contract_id where c.site_id = any ($1)
     union all
     select concat_ws(' ', 'stay', site_id, customer_id, role, during, protected) from occupancy where site_id = any ($1)
     union all
     select concat_ws(' ', 'site', id, protected, restricted) from site where id = any ($1) order by 1`,
    [homes.map(({ site }) => site)],
  )
  return rows.map(({ row }) => row)
}

type Plan = z.input<typeof api.plan>

const preview = async (who: number, body: Plan, as = agent) => {
  const { status, output, problem } = await ask(as, api.previewMove, {
    params: { customer_id: who as CustomerId },
    body,
  })
  assert.equal(status, 200, JSON.stringify(problem))
  return output
}
const move = async (who: number, body: Plan, as = agent) => {
  const { seen } = await preview(who, body, as)
  return ask(as, api.makeMove, { params: { customer_id: who as CustomerId }, body: { ...body, seen } })
}
const refused = ({ refusals }: Awaited<ReturnType<typeof preview>>) =>
  refusals.map(({ code, earliest }) => [code, earliest])

test('every route refuses who is not declared for it, and the refusal is logged', async () => {
  const params = { customer_id: (await person(register.owner)) as CustomerId }
  const nothing = { at: '2026-11-24T08:00:00.000Z', stays: [], contracts: [], parties: [] }
  const asked = [
    [api.previewMove, { params, body: { enter: { site_id: 1, day: today } } }],
    [api.makeMove, { params, body: { enter: { site_id: 1, day: today }, seen: 'x' } }],
    [api.undoMove, { params, body: { ...nothing, made: { stays: [], contracts: [], parties: [] } } }],
  ] as const
  assert.deepEqual(
    asked.map(([endpoint]) => endpoint.action),
    routes.map(({ endpoint }) => endpoint.action),
  )
  for (const [endpoint, given] of asked) {
    desk.lines()
    const answer = await ask(administrator, endpoint, given as never)
    assert.deepEqual([answer.status, answer.problem.code], [403, 'role.not-declared'], endpoint.action)
    assert.deepEqual(
      desk.lines().map(({ outcome, subject }) => [outcome, subject]),
      [['refused', null]],
    )
    assert.equal((await ask(undefined, endpoint, given as never)).status, 401, endpoint.action)
  }
})

test('out of one home into another in one: what ends, what begins, what remains, and all of it taken back', async () => {
  const who = await person(register.owner)
  const [old, next] = [await home(), await home()]
  const stay = await lives(who, old)
  const sold = await agreed([[who, 'holder']], old, { product: 'retired', fixed: '2027-06-01' })
  const heat = await agreed([[who, 'holder']], old, { product: 'heat' })
  const carried = await agreed([[who, 'holder']], old, { product: 'network' })
  const before = await standing([old, next])
  const plan = {
    leave: { occupancy_id: stay, day: today, fates: [{ contract_id: heat, fate: 'ends' as const }] },
    enter: { site_id: next.site, day: today, made: [{ point_id: next.heat, product_id: products.heat }] },
    terms_version: '2026-1',
  }
  desk.lines()
  const seen = await preview(who, plan)
  assert.deepEqual([...new Set(desk.lines().map(({ outcome, subject }) => `${outcome} ${subject}`))], [`read ${who}`])
  assert.deepEqual(await standing([old, next]), before, 'looking changes nothing')
  assert.deepEqual(seen.refusals, [])
  assert.deepEqual(
    seen.contracts.map(({ id, fate, ends }) => [id, fate, ends]),
    [
      [sold, 'moves', today],
      [heat, 'ends', today],
    ],
    'the network contract is not the retailer’s to see',
  )
  assert.deepEqual(
    seen.begins.map(({ point_id, from, fixed_until, follows }) => [point_id, from, fixed_until, follows]),
    [
      [next.point, today, '2027-06-01', sold],
      [next.heat, today, null, null],
    ],
    'a fixed term moves along, although its product is sold no more',
  )
  assert.deepEqual(
    seen.pays.map(({ who: payer, energy, from, to }) => [payer, energy, from, to]),
    [
      ['nobody', 'electricity', today, null],
      ['nobody', 'heat', today, null],
    ],
  )

  const done = await move(who, plan)
  assert.equal(done.status, 200, JSON.stringify(done.problem))
  assert.deepEqual([done.output.ended, done.output.begun], [2, 2])
  const { rows } = await register.owner.query(
    `select c.site_id::int as site, c.energy, c.during::text, c.end_reason, y.customer_id::int as who, y.during::text as part, c.terms_version as terms
       from contract c join contract_party y on y.contract_id = c.id where c.controller = 1 and c.site_id = any ($1) order by c.id`,
    [[old.site, next.site]],
  )
  const ended = { during: `[2020-01-01,${today})`, part: `[2020-01-01,${today})`, end_reason: 'moved', who }
  const begun = { during: `[${today},)`, part: `[${today},)`, end_reason: null, who, site: next.site }
  assert.deepEqual(rows, [
    { ...ended, site: old.site, energy: 'electricity', terms: '2020' },
    { ...ended, site: old.site, energy: 'heat', terms: '2020' },
    { ...begun, energy: 'electricity', terms: '2020' },
    { ...begun, energy: 'heat', terms: '2026-1' },
  ])
  assert.deepEqual(
    (await standing([old, next])).filter((row) => row.startsWith('stay')),
    [
      `stay ${next.site} ${who} holder [${today},) f`,
      `stay ${old.site} ${who} holder [2020-01-01,${today}) f`,
    ].toSorted(),
  )
  assert.ok((await standing([old])).includes(`contract ${carried} network [2020-01-01,)`), 'the other company’s stands')

  const params = { customer_id: who as CustomerId }
  const theirs = await ask(other, api.undoMove, { params, body: done.output.undo })
  assert.deepEqual(
    [theirs.status, theirs.problem.code],
    [409, 'move.changed'],
    'who did not make it does not take it back',
  )
  const back = await ask(agent, api.undoMove, { params, body: done.output.undo })
  assert.equal(back.status, 200, JSON.stringify(back.problem))
  assert.deepEqual(await standing([old, next]), before)
  const again = await ask(agent, api.undoMove, { params, body: done.output.undo })
  assert.deepEqual([again.status, again.problem.code], [409, 'move.changed'])
})

test('one moves out and another in on one day: neither gap nor overlap, and who left without a word is out of the contract', async () => {
  const [gone, coming] = [await person(register.owner), await person(register.owner)]
  const at = await home()
  const stay = await lives(gone, at)
  const theirs = await agreed([[gone, 'holder']], at)
  const plan = {
    enter: { site_id: at.site, day: '2026-12-01', made: [{ point_id: at.point, product_id: products.sales }] },
    terms_version: '2026-1',
  }
  // As long as the one lives there, the other's contract has no day.
  assert.deepEqual(refused(await preview(coming, plan)), [['move.served', null]])
  const out = {
    leave: { occupancy_id: stay, day: '2026-12-01', fates: [{ contract_id: theirs, fate: 'remains' as const }] },
  }
  assert.equal((await move(gone, out)).status, 200)
  const seen = await preview(coming, plan)
  assert.deepEqual(refused(seen), [])
  assert.deepEqual(
    seen.formers.map(({ id, ends }) => [id, ends]),
    [[theirs, '2026-12-01']],
  )
  const before = await standing([at])
  const done = await move(coming, plan)
  assert.equal(done.status, 200, JSON.stringify(done.problem))
  for (const day of ['2026-11-30', '2026-12-01', '2026-12-02']) {
    const { rows } = await register.owner.query<{ who: number }>(
      `select customer_id::int as who from occupancy where site_id = $1 and during @> $2::date
       union all
       select y.customer_id::int from contract_party y join contract c on c.id = y.contract_id
        where c.site_id = $1 and y.during @> $2::date and c.during @> $2::date`,
      [at.site, day],
    )
    const whose = day < '2026-12-01' ? gone : coming
    assert.deepEqual(
      rows.map((row) => row.who),
      [whose, whose],
      day,
    )
  }
  const back = await ask(agent, api.undoMove, { params: { customer_id: coming as CustomerId }, body: done.output.undo })
  assert.equal(back.status, 200, JSON.stringify(back.problem))
  assert.deepEqual(await standing([at]), before)
})

test('what the rules forbid is refused, and the earliest day that was told is taken', async () => {
  const who = await person(register.owner)
  const [old, next] = [await home(), await home()]
  const stay = await lives(who, old)
  await agreed([[who, 'holder']], old)
  const plan = (day: string, end?: string, begin?: string) => ({
    leave: { occupancy_id: stay, day, contracts_end: end ?? null },
    enter: { site_id: next.site, day, contracts_begin: begin ?? null },
  })
  const seen = await preview(who, plan('2026-11-20'))
  assert.deepEqual(refused(seen), [
    ['move.end-past', today],
    ['move.begin-past', today],
  ])
  const before = await standing([old, next])
  const unwanted = await move(who, plan('2026-11-20'))
  assert.deepEqual([unwanted.status, unwanted.problem.code], [422, 'move.end-past'])
  assert.deepEqual(
    unwanted.problem.faults?.map(({ path }) => path),
    ['body.leave.contracts_end', 'body.enter.contracts_begin'],
  )
  assert.deepEqual(await standing([old, next]), before)
  const [end, begin] = seen.refusals.map(({ earliest }) => earliest ?? '')
  const mended = await preview(who, plan('2026-11-20', end, begin))
  assert.deepEqual(
    mended.pays.map(({ who: payer, from, to }) => [payer, from, to]),
    [
      ['customer', '2026-11-20', today],
      ['nobody', today, null],
      ['nobody', '2026-11-20', today],
      ['nobody', '2026-11-20', null],
    ],
    'who pays in between is told; heat at the new home has nobody',
  )
  const done = await move(who, plan('2026-11-20', end, begin))
  assert.equal(done.status, 200, JSON.stringify(done.problem))
})

test('a contract of two passes to who lives on, as holder, and comes back', async () => {
  const [who, spouse, payer] = [
    await person(register.owner),
    await person(register.owner),
    await person(register.owner),
  ]
  const at = await home()
  const stay = await lives(who, at)
  await lives(spouse, at)
  const sold = await agreed(
    [
      [who, 'holder'],
      [spouse, 'co-holder'],
      [payer, 'payer'],
    ],
    at,
  )
  const before = await standing([at])
  const plan = { leave: { occupancy_id: stay, day: '2026-12-01' } }
  const seen = await preview(who, plan)
  assert.deepEqual(
    seen.contracts.map(({ fate, choices, heir_id }) => [fate, choices, heir_id]),
    [['passes', ['passes', 'ends', 'remains'], spouse]],
  )
  assert.deepEqual([seen.pays, seen.leave?.others], [[], 1])
  const done = await move(who, plan)
  assert.equal(done.status, 200, JSON.stringify(done.problem))
  const { rows } = await register.owner.query(
    `select customer_id::int as who, role, during::text from contract_party where contract_id = $1 order by id`,
    [sold],
  )
  assert.deepEqual(rows, [
    { who, role: 'holder', during: '[2020-01-01,2026-12-01)' },
    { who: spouse, role: 'co-holder', during: '[2020-01-01,2026-12-01)' },
    { who: payer, role: 'payer', during: '[2020-01-01,)' },
    { who: spouse, role: 'holder', during: '[2026-12-01,)' },
  ])
  await ask(agent, api.undoMove, { params: { customer_id: who as CustomerId }, body: done.output.undo })
  assert.deepEqual(await standing([at]), before)
})

test('what has changed since it was shown is not done unseen', async () => {
  const who = await person(register.owner)
  const at = await home()
  const stay = await lives(who, at)
  const plan = { leave: { occupancy_id: stay, day: '2026-12-01' } }
  const { seen } = await preview(who, plan)
  await agreed([[who, 'holder']], at)
  const params = { customer_id: who as CustomerId }
  const stale = await ask(agent, api.makeMove, { params, body: { ...plan, seen } })
  assert.deepEqual([stale.status, stale.problem.code], [409, 'move.changed'])
  const none = await ask(agent, api.previewMove, { params, body: {} })
  assert.deepEqual([none.status, none.problem.code], [422, 'move.nothing'])
  const done = await move(who, plan)
  assert.equal(done.status, 200)
  await register.owner.query('update contract set version = version + 1 where site_id = $1', [at.site])
  const late = await ask(agent, api.undoMove, { params, body: done.output.undo })
  assert.deepEqual([late.status, late.problem.code], [409, 'move.changed'], 'somebody has changed it meanwhile')
})

test('each company moves its own contracts, and sees none of the other’s', async () => {
  const who = await person(register.owner)
  const at = await home()
  const stay = await lives(who, at)
  const sold = await agreed([[who, 'holder']], at)
  const carried = await agreed([[who, 'holder']], at, { product: 'network' })
  const plan = { leave: { occupancy_id: stay, day: '2026-12-01' } }
  assert.deepEqual(
    (await preview(who, plan)).contracts.map(({ id }) => id),
    [sold],
  )
  assert.equal((await move(who, plan)).status, 200)
  // The stay is over by then: the network company's agent finds it so, and ends its own.
  const theirs = await preview(who, plan, networkAgent)
  assert.deepEqual(
    theirs.contracts.map(({ id }) => id),
    [carried],
  )
  const done = await move(who, plan, networkAgent)
  assert.deepEqual([done.status, done.output.undo.stays], [200, []], JSON.stringify(done.problem))
  const { rows } = await register.owner.query(
    'select id::int, during::text from contract where site_id = $1 order by id',
    [at.site],
  )
  assert.deepEqual(
    rows.map(({ during }) => during),
    ['[2020-01-01,2026-12-01)', '[2020-01-01,2026-12-01)'],
  )
})

test('an estate moves as anyone does', async () => {
  const estate = await idOf(
    `insert into customer (number, kind, stage, language, controllers, source, recorded_at, recorded_by)
     values ('E900001', 'estate', 'customer', 'fi', 3, ${told}) returning id`,
    [],
  )
  const at = await home()
  const stay = await lives(estate, at)
  const sold = await agreed([[estate, 'holder']], at, { fixed: '2027-06-01' })
  const done = await move(estate, { leave: { occupancy_id: stay, day: '2026-12-01' } })
  assert.equal(done.status, 200, JSON.stringify(done.problem))
  const { rows } = await register.owner.query('select upper(during)::text as to from contract where id = $1', [sold])
  assert.deepEqual(rows, [{ to: '2026-12-01' }])
})

test('a protected person moves by the identity desk alone, and neither address is told to others', async () => {
  const who = await person(register.owner, { protected: true })
  const [old, next] = [await home(), await home()]
  const stay = await lives(who, old, '[2020-01-01,)', true)
  await agreed([[who, 'holder']], old)
  const before = await standing([old, next])
  const plan = {
    leave: { occupancy_id: stay, day: '2026-12-01' },
    enter: { site_id: next.site, day: '2026-12-01' },
  }
  const params = { customer_id: who as CustomerId }
  for (const body of [plan, { leave: plan.leave }]) {
    const seen = await ask(agent, api.previewMove, { params, body })
    assert.deepEqual([seen.status, seen.problem.code], [404, 'occupancy.not-found'])
    assert.doesNotMatch(JSON.stringify(seen.problem), /Muuttotie/)
    const done = await ask(agent, api.makeMove, { params, body: { ...body, seen: 'x' } })
    assert.deepEqual([done.status, done.problem.code], [404, 'occupancy.not-found'])
  }
  // An agent may not put them into a home either: it would be known where they live.
  const into = await move(who, { enter: plan.enter })
  assert.deepEqual([into.status, into.problem.code], [404, 'customer-or-site.not-found'])
  assert.deepEqual(await standing([old, next]), before)
  const unreasoned = await desk.ask(identityDesk, api.previewMove, { params, body: plan })
  assert.equal(unreasoned.status, 404, 'without a reason nothing is opened')

  const done = await move(who, plan, identityDesk)
  assert.equal(done.status, 200, JSON.stringify(done.problem))
  assert.ok((await standing([next])).includes(`site ${next.site} t f`), 'the new home is closed from that moment')
  const back = await ask(identityDesk, api.undoMove, { params, body: done.output.undo })
  assert.equal(back.status, 200, JSON.stringify(back.problem))
  assert.deepEqual(await standing([old, next]), before, 'and open again when it was a slip')
})
