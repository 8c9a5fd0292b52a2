// A product manager sets a price, lists whom it is told to, and brings the report of the printer: one was not reached, and for them the old price goes on.
import { after, before, test } from 'node:test'
import { clean } from '../accessible.ts'
import { inDays } from '../days.ts'
import { type Journey, journey } from '../journey.ts'
import { contractOf, homeOf, productOf, vatOf } from '../measured.ts'
import { person } from '../people.ts'

let walk: Journey
const numbers: string[] = []
before(async () => {
  walk = await journey()
  const { owner } = walk
  await owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  await vatOf(owner)
  const product = await productOf(owner, 'OPEN', {}, [['energy', 'kWh', 8_000]])
  for (const family of ['Tavoitettu', 'Tavoittamaton']) {
    const who = await person(owner, { given: 'Hilja', family })
    const contract = await contractOf(owner, who, await homeOf(owner, who), product)
    const { rows } = await owner.query<{ number: string }>('select number from contract where id = $1', [contract])
    numbers.push(rows[0]?.number ?? '')
  }
})
after(() => walk.stop())

test('from a new price to who was not reached', async () => {
  const page = await walk.at('/desk/products', ['product-manager'])
  await page.getByRole('row').filter({ hasText: 'OPEN' }).getByRole('link').click()
  await page.getByRole('button', { name: 'Uudet hinnat' }).click()
  const prices = page.getByRole('dialog', { name: 'Uudet hinnat' })
  await prices.getByRole('textbox', { name: 'Ensimmäinen päivä uusin hinnoin' }).fill(inDays(60).typed)
  await prices.getByRole('textbox', { name: 'Energia, snt/kWh' }).fill('9,5')
  await prices.getByRole('button', { name: 'Aseta hinnat' }).click()
  await page.getByText('Hinnat asetettu.').waitFor()

  await page.goto('/desk/price-changes')
  await clean(page, 'price changes')
  await page.getByRole('table', { name: 'Hinnanmuutokset' }).getByRole('link').first().click()
  await page.getByText(/2 sopimusta ilman saajaa/).waitFor()
  await page.getByRole('button', { name: 'Luettele saajat' }).click()
  await page.getByText('Saajia lisätty 2.').waitFor()
  const who = page.getByRole('table', { name: 'Luettelo saajista' })
  await who.getByRole('row').filter({ hasText: 'Tavoittamaton' }).getByText('Odottaa').waitFor()
  await clean(page, 'price change')

  await page.getByRole('button', { name: 'Kirjaa perillemeno' }).click()
  const dialog = page.getByRole('dialog', { name: 'Kirjaa perillemeno' })
  await dialog.getByRole('textbox', { name: /Todisteen tunnus/ }).fill('painotalon raportti 3')
  await dialog.getByRole('textbox', { name: /Sopimusnumerot/ }).fill(`${numbers[0]}\nT-EI-OLE`)
  await clean(page, 'deliveries')
  await dialog.getByRole('button', { name: 'Kirjaa perillemeno' }).click()
  await page.getByText('Kirjattu 1, ennestään 0, tuntemattomia 1.').waitFor()
  await who.getByRole('row').filter({ hasText: 'Tavoitettu' }).getByText('Kerrottu').waitFor()

  // Its last day passes.
  await walk.owner.query(`update price_notice set notify_by = $1::date where delivered_on is null`, [inDays(-3).iso])
  await page.reload()
  await page
    .getByRole('radio', { name: 'Todiste puuttuu' })
    .or(page.getByRole('button', { name: 'Todiste puuttuu' }))
    .first()
    .click()
  const lacking = page
    .getByRole('table', { name: 'Luettelo saajista' })
    .getByRole('row')
    .filter({ hasText: 'Tavoittamaton' })
  await lacking.getByText('vanha jatkuu').waitFor()
})
