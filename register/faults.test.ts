import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { changed } from '../tests/changed.ts'
import { lawFile, readLaws, readRegister } from './read.ts'

const registerText = readFileSync(join(import.meta.dirname, '..', 'register.yaml'), 'utf8')
const lawText = readFileSync(lawFile, 'utf8')
const day = '2026-11-24'
const files = { register: 'register.yaml', law: 'law.yaml' }

type Bad = readonly [what: string, code: string, says: RegExp, ...edits: string[]]
const developer = 'development: { reads: [contact-event]'
const prospects = 'categories: [customer-status, name, contact-details]'

const badRegisters: readonly Bad[] = [
  // Shape
  [
    'a key misspelt',
    'shape.unknown-key',
    /did you mean automatedDecisions\?/,
    '\nautomatedDecisions:',
    '\n¦automatedDecision:',
  ],
  ['a key invented', 'shape.unknown-key', /give one of name, version/, '\nversion:', '\n¦colour: red\nversion:'],
  [
    'a purpose misspelt',
    'shape.unknown-key',
    /did you mean development\?/,
    '  development:\n    label: { fi: Palvelun kehittäminen',
    '  ¦developments:\n    label: { fi: Palvelun kehittäminen',
  ],
  [
    'a language missing',
    'shape.missing',
    /give the Swedish text/,
    'label: { fi: Nimi, sv: Namn, en: Name }',
    '¦label: { fi: Nimi, en: Name }',
  ],
  ['a text empty', 'shape.wrong', /is empty; give the English text/, 'sv: Namn, en: Name }', "sv: Namn, en: ¦' ' }"],
  [
    'a version that is a number',
    'shape.wrong',
    /is 2026.1; give the version in quotes/,
    "version: '2026.1'",
    'version: ¦2026.1',
  ],
  ['a day that does not exist', 'shape.wrong', /give a day that exists/, 'updated: 2026-11-02', 'updated: ¦2026-02-30'],
  ['a business id cut short', 'shape.wrong', /for example 0804847-1/, 'businessId: 0804847-1', 'businessId: ¦0804847'],
  [
    'a market misspelt',
    'shape.wrong',
    /no part in the energy market; did you mean network\?/,
    'market: network',
    'market: ¦networks',
  ],
  [
    'a category misspelt',
    'shape.wrong',
    /did you mean contact-event\?/,
    developer,
    'development: { reads: [¦contact-events]',
  ],
  [
    'an anchor misspelt',
    'shape.wrong',
    /did you mean permission-withdrawn\?/,
    'anchor: permission-withdrawn',
    'anchor: ¦permission-withdraw',
  ],
  ['a measure that rests on nothing', 'shape.wrong', /give one of bundles/, 'rests: row-policies', 'rests: ¦good-will'],
  ['a country in words', 'shape.wrong', /two capital letters/, 'country: US', 'country: ¦USA'],
  ['an article that gives no right', 'shape.wrong', /for example "15"/, "article: '77'", "article: ¦'78'"],
  ['a word for true', 'shape.wrong', /give true where only people/, 'marketable: true', "marketable: ¦'true'"],
  ['an id with a capital', 'shape.wrong', /small letters, digits and hyphens/, '  campaign:\n', '  ¦Campaign:\n'],
  // YAML
  [
    'a key twice',
    'yaml.duplicate-key',
    /not valid YAML/,
    '\nversion:',
    '\nupdated: 2026-01-01\nversion:',
    '\nupdated: 2026-11-02',
    '\n¦updated: 2026-11-02',
  ],
  [
    'an alias to nothing',
    'yaml.alias',
    /not valid YAML/,
    '# The register',
    '¦# The register',
    'country: US',
    'country: *usa',
  ],
  // References
  [
    'an unknown law',
    'id.unknown',
    /did you mean credit-data-act\?/,
    'law: credit-data-act\n  campaign:',
    'law: ¦credit-act\n  campaign:',
  ],
  [
    'an unknown subject',
    'id.unknown',
    /did you mean staff\?/,
    'subjects: [staff]\n    sources: [employer]',
    'subjects: [¦stuff]\n    sources: [employer]',
  ],
  [
    'an unknown source',
    'id.unknown',
    /did you mean earlier-system\?/,
    'sources: [earlier-system,',
    'sources: [¦earlier-systems, earlier-system,',
  ],
  [
    'an unknown controller',
    'id.unknown',
    /did you mean lahti-energia\?/,
    'hats: { retail: [lahti-energia] }',
    'hats: { retail: [¦lahti-energi] }',
  ],
  // Law
  [
    'a repealed act',
    'law.ended',
    /since 2019-01-01; it is replaced by data-protection-act/,
    'law: collection-act',
    'law: ¦personal-data-act',
  ],
  ['Privacy Shield', 'law.ended', /since 2020-07-16; it is replaced by dpf/, 'tool: scc-2021', 'tool: ¦privacy-shield'],
  // Bases
  [
    'no balancing test',
    'basis.balancing-test',
    /give balancingTest with its id and date/,
    '        balancingTest: { id: balancing-claims, date: 2026-10-05 }\n',
    '',
    '- article: 6(1)(f)\n        law: gdpr\n        controllers: []\n        text:\n          fi: Oikeutettu etumme saada',
    '- ¦article: 6(1)(f)\n        law: gdpr\n        controllers: []\n        text:\n          fi: Oikeutettu etumme saada',
  ],
  [
    'a duty without its act',
    'basis.duty',
    /name the act/,
    'law: accounting-act\n        controllers',
    'law: ¦gdpr\n        controllers',
  ],
  [
    'a hat without a basis',
    'basis.missing',
    /lahti-energia-sahkoverkko works for marketing without a legal basis/,
    'hats: { retail: [lahti-energia] }',
    'hats: { retail: [lahti-energia], network: [lahti-energia-sahkoverkko] }',
    '    bases:\n      - article: 6(1)(a)',
    '    ¦bases:\n      - article: 6(1)(a)',
  ],
  // Roles
  [
    'a hat over the wall',
    'role.unbundling',
    /give a hat to each/,
    'hats: { network: [lahti-energia-sahkoverkko] }',
    'hats: { ¦network: [lahti-energia-sahkoverkko, lahti-energia] }',
  ],
  ['marketing that sees all', 'role.marketable', /give true/, 'marketable: true', 'marketable: ¦false'],
  [
    'a category twice in a role',
    'id.twice',
    /take one away/,
    developer,
    'development: { reads: [contact-event, ¦contact-event]',
  ],
  [
    'a list of what is not read',
    'exports.unread',
    /it does not read for security/,
    'exports: [staff-identity]',
    'exports: [¦access-log]',
  ],
  [
    'strict data in a list',
    'exports.strict',
    /never leaves in a list/,
    '          - [contact-event]\n\n  collection:',
    '          - [contact-event, ¦bank-account]\n\n  collection:',
  ],
  [
    'machinery with a device',
    'exports.machinery',
    /no device to take a list to/,
    'security: { reads: [access-log], writes: [access-log], deletes: [] }',
    'security: { reads: [access-log], writes: [access-log], deletes: [], ¦exports: [access-log] }',
  ],
  // Retention
  [
    'a use without a period',
    'retention.missing',
    /development uses contract for development, and no rule says/,
    developer,
    'development: { reads: [contact-event, ¦contract]',
  ],
  [
    'a use in a row without a period',
    'retention.missing',
    /development uses contract for development/,
    developer,
    'development: { reads: [[contact-event], [¦contract]]',
  ],
  [
    'a period in words',
    'retention.period',
    /give ISO 8601, for example P6Y/,
    'period: voucher-period',
    'period: ¦six years',
  ],
  [
    'a period without length',
    'retention.period',
    /is no period/,
    'anchor: recorded\n    period: P3M',
    'anchor: recorded\n    period: ¦P',
  ],
  [
    'a deadline misspelt',
    'retention.period',
    /did you mean voucher-period\?/,
    'period: voucher-period',
    'period: ¦vouchers-period',
  ],
  [
    'a period twice',
    'retention.twice',
    /contact-event for development already has a rule/,
    'purposes: [customer-care, supply, claims]',
    'purposes: [customer-care, supply, claims, development]',
    '- categories: [contact-event]\n    purposes: [development]',
    '- categories: [¦contact-event]\n    purposes: [development]',
  ],
  [
    'a period for a use that nobody has',
    'retention.idle',
    /no role uses contact-content for development/,
    '- categories: [contact-event]\n    purposes: [development]',
    '- categories: [contact-event, ¦contact-content]\n    purposes: [development]',
  ],
  [
    'a period from an event that a table does not tell',
    'retention.anchor',
    /import_mapping, .*external_key.* of register\/ keeps import-row and does not tell session-end/,
    '- categories: [import-row]\n    purposes: [supply, market-exchange]\n    anchor: recorded',
    '- categories: [¦import-row]\n    purposes: [supply, market-exchange]\n    anchor: session-end',
  ],
  [
    'a reason that spells out its period',
    'retention.spelled',
    /spells out "six years"/,
    'en: Events of the electricity market must be traceable for {period}, also',
    'en: ¦Events of the electricity market must be traceable for six years, also',
  ],
  [
    'a reason with a place for nothing',
    'retention.place',
    /\{access-log-windw\} stands for nothing/,
    'en: To prove who looked at data and to whom it was given. You are shown the look-ups of {access-log-window}.',
    'en: ¦To prove who looked at data and to whom it was given. You are shown the look-ups of {access-log-windw}.',
  ],
  // Recipients
  [
    'a processor without a contract',
    'recipient.contract',
    /art. 28/,
    '    contract: { id: processing-printing, from: 2026-01-01 }\n',
    '',
    '  printing:\n',
    '  ¦printing:\n',
  ],
  [
    'a contract that is over',
    'recipient.contract-dates',
    /does not hold on 2026-11-24/,
    'contract: { id: processing-printing, from: 2026-01-01 }',
    '¦contract: { id: processing-printing, from: 2026-01-01, to: 2026-06-30 }',
  ],
  [
    'a transfer without a tool',
    'transfer.missing',
    /outside the EEA, without a transfer tool/,
    'country: FI\n    purposes: [supply]',
    'country: ¦US\n    purposes: [supply]',
  ],
  [
    'a decision for another country',
    'transfer.country',
    /does not cover US/,
    'tool: scc-2021',
    'tool: ¦adequacy-japan',
  ],
  ['a law that is no tool', 'transfer.tool', /is no transfer tool/, 'tool: scc-2021', 'tool: ¦accounting-act'],
  [
    'a transfer whose time is over',
    'transfer.dates',
    /does not hold on 2026-11-24/,
    'tool: scc-2021\n',
    'tool: scc-2021\n      to: ¦2026-06-30\n',
  ],
  [
    'a disclosure of what nobody works with',
    'recipient.idle',
    /cannot go to mailchimp/,
    prospects,
    'categories: [customer-status, name, contact-details, ¦contract]',
  ],
  [
    'a disclosure named twice',
    'id.twice',
    /take one away/,
    prospects,
    'categories: [customer-status, name, contact-details, ¦name]',
  ],
  // The rest
  [
    'an objection among the rest',
    'right.not-apart',
    /stands apart/,
    "article: '21(2)'\n    law: gdpr\n    apart: true",
    "article: '21(2)'\n    law: gdpr\n    apart: ¦false",
  ],
  [
    'a right left out',
    'right.missing',
    /the right of article 20 is not told/,
    "article: '20'",
    "article: '19'",
    '\nrights:\n',
    '\n¦rights:\n',
  ],
  ['a date to come', 'updated', /still to come/, 'updated: 2026-11-02', 'updated: ¦2027-01-01'],
  ['a language left out', 'languages', /give \[fi, sv, en\]/, 'languages: [fi, sv, en]', 'languages: ¦[fi, en]'],
  [
    'a source of nothing',
    'idle',
    /no category comes from it/,
    '  campaign:\n',
    '  ¦gossip:\n    label: { fi: Huhut, sv: Rykten, en: Gossip }\n    public: true\n  campaign:\n',
  ],
]

