// An agent moves a caller into a home and makes the contract, finds the home by its address, and moves the caller out: by keyboard and by mouse.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gs1Check } from '../../chapters/sites/index.ts'
import { clean } from '../accessible.ts'
import { inDays } from '../days.ts'
import { eventually } from '../eventually.ts'
import { journey, type Journey } from '../journey.ts'
import { person } from '../people.ts'

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

test('a caller moves in, gets a contract, and moves out again', async () => {
  const who = await person(walk.owner, { given: 'Aino', family: 'Muuttaja' })
  const page = await walk.at(`/desk/customers/${who}`, ['customer-service'])
  await page.getByRole('group', { name: 'Miksi avaat?' }).waitFor()
  await page.keyboard.press('4')
  await page.getByRole('heading', { name: 'Aino Muuttaja' }).waitFor()

  // One key opens the move; the home is not known yet, so it is added on the way.
  await page.keyboard.press('m')
  const move = page.getByRole('dialog', { name: 'Muutto sisään' })
  await move.getByRole('combobox', { name: 'Käyttöpaikka' }).fill('Pihlajatie 7')
  await move.getByText('Ei löytynyt').waitFor()
  await clean(page)
  await move.getByRole('button', { name: 'Osoitetta ei löydy: lisää uusi' }).click()
  const added = page.getByRole('dialog', { name: 'Uusi käyttöpaikka' })
  await added.getByLabel('Katu').fill('Pihlajatie')
  await added.getByLabel('Numero', { exact: true }).fill('7')
  await added.getByRole('textbox', { name: 'Asunto' }).fill('3')
  await added.getByLabel('Postinumero').fill('00000')
  await added.getByText('Postinumeroa ei ole.').waitFor()
  await added.getByLabel('Postinumero').fill('15140')
  await added.getByText('LAHTI, Lahti').waitFor()
  await added.getByRole('button', { name: 'Lisää' }).click()
  await added.waitFor({ state: 'detached' })
  await eventually(async () =>
    assert.equal(await move.getByRole('combobox', { name: 'Käyttöpaikka' }).inputValue(), 'Pihlajatie 7 3'),
  )
  await move.getByLabel('Ensimmäinen päivä').fill('1.1.2026')
  await move.getByRole('button', { name: 'Kirjaa muutto' }).click()
  await page.getByRole('dialog', { name: 'Uusi postiosoite' }).getByRole('button', { name: 'Ohita' }).click()
  await page.getByText('Haltija, 1.1.2026 alkaen').waitFor()

  // They had lived there once before.
  await walk.owner.query(
    `insert into occupancy (customer_id, site_id, role, during, protected, restricted, controllers, source, recorded_at, recorded_by)
     select customer_id, site_id, role, '[2020-01-01,2021-01-01)', protected, restricted, controllers, source, recorded_at, recorded_by
       from occupancy where customer_id = $1`,
    [who],
  )

  // The home's own page: a point with a mistyped code is refused in words, then taken.
  await page.getByRole('link', { name: 'Pihlajatie 7 3' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Pihlajatie 7 3' }).waitFor()
  const points = page.getByRole('region', { name: 'Mittaukset' })
  await points.getByRole('button', { name: 'Lisää' }).click()
  const point = page.getByRole('dialog', { name: 'Lisää käyttöpaikkatunnus' })
  const body = `649900${'1'.padStart(11, '0')}`
  const code = body + gs1Check(body)
  await point.getByLabel('Käyttöpaikkatunnus').fill(body + String((Number(gs1Check(body)) + 1) % 10))
  await point.getByRole('button', { name: 'Lisää' }).click()
  await point.getByText('Tunnuksen tarkistusnumero ei täsmää.').first().waitFor()
  await point.getByLabel('Käyttöpaikkatunnus').fill(code)
  await point.getByRole('button', { name: 'Lisää' }).click()
  await point.waitFor({ state: 'detached' })
  await page.getByText('Mittaus ilman sopimusta').waitFor()
  await clean(page)

  await page.getByRole('link', { name: 'Aino Muuttaja' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Aino Muuttaja' }).waitFor()
  await page.keyboard.press('s')
  const contract = page.getByRole('dialog', { name: 'Uusi sopimus' })
  await contract.getByRole('button', { name: /^Tuote|Valitse Tuote/ }).click()
  await page.getByRole('option', { name: 'Mallisähkö' }).click()
  await contract.getByLabel('Ehtojen versio').fill('2026-1')
  await clean(page)
  await contract.getByRole('button', { name: 'Tee sopimus' }).click()
  await contract.waitFor({ state: 'detached' })
  const contracts = page.getByRole('region', { name: 'Sopimukset' })
  await contracts.getByText('Mallisähkö').waitFor()
  await contracts.getByText('Voimassa').waitFor()

  // Another agent finds the home by how it is spoken, and sees that someone lives there.
  await page.keyboard.press('/')
  await page.keyboard.type('pihlajatie 7')
  await page.getByRole('option', { name: /Pihlajatie 7 3/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Pihlajatie 7 3' }).waitFor()
  await page.getByRole('button', { name: 'Muutto pois' }).click()
  const out = page.getByRole('dialog', { name: 'Muutto pois: Aino Muuttaja' })
  await out.getByLabel(/Ensimmäinen päivä/).fill('1.1.2026')
  await out.getByText('Asiakas ei vielä asunut täällä.').waitFor()
  // After the contract of today began, whenever that is.
  const leaving = inDays(10)
  await out.getByLabel(/Ensimmäinen päivä/).fill(leaving.typed)
  await out.getByRole('button', { name: 'Kirjaa muutto' }).click()
  await out.waitFor({ state: 'detached' })

  const { rows } = await walk.owner.query<{ role: string; during: string }>(
    `select role, during::text from occupancy where customer_id = $1 and lower(during) > '2025-01-01'`,
    [who],
  )
  assert.deepEqual(rows, [{ role: 'holder', during: `[2026-01-01,${leaving.iso})` }])
})
