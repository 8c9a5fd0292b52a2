import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestRegister, testRegister } from '../../../tests/database.ts'
import { type Served, served, staffIn } from '../../../tests/served.ts'
import * as access from '../api.ts'
import { accessRoutes } from '../routes.ts'
import * as api from './api.ts'

let opened: TestRegister
let http: Served

before(async () => {
  opened = await testRegister()
  const { register } = opened
  const routes = accessRoutes(register, () => routes)
  http = await served(register, routes)
})
after(async () => {
  await http.server.close()
  await opened.drop()
})

const administrator = staffIn('administrator', 'group', 9_999)
const invited = {
  login: 'uusi.tekija',
  name: 'Uusi Tekijä',
  unit: 'Laskutus',
  language: 'fi' as const,
  roles: ['billing'],
}
const invite = async (login: string) => {
  const { status, output } = await http.ask(administrator, api.inviteStaff, { body: { ...invited, login } })
  assert.equal(status, 200, JSON.stringify(output))
  return output
}
/** The version that an administrator has just seen. */
const seen = async (id: number) => {
  const { rows } = await opened.owner.query<{ version: number }>('select version from staff where id = $1', [id])
  return rows[0]?.version ?? 0
}
const signsIn = (login: string, password: string) => http.ask(undefined, access.signIn, { body: { login, password } })
const rowOf = async (id: number) =>
  (await opened.owner.query<Record<string, unknown>>('select * from staff where id = $1', [id])).rows[0]

test('an invited person has roles, and signs in with a password that is told once', async () => {
  const { staff_id, password } = await invite('uusi')
  assert.equal((await signsIn('uusi', password)).output.stage, 'enrol')
  const { output } = await http.ask(administrator, api.listStaff, { query: {} })
  const person = output.staff.find(({ id }) => id === staff_id)
  assert.deepEqual(
    [person?.state, person?.roles.map(({ role, from, to }) => [role, from, to])],
    ['invited', [['billing', '2026-11-24', null]]],
  )
  assert.ok(!JSON.stringify(output).includes('argon2'))
  const again = await http.ask(administrator, api.inviteStaff, { body: { ...invited, login: 'uusi' } })
  assert.deepEqual([again.status, again.problem.code], [409, 'staff.login-taken'])
})

test('roles are given for a time; none of the machinery, none twice at once, none that never holds', async () => {
  const { staff_id } = await invite('ajaksi')
  const give = async (body: { role: string; from: string; to?: string }) =>
    http.ask(administrator, api.giveRole, { params: { staff_id }, body: { version: await seen(staff_id), ...body } })
  const given = await give({ role: 'collection', from: '2026-12-01', to: '2027-01-01' })
  assert.deepEqual([given.output.from, given.output.to], ['2026-12-01', '2027-01-01'])
  assert.equal((await give({ role: 'collection', from: '2026-12-24' })).status, 409)
  assert.equal((await give({ role: 'sign-in', from: '2026-12-01' })).problem.code, 'role.machinery')
  assert.equal((await give({ role: 'no-such-role', from: '2026-12-01' })).problem.code, 'role.unknown')
  assert.equal(
    (await give({ role: 'marketing', from: '2026-12-01', to: '2026-12-01' })).problem.code,
    'role.ends-before-it-begins',
  )
  const end = async (to: string, staff = staff_id) =>
    http.ask(administrator, api.endRole, {
      params: { staff_id: staff, staff_role_id: given.output.id },
      body: { version: await seen(staff_id), to },
    })
  assert.equal((await end('2026-12-15')).output.to, '2026-12-15')
  assert.equal((await end('2026-11-30')).problem.code, 'role.ends-before-it-begins')
  assert.equal((await end('2026-12-15', staff_id + 1)).status, 404)
})

/** The cookie of one who has given the right password, and whether it still leads on. */
const begun = async (login: string, password: string) => {
  const answer = await http.server.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-register': 'test' },
    payload: { login, password },
  })
  const [given] = answer.cookies
  return async () => {
    const next = await http.server.inject({
      method: 'POST',
      url: '/api/session/enrolment-secret',
      headers: { 'x-register': 'test', cookie: `register=${given?.value}` },
    })
    return next.statusCode
  }
}

