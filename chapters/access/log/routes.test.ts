import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { AccessEvent } from '../../../enforcement/access-event.ts'
import { openAccessLog } from '../../../enforcement/access-log/log.ts'
// @ts-expect-error The verifier is published as plain JavaScript and has no types.
import { verifyConsistency, verifyLine } from '../../../enforcement/access-log/verify.mjs'
import { type TestRegister, testRegister } from '../../../tests/database.ts'
import { person } from '../../../tests/people.ts'
import { type Served, served, staffIn } from '../../../tests/served.ts'
import * as api from './api.ts'
import { logRoutes } from './routes.ts'

let opened: TestRegister
let http: Served
const officer = staffIn('data-protection-officer', 'group')
const agent = staffIn('customer-service', 'retail')
const administrator = staffIn('administrator', 'group')

before(async () => {
  opened = await testRegister()
  http = await served(opened.register, logRoutes(opened.register))
  // Seven lines, one an hour: customers 11 and 12 in turn, seen by staff:1 and staff:2 in turns of three.
  await opened.owner.query(`
    insert into access_event (id, request, seq, at, actor, role, purpose, hat, subject_id, categories, endpoint, because, outcome, notice_hash, salt, leaf)
    select n, gen_random_uuid(), 0, timestamptz '2026-11-24 00:00Z' + n * interval '1 hour', 'staff:' || 1 + n / 3 % 2, 'customer-service',
           'customer-care', 'retail', 11 + n % 2, '{name}', 'open a customer', 'call:' || n, case n when 5 then 'written' else 'read' end, 'ab', 'x', 'y'
      from generate_series(0, 6) n`)
  await opened.owner.query(
    `insert into access_checkpoint (size, root, note, at) values (4, '\\x00ff', 'four', '2026-11-24 04:00Z'), (7, '\\x01', 'seven', '2026-11-24 07:00Z')`,
  )
})
after(async () => {
  await http.server.close()
  await opened.drop()
})

const found = async (query: object) => {
  const { status, output } = await http.ask(officer, api.searchAccessLog, { query })
  assert.equal(status, 200, JSON.stringify(output))
  return output.lines.map(({ id }) => id)
}

test('the log is searched by customer, actor, outcome and time, newest first', async () => {
  assert.deepEqual(await found({}), [6, 5, 4, 3, 2, 1, 0])
  assert.deepEqual(await found({ customer_id: 11 }), [6, 4, 2, 0])
  assert.deepEqual(await found({ actor: 'staff:2' }), [5, 4, 3])
  assert.deepEqual(await found({ outcome: 'written' }), [5])
  assert.deepEqual(await found({ from: '2026-11-24T02:00:00Z', to: '2026-11-24T06:00:00+02:00' }), [3, 2])
  assert.deepEqual(await found({ customer_id: 12, actor: 'staff:2' }), [5, 3])
})

test('a search without a first day reads the last 31 days, and all of one person', async () => {
  await opened.owner.query(`
    insert into access_event (id, request, seq, at, actor, role, purpose, hat, subject_id, categories, endpoint, because, outcome, notice_hash, salt, leaf)
    values (70, gen_random_uuid(), 0, '2026-10-01Z', 'staff:3', 'customer-service', 'customer-care', 'retail', 11, '{name}', 'open a customer', null, 'read', 'ab', 'x', 'y')`)
  const asked = async (query: object) => (await http.ask(officer, api.searchAccessLog, { query })).output
  try {
    assert.deepEqual(await found({ actor: 'staff:3' }), [])
    assert.equal((await asked({ actor: 'staff:3' })).from, '2026-10-24T08:00:00.000Z', 'and it is said where it began')
    assert.deepEqual(await found({ actor: 'staff:3', to: '2026-10-20T00:00:00Z' }), [70])
    assert.deepEqual(await found({ actor: 'staff:3', from: '2026-09-30T00:00:00Z' }), [70])
    assert.deepEqual(await found({ customer_id: 11, actor: 'staff:3' }), [70])
    assert.equal((await asked({ customer_id: 11 })).from, null)
  } finally {
    await opened.owner.query('delete from access_event where id = 70')
  }
})

test('pages follow each other without gap or repetition', async () => {
  // Pages of seven end exactly at the first line of all, whose id is 0.
  for (const limit of [3, 7]) {
    const seen: number[] = []
    let next: number | null | undefined
    while (next !== null && seen.length < 9) {
      const query = { limit, ...(next === undefined ? {} : { before: next }) }
      const { status, output } = await http.ask(officer, api.searchAccessLog, { query })
      assert.equal(status, 200)
      seen.push(...output.lines.map(({ id }) => id))
      next = output.next
    }
    assert.deepEqual(seen, [6, 5, 4, 3, 2, 1, 0])
  }
})

