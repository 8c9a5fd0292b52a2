// Registers of heat meters from a file to the answer: differences by the hour, an exchange, a register that began again, gaps, corrections and re-delivery.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Actor, answer, type Serving } from '../enforcement/serve.ts'
import { importFile } from '../chapters/exchange/jobs.ts'
import { mayUndo } from '../chapters/exchange/rules.ts'
import * as metering from '../chapters/metering/api.ts'
import * as api from '../chapters/metering/heat/api.ts'
import { heatRoutes } from '../chapters/metering/heat/routes.ts'
import { meteringRoutes } from '../chapters/metering/routes.ts'
import type { Endpoint, Output } from '../register/endpoint.ts'
import { testRegister, type TestRegister } from './database.ts'
import { openedFaults } from './opened-faults.ts'
import { person } from './people.ts'

let opened: TestRegister
let folder: string
let now = new Date('2026-11-24T08:00:00Z')
let serving: Serving
const told = `3, 'test', '2026-01-01Z', 'system:test'`

before(async () => {
  opened = await testRegister()
  folder = await mkdtemp(join(tmpdir(), 'heat-'))
  serving = { register: opened.register, log: { note: async () => undefined }, now: () => now }
  await opened.owner.query(`insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis')`)
})
after(async () => {
  await opened.drop()
  await rm(folder, { recursive: true })
})

const one = async (into: string, values: string): Promise<number> => {
  const { rows } = await opened.owner.query<{ id: string }>(
    `insert into ${into}, controllers, source, recorded_at, recorded_by) values (${values}, ${told}) returning id`,
  )
  return Number(rows[0]?.id)
}

let homes = 0
const home = async () => {
  homes += 1
  const code = `L${homes}`
  const who = await person(opened.owner)
  const site = await one(`site (street_fi, postcode, use`, `'Mallikatu', '15140', 'permanent-dwelling'`)
  const point = await one(
    `accounting_point (site_id, energy, code, kind, status`,
    `${site}, 'heat', '${code}', 'consumption', 'connected'`,
  )
  await one(`occupancy (customer_id, site_id, role, during`, `${who}, ${site}, 'holder', '[2020-01-01,)'`)
  const contract = (controller: 1) =>
    opened.owner.query(
      `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale)
       values (${controller}, 'HEAT', 'heat', 'sales', 'Lämpö', 'Värme', 'Heat', '[2020-01-01,)') on conflict do nothing`,
    )
  await contract(1)
  const { rows } = await opened.owner.query<{ id: string }>(
    `insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, source, recorded_at, recorded_by)
     select 'H${homes}', 1, 'sales', 'heat', ${site}, ${point}, id, '[2020-01-01,)', '2024', 'test', '2026-01-01Z', 'system:test' from product where code = 'HEAT' returning id`,
  )
  await opened.owner.query(
    `insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
     values (${Number(rows[0]?.id)}, ${who}, 'holder', '[2020-01-01,)', 1, 'test', '2026-01-01Z', 'system:test')`,
  )
  return { code, who, site, point }
}
type Home = Awaited<ReturnType<typeof home>>

const meter = async ({ point, site }: Home, serial: string, during: string, digits: number | null = null) =>
  one(
    `meter (point_id, site_id, energy, kind, serial, registers, digits, during`,
    `${point}, ${site}, 'heat', 'main', '${serial}', '{energy,volume}', ${digits}, '${during}'`,
  )
const edge = ({ site }: Home, id: number, kind: string, at: string, energy: number, litres: number) =>
  Promise.all(
    [
      ['energy', energy],
      ['volume', litres],
    ].map(([register, value]) =>
      one(
        `meter_reading (meter_id, site_id, register, at, value, kind`,
        `${id}, ${site}, '${register}', '${at}', ${value}, '${kind}'`,
      ),
    ),
  )

const header =
  'meter_id,accounting point,time,energy_heat_kwh,volume_flow_m3,inlet_flow_energy_m3xC,back_flow_energy_m3xC'
type Shown = readonly [hour: number, kwh: number, m3?: number, supply?: number, back?: number]
const start = Date.parse('2026-01-31T22:00:00Z')
const timeAt = (hour: number): string => new Date(start + hour * 3_600_000).toISOString()
const rowsOf = ({ code }: Home, shown: readonly Shown[], serial = ''): readonly string[] =>
  shown.map(([hour, kwh, m3 = '', supply = '', back = '']) =>
    [serial, serial === '' ? code : '', timeAt(hour), kwh, m3, supply, back].join(','),
  )

