import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Door, openDoor, password } from '../../tests/door.ts'

let door: Door
before(async () => {
  door = await openDoor()
})
after(() => door.stop())

test('a first sign-in takes a new password, the commitment to secrecy and an authenticator', async () => {
  const first = await door.newcomer('ensimmainen')
  const begun = await door.send('POST', '/api/session', undefined, first)
  assert.deepEqual([begun.status, begun.body['stage']], [200, 'enrol'])
  assert.equal((await door.send('GET', '/api/session', begun.cookie)).status, 401, 'no commitment, no access')
  const { body } = await door.send('POST', '/api/session/enrolment-secret', begun.cookie)
  const enrol = (more: object) =>
    door.send('POST', '/api/session/enrolment', begun.cookie, {
      password,
      committed: true,
      code: door.codeAt(body['secret'] as string),
      ...more,
    })
  assert.equal((await enrol({ committed: false })).status, 422)
  assert.equal((await enrol({ password: 'lyhyt' })).body['code'], 'password.short')
  assert.equal((await enrol({ code: '000000' })).body['code'], 'code.wrong')
  const done = await enrol({})
  assert.equal(done.status, 200)
  assert.notEqual(done.cookie, begun.cookie, 'the session is another after signing in')
  const session = await door.send('GET', '/api/session', done.cookie)
  assert.deepEqual(
    [session.body['role'], session.body['hat'], session.body['hats']],
    ['customer-service', 'retail', ['retail', 'network']],
  )
  assert.equal((await door.send('GET', '/api/session', begun.cookie)).status, 401)
})

test('signing in takes password and code; a code is good once', async () => {
  const { secret } = await door.enrolled('toinen')
  door.later(60)
  const begun = await door.send('POST', '/api/session', undefined, { login: 'Toinen', password })
  assert.equal(begun.body['stage'], 'password')
  assert.equal((await door.send('GET', '/api/session', begun.cookie)).status, 401)
  const code = door.codeAt(secret)
  const done = await door.send('POST', '/api/session/second-factor', begun.cookie, { code })
  assert.equal(done.body['stage'], 'complete')
  const again = await door.send('POST', '/api/session', undefined, { login: 'toinen', password })
  assert.equal(
    (await door.send('POST', '/api/session/second-factor', again.cookie, { code })).body['code'],
    'sign-in.refused',
  )
})

test('a recovery code is good once', async () => {
  const { recovery } = await door.enrolled('kolmas')
  const once = async () => {
    const begun = await door.send('POST', '/api/session', undefined, { login: 'kolmas', password })
    return door.send('POST', '/api/session/second-factor', begun.cookie, { code: recovery[0] })
  }
  assert.equal((await once()).status, 200)
  assert.equal((await once()).status, 401)
})

test('wrong passwords are told nothing, and make the account rest', async () => {
  await door.enrolled('neljas')
  const wrong = () => door.send('POST', '/api/session', undefined, { login: 'neljas', password: 'väärä' })
  const unknown = await door.send('POST', '/api/session', undefined, { login: 'ei-ole', password: 'väärä' })
  const first = await wrong()
  assert.deepEqual([first.status, first.body], [unknown.status, unknown.body])
  for (let n = 0; n < 5; n++) await wrong()
  const resting = await door.send('POST', '/api/session', undefined, { login: 'neljas', password })
  assert.equal(resting.body['code'], 'sign-in.resting')
  door.later(3600)
  assert.equal((await door.send('POST', '/api/session', undefined, { login: 'neljas', password })).status, 200)
})

