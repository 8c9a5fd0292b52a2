// Every endpoint asked as every bundle about every canary, and what may come of it: by what the roles of register.yaml mean, not by the policies.
import { Agent, request as httpRequest } from 'node:http'
import type { Pool } from 'pg'
import { type Bundle, outLogin } from '../../enforcement/bundles.ts'
import type { Register } from '../../enforcement/register.ts'
import { type Actor, bundleFor } from '../../enforcement/serve.ts'
import type { Endpoint } from '../../register/endpoint.ts'
import { tables } from '../../register/tables.ts'
import { type Everything, type Marked, marksIn } from '../everything.ts'
import { likely, schemaOf } from '../likely.ts'

export type Answer = { readonly status: number; readonly text: string }

let sent = 0
let agent = new Agent()
/** The loopback has addresses enough for the rate limit to count each few requests apart. */
const ask = (
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Answer> => {
  sent += 1
  if (sent % 25 === 1) {
    const former = agent
    setTimeout(() => former.destroy(), 5_000)
    const place = Math.floor(sent / 25) + 2
    agent = new Agent({
      keepAlive: true,
      localAddress: `127.${1 + (place >> 16)}.${(place >> 8) & 255}.${place & 255}`,
    })
  }
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const asked = httpRequest({ host: hostname, port, agent, method, path, headers }, (response) => {
      const parts: Buffer[] = []
      response
        .on('data', (part: Buffer) => parts.push(part))
        .once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: `${JSON.stringify(response.headers)}\n${Buffer.concat(parts).toString()}`,
          }),
        )
        .once('error', reject)
    })
    asked.once('error', reject)
    asked.end(body)
  })
}

export type People = ReadonlyMap<
  number,
  {
    readonly protected: boolean
    readonly restricted: boolean
    readonly controllers: number
    readonly marketable: number
  }
>

const peopleNow = async (owner: Pool): Promise<People> => {
  const { rows } = await owner.query<{
    id: string
    protected: boolean
    restricted: boolean
    controllers: number
    marketable: number
  }>('select id, protected, restricted, controllers, marketable from customer')
  return new Map(rows.map(({ id, ...walls }) => [Number(id), walls]))
}

/** Whether the mark may be in an answer to this bundle; `opened` is the person whom the request opens. */
const maySee = (bundle: Bundle, mark: Marked, people: People, opened: number | undefined): boolean => {
  const person = people.get(mark.person)
  const table = tables[mark.table]
  if (person === undefined || table === undefined || !bundle.reads.has(mark.category)) return false
  const { walls } = table
  const { rows, mask } = bundle
  if (walls.controller && (mask & 1) === 0) return false
  if (walls.controllers && (mask & person.controllers) === 0) return false
  if (walls.restricted && person.restricted && rows.restricted === 'hidden') return false
  if (walls.marketable && rows.marketable && (person.marketable & mask) === 0) return false
  if (!walls.protected || !person.protected || mark.safe || rows.protected === 'seen') return true
  return rows.protected === 'one-at-a-time' && opened === mark.person
}

export type Walked = {
  /** In words: who, what, which mark of whom. */
  readonly leaks: readonly string[]
  readonly broken: readonly string[]
  readonly asked: number
  /** Endpoints that somebody got an answer from, and those that showed a mark. */
  readonly answered: ReadonlySet<string>
  readonly showed: ReadonlySet<string>
  /** What truly left, as the lines of the access log must tell it: `told()` of it is in the log. */
  readonly left: ReadonlySet<string>
}

/** Of one line: who, for what, by which endpoint, of whom (nobody: rows of no customer), and which category. */
export const told = (
  role: string,
  purpose: string,
  hat: string,
  endpoint: string,
  person: number | null,
  category: string,
): string => [role, purpose, hat, endpoint, person ?? 'nobody', category].join(' · ')

type Tried = { readonly path: string; readonly body?: string; readonly because?: string; readonly sent?: Marked }

