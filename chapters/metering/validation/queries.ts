// SQL of what is known of points on days, for the rules to look at their values.
import type { Read } from '../../../platform/database.ts'
import { branded, computed, day, decimal, int, nullable, shape, text } from '../../../platform/row.ts'
import { sql } from '../../../platform/sql.ts'
import { capacityOf, type Expected } from './rules.ts'

type PointDay = { readonly point: number; readonly day: string }

const expectedRow = shape({
  point_id: int,
  day: computed(day, []),
  kind: branded<Expected['kind']>(text),
  metering_method: nullable(text),
  resolution_minutes: nullable(int),
  contract_flow: nullable(decimal),
  contract_power: nullable(decimal),
  main_fuse: nullable(text),
  capacity_kw: nullable(decimal),
  usual: computed(nullable(int), ['consumption']),
})

const amount = (written: string | null): number | null => (written === null ? null : Number(written))

/** Days back that are looked at, each one probe of an index, and how many of them must be there for anything to be usual. */
const [back, enough] = [[1, 2, 3, 4, 7, 14, 21, 28], 4]

/**
 * What is known of each point and day that is asked. What is usual is told of the days before the first that is asked of a point, by the head of
 * each packed block (block.ts): no more than twice the greatest value, and nothing is unpacked.
 */
export const expectedOf = async (
  db: Read,
  days: readonly PointDay[],
): Promise<readonly (PointDay & { readonly expected: Expected })[]> => {
  if (days.length === 0) return []
  const [points, dates] = [days.map(({ point }) => point), days.map((each) => each.day)]
  const rows = await db.all(
    expectedRow,
    sql`with asked as (select * from unnest(${points}::integer[], ${dates}::date[]) as t (point, day)),
             usual as (select first.point, max(((get_byte(h.vals, 3) | (get_byte(h.vals, 4) << 8) | (get_byte(h.vals, 5) << 16) | (get_byte(h.vals, 6) << 24))::bigint
                                                + (1::bigint << get_byte(h.vals, 2)) - 1) * 60 / h.step) as watts
                         from (select point, min(day) as day from asked group by point) first cross join unnest(${back}::integer[]) as before
                              join reading_day h on h.day = first.day - before and h.point_id = first.point
                        group by first.point having count(*) >= ${enough})
        select p.id as point_id, a.day, p.kind, f.metering_method, f.resolution_minutes, f.contract_flow, f.contract_power, c.main_fuse, c.capacity_kw, u.watts as usual
          from asked a join accounting_point p on p.id = a.point
               left join point_facts f on f.point_id = p.id and f.during @> a.day
               left join connection c on c.site_id = p.site_id and c.energy = p.energy and c.during @> a.day
               left join usual u on u.point = a.point`,
  )
  return rows.map((row) => ({
    point: row.point_id,
    day: row.day,
    expected: {
      kind: row.kind,
      unmetered: row.metering_method === 'unmetered',
      resolution: row.resolution_minutes,
      usual: row.usual,
      capacity: capacityOf({
        main_fuse: row.main_fuse,
        capacity_kw: amount(row.capacity_kw),
        contract_flow: amount(row.contract_flow),
        contract_power: amount(row.contract_power),
      }),
    },
  }))
}
