// Consumption from a file to the answer: the real columns of the datahub's portal, days of 92 and 100 quarters, corrections, and whose days they are.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { AccessEvent } from '../enforcement/access-event.ts'
import { type Actor, answer, type Serving } from '../enforcement/serve.ts'
import { testRegister, type TestRegister } from './database.ts'
import { openedFaults } from './opened-faults.ts'
import type { Endpoint, Output } from '../register/endpoint.ts'
import { importFile } from '../chapters/exchange/jobs.ts'
import * as api from '../chapters/metering/api.ts'
import { timeOf } from '../chapters/metering/grid.ts'
import { meteringRoutes } from '../chapters/metering/routes.ts'

let opened: TestRegister
let folder: string
let lines: AccessEvent[] = []
let now = new Date('2026-11-24T08:00:00Z')
let serving: Serving
const people = { former: 0, present: 0 }
let point = 0
const code = '643000000000000017'

before(async () => {
  opened = await testRegister()
  folder = await mkdtemp(join(tmpdir(), 'consumption-'))
  serving = {
    register: opened.register,
    log: { note: async (events) => void lines.push(...events) },
    now: () => now,
  }
  const { owner } = opened
  const told = `'test', '2026-01-01Z', 'test'`
  await owner.query(`
    insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis');
    insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale) values
      (1, 'SPOT', 'electricity', 'sales', 'Pörssi', 'Börs', 'Spot', '[2020-01-01,)')`)
  const one = async (text: string): Promise<number> => Number((await owner.query<{ id: string }>(text)).rows[0]?.id)
  for (const who of ['former', 'present'] as const)
    people[who] = await one(
      `insert into customer (number, kind, stage, language, controllers, source, recorded_at, recorded_by) values ('${who}', 'natural', 'customer', 'fi', 3, ${told}) returning id`,
    )
  const site = await one(
    `insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by) values ('Mallikatu', '1', '15140', 'permanent-dwelling', 3, ${told}) returning id`,
  )
  point = await one(
    `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by) values (${site}, 'electricity', '${code}', 'consumption', 'connected', 3, ${told}) returning id`,
  )
  await owner.query(`
    insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by) values
      (${people.former}, ${site}, 'holder', '[2020-01-01,2026-10-26)', 3, ${told}), (${people.present}, ${site}, 'holder', '[2026-10-26,)', 3, ${told})`)
  const contract = await one(
    `insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, source, recorded_at, recorded_by)
     select 'M1', 1, 'sales', 'electricity', ${site}, ${point}, id, '[2026-10-25,)', '2024', ${told} from product returning id`,
  )
  await owner.query(
    `insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by) values (${contract}, ${people.present}, 'holder', '[2026-10-25,)', 1, ${told})`,
  )
})
after(async () => {
  await opened.drop()
  await rm(folder, { recursive: true })
})

const header = 'Mittauspisteen tunnus;Tuotteen tyyppi;Resoluutio;Yksikkötyyppi;Lukeman tyyppi;Alkuaika;Määrä;Laatu'
/** A day of quarters as the portal writes it: slot n has n Wh. */
const portalDay = (day: string, count: number, value = (slot: number) => slot): readonly string[] =>
  Array.from({ length: count }, (_, slot) => {
    const time = new Date(timeOf(day, 15, slot)).toISOString().replace('.000Z', 'Z')
    return `${code};8716867000030;PT15M;kWh;BN01;${time};0,${String(value(slot)).padStart(3, '0')}000;OK`
  })

let files = 0
const taken = async (rows: readonly string[], dryRun = false) => {
  files += 1
  const file = join(folder, `values-${files}.csv`)
  // Empty lines at the end say nothing, but the very same file would not be taken in again.
  await writeFile(file, `${[header, ...rows].join('\r\n')}${'\r\n'.repeat(files)}`)
  return importFile(serving, { file, source: 'portal', kind: 'consumption', dryRun })
}
const faultsOf = async (job: number) =>
  (await openedFaults(opened.owner, opened.register.keys, job)).map(
    (row) => `${row.row_number} ${row.faults.map((one) => `${one.field} ${one.code}`).join(', ')}`,
  )

