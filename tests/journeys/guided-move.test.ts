// Guided moves with a caller on the line: by keyboard, shown before they are done, refused with the day that would do, and taken back whole.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { clean } from '../accessible.ts'
import { inDays } from '../days.ts'
import { journey, type Journey } from '../journey.ts'
import { person } from '../people.ts'

const told = `'test', '2026-01-01Z', 'system:test'`
let walk: Journey
let products: { readonly sales: number; readonly heat: number }
const idOf = async (text: string, values: unknown[] = []): Promise<number> =>
  Number((await walk.owner.query<{ id: string }>(text, values)).rows[0]?.id)

before(async () => {
  walk = await journey()
  await walk.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  const product = (code: string, energy: string, name: string) =>
    idOf(
      `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale)
       values (1, $1, $2, 'sales', $3, $3, $3, '[2020-01-01,)') returning id`,
      [code, energy, name],
    )
  products = {
    sales: await product('TEST-1', 'electricity', 'Mallisähkö'),
    heat: await product('TEST-2', 'heat', 'Mallilämpö'),
  }
})
after(() => walk.stop())

let count = 0
/** A home with electricity and heat. */
const home = async (street: string) => {
  const site = await idOf(
    `insert into site (street_fi, street_sv, number, postcode, use, controllers, source, recorded_at, recorded_by)
     values ($1, $1, '1', '15140', 'permanent-dwelling', 3, ${told}) returning id`,
    [street],
  )
  count += 1
  const point = (energy: string, code: string) =>
    idOf(
      `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
       values ($1, $2, $3, 'consumption', 'connected', 3, ${told}) returning id`,
      [site, energy, code],
    )
  return {
    site,
    sales: await point('electricity', String(640_000_000_000_000_000n + BigInt(count))),
    heat: await point('heat', `KL-${count}`),
  }
}
type Home = Awaited<ReturnType<typeof home>>

const lives = (who: number, { site }: Home) =>
  idOf(
    `insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2020-01-01,)', 3, ${told}) returning id`,
    [who, site],
  )
const agreed = async (who: number, at: Home, energy: 'sales' | 'heat') => {
  count += 1
  const contract = await idOf(
    `insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, terms_version, source, recorded_at, recorded_by)
     values ($1, 1, 'sales', $2, $3, $4, $5, '[2020-01-01,)', '2020', ${told}) returning id`,
    [`M10${count}`, energy === 'sales' ? 'electricity' : 'heat', at.site, at[energy], products[energy]],
  )
  await walk.owner.query(
    `insert into contract_party (contract_id, customer_id, role, during, controller, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2020-01-01,)', 1, ${told})`,
    [contract, who],
  )
}

const standing = async (homes: readonly Home[]) => {
  const { rows } = await walk.owner.query<{ row: string }>(
    `select concat_ws(' ', s.street_fi, c.energy, n.given, c.during, y.during) as row from contract c join site s on s.id = c.site_id
       join contract_party y on y.contract_id = c.id join customer_name n on n.customer_id = y.customer_id where s.id = any ($1)
     union all
     select concat_ws(' ', s.street_fi, 'lives', n.given, o.during) from occupancy o join site s on s.id = o.site_id
       join customer_name n on n.customer_id = o.customer_id where s.id = any ($1) order by 1`,
    [homes.map(({ site }) => site)],
  )
  return rows.map(({ row }) => row)
}

const card = async (who: number, name: string, options = {}): Promise<Page> => {
  const page = await walk.at(`/desk/customers/${who}`, ['customer-service'], options)
  await page.getByRole('group').getByRole('button').first().waitFor()
  await page.keyboard.press('4')
  await page.getByRole('heading', { level: 1, name }).waitFor()
  return page
}
/** As the desk speaks it, wherever one is. */
const speak = async (page: Page, language: string): Promise<void> => {
  await page.evaluate(`(() => {
    const place = 'asiakasrekisteri.preferences'
    localStorage.setItem(place, JSON.stringify({ language: '${language}' }))
    window.dispatchEvent(new StorageEvent('storage', { key: place }))
  })()`)
  await page.locator(`html[lang=${language}]`).waitFor()
}

