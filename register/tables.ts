// All tables of all chapters, in their order: what the compiler, the witness and the proofs read.
import { access } from './access.ts'
import { billing } from './billing.ts'
import { contacts } from './contacts.ts'
import { contracts } from './contracts.ts'
import { customers } from './customers.ts'
import { customersSearch } from './customers-search.ts'
import { exchange } from './exchange.ts'
import { marketing } from './marketing.ts'
import { metering } from './metering.ts'
import { sites } from './sites.ts'
import type { ColumnRule, Table, Tables } from './table.ts'
import type { Category } from './vocabulary.ts'

export const tables: Tables = {
  ...customers,
  ...customersSearch,
  ...sites,
  ...contracts,
  ...metering,
  ...billing,
  ...contacts,
  ...marketing,
  ...exchange,
  ...access,
}

export const categoryOf = (rule: ColumnRule): Category | undefined =>
  typeof rule === 'string' ? rule : 'wall' in rule ? rule.wall : undefined

/** The categories that a table holds, each once. */
export const categoriesOf = (table: Table): readonly Category[] => [
  ...new Set(Object.values(table.columns).flatMap((rule) => categoryOf(rule) ?? [])),
]

/** The column that names the person, where the row itself has one. */
export const ownerColumn = (table: Table): string | undefined =>
  table.owner.is === 'self' ? 'id' : table.owner.is === 'column' ? table.owner.column : undefined
