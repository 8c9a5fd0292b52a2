import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testRegister, type TestRegister } from '../../../tests/database.ts'
import { person } from '../../../tests/people.ts'
import { served, staffIn, type Served } from '../../../tests/served.ts'
import * as api from './api.ts'
import { meterRoutes } from './routes.ts'

const retail = staffIn('customer-service', 'retail')
const grid = staffIn('network-service', 'network')
const collector = staffIn('collection', 'retail')

let opened: TestRegister
let desk: Served
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, meterRoutes)
  await opened.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

let serial = 0
/** A heated home that both companies serve, and who lives there. */
const home = async () => {
  const who = await person(opened.owner)
  const told = `3, 'test', '2026-01-01Z', 'system:test'`
  const made = async (into: string, values: string): Promise<number> => {
    const { rows } = await opened.owner.query<{ id: string }>(
      `insert into ${into}, controllers, source, recorded_at, recorded_by) values (${values}, ${told}) returning id`,
    )
    return Number(rows[0]?.id)
  }
  serial += 1
  const site_id = await made(`site (street_fi, postcode, use`, `'Mallikatu', '15140', 'permanent-dwelling'`)
  const point_id = await made(
    `accounting_point (site_id, energy, code, kind, status`,
    `${site_id}, 'heat', 'M${serial}', 'consumption', 'connected'`,
  )
  await made(`occupancy (customer_id, site_id, role, during`, `${who}, ${site_id}, 'holder', '[2020-01-01,)'`)
  desk.lines()
  return { who, site_id, point_id }
}
type Home = Awaited<ReturnType<typeof home>>
type Body = Parameters<typeof desk.ask<typeof api.changeMeter>>[2]['body']

const change = ({ point_id }: Home, body: Partial<Body>, as = retail) =>
  desk.ask(as, api.changeMeter, {
    params: { point_id },
    body: {
      on: '2024-05-01',
      former: null,
      serial: `A${point_id}`,
      readings: [{ register: 'energy', value: 0 }],
      ...body,
    },
  })
const seen = async ({ site_id }: Home, as = retail) => {
  const { output, status } = await desk.ask(as, api.metersOfSite, { params: { site_id } })
  assert.equal(status, 200)
  return output
}
const installed = async () => {
  const here = await home()
  const { status, output, problem } = await change(here, { readings: [{ register: 'energy', value: 5_000 }] })
  assert.equal(status, 200, JSON.stringify(problem))
  return { ...here, meter: output }
}
const going = ({ meter }: Awaited<ReturnType<typeof installed>>, value: number, rolled_over = false) => ({
  id: meter.id,
  version: meter.version,
  readings: [{ register: 'energy' as const, value, rolled_over }],
})

test('a meter is exchanged in one act: the last reading of one and the first of the other at one moment', async () => {
  const here = await installed()
  desk.lines()
  const { status, problem } = await change(here, {
    on: '2026-11-20',
    time: '09:30',
    former: going(here, 77_000),
    serial: `B${here.point_id}`,
    registers: ['energy', 'volume'],
    readings: [
      { register: 'energy', value: 3 },
      { register: 'volume', value: 1 },
    ],
  })
  assert.equal(status, 200, JSON.stringify(problem))
  assert.deepEqual(
    desk.lines().map(({ outcome, subject }) => [outcome, subject]),
    [['written', here.who]],
  )
  assert.deepEqual(
    (await seen(here, grid)).map(({ serial: number, during, readings }) => [
      number,
      during,
      readings.map(({ kind, register, value, at }) => [kind, register, value, at]),
    ]),
    [
      [
        `B${here.point_id}`,
        { from: '2026-11-20', to: null },
        [
          ['first', 'energy', 3, '2026-11-20T07:30:00.000Z'],
          ['first', 'volume', 1, '2026-11-20T07:30:00.000Z'],
        ],
      ],
      [
        `A${here.point_id}`,
        { from: '2024-05-01', to: '2026-11-20' },
        [
          ['last', 'energy', 77_000, '2026-11-20T07:30:00.000Z'],
          ['first', 'energy', 5_000, '2024-05-01T09:00:00.000Z'],
        ],
      ],
    ],
  )
})

