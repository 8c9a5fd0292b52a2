// SQL of how contracts end, one named function a statement.
import type { Read, Write } from '../../../platform/database.ts'
import { branded, day, instant, int, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { CustomerId } from '../../customers/index.ts'
import type { steps, ways } from '../offers/api.ts'
import type { Told } from '../queries.ts'

const stepRow = shape({
  id: int,
  customer_id: branded<CustomerId>(int),
  step: branded<(typeof steps)[number]>(text),
  on_day: day,
  how: branded<(typeof ways)[number]>(text),
  reference: nullable(text),
  recorded_at: instant,
})

export const stepsOfContract = (db: Read, contract: number) =>
  db.all(stepRow, sql`select ${columns(stepRow)} from agreement_step where contract_id = ${contract} order by id`)

const holderRow = shape({ customer_id: branded<CustomerId>(int), kind: branded<'natural' | 'legal' | 'estate'>(text) })

/** Who holds it, the last one where it has passed on. */
export const holderOf = (db: Read, contract: number) =>
  db.maybe(
    holderRow,
    sql`select y.customer_id, p.kind from contract_party y join customer p on p.id = y.customer_id
         where y.contract_id = ${contract} and y.role = 'holder' order by lower(y.during) desc nulls last, y.id desc limit 1`,
  )

const replacedRow = shape({
  id: int,
  number: text,
  during: period,
  end_reason: nullable(text),
  version: int,
  customer_id: branded<CustomerId>(int),
})

/** What the contract had taken the place of, by its offer. */
export const replacedBy = (db: Read, contract: number) =>
  db.maybe(
    replacedRow,
    sql`select c.id, c.number, c.during, c.end_reason, c.version, o.customer_id from offer o join contract c on c.id = o.replaces_id
         where o.contract_id = ${contract} limit 1`,
  )

const writtenRow = shape({ id: int })

/** It never was in force: it and its parties have no days. No row: changed by someone else meanwhile. */
export const emptyContract = async (db: Write, id: number, version: number, on: string, { source, now, by }: Told) => {
  const contract = await db.maybe(
    writtenRow,
    sql`update contract set during = 'empty', withdrawn_on = ${on}::date, end_reason = 'cancelled', version = version + 1,
               source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where id = ${id} and version = ${version} returning id`,
  )
  if (contract !== undefined)
    await db.all(
      writtenRow,
      sql`update contract_party set during = 'empty', source = ${source}, recorded_at = ${now}, recorded_by = ${by} where contract_id = ${id} returning id`,
    )
  return contract
}

export const markWithdrawn = (db: Write, id: number, on: string) =>
  db.maybe(writtenRow, sql`update contract set withdrawn_on = ${on}::date where id = ${id} returning id`)
