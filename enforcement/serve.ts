// Makes a route of an endpoint and its handler: who may call, with which bundle, under which witness, and the line in the access log.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Forbidden, Invalid, NotFound, RegisterError } from '../platform/errors.ts'
import { type Connection, type Read, statementsOn, transaction, type Write } from '../platform/database.ts'
import type { MasterKeys } from '../platform/keys.ts'
import type { Category, Purpose } from '../register/vocabulary.ts'
import type { AccessEvent, AccessLog, Outcome } from './access-event.ts'
import { type Caller, readWhy, refusedBy } from './because.ts'
import { type Bundle, openedCustomers, openedSites } from './bundles.ts'
import type { Endpoint, Given, Input, Output, Problem } from '../register/endpoint.ts'
import { foundBy } from './projections.ts'
import { type Done, type Receipt, receiptOf } from './receipts.ts'
import { judgeAgain } from './repeated.ts'
import type { Register } from './register.ts'
import { unstorablePaths } from './storable.ts'
import { nothingSeen, type Seen, witnessOf } from './witness.ts'

/** Who calls: a person of the staff in one role and hat, or a program's token, which is bound to one purpose as well. */
export type Actor = {
  readonly handle: string
  readonly staff_id: number | null
  readonly role: string
  readonly hat: string
  readonly purpose?: Purpose
}

/** The caller's own session, for chapter access: the cookie's token, set and cleared with the answer. */
export type SessionHandle = {
  readonly token: string | undefined
  readonly userAgent: string
  readonly set: (token: string) => void
  readonly clear: () => void
}

/** Who has not said who they are. */
export const anyone: Actor = { handle: 'anyone', staff_id: null, role: 'sign-in', hat: 'group' }

export type Context<E extends Endpoint> = {
  /** Statements of the bundle; for anything but GET in one transaction. */
  readonly db: E['method'] extends 'GET' ? Read : Write
  readonly input: Input<E>
  readonly actor: Actor
  readonly bundle: Bundle
  readonly now: Date
  readonly because: string | null
  /** Who is on the line, when it is done because of a call. */
  readonly caller: Caller | null
  /** The protected persons whom the endpoint is about are open to this request. */
  readonly opened: boolean
  readonly keys: MasterKeys
  readonly may: (category: Category) => boolean
  readonly session: SessionHandle
}

export type Route = {
  readonly endpoint: Endpoint
  /** Asks somebody outside, before a connection to the database is taken: a slow answer of theirs keeps nobody else waiting. */
  readonly before?: (asked: { readonly input: Input<Endpoint>; readonly now: Date }) => Promise<unknown>
  readonly handle: (context: Context<Endpoint>, found?: unknown) => Promise<unknown>
}

/** The only way to make a route: what the handler gives must be what the endpoint says. */
export const route = <E extends Endpoint>(
  endpoint: E,
  handle: (context: Context<E>) => Promise<Given<Output<E>>>,
): Route => ({
  endpoint,
  handle: handle as unknown as Route['handle'],
})

/** The same, for what must first be asked outside. */
export const routeAfter = <E extends Endpoint, T>(
  endpoint: E,
  before: (asked: { readonly input: Input<E>; readonly now: Date }) => Promise<T>,
  handle: (context: Context<E>, found: T) => Promise<Given<Output<E>>>,
): Route => ({
  endpoint,
  before: before as unknown as NonNullable<Route['before']>,
  handle: handle as unknown as Route['handle'],
})

const holds = (bundle: Bundle, endpoint: Endpoint): boolean =>
  (!bundle.delivers || (endpoint.writes ?? []).length > 0) &&
  endpoint.reads.every((category) => bundle.reads.has(category)) &&
  (endpoint.writes ?? []).every((category) => bundle.writes.has(category)) &&
  (endpoint.deletes ?? []).every((category) => bundle.deletes.has(category)) &&
  (endpoint.publishes ?? []).every((one) => bundle.publishes.has(one))

/** The bundle that answers this actor at this endpoint: the first purpose that the role is declared for with all that the endpoint touches. */
export const bundleFor = (register: Register, actor: Actor, endpoint: Endpoint): Bundle | undefined =>
  endpoint.purposes
    .filter((purpose) => actor.purpose === undefined || purpose === actor.purpose)
    .map((purpose) => register.bundles.get(`${actor.role}.${purpose}.${actor.hat}`))
    .find((bundle) => bundle !== undefined && holds(bundle, endpoint))

/** The actions that a role and hat may call: what the web shows buttons for. */
export const permitted = (register: Register, actor: Actor, routes: readonly Route[]): readonly string[] =>
  routes
    .filter(({ endpoint }) => endpoint.as !== undefined || bundleFor(register, actor, endpoint) !== undefined)
    .map(({ endpoint }) => endpoint.action)

export type Request = {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly because: string | undefined
  readonly session: SessionHandle
  /** The header `Idempotency-Key` of a write, and who is told that it was done before. */
  readonly once?: { readonly key: string; readonly again: () => void } | undefined
}

type Part = 'params' | 'query' | 'body'

