// The notice linter: what the law of today finds in a register description or notice, complete or not, of any company.
// A product of its own (bin/notice-check.ts); rests on law.yaml for every dated fact.
import { z } from 'zod'
import { requiredRights } from './check.ts'
import type { Day, Law, LawId } from './description.ts'
import { endedOn, holds, lawNamed, today as currentDay } from './law.ts'
import { datahub, datahubAct, rightsSaid, type Said, saying, vague } from './lint/prose.ts'
import { type Rule, type RuleCode, rules } from './lint/rules.ts'
import type { Path, Source } from './source.ts'
import { languages, type Words } from './vocabulary.ts'

export type NoticeFinding = {
  readonly code: string
  readonly message: Words
  readonly path: string
  readonly line: number
  readonly column: number
  /** The legal source, how it is cited with what explains it, and the day since which it has asked this. */
  readonly law: LawId
  readonly cite: string
  readonly since: Day
}

type Names = Readonly<Record<string, string>>
type Say = (
  code: RuleCode,
  at: { readonly path: Path; readonly place?: Place; readonly key?: true },
  names?: Names,
) => void
type Place = { readonly line: number; readonly column: number }

/** The document as far as it has the keys of register.yaml; whatever else it holds is read as prose. */
const loose = z.record(z.string(), z.unknown()).catch({})
const group = (value: unknown): readonly (readonly [string, Readonly<Record<string, unknown>>])[] =>
  Array.isArray(value)
    ? value.map((one, i) => [String(i), loose.parse(one)] as const)
    : Object.entries(loose.parse(value)).map(([id, one]) => [id, loose.parse(one)] as const)

const filled = (value: unknown): boolean =>
  typeof value === 'string'
    ? /\S/.test(value)
    : Array.isArray(value)
      ? value.length > 0
      : typeof value === 'object' && value !== null
        ? Object.values(value).some(filled)
        : value !== undefined && value !== null

/** In the order of the file; what is missing altogether stands at the section where it belongs, else at the beginning. */
export const lintNotice = (
  source: Source,
  laws: readonly Law[],
  today: Day = currentDay(),
): readonly NoticeFinding[] => {
  const known = lawNamed(laws)
  const found: NoticeFinding[] = []
  const add = (code: string, rule: Rule, law: LawId, since: Day, at: Parameters<Say>[1], names: Names[]) => {
    const { line, column } = at.place ?? (at.key ? source.atKey(at.path) : source.at(at.path))
    const cited = [known.get(law)?.cite ?? law, rule.article].filter((part) => part !== '').join(' ')
    const cite = [cited, ...(rule.see ?? []).flatMap((id) => known.get(id)?.cite ?? [])].join('; ')
    const message = Object.fromEntries(
      languages.map((language, i) => [
        language,
        rule.message[language].replace(/\{(\w+)\}/g, (_, name: string) => (names[i] ?? names[0])?.[name] ?? ''),
      ]),
    ) as Words
    found.push({ code, message, path: at.path.join('.'), line, column, law, cite, since })
  }
  const say: Say = (code, at, names = {}) => {
    const rule: Rule = rules[code]
    const law = known.get(rule.law)
    // Under the law of an earlier day, what that law did not ask yet is no finding.
    if (law && law.validFrom <= today) add(code, rule, law.id, law.validFrom, at, [names])
  }
  const notice: Notice = { source, value: loose.parse(source.value), texts: source.texts(), laws, known, today }
  outdated(notice, (law, at, name) => {
    const now = law.replacedBy === undefined ? undefined : known.get(law.replacedBy)
    const names = languages.map((language) => ({
      name,
      title: law.title[language],
      cite: law.cite,
      since: endedOn(law) ?? law.validFrom,
      now: now ? `${now.title[language]} (${now.cite})` : '–',
    }))
    add(`outdated.${law.id}`, rules.outdated, law.id, endedOn(law) ?? law.validFrom, at, names)
  })
  wording(notice, say)
  who(notice, say)
  why(notice, say)
  what(notice, say)
  whence(notice, say)
  whither(notice, say)
  kept(notice, say)
  told(notice, say)
  return found.sort((a, b) => a.line - b.line || a.column - b.column)
}

type Notice = {
  readonly source: Source
  readonly value: Readonly<Record<string, unknown>>
  readonly texts: ReturnType<Source['texts']>
  readonly laws: readonly Law[]
  readonly known: ReadonlyMap<LawId, Law>
  readonly today: Day
}

const mentions = (notice: Notice, pattern: RegExp): boolean => notice.texts.some(({ text }) => pattern.test(text))
const says = (notice: Notice, what: Said): boolean => mentions(notice, saying(what))
/** Where the section stands, or the beginning. */
const section = ({ value }: Notice, key: string): { path: Path; key?: true } =>
  Object.hasOwn(value, key) ? { path: [key], key: true } : { path: [] }
