// Every list that can grow goes by pages, in one same way, and each row comes once.
import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { z } from 'zod'
import { openSearch } from '../chapters/customers/index.ts'
import type { Actor, Route } from '../enforcement/serve.ts'
import { emptied, type TestRegister, testRegister } from '../tests/database.ts'
import { identified } from '../tests/identified.ts'
import { person, retailer } from '../tests/people.ts'
import { staffIn } from '../tests/served.ts'
import { isPaged } from './pages.ts'
import { routesOf } from './routes.ts'

let opened: TestRegister
let routes: readonly Route[]
let server: Awaited<ReturnType<typeof identified>>

before(async () => {
  opened = await testRegister()
  const { register } = opened
  const words = await openSearch(register.pool('search-index.customer-care.group'))
  routes = routesOf(register, () => words, { pathOf: (name: string) => name } as never)
  server = await identified(
    register,
    routes,
    async ({ headers }) => JSON.parse(String(headers['x-as'])) as Actor,
    () => new Date('2026-11-24T08:00:00Z'),
    () => undefined,
  )
})
afterEach(() => emptied(opened.owner))
after(async () => {
  await server.close()
  await opened.drop()
})

/** Lists that come whole, by their action, and what keeps them short. */
const short = {
  'what is written of one person': 'names, contact details, addresses, representatives, homes, contracts, orders',
  'what is asked for by words': 'a search tells of more by narrowing it',
  'what the declaration holds': 'products, roles and their like',
  'who works here': 'one’s own sessions and views',
  'what waits for days': 'each is settled within days, and no more than the first two hundred are told',
} as const
const whole: Readonly<Record<string, keyof typeof short>> = {
  '/api/customers/:customer_id/names': 'what is written of one person',
  '/api/customers/:customer_id/contact-details': 'what is written of one person',
  '/api/customers/:customer_id/addresses': 'what is written of one person',
  '/api/customers/:customer_id/identity-code': 'what is written of one person',
  '/api/customers/:customer_id/protected': 'what is written of one person',
  '/api/customers/:customer_id/representations': 'what is written of one person',
  '/api/customers/:customer_id/represented': 'what is written of one person',
  '/api/customers/:customer_id/death': 'what is written of one person',
  '/api/customers/:customer_id/restrictions': 'what is written of one person',
  '/api/customers/:customer_id/sites': 'what is written of one person',
  '/api/customers/:customer_id/protected-sites': 'what is written of one person',
  '/api/customers/:customer_id/takeover': 'what is written of one person',
  '/api/protection/locks': 'what waits for days',
  '/api/customers/:customer_id/contracts': 'what is written of one person',
  '/api/customers/:customer_id/permissions': 'what is written of one person',
  '/api/sites/:site_id': 'what is written of one person',
  '/api/sites/:site_id/contracts': 'what is written of one person',
  '/api/customers/:customer_id/points/:point_id/days': 'what is written of one person',
  '/api/customers/:customer_id/points/:point_id/sums': 'what is written of one person',
  '/api/sites/:site_id/meters': 'what is written of one person',
  '/api/customers/:customer_id/points/:point_id/heat/days': 'what is written of one person',
  '/api/customers/:customer_id/points/:point_id/heat/sums': 'what is written of one person',
  '/api/customers/:customer_id/points/:point_id/normalised': 'what is written of one person',
  '/api/customers/:customer_id/points/:point_id/costs': 'what is written of one person',
  '/api/customers/:customer_id/points/:point_id/comparison': 'what is written of one person',
  '/api/weather/temperatures': 'what is asked for by words',
  '/api/spot-prices': 'what is asked for by words',
  '/api/statistics/consumption': 'what is asked for by words',
  '/api/consumption/quality': 'what is asked for by words',
  '/api/consumption/quality/points': 'what waits for days',
  '/api/import-faults': 'what waits for days',
  '/api/sites/:site_id/point-facts': 'what is written of one person',
  '/api/contracts/:contract_id': 'what is written of one person',
  '/api/contracts/:contract_id/ending': 'what is written of one person',
  '/api/customers/:customer_id/offers': 'what is written of one person',
  '/api/customers/:customer_id/offers/:offer_id': 'what is written of one person',
  '/api/contacts/:contact_id/verification': 'what is written of one person',
  '/api/calls/:call_id/candidates': 'what is asked for by words',
  '/api/calls': 'what is asked for by words',
  '/api/search': 'what is asked for by words',
  '/api/sites': 'what is asked for by words',
  '/api/duplicates/likely': 'what is asked for by words',
  '/api/imports/:import_id': 'what is asked for by words',
  '/api/access-log/counts': 'what is asked for by words',
  '/api/access-log/lines/:line_id/proof': 'what is asked for by words',
  '/api/access-log/growth': 'what is asked for by words',
  '/api/products': 'what the declaration holds',
  '/api/products/:product_id': 'what the declaration holds',
  '/api/price-changes': 'what the declaration holds',
  '/api/price-changes/:change_id': 'what the declaration holds',
  '/api/products/:product_id/year-cost': 'what the declaration holds',
  '/api/declaration': 'what the declaration holds',
  '/api/session': 'who works here',
  '/api/sessions': 'who works here',
  '/api/views': 'who works here',
}

