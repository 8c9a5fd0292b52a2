import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testRegister, type TestRegister } from '../../tests/database.ts'
import { network, person } from '../../tests/people.ts'
import { served, staffIn, type Served } from '../../tests/served.ts'
import type { CustomerId } from '../customers/index.ts'
import * as api from './api.ts'
import { gs1Check } from './point-code.ts'
import { siteRoutes } from './routes.ts'

const agent = staffIn('customer-service', 'retail')
const networkAgent = staffIn('customer-service', 'network')
const collector = staffIn('collection', 'retail')
const marketer = staffIn('marketing', 'retail')

let opened: TestRegister
let desk: Served
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, siteRoutes)
  await opened.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const someone = async (made: Parameters<typeof person>[1] = {}) => (await person(opened.owner, made)) as CustomerId
const home = async (): Promise<number> => {
  const body = { street_fi: 'Mallikatu', number: '1', staircase: 'A', apartment: '2', postcode: '15140' }
  const { status, output, problem } = await desk.ask(agent, api.addSite, { body })
  assert.equal(status, 200, JSON.stringify(problem))
  return output.id
}
const movedIn = async (who: CustomerId, site_id: number, from = '2026-01-01') => {
  const asked = { params: { customer_id: who }, body: { site_id, from } }
  const { status, output, problem } = await desk.ask(agent, api.moveIn, asked)
  assert.equal(status, 200, JSON.stringify(problem))
  return output
}
let serial = 0
const gsrn = (): string => {
  const body = `649900${String(++serial).padStart(11, '0')}`
  return body + gs1Check(body)
}

test('a home with its point and connection is read as the customer’s, and the log names the person', async () => {
  const who = await someone()
  const site = await home()
  await movedIn(who, site)
  const params = { site_id: site }
  const code = gsrn()
  desk.lines()
  const made = await desk.ask(agent, api.addPoint, { params, body: { energy: 'electricity', code } })
  assert.equal(made.status, 200, JSON.stringify(made.problem))
  const connected = { energy: 'electricity', main_fuse: '3x25A', from: '2026-01-01' } as const
  assert.equal((await desk.ask(agent, api.addConnection, { params, body: connected })).status, 200)
  assert.deepEqual(
    desk.lines().map(({ outcome, subject }) => [outcome, subject]),
    [
      ['written', who],
      ['written', who],
    ],
  )
  const { output } = await desk.ask(agent, api.sitesOfCustomer, { params: { customer_id: who } })
  const [one, ...others] = output
  assert.deepEqual(others, [])
  assert.deepEqual([one?.site.street_fi, one?.site.post_office_fi, one?.source], ['Mallikatu', 'LAHTI', 'desk'])
  assert.deepEqual([one?.points[0]?.code, one?.connections[0]?.main_fuse], [code, '3x25A'])
  const [line] = desk.lines()
  assert.deepEqual([line?.subject, line?.outcome], [who, 'read'])
  const place = await desk.ask(agent, api.openSite, { params })
  assert.deepEqual(
    place.output.occupants.map(({ customer_id }) => customer_id),
    [who],
  )
})

test('collection sees where a debtor lives, and nothing of what is measured there', async () => {
  const who = await someone()
  const site = await home()
  await movedIn(who, site)
  await desk.ask(agent, api.addPoint, { params: { site_id: site }, body: { energy: 'heat', code: `KL${site}` } })
  const { output } = await desk.ask(collector, api.sitesOfCustomer, { params: { customer_id: who } })
  assert.deepEqual([output[0]?.site.street_fi, output[0]?.points], ['Mallikatu', []])
})

test('what one company recorded is not there for the other until it serves the person', async () => {
  const who = await someone()
  const site = await home()
  await movedIn(who, site)
  const params = { customer_id: who }
  assert.deepEqual((await desk.ask(networkAgent, api.sitesOfCustomer, { params })).output, [])
  assert.equal((await desk.ask(networkAgent, api.openSite, { params: { site_id: site } })).status, 404)
  await opened.owner.query('select wall_serves($1, $2, $3::smallint)', [[who], [site], network])
  assert.equal((await desk.ask(networkAgent, api.sitesOfCustomer, { params })).output.length, 1)
})