const nothing = z.strictObject({})
const closings = new WeakMap<z.ZodType, z.ZodType>()

/** What is not taken is refused, also where the endpoint does not say so: a misspelt filter would otherwise look like one that found everything. */
const closed = (takes: z.ZodType | undefined): z.ZodType => {
  if (takes === undefined) return nothing
  if (!(takes instanceof z.ZodObject) || takes.def.catchall !== undefined) return takes
  const known = closings.get(takes) ?? takes.strict()
  closings.set(takes, known)
  return known
}

/** All faults of all parts at once. */
export const parsed = (endpoint: Endpoint, request: Pick<Request, Part>): Input<Endpoint> => {
  const faults: { path: string; code: string; message: string }[] = []
  const read = (part: Part): unknown => {
    const given = request[part] === undefined ? {} : request[part]
    for (const path of unstorablePaths(given, part))
      faults.push({ path, code: 'text.not-storable', message: 'no NUL, and no half of a surrogate pair' })
    const result = closed(endpoint.takes[part]).safeParse(given)
    if (result.success) return endpoint.takes[part] === undefined ? undefined : result.data
    for (const issue of result.error.issues)
      faults.push({ path: [part, ...issue.path].join('.'), code: issue.code ?? 'invalid', message: issue.message })
    return undefined
  }
  const input = { params: read('params'), query: read('query'), body: read('body') }
  if (faults.length > 0) throw new Invalid('input.invalid', { status: 422, faults })
  return input as Input<Endpoint>
}

const personOf = (input: Input<Endpoint>): number | undefined => {
  const id = (input.params as { customer_id?: unknown } | undefined)?.customer_id
  return typeof id === 'number' ? id : undefined
}

/** Those whom the request is about, as far as it opens anyone. */
const peopleOf = (endpoint: Endpoint, input: Input<Endpoint>): readonly number[] => {
  const person = personOf(input)
  return [...new Set([...(person === undefined ? [] : [person]), ...(endpoint.opensToo?.(input.body) ?? [])])]
}

/** Opens the people, each with their estate, to a bundle that sees protected rows one at a time, until the end of the transaction. */
const open = async (connection: Connection, bundle: Bundle, people: readonly number[]): Promise<void> => {
  const orEstate = bundle.reads.has('death') ? ' or estate_of = any ($2::bigint[])' : ''
  await connection.query(
    `select set_config($1, coalesce((select array_agg(id)::text from customer where id = any ($2::bigint[])${orEstate}), '{}'), true)`,
    [openedCustomers, people],
  )
  await connection.query(
    `select set_config($1, coalesce((select array_agg(site_id)::text from occupancy where customer_id = any (current_setting($2)::bigint[])), '{}'), true)`,
    [openedSites, openedCustomers],
  )
}

/** What people are found by follows what was written, in the same transaction: no writer can forget it. */
const refound = async (connection: Connection, endpoint: Endpoint, seen: Seen): Promise<void> => {
  const written = endpoint.writes?.filter((category) => foundBy.includes(category)) ?? []
  if (written.length > 0 && seen.people.size > 0)
    await connection.query({
      name: 'search-refresh',
      text: 'select search_refresh_written($1::bigint[], $2::text[])',
      values: [[...seen.people], written],
    })
}

export type Serving = {
  readonly register: Register
  readonly log: AccessLog
  readonly now: () => Date
}

const signIn = 'sign-in.security.group'

/**
 * Answers one request of one actor, and lets the answer go only when its lines in the access log are kept.
 * @throws the five errors; a refusal is logged as well.
 */
