// SQL of sites, one named function a statement. Rows behind a wall are simply not there.
import type { z } from 'zod'
import type { Read, Write } from '../../platform/database.ts'
import { bool, branded, computed, decimal, instant, int, nullable, period, shape, text } from '../../platform/row.ts'
import { columns, raw, sql } from '../../platform/sql.ts'
import { cluster, type CustomerId } from '../customers/index.ts'
import type { energies, occupancyRoles, point, uses } from './api.ts'

const customer = branded<CustomerId>(int)
const energy = branded<(typeof energies)[number]>(text)

const siteRow = shape({
  id: int,
  street_fi: text,
  street_sv: nullable(text),
  number: nullable(text),
  staircase: nullable(text),
  apartment: nullable(text),
  postcode: text,
  source: text,
  recorded_at: instant,
  version: int,
})
const officeRow = shape({ post_office_fi: text, post_office_sv: text })
const occupancyRow = shape({
  id: int,
  customer_id: customer,
  site_id: int,
  role: branded<(typeof occupancyRoles)[number]>(text),
  during: period,
  version: int,
  source: text,
  recorded_at: instant,
})
const pointRow = shape({
  id: int,
  site_id: int,
  energy,
  code: text,
  kind: branded<z.output<typeof point>['kind']>(text),
  status: branded<z.output<typeof point>['status']>(text),
  version: int,
})
const connectionRow = shape({
  id: int,
  site_id: int,
  energy,
  main_fuse: nullable(text),
  capacity_kw: nullable(decimal),
  during: period,
  version: int,
})
const useRow = shape({
  id: int,
  use: branded<(typeof uses)[number]>(text),
  heated_by_electricity: bool,
})
const nameRow = shape({
  customer_id: customer,
  given: nullable(text),
  call_name: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
})
const postcodeRow = shape({
  code: text,
  post_office_fi: text,
  post_office_sv: text,
  municipality_fi: text,
  municipality_sv: text,
})

export type Told = { readonly source: string; readonly now: Date; readonly by: string; readonly mask: number }

export const occupanciesOfCustomer = (db: Read, id: CustomerId) =>
  db.all(
    occupancyRow,
    sql`select ${columns(occupancyRow)} from occupancy
         where customer_id in (select id from customer where id = ${id} or merged_into = ${id})
         order by upper(during) desc nulls first, lower(during) desc, id`,
  )

export const occupantsOfSite = (db: Read, site: number) =>
  db.all(
    occupancyRow,
    sql`select ${columns(occupancyRow)} from occupancy where site_id = ${site} order by upper(during) desc nulls first, id`,
  )

export const sitesById = (db: Read, ids: readonly number[]) =>
  db.all(
    { ...siteRow, ...officeRow },
    sql`select ${columns(siteRow, 's')}, ${columns(officeRow, 'p')} from site s join postcode p on p.code = s.postcode
         where s.id = any (${ids}::bigint[]) order by s.id`,
  )

const last = '\u{10FFFF}'
const most = 20

const beginning = (column: string, start: string) =>
  sql`${raw(`s.${column}`)} >= ${start}::text and ${raw(`s.${column}`)} < ${start}::text || ${last}::text`

/** `office`: the folded beginning of the post office, or nothing for any. Two ranges of two indexes, one for each language. */
export const sitesByAddress = (db: Read, start: string, office: string) => {
  const branch = (column: string) => sql`
    (select s.id from site s join postcode p on p.code = s.postcode
      where ${beginning(column, start)}
        and (starts_with(fold_text(p.post_office_fi), ${office}) or starts_with(fold_text(p.post_office_sv), ${office}))
      order by ${raw(`s.${column}`)}, s.id limit ${most})`
  return db.all(
    { ...siteRow, ...officeRow },
    sql`select ${columns(siteRow, 's')}, ${columns(officeRow, 'p')} from site s join postcode p on p.code = s.postcode
         where s.id in (${branch('key_fi')} union ${branch('key_sv')}) order by s.key_fi, s.id limit ${most}`,
  )
}