test('nobody is moved into a site behind the wall, and no protected home is told of here', async () => {
  const site = await home()
  const hidden = await someone({ protected: true })
  const asked = { params: { customer_id: hidden }, body: { site_id: site, from: '2026-01-01' } }
  assert.equal((await desk.ask(agent, api.moveIn, asked)).status, 404)
  const who = await someone()
  const behind = { params: { customer_id: who }, body: { site_id: site, from: '2026-01-01' } }
  assert.equal((await desk.ask(networkAgent, api.moveIn, behind)).status, 404)
})

test('a protected person is moved in and out by the role that opens them, with a reason, and each home is protected while it is theirs', async () => {
  const identityDesk = staffIn('identity-desk', 'retail', 7)
  const site = await home()
  const hidden = await someone({ protected: true })
  const params = { customer_id: hidden }
  const asked = { params, body: { site_id: site, from: '2026-01-01' } }
  assert.equal((await desk.ask(identityDesk, api.moveIn, asked)).status, 404, 'without a reason nobody is opened')
  assert.equal((await desk.ask(agent, api.moveIn, asked, 'reason:supply')).status, 404, 'another role opens nobody')
  desk.lines()
  const moved = await desk.ask(identityDesk, api.moveIn, asked, 'reason:supply')
  assert.equal(moved.status, 200, JSON.stringify(moved.problem))
  assert.deepEqual(
    desk.lines().map(({ subject, because }) => [subject, because]),
    [[hidden, 'reason:supply']],
  )
  assert.equal((await desk.ask(agent, api.openSite, { params: { site_id: site } })).status, 404)
  assert.deepEqual((await desk.ask(identityDesk, api.sitesOfCustomer, { params })).output, [])
  assert.equal((await desk.ask(agent, api.protectedSites, { params }, 'reason:supply')).status, 403)
  const homes = await desk.ask(identityDesk, api.protectedSites, { params }, 'reason:supply')
  assert.deepEqual(
    homes.output.map(({ site: at, version }) => [at.id, at.street_fi, version]),
    [[site, 'Mallikatu', 1]],
    JSON.stringify(homes.problem),
  )
  const out = { params: { ...params, occupancy_id: moved.output.id }, body: { to: '2026-10-01', version: 1 } }
  assert.equal((await desk.ask(identityDesk, api.moveOut, out)).status, 404)
  assert.equal((await desk.ask(identityDesk, api.moveOut, out, 'reason:supply')).status, 200)
  const { output, status } = await desk.ask(agent, api.openSite, { params: { site_id: site } })
  assert.deepEqual(
    [status, output.occupants],
    [200, []],
    'the home is free for others, and does not tell who lived there',
  )
})

