// The desk's frame in a real browser: who sits there, for which company, and what follows; the API is played by the test.
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import type { Browser, Locator, Page, Request } from 'playwright-core'
import { openBrowser } from '../../../tests/browser.ts'
import { type Played, type ServedDesk, servedDesk } from '../../../tests/desk.ts'

const label = (text: string) => ({ fi: text, sv: text, en: text })
const session = {
  user: { id: '1', name: 'Aino Esimerkki', language: 'sv' },
  role: 'customer-service',
  roles: [
    { id: 'customer-service', label: label('Asiakaspalvelija') },
    { id: 'billing', label: label('Laskuttaja') },
  ],
  hat: 'retail',
  hats: ['retail', 'network'],
  actions: [] as readonly string[],
  noticeHash: '3f9a2c71d05be844',
  unit: 'Lahti',
}

let desk: ServedDesk
let browser: Browser
let page: Page
let requests: Request[]
let play: Played

before(async () => {
  desk = await servedDesk((asked) => play(asked))
  browser = await openBrowser()
})
after(async () => {
  await browser.close()
  await desk.stop()
})
beforeEach(async () => {
  let now = session
  play = ({ method, body }) => {
    if (method === 'PATCH') now = { ...now, ...(body as object) }
    return { status: 200, body: method === 'DELETE' ? { ended: true, leave_at: null } : now }
  }
  page = await (await browser.newContext({ locale: 'en-GB' })).newPage()
  requests = []
  page.on('request', (request) => requests.push(request))
})
afterEach(() => page.context().close())

const has = (locator: Locator): Promise<void> => locator.first().waitFor({ timeout: 5000 })
const goTo = async (path: string): Promise<void> => {
  await page.goto(`${desk.address}${path}`)
  await has(page.getByRole('heading', { level: 1 }))
}

test('the first view takes less than 250 kB of compressed JavaScript', async () => {
  await goTo('/desk')
  const scripts = requests.map((request) => new URL(request.url()).pathname).filter((path) => path.endsWith('.js'))
  assert.ok(scripts.length > 0)
  const sum = scripts.reduce((bytes, path) => bytes + desk.compressed(path), 0)
  assert.ok(sum < 250_000, `${sum} bytes`)
})

test('the desk speaks the language of the person, until they choose another', async () => {
  await goTo('/desk')
  await has(page.locator('html[lang=sv]'))
  await page.getByRole('button', { name: /Aino Esimerkki/ }).click()
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await has(page.getByRole('heading', { name: 'Hello, Aino Esimerkki' }))
  await page.reload()
  await has(page.getByRole('heading', { name: 'Hello, Aino Esimerkki' }))
})

test('who has no session is sent to sign in, and back to where they were going', async () => {
  play = () => ({
    status: 401,
    body: { type: '/problems/session.missing', title: '', status: 401, code: 'session.missing' },
  })
  await page.goto(`${desk.address}/desk/kit/100001?tab=calls`)
  await page.waitForURL('**/desk/sign-in?*')
  assert.equal(new URL(page.url()).searchParams.get('next'), '/desk/kit/100001?tab=calls')
})

test('a register that does not answer is said in words, and asked again', async () => {
  play = () => ({ status: 503, body: { type: '/problems/x', title: '', status: 503, code: 'database.unreachable' } })
  await page.goto(`${desk.address}/desk`)
  const alert = page.getByRole('alert')
  await alert.waitFor({ timeout: 15_000 })
  assert.match((await alert.textContent()) ?? '', /The register does not answer just now.*database\.unreachable/)
  play = () => ({ status: 200, body: session })
  await alert.getByRole('button', { name: 'Try again' }).click()
  await has(page.getByRole('heading', { name: 'Hej, Aino Esimerkki' }))
})

test('an answer of another shape is not shown as if it were right', async () => {
  play = () => ({ status: 200, body: { user: 'Aino' } })
  await page.goto(`${desk.address}/desk`)
  await has(page.getByText('web.unreadable'))
})

