// The parts of the kit in a real browser, in the gallery as it is built: machine-checked accessibility, and every flow by keyboard.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Locator, Page } from 'playwright-core'
import { openBrowser } from '../../tests/browser.ts'
import { type ServedDesk, servedDesk } from '../../tests/desk.ts'

const session = {
  user: { id: '1', name: 'Aino Esimerkki', language: 'fi' },
  role: 'billing',
  roles: [{ id: 'billing', label: { fi: 'Laskuttaja', sv: 'Fakturerare', en: 'Billing' } }],
  hat: 'retail',
  hats: ['retail'],
  actions: [],
  noticeHash: '3f9a2c71d05be844',
  unit: 'Lahti',
}

let desk: ServedDesk
let browser: Browser
let page: Page
let said: string[]

before(async () => {
  desk = await servedDesk(() => ({ status: 200, body: session }))
  browser = await openBrowser()
})
after(async () => {
  await browser.close()
  await desk.stop()
})

type Looks = { readonly theme?: string; readonly language?: string; readonly density?: string }

const open = async (looks: Looks = {}, viewport = { width: 1280, height: 720 }): Promise<void> => {
  for (const each of browser.contexts()) await each.close()
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
  const preferences = JSON.stringify({ language: 'fi', theme: 'light', density: 'roomy', ...looks })
  await context.addInitScript(`localStorage.getItem('asiakasrekisteri.preferences') ??
    localStorage.setItem('asiakasrekisteri.preferences', ${JSON.stringify(preferences)})`)
  page = await context.newPage()
  said = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') said.push(message.text())
  })
  page.on('pageerror', (error) => said.push(error.message))
  await page.goto(`${desk.address}/desk/kit`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}
beforeEach(() => open())

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}
const has = (locator: Locator): Promise<void> => locator.first().waitFor({ timeout: 5000 })
const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent.trim()')
const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === element.ownerDocument.activeElement)