test('a second protected person moves into a home that is closed, by way of who lives there, and to others it is a home that is not', async () => {
  const identityDesk = staffIn('identity-desk', 'retail', 7)
  const site = await home()
  const [first, second, third] = [
    await someone({ protected: true }),
    await someone({ protected: true }),
    await someone(),
  ]
  const into = (who: CustomerId, lives_with: CustomerId | null, site_id = site) => ({
    params: { customer_id: who },
    body: { site_id, from: '2026-02-01', lives_with },
  })
  const why = 'reason:supply'
  assert.equal((await desk.ask(identityDesk, api.moveIn, into(first, null), why)).status, 200)
  const unknown = 9_999_999
  for (const [role, hat] of [
    ['customer-service', 'retail'],
    ['customer-service', 'network'],
    ['network-service', 'network'],
    ['identity-desk', 'network'],
  ] as const)
    for (const [who, with_whom] of [
      [second, first],
      [third, first],
      [third, null],
    ] as const) {
      const as = staffIn(role, hat, 8)
      // Of the other company the home is not, whoever opens it.
      const [closed, none] = await Promise.all([
        desk.ask(as, api.moveIn, into(who, with_whom), why),
        desk.ask(as, api.moveIn, into(who, with_whom, unknown), why),
      ])
      assert.equal(closed.status, 404, `${role} ${hat}`)
      assert.deepEqual(closed.problem, none.problem, `${role} ${hat}`)
    }
  const alone = await desk.ask(identityDesk, api.moveIn, into(second, null), why)
  assert.equal(alone.problem.code, 'customer-or-site.not-found', 'the home is found by way of who lives there alone')
  const unasked = await desk.ask(identityDesk, api.moveIn, into(second, first))
  assert.equal(unasked.status, 404, 'without a reason nobody is opened')
  const elsewhere = await desk.ask(identityDesk, api.moveIn, into(second, first, await home()), why)
  assert.equal(elsewhere.status, 404, 'who is named as living there does')

  desk.lines()
  const moved = await desk.ask(identityDesk, api.moveIn, into(second, first), why)
  assert.equal(moved.status, 200, JSON.stringify(moved.problem))
  assert.deepEqual(
    new Set(desk.lines().map(({ subject, because }) => `${subject} ${because}`)),
    new Set([`${first} ${why}`, `${second} ${why}`]),
    'both who were opened have it in their log',
  )
  const theirs = await desk.ask(identityDesk, api.protectedSites, { params: { customer_id: second } }, why)
  assert.deepEqual(
    theirs.output.map((stay) => stay.site_id),
    [site],
  )
  for (const each of [first, second])
    assert.deepEqual((await desk.ask(agent, api.sitesOfCustomer, { params: { customer_id: each } })).output, [])
  assert.equal((await desk.ask(agent, api.openSite, { params: { site_id: site } })).status, 404)

  // One moves out: the home stays closed as long as the other lives there.
  const [stay] = (await desk.ask(identityDesk, api.protectedSites, { params: { customer_id: first } }, why)).output
  const out = {
    params: { customer_id: first, occupancy_id: stay?.id ?? 0 },
    body: { to: '2026-03-01', version: stay?.version ?? 0 },
  }
  assert.equal((await desk.ask(identityDesk, api.moveOut, out, why)).status, 200)
  assert.equal((await desk.ask(agent, api.openSite, { params: { site_id: site } })).status, 404)
})

test('periods are half-open: who moves out on a day may move in again that day, but not the day before', async () => {
  const who = await someone()
  const site = await home()
  const stay = await movedIn(who, site)
  const params = { customer_id: who, occupancy_id: stay.id }
  const empty = await desk.ask(agent, api.moveOut, { params, body: { to: '2026-01-01', version: 1 } })
  assert.deepEqual([empty.status, empty.problem.code], [422, 'period.empty'])
  const left = await desk.ask(agent, api.moveOut, { params, body: { to: '2026-06-01', version: 1 } })
  assert.deepEqual(left.output.during, { from: '2026-01-01', to: '2026-06-01' })
  const late = await desk.ask(agent, api.moveOut, { params, body: { to: '2026-07-01', version: 1 } })
  assert.deepEqual([late.status, late.problem.code], [409, 'occupancy.changed'])
  const slip = await desk.ask(agent, api.moveOut, { params, body: { to: null, version: 2 } })
  assert.deepEqual(slip.output.during, { from: '2026-01-01', to: null }, JSON.stringify(slip.problem))
  assert.equal((await desk.ask(agent, api.moveOut, { params, body: { to: '2026-06-01', version: 3 } })).status, 200)
  const again = { params: { customer_id: who }, body: { site_id: site, from: '2026-05-31' } }
  const overlap = await desk.ask(agent, api.moveIn, again)
  assert.deepEqual([overlap.status, overlap.problem.code], [409, 'occupancy.overlaps'])
  await movedIn(who, site, '2026-06-01')
})

test('a postcode is looked up, and an unknown one is refused where it stands', async () => {
  const known = await desk.ask(agent, api.readPostcode, { params: { code: '15140' } })
  assert.equal(known.output.post_office_sv, 'LAHTIS')
  assert.equal((await desk.ask(agent, api.readPostcode, { params: { code: '00001' } })).status, 404)
  const body = { street_fi: 'Mallikatu', postcode: '00001' }
  const { status, problem } = await desk.ask(agent, api.addSite, { body })
  assert.deepEqual([status, problem.faults?.[0]?.path], [422, 'body.postcode'])
})

