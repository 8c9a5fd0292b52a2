// SQL of undoing. Each row of an import carries its handle (`import:42`), so that what came later is told from it.
import type { Read, Write } from '../../../platform/database.ts'
import { branded, computed, int, json, nullable, shape, text } from '../../../platform/row.ts'
import { columns, raw, sql } from '../../../platform/sql.ts'

const personRow = shape({ customer_id: int })
const ownRow = shape({ id: int })
const traceRow = shape({
  customer_id: int,
  table_name: text,
  row_id: int,
  did: branded<'inserted' | 'closed' | 'removed' | 'changed'>(text),
  row_version: nullable(int),
  was: nullable(json((value) => value as Readonly<Record<string, unknown>>)),
})
export type Trace = { readonly [K in 'customer_id' | 'row_id']: number } & {
  readonly table_name: string
  readonly did: 'inserted' | 'closed' | 'removed' | 'changed'
  readonly row_version: number | null
  readonly was: Readonly<Record<string, unknown>> | null
}

export const peopleLeft = (db: Read, job: number, most: number) =>
  db.all(
    personRow,
    sql`select customer_id from import_trace where job_id = ${job} and kept is null group by customer_id order by customer_id limit ${most}`,
  )

export const tracesOf = (db: Read, job: number, people: readonly number[]) =>
  db.all(
    traceRow,
    sql`select ${columns(traceRow)} from import_trace where job_id = ${job} and kept is null and customer_id = any (${people}::bigint[])`,
  )

const keptRow = shape({
  id: int,
  kept: computed(nullable(text), [
    'customer-status',
    'name',
    'contact-details',
    'postal-address',
    'identity-code',
    'representation',
    'protection-order',
    'death',
    'occupancy',
    'contract',
    'contact-event',
    'marketing-permission',
  ]),
})

const another = (table: string, handle: string) =>
  sql`exists (select from ${raw(table)} o where o.customer_id = c.id and o.recorded_by <> ${handle})`

/** Of customers that the import made: why one has to stay, or null. */
export const newerThan = (db: Read, people: readonly number[], handle: string) =>
  db.all(
    keptRow,
    sql`select c.id, case
           when exists (select from contract_party o where o.customer_id = c.id) then 'customer.has-contract'
           when exists (select from occupancy o where o.customer_id = c.id) then 'customer.has-home'
           when exists (select from contact o where o.customer_id = c.id) then 'customer.has-contact'
           when exists (select from marketing_permission o where o.customer_id = c.id) then 'customer.has-permission'
           when c.recorded_by <> ${handle} or c.version > 1 or c.merged_into is not null or c.deceased_on is not null or c.protected or c.restricted
             or exists (select from representation o where c.id in (o.represented_id, o.representative_id))
             or exists (select from protection_order o where o.customer_id = c.id)
             or ${another('customer_name', handle)} or ${another('contact_point', handle)} or ${another('postal_address', handle)} or ${another('identity_code', handle)}
             or exists (select from contact_point o where o.customer_id = c.id and o.version > 1)
             or exists (select from postal_address o where o.customer_id = c.id and o.version > 1) then 'customer.newer'
         end as kept
          from customer c where c.id = any (${people}::bigint[])`,
  )

const ofPerson = [
  'contact_point',
  'postal_address',
  'customer_name',
  'identity_code',
  'subject_key',
  'external_key',
  'import_trace',
] as const

/** Everything that an import made of these people, and they themselves. What else leads to them stops the statement. */
export const deletePeople = async (db: Write, people: readonly number[]) => {
  for (const table of ofPerson)
    await db.all(
      personRow,
      sql`delete from ${raw(table)} where customer_id = any (${people}::bigint[]) returning customer_id`,
    )
  await db.all(
    personRow,
    sql`delete from customer_duplicate where (customer_id = any (${people}::bigint[]) or other_id = any (${people}::bigint[])) and state <> 'merged' returning customer_id`,
  )
  return db.all(ownRow, sql`delete from customer where id = any (${people}::bigint[]) returning id`)
}

export const datedTables = ['customer_name', 'contact_point', 'postal_address', 'identity_code'] as const
export type DatedTable = (typeof datedTables)[number]
const madeRow = shape({ id: int, customer_id: int })
const versioned = (table: DatedTable): boolean => table === 'contact_point' || table === 'postal_address'

