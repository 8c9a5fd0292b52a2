// Weather from files to the answers: degree days and temperatures of stations, which station an area takes, and the heat of a home as in a normal year.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { KindId } from '../chapters/exchange/rules.ts'
import { importFile } from '../chapters/exchange/jobs.ts'
import { normalisedHeat } from '../chapters/metering/normalised/api.ts'
import { normalisedRoutes } from '../chapters/metering/normalised/routes.ts'
import { temperatures } from '../chapters/metering/weather/api.ts'
import { weatherRoutes } from '../chapters/metering/weather/routes.ts'
import { type Actor, answer, type Serving } from '../enforcement/serve.ts'
import type { Endpoint, Output } from '../register/endpoint.ts'
import { testRegister, type TestRegister } from './database.ts'
import { person } from './people.ts'

let opened: TestRegister
let folder: string
let serving: Serving
const told = `3, 'test', '2026-01-01Z', 'system:test'`

before(async () => {
  opened = await testRegister()
  folder = await mkdtemp(join(tmpdir(), 'weather-'))
  serving = {
    register: opened.register,
    log: { note: async () => undefined },
    now: () => new Date('2026-11-24T08:00:00Z'),
  }
  await opened.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis'), ('99800', 'IVALO', 'IVALO', '148', 'Inari', 'Enare')`,
  )
})
after(async () => {
  await opened.drop()
  await rm(folder, { recursive: true })
})

let files = 0
const taken = async (kind: KindId, rows: readonly string[]) => {
  files += 1
  const file = join(folder, `weather-${files}.csv`)
  await writeFile(file, rows.join('\n'))
  const done = await importFile(serving, { file, source: 'FMI', kind, dryRun: false })
  return [done.rows_new, done.rows_changed, done.rows_same, done.rows_faulty]
}
const retail: Actor = { handle: 'staff:1', staff_id: 1, role: 'customer-service', hat: 'retail' }
const ask = async <E extends Endpoint>(endpoint: E, params: object, query: object): Promise<Output<E>> => {
  const route = [...weatherRoutes, ...normalisedRoutes].find((each) => each.endpoint === (endpoint as Endpoint))
  assert.ok(route)
  return (await answer(serving, route, retail, {
    params,
    query,
    body: undefined,
    because: undefined,
    session: { token: undefined, userAgent: '', set: () => undefined, clear: () => undefined },
  })) as Output<E>
}

const normal = [700, 650, 590, 380, 150, 35, 4, 30, 180, 370, 510, 650]
const degreeHeader = 'Paikkakunta;Kuukausi;Vertailukausi;Lämmitystarveluku'

test('degree days come in once, and a correction keeps what they were', async () => {
  const rows = [
    degreeHeader,
    ...normal.map((amount, i) => `Lahti;${i + 1};1991–2020;${amount}`),
    ...normal.map((amount, i) => `Lahti;2025-${String(i + 1).padStart(2, '0')};;${amount / 2}`),
  ]
  assert.deepEqual(await taken('degree-days', rows), [24, 0, 0, 0])
  assert.deepEqual(await taken('degree-days', [...rows, '']), [0, 0, 24, 0])
  assert.deepEqual(await taken('degree-days', [degreeHeader, 'Lahti;2024-12;;100']), [1, 0, 0, 0])
  assert.deepEqual(await taken('degree-days', [degreeHeader, 'Lahti;2024-12;;100,5']), [0, 1, 0, 0])
  const { rows: versions } = await opened.owner.query(
    `select version, amount, replaced_at is null as now, source from degree_days where during @> '2024-12-01'::date and kind = 'month' order by 1`,
  )
  assert.deepEqual(versions, [
    { version: 1, amount: 1000, now: false, source: 'FMI' },
    { version: 2, amount: 1005, now: true, source: 'FMI' },
  ])
})

test('an area takes the station of its postcode before that of its municipality, from the day that is told', async () => {
  const header = 'Alueen laji;Alueen tunnus;Paikkakunta;Alkaen'
  assert.deepEqual(await taken('weather-areas', [header, 'kunta;398;Lahti;', 'postinumero;99800;Ivalo;']), [2, 0, 0, 0])
  assert.deepEqual(
    await taken('weather-areas', [header, 'kunta;398;Lahti;', 'postinumero;99800;Inari;1.1.2026']),
    [0, 1, 1, 0],
  )
  assert.deepEqual(await taken('weather-areas', [header, 'postinumero;99800;Ivalo;1.1.2025']), [0, 0, 0, 1])
  const of = async (area: object, day: string) =>
    (await ask(temperatures, {}, { ...area, from: day, to: '2026-03-01' })).station
  assert.equal(await of({ postcode: '15140' }, '2026-02-01'), 'Lahti')
  assert.equal(await of({ municipality: '398' }, '2026-02-01'), 'Lahti')
  assert.equal(await of({ postcode: '99800' }, '2026-02-01'), 'Inari')
  assert.equal(await of({ postcode: '00100' }, '2026-02-01'), null)
  const before2026 = await ask(temperatures, {}, { postcode: '99800', from: '2025-02-01', to: '2025-03-01' })
  assert.equal(before2026.station, 'Ivalo')
})

