// Who acts for whom, and what a death changes and its reversal restores.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testRegister } from '../../../tests/database.ts'
import { person } from '../../../tests/people.ts'
import { served, type Served, staffIn } from '../../../tests/served.ts'
import * as card from '../api.ts'
import * as representations from '../representations/api.ts'
import { representationRoutes } from '../representations/routes.ts'
import { customerRoutes } from '../routes.ts'
import * as api from './api.ts'
import { deathRoutes } from './routes.ts'

const agent = staffIn('customer-service', 'retail')
const other = staffIn('customer-service', 'retail', 2)
const marketer = staffIn('marketing', 'retail')
const administrator = staffIn('administrator', 'group')

let register: Awaited<ReturnType<typeof testRegister>>
let desk: Served
const ask: Served['ask'] = (actor, endpoint, asked, because = 'reason:written') =>
  desk.ask(actor, endpoint, asked, because)
const one = async (made: Parameters<typeof person>[1] = {}) => (await person(register.owner, made)) as card.CustomerId

before(async () => {
  register = await testRegister()
  desk = await served(register.register, [...customerRoutes, ...representationRoutes, ...deathRoutes])
})
after(async () => {
  await desk.server.close()
  await register.drop()
})

const bind = (
  represented: card.CustomerId,
  representative_id: card.CustomerId,
  made: Partial<Parameters<typeof desk.ask<typeof representations.addRepresentation>>[2]['body']> = {},
) =>
  ask(agent, representations.addRepresentation, {
    params: { customer_id: represented },
    body: { representative_id, kind: 'guardian', scope: ['invoicing'], from: '2026-01-01', ...made },
  })

test('every route refuses who is not declared for it, and the refusal is logged', async () => {
  const params = { customer_id: await one() }
  const at = { ...params, representation_id: 1 }
  const asked = [
    [representations.representations, { params }],
    [representations.actsFor, { params }],
    [
      representations.addRepresentation,
      { params, body: { representative_id: 1, kind: 'guardian', scope: ['data'], from: '2026-01-01' } },
    ],
    [representations.changeRepresentation, { params: at, body: { scope: ['data'], to: null, version: 1 } }],
    [representations.revokeRepresentation, { params: at, body: { reason: 'peruttu', version: 1 } }],
    [api.deathOf, { params }],
    [api.recordDeath, { params, body: { deceased_on: '2026-11-01', told_by: 'relative' } }],
    [api.reverseDeath, { params, body: { reason: 'virhe oli' } }],
  ] as const
  assert.deepEqual(
    asked.map(([endpoint]) => endpoint.action).toSorted(),
    [...representationRoutes, ...deathRoutes].map(({ endpoint }) => endpoint.action).toSorted(),
  )
  for (const [endpoint, given] of asked) {
    desk.lines()
    const refused = await ask(administrator, endpoint, given as never)
    assert.deepEqual([refused.status, refused.problem.code], [403, 'role.not-declared'], endpoint.action)
    assert.deepEqual(
      desk.lines().map(({ outcome, subject }) => [outcome, subject]),
      [['refused', null]],
    )
    assert.equal((await ask(undefined, endpoint, given as never)).status, 401, endpoint.action)
  }
})

