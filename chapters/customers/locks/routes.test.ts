// A lock closes at once at the word of the customer, whoever hears it, and only the identity desk opens what it closed.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testRegister, type TestRegister } from '../../../tests/database.ts'
import { callWith, person } from '../../../tests/people.ts'
import { served, type Served, staffIn } from '../../../tests/served.ts'
import * as card from '../api.ts'
import { deathRoutes } from '../death/routes.ts'
import { recordDeath } from '../death/api.ts'
import { customerRoutes } from '../routes.ts'
import * as api from './api.ts'
import { lockRoutes } from './routes.ts'
import { reviewDay } from './rules.ts'

const agent = staffIn('customer-service', 'retail')
const networkAgent = staffIn('customer-service', 'network', 2)
const identityDesk = staffIn('identity-desk', 'retail', 7)
const marketer = staffIn('marketing', 'retail')

let register: TestRegister
let desk: Served
before(async () => {
  register = await testRegister()
  desk = await served(register.register, [...customerRoutes, ...lockRoutes, ...deathRoutes])
})
after(async () => {
  await desk.server.close()
  await register.drop()
})

const someone = async (made: Parameters<typeof person>[1] = {}) =>
  (await person(register.owner, made)) as card.CustomerId
const raised = (as: typeof agent, who: card.CustomerId, because = 'reason:other:kertoi turvakiellosta') =>
  desk.ask(
    as,
    api.raiseLock,
    { params: { customer_id: who }, body: { reason: 'kertoi saaneensa turvakiellon' } },
    because,
  )
const seenBy = async (as: typeof agent, who: card.CustomerId) =>
  (await desk.ask(as, card.addresses, { params: { customer_id: who } })).output.length
const waits = async (who?: card.CustomerId) =>
  (await desk.ask(identityDesk, api.waitingLocks, { query: { customer_id: who } })).output

test('every route refuses who is not declared for it, and the refusal is logged', async () => {
  const who = await someone()
  const asked = [
    [api.raiseLock, { params: { customer_id: who }, body: { reason: 'kertoi turvakiellosta' } }, marketer],
    [api.waitingLocks, { query: {} }, agent],
    [api.waitingLocks, { query: {} }, marketer],
  ] as const
  assert.deepEqual(
    new Set(asked.map(([endpoint]) => endpoint.action)),
    new Set(lockRoutes.map(({ endpoint }) => endpoint.action)),
  )
  for (const [endpoint, given, as] of asked) {
    desk.lines()
    const refused = await desk.ask(as, endpoint, given as never, 'reason:written')
    assert.deepEqual([refused.status, refused.problem.code], [403, 'role.not-declared'], endpoint.action)
    assert.deepEqual(
      desk.lines().map(({ outcome, subject }) => [outcome, subject]),
      [['refused', null]],
    )
    assert.equal((await desk.ask(undefined, endpoint, given as never)).status, 401, endpoint.action)
  }
})

test('whoever serves the customer locks at once, also in a call from someone unknown, and both companies are shut out', async () => {
  const who = await someone()
  await register.owner.query('select search_rebuild()')
  const foundBy = async () =>
    (await register.owner.query('select from search_contact where customer_id = $1', [who])).rowCount
  assert.equal(await foundBy(), 1)
  const call = await callWith(register.owner, who, { level: 0 })
  assert.equal(await seenBy(networkAgent, who), 1)
  desk.lines()
  const made = await raised(agent, who, `call:${call}`)
  assert.equal(made.status, 200, JSON.stringify(made.problem))
  assert.deepEqual(made.output, { customer_id: who, granted_by: 'customer', review_on: '2026-12-08' })
  assert.deepEqual(
    desk.lines().map(({ subject, outcome, because }) => [subject, outcome, because]),
    [[who, 'written', `call:${call}`]],
  )
  for (const as of [agent, networkAgent, identityDesk]) assert.equal(await seenBy(as, who), 0, as.role)
  assert.equal(await foundBy(), 0, 'nor are they found by it')
  const head = await desk.ask(networkAgent, card.openCustomer, { params: { customer_id: who } }, 'reason:supply')
  assert.equal(head.output.protected, true)

  const again = await raised(networkAgent, who)
  assert.deepEqual([again.status, again.problem.code], [409, 'lock.closed-already'])
  const bare = await desk.ask(agent, api.raiseLock, {
    params: { customer_id: await someone() },
    body: { reason: 'kertoi turvakiellosta' },
  })
  assert.deepEqual([bare.status, bare.problem.code], [428, 'reason.missing'])
  for (const as of [
    staffIn('billing', 'retail'),
    staffIn('collection', 'retail'),
    staffIn('network-service', 'network'),
    staffIn('customer-service', 'network'),
    identityDesk,
  ]) {
    const one = await someone()
    assert.equal((await raised(as, one)).status, 200, as.role)
    assert.equal(await seenBy(agent, one), 0, as.role)
  }
})