/** Rows of the import that nobody has touched since. */
export const untouched = (db: Read, table: DatedTable, rows: readonly number[], handle: string) =>
  db.all(
    madeRow,
    sql`select id, customer_id from ${raw(table)} where id = any (${rows}::bigint[]) and recorded_by = ${handle} and upper_inf(during)${raw(versioned(table) ? ' and version = 1' : '')}`,
  )

export const deleteRows = (db: Write, table: DatedTable, rows: readonly number[]) =>
  db.all(madeRow, sql`delete from ${raw(table)} where id = any (${rows}::bigint[]) returning id, customer_id`)

export const reopenRows = (db: Write, table: DatedTable, rows: readonly number[]) =>
  db.all(
    madeRow,
    sql`update ${raw(table)} set during = daterange(lower(during), null)${raw(versioned(table) ? ', version = version + 1' : '')}
         where id = any (${rows}::bigint[]) and not upper_inf(during) returning id, customer_id`,
  )

type Back = { readonly source: string; readonly now: Date; readonly by: string }
const facts: Readonly<Record<DatedTable, readonly string[]>> = {
  customer_name: ['given', 'family', 'organisation'],
  contact_point: ['channel', 'value'],
  postal_address: ['street', 'postcode', 'post_office'],
  identity_code: [],
}
const given: Readonly<Record<DatedTable, string>> = {
  customer_name: "'official' as kind",
  contact_point: "'main' as use",
  postal_address: "'home' as kind",
  identity_code: '',
}

const stayRow = shape({ id: int, customer_id: int })

/** Stays and contacts that nobody has touched since are gone; those that remain are not among the answers. */
export const deleteOwn = (db: Write, table: 'occupancy' | 'contact', rows: readonly number[], handle: string) =>
  db.all(
    stayRow,
    sql`delete from ${raw(table)} where id = any (${rows}::bigint[]) and recorded_by = ${handle} and version = 1 returning ${columns(stayRow)}`,
  )

const contractRow = shape({ contract_id: int, customer_id: int })
/** Of contracts that nobody has touched since, with their parties. */
export const deleteContracts = async (db: Write, rows: readonly number[], handle: string) => {
  const parties = await db.all(
    contractRow,
    sql`delete from contract_party y using contract c where c.id = y.contract_id and c.id = any (${rows}::bigint[]) and c.recorded_by = ${handle} and c.version = 1
         returning y.contract_id, y.customer_id`,
  )
  const emptied = [...new Set(parties.map(({ contract_id }) => contract_id))]
  await db.all(ownRow, sql`delete from contract where id = any (${emptied}::bigint[]) returning id`)
  return parties
}

const leftRow = shape({ done: computed(nullable(text), []) })
/** The entity serves them no longer, unless it has something of its own of them by now. */
export const leave = (db: Write, people: readonly number[], sites: readonly number[], entity: number) =>
  db.all(leftRow, sql`select wall_leaves(${people}::bigint[], ${sites}::bigint[], ${entity}::smallint)::text as done`)
export const peopleSeenBy = (db: Read, people: readonly number[], entity: number) =>
  db.all(
    ownRow,
    sql`select id from customer where id = any (${people}::bigint[]) and (controllers & ${entity}::smallint) <> 0`,
  )
export const sitesSeenBy = (db: Read, sites: readonly number[], entity: number) =>
  db.all(
    ownRow,
    sql`select id from site where id = any (${sites}::bigint[]) and (controllers & ${entity}::smallint) <> 0`,
  )

const keyRow = shape({ customer_id: int, key: text })
export const forgetKeys = (db: Write, source: string, keys: readonly string[]) =>
  db.all(
    keyRow,
    sql`delete from external_key where source = ${source} and key = any (${keys}::text[]) returning ${columns(keyRow)}`,
  )

/** Homes that an import made, and points that it added to homes that were known: nobody's, so that no trace leads to them. */
export const sitesLeft = (db: Read, handle: string, after: number, most: number) =>
  db.all(ownRow, sql`select id from site where recorded_by = ${handle} and id > ${after} order by id limit ${most}`)
export const pointsLeft = (db: Read, handle: string, after: number, most: number) =>
  db.all(
    ownRow,
    sql`select id from accounting_point where recorded_by = ${handle} and id > ${after} order by id limit ${most}`,
  )
