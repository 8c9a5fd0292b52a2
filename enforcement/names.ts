// The words for what a row names by its id. What is no longer declared stands by its id: the row is older than the declaration.
import type { Description } from '../register/description.ts'
import { type Endpoint, saidOf } from '../register/endpoint.ts'
import { type ListColumn, sayAction } from '../register/list.ts'
import type { Language, Words } from '../register/vocabulary.ts'
import { restoredAction } from './access-log/log.ts'
import { indexedAction } from './index-rotation.ts'

type Kind = NonNullable<ListColumn['names']>
export type Names = (kind: Kind, id: string, language: Language) => string

type Action = { readonly id: string; readonly label: Words; readonly list?: Words }

/** All that the access log can name, in its words: the endpoints, and what the machinery does without one. */
export const actionsOf = (endpoints: readonly Endpoint[]): readonly Action[] =>
  [
    ...endpoints.map((endpoint) => ({
      id: endpoint.action,
      label: saidOf(endpoint),
      ...(endpoint.list && { list: endpoint.list.title }),
    })),
    restoredAction,
    indexedAction,
  ].toSorted((a, b) => (a.id < b.id ? -1 : 1))

export const namesOf = (
  { roles, purposes, categories }: Pick<Description, 'roles' | 'purposes' | 'categories'>,
  endpoints: readonly Endpoint[],
): Names => {
  const byId = <T extends { readonly id: string }>(all: readonly T[], words: (one: T) => Words) =>
    new Map<string, Words>(all.map((one) => [one.id, words(one)]))
  const actions = actionsOf(endpoints)
  const known: Readonly<Record<Kind, ReadonlyMap<string, Words>>> = {
    actions: byId(actions, ({ label }) => label),
    lists: byId(actions, ({ label, list }) => list ?? label),
    roles: byId(roles, ({ label }) => label),
    purposes: byId(Object.values(purposes), ({ label }) => label),
    categories: byId(Object.values(categories), ({ label }) => label),
  }
  return (kind, id, language) => {
    const words = (one: string): string => known[kind].get(one)?.[language] ?? one
    return kind === 'actions' ? sayAction(id, language, words) : words(id)
  }
}
