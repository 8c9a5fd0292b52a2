import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newDataKey, seal } from '../../../platform/keys.ts'
import { callReason } from '../../../register/reasons.ts'
import type { CallerFact } from '../../../register/verification.ts'
import { testRegister, type TestRegister } from '../../../tests/database.ts'
import { callWith, network, person, retailer } from '../../../tests/people.ts'
import { served, staffIn, type Served } from '../../../tests/served.ts'
import { artificialIdentityCode, type CustomerId } from '../../customers/index.ts'
import * as contacts from '../api.ts'
import * as calls from '../calls/api.ts'
import { callRoutes } from '../calls/routes.ts'
import { contactRoutes } from '../routes.ts'
import * as api from './api.ts'
import { verificationRoutes } from './routes.ts'

const agent = staffIn('customer-service', 'retail', 5)
const identityDesk = staffIn('identity-desk', 'retail', 8)
const biller = staffIn('billing', 'retail')

let opened: TestRegister
let desk: Served
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, [...verificationRoutes, ...callRoutes, ...contactRoutes])
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const made = async (given: Parameters<typeof person>[1] = {}) => (await person(opened.owner, given)) as CustomerId
const numberOf = async (who: number): Promise<string> =>
  (await opened.owner.query<{ number: string }>('select number from customer where id = $1', [who])).rows[0]?.number ??
  ''
const answer = (contact_id: number, fact: CallerFact, said: string, by = agent) =>
  desk.ask(by, api.answerQuestion, { params: { contact_id }, body: { fact, said } })
const taken = async (who: CustomerId, number: string | null, representation_id: number | null = null, by = agent) => {
  const exchange = { handle: 'token:1', staff_id: null, role: 'telephone-system', hat: 'retail' }
  const call = await desk.ask(exchange, calls.announceCall, { body: { number } })
  const { output, problem, status } = await desk.ask(by, calls.takeCall, {
    params: { call_id: call.output.id },
    body: { customer_id: who, representation_id },
  })
  assert.equal(status, 200, JSON.stringify(problem))
  return output.contact_id
}

test('a caller is known step by step; what they say is compared, never shown and never kept', async () => {
  const who = await made()
  const contact_id = await taken(who, null)
  const seen = await desk.ask(agent, api.verification, { params: { contact_id } })
  assert.equal(seen.output.level, 1)
  assert.deepEqual(seen.output.ask, ['customer-number', 'birth-date', 'address', 'phone'])
  const number = await numberOf(who)
  assert.ok(!JSON.stringify(seen.output).includes(number))
  assert.ok(!JSON.stringify(seen.output).includes('1980'))
  desk.lines()
  const first = await answer(contact_id, 'customer-number', number)
  assert.deepEqual([first.output.level, first.output.passed], [1, ['customer-number']])
  assert.ok(
    desk.lines().some(({ subject, categories }) => subject === who && categories.includes('customer-number')),
    'that a number was compared stands in the log',
  )
  const wrong = await answer(contact_id, 'birth-date', '2.5.1980')
  assert.deepEqual([wrong.output.level, wrong.output.failed], [1, ['birth-date']])
  assert.ok(!wrong.output.ask.includes('birth-date'))
  assert.equal((await answer(contact_id, 'birth-date', '1.5.1980')).problem.code, 'verification.asked-already')
  const known = await answer(contact_id, 'address', 'Mallikatu 1')
  assert.equal(known.output.level, 2)
  const { rows } = await opened.owner.query('select * from caller_verification where contact_id = $1', [contact_id])
  assert.equal(rows.length, 1)
  for (const said of ['2.5.1980', 'Mallikatu', number]) assert.ok(!JSON.stringify(rows).includes(said), said)
})

test('two wrong answers, and the caller is anyone, whatever else they know', async () => {
  const who = await made()
  const contact_id = await taken(who, null)
  await answer(contact_id, 'customer-number', await numberOf(who))
  await answer(contact_id, 'birth-date', '1.1.1990')
  assert.equal((await answer(contact_id, 'phone', '040 000 0000')).output.level, 0)
  assert.equal((await answer(contact_id, 'address', 'Mallikatu 1')).output.level, 0)
})

test('a number that rings is evidence when the telephone system tells it, not when it is typed', async () => {
  const phone = '+358507770001'
  const who = await made({ phone })
  const rung = await taken(who, phone)
  assert.deepEqual((await desk.ask(agent, api.verification, { params: { contact_id: rung } })).output.passed, [
    'calling-number',
  ])
  assert.equal((await answer(rung, 'customer-number', await numberOf(who))).output.level, 2)
  const typed = await desk.ask(agent, calls.announceCall, { body: { number: phone } })
  const again = await desk.ask(agent, calls.takeCall, {
    params: { call_id: typed.output.id },
    body: { customer_id: who },
  })
  const params = { contact_id: again.output.contact_id }
  assert.deepEqual((await desk.ask(agent, api.verification, { params })).output.passed, [])
})