test('a list goes by pages, or it is said here what keeps it short', () => {
  const lists = routes.filter(({ endpoint: { method, gives, givesFile } }) => {
    if (method !== 'GET' || givesFile) return false
    const schema = z.toJSONSchema(gives, { unrepresentable: 'any' }) as {
      type?: string
      properties?: Record<string, { type?: string }>
    }
    return schema.type === 'array' || Object.values(schema.properties ?? {}).some(({ type }) => type === 'array')
  })
  assert.deepEqual(
    lists.flatMap(({ endpoint }) => (isPaged(endpoint) === endpoint.path in whole ? [endpoint.path] : [])),
    [],
    'page these lists by `next`, or say what keeps them short',
  )
  assert.deepEqual(
    Object.keys(whole).filter((path) => !lists.some(({ endpoint }) => endpoint.path === path)),
    [],
    'these are no lists any more',
  )
})

const get = async (actor: Actor, url: string) => {
  const response = await server.inject({
    url,
    headers: { 'x-as': JSON.stringify(actor), because: 'reason%3Avisit' },
  })
  const [, next] = /^<([^>]+)>; rel="next"$/.exec(String(response.headers['link'] ?? '')) ?? []
  return { status: response.statusCode, text: response.body, body: JSON.parse(response.body) as unknown, next }
}

/** The ids of all rows, page after page, by the links alone; and how many pages there were. */
const followed = async (
  actor: Actor,
  url: string,
): Promise<{ readonly ids: readonly number[]; readonly pages: number }> => {
  const ids: number[] = []
  let at: string | undefined = url
  let pages = 0
  while (at !== undefined) {
    const { status, body, text, next }: Awaited<ReturnType<typeof get>> = await get(actor, at)
    assert.equal(status, 200, text)
    const rows = (Array.isArray(body) ? body : Object.values(body as object).find(Array.isArray)) as { id: number }[]
    ids.push(...rows.map(({ id }) => id))
    pages += 1
    assert.ok(pages < 50, 'the pages have an end')
    at = next
  }
  return { ids, pages }
}

const agent = staffIn('customer-service', 'retail', 7)
const clerk = staffIn('market-exchange', 'retail', 8)
const administrator = staffIn('administrator', 'group', 9)