test('locking ends the sign-ins in the same statement, and opening does not bring them back', async () => {
  const { staff_id, password } = await invite('lukittava')
  const leadsOn = await begun('lukittava', password)
  assert.equal(await leadsOn(), 200)
  const set = async (state: 'open' | 'locked') =>
    http.ask(administrator, api.setStaffState, { params: { staff_id }, body: { version: await seen(staff_id), state } })
  assert.equal((await set('locked')).output.state, 'locked')
  assert.equal(await leadsOn(), 401)
  assert.equal((await signsIn('lukittava', password)).status, 401)
  assert.equal((await set('open')).output.state, 'invited')
  assert.equal(await leadsOn(), 401)
  const again = await begun('lukittava', password)
  assert.equal(await again(), 200)
  assert.equal((await http.ask(administrator, api.endStaffSessions, { params: { staff_id } })).status, 200)
  assert.equal(await again(), 401)
  assert.equal((await http.ask(administrator, api.endStaffSessions, { params: { staff_id: 123_456 } })).status, 404)
})

test('an end of employment ends roles as well, and nothing comes back by opening', async () => {
  const { staff_id } = await invite('lahteva')
  const params = { staff_id }
  const given = { role: 'marketing', from: '2027-03-01', version: await seen(staff_id) }
  assert.equal((await http.ask(administrator, api.giveRole, { params, body: given })).status, 200)
  await opened.owner.query(`update staff_role set during = '[2026-01-01,)' where staff_id = $1 and role = 'billing'`, [
    staff_id,
  ])
  const set = async (state: 'open' | 'ended') =>
    http.ask(administrator, api.setStaffState, { params, body: { version: await seen(staff_id), state } })
  assert.equal((await set('ended')).output.state, 'ended')
  await set('open')
  const { rows } = await opened.owner.query<{ role: string; during: string }>(
    'select role, during::text from staff_role where staff_id = $1 order by role',
    [staff_id],
  )
  assert.deepEqual(rows, [
    { role: 'billing', during: '[2026-01-01,2026-11-24)' },
    { role: 'marketing', during: '[2027-03-01,2027-03-02)' },
  ])
})

test('a change is made to what was seen: the second of two administrators is told, and nothing of theirs is half done', async () => {
  const { staff_id } = await invite('kahden')
  const params = { staff_id }
  const version = await seen(staff_id)
  const details = { name: 'Uusi Nimi', unit: 'Perintä', language: 'sv' as const }
  const first = await http.ask(administrator, api.changeStaff, { params, body: { version, ...details } })
  assert.equal(first.output.version, version + 1)
  const late = [
    await http.ask(administrator, api.changeStaff, { params, body: { version, ...details, name: 'Toinen' } }),
    await http.ask(administrator, api.giveRole, { params, body: { version, role: 'marketing', from: '2026-12-01' } }),
    await http.ask(administrator, api.setStaffState, { params, body: { version, state: 'ended' } }),
    await http.ask(administrator, api.resetSignIn, { params, body: { version } }),
  ]
  for (const { status, problem } of late) assert.deepEqual([status, problem.code], [409, 'staff.changed'])
  const { output } = await http.ask(administrator, api.listStaff, { query: {} })
  const person = output.staff.find(({ id }) => id === staff_id)
  assert.deepEqual(
    [person?.name, person?.unit, person?.language, person?.state, person?.roles.length],
    ['Uusi Nimi', 'Perintä', 'sv', 'invited', 1],
  )
  // A role that cannot be given takes its version back with it.
  const overlapping = { version: version + 1, role: 'billing', from: '2026-12-01' }
  assert.equal((await http.ask(administrator, api.giveRole, { params, body: overlapping })).status, 409)
  assert.equal(await seen(staff_id), version + 1)
  const nobody = { params: { staff_id: 123_456 }, body: { version: 1, ...details } }
  assert.equal((await http.ask(administrator, api.changeStaff, nobody)).status, 404)
})

