// Every page of the desk as each language, theme and a zoom of 200 % show it: nothing runs off the side, nothing is left in another
// language or in the words of the code, and axe finds nothing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { languages } from '../../register/vocabulary.ts'
import { makeDemo } from '../../server/demo/demo.ts'
import { paths } from '../../web/desk/paths.ts'
import { clean } from '../accessible.ts'
import { type Journey, journey } from '../journey.ts'
import { testPostgres } from '../postgres.ts'

let walk: Journey
before(async () => {
  walk = await journey()
  const postgres = await testPostgres()
  try {
    const { rows } = await walk.owner.query<{ name: string }>('select current_database() as name')
    const owner = { ...postgres.superuser, database: rows[0]?.name ?? '' }
    await makeDemo({ register: walk.register, owner, customers: 120, now: new Date() })
  } finally {
    await postgres.stop()
  }
})
after(() => walk.stop())

const idOf = async (text: string): Promise<string> => {
  const { rows } = await walk.owner.query<{ id: string }>(text)
  assert.ok(rows[0], text)
  return String(rows[0].id)
}

/** A file that has been brought in: its page has columns to choose. */
const brought = async (): Promise<string> => {
  const form = new FormData()
  const lines = 'Asiakasnumero;Sukunimi;Etunimet;Puhelin\r\nV-1;Tuotu;Toini;0501234567\r\n'
  form.append('file', new Blob([lines], { type: 'text/csv' }), 'asiakkaat.csv')
  const headers = { 'x-register': 'test', cookie: await walk.signedIn(['market-exchange']) }
  const answer = await fetch(`${walk.address}/api/imports`, { method: 'POST', headers, body: form })
  const given = (await answer.json()) as { readonly id?: number }
  assert.equal(answer.status, 200, JSON.stringify(given))
  return String(given.id)
}

const agent = 'customer-service'
const officer = 'data-protection-officer'

/** In which role each page is looked at, and where. A page that is not here does not compile. */
const places = (ids: {
  readonly customer: string
  readonly other: string
  readonly site: string
  readonly import: string
  readonly product: string
  readonly change: string
}) =>
  ({
    signIn: [undefined, paths.signIn()],
    start: [officer, paths.start()],
    queue: [agent, paths.queue()],
    search: [agent, paths.search({}, { text: 'Lahti' })],
    duplicates: [agent, paths.duplicates()],
    locks: ['identity-desk', paths.locks()],
    compare: [agent, paths.compare({ one: ids.customer, other: ids.other })],
    newCustomer: [agent, paths.newCustomer()],
    customer: [agent, paths.customer({ customer: ids.customer })],
    site: [agent, paths.site({ site: ids.site })],
    consumption: [agent, paths.consumption({ customer: ids.customer, point: '1' })],
    comparison: [agent, paths.comparison({ customer: ids.customer, point: '1' })],
    customerSums: [agent, paths.customerSums({ customer: ids.customer })],
    siteSums: [agent, paths.siteSums({ site: ids.site })],
    statistics: ['development', paths.statistics()],
    exports: [officer, paths.exports()],
    products: ['product-manager', paths.products()],
    product: ['product-manager', paths.product({ product: ids.product })],
    priceChanges: ['product-manager', paths.priceChanges()],
    priceChange: ['product-manager', paths.priceChange({ change: ids.change })],
    imports: ['market-exchange', paths.imports()],
    quality: ['market-exchange', paths.quality()],
    import: ['market-exchange', paths.import({ import: ids.import })],
    declaration: [officer, paths.declaration()],
    accessLog: [officer, paths.accessLog()],
    looks: [officer, paths.looks({}, { customer: ids.customer })],
    checkpoints: [officer, paths.checkpoints()],
    staff: ['administrator', paths.staff()],
    tokens: ['administrator', paths.tokens()],
    own: [agent, paths.own()],
    kit: [undefined, paths.kit()],
  }) satisfies Record<keyof typeof paths, readonly [role: string | undefined, address: string]>

// As text: what runs in the page knows no Node, and this file no page.
const toldBy = `(() => {
  const page = document.documentElement
  const texts = []
  const seen = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = seen.nextNode(); node; node = seen.nextNode()) {
    const { parentElement: around } = node
    const text = node.nodeValue.trim()
    // What people or machines wrote is in the language that they wrote it in.
    if (text !== '' && !around.closest('code, script, noscript, .contact-body, [lang]:not(html), [data-written]')) texts.push(text)
  }
  for (const each of document.querySelectorAll('[aria-label], [title], [placeholder]'))
    texts.push(...['aria-label', 'title', 'placeholder'].map((name) => each.getAttribute(name) ?? '').filter(Boolean))
  return { wide: page.scrollWidth - page.clientWidth, texts, lang: page.lang, title: document.title }
})()`
type Told = { readonly wide: number; readonly texts: readonly string[]; readonly lang: string; readonly title: string }

