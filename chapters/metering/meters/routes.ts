// Meters: api, rules and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { dayOf, instantOf } from '../../../platform/clock.ts'
import { Conflict, Invalid } from '../../../platform/errors.ts'
import { keptPoint, occupantsOfSite, told } from '../../sites/index.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { changeFaults } from './rules.ts'

const changed = <T>(row: T | undefined): T => {
  if (row === undefined) throw new Conflict('meter.changed')
  return row
}

export const meterRoutes: readonly Route[] = [
  route(api.metersOfSite, async ({ db, input }) => {
    const [meters] = await Promise.all([
      queries.metersAt(db, input.params.site_id),
      occupantsOfSite(db, input.params.site_id),
    ])
    const readings = await queries.readingsOf(
      db,
      meters.map(({ id }) => id),
    )
    return meters.map((meter) => ({ ...meter, readings: readings.filter(({ meter_id }) => meter_id === meter.id) }))
  }),
  route(api.changeMeter, async (context) => {
    const { db, input, now } = context
    const { on, time, kind, former, serial, readings } = input.body
    const how = told(context)
    const at = instantOf(on, `${time}:00`)
    const point = await keptPoint(context, input.params.point_id)
    const old = former === null ? undefined : await queries.findMeter(db, point.id, former.id)
    if (former === null) {
      if ((await queries.standingAt(db, point.id, kind, on)) !== undefined) throw new Conflict('meter.changed')
    } else if (old?.version !== former.version || old.kind !== kind || old.during.to !== null)
      throw new Conflict('meter.changed')
    const latest = old === undefined ? [] : await queries.latestOf(db, old.id)
    const faults = changeFaults(input.body, old, latest, at, dayOf(now))
    const [first] = faults
    if (first !== undefined) throw new Invalid(first.code, { status: 422, faults })
    const others = await queries.elsewhere(db, point.energy, serial, on)
    if (others.length > 0)
      throw new Invalid('meter.stands-elsewhere', {
        status: 422,
        faults: [
          {
            path: 'body.serial',
            code: 'meter.stands-elsewhere',
            message: 'a meter of this number stands at another point, or comes to one later: end it there first',
          },
        ],
      })
    if (old !== undefined && former !== null) {
      changed(await queries.takeMeter(db, old.id, former.version, on))
      await queries.insertReadings(db, old.id, 'last', at, former.readings, how)
    }
    const made = changed(await queries.insertMeter(db, point.id, input.body, how))
    await queries.insertReadings(db, made.id, 'first', at, readings, how)
    return made
  }),
]