const badLaws: readonly Bad[] = [
  [
    'a kind misspelt',
    'shape.wrong',
    /did you mean deadline\?/,
    'consent-age:\n  kind: deadline',
    'consent-age:\n  kind: ¦dead-line',
  ],
  [
    'an end before the beginning',
    'law.order',
    /before it begins on 2016-07-12/,
    'validTo: 2020-07-15',
    'validTo: ¦2010-07-15',
  ],
  [
    'an unknown successor',
    'id.unknown',
    /did you mean electronic-communications-act\?/,
    'replacedBy: electronic-communications-act',
    'replacedBy: ¦electronic-communication-act',
  ],
  [
    'a deadline without a figure',
    'law.value',
    /give value, for example P1M/,
    "  value: '13'\n",
    '',
    'consent-age:\n  kind',
    'consent-age:\n  ¦kind',
  ],
  [
    'a decision that covers nothing',
    'law.countries',
    /give countries, for example \[CH\]/,
    '  countries: [CH]\n',
    '',
    'adequacy-switzerland:\n  kind',
    'adequacy-switzerland:\n  ¦kind',
  ],
  [
    'unverified, and not a word why',
    'law.note',
    /give note, saying what to compare/,
    '  note: compare the section\n\ndata-protection-board:',
    '\ndata-protection-board:',
    'data-protection-ombudsman:\n  kind',
    'data-protection-ombudsman:\n  ¦kind',
  ],
]

describe('a faulty register is told at its place', () => {
  for (const [what, code, says, ...edits] of badRegisters)
    test(what, () => {
      const { text, line, column } = changed(registerText, edits)
      const reading = readRegister(text, lawText, files, day)
      assert.ok('faults' in reading, 'it was read without a fault')
      const [fault] = reading.faults
      assert.deepEqual(
        reading.faults.map((one) => [one.file, one.code, one.line, one.column]),
        [['register.yaml', code, line, column]],
        JSON.stringify(reading.faults, null, 2),
      )
      assert.match(fault?.message ?? '', says)
    })
})

describe('a faulty law is told at its place', () => {
  for (const [what, code, says, ...edits] of badLaws)
    test(what, () => {
      const { text, line, column } = changed(lawText, edits)
      const reading = readLaws(text, 'law.yaml')
      assert.ok('faults' in reading, 'it was read without a fault')
      assert.deepEqual(
        reading.faults.map((one) => [one.file, one.code, one.line, one.column]),
        [['law.yaml', code, line, column]],
        JSON.stringify(reading.faults, null, 2),
      )
      assert.match(reading.faults[0]?.message ?? '', says)
    })
})
