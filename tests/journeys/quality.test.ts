// A clerk sees what is missing and what was refused, adds the point that was not known, takes the faults in again, has the gap estimated, and takes the file back.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { dayOf } from '../../platform/clock.ts'
import { dayAfter, slotsOf, timeOf } from '../../chapters/metering/grid.ts'
import { gs1Check } from '../../chapters/sites/index.ts'
import { writeDay } from '../../web/kit/days.ts'
import { clean } from '../accessible.ts'
import { eventually } from '../eventually.ts'
import { type Journey, journey } from '../journey.ts'
import { person } from '../people.ts'

const told = `'test', '2026-01-01Z', 'system:test'`
const codeOf = (n: number): string => {
  const digits = `6499000000000020${n}`
  return `${digits}${gs1Check(digits)}`
}
const [known, late] = [codeOf(1), codeOf(2)]
const day = dayAfter(dayOf(new Date()), -2)
const count = slotsOf(day, 15)
let walk: Journey
let site = 0

const idOf = async (text: string): Promise<number> => Number((await walk.owner.query<{ id: string }>(text)).rows[0]?.id)
const addPoint = async (code: string): Promise<void> => {
  const point = await idOf(
    `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
     values (${site}, 'electricity', '${code}', 'consumption', 'connected', 3, ${told}) returning id`,
  )
  await walk.owner.query(`
    insert into point_facts (point_id, site_id, energy, during, metering_method, resolution_minutes, grid_area, controllers, source, recorded_at, recorded_by)
      values (${point}, ${site}, 'electricity', '[2020-01-01,)', 'continuous', 15, '44Y-DEMO-000001T', 3, ${told});
    insert into annual_estimate (point_id, site_id, energy, band, wh, during, controllers, source, recorded_at, recorded_by)
      values (${point}, ${site}, 'electricity', 'whole', 5000000, '[2020-01-01,)', 3, ${told})`)
}

before(async () => {
  walk = await journey()
  await walk.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  const who = await person(walk.owner, { given: 'Sanelma', family: 'Sähkölä' })
  site = await idOf(
    `insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by)
     values ('Valokatu', '3', '15140', 'permanent-dwelling', 3, ${told}) returning id`,
  )
  await walk.owner.query(
    `insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by) values (${who}, ${site}, 'holder', '[2020-01-01,)', 3, ${told})`,
  )
  await addPoint(known)
})
after(() => walk.stop())

