// What an administrator tends besides people's roles: the tokens of programs, and a list of users longer than a page.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clean } from '../accessible.ts'
import { inDays } from '../days.ts'
import { eventually } from '../eventually.ts'
import { journey, type Journey } from '../journey.ts'

let walk: Journey
before(async () => {
  walk = await journey()
})
after(() => walk.stop())

const administrator = ['administrator']

test('a program is given a token by keys alone: it works at once, shows its use, and is out when it is revoked', async () => {
  // Who answers for it has the role.
  await walk.signedIn(['billing'])
  const { rows } = await walk.owner.query<{ name: string }>('select name from staff order by id desc limit 1')
  const owner = rows[0]?.name ?? ''
  const page = await walk.at('/desk/tokens', administrator)
  await page.getByRole('heading', { level: 1, name: 'Rajapinta-avaimet' }).waitFor()
  await page.getByText('Yhtään avainta ei ole annettu.').waitFor()
  await clean(page, 'empty')
  await page.keyboard.press('n')
  const issue = page.getByRole('dialog', { name: 'Anna avain' })
  await issue.getByLabel('Nimi').waitFor()
  await page.keyboard.type('Laskutusohjelma')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: 'Laskuttaja' }).focus()
  await page.keyboard.press('Enter')
  // Its only purpose is chosen by itself; its company is not.
  await issue.getByRole('button', { name: /Laskutus ja maksut/ }).waitFor()
  await issue.getByRole('button', { name: /^Valitse Yhtiö/ }).press('Enter')
  await page.getByRole('option', { name: 'Lahti Energia Oy' }).focus()
  await page.keyboard.press('Enter')
  await issue.getByRole('combobox', { name: 'Vastaava' }).focus()
  await page.keyboard.type(owner)
  await page.getByRole('option', { name: owner }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type('1.1.2020')
  await clean(page, 'issue')
  await page.keyboard.press('Enter')
  await issue.getByText('Päivä on mennyt.').first().waitFor()
  await issue.getByLabel('Ensimmäinen päivä, jona avain ei enää kelpaa').fill(inDays(10).iso)
  await page.keyboard.press('Enter')
  const told = page.getByRole('dialog', { name: 'Uusi avain' })
  const token = await told.getByRole('textbox', { name: 'Avain' }).inputValue()
  await clean(page, 'told')
  await page.keyboard.press('Escape')
  await told.waitFor({ state: 'detached' })
  const row = page.getByRole('row', { name: /Laskutusohjelma.*ei koskaan.*toimii/s })
  await row.waitFor()
  await eventually(async () => assert.equal(await page.getByText(token.slice(-20)).count(), 0, 'it is shown this once'))

  const asks = () => fetch(`${walk.address}/api/search?text=nobody`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal((await asks()).status, 200)
  await page.reload()
  await page.getByRole('row', { name: /Laskutusohjelma.*toimii/s }).waitFor()
  await eventually(async () => assert.equal(await page.getByText('ei koskaan').count(), 0))
  await clean(page, 'list')

  // The role of the one who answers for it ends: the list says why the program stands outside.
  await walk.owner.query(`update staff_role set during = '[2020-01-01,2020-02-01)' where role = 'billing'`)
  assert.equal((await asks()).status, 401)
  await page.reload()
  await page.getByRole('row', { name: /Laskutusohjelma.*vastaava estynyt/s }).waitFor()

  await page.getByRole('link', { name: 'Laskutusohjelma' }).press('Enter')
  const opened = page.getByRole('dialog', { name: 'Laskutusohjelma', exact: true })
  await opened.getByText('Vastaava on poissa').waitFor()
  await clean(page, 'opened')
  await opened.getByRole('button', { name: 'Peru avain' }).press('Enter')
  const confirm = page.getByRole('dialog', { name: 'Peru avain: Laskutusohjelma' })
  await confirm.getByRole('button', { name: 'Peru avain' }).press('Enter')
  await opened.getByText('peruttu').first().waitFor()
  assert.equal(await opened.getByRole('button', { name: 'Peru avain' }).count(), 0)
  await page.keyboard.press('Escape')
  await page.getByRole('row', { name: /Laskutusohjelma.*peruttu/s }).waitFor()
})

test('the officer sees whose program may do what, and from there what it did; and gives none', async () => {
  const page = await walk.at('/desk/tokens', ['data-protection-officer'])
  await page.getByRole('link', { name: 'Laskutusohjelma' }).click()
  assert.equal(await page.getByRole('button', { name: 'Anna avain' }).count(), 0)
  const opened = page.getByRole('dialog', { name: 'Laskutusohjelma' })
  await opened.getByRole('link', { name: 'Mitä se on tehnyt' }).waitFor()
  await eventually(async () => assert.equal(await opened.getByRole('button').count(), 1, 'to close it is all'))
  await opened.getByRole('link', { name: 'Mitä se on tehnyt' }).click()
  await page.getByRole('heading', { level: 1, name: 'Käyttöloki' }).waitFor()
  assert.match(page.url(), /actor=token/)
  await page.getByRole('button', { name: /^token:/ }).waitFor()
})

test('users come by pages, are found by the whole list, and open wherever in it they are', async () => {
  await walk.owner.query(
    `insert into staff (login, name, unit, language, state, recorded_at, recorded_by)
     select 'joukko' || n, 'Joukko ' || lpad(n::text, 3, '0'), 'Laskutus', 'fi', 'invited', now(), 'system:test' from generate_series(1, 130) n`,
  )
  const page = await walk.at('/desk/staff', administrator)
  await page.getByRole('link', { name: 'Joukko 001' }).waitFor()
  await eventually(async () => assert.equal(await page.getByRole('link', { name: 'Joukko 130' }).count(), 0))
  await page.getByRole('button', { name: 'Näytä lisää' }).press('Enter')
  await page.getByRole('link', { name: 'Joukko 130' }).waitFor()
  await page.getByRole('searchbox', { name: 'Nimi, tunnus tai yksikkö' }).fill('joukko 129')
  await page.getByRole('link', { name: 'Joukko 001' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Joukko 129' }).press('Enter')
  await page.getByRole('dialog', { name: 'Joukko 129' }).getByText('joukko129').waitFor()
  const address = page.url()
  await page.goto(`${walk.address}/desk/staff`)
  await page.getByRole('link', { name: 'Joukko 001' }).waitFor()
  await page.goto(address)
  await page.getByRole('dialog', { name: 'Joukko 129' }).waitFor()
})
