// Walls as people raise and lower them: a restriction of processing, and an order of protection with what may be changed behind it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testRegister } from '../../../tests/database.ts'
import { person } from '../../../tests/people.ts'
import { served, type Served, staffIn } from '../../../tests/served.ts'
import * as addresses from '../addresses/api.ts'
import { addressRoutes } from '../addresses/routes.ts'
import * as card from '../api.ts'
import { customerRoutes } from '../routes.ts'
import * as api from './api.ts'
import { restrictionRoutes } from './routes.ts'

const agent = staffIn('customer-service', 'retail')
const identityDesk = staffIn('identity-desk', 'retail', 7)
const collector = staffIn('collection', 'retail', 5)
const officer = staffIn('data-protection-officer', 'group', 6)
const rightsDesk = staffIn('rights-desk', 'group', 9)

let register: Awaited<ReturnType<typeof testRegister>>
let desk: Served
const ask: Served['ask'] = (actor, endpoint, asked, because = 'reason:written') =>
  desk.ask(actor, endpoint, asked, because)
const one = async (made: Parameters<typeof person>[1] = {}) => (await person(register.owner, made)) as card.CustomerId

before(async () => {
  register = await testRegister()
  await register.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis'), ('00100', 'HELSINKI', 'HELSINGFORS', '091', 'Helsinki', 'Helsingfors')`,
  )
  desk = await served(register.register, [...customerRoutes, ...addressRoutes, ...restrictionRoutes])
})
after(async () => {
  await desk.server.close()
  await register.drop()
})

test('a restriction is set and lifted by the rights desk alone, and every other refusal is logged', async () => {
  const params = { customer_id: await one() }
  const asked = [
    [api.restrictions, { params }],
    [api.restrict, { params, body: { ground: 'accuracy', reason: 'kiistää osoitteen' } }],
    [api.liftRestriction, { params, body: { told_on: '2026-11-20', reason: 'tarkistettu on' } }],
  ] as const
  assert.equal(asked.length, restrictionRoutes.length)
  for (const [endpoint, given] of asked) {
    for (const actor of [agent, identityDesk]) {
      desk.lines()
      const refused = await ask(actor, endpoint, given as never)
      assert.deepEqual([refused.status, refused.problem.code], [403, 'role.not-declared'], endpoint.action)
      assert.deepEqual(
        desk.lines().map(({ outcome, subject }) => [outcome, subject]),
        [['refused', null]],
      )
    }
    assert.equal((await ask(undefined, endpoint, given as never)).status, 401)
  }
  for (const actor of [collector, officer]) {
    assert.equal((await ask(actor, api.restrictions, { params })).status, 200)
    const refused = await ask(actor, api.restrict, {
      params,
      body: { ground: 'accuracy', reason: 'kiistää osoitteen' },
    })
    assert.equal(refused.status, 403)
  }
})

test('a restriction takes effect at once, everywhere, and is lifted when the person has been told', async () => {
  const params = { customer_id: await one({ family: 'Rajattu' }) }
  const sees = async (actor: typeof agent) => (await ask(actor, card.openCustomer, { params })).status
  assert.equal(await sees(agent), 200)
  const set = await ask(rightsDesk, api.restrict, {
    params,
    body: { ground: 'accuracy', reason: 'kiistää laskutusosoitteen' },
  })
  assert.equal(set.status, 200, JSON.stringify(set.problem))
  assert.deepEqual(
    [await sees(agent), await sees(identityDesk), await sees(collector), await sees(rightsDesk)],
    [404, 404, 200, 200],
  )
  const open = await register.owner.query(
    `select count(*)::int as open from (
       select restricted from customer_name where customer_id = $1 union all select restricted from contact_point where customer_id = $1
       union all select restricted from postal_address where customer_id = $1 union all select restricted from search_name where customer_id = $1
       union all select restricted from restriction where customer_id = $1) each where not restricted`,
    [params.customer_id],
  )
  assert.deepEqual(open.rows, [{ open: 0 }])
  const [row] = (await ask(collector, api.restrictions, { params })).output
  assert.deepEqual([row?.ground, row?.lifted_at], ['accuracy', null])
  const twice = await ask(rightsDesk, api.restrict, { params, body: { ground: 'claims', reason: 'toinen syy' } })
  assert.deepEqual([twice.status, twice.problem.code], [409, 'restriction.overlaps'])

  // What is added while it holds is restricted from its first moment.
  const added = await ask(rightsDesk, card.addContactPoint, {
    params,
    body: { channel: 'email', value: 'rajattu@example.fi' },
  })
  assert.equal(added.status, 200, JSON.stringify(added.problem))
  const behind = await register.owner.query('select restricted from contact_point where id = $1', [added.output.id])
  assert.deepEqual(behind.rows, [{ restricted: true }])

  const untold = await ask(rightsDesk, api.liftRestriction, {
    params,
    body: { told_on: '2026-12-01', reason: 'osoite oikaistu' },
  })
  assert.deepEqual(
    untold.problem.faults?.map(({ path }) => path),
    ['body.told_on'],
  )
  const lifted = await ask(rightsDesk, api.liftRestriction, {
    params,
    body: { told_on: '2026-11-23', reason: 'osoite oikaistu' },
  })
  assert.equal(lifted.output.lifted_reason, 'osoite oikaistu')
  assert.equal(await sees(agent), 200)
  const none = await ask(rightsDesk, api.liftRestriction, {
    params,
    body: { told_on: '2026-11-23', reason: 'toistamiseen' },
  })
  assert.equal(none.problem.code, 'restriction.none')
})