test('a guardian stands on both cards, with scope and period, until revoked with a reason', async () => {
  const [ward, guardian] = [await one({ given: 'Väinö' }), await one({ given: 'Elsa', family: 'Edunvalvoja' })]
  const made = await bind(ward, guardian, { evidence: 'DVV:n todistus' })
  assert.equal(made.status, 200, JSON.stringify(made.problem))
  const theirs = await ask(agent, representations.representations, { params: { customer_id: ward } })
  assert.deepEqual(
    theirs.output.map(({ representative, kind, scope }) => [representative, kind, scope]),
    [['Elsa Edunvalvoja', 'guardian', ['invoicing']]],
  )
  desk.lines()
  const acting = await ask(agent, representations.actsFor, { params: { customer_id: guardian } })
  assert.deepEqual(
    acting.output.map(({ represented, represented_id }) => [represented, represented_id]),
    [['Väinö Mallinen', ward]],
  )
  assert.deepEqual(
    desk.lines().map(({ subject }) => subject),
    [ward],
    'that the ward was shown is on record with them',
  )
  const params = { customer_id: ward, representation_id: made.output.id }
  const wider = await ask(agent, representations.changeRepresentation, {
    params,
    body: { scope: ['invoicing', 'contracts'], to: '2028-01-01', evidence: 'päätös', version: 1 },
  })
  assert.deepEqual([wider.output.scope, wider.output.during.to], [['invoicing', 'contracts'], '2028-01-01'])
  const late = await ask(other, representations.changeRepresentation, {
    params,
    body: { scope: ['everything'], to: null, version: 1 },
  })
  assert.deepEqual([late.status, late.problem.code], [409, 'representation.changed'])
  const revoked = await ask(agent, representations.revokeRepresentation, {
    params,
    body: { reason: 'uusi edunvalvoja', version: 2 },
  })
  assert.deepEqual([revoked.output.during.to, revoked.output.end_reason], ['2026-11-24', 'uusi edunvalvoja'])
  const again = await ask(agent, representations.revokeRepresentation, {
    params,
    body: { reason: 'uudestaan', version: 3 },
  })
  assert.equal(again.problem.code, 'representation.ended')
})

test('nobody acts for themself, twice at once, or as what they cannot be', async () => {
  const [ward, guardian] = [await one(), await one()]
  const oneself = await bind(ward, ward)
  assert.deepEqual(
    oneself.problem.faults?.map(({ code }) => code),
    ['representation.of-oneself'],
  )
  assert.equal((await bind(ward, guardian)).status, 200)
  const twice = await bind(ward, guardian, { from: '2026-06-01' })
  assert.deepEqual([twice.status, twice.problem.code], [409, 'representation.overlaps'])
  assert.equal((await bind(ward, guardian, { kind: 'power-of-attorney' })).status, 200, 'another kind is another task')
  const custodian = await bind(ward, guardian, { kind: 'custodian' })
  assert.deepEqual(
    custodian.problem.faults?.map(({ code }) => code),
    ['representation.of-age'],
  )
  const child = await one({ birth_date: '2015-03-04' })
  const custody = await bind(child, guardian, { kind: 'custodian' })
  assert.equal(custody.output.during.to, '2033-03-04', 'custody ends when the child comes of age')
  const backwards = await bind(child, guardian, { kind: 'guardian', from: '2026-05-01', to: '2026-05-01' })
  assert.deepEqual(
    backwards.problem.faults?.map(({ code }) => code),
    ['period.empty'],
  )
  const estate = await bind(ward, guardian, { kind: 'estate-representative' })
  assert.deepEqual(
    estate.problem.faults?.map(({ code }) => code),
    ['representation.not-an-estate'],
  )
  const unseen = await one({ controllers: 2 })
  assert.deepEqual((await bind(ward, unseen)).problem.code, 'representative.not-found')
})

