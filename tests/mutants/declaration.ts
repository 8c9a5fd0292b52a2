// Breaches of what is written: register.yaml, law.yaml, and the tables of register/. The reader must fault it, or the comparison see that the database is another.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from '../../enforcement/compile.ts'
import { declaredState, differencesOf, type State } from '../../enforcement/compare.ts'
import { checkDescription, checkLaws, requiredRights } from '../../register/check.ts'
import type { Description, Law } from '../../register/description.ts'
import { today } from '../../register/law.ts'
import { lawFile, type Register } from '../../register/read.ts'
import { type Declared, type DeclaredLaws, lawShape, registerShape } from '../../register/shape.ts'
import { readSource } from '../../register/source.ts'
import type { Table, Tables } from '../../register/table.ts'
import { categoryOf, tables } from '../../register/tables.ts'
import { categories, type Category, languages } from '../../register/vocabulary.ts'
import type { Mutant } from './mutant.ts'

type Node = Record<string, unknown>
type Written = { readonly register: Node; readonly law: Node }

const registerFile = join(import.meta.dirname, '../../register.yaml')
const written = (file: string): Node => readSource(readFileSync(file, 'utf8'), file).value as Node

/** What the reader finds first; the same checks in the same order as readRegister, without the places in the file. */
const faultOf = ({ register, law }: Written): string | undefined => {
  const laws = lawShape.safeParse(law)
  if (!laws.success) return laws.error.issues[0]?.message
  const [wrong] = checkLaws(laws.data)
  if (wrong) return wrong.message
  const shaped = registerShape.safeParse(register)
  if (!shaped.success) return shaped.error.issues[0]?.message
  const dated = Object.entries(laws.data).map(([id, one]): Law => ({ id, ...one }))
  return checkDescription(shaped.data, dated, today())[0]?.message
}

type Change = (whole: Declared, law: DeclaredLaws) => void
type Edit = readonly [breach: string, change: Change]

const past = '2020-01-01'
const repealed = 'register-description'

const ofPurposes = ({ purposes }: Declared): readonly Edit[] =>
  Object.entries(purposes).flatMap(([id, { bases }]): Edit[] => {
    const at = id as keyof Declared['purposes']
    return [
      [`${id} without a legal basis`, (whole) => void (whole.purposes[at].bases = [])],
      [`${id} taken away`, (whole) => void delete (whole.purposes as Node)[id]],
      ...bases.flatMap(({ article, law }, i): Edit[] => {
        const basis = (whole: Declared) => whole.purposes[at].bases[i] as unknown as Node
        return [
          [`${id} rests on a repealed law`, (whole) => void (basis(whole)['law'] = repealed)],
          [`${id} rests on a law that is none`, (whole) => void (basis(whole)['law'] = 'law-of-nowhere')],
          [`${id} rests on an article that is none`, (whole) => void (basis(whole)['article'] = '6(1)(g)')],
          [`${id} rests on a law that has ended`, (_, laws) => void ((laws[law] as Node)['validTo'] = past)],
          ...(article === '6(1)(f)'
            ? ['interest', 'balancingTest'].map((key): Edit => [
                `${id} by 6(1)(f) without ${key}`,
                (whole) => void delete basis(whole)[key],
              ])
            : []),
          ...(article === '6(1)(c)' && law !== 'gdpr'
            ? [[`${id} by a duty of no act`, (whole) => void (basis(whole)['law'] = 'gdpr')] satisfies Edit]
            : []),
        ]
      }),
    ]
  })

const ofCategories = (): readonly Edit[] =>
  Object.keys(categories).flatMap((id): Edit[] => {
    const category = (whole: Declared) => whole.categories[id as Category] as unknown as Node
    return [
      [`${id} taken away`, (whole) => void delete (whole.categories as Node)[id]],
      [`${id} about nobody`, (whole) => void (category(whole)['subjects'] = [])],
      [`${id} from nowhere`, (whole) => void (category(whole)['sources'] = ['thin-air'])],
    ]
  })

