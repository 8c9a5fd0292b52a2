import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { generateSync } from 'otplib'
import type { AccessEvent } from '../../../enforcement/access-event.ts'
import { openProvider, type SingleSignOn } from '../../../platform/single-sign-on.ts'
import { type TestRegister, testRegister } from '../../../tests/database.ts'
import { cookieName, identified } from '../../../tests/identified.ts'
import { playedProvider, type PlayedProvider, visited } from '../../../tests/provider.ts'
import { actorOf, firstSignIns } from '../identify.ts'
import { accessRoutes } from '../routes.ts'
import { readProvider, tieStaff } from './api.ts'

const base = 'https://register.example'
let opened: TestRegister
let played: PlayedProvider
let server: Awaited<ReturnType<typeof identified>>
let now = new Date()
const lines: AccessEvent[] = []
const stops: (() => Promise<unknown>)[] = []

/** From here on, the provider is configured so. */
const serving = async (configured: Partial<SingleSignOn> = {}) => {
  const { register } = opened
  const provider = openProvider(
    {
      issuer: played.issuer,
      clientId: played.clientId,
      secret: played.secret,
      claim: 'sub',
      secondFactor: [],
      ...configured,
    },
    register.keys,
    () => base,
  )
  const routes = accessRoutes(register, () => routes, provider)
  server = await identified(
    register,
    routes,
    (request) => actorOf(register, request.cookies[cookieName], now),
    () => now,
    (events) => void lines.push(...events),
  )
  const one = server
  stops.push(() => Promise.resolve(one.close()))
}

before(async () => {
  opened = await testRegister()
  played = await playedProvider(`${base}/desk/sign-in`)
  await serving()
})
after(async () => {
  for (const stop of stops) await stop()
  await played.stop()
  await opened.drop()
})

const send = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, cookie?: string) => {
  const response = await server.inject({
    method,
    url,
    headers: { 'x-register': 'test', ...(cookie === undefined ? {} : { cookie: `${cookieName}=${cookie}` }) },
    ...(payload === undefined ? {} : { payload }),
    remoteAddress: `10.0.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`,
  })
  const set = response.cookies.find(({ name }) => name === cookieName)
  return { status: response.statusCode, body: JSON.parse(response.body) as Record<string, string>, cookie: set?.value }
}

const begin = async () => (await send('POST', '/api/session/single-sign-on')).body as { url: string; begun: string }
const finish = (begun: string, answer: string) => send('POST', '/api/session/single-sign-on/answer', { begun, answer })
/** From the button to the stage that the sign-in has come to. */
const signedOn = async (person: Parameters<PlayedProvider['next']>[0]) => {
  played.next(person)
  const { url, begun } = await begin()
  return finish(begun, await visited(url))
}

type Known = {
  readonly subject?: string | null
  readonly committed?: boolean
  readonly secret?: boolean
  readonly state?: string
}
let made = 0
const known = async ({ subject = null, committed = true, state = 'active' }: Known = {}): Promise<number> => {
  made += 1
  await firstSignIns(
    opened.register,
    [
      {
        login: `henkilo${made}`,
        name: 'Testi Henkilö',
        unit: 'Asiakaspalvelu',
        language: 'fi',
        roles: ['customer-service'],
      },
    ],
    now,
  )
  const { rows } = await opened.owner.query<{ id: string }>(
    `update staff set oidc_subject = $2, secrecy_committed_on = $3, state = $4, password_must_change = false where login = $1 returning id`,
    [`henkilo${made}`, subject, committed ? '2026-01-01' : null, state],
  )
  return Number(rows[0]?.id)
}