test('temperatures by the hour and the day: hours add to a day, and the finest that is known is told', async () => {
  const header = 'Paikkakunta;Aika;Lämpötila'
  assert.deepEqual(await taken('temperatures', [header, 'Lahti;1.2.2026;-5', 'Lahti;2.2.2026;-4,5']), [2, 0, 0, 0])
  assert.deepEqual(
    await taken('temperatures', [header, 'Lahti;2026-01-31T22:00:00Z;-7,2', 'Lahti;2026-02-01T02:00+02:00;-7']),
    [2, 0, 0, 0],
  )
  assert.deepEqual(await taken('temperatures', [header, 'Lahti;2026-01-31T23:00:00Z;-7.1']), [1, 0, 0, 0])
  assert.deepEqual(
    await taken('temperatures', [header, 'Lahti;2026-01-31T22:00:00Z;-8', 'Lahti;1.1.2027;1']),
    [0, 1, 0, 1],
  )
  const { days, station } = await ask(temperatures, {}, { postcode: '15140', from: '2026-02-01', to: '2026-03-01' })
  assert.equal(station, 'Lahti')
  assert.deepEqual(
    days.map(({ day, step, temperatures: of }) => [day, step, of.length, of.slice(0, 3)]),
    [
      ['2026-02-01', 60, 24, [-8, -7.1, -7]],
      ['2026-02-02', 1440, 1, [-4.5]],
    ],
  )
  const { rows } = await opened.owner.query(`select count(*)::int as versions from temperature_day where step = 60`)
  assert.deepEqual(rows, [{ versions: 2 }], 'hours that are added make no version, one that is corrected does')
})

test('the heat of a home as in a normal year, by month and year', async () => {
  const { owner } = opened
  const one = async (into: string, values: string): Promise<number> => {
    const { rows } = await owner.query<{ id: string }>(
      `insert into ${into}, controllers, source, recorded_at, recorded_by) values (${values}, ${told}) returning id`,
    )
    return Number(rows[0]?.id)
  }
  const who = await person(owner)
  const site = await one(`site (street_fi, postcode, use`, `'Mallikatu', '15140', 'permanent-dwelling'`)
  const point = await one(
    `accounting_point (site_id, energy, code, kind, status`,
    `${site}, 'heat', 'L1', 'consumption', 'connected'`,
  )
  await one(`occupancy (customer_id, site_id, role, during`, `${who}, ${site}, 'holder', '[2020-01-01,)'`)
  await owner.query(
    `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale) values (1, 'HEAT', 'heat', 'sales', 'Lämpö', 'Värme', 'Heat', '[2020-01-01,)')`,
  )
  const { rows } = await owner.query<{ id: string }>(
    `insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, source, recorded_at, recorded_by)
     select 'H1', 1, 'sales', 'heat', ${site}, ${point}, id, '[2020-01-01,)', '2024', 'test', '2026-01-01Z', 'system:test' from product returning id`,
  )
  await owner.query(
    `insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
     values (${Number(rows[0]?.id)}, ${who}, 'holder', '[2020-01-01,)', 1, 'test', '2026-01-01Z', 'system:test')`,
  )
  // Ten kWh a day for water, and 300 Wh for each of the year's degree days, read once a month.
  let sum = 0
  const shown = normal.map((amount, i) => {
    const days = new Date(Date.UTC(2025, i + 1, 0)).getUTCDate()
    sum += days * 10 + (i === 6 || i === 7 ? 0 : (amount / 2) * 0.3)
    const first = new Date(Date.UTC(2025, i + 1, 1)).toISOString().slice(0, 10)
    return `L1;${first.split('-').toReversed().join('.')} 0:00;${sum.toFixed(3)}`
  })
  assert.deepEqual(
    await taken('heat-registers', ['Käyttöpaikka;Lukuaika;Lukema', 'L1;1.1.2025 0:00;0', ...shown]),
    [13, 0, 0, 0],
  )
  const { station, reference, base, months, years } = await ask(
    normalisedHeat,
    { customer_id: who, point_id: point },
    { from: '2025-01-01', to: '2026-01-01' },
  )
  assert.deepEqual([station, reference, base], ['Lahti', { from: '1991-01-01', to: '2021-01-01' }, 10_000])
  assert.deepEqual(months[0], {
    start: '2025-01-01',
    total: 310_000 + 105_000,
    degree_days: 350,
    normal: 700,
    normalised: 310_000 + 210_000,
    lacks: null,
  })
  assert.equal(months.length, 12)
  const [year] = years
  assert.equal(year?.total, sum * 1_000)
  assert.ok(
    Math.abs((year?.normalised ?? 0) - (3_650_000 + 2 * (sum * 1_000 - 3_650_000))) <= 1,
    'twice as cold, twice the heating',
  )
})
