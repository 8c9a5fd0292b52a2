// The declaration as rows and columns of a matrix, and what is meant by a few typed letters. Pure.
import type { z } from 'zod'
import type { readDeclaration } from '../../../../chapters/access/declaration/api.ts'
import type { Language, Words } from '../../../../register/vocabulary.ts'

export type Declaration = z.output<typeof readDeclaration.gives>
export type Category = Declaration['categories'][number]
export type Role = Declaration['roles'][number]
export type Recipient = Declaration['recipients'][number]
export type Purpose = Declaration['purposes'][number]['id']

export const rights = ['reads', 'writes', 'deletes', 'exports'] as const
export type Right = (typeof rights)[number]

/** A role in one purpose, or a recipient. `may` of a category. */
export type Row =
  | {
      readonly is: 'role'
      readonly key: string
      readonly role: Role
      readonly purpose: Purpose
      readonly may: (category: string) => readonly Right[]
    }
  | {
      readonly is: 'recipient'
      readonly key: string
      readonly recipient: Recipient
      readonly may: (category: string) => readonly 'given'[]
    }

export const rowsOf = ({ roles, recipients }: Declaration): readonly Row[] => [
  ...roles.flatMap((role) =>
    role.access.map((access): Row => ({
      is: 'role',
      key: `${role.id}.${access.purpose}`,
      role,
      purpose: access.purpose,
      may: (category) => rights.filter((right) => access[right].includes(category)),
    })),
  ),
  ...recipients.map((recipient): Row => ({
    is: 'recipient',
    key: `recipient.${recipient.id}`,
    recipient,
    may: (category) => (recipient.categories.includes(category) ? ['given'] : []),
  })),
]

export type Meant =
  | { readonly is: 'category'; readonly categories: readonly [Category, ...Category[]] }
  | { readonly is: 'role'; readonly roles: readonly [Role, ...Role[]] }

/** 0: it begins so; 1: one of its words does; 2: it holds it; none: 3. */
const distance = (label: string, typed: string): number => {
  const text = label.toLocaleLowerCase()
  if (text.startsWith(typed)) return 0
  if (text.split(/[\s-]+/).some((word) => word.startsWith(typed))) return 1
  return text.includes(typed) ? 2 : 3
}

const nearest = <T extends { readonly label: Words }>(all: readonly T[], typed: string, language: Language) => {
  const found = all.map((one) => [distance(one.label[language], typed), one] as const).filter(([far]) => far < 3)
  const best = Math.min(3, ...found.map(([far]) => far))
  return { far: best, ones: found.filter(([far]) => far === best).map(([, one]) => one) }
}

/** What a few letters mean: a kind of data before a role, where both begin so. The first of several is the one that is answered. */
export const meantBy = (
  { categories, roles }: Pick<Declaration, 'categories' | 'roles'>,
  text: string,
  language: Language,
): Meant | undefined => {
  const typed = text.trim().toLocaleLowerCase()
  if (typed === '') return undefined
  const [data, people] = [nearest(categories, typed, language), nearest(roles, typed, language)]
  const [category, ...categoriesToo] = data.ones
  const [role, ...rolesToo] = people.ones
  if (category !== undefined && data.far <= people.far)
    return { is: 'category', categories: [category, ...categoriesToo] }
  return role === undefined ? undefined : { is: 'role', roles: [role, ...rolesToo] }
}

/** The whole matrix as CSV: a line for each role, purpose and category that it touches, and for each disclosure. */
export const csvOf = (
  declaration: Declaration,
  language: Language,
  w: Readonly<Record<'role' | 'purpose' | Right | 'given', string>> & { readonly category: string },
): string => {
  const purposes = new Map(declaration.purposes.map(({ id, label }) => [id, label[language]]))
  const lines = rowsOf(declaration).flatMap((row) =>
    declaration.categories.flatMap(({ id, label }) => {
      const may = row.may(id)
      if (may.length === 0) return []
      const [who, why] =
        row.is === 'role'
          ? [row.role.label[language], purposes.get(row.purpose) ?? row.purpose]
          : [row.recipient.label[language], row.recipient.purposes.map((one) => purposes.get(one) ?? one).join(', ')]
      return [
        [
          who,
          why,
          label[language],
          ...[...rights, 'given' as const].map((one) => ((may as readonly string[]).includes(one) ? 'x' : '')),
        ],
      ]
    }),
  )
  const head = [w.role, w.purpose, w.category, w.reads, w.writes, w.deletes, w.exports, w.given]
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`
  return `\ufeff${[head, ...lines].map((line) => line.map(cell).join(';')).join('\r\n')}\r\n`
}
