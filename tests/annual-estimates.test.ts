// Yearly estimates that are computed of what points used: one looked at and kept at the desk, all of them by the command, and what somebody told meanwhile.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { packed } from '../chapters/metering/block.ts'
import { drawn } from '../chapters/contracts/pricing/profile.ts'
import { profileNamed } from '../chapters/contracts/pricing/profiles.ts'
import { dayAfter } from '../chapters/metering/grid.ts'
import { hoursOf } from '../platform/clock.ts'
import * as api from '../chapters/metering/annual/api.ts'
import { annualBatch, annualRoutes } from '../chapters/metering/annual/routes.ts'
import { gs1Check } from '../chapters/sites/index.ts'
import { answer } from '../enforcement/serve.ts'
import type { Output } from '../register/endpoint.ts'
import { testRegister, type TestRegister } from './database.ts'
import { person } from './people.ts'
import { served, type Served, staffIn } from './served.ts'

const network = staffIn('network-service', 'network')
const retail = staffIn('customer-service', 'retail')
const told = `3, 'test', '2026-01-01Z', 'system:test'`
const now = new Date('2026-11-24T08:00:00Z')
let opened: TestRegister
let desk: Served
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, annualRoutes, now)
  await opened.owner.query(`insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis');
    insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale) values (1, 'GAS', 'gas', 'sales', 'Kaasu', 'Gas', 'Gas', '[2020-01-01,)')`)
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const one = async (into: string, values: string): Promise<number> => {
  const { rows } = await opened.owner.query<{ id: string }>(
    `insert into ${into}, controllers, source, recorded_at, recorded_by) values (${values}, ${told}) returning id`,
  )
  return Number(rows[0]?.id)
}

let homes = 0
const home = async (energy: 'electricity' | 'gas', bands: readonly string[] = []) => {
  homes += 1
  const who = await person(opened.owner)
  const digits = `6499000000000${String(homes).padStart(4, '0')}`
  const code = energy === 'gas' ? `P${homes}` : `${digits}${gs1Check(digits)}`
  const site = await one(`site (street_fi, postcode, use`, `'Mallikatu', '15140', 'permanent-dwelling'`)
  const point = await one(
    `accounting_point (site_id, energy, code, kind, status`,
    `${site}, '${energy}', '${code}', 'consumption', 'connected'`,
  )
  await one(`occupancy (customer_id, site_id, role, during`, `${who}, ${site}, 'holder', '[2020-01-01,)'`)
  if (energy === 'gas') {
    const { rows } = await opened.owner.query<{ id: string }>(
      `insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, source, recorded_at, recorded_by)
       select 'G${homes}', 1, 'sales', 'gas', ${site}, ${point}, id, '[2020-01-01,)', '2024', 'test', '2026-01-01Z', 'system:test' from product returning id`,
    )
    await opened.owner.query(
      `insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
       values (${Number(rows[0]?.id)}, ${who}, 'holder', '[2020-01-01,)', 1, 'test', '2026-01-01Z', 'system:test')`,
    )
  }
  for (const band of bands)
    await one(
      `annual_estimate (point_id, site_id, energy, band, wh, during`,
      `${point}, ${site}, '${energy}', '${band}', 1, '[2020-01-01,)'`,
    )
  return { site, point }
}

/** Days of hours, each of `wh(hour)`. */
const use = async (
  { site, point }: { site: number; point: number },
  from: string,
  to: string,
  wh: (hour: number) => number,
) => {
  const days: string[] = []
  for (let day = from; day < to; day = dayAfter(day)) days.push(day)
  const values = days.map((day) => Int32Array.from(hoursOf(day).hours, wh))
  await opened.owner.query(
    `insert into reading_day (point_id, site_id, day, step, total, lacking, vals, controllers, source, recorded_at, recorded_by)
     select ${point}, ${site}, day, 60, total, 0, vals, serving_on(${point}, day), 'test', '2026-01-01Z', 'system:test'
       from unnest($1::date[], $2::bigint[], $3::bytea[]) as t (day, total, vals)`,
    [days, values.map((all) => all.reduce((sum, value) => sum + value, 0)), values.map((all) => packed(all))],
  )
}

const compute = async ({ point }: { point: number }, keep: boolean, as = network) =>
  desk.ask(as, api.computeEstimate, { params: { point_id: point }, body: { keep } })