test('who looks at the log is in the log, once for each person shown', async () => {
  http.lines()
  await found({ actor: 'staff:2' })
  assert.deepEqual(
    http.lines().map(({ endpoint, subject, outcome }) => [endpoint, subject, outcome]),
    [
      ['search the access log', 12, 'listed'],
      ['search the access log', 11, 'listed'],
    ],
  )
})

test('checkpoints, newest first', async () => {
  const { output } = await http.ask(officer, api.listCheckpoints, { query: { limit: 1 } })
  assert.deepEqual(
    [output.checkpoints.map(({ size, root, note }) => [size, root, note]), output.next],
    [[[7, 'AQ==', 'seven']], 7],
  )
  const rest = await http.ask(officer, api.listCheckpoints, { query: { before: 7 } })
  assert.deepEqual([rest.output.checkpoints.map(({ size }) => size), rest.output.next], [[4], null])
})

test('the log is searched by purpose, action and reason as well, and a search of the last days reads no further', async () => {
  assert.deepEqual(
    await found({ purpose: 'customer-care', endpoint: 'open a customer', reason: 'call' }),
    [6, 5, 4, 3, 2, 1, 0],
  )
  assert.deepEqual(await found({ purpose: 'marketing' }), [])
  assert.deepEqual(await found({ endpoint: 'open' }), [], 'an action is named whole')
  assert.deepEqual(await found({ because: 'CALL:4' }), [4])
  assert.deepEqual(await found({ because: 'call:%' }), [], 'what is sought is text, no pattern')
  assert.deepEqual(await found({ reason: 'none' }), [])
  await opened.owner.query('update access_event set subject_id = null where id = 3')
  assert.deepEqual(await found({ about: 'people', actor: 'staff:2' }), [5, 4])
  await opened.owner.query('update access_event set subject_id = 12 where id = 3')
  // Four lines were signed at four o'clock: a search from half past five on begins after them, and finds all that is later.
  assert.deepEqual(await found({ from: '2026-11-24T05:30:00Z' }), [6])
  assert.deepEqual(await found({ from: '2026-11-24T03:30:00Z' }), [6, 5, 4])
})

test('a line says by whom and whose it is, to those who may know both', async () => {
  const customer = await person(opened.owner, { given: 'Aino', family: 'Katsottu' })
  const { rows } = await opened.owner.query<{ id: string }>(
    `insert into staff (login, name, unit, language, state, recorded_at, recorded_by)
     values ('katsoja', 'Kati Katsoja', 'Laskutus', 'fi', 'active', '2026-01-01Z', 'system:test') returning id`,
  )
  await opened.owner.query('update access_event set subject_id = $1, actor = $2 where id = 6', [
    customer,
    `staff:${rows[0]?.id}`,
  ])
  const { output } = await http.ask(officer, api.searchAccessLog, { query: { customer_id: customer } })
  assert.deepEqual(
    output.lines.map(({ id, actor_name, subject_name }) => [id, actor_name, subject_name]),
    [[6, 'Kati Katsoja', 'Aino Katsottu']],
  )
  // A person who was joined to another is looked at through that one.
  const into = await person(opened.owner)
  await opened.owner.query('update customer set merged_into = $1 where id = $2', [into, customer])
  assert.deepEqual(await found({ customer_id: into }), [6])
  await opened.owner.query(`update access_event set subject_id = 11, actor = 'staff:1' where id = 6`)
})

test('persons shown to one of the staff are counted, once each, by what was done', async () => {
  const day = { from: '2026-11-24T00:00:00Z', to: '2026-11-25T00:00:00Z' }
  const count = async (query: { actor: string; from: string; to: string }) =>
    (await http.ask(officer, api.countSeen, { query })).output
  assert.deepEqual(await count({ actor: 'staff:2', ...day }), {
    people: 2,
    lines: 3,
    actions: [
      { endpoint: 'open a customer', outcome: 'read', people: 2, lines: 2 },
      { endpoint: 'open a customer', outcome: 'written', people: 1, lines: 1 },
    ],
  })
  assert.deepEqual(await count({ actor: 'staff:7', ...day }), { people: 0, lines: 0, actions: [] })
  for (const actor of [agent, administrator, staffIn('rights-desk', 'group')])
    assert.equal((await http.ask(actor, api.countSeen, { query: { actor: 'staff:2', ...day } })).status, 403)
})