test('whoever may lock can neither open nor settle nor read it, in the database itself', async () => {
  const who = await someone()
  assert.equal((await raised(agent, who)).status, 200)
  const lift = await desk.ask(
    agent,
    card.liftProtection,
    { params: { customer_id: who }, body: { reason: 'soitti ja pyysi' } },
    'reason:visit',
  )
  assert.equal(lift.problem.code, 'role.not-declared')
  for (const login of [
    'customer-service.customer-care.retail',
    'customer-service.supply.network',
    'billing.payment.retail',
    'collection.claims.retail',
    'network-service.supply.network',
  ])
    for (const statement of [
      `select wall_protected(array[${who}::bigint], false)`,
      `update protection_lock set settled_at = now(), outcome = 'lifted' where customer_id = ${who}`,
      `update customer set protected = false where id = ${who}`,
      `delete from protection_lock where customer_id = ${who}`,
      `select reason from protection_lock`,
      `insert into protection_order (customer_id, granted_by, during, controllers, source, recorded_at, recorded_by)
       values (${who}, 'customer', '[2026-01-01,)', 3, 'x', now(), 'x')`,
    ])
      await assert.rejects(
        register.register.pool(login).query(statement),
        /permission denied/,
        `${login}: ${statement}`,
      )
  assert.equal(await seenBy(agent, who), 0)
})

test('the identity desk sees what waits, the soonest first, and confirms it as an order', async () => {
  const [later, sooner] = [await someone({ given: 'Myöhempi' }), await someone({ given: 'Aiempi' })]
  for (const [who, review_on] of [
    [later, '2026-12-24'],
    [sooner, '2026-11-26'],
  ] as const)
    await desk.ask(
      agent,
      api.raiseLock,
      { params: { customer_id: who }, body: { reason: 'kertoi turvakiellosta', review_on } },
      'reason:visit',
    )
  desk.lines()
  const rows = (await waits()).filter(({ customer_id }) => [later, sooner].includes(customer_id))
  assert.deepEqual(
    rows.map(({ name, reason, review_on }) => [name, reason, review_on]),
    [
      ['Aiempi Mallinen', 'kertoi turvakiellosta', '2026-11-26'],
      ['Myöhempi Mallinen', 'kertoi turvakiellosta', '2026-12-24'],
    ],
  )
  assert.ok(desk.lines().some(({ subject, outcome }) => subject === sooner && outcome === 'listed'))

  const order = await desk.ask(
    identityDesk,
    card.protect,
    {
      params: { customer_id: sooner },
      body: { granted_by: 'population-register', basis: 'VTJ-tieto', to: '2031-11-24', review_on: '2031-10-01' },
    },
    'reason:written',
  )
  assert.equal(order.status, 200, JSON.stringify(order.problem))
  assert.deepEqual(await waits(sooner), [])
  assert.equal((await waits(later)).length, 1)
  const opened = await desk.ask(identityDesk, card.openProtected, { params: { customer_id: sooner } }, 'reason:written')
  assert.deepEqual(
    opened.output.locks.map(({ outcome, settled_reason }) => [outcome, settled_reason]),
    [['confirmed', 'VTJ-tieto']],
  )
  assert.equal(await seenBy(agent, sooner), 0, 'what was confirmed stays closed')
})

test('the identity desk lifts a lock that was not so, and never because somebody rang', async () => {
  const who = await someone()
  assert.equal((await raised(agent, who)).status, 200)
  const lifting = { params: { customer_id: who }, body: { reason: 'väestörekisterissä ei ole kieltoa' } }
  const call = await callWith(register.owner, who, { staff: 7, level: 2 })
  assert.equal(
    (await desk.ask(identityDesk, card.liftProtection, lifting, `call:${call}`)).problem.code,
    'caller.not-verified',
  )
  const lifted = await desk.ask(identityDesk, card.liftProtection, lifting, 'reason:written')
  assert.equal(lifted.status, 200, JSON.stringify(lifted.problem))
  assert.equal(await seenBy(agent, who), 1)
  assert.deepEqual(await waits(who), [])
  const none = await desk.ask(identityDesk, card.liftProtection, lifting, 'reason:written')
  assert.deepEqual([none.status, none.problem.code], [409, 'protection.none'])
  assert.equal((await raised(agent, who)).status, 200, 'and it is raised again when it is so after all')
})

test('the estate of a protected person is closed, and opened by the identity desk when nobody needs it', async () => {
  const who = await someone()
  assert.equal((await raised(agent, who)).status, 200)
  const died = await desk.ask(
    agent,
    recordDeath,
    { params: { customer_id: who }, body: { deceased_on: '2026-11-01', told_by: 'relative' } },
    'reason:written',
  )
  const estate = died.output.estate?.id as card.CustomerId
  const head = () => desk.ask(agent, card.openCustomer, { params: { customer_id: estate } }, 'reason:supply')
  assert.equal((await head()).output.protected, true)
  const lifted = await desk.ask(
    identityDesk,
    card.liftProtection,
    { params: { customer_id: estate }, body: { reason: 'kukaan ei asu enää yhdessä' } },
    'reason:written',
  )
  assert.equal(lifted.status, 200, JSON.stringify(lifted.problem))
  assert.equal((await head()).output.protected, false)
})

test('a lock is looked at within three months', () => {
  const now = new Date('2026-11-24T08:00:00Z')
  assert.deepEqual(reviewDay(null, now), { review_on: '2026-12-08' })
  assert.deepEqual(reviewDay('2027-02-24', now), { review_on: '2027-02-24' })
  for (const [asked, code] of [
    ['2026-11-24', 'protection.past'],
    ['2027-02-25', 'lock.late-review'],
  ] as const) {
    const read = reviewDay(asked, now)
    assert.equal('refused' in read && read.refused.code, code)
  }
})
