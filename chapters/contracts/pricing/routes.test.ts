import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { dayAfter, hoursOf } from '../../../platform/clock.ts'
import { testRegister, type TestRegister } from '../../../tests/database.ts'
import { network, retailer } from '../../../tests/people.ts'
import { served, staffIn, type Served } from '../../../tests/served.ts'
import { products } from '../api.ts'
import { contractRoutes } from '../routes.ts'
import * as api from './api.ts'
import { drawn, readProfile } from './profile.ts'
import { pricingRoutes } from './routes.ts'
import { yearFrom } from './rules.ts'

const manager = staffIn('product-manager', 'retail')
const agent = staffIn('customer-service', 'retail')

let opened: TestRegister
let desk: Served
const ids: Record<string, number> = {}
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, [...contractRoutes, ...pricingRoutes])
  for (const [code, controller, kind, pricing, area, step] of [
    ['OPEN', retailer, 'sales', 'open-ended', null, null],
    ['SPOT', retailer, 'sales', 'spot', 'FI', 60],
    ['NET', network, 'network', 'general', null, null],
  ] as const) {
    const { rows } = await opened.owner.query<{ id: string }>(
      `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale, pricing, spot_area, spot_step)
       values ($1, $2, 'electricity', $3, 'Malli', 'Modell', 'Model', '[2020-01-01,)', $4, $5, $6) returning id`,
      [controller, code, kind, pricing, area, step],
    )
    ids[code] = Number(rows[0]?.id)
  }
  await opened.owner.query(`
    insert into rate (kind, class, during, amount, source, verified, note) values
      ('vat', 'electricity', '[2020-01-01,2024-09-01)', 240, 'test', true, ''), ('vat', 'electricity', '[2024-09-01,)', 255, 'test', true, ''),
      ('vat', 'standard', '[2020-01-01,)', 255, 'test', true, ''),
      ('electricity-tax', 'I', '[2021-01-01,)', 2240, 'test', true, ''), ('security-fee', 'I', '[2021-01-01,)', 13, 'test', false, 'compare')`)
  await opened.owner.query(
    `insert into product_price (product_id, component, size, unit, amount, vat_class, tax_class, during, recorded_at, recorded_by) values
      ($1, 'monthly', '', 'month', 400, 'electricity', null, '[2020-01-01,)', now(), 'system:test'),
      ($1, 'energy', '', 'kWh', 8000, 'electricity', null, '[2020-01-01,)', now(), 'system:test'),
      ($2, 'margin', '', 'kWh', 500, 'electricity', null, '[2020-01-01,)', now(), 'system:test'),
      ($3, 'energy', '', 'kWh', 3000, 'standard', 'I', '[2020-01-01,)', now(), 'system:test')`,
    [ids['OPEN'], ids['SPOT'], ids['NET']],
  )
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const params = (code: string) => ({ product_id: ids[code] as number })
const year = (code: string, query: Record<string, unknown>) =>
  desk.ask(agent, api.yearCost, { params: params(code), query: query as never })

test('products come with what they cost today, by the rates of the day, of one’s own company alone', async () => {
  const { output } = await desk.ask(agent, products, {})
  assert.deepEqual(
    output.map(({ code, prices }) => [
      code,
      prices.map(({ component, amount, vat, tax }) => [component, amount, vat, tax]),
    ]),
    [
      [
        'OPEN',
        [
          ['energy', 8000, 255, 0],
          ['monthly', 400, 255, 0],
        ],
      ],
      ['SPOT', [['margin', 500, 255, 0]]],
    ],
  )
  const net = await desk.ask(staffIn('customer-service', 'network'), products, {})
  assert.deepEqual(
    net.output.map(({ code, prices }) => [code, prices[0]?.tax]),
    [['NET', 2253]],
  )
  assert.equal((await desk.ask(agent, api.openProduct, { params: params('NET') })).problem.code, 'product.not-found')
})

