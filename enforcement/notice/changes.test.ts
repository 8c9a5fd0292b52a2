// What changed is told in plain words: nothing that a reader could find is left out, nothing is told that is the same.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Description, Recipient, Role } from '../../register/description.ts'
import { loadRegister } from '../../register/read.ts'
import { languages, type Words } from '../../register/vocabulary.ts'
import { noticeChanges } from './changes.ts'
import { versionsHtml } from './html.ts'

const { description, laws } = loadRegister()

const told = (later: Description) =>
  noticeChanges({ description, laws }, { description: later, laws }, 'en').map(
    ({ is, section, words }) => `${section}, ${is}: ${words}`,
  )

const recipient = (id: string, change: (one: Recipient) => Partial<Recipient>): Description => ({
  ...description,
  recipients: description.recipients.map((one) => (one.id === id ? { ...one, ...change(one) } : one)),
})
const role = (id: string, change: (one: Role) => Partial<Role>): Description => ({
  ...description,
  roles: description.roles.map((one) => (one.id === id ? { ...one, ...change(one) } : one)),
})

const cases: readonly (readonly [name: string, later: Description, words: readonly string[]])[] = [
  ['nothing', structuredClone(description), []],
  [
    'a longer period, of several categories in one sentence',
    {
      ...description,
      retention: description.retention.map((rule) =>
        rule.purpose === 'marketing' && rule.anchor === 'last-contact' ? { ...rule, period: 'P3Y' } : rule,
      ),
    },
    [
      'How long data is kept, changed: Marketing and distance selling: customer number, state of the customer relation, name, telephone number and e-mail address, postal and invoicing address. Before: 2 years from the last contact. We do not market to those who have not been in touch with us for 2 years. General Data Protection Regulation (EU) 2016/679. Now: 3 years from the last contact. We do not market to those who have not been in touch with us for 3 years. General Data Protection Regulation (EU) 2016/679.',
    ],
  ],
  [
    'a recipient that is given more',
    recipient('field-work', ({ categories }) => ({ categories: [...categories, 'identity-code'] })),
    [
      'To whom data is given, added: Contractors who build, install and maintain the network, Which data: personal identity code.',
    ],
  ],
  [
    'a recipient in another country',
    recipient('printing', () => ({ country: 'SE' })),
    [
      'To whom data is given, changed: Provider of printing and mailing. Before: Processes data on our behalf, under contract, Finland. Now: Processes data on our behalf, under contract, Sweden.',
    ],
  ],
  [
    'a role that sees more',
    role('development', ({ purposes }) => ({
      purposes: {
        ...purposes,
        development: {
          reads: ['contact-event', 'contact-content'],
          writes: [],
          deletes: [],
          exports: [],
          publishes: [],
        },
      },
    })),
    ['Who sees what, added: Service developer, Development of the service: Sees: content of contacts.'],
  ],
  [
    'a wall that falls',
    role('marketing', ({ rows }) => ({ rows: { ...rows, marketable: false } })),
    ['Who sees what, removed: Marketer: Sees only those who may be approached with marketing.'],
  ],
  [
    'a measure that is dropped',
    { ...description, measures: description.measures.filter(({ id }) => id !== 'secrecy') },
    [
      'How your data is guarded, removed: The register opens only once a commitment to secrecy has been given and its date recorded.',
    ],
  ],
]

for (const [name, later, words] of cases) test(`changes: ${name}`, () => assert.deepEqual(told(later), words))

/** Each copy of the description with one of its texts written anew, and where. */
const rewritten = function* (
  value: unknown,
  path: string,
  put: (value: unknown) => Description,
): Generator<readonly [path: string, later: Description]> {
  if (typeof value !== 'object' || value === null) return
  if (languages.every((language) => language in value)) {
    const words = value as Words
    yield [path, put({ ...words, en: `${words.en} Anew` })]
    return
  }
  for (const [key, inner] of Object.entries(value))
    yield* rewritten(inner, `${path}.${key}`, (mine) =>
      put(Array.isArray(value) ? value.with(Number(key), mine) : { ...value, [key]: mine }),
    )
}

test('changes: no text can be written anew without being told', () => {
  const untold = [...rewritten(description, '', (value) => value as Description)].map(
    ([path, later]) => [path, told(later).length] as const,
  )
  assert.ok(untold.length > 200)
  assert.deepEqual(
    untold.filter(([, count]) => count === 0).map(([path]) => path),
    [],
  )
})

test('the page of versions tells the latest first, what changed, and what can no longer be read', () => {
  const later = recipient('printing', () => ({ country: 'SE' }))
  const version = (noticeHash: string, day: string, of?: Description) => ({
    version: '2026.1',
    noticeHash,
    appliedAt: new Date(`${day}T08:00:00Z`),
    ...(of === undefined ? {} : { register: { description: of, laws } }),
  })
  const html = versionsHtml(
    {
      description: later,
      laws,
      noticeHash: 'c'.repeat(64),
      appliedAt: new Date('2026-11-24T08:00:00Z'),
      versions: [
        version('a'.repeat(64), '2026-09-01'),
        version('b'.repeat(64), '2026-10-01', description),
        version('c'.repeat(64), '2026-11-24', later),
      ],
    },
    'en',
  )
  const sections = html.split('<section').slice(1)
  assert.deepEqual(
    sections.map((section) => /<code>(.)/.exec(section)?.[1]),
    ['c', 'b', 'a'],
  )
  assert.match(sections[0] ?? '', /In force from 24 November 2026\..*Now: .*Sweden/s)
  assert.match(sections[1] ?? '', /cannot be compared/)
  assert.match(sections[2] ?? '', /The first version/)
})
