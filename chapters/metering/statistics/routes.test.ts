// Statistics of consumption: only large groups, nobody behind a wall in them, each month made once; and nobody but the machinery reads what they are made of.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Law } from '../../../register/description.ts'
import { testRegister, type TestRegister } from '../../../tests/database.ts'
import { dayOf, homeOf, putDays } from '../../../tests/measured.ts'
import { person } from '../../../tests/people.ts'
import { served, staffIn, type Served } from '../../../tests/served.ts'
import { sumsOfSite } from '../sums/api.ts'
import { sumRoutes } from '../sums/routes.ts'
import * as api from './api.ts'
import { statisticRoutes } from './routes.ts'
import { wholeOn, monthsToMake } from './rules.ts'

const developer = staffIn('development', 'network')
const maker = { handle: 'system:statistics', staff_id: null, role: 'statistics', hat: 'network' }

/** A group of three is enough here, and nobody may be more than half of it. */
const figures = (value: Readonly<Record<string, string>>): readonly Law[] =>
  Object.entries(value).map(([id, figure]) => ({
    id,
    title: { fi: id, sv: id, en: id },
    cite: 'test',
    kind: 'deadline',
    validFrom: '2014-05-01',
    verified: true,
    value: figure,
  }))
const laws = figures({ 'statistics-group-size': '3', 'statistics-largest-share': '50' })

let opened: TestRegister
let desk: Served
const points: number[] = []
const people: number[] = []

/** The clock of the tests stands at 24 November 2026: September is the newest month that is made. */
const september = (wh: number) => [dayOf('2026-09-10', wh), dayOf('2026-09-11', wh)]

before(async () => {
  opened = await testRegister()
  const { owner } = opened
  desk = await served(opened.register, [...statisticRoutes({ laws }), ...sumRoutes])
  await owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  for (let i = 0; i < 4; i++) {
    const who = await person(owner, { protected: i === 3 })
    const { point_id } = await homeOf(owner, who)
    people.push(who)
    points.push(point_id)
    await putDays(owner, point_id, september(1_000))
  }
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const made = async () => {
  const { output, status } = await desk.ask(maker, api.makeStatistics, {})
  assert.equal(status, 200)
  return output.made
}
const seen = async () => {
  const { output } = await desk.ask(developer, api.consumptionStatistics, {})
  return output.map(({ month, energy, holders, days, wh, least }) => [month, energy, holders, days, wh, least])
}

test('a group is large enough or is not made, and the protected are not in it', async () => {
  await opened.owner.query(`update reading_day set day = '2026-08-10' where day = '2026-09-10' and point_id = $1`, [
    points[0],
  ])
  assert.equal(await made(), 1)
  assert.deepEqual(await seen(), [['2026-09-01', 'electricity', 3, 5, 120_000, 3]])
  assert.deepEqual(
    desk.lines().map(({ subject, categories }) => [subject, categories]),
    [
      [null, []],
      [null, []],
    ],
    'August has one home: it is not told, and nobody was shown',
  )
})

test('a month is made once: whoever comes to it later, or leaves it, cannot be told by the difference', async () => {
  const who = await person(opened.owner)
  const { point_id } = await homeOf(opened.owner, who)
  await putDays(opened.owner, point_id, september(700))
  assert.equal(await made(), 0)
  assert.deepEqual(await seen(), [['2026-09-01', 'electricity', 3, 5, 120_000, 3]])
})

test('one who makes most of a group hides it', async () => {
  await opened.owner.query('delete from consumption_statistic')
  await opened.owner.query(`update reading_day set total = total * 9 where point_id = $1`, [points[1]])
  assert.equal(await made(), 0)
  await opened.owner.query(`update reading_day set total = total / 9 where point_id = $1`, [points[1]])
})

test('who sees statistics sees nothing of what they are made of, and who makes them works for one company', async () => {
  const site = { params: { site_id: 1 }, query: { from: '2026-09-01', to: '2026-10-01' } }
  assert.equal((await desk.ask(developer, sumsOfSite, site)).status, 403)
  assert.equal((await desk.ask(developer, api.makeStatistics, {})).status, 403)
  assert.equal((await desk.ask(staffIn('customer-service', 'retail'), api.consumptionStatistics, {})).status, 403)
  assert.equal(await made(), 1)
  const retail = await desk.ask(staffIn('development', 'retail'), api.consumptionStatistics, {})
  assert.deepEqual(retail.output, [], 'the network’s groups are not the retailer’s')
  for (const column of ['customer.number', 'customer_name.family', 'site.street_fi', 'contract.number']) {
    const [table = '', name = ''] = column.split('.')
    await assert.rejects(
      opened.register.pool('statistics.development.network').query(`select ${name} from ${table}`),
      /permission denied/,
      column,
    )
  }
})

test('the figures are those of the day, and without one nothing is made', () => {
  assert.equal(wholeOn(laws, 'statistics-group-size', '2026-11-24'), 3)
  assert.throws(() => wholeOn(laws, 'statistics-group-size', '2014-04-30'), /does not hold on 2014-04-30/)
  assert.throws(() => wholeOn(figures({ 'statistics-group-size': '0' }), 'statistics-group-size', '2026-01-01'))
  assert.deepEqual(monthsToMake('2026-02-10', new Set(['2025-12-01']), 2), ['2025-11-01', '2025-10-01'])
  assert.equal(monthsToMake('2026-02-10', new Set(), 99).length, 12)
})
