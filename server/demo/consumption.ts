// Consumption day by day: quarters of electricity, hours of heat, with the seasons and the days of the week, and a few gaps.
import type pg from 'pg'
import { qualities } from '../../chapters/metering/api.ts'
import { lackingOf, packed, packedQualities, slotsOf, totalOf } from '../../chapters/metering/index.ts'
import { chanceOf } from './chance.ts'
import { copier } from './copy.ts'
import { dayAt } from './people.ts'

/** How many homes in which someone lives have it, lowest id first, and how many days up to yesterday. */
export type Measured = { readonly homes: number; readonly days: number }
/** Enough to look at, and made in a second or two. */
export const some: Measured = { homes: 30, days: 400 }

const table = {
  reading_day: [
    'point_id',
    'site_id',
    'day',
    'step',
    'total',
    'lacking',
    'vals',
    'quality',
    'restricted',
    'protected',
    'controllers',
    'source',
    'recorded_at',
    'recorded_by',
  ],
} as const
const perCopy = 50_000

/** Days by their numbers, half-open, both ends open at will. */
type Span = { readonly from: number | null; readonly to: number | null }
const covers = ({ from, to }: Span, day: number): boolean => (from === null || from <= day) && (to === null || day < to)

type Point = {
  readonly id: number
  readonly energy: string
  readonly site: string
  /** The network company whose it is: it serves the point on every day. */
  readonly network: number
  readonly lived: readonly (Span & { readonly restricted: boolean; readonly protected: boolean })[]
  readonly served: readonly (Span & { readonly controller: number })[]
}

const spanOf = (during: string) =>
  `lower(${during}) - date '1970-01-01' as from, upper(${during}) - date '1970-01-01' as to`
const grouped = <T extends { readonly key: string }>(rows: readonly T[]) => Map.groupBy(rows, ({ key }) => key)

/** What is asked of every day of every point, read once: by the row it would be two look-ups a day. */
const pointsOf = async (client: pg.Client, homes: number): Promise<readonly Point[]> => {
  const { rows } = await client.query<{ id: number; energy: string; site: string; network: number }>(
    `select p.id, p.energy, p.site_id::text as site,
            coalesce((select bit_or(p.controllers & c.bit) from controller c where c.market = 'network'), 0) as network
       from accounting_point p
      where p.energy in ('electricity', 'heat') and p.site_id in (
        select site_id from occupancy o where upper_inf(o.during) and o.role = 'holder' group by site_id order by site_id limit $1) order by p.id`,
    [homes],
  )
  const lived = grouped(
    (
      await client.query<{ key: string; restricted: boolean; protected: boolean } & Span>(
        `select site_id::text as key, restricted, protected, ${spanOf('during')} from occupancy where restricted or protected`,
      )
    ).rows,
  )
  const served = grouped(
    (
      await client.query<{ key: string; controller: number } & Span>(
        `select point_id::text as key, controller, ${spanOf('during')} from contract where point_id is not null`,
      )
    ).rows,
  )
  return rows.map((row) => ({ ...row, lived: lived.get(row.site) ?? [], served: served.get(String(row.id)) ?? [] }))
}

/** The walls as the register would raise them: those of who lived there that day, and of whom the point was served by. */
const wallsOf = ({ lived, served, network }: Point, day: number) => {
  const here = lived.filter((stay) => covers(stay, day))
  return [
    here.some(({ restricted }) => restricted),
    here.some((stay) => stay.protected),
    served.reduce((mask, one) => (covers(one, day) ? mask | one.controller : mask), network),
  ] as const
}

const [estimated, missing] = [qualities.indexOf('estimated'), qualities.indexOf('missing')]

/** Wh of each value: what the home uses at rest, what people do in it, and what the weather asks for. */
const measuredOn = ({ id, energy }: Point, number: number, seed: number) => {
  // The same for the same point and day, however many others are made beside it.
  const chance = chanceOf(Math.imul(id, 2_654_435_761) ^ Math.imul(number, 40_503) ^ seed)
  const size = 0.5 + chanceOf(id ^ seed).next()
  // The coldest time is about the twentieth of January.
  const cold = 0.5 + 0.5 * Math.cos(((number - 20_473) / 365.25) * 2 * Math.PI)
  const step = energy === 'electricity' ? 15 : 60
  const count = slotsOf(dayAt(number), step)
  const values = new Int32Array(count)
  for (let slot = 0; slot < count; slot++) {
    if (energy === 'heat') values[slot] = Math.round((300 + 5200 * cold) * size * (0.9 + 0.2 * chance.next()))
    else {
      const hour = Math.floor((slot * 24) / count)
      const awake = hour >= 6 && hour < 23 ? 1 : 0.35
      const evening = hour >= 17 && hour < 22 ? 1.6 : 1
      const spike = chance.once(0.03) ? 4 : 1
      const use = 90 + 260 * awake * evening * (0.6 + 0.8 * chance.next()) * spike + 500 * cold
      values[slot] = Math.round((use * size) / 4)
    }
  }
  const quality = new Uint8Array(count)
  // Now and then a meter was silent for some hours, and what it would have said was estimated, or is not known.
  if (chance.once(0.01)) {
    const [from, said] = [chance.below(count - 8), chance.of([estimated, missing])]
    quality.fill(said, from, from + 8)
    if (said === missing) values.fill(0, from, from + 8)
  }
  return { step, values, quality }
}

/**
 * A day of all points after the other, as deliveries come, so that the key grows at its end.
 * @param today the number of the day that is not over yet
 * @returns how many days of points were made
 */
export const putConsumption = async (
  client: pg.Client,
  { homes, days }: Measured,
  {
    today,
    now,
    seed,
    progress,
  }: {
    readonly today: number
    readonly now: Date
    readonly seed: number
    readonly progress?: (made: { readonly day: string; readonly rows: number }) => void
  },
): Promise<number> => {
  const points = await pointsOf(client, homes)
  const { put, write } = copier(table)
  const told = ['datahub', now.toISOString(), 'system:demo'] as const
  let [made, waiting] = [0, 0]
  for (let number = today - days; number < today; number++) {
    const day = dayAt(number)
    for (const point of points) {
      const { step, values, quality } = measuredOn(point, number, seed)
      const [vals, said] = [packed(values), packedQualities(quality)]
      put(
        'reading_day',
        point.id,
        point.site,
        day,
        step,
        totalOf(values),
        lackingOf(quality),
        vals,
        said,
        ...wallsOf(point, number),
        ...told,
      )
      waiting += 1
      if (waiting === perCopy || (number === today - 1 && point === points.at(-1))) {
        made += await write(client)
        waiting = 0
        progress?.({ day, rows: made })
      }
    }
  }
  return made
}
