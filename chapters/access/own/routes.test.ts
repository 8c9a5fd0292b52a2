import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Door, openDoor, password } from '../../../tests/door.ts'

let door: Door
before(async () => {
  door = await openDoor()
})
after(() => door.stop())

test('one changes one’s own password by the present one; every other sign-in ends, this one goes on', async () => {
  const { cookie, secret } = await door.enrolled('kymmenes')
  door.later(60)
  const begun = await door.send('POST', '/api/session', undefined, { login: 'kymmenes', password })
  const other = await door.send('POST', '/api/session/second-factor', begun.cookie, { code: door.codeAt(secret) })
  const change = (body: object) => door.send('PUT', '/api/own/password', cookie, body)
  const next = 'toinen pitkä salalause'
  assert.equal((await change({ password: 'väärä', new_password: next })).body['code'], 'password.wrong')
  assert.equal((await change({ password, new_password: 'lyhyt' })).body['code'], 'password.short')
  assert.equal((await change({ password, new_password: password })).body['code'], 'password.same')
  assert.equal((await door.send('PUT', '/api/own/password', undefined, { password, new_password: next })).status, 401)
  const done = await change({ password, new_password: next })
  assert.equal(done.status, 200)
  assert.equal((await door.send('GET', '/api/session', done.cookie)).status, 200)
  for (const old of [cookie, other.cookie]) assert.equal((await door.send('GET', '/api/session', old)).status, 401)
  assert.equal((await door.send('POST', '/api/session', undefined, { login: 'kymmenes', password })).status, 401)
  assert.equal((await door.send('POST', '/api/session', undefined, { login: 'kymmenes', password: next })).status, 200)
})

test('one changes one’s own authenticator: the old one is good until the new one is confirmed, and not after', async () => {
  const { cookie, secret, recovery } = await door.enrolled('yhdestoista')
  const facts = await door.send('GET', '/api/own/sign-in', cookie)
  assert.deepEqual(
    [facts.body['login'], facts.body['recovery_codes_left'], facts.body['secrecy_committed_on']],
    ['yhdestoista', 8, door.now().toISOString().slice(0, 10)],
  )
  const begin = (body: object) => door.send('POST', '/api/own/authenticator-secret', cookie, body)
  const confirm = (code: string) => door.send('PUT', '/api/own/authenticator', cookie, { code })
  assert.equal((await begin({ password: 'väärä' })).body['code'], 'password.wrong')
  assert.equal((await confirm('123456')).body['code'], 'code.wrong', 'nothing was begun')
  const begun = await begin({ password })
  const fresh = begun.body['secret'] as string
  assert.equal(
    (await confirm(door.codeAt(secret))).body['code'],
    'code.wrong',
    'the old one does not confirm the new one',
  )
  const done = await confirm(door.codeAt(fresh))
  assert.equal((done.body['recovery_codes'] as string[]).length, 8)
  assert.equal((await door.send('GET', '/api/session', cookie)).status, 401)
  assert.equal((await door.send('GET', '/api/session', done.cookie)).status, 200)
  door.later(60)
  const again = await door.send('POST', '/api/session', undefined, { login: 'yhdestoista', password })
  const factor = (code: string | undefined) => door.send('POST', '/api/session/second-factor', again.cookie, { code })
  assert.equal((await factor(door.codeAt(secret))).status, 401)
  assert.equal((await factor(recovery[0])).status, 401)
  assert.equal((await factor(door.codeAt(fresh))).status, 200)
  assert.equal((await door.send('GET', '/api/own/sign-in')).status, 401)
  assert.equal((await door.send('POST', '/api/own/authenticator-secret', undefined, { password })).status, 401)
})

test('an open desk does not let passwords be guessed: wrong ones are counted like those at the door', async () => {
  const { cookie } = await door.enrolled('kahdestoista')
  for (let n = 0; n < 6; n++) await door.send('POST', '/api/own/authenticator-secret', cookie, { password: 'arvaus' })
  const resting = await door.send('POST', '/api/own/authenticator-secret', cookie, { password })
  assert.deepEqual([resting.status, resting.body['code']], [429, 'sign-in.resting'])
})

test('a reset that comes while someone signs in is not undone by them', async () => {
  const first = await door.newcomer('kilpailija')
  const begun = await door.send('POST', '/api/session', undefined, first)
  const secret = (await door.send('POST', '/api/session/enrolment-secret', begun.cookie)).body['secret'] as string
  await door.owner.query(`update staff set sign_in_round = sign_in_round + 1 where login = 'kilpailija'`)
  const late = await door.send('POST', '/api/session/enrolment', begun.cookie, {
    password,
    committed: true,
    code: door.codeAt(secret),
  })
  assert.equal(late.status, 401)
})
