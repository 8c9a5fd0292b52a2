// What an estate takes over: api, rules and queries put together.
import { type Context, type Route, route } from '../../../enforcement/serve.ts'
import type { Read } from '../../../platform/database.ts'
import { Conflict, Invalid } from '../../../platform/errors.ts'
import type { Endpoint } from '../../../register/endpoint.ts'
import { type CustomerId, displayName, findEstate, giveBackFromEstate } from '../../customers/index.ts'
import { occupanciesPassed, occupanciesToPass, passOccupancies, protectHomes, sitesById } from '../../sites/index.ts'
import { told } from '../told.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { dayFaults, isSame, staysOn } from './rules.ts'

type Estate = { readonly id: CustomerId; readonly number: string; readonly name: string; readonly deceased_on: string }

const estateOf = async (db: Read, id: CustomerId): Promise<Estate | undefined> => {
  const row = await findEstate(db, id)
  // Without a day there is no death, which the statement asks for.
  return row?.deceased_on ? { ...row, deceased_on: row.deceased_on, name: displayName(row) } : undefined
}

const someEstate = async (db: Read, id: CustomerId): Promise<Estate> => {
  const estate = await estateOf(db, id)
  if (estate === undefined) throw new Conflict('takeover.no-estate')
  return estate
}

/** What would pass on the day, and what would stay. */
const passingOn = async (db: Read, id: CustomerId, estate: Estate, day: string) => {
  const [parties, homes] = await Promise.all([
    queries.partiesToPass(db, id, estate.deceased_on),
    occupanciesToPass(db, id, estate.deceased_on),
  ])
  const theirs = await queries.partiesOfEstate(
    db,
    estate.id,
    parties.map((party) => party.id),
  )
  const has = new Set(theirs.map((party) => party.id))
  return {
    contracts: parties.map((party) => ({ ...party, stays: staysOn(party, day, has) })),
    homes: homes.map((home) => ({ ...home, stays: staysOn(home, day, new Set()) })),
  }
}

const passed = async (db: Read, estate: Estate) => {
  const [contracts, homes] = await Promise.all([queries.partiesPassed(db, estate.id), occupanciesPassed(db, estate.id)])
  const [first = null] = [...contracts, ...homes].flatMap(({ during }) => during.from ?? []).toSorted()
  return { contracts: new Set(contracts.map(({ contract_id }) => contract_id)).size, homes: homes.length, from: first }
}

const sidesOf = (rows: { readonly contracts: readonly unknown[]; readonly homes: readonly unknown[] }): number =>
  rows.contracts.length + rows.homes.length

const pass = async (context: Context<typeof api.takeOver & Endpoint>, estate: Estate) => {
  const { db, input } = context
  const { customer_id } = input.params
  const { day, contracts, homes } = input.body
  const all = await passingOn(db, customer_id, estate, day)
  const passing = {
    contracts: all.contracts.filter(({ stays }) => stays === null),
    homes: all.homes.filter(({ stays }) => stays === null),
  }
  if (!isSame(contracts, passing.contracts) || !isSame(homes, passing.homes)) throw new Conflict('takeover.changed')
  if (sidesOf(passing) === 0) throw new Conflict('takeover.nothing')
  const how = told(context)
  const made = await queries.passParties(db, contracts, estate.id, day, how)
  await queries.touchContracts(db, [...new Set(made.map(({ contract_id }) => contract_id))])
  const moved = await passOccupancies(db, homes, estate.id, day, how)
  if (context.opened && moved.length > 0) await protectHomes(db, customer_id)
  return { contracts: new Set(made.map(({ contract_id }) => contract_id)).size, homes: moved.length }
}

export const estateRoutes: readonly Route[] = [
  route(api.toTakeOver, async ({ db, input }) => {
    const { customer_id } = input.params
    const estate = await estateOf(db, customer_id)
    if (estate === undefined)
      return { estate: null, contracts: [], homes: [], passed: { contracts: 0, homes: 0, from: null } }
    const rows = await passingOn(db, customer_id, estate, input.query.day ?? estate.deceased_on)
    const sites = await sitesById(db, [...new Set(rows.homes.map(({ site_id }) => site_id))])
    return {
      estate,
      contracts: rows.contracts,
      homes: rows.homes.map((home) => ({ ...home, site: sites.find(({ id }) => id === home.site_id) ?? null })),
      passed: await passed(db, estate),
    }
  }),
  route(api.takeOver, async (context) => {
    const { db, input } = context
    const estate = await someEstate(db, input.params.customer_id)
    const faults = dayFaults(input.body.day, estate.deceased_on)
    if (faults.length > 0) throw new Invalid('takeover.before-death', { status: 422, faults })
    const done = await pass(context, estate)
    // The death may have been taken back while this waited for its rows.
    await someEstate(db, input.params.customer_id)
    return done
  }),
  route(api.takeBack, async ({ db, input, bundle }) => {
    const { customer_id } = input.params
    const estate = await someEstate(db, customer_id)
    const { contracts, homes } = await passed(db, estate)
    if (contracts + homes === 0) throw new Conflict('takeover.none')
    await giveBackFromEstate(db, customer_id, bundle.mask)
    // The line in the access log names the deceased as well.
    await passingOn(db, customer_id, estate, estate.deceased_on)
    return { contracts, homes }
  }),
]
