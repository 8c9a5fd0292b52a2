// SQL of what consumption is priced by: the customer's contracts at the point, the fuse of its connection, and what was contracted.
import type { Read } from '../../../platform/database.ts'
import { branded, day, decimal, int, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import { cluster, type CustomerId } from '../../customers/index.ts'
import type { Span } from '../span.ts'

const contractRow = shape({
  id: int,
  kind: branded<'network' | 'sales'>(text),
  product_id: int,
  fixed_until: nullable(day),
})

/** For the days on which they were a party to it; who is holder and payer has two rows of one contract. */
export const agreedAt = (db: Read, id: CustomerId, point: number, { from, to }: Span) =>
  db.all(
    { ...contractRow, customer_id: branded<CustomerId>(int), during: period, agreed: period },
    sql`select distinct on (c.id) ${columns(contractRow, 'c')}, y.customer_id, y.during, c.during as agreed
          from contract c join contract_party y on y.contract_id = c.id
         where c.point_id = ${point} and c.kind in ('network', 'sales') and y.customer_id in ${cluster(id)}
           and c.during && daterange(${from}::date, ${to}::date) and y.during && daterange(${from}::date, ${to}::date)
         order by c.id, upper(y.during) desc nulls first`,
  )

const pointRow = shape({ id: int, site_id: int, energy: branded<'electricity' | 'heat' | 'gas' | 'steam'>(text) })
export const findPoint = (db: Read, point: number) =>
  db.maybe(pointRow, sql`select ${columns(pointRow)} from accounting_point where id = ${point}`)

const fuseRow = shape({ id: int, main_fuse: nullable(text) })
/** The connection that served the point last before the day `to`. */
export const fuseAt = (db: Read, point: number, to: string) =>
  db.maybe(
    fuseRow,
    sql`select ${columns(fuseRow, 'n')} from accounting_point p join connection n on n.site_id = p.site_id and n.energy = p.energy
         where p.id = ${point} and lower(n.during) < ${to}::date order by lower(n.during) desc, n.id limit 1`,
  )

const contractedRow = shape({ id: int, contract_flow: nullable(decimal), contract_power: nullable(decimal) })
export const contractedAt = (db: Read, point: number, to: string) =>
  db.maybe(
    contractedRow,
    sql`select ${columns(contractedRow)} from point_facts
         where point_id = ${point} and coalesce(lower(during) < ${to}::date, true) order by lower(during) desc nulls last limit 1`,
  )
