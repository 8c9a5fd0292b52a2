// Someone stands twice in the register: found, compared, joined, parted again; and two who only look alike are told apart.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startNightly } from '../../server/nightly.ts'
import { clean } from '../accessible.ts'
import { journey, type Journey } from '../journey.ts'
import { person } from '../people.ts'

let walk: Journey
before(async () => {
  walk = await journey()
})
after(() => walk.stop())

const search = (): Promise<void> =>
  startNightly({ register: walk.register, log: { note: async () => undefined }, now: () => new Date() }, (error) => {
    throw error
  }).stop()

const mergedInto = async (id: number): Promise<number | null> => {
  const { rows } = await walk.owner.query<{ merged_into: number | null }>(
    'select merged_into::int from customer where id = $1',
    [id],
  )
  return rows[0]?.merged_into ?? null
}

test('the same person twice is compared, joined with a reason, and parted, by keys alone', async () => {
  const made = { given: 'Tuomas', family: 'Kaksonen', phone: '+358505559911', birth_date: '1971-02-03' }
  const one = await person(walk.owner, made)
  const other = await person(walk.owner, { ...made, given: 'Tuomo' })
  await search()

  const page = await walk.at('/desk/queue', ['identity-desk'])
  await page.getByRole('link', { name: 'Kaksoiskappaleet' }).last().click()
  await page.getByRole('heading', { level: 1, name: 'Kaksoiskappaleet' }).waitFor()
  await page.getByText('sama puhelin ja nimi').waitFor()
  await clean(page, 'list')
  await page
    .getByRole('table')
    .getByRole('link', { name: /Tuomas Kaksonen/ })
    .press('Enter')
  await page.waitForURL(`**/desk/duplicates/${one}/${other}`)
  await page.getByRole('rowheader', { name: /Yhteystiedot sama/ }).waitFor()
  await page.getByRole('rowheader', { name: /Nimi eri/ }).waitFor()
  await clean(page, 'comparison')

  await page.keyboard.press('2')
  await page.getByRole('radio', { name: /Tuomo/, checked: true }).waitFor()
  await page.keyboard.press('y')
  const dialog = page.getByRole('dialog', { name: 'Yhdistä asiakkaat' })
  await dialog.getByText(/Tuomas Kaksonen .* liitetään asiakkaaseen Tuomo Kaksonen/).waitFor()
  await page.keyboard.type('Sama puhelin, nimi ja syntymäaika')
  await clean(page, 'joining')
  await page.keyboard.press('Tab')
  await dialog.getByRole('button', { name: 'Yhdistä', exact: true }).press('Enter')
  await page.getByText(/Yhdistetty: Tuomo Kaksonen/).waitFor()
  assert.equal(await mergedInto(one), other)

  // A slip: taken back by one key, and the pair is asked about again.
  await page.keyboard.press('u')
  await page.getByText('Kumottu').waitFor()
  await page.getByText('sama puhelin ja nimi').waitFor()
  assert.equal(await mergedInto(one), null)

  // Joined again, and found to be wrong later: parted with a reason, from the card.
  await page.goto(`/desk/duplicates/${one}/${other}`)
  await page.getByRole('button', { name: 'Yhdistä…' }).click()
  await page.getByRole('textbox', { name: /Perustelu/ }).fill('Sama henkilö')
  await page.getByRole('dialog').getByRole('button', { name: 'Yhdistä', exact: true }).click()
  await page.getByText(/Yhdistetty: Tuomas Kaksonen/).waitFor()
  await page.goto(`/desk/customers/${other}`)
  await page.getByRole('group', { name: 'Miksi avaat?' }).waitFor()
  await page.keyboard.press('5')
  await page.getByText('Tämä asiakas on yhdistetty toiseen.').waitFor()
  await page.getByRole('link', { name: 'Kaksoiskappaleet' }).last().click()
  await page.waitForURL(`**/desk/duplicates?customer=${other}`)
  await page.getByRole('button', { name: 'Pura yhdistäminen' }).click()
  await page.getByRole('textbox', { name: /Perustelu/ }).fill('Isä ja poika')
  await clean(page, 'parting')
  await page.getByRole('dialog').getByRole('button', { name: 'Pura yhdistäminen' }).click()
  await page.getByText('Yhdistäminen on purettu').waitFor()
  assert.equal(await mergedInto(other), null)
})

