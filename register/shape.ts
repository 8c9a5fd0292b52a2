// The shape of register.yaml and register/law.yaml as written, before references are followed. Each message says what would be right.
import { z } from 'zod'
import { anchors, switches } from './description.ts'
import { nearest } from './nearest.ts'
import { categories, languages, markets, published, purposes } from './vocabulary.ts'

const shown = (value: unknown): string =>
  typeof value === 'string'
    ? value.trim() === ''
      ? 'empty'
      : `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`
    : Array.isArray(value)
      ? 'a list'
      : value === null
        ? 'empty'
        : typeof value === 'object'
          ? 'a group of keys'
          : String(value as number | boolean)

/** `is missing; give …`: the wrong, then the right. */
const right = (give: string) => ({
  error: (issue: { readonly input?: unknown }) =>
    issue.input === undefined ? `is missing; ${give}` : `is ${shown(issue.input)}; ${give}`,
})

const list = <T extends z.ZodType>(item: T, give: string) => z.array(item, right(give))
const some = <T extends z.ZodType>(item: T, give: string) => z.array(item, right(give)).min(1, right(give))

const oneOf = <const T extends readonly [string, ...string[]]>(names: T, what: string) =>
  z.enum(names, {
    error: (issue) => {
      const near = typeof issue.input === 'string' ? nearest(issue.input, names) : undefined
      const give = near ? `did you mean ${near}?` : `give one of ${names.join(', ')}`
      return issue.input === undefined
        ? `is missing; ${give}`
        : `is ${shown(issue.input)}, which is no ${what}; ${give}`
    },
  })

/** Unknown keys are told one by one with the nearest known key: the translator in read.ts reads the known ones from the message. */
const group = <T extends z.ZodRawShape>(fields: T) =>
  z.strictObject(fields, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? Object.keys(fields).join(',')
        : `${issue.input === undefined ? 'is missing' : `is ${shown(issue.input)}`}; give the keys ${Object.keys(fields).join(', ')}`,
  })

const text = (give: string) => z.string(right(give)).regex(/\S/, right(give))
const idText = z
  .string(right('give an id'))
  .regex(/^[a-z][a-z0-9-]*$/, right('give an id of small letters, digits and hyphens'))
const named = <T extends z.ZodType>(item: T, what: string) =>
  z.record(z.string().regex(/^[a-z][a-z0-9-]*$/, right('give an id of small letters, digits and hyphens')), item, {
    error: (issue) =>
      issue.code === 'invalid_key'
        ? 'is no id; give small letters, digits and hyphens'
        : right(`give ${what}, each under an id of its own`).error(issue),
  })

const dayText = z
  .string(right('give a day, YYYY-MM-DD'))
  .refine(
    (day) => /^\d{4}-\d\d-\d\d$/.test(day) && new Date(`${day}T00:00Z`).toJSON()?.startsWith(day) === true,
    right('give a day that exists, YYYY-MM-DD'),
  )

const words = group({
  fi: text('give the Finnish text'),
  sv: text('give the Swedish text'),
  en: text('give the English text'),
})

const email = z
  .string(right('give an e-mail address'))
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, right('give an e-mail address'))
const web = z
  .string(right('give an address that begins with https://'))
  .regex(/^https:\/\/\S+$/, right('give an address that begins with https://'))
const country = z
  .string(right('give the country as two capital letters, for example FI'))
  .regex(/^[A-Z]{2}$/, right('give the country as two capital letters, for example FI'))
const document = group({ id: text('give the number or name of the document'), date: dayText })
const contract = group({
  id: text('give the number or name of the contract'),
  from: dayText,
  to: dayText.exactOptional(),
})

const categoryNames = Object.keys(categories) as [keyof typeof categories, ...(keyof typeof categories)[]]
const category = oneOf(categoryNames, 'category of register/vocabulary.ts')
const purpose = oneOf(purposes, 'purpose of register/vocabulary.ts')
const each = <const N extends string, T extends z.ZodType>(names: readonly N[], item: T) =>
  group(Object.fromEntries(names.map((name) => [name, item])) as Record<N, T>)

/** Categories, or rows of them: a long list is broken into rows, a chapter to each. */
const rows = z.array(
  z.preprocess((row) => (Array.isArray(row) ? row : [row]), z.array(category)),
  right('give a list of categories, [] for none'),
)
const someRows = rows.min(1, right('give the categories'))

const basis = group({
  article: z
    .string(right('give the point of article 6, for example 6(1)(b)'))
    .regex(/^6\(1\)\([a-f]\)$/, right('give the point of article 6, for example 6(1)(b)')),
  law: idText,
  controllers: list(idText, 'give the controllers that rely on it, [] for all'),
  text: words,
  interest: words.exactOptional(),
  balancingTest: document.exactOptional(),
})

const rights = /^([1-9]|1[0-9]|2[0-2]|77)(\([1-9]\))?$/

