// SQL of what is known of points on days, for the rules to look at their values.
import { dates, integers } from '../../../platform/arrays.ts'
import type { Read } from '../../../platform/database.ts'
import { branded, computed, decimal, int, nullable, shape, text } from '../../../platform/row.ts'
import { sql } from '../../../platform/sql.ts'
import { covers } from '../days/queries.ts'
import { dayAfter } from '../grid.ts'
import { capacityOf, type Expected } from './rules.ts'

type PointDay = { readonly point: number; readonly day: string }

const expectedRow = shape({
  place: computed(int, []),
  kind: branded<Expected['kind']>(text),
  metering_method: nullable(text),
  resolution_minutes: nullable(int),
  contract_flow: nullable(decimal),
  contract_power: nullable(decimal),
  main_fuse: nullable(text),
  capacity_kw: nullable(decimal),
})
const usualRow = shape({ point_id: int, watts: computed(int, ['consumption']) })

const amount = (written: string | null): number | null => (written === null ? null : Number(written))

/** Days back that are looked at, and how many of them must be there for anything to be usual. */
const [back, enough] = [[1, 2, 3, 4, 7, 14, 21, 28], 4]

/** By the head of each packed block (block.ts): no more than twice the greatest value, and nothing is unpacked. */
const usualBefore = (db: Read, day: string, points: readonly number[]) =>
  db.all(
    usualRow,
    sql`select h.point_id, max(((get_byte(h.vals, 3) | (get_byte(h.vals, 4) << 8) | (get_byte(h.vals, 5) << 16) | (get_byte(h.vals, 6) << 24))::bigint
                               + (1::bigint << get_byte(h.vals, 2)) - 1) * 60 / h.step) as watts
          from reading_day h where h.day = any (${dates(back.map((days) => dayAfter(day, -days)))}::date[]) and h.point_id = any (${integers(points)}::integer[])
         group by h.point_id having count(*) >= ${enough}`,
  )

/** What is usual of each point is told of the days before the first that is asked of it. */
const usualOf = async (db: Read, days: readonly PointDay[]): Promise<ReadonlyMap<number, number>> => {
  const first = new Map<number, string>()
  for (const { point, day } of days) {
    const known = first.get(point)
    if (known === undefined || day < known) first.set(point, day)
  }
  const usual = new Map<number, number>()
  for (const [day, points] of Map.groupBy(first.keys(), (point) => first.get(point) ?? ''))
    for (const { point_id, watts } of await usualBefore(db, day, points)) usual.set(point_id, watts)
  return usual
}

/** What is known of each point and day that is asked, in their order. */
export const expectedOf = async (db: Read, days: readonly PointDay[]): Promise<readonly (Expected | undefined)[]> => {
  const found = days.map((): Expected | undefined => undefined)
  if (days.length === 0) return found
  const usual = await usualOf(db, days)
  const rows = await db.all(
    expectedRow,
    sql`select a.place::int as place, p.kind, f.metering_method, f.resolution_minutes, f.contract_flow, f.contract_power, c.main_fuse, c.capacity_kw
          from unnest(${integers(days.map(({ point }) => point))}::integer[], ${dates(days.map((each) => each.day))}::date[]) with ordinality as a (point, day, place)
               join accounting_point p on p.id = a.point
               left join point_facts f on f.point_id = any (array[p.id]) and ${covers('f', 'a.day')}
               left join connection c on c.site_id = any (array[p.site_id]) and c.energy = p.energy and ${covers('c', 'a.day')}`,
  )
  for (const row of rows)
    found[row.place - 1] = {
      kind: row.kind,
      unmetered: row.metering_method === 'unmetered',
      resolution: row.resolution_minutes,
      usual: usual.get(days[row.place - 1]?.point ?? 0) ?? null,
      capacity: capacityOf({
        main_fuse: row.main_fuse,
        capacity_kw: amount(row.capacity_kw),
        contract_flow: amount(row.contract_flow),
        contract_power: amount(row.contract_power),
      }),
    }
  return found
}