test('another hat is put on at the register, and seen on the whole desk', async () => {
  await goTo('/desk')
  await has(page.locator('html[data-hat=retail]'))
  await page.getByRole('radio', { name: 'Nät' }).click()
  await has(page.locator('html[data-hat=network]'))
  const change = requests.find((request) => request.method() === 'PATCH')
  assert.deepEqual(change?.postDataJSON(), { hat: 'network' })
  assert.equal((await change?.headerValue('x-register')) ?? '', 'desk')
  assert.equal((await change?.headerValue('content-type')) ?? '', 'application/json')
})

test('a refused change of role is told, and nothing changes', async () => {
  await goTo('/desk')
  play = () => ({ status: 403, body: { type: '/problems/x', title: '', status: 403, code: 'role.not-declared' } })
  await page.getByRole('button', { name: /Aino Esimerkki/ }).click()
  await page.getByRole('menuitemradio', { name: 'Laskuttaja' }).click()
  await has(page.getByText('Din uppgift ger inte rätt till detta.'))
  await has(page.getByRole('button', { name: /Asiakaspalvelija/ }))
})

test('signing out ends the session and forgets whose tabs were open', async () => {
  await goTo('/desk')
  await page.evaluate("sessionStorage.setItem('asiakasrekisteri.open-customers', JSON.stringify(['7']))")
  await page.getByRole('button', { name: /Aino Esimerkki/ }).click()
  await page.getByRole('menuitem', { name: 'Logga ut' }).click()
  await page.waitForURL('**/desk/sign-in')
  assert.ok(requests.some((request) => request.method() === 'DELETE'))
  assert.equal(await page.evaluate("sessionStorage.getItem('asiakasrekisteri.open-customers')"), null)
})

const kept = async (): Promise<unknown> =>
  JSON.parse(await page.evaluate("sessionStorage.getItem('asiakasrekisteri.open-customers')"))

test('open customers come back after a reload, eight at most, and are reached by keys', async () => {
  await goTo('/desk/kit')
  const tabs = page.getByRole('navigation', { name: 'Open customers' })
  assert.equal(await tabs.getByRole('link').count(), 3)
  const ids = JSON.stringify(Array.from({ length: 12 }, (_, index) => String(100_001 + index)))
  await page.evaluate(`sessionStorage.setItem('asiakasrekisteri.open-customers', '${ids}')`)
  await page.reload()
  await tabs.getByRole('link').nth(7).waitFor()
  assert.equal(await tabs.getByRole('link').count(), 8)
  await page.keyboard.press('Alt+8')
  await page.waitForURL('**/desk/kit/100003')
})

test('a closed customer gives way to the next', async () => {
  await goTo('/desk/kit')
  await page.keyboard.press('x')
  await page.waitForURL('**/desk/kit/100003')
  assert.deepEqual(await kept(), ['100001', '100003'])
})

test('pointing at a link fetches the code of its page, and nobody’s data', async () => {
  await goTo('/desk/kit')
  requests.length = 0
  const code = page.waitForRequest(/StartPage.*js$/)
  await page.getByRole('main').getByRole('link', { name: 'Customers', exact: true }).first().hover()
  await code
  assert.deepEqual(
    requests.filter((request) => request.url().includes('/api/')),
    [],
  )
})

test('a new page is said aloud, and read from its heading', async () => {
  await goTo('/desk/kit/100001')
  assert.equal(await page.evaluate('document.activeElement === document.body'), true)
  await page.getByRole('main').getByRole('link', { name: 'Till skrivbordet' }).click()
  await has(page.getByRole('heading', { name: 'Hej, Aino Esimerkki' }))
  assert.equal(await page.evaluate('document.activeElement.textContent'), 'Hej, Aino Esimerkki')
  // The title names no person: it stays in the browser's history.
  assert.equal(await page.title(), 'Skrivbord – Kundregistret')
  await has(page.locator('[aria-live=polite]', { hasText: 'Skrivbord' }))
})
