// An agent who works through a list: narrows the queue, keeps it as a view, takes it out with a reason by one key; and the list of a search.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { openTable } from '../../platform/tabular/index.ts'
import { clean } from '../accessible.ts'
import { eventually } from '../eventually.ts'
import { journey, type Journey } from '../journey.ts'
import { person } from '../people.ts'

let walk: Journey
before(async () => {
  walk = await journey()
})
after(() => walk.stop())

const promised = async (family: string, channel: string, topic: string, days: number): Promise<number> => {
  const id = await person(walk.owner, { given: 'Aino', family })
  await walk.owner.query(
    `insert into contact (customer_id, at, direction, channel, topics, outcome, follow_up_on, staff_id, controllers, source, recorded_at, recorded_by)
     values ($1, now(), 'in', $2, array[$3], 'promised', current_date + $4::int, 1, 1, 'desk', now(), 'staff:1')`,
    [id, channel, topic, days],
  )
  return id
}

test('the queue is narrowed, kept as a view, and taken out by one key with its reason', async () => {
  const kept = await promised('Lahtinen', 'call', 'invoice', -2)
  await promised('Mallinen', 'email', 'move', 3)
  const page = await walk.at('/desk/queue', ['customer-service'])
  const rows = page.getByRole('table').getByRole('link')
  await rows.nth(1).waitFor()
  await eventually(async () => assert.deepEqual(await rows.allTextContents(), ['Aino Lahtinen', 'Aino Mallinen']))
  await clean(page, 'queue')

  await page.getByRole('button', { name: 'Aihe' }).click()
  await page.getByRole('option', { name: 'Lasku', exact: true }).click()
  await page.waitForURL('**/desk/queue?topic=invoice')
  await page.getByRole('link', { name: 'Aino Mallinen' }).waitFor({ state: 'detached' })

  // Kept by keys alone.
  await page.keyboard.press('Escape')
  await page.locator('h1').click()
  await page.keyboard.press('v')
  await page.getByRole('textbox', { name: 'Nimi', exact: true }).fill('Laskuasiat')
  await clean(page, 'saving a view')
  await page.keyboard.press('Enter')
  await page.getByText('Näkymä ”Laskuasiat” on tallennettu').waitFor()
  await page.goto('/desk')
  await page.getByRole('navigation', { name: 'Näkymät' }).getByRole('link', { name: 'Laskuasiat' }).click()
  await page.waitForURL('**/desk/queue?topic=invoice')
  await page.getByRole('button', { name: 'Laskuasiat' }).waitFor()

  await page.keyboard.press('d')
  const dialog = page.getByRole('dialog', { name: 'Vie tiedostoon: Työjono' })
  await dialog.waitFor()
  await clean(page, 'taking out')
  const saved = page.waitForEvent('download')
  await page.keyboard.press('1')
  const file = await saved
  assert.match(file.suggestedFilename(), /^Työjono \d{4}-\d\d-\d\d\.xlsx$/)
  const table = await openTable(await readFile(await file.path()))
  const found: string[][] = []
  for await (const { rows: some } of table.rows()) found.push(...some.map((row) => [...row]))
  assert.deepEqual(table.header, ['Luvattu', 'Asiakasnumero', 'Nimi', 'Kanava', 'Aiheet'])
  assert.deepEqual(
    found.map(([, , name]) => name),
    ['Aino Lahtinen'],
  )
  await dialog.waitFor({ state: 'detached' })
  const { rows: disclosed } = await walk.owner.query(
    `select d.customer_id::int, e.reason, e.form from disclosure d join list_export e on e.id = d.list_export_id`,
  )
  assert.deepEqual(disclosed, [{ customer_id: kept, reason: 'reason:working-list', form: 'xlsx' }])

  // The officer sees what left, in the words of the list and the role, in each language.
  const officer = await walk.at('/desk/exports', ['data-protection-officer'])
  await officer
    .getByRole('row', {
      name: /Testi Työntekijä.*Asiakaspalvelija · Lahti Energia Oy.*Työjono \(xlsx\).*Työlistaksi.*1/,
    })
    .waitFor()
  await clean(officer, 'exports')
  for (const [language, row] of [
    ['sv', /Kundrådgivare.*Arbetskö \(xlsx\).*Som arbetslista/],
    ['en', /Customer adviser.*Queue \(xlsx\).*As a working list/],
  ] as const) {
    await officer.evaluate(
      `localStorage.setItem('asiakasrekisteri.preferences', JSON.stringify({ language: '${language}' }))`,
    )
    await officer.reload()
    await officer.getByRole('row', { name: row }).waitFor()
  }

  // Removed, and brought back by one key.
  await page.getByRole('button', { name: 'Laskuasiat' }).click()
  await page.getByRole('menuitem', { name: /Nimeä tai poista/ }).click()
  await page.getByRole('button', { name: 'Poista näkymä: Laskuasiat' }).click()
  await page.getByText('Sinulla ei ole tallennettuja näkymiä.').waitFor()
  await clean(page, 'managing views')
  await page.keyboard.press('Escape')
  await page.getByText('Näkymä ”Laskuasiat” on poistettu').waitFor()
  await page.keyboard.press('u')
  await page.getByRole('button', { name: 'Laskuasiat' }).waitFor()
})

