import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { firstSignIns } from '../../chapters/access/index.ts'
import { clean } from '../accessible.ts'
import { type Journey, journey } from '../journey.ts'
import { type PlayedProvider, playedProvider } from '../provider.ts'

let walk: Journey
let played: PlayedProvider

before(async () => {
  played = await playedProvider()
  walk = await journey({
    OIDC_ISSUER: played.issuer,
    OIDC_CLIENT_ID: played.clientId,
    OIDC_CLIENT_SECRET: played.secret,
    OIDC_SECOND_FACTOR: 'amr:mfa',
  })
  played.comesBackTo(`${walk.address}/desk/sign-in`)
  await firstSignIns(
    walk.register,
    [{ login: 'tekija', name: 'Testi Tekijä', unit: 'Asiakaspalvelu', language: 'fi', roles: ['customer-service'] }],
    new Date(),
  )
  await walk.owner.query(
    "update staff set oidc_subject = 'tekija-1', secrecy_committed_on = '2026-01-01', state = 'active', password_must_change = false where login = 'tekija'",
  )
})
after(async () => {
  await walk.stop()
  await played.stop()
})

test('one signs in by the company’s account, is told when that does not do, and comes to where one was going', async () => {
  const context = await walk.browser.newContext({ locale: 'fi-FI', viewport: { width: 1280, height: 720 } })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  await page.goto(`${walk.address}/desk/sign-in?next=/desk/queue`)
  const button = page.getByRole('button', { name: 'Kirjaudu yhtiön tunnuksilla' })
  await button.waitFor()
  await clean(page)
  if (process.env['SHOT']) await page.screenshot({ path: process.env['SHOT'] })

  played.next({ sub: 'vieras' })
  await button.click()
  await page.getByRole('alert').getByText('sinulla ei ole tunnusta tähän rekisteriin').waitFor()
  assert.equal(new URL(page.url()).search, '', 'the code has left the address')

  played.next('refused')
  await button.click()
  await page.getByRole('alert').getByText('Yhtiön kirjautuminen ei onnistunut').waitFor()

  // By keys alone, from where one was going.
  await page.goto(`${walk.address}/desk/sign-in?next=/desk/queue`)
  await button.waitFor()
  played.next({ sub: 'tekija-1', amr: ['pwd', 'mfa'] })
  await button.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`${walk.address}/desk/queue`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await context.close()
})

test('who signs out is signed out at the provider as well, and comes back to the sign-in page', async () => {
  const context = await walk.browser.newContext({ locale: 'fi-FI', viewport: { width: 1280, height: 720 } })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  await page.goto(`${walk.address}/desk/sign-in`)
  played.next({ sub: 'tekija-1', amr: ['pwd', 'mfa'] })
  await page.getByRole('button', { name: 'Kirjaudu yhtiön tunnuksilla' }).click()
  await page.getByRole('heading', { level: 1, name: /^Hei, / }).waitFor()
  const before = played.ended().length
  await page.getByRole('button', { name: /Testi Tekijä/ }).click()
  await page.getByRole('menuitem', { name: 'Kirjaudu ulos' }).click()
  // The provider asks, in words of its own.
  await page.getByRole('button', { name: /sign me out/ }).click()
  await page.waitForURL(`${walk.address}/desk/sign-in`)
  await page.getByRole('button', { name: 'Kirjaudu yhtiön tunnuksilla' }).waitFor()
  assert.deepEqual(played.ended().slice(before), ['tekija-1'])
  await page.goto(`${walk.address}/desk`)
  await page.waitForURL('**/desk/sign-in?**')
  await context.close()
})

test('an answer that this browser did not ask for signs nobody in', async () => {
  const context = await walk.browser.newContext({ locale: 'fi-FI' })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  await page.goto(`${walk.address}/desk/sign-in?code=stolen&state=stolen`)
  await page.getByRole('alert').getByText('Kirjautuminen jäi kesken tai vanheni').waitFor()
  await context.close()
})

test('an administrator ties a colleague by keys, sees the tie, takes it away and back', async () => {
  await firstSignIns(
    walk.register,
    [{ login: 'liitos', name: 'Liitos Testi', unit: 'Asiakaspalvelu', language: 'fi', roles: ['customer-service'] }],
    new Date(),
  )
  await walk.owner.query(
    "update staff set secrecy_committed_on = '2026-01-01', state = 'active', password_must_change = false where login = 'liitos'",
  )
  const signsOn = async (): Promise<'in' | 'out'> => {
    const context = await walk.browser.newContext({ locale: 'fi-FI' })
    context.setDefaultTimeout(30_000)
    const page = await context.newPage()
    await page.goto(`${walk.address}/desk/sign-in`)
    played.next({ sub: 'liitos-1', amr: ['mfa'] })
    await page.getByRole('button', { name: 'Kirjaudu yhtiön tunnuksilla' }).click()
    const alert = page.getByRole('alert').getByText('sinulla ei ole tunnusta tähän rekisteriin')
    await page
      .getByRole('heading', { level: 1, name: /^Hei, / })
      .or(alert)
      .waitFor()
    const came = (await alert.count()) === 0 ? 'in' : 'out'
    await context.close()
    return came
  }
  const page = await walk.at('/desk/staff', ['administrator'])
  await page.getByRole('link', { name: 'Liitos Testi' }).press('Enter')
  const person = page.getByRole('dialog', { name: 'Liitos Testi', exact: true })
  await person.getByText('Ei liitetty').waitFor()
  await person.getByRole('button', { name: 'Liitä yhtiön tunnus' }).press('Enter')
  const tie = page.getByRole('dialog', { name: 'Liitä yhtiön tunnus: Liitos Testi' })
  await tie.getByText(played.issuer).waitFor()
  await tie.getByText('kohdassa sub').waitFor()
  // Another has it already: it is said, and what was typed stays.
  await page.keyboard.type('tekija-1')
  await clean(page, 'tie')
  await page.keyboard.press('Enter')
  await tie.getByText('Sama tunnus on jo toisella.').first().waitFor()
  await tie.getByLabel('Tunnus palvelussa').fill('liitos-1')
  await page.keyboard.press('Enter')
  await person.getByText('liitos-1', { exact: true }).waitFor()
  await clean(page, 'tied')
  assert.equal(await signsOn(), 'in')
  await person.getByRole('button', { name: 'Irrota' }).press('Enter')
  const untie = page.getByRole('dialog', { name: 'Irrota: Liitos Testi' })
  await untie.getByRole('button', { name: 'Irrota' }).press('Enter')
  await person.getByText('Ei liitetty').waitFor()
  assert.equal(await signsOn(), 'out')
  await page.getByRole('button', { name: 'Kumoa', exact: true }).last().click()
  await person.getByText('liitos-1', { exact: true }).waitFor()
  assert.equal(await signsOn(), 'in')
})