test('following the links gives every row once: of a timeline, a queue, imports, users and tokens', async () => {
  const { owner } = opened
  const customer = await person(owner, { controllers: retailer })
  // Many at one moment: the place after a row is more than its time.
  await owner.query(
    `insert into contact (customer_id, at, direction, channel, topics, follow_up_on, controllers, source, recorded_at, recorded_by)
     select $1, '2026-11-01Z'::timestamptz - (n / 40) * interval '1 hour', 'in', 'note', '{}', '2026-12-01'::date + n / 90, 1, 'test', '2026-11-01Z', 'staff:7'
       from generate_series(1, 230) n`,
    [customer],
  )
  await owner.query(
    `insert into import_job (kind, file_name, sha256, stored_as, source, controllers, columns, dry_run, state, bytes_total, recorded_at, recorded_by)
     select 'customers', 'f.csv', '\\x00', 'f' || n, 'test', 1, '{}', true, 'done', 1, '2026-11-01Z', 'staff:8' from generate_series(1, 205) n`,
  )
  await owner.query(
    `with made as (insert into staff (login, name, unit, language, state, recorded_at, recorded_by)
       values ('vastaava', 'Testi Vastaava', 'Laskutus', 'fi', 'active', '2026-01-01Z', 'system:test') returning id)
     insert into api_token (staff_id, name, hash, role, purpose, hat, expires_at, recorded_at, recorded_by)
     select id, 'ohjelma', decode(md5(n::text), 'hex'), 'billing', 'payment', 'retail', '2027-01-01Z', '2026-01-01Z', 'staff:9' from made, generate_series(1, 5) n`,
  )
  // Of one name: the place after a row is more than its name.
  await owner.query(
    `insert into staff (login, name, unit, language, state, recorded_at, recorded_by)
     select 'sama' || n, case when n < 4 then 'Sama Nimi' else 'Åsa Ö' || n end, 'Laskutus', 'fi', 'active', '2026-01-01Z', 'system:test'
       from generate_series(1, 6) n`,
  )
  const lists: readonly (readonly [Actor, string, number])[] = [
    [agent, `/api/customers/${customer}/contacts`, 230],
    [agent, `/api/customers/${customer}/events`, 230],
    [agent, `/api/customers/${customer}/events?kinds=contact`, 230],
    [agent, '/api/queue', 230],
    [clerk, '/api/imports', 205],
    [administrator, '/api/tokens?limit=2', 5],
    [administrator, '/api/staff?limit=2', 7],
    [administrator, '/api/staff?text=SAMA%20N&limit=1', 3],
  ]
  for (const [actor, url, count] of lists) {
    const { ids, pages } = await followed(actor, url)
    assert.equal(ids.length, count, url)
    assert.equal(new Set(ids).size, count, url)
    assert.ok(pages > 2, url)
  }
})

test('a cursor holds a place and nothing else: what it is not is refused, and what it says is checked', async () => {
  const cursor = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')
  const bad = [
    'x',
    '',
    '%00',
    cursor(null),
    cursor([]),
    cursor({}),
    cursor({ before: 5 }),
    cursor({ before: 'x' }),
    cursor({ before: { a: '1' } }),
    cursor({ before: '5', __proto__x: '1' }),
    cursor({ role: 'administrator' }),
    cursor({ before: '9'.repeat(500) }),
  ]
  for (const each of bad) {
    const { status, body } = await get(administrator, `/api/tokens?cursor=${each}`)
    assert.deepEqual([status, (body as { code: string }).code], [422, 'input.invalid'], each)
  }
  assert.equal((await get(administrator, `/api/tokens?cursor=${cursor({ before: '5' })}`)).status, 200)
  assert.equal((await get(administrator, `/api/tokens?cursor=${cursor({ before: '5' })}&cursor=a`)).status, 422)
  assert.equal(
    (await get(administrator, `/api/declaration?cursor=${cursor({ before: '5' })}`)).status,
    422,
    'it has no pages',
  )
  const stranger = await get(agent, `/api/tokens?cursor=${cursor({ before: '5' })}`)
  assert.equal(stranger.status, 403, 'a cursor opens nothing')
})

test('no page is longer than its limit, whatever is asked', async () => {
  for (const { endpoint } of routes) {
    const { limit } = (endpoint.takes.query?.shape ?? {}) as { limit?: z.ZodType }
    if (limit === undefined) continue
    for (const asked of ['1001', '0', '-1', '1e9', 'Infinity'])
      assert.ok(!limit.safeParse(asked).success, `${endpoint.path} gives ${asked} at once`)
  }
})