const nameOf = (id: string, one: Readonly<Record<string, unknown>>): string => {
  const label = one['label'] ?? one['name']
  const text = typeof label === 'string' ? label : loose.parse(label)['fi']
  return typeof text === 'string' && text !== '' ? text : id
}

const escaped = (name: string) => name.replace(/[.()/+?^$|[\]{}\\]/g, '\\$&').replace(/\s+/g, '\\s+')
/** A name as a whole word; a `*` at its end stands for any ending. */
const named = (name: string) =>
  new RegExp(
    `(?<![\\p{L}\\d/])${escaped(name.replace(/\*$/, ''))}${name.endsWith('*') ? '[\\p{L}]*' : '(?![\\p{L}\\d])'}`,
    'giu',
  )

const outdated = (
  { source, texts, laws, known, today }: Notice,
  tell: (law: Law, at: { path: Path; place: Place }, name: string) => void,
): void => {
  const ended = laws.filter((law) => law.validTo !== undefined && !holds(law, today))
  for (const { path, text, at } of texts) {
    const last = path.at(-1)
    const cited = last === 'law' || last === 'tool' ? known.get(text) : undefined
    if (cited && ended.includes(cited)) tell(cited, { path, place: source.at(path) }, text)
    else
      for (const law of ended) {
        const patterns = (law.names ?? []).map(named)
        const seen = new Set<number>()
        for (const match of patterns.flatMap((pattern) => [...text.matchAll(pattern)]))
          if (!seen.has(match.index)) {
            seen.add(match.index)
            tell(law, { path, place: at(match.index) }, match[0])
          }
      }
  }
}

const wording = ({ texts }: Notice, say: Say): void => {
  for (const { path, text, at } of texts) {
    for (const { code, says: pattern } of vague)
      for (const match of text.matchAll(pattern))
        say(code, { path, place: at(match.index) }, { name: match[0].replace(/\s+/g, ' ') })
  }
}

const who = (notice: Notice, say: Say): void => {
  const controllers = group(notice.value['controllers'])
  if (controllers.length === 0 && !says(notice, 'controller')) say('controller.missing', section(notice, 'controllers'))
  for (const [id, one] of controllers)
    if (!filled(loose.parse(one['contact'])['email']) && !filled(loose.parse(one['contact'])['phone']))
      say('controller.contact', { path: ['controllers', id], key: true }, { name: nameOf(id, one) })
  if (controllers.length > 1 && !filled(notice.value['jointArrangement']) && !says(notice, 'joint'))
    say('joint.missing', section(notice, 'controllers'))
  if (!filled(notice.value['dpo']) && !says(notice, 'dpo')) say('dpo.missing', section(notice, 'controllers'))
  if (!filled(notice.value['version']) && !says(notice, 'version')) say('version.missing', { path: [] })
  if (!filled(notice.value['updated']) && !says(notice, 'updated')) say('updated.missing', { path: [] })
}

const why = (notice: Notice, say: Say): void => {
  const purposes = group(notice.value['purposes'])
  if (purposes.length === 0) {
    if (!says(notice, 'purpose')) say('purpose.missing', { path: [] })
    if (!says(notice, 'basis')) say('basis.untold', { path: [] })
  }
  const bases = purposes.flatMap(([id, purpose]) =>
    group(purpose['bases']).map(([i, basis]) => ({ id, i, basis, purpose })),
  )
  for (const [id, purpose] of purposes)
    if (!filled(purpose['bases']))
      say('basis.missing', { path: ['purposes', id], key: true }, { name: nameOf(id, purpose) })
  for (const { id, i, basis, purpose } of bases) {
    const at = { path: ['purposes', id, 'bases', Number(i)] }
    const article = String(basis['article'])
    // The duties to answer and to protect are the regulation's own; any other is laid down by some act.
    const own = id === 'rights' || id === 'security'
    if (/[ce]\)$/.test(article) && !own && (!filled(basis['law']) || basis['law'] === 'gdpr'))
      say('basis.duty', at, { name: nameOf(id, purpose) })
    if (article === '6(1)(f)' && !filled(basis['balancingTest']))
      say('balancing.missing', at, { name: nameOf(id, purpose) })
  }
  const balanced = bases.filter(({ basis }) => basis['article'] === '6(1)(f)')
  const unnamed = balanced.length > 0 ? balanced.some(({ basis }) => !filled(basis['interest'])) : bases.length === 0
  if (unnamed && !says(notice, 'interest')) say('interest.missing', section(notice, 'purposes'))
}

const what = (notice: Notice, say: Say): void => {
  const categories = group(notice.value['categories'])
  if (categories.length === 0) {
    if (!says(notice, 'category')) say('category.missing', { path: [] })
    if (!says(notice, 'subject')) say('subject.missing', { path: [] })
  } else if (!categories.every(([, category]) => filled(category['subjects'])))
    say('subject.missing', section(notice, 'categories'))
  if (!categories.some(([, category]) => filled(category['required'])) && !says(notice, 'required'))
    say('required.missing', section(notice, 'categories'))
}

