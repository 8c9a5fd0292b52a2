// A product manager sets prices from a day on and sees what a year by a product would have cost; an adviser sees the price on the customer's card.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeDemo } from '../../server/demo/demo.ts'
import { clean } from '../accessible.ts'
import { eventually } from '../eventually.ts'
import { type Journey, journey } from '../journey.ts'
import { testPostgres } from '../postgres.ts'

let walk: Journey
before(async () => {
  walk = await journey()
  const postgres = await testPostgres()
  try {
    const { rows } = await walk.owner.query<{ name: string }>('select current_database() as name')
    const owner = { ...postgres.superuser, database: rows[0]?.name ?? '' }
    await makeDemo({ register: walk.register, owner, customers: 60, now: new Date() })
  } finally {
    await postgres.stop()
  }
})
after(() => walk.stop())

test('from the list of products to a new price, and what a year would have cost', async () => {
  const page = await walk.at('/desk/products', ['product-manager'])
  const open = page.getByRole('row').filter({ hasText: 'EL-OPEN' })
  await open.getByText('Energia 9,27 snt/kWh').waitFor()
  await clean(page, 'products')
  await open.getByRole('link').click()
  await page.getByRole('heading', { level: 1, name: 'Toistaiseksi voimassa oleva sähkö' }).waitFor()

  const year = page.getByRole('region', { name: 'Mitä vuosi olisi maksanut' })
  const total = year.locator('.year-total strong')
  await total.waitFor()
  const before_ = await total.textContent()
  await year.getByRole('textbox', { name: 'Kulutus vuodessa, kWh' }).fill('10000')
  await year.getByRole('button', { name: 'Laske' }).click()
  await page.waitForFunction(`document.querySelector('.year-total strong')?.textContent !== ${JSON.stringify(before_)}`)
  await clean(page, 'product')

  await page.getByRole('button', { name: 'Uudet hinnat' }).click()
  const dialog = page.getByRole('dialog', { name: 'Uudet hinnat' })
  const set = dialog.getByRole('button', { name: 'Aseta hinnat' })
  await eventually(async () => assert.equal(await set.isDisabled(), true, 'nothing has been changed yet'))
  const energy = dialog.getByRole('textbox', { name: 'Energia, snt/kWh' })
  await eventually(async () => assert.equal(await energy.inputValue(), '7,39'))
  await energy.fill('7,8x')
  await dialog.getByText('Kirjoita luku, esimerkiksi 7,39.').waitFor()
  await energy.fill('7,815')
  await clean(page, 'new prices')
  await dialog.getByRole('textbox', { name: 'Ensimmäinen päivä uusin hinnoin' }).fill('1.1.2020')
  await set.click()
  await dialog.getByText('Hinta alkaa aikaisintaan huomenna.').first().waitFor()
  await dialog.getByRole('textbox', { name: 'Ensimmäinen päivä uusin hinnoin' }).fill('1.1.2099')
  await set.click()
  await page.getByText('Hinnat asetettu.').waitFor()
  const versions = page.getByRole('region', { name: 'Hinnat ja niiden versiot' })
  await versions.getByRole('row').filter({ hasText: '7,815' }).getByText('tulossa').waitFor()
  await versions.getByRole('row').filter({ hasText: '7,390' }).getByText('1.1.2099').waitFor()
})

test('the contract on the card says what its product costs today, and nobody but the product manager sets it', async () => {
  const { rows } = await walk.owner.query<{ id: string }>(
    `select y.customer_id as id from contract_party y join contract c on c.id = y.contract_id join product p on p.id = c.product_id
       join customer x on x.id = y.customer_id
      where p.code = 'EL-SPOT' and y.role = 'holder' and upper_inf(c.during) and not x.protected and not x.restricted and x.deceased_on is null limit 1`,
  )
  const page = await walk.at(`/desk/customers/${rows[0]?.id}`, ['customer-service'])
  const why = page.getByRole('radio').or(page.getByRole('button', { name: /Muu|käynti|kirje/i }))
  await page.getByText('Marginaali 0,54 snt/kWh').or(why.first()).first().waitFor()
  if ((await page.getByText('Marginaali 0,54 snt/kWh').count()) === 0) await page.keyboard.press('1')
  await page.getByText('Marginaali 0,54 snt/kWh').first().waitFor()
  await page.goto('/desk/products')
  await page.getByRole('row').filter({ hasText: 'EL-SPOT' }).getByRole('link').click()
  await page.getByRole('region', { name: 'Mitä vuosi olisi maksanut' }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Uudet hinnat' }).count(), 0)
})