test('fifty wrong passwords at once are all counted, keep nobody waiting, and the right one among them is refused', async () => {
  const crowd = await openDoor()
  try {
    await crowd.enrolled('joukko')
    const at = (n: number, given: string) =>
      crowd.send('POST', '/api/session', undefined, { login: 'joukko', password: given }, `192.0.2.${n}`)
    const tried = Array.from({ length: 50 }, (_, n) => at(n, n === 49 ? password : `väärä ${n}`))
    const answers = await Promise.all(tried)
    const codes = answers.map(({ body }) => body['code'])
    const { rows } = await crowd.owner.query<{ failed_attempts: number; rests: boolean }>(
      "select failed_attempts, locked_until > $1 as rests from staff where login = 'joukko'",
      [crowd.now()],
    )
    assert.deepEqual(rows, [
      { failed_attempts: codes.filter((code) => code === 'sign-in.refused').length, rests: true },
    ])
    assert.ok((rows[0]?.failed_attempts ?? 0) >= 5)
    assert.ok(
      // On a machine with more to do than it can, a try waits in vain for a connection and is told so: that lets nobody in either.
      codes.every(
        (code) => code === 'sign-in.refused' || code === 'sign-in.resting' || code === 'database.unreachable',
      ),
      codes.join(' '),
    )
    assert.ok(codes.at(-1) !== 'sign-in.refused', 'the right one came when it was too late')
  } finally {
    await crowd.stop()
  }
})

test('a session ends by itself, by its owner, and with the role', async () => {
  const { cookie } = await door.enrolled('viides', ['customer-service', 'billing'])
  const changed = await door.send('PATCH', '/api/session', cookie, { role: 'billing', hat: 'network' })
  assert.deepEqual([changed.body['role'], changed.body['hat']], ['billing', 'network'])
  assert.equal(
    (await door.send('PATCH', '/api/session', cookie, { role: 'administrator' })).body['code'],
    'role.not-held',
  )
  assert.equal((await door.send('PATCH', '/api/session', cookie, { hat: 'group' })).body['code'], 'role.not-held')
  await door.owner.query("update staff_role set during = daterange('2026-01-01', '2026-02-01') where role = 'billing'")
  assert.equal((await door.send('GET', '/api/session', cookie)).status, 401)
  const other = await door.enrolled('kuudes')
  door.later(31 * 60)
  assert.equal((await door.send('GET', '/api/session', other.cookie)).status, 401, 'idle for half an hour')
  const third = await door.enrolled('seitsemas')
  assert.equal((await door.send('DELETE', '/api/session', third.cookie)).status, 200)
  assert.equal((await door.send('GET', '/api/session', third.cookie)).status, 401)
})

test('each sign-in is in the log, and no password is', async () => {
  door.lines()
  await door.send('POST', '/api/session', undefined, { login: 'toinen', password: 'väärä salasana' })
  const lines = door.lines()
  assert.deepEqual(
    lines.map(({ endpoint, outcome, subject }) => [endpoint, outcome, subject]),
    [['sign in', 'refused', null]],
  )
  assert.ok(!JSON.stringify(lines).includes('väärä salasana'))
})

test('one sees where one is signed in, and ends it from afar; another’s session is none', async () => {
  const { cookie, secret } = await door.enrolled('kahdeksas')
  door.later(60)
  const begun = await door.send('POST', '/api/session', undefined, { login: 'kahdeksas', password })
  const second = await door.send('POST', '/api/session/second-factor', begun.cookie, { code: door.codeAt(secret) })
  const { body } = await door.send('GET', '/api/sessions', cookie)
  const sessions = body['sessions'] as { id: string; current: boolean }[]
  assert.deepEqual(
    sessions.map(({ current }) => current),
    [false, true],
  )
  const far = sessions.find(({ current }) => !current)
  const stranger = await door.enrolled('yhdeksas')
  const theirs = await door.send('DELETE', `/api/sessions/${far?.id}`, stranger.cookie)
  assert.deepEqual([theirs.status, theirs.body['code']], [404, 'session.unknown'])
  assert.equal((await door.send('GET', '/api/session', second.cookie)).status, 200)
  assert.equal((await door.send('DELETE', `/api/sessions/${far?.id}`, cookie)).status, 200)
  assert.equal((await door.send('GET', '/api/session', second.cookie)).status, 401)
  assert.equal((await door.send('GET', '/api/session', cookie)).status, 200)
  assert.equal((await door.send('GET', '/api/sessions')).status, 401)
  assert.equal((await door.send('DELETE', `/api/sessions/${far?.id}`)).status, 401)
  assert.equal((await door.send('DELETE', '/api/sessions/not-hexadecimal', cookie)).status, 422)
})
