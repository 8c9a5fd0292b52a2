// A clerk brings a faulty file, reads its faults, mends it, brings it again, and undoes it all.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openTable, xlsxWriter } from '../../platform/tabular/index.ts'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { clean } from '../accessible.ts'
import { eventually } from '../eventually.ts'
import { type Journey, journey } from '../journey.ts'

let desk: Journey
before(async () => {
  desk = await journey()
})
after(() => desk.stop())

const header = 'Asiakasnumero;Sukunimi;Etunimet;Puh.nro;Sähköposti;Lähiosoite;Postinumero;Postitoimipaikka'
const rows = [
  '1001;Mallinen;Aino Maria;050 555 1000;aino@example.fi;Mallikatu 1 A 2;15140;LAHTI',
  '1002;Esimäki;Onni;soita;onni(at)example.fi;Mallikatu 3;1514;LAHTI',
  '1003;Näytelä;Siiri;050 555 1002;siiri@example.fi;Mallikatu 5;15140;LAHTI',
]
const csv = (lines: readonly string[]) => Buffer.from(`\ufeff${[header, ...lines].join('\r\n')}\r\n`)

const bring = async (page: Page, name: string, content: Buffer) => {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Valitse tiedosto' }).click(),
  ])
  await chooser.setFiles({ name, mimeType: 'application/octet-stream', buffer: content })
}
const count = async (page: Page, label: string) =>
  page
    .locator('.counts div', { has: page.getByText(label, { exact: true }) })
    .locator('dd')
    .textContent()
const customers = async () =>
  (await desk.owner.query<{ number: string }>('select number from customer order by number')).rows.map(
    ({ number }) => number,
  )
const shot = async (page: Page, name: string) => {
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

test('a faulty file is tried, taken in, its faults mended and brought again, and all of it is undone', async () => {
  const page = await desk.at('/desk', ['market-exchange'])
  await page.getByRole('navigation', { name: 'Paikat' }).getByRole('link', { name: 'Tuonti' }).click()
  await page.getByRole('heading', { level: 1, name: 'Tuonti' }).waitFor()
  await clean(page)
  await shot(page, 'list')

  // No table: told at once, and one stays where one is.
  await bring(page, 'kuva.csv', Buffer.from('%PDF-1.7'))
  await page.getByText('Tiedosto ei ole taulukko.').waitFor()

  await bring(page, 'asiakkaat.csv', csv(rows))
  await page.getByRole('heading', { level: 1, name: /asiakkaat\.csv/ }).waitFor()
  await eventually(async () =>
    assert.equal(await page.getByRole('button', { name: 'Kokeile' }).isDisabled(), true, 'the sender has no name yet'),
  )
  await page.getByRole('textbox', { name: 'Lähettäjä' }).fill('Vanha CIS')
  // The header names the telephone as nobody does: the clerk chooses.
  await page.getByRole('button', { name: /Puh\.nro/ }).click()
  await page.getByRole('option', { name: 'Puhelin' }).click()
  await page
    .getByRole('table', { name: /Ensimmäiset rivit/ })
    .getByText('+358505551000')
    .waitFor()
  await page
    .getByRole('table', { name: /Ensimmäiset rivit/ })
    .getByText(/soita ei ole puhelinnumero/)
    .waitFor()
  await clean(page)
  await shot(page, 'columns')

  await page.getByRole('button', { name: 'Kokeile' }).click()
  await page.getByRole('button', { name: 'Ota sisään 2 riviä' }).waitFor()
  assert.deepEqual(await customers(), [], 'a try takes nothing in')
  await eventually(async () => assert.equal(await count(page, 'Virheellisiä'), '1'))
  await page.getByRole('table', { name: 'Virheet, taulukko' }).getByText('onni(at)example.fi').waitFor()
  await clean(page)
  await shot(page, 'tried')

  await page.getByRole('button', { name: 'Ota sisään 2 riviä' }).click()
  await page.getByText('2 riviä on rekisterissä.').waitFor()
  assert.deepEqual(await customers(), ['1001', '1003'])
  await clean(page)
  await shot(page, 'done')

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Virheelliset rivit, Excel' }).click(),
  ])
  assert.equal(download.suggestedFilename(), 'asiakkaat virheet.xlsx')
  const table = await openTable(await readFile(await download.path()))
  const faulty: string[][] = []
  for await (const batch of table.rows()) faulty.push(...batch.rows.map((row) => [...row]))
  assert.match(faulty[0]?.at(-1) ?? '', /Puhelin ”soita”: ei ole puhelinnumero.*Sähköposti.*Postinumero/)

  const mended = new PassThrough()
  const whole = buffer(mended)
  const writer = xlsxWriter(
    mended,
    table.header.map((name) => ({ name })),
  )
  await writer.write([
    ['1002', 'Esimäki', 'Onni', '050 555 1001', 'onni@example.fi', 'Mallikatu 3', '15140', 'LAHTI', '3', 'korjattu'],
  ])
  await writer.end()
  await bring(page, 'korjattu.xlsx', await whole)
  await page.getByRole('heading', { level: 1, name: /korjattu\.xlsx/ }).waitFor()
  assert.equal(
    await page.getByRole('textbox', { name: 'Lähettäjä' }).inputValue(),
    'Vanha CIS',
    'read as the first file was',
  )
  await page.getByRole('button', { name: 'Kokeile' }).click()
  await page.getByRole('button', { name: 'Ota sisään 1 riviä' }).click()
  await page.getByText('1 riviä on rekisterissä.').waitFor()
  assert.deepEqual(await customers(), ['1001', '1002', '1003'])

  await page.getByRole('link', { name: 'Kaikki tuonnit' }).click()
  await page.getByRole('link', { name: 'asiakkaat.csv' }).click()
  await page.getByText('1 korjattu').waitFor()

  // Someone has been called meanwhile: that one stays.
  await desk.owner.query(
    `insert into contact (customer_id, at, direction, channel, topics, controllers, source, recorded_at, recorded_by)
     select id, now(), 'in', 'call', '{}', 1, 'desk', now(), 'staff:1' from customer where number = '1003'`,
  )
  await page.getByRole('button', { name: 'Kumoa tuonti' }).click()
  const dialog = page.getByRole('dialog', { name: 'Kumoa tuonti' })
  await dialog.getByRole('textbox').fill('väärä tiedosto')
  await clean(page)
  await dialog.getByRole('button', { name: 'Kumoa tuonti' }).click()
  await page.getByText('1 palautettiin ennalleen.').waitFor()
  await page
    .getByRole('table', { name: /Jäivät/ })
    .getByText('Hänen kanssaan on oltu yhteydessä')
    .waitFor()
  assert.deepEqual(await customers(), ['1002', '1003'])
  await clean(page)
  await shot(page, 'undone')
})

test('who does not tend files has no such place', async () => {
  const page = await desk.at('/desk', ['customer-service'])
  await page.getByRole('navigation', { name: 'Paikat' }).waitFor()
  assert.equal(await page.getByRole('link', { name: 'Tuonti' }).count(), 0)
  await page.goto('/desk/imports')
  await page.getByText('Tehtäväsi ei oikeuta tähän.').waitFor()
})