const shot = async (page: Page, name: string) => {
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/** Four of the known point's quarters are missing and one was estimated by the sender; the other point is not known. */
const file = (): Buffer => {
  const rows = [known, late].flatMap((code) =>
    Array.from({ length: count }, (_, slot) => {
      const start = new Date(timeOf(day, 15, slot)).toISOString()
      const lacks = code === known && slot < 4
      return [
        code,
        'PT15M',
        'Wh',
        start,
        lacks ? '' : 200 + (slot % 7),
        lacks ? 'MISSING' : slot === 9 && code === known ? 'EST' : 'OK',
      ].join(';')
    }),
  )
  return Buffer.from(['Mittauspisteen tunnus;Resoluutio;Yksikkötyyppi;Alkuaika;Määrä;Laatu', ...rows].join('\n'))
}

const toQuality = async (page: Page) => {
  await page.getByRole('navigation', { name: 'Paikat' }).getByRole('link', { name: 'Tiedon laatu' }).click()
  await page.getByRole('heading', { level: 1, name: 'Mittaustiedon laatu' }).waitFor()
}

test('faults are taken in again, gaps are estimated, the page tells all of it, and the file is taken back', async () => {
  const page = await walk.at('/desk/imports', ['market-exchange'])
  // The network company meters; the seller sees nothing of a home that has no contract with it.
  await page.getByRole('radio', { name: 'Verkko' }).click()
  await page.getByRole('radio', { name: 'Verkko', checked: true }).waitFor()
  await page.getByRole('button', { name: 'Valitse tiedosto' }).waitFor()
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Valitse tiedosto' }).click(),
  ])
  await chooser.setFiles({ name: 'mittaukset.csv', mimeType: 'text/csv', buffer: file() })
  await page.getByRole('textbox', { name: 'Lähettäjä' }).fill('datahub')
  await page.getByRole('button', { name: 'Kokeile' }).click()
  await page.getByRole('button', { name: `Ota sisään ${count} riviä` }).click()
  await page.getByText(`${count} riviä on rekisterissä.`).waitFor()

  await toQuality(page)
  const days = page.getByRole('region', { name: /^Puuttuvat ja arvioidut/ })
  const cells = (row: readonly (string | number)[]) => days.getByRole('row', { name: new RegExp(row.join('\\s+')) })
  await cells(['44Y-DEMO-000001T', 1, 4, 1, 0]).waitFor()
  const faults = page.getByRole('region', { name: /^Virheet, jotka odottavat/ })
  await faults
    .getByRole('row', { name: new RegExp(`mittaukset\\.csv käyttöpaikkaa ei ole rekisterissä.* ${count} `) })
    .waitFor()
  await clean(page, 'the quality of consumption')
  await shot(page, 'quality')

  await addPoint(late)
  await faults.getByRole('button', { name: /^Ota uudelleen/ }).click()
  await faults.getByText('Virheitä ei odota').waitFor()
  await page
    .getByRole('region', { name: /^Kulutuksen tuonnit/ })
    .getByRole('row', { name: new RegExp(`mittaukset\\.csv.* ${2 * count} ${2 * count} 0 ${count} `) })
    .waitFor()

  await page.getByRole('button', { name: 'Arvioi puuttuvat' }).click()
  await page.getByText('Puuttuvat arvioidaan pian.').waitFor()
  await eventually(async () => {
    const done = await walk.owner.query(
      `select from reading_day where recorded_by = 'system:estimation' and day = $1`,
      [day],
    )
    assert.equal(done.rowCount, 1)
  })
  await page.getByRole('radio', { name: '5 viikkoa' }).click()
  await cells(['44Y-DEMO-000001T', 1, 0, 5, 0]).waitFor()
  await days.getByRole('link', { name: writeDay(day) }).click()
  const points = page.getByRole('region', { name: /^Käyttöpaikat / })
  await points.getByRole('row', { name: new RegExp(`${known}\\s+sähkö\\s+0\\s+5\\s+0\\s+2\\s+estimate`) }).waitFor()
  await clean(page, 'the points of a day')
  await shot(page, 'quality-points')
  await points.getByRole('link', { name: known }).click()
  await page.getByRole('heading', { name: 'Kulutus', level: 1 }).waitFor()

  await toQuality(page)
  await page.getByRole('link', { name: 'mittaukset.csv' }).click()
  await page.getByRole('button', { name: 'Kumoa tuonti' }).click()
  const dialog = page.getByRole('dialog', { name: 'Kumoa tuonti' })
  await dialog.getByRole('textbox').fill('väärä tiedosto')
  await dialog.getByRole('button', { name: 'Kumoa tuonti' }).click()
  await page.getByText('2 palautettiin ennalleen.').waitFor()
  await toQuality(page)
  await days.getByText('Kaikki on mitattu').or(days.getByRole('table')).waitFor()
  assert.equal(await days.getByRole('link', { name: writeDay(day) }).count(), 0)
  assert.equal((await walk.owner.query('select from reading_day where day = $1', [day])).rowCount, 0)
})

test('an agent has no such place', async () => {
  const page = await walk.at('/desk', ['customer-service'])
  const places = page.getByRole('navigation', { name: 'Paikat' })
  await places
    .getByRole('link', { name: 'Sökning' })
    .or(places.getByRole('link', { name: 'Haku' }))
    .first()
    .waitFor()
  assert.equal(await places.getByRole('link', { name: 'Tiedon laatu' }).count(), 0)
})
