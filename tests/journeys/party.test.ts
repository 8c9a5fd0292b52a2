// What the register holds of a party is changed at the desk: two at once lose nothing, a protected address stays hidden, and each role does
// what it may and sees no more.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { clean } from '../accessible.ts'
import { eventually } from '../eventually.ts'
import { journey, type Journey } from '../journey.ts'
import { person } from '../people.ts'

let walk: Journey
before(async () => {
  walk = await journey()
  await walk.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis'), ('00100', 'HELSINKI', 'HELSINGFORS', '091', 'Helsinki', 'Helsingfors')
     on conflict do nothing`,
  )
})
after(() => walk.stop())

/** The card, open for the first reason of the list: a letter in hand. */
const cardOf = async (who: number, name: string, roles: readonly string[]): Promise<Page> => {
  const page = await walk.at(`/desk/customers/${who}`, roles)
  await page.getByRole('group', { name: 'Miksi avaat?' }).waitFor()
  await page.keyboard.press('1')
  await page.getByRole('heading', { level: 1, name }).waitFor()
  return page
}

/** Everything that the window has been given, and what it holds: nothing of `secret` may be among it. */
const listening = (page: Page): { readonly heard: (secret: string) => Promise<boolean> } => {
  const bodies: Promise<string>[] = []
  page.on('response', (response) => {
    if (response.url().includes('/api/')) bodies.push(response.text().catch(() => ''))
  })
  return {
    heard: async (secret) =>
      (await Promise.all(bodies)).some((body) => body.includes(secret)) || (await page.content()).includes(secret),
  }
}

test('two agents edit the same customer, and nothing that either wrote is lost', async () => {
  const who = await person(walk.owner, { given: 'Kaisa', family: 'Kahdesti' })
  const [one, other] = [
    await cardOf(who, 'Kaisa Kahdesti', ['customer-service']),
    await cardOf(who, 'Kaisa Kahdesti', ['customer-service']),
  ]
  const edit = async (page: Page, street: string) => {
    const addresses = page.getByRole('region', { name: 'Osoitteet' })
    await addresses.getByText('Koti').hover()
    await addresses.getByRole('button', { name: 'Muokkaa: Koti' }).click()
    const dialog = page.getByRole('dialog', { name: 'Muuta osoitetta' })
    await dialog.getByLabel('Katuosoite').fill(street)
    return dialog
  }
  const first = await edit(one, 'Ensimmäinen katu 1')
  const second = await edit(other, 'Toinen katu 2')
  await second.getByLabel('Postinumero').fill('00100')
  await second.getByText('HELSINKI').waitFor()
  await first.getByRole('button', { name: 'Tallenna' }).click()
  await first.waitFor({ state: 'detached' })
  await one.getByText('Ensimmäinen katu 1, 15140 LAHTI').first().waitFor()

  // The second is told, sees both, and what they wrote is still in their hands.
  await second.getByRole('button', { name: 'Tallenna' }).click()
  const versions = second.getByRole('region', { name: 'Kaksi versiota' })
  await versions.getByRole('cell', { name: 'Ensimmäinen katu 1' }).waitFor()
  await versions.getByRole('cell', { name: 'Toinen katu 2' }).waitFor()
  await clean(other)
  await eventually(async () => assert.equal(await second.getByLabel('Katuosoite').inputValue(), 'Toinen katu 2'))
  await second.getByRole('button', { name: 'Tallenna omasi' }).click()
  await second.waitFor({ state: 'detached' })
  await other.getByText('Toinen katu 2, 00100 HELSINKI').first().waitFor()

  // A telephone number and the language: where they stand.
  const language = async (page: Page, to: string) => {
    await page.getByRole('button', { name: 'Muokkaa: Asiointikieli' }).click()
    await page.getByRole('button', { name: /Asiointikieli/ }).click()
    await page.getByRole('option', { name: to }).click()
    await page.getByRole('button', { name: 'Tallenna' }).click()
  }
  await language(one, 'ruotsi')
  await one.getByText('Asiointikieli: ruotsi').waitFor()
  await language(other, 'englanti')
  const conflict = other.getByRole('alertdialog', { name: 'Asiointikieli' })
  await conflict.getByText('ruotsi').waitFor()
  await conflict.getByRole('button', { name: 'Pidä toisen' }).click()
  await other.getByText('Asiointikieli: ruotsi').waitFor()

  // A change is taken back while its notice stands.
  await one.reload()
  await one.getByRole('heading', { level: 1, name: 'Kaisa Kahdesti' }).waitFor()
  const names = one.getByRole('region', { name: 'Nimet' })
  await names.getByText('Virallinen').hover()
  await names.getByRole('button', { name: 'Muokkaa: Kaisa Kahdesti' }).click()
  const rename = one.getByRole('dialog', { name: 'Muuta nimeä' })
  await rename.getByLabel('Sukunimi').fill('Kolmesti')
  await rename.getByRole('button', { name: 'Tallenna' }).click()
  await one.getByRole('heading', { level: 1, name: 'Kaisa Kolmesti' }).waitFor()
  await one.getByRole('button', { name: 'Kumoa' }).click()
  await one.getByRole('heading', { level: 1, name: 'Kaisa Kahdesti' }).waitFor()
  const { rows } = await walk.owner.query<{ street: string; open: boolean }>(
    'select street, upper_inf(during) as open from postal_address where customer_id = $1 order by id',
    [who],
  )
  assert.deepEqual(rows, [
    { street: 'Mallikatu 1 A 2', open: false },
    { street: 'Toinen katu 2', open: true },
  ])
})

test('a protected address: an agent sees nothing and no hint of it; the one who may opens it with a reason, changes it, and it is in the log', async () => {
  const who = await person(walk.owner, { given: 'Salla', family: 'Suojattava', phone: '+358505550987' })
  await walk.owner.query(
    `with home as (insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by)
       values ('Kotipolku', '5', '15140', 'permanent-dwelling', 3, 'test', '2026-01-01Z', 'system:test') returning id)
     insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
     select $1, id, 'holder', '[2020-01-01,)', 3, 'test', '2026-01-01Z', 'system:test' from home`,
    [who],
  )
  const desk = await cardOf(who, 'Salla Suojattava', ['identity-desk'])
  await desk.getByRole('button', { name: 'Muut toimet' }).click()
  await desk.getByRole('menuitem', { name: 'Suojaa osoite' }).click()
  const order = desk.getByRole('dialog', { name: 'Suojaa osoite' })
  await order.getByLabel('Ilmoitus tai asiakirja').fill('VTJ-muutostieto')
  await order.getByLabel('Ensimmäinen päivä, jona ei enää voimassa').fill('24.11.2020')
  await order.getByRole('button', { name: 'Suojaa osoite' }).click()
  await order.getByText('Päivä on jo ollut.').first().waitFor()
  await order.getByLabel('Ensimmäinen päivä, jona ei enää voimassa').fill('24.11.2031')
  await order.getByRole('button', { name: 'Suojaa osoite' }).click()
  await order.waitFor({ state: 'detached' })
  await desk.getByText('Osoite on suojattu.').waitFor()
  await clean(desk)

  // An agent: the warning, and nothing else; neither on the card nor by what could lead to it.
  const agent = await walk.at(`/desk/customers/${who}`, ['customer-service'])
  const ears = listening(agent)
  await agent.getByRole('group', { name: 'Miksi avaat?' }).waitFor()
  await agent.keyboard.press('1')
  await agent.getByRole('heading', { level: 1, name: 'Salla Suojattava' }).waitFor()
  await agent.getByText('Suojattu: osoitteet eivät näy.').waitFor()
  await agent.getByText('Suojattu: yhteystiedot eivät näy.').waitFor()
  assert.equal(await agent.getByRole('button', { name: 'Avaa suojatut tiedot' }).count(), 0)
  assert.equal(await agent.getByRole('button', { name: 'Lisää puhelinnumero' }).count(), 0)
  for (const typed of ['mallikatu 1 a 2', 'kotipolku 5', '0505550987', '+358 50 555 0987']) {
    await agent.keyboard.press('/')
    await agent.keyboard.type(typed)
    await agent.waitForTimeout(700)
    assert.equal(await agent.getByRole('option', { name: /Salla Suojattava/ }).count(), 0, typed)
    await agent.keyboard.press('Escape')
  }
  for (const secret of ['Mallikatu', 'Kotipolku', '555 0987', '5550987'])
    assert.equal(await ears.heard(secret), false, secret)
  await clean(agent)

  // Who may: asked why, opened, and moved behind the wall.
  const panel = desk.getByRole('region', { name: 'Suojatut tiedot' })
  assert.equal(await panel.getByText('Mallikatu').count(), 0)
  await panel.getByRole('button', { name: 'Avaa suojatut tiedot' }).click()
  await panel.getByRole('button', { name: /Asiakas on paikalla/ }).click()
  await panel.getByText('Mallikatu 1 A 2, 15140 LAHTI').waitFor()
  await panel.getByText('VTJ-muutostieto').waitFor()
  await panel.getByText('Kotipolku 5, 15140 LAHTI').waitFor()
  await panel.getByRole('button', { name: 'Muutto pois' }).click()
  const leave = desk.getByRole('dialog', { name: 'Muutto pois: Kotipolku 5' })
  await leave.getByLabel(/Ensimmäinen päivä/).fill('1.11.2026')
  await leave.getByRole('button', { name: 'Kirjaa muutto' }).click()
  await leave.waitFor({ state: 'detached' })
  await panel.getByText('1.1.2020–1.11.2026').waitFor()
  await panel.getByText('Koti', { exact: true }).hover()
  await panel.getByRole('button', { name: 'Muokkaa: Koti' }).click()
  const move = desk.getByRole('dialog', { name: 'Muuta osoitetta' })
  await move.getByLabel('Katuosoite').fill('Salainen katu 9')
  await move.getByRole('button', { name: 'Tallenna' }).click()
  await panel.getByText('Salainen katu 9, 15140 LAHTI').waitFor()
  await agent.reload()
  await agent.getByText('Suojattu: osoitteet eivät näy.').waitFor()
  assert.equal(await ears.heard('Salainen katu'), false)

  // The data protection officer is shown it where the desk opens.
  const officer = await walk.at('/desk', ['data-protection-officer'])
  const alarm = officer.getByRole('region', { name: 'Suojattujen osoitteiden avaukset, 7 päivää' })
  await alarm.getByText('Salla Suojattava').first().waitFor()
  await alarm.getByText('Asiakas on paikalla').first().waitFor()
  await clean(officer)

  const { rows } = await walk.owner.query<{ endpoint: string; because: string }>(
    `select distinct endpoint, because from access_event
      where subject_id = $1 and endpoint in ('open a protected address', 'change a postal address') order by 1`,
    [who],
  )
  assert.deepEqual(rows, [
    { endpoint: 'change a postal address', because: 'reason:visit' },
    { endpoint: 'open a protected address', because: 'reason:visit' },
  ])
  const written = await walk.owner.query(
    `select from access_event where because ilike '%katu%' or array_to_string(categories, ' ') ilike '%katu%'`,
  )
  assert.equal(written.rowCount, 0)
})

test('whatever is changed on the card is taken back by one press, unless someone was there meanwhile', async () => {
  const who = await person(walk.owner, { given: 'Kaisa', family: 'Kumoaja', phone: '+358505551111' })
  const told = `'test', '2026-01-01Z', 'system:test'`
  await walk.owner.query(
    `with home as (insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by)
       values ('Palautuspolku', '5', '15140', 'permanent-dwelling', 3, ${told}) returning id),
     point as (insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
       select id, 'heat', 'KL-5', 'consumption', 'connected', 3, ${told} from home returning id, site_id),
     product as (insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale)
       values (1, 'TEST-UNDO', 'heat', 'sales', 'Mallilämpö', 'Modellvärme', 'Model heat', '[2020-01-01,)') returning id),
     agreed as (insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, source, recorded_at, recorded_by)
       select 'M-5', 1, 'sales', 'heat', point.site_id, point.id, product.id, '[2020-01-01,)', '2020', ${told} from point, product returning id),
     party as (insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
       select id, $1::bigint, 'holder', '[2020-01-01,)', 1, ${told} from agreed)
     insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
     select $1::bigint, id, 'holder', '[2020-01-01,)', 3, ${told} from home`,
    [who],
  )
  const page = await cardOf(who, 'Kaisa Kumoaja', ['customer-service'])
  const region = (name: string) => page.getByRole('region', { name })
  const taken = async (said: string): Promise<void> => {
    const toast = page.getByRole('listitem').filter({ hasText: said })
    await toast.getByRole('button', { name: 'Kumoa' }).click()
    await page.getByText('Kumottu').first().waitFor()
    await page.getByRole('button', { name: 'Sulje ilmoitus' }).first().click()
    await page.getByText('Kumottu').waitFor({ state: 'detached' })
  }

  // A telephone number put right, and ended.
  const details = region('Yhteystiedot')
  await details.getByText('+358505551111').hover()
  await details.getByRole('button', { name: 'Muokkaa: Puhelin' }).click()
  await details.getByRole('textbox', { name: 'Puhelin' }).fill('050 555 2222')
  await details.getByRole('button', { name: 'Tallenna' }).click()
  await details.getByText('+358505552222').waitFor()
  await taken('Tallennettu')
  await details.getByText('+358505551111').waitFor()
  await details.getByRole('button', { name: 'Muokkaa: Puhelin' }).click()
  await details.getByRole('button', { name: 'Ei enää käytössä' }).click()
  await details.getByText('+358505551111 ·').first().waitFor({ state: 'attached' })
  await taken('Päätetty')
  await details.getByRole('button', { name: 'Muokkaa: Puhelin' }).waitFor()

  // A value of the party itself.
  const basics = region('Perustiedot')
  await basics.getByText('suomi').hover()
  await basics.getByRole('button', { name: 'Muokkaa: Asiointikieli' }).click()
  await basics
    .getByRole('button', { name: /Asiointikieli/ })
    .first()
    .click()
  await page.getByRole('option', { name: 'ruotsi' }).click()
  await basics.getByRole('button', { name: 'Tallenna' }).click()
  await basics.getByRole('button', { name: 'Tallenna' }).waitFor({ state: 'detached' })
  await basics.getByText('ruotsi').waitFor()
  await taken('Tallennettu')
  await basics.getByText('suomi').waitFor()

  // A move, and a contract.
  const sites = region('Käyttöpaikat')
  await sites.getByRole('button', { name: 'Muutto pois' }).click()
  const leave = page.getByRole('dialog', { name: 'Muutto pois: Palautuspolku 5' })
  await leave.getByRole('button', { name: 'Kirjaa muutto' }).click()
  await page.getByRole('dialog', { name: 'Uusi postiosoite' }).getByRole('button', { name: 'Ohita' }).click()
  await taken('Muutto pois kirjattu')
  await sites.getByRole('button', { name: 'Muutto pois' }).waitFor()
  const contracts = region('Sopimukset')
  await contracts.getByRole('button', { name: 'Päätä' }).click()
  const end = page.getByRole('dialog', { name: 'Päätä sopimus: Mallilämpö' })
  await end.getByRole('button', { name: 'Päätä' }).click()
  await end.waitFor({ state: 'detached' })
  await contracts.getByText('Päättynyt', { exact: true }).waitFor({ state: 'attached' })
  await taken('Sopimus päätetty')
  await contracts.getByText('Voimassa').waitFor()

  // Someone else was there between the change and its undoing: theirs stays, and it is said.
  await details.getByText('+358505551111').first().hover()
  await details.getByRole('button', { name: 'Muokkaa: Puhelin' }).click()
  await details.getByRole('textbox', { name: 'Puhelin' }).fill('050 555 3333')
  await details.getByRole('button', { name: 'Tallenna' }).click()
  await details.getByText('+358505553333').waitFor()
  await walk.owner.query(
    `update contact_point set value = '+358505554444', version = version + 1 where customer_id = $1 and value = '+358505553333'`,
    [who],
  )
  await page.getByRole('listitem').filter({ hasText: 'Tallennettu' }).getByRole('button', { name: 'Kumoa' }).click()
  await page.getByText('Toinen muutti tietoa äsken.').waitFor()
  await clean(page)
  const { rows } = await walk.owner.query<{ what: string }>(
    `select concat_ws(' ', value, during) as what from contact_point where customer_id = $1 and upper_inf(during)
     union all select concat_ws(' ', 'language', language) from customer where id = $1
     union all select concat_ws(' ', 'lives', during) from occupancy where customer_id = $1
     union all select concat_ws(' ', 'party', during) from contract_party where customer_id = $1
     union all select concat_ws(' ', 'contract', during, end_reason) from contract where number = 'M-5' order by 1`,
    [who],
  )
  assert.deepEqual(
    rows.map(({ what }) => what.replace(/\d{4}-\d\d-\d\d,\)$/, '…')),
    ['+358505554444 […', 'contract […', 'language fi', 'lives […', 'party […'],
  )
})

test('a new customer is compared with those that there are before anything is saved, and gets a number', async () => {
  await person(walk.owner, { given: 'Olli', family: 'Olemassa', birth_date: '1970-03-04' })
  await walk.owner.query('select search_rebuild()')
  const page = await walk.at('/desk', ['customer-service'])
  await page.getByRole('link', { name: 'Uusi asiakas' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Uusi asiakas' }).waitFor()
  await page.getByLabel('Sukunimi').fill('Olemassa')
  await page.getByLabel('Etunimet').fill('Olli')
  await page.getByLabel('Syntymäaika').fill('4.3.1970')
  const like = page.getByRole('region', { name: 'Voi olla jo rekisterissä' })
  await like.getByText('sama syntymäaika ja nimi').waitFor()
  const create = page.getByRole('button', { name: 'Lisää asiakas' })
  await eventually(async () => assert.equal(await create.isDisabled(), true))
  await clean(page)
  await page.getByText('Tarkistin: tämä on eri osapuoli').click()
  await page.getByLabel('Kutsumanimi').fill('Kalle')
  await create.click()
  await page.getByText('Kutsumanimi ei ole etunimien joukossa.').first().waitFor()
  await page.getByLabel('Kutsumanimi').fill('')
  await page.getByLabel('Katuosoite').fill('Uusikatu 1')
  await page.getByLabel('Postinumero').fill('15140')
  await create.click()
  await page.getByText(/Asiakas \d{9} lisätty/).waitFor()
  await page.getByRole('heading', { level: 1, name: 'Olli Olemassa' }).waitFor()
  await page.getByText('Uusikatu 1, 15140 LAHTI').waitFor()
})

test('a guardian is recorded and seen on both cards; a death is recorded and taken back', async () => {
  const who = await person(walk.owner, { given: 'Heimo', family: 'Holhottava' })
  const guardian = await person(walk.owner, { given: 'Elsa', family: 'Edunvalvoja' })
  await walk.owner.query('select search_rebuild()')
  const page = await cardOf(who, 'Heimo Holhottava', ['customer-service'])
  const panel = page.getByRole('region', { name: 'Edustus' })
  await panel.getByRole('button', { name: 'Lisää edustaja' }).click()
  const add = page.getByRole('dialog', { name: 'Kuka asioi asiakkaan puolesta' })
  await add.getByRole('combobox', { name: 'Edustaja' }).fill('Holhottava')
  await page.getByRole('option', { name: /Heimo/ }).click()
  await add.getByText('laskutus').click()
  await add.getByRole('textbox', { name: 'Ensimmäinen päivä', exact: true }).fill('1.1.2026')
  await add.getByRole('button', { name: 'Lisää edustaja' }).click()
  await add.getByText('Kukaan ei edusta itseään.').first().waitFor()
  await add.getByRole('combobox', { name: 'Edustaja' }).fill('Edunvalvoja')
  await page.getByRole('option', { name: /Elsa/ }).click()
  await add.getByRole('button', { name: 'Lisää edustaja' }).click()
  await add.waitFor({ state: 'detached' })
  const warnings = page.getByRole('region', { name: 'Varoitukset' })
  await warnings.getByText('Saa kertoa ja muuttaa: laskutus.').waitFor()
  await warnings.getByText('Ei: sopimukset, liittymät, viat, henkilötiedot.').waitFor()
  await clean(page)
  const theirs = await cardOf(guardian, 'Elsa Edunvalvoja', ['customer-service'])
  const acts = theirs.getByRole('region', { name: 'Edustus' })
  await acts.getByRole('heading', { name: 'Asioi puolesta' }).waitFor()
  await acts.getByRole('link', { name: 'Heimo Holhottava' }).waitFor()

  await page.getByRole('button', { name: 'Muut toimet' }).click()
  await page.getByRole('menuitem', { name: 'Kirjaa kuolema' }).click()
  const death = page.getByRole('dialog', { name: 'Kirjaa kuolema' })
  await death.getByLabel('Kuolinpäivä').fill('1.11.2026')
  await death.getByRole('button', { name: 'Kirjaa kuolema' }).click()
  await page.getByRole('heading', { level: 1, name: 'Heimo Holhottava (kuollut)' }).waitFor()
  await warnings.getByRole('link', { name: 'Heimo Holhottava kuolinpesä' }).waitFor()
  await warnings.getByText('Saa kertoa ja muuttaa').waitFor({ state: 'detached' })
  await clean(page)
  await page.getByRole('button', { name: 'Peru kuolemantieto' }).click()
  const back = page.getByRole('dialog', { name: 'Peru kuolemantieto' })
  await back.getByLabel('Miksi tieto oli väärä').fill('ilmoitus koski kaimaa')
  await back.getByRole('button', { name: 'Peru kuolemantieto' }).click()
  await page.getByRole('heading', { level: 1, name: 'Heimo Holhottava', exact: true }).waitFor()
  await warnings.getByText('Saa kertoa ja muuttaa: laskutus.').waitFor()
})

test('a restriction closes the person at once to everyone but those who deal with claims and rights', async () => {
  const who = await person(walk.owner, { given: 'Raija', family: 'Rajattava' })
  const agent = await cardOf(who, 'Raija Rajattava', ['customer-service'])
  await eventually(async () => assert.equal(await agent.getByRole('button', { name: 'Muut toimet' }).count(), 1))
  const rights = await cardOf(who, 'Raija Rajattava', ['rights-desk'])
  await rights.getByRole('button', { name: 'Muut toimet' }).click()
  await rights.getByRole('menuitem', { name: 'Rajoita käsittelyä' }).click()
  const dialog = rights.getByRole('dialog', { name: 'Rajoita käsittelyä' })
  await dialog.getByLabel('Miksi').fill('kiistää osoitteensa')
  await clean(rights)
  await dialog.getByRole('button', { name: 'Rajoita käsittelyä' }).click()
  await rights.getByText('Käsittely on rajoitettu.').waitFor()
  await agent.reload()
  await agent.getByText('Asiakasta ei löydy.').first().waitFor()
  await eventually(async () => assert.equal(await agent.getByText('Raija').count(), 0))
  const collector = await cardOf(who, 'Raija Rajattava', ['collection'])
  await collector.getByText('Käsittely on rajoitettu.').waitFor()
  assert.equal(await collector.getByRole('button', { name: 'Pura rajoitus' }).count(), 0)
  await rights.getByRole('button', { name: 'Pura rajoitus' }).click()
  const lift = rights.getByRole('dialog', { name: 'Pura rajoitus' })
  await lift.getByLabel('Miksi').fill('osoite oikaistu')
  await lift.getByRole('button', { name: 'Pura rajoitus' }).click()
  await rights.getByText('Käsittely on rajoitettu.').waitFor({ state: 'detached' })
  await agent.reload()
  await agent.getByRole('heading', { level: 1, name: 'Raija Rajattava' }).waitFor()
})

test('a role without rights has no button for what it may not do, and no part for what it may not see', async () => {
  const who = await person(walk.owner, { given: 'Laila', family: 'Lukuinen' })
  const page = await cardOf(who, 'Laila Lukuinen', ['collection'])
  await page.getByRole('region', { name: 'Osoitteet' }).getByText('Mallikatu').waitFor()
  await page.waitForLoadState('networkidle')
  for (const name of [/^Muokkaa/, /^Lisää/, 'Avaa suojatut tiedot', /^Uusi/])
    assert.equal(await page.getByRole('button', { name }).count(), 0, String(name))
  // Told of an order of protection, everyone who serves people closes the address: that, and nothing else.
  await page.getByRole('button', { name: 'Muut toimet' }).click()
  await page.getByRole('menuitem').first().waitFor()
  await eventually(async () =>
    assert.deepEqual(await page.getByRole('menuitem').allTextContents(), ['Turvakielto: suojaa heti']),
  )
  await page.keyboard.press('Escape')
  assert.equal(await page.getByRole('link', { name: 'Uusi asiakas' }).count(), 0)
  await clean(page)
  // What the role may not see is not said to be lacking.
  const clerk = await cardOf(who, 'Laila Lukuinen', ['billing'])
  await clerk.getByRole('region', { name: 'Perustiedot' }).getByText('Asiointikieli').waitFor()
  assert.equal(await clerk.getByText('Syntymäaika').count(), 0)
  assert.equal(await clerk.getByText('Ei tietoa').count(), 0)
  const marketer = await walk.at(`/desk/customers/${who}`, ['marketing'])
  await marketer.getByRole('heading', { level: 1 }).waitFor()
  await marketer.waitForLoadState('networkidle')
  assert.equal(await marketer.getByText('Mallikatu').count(), 0)
  const administrator = await walk.at(`/desk/customers/${who}`, ['administrator'])
  await administrator.getByText('Tässä roolissa ei avata asiakkaita.').waitFor()
})

test('an objection to marketing takes effect at once, by the marketer who hears it', async () => {
  const who = await person(walk.owner, { given: 'Mirja', family: 'Mainittava' })
  const agent = await walk.signedIn(['customer-service'])
  const given = await fetch(`${walk.address}/api/customers/${who}/permissions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-register': 'test', cookie: agent },
    body: JSON.stringify({ channel: 'email', state: 'granted', text_version: '2026-1', evidence: 'lomake 12' }),
  })
  assert.equal(given.status, 200, await given.text())
  const page = await cardOf(who, 'Mirja Mainittava', ['marketing'])
  const permissions = page.getByRole('region', { name: 'Markkinointiluvat' })
  await permissions.getByText('lomake 12').waitFor()
  await permissions.getByRole('button', { name: 'Kiellä kaikki suoramarkkinointi' }).press('Enter')
  await page.getByText('Kaikki suoramarkkinointi on kielletty').waitFor()
  const { rows } = await walk.owner.query<{ marketable: number }>('select marketable from customer where id = $1', [
    who,
  ])
  assert.equal(Number(rows[0]?.marketable), 0)
})
