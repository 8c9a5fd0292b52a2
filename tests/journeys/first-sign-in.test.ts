// Someone new comes to work: invited by the administrator, through a link, a password, an authenticator and the commitment, to the desk; and what they then may not see.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { generateSync } from 'otplib'
import type { Locator, Page } from 'playwright-core'
import { decodeQR } from 'qr/decode.js'
import { clean } from '../accessible.ts'
import { eventually } from '../eventually.ts'
import { journey, type Journey } from '../journey.ts'

let walk: Journey
before(async () => {
  walk = await journey()
})
after(() => walk.stop())

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

/** The window of someone who has never been here. */
const stranger = async (address: string): Promise<Page> => {
  const page = await (
    await walk.browser.newContext({ locale: 'fi-FI', viewport: { width: 1280, height: 720 } })
  ).newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(address)
  return page
}

/** What a camera makes of the code: its picture, taken off the screen. */
const read = async (code: Locator): Promise<string> => {
  await code.waitFor()
  const picture = (await code.screenshot()).toString('base64')
  const { width, height, pixels } = await code.page().evaluate<{
    width: number
    height: number
    pixels: number[]
  }>(`(async () => {
    const image = new Image()
    image.src = 'data:image/png;base64,${picture}'
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0)
    return { width: image.width, height: image.height, pixels: [...context.getImageData(0, 0, image.width, image.height).data] }
  })()`)
  return decodeQR({ width, height, data: Uint8Array.from(pixels) })
}

test('invited, one comes by the link through password, authenticator and commitment to the desk; by the keyboard alone', async () => {
  const administrator = await walk.at('/desk/staff', ['administrator'])
  await heading(administrator, 'Käyttäjät').waitFor()
  await administrator.keyboard.press('n')
  const invite = administrator.getByRole('dialog', { name: 'Kutsu käyttäjä' })
  await invite.getByLabel('Käyttäjätunnus').waitFor()
  await clean(administrator)
  await administrator.keyboard.type('uusi.tekija')
  await administrator.keyboard.press('Tab')
  await administrator.keyboard.type('Uusi Tekijä')
  await administrator.keyboard.press('Tab')
  await administrator.keyboard.type('Asiakaspalvelu')
  await invite.getByRole('checkbox', { name: 'Asiakaspalvelija' }).focus()
  await administrator.keyboard.press('Space')
  await administrator.keyboard.press('Enter')
  const told = administrator.getByRole('dialog', { name: 'Kirjautumislinkki' })
  const link = await told.getByRole('textbox', { name: 'Linkki' }).inputValue()
  await clean(administrator)
  await administrator.keyboard.press('Escape')
  await administrator.getByRole('row', { name: /Uusi Tekijä.*ei sitoumusta/ }).waitFor()
  await eventually(async () =>
    assert.equal(await administrator.getByText(new URL(link).hash.slice(-10)).count(), 0, 'it is shown this once'),
  )

  const page = await stranger(link)
  await heading(page, 'Kirjaudu').waitFor()
  assert.equal(await page.evaluate('location.hash'), '', 'the password does not stay in the address')
  await page.getByRole('button', { name: 'Jatka' }).press('Enter')
  await page.getByRole('button', { name: 'Aloita' }).press('Enter')
  await page.getByLabel('Uusi salasana').fill('lyhyt')
  const secret = ((await page.locator('.secret code').textContent()) ?? '').replaceAll(' ', '')
  assert.equal(await page.getByRole('alert').count(), 0, 'nothing was refused')
  const scanned = await read(page.getByRole('img', { name: /^QR-koodi/ }))
  await eventually(async () =>
    assert.equal(scanned, await page.getByRole('link', { name: 'Avaa tämän laitteen' }).getAttribute('href')),
  )
  assert.equal(new URL(scanned).searchParams.get('secret'), secret, 'the camera is told what the text says')
  await page.getByLabel('Todennussovelluksen koodi').fill(generateSync({ secret }))
  await clean(page)
  const enter = page.getByRole('button', { name: 'Kirjaudu' })
  await eventually(async () => assert.equal(await enter.isDisabled(), true, 'no commitment, no access'))
  await page.getByRole('checkbox', { name: 'Sitoudun salassapitoon' }).press('Space')
  await enter.press('Enter')
  await page.getByText('Salasana on liian lyhyt.').first().waitFor()
  await page.getByLabel('Uusi salasana').fill('aivan pitkä salalause')
  await enter.press('Enter')
  await page.getByRole('heading', { name: 'Palautuskoodit' }).waitFor()
  await page.getByRole('button', { name: 'Työpöydälle' }).press('Enter')
  await heading(page, 'Hei, Uusi Tekijä').waitFor()

  // The link has done its work; and the administrator sees the commitment with its day.
  const again = await stranger(link)
  await again.getByRole('button', { name: 'Jatka' }).press('Enter')
  await again.getByText('Tunnus, salasana tai koodi ei ole oikein.').waitFor()
  await administrator.reload()
  await administrator.getByRole('row', { name: /Uusi Tekijä.*pääsee/ }).waitFor()

  // Two administrators at once: the second is told, and sees what the first has done.
  const other = await walk.at('/desk/staff', ['administrator'])
  await other.getByRole('link', { name: 'Uusi Tekijä' }).click()
  await administrator.getByRole('link', { name: 'Uusi Tekijä' }).click()
  const theirs = administrator.getByRole('dialog', { name: 'Uusi Tekijä' })
  await theirs.getByRole('button', { name: 'Lukitse' }).click()
  await theirs.getByText('lukittu').waitFor()
  await other.getByRole('dialog', { name: 'Uusi Tekijä' }).getByRole('button', { name: 'Lukitse' }).click()
  await other.getByText('Toinen muutti käyttäjän tietoja äsken.').first().waitFor()

  // Locked, the new one is out with the next thing that they do.
  await page.goto(`${walk.address}/desk/own`)
  await heading(page, 'Kirjaudu').waitFor()
})

