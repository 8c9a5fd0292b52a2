import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../enforcement/serve.ts'
import { callReason, taskReason } from '../register/reasons.ts'
import type { CallerFact } from '../register/verification.ts'
import * as contacts from '../chapters/contacts/api.ts'
import * as api from '../chapters/contacts/calls/api.ts'
import { callRoutes } from '../chapters/contacts/calls/routes.ts'
import { contactRoutes } from '../chapters/contacts/routes.ts'
import * as verification from '../chapters/contacts/verification/api.ts'
import { verificationRoutes } from '../chapters/contacts/verification/routes.ts'
import * as customers from '../chapters/customers/api.ts'
import type { CustomerId } from '../chapters/customers/index.ts'
import { customerRoutes } from '../chapters/customers/routes.ts'
import { testRegister, type TestRegister } from './database.ts'
import { callWith, network, person, retailer } from './people.ts'
import { served, staffIn, type Served } from './served.ts'

const agent = staffIn('customer-service', 'retail', 5)
const other = staffIn('customer-service', 'retail', 6)
const biller = staffIn('billing', 'retail')
const exchange: Actor = { handle: 'token:1', staff_id: null, role: 'telephone-system', hat: 'retail' }

let opened: TestRegister
let desk: Served
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, [...callRoutes, ...contactRoutes, ...verificationRoutes, ...customerRoutes])
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const made = async (given: Parameters<typeof person>[1] = {}) => (await person(opened.owner, given)) as CustomerId
const represented = async (who: number, by: number, scope: string[] = ['invoicing'], during = '[2020-01-01,)') => {
  const { rows } = await opened.owner.query<{ id: string }>(
    `insert into representation (represented_id, representative_id, kind, scope, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'guardian', $3, $4, $5, 'test', '2026-01-01Z', 'system:test') returning id`,
    [who, by, scope, during, retailer | network],
  )
  return Number(rows[0]?.id)
}
const rung = async (number: string | null) => {
  const { status, output, problem } = await desk.ask(exchange, api.announceCall, { body: { number } })
  assert.equal(status, 200, JSON.stringify(problem))
  return output
}
const take = (call_id: number, customer_id: CustomerId, by = agent, representation_id: number | null = null) =>
  desk.ask(by, api.takeCall, { params: { call_id }, body: { customer_id, representation_id } })
const answer = (contact_id: number, fact: CallerFact, said: string) =>
  desk.ask(agent, verification.answerQuestion, { params: { contact_id }, body: { fact, said } })

test('a picked call is a contact, for whose sake the card opens: its lines in the log say so', async () => {
  const who = await made({ phone: '+358507775555' })
  const call = await rung('0507775555')
  const taken = await take(call.id, who)
  assert.equal(taken.status, 200, JSON.stringify(taken.problem))
  assert.equal((await take(call.id, who, other)).problem.code, 'call.taken')
  desk.lines()
  const because = callReason(taken.output.contact_id)
  const card = await desk.ask(agent, customers.openCustomer, { params: { customer_id: who } }, because)
  assert.deepEqual(
    [card.status, card.output.number, card.output.birth_date],
    [200, null, null],
    'what may be asked of the caller is not on the screen',
  )
  assert.deepEqual(
    desk.lines().map((line) => [line.subject, line.because, line.outcome]),
    [[who, because, 'read']],
  )
  const { rows } = await opened.owner.query<{ n: string }>('select count(*) n from contact where customer_id = $1', [
    who,
  ])
  assert.equal(rows[0]?.n, '1', 'the second taking left nothing behind')
})

test('a reason that is not so is refused: another’s call, about another, of yesterday, a task that is none', async () => {
  const who = await made()
  const someone = await made()
  const principal = await made()
  await represented(principal, who)
  const mine = await callWith(opened.owner, who, { staff: 5 })
  const old = await callWith(opened.owner, who, { staff: 5, at: '2026-11-23T08:00:00Z' })
  const open = async (customer_id: CustomerId, because?: string, actor = agent) => {
    const { status, problem } = await desk.ask(actor, customers.openCustomer, { params: { customer_id } }, because)
    return status === 200 ? 'open' : problem.code
  }
  assert.deepEqual(
    [
      await open(who, callReason(mine)),
      await open(principal, callReason(mine)),
      await open(someone, callReason(mine)),
      await open(who, callReason(mine), other),
      await open(who, callReason(mine), biller),
      await open(who, callReason(old)),
      await open(who, callReason(999_999)),
      await open(who, taskReason(mine)),
      await open(who, 'call:x'),
      await open(who, 'reason:other'),
      await open(who, undefined),
      await open(who, 'reason:payment'),
      await open(who, 'reason:other:tarkastus'),
    ],
    [
      'open',
      'open',
      'reason.not-so',
      'reason.not-so',
      'reason.not-so',
      'reason.not-so',
      'reason.not-so',
      'reason.not-so',
      'reason.missing',
      'reason.missing',
      'reason.missing',
      'open',
      'open',
    ],
  )
  await opened.owner.query(`update contact set follow_up_on = '2026-11-25' where id = $1`, [mine])
  assert.equal(await open(who, taskReason(mine), other), 'open')
  assert.equal(await open(someone, taskReason(mine)), 'reason.not-so')
})