export const sitesByPostcode = (db: Read, code: string) =>
  db.all(
    { ...siteRow, ...officeRow },
    sql`select ${columns(siteRow, 's')}, ${columns(officeRow, 'p')} from site s join postcode p on p.code = s.postcode
         where s.postcode = ${code} order by s.key_fi, s.id limit ${most}`,
  )

/** Electricity by its 18 digits, begun or whole; the other energies by their own codes. */
export const sitesByPointCode = (db: Read, start: string) =>
  db.all(
    { ...siteRow, ...officeRow },
    sql`select ${columns(siteRow, 's')}, ${columns(officeRow, 'p')} from site s join postcode p on p.code = s.postcode
         where s.id in (select site_id from accounting_point where code >= ${start}::text and code < ${start}::text || ${last}::text
                         order by code limit ${most})
         order by s.id`,
  )

export const useOfSite = (db: Read, id: number) =>
  db.maybe(useRow, sql`select ${columns(useRow)} from site where id = ${id}`)

/** The official names of today. */
export const namesOf = (db: Read, people: readonly CustomerId[]) =>
  db.all(
    nameRow,
    sql`select ${columns(nameRow)} from customer_name
         where customer_id = any (${people}::bigint[]) and kind = 'official' and upper_inf(during)`,
  )

export const pointsOfSites = (db: Read, ids: readonly number[]) =>
  db.all(
    pointRow,
    sql`select ${columns(pointRow)} from accounting_point where site_id = any (${ids}::bigint[]) order by energy, code`,
  )

export const connectionsOfSites = (db: Read, ids: readonly number[]) =>
  db.all(
    connectionRow,
    sql`select ${columns(connectionRow)} from connection where site_id = any (${ids}::bigint[])
         order by energy, upper(during) desc nulls first`,
  )

export const findPostcode = (db: Read, code: string) =>
  db.maybe(postcodeRow, sql`select ${columns(postcodeRow)} from postcode where code = ${code}`)

export type NewSite = {
  readonly street_fi: string
  readonly street_sv: string | null
  readonly number: string | null
  readonly staircase: string | null
  readonly apartment: string | null
  readonly postcode: string
  readonly use: string
  readonly heated_by_electricity: boolean
}

export const insertSite = (db: Write, made: NewSite, { source, now, by, mask }: Told) =>
  db.one(
    siteRow,
    sql`insert into site (street_fi, street_sv, number, staircase, apartment, postcode, use, heated_by_electricity, controllers, source, recorded_at, recorded_by)
        values (${made.street_fi}, ${made.street_sv}, ${made.number}, ${made.staircase}, ${made.apartment}, ${made.postcode}, ${made.use},
                ${made.heated_by_electricity}, ${mask}, ${source}, ${now}, ${by})
        returning ${columns(siteRow)}`,
  )

export type NewPoint = {
  readonly energy: string
  readonly code: string
  readonly kind: string
  readonly status: string
}

/** Walls of the new row are those of its site. */
export const insertPoint = (db: Write, site: number, made: NewPoint, { source, now, by, mask }: Told) =>
  db.maybe(
    pointRow,
    sql`insert into accounting_point (site_id, energy, code, kind, status, restricted, protected, controllers, source, recorded_at, recorded_by)
        select id, ${made.energy}, ${made.code}, ${made.kind}, ${made.status}, restricted, protected, ${mask}::smallint, ${source}, ${now}, ${by}
          from site where id = ${site}
        returning ${columns(pointRow)}`,
  )

export type NewConnection = {
  readonly energy: string
  readonly main_fuse: string | null
  readonly capacity_kw: number | null
  readonly from: string
}

/** Walls of the new row are those of its site. */
export const insertConnection = (db: Write, site: number, made: NewConnection, { source, now, by, mask }: Told) =>
  db.maybe(
    connectionRow,
    sql`insert into connection (site_id, energy, main_fuse, capacity_kw, during, restricted, protected, controllers, source, recorded_at, recorded_by)
        select id, ${made.energy}, ${made.main_fuse}, ${made.capacity_kw}::numeric, daterange(${made.from}::date, null), restricted, protected,
               ${mask}::smallint, ${source}, ${now}, ${by}
          from site where id = ${site}
        returning ${columns(connectionRow)}`,
  )

