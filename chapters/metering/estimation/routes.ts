// Estimation put together: for those who ask, and its steps for the machinery, behind jobs.ts.
import { type Route, route } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import { Invalid } from '../../../platform/errors.ts'
import { qualities } from '../api.ts'
import { unpacked, unpackedQualities } from '../block.ts'
import { changeDays, insertDays, keepFormer, type PackedDay } from '../days/queries.ts'
import { packedDay } from '../days/rules.ts'
import { dayAfter, slotsOf, type Step } from '../grid.ts'
import { spanOf } from '../span.ts'
import * as api from './api.ts'
import { estimatedBy } from './handle.ts'
import * as queries from './queries.ts'
import { type Day, estimate, type Yearly } from './rules.ts'

const pointsEach = 500
const missing = qualities.indexOf('missing')

type Stored = { readonly day: string; readonly step: Step; readonly vals: Buffer; readonly quality: Buffer | null }
const opened = ({ day, step, vals, quality }: Stored): Day => {
  const values = unpacked(vals)
  return { day, step, values, said: unpackedQualities(quality, values.length) }
}

const nothing = (day: string, step: Step): Day => {
  const count = slotsOf(day, step)
  return { day, step, values: new Int32Array(count), said: new Uint8Array(count).fill(missing) }
}

const made = (point: number, day: string, step: Step, { values, said }: Pick<Day, 'values' | 'said'>): PackedDay =>
  packedDay({ point, day, step, values, said })

export const estimationRoutes: readonly Route[] = [
  route(api.askEstimates, async ({ db, input, now }) => {
    const span = spanOf(input.body, api.mostDays)
    // A day that has not ended lacks nothing yet.
    if (span.to > dayOf(now))
      throw new Invalid('estimation.day-to-come', {
        status: 422,
        faults: [
          { path: 'body.to', code: 'estimation.day-to-come', message: `days before ${dayOf(now)}: they have ended` },
        ],
      })
    await queries.tellEstimator(db, span)
    return span
  }),
]

/** Taken by the machinery alone, in the name of the estimator. */
export const estimationSteps: readonly Route[] = [
  route(api.estimateSome, async ({ db, input, now }) => {
    const { after, ...span } = input.body
    const points = await queries.meteredPoints(db, span, after, pointsEach)
    const ids = points.map(({ id }) => id)
    const last = ids.at(-1) ?? null
    const lacking = (await queries.lackingDays(db, span, ids)).map((row) => ({
      point: row.point_id,
      known: opened(row),
    }))
    const gaps = lacking.filter(({ known }) => known.said.includes(missing))
    const absent = await queries.absentDays(db, span, ids)
    const of = [...new Set([...gaps.map(({ point }) => point), ...absent.map(({ point_id }) => point_id)])]
    if (of.length === 0) return { last, estimated: 0, untold: 0 }
    const around = Map.groupBy(await queries.daysAround(db, span, of), ({ point_id }) => point_id)
    const history = new Map([...around].map(([point, rows]) => [point, rows.map(opened)]))
    const wh = new Map((await queries.yearly(db, dayAfter(span.to, -1), of)).map((row) => [row.point_id, row.wh]))
    const yearly = new Map(
      points.flatMap(({ id, energy, kind, use }): [number, Yearly][] => {
        const known = wh.get(id)
        // No other energy has a profile that goes without the weather.
        if (known === undefined || energy !== 'electricity' || kind !== 'consumption') return []
        return [
          [id, { wh: known, profile: use.endsWith('dwelling') || use.endsWith('home') ? 'household' : 'business' }],
        ]
      }),
    )
    const told = (point: number, day: Day) => estimate(day, history.get(point) ?? [], yearly.get(point))
    const corrected = gaps.flatMap(({ point, known }) => {
      const found = told(point, known)
      return found === undefined ? [] : [made(point, known.day, known.step, found)]
    })
    let untold = gaps.length - corrected.length
    // That a day is missing is itself kept: it is seen, and asked for, until it comes.
    const added = absent.map(({ point_id, day, step }) => {
      const found = told(point_id, nothing(day, step))
      if (found === undefined) untold += 1
      return made(point_id, day, step, found ?? nothing(day, step))
    })
    const how = { source: 'estimate', now, today: dayOf(now), by: estimatedBy, mask: 0 }
    if (added.length > 0) await insertDays(db, added, how)
    if (corrected.length > 0) {
      await keepFormer(db, corrected, now)
      await changeDays(db, corrected, 'version + 1', how)
    }
    return { last, estimated: corrected.length + added.length - (untold - (gaps.length - corrected.length)), untold }
  }),
]
