// A customer asks why the bill was high: the agent opens what was used, from the months of the year down to the quarters of a day, and as it was known before it was corrected.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { timeOf } from '../../chapters/metering/grid.ts'
import { gs1Check } from '../../chapters/sites/index.ts'
import { clean } from '../accessible.ts'
import { eventually } from '../eventually.ts'
import { journey, type Journey } from '../journey.ts'
import { person } from '../people.ts'

const told = `'test', '2026-01-01Z', 'system:test'`
const code = `64990000000000099${gs1Check('64990000000000099')}`
let walk: Journey
let who = 0
let point = 0

const idOf = async (text: string, values: unknown[] = []): Promise<number> =>
  Number((await walk.owner.query<{ id: string }>(text, values)).rows[0]?.id)

/** Days of quarters, each value `wh(slot)`, brought by whoever tends the files. */
const brought = async (page: Page, days: readonly string[], wh: (slot: number) => number) => {
  const rows = days.flatMap((day) =>
    Array.from({ length: 96 }, (_, slot) =>
      [code, 'PT15M', 'Wh', new Date(timeOf(day, 15, slot)).toISOString(), wh(slot), 'OK'].join(';'),
    ),
  )
  const text = ['Mittauspisteen tunnus;Resoluutio;Yksikkötyyppi;Alkuaika;Määrä;Laatu', ...rows].join('\n')
  await page.goto(`${walk.address}/desk/imports`)
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Valitse tiedosto' }).click(),
  ])
  await chooser.setFiles({ name: `mittaukset-${days.length}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.getByRole('heading', { level: 1, name: /mittaukset/ }).waitFor()
  await page.getByRole('textbox', { name: 'Lähettäjä' }).fill('datahub')
  await page.getByRole('button', { name: 'Kokeile' }).click()
  await page.getByRole('button', { name: `Ota sisään ${rows.length} riviä` }).click()
  await page.getByText(`${rows.length} riviä on rekisterissä.`).waitFor()
}

before(async () => {
  walk = await journey()
  await walk.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  who = await person(walk.owner, { given: 'Sanelma', family: 'Sähkölä' })
  const site = await idOf(
    `insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by)
     values ('Valokatu', '3', '15140', 'permanent-dwelling', 3, ${told}) returning id`,
  )
  point = await idOf(
    `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
     values ($1, 'electricity', $2, 'consumption', 'connected', 3, ${told}) returning id`,
    [site, code],
  )
  await walk.owner.query(
    `insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2020-01-01,)', 3, ${told})`,
    [who, site],
  )
})
after(async () => {
  await walk.stop()
})

