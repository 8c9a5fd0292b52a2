// SQL of the quality of days. Four bits a value are one digit when they are written as text, so that values are counted without being unpacked.
import type { Read } from '../../../platform/database.ts'
import { branded, computed, day, int, nullable, shape, text } from '../../../platform/row.ts'
import { raw, sql } from '../../../platform/sql.ts'
import { qualities } from '../api.ts'
import type { Span } from '../span.ts'

const counted = (quality: (typeof qualities)[number]) => {
  const digit = qualities.indexOf(quality)
  return raw(`(length(encode(r.quality, 'hex')) - length(replace(encode(r.quality, 'hex'), '${digit}', '')))`)
}
const counts = {
  missing: computed(int, ['consumption']),
  estimated: computed(int, ['consumption']),
  uncertain: computed(int, ['consumption']),
}
const told = [counted('missing'), counted('estimated'), counted('uncertain')] as const

const dayRow = shape({
  day: computed(day, ['consumption']),
  grid_area: computed(nullable(text), ['accounting-point']),
  points: computed(int, ['consumption']),
  ...counts,
})
export const countsByDay = (db: Read, { from, to }: Span) =>
  db.all(
    dayRow,
    sql`select r.day, f.grid_area, count(*)::int as points, sum(${told[0]})::int as missing, sum(${told[1]})::int as estimated, sum(${told[2]})::int as uncertain
          from reading_day r left join point_facts f on f.point_id = r.point_id and f.during @> r.day
         where r.quality is not null and r.day >= ${from}::date and r.day < ${to}::date and ${told[0]} + ${told[1]} + ${told[2]} > 0
         group by r.day, f.grid_area order by r.day desc, f.grid_area`,
  )

const pointRow = shape({
  point_id: int,
  site_id: int,
  customer_id: nullable(int),
  code: text,
  energy: branded<'electricity' | 'heat' | 'gas' | 'steam'>(text),
  ...counts,
  version: int,
  source: text,
})
/** Of one day; `area`: of that grid area alone, or of points without one when it is empty. */
export const pointsInDoubt = (db: Read, on: string, area: string | undefined, most: number) =>
  db.all(
    pointRow,
    sql`select r.point_id, r.site_id, o.customer_id, p.code, p.energy, ${told[0]}::int as missing, ${told[1]}::int as estimated, ${told[2]}::int as uncertain, r.version, r.source
          from reading_day r join accounting_point p on p.id = r.point_id
               left join point_facts f on f.point_id = r.point_id and f.during @> r.day
               left join lateral (select o.customer_id from occupancy o where o.site_id = r.site_id and o.during @> r.day order by o.role <> 'holder', o.id limit 1) o on true
         where r.quality is not null and r.day = ${on}::date and ${told[0]} + ${told[1]} + ${told[2]} > 0
           and (${area ?? null}::text is null or coalesce(f.grid_area, '') = ${area ?? null})
         order by ${told[0]} desc, ${told[1]} desc, r.point_id limit ${most}`,
  )
