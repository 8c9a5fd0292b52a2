// An offer on the telephone: it binds nobody by itself, lapses when it is not accepted in writing, and is a contract when it is.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { clean } from '../accessible.ts'
import { inDays } from '../days.ts'
import { type Journey, journey } from '../journey.ts'
import { person } from '../people.ts'

const told = `'test', '2026-01-01Z', 'system:test'`

let walk: Journey
const idOf = async (text: string, values: unknown[] = []): Promise<number> =>
  Number((await walk.owner.query<{ id: string }>(text, values)).rows[0]?.id)

before(async () => {
  walk = await journey()
  await walk.owner.query(`
    insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing;
    insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale) values
      (1, 'OPEN', 'electricity', 'sales', 'Mallisähkö', 'Modellel', 'Model power', '[2020-01-01,)'),
      (1, 'OTHER', 'electricity', 'sales', 'Toinen sähkö', 'Annan el', 'Other power', '[2020-01-01,)');
    insert into rate (kind, class, during, amount, source, verified, note) values ('vat', 'electricity', '[2024-09-01,)', 255, 'test', true, '') on conflict do nothing;
    insert into product_price (product_id, component, size, unit, amount, vat_class, tax_class, during, recorded_at, recorded_by)
      select id, 'energy', '', 'kWh', case code when 'OPEN' then 8000 else 9000 end, 'electricity', null, '[2020-01-01,)'::daterange, now(), 'system:test' from product`)
})
after(() => walk.stop())

/** Somebody who lives where electricity is measured, of a known yearly use. */
const customer = async (number: string): Promise<number> => {
  const who = await person(walk.owner, { given: 'Taimi', family: 'Tarjottu' })
  const site = await idOf(
    `insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by)
     values ('Tarjouskatu', $1, '15140', 'permanent-dwelling', 3, ${told}) returning id`,
    [number],
  )
  const point = await idOf(
    `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
     values ($1, 'electricity', $2, 'consumption', 'connected', 3, ${told}) returning id`,
    [site, `64000000000000100${number}`],
  )
  await walk.owner.query(
    `insert into annual_estimate (point_id, site_id, energy, band, wh, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'electricity', 'whole', 2000000, '[2020-01-01,)', 3, ${told})`,
    [point, site],
  )
  await walk.owner.query(
    `insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2020-01-01,)', 3, ${told})`,
    [who, site],
  )
  return who
}

const cardOf = async (who: number): Promise<Page> => {
  const page = await walk.at(`/desk/customers/${who}`, ['customer-service'])
  await page
    .getByRole('heading', { name: 'Miksi asiakas avataan?' })
    .or(page.getByText('Kirje, viesti tai lomake'))
    .first()
    .waitFor()
  await page.keyboard.press('1')
  await page.getByRole('region', { name: 'Tarjoukset' }).waitFor()
  return page
}

/** Chooses by keys alone what stands in a list. */
const choose = async (page: Page, field: RegExp | string, option: RegExp | string): Promise<void> => {
  await page.getByRole('dialog').getByRole('button', { name: field }).click()
  await page.getByRole('option', { name: option }).click()
  await page.getByRole('listbox').waitFor({ state: 'detached' })
}

const offered = async (page: Page): Promise<void> => {
  await page.keyboard.press('o')
  const dialog = page.getByRole('dialog', { name: 'Uusi tarjous' })
  await dialog.waitFor()
  const rows = dialog.getByRole('table', { name: 'Tuotteiden vuosihinnat' })
  // 2,000 kWh at 8 and 9 c/kWh, with VAT.
  await rows.getByRole('row').filter({ hasText: 'Mallisähkö' }).getByText('200,80').waitFor()
  await rows.getByRole('row').filter({ hasText: 'Toinen sähkö' }).getByText('225,90').waitFor()
  await dialog.getByText('käyttöpaikan vuosikulutusarvio').waitFor()
  await choose(page, /Tuote/, /Mallisähkö/)
  await choose(page, /Miten myydään/, 'Soitimme pyytämättä')
  await dialog.getByRole('textbox', { name: /Ehtojen versio/ }).fill('SME 2024')
  await clean(page, 'new offer')
  await dialog.getByRole('button', { name: 'Tee tarjous' }).click()
  await page.getByRole('dialog', { name: /Tarjoukset: T\d+/ }).waitFor()
}

const sent = async (page: Page): Promise<void> => {
  await page.getByRole('dialog').getByRole('button', { name: 'Kirjaa lähetetyksi' }).click()
  const dialog = page.getByRole('dialog', { name: /Kirjaa lähetetyksi/ })
  await dialog.getByRole('textbox', { name: /Todisteen tunnus/ }).fill('viesti 4711')
  await dialog.getByRole('button', { name: 'Kirjaa lähetetyksi' }).click()
  await page.getByText('Lähetys kirjattu.').waitFor()
  await page
    .getByRole('dialog', { name: /Tarjoukset: T\d+/ })
    .getByText('viesti 4711')
    .waitFor()
}

