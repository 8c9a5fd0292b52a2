// The customer card as the desk asks for it: eight requests, by an agent of the retailer; with every control on, or by the same SQL without any.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { events } from '../../chapters/contacts/events/api.ts'
import { contractsOfCustomer } from '../../chapters/contracts/api.ts'
import { addresses, contactDetails, names, openCustomer } from '../../chapters/customers/api.ts'
import { representations } from '../../chapters/customers/representations/api.ts'
import { wordsOf } from '../../chapters/customers/search/words.ts'
import { sitesOfCustomer } from '../../chapters/sites/api.ts'
import type { AccessLog } from '../../enforcement/access-event.ts'
import { openAccessLog } from '../../enforcement/access-log/log.ts'
import { type Actor, answer, type Context, type Route } from '../../enforcement/serve.ts'
import { openPool, statementsOn, type Write } from '../../platform/database.ts'
import { readSettings } from '../../platform/settings.ts'
import type { Endpoint } from '../../register/endpoint.ts'
import { readLogKey } from '../../server/master-key.ts'
import { routesOf } from '../../server/routes.ts'
import type { Population } from './population.ts'

/** What the page of a customer asks for as it opens. */
const asked: readonly Endpoint[] = [
  openCustomer,
  representations,
  names,
  contactDetails,
  addresses,
  events,
  sitesOfCustomer,
  contractsOfCustomer,
]

const agent: Actor = { handle: 'staff:1', staff_id: 1, role: 'customer-service', hat: 'retail' }
const session = { token: undefined, userAgent: '', set: () => undefined, clear: () => undefined }

export type Card = {
  /** Every control on: the bundle's login, grants and policies, the witness, the access log. */
  readonly controlled: (log: AccessLog) => (customer: number) => Promise<readonly unknown[]>
  /** The same handlers, and so the same SQL, by the owner of the tables: no policy, no witness, no line in any log. */
  readonly bare: (customer: number) => Promise<readonly unknown[]>
  /** Customers whose card says the same both ways. */
  readonly customers: readonly number[]
  readonly close: () => Promise<void>
}

export const unlogged: AccessLog = { note: async () => undefined }

/** Connections of each pool, as the product has them. */
export const poolSize = 4

export const cardOf = async ({ register, owner, login, now }: Population, sample: number): Promise<Card> => {
  const all = routesOf(register, () => wordsOf([]), { pathOf: (storedAs) => storedAs })
  const routes = asked.map((endpoint) => {
    const route = all.find((each) => each.endpoint.action === endpoint.action)
    if (route === undefined) throw new Error(`no route answers ${endpoint.action}`)
    return route
  })
  const requestFor = (customer: number) => ({
    params: { customer_id: customer },
    query: {},
    body: undefined,
    because: 'reason:mittaus',
    session,
  })
  const bypassing = openPool(login, poolSize, 'bench, the owner', 'once')
  const unwatched = statementsOn(bypassing, () => undefined) as Write

  const controlled =
    (log: AccessLog): Card['bare'] =>
    (customer) =>
      Promise.all(routes.map((route) => answer({ register, log, now: () => now }, route, agent, requestFor(customer))))

  /** What a handler is given besides the statements and the input: as the product gives it, taken from one answer. */
  const givenTo = async (route: Route, customer: number): Promise<Context<Endpoint>> => {
    let given: Context<Endpoint> | undefined
    const taking: Route = {
      ...route,
      handle: (context) => {
        given = context
        return route.handle(context)
      },
    }
    await answer({ register, log: unlogged, now: () => now }, taking, agent, requestFor(customer))
    if (given === undefined) throw new Error(`${route.endpoint.action} was not asked`)
    return given
  }
  let contexts: readonly Context<Endpoint>[] | undefined

  const bare: Card['bare'] = async (customer) => {
    contexts ??= await Promise.all(routes.map((route) => givenTo(route, customer)))
    const given = contexts
    return Promise.all(
      routes.map(async ({ endpoint, handle }, i) => {
        const input = {
          params: endpoint.takes.params?.parse({ customer_id: customer }),
          query: endpoint.takes.query?.parse({}),
          body: undefined,
        } as Context<Endpoint>['input']
        return endpoint.gives.parse(await handle({ ...(given[i] as Context<Endpoint>), db: unwatched, input }))
      }),
    )
  }

  const { rows } = await owner.query<{ id: string }>(
    `select id from customer where not protected and not restricted and controllers & 1 > 0 and merged_into is null
        and exists (select from contract_party where customer_id = customer.id)
      order by md5(id::text) limit $1`,
    [sample * 6],
  )
  const customers: number[] = []
  for (const { id } of rows) {
    const both = [await controlled(unlogged)(Number(id)), await bare(Number(id))]
    // A home or contract of the network company alone is behind a wall: such a card is shorter, and not compared.
    if (JSON.stringify(both[0]) === JSON.stringify(both[1])) customers.push(Number(id))
    if (customers.length === sample) break
  }
  return { controlled, bare, customers, close: () => bypassing.end() }
}

/** The product's own log, on a folder that goes with it. */
export const openLog = async ({ register, now }: Population) => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-log-'))
  const log = await openAccessLog({
    pool: register.pool('log-sealer.security.group'),
    folder,
    signingKey: await readLogKey({ ...readSettings({}), DATA_DIR: folder }),
    origin: 'bench/access-log',
    now: () => now,
  })
  return {
    log,
    close: async () => {
      await log.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Each customer's card once, so many at a time; resolves when all lines of the log are sealed as well. */
export const opened = async (
  customers: readonly number[],
  inFlight: number,
  open: (customer: number) => Promise<unknown>,
): Promise<void> => {
  const left = [...customers]
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) await open(next)
    }),
  )
}
