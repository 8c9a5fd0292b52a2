// What a well-shaped declaration must still prove: that every reference leads somewhere, and that nothing the law asks for is missing.
import type { Day, Law } from './description.ts'
import { endedOn, holds } from './law.ts'
import { type Finding, unknown, type Use, usesOf } from './check/finding.ts'
import { checkBases, checkRoles } from './check/purposes.ts'
import { checkRecipients } from './check/recipients.ts'
import { checkRetention } from './check/retention.ts'
import type { Declared, DeclaredLaws } from './shape.ts'
import type { Path } from './source.ts'

export const checkLaws = (laws: DeclaredLaws): Finding[] =>
  Object.entries(laws).flatMap(([id, law]): Finding[] => {
    const found: Finding[] = []
    if (law.validTo !== undefined && law.validTo < law.validFrom)
      found.push({
        path: [id, 'validTo'],
        code: 'law.order',
        message: `${id} ends on ${law.validTo}, before it begins on ${law.validFrom}; give a day from then on`,
      })
    if (law.replacedBy !== undefined && laws[law.replacedBy] === undefined)
      found.push(unknown([id, 'replacedBy'], law.replacedBy, Object.keys(laws), 'legal source of law.yaml'))
    if (law.kind === 'deadline' && law.value === undefined)
      found.push({
        path: [id],
        code: 'law.value',
        message: `${id} is a deadline without a figure; give value, for example P1M`,
      })
    if ((law.kind === 'adequacy' || law.kind === 'area') && law.countries === undefined)
      found.push({
        path: [id],
        code: 'law.countries',
        message: `${id} covers no country; give countries, for example [CH]`,
      })
    if (!law.verified && law.note === undefined)
      found.push({ path: [id], code: 'law.note', message: `${id} is not verified; give note, saying what to compare` })
    return found
  })

export const checkDescription = (declared: Declared, laws: readonly Law[], today: Day): Finding[] => {
  const uses = usesOf(declared)
  return [
    ...references(declared),
    ...citations(declared, laws, today),
    ...headings(declared, today),
    ...checkBases(declared),
    ...checkRoles(declared),
    ...checkRetention(declared, laws, uses),
    ...checkRecipients(declared, laws, today, uses),
    ...rights(declared),
    ...idle(declared, uses),
  ]
}

const references = ({ controllers, subjects, sources, ...declared }: Declared): Finding[] => {
  const found: Finding[] = []
  const ask = (path: Path, ids: readonly string[], known: object, what: string) => {
    for (const [i, id] of ids.entries())
      if (!Object.hasOwn(known, id)) found.push(unknown([...path, i], id, Object.keys(known), what))
      else if (ids.indexOf(id) < i)
        found.push({ path: [...path, i], code: 'id.twice', message: `${id} is named twice; take one away` })
  }
  for (const [id, purpose] of Object.entries(declared.purposes))
    for (const [i, basis] of purpose.bases.entries())
      ask(['purposes', id, 'bases', i, 'controllers'], basis.controllers, controllers, 'controller of this register')
  for (const [id, category] of Object.entries(declared.categories)) {
    ask(['categories', id, 'subjects'], category.subjects, subjects, 'group of persons under subjects')
    ask(['categories', id, 'sources'], category.sources, sources, 'source under sources')
  }
  for (const [id, role] of Object.entries(declared.roles))
    for (const [hat, worn] of Object.entries(role.hats))
      ask(['roles', id, 'hats', hat], worn, controllers, 'controller of this register')
  return found
}

