import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { changed } from '../tests/changed.ts'
import type { Law } from './description.ts'
import { lintNotice } from './lint.ts'
import { rules } from './lint/rules.ts'
import { lawFile, readLaws } from './read.ts'
import { readProse, readSource } from './source.ts'
import { languages } from './vocabulary.ts'

const root = join(import.meta.dirname, '..')
const registerText = readFileSync(join(root, 'register.yaml'), 'utf8')
const exampleText = readFileSync(join(root, 'examples', 'lahti-energia-2022.yaml'), 'utf8')
const laws: readonly Law[] = (() => {
  const reading = readLaws(readFileSync(lawFile, 'utf8'))
  return 'laws' in reading ? reading.laws : assert.fail(JSON.stringify(reading.faults))
})()
const day = '2026-11-24'
const lint = (text: string, on = day) => lintNotice(readSource(text, 'notice.yaml'), laws, on)
const lintText = (text: string) => lintNotice(readProse(text, 'notice.md'), laws, day)
const brief = (found: ReturnType<typeof lint>) => found.map(({ code, line, column }) => [code, line, column])

describe('the description of 2022', () => {
  const found = lint(exampleText)

  test('is found out of date and wanting in each point, with its law and day', () => {
    const gdpr = ['gdpr', '2018-05-25']
    const expected: Record<string, string[]> = {
      'outdated.personal-data-act': ['personal-data-act', '2019-01-01'],
      'outdated.privacy-shield': ['privacy-shield', '2020-07-16'],
      'outdated.population-register-centre': ['population-register-centre', '2020-01-01'],
      'outdated.register-description': ['register-description', '2019-01-01'],
      'outdated.right-of-inspection': ['right-of-inspection', '2019-01-01'],
      'controller.contact': gdpr,
      'joint.missing': gdpr,
      'dpo.missing': gdpr,
      'basis.missing': gdpr,
      'basis.general': gdpr,
      'interest.missing': gdpr,
      'subject.missing': gdpr,
      'required.missing': gdpr,
      'category.open-ended': gdpr,
      'source.public': gdpr,
      'source.open-ended': gdpr,
      'recipient.vague': gdpr,
      'datahub.basis': ['electricity-market-act', '2013-09-01'],
      'transfer.vague': gdpr,
      'transfer.tool': gdpr,
      'transfer.copy': gdpr,
      'retention.missing': gdpr,
      'retention.vague': gdpr,
      'measure.prose': gdpr,
      'measure.paper': gdpr,
      'right.17': gdpr,
      'right.18': gdpr,
      'right.20': gdpr,
      'right.21(1)': gdpr,
      'right.21(2)': gdpr,
      'right.22': gdpr,
      'right.7(3)': gdpr,
      'right.77': gdpr,
      'right.apart': gdpr,
      'exercise.channel': gdpr,
      'exercise.period': gdpr,
      'automated.missing': gdpr,
      'version.missing': gdpr,
    }
    assert.deepEqual(Object.fromEntries(found.map(({ code, law, since }) => [code, [law, since]])), expected)
  })

  test('is told purpose by purpose, and each time that a name of the past stands in it', () => {
    const times = (code: string) => found.filter((finding) => finding.code === code).length
    assert.deepEqual(
      ['basis.missing', 'outdated.personal-data-act', 'outdated.population-register-centre', 'measure.prose'].map(
        times,
      ),
      [5, 2, 2, 3],
    )
  })

  test('is quoted where the words stand', () => {
    const lines = exampleText.split('\n')
    const quoted = found.flatMap(({ message, line, column }) => {
      const name = /"([^"]+)"/.exec(message.fi)?.[1]
      return name === undefined ? [] : [{ name, line, column }]
    })
    assert.ok(quoted.length > 20)
    for (const { name, line, column } of quoted) {
      const first = name.split(' ')[0] ?? ''
      assert.equal(lines[line - 1]?.slice(column - 1, column - 1 + first.length), first)
    }
  })

  test('was lawful then in what has ended since', () => {
    const codes = new Set(lint(exampleText, '2018-12-31').map(({ code }) => code))
    for (const code of [
      'outdated.personal-data-act',
      'outdated.privacy-shield',
      'outdated.population-register-centre',
      'transfer.tool',
    ])
      assert.ok(!codes.has(code), code)
    assert.ok(codes.has('right.17'))
  })
})

