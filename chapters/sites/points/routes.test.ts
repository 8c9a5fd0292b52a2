import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testRegister, type TestRegister } from '../../../tests/database.ts'
import { network, person, retailer } from '../../../tests/people.ts'
import { served, staffIn, type Served } from '../../../tests/served.ts'
import type { CustomerId } from '../../customers/index.ts'
import * as sites from '../api.ts'
import { gs1Check } from '../point-code.ts'
import { siteRoutes } from '../routes.ts'
import * as api from './api.ts'
import { pointRoutes } from './routes.ts'

const retail = staffIn('customer-service', 'retail')
const grid = staffIn('network-service', 'network')
const collector = staffIn('collection', 'retail')

let opened: TestRegister
let desk: Served
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, [...siteRoutes, ...pointRoutes])
  await opened.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

let serial = 0
/** A home that both companies serve, with a point, and who lives there. */
const home = async (energy: 'electricity' | 'heat' | 'gas' | 'steam' = 'electricity') => {
  const who = (await person(opened.owner)) as CustomerId
  const site = await desk.ask(retail, sites.addSite, {
    body: { street_fi: 'Mallikatu', number: String(++serial), postcode: '15140' },
  })
  const site_id = site.output.id
  const body = `649901${String(serial).padStart(11, '0')}`
  const code = energy === 'electricity' ? body + gs1Check(body) : `K${serial}`
  const point = await desk.ask(retail, sites.addPoint, { params: { site_id }, body: { energy, code } })
  await desk.ask(retail, sites.moveIn, { params: { customer_id: who }, body: { site_id, from: '2026-01-01' } })
  await opened.owner.query('select wall_serves(array[$1::bigint], array[$2::bigint], $3)', [
    who,
    site_id,
    retailer | network,
  ])
  desk.lines()
  return { who, site_id, point_id: point.output.id }
}
type Home = Awaited<ReturnType<typeof home>>
type Body = Parameters<typeof desk.ask<typeof api.changeFacts>>[2]['body']

const metered = { metering_method: 'continuous', resolution_minutes: 60, after: null } as const
const change = ({ point_id }: Home, body: Partial<Body> & { from: string }, as = grid) =>
  desk.ask(as, api.changeFacts, { params: { point_id }, body: { ...metered, ...body } })
const seen = async ({ site_id }: Home, as = grid) => {
  const { status, output } = await desk.ask(as, api.pointFacts, { params: { site_id } })
  assert.equal(status, 200)
  const [one] = output
  assert.ok(one !== undefined)
  return one
}
const periods = async (here: Home) =>
  (await seen(here)).facts.map(({ during, resolution_minutes }) => [during.from, during.to, resolution_minutes])

test('facts change from a day: what held before stays, what is to come stays to come, and the log names who lives there', async () => {
  const here = await home()
  const first = await change(here, { from: '2024-01-01', grid_area: '44Y1001A1001A46L', tax_class: 1 })
  assert.equal(first.status, 200, JSON.stringify(first.problem))
  assert.deepEqual(
    desk.lines().map(({ outcome, subject }) => [outcome, subject]),
    [['written', here.who]],
  )
  const at = ({ id, version }: { id: number; version: number }) => ({ id, version })
  const coming = await change(here, { from: '2027-01-01', after: at(first.output), resolution_minutes: 15 })
  assert.equal(coming.status, 200, JSON.stringify(coming.problem))
  const [, now] = (await seen(here)).facts
  assert.ok(now !== undefined && now.suspect && now.source === 'desk')
  const between = await change(here, { from: '2026-06-01', after: at(now), netting: true })
  assert.equal(between.status, 200, JSON.stringify(between.problem))
  assert.deepEqual(await periods(here), [
    ['2027-01-01', null, 15],
    ['2026-06-01', '2027-01-01', 60],
    ['2024-01-01', '2026-06-01', 60],
  ])
  // Before all that is known: until the first of it.
  assert.equal((await change(here, { from: '2023-01-01' })).status, 200)
  assert.deepEqual((await periods(here)).at(-1), ['2023-01-01', '2024-01-01', 60])
  // On the very day: put right.
  const right = await change(here, { from: '2026-06-01', after: at(between.output), netting: false })
  assert.deepEqual([right.output.id, right.output.netting], [between.output.id, false])
  assert.equal((await periods(here)).length, 4)
  assert.deepEqual((await seen(here)).facts.at(-1)?.during, { from: '2023-01-01', to: '2024-01-01' })
})

test('two who change one thing: the second is refused, also one who saw nothing there', async () => {
  const here = await home()
  const { output } = await change(here, { from: '2026-01-01' })
  for (const after of [null, { id: output.id, version: output.version + 1 }, { id: output.id + 1000, version: 1 }]) {
    const { status, problem } = await change(here, { from: '2026-02-01', after })
    assert.deepEqual([status, problem.code], [409, 'point-facts.changed'])
  }
  assert.equal((await periods(here)).length, 1)
})

test('electricity is changed by the network company, heat by the one that sells it; both see both', async () => {
  const [light, warmth] = [await home(), await home('heat')]
  const refused = await change(light, { from: '2026-01-01' }, retail)
  assert.deepEqual([refused.status, refused.problem.code], [403, 'point.kept-by-another'])
  assert.equal((await change(light, { from: '2026-01-01' })).status, 200)
  assert.equal((await change(warmth, { from: '2026-01-01', contract_flow: 0.4 })).problem.code, 'point.kept-by-another')
  assert.equal((await change(warmth, { from: '2026-01-01', contract_flow: 0.4 }, retail)).status, 200)
  const told = async (here: Home, as: typeof grid) => {
    const { keeps, facts } = await seen(here, as)
    return [keeps, facts.length, facts[0]?.contract_flow]
  }
  assert.deepEqual(await told(light, retail), [false, 1, null])
  assert.deepEqual(await told(light, grid), [true, 1, null])
  assert.deepEqual(await told(warmth, grid), [false, 1, '0.400'])
})

