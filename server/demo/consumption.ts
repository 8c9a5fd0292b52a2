// Consumption of a year and a month for some homes: quarters of electricity, hours of heat, with the seasons and the days of the week, and a few gaps.
import type pg from 'pg'
import { qualities } from '../../chapters/metering/api.ts'
import { lackingOf, packed, packedQualities, slotsOf, totalOf } from '../../chapters/metering/index.ts'
import type { Chance } from './chance.ts'
import { dayAt } from './people.ts'

const [homes, days] = [30, 400]

type Point = { readonly id: number; readonly energy: string }

/** Wh of one value: what the home uses at rest, what people do in it, and what the weather asks for. */
const useOf = (chance: Chance, { energy }: Point, size: number, day: number, hour: number, step: number): number => {
  // The coldest time is about the twentieth of January.
  const cold = 0.5 + 0.5 * Math.cos(((day - 20_473) / 365.25) * 2 * Math.PI)
  const hours = step / 60
  if (energy === 'heat') return Math.round((300 + 5200 * cold) * size * (0.9 + 0.2 * chance.next()) * hours)
  const awake = hour >= 6 && hour < 23 ? 1 : 0.35
  const evening = hour >= 17 && hour < 22 ? 1.6 : 1
  const spike = chance.once(0.03) ? 4 : 1
  return Math.round((90 + 260 * awake * evening * (0.6 + 0.8 * chance.next()) * spike + 500 * cold) * size * hours)
}

const dayOf = (chance: Chance, point: Point, size: number, number: number) => {
  const step = point.energy === 'electricity' ? 15 : 60
  const day = dayAt(number)
  const count = slotsOf(day, step)
  const values = Int32Array.from({ length: count }, (_, slot) =>
    useOf(chance, point, size, number, Math.floor((slot * 24) / count), step),
  )
  const quality = new Uint8Array(count)
  // Now and then a meter was silent for some hours, and what it would have said was estimated, or is not known.
  if (chance.once(0.01)) {
    const [from, said] = [chance.below(count - 8), chance.of(['estimated', 'missing'] as const)]
    quality.fill(qualities.indexOf(said), from, from + 8)
    if (said === 'missing') values.fill(0, from, from + 8)
  }
  return {
    point: point.id,
    day,
    step,
    total: totalOf(values),
    lacking: lackingOf(quality),
    vals: packed(values),
    quality: packedQualities(quality),
  }
}

/** @param today the number of the day that is not over yet @returns how many days were made */
export const putConsumption = async (client: pg.Client, chance: Chance, today: number, now: Date): Promise<number> => {
  const { rows: points } = await client.query<Point>(
    `select p.id, p.energy from accounting_point p
      where p.energy in ('electricity', 'heat') and p.site_id in (
        select site_id from occupancy o where upper_inf(o.during) and o.role = 'holder' group by site_id order by site_id limit $1) order by p.id`,
    [homes],
  )
  let made = 0
  for (const point of points) {
    const size = 0.5 + chance.next()
    const rows = Array.from({ length: days }, (_, i) => dayOf(chance, point, size, today - days + i))
    const column = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name])
    const { rowCount } = await client.query(
      `insert into reading_day (point_id, site_id, day, step, total, lacking, vals, quality, restricted, protected, controllers, source, recorded_at, recorded_by)
       select p.id, p.site_id, t.day, t.step, t.total, t.lacking, t.vals, t.quality,
              exists (select from occupancy o where o.site_id = p.site_id and o.during @> t.day and o.restricted),
              exists (select from occupancy o where o.site_id = p.site_id and o.during @> t.day and o.protected),
              serving_on(p.id, t.day), 'datahub', $1, 'system:demo'
         from unnest($2::integer[], $3::date[], $4::smallint[], $5::bigint[], $6::smallint[], $7::bytea[], $8::bytea[])
                as t (point, day, step, total, lacking, vals, quality) join accounting_point p on p.id = t.point`,
      [
        now,
        column('point'),
        column('day'),
        column('step'),
        column('total'),
        column('lacking'),
        column('vals'),
        column('quality'),
      ],
    )
    made += rowCount ?? 0
  }
  return made
}
