import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newDataKey, seal } from '../../platform/keys.ts'
import { testRegister } from '../../tests/database.ts'
import { callWith, network, person, retailer } from '../../tests/people.ts'
import { served, staffIn, type Served } from '../../tests/served.ts'
import * as api from './api.ts'
import * as duplicates from './duplicates/api.ts'
import { duplicateRoutes } from './duplicates/routes.ts'
import { customerRoutes } from './routes.ts'

const agent = staffIn('customer-service', 'retail')
const networkAgent = staffIn('customer-service', 'network')
const marketer = staffIn('marketing', 'retail')
const administrator = staffIn('administrator', 'group')
const identityDesk = staffIn('identity-desk', 'retail', 7)
const secondPair = staffIn('identity-desk', 'retail', 8)

let register: Awaited<ReturnType<typeof testRegister>>
let desk: Served
const id = (n: number) => n as api.CustomerId

before(async () => {
  register = await testRegister()
  desk = await served(register.register, [...customerRoutes, ...duplicateRoutes])
})
after(async () => {
  await desk.server.close()
  await register.drop()
})

test('a card opens, and its reading is in the log with the person and what left', async () => {
  const who = await person(register.owner, { given: 'Aino Maria', family: 'Mallinen' })
  desk.lines()
  const { status, output } = await desk.ask(
    agent,
    api.openCustomer,
    { params: { customer_id: id(who) } },
    'reason:supply',
  )
  assert.equal(status, 200)
  assert.equal(output.name, 'Aino Mallinen')
  assert.equal(output.birth_date, '1980-05-01')
  const [line, ...others] = desk.lines()
  assert.deepEqual(others, [])
  assert.deepEqual(
    [line?.subject, line?.outcome, line?.purpose, line?.actor],
    [who, 'read', 'customer-care', 'staff:1'],
  )
  assert.deepEqual(line?.categories.toSorted(), [
    'birth-date',
    'business-id',
    'customer-number',
    'customer-status',
    'death',
    'name',
  ])
})

test('what lies behind a wall is not found, and not told from what is not there', async () => {
  const other = await person(register.owner, { controllers: network })
  const closed = await person(register.owner, { restricted: true })
  for (const who of [other, closed, 999_999_999]) {
    const { status, problem } = await desk.ask(
      agent,
      api.openCustomer,
      { params: { customer_id: id(who) } },
      'reason:supply',
    )
    assert.deepEqual([status, problem.code], [404, 'customer.not-found'])
  }
  const { status } = await desk.ask(
    networkAgent,
    api.openCustomer,
    { params: { customer_id: id(other) } },
    'reason:supply',
  )
  assert.equal(status, 200)
})

test('every route refuses who is not declared for it, and the refusal is logged', async () => {
  const who = id(await person(register.owner))
  const params = { customer_id: who }
  const asked = [
    [api.openCustomer, { params }],
    [api.names, { params }],
    [api.contactDetails, { params }],
    [api.addresses, { params }],
    [api.addContactPoint, { params, body: { channel: 'phone', value: '050 555 0000', use: 'main' } }],
    [api.correctContactPoint, { params: { ...params, point_id: 1 }, body: { value: 'x@y.fi', version: 1 } }],
    [api.endContactPoint, { params: { ...params, point_id: 1 }, query: { version: 1 } }],
    [api.reopenContactPoint, { params: { ...params, point_id: 1 }, body: { version: 1 } }],
    [api.setLanguage, { params, body: { language: 'sv', version: 1 } }],
    [api.showIdentityCode, { params }],
    [api.openProtected, { params }],
    [api.protect, { params, body: { granted_by: 'customer', to: '2031-01-01', review_on: null } }],
    [api.liftProtection, { params, body: { reason: 'oma pyyntö' } }],
    [duplicates.listDuplicates, { query: {} }],
    [duplicates.likely, { query: { family: 'x' } }],
    [duplicates.tellApart, { params: { duplicate_id: 1 } }],
    [duplicates.reopenDuplicate, { params: { duplicate_id: 1 } }],
    [duplicates.listMerges, { query: { state: 'joined' } }],
    [duplicates.declineMerge, { params: { merge_id: 1 }, body: { reason: 'reason' } }],
    [duplicates.proposeMerge, { params, body: { merged_id: 1, reason: 'reason' } }],
    [duplicates.approveMerge, { params: { merge_id: 1 } }],
    [duplicates.undoMerge, { params: { merge_id: 1 }, body: { reason: 'reason' } }],
    [duplicates.scanDuplicates, {}],
  ] as const
  assert.deepEqual(
    asked.map(([endpoint]) => endpoint.action).toSorted(),
    [...customerRoutes, ...duplicateRoutes].map(({ endpoint }) => endpoint.action).toSorted(),
  )
  for (const [endpoint, given] of asked) {
    desk.lines()
    const refused = await desk.ask(administrator, endpoint, given as never, 'reason:test')
    assert.deepEqual([refused.status, refused.problem.code], [403, 'role.not-declared'], endpoint.action)
    assert.deepEqual(
      desk.lines().map(({ outcome, subject, categories }) => [outcome, subject, categories]),
      [['refused', null, []]],
    )
    const unknown = await desk.ask(undefined, endpoint, given as never)
    assert.equal(unknown.status, 401, endpoint.action)
  }
})

