import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestRegister, testRegister } from '../../../tests/database.ts'
import { type Served, served, staffIn } from '../../../tests/served.ts'
import { programOf } from '../identify.ts'
import { accessRoutes } from '../routes.ts'
import * as api from './api.ts'

const now = new Date('2026-11-24T08:00:00Z')
let opened: TestRegister
let http: Served
let owner = 0

before(async () => {
  opened = await testRegister()
  const { register } = opened
  const routes = accessRoutes(register, () => routes)
  http = await served(register, routes, now)
  owner = await colleague('vastaava')
})
after(async () => {
  await http.server.close()
  await opened.drop()
})

const administrator = staffIn('administrator', 'group', 9_999)
const colleague = async (login: string, role = 'billing'): Promise<number> => {
  const { rows } = await opened.owner.query<{ id: string }>(
    `insert into staff (login, name, unit, language, state, secrecy_committed_on, recorded_at, recorded_by)
     values ($1, 'Testi Vastaava', 'Laskutus', 'fi', 'active', '2026-01-01', '2026-01-01Z', 'system:test') returning id`,
    [login],
  )
  const id = Number(rows[0]?.id)
  await opened.owner.query(
    `insert into staff_role (staff_id, role, during, recorded_at, recorded_by) values ($1, $2, '[2026-01-01,)', '2026-01-01Z', 'system:test')`,
    [id, role],
  )
  return id
}
const wanted = () => ({
  name: 'Laskutusohjelma',
  role: 'billing',
  purpose: 'payment' as const,
  hat: 'retail',
  staff_id: owner,
  until: '2027-11-24',
})
type Wanted = ReturnType<typeof wanted>
const make = (more: Partial<Wanted> = {}) =>
  http.ask(administrator, api.makeToken, { body: { ...wanted(), ...more } as Wanted })
const opens = (token: string, at = now) => programOf(opened.register, `Bearer ${token}`, at)

test('a token is told once, kept as a keyed digest, and opens its bundle until its last day', async () => {
  const { output } = await make()
  const actor = await opens(output.token)
  assert.deepEqual(actor, {
    handle: output.handle,
    staff_id: null,
    role: 'billing',
    purpose: 'payment',
    hat: 'retail',
  })
  const { rows } = await opened.owner.query<{ row: string }>('select t::text as row from api_token t')
  assert.ok(!rows.some(({ row }) => row.includes(output.token.slice(17))), 'the token stands in its table')
  assert.equal(await opens(output.token, new Date('2027-11-23T21:59:00Z')).then((found) => found?.role), 'billing')
  assert.equal(await opens(output.token, new Date('2027-11-23T22:00:00Z')), undefined, 'midnight in Finland')
  assert.equal(await opens(`${output.token.slice(0, -1)}${output.token.endsWith('A') ? 'B' : 'A'}`), undefined)
  assert.equal(await programOf(opened.register, `Basic ${output.token}`, now), undefined)
})

test('the last use is shown, to the minute; a revoked token opens nothing', async () => {
  const { output } = await make({ name: 'Käytetty' })
  const shown = async () =>
    (await http.ask(administrator, api.listTokens, { query: {} })).output.tokens.find(({ id }) => id === output.id)
  assert.equal((await shown())?.last_used_at, null)
  await opens(output.token)
  await opens(output.token, new Date('2026-11-24T08:00:30Z'))
  assert.equal((await shown())?.last_used_at, now.toISOString())
  const revoke = () => http.ask(administrator, api.revokeToken, { params: { token_id: output.id } })
  const first = await revoke()
  assert.equal(first.output.revoked_at, now.toISOString())
  assert.equal((await revoke()).output.revoked_at, first.output.revoked_at)
  assert.equal(await opens(output.token), undefined)
  assert.equal((await shown())?.revoked_at, now.toISOString())
  const nobody = await http.ask(administrator, api.revokeToken, { params: { token_id: 999_999 } })
  assert.deepEqual([nobody.status, nobody.problem.code], [404, 'token.unknown'])
})

