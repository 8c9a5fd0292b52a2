// How a chapter says what each of its tables keeps. A table or a column that is not said does not pass the checks at start.
import type { Category, Published } from './vocabulary.ts'

/**
 * A column that tells nothing of a person, and why. `key`: identity and references, given once; `wall`: decides who sees the row and is
 * set by the wall functions alone; `mark`: versions and times, changed with the row.
 */
export type NotPersonal = { readonly notPersonal: 'key' | 'wall' | 'mark'; readonly because: string }
/** A wall that is itself told to those who may read the category: that an address is protected. */
export type ToldWall = { readonly wall: Category }
export type ColumnRule = Category | NotPersonal | ToldWall

/** How a row leads to the person it is about. */
export type Owner =
  | { readonly is: 'self' }
  | { readonly is: 'column'; readonly column: string }
  /** By way of a table that names the person; `vacant` rows may have nobody (an empty flat). */
  | {
      readonly is: 'through'
      readonly column: string
      readonly table: string
      readonly theirs: string
      readonly vacant: boolean
      /** The row tells of one day, and is about whoever was there that day: by the column with the day, and that with the accounting point. */
      readonly on?: { readonly day: string; readonly point: string }
    }
  | { readonly is: 'staff'; readonly column: string }
  | { readonly is: 'nobody'; readonly because: string }

/**
 * The walls that stand on the row itself, so that no policy looks through another table.
 * `controller`: the bit of one legal entity. `controllers`: a mask; `shared` facts open to each entity that comes to serve the person,
 * `own` ones stay with those they were made for; `of-the-day` ones are open to those who served the point on the day of the row. `protected`: opened one person (or site) at a time, recognised by `column`; rows that
 * match `except` were given as safe. `marketable`: a mask of the entities that may approach the person.
 */
export type Walls = {
  readonly controller?: true
  readonly controllers?: 'shared' | 'own' | 'of-the-day'
  readonly restricted?: true
  readonly protected?: { readonly openedBy: 'customer' | 'site'; readonly column: string; readonly except?: string }
  readonly marketable?: true
}

export type OnAccess = 'give' | 'transcribe' | 'redact' | { readonly withhold: string }
export type OnErase = 'delete' | 'shred' | 'unlink' | { readonly keep: string }

export type Table = {
  /** What one row is, in plain words; printed in the field catalogue. */
  readonly holds: string
  readonly owner: Owner
  /** Columns naming others who are touched: they see the row in their own copy, but do not own it. */
  readonly accessedBy?: readonly string[]
  readonly walls: Walls
  readonly columns: Readonly<Record<string, ColumnRule>>
  readonly onAccess: OnAccess
  readonly onErase: OnErase
  /** SQL over the row for the event that a retention period runs from; `null` while it has not happened. */
  readonly anchors: Readonly<Record<string, string>>
  /** Columns sealed under the person's own key. */
  readonly sealed?: readonly string[]
  /** The sealed column that is found by the blind index of the columns `blind` and `blind_even`, and the name that the index is made under. */
  readonly indexed?: { readonly sealed: string; readonly as: string }
  /**
   * Passes to the estate of the person: `passed_from` names the row that the estate's own goes on from. Should the person live after all,
   * that row goes on instead, and the estate's is gone.
   */
  readonly passes?: true
  /** What was written by a slip goes again, on the day of the slip, by who made it: `move_goes_back` alone deletes it. */
  readonly slips?: true
  /** Of a table that tells of nobody: what its rows are to those who publish them. Without it no role writes such a table. */
  readonly published?: Published
  /** Lines are added and never changed: no role is granted to update one. */
  readonly appendOnly?: true
  /**
   * Rebuilt from other tables; never a source of truth, not logged to disk. The query gives its rows in the order of `columns`;
   * `{people}` stands after a column that names the person. It runs with the rights of the role search-index alone.
   */
  readonly projection?: string
  /** Of a projection: what changes its rows and those of no other; any other change makes all projections of the person anew. */
  readonly madeOf?: readonly Category[]
}

export type Tables = Readonly<Record<string, Table>>

export const key = (because = 'surrogate key or reference'): NotPersonal => ({ notPersonal: 'key', because })
export const mark = (because: string): NotPersonal => ({ notPersonal: 'mark', because })
const wall: NotPersonal = { notPersonal: 'wall', because: 'decides who sees the row' }

/** Columns of the walls that stand on most tables. */
export const wallColumns = { restricted: wall, controllers: wall } as const
export const protectedColumn = { protected: wall } as const
export const controllerColumn = { controller: wall } as const
export const marketableColumn = { marketable: wall } as const
export const wallColumn = wall

export const versionColumn = { version: mark('guards against two editors') } as const

/** Where a fact came from, and when: part of the fact itself. The recorder is a handle (`staff:12`), opened in chapter access alone. */
export const provenance = (category: Category) =>
  ({
    source: category,
    recorded_at: category,
    recorded_by: mark('a handle, opened in chapter access alone'),
  }) as const

export const owns = (column: string): Owner => ({ is: 'column', column })
export const self: Owner = { is: 'self' }
export const nobody = (because: string): Owner => ({ is: 'nobody', because })

export const superseded = 'case when upper_inf(during) then null else upper(during) end'
export const recorded = 'recorded_at'
