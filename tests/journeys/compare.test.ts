// "Would spot have been cheaper?": the agent compares two products on what the customer used, by the prices of a year, and sees what the months cost.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dayAfter, hoursOf } from '../../platform/clock.ts'
import { clean } from '../accessible.ts'
import { journey, type Journey } from '../journey.ts'
import { contractOf, dayOf, homeOf, productOf, putDays, vatOf } from '../measured.ts'
import { person } from '../people.ts'

let walk: Journey
let who = 0
let point = 0

const year = new Date().getFullYear() - 1
const days = Array.from({ length: 366 }, (_, i) => dayAfter(`${year}-01-01`, i)).filter((day) => day < `${year + 1}`)

before(async () => {
  walk = await journey()
  const { owner } = walk
  await owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  await vatOf(owner)
  who = await person(owner, { given: 'Vertti', family: 'Vertailija' })
  const home = await homeOf(owner, who)
  point = home.point_id
  const fixed = await productOf(owner, 'KIINTEÄ', {}, [
    ['monthly', 'month', 400],
    ['energy', 'kWh', 8_000],
  ])
  await productOf(owner, 'PÖRSSI', { pricing: 'spot', spot: 60 }, [['margin', 'kWh', 500]])
  await contractOf(owner, who, home, fixed)
  await putDays(
    owner,
    point,
    days.map((day) => dayOf(day, (slot) => (slot < 6 ? 1_500 : 500))),
  )
})
after(() => walk.stop())

/** Prices of the exchange as they are published: €/MWh by the hour, in UTC, below nothing in the nights of May. */
const priceFile = (): string => {
  const rows = days.flatMap((day) => {
    const { start, hours } = hoursOf(day)
    return hours.map((hour, i) => {
      const at = new Date(start + i * 3_600_000).toISOString()
      return `${at};${day.slice(5, 7) === '05' && hour < 6 ? '-10,00' : hour < 6 ? '20,00' : '60,00'}`
    })
  })
  return ['Aika;€/MWh', ...rows].join('\n')
}

test('prices of a year come in by the front door, and two products stand side by side on the customer’s own hours', async () => {
  const clerk = await walk.at('/desk/imports', ['market-exchange'])
  const [chooser] = await Promise.all([
    clerk.waitForEvent('filechooser'),
    clerk.getByRole('button', { name: 'Valitse tiedosto' }).click(),
  ])
  await chooser.setFiles({ name: 'spot.csv', mimeType: 'text/csv', buffer: Buffer.from(priceFile()) })
  await clerk.getByRole('heading', { level: 1, name: /spot/ }).waitFor()
  await clerk.getByRole('textbox', { name: 'Lähettäjä' }).fill('pörssi')
  await clerk.getByRole('button', { name: 'Kokeile' }).click()
  const rows = days.reduce((sum, day) => sum + hoursOf(day).hours.length, 0)
  // Thousands are told apart by a space that does not break; while it comes in, fewer rows stand there.
  const all = String(rows).replaceAll(/\B/g, '\\s?')
  await clerk.getByRole('button', { name: new RegExp(`^Ota sisään ${all} riviä$`) }).click()
  await clerk.getByText(new RegExp(`^${all} riviä on rekisterissä\\.`)).waitFor()

  const page = await walk.at(`/desk/customers/${who}/points/${point}?by=year&at=${year}-06-01`, ['customer-service'])
  await page.getByRole('radiogroup', { name: 'Yksikkö' }).getByRole('radio', { name: '€' }).click()
  const costs = page.getByRole('region', { name: `Kulutuksen hinta, ${year}` })
  // 31 days of 18 kWh at 8 cents and 4 euros, with VAT of 24 %.
  await costs
    .getByRole('row', { name: /tammikuu/ })
    .getByText('60,31')
    .waitFor()
  await clean(page, 'costs')

  await page.getByRole('link', { name: 'Vertaa tuotteita' }).click()
  await page.getByRole('heading', { level: 1, name: 'Tuotteiden vertailu' }).waitFor()
  await page.getByRole('textbox', { name: 'Kahdentoista kuukauden alku' }).fill(`1.1.${year}`)
  await page.getByText('KIINTEÄ olisi maksanut', { exact: false }).waitFor()
  const months = page.getByRole('region', { name: 'Kuukaudet' })
  const may = months.getByRole('row', { name: new RegExp(`toukokuu ${year}`) })
  // 31 days: 9 kWh of the night at -1 cent, 9 of the day at 6, half a cent of margin on each, with VAT.
  await may.getByText('20,76').waitFor()
  await may.getByText('60,31').waitFor()
  assert.equal(await months.getByRole('row').count(), 13)
  await clean(page, 'comparison')
  await page.getByRole('slider', { name: 'KIINTEÄ ja PÖRSSI kuukausittain.' }).press('End')
  const last = `[aria-valuetext^="joulukuu ${year}: KIINTEÄ, € 60,31"]`
  await page.getByRole('slider').and(page.locator(last)).waitFor()
})