test('a wrong point code is refused by its reason, and one code is one point', async () => {
  const params = { site_id: await home() }
  const code = gsrn()
  const wrong = code.slice(0, 17) + String((Number(code[17]) + 1) % 10)
  const refused = await desk.ask(agent, api.addPoint, { params, body: { energy: 'electricity', code: wrong } })
  assert.equal(refused.problem.code, 'point-code.wrong-check')
  assert.equal((await desk.ask(agent, api.addPoint, { params, body: { energy: 'electricity', code } })).status, 200)
  assert.equal((await desk.ask(agent, api.addPoint, { params, body: { energy: 'electricity', code } })).status, 409)
})

test('a home is found by its address as it is begun, in either language, by postcode and by point, and not behind a wall', async () => {
  const body = { street_fi: 'Pihlajatie', street_sv: 'Rönnvägen', number: '7', apartment: 'b 3', postcode: '15140' }
  const made = await desk.ask(agent, api.addSite, { body })
  const site = made.output.id
  const code = gsrn()
  assert.equal(
    (await desk.ask(agent, api.addPoint, { params: { site_id: site }, body: { energy: 'electricity', code } })).status,
    200,
  )
  const ids = async (text: string, who = agent) =>
    (await desk.ask(who, api.findSites, { query: { text } })).output.map(({ id }) => id)
  for (const text of [
    'pihlajat',
    'PIHLAJATIE 7',
    'Pihlajatie 7B3',
    'pihlajatie 7 b 3 lahti',
    'ronnvagen 7',
    'Rönnvägen',
    code,
  ])
    assert.deepEqual(await ids(text), [site], text)
  assert.deepEqual(await ids('pihlajatie 7 heinola'), [])
  assert.ok((await ids('15140')).includes(site))
  const found = await desk.ask(agent, api.findSites, { query: { text: code } })
  assert.deepEqual(
    found.output[0]?.points.map((point) => point.code),
    [code],
  )

  const hidden = await someone({ protected: true })
  await opened.owner.query(
    `insert into occupancy (customer_id, site_id, role, during, protected, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'holder', '[2026-01-01,)', true, 3, 'test', '2026-01-01Z', 'system:test')`,
    [hidden, site],
  )
  await opened.owner.query('update site set protected = true where id = $1', [site])
  assert.deepEqual(await ids('pihlajatie'), [])
  assert.deepEqual(await ids(code), [])
})

test('every route refuses who is not declared for it, and the refusal is logged', async () => {
  const customer = { customer_id: 1 as CustomerId }
  const asked = [
    [api.findSites, { query: { text: 'mallikatu' } }],
    [api.sitesOfCustomer, { params: customer }],
    [api.protectedSites, { params: customer }],
    [api.openSite, { params: { site_id: 1 } }],
    [api.addSite, { body: { street_fi: 'x', postcode: '15140' } }],
    [api.addPoint, { params: { site_id: 1 }, body: { energy: 'heat', code: 'x' } }],
    [api.addConnection, { params: { site_id: 1 }, body: { energy: 'heat', from: '2026-01-01' } }],
    [api.moveIn, { params: customer, body: { site_id: 1, from: '2026-01-01' } }],
    [api.moveOut, { params: { ...customer, occupancy_id: 1 }, body: { to: '2026-01-01', version: 1 } }],
    [api.readPostcode, { params: { code: '15140' } }],
  ] as const
  assert.equal(asked.length, siteRoutes.length)
  for (const [endpoint, given] of asked) {
    desk.lines()
    const { problem } = await desk.ask(marketer, endpoint, given as never)
    assert.equal(problem.code, 'role.not-declared', endpoint.action)
    assert.deepEqual(
      desk.lines().map(({ outcome }) => outcome),
      ['refused'],
    )
  }
})
