// The notice over HTTP, and as a reader meets it in a browser.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import Fastify, { type FastifyInstance } from 'fastify'
import { loadRegister } from '../../register/read.ts'
import { languages } from '../../register/vocabulary.ts'
import { openBrowser } from '../../tests/browser.ts'
import { keyAddress } from '../access-log/addresses.ts'
import { accessLogRoutes } from '../access-log/routes.ts'
import { addressOf } from './addresses.ts'
import { noticeRoutes } from './routes.ts'
import type { Notice } from './speaker.ts'

const { description, laws } = loadRegister()
const appliedAt = new Date('2026-11-24T08:00:00Z')
const version = (noticeHash: string) => ({
  version: description.version,
  noticeHash,
  appliedAt,
  register: { description, laws },
})
let notice: Notice = { description, laws, noticeHash: 'ab'.repeat(32), appliedAt, versions: [version('ab'.repeat(32))] }

let server: FastifyInstance
before(() => {
  server = Fastify()
  noticeRoutes(server, () => notice)
  accessLogRoutes(server, 'test+ab+cd')
})
after(() => server.close())

const get = (url: string, headers: Readonly<Record<string, string>> = {}) => server.inject({ url, headers })

test('the notice is served in the language that is asked for', async () => {
  const asked: readonly (readonly [url: string, accept: string, language: string])[] = [
    ['/rekisteriseloste', '', 'fi'],
    ['/rekisteriseloste', 'sv-FI,sv;q=0.9,en;q=0.5', 'sv'],
    ['/rekisteriseloste', 'de, en;q=0.4, sv;q=0.2', 'en'],
    ['/rekisteriseloste', 'en;q=0, de', 'fi'],
    ['/rekisteriseloste?lang=en', 'sv', 'en'],
    ['/rekisteriseloste?lang=xx', 'sv', 'sv'],
    ['/rekisteriseloste/sv', 'en', 'sv'],
    ['/rekisteriseloste/versiot', 'en', 'en'],
    ['/rekisteriseloste/kasittelytoimet', 'sv', 'sv'],
  ]
  for (const [url, accept, language] of asked) {
    const { statusCode, headers, body } = await get(url, { 'accept-language': accept })
    assert.equal(statusCode, 200, url)
    assert.equal(headers['content-language'], language, `${url} ${accept}`)
    assert.match(body, new RegExp(`<html lang="${language}">`))
  }
  assert.equal((await get('/rekisteriseloste')).headers['vary'], 'accept-language')
  assert.equal((await get('/rekisteriseloste/de')).statusCode, 404)
})

test('each address on a page is served', async () => {
  for (const kind of ['notice', 'record', 'versions'] as const)
    for (const language of languages) {
      const { body } = await get(addressOf(kind, language))
      const links = [...body.matchAll(/href="(\/[^"]*)"/g)].map(([, href = '']) => href)
      assert.ok(links.length >= 10)
      for (const href of new Set(links)) assert.equal((await get(href)).statusCode, 200, href)
      for (const [, id] of body.matchAll(/href="#([^"]*)"/g)) assert.ok(body.includes(` id="${id}"`), id)
    }
})

test('the notice and the record tell, in each language, where the key of the access log is had', async () => {
  for (const kind of ['notice', 'record'] as const)
    for (const language of languages) {
      const { body } = await get(addressOf(kind, language))
      const safeguards = /<section id="measures".*?<\/section>/s.exec(body)?.[0] ?? ''
      assert.ok(safeguards.includes(`<a href="${keyAddress}">${keyAddress}</a>`), `${kind} ${language}`)
    }
  assert.equal((await get(keyAddress)).body, 'test+ab+cd\n')
})

test('a page is sent once to each reader, and anew when the declaration changes or another language is asked for', async () => {
  const fi = await get('/rekisteriseloste', { 'accept-language': 'fi' })
  const etag = String(fi.headers['etag'])
  assert.match(etag, /^"abababababababab\./)
  const again = await get('/rekisteriseloste', { 'accept-language': 'fi', 'if-none-match': `"other", W/${etag}` })
  assert.deepEqual([again.statusCode, again.body], [304, ''])
  assert.equal((await get('/rekisteriseloste', { 'accept-language': 'sv', 'if-none-match': etag })).statusCode, 200)
  const earlier = notice
  notice = { ...notice, noticeHash: 'cd'.repeat(32) }
  const later = await get('/rekisteriseloste', { 'accept-language': 'fi', 'if-none-match': etag })
  notice = earlier
  assert.equal(later.statusCode, 200)
  assert.ok(later.body.includes('cd'.repeat(32)))
})

test('the PDF and the linked data come under their own types', async () => {
  const pdf = await get('/rekisteriseloste/sv.pdf')
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  assert.equal(pdf.rawPayload.subarray(0, 5).toString(), '%PDF-')
  const same = await get('/rekisteriseloste/sv.pdf')
  assert.equal(same.headers['etag'], pdf.headers['etag'])
  const data = await get('/rekisteriseloste.jsonld')
  assert.equal(data.headers['content-type'], 'application/ld+json; charset=utf-8')
  assert.equal(data.json()['@id'], `urn:sha256:${notice.noticeHash}`)
})

test('a reader finds a way through the page, by keyboard too, on a telephone and in the dark', async () => {
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  const browser = await openBrowser()
  try {
    for (const [kind, language, width, colorScheme] of [
      ['notice', 'fi', 1200, 'light'],
      ['notice', 'en', 390, 'dark'],
      ['record', 'sv', 390, 'light'],
    ] as const) {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme })
      const page = await context.newPage()
      await page.goto(`${url}${addressOf(kind, language)}`)
      const wide = Number(await page.evaluate('document.documentElement.scrollWidth'))
      assert.ok(wide <= width, `${kind} ${language} is ${wide} wide on ${width}`)

      await page.keyboard.press('Tab')
      assert.equal(await page.evaluate('document.activeElement.className'), 'skip')
      await page.keyboard.press('Enter')
      assert.equal(await page.evaluate('document.activeElement.id'), 'content')
      assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1)
      // A narrow screen lays tables out as blocks, and they are still tables to those who hear them.
      assert.ok((await page.getByRole('table').count()) >= Object.keys(description.purposes).length)
      assert.ok((await page.getByRole('rowheader').count()) >= Object.keys(description.categories).length)

      // Three rows of each table and list are like the others. One page without frames needs no window of axe's own.
      await page.evaluate(
        `for (const each of document.querySelectorAll('tbody, section ul')) for (const one of [...each.children].slice(3)) one.remove()`,
      )
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${kind} ${language} ${id}: ${nodes[0]?.html}`),
        [],
      )
      await page.getByRole('link', { name: 'På svenska' }).click()
      assert.equal(await page.locator('html').getAttribute('lang'), 'sv')
      await context.close()
    }
  } finally {
    await browser.close()
  }
})