test('bad input names each fault by its path', async () => {
  const who = id(await person(register.owner))
  const { status, problem } = await desk.ask(agent, api.addContactPoint, {
    params: { customer_id: who },
    body: { channel: 'email', value: 'not an address', use: 'main', extra: 1 } as never,
  })
  assert.equal(status, 422)
  assert.deepEqual(problem.faults?.map(({ path }) => path).toSorted(), ['body', 'body.value'])
  const word = await desk.server.inject({ method: 'GET', url: '/api/customers/1%27%20or%201=1' })
  assert.equal(word.statusCode, 422)
})

test('a correction keeps both values, and of two editors the second is told', async () => {
  const who = id(await person(register.owner))
  const params = { customer_id: who }
  const before = await desk.ask(agent, api.contactDetails, { params })
  const point = before.output[0]
  assert.ok(point)
  const corrected = await desk.ask(
    agent,
    api.correctContactPoint,
    {
      params: { ...params, point_id: point.id },
      body: { value: '040 555 1234', version: point.version },
    },
    'reason:written',
  )
  assert.equal(corrected.output.value, '+358405551234')
  const second = await desk.ask(
    agent,
    api.correctContactPoint,
    {
      params: { ...params, point_id: point.id },
      body: { value: '040 555 9999', version: point.version },
    },
    'reason:written',
  )
  assert.deepEqual([second.status, second.problem.code], [409, 'contact-detail.changed'])
  const after = await desk.ask(agent, api.contactDetails, { params })
  assert.deepEqual(
    after.output.map(({ value, during }) => [value, during.to]),
    [
      ['+358405551234', null],
      [point.value, '2026-11-24'],
    ],
  )
})

test('an identity code is shown for a reason alone, unsealed, and only to a declared role', async () => {
  const who = await person(register.owner)
  const { register: opened, owner } = register
  const { key, wrapped, key_version } = newDataKey(opened.keys, who)
  await owner.query("insert into subject_key values ($1, $2, $3, '2026-01-01Z')", [who, wrapped, key_version])
  await owner.query(
    `insert into identity_code (customer_id, code, blind, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, $3, '[2020-01-01,)', 3, 'test', '2026-01-01Z', 'system:test')`,
    [
      who,
      seal(key, '010594Y9032', `identity_code|code|${who}`),
      opened.keys.blinds('identity-code', '010594Y9032').blind,
    ],
  )
  const params = { customer_id: id(who) }
  const without = await desk.ask(identityDesk, api.showIdentityCode, { params })
  assert.deepEqual([without.status, without.problem.code], [428, 'reason.missing'])
  desk.lines()
  const shown = await desk.ask(identityDesk, api.showIdentityCode, { params }, 'reason:sopimuksen tekijän yksilöinti')
  assert.deepEqual(
    shown.output.map(({ code }) => code),
    ['010594Y9032'],
  )
  assert.deepEqual(
    desk.lines().map(({ because, categories }) => [because, categories.includes('identity-code')]),
    [['reason:sopimuksen tekijän yksilöinti', true]],
  )
  assert.equal((await desk.ask(agent, api.showIdentityCode, { params }, 'reason:x')).status, 403)
})