test('a person whom the provider names comes to our second factor, and then in', async () => {
  const id = await known({ subject: 'tunnus-1', committed: false, state: 'invited' })
  const first = await signedOn({ sub: 'tunnus-1' })
  assert.deepEqual([first.status, first.body['stage']], [200, 'enrol'])
  assert.equal((await send('GET', '/api/session', undefined, first.cookie)).status, 401, 'no commitment, no access')
  const secret = (await send('POST', '/api/session/enrolment-secret', undefined, first.cookie)).body['secret'] ?? ''
  const epoch = () => Math.floor(now.getTime() / 1000)
  const enrolled = await send(
    'POST',
    '/api/session/enrolment',
    { password: 'aivan pitkä salalause', committed: true, code: generateSync({ secret, epoch: epoch() }) },
    first.cookie,
  )
  assert.equal(enrolled.status, 200, JSON.stringify(enrolled.body))
  now = new Date(now.getTime() + 60_000)
  const again = await signedOn({ sub: 'tunnus-1' })
  assert.equal(again.body['stage'], 'password')
  assert.equal((await send('GET', '/api/session', undefined, again.cookie)).status, 401, 'one factor is not enough')
  const done = await send(
    'POST',
    '/api/session/second-factor',
    { code: generateSync({ secret, epoch: epoch() }) },
    again.cookie,
  )
  assert.equal(done.body['stage'], 'complete')
  const session = await send('GET', '/api/session', undefined, done.cookie)
  assert.equal((session.body['user'] as unknown as { id: string }).id, String(id))
})

test('who came by the provider leaves by it, whatever steps came between; who came by a password does not', async () => {
  const id = await known({ subject: 'tunnus-9' })
  await serving({ secondFactor: [{ claim: 'amr', value: 'mfa' }] })
  const signed = await signedOn({ sub: 'tunnus-9', amr: ['mfa'] })
  assert.equal(signed.body['stage'], 'complete')
  const token = async () =>
    (
      await opened.owner.query<{ provider_token: Buffer | null }>(
        'select provider_token from staff_session where staff_id = $1 order by started_at desc, ended_at nulls first limit 1',
        [id],
      )
    ).rows[0]?.provider_token ?? null
  assert.ok(((await token())?.length ?? 0) > 100)
  assert.ok(!(await token())?.toString('latin1').includes('eyJ'), 'it is sealed')
  const out = await send('DELETE', '/api/session', undefined, signed.cookie)
  const there = new URL(out.body['leave_at'] ?? '')
  assert.equal(there.origin, played.issuer)
  assert.deepEqual(
    [there.searchParams.get('post_logout_redirect_uri'), there.searchParams.get('client_id')],
    [`${base}/desk/sign-in`, 'register'],
  )
  const [, claims = ''] = (there.searchParams.get('id_token_hint') ?? '').split('.')
  assert.equal(JSON.parse(Buffer.from(claims, 'base64url').toString()).sub, 'tunnus-9')
  assert.equal(await token(), null, 'and goes with the session')
  assert.equal((await send('GET', '/api/session', undefined, signed.cookie)).status, 401)

  // Our own second factor makes a new session of the same sign-in.
  await serving()
  const half = await signedOn({ sub: 'tunnus-9' })
  assert.equal(half.body['stage'], 'enrol')
  const secret = (await send('POST', '/api/session/enrolment-secret', undefined, half.cookie)).body['secret'] ?? ''
  const whole = await send(
    'POST',
    '/api/session/enrolment',
    {
      password: 'aivan pitkä salalause',
      committed: true,
      code: generateSync({ secret, epoch: Math.floor(now.getTime() / 1000) }),
    },
    half.cookie,
  )
  const after = await send('DELETE', '/api/session', undefined, whole.cookie)
  assert.match(after.body['leave_at'] ?? '', /\/session\/end\?/)

  now = new Date(now.getTime() + 60_000)
  const login = (await opened.owner.query<{ login: string }>('select login from staff where id = $1', [id])).rows[0]
    ?.login
  const plain = await send('POST', '/api/session', { login, password: 'aivan pitkä salalause' })
  const done = await send(
    'POST',
    '/api/session/second-factor',
    { code: generateSync({ secret, epoch: Math.floor(now.getTime() / 1000) }) },
    plain.cookie,
  )
  assert.deepEqual((await send('DELETE', '/api/session', undefined, done.cookie)).body, { ended: true, leave_at: null })
})

