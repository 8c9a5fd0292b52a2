// A death is told, and the estate takes over what still stands in the person's name: one step, one day, and taken back as one.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clean } from '../accessible.ts'
import { journey, type Journey } from '../journey.ts'
import { person } from '../people.ts'

const told = `'test', '2026-01-01Z', 'system:test'`

let walk: Journey
const idOf = async (text: string, values: unknown[]): Promise<number> =>
  Number((await walk.owner.query<{ id: string }>(text, values)).rows[0]?.id)

before(async () => {
  walk = await journey()
  await walk.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
})
after(() => walk.stop())

/** Husband and wife in one home, with a sales contract in both names and a network contract. */
const couple = async (): Promise<{ readonly who: number; readonly site: number }> => {
  const who = await person(walk.owner, { given: 'Martta', family: 'Muistola' })
  const spouse = await person(walk.owner, { given: 'Eino', family: 'Muistola' })
  const site = await idOf(
    `insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by)
     values ('Pesätie', '7', '15140', 'permanent-dwelling', 3, ${told}) returning id`,
    [],
  )
  const point = await idOf(
    `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
     values ($1, 'electricity', '640000000000000001', 'consumption', 'connected', 3, ${told}) returning id`,
    [site],
  )
  for (const each of [who, spouse])
    await walk.owner.query(
      `insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
       values ($1, $2, 'holder', '[2020-01-01,)', 3, ${told})`,
      [each, site],
    )
  for (const [kind, controller, name] of [
    ['sales', 1, 'Mallisähkö'],
    ['network', 2, 'Malliverkko'],
  ] as const) {
    const product = await idOf(
      `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale)
       values ($1, $2, 'electricity', $2, $3, $3, $3, '[2020-01-01,)') returning id`,
      [controller, kind, name],
    )
    const contract = await idOf(
      `insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, source, recorded_at, recorded_by)
       values ($1, $2, $1, 'electricity', $3, $4, $5, '[2020-01-01,)', '2020', ${told}) returning id`,
      [kind, controller, site, point, product],
    )
    for (const [each, role] of [
      [who, 'holder'],
      [spouse, 'co-holder'],
    ])
      await walk.owner.query(
        `insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
         values ($1, $2, $3, '[2020-01-01,)', $4, ${told})`,
        [contract, each, role, controller],
      )
  }
  return { who, site }
}

const stands = async (site: number) => {
  const { rows } = await walk.owner.query<{ row: string }>(
    `select concat_ws(' ', c.kind, n.family, coalesce(n.given, n.organisation), y.role, y.during) as row
       from contract c join contract_party y on y.contract_id = c.id join customer_name n on n.customer_id = y.customer_id where c.site_id = $1
     union all
     select concat_ws(' ', 'lives', coalesce(n.given, n.organisation), o.during)
       from occupancy o join customer_name n on n.customer_id = o.customer_id where o.site_id = $1 order by 1`,
    [site],
  )
  return rows.map(({ row }) => row)
}