const whence = (notice: Notice, say: Say): void => {
  const sources = group(notice.value['sources'])
  if (sources.length === 0 && !says(notice, 'source')) say('source.missing', section(notice, 'sources'))
  const stated = sources.length > 0 && sources.every(([, one]) => typeof one['public'] === 'boolean')
  if (!stated && !says(notice, 'public')) say('source.public', section(notice, 'sources'))
  // A law in words anywhere in the same part of the notice, or as a reference beside the text, names the basis.
  for (const { path, text, at } of notice.texts) {
    const match = datahub.exec(text)
    if (!match || datahubAct.test(text)) continue
    const beside = path.length === 0 ? undefined : lawBeside(notice.value, path)
    const prose = path.length === 0 && mentions(notice, datahubAct)
    if (!prose && beside === undefined && !/^(?:purposes|retention|categories|roles)$/.test(String(path[0])))
      say('datahub.basis', { path, place: at(match.index) })
  }
}

/** The `law` of the entry that a text stands in: `sources.datahub.label.fi` → that of `sources.datahub`. */
const lawBeside = (value: unknown, path: Path): unknown => {
  let here = value
  let law: unknown
  for (const step of path) {
    if (typeof here !== 'object' || here === null) break
    const one = here as Readonly<Record<string, unknown>>
    law = one['law'] ?? law
    here = one[String(step)]
  }
  return law
}

const whither = (notice: Notice, say: Say): void => {
  const { laws, known, today } = notice
  const recipients = group(notice.value['recipients'])
  if (recipients.length === 0 && !says(notice, 'recipient')) say('recipient.missing', section(notice, 'recipients'))
  const within = new Set(
    laws.filter((law) => law.kind === 'area' && holds(law, today)).flatMap((law) => law.countries ?? []),
  )
  for (const [id, one] of recipients) {
    const country = one['country']
    if (typeof country !== 'string' || within.has(country)) continue
    const transfer = loose.parse(one['transfer'])
    const tool = known.get(String(transfer['tool']))
    const ends = typeof transfer['to'] === 'string' ? transfer['to'] : today
    const covers = tool?.kind === 'clauses' || (tool?.kind === 'adequacy' && tool.countries?.includes(country))
    if (!tool || !covers || !holds(tool, today) || ends < today)
      say('transfer.tool', { path: ['recipients', id], key: true }, { name: nameOf(id, one) })
    if (!filled(transfer['copyAt'])) say('transfer.copy', { path: ['recipients', id], key: true })
  }
  if (recipients.length === 0 && says(notice, 'third')) {
    if (!says(notice, 'tool')) say('transfer.untold', { path: [] })
    if (!says(notice, 'copy')) say('transfer.copy', { path: [] })
  }
}

const kept = (notice: Notice, say: Say): void => {
  const { value } = notice
  const rulesGiven = group(value['retention'])
  if (rulesGiven.length === 0) {
    if (!says(notice, 'retention')) say('retention.missing', section(notice, 'categories'))
  } else {
    const ruled = new Set(rulesGiven.flatMap(([, rule]) => [rule['categories'], rule['category']].flat(Infinity)))
    for (const [id, category] of group(value['categories']))
      if (!ruled.has(id))
        say('retention.category', { path: ['categories', id], key: true }, { name: nameOf(id, category) })
  }
  const measures = group(value['measures'])
  if (measures.length === 0 && !says(notice, 'measure')) say('measure.missing', section(notice, 'measures'))
  for (const [id, measure] of measures)
    if (!filled(measure['rests'])) say('measure.prose', { path: ['measures', id], key: true })
}

const told = (notice: Notice, say: Say): void => {
  const rights = group(notice.value['rights'])
  const at = section(notice, 'rights')
  // The text of one right names others only in passing; prose outside of the list counts as told.
  const prose = notice.texts.filter(({ path }) => path[0] !== 'rights' || rights.length === 0)
  for (const article of requiredRights) {
    const listed = rights.some(([, right]) => String(right['article']) === article)
    if (!listed && !prose.some(({ text }) => rightsSaid[article]?.test(text))) say(`right.${article}`, at)
  }
  const objections = rights.filter(([, right]) => String(right['article']).startsWith('21'))
  // In plain prose a short paragraph without a full stop is a heading.
  const heading = prose.some(
    ({ path, text }) =>
      path.length === 0 &&
      text.length < 90 &&
      !text.endsWith('.') &&
      /vastusta|kieltä|kielto-oikeu|invända|object/iu.test(text),
  )
  if (!heading && (objections.length === 0 || objections.some(([, right]) => right['apart'] !== true)))
    say('right.apart', at)
  if (!filled(notice.value['automatedDecisions']) && !says(notice, 'automated')) say('automated.missing', { path: [] })
  const answers = notice.texts.filter(({ path }) => path.length === 0 || path[0] === 'exercise' || path[0] === 'rights')
  if (!answers.some(({ text }) => saying('answer').test(text))) say('exercise.period', section(notice, 'exercise'))
}