test('what is wrong is told by field, and nothing stays', async () => {
  const here = await home('heat')
  const { status, problem } = await change(
    here,
    { from: '2026-01-01', resolution_minutes: null, tax_class: 1, contract_flow: 1, contract_power: 2 },
    retail,
  )
  assert.deepEqual(
    [status, problem.faults?.map(({ path }) => path)],
    [422, ['body.tax_class', 'body.resolution_minutes', 'body.contract_power']],
  )
  assert.deepEqual((await seen(here)).facts, [])
})

test('a point that is not there, or lies behind a wall, or a role that has no part in it', async () => {
  const here = await home()
  const nowhere = { ...here, point_id: 2_000_000_000 }
  assert.deepEqual((await change(nowhere, { from: '2026-01-01' })).problem.code, 'point.not-found')
  assert.equal((await change(here, { from: '2026-01-01' }, collector)).status, 403)
  assert.equal((await desk.ask(collector, api.pointFacts, { params: { site_id: here.site_id } })).status, 403)
  await change(here, { from: '2026-01-01' })
  await opened.owner.query('select wall_protected(array[$1::bigint], true)', [here.who])
  assert.deepEqual((await desk.ask(grid, api.pointFacts, { params: { site_id: here.site_id } })).output, [])
  assert.equal((await change(here, { from: '2026-03-01' })).problem.code, 'point.not-found')
})

test('the database itself keeps a column to its energy, and two periods apart', async () => {
  const here = await home('heat')
  const put = (columns: string, values: string, during = '[2026-01-01,)') =>
    opened.owner.query(
      `insert into point_facts (point_id, site_id, energy, during, metering_method, controllers, source, recorded_at, recorded_by${columns})
       values ($1, $2, 'heat', $3, 'reading', 3, 'test', '2026-01-01Z', 'system:test'${values})`,
      [here.point_id, here.site_id, during],
    )
  for (const [column, value] of [
    ['subtype', `'normal'`],
    ['grid_area', `'44Y-00000000160K'`],
    ['remote_switch', 'false'],
    ['electric_heating', 'false'],
    ['user_group', `'BE01'`],
    ['tax_class', '0'],
    ['netting', 'false'],
    ['calorific_value', '11'],
    ['pressure_correction', '1'],
    ['pressure_class', `'10'`],
    ['resolution_minutes', '60'],
  ])
    await assert.rejects(put(`, ${column}`, `, ${value}`), { code: '23514' }, column)
  await assert.rejects(put(', contract_flow, contract_power', ', 1, 1'), { code: '23514' })
  await put('', '')
  await assert.rejects(put('', '', '[2025-01-01,2026-01-02)'), { code: '23P01' })
  await put('', '', '[2025-01-01,2026-01-01)')
  // An energy that is not the point's.
  await assert.rejects(
    opened.owner.query(`update point_facts set energy = 'gas' where point_id = $1`, [here.point_id]),
    { code: '23503' },
  )
})

test('a yearly estimate is given in all its bands from a day, put right on that day, and never in half', async () => {
  const here = await home()
  const estimate = (body: Parameters<typeof desk.ask<typeof api.changeEstimate>>[2]['body']) =>
    desk.ask(grid, api.changeEstimate, { params: { point_id: here.point_id }, body })
  const whole = await estimate({ from: '2025-01-01', after: null, values: [{ band: 'whole', wh: 5_000_000 }] })
  assert.equal(whole.status, 200, JSON.stringify(whole.problem))
  const [first] = whole.output
  assert.ok(first !== undefined)
  const parted = [
    { band: 'day' as const, wh: 3_000_000 },
    { band: 'night' as const, wh: 2_500_000 },
  ]
  const after = { id: first.id, version: first.version }
  assert.equal(
    (await estimate({ from: '2025-01-01', after, values: parted })).problem.code,
    'estimate.other-bands-that-day',
  )
  assert.equal((await estimate({ from: '2026-01-01', after, values: parted.slice(1) })).problem.code, 'estimate.bands')
  const divided = await estimate({ from: '2026-01-01', after, values: parted })
  assert.equal(divided.status, 200, JSON.stringify(divided.problem))
  assert.equal((await estimate({ from: '2026-02-01', after, values: parted })).problem.code, 'annual-estimate.changed')
  const [now] = divided.output
  assert.ok(now !== undefined)
  const right = await estimate({
    from: '2026-01-01',
    after: { id: now.id, version: now.version },
    values: [
      { band: 'night', wh: 2_500_000 },
      { band: 'day', wh: 1 },
    ],
  })
  assert.equal(right.status, 200, JSON.stringify(right.problem))
  assert.deepEqual(
    (await seen(here)).estimates.map(({ band, wh, during }) => [band, wh, during.from, during.to]),
    [
      ['day', 1, '2026-01-01', null],
      ['night', 2_500_000, '2026-01-01', null],
      ['whole', 5_000_000, '2025-01-01', '2026-01-01'],
    ],
  )
})
