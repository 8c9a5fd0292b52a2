// The data protection officer's pages as they are used: who may see what, who looked at whom, and proofs that the browser itself verifies.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { clean } from '../accessible.ts'
import { eventually } from '../eventually.ts'
import { journey, type Journey } from '../journey.ts'
import { person } from '../people.ts'

let walk: Journey
before(async () => {
  walk = await journey()
})
after(() => walk.stop())

const officer = ['data-protection-officer']

test('"who may see an identity code?" is answered in two keystrokes, and each cell opens why', async () => {
  const page = await walk.at('/desk/declaration', officer)
  await page.getByRole('heading', { level: 1, name: 'Seloste taulukkona' }).waitFor()
  await page.keyboard.press('f')
  await page.keyboard.press('h')
  const answer = page.getByRole('region', { name: 'Henkilötunnus' })
  await answer.waitFor()
  const told = (await answer.textContent()) ?? ''
  assert.match(told, /Saavat lukea.*Henkilötietojen käsittelijä.*Laskuttaja/s)
  assert.doesNotMatch(told, /Asiakaspalvelija/)
  // Narrowed, it has the same parts as whole, and is looked at in a tenth of the time.
  await clean(page)

  // A real table: the cell's own name, under its heads; the arrows move in it.
  await page.keyboard.press('Escape')
  await page.locator('[data-place="0:0"]').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.locator('[data-place="1:1"]:focus').waitFor()
  await page.keyboard.press('Control+Home')
  const first = page.getByRole('table').getByRole('row', { name: /Asiakaspalvelija Asiakassuhteen hoito/ })
  await first.getByRole('button', { name: 'lukee, muuttaa, vie tiedostoon' }).first().waitFor()
  await page.keyboard.press('Enter')
  const why = page.getByRole('dialog', { name: 'Asiakasnumero · Asiakaspalvelija' })
  await why.getByText('Sopimuksemme kanssasi').waitFor()
  await why.getByText('3 vuotta sopimuksen päättymisestä').waitFor()
  await why.getByText('Lahti Energia Sähköverkko Oy').waitFor()
  await clean(page, 'dialog', '[role=dialog]')
  await page.keyboard.press('Escape')
  await why.waitFor({ state: 'detached' })

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Lataa CSV' }).click()
  assert.equal((await download).suggestedFilename(), 'seloste-2026.1.csv')
})