const retail: Actor = { handle: 'staff:1', staff_id: 1, role: 'customer-service', hat: 'retail' }
const network: Actor = { ...retail, hat: 'network' }
const ask = async <E extends Endpoint>(
  endpoint: E,
  actor: Actor,
  customer: number,
  query: object,
): Promise<Output<E>> => {
  lines = []
  const route = meteringRoutes.find((each) => each.endpoint === (endpoint as Endpoint))
  assert.ok(route)
  return (await answer(serving, route, actor, {
    params: { customer_id: customer, point_id: point },
    query,
    body: undefined,
    because: undefined,
    session: { token: undefined, userAgent: '', set: () => undefined, clear: () => undefined },
  })) as Output<E>
}
const days = (actor: Actor, customer: number, from: string, to: string, known_on?: string) =>
  ask(api.consumptionDays, actor, customer, { from, to, ...(known_on === undefined ? {} : { known_on }) })

test('a file of the portal comes in once, each value at its place of the day', async () => {
  const rows = [...portalDay('2026-10-25', 100), ...portalDay('2026-10-26', 96), ...portalDay('2026-03-29', 92)]
  assert.equal((await taken(rows, true)).rows_new, 288)
  assert.deepEqual(await days(network, people.former, '2026-01-01', '2026-12-31'), [], 'a dry run writes nothing')
  const done = await taken(rows)
  assert.deepEqual([done.rows_new, done.rows_faulty], [288, 0])
  const [autumn] = await days(network, people.former, '2026-10-25', '2026-10-26')
  assert.deepEqual(
    autumn?.values,
    Array.from({ length: 100 }, (_, slot) => slot),
  )
  assert.deepEqual([autumn.quality, autumn.total, autumn.lacking, autumn.version, autumn.step], [null, 4950, 0, 1, 15])
  const again = await taken(rows)
  assert.deepEqual([again.rows_new, again.rows_changed, again.rows_same], [0, 0, 288])
  assert.equal((await opened.owner.query('select from reading_day where version > 1')).rowCount, 0)
})

test('a day is theirs who lived there that day, and open to those who served the point that day', async () => {
  const all = ['2026-01-01', '2026-12-31'] as const
  const seen = async (actor: Actor, who: number) => (await days(actor, who, ...all)).map(({ day }) => day)
  assert.deepEqual(await seen(network, people.former), ['2026-03-29', '2026-10-25'])
  assert.deepEqual(
    lines.map(({ subject, categories }) => [subject, categories.includes('consumption')]),
    [[people.former, true]],
  )
  assert.deepEqual(await seen(network, people.present), ['2026-10-26'])
  assert.deepEqual(await seen(retail, people.former), ['2026-10-25'], 'the supplier had no contract in spring')
  assert.deepEqual(await seen(retail, people.present), ['2026-10-26'])
})

test('a correction keeps what was known, day by day', async () => {
  now = new Date('2026-11-26T08:00:00Z')
  const corrected = await taken([portalDay('2026-10-25', 100, () => 7)[4] ?? '', portalDay('2026-10-25', 100)[5] ?? ''])
  assert.deepEqual([corrected.rows_new, corrected.rows_changed, corrected.rows_same], [0, 1, 1])
  const day = ['2026-10-25', '2026-10-26'] as const
  const [after] = await days(network, people.former, ...day)
  assert.deepEqual([after?.values[4], after?.values[5], after?.total, after?.version], [7, 5, 4953, 2])
  const [before] = await days(network, people.former, ...day, '2026-11-25')
  assert.deepEqual([before?.values[4], before?.total, before?.version], [4, 4950, 1])
  assert.deepEqual(await days(network, people.former, ...day, '2026-11-23'), [], 'nothing had come by then')
  assert.equal((await days(network, people.former, ...day, '2026-11-26'))[0]?.version, 2)
})