const movedRow = shape({ ...occupancyRow, protected: bool })

export type NewOccupancy = {
  readonly site_id: number
  readonly role: string
  readonly from: string
  readonly to: string | null
}

/** Walls of the new row are those of the person. No row: the person or the site is not there for this bundle, or is protected and not `opened`. */
export const insertOccupancy = (
  db: Write,
  id: CustomerId,
  made: NewOccupancy,
  opened: boolean,
  { source, now, by, mask }: Told,
) =>
  db.maybe(
    movedRow,
    sql`insert into occupancy (customer_id, site_id, role, during, restricted, protected, controllers, source, recorded_at, recorded_by)
        select c.id, s.id, ${made.role}, daterange(${made.from}::date, ${made.to}::date), c.restricted, c.protected, ${mask}::smallint,
               ${source}, ${now}, ${by}
          from customer c, site s where c.id = ${id} and s.id = ${made.site_id} and (${opened} or not c.protected)
        returning ${columns(movedRow)}`,
  )

export const findOccupancy = (db: Read, id: CustomerId, occupancy: number) =>
  db.maybe(
    occupancyRow,
    sql`select ${columns(occupancyRow)} from occupancy where customer_id = ${id} and id = ${occupancy}`,
  )

/** No row: changed by someone else meanwhile. */
export const endOccupancy = (
  db: Write,
  id: CustomerId,
  occupancy: number,
  to: string | null,
  version: number,
  { source, now, by }: Told,
) =>
  db.maybe(
    movedRow,
    sql`update occupancy set during = daterange(lower(during), ${to}::date), version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where customer_id = ${id} and id = ${occupancy} and version = ${version}
        returning ${columns(movedRow)}`,
  )

/** Where a protected person lives is protected, and where they lived is no longer, once nobody protected is left there. */
export const protectHomes = (db: Write, id: CustomerId) =>
  db.all(
    shape({ done: computed(nullable(text), []) }),
    sql`select wall_protected(array[${id}::bigint], true)::text as done`,
  )

const passingRow = shape({ id: int, customer_id: customer, site_id: int, role: occupancyRow.role, during: period })
const passedRow = shape({ id: int, customer_id: customer, during: period })

/** Stays that run on after the death and that no estate has taken over. */
export const occupanciesToPass = (db: Read, id: CustomerId, deceased_on: string) =>
  db.all(
    passingRow,
    sql`select ${columns(passingRow, 'o')} from occupancy o
         where o.customer_id in ${cluster(id)} and (upper_inf(o.during) or upper(o.during) > ${deceased_on}::date)
           and not exists (select from occupancy e where e.passed_from = o.id)
         order by lower(o.during), o.id`,
  )

/** Stays that the estate took over. */
export const occupanciesPassed = (db: Read, estate: CustomerId) =>
  db.all(
    passedRow,
    sql`select ${columns(passedRow)} from occupancy where customer_id = ${estate} and passed_from is not null order by id`,
  )

/** The estate's stay begins on the day on which that of the deceased ends; its walls are those of the estate. */
export const passOccupancies = async (
  db: Write,
  rows: readonly number[],
  estate: CustomerId,
  day: string,
  { source, now, by }: Omit<Told, 'mask'>,
) => {
  const made = await db.all(
    passedRow,
    sql`insert into occupancy (customer_id, site_id, role, during, passed_from, restricted, protected, controllers, source, recorded_at, recorded_by)
        select e.id, o.site_id, o.role, daterange(${day}::date, upper(o.during)), o.id, e.restricted, e.protected, o.controllers & e.controllers,
               ${source}, ${now}, ${by}
          from occupancy o, customer e where o.id = any (${rows}::bigint[]) and e.id = ${estate}
        returning ${columns(passedRow)}`,
  )
  await db.all(
    passedRow,
    sql`update occupancy set during = daterange(lower(during), ${day}::date), version = version + 1
         where id = any (${rows}::bigint[]) returning ${columns(passedRow)}`,
  )
  return made
}