test('an exchange that cannot be is refused with the reason, and nothing of it stays', async () => {
  const here = await installed()
  const other = await installed()
  const fresh = { on: '2026-01-01', former: going(here, 6_000), serial: `N${here.point_id}` }
  const before_ = JSON.stringify(await seen(here))
  const table: readonly [string, number, Partial<Body>, string][] = [
    [
      'below the former reading',
      422,
      { former: going(here, 4_999) },
      'body.former.readings.0.value reading.below-former',
    ],
    ['the day it came', 422, { on: '2024-05-01' }, 'body.on meter.before-it-came'],
    ['before it came', 422, { on: '2024-04-30' }, 'body.on meter.before-it-came'],
    ['not yet', 422, { on: '2026-11-25' }, 'body.on meter.future'],
    ['stands elsewhere', 422, { serial: other.meter.serial }, 'body.serial meter.stands-elsewhere'],
    ['itself', 422, { serial: here.meter.serial }, 'body.serial meter.same'],
    ['no first reading', 422, { readings: [] }, 'body.readings reading.each-register'],
    [
      'no last reading',
      422,
      { former: { ...going(here, 1), readings: [] } },
      'body.former.readings reading.each-register',
    ],
    [
      'of a register that it has not',
      422,
      { readings: [{ register: 'volume', value: 1 }] },
      'body.readings reading.each-register',
    ],
    ['a register twice', 422, { registers: ['energy', 'energy'] }, 'body.registers meter.register-twice'],
    ['changed meanwhile', 409, { former: { ...going(here, 6_000), version: 9 } }, 'meter.changed'],
    ['that there is one was not seen', 409, { former: null }, 'meter.changed'],
    ['of another point', 409, { former: going(other, 6_000) }, 'meter.changed'],
  ]
  for (const [what, status, body, told] of table) {
    const { status: got, problem } = await change(here, { ...fresh, ...body })
    const all = problem.faults?.map(({ path, code }) => `${path} ${code}`) ?? [problem.code]
    assert.equal(got, status, `${what}: ${JSON.stringify(problem)}`)
    assert.ok(all.includes(told), `${what}: ${all.join(', ')}`)
    assert.equal(JSON.stringify(await seen(here)), before_, what)
  }
  const round = await change(here, { ...fresh, former: going(here, 12, true) })
  assert.equal(round.status, 200, JSON.stringify(round.problem))
})

test('two who exchange one meter: the second is refused', async () => {
  const here = await installed()
  const body = { on: '2026-01-01', former: going(here, 6_000) }
  assert.equal((await change(here, { ...body, serial: `P${here.point_id}` })).status, 200)
  const second = await change(here, { ...body, serial: `Q${here.point_id}` })
  assert.deepEqual([second.status, second.problem.code], [409, 'meter.changed'])
})

test('who keeps the point exchanges; others see, or not even that', async () => {
  const here = await installed()
  const body = { on: '2026-01-01', former: going(here, 6_000), serial: `R${here.point_id}` }
  const theirs = await change(here, body, grid)
  assert.deepEqual([theirs.status, theirs.problem.code], [403, 'point.kept-by-another'])
  assert.equal((await change(here, body, collector)).status, 403)
  assert.equal((await desk.ask(collector, api.metersOfSite, { params: { site_id: here.site_id } })).status, 403)
  assert.equal((await seen(here, grid)).length, 1)
  await opened.owner.query('select wall_protected(array[$1::bigint], true)', [here.who])
  assert.deepEqual(await seen(here), [])
  assert.equal((await change(here, body)).problem.code, 'point.not-found')
})

test('the database itself keeps two meters apart, at a point and in two places, and readings unchanged', async () => {
  const [here, other] = [await installed(), await installed()]
  const put = (point: Home, number: string, during: string) =>
    opened.owner.query(
      `insert into meter (point_id, site_id, energy, kind, serial, registers, during, controllers, source, recorded_at, recorded_by)
       values ($1, $2, 'heat', 'main', $3, '{energy}', $4, 3, 'test', '2026-01-01Z', 'system:test')`,
      [point.point_id, point.site_id, number, during],
    )
  await assert.rejects(put(here, 'X1', '[2025-01-01,)'), { code: '23P01' })
  await assert.rejects(put(other, here.meter.serial, '[2020-01-01,2024-05-02)'), { code: '23P01' })
  await put(other, here.meter.serial, '[2020-01-01,2024-05-01)')
  const { rows } = await opened.owner.query<{ n: string }>(
    `select count(*) as n from information_schema.column_privileges where table_name = 'meter_reading' and privilege_type = 'UPDATE'
        and grantee like '%.%' and grantee not like 'postgres%'`,
  )
  assert.equal(Number(rows[0]?.n), 0)
})