export const deletePoints = async (db: Write, points: readonly number[], handle: string) => {
  await db.all(
    ownRow,
    sql`delete from point_facts f using accounting_point p
         where p.id = f.point_id and p.id = any (${points}::integer[]) and p.recorded_by = ${handle} and p.version = 1
           and f.recorded_by = ${handle} and f.version = 1 returning f.id`,
  )
  return db.all(
    ownRow,
    sql`delete from accounting_point where id = any (${points}::integer[]) and recorded_by = ${handle} and version = 1 returning id`,
  )
}
export const deleteSites = async (db: Write, sites: readonly number[], handle: string) => {
  await db.all(
    ownRow,
    sql`delete from connection where site_id = any (${sites}::bigint[]) and recorded_by = ${handle} and version = 1 returning id`,
  )
  return db.all(
    ownRow,
    sql`delete from site where id = any (${sites}::bigint[]) and recorded_by = ${handle} and version = 1 returning id`,
  )
}

/** What stood before and had begun on the day of the import itself. */
export const putBack = (
  db: Write,
  table: DatedTable,
  rows: readonly Readonly<Record<string, unknown>>[],
  { source, now, by }: Back,
) => {
  const names = facts[table]
  const [, fixed = ''] = given[table].split(' as ')
  const shut = table === 'customer_name' ? '' : ', protected'
  const closed = table === 'customer_name' ? '' : ', c.protected'
  return db.all(
    madeRow,
    sql`insert into ${raw(table)} (customer_id, ${raw(`${names.join(', ')}, ${fixed}`)}, during, restricted, marketable, controllers${raw(shut)}, source, recorded_at, recorded_by)
        select c.id, ${raw(names.map((name) => `was->>'${name}'`).join(', '))}, ${raw(given[table].split(' as ')[0] ?? '')},
               daterange((was->'during'->>'from')::date, null), c.restricted, c.marketable, c.controllers${raw(closed)}, ${source}, ${now}, ${by}
          from unnest(${rows.map((row) => JSON.stringify(row))}::jsonb[]) as t (was) join customer c on c.id = (was->>'customer_id')::bigint
        returning id, customer_id`,
  )
}

export const restoreParties = (db: Write, traces: readonly Trace[], { now, by }: Back) =>
  db.all(
    ownRow,
    sql`update customer c set language = t.was->>'language', birth_date = (t.was->>'birth_date')::date, business_id = t.was->>'business_id',
               version = c.version + 1, recorded_at = ${now}, recorded_by = ${by}
          from unnest(${traces.map(({ row_id }) => row_id)}::bigint[], ${traces.map(({ row_version }) => row_version)}::integer[],
                      ${traces.map(({ was }) => JSON.stringify(was))}::jsonb[]) as t (id, seen, was)
         where c.id = t.id and c.version = t.seen returning c.id`,
  )

/** The sender's next file is compared anew. */
export const forgetDigests = (db: Write, source: string, people: readonly number[]) =>
  db.all(
    personRow,
    sql`update external_key set sha256 = ''::bytea where source = ${source} and customer_id = any (${people}::bigint[]) returning customer_id`,
  )

export const deleteTraces = (db: Write, job: number, traces: readonly Trace[]) =>
  db.all(
    personRow,
    sql`delete from import_trace i using unnest(${traces.map(({ table_name }) => table_name)}::text[], ${traces.map(({ row_id }) => row_id)}::bigint[]) as t (table_name, row_id)
         where i.job_id = ${job} and i.table_name = t.table_name and i.row_id = t.row_id returning i.customer_id`,
  )

export const keepTraces = (
  db: Write,
  job: number,
  kept: readonly { readonly customer: number; readonly why: string; readonly table?: string }[],
) =>
  db.all(
    personRow,
    sql`update import_trace i set kept = t.why
          from unnest(${kept.map(({ customer }) => customer)}::bigint[], ${kept.map(({ why }) => why)}::text[], ${kept.map(({ table }) => table ?? null)}::text[]) as t (customer, why, only_table)
         where i.job_id = ${job} and i.kept is null and i.customer_id = t.customer and (t.only_table is null or i.table_name = t.only_table)
        returning i.customer_id`,
  )

const undoneRow = shape({
  id: int,
  state: text,
  source: text,
  undone_by: nullable(text),
  rows_undone: int,
  rows_kept: int,
})
export const moveUndone = (db: Write, job: number, undone: number, kept: number) =>
  db.one(
    undoneRow,
    sql`update import_job set rows_undone = rows_undone + ${undone}, rows_kept = rows_kept + ${kept} where id = ${job} returning ${columns(undoneRow)}`,
  )
export const lockUndoing = (db: Write, job: number) =>
  db.maybe(
    undoneRow,
    sql`select ${columns(undoneRow)} from import_job where id = ${job} and state = 'undoing' for update`,
  )
