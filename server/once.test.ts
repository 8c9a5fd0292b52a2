// Writes that carry an Idempotency-Key: done once, answered alike, bound to the one who sent them, and told truly in the access log.
import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { addContactPoint, contactDetails } from '../chapters/customers/api.ts'
import { inviteStaff } from '../chapters/access/staff/api.ts'
import { openSearch } from '../chapters/customers/index.ts'
import type { AccessEvent } from '../enforcement/access-event.ts'
import { forgetReceipts } from '../enforcement/receipts.ts'
import type { Actor } from '../enforcement/serve.ts'
import { emptied, type TestRegister, testRegister } from '../tests/database.ts'
import { identified } from '../tests/identified.ts'
import { person, retailer } from '../tests/people.ts'
import { staffIn } from '../tests/served.ts'
import { routesOf } from './routes.ts'

let opened: TestRegister
let server: Awaited<ReturnType<typeof identified>>
let now = new Date('2026-11-24T08:00:00Z')
let lines: AccessEvent[] = []

before(async () => {
  opened = await testRegister()
  const { register } = opened
  const words = await openSearch(register.pool('search-index.customer-care.group'))
  server = await identified(
    register,
    routesOf(register, () => words, { pathOf: (name: string) => name } as never),
    async ({ headers }) => JSON.parse(String(headers['x-as'])) as Actor,
    () => now,
    (events) => void lines.push(...events),
  )
})
afterEach(() => emptied(opened.owner))
after(async () => {
  await server.close()
  await opened.drop()
})

const agent = staffIn('customer-service', 'retail', 7)
const email = { channel: 'email', value: 'aino@esimerkki.fi', use: 'main' }

type Asked = { readonly actor?: Actor; readonly key?: string; readonly body?: object; readonly because?: string }
const add = async (customer: number, { actor = agent, key = 'pyynto-0001', body = email }: Asked = {}) => {
  const response = await server.inject({
    method: 'POST',
    url: addContactPoint.path.replace(':customer_id', String(customer)),
    headers: { 'x-register': 'test', 'x-as': JSON.stringify(actor), 'idempotency-key': key, because: 'reason%3Avisit' },
    payload: body,
  })
  return {
    status: response.statusCode,
    again: response.headers['idempotent-replayed'],
    text: response.body,
    body: JSON.parse(response.body) as Record<string, unknown>,
  }
}
const emails = async (): Promise<number> => {
  const { rowCount } = await opened.owner.query("select from contact_point where channel = 'email'")
  return rowCount ?? 0
}

test('the same request again gives the same answer and does nothing', async () => {
  const customer = await person(opened.owner, { controllers: retailer })
  const first = await add(customer)
  assert.deepEqual([first.status, first.again], [200, undefined], first.text)
  lines = []
  const second = await add(customer)
  assert.deepEqual([second.status, second.again, second.text], [200, 'true', first.text])
  assert.equal(await emails(), 1)
  // The log says what happened: the data was told once more, and nothing was written.
  assert.deepEqual(
    lines.map(({ actor, subject, outcome, endpoint }) => [actor, subject, outcome, endpoint]),
    [['staff:7', customer, 'read', addContactPoint.action]],
  )
  assert.deepEqual(lines[0]?.categories, ['contact-details'])
})

test('the same key with another request is a conflict, and nothing is done', async () => {
  const [customer, other] = [await person(opened.owner), await person(opened.owner)]
  await add(customer)
  const changed = await add(customer, { body: { ...email, value: 'toinen@esimerkki.fi' } })
  assert.deepEqual([changed.status, changed.body['code']], [409, 'idempotency-key.other-request'])
  const elsewhere = await add(other)
  assert.deepEqual([elsewhere.status, elsewhere.body['code']], [409, 'idempotency-key.other-request'])
  assert.equal(await emails(), 1)
})

test('twins at once have one effect and one answer', async () => {
  const customer = await person(opened.owner)
  const answers = await Promise.all(Array.from({ length: 12 }, () => add(customer)))
  assert.equal(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 1)
  assert.equal(answers.filter(({ again }) => again === undefined).length, 1)
  assert.equal(await emails(), 1)
})

test('a request that was refused has taken nothing: mended, or tried again, it is done', async () => {
  const customer = await person(opened.owner)
  await add(customer, { key: 'toinen-pyynto' })
  const refused = await add(customer)
  assert.deepEqual([refused.status, refused.body['code']], [409, 'contact-point.overlaps'])
  assert.equal((await opened.owner.query('select from idempotency_key')).rowCount, 1)
  await opened.owner.query("delete from contact_point where channel = 'email'")
  const mended = await add(customer)
  assert.deepEqual([mended.status, mended.again], [200, undefined])
})

test('a key belongs to who sent it, in the role and hat that they sent it in', async () => {
  const customer = await person(opened.owner)
  await add(customer)
  const others = [staffIn('customer-service', 'retail', 8), staffIn('customer-service', 'network', 7)]
  for (const [i, actor] of others.entries()) {
    const answer = await add(customer, { actor, body: { ...email, value: `oma${i}@esimerkki.fi` } })
    assert.deepEqual([answer.status, answer.again], [200, undefined])
  }
  assert.equal(await emails(), 3)
})

