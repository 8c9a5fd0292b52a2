// What a check finds, and who uses what: shared by the checks of this folder.
import { nearest } from '../nearest.ts'
import type { Declared } from '../shape.ts'
import type { Path } from '../source.ts'
import type { Category, Purpose } from '../vocabulary.ts'

/** `key`: the fault is told at the key of the path instead of its value. */
export type Finding = { readonly path: Path; readonly code: string; readonly message: string; readonly key?: true }

export const unknown = (path: Path, id: string, known: readonly string[], what: string): Finding => {
  const near = nearest(id, known)
  const give = near
    ? `did you mean ${near}?`
    : known.length > 12
      ? 'add it there, or name one that stands there'
      : `give one of ${known.join(', ')}`
  return { path, code: 'id.unknown', message: `"${id}" is no ${what}; ${give}` }
}

type Named = { readonly category: Category; readonly path: Path }

/** Each category of a list that may be broken into rows, with its place. */
export const named = (rows: readonly (readonly Category[])[], path: Path): readonly Named[] =>
  rows.flatMap((row, i) => row.map((category, j) => ({ category, path: [...path, i, j] })))

/** Categories that the list already named. */
export const repeated = (list: readonly Named[]): Finding[] =>
  list
    .filter(({ category }, i) => list.findIndex((earlier) => earlier.category === category) < i)
    .map(({ category, path }) => ({ path, code: 'id.twice', message: `${category} is named twice; take one away` }))

export type Use = Named & { readonly role: string; readonly purpose: Purpose }

/** Each category that a role reads, writes or deletes for a purpose. */
export const usesOf = (declared: Declared): readonly Use[] =>
  Object.entries(declared.roles).flatMap(([role, { purposes }]) =>
    Object.entries(purposes).flatMap(([purpose, may]) =>
      may === undefined
        ? []
        : (['reads', 'writes', 'deletes'] as const).flatMap((how) =>
            named(may[how], ['roles', role, 'purposes', purpose, how]).map((one) => ({
              ...one,
              role,
              purpose: purpose as Purpose,
            })),
          ),
    ),
  )

export const pair = (category: string, purpose: string) => `${category} for ${purpose}`