test('the provider’s second factor is trusted only when it says so in a way that is configured', async () => {
  await known({ subject: 'tunnus-2' })
  assert.equal(
    (await signedOn({ sub: 'tunnus-2', amr: ['pwd', 'mfa'], acr: 'gold' })).body['stage'],
    'enrol',
    'none is',
  )
  await serving({ secondFactor: [{ claim: 'amr', value: 'mfa' }] })
  assert.equal((await signedOn({ sub: 'tunnus-2', amr: ['pwd'] })).body['stage'], 'enrol')
  const trusted = await signedOn({ sub: 'tunnus-2', amr: ['pwd', 'mfa'] })
  assert.equal(trusted.body['stage'], 'complete')
  assert.equal((await send('GET', '/api/session', undefined, trusted.cookie)).status, 200)
  await serving({ secondFactor: [{ claim: 'acr', value: 'gold' }] })
  assert.equal((await signedOn({ sub: 'tunnus-2', acr: 'gold' })).body['stage'], 'complete')
  assert.equal((await signedOn({ sub: 'tunnus-2', amr: ['mfa'] })).body['stage'], 'enrol')
  await known({ subject: 'tunnus-3', committed: false, state: 'invited' })
  assert.equal((await signedOn({ sub: 'tunnus-3', acr: 'gold' })).body['stage'], 'enrol', 'no commitment, no access')
  await serving()
})

test('nobody is made, and nobody who is closed is let in', async () => {
  const count = async () => (await opened.owner.query('select from staff')).rowCount
  const before = await count()
  const stranger = await signedOn({ sub: 'vieras' })
  assert.deepEqual([stranger.status, stranger.body['code']], [403, 'single-sign-on.unknown'])
  assert.equal(await count(), before)
  await known({ subject: 'lukittu', state: 'locked' })
  assert.equal((await signedOn({ sub: 'lukittu' })).body['code'], 'single-sign-on.closed')
  assert.deepEqual(
    lines.slice(-1).map(({ actor, endpoint, outcome }) => [actor, endpoint, outcome]),
    [['anyone', 'sign in by single sign-on', 'refused']],
  )
})

test('a person is known by the claim that is configured, and an address only when it is vouched for', async () => {
  await serving({ claim: 'email' })
  await known({ subject: 'matkija@esimerkki.fi' })
  const unproved = await signedOn({ sub: 'x', email: 'matkija@esimerkki.fi', email_verified: false })
  assert.deepEqual([unproved.status, unproved.body['code']], [403, 'single-sign-on.no-name'])
  const proved = await signedOn({ sub: 'x', email: 'matkija@esimerkki.fi', email_verified: true })
  assert.equal(proved.status, 200, JSON.stringify(proved.body))
  assert.equal((await signedOn({ sub: 'matkija@esimerkki.fi' })).body['code'], 'single-sign-on.no-name')
  await serving({ claim: 'preferred_username' })
  await known({ subject: 'etunimi.sukunimi' })
  assert.equal((await signedOn({ sub: 'y', preferred_username: 'etunimi.sukunimi' })).status, 200)
  await serving()
})

test('an answer is good once, for the browser that began, for ten minutes, and only as the provider gave it', async () => {
  await known({ subject: 'tunnus-4' })
  played.next({ sub: 'tunnus-4' })
  const [mine, other] = [await begin(), await begin()]
  const answer = await visited(mine.url)
  const refusals = {
    'another browser': await finish(other.begun, answer),
    'no code': await finish(mine.begun, answer.replace(/code=[^&]*/, '')),
    'another state': await finish(mine.begun, answer.replace(/state=[^&]*/, 'state=other')),
    'another provider': await finish(mine.begun, answer.replace(/iss=[^&]*/, 'iss=https%3A%2F%2Fevil.example')),
    'made up': await finish('AAAA', answer),
    changed: await finish(`${mine.begun.slice(0, -4)}AAAA`, answer),
    'an answer that is none': await finish(mine.begun, '%%%'),
  }
  for (const [what, { status, body }] of Object.entries(refusals))
    assert.deepEqual([status, body['code']], [401, 'single-sign-on.failed'], what)
  const begun = now
  now = new Date(begun.getTime() + 10 * 60_000)
  assert.equal((await finish(mine.begun, answer)).body['code'], 'single-sign-on.failed', 'too late')
  now = begun
  assert.equal((await finish(mine.begun, answer)).status, 200)
  assert.equal((await finish(mine.begun, answer)).body['code'], 'single-sign-on.failed', 'the code is used up')
})

