// A meter system that delivers by its token, as docs/guide/programs.md shows it: the very requests and answers that are printed there.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { makeToken } from '../chapters/access/tokens/api.ts'
import { openSearch } from '../chapters/customers/index.ts'
import type { AccessEvent } from '../enforcement/access-event.ts'
import { testRegister, type TestRegister } from '../tests/database.ts'
import { identified } from '../tests/identified.ts'
import { person } from '../tests/people.ts'
import { served, staffIn } from '../tests/served.ts'
import { identifyBy } from './callers.ts'
import { routesOf } from './routes.ts'

const now = () => new Date('2026-11-24T08:00:00Z')
let opened: TestRegister
let server: Awaited<ReturnType<typeof identified>>
let lines: AccessEvent[] = []
let token = ''
let guide = ''
const told = `3, 'test', '2026-01-01Z', 'system:test'`

const one = async (into: string, values: string): Promise<number> => {
  const { rows } = await opened.owner.query<{ id: string }>(
    `insert into ${into}, controllers, source, recorded_at, recorded_by) values (${values}, ${told}) returning id`,
  )
  return Number(rows[0]?.id)
}

before(async () => {
  opened = await testRegister()
  guide = await readFile(join(import.meta.dirname, '../docs/guide/programs.md'), 'utf8')
  const { register, owner } = opened
  const words = await openSearch(register.pool('search-index.customer-care.group'))
  const routes = routesOf(register, () => words, { pathOf: (name: string) => name } as never)
  server = await identified(
    register,
    routes,
    identifyBy(register, now, false),
    now,
    (events) => void lines.push(...events),
  )
  await owner.query(`insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis')`)
  const who = await person(owner, { protected: true })
  const site = await one(`site (street_fi, postcode, use`, `'Mallikatu', '15140', 'permanent-dwelling'`)
  await one(
    `occupancy (customer_id, site_id, role, during, protected`,
    `${who}, ${site}, 'holder', '[2020-01-01,)', true`,
  )
  await owner.query(`update site set protected = true where id = ${site}`)
  await one(
    `accounting_point (site_id, energy, code, kind, status, protected`,
    `${site}, 'electricity', '643000000000000017', 'consumption', 'connected', true`,
  )
  const heat = await one(
    `accounting_point (site_id, energy, code, kind, status, protected`,
    `${site}, 'heat', 'L1', 'consumption', 'connected', true`,
  )
  await one(
    `meter (point_id, site_id, energy, kind, serial, registers, digits, during, protected`,
    `${heat}, ${site}, 'heat', 'main', 'A-4711', '{energy,volume}', 5, '[2020-01-01,)', true`,
  )
  const { rows } = await owner.query<{ id: string }>(
    `insert into staff (login, name, unit, language, state, secrecy_committed_on, recorded_at, recorded_by)
     values ('vastaava', 'Testi Vastaava', 'Mittaus', 'fi', 'active', '2026-01-01', '2026-01-01Z', 'system:test') returning id`,
  )
  const desk = await served(register, routes)
  const made = await desk.ask(staffIn('administrator', 'group', 9_999), makeToken, {
    body: {
      name: 'Mittausjärjestelmä',
      role: 'metering-system',
      purpose: 'market-exchange',
      hat: 'group',
      staff_id: Number(rows[0]?.id),
      until: '2027-01-01',
    },
  })
  assert.equal(made.status, 200, JSON.stringify(made.problem))
  ;({ token } = made.output)
  await desk.server.close()
})
after(async () => {
  await server.close()
  await opened.drop()
})

const send = async (path: string, body: unknown, key?: string) => {
  lines = []
  const response = await server.inject({
    method: 'POST',
    url: path,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    payload: JSON.stringify(body),
  })
  return { status: response.statusCode, headers: response.headers, body: JSON.parse(response.body) }
}