let files = 0
const taken = async (rows: readonly string[], dryRun = false) => {
  files += 1
  const file = join(folder, `registers-${files}.csv`)
  await writeFile(file, [header, ...rows].join('\n'))
  const done = await importFile(serving, { file, source: 'meters', kind: 'heat-registers', dryRun })
  const faults = (await openedFaults(opened.owner, opened.register.keys, done.job)).map(
    (row) => `${row.row_number} ${row.faults.map(({ field, code }) => `${field} ${code}`).join(', ')}`,
  )
  return { counts: [done.rows_new, done.rows_changed, done.rows_same, done.rows_faulty], faults }
}

const retail: Actor = { handle: 'staff:1', staff_id: 1, role: 'customer-service', hat: 'retail' }
const ask = async <E extends Endpoint>(
  endpoint: E,
  { who, point }: Home,
  query: object,
  as = retail,
): Promise<Output<E>> => {
  const route = [...meteringRoutes, ...heatRoutes].find((each) => each.endpoint === (endpoint as Endpoint))
  assert.ok(route)
  return (await answer(serving, route, as, {
    params: { customer_id: who, point_id: point },
    query,
    body: undefined,
    because: undefined,
    session: { token: undefined, userAgent: '', set: () => undefined, clear: () => undefined },
  })) as Output<E>
}
const month = { from: '2026-02-01', to: '2026-03-01' }
/** Hours that are known: place, watt-hours and how good. */
const used = async (at: Home) =>
  (await ask(metering.consumptionDays, at, month)).flatMap(({ day, values, quality }) =>
    values.flatMap((value, slot) => {
      const how = quality?.[slot] ?? 'measured'
      return how === 'missing' ? [] : [`${day.slice(8)} ${slot} ${value}${how === 'measured' ? '' : ` ${how}`}`]
    }),
  )

test('registers become hours, with what flowed and how warm; the same file again changes nothing', async () => {
  const at = await home()
  const rows = rowsOf(at, [
    [0, 5_347.614, 113.991, 8_246.422, 3_528.807],
    [1, 5_350.737, 114.055, 8_250.649, 3_530.825],
    [2, 5_353.589, 114.118, 8_255.384, 3_532.795],
  ])
  assert.deepEqual((await taken(rows, true)).counts, [3, 0, 0, 0])
  assert.deepEqual(await used(at), [], 'a dry run writes nothing')
  assert.deepEqual(await taken(rows), { counts: [3, 0, 0, 0], faults: [] })
  assert.deepEqual(await used(at), ['01 0 3123', '01 1 2852'])
  const [day] = await ask(api.heatDays, at, month)
  assert.deepEqual(day?.hours.slice(0, 3), [
    { litres: 64, supply: 66.05, back: 31.53, cooling: 34.52 },
    { litres: 63, supply: 75.16, back: 31.27, cooling: 43.89 },
    null,
  ])
  assert.deepEqual(await ask(api.heatSums, at, { ...month, by: 'month' }), [
    { customer_id: at.who, start: '2026-02-01', days: 1, litres: 127, supply: 70.57, back: 31.4, cooling: 39.17 },
  ])
  assert.deepEqual((await taken([...rows, ''])).counts, [0, 0, 3, 0])
  assert.equal(
    (await opened.owner.query('select from heat_day where version > 1 or replaced_at is not null')).rowCount,
    0,
  )
})

test('days go on from where the last file ended, hours between readings are shared out, and measured when they come', async () => {
  const at = await home()
  await taken(
    rowsOf(at, [
      [22, 100],
      [23, 101],
    ]),
  )
  await taken(rowsOf(at, [[26, 107]]))
  assert.deepEqual(await used(at), ['01 22 1000', '01 23 2000 estimated', '02 0 2000 estimated', '02 1 2000 estimated'])
  now = new Date('2026-11-25T08:00:00Z')
  assert.deepEqual(
    (
      await taken(
        rowsOf(at, [
          [24, 101.5],
          [25, 103],
        ]),
      )
    ).counts,
    [2, 0, 0, 0],
  )
  assert.deepEqual(await used(at), ['01 22 1000', '01 23 500', '02 0 1500', '02 1 4000'])
  const known = await ask(metering.consumptionDays, at, { ...month, known_on: '2026-11-24' })
  assert.deepEqual(
    known.map(({ total }) => total),
    [3000, 4000],
    'what was estimated is still read as it was known',
  )
})

test('a reading that is corrected changes the hours on both sides, and what it was is kept', async () => {
  const at = await home()
  await taken(
    rowsOf(at, [
      [0, 10],
      [1, 12],
      [2, 15],
    ]),
  )
  assert.deepEqual((await taken(rowsOf(at, [[1, 13]]))).counts, [0, 1, 0, 0])
  assert.deepEqual(await used(at), ['01 0 3000', '01 1 2000'])
  const { rows } = await opened.owner.query(
    'select version, replaced_at is null as now from heat_day where point_id = $1 order by version',
    [at.point],
  )
  assert.deepEqual(rows, [
    { version: 1, now: false },
    { version: 2, now: true },
  ])
  assert.equal(mayUndo({ state: 'done', dry_run: false, kind: 'heat-registers' }), false)
})