test('a person is told when, why, for whom and by which unit they were looked at; not by whom', async () => {
  for (const who of [officer, staffIn('rights-desk', 'group')]) {
    const { status, output } = await http.ask(who, api.looksAtPerson, {
      params: { customer_id: 12 as never },
      query: { limit: 2 },
    })
    assert.equal(status, 200)
    assert.deepEqual([output.looks.map(({ id }) => id), output.next], [[5, 3], 3])
    const [look] = output.looks
    assert.deepEqual(
      [
        look?.unit.fi,
        look?.purpose.en,
        look?.companies,
        look?.categories.map(({ fi }) => fi),
        look?.reason,
        look?.outcome,
      ],
      ['Asiakaspalvelu', 'Customer care', ['Lahti Energia Oy'], ['Nimi'], 'call', 'written'],
    )
    assert.ok(!JSON.stringify(output).includes('staff:'))
  }
  const own = await person(opened.owner, { given: 'Aino', family: 'Kysyvä' })
  const named = await http.ask(officer, api.looksAtPerson, { params: { customer_id: own as never }, query: {} })
  assert.equal(named.output.person?.name, 'Aino Kysyvä')
  for (const who of [agent, administrator])
    assert.equal(
      (await http.ask(who, api.looksAtPerson, { params: { customer_id: 12 as never }, query: {} })).status,
      403,
    )
})

test('a line and the growth of the log are proved to who trusts nobody here; only the line’s own person counts as shown', async () => {
  const sealed = await testRegister()
  const folder = await mkdtemp(join(tmpdir(), 'access-log-'))
  const { privateKey } = generateKeyPairSync('ed25519')
  const log = await openAccessLog({
    pool: sealed.register.pool('log-sealer.security.group'),
    folder,
    signingKey: privateKey,
    origin: 'test/access-log',
    now: () => new Date(),
  })
  const own = await served(sealed.register, logRoutes(sealed.register))
  try {
    const line = (subject: number): AccessEvent => ({
      at: new Date('2026-11-24T08:00:00Z'),
      request: randomUUID(),
      actor: 'staff:1',
      role: 'customer-service',
      purpose: 'customer-care',
      hat: 'retail',
      subject,
      categories: ['name'],
      endpoint: 'open a customer',
      because: null,
      outcome: 'read',
      noticeHash: 'ab',
    })
    const proof = (line_id: number) => own.ask(officer, api.proveLine, { params: { line_id } })
    await log.note([line(1), line(2), line(3)], { strict: true })
    const early = await proof(1)
    assert.deepEqual([early.status, early.problem.code], [409, 'log.line-unsigned'])
    const first = await log.checkpoint()
    own.lines()
    const { output } = await proof(1)
    assert.equal((await verifyLine(output, log.key))[8], '2')
    assert.deepEqual(
      own.lines().map(({ subject, endpoint }) => [subject, endpoint]),
      [[2, 'take the proof of a line of the access log']],
    )
    assert.equal((await proof(99)).problem.code, 'log.line-unknown')

    await log.note([line(4), line(5)], { strict: true })
    await log.checkpoint()
    const growth = (query: { earlier: number; later?: number }) => own.ask(officer, api.proveGrowth, { query })
    const grown = await growth({ earlier: 3 })
    await verifyConsistency(first, grown.output.later, grown.output.hashes, log.key)
    assert.equal((await growth({ earlier: 3, later: 4 })).problem.code, 'log.checkpoint-unknown')
    assert.deepEqual((await growth({ earlier: 9 })).problem.code, 'log.shorter-than-kept')
    for (const actor of [agent, administrator]) {
      assert.equal((await own.ask(actor, api.proveLine, { params: { line_id: 1 } })).status, 403)
      assert.equal((await own.ask(actor, api.proveGrowth, { query: { earlier: 3 } })).status, 403)
    }
  } finally {
    await log.close()
    await own.server.close()
    await sealed.drop()
    await rm(folder, { recursive: true })
  }
})

test('the log is closed to others; what is not a question is refused', async () => {
  for (const actor of [agent, administrator]) {
    assert.equal((await http.ask(actor, api.searchAccessLog, { query: {} })).problem.code, 'role.not-declared')
    assert.equal((await http.ask(actor, api.listCheckpoints, { query: {} })).problem.code, 'role.not-declared')
  }
  assert.equal((await http.ask(staffIn('rights-desk', 'group'), api.searchAccessLog, { query: {} })).status, 403)
  assert.equal((await http.ask(undefined, api.searchAccessLog, { query: {} })).status, 401)
  for (const query of [{ limit: 201 }, { before: -1 }, { from: 'eilen' }, { customer_id: '1 or 1=1' }])
    assert.equal((await http.ask(officer, api.searchAccessLog, { query: query as never })).status, 422)
})