test('a protected address is hidden from everyone, opened one by one, and lifted by a person', async () => {
  const who = id(await person(register.owner))
  const params = { customer_id: who }
  const made = await desk.ask(
    identityDesk,
    api.protect,
    { params, body: { granted_by: 'population-register', to: '2031-11-24', review_on: '2031-10-01' } },
    'reason:ilmoitus',
  )
  assert.equal(made.status, 200)
  const head = await desk.ask(agent, api.openCustomer, { params }, 'reason:supply')
  assert.equal(head.output.protected, true)
  for (const endpoint of [api.addresses, api.contactDetails])
    for (const actor of [agent, networkAgent, identityDesk])
      assert.deepEqual((await desk.ask(actor, endpoint, { params })).output, [], `${actor.role} ${endpoint.action}`)
  const opened = await desk.ask(identityDesk, api.openProtected, { params }, 'reason:correction')
  assert.deepEqual(
    opened.output.addresses.map(({ street }) => street),
    ['Mallikatu 1 A 2'],
  )
  const lifting = { params, body: { reason: 'henkilön oma pyyntö' } }
  const call = await callWith(register.owner, who, { staff: 7, level: 2 })
  for (const [because, code] of [
    ['reason:other:soitti ja pyysi', 'reason.no-ground'],
    [`call:${call}`, 'caller.not-verified'],
  ] as const)
    assert.equal((await desk.ask(identityDesk, api.liftProtection, lifting, because)).problem.code, code)
  const lifted = await desk.ask(identityDesk, api.liftProtection, lifting, 'reason:visit')
  assert.deepEqual(
    lifted.output.map(({ lifted_reason }) => lifted_reason),
    ['henkilön oma pyyntö'],
  )
  assert.equal((await desk.ask(agent, api.addresses, { params })).output.length, 1)
})

test('duplicates are found by evidence, told apart for good, joined with two pairs of eyes, and parted', async () => {
  const one = await person(register.owner, {
    given: 'Tuomas',
    family: 'Kaksonen',
    phone: '+358505559911',
    birth_date: '1971-02-03',
  })
  const other = await person(register.owner, {
    given: 'Tuomas',
    family: 'Kaksonen',
    phone: '+358505559911',
    birth_date: '1971-02-03',
  })
  const scan = () =>
    desk.ask(
      { handle: 'system:duplicate-scan', staff_id: null, role: 'duplicate-scan', hat: 'group' },
      duplicates.scanDuplicates,
      {},
    )
  const first = await scan()
  assert.ok(first.output.found >= 1, JSON.stringify(first.problem))
  const listed = await desk.ask(agent, duplicates.listDuplicates, { query: {} })
  const pair = listed.output.find(({ customer_id, other_id }) => customer_id === one && other_id === other)
  assert.deepEqual(pair?.evidence, ['same-birth-date-and-name', 'same-phone-and-name'])
  assert.equal((await scan()).output.found, 0)

  const proposed = await desk.ask(identityDesk, duplicates.proposeMerge, {
    params: { customer_id: id(one) },
    body: { merged_id: id(other), reason: 'sama henkilö kahdesti', evidence: [] },
  })
  assert.ok(proposed.output.merged_at, 'persons without a certain identity are joined at once')
  const card = await desk.ask(agent, api.contactDetails, { params: { customer_id: id(one) } })
  assert.deepEqual(new Set(card.output.map(({ customer_id }) => customer_id)), new Set([one, other]))
  const again = await desk.ask(identityDesk, duplicates.proposeMerge, {
    params: { customer_id: id(one) },
    body: { merged_id: id(other), reason: 'uudelleen', evidence: [] },
  })
  assert.equal(again.problem.code, 'merge.already-joined')
  const added = await desk.ask(
    agent,
    api.addContactPoint,
    {
      params: { customer_id: id(one) },
      body: { channel: 'email', value: 'tuomas@example.fi', use: 'main' },
    },
    'reason:written',
  )
  assert.equal(added.status, 200)
  const merge_id = proposed.output.id
  const parted = await desk.ask(secondPair, duplicates.undoMerge, {
    params: { merge_id },
    body: { reason: 'eri henkilöt' },
  })
  assert.equal(parted.status, 200, JSON.stringify(parted.problem))
  assert.equal(
    (await desk.ask(agent, api.openCustomer, { params: { customer_id: id(other) } }, 'reason:supply')).output
      .merged_into,
    null,
  )
})

test('the marketing role sees nothing of a person who may not be approached', async () => {
  const who = id(await person(register.owner, { controllers: retailer }))
  const { output } = await desk.ask(marketer, api.contactDetails, { params: { customer_id: who } })
  assert.deepEqual(output, [])
})
