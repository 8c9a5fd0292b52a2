// Yearly estimates that are computed: queries and rules put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import type { Read } from '../../../platform/database.ts'
import { Invalid } from '../../../platform/errors.ts'
import { drawn, inTariffTimes, profileNamed } from '../../contracts/index.ts'
import { keepEstimate, keptPoint, told } from '../../sites/index.ts'
import { unpacked } from '../block.ts'
import { baseOf, daysOfMonth, degreesOf } from '../normalised/rules.ts'
import { degreeDays, stationOf } from '../weather/queries.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import {
  type Band,
  bandsOf,
  type Estimated,
  type Shape,
  type Shares,
  type UsedDay,
  yearBefore,
  yearly,
} from './rules.ts'

type Point = NonNullable<Awaited<ReturnType<typeof queries.findPoint>>>
type Held = Awaited<ReturnType<typeof queries.estimatesOn>>
type Span = { readonly from: string; readonly to: string }

const source = 'computed'
/** Of a year; finer than any one day's part of it is told. */
const fine = 10 ** 12

const drawnOnce = new Map<string, Promise<ReadonlyMap<string, Shares>>>()
const profileShape = async (use: string | null, { from, to }: Span): Promise<Shape> => {
  const name = use === null || /dwelling|holiday/.test(use) ? 'household' : 'business'
  const key = `${name} ${from}`
  // Twelve months of two profiles at a time: the month that has passed is asked for no more.
  if (!drawnOnce.has(key) && drawnOnce.size > 4) drawnOnce.clear()
  const made =
    drawnOnce.get(key) ??
    profileNamed(name).then(
      (profile) => new Map(drawn(profile, from, to, fine).map((day) => [day.day, inTariffTimes(day)])),
    )
  drawnOnce.set(key, made)
  const days = await made
  return { of: (day) => days.get(day) ?? {}, method: 'profile' }
}

const monthOf = (day: string): string => `${day.slice(0, 7)}-01`

/** By the degree days of the place: those of the normal year for what is lacking, and its own for what was. */
const heatShape = async (
  db: Read,
  point: Point,
  used: readonly UsedDay[],
  span: Span,
): Promise<readonly [Shape | null, number]> => {
  const area = { postcode: point.postcode ?? undefined, grid_area: point.grid_area ?? undefined }
  const station = (await stationOf(db, area, span.from))?.station
  const { actual, normal } = degreesOf(station === undefined ? [] : await degreeDays(db, station, span))
  if (normal.size < 12) return [null, 0]
  const share = (day: string, amount: number | undefined): Shares => ({
    whole: Math.round(((amount ?? 0) * 1_000) / daysOfMonth(monthOf(day))),
  })
  const usual = (day: string): number | undefined => normal.get(Number(day.slice(5, 7)))
  const months = [...Map.groupBy(used, ({ day }) => monthOf(day))]
    .map(([start, own]) => ({ start, days: own.length, total: own.reduce((sum, { by }) => sum + (by.whole ?? 0), 0) }))
    .toSorted((a, b) => (a.start < b.start ? -1 : 1))
  const base = baseOf(months, normal)
  return [
    {
      of: (day) => share(day, usual(day)),
      was: (day) => share(day, actual.get(monthOf(day)) ?? usual(day)),
      method: 'degree-days',
    },
    base === undefined ? 0 : Math.round(base.total / base.days),
  ]
}

const bandsHeld = (held: Held): readonly Band[] =>
  Object.values(bandsOf).find(
    (bands) => bands.length === held.length && held.every(({ band }) => (bands as readonly Band[]).includes(band)),
  ) ?? bandsOf.whole

type Found = { readonly point: Point; readonly held: Held; readonly made: Estimated | undefined }

