// The notice and the declaration say the same: what is marked and what is read, on the page, on paper and for machines.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { loadRegister } from '../../register/read.ts'
import { type Language, languages } from '../../register/vocabulary.ts'
import { pdfTags, pdfText } from '../../tests/pdf-text.ts'
import { linesOf, noticeDifferences } from './differences.ts'
import { noticeHtml, processingRecord } from './html.ts'
import { noticeJsonLd } from './json-ld.ts'
import { noticePdf } from './pdf.ts'
import { inSentence, spanIn } from './phrases.ts'
import { idOfRetention, type Notice } from './speaker.ts'

const { description, laws } = loadRegister()
const { categories, controllers, measures, purposes, recipients, retention, rights, roles, sources } = description
const notice: Notice = {
  description,
  laws,
  noticeHash: 'ab'.repeat(32),
  appliedAt: new Date('2026-11-24T08:00:00Z'),
  versions: [],
}

const uses = roles.flatMap(({ id, purposes: of }) =>
  Object.entries(of).map(([purpose, may]) => ({ id: `${id}/${purpose}`, ...may })),
)
const within = (
  pick: (use: (typeof uses)[number]) => readonly string[],
  that: (use: (typeof uses)[number], category: string) => boolean = () => true,
) =>
  uses.flatMap((use) =>
    pick(use)
      .filter((one) => that(use, one))
      .map((one) => `${use.id}/${one}`),
  )
const includes = (list: readonly string[], one: string): boolean => list.includes(one)

/** Every mark that the page must bear, and no other. */
const declared: Readonly<Record<string, readonly string[]>> = {
  controller: controllers.map(({ id }) => id),
  joint: ['arrangement'],
  dpo: ['contact'],
  authority: ['contact'],
  exercise: ['how'],
  automated: ['decisions'],
  purpose: Object.keys(purposes),
  basis: Object.values(purposes).flatMap(({ id, bases }) => bases.map(({ article, law }) => `${id}/${article}/${law}`)),
  category: Object.keys(categories),
  people: Object.keys(description.subjects),
  subject: Object.values(categories).flatMap(({ id, subjects }) => subjects.map((one) => `${id}/${one}`)),
  from: Object.values(categories).flatMap((one) => one.sources.map((source) => `${one.id}/${source}`)),
  source: sources.map(({ id }) => id),
  recipient: recipients.map(({ id }) => id),
  use: recipients.flatMap((one) => one.purposes.map((purpose) => `${one.id}/${purpose}`)),
  given: recipients.flatMap((one) => one.categories.map((category) => `${one.id}/${category}`)),
  transfer: recipients.flatMap(({ id, country, transfer }) => (transfer ? [`${id}/${country}/${transfer.tool}`] : [])),
  retention: retention.map(idOfRetention),
  role: roles.map(({ id }) => id),
  wall: roles.flatMap(({ id, rows, hats }) => [
    `${id}/hats/${Object.values(hats)
      .map((hat) => hat.join('+'))
      .join('|')}`,
    `${id}/protected/${rows.protected}`,
    `${id}/restricted/${rows.restricted}`,
    ...(rows.marketable ? [`${id}/marketable/true`] : []),
  ]),
  grant: uses.map(({ id }) => id),
  reads: within(
    ({ reads }) => reads,
    ({ writes }, one) => !includes(writes, one),
  ),
  'reads-writes': within(
    ({ reads }) => reads,
    ({ writes }, one) => includes(writes, one),
  ),
  writes: within(
    ({ writes }) => writes,
    ({ reads }, one) => !includes(reads, one),
  ),
  deletes: within(({ deletes }) => deletes),
  exports: within(({ exports }) => exports),
  measure: measures.map(({ id }) => id),
  'log-key': measures.filter(({ rests }) => rests === 'access-log').map(({ id }) => id),
  right: rights.map(({ article }) => article),
}

const all = (kind: string): readonly string[] => declared[kind] ?? []

