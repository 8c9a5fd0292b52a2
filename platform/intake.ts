// Rows of a file on their way into the register: what a chapter is given, and what it tells of each row. Chapters take in their own rows; exchange drives them.
import type { Write } from './database.ts'
import type { MasterKeys } from './keys.ts'
import type { CellFault, Fields, Mapping, Position, Table } from './tabular/index.ts'

/** A row of the file with what it became. */
export type Numbered<R> = { readonly number: number; readonly cells: readonly string[]; readonly record: R }
export type Faulty = {
  readonly number: number
  readonly cells: readonly string[]
  readonly faults: readonly CellFault[]
}

/** A point on a day. */
export type About = { readonly point: number; readonly day: string }

export type Told = {
  readonly source: string
  readonly now: Date
  readonly today: string
  /** `import:42`: leads to the import, and through it to who brought the file. */
  readonly by: string
  /** Bits of the legal entities whose rows these are. */
  readonly mask: number
}

/** What an import did to a row of the register, so that it can be undone. `was` holds what that needs. */
export type Trace = {
  readonly table: string
  readonly row: number
  readonly customer: number
  readonly did: 'inserted' | 'closed' | 'removed' | 'changed'
  readonly version?: number
  readonly was?: object
}

export type Taking = {
  readonly db: Write
  readonly keys: MasterKeys
  readonly mapping: Mapping
  /** Finds out everything and changes nothing. */
  readonly dryRun: boolean
  /** All of it comes at once. A file comes in parts, and what an earlier part of it said is gone on with and not corrected. */
  readonly whole?: true
  readonly how: Told
}

export type Taken = {
  readonly fresh: readonly Numbered<object>[]
  readonly changed: readonly (Numbered<object> & { readonly fields: readonly string[] })[]
  readonly same: readonly Numbered<object>[]
  readonly faulty: readonly Faulty[]
  readonly traces: readonly Trace[]
}

/** Rows of a file that their chapter reads from the bytes by itself, as many as are worth a transaction. */
export type Part<C> = {
  /** How many there were, the faulty ones among them. */
  readonly rows: number
  readonly faulty: readonly Faulty[]
  readonly content: C
  readonly next: Position
  /** How much of the file has been read, 0 to 1. */
  readonly progress: number
}

/** Where rows come by millions: a form of file that is read without making cells of it, beside the way of all tables. */
export type Bulk<C> = {
  /** Undefined for a table of another form, or when other columns were chosen than the form has: it is read row by row. */
  readonly partsOf: (table: Table, mapping: Mapping) => ((from: Position) => AsyncIterable<Part<C>>) | undefined
  /** Only examples of the rows are told; `counts` says how many there were. */
  readonly takeIn: (at: Taking, part: Part<C>) => Promise<Taken & { readonly counts: Counts }>
}
export type Counts = { readonly fresh: number; readonly changed: number; readonly same: number }

/** One kind of rows, as its own chapter knows them. */
export type Intake<R extends object> = {
  readonly fields: Fields
  /** What is missing for a file to be taken in at all. */
  readonly columnFaults: (mapping: Mapping) => readonly CellFault[]
  /** Pure: the record, or every fault of the row at once. */
  readonly read: (mapping: Mapping, cells: readonly string[]) => R | readonly CellFault[]
  /** By which a row that stands twice in a file is known, and the field to tell it by. */
  readonly keysOf: (record: R) => readonly string[]
  readonly keyField: string
  readonly takeIn: (at: Taking, rows: readonly Numbered<R>[]) => Promise<Taken>
  /** Whom faulty rows tell of although they were refused, by the numbers of the rows: the walls of that point on that day are theirs. */
  readonly about?: (at: Taking, rows: readonly Faulty[]) => Promise<ReadonlyMap<number, About>>
  readonly bulk?: Bulk<unknown>
}

/** A sound row that the register refuses. */
export const refusedRow = (
  { number, cells }: Pick<Faulty, 'number' | 'cells'>,
  mapping: Mapping,
  field: string,
  code: string,
): Faulty => ({ number, cells, faults: [{ field, code, value: cells[mapping[field] ?? -1]?.slice(0, 300) ?? '' }] })