export const registerShape = group({
  name: words,
  version: z
    .string(right("give the version in quotes, for example '2026.1'"))
    .regex(/\S/, right("give the version in quotes, for example '2026.1'")),
  updated: dayText,
  languages: some(oneOf(languages, 'language'), 'give [fi, sv, en]'),
  controllers: named(
    group({
      name: text('give the registered name of the company'),
      businessId: z
        .string(right('give the business id, for example 0804847-1'))
        .regex(/^\d{7}-\d$/, right('give the business id, for example 0804847-1'))
        .exactOptional(),
      market: oneOf(markets, 'part in the energy market'),
      address: text('give the postal address'),
      contact: group({ role: words, email, phone: text('give the telephone number').exactOptional() }),
    }),
    'the controllers',
  ),
  jointArrangement: words,
  dpo: group({ role: words, email, address: text('give the postal address') }),
  authority: group({ name: words, address: text('give the postal address'), web }),
  subjects: named(words, 'the groups of persons'),
  purposes: each(
    purposes,
    group({
      label: words,
      description: words,
      bases: some(basis, 'give at least one legal basis'),
      dpia: document.exactOptional(),
    }),
  ),
  categories: each(
    categoryNames,
    group({
      label: words,
      description: words,
      subjects: some(idText, 'give whose data it is, as ids of subjects'),
      sources: some(idText, 'give where it comes from, as ids of sources'),
      required: words.exactOptional(),
    }),
  ),
  roles: named(
    group({
      label: words,
      unit: words,
      system: z.boolean(right('give true for a role of the machinery, else false')),
      programs: z.literal(true, right('give true, or leave it out')).exactOptional(),
      delivers: z.literal(true, right('give true, or leave it out')).exactOptional(),
      hats: named(some(idText, 'give the controllers of this hat'), 'the hats'),
      rows: group({
        protected: oneOf(['hidden', 'one-at-a-time', 'seen'], 'way to treat protected addresses'),
        restricted: oneOf(['hidden', 'seen'], 'way to treat restricted persons'),
        marketable: z.boolean(right('give true where only people who may be approached are seen, else false')),
      }),
      purposes: z.partialRecord(
        purpose,
        group({
          reads: rows,
          writes: rows,
          deletes: rows,
          exports: rows.exactOptional(),
          publishes: list(oneOf(published, 'thing that is published'), 'give what it publishes').exactOptional(),
        }),
        right('give the purposes of the role'),
      ),
    }),
    'the roles',
  ),
  sources: named(
    group({
      label: words,
      public: z.boolean(right('give true where anyone may look it up, else false')),
      law: idText.exactOptional(),
    }),
    'the sources',
  ),
  recipients: named(
    group({
      label: words,
      kind: oneOf(['group', 'processor', 'market', 'authority', 'credit', 'partner'], 'kind of recipient'),
      country,
      purposes: some(purpose, 'give the purposes'),
      categories: someRows,
      law: idText.exactOptional(),
      contract: contract.exactOptional(),
      transfer: group({ tool: idText, from: dayText, to: dayText.exactOptional(), copyAt: words }).exactOptional(),
    }),
    'the recipients',
  ),
  retention: some(
    group({
      categories: someRows,
      purposes: some(purpose, 'give the purposes'),
      anchor: oneOf(anchors, 'event that a period runs from'),
      period: text('give an ISO 8601 period, for example P6Y, or the id of a deadline of law.yaml'),
      rounding: oneOf(['none', 'end-of-year'], 'rounding'),
      action: oneOf(['delete', 'shred', 'unlink', 'restrict'], 'action'),
      why: words,
      law: idText,
    }),
    'give the retention rules',
  ),
  measures: named(
    group({ text: words, rests: oneOf(switches, 'switch or check of the running system') }),
    'the measures',
  ),
  exercise: words,
  rights: some(
    group({
      article: z
        .string(right('give the article in quotes, for example "15" or "21(2)"'))
        .regex(rights, right('give the article in quotes, for example "15" or "21(2)"')),
      law: idText,
      label: words,
      text: words,
      apart: z.boolean(right('give true for the objection of article 21, else false')),
    }),
    'give the rights',
  ),
  automatedDecisions: words,
})

export type Declared = z.output<typeof registerShape>

export const lawShape = named(
  group({
    title: words,
    cite: text('give the number by which it is cited'),
    names: some(text('give a name'), 'give the names').exactOptional(),
    kind: oneOf(
      ['act', 'regulation', 'decision', 'adequacy', 'clauses', 'judgment', 'authority', 'area', 'deadline'],
      'kind',
    ),
    validFrom: dayText,
    validTo: dayText.exactOptional(),
    replacedBy: idText.exactOptional(),
    url: web.exactOptional(),
    countries: some(country, 'give the countries').exactOptional(),
    value: text('give the figure as text').exactOptional(),
    verified: z.boolean(right('give true once it was compared with the official text, else false')),
    note: text('give the note').exactOptional(),
  }),
  'the legal sources',
)

export type DeclaredLaws = z.output<typeof lawShape>
