// SQL of yearly estimates that are computed: the points, what they used, and what holds of them now.
import type { Read } from '../../../platform/database.ts'
import { branded, bytes, day, int, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { Step } from '../grid.ts'
import type { Band } from './rules.ts'

const pointRow = shape({
  id: int,
  energy: text,
  site_id: int,
  postcode: nullable(text),
  use: nullable(text),
  grid_area: nullable(text),
})
const points = sql`accounting_point p left join site s on s.id = p.site_id`

export const findPoint = (db: Read, id: number, on: string) =>
  db.maybe(
    pointRow,
    sql`select p.id, p.energy, p.site_id, s.postcode, s.use, f.grid_area from ${points} left join point_facts f on f.point_id = p.id and f.during @> ${on}::date
         where p.id = ${id}`,
  )

/** Points at which something is used, from one number on. */
export const pointsAfter = (db: Read, after: number, most: number, on: string) =>
  db.all(
    pointRow,
    sql`select p.id, p.energy, p.site_id, s.postcode, s.use, f.grid_area from ${points} left join point_facts f on f.point_id = p.id and f.during @> ${on}::date
         where p.id > ${after} and p.kind = 'consumption' and p.status <> 'removed' order by p.id limit ${most}`,
  )

const estimateRow = shape({
  point_id: int,
  band: branded<Band>(text),
  wh: int,
  during: period,
  basis: nullable(period),
  source: text,
})
export const estimatesOn = (db: Read, of: readonly number[], on: string) =>
  db.all(
    estimateRow,
    sql`select ${columns(estimateRow)} from annual_estimate where point_id = any (${of}::integer[]) and during @> ${on}::date order by point_id, id`,
  )

type Span = { readonly from: string; readonly to: string }
const dayRow = shape({ point_id: int, day, total: int })
/** Days of which every value is known and none estimated. */
export const daysUsed = (db: Read, of: readonly number[], { from, to }: Span) =>
  db.all(
    dayRow,
    sql`select ${columns(dayRow)} from reading_day
         where day >= ${from}::date and day < ${to}::date and point_id = any (${of}::integer[]) and lacking = 0`,
  )

const valuesRow = shape({ point_id: int, day, step: branded<Step>(int), vals: bytes })
export const valuesUsed = (db: Read, of: readonly number[], { from, to }: Span) =>
  db.all(
    valuesRow,
    sql`select ${columns(valuesRow)} from reading_day
         where day >= ${from}::date and day < ${to}::date and point_id = any (${of}::integer[]) and lacking = 0`,
  )