const shot = async (page: Page, name: string) => {
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

test('a file brings a year, a correction keeps it, and the agent sees both, down to the quarters of a day', async () => {
  const clerk = await walk.at('/desk/imports', ['market-exchange'])
  await brought(clerk, ['2025-10-01', '2025-10-02', '2026-10-01', '2026-10-02'], (slot) => 240 + (slot % 2) * 20)
  await walk.owner.query(`update reading_day set recorded_at = '2026-10-03T06:00:00Z'`)
  await brought(clerk, ['2026-10-02'], (slot) => (slot < 48 ? 250 : 1000))

  const page = await walk.at(`/desk/customers/${who}/points/${point}?by=year&at=2026-10-02`, ['network-service'])
  await page.getByRole('heading', { name: 'Kulutus', level: 1 }).waitFor()
  const table = page.getByRole('region', { name: /^Kulutus, / })
  await table.getByRole('row', { name: /84/ }).waitFor()
  await eventually(async () =>
    assert.match((await table.innerText()).replaceAll('\u00a0', ' '), /lokakuu\s+84\s+48\s+mitattu/),
  )
  await clean(page, 'a year')
  await shot(page, 'year')

  // All 35,040 quarters of the year, read by keys: what stands under the mark is said.
  const fineness = page.getByRole('radiogroup', { name: 'Tarkkuus' })
  await fineness.getByRole('radio', { name: 'Mittausväli' }).click()
  const mark = page.getByRole('slider', { name: /^Kulutus, 2026: yhteensä 84,000/ })
  await mark.waitFor()
  assert.equal(await mark.getAttribute('aria-valuemax'), '35039')
  await mark.press('Home')
  const reads = (text: string) =>
    page
      .getByRole('slider')
      .and(page.locator(`[aria-valuetext^="${text}"]`))
      .waitFor()
  await reads('1.1.2026 00.00: –, ei tietoja')
  await mark.press('PageUp')
  await mark.press('ArrowRight')
  await reads('2.1.2026 00.15: –, ei tietoja')
  await mark.press('+')
  await mark.press('+')
  await page.getByRole('button', { name: 'Koko jakso' }).click()
  await clean(page, 'a year of quarters')
  await shot(page, 'quarters')

  const length = page.getByRole('radiogroup', { name: 'Mitä näytetään' })
  await length.getByRole('radio', { name: 'Kuukausi' }).click()
  await page.getByRole('heading', { name: 'lokakuu 2026' }).waitFor()
  await table.getByRole('row', { name: /60,0/ }).waitFor()
  await clean(page, 'a month')
  await fineness.getByRole('radio', { name: 'Tunti' }).click()
  await page.getByRole('slider').and(page.locator('[aria-valuemax="744"]')).press('Home')
  await reads('1.10.2026 00.00: 1,000 kWh, mitattu, vuotta aiemmin 1,000')

  await length.getByRole('radio', { name: 'Vuorokausi' }).click()
  await page.getByRole('heading', { name: '2.10.2026' }).waitFor()
  await page.getByText('60,000 kWh').first().waitFor()
  await page.getByText(/^Versio 2, lähde datahub/).waitFor()
  await eventually(async () => assert.equal(await table.getByRole('row').count(), 97, 'a head and 96 quarters'))
  await clean(page, 'a day')
  await shot(page, 'day')

  await page.getByLabel('Sellaisena kuin tiedettiin').fill('4.10.2026')
  await page.getByText(/^Versio 1, lähde datahub/).waitFor()
  await page.getByText('24,000 kWh').first().waitFor()

  await page.getByRole('link', { name: 'Edellinen' }).click()
  await page.getByRole('heading', { name: '1.10.2026' }).waitFor()
  await page.getByRole('link', { name: 'Asiakkaan kortille' }).waitFor()
})

test('the sums of all points of a customer and of a home stand by month, and the home says a year in a line', async () => {
  const page = await walk.at(`/desk/customers/${who}/consumption?year=2026`, ['network-service'])
  const points = page.getByRole('region', { name: 'Kulutus käyttöpaikoittain 2026, kWh' })
  await points.getByRole('row', { name: new RegExp(`Sähkö ${code} .*84`) }).waitFor()
  await page
    .getByRole('region', { name: 'Kulutus energioittain 2026, kWh' })
    .getByText('Sähkö, 1 käyttöpaikka')
    .waitFor()
  await clean(page, 'sums')
  await page.getByRole('link', { name: code }).click()
  await page.getByRole('heading', { name: '2026', exact: true }).waitFor()

  const { rows } = await walk.owner.query<{ id: string }>('select site_id as id from accounting_point where id = $1', [
    point,
  ])
  await page.goto(`/desk/sites/${rows[0]?.id}`)
  await page
    .getByRole('img', { name: /^Kulutus kuukausittain: .*ei tietoja/ })
    .or(page.getByText('Ei kulutustietoja viimeisten 13 kuukauden ajalta'))
    .first()
    .waitFor()
  await page.getByRole('link', { name: 'Kulutus' }).click()
  await page.getByRole('heading', { level: 1, name: 'Kulutus käyttöpaikoittain' }).waitFor()
})