const ofRoles = (declared: Declared): readonly Edit[] =>
  Object.entries(declared.roles).flatMap(([id, { system, purposes }]): Edit[] => {
    const role = (whole: Declared) => whole.roles[id] as unknown as Node
    const trades = Object.keys(purposes).some((purpose) => !['rights', 'security'].includes(purpose))
    return [
      [`${id} without a hat`, (whole) => void (role(whole)['hats'] = {})],
      [`${id} without a purpose`, (whole) => void (role(whole)['purposes'] = {})],
      [`${id} in the hat of a stranger`, (whole) => void (role(whole)['hats'] = { retail: ['another-company'] })],
      ...(trades && !system
        ? [
            [
              `${id} sees network and retail together`,
              (whole) => void (role(whole)['hats'] = { group: Object.keys(declared.controllers) }),
            ] satisfies Edit,
          ]
        : []),
      ...Object.keys(purposes).map((purpose): Edit => [
        `${id} reads for ${purpose} what is no category`,
        (whole) => (role(whole)['purposes'] as Record<string, { reads: unknown[] }>)[purpose]?.reads.push('shoe-size'),
      ]),
      ...Object.keys(purposes).map((purpose): Edit => [
        `${id} takes out identity codes for ${purpose}`,
        (whole) =>
          void Object.assign((role(whole)['purposes'] as Record<string, object>)[purpose] ?? {}, {
            exports: ['identity-code'],
          }),
      ]),
    ]
  })

const ofRetention = (declared: Declared): readonly Edit[] =>
  declared.retention.flatMap(({ categories: kept, purposes }, i): Edit[] => {
    const name = `${kept.flat().join(', ')} for ${purposes.join(', ')}`
    const rule = (whole: Declared) => whole.retention[i] as unknown as Node
    return [
      [`no period for ${name}`, (whole) => void whole.retention.splice(i, 1)],
      [
        `two periods for ${name}`,
        (whole) => void whole.retention.push(...structuredClone(whole.retention.slice(i, i + 1))),
      ],
      ...['6 years', 'P', 'P6', 'forever', 'P0D', 'P900Y', 'consent-age'].map((period): Edit => [
        `${name} for ${period}`,
        (whole) => void (rule(whole)['period'] = period),
      ]),
      [`${name} from an event that is none`, (whole) => void (rule(whole)['anchor'] = 'full-moon')],
      [`${name} under a repealed law`, (whole) => void (rule(whole)['law'] = repealed)],
      [
        `${name} from an event that no table tells`,
        (whole) =>
          void (rule(whole)['anchor'] = kept.flat().some((one) => one.startsWith('staff'))
            ? 'permission-withdrawn'
            : 'session-end'),
      ],
      [
        `${name}, its period spelled out`,
        (whole) => void Object.assign(rule(whole)['why'] as Node, { en: 'Kept for six years.' }),
      ],
      [`${name}, and nobody says why`, (whole) => void delete rule(whole)['why']],
    ]
  })