test('a provider that refuses, or is not there, is told apart', async () => {
  const refused = await signedOn('refused')
  assert.deepEqual([refused.status, refused.body['code']], [401, 'single-sign-on.refused'])
  await serving({ issuer: 'http://127.0.0.1:9' })
  const away = await send('POST', '/api/session/single-sign-on')
  assert.deepEqual([away.status, away.body['code']], [503, 'single-sign-on.unreachable'])
  await serving()
})

test('without a provider there is no such way, and the sign-in page knows', async () => {
  assert.deepEqual((await send('GET', '/api/session/ways')).body, { single_sign_on: true })
  const { register } = opened
  const routes = accessRoutes(register, () => routes)
  const [with_, without] = [
    server,
    await identified(
      register,
      routes,
      async () => undefined,
      () => now,
      () => undefined,
    ),
  ]
  server = without
  assert.deepEqual((await send('GET', '/api/session/ways')).body, { single_sign_on: false })
  for (const answer of [await send('POST', '/api/session/single-sign-on'), await finish('x', 'y')])
    assert.deepEqual([answer.status, answer.body['code']], [404, 'single-sign-on.none'])
  server = with_
  await without.close()
})

test('an administrator ties a colleague to the provider, which ends their sign-ins; not themselves, and no two to one name', async () => {
  const [staff_id, other] = [await known({ subject: 'vanha' }), await known()]
  await serving({ secondFactor: [{ claim: 'amr', value: 'mfa' }] })
  const session = await signedOn({ sub: 'vanha', amr: ['mfa'] })
  assert.equal((await send('GET', '/api/session', undefined, session.cookie)).status, 200)
  const administrator = await known({ subject: 'yllapitaja' })
  await opened.owner.query("update staff_role set role = 'administrator' where staff_id = $1", [administrator])
  const { cookie } = await signedOn({ sub: 'yllapitaja', amr: ['mfa'] })
  const tie = (id: number, subject: string | null, version: number, as = cookie) =>
    send('PUT', tieStaff.path.replace(':staff_id', String(id)), { version, subject }, as)
  const tied = await tie(staff_id, 'uusi', 1)
  assert.equal(tied.status, 200, JSON.stringify(tied.body))
  assert.equal((await send('GET', '/api/session', undefined, session.cookie)).status, 401)
  assert.equal((await signedOn({ sub: 'vanha', amr: ['mfa'] })).body['code'], 'single-sign-on.unknown')
  const asNew = await signedOn({ sub: 'uusi', amr: ['mfa'] })
  assert.equal(asNew.status, 200)
  const tieOf = async () => {
    const { body } = await send('GET', `/api/staff?staff_id=${staff_id}`, undefined, cookie)
    return (body['staff'] as unknown as { single_sign_on: string | null }[])[0]?.single_sign_on
  }
  assert.equal(await tieOf(), 'uusi')
  const provider = await send('GET', readProvider.path, undefined, cookie)
  assert.deepEqual(provider.body['provider'], { issuer: played.issuer, claim: 'sub' })
  assert.equal((await tie(staff_id, 'kolmas', 1)).body['code'], 'staff.changed')
  assert.equal((await tie(other, 'uusi', 1)).body['code'], 'staff.overlaps')
  assert.equal((await tie(administrator, 'oma', 1)).body['code'], 'staff.self')
  const colleague = await tie(other, 'x', 1, asNew.cookie)
  assert.deepEqual([colleague.status, colleague.body['code']], [403, 'role.not-declared'])
  assert.equal((await tie(staff_id, null, 2)).status, 200)
  assert.equal(await tieOf(), null)
  assert.equal((await signedOn({ sub: 'uusi', amr: ['mfa'] })).body['code'], 'single-sign-on.unknown')
  await serving()
})