test('nobody tends themselves: neither roles, nor state, nor sign-in', async () => {
  const { staff_id } = await invite('itse')
  const self = { ...administrator, staff_id }
  const params = { staff_id }
  const version = await seen(staff_id)
  const refusals = [
    await http.ask(self, api.giveRole, { params, body: { version, role: 'marketing', from: '2026-12-01' } }),
    await http.ask(self, api.endRole, { params: { ...params, staff_role_id: 1 }, body: { version, to: '2026-12-01' } }),
    await http.ask(self, api.setStaffState, { params, body: { version, state: 'locked' } }),
    await http.ask(self, api.resetSignIn, { params, body: { version } }),
  ]
  for (const { status, problem } of refusals) assert.deepEqual([status, problem.code], [403, 'staff.self'])
})

test('a reset sign-in begins anew: neither the old password nor the old authenticator', async () => {
  const { staff_id, password } = await invite('unohtanut')
  await opened.owner.query(
    "update staff set totp_secret = 'x', totp_pending = 'x', totp_confirmed_at = now(), recovery_hashes = '{a}', password_must_change = false, secrecy_committed_on = '2026-01-01', state = 'active' where id = $1",
    [staff_id],
  )
  assert.equal((await signsIn('unohtanut', password)).output.stage, 'password')
  const body = { version: await seen(staff_id) }
  const reset = await http.ask(administrator, api.resetSignIn, { params: { staff_id }, body })
  assert.equal(reset.output.login, 'unohtanut')
  assert.equal((await signsIn('unohtanut', password)).status, 401)
  assert.equal((await signsIn('unohtanut', reset.output.password)).output.stage, 'enrol')
  const row = await rowOf(staff_id)
  assert.deepEqual(
    [row?.['totp_secret'], row?.['totp_pending'], row?.['totp_confirmed_at'], row?.['recovery_hashes']],
    [null, null, null, null],
  )
  const nobody = await http.ask(administrator, api.resetSignIn, { params: { staff_id: 123_456 }, body })
  assert.equal(nobody.status, 404)
})

test('a first password is good for a week, and its holder is told when it came too late', async () => {
  const { staff_id, password, until } = await invite('myohassa')
  assert.equal(until, '2026-12-01T08:00:00.000Z')
  await opened.owner.query(`update staff set first_password_until = '2026-11-24T08:00:00Z' where id = $1`, [staff_id])
  const late = await signsIn('myohassa', password)
  assert.deepEqual([late.status, late.problem.code], [403, 'sign-in.invitation-over'])
  assert.equal((await signsIn('myohassa', 'arvaus')).status, 401)
})

test('the list says what keeps a person out, and which companies a role works for', async () => {
  const { staff_id } = await invite('estetty')
  await opened.owner.query(`update staff_role set during = '[2026-01-01,2026-02-01)' where staff_id = $1`, [staff_id])
  const { output } = await http.ask(administrator, api.listStaff, { query: {} })
  assert.deepEqual(output.staff.find(({ id }) => id === staff_id)?.hindrances, ['no-commitment', 'no-role'])
  assert.ok(!('sign-in' in output.roles))
  assert.deepEqual(output.roles['marketing']?.hats, [{ id: 'retail', companies: ['Lahti Energia Oy'] }])
})

test('nobody but the administrator tends the staff', async () => {
  const params = { staff_id: 1 }
  for (const role of ['customer-service', 'billing', 'data-protection-officer']) {
    const actor = staffIn(role, role === 'data-protection-officer' ? 'group' : 'retail')
    const refusals = [
      await http.ask(actor, api.inviteStaff, { body: invited }),
      await http.ask(actor, api.changeStaff, { params, body: { version: 1, name: 'A', unit: 'B', language: 'fi' } }),
      await http.ask(actor, api.giveRole, { params, body: { version: 1, role: 'billing', from: '2026-12-01' } }),
      await http.ask(actor, api.endRole, {
        params: { ...params, staff_role_id: 1 },
        body: { version: 1, to: '2026-12-01' },
      }),
      await http.ask(actor, api.setStaffState, { params, body: { version: 1, state: 'locked' } }),
      await http.ask(actor, api.endStaffSessions, { params }),
      await http.ask(actor, api.resetSignIn, { params, body: { version: 1 } }),
    ]
    for (const refusal of refusals)
      assert.deepEqual([refusal.status, refusal.problem.code], [403, 'role.not-declared'], role)
  }
  assert.equal((await http.ask(staffIn('billing', 'retail'), api.listStaff, { query: {} })).status, 403)
  assert.equal((await http.ask(undefined, api.listStaff, { query: {} })).status, 401)
})
