// SQL of what holds of points, one named function a statement. The walls of each new row are those of its point.
import type { Read, Write } from '../../../platform/database.ts'
import { bool, branded, computed, decimal, instant, int, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { energies } from '../api.ts'
import type { Told } from '../queries.ts'
import type { bands, meteringMethods, subtypes } from './api.ts'
import type { FactParts } from './rules.ts'

type Of<T extends readonly string[]> = T[number]

const energy = branded<Of<typeof energies>>(text)

const pointRow = shape({ id: int, site_id: int, energy })
const factsRow = shape({
  id: int,
  point_id: int,
  site_id: int,
  energy,
  during: period,
  metering_method: branded<Of<typeof meteringMethods>>(text),
  resolution_minutes: nullable(int),
  subtype: nullable(branded<Of<typeof subtypes>>(text)),
  grid_area: nullable(text),
  remote_switch: nullable(bool),
  electric_heating: nullable(bool),
  user_group: nullable(text),
  tax_class: nullable(int),
  netting: nullable(bool),
  contract_flow: nullable(decimal),
  contract_power: nullable(decimal),
  calorific_value: nullable(decimal),
  pressure_correction: nullable(decimal),
  pressure_class: nullable(text),
  version: int,
  source: text,
  recorded_at: instant,
})
const estimateRow = shape({
  id: int,
  point_id: int,
  site_id: int,
  band: branded<Of<typeof bands>>(text),
  wh: int,
  during: period,
  basis: nullable(period),
  version: int,
  source: text,
  recorded_at: instant,
})
const companyRow = shape({ market: text, ours: computed(bool, []) })

/** The companies of the register, and which of them one works for. */
export const companies = (db: Read, mask: number) =>
  db.all(companyRow, sql`select market, (bit & ${mask}::smallint) <> 0 as ours from controller`)

export const findPoint = (db: Read, id: number) =>
  db.maybe(pointRow, sql`select ${columns(pointRow)} from accounting_point where id = ${id}`)

export const pointsAt = (db: Read, site: number) =>
  db.all(pointRow, sql`select ${columns(pointRow)} from accounting_point where site_id = ${site} order by energy, code`)

export const factsAt = (db: Read, site: number) =>
  db.all(
    factsRow,
    sql`select ${columns(factsRow)} from point_facts where site_id = ${site} order by lower(during) desc nulls last, id desc`,
  )

export const estimatesAt = (db: Read, site: number) =>
  db.all(
    estimateRow,
    sql`select ${columns(estimateRow)} from annual_estimate where site_id = ${site} order by lower(during) desc nulls last, id`,
  )

/** What holds on that day or from a later one, the nearest first. */
export const factsFromDay = (db: Read, point: number, day: string) =>
  db.all(
    factsRow,
    sql`select ${columns(factsRow)} from point_facts where point_id = ${point} and during && daterange(${day}::date, null)
         order by lower(during) nulls first limit 2`,
  )

export const estimatesFromDay = (db: Read, point: number, day: string) =>
  db.all(
    estimateRow,
    sql`select ${columns(estimateRow)} from annual_estimate where point_id = ${point} and during && daterange(${day}::date, null)
         order by lower(during) nulls first, id`,
  )

/** No row: changed by someone else meanwhile. Where it came from stays as it was. */
export const closeFacts = (db: Write, id: number, version: number, to: string) =>
  db.maybe(
    factsRow,
    sql`update point_facts set during = daterange(lower(during), ${to}::date), version = version + 1
         where id = ${id} and version = ${version} returning ${columns(factsRow)}`,
  )

export const insertFacts = (
  db: Write,
  point: number,
  made: FactParts,
  from: string,
  to: string | null,
  { source, now, by }: Told,
) =>
  db.maybe(
    factsRow,
    sql`insert into point_facts (point_id, site_id, energy, during, metering_method, resolution_minutes, subtype, grid_area, remote_switch,
                                 electric_heating, user_group, tax_class, netting, contract_flow, contract_power, calorific_value,
                                 pressure_correction, pressure_class, restricted, protected, controllers, source, recorded_at, recorded_by)
        select id, site_id, energy, daterange(${from}::date, ${to}::date), ${made.metering_method}, ${made.resolution_minutes}::smallint,
               ${made.subtype}, ${made.grid_area}, ${made.remote_switch}::boolean, ${made.electric_heating}::boolean, ${made.user_group},
               ${made.tax_class}::smallint, ${made.netting}::boolean, ${made.contract_flow}::numeric, ${made.contract_power}::numeric,
               ${made.calorific_value}::numeric, ${made.pressure_correction}::numeric, ${made.pressure_class}, restricted, protected, controllers,
               ${source}, ${now}, ${by}
          from accounting_point where id = ${point}
        returning ${columns(factsRow)}`,
  )

export const correctFacts = (db: Write, id: number, version: number, made: FactParts, { source, now, by }: Told) =>
  db.maybe(
    factsRow,
    sql`update point_facts
           set metering_method = ${made.metering_method}, resolution_minutes = ${made.resolution_minutes}::smallint, subtype = ${made.subtype},
               grid_area = ${made.grid_area}, remote_switch = ${made.remote_switch}::boolean, electric_heating = ${made.electric_heating}::boolean,
               user_group = ${made.user_group}, tax_class = ${made.tax_class}::smallint, netting = ${made.netting}::boolean,
               contract_flow = ${made.contract_flow}::numeric, contract_power = ${made.contract_power}::numeric,
               calorific_value = ${made.calorific_value}::numeric, pressure_correction = ${made.pressure_correction}::numeric,
               pressure_class = ${made.pressure_class}, version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where id = ${id} and version = ${version} returning ${columns(factsRow)}`,
  )

type Value = { readonly band: string; readonly wh: number }
/** What it was computed from; null: it was told. */
export type Basis = { readonly from: string; readonly to: string } | null
const basisOf = (basis: Basis) => sql`daterange(${basis?.from ?? null}::date, ${basis?.to ?? null}::date)`

export const closeEstimates = (db: Write, ids: readonly number[], version: number, to: string) =>
  db.all(
    estimateRow,
    sql`update annual_estimate set during = daterange(lower(during), ${to}::date), version = version + 1
         where id = any (${ids}::bigint[]) and version = ${version} returning ${columns(estimateRow)}`,
  )

export const insertEstimates = (
  db: Write,
  point: number,
  values: readonly Value[],
  from: string,
  to: string | null,
  basis: Basis,
  { source, now, by }: Told,
) =>
  db.all(
    estimateRow,
    sql`insert into annual_estimate (point_id, site_id, energy, band, wh, during, basis, restricted, protected, controllers, source, recorded_at, recorded_by)
        select p.id, p.site_id, p.energy, t.band, t.wh, daterange(${from}::date, ${to}::date), case when ${basis !== null} then ${basisOf(basis)} end, p.restricted, p.protected, p.controllers,
               ${source}, ${now}, ${by}
          from accounting_point p, unnest(${values.map(({ band }) => band)}::text[], ${values.map(({ wh }) => wh)}::bigint[]) as t (band, wh)
         where p.id = ${point}
        returning ${columns(estimateRow)}`,
  )

export const correctEstimates = (
  db: Write,
  ids: readonly number[],
  version: number,
  values: readonly Value[],
  basis: Basis,
  { source, now, by }: Told,
) =>
  db.all(
    estimateRow,
    sql`update annual_estimate e set wh = t.wh, basis = case when ${basis !== null} then ${basisOf(basis)} end, version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
          from unnest(${values.map(({ band }) => band)}::text[], ${values.map(({ wh }) => wh)}::bigint[]) as t (band, wh)
         where e.id = any (${ids}::bigint[]) and e.version = ${version} and e.band = t.band returning ${columns(estimateRow, 'e')}`,
  )
