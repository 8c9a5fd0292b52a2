// What consumption cost, and what it would have cost: by the contracts of each day, whole cents, and nothing that has no price told as free.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dayAfter, hoursOf } from '../../../platform/clock.ts'
import { testRegister, type TestRegister } from '../../../tests/database.ts'
import { contractOf, dayOf, homeOf, productOf, putDays, vatOf } from '../../../tests/measured.ts'
import { person } from '../../../tests/people.ts'
import { served, staffIn, type Served } from '../../../tests/served.ts'
import type { CustomerId } from '../../customers/index.ts'
import * as api from './api.ts'
import { costRoutes } from './routes.ts'

const agent = staffIn('customer-service', 'retail')
const collector = staffIn('collection', 'retail')

let opened: TestRegister
let desk: Served
let who = 0 as CustomerId
let home = { site_id: 0, point_id: 0 }
const products = { fixed: 0, spot: 0, net: 0, heat: 0 }
const year = Array.from({ length: 365 }, (_, i) => dayAfter('2025-01-01', i))

before(async () => {
  opened = await testRegister()
  const { owner } = opened
  desk = await served(opened.register, costRoutes(opened.register.laws))
  await owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  await vatOf(owner)
  who = (await person(owner)) as CustomerId
  home = await homeOf(owner, who)
  products.fixed = await productOf(owner, 'FIXED', {}, [
    ['monthly', 'month', 400],
    ['energy', 'kWh', 8_000],
  ])
  products.spot = await productOf(owner, 'SPOT', { pricing: 'spot', spot: 60 }, [['margin', 'kWh', 500]])
  products.net = await productOf(owner, 'NET', { kind: 'network', controller: 2, pricing: 'general' }, [
    ['energy', 'kWh', 3_000],
  ])
  products.heat = await productOf(owner, 'HEAT', { energy: 'heat', pricing: 'heat' }, [['energy', 'kWh', 9_000]])
  // A kilowatt-hour an hour all year; the agreement is fixed until July, then spot, and over at the end of November.
  await contractOf(owner, who, home, products.fixed, '[2025-01-01,2025-07-01)')
  await contractOf(owner, who, home, products.spot, '[2025-07-01,2025-12-01)')
  await contractOf(owner, who, home, products.net)
  await putDays(
    owner,
    home.point_id,
    year.map((day) => dayOf(day, 1_000)),
  )
  const spot = year.filter((day) => day !== '2025-08-05')
  await owner.query(
    `insert into spot_day (area, day, version, step, prices, source, received_at, recorded_by)
     select 'FI', day, 1, 60, array_fill(-2000, array[n]), 'test', now(), 'system:test' from unnest($1::date[], $2::integer[]) as t (day, n)`,
    [spot, spot.map((day) => hoursOf(day).hours.length)],
  )
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const asked = (from: string, to: string, by: 'day' | 'month' | 'year') => ({
  params: { customer_id: who, point_id: home.point_id },
  query: { from, to, by },
})

test('each month is priced by the contracts of its days, of one’s own company alone', async () => {
  const { output } = await desk.ask(agent, api.consumptionCosts, asked('2025-01-01', '2026-01-01', 'month'))
  assert.deepEqual(
    output.map(({ start, kind, days, wh, net, gross, lacking }) => [start, kind, days, wh, net, gross, lacking]),
    [
      // 744 hours at 8 cents and 4 euros a month; with VAT of 24 %.
      ['2025-01-01', 'sales', 31, 744_000, 6_352, 7_876, []],
      ['2025-02-01', 'sales', 28, 672_000, 5_776, 7_162, []],
      ['2025-03-01', 'sales', 31, 743_000, 6_344, 7_867, []],
      ['2025-04-01', 'sales', 30, 720_000, 6_160, 7_638, []],
      ['2025-05-01', 'sales', 31, 744_000, 6_352, 7_876, []],
      ['2025-06-01', 'sales', 30, 720_000, 6_160, 7_638, []],
      // Minus 2 cents of spot and half a cent of margin: one is paid.
      ['2025-07-01', 'sales', 31, 744_000, -1_116, -1_384, []],
      ['2025-08-01', 'sales', 31, 744_000, -1_068, -1_325, [{ of: 'spot', days: 1, wh: 24_000 }]],
      ['2025-09-01', 'sales', 30, 720_000, -1_080, -1_340, []],
      ['2025-10-01', 'sales', 31, 745_000, -1_117, -1_386, []],
      ['2025-11-01', 'sales', 30, 720_000, -1_080, -1_340, []],
      // In December another company sells: those days are closed to the retailer, and are not told of.
    ],
  )
  const grid = await desk.ask(
    staffIn('customer-service', 'network'),
    api.consumptionCosts,
    asked('2025-01-01', '2026-01-01', 'year'),
  )
  assert.deepEqual(
    grid.output.map(({ kind, wh, net }) => [kind, wh, net]),
    [['network', 8_760_000, 26_280]],
  )
})

test('two products are compared to the cent over the year, and what has no price is told', async () => {
  const compare = (one: number, other: number, from?: string) =>
    desk.ask(agent, api.compareProducts, {
      params: { customer_id: who, point_id: home.point_id },
      query: { one, other, ...(from !== undefined && { from }) },
    })
  const { output } = await compare(products.fixed, products.spot, '2025-01-01')
  assert.deepEqual([output.days, output.wh], [334, 8_016_000])
  assert.deepEqual([output.one.net, output.one.gross, output.one.lacking], [68_528, 84_975, []])
  assert.deepEqual(
    [output.other.net, output.other.gross, output.other.lacking],
    [-11_976, -14_850, [{ of: 'spot', days: 1, wh: 24_000 }]],
  )
  assert.equal(output.months.length, 12)
  assert.deepEqual(
    [output.months[0]?.one.gross, output.months[6]?.other.gross, output.months[7]?.other.lacking.length],
    [7_876, -1_384, 1],
  )
  const half = await compare(products.fixed, products.spot, '2025-07-01')
  assert.deepEqual(
    half.output.months.map(({ days }) => days),
    [31, 31, 30, 31, 30, 0, 0, 0, 0, 0, 0, 0],
  )
  const other = await compare(products.fixed, products.heat)
  assert.equal(other.problem?.code, 'product.other-energy')
  assert.equal(
    (await compare(products.fixed, products.net)).status,
    404,
    'the network’s products are not the retailer’s',
  )
  assert.equal((await compare(products.fixed, 999_999)).status, 404)
})

test('days under a contract of somebody else are told as without one', async () => {
  const { owner } = opened
  const tenant = (await person(owner)) as CustomerId
  const other = await homeOf(owner, tenant)
  await contractOf(owner, await person(owner), other, products.fixed, '[2025-01-01,2025-03-01)')
  await putDays(owner, other.point_id, [dayOf('2025-02-03', 500)])
  const { output } = await desk.ask(agent, api.consumptionCosts, {
    params: { customer_id: tenant, point_id: other.point_id },
    query: { from: '2025-01-01', to: '2026-01-01', by: 'day' },
  })
  assert.deepEqual(output, [
    {
      customer_id: tenant,
      start: '2025-02-03',
      contract_id: null,
      kind: null,
      days: 1,
      wh: 12_000,
      net: 0,
      gross: 0,
      lacking: [{ of: 'contract', days: 1, wh: 12_000 }],
    },
  ])
})

test('nobody sees the cost of a day that is closed to them', async () => {
  await opened.owner.query('select wall_restricted(array[$1::bigint], true)', [who])
  const { output } = await desk.ask(agent, api.consumptionCosts, asked('2025-01-01', '2026-01-01', 'month'))
  assert.deepEqual(output, [])
  await opened.owner.query('select wall_restricted(array[$1::bigint], false)', [who])
  assert.equal(
    (await desk.ask(collector, api.consumptionCosts, asked('2025-01-01', '2026-01-01', 'month'))).status,
    403,
  )
  assert.equal((await desk.ask(agent, api.consumptionCosts, asked('2020-01-01', '2026-01-01', 'month'))).status, 422)
})