test('a look is found in the log, its proof verified by the browser; the person is told all but by whom', async () => {
  const who = await person(walk.owner, { given: 'Aino', family: 'Lokitettu' })
  await walk.owner.query('select search_refresh(array[$1::bigint])', [who])
  const agent = await walk.at('/desk', ['customer-service'])
  await agent.getByRole('heading', { level: 1 }).waitFor()
  await agent.keyboard.press('/')
  await agent.keyboard.type('lokitettu')
  await agent.getByRole('option', { name: /Aino Lokitettu/ }).waitFor()
  await walk.log.checkpoint()

  const page = await walk.at(`/desk/access-log?person=${who}&name=Aino`, officer)
  const line = page.getByRole('row', { name: /Aino Lokitettu.*asiakkaiden hakeminen/ }).first()
  await line.waitFor()
  await clean(page)
  await line.getByRole('link').focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: /^Rivi / })
  await dialog.getByRole('button', { name: 'Tarkista tässä selaimessa' }).click()
  await dialog.getByText('Todiste pitää.').waitFor()
  await clean(page)

  // One sign of the line is changed on its way: the browser finds it.
  await page.route('**/api/access-log/lines/*/proof', async (route) => {
    const answer = await route.fetch()
    const proof = (await answer.json()) as { line: string[] }
    proof.line[4] = 'staff:999'
    await route.fulfill({ response: answer, json: proof })
  })
  await page.reload()
  await dialog.getByRole('button', { name: 'Tarkista tässä selaimessa' }).click()
  await dialog.getByText('Todiste ei pidä.').waitFor()

  await dialog.getByRole('link', { name: 'Kaikki hänen katselunsa' }).click()
  await page.getByRole('heading', { level: 1, name: 'Tietojen katselut' }).waitFor()
  const looks = page.getByRole('region', { name: /^Aino Lokitettu, asiakas/ })
  await looks.getByText('Asiakaspalvelu').first().waitFor()
  assert.doesNotMatch((await looks.textContent()) ?? '', /Testi Työntekijä/)
  await clean(page)
  // From the card, one press away; without a first day the page says how far back it looked, and goes further when asked.
  await page.goto(`/desk/customers/${who}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('5')
  await page.getByRole('link', { name: 'Kuka on katsonut' }).press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Käyttöloki' }).waitFor()
  await page
    .getByRole('row', { name: /Aino Lokitettu.*asiakkaiden hakeminen/ })
    .first()
    .waitFor()
  await eventually(async () =>
    assert.equal(await page.getByText('Ilman alkupäivää').count(), 0, 'of one person all is searched'),
  )
  await page.goto('/desk/access-log')
  await page.getByText('Ilman alkupäivää haetaan 31 viime päivältä').waitFor()
  await clean(page, 'span')
  await page.getByRole('link', { name: 'Hae myös vuoden ajalta sitä ennen' }).press('Enter')
  await page.waitForURL(/from=\d{4}-\d\d-\d\d/)
  await page.getByText('Ilman alkupäivää').waitFor({ state: 'detached' })
  const { rows } = await walk.owner.query(
    `select from access_event where endpoint = 'see who looked at a customer' and subject_id = $1`,
    [who],
  )
  assert.ok(rows.length > 0, 'whoever looks at the looks is in the log as well')
})

test('the checkpoints are verified in the browser, each with the one before, and with one that an auditor kept', async () => {
  const agent = await walk.at('/desk', ['customer-service'])
  const kept = await walk.log.checkpoint()
  await agent.reload()
  await agent.getByRole('heading', { level: 1 }).waitFor()
  await walk.log.checkpoint()
  const page = await walk.at('/desk/checkpoints', officer)
  await page.getByRole('button', { name: 'Tarkista nämä' }).click()
  await page.getByText('allekirjoitus ja jatkuvuus pitävät').first().waitFor()
  assert.equal(await page.getByText('EI PIDÄ').count(), 0)
  await clean(page)
  const own = page.getByRole('textbox', { name: 'Säilytetty tarkistuspiste' })
  await own.fill('jotain muuta')
  await page.getByText('Tämä ei ole tarkistuspiste.').waitFor()
  await own.fill(kept ?? '')
  await page.getByRole('button', { name: 'Vertaa uusimpaan' }).click()
  await page.getByText('Loki alkaa siitä, minkä säilytit.').waitFor()
  await own.fill((kept ?? '').replace(/\n(\d+)\n/, (_, size: string) => `\n${Number(size) + 1}\n`))
  await page.getByRole('button', { name: 'Vertaa uusimpaan' }).click()
  await page.getByText('Todiste ei pidä.').waitFor()
  await own.fill((kept ?? '').replace(/\n\d+\n/, '\n999999\n'))
  await page.getByRole('button', { name: 'Vertaa uusimpaan' }).click()
  await page.getByText('Rekisterin loki on lyhyempi kuin säilyttämäsi tarkistuspiste.').waitFor()
})

test('each place of the rail needs an action that there is, and has keys of its own', async () => {
  const text = await readFile(join(import.meta.dirname, '../../web/desk/fittings.ts'), 'utf8')
  const keys = [...text.matchAll(/^ {4}place\(.*'(G [A-Z])'/gm)].map(([, chord]) => chord)
  assert.deepEqual(keys, [...new Set(keys)])
  const needed = [...text.matchAll(/^ {4}place\(.*'([a-z][^']+)'\),$/gm)].map(([, action]) => action)
  const described = (await (await fetch(`${walk.address}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { summary: string }>>
  }
  const actions = Object.values(described.paths).flatMap((methods) =>
    Object.values(methods).map(({ summary }) => summary),
  )
  assert.ok(needed.length > 4 && keys.length > needed.length)
  assert.deepEqual(
    needed.filter((action) => !actions.includes(action ?? '')),
    [],
  )
})