test('the estate takes over in one step, and a mistaken death takes it all back', async () => {
  const { who, site } = await couple()
  const before = await stands(site)
  const page = await walk.at(`/desk/customers/${who}`, ['customer-service'])
  await page.getByRole('group', { name: 'Miksi avaat?' }).waitFor()
  await page.keyboard.press('1')
  await page.getByRole('heading', { level: 1, name: 'Martta Muistola' }).waitFor()
  await page.getByRole('button', { name: 'Muut toimet' }).click()
  await page.getByRole('menuitem', { name: 'Kirjaa kuolema' }).click()
  const death = page.getByRole('dialog', { name: 'Kirjaa kuolema' })
  await death.getByLabel('Kuolinpäivä').fill('1.11.2026')
  await death.getByRole('button', { name: 'Kirjaa kuolema' }).click()

  // The step follows by itself: what passes and what stays, from the day of death or a later one.
  const pass = page.getByRole('dialog', { name: 'Siirrä kuolinpesälle' })
  await pass.getByText('Siirtyy: Martta Muistola kuolinpesä').waitFor()
  await pass.getByText('Mallisähkö').waitFor()
  await pass.getByText('toinen osapuoli jää ennalleen').waitFor()
  await pass.getByText('Pesätie 7').waitFor()
  assert.equal(await pass.getByText('Malliverkko').count(), 0, 'the other company’s contract is not told of')
  await pass.getByText('Toisen yhtiön sopimukset siirtää sen oma palvelija.').waitFor()
  await clean(page)
  await pass.getByLabel('Pesän ensimmäinen päivä').fill('31.10.2026')
  await pass.getByRole('button', { name: 'Siirrä' }).click()
  await pass.getByText('Pesä ei voi aloittaa ennen kuolinpäivää.').first().waitFor()
  await pass.getByLabel('Pesän ensimmäinen päivä').fill('5.11.2026')
  await pass.getByText('Mallisähkö').waitFor()
  await pass.getByRole('button', { name: 'Siirrä' }).click()
  await pass.waitFor({ state: 'detached' })

  const warnings = page.getByRole('region', { name: 'Varoitukset' })
  await warnings.getByText('1 sopimus ja 1 käyttöpaikka, 5.11.2026 alkaen.').waitFor()
  await page.getByRole('region', { name: 'Sopimukset' }).getByText('Ei sopimuksia tällä yhtiöllä').waitFor()
  await page.getByText('Pesälle siirtyi: 1 sopimus ja 1 käyttöpaikka.').waitFor()
  await clean(page)
  assert.deepEqual(
    (await stands(site)).filter((row) => !row.includes('Eino')),
    [
      'lives Martta [2020-01-01,2026-11-05)',
      'lives Martta Muistola kuolinpesä [2026-11-05,)',
      'network Muistola Martta holder [2020-01-01,)',
      'sales Martta Muistola kuolinpesä holder [2026-11-05,)',
      'sales Muistola Martta holder [2020-01-01,2026-11-05)',
    ],
  )

  // The day was wrong: taken back from the banner, and passed again from there.
  await warnings.getByRole('button', { name: 'Peru siirto' }).click()
  await warnings.getByText('Vainajan nimissä on vielä voimassa olevaa.').waitFor()
  assert.deepEqual(await stands(site), before)
  await warnings.getByRole('button', { name: 'Siirrä kuolinpesälle' }).click()
  await pass.getByText('Mallisähkö').waitFor()
  await pass.getByRole('button', { name: 'Siirrä' }).click()
  await pass.waitFor({ state: 'detached' })
  await warnings.getByText('1 sopimus ja 1 käyttöpaikka, 1.11.2026 alkaen.').waitFor()

  // The estate's own card has them now.
  await warnings.getByRole('link', { name: 'Martta Muistola kuolinpesä' }).click()
  await page.getByRole('group', { name: 'Miksi avaat?' }).waitFor()
  await page.keyboard.press('1')
  await page.getByRole('heading', { level: 1, name: 'Martta Muistola kuolinpesä' }).waitFor()
  await page.getByRole('region', { name: 'Sopimukset' }).getByText('Mallisähkö').waitFor()
  await page.getByRole('region', { name: 'Käyttöpaikat' }).getByText('Pesätie 7').waitFor()
  await page.goBack()

  await page.getByRole('button', { name: 'Peru kuolemantieto' }).click()
  const back = page.getByRole('dialog', { name: 'Peru kuolemantieto' })
  await back.getByLabel('Miksi tieto oli väärä').fill('ilmoitus koski kaimaa')
  await back.getByRole('button', { name: 'Peru kuolemantieto' }).click()
  await page.getByRole('heading', { level: 1, name: 'Martta Muistola', exact: true }).waitFor()
  await page.getByRole('region', { name: 'Sopimukset' }).getByText('Mallisähkö').waitFor()
  assert.deepEqual(await stands(site), before)
})