export const answer = async (
  { register, log, now }: Serving,
  { endpoint, before, handle }: Route,
  actor: Actor | undefined,
  request: Request,
): Promise<unknown> => {
  const at = now()
  const id = randomUUID()
  const caller = actor ?? anyone
  const line = (
    outcome: Outcome,
    subject: number | null,
    categories: readonly Category[],
    purpose: Purpose,
  ): AccessEvent => ({
    at,
    request: id,
    actor: caller.handle,
    role: caller.role,
    purpose,
    hat: caller.hat,
    subject,
    categories,
    endpoint: endpoint.action,
    because: request.because ?? null,
    outcome,
    noticeHash: register.noticeHash,
  })
  const bundle =
    endpoint.as === undefined
      ? actor && bundleFor(register, actor, endpoint)
      : endpoint.as.for === 'anyone' || actor !== undefined
        ? register.bundles.get(signIn)
        : undefined
  try {
    if (actor === undefined && endpoint.as?.for !== 'anyone') throw new Forbidden('session.missing', { status: 401 })
    if (bundle === undefined)
      throw new Forbidden('role.not-declared', {
        detail: `${caller.role} in hat ${caller.hat} is not declared to ${endpoint.action}`,
      })
    const input = parsed(endpoint, request)
    const why =
      request.because === undefined
        ? undefined
        : await readWhy(register, bundle, caller, request.because, personOf(input), at)
    const refused = refusedBy(endpoint, why)
    if (refused !== undefined) throw new Forbidden(refused, { status: refused === 'reason.missing' ? 428 : 403 })
    const seen = nothingSeen()
    const opens = (endpoint.asksWhy && endpoint.strict) || (endpoint.opens && why !== undefined)
    const people = opens && bundle.rows.protected === 'one-at-a-time' ? peopleOf(endpoint, input) : []
    const strict = endpoint.strict === true || people.length > 0
    const keep = (): Promise<void> => log.note(linesOf(seen, endpoint, line, bundle.purpose), { strict })
    const found = await before?.({ input, now: at })
    const { once } = request
    const receipt =
      once === undefined || endpoint.method === 'GET'
        ? undefined
        : receiptOf(register, endpoint, bundle, caller.handle, once.key, input, at)
    // Said again, nothing is written: whom and what it tells of is read once more.
    const keepAgain = async ({ people, categories }: Done): Promise<void> => {
      const told = { people: new Set(people), categories: new Set(categories) }
      await log.note(linesOf(told, {}, line, bundle.purpose), { strict })
      once?.again()
    }
    return await run(register, bundle, endpoint, people, seen, keep, { receipt, keepAgain }, async (db) =>
      endpoint.gives.parse(
        await handle(
          {
            db: db as Write,
            input,
            actor: caller,
            bundle,
            now: at,
            because: why?.written ?? null,
            caller: why?.caller ?? null,
            opened: people.length > 0,
            keys: register.keys,
            may: (category) => bundle.reads.has(category),
            session: request.session,
          },
          found,
        ),
      ),
    )
  } catch (error) {
    const refused = error instanceof RegisterError && error.status < 500
    await log.note([line(refused ? 'refused' : 'failed', null, [], bundle?.purpose ?? endpoint.purposes[0])], {
      strict: false,
    })
    throw error
  }
}

/** Turns a request away before its endpoint is asked, with its line in the access log. @throws `error`, always */
export const turnAway = async (
  { register, log, now }: Serving,
  endpoint: Endpoint,
  { handle, role, hat }: Actor,
  error: RegisterError,
): Promise<never> => {
  const line: AccessEvent = {
    at: now(),
    request: randomUUID(),
    actor: handle,
    role,
    purpose: endpoint.purposes[0],
    hat,
    subject: null,
    categories: [],
    endpoint: endpoint.action,
    because: null,
    outcome: 'refused',
    noticeHash: register.noticeHash,
  }
  await log.note([line], { strict: false })
  throw error
}

const linesOf = (
  seen: Seen,
  endpoint: Pick<Endpoint, 'writes' | 'deletes'>,
  line: (outcome: Outcome, subject: number | null, categories: readonly Category[], purpose: Purpose) => AccessEvent,
  purpose: Purpose,
): readonly AccessEvent[] => {
  const wrote = endpoint.writes !== undefined || endpoint.deletes !== undefined
  const outcome: Outcome = wrote ? 'written' : seen.people.size > 1 ? 'listed' : 'read'
  const categories = [...new Set([...seen.categories, ...(endpoint.writes ?? []), ...(endpoint.deletes ?? [])])]
  return seen.people.size === 0
    ? [line(outcome, null, categories, purpose)]
    : [...seen.people].map((person) => line(outcome, person, categories, purpose))
}

type Once = { readonly receipt: Receipt | undefined; readonly keepAgain: (done: Done) => Promise<void> }

const run = async (
  register: Register,
  bundle: Bundle,
  endpoint: Endpoint,
  people: readonly number[],
  seen: Seen,
  keep: () => Promise<void>,
  { receipt, keepAgain }: Once,
  work: (db: Read) => Promise<unknown>,
): Promise<unknown> => {
  const declared = new Set([...endpoint.reads, ...(endpoint.readsIfPermitted ?? []), ...(endpoint.writes ?? [])])
  const witness = witnessOf(register.origins, register.verdicts, declared, seen)
  const pool = register.pool(bundle.login)
  if (endpoint.method === 'GET' && people.length === 0) {
    const output = await work(statementsOn(pool, witness))
    await keep()
    return output
  }
  let before: Done | undefined
  let output: unknown
  return transaction(
    pool,
    witness,
    async (db) => (output = before === undefined ? await work(db) : before.output),
    async (connection) => {
      if (before !== undefined) return keepAgain(before)
      await refound(connection, endpoint, seen)
      await receipt?.keep(connection, output, seen)
      return keep()
    },
    async (connection) => {
      if (people.length > 0) await open(connection, bundle, people)
      before = await receipt?.take(connection)
      if (before !== undefined) await judgeAgain(connection, bundle, people, before)
    },
  )
}

/** The one place that makes problem+json. What is ours stays ours: only the code leaves, and the log has the rest. */
export const problemOf = (error: unknown): Problem => {
  if (!(error instanceof RegisterError))
    return { type: 'about:blank', title: 'Internal Server Error', status: 500, code: 'internal' }
  const title = error instanceof NotFound ? 'Not Found' : error.name
  return {
    type: `/problems/${error.code}`,
    title,
    status: error.status,
    code: error.code,
    ...(error.faults.length > 0 ? { faults: error.faults } : {}),
  }
}
