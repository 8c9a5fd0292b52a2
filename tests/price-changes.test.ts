// A change of price of which some were never told: seventeen hundred of three thousand, as it happened in Finland. For them the former price goes on, and it is seen who they are.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as api from '../chapters/contracts/notices/api.ts'
import { digestOf } from '../chapters/contracts/offers/document.ts'
import { noticeRoutes } from '../chapters/contracts/notices/routes.ts'
import { setPrices } from '../chapters/contracts/pricing/api.ts'
import { pricingRoutes } from '../chapters/contracts/pricing/routes.ts'
import type { CustomerId } from '../chapters/customers/api.ts'
import { consumptionCosts } from '../chapters/metering/costs/api.ts'
import { costRoutes } from '../chapters/metering/costs/routes.ts'
import { dayAfter } from '../platform/clock.ts'
import { testRegister, type TestRegister } from './database.ts'
import { contractOf, dayOf, homeOf, productOf, putDays, vatOf } from './measured.ts'
import { person } from './people.ts'
import { type Served, served, staffIn } from './served.ts'

const manager = staffIn('product-manager', 'retail')
const networkManager = staffIn('product-manager', 'network')
const agent = staffIn('customer-service', 'retail')
const told = `'test', '2026-01-01Z', 'system:test'`
const from = '2026-11-01'

let opened: TestRegister
const desks: Served[] = []
/** The desk on a day. */
const on = async (day: string): Promise<Served> => {
  const { register } = opened
  const routes = [...pricingRoutes, ...noticeRoutes(register.laws), ...costRoutes(register.laws)]
  const desk = await served(register, routes, new Date(`${day}T09:00:00Z`))
  desks.push(desk)
  return desk
}
let product = 0
const people = { told: 0, silent: 0, late: 0, fixed: 0 } as Record<'told' | 'silent' | 'late' | 'fixed', number>
const contracts: Record<string, number> = {}
const points: Record<string, number> = {}
let change = 0

before(async () => {
  opened = await testRegister()
  const { owner } = opened
  await owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  await vatOf(owner)
  product = await productOf(owner, 'OPEN', {}, [['energy', 'kWh', 8_000]])
  const days = []
  for (let day = '2026-10-25'; day < '2026-11-20'; day = dayAfter(day)) days.push(dayOf(day, 1_000))
  for (const name of ['told', 'silent', 'late', 'fixed'] as const) {
    people[name] = await person(owner)
    const home = await homeOf(owner, people[name])
    contracts[name] = await contractOf(owner, people[name], home, product)
    points[name] = home.point_id
    await putDays(owner, home.point_id, days)
  }
  await owner.query(`update contract set fixed_until = '2027-06-01' where id = $1`, [contracts['fixed']])
  // Three thousand who have nothing but a contract.
  await owner.query(`
    insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by)
      select 'Joukkokatu', n::text, '15140', 'permanent-dwelling', 3, ${told} from generate_series(1, 3000) n;
    insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
      select id, 'electricity', (640900000000000000 + id)::text, 'consumption', 'connected', 3, ${told} from site where street_fi = 'Joukkokatu';
    insert into customer (number, kind, stage, language, controllers, source, recorded_at, recorded_by)
      select 'J' || n, case when n % 10 = 0 then 'legal' else 'natural' end, 'customer', case when n % 3 = 0 then 'sv' else 'fi' end, 3, ${told} from generate_series(1, 3000) n;
    insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, source, recorded_at, recorded_by)
      select 'J' || s.number, 1, 'sales', 'electricity', s.id, a.id, ${product}, '[2024-01-01,)'::daterange, 'T', ${told}
        from site s join accounting_point a on a.site_id = s.id where s.street_fi = 'Joukkokatu';
    insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
      select c.id, p.id, 'holder', c.during, 1, ${told} from contract c join customer p on p.number = c.number where c.number like 'J%'`)
})
after(async () => {
  for (const desk of desks) await desk.server.close()
  await opened.drop()
})

const numberOf = async (contract: number): Promise<string> =>
  (await opened.owner.query<{ number: string }>('select number from contract where id = $1', [contract])).rows[0]
    ?.number as string
const delivered = async (day: string, numbers: readonly string[], at = day) => {
  const desk = await on(at)
  return desk.ask(manager, api.recordDeliveries, {
    params: { change_id: change },
    body: { on_day: day, how: 'letter', reference: 'painotalon raportti 7', numbers: [...numbers] },
  })
}