const ofRecipients = (declared: Declared): readonly Edit[] =>
  Object.entries(declared.recipients).flatMap(([id, recipient]): Edit[] => {
    const to = (whole: Declared) => whole.recipients[id] as unknown as Node
    const transfer = (whole: Declared) => to(whole)['transfer'] as Node
    return [
      [
        `${id} moved to a country without a tool`,
        (whole) => void Object.assign(to(whole), { country: 'IN', transfer: undefined }),
      ],
      [`${id} gets nothing in particular`, (whole) => void (to(whole)['categories'] = [])],
      [`${id} for no purpose`, (whole) => void (to(whole)['purposes'] = [])],
      [`${id} under a repealed law`, (whole) => void (to(whole)['law'] = repealed)],
      ...(recipient.kind === 'processor'
        ? ([
            [`${id} works without a contract`, (whole) => void delete to(whole)['contract']],
            [`the contract of ${id} ran out`, (whole) => void ((to(whole)['contract'] as Node)['to'] = past)],
          ] satisfies Edit[])
        : []),
      ...(recipient.transfer
        ? ([
            [`${id} without its transfer tool`, (whole) => void delete to(whole)['transfer']],
            [`the transfer tool of ${id} ran out`, (whole) => void (transfer(whole)['to'] = past)],
            [`${id} by Privacy Shield`, (whole) => void (transfer(whole)['tool'] = 'privacy-shield')],
            [`${id} by the clauses of 2010`, (whole) => void (transfer(whole)['tool'] = 'scc-2010')],
            [`${id} by the adequacy of another country`, (whole) => void (transfer(whole)['tool'] = 'adequacy-japan')],
            [`${id} by an act that is no tool`, (whole) => void (transfer(whole)['tool'] = 'gdpr')],
            [
              `the decision for ${id} annulled`,
              (_, laws) => void ((laws[recipient.transfer?.tool ?? ''] as Node)['validTo'] = past),
            ],
          ] satisfies Edit[])
        : []),
    ]
  })

const others: readonly Edit[] = [
  ...requiredRights.map((article): Edit => [
    `the right of article ${article} untold`,
    (whole) => void (whole.rights = whole.rights.filter((right) => right.article !== article)),
  ]),
  ['an objection among the other rights', (whole) => whole.rights.forEach((right) => void (right.apart = false))],
  ['a language given up', (whole) => void whole.languages.pop()],
  ['a day of change still to come', (whole) => void (whole.updated = '2999-01-01')],
  ['a company taken away', (whole) => void delete whole.controllers[Object.keys(whole.controllers)[0] ?? '']],
  [
    'a measure that rests on nothing',
    (whole) => void ((Object.values(whole.measures)[0] as Node)['rests'] = 'goodwill'),
  ],
  ['a key that nobody knows', (whole) => void ((whole as Node)['exceptions'] = ['all'])],
  ['no authority to complain to', (whole) => void delete (whole as Node)['authority']],
  [
    'a role of marketing that sees everyone',
    (whole) =>
      void Object.assign(whole.roles['marketing'] ?? {}, {
        rows: { ...whole.roles['marketing']?.rows, marketable: false },
      }),
  ],
]

/** Each text in three languages, by its path. */
const wordsIn = (node: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] => {
  if (typeof node !== 'object' || node === null) return []
  if (languages.every((language) => language in node)) return [path]
  return Object.entries(node).flatMap(([key, inner]) => wordsIn(inner, [...path, key]))
}

const ofWords = (declared: Declared): readonly Edit[] =>
  wordsIn(declared).map((path, i): Edit => {
    const language = languages[i % languages.length] ?? 'fi'
    return [
      `${path.join('.')} untranslated: ${language}`,
      (whole) => {
        const words = path.reduce((node: unknown, key) => (node as Node)[key], whole) as Node
        if (i % 2 === 0) delete words[language]
        else words[language] = ' '
      },
    ]
  })

const ofLaws = (laws: DeclaredLaws): readonly Edit[] =>
  Object.entries(laws).flatMap(([id, { kind, verified }]): Edit[] => {
    const law = (all: DeclaredLaws) => all[id] as Node
    return [
      [`${id} ends before it begins`, (_, all) => void (law(all)['validTo'] = '1900-01-01')],
      [`${id} replaced by nothing`, (_, all) => void (law(all)['replacedBy'] = 'law-of-nowhere')],
      ...(kind === 'deadline'
        ? [[`${id} without its figure`, (_, all) => void delete law(all)['value']] satisfies Edit]
        : []),
      ...(verified
        ? []
        : [[`${id} unverified without a note`, (_, all) => void delete law(all)['note']] satisfies Edit]),
    ]
  })

