// The order of what happened, and where its next page begins: pure.
import { type EventKind, eventKinds } from './api.ts'

export type Placed = { readonly at: string; readonly kind: EventKind; readonly id: number }
/** Strictly older than this moment, or of this moment with a smaller id. */
export type Older = { readonly at: string; readonly id: number }

const rank = (kind: EventKind): number => eventKinds.indexOf(kind)

/** Where each kind goes on after the last one seen: of one moment, the kinds follow each other in their order. */
export const olderOf = (kind: EventKind, last: Placed | undefined): Older | undefined =>
  last && {
    at: last.at,
    id: rank(kind) > rank(last.kind) ? Number.MAX_SAFE_INTEGER : kind === last.kind ? last.id : 0,
  }

/** One page of several lists that are each in order, the newest first. */
export const merged = <T extends Placed>(lists: readonly (readonly T[])[], page: number): readonly T[] =>
  lists
    .flat()
    .toSorted((a, b) => (a.at === b.at ? rank(a.kind) - rank(b.kind) || b.id - a.id : a.at < b.at ? 1 : -1))
    .slice(0, page)