test('the table opens to nobody: neither key, nor request, nor answer stands in it', async () => {
  const customer = await person(opened.owner)
  await add(customer, { key: 'tunnistettava-avain' })
  const { rows } = await opened.owner.query<Record<string, Buffer | string>>(
    'select caller, key, request, answer from idempotency_key',
  )
  const [row] = rows
  const whole = Object.values(row ?? {})
    .map((value) => (typeof value === 'string' ? value : value.toString('latin1')))
    .join(' ')
  for (const hidden of ['tunnistettava-avain', 'aino@esimerkki.fi', 'esimerkki', 'email'])
    assert.ok(!whole.includes(hidden), hidden)
  assert.ok((row?.['answer']?.length ?? 0) > 50)
  // Another login cannot reach a receipt, not even by the function that finds them.
  const found = await opened.register
    .pool('billing.payment.retail')
    .query(
      `select receipt_taken('staff:7', key, request, $1, $1) as found from (select '\\x01'::bytea as key, '\\x02'::bytea as request) t`,
      [now],
    )
  assert.equal(found.rows[0].found, null)
  await assert.rejects(opened.register.pool('billing.payment.retail').query('select answer from idempotency_key'), {
    code: '42501',
  })
})

test('a receipt is kept for the period that the register describes, and no longer', async () => {
  const customer = await person(opened.owner)
  const period = opened.register.description.retention.find(({ category }) => category === 'request-receipt')
  assert.equal(period?.period, 'P1D')
  await add(customer)
  const begun = now
  try {
    now = new Date(begun.getTime() + 24 * 3_600_000 - 1)
    assert.equal(await forgetReceipts(opened.register, now), 0)
    assert.equal((await add(customer)).again, 'true')
    now = new Date(begun.getTime() + 24 * 3_600_000)
    const after = await add(customer, { body: { ...email, value: 'uusi@esimerkki.fi' } })
    assert.deepEqual([after.status, after.again], [200, undefined], 'the key is free again')
    now = new Date(begun.getTime() + 48 * 3_600_000)
    assert.equal(await forgetReceipts(opened.register, now), 1)
  } finally {
    now = begun
  }
})

test('a repetition is judged by the walls of its own day, not of the first', async () => {
  const judged = async (change: string, back: string, status: number, code: string) => {
    const customer = await person(opened.owner, { controllers: retailer })
    assert.equal((await add(customer)).status, 200)
    await opened.owner.query(change.replace('WHO', String(customer)))
    lines = []
    const refused = await add(customer)
    assert.deepEqual([refused.status, refused.body['code'], refused.again], [status, code, undefined], change)
    assert.ok(!refused.text.includes('esimerkki'))
    assert.deepEqual(
      lines.map(({ outcome, subject }) => [outcome, subject]),
      [['refused', null]],
    )
    await opened.owner.query(back.replace('WHO', String(customer)))
    assert.deepEqual([(await add(customer)).status, (await add(customer)).again], [200, 'true'], back)
    await emptied(opened.owner)
  }
  await judged(
    'select wall_restricted(array[WHO], true)',
    'select wall_restricted(array[WHO], false)',
    404,
    'customer.not-found',
  )
  await judged(
    'select wall_protected(array[WHO], true)',
    'select wall_protected(array[WHO], false)',
    403,
    'row.behind-wall',
  )
  await judged(
    'update customer set controllers = 2 where id = WHO',
    'update customer set controllers = 1 where id = WHO',
    404,
    'customer.not-found',
  )

  // Who opens protected people one at a time, with a reason, is told again.
  const officer = staffIn('identity-desk', 'retail', 9)
  const customer = await person(opened.owner, { controllers: retailer })
  await add(customer, { actor: officer })
  await opened.owner.query('select wall_protected(array[$1::bigint], true)', [customer])
  const again = await add(customer, { actor: officer })
  assert.deepEqual([again.status, again.again], [200, 'true'], again.text)
})

test('a password that is told once is not told to another, and is told again to who sent the request', async () => {
  const administrator = staffIn('administrator', 'group', 9_999)
  const invite = async (key: string, actor = administrator) => {
    const response = await server.inject({
      method: 'POST',
      url: inviteStaff.path,
      headers: { 'x-register': 'test', 'x-as': JSON.stringify(actor), 'idempotency-key': key },
      payload: { login: 'uusi', name: 'Uusi Tekijä', unit: 'Laskutus', language: 'fi', roles: ['billing'] },
    })
    return JSON.parse(response.body) as Record<string, unknown>
  }
  const first = await invite('kutsu-0001')
  assert.equal((await invite('kutsu-0001'))['password'], first['password'])
  const other = await invite('kutsu-0001', staffIn('administrator', 'group', 9_998))
  assert.equal(other['code'], 'staff.login-taken')
})

test('a key that is none, or where none can be kept to, is refused before anything is done', async () => {
  const customer = await person(opened.owner)
  for (const key of ['short', 'with space in it', 'x'.repeat(201), 'ääkköset-avain']) {
    const { status, body } = await add(customer, { key })
    assert.deepEqual([status, body['code']], [400, 'idempotency-key.unusable'], key)
  }
  const signIn = await server.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-register': 'test', 'x-as': JSON.stringify(agent), 'idempotency-key': 'kirjautuminen' },
    payload: { login: 'x', password: 'y' },
  })
  assert.deepEqual([signIn.statusCode, JSON.parse(signIn.body).code], [400, 'idempotency-key.not-here'])
  const read = await server.inject({
    url: contactDetails.path.replace(':customer_id', String(customer)),
    headers: { 'x-as': JSON.stringify(agent), 'idempotency-key': 'x', because: 'reason%3Avisit' },
  })
  assert.equal(read.statusCode, 200, 'a read is the same however often')
  assert.equal(await emails(), 0)
})