test('a death stops what it must at once, and its reversal restores it all', async () => {
  const who = await one({ given: 'Martta Maria', family: 'Muistola' })
  const guardian = await one({ given: 'Elsa' })
  const friend = await one({ given: 'Fanni' })
  await register.owner.query(
    `insert into marketing_permission (customer_id, controller, channel, state, source, recorded_at, recorded_by)
     values ($1, 1, 'email', 'granted', 'test', '2026-01-01Z', 'system:test')`,
    [who],
  )
  await register.owner.query('select wall_marketable(array[$1::bigint])', [who])
  const seenBySales = async () =>
    (await ask(marketer, card.contactDetails, { params: { customer_id: who } })).output.length
  assert.equal(await seenBySales(), 1)
  assert.equal((await bind(who, guardian, { to: '2029-01-01' })).status, 200)
  assert.equal((await bind(who, friend, { kind: 'power-of-attorney' })).status, 200)
  assert.equal((await bind(friend, who, { kind: 'power-of-attorney' })).status, 200)
  const before = (await ask(agent, representations.representations, { params: { customer_id: who } })).output

  const params = { customer_id: who }
  const future = await ask(agent, api.recordDeath, {
    params,
    body: { deceased_on: '2026-12-24', told_by: 'relative' },
  })
  assert.deepEqual(
    future.problem.faults?.map(({ code }) => code),
    ['death.future'],
  )
  const recorded = await ask(agent, api.recordDeath, {
    params,
    body: { deceased_on: '2026-11-01', told_by: 'relative', basis: 'tytär soitti' },
  })
  assert.equal(recorded.status, 200, JSON.stringify(recorded.problem))
  assert.equal(recorded.output.estate?.name, 'Martta Maria Muistola kuolinpesä')
  assert.equal(
    recorded.output.ended,
    2,
    'the guardian’s task, and what the dead did for another; a power of attorney stands',
  )
  assert.equal(await seenBySales(), 0)
  assert.equal((await ask(agent, card.openCustomer, { params })).output.deceased_on, '2026-11-01')
  const acting = (await ask(agent, representations.representations, { params })).output
  assert.deepEqual(
    acting.map(({ kind, during, by_death }) => [kind, during.to, by_death]),
    [
      ['power-of-attorney', null, false],
      ['guardian', '2026-11-24', true],
    ],
  )
  const twice = await ask(other, api.recordDeath, {
    params,
    body: { deceased_on: '2026-11-02', told_by: 'authority' },
  })
  assert.deepEqual([twice.status, twice.problem.code], [409, 'death.recorded-already'])

  // The estate stands as a party of its own, and its representative acts for it.
  const estate = recorded.output.estate?.id as card.CustomerId
  const linked = await ask(agent, api.deathOf, { params: { customer_id: estate } })
  assert.deepEqual(
    [linked.output.estate_of?.id, linked.output.estate_of?.name, linked.output.estate_of?.deceased_on],
    [who, 'Martta Muistola', '2026-11-01'],
  )
  assert.equal((await bind(estate, friend, { kind: 'estate-representative', scope: ['everything'] })).status, 200)
  const dead = await bind(friend, who, { kind: 'contact-person' })
  assert.deepEqual(
    dead.problem.faults?.map(({ code }) => code),
    ['representation.by-the-dead'],
  )

  const reversed = await ask(agent, api.reverseDeath, { params, body: { reason: 'ilmoitus koski kaimaa' } })
  assert.equal(reversed.status, 200, JSON.stringify(reversed.problem))
  assert.equal(reversed.output.restored, 2)
  assert.equal(await seenBySales(), 1)
  const after = (await ask(agent, representations.representations, { params })).output
  const essence = (rows: typeof after) =>
    rows.map(({ id, scope, during, by_death }) => ({ id, scope, during, by_death }))
  assert.deepEqual(essence(after), essence(before))
  assert.equal((await ask(agent, card.openCustomer, { params })).output.deceased_on, null)
  const closed = await ask(agent, card.openCustomer, { params: { customer_id: estate } })
  assert.equal(closed.output.stage, 'former')
  const history = (await ask(agent, api.deathOf, { params })).output
  assert.deepEqual(
    history.reports.map(({ told_by, reversed_reason }) => [told_by, reversed_reason]),
    [['relative', 'ilmoitus koski kaimaa']],
  )
  const none = await ask(agent, api.reverseDeath, { params, body: { reason: 'toistamiseen' } })
  assert.equal(none.problem.code, 'death.none')

  // Who dies later indeed is left by the same estate.
  const again = await ask(agent, api.recordDeath, {
    params,
    body: { deceased_on: '2026-11-20', told_by: 'population-register' },
  })
  assert.equal(again.output.estate?.id, estate)
})

test('a company does not die', async () => {
  const who = await one()
  await register.owner.query(`update customer set kind = 'legal', birth_date = null where id = $1`, [who])
  const refused = await ask(agent, api.recordDeath, {
    params: { customer_id: who },
    body: { deceased_on: '2026-11-01', told_by: 'other' },
  })
  assert.deepEqual(
    refused.problem.faults?.map(({ code }) => code),
    ['death.not-a-person'],
  )
})