test('a token opens nothing while the one who answers for it may not, and the list says so', async () => {
  const staff_id = await colleague('lahteva')
  const { token, id } = (await make({ staff_id })).output
  assert.ok(await opens(token))
  const standing = async () => {
    const { output } = await http.ask(administrator, api.listTokens, { query: {} })
    return output.tokens.find((one) => one.id === id)?.standing
  }
  assert.equal(await standing(), 'open')
  const without = async (change: string, back: string) => {
    await opened.owner.query(`update staff set ${change} where id = $1`, [staff_id])
    assert.equal(await opens(token), undefined, change)
    assert.equal(await standing(), 'unanswered', change)
    await opened.owner.query(`update staff set ${back} where id = $1`, [staff_id])
    assert.ok(await opens(token), back)
  }
  await without("state = 'locked'", "state = 'active'")
  await without('secrecy_committed_on = null', "secrecy_committed_on = '2026-01-01'")
  await opened.owner.query("update staff_role set during = '[2026-01-01,2026-11-24)' where staff_id = $1", [staff_id])
  assert.equal(await opens(token), undefined, 'the role ended today')
  assert.equal(await standing(), 'unanswered')
  await opened.owner.query('update api_token set expires_at = $2 where id = $1', [id, now])
  assert.equal(await standing(), 'over')
  await http.ask(administrator, api.revokeToken, { params: { token_id: id } })
  assert.equal(await standing(), 'revoked')
})

test('what a token may not be is refused, naming it', async () => {
  const uncommitted = await colleague('sitoutumaton')
  await opened.owner.query('update staff set secrecy_committed_on = null where id = $1', [uncommitted])
  const cases: readonly (readonly [Partial<Wanted>, string, string])[] = [
    [{ role: 'no-such-role' }, 'body.role', 'bundle.unknown'],
    [{ purpose: 'rights' as 'payment' }, 'body.role', 'bundle.unknown'],
    [{ hat: 'group' }, 'body.role', 'bundle.unknown'],
    [{ role: 'sign-in', purpose: 'security' as 'payment', hat: 'group' }, 'body.role', 'bundle.machinery'],
    [{ until: '2026-11-24' }, 'body.until', 'token.over-before-it-begins'],
    [{ until: '2027-11-26' }, 'body.until', 'token.too-long'],
    [{ staff_id: 999_999 }, 'body.staff_id', 'staff.unknown'],
    [{ staff_id: uncommitted }, 'body.staff_id', 'token.not-committed'],
    [{ role: 'collection', purpose: 'claims' as 'payment' }, 'body.staff_id', 'token.role-not-held'],
  ]
  for (const [more, path, code] of cases) {
    const { status, problem } = await make(more)
    assert.deepEqual([status, problem.code, problem.faults?.[0]?.path], [422, code, path])
  }
  const own = await http.ask({ ...administrator, staff_id: owner }, api.makeToken, { body: wanted() })
  assert.equal(own.problem.code, 'token.own')
})

test('a role that no person can hold is given to a program, while somebody answers for it', async () => {
  const made = await make({ role: 'telephone-system', purpose: 'customer-care' as 'payment' })
  assert.equal((await opens(made.output.token))?.role, 'telephone-system')
  const [first] = (await http.ask(administrator, api.listTokens, { query: {} })).output.tokens
  assert.deepEqual([first?.standing, first?.staff_name], ['open', 'Testi Vastaava'])
  await opened.owner.query("update staff set state = 'ended' where id = $1", [owner])
  assert.equal(await opens(made.output.token), undefined)
  await opened.owner.query("update staff set state = 'active' where id = $1", [owner])
})

test('the list goes by pages, newest first, to those who may know whose program did what', async () => {
  await make()
  await make()
  const officer = staffIn('data-protection-officer', 'group', 8)
  const first = (await http.ask(officer, api.listTokens, { query: { limit: 1 } })).output
  const second = (await http.ask(officer, api.listTokens, { query: { limit: 1, before: first.next ?? 0 } })).output
  assert.ok((first.tokens[0]?.id ?? 0) > (second.tokens[0]?.id ?? 0))
  assert.ok(!('hash' in (first.tokens[0] ?? {})))
})

test('nobody but the administrator makes or revokes one', async () => {
  for (const role of ['billing', 'data-protection-officer']) {
    const actor = staffIn(role, role === 'billing' ? 'retail' : 'group')
    const refusals = [
      await http.ask(actor, api.makeToken, { body: wanted() }),
      await http.ask(actor, api.revokeToken, { params: { token_id: 1 } }),
    ]
    for (const { status, problem } of refusals) assert.deepEqual([status, problem.code], [403, 'role.not-declared'])
  }
  assert.equal((await http.ask(staffIn('billing', 'retail'), api.listTokens, { query: {} })).status, 403)
  assert.equal((await http.ask(undefined, api.listTokens, { query: {} })).status, 401)
})
