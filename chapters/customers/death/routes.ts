// Deaths and estates: api, rules and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { Conflict } from '../../../platform/errors.ts'
import { insertName } from '../names/queries.ts'
import { drawn } from '../party/numbers.ts'
import { endByDeath, goOnAfterAll } from '../representations/queries.ts'
import { endsWithDeath } from '../representations/rules.ts'
import { displayName } from '../rules.ts'
import { found, refuse, told } from '../told.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { deathFaults, estateName } from './rules.ts'

export const deathRoutes: readonly Route[] = [
  route(api.deathOf, async ({ db, input }) => {
    const { customer_id } = input.params
    const [reports, estates, left] = await Promise.all([
      queries.reportsOfCustomer(db, customer_id),
      queries.estatesOfCustomer(db, customer_id),
      queries.findWhoLeft(db, customer_id),
    ])
    return {
      reports,
      estates: estates.map((estate) => ({ ...estate, name: displayName(estate) })),
      estate_of: left === undefined ? null : { ...left, name: displayName(left) },
    }
  }),
  route(api.recordDeath, async (context) => {
    const { db, input } = context
    const { customer_id } = input.params
    const { estate: wanted, ...body } = input.body
    const how = told(context)
    const person = found(await queries.lockPerson(db, customer_id))
    refuse(deathFaults(person, body.deceased_on, how.today))
    if (person.deceased_on !== null) throw new Conflict('death.recorded-already')
    const report = found(await queries.insertReport(db, customer_id, body, how))
    await queries.updateDeath(db, customer_id, body.deceased_on, body.told_by, how)
    const ended = await endByDeath(db, customer_id, report.id, endsWithDeath, how)
    await queries.refreshMarketable(db, customer_id)
    if (!wanted) return { report, estate: null, ended: ended.length }
    const [again] = await queries.updateEstates(db, customer_id, 'customer', how)
    const named = found(await queries.findOfficialName(db, customer_id), 'name.not-found')
    const name = estateName(named, person.language)
    if (again !== undefined) await queries.serveEstate(db, customer_id, again.id)
    if (again !== undefined) return { report, estate: { ...again, name }, ended: ended.length }
    const made = await drawn((number) => queries.insertEstate(db, customer_id, number, how))
    const none = { given: null, call_name: null, family: null }
    await insertName(
      db,
      made.id,
      { ...none, organisation: name, kind: 'official', from: body.deceased_on, to: null },
      how,
    )
    return { report, estate: { ...made, name }, ended: ended.length }
  }),
  route(api.reverseDeath, async (context) => {
    const { db, input } = context
    const { customer_id } = input.params
    const how = told(context)
    found(await queries.lockPerson(db, customer_id))
    const report = await queries.reverseReport(db, customer_id, input.body.reason, how)
    if (report === undefined) throw new Conflict('death.none')
    await queries.updateDeath(db, customer_id, null, null, how)
    const restored = await goOnAfterAll(db, report.id)
    await queries.updateEstates(db, customer_id, 'former', how)
    await queries.giveBack(db, customer_id, 'all')
    await queries.refreshMarketable(db, customer_id)
    return { report, restored: restored.length }
  }),
]