const axe = async (what: string, within = 'html'): Promise<void> => {
  const { violations } = await new AxeBuilder({ page })
    .include(within)
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join('\n')}`)
  assert.deepEqual(found, [], what)
}

test('axe finds nothing in the dense desk in English', async () => {
  await open({ density: 'dense', language: 'en' })
  await axe('dense')
})

test('axe finds nothing in either theme, whatever is open', async () => {
  for (const theme of ['light', 'dark']) {
    await open({ theme })
    await axe(theme)
    await press('Control+k')
    await page.keyboard.type('aino')
    await has(page.getByRole('option', { name: /100001/ }))
    await axe(`${theme}, palette`, '[role=dialog]')
    await press('Escape', '?')
    await has(page.getByRole('dialog'))
    await axe(`${theme}, cheat sheet`, '[role=dialog]')
    await press('Escape')
    await page.getByRole('button', { name: /Aino Esimerkki/ }).click()
    await has(page.getByRole('menu'))
    await axe(`${theme}, menu`, '[role=menu]')
  }
})

test('a page keeps our content security policy, and says nothing in the console', async () => {
  await press('Control+k', 'Escape', '?', 'Escape')
  assert.deepEqual(said, [])
})

test('a dialog takes the keyboard, keeps it, and gives the focus back', async () => {
  const opener = page.getByRole('button', { name: 'Avaa ikkuna' })
  await opener.focus()
  await press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Avaa ikkuna' })
  await has(dialog)
  assert.equal(await isFocused(dialog.getByRole('textbox', { name: 'Muistiinpano' })), true)
  for (let step = 0; step < 8; step++) {
    await press('Tab')
    assert.equal(await page.evaluate("document.activeElement.closest('[role=dialog]') !== null"), true)
  }
  // A shortcut of the desk does nothing under it.
  await press('?')
  assert.equal(await page.getByRole('dialog').count(), 1)
  await press('Escape')
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await isFocused(opener), true)
})

test('what cannot be undone is asked again, and what can be is undone by one key', async () => {
  await page.getByRole('button', { name: 'Poista muistiinpano' }).click()
  const dialog = page.getByRole('dialog', { name: 'Poista muistiinpano' })
  await has(dialog.getByText('Poistosta jää merkintä lokiin.'))
  await dialog.getByRole('button', { name: 'Poista muistiinpano' }).click()
  await dialog.waitFor({ state: 'detached' })
  await has(page.getByText('Muistiinpano on poistettu'))
  await press('u')
  await has(page.getByText('Kumottu'))
  assert.equal(await page.getByText('Muistiinpano on poistettu').count(), 0)
})

test('the palette finds, moves, opens, and leaves the focus on the new page', async () => {
  await press('/')
  const box = page.getByRole('combobox')
  await has(box)
  await page.keyboard.type('aino')
  await has(page.getByRole('option', { name: /100001/ }))
  const chosen = (): Promise<string | null> => page.locator('[role=option][aria-selected=true]').textContent()
  assert.match((await chosen()) ?? '', /Aino Esimerkki.*100001/)
  await press('ArrowDown')
  assert.match((await chosen()) ?? '', /Aino Näyte/)
  const named = await box.getAttribute('aria-activedescendant')
  assert.match((await page.locator(`[id="${named}"]`).textContent()) ?? '', /Aino Näyte/)
  await press('ArrowUp', 'ArrowUp')
  // From the first to the last, and round again.
  assert.match((await chosen()) ?? '', /Aino Oppikirja/)
  await press('ArrowDown', 'Enter')
  await page.waitForURL('**/desk/kit/100001')
  await has(page.getByRole('heading', { level: 1, name: 'Sivua ei ole' }))
  assert.equal(await focused(), 'Sivua ei ole')
})

test('a command runs from the palette, and Enter may come before the results', async () => {
  await press('Control+k')
  await page.keyboard.type('tumma')
  await press('Enter')
  await has(page.locator('html[data-theme=dark]'))
  assert.equal(await page.getByRole('dialog').count(), 0)
  await press('Control+k')
  await page.keyboard.type('100012')
  await press('Enter')
  await page.waitForURL('**/desk/kit/100012')
})

test('keys mean letters where one types', async () => {
  const note = page.getByRole('textbox', { name: 'Muistiinpano' })
  await note.focus()
  await page.keyboard.type('? / u x')
  assert.equal(await note.inputValue(), '? / u x')
  assert.equal(await page.getByRole('dialog').count(), 0)
  await press('Control+k')
  await has(page.getByRole('combobox'))
})

test('keys can be changed and switched off, and stay so', async () => {
  await press('?')
  await page.getByRole('button', { name: 'Vaihda näppäin: Pikanäppäimet' }).click()
  await press('x')
  await has(page.getByText('Näppäin on jo käytössä: Sulje tämä asiakas'))
  await press('k')
  await press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await press('?')
  assert.equal(await page.getByRole('dialog').count(), 0)
  await press('k')
  await has(page.getByRole('dialog', { name: 'Pikanäppäimet' }))
  await page.getByText('Yhden näppäimen pikanäppäimet ovat käytössä').click()
  await page.reload()
  await has(page.getByRole('heading', { level: 1 }))
  await press('k', '/')
  assert.equal(await page.getByRole('dialog').count(), 0)
  await press('Control+k')
  await has(page.getByRole('combobox'))
})

test('a long table is walked and ordered by keys', async () => {
  const table = page.getByRole('table', { name: 'Asiakkaat (5 000)' })
  assert.equal(await table.getAttribute('aria-rowcount'), '5001')
  await table.getByRole('link', { name: 'Aino Esimerkki' }).first().focus()
  await press('ArrowDown', 'ArrowDown')
  assert.equal(await focused(), 'Liisa Oppikirja')
  await press('End')
  await has(table.locator('[aria-rowindex="5001"] a:focus'))
  // Only what is near is drawn.
  assert.ok((await table.getByRole('row').count()) < 100)
  await press('Home')
  await has(table.locator('[aria-rowindex="2"] a:focus'))
  const name = table.getByRole('columnheader', { name: 'Nimi' })
  await name.getByRole('button').focus()
  await press('Enter', 'Enter')
  assert.equal(await name.getAttribute('aria-sort'), 'descending')
  // Finnish order: Ö is the last letter, Å comes before it.
  assert.match((await table.getByRole('link').first().textContent()) ?? '', /^Örjan/)
  await press('Tab', 'Tab', 'Tab', 'Tab')
  await table.getByRole('link').first().focus()
  await press('Enter')
  await page.waitForURL('**/desk/kit/1*')
})

test('a change that meets a newer one shows both and loses neither', async () => {
  await page.getByRole('button', { name: 'Muokkaa: Sähköposti' }).focus()
  await press('Enter')
  await page.keyboard.type('oma@example.fi')
  await press('Enter')
  const both = page.getByRole('alertdialog', { name: 'Sähköposti' })
  await has(both.getByText('maija@example.fi'))
  await has(both.getByText('oma@example.fi'))
  assert.equal(await focused(), 'Pidä toisen')
  await press('Tab', 'Enter')
  await both.waitFor({ state: 'detached' })
  await has(page.getByText('oma@example.fi'))
  assert.equal(await isFocused(page.getByRole('button', { name: 'Muokkaa: Sähköposti' })), true)
})

test('a day is typed, and a day that is none is told how to mend', async () => {
  const day = page.getByRole('textbox', { name: 'Muuttopäivä' })
  await day.fill('1.2.27')
  await day.blur()
  assert.equal(await day.inputValue(), '1.2.2027')
  await day.fill('31.4.2027')
  await day.blur()
  await has(page.getByText('Päivää ei ole. Kirjoita esimerkiksi 24.11.2026.'))
  assert.equal(await day.getAttribute('aria-invalid'), 'true')
})

test('a choice is made by keys', async () => {
  const product = page.getByRole('button', { name: /Tuote/ })
  await product.focus()
  await press('Enter')
  await has(page.getByRole('option', { name: 'Pörssisähkö' }))
  await press('ArrowDown', 'Enter')
  await has(page.getByRole('button', { name: /Määräaikainen/ }))
})

test('warnings stand by consequence, and the fourth is counted', async () => {
  const warnings = page.getByRole('region', { name: 'Varoitukset' })
  assert.match((await warnings.locator('strong').first().textContent()) ?? '', /^Osoite on suojattu/)
  assert.equal(await warnings.getByText('Postia on palautunut.').count(), 0)
  await warnings.getByRole('button', { name: 'Näytä vielä 1' }).click()
  await has(warnings.getByText('Postia on palautunut.'))
})

test('another language is spoken at once, by the page too', async () => {
  await page.getByRole('button', { name: /Aino Esimerkki/ }).click()
  await page.getByRole('menuitemradio', { name: 'Svenska' }).click()
  await has(page.getByRole('heading', { name: 'Kontaktuppgifter' }))
  await has(page.locator('html[lang=sv]'))
  assert.match(await page.title(), /Kundregistret/)
})

test('enlarged fourfold nothing is lost sideways', async () => {
  await open({}, { width: 320, height: 256 })
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320)
  await has(page.getByRole('button', { name: 'Uusi yhteydenotto' }))
})

test('the skip link is first, and leads to the content', async () => {
  await press('Tab')
  assert.equal(await focused(), 'Siirry sisältöön')
  await press('Enter', 'Tab')
  assert.equal(await page.evaluate("document.activeElement.closest('main') !== null"), true)
})
