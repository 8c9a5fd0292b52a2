// A customer who reads what the company says of itself: in three languages, on paper, and the desk that points to the same.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eventually } from '../eventually.ts'
import { journey, type Journey } from '../journey.ts'
import { pdfText } from '../pdf-text.ts'

let walk: Journey
before(async () => {
  walk = await journey()
})
after(() => walk.stop())

test('the notice is read in three languages and taken along on paper, each under the same digest as the desk works by', async () => {
  const context = await walk.browser.newContext({ locale: 'fi-FI', baseURL: walk.address })
  const page = await context.newPage()
  await page.goto('/rekisteriseloste')
  const hash = walk.register.noticeHash
  for (const { link, lang, objection } of [
    { link: undefined, lang: 'fi', objection: /Oikeus vastustaa ja kieltää/ },
    { link: 'På svenska', lang: 'sv', objection: /Rätt att invända och förbjuda/ },
    { link: 'In English', lang: 'en', objection: /Your right to object/ },
  ]) {
    if (link !== undefined) await page.getByRole('link', { name: link }).click()
    await eventually(async () => assert.equal(await page.locator('html').getAttribute('lang'), lang))
    await page.getByRole('heading', { name: objection }).first().waitFor()
    assert.ok((await page.content()).includes(hash), `the page in ${lang} bears the digest`)

    const address = await page.getByRole('link', { name: /PDF/ }).first().getAttribute('href')
    const answer = await context.request.get(address ?? '')
    assert.equal(answer.headers()['content-type'], 'application/pdf')
    assert.equal(answer.headers()['content-language'], lang)
    const text = pdfText(await answer.body())
    assert.match(text, objection)
    assert.ok(text.includes(hash.slice(0, 16)), `the paper in ${lang} bears the digest`)
  }

  const desk = await walk.at('/desk', ['customer-service'])
  const pointed = desk.getByRole('link', { name: hash.slice(0, 8) })
  await pointed.waitFor()
  await eventually(async () => assert.equal(await pointed.getAttribute('href'), '/rekisteriseloste'))
})
