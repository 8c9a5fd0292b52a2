// A heated home: its year as in a normal year and how far the water was cooled, and its yearly estimate, by hand and computed of what it used.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { packed } from '../../chapters/metering/block.ts'
import { dayAfter, slotsOf } from '../../chapters/metering/grid.ts'
import { packedFlow, packedShown } from '../../chapters/metering/heat/block.ts'
import { dayOf } from '../../platform/clock.ts'
import { clean } from '../accessible.ts'
import { eventually } from '../eventually.ts'
import { journey, type Journey } from '../journey.ts'
import { person } from '../people.ts'

const told = `'test', '2026-01-01Z', 'system:test'`
let walk: Journey
let [who, site, point] = [0, 0, 0]

const idOf = async (text: string, values: unknown[] = []): Promise<number> =>
  Number((await walk.owner.query<{ id: string }>(text, values)).rows[0]?.id)

before(async () => {
  walk = await journey()
  await walk.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  who = await person(walk.owner, { given: 'Lauri', family: 'Lämpölä' })
  site = await idOf(
    `insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by)
     values ('Valokatu', '3', '15140', 'permanent-dwelling', 3, ${told}) returning id`,
  )
  point = await idOf(
    `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
     values ($1, 'heat', 'KL1', 'consumption', 'connected', 3, ${told}) returning id`,
    [site],
  )
  await walk.owner.query(
    `insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2020-01-01,)', 3, ${told})`,
    [who, site],
  )
  await walk.owner.query(
    `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale)
     values (1, 'HEAT', 'heat', 'sales', 'Lämpö', 'Värme', 'Heat', '[2020-01-01,)')`,
  )
  const contract = await idOf(
    `insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, source, recorded_at, recorded_by)
     select 'H1', 1, 'sales', 'heat', $1, $2, id, '[2020-01-01,)', '2024', ${told} from product where code = 'HEAT' returning id`,
    [site, point],
  )
  await walk.owner.query(
    `insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2020-01-01,)', 1, ${told})`,
    [contract, who],
  )
  // A kilowatt-hour each hour, and two in January 2025.
  const days: string[] = []
  for (let day = '2024-01-01'; day < dayOf(new Date()); day = dayAfter(day)) days.push(day)
  const values = days.map((day) => new Int32Array(slotsOf(day, 60)).fill(day.startsWith('2025-01') ? 2_000 : 1_000))
  await walk.owner.query(
    `insert into reading_day (point_id, site_id, day, step, total, lacking, vals, controllers, source, recorded_at, recorded_by)
     select $1, $2, day, 60, total, 0, vals, serving_on($1, day), ${told} from unnest($3::date[], $4::bigint[], $5::bytea[]) as t (day, total, vals)`,
    [
      point,
      site,
      days,
      values.map((all) => all.reduce((sum, value) => sum + value, 0)),
      values.map((all) => packed(all)),
    ],
  )
  const normal = [700, 650, 590, 380, 150, 35, 4, 30, 180, 370, 510, 650]
  await walk.owner.query(
    `insert into degree_days (station, kind, month, during, version, amount, source, received_at, recorded_by)
     select 'Lahti', kind, case kind when 'normal' then n else 0 end,
            case kind when 'normal' then '[1991-01-01,2021-01-01)'::daterange
                      else daterange(make_date(2025, n, 1), (make_date(2025, n, 1) + interval '1 month')::date) end,
            1, case kind when 'normal' then amount * 10 else amount * 5 end, ${told}
       from unnest($1::integer[]) with ordinality as t (amount, place), lateral (select place::int as n) m, unnest(array['normal', 'month']) as kind`,
    [normal],
  )
  await walk.owner.query(
    `insert into weather_area (kind, code, station, during, source, received_at, recorded_by) values ('municipality', '398', 'Lahti', '(,)', ${told})`,
  )
  const hour = <T>(value: T): (T | null)[] => Array.from({ length: 24 }, (_, i) => (i === 2 ? value : null))
  await walk.owner.query(
    `insert into heat_day (point_id, site_id, day, shown, flow, volume, supply, back, controllers, source, recorded_at, recorded_by)
     values ($1, $2, '2025-01-02', $3, $4, 40000, 2800, 1200, serving_on($1, '2025-01-02'), ${told})`,
    [
      point,
      site,
      packedShown(hour([100_000, 1_000_000, 70_000, 30_000] as const)),
      packedFlow(hour([40_000, 2_800, 1_200] as const)),
    ],
  )
})
after(async () => {
  await walk.stop()
})

const shot = async (page: Page, name: string) => {
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
const flat = (text: string): string => text.replaceAll(/[\s\u00a0\u202f]+/g, ' ')

test('the year of a heated home is told as in a normal year, with the water that was cooled', async () => {
  const page = await walk.at(`/desk/customers/${who}/points/${point}?by=year&at=2025-06-01`, ['customer-service'])
  const panel = page.getByRole('region', { name: 'Sääkorjattu lämpö ja jäähtymä' })
  await panel.getByText('Lämmitystarveluvut: Lahti, normaalivuosi 1991–2020.').waitFor()
  // Eleven months of what does not depend on the weather; what January used beyond it, in the ratio of the year.
  await eventually(async () => {
    const text = flat(await panel.innerText())
    assert.match(text, /Vuosi 2025 normaalivuoden säässä: 10 248 kWh\. Mitattu 9 504 kWh\./)
    assert.match(text, /tammikuu 2025 1 488 2 232 350,0 700,0 70,0 30,0 40,0/)
    assert.match(text, /Säästä riippumatta kuluu 24,0 kWh päivässä/)
  })
  await clean(page, 'heat of a year')
  await shot(page, 'heat')
})

test('a yearly estimate is told by hand, and computed of what was used', async () => {
  const page = await walk.at(`/desk/sites/${site}`, ['customer-service'])
  await page.getByRole('button', { name: 'Vuosiarvio' }).click()
  const dialog = page.getByRole('dialog', { name: 'Vuosiarvio' })
  await dialog.getByRole('textbox', { name: 'kWh vuodessa' }).fill('12 500,5')
  await clean(page, 'an estimate')
  await shot(page, 'estimate')
  await dialog.getByRole('button', { name: 'Tallenna' }).click()
  await dialog.waitFor({ state: 'detached' })
  const stands = async () =>
    (
      await walk.owner.query<{ wh: number; source: string; basis: boolean }>(
        `select wh::int, source, basis is not null as basis from annual_estimate where point_id = $1 and upper_inf(during)`,
        [point],
      )
    ).rows
  assert.deepEqual(await stands(), [{ wh: 12_500_500, source: 'desk', basis: false }])

  await page.getByRole('button', { name: 'Vuosiarvio' }).click()
  await dialog.getByRole('button', { name: 'Laske kulutuksesta' }).click()
  await dialog.getByText('Kaikki päivät on mitattu.').waitFor()
  await shot(page, 'computed')
  await dialog.getByRole('button', { name: 'Tallenna' }).click()
  await dialog.waitFor({ state: 'detached' })
  await eventually(async () => {
    const [made] = await stands()
    assert.equal(made?.source, 'computed')
    assert.equal(made.basis, true)
    // A year of hours, of which some are leap years.
    assert.ok(made.wh === 8_760_000 || made.wh === 8_784_000, String(made.wh))
  })
})
