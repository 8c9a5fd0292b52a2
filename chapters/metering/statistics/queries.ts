// SQL of statistics: whole months of large groups, each made once and never again.
import type { Read, Write } from '../../../platform/database.ts'
import { bool, branded, day, int, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'

const statisticRow = shape({
  controller: int,
  month: day,
  energy: branded<'electricity' | 'heat' | 'gas' | 'steam'>(text),
  use: branded<'permanent-dwelling' | 'holiday-home' | 'business' | 'property' | 'other'>(text),
  heated_by_electricity: bool,
  holders: int,
  days: int,
  wh: int,
  least: int,
})

export const statistics = (db: Read) =>
  db.all(
    statisticRow,
    sql`select ${columns(statisticRow)} from consumption_statistic order by month desc, energy, use, heated_by_electricity`,
  )

const madeRow = shape({ id: int, month: day })

/** Which months of the company have been made. */
export const monthsMade = (db: Read, mask: number) =>
  db.all(
    madeRow,
    sql`select distinct on (month) ${columns(madeRow)} from consumption_statistic where controller = ${mask}::smallint order by month, id`,
  )

export type Group = { readonly least: number; readonly share: number }

/**
 * The groups of one month: days that are open to the login, each of its first holder on the day, so that a day counts once. Too small a group, or one of which
 * somebody makes more than the share (per cent), is not made.
 */
export const makeMonth = (db: Write, mask: number, month: string, { least, share }: Group, now: Date) =>
  db.all(
    madeRow,
    sql`insert into consumption_statistic (controller, month, energy, use, heated_by_electricity, holders, days, wh, least, made_at)
        select ${mask}::smallint, ${month}::date, energy, use, heated, count(*)::int, sum(days)::int, sum(wh)::bigint, ${least}::int, ${now}
          from (select p.energy, s.use, s.heated_by_electricity as heated, o.customer_id, count(*) as days, sum(r.total) as wh
                  from reading_day r
                  join accounting_point p on p.id = r.point_id and p.kind = 'consumption'
                  join site s on s.id = r.site_id
                 cross join lateral (select h.customer_id from occupancy h
                                      where h.site_id = r.site_id and h.during @> r.day and h.role = 'holder' order by h.id limit 1) o
                 where r.day >= ${month}::date and r.day < ${month}::date + interval '1 month'
                 group by 1, 2, 3, 4) held
         group by energy, use, heated
        having count(*) >= ${least}::int and max(wh) * 100 <= ${share}::int * sum(wh)
        on conflict do nothing
        returning ${columns(madeRow)}`,
  )