test('faulty readings are told and cost no other', async () => {
  const at = await home()
  const there = await taken([
    ...rowsOf(at, [
      [0, 100],
      [1, 90],
      [2, 104],
      [3, 9_000],
      [4, 106],
      [5, 108],
    ]),
    ...rowsOf({ ...at, code: 'NOWHERE' }, [[1, 5]]),
    ...rowsOf(at, [[1, 5]], 'NO-METER'),
    ...rowsOf(at, [[10_000, 109]]),
  ])
  assert.deepEqual(there.faults, [
    '3 heat register.backwards',
    '5 heat register.leap',
    '8 point point.no-heat',
    '9 meter meter.not-there',
    '10 start day.to-come',
  ])
  assert.deepEqual(await used(at), [
    '01 0 2000 estimated',
    '01 1 2000 estimated',
    '01 2 1000 estimated',
    '01 3 1000 estimated',
    '01 4 2000',
  ])
  assert.deepEqual((await taken(rowsOf(at, [[1, 101]]))).counts, [1, 0, 0, 0], 'mended, it comes in')
  assert.deepEqual((await used(at)).slice(0, 2), ['01 0 1000', '01 1 3000'])
})

test('an exchange of the meter between two readings, and a register that has shown its last number', async () => {
  const at = await home()
  const gone = await meter(at, 'M-1', '[2020-01-01,2026-02-02)', 5)
  await edge(at, gone, 'last', '2026-02-02T07:30:00Z', 9_000, 15_000)
  const rows = rowsOf(
    at,
    [
      [23, 99_990, 10],
      [24, 99_998, 11],
      [25, 4, 12],
    ],
    'M-1',
  )
  assert.deepEqual((await taken(rows)).counts, [3, 0, 0, 0])
  assert.deepEqual(await used(at), ['01 23 8000', '02 0 6000'])
  const came = await meter(at, 'M-2', '[2026-02-02,)')
  const later = rowsOf(at, [[34, 503, 2]], 'M-2')
  assert.deepEqual((await taken(later)).faults, ['2 heat register.backwards'])
  await edge(at, came, 'first', '2026-02-02T07:30:00Z', 500_000, 1_000)
  assert.deepEqual((await taken([...later, ...rowsOf(at, [[30, 6]], 'M-2')])).faults, ['3 meter meter.not-there'])
  // 4 to 9 kWh on the one, 500 to 503 on the other, over nine hours.
  const sum = (await used(at)).slice(2).reduce((so, line) => so + Number(line.split(' ')[2]), 0)
  assert.equal(sum, 8_000)
})

test('readings of meters come in from a file, once each', async () => {
  const at = await home()
  await meter(at, 'R-1', '[2020-01-01,)')
  const file = join(folder, 'readings.csv')
  await writeFile(
    file,
    [
      'Mittarinumero;Rekisteri;Lukuaika;Lukema',
      'R-1;energia;1.2.2026 12:00;12,5',
      'R-1;vesimäärä;1.2.2026 12:00;3',
      'R-1;yö;1.2.2026 12:00;3',
      'R-1;energia;2.2.2026 12:00;12',
    ].join('\n'),
  )
  const bring = () => importFile(serving, { file, source: 'readers', kind: 'meter-readings', dryRun: false })
  const first = await bring()
  assert.deepEqual([first.rows_new, first.rows_faulty], [2, 2])
  assert.deepEqual(
    (await openedFaults(opened.owner, opened.register.keys, first.job)).map(({ faults }) =>
      faults.map(({ field, code }) => `${field} ${code}`),
    ),
    [['register register.not-there'], ['reading reading.below-former']],
  )
  const { rows } = await opened.owner.query(
    `select r.register, r.value::int, r.at from meter_reading r join meter m on m.id = r.meter_id where m.serial = 'R-1' order by 1`,
  )
  assert.deepEqual(rows, [
    { register: 'energy', value: 12_500, at: new Date('2026-02-01T10:00:00Z') },
    { register: 'volume', value: 3_000, at: new Date('2026-02-01T10:00:00Z') },
  ])
})

test('the network company, which serves no heat, sees none of it', async () => {
  const at = await home()
  await taken(
    rowsOf(at, [
      [0, 100, 1, 70, 30],
      [1, 101, 1.02, 71.4, 30.6],
    ]),
  )
  assert.equal((await ask(api.heatDays, at, month)).length, 1)
  const { rows } = await opened.owner.query('select controllers from heat_day where point_id = $1', [at.point])
  const { rows: days } = await opened.owner.query('select controllers from reading_day where point_id = $1', [at.point])
  assert.deepEqual(rows, days, 'the walls of consumption of that day')
})
