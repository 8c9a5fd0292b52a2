// What is done for protected people at the desk: by whoever opens them, and seen by nobody else.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { clean } from '../accessible.ts'
import { inDays } from '../days.ts'
import { journey, type Journey } from '../journey.ts'
import { person } from '../people.ts'

const told = `'test', '2026-01-01Z', 'system:test'`

let walk: Journey
before(async () => {
  walk = await journey()
  await walk.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  await walk.owner.query(
    `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale)
     values (1, 'TEST-1', 'electricity', 'sales', 'Mallisähkö', 'Modellel', 'Model power', '[2020-01-01,)')`,
  )
})
after(() => walk.stop())

/** The card, open because of a contract, move or site. */
const cardOf = async (who: number, name: string, roles: readonly string[]): Promise<Page> => {
  const page = await walk.at(`/desk/customers/${who}`, roles)
  await page.getByRole('group', { name: 'Miksi avaat?' }).waitFor()
  await page.keyboard.press('4')
  await page.getByRole('heading', { level: 1, name }).waitFor()
  return page
}

const protectedHome = async (who: number, number: string): Promise<number> => {
  const { rows } = await walk.owner.query<{ id: string }>(
    `insert into site (street_fi, number, postcode, use, protected, controllers, source, recorded_at, recorded_by)
     values ('Kotipolku', $1, '15140', 'permanent-dwelling', true, 3, ${told}) returning id`,
    [number],
  )
  const site = Number(rows[0]?.id)
  await walk.owner.query(
    `insert into accounting_point (site_id, energy, code, kind, status, protected, controllers, source, recorded_at, recorded_by)
     values ($1, 'electricity', $2, 'consumption', 'connected', true, 3, ${told})`,
    [site, String(640_000_000_000_000_000n + BigInt(site))],
  )
  await walk.owner.query(
    `insert into occupancy (customer_id, site_id, role, during, protected, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2020-01-01,)', true, 3, ${told})`,
    [who, site],
  )
  return site
}

test('who opens a protected person makes their contract and moves another in with them; an agent sees no home', async () => {
  const first = await person(walk.owner, { given: 'Salla', family: 'Suojattava', protected: true })
  const second = await person(walk.owner, { given: 'Vilho', family: 'Varjeltava', protected: true })
  const site = await protectedHome(first, '5')
  await walk.owner.query('select search_rebuild()')

  const desk = await cardOf(first, 'Salla Suojattava', ['identity-desk'])
  const panel = desk.getByRole('region', { name: 'Suojatut tiedot' })
  await panel.getByRole('button', { name: 'Avaa suojatut tiedot' }).click()
  await panel
    .getByRole('button', { name: /Sopimus, muutto tai käyttöpaikka/ })
    .first()
    .click()
  await panel.getByText('Kotipolku 5, 15140 LAHTI').waitFor()
  await panel.getByRole('button', { name: 'Uusi sopimus' }).click()
  const contract = desk.getByRole('dialog', { name: 'Uusi sopimus' })
  await contract.getByRole('button', { name: /^Tuote|Valitse Tuote/ }).click()
  await desk.getByRole('option', { name: 'Mallisähkö' }).click()
  await contract.getByLabel('Ehtojen versio').fill('2026-1')
  await clean(desk)
  await contract.getByRole('button', { name: 'Tee sopimus' }).click()
  await contract.waitFor({ state: 'detached' })
  const contracts = desk.getByRole('region', { name: 'Sopimukset' })
  await contracts.getByText('Mallisähkö').waitFor()

  await panel.getByRole('button', { name: 'Toinen muuttaa sisään' }).click()
  const move = desk.getByRole('dialog', { name: 'Muutto sisään' })
  await move.getByRole('combobox', { name: 'Asiakas' }).fill('varjeltava')
  await desk.getByRole('option', { name: /Vilho Varjeltava/ }).click()
  await move.getByRole('button', { name: 'Kirjaa muutto' }).click()
  await move.waitFor({ state: 'detached' })
  const { rows } = await walk.owner.query(
    'select customer_id::int as who, protected from occupancy where site_id = $1 order by id',
    [site],
  )
  assert.deepEqual(rows, [
    { who: first, protected: true },
    { who: second, protected: true },
  ])

  await contracts.getByRole('button', { name: 'Päätä' }).click()
  const end = desk.getByRole('dialog', { name: 'Päätä sopimus: Mallisähkö' })
  await end.getByLabel('Ensimmäinen päivä ilman sopimusta').fill(inDays(10).typed)
  await end.getByRole('button', { name: 'Päätä' }).click()
  await end.waitFor({ state: 'detached' })
  await contracts.getByText('Päättymässä').waitFor()

  // An agent: that there is a contract, and nothing of where.
  for (const [who, name] of [
    [first, 'Salla Suojattava'],
    [second, 'Vilho Varjeltava'],
  ] as const) {
    const agent = await cardOf(who, name, ['customer-service'])
    await agent.getByRole('region', { name: 'Käyttöpaikat' }).getByText('Ei käyttöpaikkoja').waitFor()
    for (const button of ['Muutto', 'Uusi sopimus', 'Avaa suojatut tiedot'])
      assert.equal(await agent.getByRole('button', { name: button, exact: true }).count(), 0, button)
    assert.ok(!(await agent.content()).includes('Kotipolku'))
    await clean(agent)
  }
})