test('a new price is a change that customers are told of; each has a last day by what they are', async () => {
  const desk = await on('2026-09-01')
  const set = await desk.ask(manager, setPrices, {
    params: { product_id: product },
    body: { from, prices: [{ component: 'energy', size: '', amount: 9_000 }] },
  })
  assert.equal(set.status, 200, JSON.stringify(set.problem))
  const { output } = await desk.ask(manager, api.priceChanges, {})
  change = output[0]?.id ?? 0
  assert.deepEqual(
    output.map(({ from_day, consumers_by, companies_by, contracts: of, addressees }) => [from_day, consumers_by, companies_by, of, addressees]),
    [[from, '2026-10-01', '2026-10-18', 3003, 0]],
  ) // prettier-ignore
  const params = { change_id: change }
  assert.deepEqual((await desk.ask(networkManager, api.priceChanges, {})).output, [])
  assert.equal((await desk.ask(networkManager, api.addAddressees, { params })).status, 404)
  desk.lines()
  const added = await desk.ask(manager, api.addAddressees, { params })
  assert.deepEqual(added.output, { added: 3003 }, JSON.stringify(added.problem))
  assert.equal(desk.lines().length, 3003, 'each of them has a line')
  assert.deepEqual((await desk.ask(manager, api.addAddressees, { params })).output, { added: 0 })
  const document = (await desk.ask(manager, api.openPriceChange, { params })).output.documents
  assert.match(
    document.find(({ language }) => language === 'sv')?.text ?? '',
    /De nya priserna gäller från 1\.11\.2026/,
  )
  assert.match(document.find(({ language }) => language === 'fi')?.text ?? '', /9,92 snt\/kWh[\s\S]*11,16 snt\/kWh/)
  for (const { text, hash } of document) assert.equal(hash, digestOf(text))
  const { rows } = await opened.owner.query<{ notify_by: string }>(
    `select distinct notify_by::text from price_notice order by 1`,
  )
  assert.deepEqual(
    rows.map(({ notify_by }) => notify_by),
    ['2026-10-01', '2026-10-18'],
  )
})

test('what was reported as delivered is proof; seventeen hundred are lacking when the day has passed', async () => {
  const reached = Array.from({ length: 1300 }, (_, i) => `J${i + 1}`)
  const first = await delivered(
    '2026-09-20',
    [...reached, await numberOf(contracts['told'] as number), 'J99999'],
    '2026-09-22',
  )
  assert.deepEqual(first.output, { recorded: 1301, known: 0, unknown: ['J99999'] }, JSON.stringify(first.problem))
  const again = await delivered('2026-09-23', reached.slice(0, 5))
  assert.deepEqual(again.output, { recorded: 0, known: 5, unknown: [] })
  const late = await delivered('2026-10-12', [await numberOf(contracts['late'] as number)])
  assert.equal(late.output.recorded, 1)
  assert.equal((await delivered('2026-10-14', ['J2000'], '2026-10-13')).problem.code, 'step.ahead')
  const desk = await on('2026-11-24')
  const row = (await desk.ask(manager, api.priceChanges, {})).output[0]
  assert.deepEqual([row?.addressees, row?.told, row?.late, row?.waiting, row?.lacking], [3003, 1301, 1, 0, 1701])
  const params = { change_id: change }
  const seen = new Set<number>()
  for (let after_id: number | undefined; ;) {
    const page = await desk.ask(manager, api.notices, {
      params,
      query: { state: 'lacking', ...(after_id && { after_id }) },
    })
    if (page.output.length === 0) break
    for (const one of page.output) {
      assert.deepEqual([one.state, one.effective], ['lacking', null])
      seen.add(one.contract_id)
    }
    after_id = page.output.at(-1)?.id
  }
  assert.equal(seen.size, 1701)
  assert.ok(seen.has(contracts['silent'] as number))
})

test('the cost of each contract goes by the price that holds for it', async () => {
  const desk = await on('2026-11-24')
  const month = async (name: keyof typeof people, start: string) => {
    const { output, problem } = await desk.ask(agent, consumptionCosts, {
      params: { customer_id: people[name] as CustomerId, point_id: points[name] as number },
      query: { from: '2026-11-01', to: '2026-11-20', by: 'month' },
    })
    const found = output.find((row) => row.start === start)
    assert.ok(found, JSON.stringify(problem))
    assert.deepEqual(found.lacking, [])
    return found.net
  }
  // 19 days of 24 kWh at 9 or 8 c/kWh; told late, from the twelfth of November on.
  assert.equal(await month('told', from), 19 * 24 * 9)
  assert.equal(await month('silent', from), 19 * 24 * 8)
  assert.equal(await month('late', from), 11 * 24 * 8 + 8 * 24 * 9)
  assert.equal(await month('fixed', from), 19 * 24 * 8, 'a fixed term keeps its price')
})

test('who is not declared is refused everywhere', async () => {
  const desk = await on('2026-11-24')
  const params = { change_id: change }
  const asked = [
    [api.priceChanges, {}],
    [api.openPriceChange, { params }],
    [api.addAddressees, { params }],
    [api.notices, { params, query: {} }],
    [api.recordDeliveries, { params, body: {} }],
  ] as const
  assert.equal(asked.length, noticeRoutes(opened.register.laws).length)
  for (const [endpoint, given] of asked) {
    const { problem } = await desk.ask(staffIn('marketing', 'retail'), endpoint, given as never)
    assert.equal(problem.code, 'role.not-declared', endpoint.action)
  }
})