test('a call is wrapped up as often as one likes, prefilled by what was done, and laid down by the next', async () => {
  const who = await made({ phone: '+358507776666' })
  const contact = async () => (await desk.ask(agent, api.inHand, {})).output.call
  const call = await rung('0507776666')
  await take(call.id, who)
  const wrap = (body: object, by = agent) =>
    desk.ask(by, api.wrapUp, { params: { call_id: call.id }, body: body as never })
  const begun = await contact()
  assert.deepEqual([begun?.customer_id, begun?.number, begun?.changed], [who, '+358507776666', []])
  await opened.owner.query(
    `update contact_point set recorded_by = 'staff:5', recorded_at = '2026-11-24T08:00:00Z' where customer_id = $1`,
    [who],
  )
  assert.deepEqual((await contact())?.changed, ['contact-details'])
  assert.equal((await wrap({ topics: ['move'], body: 'Muutto' })).status, 200)
  assert.equal(
    (
      await wrap({
        topics: ['move', 'invoice'],
        body: 'Muutto ja lasku',
        outcome: 'promised',
        follow_up_on: '2026-11-26',
      })
    ).status,
    200,
  )
  assert.equal((await wrap({ body: 'x' }, other)).problem.code, 'call.not-found')
  const ended = await desk.ask(agent, api.endCall, { params: { call_id: call.id } })
  assert.ok(ended.output.ended_at)
  assert.equal((await desk.ask(other, api.endCall, { params: { call_id: call.id } })).problem.code, 'call.not-found')
  const written = await contact()
  assert.deepEqual(
    [written?.topics, written?.body, written?.outcome, written?.follow_up_on],
    [['move', 'invoice'], 'Muutto ja lasku', 'promised', '2026-11-26'],
  )
  assert.deepEqual(written?.chips.slice(0, 2).toSorted(), ['invoice', 'move'], 'the most frequent come first')
  const next = await rung('0507776666')
  const taken = await take(next.id, who)
  assert.equal((await contact())?.call_id, next.id)
  const late = await wrap({ topics: ['move'], body: 'Jälkikäteen', follow_up_on: '2026-11-26', done: true })
  assert.equal(late.status, 200, 'what is saved as the next call begins is not lost')
  const state = await opened.owner.query('select done_at, ended_at from incoming_call where id = $1', [call.id])
  assert.ok(state.rows[0]?.done_at && state.rows[0]?.ended_at)
  await desk.ask(agent, api.wrapUp, { params: { call_id: next.id }, body: { done: true } })
  assert.equal(await contact(), null)
  const over = await desk.ask(
    agent,
    customers.contactDetails,
    { params: { customer_id: who } },
    callReason(taken.output.contact_id),
  )
  assert.equal(over.problem.code, 'caller.not-verified', 'who was known in a call is known no more when it is over')
  assert.ok(
    (await desk.ask(agent, contacts.queue, { query: {} })).output.some(({ customer_id }) => customer_id === who),
  )
})

test('what a level is needed for is neither told nor changed before it is reached', async () => {
  const who = await made()
  const params = { customer_id: who }
  const body = { channel: 'phone', value: '040 777 9999', use: 'other' } as const
  const try_ = async (because?: string) => {
    const read = await desk.ask(agent, customers.contactDetails, { params }, because)
    const write = await desk.ask(agent, customers.addContactPoint, { params, body }, because)
    return [read.problem.code ?? read.status, write.problem.code ?? write.status]
  }
  const unknown = await callWith(opened.owner, who, { staff: 5, level: 1 })
  assert.deepEqual(await try_(callReason(unknown)), ['caller.not-verified', 'caller.not-verified'])
  assert.deepEqual(await try_('reason:other:katson vain'), [200, 'reason.no-ground'])
  assert.deepEqual(await try_(), [200, 'reason.missing'])
  const known = await callWith(opened.owner, who, { staff: 5, level: 2 })
  assert.deepEqual(await try_(callReason(known)), [200, 200])
  const stale = await callWith(opened.owner, who, { staff: 5, level: 2, at: '2026-11-24T06:00:00Z' })
  assert.deepEqual(await try_(callReason(stale)), ['caller.not-verified', 'caller.not-verified'])
})

test('who acts for another is asked about themselves, and is told no more than their scope', async () => {
  const who = await made()
  const by = await made({ given: 'Edu', family: 'Valvoja', birth_date: '1970-02-03', phone: '+358507770002' })
  const representation_id = await represented(who, by)
  const call = await rung('+358507770002')
  const { contact_id } = (await take(call.id, who, agent, representation_id)).output
  const seen = await desk.ask(agent, verification.verification, { params: { contact_id } })
  assert.deepEqual(
    [seen.output.acting?.name, seen.output.acting?.scope, seen.output.passed],
    ['Edu Valvoja', ['invoicing'], ['calling-number']],
  )
  assert.equal((await answer(contact_id, 'birth-date', '3.2.1970')).output.failed.length, 0)
  assert.equal(
    (
      await answer(
        contact_id,
        'customer-number',
        (await opened.owner.query('select number from customer where id = $1', [who])).rows[0]?.number,
      )
    ).output.level,
    2,
  )
  const params = { customer_id: who }
  const because = callReason(contact_id)
  assert.equal(
    (await desk.ask(agent, customers.contactDetails, { params }, because)).problem.code,
    'caller.out-of-scope',
  )
  await opened.owner.query(`update representation set scope = '{everything}' where id = $1`, [representation_id])
  assert.equal((await desk.ask(agent, customers.contactDetails, { params }, because)).status, 200)
  await opened.owner.query(`update representation set during = '[2020-01-01,2026-11-01)' where id = $1`, [
    representation_id,
  ])
  assert.equal(
    (await desk.ask(agent, customers.contactDetails, { params }, because)).problem.code,
    'caller.out-of-scope',
  )
})