/** Goes on by Tab until the button of that name holds the keyboard, and presses it. */
const tabTo = async (page: Page, name: string): Promise<void> => {
  const button = page.getByRole('button', { name, exact: true }).last()
  await page.locator('button:enabled').filter({ hasText: name }).last().waitFor()
  for (let at = 0; at < 60; at += 1) {
    if (await button.evaluate((each) => each.matches(':focus'))) break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
}

/** The day in what is said: `24.11.2026`, `Ota 24.11.2026`. */
const isoOf = (said: string): string => {
  const [day = '', month = '', year = ''] = said.replace(/^\D+/, '').split('.')
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** What the database says, as soon as it says it. */
const stands = async (homes: readonly Home[], expected: readonly string[]): Promise<void> => {
  const until = Date.now() + 20_000
  for (;;) {
    const now = await standing(homes)
    if (Date.now() > until || JSON.stringify(now) === JSON.stringify(expected)) {
      assert.deepEqual(now, expected)
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test('out of one home into another in one, by keyboard alone, in three languages, and taken back', async () => {
  const who = await person(walk.owner, { given: 'Aino', family: 'Muuttaja' })
  const [old, next] = [await home('Lähtötie'), await home('Tulotie')]
  await lives(who, old)
  await agreed(who, old, 'sales')
  await agreed(who, old, 'heat')
  const before = await standing([old, next])
  const page = await card(who, 'Aino Muuttaja', { viewport: { width: 720, height: 900 } })
  await page.getByRole('region', { name: 'Käyttöpaikat' }).getByText('Lähtötie 1').waitFor()
  await page.keyboard.press('m')
  const move = page.getByRole('dialog', { name: 'Muutto' })
  await move.getByRole('combobox', { name: 'Käyttöpaikka' }).waitFor()
  await page.keyboard.type('Tulotie')
  await page.getByRole('option', { name: /Tulotie 1/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const day = inDays(7)
  await move.getByLabel('Ensimmäinen päivä, jona ei enää asu: Lähtötie 1').fill(day.typed)
  const effects = move.getByRole('region', { name: 'Mitä muutto tekee' })
  await effects.getByText(`alkaa ${day.typed}`).nth(2).waitFor()
  await effects
    .getByText(/jatkaa sopimusta/)
    .nth(1)
    .waitFor()
  await effects.getByText('Asuminen: Lähtötie 1').waitFor()
  await effects.getByText('Asuminen: Tulotie 1').waitFor()
  await clean(page)
  await speak(page, 'sv')
  await page
    .getByRole('region', { name: 'Vad flytten medför' })
    .getByText(/fortsätter avtalet/)
    .first()
    .waitFor()
  await clean(page)
  await speak(page, 'en')
  await page
    .getByRole('region', { name: 'What the move does' })
    .getByText(/goes on from contract/)
    .first()
    .waitFor()
  await clean(page)
  await speak(page, 'fi')
  await effects.waitFor()
  await tabTo(page, 'Kirjaa muutto')

  // The post is asked about by itself, and may be left.
  const post = page.getByRole('dialog', { name: 'Uusi postiosoite' })
  await post.getByLabel('Katuosoite').waitFor()
  assert.equal(await post.getByLabel('Katuosoite').inputValue(), 'Tulotie 1')
  await clean(page)
  await tabTo(page, 'Ohita')
  await post.waitFor({ state: 'detached' })
  // As long as it is pointed at, its time stands still.
  await page.getByText('Muutto kirjattu.').hover()
  const today = day.iso
  await stands(
    [old, next],
    [
      `Lähtötie electricity Aino [2020-01-01,${today}) [2020-01-01,${today})`,
      `Lähtötie heat Aino [2020-01-01,${today}) [2020-01-01,${today})`,
      `Lähtötie lives Aino [2020-01-01,${today})`,
      `Tulotie electricity Aino [${today},) [${today},)`,
      `Tulotie heat Aino [${today},) [${today},)`,
      `Tulotie lives Aino [${today},)`,
    ],
  )
  const homes = page.getByRole('region', { name: 'Käyttöpaikat' })
  await homes.getByText('Tulotie 1').waitFor()
  await page.keyboard.press('u')
  await page.getByText('Kumottu').waitFor()
  await stands([old, next], before)
  await homes.getByText('Tulotie 1').waitFor({ state: 'detached' })
})

test('a caller moves in today, with a contract for each energy, and the post follows', async () => {
  const who = await person(walk.owner, { given: 'Toini', family: 'Tulija' })
  const at = await home('Uusitie')
  const page = await card(who, 'Toini Tulija')
  await page.getByRole('region', { name: 'Käyttöpaikat' }).getByText('Ei käyttöpaikkoja').waitFor()
  await page.keyboard.press('m')
  const move = page.getByRole('dialog', { name: 'Muutto sisään' })
  await move.getByRole('combobox', { name: 'Käyttöpaikka' }).fill('Uusitie')
  await page.getByRole('option', { name: /Uusitie 1/ }).click()
  // Today, whenever that is.
  const today = isoOf(await move.getByLabel('Ensimmäinen päivä').inputValue())
  const effects = move.getByRole('region', { name: 'Mitä muutto tekee' })
  // What has no contract is told.
  await effects.getByText('Ei sopimusta tällä yhtiöllä').nth(1).waitFor()
  await move.getByRole('button', { name: /Sähkö 640/ }).click()
  await page.getByRole('option', { name: 'Mallisähkö' }).click()
  await move.getByRole('button', { name: /Kaukolämpö KL/ }).click()
  await page.getByRole('option', { name: 'Mallilämpö' }).click()
  await move.getByText('Ehtojen versio puuttuu.').waitFor()
  assert.ok(await move.getByRole('button', { name: 'Kirjaa muutto' }).isDisabled())
  await clean(page)
  await move.getByLabel('Ehtojen versio').fill('2026-1')
  await move.getByText('Ehtojen versio puuttuu.').waitFor({ state: 'detached' })
  await effects.getByText('Ei sopimusta tällä yhtiöllä').first().waitFor({ state: 'detached' })
  await move.getByRole('button', { name: 'Kirjaa muutto' }).click()
  const post = page.getByRole('dialog', { name: 'Uusi postiosoite' })
  await post.getByRole('button', { name: 'Tallenna osoite' }).click()
  await post.waitFor({ state: 'detached' })
  await page
    .getByText(/Uusitie 1, 15140 LAHTI/)
    .first()
    .waitFor()
  await stands(
    [at],
    [
      `Uusitie electricity Toini [${today},) [${today},)`,
      `Uusitie heat Toini [${today},) [${today},)`,
      `Uusitie lives Toini [${today},)`,
    ],
  )
})

test('a move that is told too late says the earliest day, and taking it works', async () => {
  const who = await person(walk.owner, { given: 'Myöhä', family: 'Ilmoittaja' })
  const at = await home('Jälkitie')
  await lives(who, at)
  await agreed(who, at, 'sales')
  const page = await card(who, 'Myöhä Ilmoittaja')
  await page.getByRole('region', { name: 'Käyttöpaikat' }).getByRole('button', { name: 'Muutto pois' }).click()
  const move = page.getByRole('dialog', { name: 'Muutto pois: Jälkitie 1' })
  const left = inDays(-5)
  await move.getByLabel(/Ensimmäinen päivä, jona/).fill(left.typed)
  await move.getByText('Sähkösopimusta ei voi päättää takautuvasti.').waitFor()
  assert.ok(await move.getByRole('button', { name: 'Kirjaa muutto' }).isDisabled())
  await clean(page)
  const take = (await move.getByRole('button', { name: /^Ota \d/ }).textContent()) ?? ''
  await tabTo(page, take)
  await move.getByText('Sähkösopimusta ei voi päättää takautuvasti.').waitFor({ state: 'detached' })
  // What the customer pays for after leaving is told before it is done.
  await move.getByRole('region', { name: 'Mitä muutto tekee' }).getByText('Asiakas maksaa').waitFor()
  await move.getByRole('button', { name: 'Kirjaa muutto' }).click()
  await page.getByRole('dialog', { name: 'Uusi postiosoite' }).getByRole('button', { name: 'Ohita' }).click()
  await stands(
    [at],
    [
      `Jälkitie electricity Myöhä [2020-01-01,${isoOf(take)}) [2020-01-01,${isoOf(take)})`,
      `Jälkitie lives Myöhä [2020-01-01,${left.iso})`,
    ],
  )

  // The home says since when its point has no contract, and when the next begins.
  await page.goto(`/desk/sites/${at.site}`)
  const contracts = page.getByRole('region', { name: 'Sopimukset' })
  const open = contracts.getByText('Mittaus ilman sopimusta').locator('..')
  await open.filter({ hasText: `${take.replace('Ota ', '')} alkaen` }).waitFor()
  await clean(page)
})

test('one tenant goes and another comes on one day, from the home’s own page', async () => {
  const gone = await person(walk.owner, { given: 'Lauri', family: 'Lähtijä' })
  const coming = await person(walk.owner, { given: 'Tuula', family: 'Tulokas' })
  await walk.owner.query('select search_refresh(array[$1::bigint])', [coming])
  const at = await home('Vaihtotie')
  await lives(gone, at)
  await agreed(gone, at, 'sales')
  const page = await walk.at(`/desk/sites/${at.site}`, ['customer-service'])
  const people = page.getByRole('region', { name: 'Asukkaat ja haltijat' })
  const day = inDays(7)

  // As long as the one has not gone, the other's contract has no day; and it is said what to do.
  await people.getByRole('button', { name: 'Muutto sisään' }).click()
  const into = page.getByRole('dialog', { name: 'Muutto sisään' })
  const choose = async (): Promise<void> => {
    await into.getByRole('combobox', { name: 'Asiakas' }).fill('Tulokas')
    await page.getByRole('option', { name: /Tuula Tulokas/ }).click()
    await into.getByLabel('Ensimmäinen päivä').fill(day.typed)
  }
  await choose()
  await into.getByText(/sopimus on jo voimassa/).waitFor()
  await into.getByRole('button', { name: 'Peru', exact: true }).click()

  await people.getByRole('button', { name: 'Muutto pois' }).click()
  const out = page.getByRole('dialog', { name: 'Muutto pois: Lauri Lähtijä' })
  await out.getByLabel(/Ensimmäinen päivä/).fill(day.typed)
  await out.getByRole('region', { name: 'Mitä muutto tekee' }).getByText('Mallisähkö').waitFor()
  await out.getByRole('button', { name: 'Kirjaa muutto' }).click()
  await out.waitFor({ state: 'detached' })
  // Who has told that they will leave lives there until then.
  await people.getByText('Lauri Lähtijä').waitFor()

  await people.getByRole('button', { name: 'Muutto sisään' }).click()
  await choose()
  await into.getByRole('button', { name: /Sähkö 640/ }).click()
  await page.getByRole('option', { name: 'Mallisähkö' }).click()
  await into.getByLabel('Ehtojen versio').fill('2026-1')
  await clean(page)
  await into.getByRole('button', { name: 'Kirjaa muutto' }).click()
  await into.waitFor({ state: 'detached' })
  await stands(
    [at],
    [
      `Vaihtotie electricity Lauri [2020-01-01,${day.iso}) [2020-01-01,${day.iso})`,
      `Vaihtotie electricity Tuula [${day.iso},) [${day.iso},)`,
      `Vaihtotie lives Lauri [2020-01-01,${day.iso})`,
      `Vaihtotie lives Tuula [${day.iso},)`,
    ],
  )
})
