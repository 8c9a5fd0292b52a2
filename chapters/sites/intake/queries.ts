// SQL of taking homes in: a handful of statements over arrays, whatever the size of the batch.
import type { Read, Write } from '../../../platform/database.ts'
import type { Told } from '../../../platform/intake.ts'
import { computed, decimal, int, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { ImportedFacts, ImportedSite } from './rules.ts'

const siteRow = shape({
  id: int,
  street_fi: text,
  number: nullable(text),
  staircase: nullable(text),
  apartment: nullable(text),
  postcode: text,
})
const pointRow = shape({ id: int, site_id: int, energy: text, code: text, kind: text, status: text })
const connectionRow = shape({
  id: int,
  site_id: int,
  energy: text,
  main_fuse: nullable(text),
  capacity_kw: nullable(decimal),
})
const factsRow = shape({ id: int, point_id: int })
const stayRow = shape({ id: int, customer_id: int, site_id: int, role: text, during: period })
const codeRow = shape({ code: text })
const done = shape({ done: computed(nullable(text), []) })

export const knownPostcodes = (db: Read, codes: readonly string[]) =>
  db.all(codeRow, sql`select code from postcode where code = any (${codes}::text[])`)

export const knownPoints = (db: Read, codes: readonly string[]) =>
  db.all(pointRow, sql`select ${columns(pointRow)} from accounting_point where code = any (${codes}::text[])`)

export const sitesById = (db: Read, ids: readonly number[]) =>
  db.all(siteRow, sql`select ${columns(siteRow)} from site where id = any (${ids}::bigint[])`)

/** Every home of these postcodes on these streets. */
export const sitesAt = (db: Read, postcodes: readonly string[], streets: readonly string[]) =>
  db.all(
    siteRow,
    sql`select ${columns(siteRow)} from site where postcode = any (${postcodes}::text[]) and lower(street_fi) = any (${streets}::text[])`,
  )

export const openConnections = (db: Read, sites: readonly number[]) =>
  db.all(
    connectionRow,
    sql`select ${columns(connectionRow)} from connection where site_id = any (${sites}::bigint[]) and upper_inf(during)`,
  )

export const staysAt = (db: Read, sites: readonly number[]) =>
  db.all(stayRow, sql`select ${columns(stayRow)} from occupancy where site_id = any (${sites}::bigint[])`)

type Column = keyof ImportedSite
const column = (rows: readonly ImportedSite[], name: Column) => rows.map((row) => row[name])

export const insertSites = (db: Write, rows: readonly ImportedSite[], { source, now, by, mask }: Told) =>
  db.all(
    siteRow,
    sql`insert into site (street_fi, street_sv, number, staircase, apartment, postcode, use, heated_by_electricity, controllers, source, recorded_at, recorded_by)
        select street, street_sv, number, staircase, apartment, postcode, use, heated, ${mask}::smallint, ${source}, ${now}, ${by}
          from unnest(${column(rows, 'street')}::text[], ${column(rows, 'street_sv')}::text[], ${column(rows, 'house_number')}::text[], ${column(rows, 'staircase')}::text[],
                      ${column(rows, 'apartment')}::text[], ${column(rows, 'postcode')}::text[], ${column(rows, 'use')}::text[], ${column(rows, 'heated')}::boolean[])
            as t (street, street_sv, number, staircase, apartment, postcode, use, heated)
        returning ${columns(siteRow)}`,
  )

export type At<R> = R & { readonly site: number }
const sitesOf = (rows: readonly At<unknown>[]) => rows.map(({ site }) => site)

/** Walls of the new rows are those of their site. */
export const insertPoints = (db: Write, rows: readonly At<ImportedSite>[], { source, now, by, mask }: Told) =>
  db.all(
    pointRow,
    sql`insert into accounting_point (site_id, energy, code, kind, status, restricted, protected, controllers, source, recorded_at, recorded_by)
        select s.id, energy, code, kind, status, s.restricted, s.protected, ${mask}::smallint, ${source}, ${now}, ${by}
          from unnest(${sitesOf(rows)}::bigint[], ${column(rows, 'energy')}::text[], ${column(rows, 'point')}::text[], ${column(rows, 'point_kind')}::text[], ${column(rows, 'point_status')}::text[])
            as t (place, energy, code, kind, status) join site s on s.id = t.place
        returning ${columns(pointRow)}`,
  )

export type FactsAt = ImportedFacts & { readonly code: string; readonly since: string }

/** Walls of the new rows are those of their point. */
export const insertFacts = (db: Write, rows: readonly FactsAt[], { source, now, by }: Told) => {
  const each = (name: keyof FactsAt) => rows.map((row) => row[name])
  return db.all(
    factsRow,
    sql`insert into point_facts (point_id, site_id, energy, during, metering_method, resolution_minutes, grid_area, tax_class, contract_flow, contract_power,
                                 restricted, protected, controllers, source, recorded_at, recorded_by)
        select p.id, p.site_id, p.energy, daterange(t.since, null), t.method, t.resolution, t.area, t.tax, t.flow, t.power,
               p.restricted, p.protected, p.controllers, ${source}, ${now}, ${by}
          from unnest(${each('code')}::text[], ${each('since')}::date[], ${each('metering_method')}::text[], ${each('resolution_minutes')}::smallint[],
                      ${each('grid_area')}::text[], ${each('tax_class')}::smallint[], ${each('contract_flow')}::numeric[], ${each('contract_power')}::numeric[])
            as t (code, since, method, resolution, area, tax, flow, power) join accounting_point p on p.code = t.code
        returning ${columns(factsRow)}`,
  )
}

export const insertConnections = (
  db: Write,
  rows: readonly At<ImportedSite>[],
  { source, now, today, by, mask }: Told,
) =>
  db.all(
    connectionRow,
    sql`insert into connection (site_id, energy, main_fuse, capacity_kw, during, restricted, protected, controllers, source, recorded_at, recorded_by)
        select s.id, energy, fuse, capacity, daterange(coalesce(since, ${today}::date), null), s.restricted, s.protected, ${mask}::smallint, ${source}, ${now}, ${by}
          from unnest(${sitesOf(rows)}::bigint[], ${column(rows, 'energy')}::text[], ${column(rows, 'fuse')}::text[], ${column(rows, 'capacity')}::numeric[], ${column(rows, 'connected_on')}::date[])
            as t (place, energy, fuse, capacity, since) join site s on s.id = t.place
        returning ${columns(connectionRow)}`,
  )

export type Stay = At<{
  readonly customer: number
  readonly role: string
  readonly from: string
  readonly to: string | null
}>

/** Walls of the new rows are those of the person. */
export const insertStays = (db: Write, rows: readonly Stay[], { source, now, by, mask }: Told) =>
  db.all(
    stayRow,
    sql`insert into occupancy (customer_id, site_id, role, during, restricted, protected, controllers, source, recorded_at, recorded_by)
        select c.id, place, role, daterange(since, until), c.restricted, c.protected, ${mask}::smallint, ${source}, ${now}, ${by}
          from unnest(${rows.map(({ customer }) => customer)}::bigint[], ${sitesOf(rows)}::bigint[], ${rows.map(({ role }) => role)}::text[],
                      ${rows.map(({ from }) => from)}::date[], ${rows.map(({ to }) => to)}::date[])
            as t (person, place, role, since, until) join customer c on c.id = t.person
        returning ${columns(stayRow)}`,
  )

/** The homes of protected people close behind them. */
export const protect = (db: Write, people: readonly number[]) =>
  db.all(done, sql`select wall_protected(${people}::bigint[], true)::text as done`)
