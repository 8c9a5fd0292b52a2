// SQL of sums over points: the days' own totals, never their values. What is closed to the caller is closed row by row, before anything is added up.
import type { Read } from '../../../platform/database.ts'
import { branded, computed, day, int, shape, text } from '../../../platform/row.ts'
import { columns, type Sql, sql } from '../../../platform/sql.ts'
import { cluster, type CustomerId } from '../../customers/index.ts'
import type { lengths } from '../api.ts'
import type { Span } from '../span.ts'

type Energy = 'electricity' | 'heat' | 'gas' | 'steam'
const customer = branded<CustomerId>(int)
const energy = branded<Energy>(text)

const summed = shape({
  start: computed(day, ['consumption']),
  points: computed(int, ['consumption']),
  days: computed(int, ['consumption']),
  total: computed(int, ['consumption']),
  lacking: computed(int, ['consumption']),
})
const sums = (by: (typeof lengths)[number]): Sql =>
  sql`date_trunc(${by}, d.day)::date as start, count(distinct p.id)::int as points, count(*)::int as days, sum(d.total)::bigint as total, sum(d.lacking)::int as lacking`

const pointRow = shape({ energy, point_id: int, site_id: int, code: text })
const energyRow = shape({ energy })

export type Asked = Span & { readonly by: (typeof lengths)[number]; readonly after: number; readonly page: number }

/** Points of homes that they had in the span. */
const pointsOf = (id: CustomerId, { from, to, after }: Asked, some: Sql): Sql =>
  sql`(select distinct q.id, q.site_id, q.energy, q.code from occupancy o join accounting_point q on q.site_id = o.site_id
        where o.customer_id in ${cluster(id)} and o.during && daterange(${from}::date, ${to}::date) and q.id > ${after} ${some}) p`

/** Their own days at the point: two parts in one home on one day are one. */
const daysOf = (id: CustomerId, { from, to }: Span): Sql =>
  sql`(select distinct on (r.day) o.customer_id, r.day, r.total, r.lacking
         from occupancy o join reading_day r on r.point_id = p.id and r.site_id = o.site_id and r.day <@ o.during
          and r.day >= ${from}::date and r.day < ${to}::date
        where o.customer_id in ${cluster(id)} and o.site_id = p.site_id order by r.day, o.id) d`

export const ofCustomer = (db: Read, id: CustomerId, asked: Asked) =>
  db.all(
    { customer_id: customer, ...pointRow, ...summed },
    sql`select d.customer_id, p.energy, p.id as point_id, p.site_id, p.code, ${sums(asked.by)}
          from ${pointsOf(id, asked, sql`order by q.id limit ${asked.page}`)} cross join lateral ${daysOf(id, asked)}
         group by d.customer_id, p.energy, p.id, p.site_id, p.code, 6 order by p.id, 6`,
  )

export const ofCustomerByEnergy = (db: Read, id: CustomerId, asked: Asked) =>
  db.all(
    { customer_id: customer, ...energyRow, ...summed },
    sql`select d.customer_id, p.energy, ${sums(asked.by)}
          from ${pointsOf(id, { ...asked, after: 0 }, sql``)} cross join lateral ${daysOf(id, asked)}
         group by d.customer_id, p.energy, 3 order by p.energy, 3`,
  )

const atSite = (site: number, { from, to }: Span): Sql =>
  sql`accounting_point p join reading_day d on d.point_id = p.id and d.site_id = p.site_id and d.day >= ${from}::date and d.day < ${to}::date
     where p.site_id = ${site}`

export const ofSite = (db: Read, site: number, asked: Asked) =>
  db.all(
    { ...pointRow, ...summed },
    sql`select p.energy, p.id as point_id, p.site_id, p.code, ${sums(asked.by)} from ${atSite(site, asked)} and p.id > ${asked.after}
         group by p.energy, p.id, p.site_id, p.code, 5 order by p.id, 5`,
  )

export const ofSiteByEnergy = (db: Read, site: number, asked: Asked) =>
  db.all(
    { ...energyRow, ...summed },
    sql`select p.energy, ${sums(asked.by)} from ${atSite(site, asked)} group by p.energy, 2 order by p.energy, 2`,
  )

const ownerRow = shape({ id: int, customer_id: customer })
/** Whose days they are: they see in their access log that somebody looked. */
export const peopleOf = (db: Read, site: number, { from, to }: Span) =>
  db.all(
    ownerRow,
    sql`select ${columns(ownerRow)} from occupancy where site_id = ${site} and during && daterange(${from}::date, ${to}::date)`,
  )

const meterRow = shape({ point_id: int, serial: text })
export const metersAt = (db: Read, points: readonly number[], today: string) =>
  db.all(
    meterRow,
    sql`select ${columns(meterRow)} from meter where point_id = any (${points}::integer[]) and kind = 'main' and during @> ${today}::date`,
  )