/** Words of the code where words for people belong: ids, codes, keys of a table, and what a value turns into that has no words. */
const code =
  /^(?!pp\.|dd\.)[a-z]+(?:[-_.:][a-z]+)+(?<!\.csv)$|^[a-z]+[A-Z]\w+$|\bundefined\b|\[object |\bNaN\b|Invalid Date|\b(?:system|import|reason|staff|call):\w/
/** Words that stand in nearly every English sentence and in no Finnish or Swedish one. */
const english = /(?<!\p{L})(?:the|and|of|with|your|whose|they|their|which|see|open|search|list)(?!\p{L})/iu

const speak = async (page: Page, language: string): Promise<void> => {
  await page.evaluate(`(() => {
    const place = 'asiakasrekisteri.preferences'
    localStorage.setItem(place, JSON.stringify({ language: '${language}' }))
    window.dispatchEvent(new StorageEvent('storage', { key: place }))
  })()`)
  await page.locator(`html[lang=${language}]`).waitFor()
}

const faultsOf = (name: string, language: string, { wide, texts }: Told): string[] => {
  const faults = wide > 0 ? [`${name} ${language}: the page scrolls ${wide} px to the side`] : []
  // The kit's page shows its parts with words of its own.
  for (const text of name === 'kit' ? [] : new Set(texts)) {
    if (text === '…') faults.push(`${name} ${language}: a word that never came`)
    if (code.test(text)) faults.push(`${name} ${language}: words of the code: ${text}`)
    if (language !== 'en' && english.test(text)) faults.push(`${name} ${language}: English: ${text}`)
  }
  return faults
}

/** What the page tells when it has come to rest: answers come one by one, and a slow machine takes its time. */
const atRest = async (
  page: Page,
  name: string,
  language: string,
): Promise<{ readonly faults: string[]; readonly title: string }> => {
  const until = Date.now() + 15_000
  for (;;) {
    await page.locator('body:not(:has(.skeleton))').waitFor()
    const told = await page.evaluate<Told>(toldBy)
    const faults = faultsOf(name, language, told)
    if (faults.length === 0 || Date.now() > until) return { faults, title: told.title }
    await page.waitForTimeout(250)
  }
}

test('every page of the desk, in three languages and both themes, at 200 %', async () => {
  const customer =
    await idOf(`select id from customer c where kind = 'natural' and controllers = 3 and not protected and not restricted
    and deceased_on is null and stage = 'customer' and exists (select from contact where customer_id = c.id)
    and exists (select from occupancy where customer_id = c.id and upper_inf(during)) order by id limit 1`)
  const other = await idOf(
    `select id from customer where kind = 'legal' and controllers = 3 and not protected and not restricted order by id limit 1`,
  )
  const site = await idOf(`select site_id as id from occupancy where customer_id = ${customer} and upper_inf(during)`)
  const product = await idOf(`select id from product where code = 'EL-HYBRID'`)
  const change = await idOf(
    `insert into price_change (product_id, from_day, recorded_at, recorded_by) values (${product}, current_date + 60, now(), 'system:test') returning id`,
  )
  const all = Object.entries(places({ customer, other, site, product, change, import: await brought() }))
  const pages = new Map<string, Page>()
  // At 200 % a window of 1440 × 900 has the room of half of each.
  const window = { viewport: { width: 720, height: 450 } }
  const pageOf = async (role: string | undefined): Promise<Page> => {
    const known = pages.get(role ?? '')
    if (known) return known
    let made: Page
    if (role === undefined) {
      const context: BrowserContext = await walk.browser.newContext({
        ...window,
        locale: 'fi-FI',
        baseURL: walk.address,
      })
      made = await context.newPage()
      made.setDefaultTimeout(30_000)
    } else made = await walk.at('/desk/own', [role], window)
    await made.addInitScript(
      `sessionStorage.setItem('asiakasrekisteri.why', JSON.stringify({ '${customer}': 'reason:written' }))`,
    )
    pages.set(role ?? '', made)
    return made
  }
  const faults: string[] = []
  for (const [index, [name, [role, address]]] of all.entries()) {
    const page = await pageOf(role)
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    const titles = new Set<string>()
    // Axe looks at each page in one of the languages, so that all three are looked at somewhere.
    const looked = languages.toSpliced(index % 3, 1).concat(languages[index % 3] ?? 'fi')
    for (const language of looked) {
      await speak(page, language)
      const { faults: seen, title } = await atRest(page, name, language)
      titles.add(title)
      faults.push(...seen)
    }
    if (titles.size < 2) faults.push(`${name}: its title is the same in every language: ${[...titles].join()}`)
    await clean(page, name).catch((error: unknown) => faults.push((error as Error).message))
  }
  assert.deepEqual(faults, [])
})