test('sums are those of the values, by day, month and year, and they tell what they lack', async () => {
  now = new Date('2026-11-27T08:00:00Z')
  await taken([
    `${code};8716867000030;PT15M;kWh;BN01;2026-11-01T10:00:00Z;1,5;EST`,
    `${code};;PT15M;;;2026-11-01T10:15:00Z;;MISSING`,
  ])
  const by = (length: 'day' | 'month' | 'year') =>
    ask(api.consumptionSums, network, people.present, { from: '2026-01-01', to: '2027-01-01', by: length })
  assert.deepEqual(
    (await by('month')).map(({ start, days: count, total, lacking }) => [start, count, total, lacking]),
    [
      ['2026-10-01', 1, 4560, 0],
      ['2026-11-01', 1, 1500, 96],
    ],
  )
  assert.deepEqual(
    (await by('year')).map(({ total }) => total),
    [6060],
  )
  const [part] = await days(network, people.present, '2026-11-01', '2026-11-02')
  assert.deepEqual([part?.quality?.[48], part?.quality?.[49], part?.values[48]], ['estimated', 'missing', 1500])
})

test('each faulty row is told with all that is wrong of it', async () => {
  const row = (
    start: string,
    amount: string,
    { at = code, unit = 'kWh', step = 'PT15M', quality = 'OK', of = '8716867000030' } = {},
  ) => `${at};${of};${step};${unit};BN01;${start};${amount};${quality}`
  const done = await taken([
    row('2026-11-02T00:00:00Z', '1', { at: '643000000000000000' }),
    row('2026-11-02T00:05:00Z', '1'),
    row('2026-11-02T00:00:00Z', '-1'),
    row('2026-11-02T00:00:00Z', 'paljon', { unit: 'litra', quality: 'hyvä' }),
    row('2027-11-02T00:00:00Z', '1'),
    row('25.10.2026 3:15', '1'),
    row('29.3.2026 3:15', '1'),
    row('2026-11-02T00:00:00Z', '', { quality: 'OK' }),
    row('2026-10-26T00:00:00Z', '1', { step: 'PT1H' }),
    row('2026-11-02T00:00:00Z', '1', { of: '8716867000139' }),
    row('1999-11-02T00:00:00Z', '1', { step: 'PT5M' }),
    row('2026-11-02T00:00:00Z', '99999999999'),
  ])
  assert.deepEqual(await faultsOf(done.job), [
    '2 point point.unknown',
    '3 start value.off-grid',
    '4 amount value.negative',
    '5 quality word.unknown, unit unit.unknown, amount value.no-number',
    '6 start day.to-come',
    '7 start value.time-twice',
    '8 start value.no-such-time',
    '9 amount value.missing',
    '10 resolution resolution.differs',
    '11 energy_product energy-product.unknown',
    '12 resolution resolution.unknown, start day.out-of-range',
    '13 amount value.no-number',
  ])
})