const yamlMutants = (): readonly Mutant[] => {
  const whole = { register: written(registerFile), law: written(lawFile) } as unknown as {
    register: Declared
    law: DeclaredLaws
  }
  const made = (kind: 'description' | 'law', edits: readonly Edit[]) =>
    edits.map(([breach, change]): Mutant => ({
      kind,
      breach,
      caught: () => {
        const copy = structuredClone(whole)
        change(copy.register, copy.law)
        return faultOf(copy as unknown as Written)
      },
    }))
  const sound = faultOf(whole as unknown as Written)
  if (sound !== undefined) throw new Error(`the register is faulty before any breach: ${sound}`)
  const { register, law } = whole
  return [
    ...made('description', [
      ...ofPurposes(register),
      ...ofCategories(),
      ...ofRoles(register),
      ...ofRetention(register),
      ...ofRecipients(register),
      ...ofWords(register),
      ...others,
    ]),
    ...made('law', ofLaws(law)),
  ]
}

type Redeclared = readonly [breach: string, description: Description, declared: Tables]

/** A role that may more, or less, than the database was compiled for: a spread of all that there are. */
const ofRights = (description: Description): readonly Redeclared[] =>
  description.roles.flatMap((role) =>
    Object.entries(role.purposes).flatMap(([purpose, may], i) =>
      (Object.keys(categories) as Category[])
        .filter((_, j) => (i + j) % 4 === 0)
        .map((category, j): Redeclared => {
          const how = j % 3 === 0 ? 'writes' : j % 3 === 1 && !role.system ? 'exports' : 'reads'
          const had = may[how].includes(category)
          const changed = had ? may[how].filter((one) => one !== category) : [...may[how], category]
          const purposes = { ...role.purposes, [purpose]: { ...may, [how]: changed } }
          const roles = description.roles.map((one) => (one === role ? { ...role, purposes } : one))
          const does = how === 'exports' ? 'takes out' : how
          const breach = `${role.id} ${does} ${had ? 'no more' : 'also'} ${category} for ${purpose}`
          return [breach, { ...description, roles }, tables]
        }),
    ),
  )

const ofTables = (description: Description): readonly Redeclared[] =>
  Object.entries(tables).flatMap(([name, table]): Redeclared[] => {
    const redeclared = (breach: string, change: Partial<Table>): Redeclared => [
      `${name}: ${breach}`,
      description,
      { ...tables, [name]: { ...table, ...change } },
    ]
    const { [name]: _, ...without } = tables
    return [
      [`${name} undeclared`, description, without],
      ...(['self', 'nobody', 'staff'].includes(table.owner.is)
        ? []
        : [redeclared('about nobody', { owner: { is: 'nobody', because: 'said so' } })]),
      ...Object.keys(table.walls).map((wall) => {
        const walls = Object.fromEntries(Object.entries(table.walls).filter(([one]) => one !== wall))
        return redeclared(`without the wall ${wall}`, { walls })
      }),
      ...(table.appendOnly ? [redeclared('lines may be changed', { appendOnly: undefined } as never)] : []),
      ...Object.entries(table.columns).flatMap(([column, rule], i): Redeclared[] => {
        const category = categoryOf(rule)
        const { [column]: __, ...columns } = table.columns
        const other = category === 'staff-credentials' ? 'name' : 'staff-credentials'
        return [
          ...(i % 12 === 0 ? [redeclared(`${column} undeclared`, { columns })] : []),
          ...(category === undefined || i % 8 > 0
            ? []
            : [redeclared(`${column} called ${other}`, { columns: { ...table.columns, [column]: other } })]),
        ]
      }),
    ]
  })

/** `live` is the database compiled from the declaration as it stands. */
export const declarationMutants = ({ description }: Register, live: State): readonly Mutant[] => [
  ...yamlMutants(),
  ...[...ofRights(description), ...ofTables(description)].map(([breach, changed, declared]): Mutant => ({
    kind: 'tables',
    breach,
    caught: () => differencesOf(declaredState(compile(changed, declared), declared), live)[0],
  })),
]
