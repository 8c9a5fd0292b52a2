// The declaration's own names in one language: what the notice, the record and the changes are written with.
import type { Description, Law, LawId, LegalBasis, Retention } from '../../register/description.ts'
import { lawNamed } from '../../register/law.ts'
import type { Category, Language, Purpose, Words } from '../../register/vocabulary.ts'
import { keyAddress, verifierAddress } from '../access-log/addresses.ts'
import { type Block, type Line, list, listed, mark, type Span, text } from './document.ts'
import { inSentence, instantIn, namesIn } from './phrases.ts'
import { noticeWords, type NoticeWords } from './words.ts'

/** A version of the declaration as it was applied; without `register` when its text can no longer be read. */
export type Version = {
  readonly version: string
  readonly noticeHash: string
  readonly appliedAt: Date
  readonly register?: { readonly description: Description; readonly laws: readonly Law[] }
}

/** What is published. `versions` from the earliest on, the present one last. */
export type Notice = {
  readonly description: Description
  readonly laws: readonly Law[]
  /** Hexadecimal. */
  readonly noticeHash: string
  readonly appliedAt: Date
  readonly versions: readonly Version[]
}

export type Speaker = {
  readonly language: Language
  readonly w: NoticeWords
  readonly say: (words: Words) => string
  /** Title and number of a source of law. */
  readonly cite: (law: LawId) => string
  readonly category: (id: Category) => string
  readonly purpose: (id: Purpose) => string
  readonly controllers: (ids: readonly string[], joined?: 'and' | 'or') => string
  /** Category labels within a sentence, each marked `of` with the id that `idOf` gives; "all data of the register" when they are all. */
  readonly data: (categories: readonly Category[], of: string, idOf: (category: Category) => string) => Line
  readonly purposes: (purposes: readonly Purpose[], of: string, idOf: (purpose: Purpose) => string) => Line
  /** "Contract." */
  readonly basis: (basis: LegalBasis) => string
  /** "(GDPR article 6(1)(c); Accounting Act (1336/1997))": the article, and the law that it rests on besides. */
  readonly article: (basis: LegalBasis) => string
}

export const speaker = (description: Description, laws: readonly Law[], language: Language): Speaker => {
  const w = noticeWords[language]
  const lawOf = lawNamed(laws)
  const say = (words: Words) => words[language]
  const cite = (id: LawId) => {
    const law = lawOf.get(id)
    if (law === undefined) return id
    return law.cite.startsWith('(') ? `${say(law.title)} ${law.cite}` : `${say(law.title)} (${law.cite})`
  }
  const category = (id: Category) => say(description.categories[id].label)
  const purpose = (id: Purpose) => say(description.purposes[id].label)
  const nameOf = new Map(description.controllers.map(({ id, name }) => [id, name]))
  const all = Object.keys(description.categories).length
  return {
    language,
    w,
    say,
    cite,
    category,
    purpose,
    controllers: (ids, joined) =>
      namesIn(
        ids.map((id) => nameOf.get(id) ?? id),
        language,
        joined,
      ),
    data: (categories, of, idOf) =>
      // A list that names one twice is not all of them.
      new Set(categories).size === all
        ? [{ text: w.recipients.all, mark: mark(of, ...categories.map(idOf)) }]
        : listed(categories.map((id): Span => ({ text: inSentence(category(id)), mark: mark(of, idOf(id)) }))),
    purposes: (purposes, of, idOf) =>
      new Set(purposes).size === Object.keys(description.purposes).length
        ? [{ text: w.recipients.allPurposes, mark: mark(of, ...purposes.map(idOf)) }]
        : listed(purposes.map((id): Span => ({ text: inSentence(purpose(id)), mark: mark(of, idOf(id)) }))),
    basis: ({ article }) => `${w.purposes.bases[article] ?? w.purposes.article(article)}.`,
    article: ({ article, law }) => `(${w.purposes.article(article)}${law === 'gdpr' ? '' : `; ${cite(law)}`})`,
  }
}

export const idOfRetention = ({ category, purpose, anchor, period }: Retention): string =>
  [category, purpose, anchor, period].join('/')

export type RetentionGroup = { readonly rule: Retention; readonly categories: readonly Category[] }

/** The rules of one purpose, those that differ in their category alone put together. */
export const retentionOf = (description: Description, purpose: Purpose): readonly RetentionGroup[] => {
  const groups = Map.groupBy(
    description.retention.filter((rule) => rule.purpose === purpose),
    (rule) => JSON.stringify({ ...rule, category: '' }),
  )
  return [...groups.values()].map((rules) => ({
    rule: rules[0] as Retention,
    categories: rules.map(({ category }) => category),
  }))
}

/** Recipients outside the European Economic Area. */
export const transferred = (description: Description) =>
  description.recipients.flatMap((one) => (one.transfer === undefined ? [] : [{ ...one, transfer: one.transfer }]))

export const footOf = ({ description, noticeHash, appliedAt }: Notice, language: Language): Line => [
  `${noticeWords[language].foot(description.version, instantIn(appliedAt, language))} `,
  { text: noticeHash, as: 'code' },
  '.',
]

const code = (address: string): Span => ({ text: address, as: 'code', href: address })

/** The measures; and where the log that one of them rests on can be checked by whoever wants to. */
export const measuresTold = ({ measures }: Description, { w, say }: Speaker): readonly Block[] => {
  const sealed = measures.filter(({ rests }) => rests === 'access-log').map(({ id }) => id)
  const { key, verifier, end } = w.logKey
  return [
    list(measures.map((one) => ({ line: [say(one.text)], mark: mark('measure', one.id) }))),
    ...(sealed.length === 0
      ? []
      : [text([key, code(keyAddress), verifier, code(verifierAddress), end], mark('log-key', ...sealed))]),
  ]
}