test('what cannot be true of its point is refused, what is unlikely is uncertain, and the same file again changes nothing', async () => {
  const { owner } = opened
  const told = `'test', '2026-01-01Z', 'test'`
  await owner.query(`
    insert into connection (site_id, energy, main_fuse, during, controllers, source, recorded_at, recorded_by)
      select site_id, 'electricity', '3x25A', '[2020-01-01,)', 3, ${told} from accounting_point where id = ${point};
    insert into point_facts (point_id, site_id, energy, during, metering_method, resolution_minutes, controllers, source, recorded_at, recorded_by)
      select id, site_id, energy, '[2026-11-10,)', 'continuous', 15, 3, ${told} from accounting_point where id = ${point}`)
  const ordinary = (slot: number) => 200 + (slot % 7)
  await taken(['2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13'].flatMap((day) => portalDay(day, 96, ordinary)))
  const odd = [
    // One more than twice what the fuse carries; what it would hardly carry; far more than ever before.
    ...portalDay('2026-11-14', 96, (slot) => ({ 5: 8626, 6: 5000, 7: 2600 })[slot] ?? ordinary(slot)),
    ...portalDay('2026-11-15', 96, () => 55),
    `${code};8716867000030;PT1H;kWh;BN01;2026-11-16T10:00:00Z;1,5;OK`,
  ].map((row) => row.replace(/;0,(\d{4})000;/, (_, wh: string) => `;${wh.slice(0, 1)},${wh.slice(1)};`))
  const done = await taken(odd)
  assert.deepEqual([done.rows_new, done.rows_faulty], [191, 2])
  assert.deepEqual(await faultsOf(done.job), ['7 amount value.over-capacity', '194 resolution resolution.not-of-point'])
  const [spiky, stuck] = await days(network, people.present, '2026-11-14', '2026-11-16')
  assert.deepEqual(
    [4, 5, 6, 7, 8].map((slot) => spiky?.quality?.[slot]),
    ['measured', 'missing', 'uncertain', 'uncertain', 'measured'],
  )
  assert.deepEqual(
    [spiky?.lacking, stuck?.lacking, stuck?.quality?.every((each) => each === 'uncertain')],
    [1, 0, true],
  )
  const again = await taken(odd)
  assert.deepEqual([again.rows_new, again.rows_changed, again.rows_same], [0, 0, 191])
  // The network company has looked at it: it stays as it says.
  const revised = await taken([odd[6]?.replace(';OK', ';REVISED') ?? ''])
  assert.deepEqual([revised.rows_changed, revised.rows_faulty], [1, 0])
  assert.equal((await days(network, people.present, '2026-11-14', '2026-11-15'))[0]?.quality?.[6], 'revised')
  await owner.query(`delete from point_facts; delete from connection; delete from reading_day where day between '2026-11-10' and '2026-11-16';
    delete from reading_day_past where day between '2026-11-10' and '2026-11-16'`)
})

test('walls follow the day: protection closes the days of the protected, a contract that comes late opens its own', async () => {
  const walls = async () =>
    (
      await opened.owner.query<{ day: string; protected: boolean; controllers: number }>(
        'select day::text, protected, controllers from reading_day order by day',
      )
    ).rows.map((row) => `${row.day} ${row.protected ? 'protected' : 'open'} ${row.controllers}`)
  assert.deepEqual(await walls(), ['2026-03-29 open 2', '2026-10-25 open 3', '2026-10-26 open 3', '2026-11-01 open 3'])
  await opened.owner.query('select wall_protected(array[$1::bigint], true)', [people.present])
  assert.deepEqual(await walls(), [
    '2026-03-29 open 2',
    '2026-10-25 open 3',
    '2026-10-26 protected 3',
    '2026-11-01 protected 3',
  ])
  assert.deepEqual(await days(network, people.present, '2026-01-01', '2026-12-31'), [])
  assert.equal((await days(network, people.former, '2026-01-01', '2026-12-31')).length, 2)
  await opened.owner.query('select wall_protected(array[$1::bigint], false)', [people.present])
  await opened.owner.query(`update contract set during = '[2026-01-01,2026-10-26)'`)
  assert.deepEqual(await walls(), ['2026-03-29 open 3', '2026-10-25 open 3', '2026-10-26 open 2', '2026-11-01 open 2'])
  await assert.rejects(
    opened.owner
      .query(`insert into reading_day (point_id, site_id, day, step, total, lacking, vals, controllers, source, recorded_at, recorded_by)
      select point_id, site_id, '2026-11-02', step, total, lacking, vals, 3, source, recorded_at, recorded_by from reading_day where day = '2026-11-01'`),
    /does not have the walls of its day/,
  )
})
