// What was answered once is told again only where it could be told today: walls may have been raised since.
import type { Connection } from '../platform/database.ts'
import { Forbidden, NotFound } from '../platform/errors.ts'
import { categoriesOf, tables } from '../register/tables.ts'
import type { Category } from '../register/vocabulary.ts'
import type { Bundle } from './bundles.ts'
import type { Done } from './receipts.ts'

/** What stands, in some table, behind the wall of a protected person. */
const hidden: ReadonlySet<Category> = new Set(
  Object.values(tables).flatMap((table) => (table.walls.protected === undefined ? [] : categoriesOf(table))),
)

/**
 * In the transaction that would tell it, under the login of the one who asks: what that login does not see today is not found.
 * @param opened the protected people who are open to this request.
 * @throws NotFound where somebody is behind a wall by now; Forbidden where what was told of them is, or the role may read it no more.
 */
export const judgeAgain = async (
  connection: Connection,
  { reads, writes, rows: rule }: Bundle,
  opened: readonly number[],
  { people, categories }: Done,
): Promise<void> => {
  if (categories.some((category) => !reads.has(category) && !writes.has(category)))
    throw new Forbidden('role.not-declared', { detail: 'what was answered then, the role may read no more' })
  if (people.length === 0) return
  const { rows } = await connection.query<{ id: string; protected: boolean }>(
    'select id, protected from customer where id = any ($1::bigint[])',
    [people],
  )
  if (rows.length < people.length) throw new NotFound('customer.not-found')
  const closed =
    rule.protected === 'seen' ? [] : rows.filter((row) => row.protected && !opened.includes(Number(row.id)))
  if (closed.length > 0 && categories.some((category) => hidden.has(category))) throw new Forbidden('row.behind-wall')
}
