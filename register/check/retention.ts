// Every category has a period for each purpose that some role uses it for, and no other.
import { anchorsOf } from '../anchors.ts'
import type { Anchor, Law } from '../description.ts'
import { nearest } from '../nearest.ts'
import type { Declared } from '../shape.ts'
import type { Path } from '../source.ts'
import { categoriesOf, tables } from '../tables.ts'
import { type Category, languages, type Words } from '../vocabulary.ts'
import { type Finding, named, pair, type Use } from './finding.ts'

/** Years, months and days; weeks alone. At least one part, none of time. */
const isoPeriod = /^P(?=\d)(\d+Y)?(\d+M)?(\d+D)?$|^P\d+W$/
export const isPeriod = (text: string): boolean => isoPeriod.test(text)

/** A period that is none, or longer than any purpose lasts, is a slip of the pen or a way to keep for ever. */
const longest = 50

const yearsOf = (period: string): number => {
  const [, years, months, days, weeks] = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:(\d+)W)?$/.exec(period) ?? []
  return Number(years ?? 0) + Number(months ?? 0) / 12 + Number(days ?? 0) / 365 + Number(weeks ?? 0) / 52
}

/** A period in so many words, which would stay when the rule changes. */
const number =
  '\\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|ett?|en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|yh(?:si|den)|ka(?:ksi|hden|hteen|hdeksi|hdessa|hta)|kolm\\p{L}*|nelj\\p{L}*|vii(?:si|den|teen|dessä)|kuu(?:si|den|teen|dessa)|kymmen\\p{L}*'
const unit =
  'years?|months?|weeks?|days?|år\\p{L}?|månad(?:er)?|vecka|veckor|dag(?:ar)?|vuo(?:si|den|tta|teen|deksi|dessa|tena)|kuukau\\p{L}+|viik\\p{L}+|päiv\\p{L}+|dygn|vuorokau\\p{L}+'
// A Finnish period of one is a word by itself.
const spelled = new RegExp(
  `(?<![\\p{L}\\d])(?:(?:${number})[ -](?:${unit})|(?:vuodessa|kuukaudessa|viikossa|vuorokaudessa))(?![\\p{L}\\d])`,
  'iu',
)

/** Places in a text for the rule's own period and for deadlines of law.yaml. */
const places = /\{([a-z-]+)\}/g

const reasons = (why: Words, laws: readonly Law[], at: Path): Finding[] =>
  languages.flatMap((language): Finding[] => {
    const text = why[language]
    const path = [...at, 'why', language]
    const [written] = spelled.exec(text) ?? []
    const unknown = [...text.matchAll(places)].find(
      ([, name]) =>
        name !== 'period' &&
        !laws.some(({ id, kind, value }) => id === name && kind === 'deadline' && isPeriod(value ?? '')),
    )
    return [
      ...(written === undefined
        ? []
        : [
            {
              path,
              code: 'retention.spelled',
              message: `spells out "${written}", which would stay when the period changes; write {period}, or {a deadline of law.yaml}`,
            },
          ]),
      ...(unknown === undefined
        ? []
        : [
            {
              path,
              code: 'retention.place',
              message: `${unknown[0]} stands for nothing; write {period}, or a deadline of law.yaml between braces`,
            },
          ]),
    ]
  })

/** Tables that keep the category and do not tell the event: the period would never begin there. */
const silentOn = (category: Category, anchor: Anchor): readonly string[] =>
  Object.entries(tables)
    .filter(([, table]) => table.projection === undefined && categoriesOf(table).includes(category))
    .filter(([name, table]) => anchorsOf(name, table)[anchor] === undefined)
    .map(([name]) => name)

export const checkRetention = (declared: Declared, laws: readonly Law[], uses: readonly Use[]): Finding[] => {
  const found: Finding[] = []
  const used = new Map(uses.map((use) => [pair(use.category, use.purpose), use]))
  const ruled = new Set<string>()
  for (const [i, rule] of declared.retention.entries()) {
    const deadlines = laws.filter((law) => law.kind === 'deadline')
    if (!isPeriod(rule.period) && !deadlines.some((law) => law.id === rule.period && isPeriod(law.value ?? ''))) {
      const near = nearest(
        rule.period,
        deadlines.map((law) => law.id),
      )
      found.push({
        path: ['retention', i, 'period'],
        code: 'retention.period',
        message: `"${rule.period}" is no period; ${near ? `did you mean ${near}?` : 'give ISO 8601, for example P6Y or P3M, or a deadline of law.yaml'}`,
      })
    }
    const length = yearsOf(rule.period)
    if (isPeriod(rule.period) && (length === 0 || length > longest))
      found.push({
        path: ['retention', i, 'period'],
        code: 'retention.length',
        message: `"${rule.period}" keeps ${length === 0 ? 'nothing' : 'for ever'}; give a period of at least a day and at most P${longest}Y`,
      })
    found.push(...reasons(rule.why, laws, ['retention', i]))
    for (const { category, path } of named(rule.categories, ['retention', i, 'categories'])) {
      const silent = silentOn(category, rule.anchor)
      if (silent.length > 0)
        found.push({
          path,
          code: 'retention.anchor',
          message: `${silent.join(', ')} of register/ keeps ${category} and does not tell ${rule.anchor}; give its anchors there, or let the period run from another event`,
        })
      for (const purpose of rule.purposes) {
        const what = pair(category, purpose)
        if (ruled.has(what))
          found.push({
            path,
            code: 'retention.twice',
            message: `${what} already has a rule; keep one of the two`,
          })
        else if (!used.has(what))
          found.push({
            path,
            code: 'retention.idle',
            message: `no role uses ${what}, so the notice would promise a period for nothing; take it from the rule`,
          })
        ruled.add(what)
      }
    }
  }
  const told = new Set<string>()
  for (const { role, purpose, category, path } of uses) {
    const what = pair(category, purpose)
    if (ruled.has(what) || told.has(what)) continue
    told.add(what)
    found.push({
      path,
      code: 'retention.missing',
      message: `${role} uses ${what}, and no rule says how long it is kept; add one under retention, or take it from the role`,
    })
  }
  return found
}