test('what came while two were joined is looked through: what stays, and what moves to the other', async () => {
  const made = { given: 'Pekka', family: 'Purettu' }
  const one = await person(walk.owner, made)
  const other = await person(walk.owner, made)
  await walk.owner.query(
    `with merge as (insert into customer_merge (customer_id, merged_id, evidence, reason, proposed_by, merged_at, undone_at, controllers)
       values ($1, $2, '{}', 'sama', 'staff:1', '2026-11-01Z', '2026-11-20Z', 1) returning id),
     point as (insert into contact_point (customer_id, channel, value, use, during, marketable, controllers, source, recorded_at, recorded_by)
       select id, 'phone', '+358505559933', 'main', '[2026-11-10,)', 0, controllers, 'desk', '2026-11-10Z', 'staff:3' from customer where id = $1 returning id)
     insert into customer_merge_review (merge_id, customer_id, table_name, row_id, state, controllers)
       select merge.id, $1, table_name, row_id, 'open', 1 from merge, point,
         lateral (values ('contact_point', point.id), ('customer_name', (select min(n.id) from customer_name n where n.customer_id = $1))) as t (table_name, row_id)`,
    [one, other],
  )
  const page = await walk.at(`/desk/duplicates?customer=${other}`, ['customer-service'])
  const panel = page.getByRole('region', { name: 'Tarkistettavat merkinnät' })
  await panel.getByText('Yhteystieto: puhelin · +358505559933').first().waitFor()
  await clean(page, 'review')
  await panel.getByRole('button', { name: /^Jää.*Nimi: Pekka Purettu/ }).press('Enter')
  await panel
    .getByRole('button', { name: /Nimi: Pekka Purettu/ })
    .first()
    .waitFor({ state: 'detached' })
  // A slip of the hand: taken back by one key.
  await page.locator('h1').click()
  await page.keyboard.press('u')
  await panel.getByText('Nimi: Pekka Purettu').first().waitFor()
  await panel.getByRole('button', { name: /^Siirrä toiselle.*Yhteystieto/ }).press('Enter')
  await page.getByText('Siirretty: Pekka Purettu').waitFor()
  await panel
    .getByRole('button', { name: /358505559933/ })
    .first()
    .waitFor({ state: 'detached' })
  const { rows } = await walk.owner.query(
    `select customer_id::int as of from contact_point where value = '+358505559933' and upper_inf(during)`,
  )
  assert.deepEqual(rows, [{ of: other }])
  await panel.getByRole('button', { name: /^On siirretty.*Nimi/ }).press('Enter')
  await panel.waitFor({ state: 'detached' })
})

test('two who only look alike are told apart, and it can be taken back', async () => {
  const made = { given: 'Liisa', family: 'Peilinen', birth_date: '1990-01-01' }
  await person(walk.owner, made)
  await person(walk.owner, made)
  await search()
  const page = await walk.at('/desk/duplicates', ['customer-service'])
  const row = page.getByRole('row', { name: /Liisa Peilinen/ })
  await row.waitFor()
  await row.getByRole('button', { name: /Ei sama/ }).click()
  await row.waitFor({ state: 'detached' })
  await page.getByText('Merkitty eri asiakkaiksi').waitFor()
  await page.keyboard.press('u')
  await row.waitFor()
  // An adviser, who reads no identity code, compares and does not join.
  await row.getByRole('link').click()
  await page.getByRole('rowheader', { name: /Nimi sama/ }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Yhdistä…' }).count(), 0)
})

test('permissions stand on the card: given with their wording, withdrawn, and all forbidden at once', async () => {
  const id = await person(walk.owner, { given: 'Maija', family: 'Lupanen' })
  const page = await walk.at(`/desk/customers/${id}`, ['customer-service'])
  await page.getByRole('group', { name: 'Miksi avaat?' }).waitFor()
  await page.keyboard.press('1')
  const panel = page.getByRole('region', { name: 'Markkinointiluvat' })
  await panel.getByRole('button', { name: 'Anna lupa: Sähköposti' }).click()
  await page.getByRole('textbox', { name: /Lupatekstin versio/ }).fill('sähköposti-2026-1')
  await page.keyboard.press('Enter')
  await panel.getByText('teksti sähköposti-2026-1').waitFor()
  await panel.getByText('Lupa', { exact: true }).waitFor()
  await clean(page, 'card')
  const states = async () => {
    const { rows } = await walk.owner.query<{ channel: string; state: string }>(
      `select distinct on (channel) channel, state from marketing_permission where customer_id = $1 order by channel, id desc`,
      [id],
    )
    return Object.fromEntries(rows.map(({ channel, state }) => [channel, state]))
  }
  assert.deepEqual(await states(), { email: 'granted' })
  await panel.getByRole('button', { name: 'Kiellä kaikki suoramarkkinointi' }).press('Enter')
  await page.getByText('Kaikki suoramarkkinointi on kielletty').waitFor()
  // The button has gone with what it was for, and the keyboard is where it was.
  await panel.locator(':focus').waitFor()
  assert.deepEqual(await states(), { email: 'prohibited', phone: 'prohibited', post: 'prohibited', sms: 'prohibited' })
  await page.locator('h1').click()
  await page.keyboard.press('u')
  await page.getByText('Kumottu').waitFor()
  assert.deepEqual(await states(), { email: 'granted', phone: 'withdrawn', post: 'withdrawn', sms: 'withdrawn' })

  const billing = await walk.at(`/desk/customers/${id}`, ['billing'])
  await billing.getByRole('group', { name: 'Miksi avaat?' }).waitFor()
  await billing.keyboard.press('1')
  await billing.getByRole('heading', { name: 'Sopimukset' }).waitFor()
  assert.equal(await billing.getByRole('region', { name: 'Markkinointiluvat' }).count(), 0)
})