/** The request to the path that the guide prints, and the answer printed after it. */
const printed = (path: string) => {
  const at = guide.indexOf(`REGISTER${path}`)
  assert.ok(at > 0, `the guide shows ${path}`)
  const request = /-d '([^']+)'/.exec(guide.slice(at))?.[1] ?? ''
  const answer = /```\n(\{[^`]+)```/.exec(guide.slice(at))?.[1]
  return { request: JSON.parse(request), answer: answer === undefined ? undefined : JSON.parse(answer) }
}

test('the example of the guide is answered as it is printed there, and again under its key, and once more without', async () => {
  const { request, answer } = printed('/api/deliveries/values')
  const key = '0b6ffb4e-6f0e-4f5e-9a51-7f0f3a2d9c11'
  const first = await send('/api/deliveries/values', request, key)
  assert.equal(first.status, 200, JSON.stringify(first.body))
  assert.deepEqual(
    lines.map(({ role, outcome, endpoint }) => `${role} ${outcome} ${endpoint}`),
    ['metering-system written deliver values of consumption'],
  )
  assert.deepEqual(first.body, answer)
  const again = await send('/api/deliveries/values', request, key)
  assert.equal(again.headers['idempotent-replayed'], 'true')
  assert.deepEqual(again.body, answer)
  const anew = await send('/api/deliveries/values', request)
  assert.deepEqual([anew.body.fresh, anew.body.same, anew.body.refused], [0, 4, 1])
  const { rows } = await opened.owner.query(
    `select version, total::int, protected, recorded_by ~ '^token:' as program from reading_day`,
  )
  assert.deepEqual(rows, [{ version: 1, total: 1207, protected: true, program: true }])
})

test('a correction by the same program is a version of its own', async () => {
  const series = { point: '643000000000000017', start: '2026-11-22T00:00:00+02:00', step: 60 }
  const deliver = async (values: readonly (number | null)[]) =>
    (await send('/api/deliveries/values', { source: 'ams', series: [{ ...series, values }] })).body
  assert.equal((await deliver([1, 2])).fresh, 2)
  assert.equal((await deliver([1, 3])).changed, 1)
  const { rows } = await opened.owner.query(`select version, total::int from reading_day where day = '2026-11-22'
    union all select version, total::int from reading_day_past where day = '2026-11-22' order by 1`)
  assert.deepEqual(rows, [
    { version: 1, total: 3 },
    { version: 2, total: 4 },
  ])
})

test('each series is judged by itself, and what is wrong with the request refuses all of it', async () => {
  const base = { point: '643000000000000017', start: '2026-11-20T00:00:00Z', step: 60 }
  const { body } = await send('/api/deliveries/values', {
    source: 'ams',
    series: [
      { ...base, values: [1, 2], quality: ['measured', 'missing'] },
      { ...base, values: [5] },
      { ...base, start: '2026-11-20T10:20:00Z', values: [5] },
      { ...base, start: '2026-12-20T10:00:00Z', values: [5] },
      { ...base, start: '2026-11-20T12:00:00Z', values: [-5, 3_000_000_000] },
    ],
  })
  assert.deepEqual(
    body.series.map(({ faults }: { faults: { index: number; field: string; code: string }[] }) =>
      faults.map(({ index, field, code }) => `${index} ${field} ${code}`).join(', '),
    ),
    [
      '',
      '0 start row.twice',
      '0 start value.off-grid',
      '0 start day.to-come',
      '0 amount value.negative, 1 values value.no-number',
    ],
  )
  const refused = await send('/api/deliveries/values', {
    source: 'ams',
    series: [{ ...base, values: [1], quality: [] }],
  })
  assert.deepEqual([refused.status, refused.body.code], [422, 'delivery.quality-count'])
  const many = Array.from({ length: 51_000 }, () => 1)
  const large = await send('/api/deliveries/values', {
    source: 'ams',
    series: [
      { ...base, values: many },
      { ...base, values: many },
    ],
  })
  assert.deepEqual([large.status, large.body.code], [422, 'delivery.too-large'])
  const bare = await send('/api/deliveries/values', {
    source: 'ams',
    series: [{ ...base, start: '2026-11-20 10:00', values: [1] }],
  })
  assert.deepEqual([bare.status, bare.body.code], [422, 'input.invalid'])
})

test('readings of the guide come in once; what cannot be is refused', async () => {
  const { request } = printed('/api/deliveries/readings')
  const deliver = async (readings: readonly object[]) => {
    const { body } = await send('/api/deliveries/readings', {
      source: 'ams',
      readings: readings.map((of) => ({ meter: 'A-4711', ...of })),
    })
    return [
      body.fresh,
      body.same,
      ...body.faults.map(
        ({ index, field, code }: { index: number; field: string; code: string }) => `${index} ${field} ${code}`,
      ),
    ]
  }
  assert.equal((await send('/api/deliveries/readings', request)).body.fresh, 1)
  assert.deepEqual(await deliver(request.readings), [0, 1])
  const at = '2026-11-01T00:00:00+02:00'
  const table: readonly [string, readonly object[], readonly unknown[]][] = [
    ['another of that moment', [{ at, value: 1 }], [0, 0, '0 reading reading.differs']],
    ['less than before', [{ at: '2026-11-02T00:00:00Z', value: 5 }], [0, 0, '0 reading reading.below-former']],
    ['more than after', [{ at: '2026-10-02T00:00:00Z', value: 6_000_000 }], [0, 0, '0 reading reading.above-later']],
    ['not its register', [{ at, register: 'night', value: 1 }], [0, 0, '0 register register.not-there']],
    ['not there', [{ meter: 'NONE', at, value: 1 }], [0, 0, '0 meter meter.not-there']],
    ['of another energy', [{ energy: 'gas', at, value: 1 }], [0, 0, '0 meter meter.not-there']],
    ['to come', [{ at: '2026-11-25T00:00:00Z', value: 6_000_000 }], [0, 0, '0 start day.to-come']],
    [
      'round: five digits of kWh',
      [
        { at: '2026-11-05T00:00:00Z', value: 99_990_000 },
        { at: '2026-11-06T00:00:00Z', value: 12 },
      ],
      [2, 0],
    ],
  ]
  for (const [what, readings, expected] of table) assert.deepEqual(await deliver(readings), expected, what)
  const { rows } = await opened.owner.query(
    `select value::int, rolled_over, kind, protected from meter_reading order by at`,
  )
  assert.deepEqual(rows, [
    { value: 5_350_000, rolled_over: false, kind: 'periodic', protected: true },
    { value: 99_990_000, rolled_over: false, kind: 'periodic', protected: true },
    { value: 12, rolled_over: true, kind: 'periodic', protected: true },
  ])
})

test('it brings, and is shown nothing', async () => {
  for (const url of [
    '/api/customers/1/points/1/days?from=2026-11-01&to=2026-11-02',
    '/api/sites/1/meters',
    '/api/sites/1/point-facts',
  ]) {
    const { statusCode } = await server.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } })
    assert.equal(statusCode, 403, url)
  }
})