const computed = async (db: Read, points: readonly Point[], today: string, span: Span): Promise<readonly Found[]> => {
  const ids = points.map(({ id }) => id)
  const held = Map.groupBy(
    ids.length === 0 ? [] : await queries.estimatesOn(db, ids, today),
    ({ point_id }) => point_id,
  )
  const divided = ids.filter((id) => bandsHeld(held.get(id) ?? []).length > 1)
  const whole = ids.filter((id) => !divided.includes(id))
  const totals = whole.length === 0 ? [] : await queries.daysUsed(db, whole, span)
  const values = divided.length === 0 ? [] : await queries.valuesUsed(db, divided, span)
  const used = new Map<number, UsedDay[]>([
    ...[...Map.groupBy(totals, ({ point_id }) => point_id)].map(
      ([id, own]) => [id, own.map(({ day, total }) => ({ day, by: { whole: total } }))] as const,
    ),
    ...[...Map.groupBy(values, ({ point_id }) => point_id)].map(
      ([id, own]) =>
        [
          id,
          own.map(({ day, step, vals }) => ({ day, by: inTariffTimes({ day, step, vals: [...unpacked(vals)] }) })),
        ] as const,
    ),
  ])
  return Promise.all(
    points.map(async (point) => {
      const own = used.get(point.id) ?? []
      const [shape, base] =
        point.energy === 'electricity'
          ? [await profileShape(point.use, span), 0]
          : point.energy === 'heat' && own.length > 0
            ? await heatShape(db, point, own, span)
            : [null, 0]
      const stands = held.get(point.id) ?? []
      return { point, held: stands, made: yearly(span, bandsHeld(stands), own, shape, base) }
    }),
  )
}

const holdsAlready = ({ held, made }: Found, { from, to }: Span): boolean =>
  held.every(
    ({ basis, band, wh }) =>
      basis?.from === from && basis.to === to && made?.values.some((one) => one.band === band && one.wh === wh),
  ) && held.length === made?.values.length

/** Somebody knew better while the year that is looked at went on: who moved in, or what was built. */
const toldWithin = ({ held }: Found, { from }: Span): boolean =>
  held.some(({ source: whose, during }) => whose !== source && during.from !== null && during.from > from)

export const annualRoutes: readonly Route[] = [
  route(api.computeEstimate, async (context) => {
    const { db, input, now } = context
    const { id } = await keptPoint(context, input.params.point_id)
    const today = dayOf(now)
    const basis = yearBefore(today)
    const point = await queries.findPoint(db, id, today)
    const [found] = await computed(db, point === undefined ? [] : [point], today, basis)
    const made = found?.made
    if (found === undefined || made === undefined)
      throw new Invalid('estimate.too-little', {
        status: 422,
        faults: [
          {
            path: 'params.point_id',
            code: 'estimate.too-little',
            message: `fewer than four weeks of ${basis.from} to ${basis.to} are measured`,
          },
        ],
      })
    const kept = input.body.keep && !holdsAlready(found, basis)
    if (kept) await keepEstimate(db, id, { from: today, values: made.values, basis }, { ...told(context), source })
    return { ...made, basis, kept }
  }),
]

/** Part by part, for the command line: never over HTTP. */
export const annualBatch: Route = route(api.computeEstimates, async (context) => {
  const { db, input, now } = context
  const { after, most, keep } = input.body
  const today = dayOf(now)
  const basis = yearBefore(today)
  const points = await queries.pointsAfter(db, after, most, today)
  const counts = { computed: 0, same: 0, told: 0, too_little: 0 }
  const by = { measured: 0, 'degree-days': 0, profile: 0, days: 0 }
  for (const found of await computed(db, points, today, basis)) {
    const { made, point } = found
    if (made === undefined) counts.too_little += 1
    else if (holdsAlready(found, basis)) counts.same += 1
    else if (toldWithin(found, basis)) counts.told += 1
    else {
      counts.computed += 1
      by[made.method] += 1
      if (keep)
        await keepEstimate(db, point.id, { from: today, values: made.values, basis }, { ...told(context), source })
    }
  }
  return { last: points.at(-1)?.id ?? null, points: points.length, ...counts, by }
})