const order = {
  granted_by: 'population-register',
  basis: 'VTJ-muutos 1',
  to: '2031-11-24',
  review_on: '2031-10-01',
} as const

test('an order of protection that is no order is refused; one is prolonged beside the other, and both are lifted by a person', async () => {
  const params = { customer_id: await one() }
  for (const [given, path] of [
    [{ ...order, to: '2026-11-24', review_on: null }, 'body.to'],
    [{ ...order, to: null, review_on: null }, 'body.review_on'],
    [{ ...order, review_on: '2032-01-01' }, 'body.review_on'],
  ] as const) {
    const refused = await ask(identityDesk, card.protect, { params, body: given }, 'reason:written')
    assert.deepEqual([refused.status, refused.problem.faults?.map((each) => each.path)], [422, [path]])
  }
  for (const to of ['2031-11-24', '2033-11-24'])
    assert.equal(
      (await ask(identityDesk, card.protect, { params, body: { ...order, to } }, 'reason:written')).status,
      200,
    )
  const { output } = await ask(identityDesk, card.openProtected, { params }, 'reason:written')
  assert.deepEqual(
    output.orders.map(({ basis, during }) => [basis, during.to]),
    [
      ['VTJ-muutos 1', '2033-11-24'],
      ['VTJ-muutos 1', '2031-11-24'],
    ],
  )
  const lifted = await ask(identityDesk, card.liftProtection, {
    params,
    body: { reason: 'oma pyyntö' },
  })
  assert.equal(lifted.output.length, 2)
})

test('what is behind the wall is changed with a reason by the role that opens it, and by nobody else, without a hint', async () => {
  const params = { customer_id: await one() }
  await ask(identityDesk, card.protect, { params, body: order }, 'reason:written')
  const opened = await ask(identityDesk, card.openProtected, { params }, 'reason:written')
  const [home] = opened.output.addresses
  assert.ok(home)
  const at = { ...params, address_id: home.id }
  const body = { street: 'Salakatu 1', postcode: '00100', from: '2026-11-20', version: home.version }
  const refused = await ask(agent, addresses.changeAddress, { params: at, body })
  assert.deepEqual([refused.status, refused.problem.code], [404, 'address.not-found'])
  const point = await ask(agent, card.addContactPoint, { params, body: { channel: 'email', value: 'uusi@example.fi' } })
  assert.deepEqual([point.status, point.problem.code], [403, 'row.behind-wall'])
  const bare = await desk.ask(identityDesk, addresses.changeAddress, { params: at, body })
  assert.deepEqual([bare.status, bare.problem.code], [428, 'reason.missing'])
  desk.lines()
  const moved = await ask(identityDesk, addresses.changeAddress, { params: at, body }, 'reason:written')
  assert.equal(moved.status, 200, JSON.stringify(moved.problem))
  assert.deepEqual(
    desk.lines().map(({ subject, because, outcome }) => [subject, because, outcome]),
    [[params.customer_id, 'reason:written', 'written']],
  )
  const { rows } = await register.owner.query(
    'select street, protected from postal_address where customer_id = $1 order by id',
    [params.customer_id],
  )
  assert.deepEqual(rows, [
    { street: 'Mallikatu 1 A 2', protected: true },
    { street: 'Salakatu 1', protected: true },
  ])
  assert.deepEqual((await ask(agent, card.addresses, { params })).output, [])
  const found = await register.owner.query('select from search_address where customer_id = $1', [params.customer_id])
  assert.equal(found.rowCount, 0)

  // A contact address was given to be used.
  const safe = await ask(agent, addresses.addAddress, {
    params,
    body: { kind: 'contact', street: 'PL 12', postcode: '15140' },
  })
  assert.equal(safe.status, 200, JSON.stringify(safe.problem))
  assert.deepEqual(
    (await ask(agent, card.addresses, { params })).output.map(({ street }) => street),
    ['PL 12'],
  )
})