const marksOf = (html: string): Readonly<Record<string, readonly string[]>> => {
  const found = [...html.matchAll(/ data-([\w-]+)="([^"]*)"/g)].flatMap(([, of = '', ids = '']) =>
    of === 'head' ? [] : ids.split(' ').map((id) => ({ of, id })),
  )
  return Object.fromEntries(
    [...Map.groupBy(found, ({ of }) => of)].map(([of, marks]) => [of, marks.map(({ id }) => id).toSorted()]),
  )
}

const pages = new Map<Language, string>(languages.map((language) => [language, noticeHtml(notice, language)]))
const papers = new Map<Language, Buffer>()
before(async () => {
  for (const language of languages) papers.set(language, await noticePdf(notice, language))
})

for (const language of languages) {
  const html = pages.get(language) ?? ''
  const paper = () => papers.get(language) ?? Buffer.alloc(0)

  test(`${language}: what the page is marked with is what is declared, both ways`, () => {
    const expected = Object.entries(declared).map(([of, ids]) => [of, ids.toSorted()] as const)
    assert.deepEqual(
      marksOf(html),
      Object.fromEntries(expected.filter(([, ids]) => ids.length > 0).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    )
  })

  test(`${language}: what is read beside each period is the period, both ways`, () => {
    const section = /<section id="retention".*?<\/section>/s.exec(html)?.[0] ?? ''
    const told = section
      .split('<h3')
      .slice(1)
      .flatMap((part) => {
        const purpose = />(.*?)<\/h3>/.exec(part)?.[1]
        return [...part.matchAll(/<tr role="row"><th role="rowheader".*?<\/tr>/gs)].flatMap(([row]) => {
          const [data = '', span] = linesOf(row)
          const ids = [...row.matchAll(/data-retention="([^"]*)"/g)].flatMap(([, kept = '']) => kept.split(' '))
          assert.equal(data.split(', ').length, ids.length)
          return data.split(', ').map((name) => `${purpose}: ${name}: ${span}`)
        })
      })
    assert.deepEqual(
      told.toSorted(),
      retention
        .map((rule) => {
          const name = inSentence(categories[rule.category].label[language])
          return `${purposes[rule.purpose].label[language]}: ${name}: ${spanIn(rule, language)}`
        })
        .toSorted(),
    )
  })

  test(`${language}: nothing is empty, undefined or of another language`, () => {
    assert.match(html, new RegExp(`<html lang="${language}">`))
    assert.doesNotMatch(html, /undefined|\[object|NaN|<(p|li|td|th|h\d|span|strong)[^>]*>\s*<\/\1>/)
    const others = languages.filter((other) => other !== language)
    const lines = new Set(linesOf(html))
    for (const other of others)
      for (const { text } of rights) assert.equal(lines.has(text[other]), text[other] === text[language])
  })

  test(`${language}: the page and the PDF say the same, letter by letter`, () => {
    const squeezed = (text: string): string => text.replaceAll(/[\s•]/g, '')
    const read = html.replaceAll(/<nav.*?<\/nav>/gs, '').replace(/<a class="skip".*?<\/a>/, '')
    const paperSays = squeezed(pdfText(paper()))
    assert.equal(paperSays, squeezed(linesOf(read).join('')))
    for (const { label } of recipients) assert.ok(paperSays.includes(squeezed(label[language])))
    for (const rule of retention) assert.ok(paperSays.includes(squeezed(spanIn(rule, language))))
  })

  test(`${language}: the PDF is tagged, and says which declaration it was made of`, () => {
    const tags = pdfTags(paper())
    const raw = paper().toString('latin1')
    assert.equal(tags['H1'], 1)
    assert.equal(tags['H2'], [...html.matchAll(/<section /g)].length)
    assert.equal(tags['H3'], [...html.matchAll(/<h3/g)].length)
    assert.equal(tags['Table'], [...html.matchAll(/<table/g)].length)
    assert.equal(tags['TR'], [...html.matchAll(/<tr/g)].length)
    assert.equal(tags['LI'], [...html.replaceAll(/<nav.*?<\/nav>/gs, '').matchAll(/<li[ >]/g)].length)
    assert.match(raw, /\/Marked true/)
    assert.match(raw, /<pdfuaid:part>1</)
    assert.ok(raw.includes(`/Lang (${language})`))
    assert.ok(pdfText(paper()).includes(notice.noticeHash))
  })

  test(`${language}: the record tells each purpose with its periods and recipients`, () => {
    const record = marksOf(processingRecord(notice, language))
    for (const kind of ['retention', 'use', 'basis', 'measure', 'controller'])
      assert.deepEqual(record[kind], declared[kind]?.toSorted(), kind)
  })
}

test('the right to object stands in a section of its own, before all others but the summary', () => {
  for (const html of pages.values()) {
    const sections = [...html.matchAll(/<section id="(\w+)".*?<\/section>/gs)].map(([whole, id]) => ({ whole, id }))
    assert.deepEqual(
      sections.slice(0, 2).map(({ id }) => id),
      ['short', 'objection'],
    )
    for (const { whole, id } of sections) assert.equal(/data-right="21\(/.test(whole), id === 'objection', id)
  }
})

test('a page edited by hand is told line by line', () => {
  const html = pages.get('en') ?? ''
  assert.deepEqual(noticeDifferences(html, notice, 'en'), [])
  const softened = html.replace('3 years from the end of the contract', '9 years from the end of the contract')
  assert.notEqual(softened, html)
  assert.deepEqual(noticeDifferences(softened, notice, 'en'), [
    'told, but not declared: 9 years from the end of the contract',
    'declared, but not told: 3 years from the end of the contract',
  ])
  const shortened = html.replace(/<li data-measure="access-log">.*?<\/li>/, '')
  assert.deepEqual(noticeDifferences(shortened, notice, 'en'), [
    `declared, but not told: ${measures.find(({ id }) => id === 'access-log')?.text.en}`,
  ])
  assert.ok(noticeDifferences(html, notice, 'fi').length > 100)
})

test('what the declaration holds stays text, on the page and on paper', async () => {
  const words = '<b onclick="x">#let & \\ $1 *_` @a "</b>'
  const hostile = { ...description, automatedDecisions: { fi: words, sv: words, en: words } }
  const html = noticeHtml({ ...notice, description: hostile }, 'fi')
  assert.ok(html.includes('&lt;b onclick=&quot;x&quot;&gt;#let &amp; \\ $1 *_` @a &quot;&lt;/b&gt;'))
  assert.ok(linesOf(html).includes(words))
  const link = { ...description, authority: { ...description.authority, web: 'javascript:alert(1)' } }
  assert.doesNotMatch(noticeHtml({ ...notice, description: link }, 'fi'), /href="javascript/)
  const paper = pdfText(await noticePdf({ ...notice, description: hostile }, 'fi'))
  assert.ok(paper.replaceAll(/\s/g, '').includes(words.replaceAll(/\s/g, '')))
})

test('the linked data holds each thing of the declaration once, and no other', () => {
  const ids: string[] = []
  const types: string[] = []
  JSON.stringify(noticeJsonLd(notice), (_, value: unknown) => {
    const { '@id': id, '@type': type } = (value ?? {}) as { '@id'?: string; '@type'?: string | string[] }
    // What has a type is told there; what has an id alone points to it.
    if (type !== undefined && id?.startsWith('#')) ids.push(id)
    if (type !== undefined) types.push(...[type].flat())
    return value
  })
  assert.deepEqual(
    ids.toSorted(),
    [
      ...all('controller').map((id) => `#controller-${id}`),
      ...Object.keys(description.subjects).map((id) => `#subject-${id}`),
      ...all('source').map((id) => `#source-${id}`),
      ...all('category').map((id) => `#category-${id}`),
      ...all('recipient').map((id) => `#recipient-${id}`),
      ...all('purpose').flatMap((id) => [`#purpose-${id}`, `#process-${id}`]),
      ...all('retention').map((id) => `#retention-${id}`),
      ...all('measure').map((id) => `#measure-${id}`),
      ...all('right').map((id) => `#right-${id}`),
    ].toSorted(),
  )
  for (const type of types) assert.match(type, /^(dpv|pd|eu-gdpr|xsd):[A-Za-z0-9-]+$/)
  for (const term of ['eu-gdpr:A6-1-b', 'eu-gdpr:A21', 'eu-gdpr:A7-3', 'eu-gdpr:A46-2-c', 'pd:BankAccount'])
    assert.ok(types.includes(term), term)
})