test('a search becomes a list, which one keeps for oneself; what is shared with the role holds no words', async () => {
  await walk.owner.query('select search_rebuild()')
  const page = await walk.at('/desk', ['customer-service'])
  await page.getByRole('heading', { name: /Hei/ }).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('aino')
  await page.getByRole('option', { name: /Näytä kaikki/ }).click()
  await page.waitForURL('**/desk/search?text=aino')
  await page.getByRole('link', { name: 'Aino Lahtinen' }).waitFor()
  await clean(page, 'search')
  await page.keyboard.press('v')
  await page.getByRole('textbox', { name: 'Nimi', exact: true }).fill('Ainot')
  await page.getByText('Näkyy kaikille, joilla on tämä rooli').click()
  await page.getByRole('button', { name: 'Tallenna', exact: true }).click()
  await page.getByText('Sanahaussa voi olla jonkun nimi').first().waitFor()
  await clean(page, 'words are not shared')
  await page.getByText('Näkyy kaikille, joilla on tämä rooli').click()
  await page.getByRole('button', { name: 'Tallenna', exact: true }).click()
  await page.getByText('Näkymä ”Ainot” on tallennettu').waitFor()
  await page.goto(`${walk.address}/desk/queue?topic=invoice`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('v')
  await page.getByRole('textbox', { name: 'Nimi', exact: true }).fill('Roolin laskut')
  await page.getByText('Näkyy kaikille, joilla on tämä rooli').click()
  await page.getByRole('button', { name: 'Tallenna', exact: true }).click()
  await page.getByText('Näkymä ”Roolin laskut” on tallennettu').waitFor()

  const another = await walk.at('/desk', ['customer-service'])
  await another.getByRole('link', { name: 'Roolin laskut' }).click()
  await another.waitForURL('**/desk/queue?topic=invoice')
  const billing = await walk.at('/desk', ['billing'])
  await billing.getByRole('heading', { name: /Hei/ }).waitFor()
  assert.equal(await billing.getByRole('link', { name: 'Roolin laskut' }).count(), 0)
  assert.equal(await another.getByRole('link', { name: 'Ainot' }).count(), 0, 'what one keeps for oneself is one’s own')

  await another.goto(`${walk.address}/desk/search?text=aino`)
  await another.getByRole('link', { name: 'Aino Mallinen' }).waitFor()
  await another.getByRole('textbox', { name: /Nimi, puhelin/ }).fill('010180-900X')
  await another.getByText('Henkilötunnusta ei kirjoiteta luettelon osoitteeseen.').waitFor()
  await another.keyboard.press('Enter')
  assert.match(another.url(), /text=aino$/)
})

test('on the card each list has its button, for those alone whose role may take it out', async () => {
  const id = await person(walk.owner, { family: 'Kortti' })
  const page = await walk.at(`/desk/customers/${id}`, ['customer-service'])
  await page.getByRole('group', { name: 'Miksi avaat?' }).waitFor()
  await page.keyboard.press('1')
  for (const list of ['Yhteydenotot', 'Käyttöpaikat', 'Sopimukset'])
    await page.getByRole('button', { name: `Vie tiedostoon: ${list}` }).waitFor()
  const identity = await walk.at(`/desk/customers/${id}`, ['identity-desk'])
  await identity.getByRole('group', { name: 'Miksi avaat?' }).waitFor()
  await identity.keyboard.press('1')
  await identity.getByRole('heading', { name: 'Käyttöpaikat' }).waitFor()
  assert.equal(await identity.getByRole('button', { name: /Vie tiedostoon/ }).count(), 0)
})