test('told of an order of protection, an agent closes the address in two clicks and a reason; the identity desk confirms or lifts it', async () => {
  const who = await person(walk.owner, { given: 'Kerttu', family: 'Kertoja' })
  const other = await person(walk.owner, { given: 'Erkki', family: 'Erehtyjä' })
  for (const [each, name] of [
    [who, 'Kerttu Kertoja'],
    [other, 'Erkki Erehtyjä'],
  ] as const) {
    const agent = await cardOf(each, name, ['customer-service'])
    await agent.getByText('Mallikatu 1 A 2, 15140 LAHTI').waitFor()
    await agent.getByRole('button', { name: 'Muut toimet' }).click()
    await agent.getByRole('menuitem', { name: 'Turvakielto: suojaa heti' }).click()
    const lock = agent.getByRole('dialog', { name: 'Turvakielto: suojaa heti' })
    await clean(agent)
    await lock.getByLabel('Mitä asiakas kertoi').fill('kertoi saaneensa turvakiellon')
    await agent.keyboard.press('Enter')
    await lock.waitFor({ state: 'detached' })

    // At once an agent sees of them what an agent may see of a protected person.
    await agent.getByText('Osoite on suojattu.', { exact: true }).waitFor()
    await agent.getByText('Suojattu: osoitteet eivät näy.').waitFor()
    await agent.getByText('Suojattu: yhteystiedot eivät näy.').waitFor()
    assert.equal(await agent.getByText('Mallikatu').count(), 0)
    assert.equal(await agent.getByRole('button', { name: /Avaa suojatut|Pura|Vahvista/ }).count(), 0)
    assert.equal(await agent.getByRole('link', { name: 'Suojaukset' }).count(), 0)
    await clean(agent)
    await agent.context().close()
  }

  const desk = await walk.at('/desk', ['identity-desk'])
  await desk.getByRole('link', { name: 'Suojaukset' }).first().click()
  await desk.getByRole('heading', { level: 1, name: 'Vahvistettavat suojaukset' }).waitFor()
  await desk.getByRole('row', { name: /Kerttu Kertoja/ }).waitFor()
  await clean(desk)
  await desk.getByRole('link', { name: 'Kerttu Kertoja' }).click()
  await desk.getByRole('group', { name: 'Miksi avaat?' }).waitFor()
  await desk.keyboard.press('1')
  const panel = desk.getByRole('region', { name: 'Suojatut tiedot' })
  await panel.getByText('kertoi saaneensa turvakiellon').waitFor()
  await panel.getByRole('button', { name: 'Vahvista suojaus' }).click()
  const confirm = desk.getByRole('dialog', { name: 'Vahvista suojaus' })
  await confirm.getByLabel('Ilmoitus tai asiakirja').fill('VTJ-tieto')
  await confirm.getByLabel('Ensimmäinen päivä, jona ei enää voimassa').fill('24.11.2031')
  await confirm.getByRole('button', { name: 'Vahvista suojaus' }).click()
  await confirm.waitFor({ state: 'detached' })
  await panel.getByRole('button', { name: 'Jatka suojausta' }).waitFor()

  await desk.getByRole('link', { name: 'Suojaukset' }).first().click()
  await desk.getByRole('row', { name: /Erkki Erehtyjä/ }).waitFor()
  await desk.getByRole('row', { name: /Kerttu Kertoja/ }).waitFor({ state: 'detached' })
  await desk.getByRole('link', { name: 'Erkki Erehtyjä' }).click()
  await desk.getByRole('group', { name: 'Miksi avaat?' }).waitFor()
  await desk.keyboard.press('1')
  await panel.getByRole('button', { name: 'Pura suojaus' }).click()
  const lift = desk.getByRole('dialog', { name: 'Pura suojaus' })
  await lift.getByLabel('Miksi').fill('väestörekisterissä ei ole kieltoa')
  await lift.getByRole('button', { name: 'Pura suojaus' }).click()
  await desk.getByText('Mallikatu 1 A 2, 15140 LAHTI').waitFor()

  const { rows } = await walk.owner.query(
    'select customer_id::int as who, outcome from protection_lock where customer_id in ($1, $2) order by 1',
    [who, other],
  )
  assert.deepEqual(rows, [
    { who, outcome: 'confirmed' },
    { who: other, outcome: 'lifted' },
  ])
})
