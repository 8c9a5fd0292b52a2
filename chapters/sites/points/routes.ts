// What holds of points over time: api, rules and queries put together.
import { type Context, type Route, route } from '../../../enforcement/serve.ts'
import { Conflict, type Fault, Forbidden, Invalid, NotFound } from '../../../platform/errors.ts'
import type { Endpoint } from '../../../register/endpoint.ts'
import { occupantsOfSite } from '../queries.ts'
import { told } from '../told.ts'
import * as api from './api.ts'
import { readGridArea } from './grid-area.ts'
import * as queries from './queries.ts'
import { keepEstimate, placeAt } from './estimates.ts'
import { bandsFault, factsFrom, keeps } from './rules.ts'

const refusal = (faults: readonly Fault[]): Invalid =>
  new Invalid(faults[0]?.code ?? 'input.invalid', { status: 422, faults })

/** The point, if it is the caller's to keep. The line in the access log names those who live there. */
export const keptPoint = async ({ db, bundle }: Pick<Context<Endpoint>, 'db' | 'bundle'>, id: number) => {
  const point = await queries.findPoint(db, id)
  if (point === undefined) throw new NotFound('point.not-found')
  await occupantsOfSite(db, point.site_id)
  if (!keeps(point.energy, await queries.companies(db, bundle.mask))) throw new Forbidden('point.kept-by-another')
  return point
}

export const pointRoutes: readonly Route[] = [
  route(api.pointFacts, async ({ db, input, bundle }) => {
    const { site_id } = input.params
    const [points, facts, estimates, companies] = await Promise.all([
      queries.pointsAt(db, site_id),
      queries.factsAt(db, site_id),
      queries.estimatesAt(db, site_id),
      queries.companies(db, bundle.mask),
      occupantsOfSite(db, site_id),
    ])
    return points.map(({ id, energy }) => ({
      point_id: id,
      keeps: keeps(energy, companies),
      facts: facts
        .filter(({ point_id }) => point_id === id)
        .map((row) => {
          const area = row.grid_area === null ? undefined : readGridArea(row.grid_area)
          return { ...row, suspect: area !== undefined && 'suspect' in area && area.suspect }
        }),
      estimates: estimates.filter(({ point_id }) => point_id === id),
    }))
  }),
  route(api.changeFacts, async (context) => {
    const { db, input } = context
    const { from, after, ...parts } = input.body
    const how = told(context)
    const point = await keptPoint(context, input.params.point_id)
    const read = factsFrom(point.energy, parts)
    if ('faults' in read) throw refusal(read.faults)
    const rows = await queries.factsFromDay(db, point.id, from)
    const { old, to } = placeAt(rows, from, after, 'point-facts.changed')
    const changed = <T>(row: T | undefined): T => {
      if (row === undefined) throw new Conflict('point-facts.changed')
      return row
    }
    if (old?.during.from === from) return changed(await queries.correctFacts(db, old.id, old.version, read.made, how))
    if (old !== undefined) changed(await queries.closeFacts(db, old.id, old.version, from))
    return changed(await queries.insertFacts(db, point.id, read.made, from, to, how))
  }),
  route(api.changeEstimate, async (context) => {
    const { db, input } = context
    const { from, after, values } = input.body
    const how = told(context)
    const point = await keptPoint(context, input.params.point_id)
    const bands = values.map(({ band }) => band)
    const fault = bandsFault(point.energy, bands)
    if (fault !== undefined) throw refusal([fault])
    return keepEstimate(db, point.id, { from, after, values, basis: null }, how)
  }),
]