test('the end of an identity code is compared by those alone who may see it', async () => {
  const who = await made()
  const code = artificialIdentityCode('1980-05-01', 902)
  const { keys } = opened.register
  const { key, wrapped, key_version } = newDataKey(keys, who)
  await opened.owner.query(`insert into subject_key values ($1, $2, $3, '2026-01-01Z')`, [who, wrapped, key_version])
  await opened.owner.query(
    `insert into identity_code (customer_id, code, blind, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, $3, '[1980-05-01,)', 3, 'test', '2026-01-01Z', 'system:test')`,
    [who, seal(key, code, `identity_code|code|${who}`), keys.blinds('identity-code', code).blind],
  )
  const theirs = await taken(who, null, null, identityDesk)
  const seen = await desk.ask(identityDesk, api.verification, { params: { contact_id: theirs } })
  assert.ok(seen.output.ask.includes('identity-code-end'))
  desk.lines()
  const right = await answer(theirs, 'identity-code-end', code.slice(-4).toLowerCase(), identityDesk)
  assert.deepEqual([right.output.passed, right.output.level], [['identity-code-end'], 1])
  assert.ok(!JSON.stringify(right.output).includes(code.slice(-4)))
  assert.ok(desk.lines().some(({ subject, categories }) => subject === who && categories.includes('identity-code')))
  const ours = await taken(who, null)
  const agents = await desk.ask(agent, api.verification, { params: { contact_id: ours } })
  assert.ok(!agents.output.ask.includes('identity-code-end'))
  assert.equal((await answer(ours, 'identity-code-end', code.slice(-4))).problem.code, 'verification.not-askable')
})

test('what was said in earlier contacts is not read before the caller is known', async () => {
  const who = await made()
  const params = { customer_id: who }
  await desk.ask(agent, contacts.addContact, { params, body: { body: 'Salainen sopimus' } })
  const bodies = async (level: number) => {
    const contact = await callWith(opened.owner, who, { staff: 5, level })
    const { output } = await desk.ask(agent, contacts.timeline, { params, query: {} }, callReason(contact))
    return JSON.stringify(output).includes('Salainen sopimus')
  }
  assert.deepEqual([await bodies(1), await bodies(2)], [false, true])
})

test('speaking for another begins anew, and forgets nothing that was wrong', async () => {
  const who = await made()
  const by = await made({ birth_date: '1970-02-03' })
  const { rows } = await opened.owner.query<{ id: string }>(
    `insert into representation (represented_id, representative_id, kind, scope, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'contact-person', '{data}', '[2020-01-01,)', $3, 'test', '2026-01-01Z', 'system:test') returning id`,
    [who, by, retailer | network],
  )
  const contact_id = await taken(who, null)
  await answer(contact_id, 'customer-number', await numberOf(who))
  await answer(contact_id, 'birth-date', '1.1.1999')
  const actFor = (representation_id: number | null) =>
    desk.ask(agent, api.actFor, { params: { contact_id }, body: { representation_id } })
  const acting = await actFor(Number(rows[0]?.id))
  assert.deepEqual([acting.output.level, acting.output.passed, acting.output.failed], [1, [], ['birth-date']])
  assert.equal((await actFor(999_999)).problem.code, 'representation.not-found')
})

test('one who says to be a person who has died stays at what they say', async () => {
  const who = await made()
  await opened.owner.query(`update customer set deceased_on = '2026-01-01' where id = $1`, [who])
  const contact_id = await taken(who, null)
  await answer(contact_id, 'customer-number', await numberOf(who))
  assert.equal((await answer(contact_id, 'birth-date', '1.5.1980')).output.level, 1)
})

test('a verification is one’s own, and ends', async () => {
  const who = await made()
  const theirs = await callWith(opened.owner, who, { staff: 6 })
  assert.equal(
    (await desk.ask(agent, api.verification, { params: { contact_id: theirs } })).problem.code,
    'contact.not-found',
  )
  const over = await callWith(opened.owner, who, { staff: 5, at: '2026-11-24T05:00:00Z' })
  assert.equal((await answer(over, 'birth-date', '1.5.1980')).problem.code, 'verification.over')
  assert.equal((await desk.ask(agent, api.verification, { params: { contact_id: over } })).output.level, 0)
})

test('every route refuses who is not declared for it', async () => {
  const params = { contact_id: 1 }
  const asked = [
    [api.verification, { params }],
    [api.answerQuestion, { params, body: { fact: 'address', said: 'x' } }],
    [api.actFor, { params, body: { representation_id: null } }],
  ] as const
  assert.equal(asked.length, verificationRoutes.length)
  for (const [endpoint, given] of asked)
    assert.equal((await desk.ask(biller, endpoint, given as never)).problem.code, 'role.not-declared', endpoint.action)
})