/** Column names that requests use for ids of other tables. */
const rowOf = (one: Everything, name: string): string => {
  if (name === 'customer_id') return String(one.id)
  if (name === 'code') return '15140'
  const noun = name.replace(/_id$/, '')
  const named: Readonly<Record<string, string>> = {
    point: 'contact_point', address: 'postal_address', name: 'customer_name', duplicate: 'customer_duplicate', merge: 'customer_merge',
    import: 'import_job', call: 'incoming_call', token: 'api_token',
  } // prettier-ignore
  return String(one.rows.get(named[noun] ?? noun) ?? 1)
}

const withIds = (value: unknown, one: Everything): unknown =>
  Array.isArray(value)
    ? value.map((each) => withIds(each, one))
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([name, each]) => [
            name,
            name.endsWith('_id') && typeof each === 'number' ? Number(rowOf(one, name)) : withIds(each, one),
          ]),
        )
      : value

const searched = new Set([
  'customer.number',
  'customer_name.family',
  'customer_name.organisation',
  'contact_point.value',
  'postal_address.street',
  'site.street_fi',
  'accounting_point.code',
])

function* tries(endpoint: Endpoint, one: Everything): Generator<Tried> {
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => rowOf(one, name))
  const why = 'reason:visit'
  if (endpoint.method !== 'GET') {
    const whole = endpoint.takes.body === undefined ? {} : withIds(likely(schemaOf(endpoint.takes.body)), one)
    yield { path, body: '{"no_such_thing":1}', because: why }
    yield { path, body: JSON.stringify(whole) }
    yield { path, body: JSON.stringify(whole), because: why }
    yield { path, body: JSON.stringify(whole), because: `call:${one.rows.get('contact')}` }
    return
  }
  const shape = Object.entries(endpoint.takes.query?.shape ?? {})
  const needed = shape.filter(([, type]) => !type.safeParse(undefined).success)
  const typed = needed.find(([, type]) => (schemaOf(type as never).type ?? '') === 'string')?.[0]
  const queries: { readonly query: string; readonly sent?: Marked }[] = []
  if (typed === undefined)
    queries.push({
      query: needed
        .map(
          ([name, type]) =>
            `${name}=${encodeURIComponent(String(withIds({ [name]: likely(schemaOf(type as never)) }, one)))}`,
        )
        .join('&'),
    })
  else
    for (const mark of one.marks)
      if (searched.has(`${mark.table}.${mark.column}`)) queries.push({ query: `${typed}=${mark.mark}`, sent: mark })
  for (const { query, sent: word } of queries) {
    const whole = { path: `${path}?${query}`, ...(word && { sent: word }) }
    yield { ...whole, because: why }
    if (word === undefined) yield whole
    if (word === undefined) yield { path: `${path}?no_such_filter=1` }
    if (endpoint.list && (word === undefined || word.column === 'family'))
      yield { ...whole, path: `${path}?${query}&as=csv`, because: 'reason:report' }
  }
}