const all = async (keep: boolean) =>
  (await answer(
    { register: opened.register, log: { note: async () => undefined }, now: () => now },
    annualBatch,
    { handle: 'system:annual-estimate', staff_id: null, role: 'importer', hat: 'group' },
    {
      params: {},
      query: {},
      body: { after: 0, most: 100, keep },
      because: undefined,
      session: { token: undefined, userAgent: '', set: () => undefined, clear: () => undefined },
    },
  )) as Output<typeof api.computeEstimates>
const kept = async ({ point }: { point: number }) =>
  (
    await opened.owner.query(
      `select band, wh::int, source, lower(during)::text as since, lower(basis)::text as basis from annual_estimate where point_id = $1 and upper_inf(during) order by id`,
      [point],
    )
  ).rows

test('a point is computed, looked at and kept from today on, by the bands that it has', async () => {
  const at = await home('electricity', ['day', 'night'])
  await use(at, '2025-11-01', '2026-11-01', (hour) => (hour >= 7 && hour < 22 ? 600 : 300))
  const looked = await compute(at, false)
  assert.equal(looked.status, 200, JSON.stringify(looked.problem))
  const basis = { from: '2025-11-01', to: '2026-11-01' }
  const values = [
    { band: 'day', wh: 365 * 15 * 600 },
    { band: 'night', wh: 365 * 9 * 300 },
  ]
  assert.deepEqual(
    { ...looked.output, values: undefined, basis: looked.output.basis },
    { basis, days: 365, method: 'measured', kept: false, values: undefined },
  )
  assert.deepEqual(looked.output.values, values)
  assert.equal((await kept(at))[0]?.wh, 1)
  const asked = await compute(at, true)
  assert.equal(asked.output.kept, true)
  assert.deepEqual(
    await kept(at),
    values.map((value) => ({ ...value, source: 'computed', since: '2026-11-24', basis: '2025-11-01' })),
  )
  assert.equal((await compute(at, true)).output.kept, false, 'it holds already')
  assert.equal((await compute(at, false, retail)).status, 403, 'the network company keeps the points of electricity')
})

test('fewer days are filled in the shape of a household, or evenly; too few are refused', async () => {
  const [electric, gas, empty] = [await home('electricity'), await home('gas'), await home('gas')]
  await use(electric, '2026-06-01', '2026-08-01', () => 100)
  await use(gas, '2026-06-01', '2026-08-01', () => 100)
  await use(empty, '2026-06-01', '2026-06-20', () => 100)
  const { output: shaped } = await compute(electric, false)
  const shape = drawn(await profileNamed('household'), '2025-11-01', '2026-11-01', 10 ** 12)
  const part = (from: string, to: string): number =>
    shape
      .filter(({ day }) => day >= from && day < to)
      .reduce((sum, { vals }) => sum + Array.from(vals).reduce((so, value) => so + value, 0), 0)
  const wanted = (61 * 24 * 100 * part('2025-11-01', '2026-11-01')) / part('2026-06-01', '2026-08-01')
  assert.ok(Math.abs((shaped.values[0]?.wh ?? 0) - wanted) <= 1, `${shaped.values[0]?.wh} against ${wanted}`)
  assert.deepEqual([shaped.method, shaped.days], ['profile', 61])
  const { output } = await compute(gas, false, retail)
  assert.deepEqual([output.values, output.method, output.days], [[{ band: 'whole', wh: 365 * 24 * 100 }], 'days', 61])
  assert.equal((await compute(empty, false, retail)).problem.code, 'estimate.too-little')
})

test('all points by the command: a trial changes nothing, what was told meanwhile stays, and again nothing is written', async () => {
  const said = await home('gas')
  await use(said, '2025-11-01', '2026-11-01', () => 100)
  await one(
    `annual_estimate (point_id, site_id, energy, band, wh, during`,
    `${said.point}, ${said.site}, 'gas', 'whole', 7, '[2026-05-01,)'`,
  )
  const before_ = (await opened.owner.query('select count(*)::int as n from annual_estimate')).rows[0]
  const trial = await all(false)
  assert.deepEqual(
    [trial.points, trial.computed, trial.same, trial.told, trial.too_little, trial.by],
    [5, 2, 1, 1, 1, { measured: 0, 'degree-days': 0, profile: 1, days: 1 }],
  )
  assert.deepEqual((await opened.owner.query('select count(*)::int as n from annual_estimate')).rows[0], before_)
  assert.equal((await all(true)).computed, 2)
  const again = await all(true)
  assert.deepEqual([again.computed, again.same], [0, 3])
  assert.equal((await kept(said))[0]?.wh, 7)
})