describe('the shipped register', () => {
  test('has no finding', () => assert.deepEqual(lint(registerText), []))

  const bad: readonly (readonly [code: string, ...edits: string[]])[] = [
    [
      'outdated.population-register-centre',
      'fi: Väestötietojärjestelmä, Digi- ja väestötietovirasto',
      'fi: Väestötietojärjestelmä, ¦Väestörekisterikeskus',
    ],
    [
      'outdated.privacy-shield',
      'en: Intuit Inc. (Mailchimp), sending of marketing messages',
      'en: Intuit Inc. (Mailchimp), under the ¦Privacy Shield',
    ],
    ['outdated.personal-data-act', 'law: collection-act', 'law: ¦personal-data-act'],
    ['retention.vague', 'en: A debt lapses in {period};', 'en: Kept ¦as long as needed;'],
    ['basis.duty', 'article: 6(1)(c)\n        law: accounting-act', '¦article: 6(1)(c)\n        law: gdpr'],
    [
      'balancing.missing',
      '        balancingTest: { id: balancing-development, date: 2026-10-05 }\n',
      '',
      '- article: 6(1)(f)\n        law: gdpr\n        controllers: []\n        text:\n          fi: Oikeutettu etumme kehittää',
      '- ¦article: 6(1)(f)\n        law: gdpr\n        controllers: []\n        text:\n          fi: Oikeutettu etumme kehittää',
    ],
    ['measure.prose', 'rests: witness', 'note: witness', '  witness:\n', '  ¦witness:\n'],
    [
      'right.apart',
      "article: '21(2)'\n    law: gdpr\n    apart: true",
      "article: '21(2)'\n    law: gdpr\n    apart: false",
      '\nrights:\n',
      '\n¦rights:\n',
    ],
  ]
  for (const [code, ...edits] of bad)
    test(`once spoilt has the finding ${code}`, () => {
      const { text, line, column } = changed(registerText, edits)
      assert.deepEqual(brief(lint(text)), [[code, line, column]])
    })

  test('loses its transfer when the decision behind it falls', () => {
    const fallen = laws.map((law) =>
      law.id === 'scc-2021' ? { ...law, validTo: '2026-11-01', replacedBy: 'dpf' } : law,
    )
    const codes = lintNotice(readSource(registerText, 'register.yaml'), fallen, day).map(({ code }) => code)
    assert.deepEqual(codes, ['transfer.tool', 'outdated.scc-2021'])
  })
})

describe('the notice of another company, as prose', () => {
  const good = `# Privacy notice

Version 3, 1.2.2026

The controller is Example Oy, Street 1. Our data protection officer answers at privacy@example.fi.

We use your data for the purpose of delivering our service. The legal basis is the contract (article 6(1)(b)) and our legitimate
interest in keeping the service secure.

The categories of personal data are name and e-mail of our customers. You are required to provide them; without them we cannot serve you.

The data comes from you; no publicly accessible sources are used. Recipients: our hosting company in Finland.

We keep your data for two years after the end of the contract. Access to it is secured.

You have the right of access, rectification, erasure, restriction and portability, and may withdraw your consent at any time. You may
complain to the Data Protection Ombudsman. We answer within one month, free of charge.

## Right to object
You may object to processing, and without any reason object to marketing.

We make no automated decisions.
`

  test('has no finding when it says all', () => assert.deepEqual(lintText(good), []))

  const spoilt: readonly (readonly [code: string, from: string, to: string])[] = [
    ['outdated.privacy-shield', 'hosting company in Finland', 'hosting company under ¦Privacy Shield'],
    ['outdated.personal-data-act', 'Access to it is secured', 'Access to it is secured by the ¦Personal Data\nAct'],
    ['retention.vague', 'Access to it is secured.', 'It is secured ¦as long as necessary.'],
    ['right.77', '# Privacy notice', '¦# Privacy notice'],
    ['right.apart', '# Privacy notice', '¦# Privacy notice'],
    ['dpo.missing', '# Privacy notice', '¦# Privacy notice'],
    ['right.20', '# Privacy notice', '¦# Privacy notice'],
    ['transfer.untold', '# Privacy notice', '¦# Privacy notice'],
  ]
  const without: Record<string, readonly [string, string]> = {
    'right.77': ['complain to the Data Protection Ombudsman', 'tell us'],
    'right.apart': ['## Right to object\n', ''],
    'dpo.missing': ['Our data protection officer answers', 'We answer'],
    'right.20': ['restriction and portability', 'and restriction'],
    'transfer.untold': ['hosting company in Finland', 'hosting company outside the EEA. You may ask for a copy'],
  }
  for (const [code, from, to] of spoilt)
    test(`has the finding ${code} when it does not`, () => {
      const { text, line, column } = changed(good, [from, to, ...(without[code] ?? [])])
      assert.deepEqual(brief(lintText(text)), [[code, line, column]])
    })

  test('is read through its tags', () => {
    const html =
      '<!doctype html><style>p { content: "Privacy Shield" }</style>\n<p>Siirto perustuu <b>Privacy\nShield</b> -järjestelyyn.</p>'
    const shield = lintText(html).filter(({ code }) => code === 'outdated.privacy-shield')
    assert.deepEqual(
      shield.map(({ line, column }) => [line, column]),
      [[2, 23]],
    )
  })

  test('an act is not taken for the legislation of its field', () => {
    const codes = (text: string) => lintText(text).map(({ code }) => code)
    assert.ok(codes('Noudatamme henkilötietolakia.').includes('outdated.personal-data-act'))
    assert.ok(!codes('Noudatamme henkilötietolainsäädäntöä.').includes('outdated.personal-data-act'))
  })
})

test('each rule speaks three languages and cites a law that holds', () => {
  for (const [code, rule] of Object.entries(rules)) {
    const law = laws.find(({ id }) => id === rule.law)
    assert.ok(law && law.validTo === undefined, code)
    assert.equal(new Set(languages.map((language) => rule.message[language])).size, 3, code)
    for (const id of 'see' in rule ? rule.see : [])
      assert.ok(
        laws.some((one) => one.id === id),
        `${code}: ${id}`,
      )
  }
})
