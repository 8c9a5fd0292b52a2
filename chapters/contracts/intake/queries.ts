// SQL of taking contracts in: a handful of statements over arrays, whatever the size of the batch.
import type { Read, Write } from '../../../platform/database.ts'
import type { Told } from '../../../platform/intake.ts'
import { computed, int, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { ImportedContract } from './rules.ts'

const pointRow = shape({ id: int, site_id: int, energy: text, code: text })
const knownRow = shape({
  id: int,
  customer_id: int,
  number: text,
  kind: text,
  energy: text,
  site_id: int,
  point_id: nullable(int),
  product_id: int,
  during: period,
})
const madeRow = shape({ id: int })
const partyRow = shape({ id: int, contract_id: int, customer_id: int })
const done = shape({ done: computed(nullable(text), []) })

export const pointsByCode = (db: Read, codes: readonly string[]) =>
  db.all(pointRow, sql`select ${columns(pointRow)} from accounting_point where code = any (${codes}::text[])`)

const known = sql`c.id, y.customer_id, c.number, c.kind, c.energy, c.site_id, c.point_id, c.product_id, c.during
          from contract c join contract_party y on y.contract_id = c.id and y.role = 'holder'`

export const contractsByNumber = (db: Read, numbers: readonly string[]) =>
  db.all(knownRow, sql`select ${known} where c.number = any (${numbers}::text[])`)
export const contractsAt = (db: Read, sites: readonly number[]) =>
  db.all(knownRow, sql`select ${known} where c.site_id = any (${sites}::bigint[])`)

export type NewContract = ImportedContract & {
  readonly controller: number
  readonly kind: string
  readonly energy: string
  readonly site: number
  readonly point_id: number | null
  readonly product_id: number
}
const column = (rows: readonly NewContract[], name: keyof NewContract) => rows.map((row) => row[name])

/** In the order of the rows, so that each is led back to its own parties. */
export const insertContracts = (db: Write, rows: readonly NewContract[], { source, now, by }: Told) =>
  db.all(
    madeRow,
    sql`insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, fixed_until, terms_version, agreed_at, agreed_how, source, recorded_at, recorded_by)
        select number, controller, kind, energy, site, point, product, daterange(since, until), fixed, terms, agreed::timestamp at time zone 'Europe/Helsinki', how, ${source}, ${now}, ${by}
          from unnest(${column(rows, 'contract')}::text[], ${column(rows, 'controller')}::smallint[], ${column(rows, 'kind')}::text[], ${column(rows, 'energy')}::text[],
                      ${column(rows, 'site')}::bigint[], ${column(rows, 'point_id')}::integer[], ${column(rows, 'product_id')}::bigint[], ${column(rows, 'from')}::date[],
                      ${column(rows, 'to')}::date[], ${column(rows, 'fixed_until')}::date[], ${column(rows, 'terms')}::text[], ${column(rows, 'agreed_on')}::date[],
                      ${column(rows, 'agreed_how')}::text[]) with ordinality
            as t (number, controller, kind, energy, site, point, product, since, until, fixed, terms, agreed, how, place)
         order by place
        returning ${columns(madeRow)}`,
  )

export type NewParty = {
  readonly contract: number
  readonly customer: number
  readonly role: string
  readonly from: string
  readonly to: string | null
  readonly controller: number
}

/** Walls of the new rows are those of the person. */
export const insertParties = (db: Write, parties: readonly NewParty[], { source, now, by }: Told) =>
  db.all(
    partyRow,
    sql`insert into contract_party (contract_id, customer_id, role, during, restricted, controller, source, recorded_at, recorded_by)
        select contract, c.id, role, daterange(since, until), c.restricted, controller, ${source}, ${now}, ${by}
          from unnest(${parties.map(({ contract }) => contract)}::bigint[], ${parties.map(({ customer }) => customer)}::bigint[], ${parties.map(({ role }) => role)}::text[],
                      ${parties.map(({ from }) => from)}::date[], ${parties.map(({ to }) => to)}::date[], ${parties.map(({ controller }) => controller)}::smallint[])
            as t (contract, person, role, since, until, controller) join customer c on c.id = t.person
        returning ${columns(partyRow)}`,
  )

export type Serving = { readonly customer: number; readonly site: number; readonly controller: number }

/** Of each contract alone: the facts of its person, and of its own home. */
export const serve = (db: Write, served: readonly Serving[]) =>
  db.all(
    done,
    sql`select wall_serves(array[person], array[place], entity)::text as done
          from unnest(${served.map(({ customer }) => customer)}::bigint[], ${served.map(({ site }) => site)}::bigint[], ${served.map(({ controller }) => controller)}::smallint[])
            as t (person, place, entity)`,
  )

const openedRow = shape({ id: int })

/** Of those who are about to be served by the entity, whom and which homes it did not see until now. */
export const unservedPeople = (db: Read, served: readonly Serving[]) =>
  db.all(
    openedRow,
    sql`select distinct c.id from customer c
          join unnest(${served.map(({ customer }) => customer)}::bigint[], ${served.map(({ controller }) => controller)}::smallint[]) as t (person, entity)
            on t.person = c.id where (c.controllers & t.entity) = 0`,
  )
export const unservedSites = (db: Read, served: readonly Serving[]) =>
  db.all(
    openedRow,
    sql`select distinct s.id from site s
          join unnest(${served.map(({ site }) => site)}::bigint[], ${served.map(({ controller }) => controller)}::smallint[]) as t (place, entity)
            on t.place = s.id where (s.controllers & t.entity) = 0`,
  )
