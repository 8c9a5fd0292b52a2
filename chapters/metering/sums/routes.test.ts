// Sums over the points of a customer and of a site: each day with its own walls, so that no sum holds a day that is closed to whoever asks.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testRegister, type TestRegister } from '../../../tests/database.ts'
import { contractOf, dayOf, homeOf, productOf, putDays } from '../../../tests/measured.ts'
import { person } from '../../../tests/people.ts'
import { served, staffIn, type Served } from '../../../tests/served.ts'
import type { CustomerId } from '../../customers/index.ts'
import * as api from './api.ts'
import { sumRoutes } from './routes.ts'

const grid = staffIn('network-service', 'network')
const retail = staffIn('customer-service', 'retail')
const collector = staffIn('collection', 'retail')

let opened: TestRegister
let desk: Served
const people = { former: 0 as CustomerId, present: 0 as CustomerId }
let home = { site_id: 0, point_id: 0 }
let heat = { site_id: 0, point_id: 0 }

before(async () => {
  opened = await testRegister()
  const { owner } = opened
  desk = await served(opened.register, sumRoutes)
  await owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  people.former = (await person(owner)) as CustomerId
  people.present = (await person(owner)) as CustomerId
  home = await homeOf(owner, people.former, { during: '[2020-01-01,2026-02-15)' })
  heat = await homeOf(owner, undefined, { energy: 'heat', site: home.site_id })
  await owner.query(
    `insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2026-02-15,)', 3, 'test', '2026-01-01Z', 'system:test')`,
    [people.present, home.site_id],
  )
  const sales = await productOf(owner, 'SALES')
  await contractOf(owner, people.former, home, sales, '[2026-02-01,2026-02-15)')
  for (const point of [home.point_id, heat.point_id])
    await putDays(owner, point, [
      dayOf('2026-01-31', 100),
      dayOf('2026-02-14', 200),
      { ...dayOf('2026-02-20', 300), quality: Uint8Array.from({ length: 24 }, (_, i) => (i < 3 ? 2 : 0)) },
    ])
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const span = { from: '2026-01-01', to: '2027-01-01' }
const ofCustomer = async (who: CustomerId, as = grid, query: object = {}) => {
  desk.lines()
  const { output, status } = await desk.ask(as, api.sumsOfCustomer, {
    params: { customer_id: who },
    query: { ...span, ...query },
  })
  assert.equal(status, 200)
  return output.map(({ energy, start, points, days, total, lacking }) => [energy, start, points, days, total, lacking])
}
const ofSite = async (as = grid, query: object = {}) => {
  desk.lines()
  const { output } = await desk.ask(as, api.sumsOfSite, {
    params: { site_id: home.site_id },
    query: { ...span, ...query },
  })
  return output.map(({ energy, start, points, days, total, lacking }) => [energy, start, points, days, total, lacking])
}

test('each has their own days of the home, point by point, and one row for each energy', async () => {
  assert.deepEqual(await ofCustomer(people.former), [
    ['electricity', '2026-01-01', 1, 1, 2_400, 0],
    ['electricity', '2026-02-01', 1, 1, 4_800, 0],
    ['heat', '2026-01-01', 1, 1, 2_400, 0],
    ['heat', '2026-02-01', 1, 1, 4_800, 0],
  ])
  assert.deepEqual(
    desk.lines().map(({ subject }) => subject),
    [people.former],
  )
  assert.deepEqual(await ofCustomer(people.present, grid, { per: 'energy', by: 'year' }), [
    ['electricity', '2026-01-01', 1, 1, 7_200, 3],
    ['heat', '2026-01-01', 1, 1, 7_200, 3],
  ])
  assert.deepEqual(await ofCustomer(people.former, grid, { after: home.point_id }), [
    ['heat', '2026-01-01', 1, 1, 2_400, 0],
    ['heat', '2026-02-01', 1, 1, 4_800, 0],
  ])
})

test('a site has the days of all who lived there, who all see that somebody looked', async () => {
  assert.deepEqual(await ofSite(grid, { per: 'energy', by: 'year' }), [
    ['electricity', '2026-01-01', 1, 3, 14_400, 3],
    ['heat', '2026-01-01', 1, 3, 14_400, 3],
  ])
  assert.deepEqual(new Set(desk.lines().map(({ subject }) => subject)), new Set([people.former, people.present]))
})

test('no sum holds a day that is closed: of a company that did not serve, of the protected, of the restricted', async () => {
  assert.deepEqual(await ofSite(retail), [['electricity', '2026-02-01', 1, 1, 4_800, 0]])
  await opened.owner.query('select wall_protected(array[$1::bigint], true)', [people.former])
  assert.deepEqual(await ofSite(grid, { per: 'energy', by: 'year' }), [
    ['electricity', '2026-01-01', 1, 1, 7_200, 3],
    ['heat', '2026-01-01', 1, 1, 7_200, 3],
  ])
  assert.deepEqual(await ofCustomer(people.former), [])
  await opened.owner.query('select wall_protected(array[$1::bigint], false)', [people.former])
  await opened.owner.query('select wall_restricted(array[$1::bigint], true)', [people.present])
  assert.deepEqual(await ofCustomer(people.present), [])
  await opened.owner.query('select wall_restricted(array[$1::bigint], false)', [people.present])
  const refused = await desk.ask(collector, api.sumsOfSite, { params: { site_id: home.site_id }, query: span })
  assert.equal(refused.status, 403)
  const long = { from: '2026-01-01', to: '2026-12-01', by: 'day' as const }
  assert.equal((await desk.ask(grid, api.sumsOfSite, { params: { site_id: home.site_id }, query: long })).status, 422)
})