const citations = (declared: Declared, laws: readonly Law[], today: Day): Finding[] => {
  const known = new Map(laws.map((law) => [law.id, law]))
  const cited: { path: Path; id: string }[] = [
    ...Object.entries(declared.purposes).flatMap(([id, { bases: all }]) =>
      all.map((basis, i) => ({ path: ['purposes', id, 'bases', i, 'law'], id: basis.law })),
    ),
    ...declared.retention.map((rule, i) => ({ path: ['retention', i, 'law'], id: rule.law })),
    ...declared.rights.map((right, i) => ({ path: ['rights', i, 'law'], id: right.law })),
    ...Object.entries({ sources: declared.sources, recipients: declared.recipients }).flatMap(([where, all]) =>
      Object.entries(all).flatMap(([id, { law }]) =>
        law === undefined ? [] : [{ path: [where, id, 'law'], id: law }],
      ),
    ),
    ...Object.entries(declared.recipients).flatMap(([id, { transfer }]) =>
      transfer ? [{ path: ['recipients', id, 'transfer', 'tool'], id: transfer.tool }] : [],
    ),
  ]
  return cited.flatMap(({ path, id }): Finding[] => {
    const law = known.get(id)
    if (law === undefined) return [unknown(path, id, [...known.keys()], 'legal source of law.yaml')]
    if (holds(law, today)) return []
    return [
      law.validFrom > today
        ? {
            path,
            code: 'law.not-yet',
            message: `${id} (${law.cite}) holds from ${law.validFrom} only; cite what holds today`,
          }
        : {
            path,
            code: 'law.ended',
            message: `${id} (${law.cite}) no longer holds since ${endedOn(law)}; ${law.replacedBy ? `it is replaced by ${law.replacedBy}` : 'cite what holds today'}`,
          },
    ]
  })
}

const headings = (declared: Declared, today: Day): Finding[] => {
  const found: Finding[] = []
  if (new Set(declared.languages).size !== 3)
    found.push({
      path: ['languages'],
      code: 'languages',
      message: `the notice is given in ${declared.languages.join(', ')}; give [fi, sv, en]`,
    })
  if (declared.updated > today)
    found.push({
      path: ['updated'],
      code: 'updated',
      message: `${declared.updated} is still to come; give the day of the last change`,
    })
  // The masks of the database are a smallint.
  if (Object.keys(declared.controllers).length > 15)
    found.push({
      path: ['controllers'],
      code: 'controllers',
      message: 'more than 15 controllers; a register holds 15 at most',
    })
  return found
}

/** The rights that every notice must tell: art. 13(2)(b)–(d) and (f). */
export const requiredRights = ['15', '16', '17', '18', '20', '21(1)', '21(2)', '22', '7(3)', '77'] as const

const rights = (declared: Declared): Finding[] => [
  ...requiredRights.flatMap((article): Finding[] =>
    declared.rights.some((right) => right.article === article)
      ? []
      : [
          {
            path: ['rights'],
            key: true,
            code: 'right.missing',
            message: `the right of article ${article} is not told; add it`,
          },
        ],
  ),
  ...declared.rights.flatMap((right, i): Finding[] =>
    right.article.startsWith('21') && !right.apart
      ? [
          {
            path: ['rights', i, 'apart'],
            code: 'right.not-apart',
            message: `the objection of article ${right.article} is told among the rest; give true, so that it stands apart (art. 21(4))`,
          },
        ]
      : [],
  ),
]

/** What is declared and used by nothing: the notice would speak of it, and nothing would stand behind. */
const idle = (declared: Declared, uses: readonly Use[]): Finding[] => {
  const told = Object.values(declared.categories)
  const lists: readonly [keyof Declared, readonly string[], ReadonlySet<string>, string][] = [
    [
      'subjects',
      Object.keys(declared.subjects),
      new Set(told.flatMap(({ subjects }) => subjects)),
      'category is about it',
    ],
    [
      'sources',
      Object.keys(declared.sources),
      new Set(told.flatMap(({ sources }) => sources)),
      'category comes from it',
    ],
    ['purposes', Object.keys(declared.purposes), new Set(uses.map(({ purpose }) => purpose)), 'role works for it'],
    ['categories', Object.keys(declared.categories), new Set(uses.map(({ category }) => category)), 'role uses it'],
  ]
  return lists.flatMap(([where, names, used, why]) =>
    names
      .filter((name) => !used.has(name))
      .map((name): Finding => ({
        path: [where, name],
        key: true,
        code: 'idle',
        message: `no ${why}; take ${name} away, or declare its use`,
      })),
  )
}