test('an offer by an unasked call that nobody accepts in writing lapses, and there is no contract', async () => {
  const who = await customer('1')
  const page = await cardOf(who)
  await offered(page)
  await page.getByRole('dialog').getByText('Puhelu ei sido sinua.').waitFor()
  await clean(page, 'offer')
  await sent(page)
  // What is said on the telephone is not among the ways of accepting it.
  await page.getByRole('dialog').getByRole('button', { name: 'Kirjaa hyväksytyksi' }).click()
  const accepting = page.getByRole('dialog', { name: /Kirjaa hyväksytyksi/ })
  await accepting.getByText('Sitoo vasta kirjallisesta hyväksynnästä.').waitFor()
  await accepting.getByRole('button', { name: /Miten/ }).click()
  await page.getByRole('option', { name: 'Tekstiviestillä' }).waitFor()
  assert.equal(await page.getByRole('option', { name: 'Puhelimessa' }).count(), 0)
  await walk.owner.query(`update offer set valid_until = $2::date where customer_id = $1`, [who, inDays(-2).iso])
  await page.reload()
  const panel = page.getByRole('region', { name: 'Tarjoukset' })
  await panel.getByText('Ei avoimia tarjouksia').waitFor()
  await panel.getByText('Päättyneet tarjoukset').click()
  await panel.getByText('Rauennut').waitFor()
  const { rows } = await walk.owner.query('select from contract_party where customer_id = $1', [who])
  assert.equal(rows.length, 0)
})

test('accepted by a text message it is a contract, with the last day of withdrawal on the card', async () => {
  const who = await customer('2')
  const page = await cardOf(who)
  await offered(page)
  await sent(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Kirjaa hyväksytyksi' }).click()
  const dialog = page.getByRole('dialog', { name: /Kirjaa hyväksytyksi/ })
  await choose(page, /Miten/, 'Tekstiviestillä')
  await dialog.getByRole('textbox', { name: /Todisteen tunnus/ }).fill('tekstiviesti 12')
  const first = dialog.getByRole('textbox', { name: /Toimituksen ensimmäinen päivä/ })
  await first.fill(inDays(2).typed)
  await dialog.getByRole('button', { name: 'Kirjaa hyväksytyksi' }).click()
  await dialog.getByText('Toimitus alkaisi peruuttamisajan kuluessa.').first().waitFor()
  await clean(page, 'acceptance')
  await first.fill(inDays(30).typed)
  await dialog.getByRole('button', { name: 'Kirjaa hyväksytyksi' }).click()
  await page.getByText('Hyväksyntä kirjattu ja sopimus tehty.').waitFor()
  await page.getByRole('dialog').getByText('tekstiviesti 12').waitFor()
  await page.keyboard.press('Escape')
  const contracts = page.getByRole('region', { name: 'Sopimukset' })
  await contracts.getByText('Mallisähkö').waitFor()
  await contracts.getByText(/ehdot SME 2024.*peruutettavissa/).waitFor()
})

/** A contract sold from a distance, whose time of withdrawal ends so many days from now. */
const contractOf = async (who: number, ends: number): Promise<void> => {
  const contract = await idOf(
    `insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, agreed_at, consumer, withdrawal_until, source, recorded_at, recorded_by)
     select 'M-' || o.customer_id, 1, 'sales', 'electricity', o.site_id, a.id, (select id from product where code = 'OPEN'), daterange($3::date, null), 'SME 2024',
            now() - interval '20 days', true, $2::date, ${told}
       from occupancy o join accounting_point a on a.site_id = o.site_id where o.customer_id = $1 returning id`,
    [who, inDays(ends).iso, inDays(30).iso],
  )
  await walk.owner.query(
    `insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', daterange($3::date, null), 1, ${told})`,
    [contract, who, inDays(30).iso],
  )
}

test('a consumer withdraws within the time, and not after it; then notice is given, no shorter than its period', async () => {
  const late = await customer('3')
  await contractOf(late, -2)
  const page = await cardOf(late)
  const contracts = page.getByRole('region', { name: 'Sopimukset' })
  await contracts.getByRole('button', { name: 'Päätä' }).click()
  const dialog = page.getByRole('dialog', { name: 'Päätä sopimus: Mallisähkö' })
  await choose(page, /Syy/, 'Peruutus')
  await dialog.getByText(/Peruuttamisaika päättyi/).waitFor()
  await dialog.getByRole('button', { name: 'Päätä', exact: true }).click()
  await dialog.getByText('Peruuttamisaika on päättynyt.').first().waitFor()
  await clean(page, 'withdrawal')
  await choose(page, /Syy/, 'Irtisanominen')
  await dialog.getByText(/Irtisanomisaika 14 päivää/).waitFor()
  const to = dialog.getByRole('textbox', { name: /Ensimmäinen päivä ilman sopimusta/ })
  await to.fill(inDays(40).typed)
  await clean(page, 'notice')
  await dialog.getByRole('button', { name: 'Päätä', exact: true }).click()
  await page.getByText('Irtisanominen kirjattu.').waitFor()

  const early = await customer('4')
  await contractOf(early, 2)
  const other = await cardOf(early)
  const theirs = other.getByRole('region', { name: 'Sopimukset' })
  await theirs.getByText(/peruutettavissa/).waitFor()
  await theirs.getByRole('button', { name: 'Päätä' }).click()
  await choose(other, /Syy/, 'Peruutus')
  await other
    .getByRole('dialog')
    .getByText(/Kuluttaja voi peruuttaa/)
    .waitFor()
  await other.getByRole('dialog').getByRole('button', { name: 'Päätä', exact: true }).click()
  await other
    .getByText(/Sopimus peruutettu/)
    .first()
    .waitFor()
  await theirs.getByText('Ei sopimuksia tällä yhtiöllä').waitFor()
  await theirs.getByText('Päättyneet').click()
  await theirs.getByText(/peruutettu \d/).waitFor()
})
