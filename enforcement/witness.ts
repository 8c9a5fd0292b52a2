// The witness: PostgreSQL tells for each column of an answer which table and column it came from; what an endpoint did not declare does not leave.
import type { Answer, Connection, Witness } from '../platform/database.ts'
import type { Shape } from '../platform/row.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tables } from '../register/table.ts'
import { categoryOf } from '../register/tables.ts'
import { type Category, categories } from '../register/vocabulary.ts'

type Origin = {
  readonly table: string
  readonly column: string
  readonly category: Category | undefined
  /** The column names the person that the row is about. */
  readonly owner: boolean
  /** Rows may have nobody: an empty flat; or the table is about no customer at all. */
  readonly vacant: boolean
}

/** `table oid / column number` → what the declaration says of it. Made once per database. */
export type Origins = ReadonlyMap<string, Origin>

const place = (table: number, column: number): string => `${table}/${column}`

export const readOrigins = async (owner: Connection, tables: Tables): Promise<Origins> => {
  const { rows } = await owner.query<{ relation: number; number: number; table: string; column: string }>(`
    select c.oid::int8::int as relation, a.attnum::int as number, c.relname as table, a.attname as column
      from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`)
  return new Map(
    rows.flatMap((row) => {
      const table = tables[row.table]
      const rule = table?.columns[row.column]
      if (table === undefined || rule === undefined) return []
      const { owner: leads } = table
      const isOwner =
        (leads.is === 'self' && row.column === 'id') || (leads.is === 'column' && row.column === leads.column)
      const origin: Origin = {
        table: row.table,
        column: row.column,
        category: categoryOf(rule),
        owner: isOwner,
        vacant: leads.is === 'staff' || leads.is === 'nobody' || (leads.is === 'through' && leads.vacant),
      }
      return [[place(row.relation, row.number), origin] as const]
    }),
  )
}

/** What truly left in one request: the categories, and the persons they are about. */
export type Seen = { readonly categories: Set<Category>; readonly people: Set<number> }
export const nothingSeen = (): Seen => ({ categories: new Set(), people: new Set() })

type Verdict = { readonly categories: readonly Category[]; readonly owners: readonly number[] }

const refuse = (statement: Sql, why: string): never => {
  throw new Error(`the witness refuses: ${why}: ${statement.text}`)
}

const judge = (origins: Origins, statement: Sql, shape: Shape, answer: Answer): Verdict => {
  const found = new Set<Category>()
  const owners: number[] = []
  let mustName = false
  answer.fields.forEach((field, i) => {
    const from = shape[field.name]?.from
    if (field.tableID === 0) {
      if (from === undefined) return refuse(statement, `${field.name} is computed and does not say from what`)
      for (const category of from) {
        if (!(category in categories))
          refuse(statement, `${field.name} says it comes from ${category}, which is no category`)
        found.add(category as Category)
      }
      return undefined
    }
    const origin = origins.get(place(field.tableID, field.columnID))
    if (origin === undefined) return refuse(statement, `${field.name} comes from a column that is not declared`)
    if (origin.category !== undefined) {
      found.add(origin.category)
      if (!origin.vacant) mustName = true
    }
    if (origin.owner) owners.push(i)
    return undefined
  })
  if (mustName && owners.length === 0)
    refuse(statement, 'it gives personal data and no column that names the person; select the owner as well')
  if (['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(answer.command) && answer.fields.length === 0)
    refuse(statement, 'a write returns what it wrote; add returning with the owner')
  return { categories: [...found], owners }
}

/** A witness for one request. `declared` is what the endpoint reads; `seen` is filled with what came. */
export const witnessOf =
  (origins: Origins, verdicts: Map<string, Verdict>, declared: ReadonlySet<Category>, seen: Seen): Witness =>
  (statement, shape, answer) => {
    const known = verdicts.get(statement.text)
    const verdict = known ?? judge(origins, statement, shape, answer)
    if (known === undefined) verdicts.set(statement.text, verdict)
    for (const category of verdict.categories) {
      if (!declared.has(category)) refuse(statement, `it gives ${category}, which the endpoint does not declare`)
      if (answer.rows.length > 0) seen.categories.add(category)
    }
    for (const i of verdict.owners)
      for (const row of answer.rows) {
        const person = row[i]
        if (person !== null) seen.people.add(Number(person))
      }
  }

export type Verdicts = Map<string, Verdict>
