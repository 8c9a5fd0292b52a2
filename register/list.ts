// A list that can be taken out of the register as a file: said beside its endpoint, so that no list needs code of its own for it.
// Knows no Node, as endpoint.ts.
import type { Category, Language, Words } from './vocabulary.ts'

export const forms = ['csv', 'xlsx', 'json'] as const
export type Form = (typeof forms)[number]

/** Why a list is taken out, as `reason:NAME` in the header `because`; `reason:other:TEXT` in words of one's own. */
export const exportReasons = {
  'working-list': { fi: 'Työlistaksi', sv: 'Som arbetslista', en: 'As a working list' },
  report: { fi: 'Raporttia varten', sv: 'För en rapport', en: 'For a report' },
  'customer-asked': { fi: 'Asiakas pyysi', sv: 'Kunden bad om det', en: 'The customer asked' },
  authority: { fi: 'Viranomainen pyysi', sv: 'En myndighet bad om det', en: 'An authority asked' },
} as const satisfies Readonly<Record<string, Words>>

/** Why a list was taken out, in words; what is not on the list stands as it was written. */
export const sayExportReason = (because: string, language: Language): string => {
  const written = because.replace(/^reason:(other:)?/, '')
  const reasons: Readonly<Record<string, Words>> = exportReasons
  return reasons[written]?.[language] ?? written
}

const named = new RegExp(`^reason:(?:${Object.keys(exportReasons).join('|')}|other:.*\\S.{2,})$`, 'su')
export const isExportReason = (because: string | undefined): because is string =>
  because !== undefined && because.length <= 220 && named.test(because)

const out = { fi: 'viety tiedostoon', sv: 'utförd till fil', en: 'taken out as a file' } as const

/** The action under which the access log has a list that left. */
export const takenOutAs = (action: string, form: Form): string => `${action}, taken out as ${form}`

/** An action as the access log has it, in words: `words` gives those of the action itself. */
export const sayAction = (logged: string, language: Language, words: (action: string) => string): string => {
  const [, action, form] = /^(.+), taken out as (csv|xlsx|json)$/.exec(logged) ?? []
  return action === undefined ? words(logged) : `${words(action)}, ${out[language]} (${form})`
}

export type Value = string | number | boolean | null | undefined | readonly string[]

/** `name` of the column is the property of the row that it shows, unless `of` says it. */
export type ListColumn<R = never> = {
  readonly label: Words
  /** Where it comes from: who may not take that out gets the file without the column. Absent: it tells nothing of a person. */
  readonly category?: Category
  /** text, when not said. An instant is RFC 3339, a day YYYY-MM-DD, a number may be exact decimals as text. */
  readonly type?: 'number' | 'day' | 'instant'
  of?(row: R, language: Language): Value
  /** Its values are ids of the declaration, and are written in its words: of an action, or of the list that an action gives, of a role, a purpose, kinds of data. */
  readonly names?: 'actions' | 'lists' | 'roles' | 'purposes' | 'categories'
  /** The words for values that are codes. */
  readonly values?: Readonly<Record<string, Words>>
}

/** The rows of what an endpoint gives: itself, or the one list that it holds. */
export type RowOf<O> = O extends readonly (infer R)[]
  ? R
  : { [K in keyof O]: O[K] extends readonly (infer R)[] ? R : never }[keyof O]

export type List<O = unknown> = {
  /** Of the file and its sheet. */
  readonly title: Words
  readonly columns: Readonly<Record<string, ListColumn<RowOf<O>>>>
  /** What to ask for the page that follows a page with rows; undefined at the end. Absent: all rows come at once. */
  next?(output: O): Readonly<Record<string, unknown>> | undefined
}

export const rowsOf = (output: unknown): readonly unknown[] => {
  if (Array.isArray(output)) return output
  const held = Object.values(Object(output) as object).filter((value) => Array.isArray(value))
  if (held.length !== 1) throw new Error('what a list gives is an array, or holds one')
  return held[0] as readonly unknown[]
}