test('a new price begins on its day, ends the one before, and is written by the product manager alone', async () => {
  const body = { from: '2027-01-01', prices: [{ component: 'energy' as const, amount: 8_500 }] }
  for (const other of [agent, staffIn('billing', 'retail'), staffIn('market-exchange', 'retail')])
    assert.equal((await desk.ask(other, api.setPrices, { params: params('OPEN'), body })).status, 403)
  assert.equal(
    (await desk.ask(manager, api.setPrices, { params: params('NET'), body })).problem.code,
    'product.not-found',
  )
  desk.lines()
  assert.equal((await desk.ask(manager, api.setPrices, { params: params('OPEN'), body })).status, 200)
  assert.deepEqual(
    desk.lines().map(({ endpoint, subject, categories }) => [endpoint, subject, categories]),
    [['set the prices of a product', null, []]],
  )
  const { output } = await desk.ask(manager, api.openProduct, { params: params('OPEN') })
  assert.deepEqual(
    output.versions.map(({ component, amount, vat_class, during }) => [
      component,
      amount,
      vat_class,
      during.from,
      during.to,
    ]),
    [
      ['energy', 8_500, 'electricity', '2027-01-01', null],
      ['energy', 8_000, 'electricity', '2020-01-01', '2027-01-01'],
      ['monthly', 400, 'electricity', '2020-01-01', null],
    ],
  )
  const again = await desk.ask(manager, api.setPrices, { params: params('OPEN'), body })
  assert.deepEqual(
    again.problem.faults?.map(({ code }) => code),
    ['price.later-version'],
  )
  const wrong = await desk.ask(manager, api.setPrices, {
    params: params('SPOT'),
    body: {
      from: '2026-11-24',
      prices: [
        { component: 'demand', amount: 1 },
        { component: 'margin', amount: 1 },
        { component: 'margin', amount: 2 },
      ],
    },
  })
  assert.deepEqual(
    wrong.problem.faults?.map(({ path, code }) => `${path} ${code}`),
    ['body.from price.past', 'body.prices.0.component price.other-component', 'body.prices.2.component price.twice'],
  )
})

test('a year of a fixed price costs what it says, and a change of VAT splits it', async () => {
  const { output } = await year('OPEN', { kwh: 5_000, from: '2024-01-01' })
  const energy = output.lines.filter(({ component }) => component === 'energy')
  assert.deepEqual([output.from, output.to, output.wh, output.lacking], ['2024-01-01', '2025-01-01', 5_000_000, []])
  assert.deepEqual(
    energy.map(({ from, to, vat }) => [from, to, vat]),
    [
      ['2024-01-01', '2024-09-01', 240],
      ['2024-09-01', '2025-01-01', 255],
    ],
  )
  assert.equal(
    energy.reduce((sum, { quantity }) => sum + quantity, 0),
    5_000_000,
  )
  assert.ok(Math.abs(energy.reduce((sum, { net }) => sum + net, 0) - 40_000) <= 1)
  assert.equal(
    output.lines.filter(({ component }) => component === 'monthly').reduce((sum, { net }) => sum + net, 0),
    4_800,
  )
})

test('a spot year takes the prices that have come, and tells of which days none have', async () => {
  const days = Array.from({ length: 366 }, (_, i) => dayAfter('2024-01-01', i)).filter((day) => day !== '2024-05-05')
  await opened.owner.query(
    `insert into spot_day (area, day, version, step, prices, source, received_at, recorded_by)
     select 'FI', day, 1, 60, array_fill(5000, array[n]), 'test', now(), 'system:test' from unnest($1::date[], $2::integer[]) as t (day, n)`,
    [days, days.map((day) => hoursOf(day).hours.length)],
  )
  const { output } = await year('SPOT', { kwh: 1_000, from: '2024-03-01' })
  assert.deepEqual(
    [output.lacking.map(({ of, days: n }) => [of, n])],
    [[['spot', 60]]],
    '5 May, and January and February 2025',
  )
  const spot = output.lines.filter(({ component }) => component === 'spot')
  const wh = spot.reduce((sum, { quantity }) => sum + quantity, 0)
  assert.equal(wh + (output.lacking[0]?.wh ?? 0), 1_000_000)
  assert.ok(Math.abs(spot.reduce((sum, { net }) => sum + net, 0) - (wh * 5) / 1000) <= 1)
})

test('what is asked beyond reason is refused', async () => {
  assert.equal((await year('OPEN', { kwh: 0 })).status, 422)
  assert.equal((await year('OPEN', { kwh: 10, profile: 'palace' })).status, 422)
  assert.equal(
    (await desk.ask(staffIn('marketing', 'retail'), api.yearCost, { params: params('OPEN'), query: { kwh: 1 } }))
      .status,
    403,
  )
  assert.deepEqual(yearFrom('2026-11-24', undefined), { from: '2025-11-01', to: '2026-11-01' })
})

test('a profile is drawn over real days, to the very watt-hour', async () => {
  for (const name of ['h25.csv', 'g25.csv']) {
    const profile = readProfile(await readFile(join(import.meta.dirname, 'profiles', name), 'utf8'))
    const use = drawn(profile, '2026-01-01', '2027-01-01', 4_999_999)
    assert.deepEqual(
      [use.length, use.filter(({ vals }) => vals.length !== 96).map(({ day, vals }) => [day, vals.length])],
      [
        365,
        [
          ['2026-03-29', 92],
          ['2026-10-25', 100],
        ],
      ],
    )
    assert.equal(
      use.reduce((sum, { vals }) => sum + Array.from(vals).reduce((so, wh) => so + wh, 0), 0),
      4_999_999,
    )
    assert.ok(use.every(({ vals }) => Array.from(vals).every((wh) => wh >= 0)))
  }
  assert.throws(() => readProfile('a\nb\n1,2'), /96 lines of 36 numbers/)
})
