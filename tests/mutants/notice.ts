// The published page against a declaration that changed after it was printed, and a page that somebody edited: the check of the notice must tell.
import { linesOf, noticeDifferences } from '../../enforcement/notice/differences.ts'
import { noticeHtml, processingRecord } from '../../enforcement/notice/html.ts'
import { noticeJsonLd } from '../../enforcement/notice/json-ld.ts'
import type { Notice } from '../../enforcement/notice/speaker.ts'
import type { Register } from '../../enforcement/register.ts'
import type { Description } from '../../register/description.ts'
import { type Language, languages } from '../../register/vocabulary.ts'
import type { Mutant } from './mutant.ts'

type Path = readonly (string | number)[]
type Node = Record<string | number, unknown>
type Edit = { readonly breach: string; readonly language: Language; readonly change: (whole: Description) => void }

const at = (whole: unknown, path: Path): Node => path.reduce((node, key) => (node as Node)[key], whole) as Node

/**
 * Told by no sentence: ids by which the parts of the declaration name each other, and what the machinery alone reads. What they decide is
 * told, and changes with the part itself.
 */
const unsaid = (path: Path): boolean => {
  const [first, ...rest] = path
  const last = path.at(-1)
  return (
    last === 'id' ||
    first === 'version' ||
    first === 'languages' ||
    (first === 'controllers' && (last === 'bit' || last === 'market')) ||
    (first === 'measures' && last === 'rests') ||
    (first === 'retention' && ['rounding', 'law'].includes(String(last))) ||
    (first === 'rights' && last === 'law') ||
    (first === 'roles' && ['system', 'programs', 'delivers'].includes(String(last))) ||
    // Who sets a price touches nobody's data; what it opens in the database is compared there.
    (first === 'roles' && path.includes('publishes')) ||
    (path.at(-2) === 'transfer' && last === 'from') ||
    (rest.length > 0 && last === 'law' && first === 'sources')
  )
}

const changed = (value: unknown, path: Path): unknown => {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  const text = String(value)
  if (path.at(-1) === 'period') return text === 'P9Y' ? 'P8Y' : 'P9Y'
  return /^\d{4}-\d\d-\d\d$/.test(text) ? '2019-02-03' : `${text}X`
}

/** Ids that lead to something: another of the same kind is put in, since one that leads nowhere does not pass the reader. */
const other = (value: string, all: readonly string[]): string => all.find((one) => one !== value) ?? value

const editsOf = (whole: Description, node: unknown, path: Path, laws: readonly string[]): readonly Edit[] => {
  if (unsaid(path)) return []
  const name = path.join('.')
  const [last] = path.slice(-1)
  const language = languages.find((one) => one === last) ?? 'fi'
  const parent = path.slice(0, -1)
  if (Array.isArray(node) || (typeof node === 'object' && node !== null)) {
    const inner = Object.entries(node).flatMap(([key, each]) =>
      editsOf(whole, each, [...path, Array.isArray(node) ? Number(key) : key], laws),
    )
    const taken = Array.isArray(node)
      ? node.map((_, i): Edit => ({
          breach: `${name}.${i} taken away`,
          language,
          change: (copy) => void (at(copy, path) as unknown as unknown[]).splice(i, 1),
        }))
      : []
    return [...taken, ...inner]
  }
  if (node === undefined || last === undefined) return []
  const put = (value: unknown): Edit[] => [
    {
      breach: `${name} is ${String(value).slice(0, 60)}`,
      language,
      change: (copy) => void (at(copy, parent)[last] = value),
    },
  ]
  if (typeof node !== 'string') return put(changed(node, path))
  for (const known of [
    Object.keys(whole.categories),
    Object.keys(whole.purposes),
    Object.keys(whole.subjects),
    whole.sources.map(({ id }) => id),
    whole.controllers.map(({ id }) => id),
    laws,
  ])
    if (known.includes(node)) return put(other(node, known))
  const alternatives: Readonly<Record<string, readonly string[]>> = {
    anchor: ['event', 'contract-end', 'last-contact'],
    action: ['delete', 'shred', 'unlink', 'restrict'],
    article: ['6(1)(b)', '6(1)(c)', '6(1)(f)'],
    protected: ['hidden', 'seen', 'one-at-a-time'],
    restricted: ['hidden', 'seen'],
    kind: ['processor', 'authority', 'market'],
    country: ['FI', 'SE'],
    controller: ['none'],
  }
  const choices = alternatives[String(last)]
  if (choices?.includes(node)) return put(other(node, choices))
  return put(changed(node, path))
}

const edited = (page: string, lines: readonly string[], notice: Notice): readonly Mutant[] =>
  lines
    .filter((line) => line.length > 12 && page.split(line).length === 2)
    .filter((_, i) => i % 4 === 0)
    .flatMap((line): Mutant[] => {
      const caught = (by: string) => () =>
        noticeDifferences(
          page.replace(line, () => by),
          notice,
          'en',
        )[0]
      return [
        { kind: 'notice', breach: `the page no longer says: ${line.slice(0, 80)}`, caught: caught('') },
        {
          kind: 'notice',
          breach: `the page says otherwise: ${line.slice(0, 80)}`,
          caught: caught(line.replace(/\w+/, 'nobody')),
        },
      ]
    })

export const noticeMutants = (register: Register): readonly Mutant[] => {
  const { description, laws } = register
  const notice: Notice = {
    description,
    laws,
    noticeHash: register.noticeHash,
    appliedAt: new Date('2026-11-24T08:00:00Z'),
    versions: [],
  }
  const pages = new Map(languages.map((language) => [language, noticeHtml(notice, language)]))
  const records = new Map(languages.map((language) => [language, processingRecord(notice, language)]))
  const linked = JSON.stringify(noticeJsonLd(notice))
  const sound = noticeDifferences(pages.get('en') ?? '', notice, 'en')
  if (sound.length > 0) throw new Error(`the notice differs before any breach: ${sound[0]}`)
  const page = pages.get('en') ?? ''
  return [
    ...editsOf(
      description,
      description,
      [],
      laws.map(({ id }) => id),
    ).map(({ breach, language, change }): Mutant => ({
      kind: 'notice',
      breach,
      caught: () => {
        const copy = structuredClone(description)
        change(copy)
        const later = { ...notice, description: copy }
        try {
          const [found] = noticeDifferences(pages.get(language) ?? '', later, language)
          // The record of art. 30, and what machines read, tell some of it instead.
          if (found !== undefined) return found
          if (processingRecord(later, language) !== records.get(language)) return 'the record of processing differs'
          return JSON.stringify(noticeJsonLd(later)) === linked ? undefined : 'the linked data differs'
        } catch (error) {
          return `the notice cannot be made: ${(error as Error).message}`
        }
      },
    })),
    ...edited(page, linesOf(page), notice),
  ]
}