/** Those who call it in every bundle; a bundle that may not is refused once, about one person. */
export const walk = async (
  url: string,
  register: Register,
  owner: Pool,
  endpoints: readonly Endpoint[],
  canaries: readonly Everything[],
  /** Pages that are no endpoints: nobody may be on them. */
  others: readonly string[],
): Promise<Walked> => {
  const marks = new Map(canaries.flatMap((one) => one.marks.map((mark) => [mark.mark, mark])))
  const leaks = new Set<string>()
  const broken: string[] = []
  const answered = new Set<string>()
  const showed = new Set<string>()
  const left = new Set<string>()
  let people = await peopleNow(owner)
  const before = sent

  const look = (
    who: string,
    endpoint: Endpoint | undefined,
    bundle: Bundle | undefined,
    one: Everything,
    tried: Tried,
    { status, text }: Answer,
  ) => {
    const what = endpoint === undefined ? tried.path : endpoint.action
    if (status >= 500)
      broken.push(`${who}: ${what}: ${tried.path} ${tried.body ?? ''}: ${text.split('\n')[1]?.slice(0, 300)}`)
    const found = marksIn(text)
    const opened =
      (endpoint?.asksWhy || endpoint?.opens) && tried.because !== undefined && endpoint.path.includes(':customer_id')
        ? one.id
        : undefined
    const out = bundle && tried.path.includes('as=csv') ? register.bundles.get(outLogin(bundle.login)) : bundle
    const declares = new Set([
      ...(endpoint?.reads ?? []),
      ...(endpoint?.readsIfPermitted ?? []),
      ...(endpoint?.writes ?? []),
    ])
    const may = (mark: Marked): boolean =>
      status < 400 && out !== undefined && declares.has(mark.category) && maySee(out, mark, people, opened)
    for (const word of found) {
      const mark = marks.get(word)
      if (mark === undefined || (status < 400 && mark === tried.sent)) continue
      if (may(mark)) {
        showed.add(what)
        const [role = '', , hat = ''] = who.split('.')
        const owner = tables[mark.table]?.owner
        // A home without its people is no line of theirs.
        const nobody = owner?.is === 'staff' || owner?.is === 'nobody' || (owner?.is === 'through' && owner.vacant)
        const about = nobody ? null : mark.person
        const action = tried.path.includes('as=csv') ? `${what}, taken out as csv` : what
        if (out !== undefined) left.add(told(role, out.purpose, hat, action, about, mark.category))
      } else
        leaks.add(
          `${who}: ${what}: ${mark.table}.${mark.column} of ${kindOf(people, mark)}${status >= 400 ? ` in a ${status}` : ''}`,
        )
    }
    // Found by what one may not see: that somebody has it is a hint.
    const { sent: word } = tried
    if (word !== undefined && bundle !== undefined && !maySee(bundle, word, people, undefined))
      for (const other of found)
        if (other !== word.mark && marks.get(other)?.person === word.person)
          leaks.add(`${who}: ${what}: somebody is found by ${word.table}.${word.column} of ${kindOf(people, word)}`)
  }

  for (const method of ['GET', 'other'])
    for (const endpoint of endpoints.filter((each) => (each.method === 'GET') === (method === 'GET')))
      for (const caller of [undefined, ...register.bundles.values()]) {
        // The twin that takes lists out is asked by way of its own.
        if (caller !== undefined && caller.login === outLogin(caller.login.replace(/\.out$/, ''))) continue
        const actor: Actor | undefined = caller && {
          handle: 'staff:1',
          staff_id: 1,
          role: caller.role,
          hat: caller.hat,
          purpose: caller.purpose,
        }
        const bundle =
          endpoint.as !== undefined
            ? register.bundles.get('sign-in.security.group')
            : actor && bundleFor(register, actor, endpoint)
        const who = caller?.login ?? 'nobody'
        // Who may not is refused once, and in one's own session nobody else is asked about.
        const about = bundle === undefined || endpoint.as !== undefined ? canaries.slice(0, 1) : canaries
        for (const one of about) {
          const every = [...tries(endpoint, one)]
          const once = async (tried: Tried): Promise<void> => {
            const answer = await ask(
              url,
              endpoint.method,
              tried.path,
              {
                'x-register': 'test',
                ...(actor && { 'x-as': JSON.stringify(actor) }),
                ...(tried.because && { because: encodeURIComponent(tried.because) }),
                ...(tried.body !== undefined && { 'content-type': 'application/json' }),
              },
              tried.body,
            )
            if (answer.status < 300) answered.add(endpoint.action)
            look(who, endpoint, bundle, one, tried, answer)
            if (endpoint.method !== 'GET' && answer.status < 300) people = await peopleNow(owner)
          }
          if (bundle === undefined) await Promise.all(every.slice(0, 1).map(once))
          else if (endpoint.method === 'GET') await Promise.all(every.map(once))
          else for (const tried of every) await once(tried)
        }
      }
  const [first] = canaries as [Everything]
  const actor = JSON.stringify({ handle: 'staff:1', staff_id: 1, role: 'customer-service', hat: 'retail' })
  for (const path of others)
    look('anyone', undefined, undefined, first, { path }, await ask(url, 'GET', path, { 'x-as': actor }))
  return { leaks: [...leaks].toSorted(), broken: [...new Set(broken)], asked: sent - before, answered, showed, left }
}

const kindOf = (people: People, { person, safe }: Marked): string => {
  const one = people.get(person)
  return [
    one?.protected && 'protected',
    one?.restricted && 'restricted',
    safe && 'given as safe',
    `controllers ${one?.controllers}`,
  ]
    .filter(Boolean)
    .join(' ')
}