test('one sees one’s own sign-ins, and changes password and authenticator', async () => {
  const page = await walk.at('/desk/own', ['customer-service'])
  await heading(page, 'Oma kirjautuminen').waitFor()
  await page.getByRole('row', { name: /tämä/ }).waitFor()
  await clean(page)
  await page.getByRole('button', { name: 'Vaihda todennussovellus' }).press('Enter')
  const change = page.getByRole('dialog', { name: 'Vaihda todennussovellus' })
  await change.getByLabel('Nykyinen salasana').fill('arvaus')
  await page.keyboard.press('Enter')
  await change.getByText('Tämä ei ole nykyinen salasanasi.').first().waitFor()
  await change.getByLabel('Nykyinen salasana').fill('aivan pitkä salalause')
  await page.keyboard.press('Enter')
  const code = change.getByLabel('Uuden sovelluksen koodi')
  await code.waitFor()
  const secret = ((await change.locator('.secret code').textContent()) ?? '').replaceAll(' ', '')
  await code.fill(generateSync({ secret }))
  await page.keyboard.press('Enter')
  const codes = page.getByRole('dialog', { name: 'Uudet palautuskoodit' })
  await codes.getByRole('listitem').first().waitFor()
  await eventually(async () => assert.equal(await codes.getByRole('listitem').count(), 8))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Vaihda salasana' }).click()
  const password = page.getByRole('dialog', { name: 'Vaihda salasana' })
  await password.getByLabel('Nykyinen salasana').fill('aivan pitkä salalause')
  await password.getByLabel('Uusi salasana').fill('toinen pitkä salalause')
  await page.keyboard.press('Enter')
  await page.getByText('Salasana on vaihdettu.').waitFor()
  await page.reload()
  await heading(page, 'Oma kirjautuminen').waitFor()
})

test('a role without rights sees none of the officer’s and administrator’s pages: no place in the rail, no answer at the address', async () => {
  const places = ['Seloste', 'Käyttöloki', 'Katselut', 'Tarkistuspisteet', 'Käyttäjät']
  const addresses = [
    '/desk/declaration',
    '/desk/access-log',
    '/desk/looks?customer=1',
    '/desk/checkpoints',
    '/desk/staff',
  ]
  const seen = async (page: Page): Promise<readonly string[]> => {
    await page.getByRole('heading', { level: 1 }).waitFor()
    const names = await page.getByRole('navigation', { name: 'Paikat' }).getByRole('link').allTextContents()
    return places.filter((place) => names.includes(place))
  }
  for (const [role, own] of [
    ['data-protection-officer', places],
    ['administrator', ['Seloste', 'Käyttäjät']],
    ['rights-desk', ['Katselut']],
  ] as const) {
    const theirs = await walk.at('/desk', [role])
    await eventually(async () => assert.deepEqual(await seen(theirs), own))
  }
  const page = await walk.at('/desk', ['customer-service'])
  await eventually(async () => assert.deepEqual(await seen(page), []))
  for (const address of addresses) {
    await page.goto(address)
    await page.getByText('Tehtäväsi ei oikeuta tähän.').waitFor()
  }
  // The officer may look who works here, and change nothing of it.
  const officer = await walk.at('/desk/staff', ['data-protection-officer'])
  await officer
    .getByRole('link', { name: /Testi Työntekijä/ })
    .first()
    .click()
  const person = officer.getByRole('dialog', { name: /Testi Työntekijä/ })
  await person.getByRole('heading', { name: 'Roolit' }).waitFor()
  await eventually(async () => assert.equal(await person.getByRole('button').count(), 1, 'to close it is all'))
  assert.equal(await officer.getByRole('button', { name: 'Kutsu käyttäjä' }).count(), 0)
})
