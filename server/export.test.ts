import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { after, afterEach, before, test } from 'node:test'
import { timeline, queue } from '../chapters/contacts/api.ts'
import { contactDetails, openCustomer } from '../chapters/customers/api.ts'
import { findPeople } from '../chapters/customers/search/api.ts'
import { openSearch } from '../chapters/customers/index.ts'
import { contractsOfCustomer } from '../chapters/contracts/api.ts'
import { marketable } from '../chapters/marketing/api.ts'
import { listExports } from '../chapters/exchange/exports/api.ts'
import { searchAccessLog } from '../chapters/access/log/api.ts'
import { listStaff } from '../chapters/access/staff/api.ts'
import { route, type Actor } from '../enforcement/serve.ts'
import { openTable } from '../platform/tabular/index.ts'
import { addressOf, type Endpoint } from '../register/endpoint.ts'
import { emptied, type TestRegister, testRegister } from '../tests/database.ts'
import { network, person, retailer } from '../tests/people.ts'
import { type Served, served, staffIn } from '../tests/served.ts'
import { httpServer } from './http.ts'
import { restoredAction } from '../enforcement/access-log/log.ts'
import { namesOf } from '../enforcement/names.ts'
import { takenOutAs } from '../register/list.ts'
import { routesOf } from './routes.ts'

/** No file is brought here. */
const noFolder = { pathOf: () => '' } as never

let opened: TestRegister
let http: Served
before(async () => {
  opened = await testRegister()
  const words = await openSearch(opened.register.pool('search-index.customer-care.group'))
  http = await served(
    opened.register,
    routesOf(opened.register, () => words, noFolder),
  )
})
afterEach(() => emptied(opened.owner))
after(async () => {
  await http.server.close()
  await opened.drop()
})

const agent = staffIn('customer-service', 'retail', 7)
const collector = staffIn('collection', 'retail', 8)
const officer = staffIn('data-protection-officer', 'group', 9)

const why = 'reason:working-list'

type Asked = { readonly params?: object; readonly query?: object }
const out = async (
  actor: Actor | undefined,
  endpoint: Endpoint,
  asked: Asked,
  { as = 'csv', because = why as string | null, language = 'fi' } = {},
) => {
  // The person who asks is set by a request that is refused before it touches anything.
  await http.ask(actor, openCustomer, { params: { customer_id: -1 as never } })
  http.lines()
  return http.server.inject({
    method: 'GET',
    url: addressOf(endpoint.path, { ...asked, query: { ...asked.query, as } }),
    headers: {
      'accept-language': language,
      ...(because === null ? {} : { because: encodeURIComponent(because) }),
    },
  })
}
const linesOf = (text: string): readonly string[] => text.replace('\ufeff', '').trimEnd().split('\r\n')

const promise = async (customer: number, on: string, topics: readonly string[] = ['invoice']) =>
  opened.owner.query(
    `insert into contact (customer_id, at, direction, channel, topics, outcome, follow_up_on, staff_id, restricted, controllers, source, recorded_at, recorded_by)
     select id, '2026-11-20Z', 'in', 'call', $2, 'promised', $3, 7, restricted, 1, 'desk', '2026-11-20Z', 'staff:7' from customer where id = $1`,
    [customer, topics, on],
  )

const disclosed = async () => {
  const { rows } = await opened.owner.query<{
    customer_id: string
    recipient: string
    what: string
    list_export_id: string
  }>('select customer_id, recipient, what, list_export_id from disclosure order by customer_id')
  return rows.map((row) => ({ ...row, customer_id: Number(row.customer_id) }))
}

test('the queue leaves for a program as JSON: names and codes of the API, whatever the language', async () => {
  const one = await person(opened.owner, { given: 'Jalo "J"', family: 'Ohjelma' })
  await promise(one, '2026-12-03', ['invoice', 'move'])
  const answer = await out(agent, queue, {}, { as: 'json', language: 'sv' })
  assert.equal(answer.statusCode, 200, answer.body)
  assert.match(String(answer.headers['content-type']), /^application\/json/)
  const rows = JSON.parse(answer.body) as Record<string, unknown>[]
  const [row] = rows
  assert.deepEqual(
    [row?.['follow_up_on'], row?.['channel'], row?.['topics']],
    ['2026-12-03', 'call', ['invoice', 'move']],
  )
  assert.deepEqual(http.lines()[0]?.endpoint, 'see what is promised to customers, taken out as json')
  await opened.owner.query('delete from disclosure')
  await opened.owner.query('delete from list_export')
  await opened.owner.query('delete from contact')
})

test('the queue leaves as a file in the reader’s language, and everyone in it has a line', async () => {
  const one = await person(opened.owner, { given: '=HYPERLINK("http://x")', family: 'Mallinen' })
  const two = await person(opened.owner, { given: 'Veikko', family: 'Mallinen' })
  await promise(one, '2026-12-01', ['invoice', 'move'])
  await promise(two, '2026-12-02')
  const answer = await out(agent, queue, {})
  assert.equal(answer.statusCode, 200, answer.body)
  assert.match(String(answer.headers['content-type']), /^text\/csv/)
  assert.match(String(answer.headers['content-disposition']), /filename\*=UTF-8''Ty%C3%B6jono%202026-11-24\.csv/)
  assert.equal(answer.headers['cache-control'], 'no-store')
  assert.ok(answer.body.startsWith('\ufeff'))
  const [head, first, second, ...rest] = linesOf(answer.body)
  assert.equal(head, 'Luvattu;Asiakasnumero;Nimi;Kanava;Aiheet')
  assert.match(first ?? '', /^2026-12-01;\d+;"?'=HYPERLINK.*;puhelu;lasku, muutto$/)
  assert.match(second ?? '', /^2026-12-02;\d+;Veikko Mallinen;puhelu;lasku$/)
  assert.deepEqual(rest, [])

  const lines = http.lines()
  assert.deepEqual(new Set(lines.map(({ subject }) => subject)), new Set([one, two]))
  for (const line of lines)
    assert.deepEqual(
      [line.actor, line.endpoint, line.because, line.outcome],
      ['staff:7', 'see what is promised to customers, taken out as csv', why, 'listed'],
    )
  const { rows } = await opened.owner.query('select * from list_export')
  assert.equal(rows.length, 1)
  const { list, form, reason, role, purpose, hat, recipient, recorded_by, id } = rows[0] as Record<string, string>
  assert.deepEqual(
    { list, form, reason, role, purpose, hat, recipient, recorded_by },
    {
      list: 'see what is promised to customers',
      form: 'csv',
      reason: why,
      role: 'customer-service',
      purpose: 'customer-care',
      hat: 'retail',
      recipient: 'own-device',
      recorded_by: 'staff:7',
    },
  )
  assert.equal(lines[0]?.request, id)
  assert.deepEqual(
    (await disclosed()).map(({ customer_id, list_export_id }) => [customer_id, list_export_id]),
    [one, two].toSorted((a, b) => a - b).map((each) => [each, id]),
  )
  const swedish = await out(agent, queue, {}, { language: 'en-GB, sv' })
  assert.equal(linesOf(swedish.body)[0], 'Promised for;Customer number;Name;Channel;Topics')
  assert.equal(linesOf((await out(agent, queue, {}, { language: 'sv' })).body)[0]?.split(';')[0], 'Utlovat')
})

test('what one sees on the screen and may not take out is not even read: no restricted person, no address of a protected one', async () => {
  const free = await person(opened.owner, { family: 'Vapaa' })
  const closed = await person(opened.owner, { family: 'Rajattu', restricted: true })
  const hidden = await person(opened.owner, { family: 'Suojattu', protected: true })
  await opened.owner.query('select search_rebuild()')
  for (const text of ['Vapaa', 'Rajattu', 'Suojattu'])
    assert.equal((await http.ask(collector, findPeople, { query: { text } })).output.length, 1, text)
  const found = async (text: string) => linesOf((await out(collector, findPeople, { query: { text } })).body).slice(1)
  assert.equal((await found('Vapaa')).length, 1)
  assert.deepEqual(await found('Rajattu'), [])
  const [protectedLine = ''] = await found('Suojattu')
  assert.ok(protectedLine.includes('Suojattu') && !protectedLine.includes('LAHTI'), protectedLine)
  assert.deepEqual(
    linesOf((await out(collector, contactDetails, { params: { customer_id: hidden } })).body).slice(1),
    [],
  )
  assert.deepEqual(
    (await disclosed()).map(({ customer_id }) => customer_id),
    [free, hidden],
  )
  assert.ok(closed > 0)
  // The year of birth is read for telling people apart, and not declared to leave.
  const [head = ''] = linesOf((await out(agent, findPeople, { query: { text: 'Vapaa' } })).body)
  assert.ok(!head.includes('Syntymävuosi') && head.includes('Nimi'), head)
})

const many = async (customer: number, count: number) =>
  opened.owner.query(
    `insert into contact (customer_id, at, direction, channel, topics, outcome, body, staff_id, controllers, source, recorded_at, recorded_by)
     select $1, '2026-01-01Z'::timestamptz + n * interval '1 minute', 'in', 'call', '{other}', 'none', '\\x00', 7, 1, 'desk', '2026-01-01Z', 'staff:7'
       from generate_series(1, $2) n`,
    [customer, count],
  )

test('a long list comes page by page to its end, as a workbook too, without what was said', async () => {
  const customer = await person(opened.owner)
  await many(customer, 137)
  const answer = await out(agent, timeline, { params: { customer_id: customer } }, { as: 'xlsx', language: 'en' })
  assert.equal(answer.statusCode, 200)
  const table = await openTable(answer.rawPayload)
  assert.deepEqual(table.header, ['Time', 'Direction', 'Channel', 'Topics', 'Outcome', 'Promised for', 'Kept'])
  let rows = 0
  for await (const batch of table.rows()) rows += batch.rows.length
  assert.equal(rows, 137)
  const lines = http.lines()
  assert.ok(lines.length >= 3)
  assert.equal(new Set(lines.map(({ request }) => request)).size, lines.length)
  assert.ok(lines.every(({ categories }) => !categories.includes('contact-content')))
  assert.equal((await disclosed()).length, 1)
})

test('a list that breaks off does not look whole', async () => {
  const customer = await person(opened.owner)
  await many(customer, 60)
  const [whole] = routesOf(opened.register, () => ({}) as never, noFolder).filter(
    ({ endpoint }) => endpoint === timeline,
  )
  const broken = route(timeline, async (context) => {
    if (context.input.query.before_id !== undefined) throw new Error('the disk is gone')
    return whole?.handle(context as never) as never
  })
  const server = await httpServer({
    serving: { register: opened.register, log: { note: async () => undefined }, now: () => new Date() },
    routes: [broken],
    identify: async () => agent,
    logLevel: 'silent',
    secure: false,
    folder: tmpdir(),
  })
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  await assert.rejects(async () => {
    const answer = await fetch(`${address}/api/customers/${customer}/contacts?as=csv`, { headers: { because: why } })
    assert.equal(answer.status, 200)
    await answer.text()
  })
  await server.close()
})

test('without a declared reason, a declared role or a list nothing leaves, and the refusal is on record', async () => {
  const customer = await person(opened.owner)
  const refusals = [
    [agent, queue, {}, { because: null }, 428, 'reason.missing'],
    [agent, queue, {}, { because: 'reason:other:x' }, 428, 'reason.missing'],
    [agent, queue, {}, { because: 'call:12' }, 428, 'reason.missing'],
    [staffIn('identity-desk', 'retail'), queue, {}, {}, 403, 'export.not-declared'],
    [
      staffIn('rights-desk', 'group'),
      contractsOfCustomer,
      { params: { customer_id: customer } },
      {},
      403,
      'export.not-declared',
    ],
    [staffIn('billing', 'retail'), queue, {}, {}, 403, 'export.not-declared'],
    [agent, marketable, { query: { channel: 'email' } }, {}, 403, 'export.not-declared'],
    [undefined, queue, {}, {}, 401, 'session.missing'],
    [agent, timeline, { params: { customer_id: 'nobody' } }, {}, 422, 'input.invalid'],
  ] as const
  for (const [actor, endpoint, asked, how, status, code] of refusals) {
    const answer = await out(actor, endpoint, asked, how)
    assert.deepEqual([answer.statusCode, answer.json<{ code: string }>().code], [status, code], endpoint.action)
    assert.deepEqual(
      http.lines().map(({ outcome }) => outcome),
      ['refused'],
    )
  }
  assert.equal((await out(agent, queue, {}, { as: 'exe' })).statusCode, 422)
  assert.equal((await out(agent, openCustomer, { params: { customer_id: customer } })).statusCode, 404)
  assert.deepEqual(await disclosed(), [])
  assert.equal((await out(agent, queue, {}, { because: 'reason:other:palaveria varten' })).statusCode, 200)
})

test('the officer takes out the log, the administrator the users', async () => {
  assert.equal((await out(officer, searchAccessLog, { query: { limit: 200 } })).statusCode, 200)
  const users = await out(staffIn('administrator', 'group'), listStaff, {})
  assert.equal(linesOf(users.body)[0], 'Tunnus;Nimi;Yksikkö;Tila;Salassapito annettu;Roolit')
})

test('the officer sees each list that left, with its persons and its reason, and whose it was in', async () => {
  const one = await person(opened.owner, { family: 'Yksi' })
  const two = await person(opened.owner, { family: 'Kaksi' })
  await promise(one, '2026-12-01')
  await promise(two, '2026-12-01', ['move'])
  await out(agent, queue, {})
  await out(agent, queue, { query: { topic: 'move' } }, { as: 'xlsx', because: 'reason:other:vuoron vaihto' })
  const seen = async (query: object) =>
    (await http.ask(officer, listExports, { query })).output.map(({ people, reason, form }) => [people, reason, form])
  assert.deepEqual(
    new Set(await seen({})),
    new Set([
      [2, why, 'csv'],
      [1, 'reason:other:vuoron vaihto', 'xlsx'],
    ]),
  )
  assert.deepEqual(await seen({ customer_id: one }), [[2, why, 'csv']])
  assert.deepEqual(await seen({ recorded_by: 'staff:8' }), [])
  assert.equal((await http.ask(agent, listExports, { query: {} })).status, 403)
  // Ids of the declaration are said in the reader's language.
  const file = await out(officer, listExports, {}, { language: 'sv' })
  const lines = linesOf(file.body).map((line) => line.split(';').slice(3, 9).join(';'))
  assert.deepEqual(
    new Set(lines),
    new Set([
      'Roll;Bolag;Lista;Format;Skäl;Personer',
      'Kundrådgivare;retail;Arbetskö;csv;Som arbetslista;2',
      'Kundrådgivare;retail;Arbetskö;xlsx;vuoron vaihto;1',
    ]),
  )
})

test('what the log names is said in words, a list that left too; what is no longer declared stands by its id', async () => {
  const names = namesOf(
    opened.register.description,
    routesOf(opened.register, () => ({}) as never, noFolder).map(({ endpoint }) => endpoint),
  )
  assert.equal(names('actions', queue.action, 'fi'), 'asiakkaille luvattujen asioiden katselu')
  assert.equal(
    names('actions', takenOutAs(queue.action, 'csv'), 'sv'),
    'se vad som har lovats kunder, utförd till fil (csv)',
  )
  assert.equal(names('actions', restoredAction.id, 'fi'), 'käyttölokin jatkaminen varmuuskopiosta')
  assert.equal(names('lists', queue.action, 'fi'), 'Työjono')
  assert.equal(names('roles', 'customer-service', 'en'), 'Customer adviser')
  assert.equal(names('purposes', 'rights', 'fi'), opened.register.description.purposes.rights.label.fi)
  assert.equal(names('roles', 'gone', 'fi'), 'gone')
})

test('the gate opens to the logins of lists alone, and they write nothing past it', async () => {
  const customer = await person(opened.owner, { controllers: retailer | network })
  const call = `select list_taken_out(gen_random_uuid(), 'x', 'csv', 'y', 'staff:1', now(), '\\x00', '{}', array[${customer}::bigint])`
  for (const bundle of opened.register.bundles.values()) {
    const asked = opened.register.pool(bundle.login).query(call)
    if (bundle.takesOut) await asked
    else await assert.rejects(asked, { code: '42501' }, bundle.login)
  }
  for (const bundle of opened.register.bundles.values()) {
    if (!bundle.takesOut) continue
    const pool = opened.register.pool(bundle.login)
    await assert.rejects(pool.query(`select wall_restricted(array[${customer}::bigint], true)`), { code: '42501' })
    await assert.rejects(pool.query('delete from disclosure'), { code: '42501' })
    await assert.rejects(
      pool.query(
        `insert into disclosure (customer_id, recipient, purpose, categories, what, at, notice_hash, recorded_by) values (${customer}, 'x', 'x', '{}', 'x', now(), '\\x00', 'x')`,
      ),
      { code: '42501' },
    )
  }
})
