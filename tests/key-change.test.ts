// The whole life of a master key on a server of its own, since the logins of a server are all its databases' own.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { generateSync } from 'otplib'
import pg from 'pg'
import { programOf } from '../chapters/access/index.ts'
import { newSecret, stepOf } from '../chapters/access/second-factor.ts'
import { newToken, tokenHashes } from '../chapters/access/tokens/rules.ts'
import type { CustomerId } from '../chapters/customers/api.ts'
import { artificialIdentityCode } from '../chapters/customers/index.ts'
import * as party from '../chapters/customers/party/api.ts'
import { partyRoutes } from '../chapters/customers/party/routes.ts'
import { openSearch } from '../chapters/customers/search/ready.ts'
import { searchCustomers } from '../chapters/customers/search/search.ts'
import { receiptOf } from '../enforcement/receipts.ts'
import { openRegister, type Register } from '../enforcement/register.ts'
import { fixedClock } from '../platform/clock.ts'
import { type Connection, statementsOn } from '../platform/database.ts'
import { masterKeys, newDataKey, seal, unseal, unwrapDataKey } from '../platform/keys.ts'
import { readSettings, type Settings } from '../platform/settings.ts'
import { person } from './people.ts'
import type { Rotating } from './rotating.ts'
import { served, staffIn } from './served.ts'
import { hangingOn } from '../server/key-change.ts'
import { addMasterKey } from '../server/master-key.ts'
import { type Opened, openOn } from '../server/program.ts'

const now = new Date('2026-11-24T08:00:00Z')
const clock = fixedClock('2026-11-24T08:00:00Z')
const some = 3_000
const desk = 'identity-desk.customer-care.retail'
const codeOf = (i: number) =>
  artificialIdentityCode(
    new Date(Date.UTC(1980, 0, 1 + Math.floor(i / 100))).toISOString().slice(0, 10),
    900 + (i % 100),
  )

let folder: string
let settings: Settings
let owner: pg.Pool
let opened: Opened
let people: readonly number[] = []
let staff = 0
let secret = ''
const token = newToken()

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'register-'))
  settings = { ...readSettings({}), DATA_DIR: folder, LOG_LEVEL: 'silent' }
  opened = await openOn(settings, clock)
  owner = new pg.Pool({ ...opened.owner, max: 2 })
  owner.on('error', () => undefined)
  const { keys } = opened.register
  people = await Promise.all([person(owner), person(owner), person(owner)])
  const [first] = people
  // Copies of one person, each with a code under a key of its own.
  const { rows } = await owner.query<{ id: string }>(
    `insert into customer (number, kind, stage, language, controllers, source, recorded_at, recorded_by)
     select 'K' || n, 'natural', 'customer', 'fi', 3, 'test', '2026-01-01Z', 'system:test' from generate_series(1, $1::integer) n returning id`,
    [some],
  )
  const coded = [first ?? 0, ...rows.map(({ id }) => Number(id))].map((id, i) => {
    const { key, wrapped } = newDataKey(keys, id)
    const code = codeOf(i)
    return {
      id,
      wrapped,
      code: seal(key, code, `identity_code|code|${id}`),
      blind: keys.blinds('identity-code', code).blind,
    }
  })
  const of = <K extends keyof (typeof coded)[number]>(name: K) => coded.map((each) => each[name])
  await owner.query('insert into subject_key select *, 1, now() from unnest($1::bigint[], $2::bytea[])', [
    of('id'),
    of('wrapped'),
  ])
  await owner.query(
    `insert into identity_code (customer_id, code, blind, during, controllers, source, recorded_at, recorded_by)
     select id, code, blind, '[2020-01-01,)', 3, 'test', '2026-01-01Z', 'system:test' from unnest($1::bigint[], $2::bytea[], $3::bytea[]) t (id, code, blind)`,
    [of('id'), of('code'), of('blind')],
  )
  const made = await owner.query<{ id: string }>(
    `insert into staff (login, name, unit, language, state, secrecy_committed_on, recorded_at, recorded_by)
     values ('vastaava', 'Testi Vastaava', 'Laskutus', 'fi', 'active', '2026-01-01', '2026-01-01Z', 'system:test') returning id`,
  )
  staff = Number(made.rows[0]?.id)
  const enrolled = newSecret(keys, { id: staff, login: 'vastaava' })
  secret = enrolled.told.secret
  await owner.query('update staff set totp_secret = $2 where id = $1', [staff, enrolled.sealed])
  await owner.query(
    `with held as (insert into staff_role (staff_id, role, during, recorded_at, recorded_by) values ($1, 'billing', '[2026-01-01,)', '2026-01-01Z', 'system:test'))
     insert into api_token (staff_id, name, hash, role, purpose, hat, expires_at, recorded_at, recorded_by)
     values ($1, 'Laskutusohjelma', $2, 'billing', 'payment', 'retail', '2027-01-01Z', '2026-01-01Z', 'system:test')`,
    [staff, tokenHashes(keys, token)[0]],
  )
})
after(async () => {
  await owner.end()
  await opened.stop()
  await rm(folder, { recursive: true, force: true })
})

const rotate = (deed: string) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, '../bin/rotate-key.ts'), deed],
    {
      env: { ...process.env, DATA_DIR: folder, DATABASE_URL: '', MASTER_KEY: '', MASTER_KEY_FILE: '' },
      encoding: 'utf8',
    },
  )
  return { status, said: `${stdout}${stderr}` }
}

const anyone = (): void => undefined
const foundBy = async (register: Register, code: string): Promise<readonly number[]> => {
  const found = await searchCustomers(statementsOn(register.pool(desk), anyone), {
    text: code,
    may: () => true,
    keys: register.keys,
    words: await openSearch(register.pool('search-index.customer-care.group')),
  })
  return found.map(({ customer_id }) => customer_id)
}
const codeGiven = async (register: Register, who: number, code: string) => {
  const http = await served(register, partyRoutes, now)
  const { status, problem } = await http.ask(
    staffIn('identity-desk', 'retail'),
    party.changeIdentityCode,
    { params: { customer_id: who as CustomerId }, body: { code, from: null, instead_of: null } },
    'reason:supply',
  )
  await http.server.close()
  return [status, problem.code]
}
const secretGood = (register: Register, sealed: Buffer | null): boolean =>
  stepOf(register.keys, staff, sealed, generateSync({ secret, epoch: now.getTime() / 1000 }), now) !== undefined
const sealedSecret = async () =>
  (await owner.query<{ totp_secret: Buffer }>('select totp_secret from staff where id = $1', [staff])).rows[0]
    ?.totp_secret ?? null
const once = async (register: Register, work: () => void): Promise<unknown> => {
  const receipt = receiptOf(
    register,
    party.setStage,
    { ...register.bundles.get(desk) } as never,
    'staff:1',
    'one-request-of-a-program',
    { params: {}, query: {}, body: {} },
    now,
  )
  const connection: Connection = await register.pool(desk).connect()
  try {
    await connection.query('begin')
    const done = await receipt.take(connection)
    if (done === undefined) {
      work()
      await receipt.keep(connection, 'done', { people: new Set(), categories: new Set() } as never)
    }
    await connection.query('commit')
    return done?.output
  } finally {
    connection.release()
  }
}

test('a new master key takes over while the register serves, also after kill -9, and the first one goes', async () => {
  const [first] = (await readFile(join(folder, 'master.key'), 'utf8')).trim().split('\n')
  const old = await openRegister({ owner: opened.owner, clock, keys: masterKeys([Buffer.from(first ?? '', 'hex')]) })
  const [known = 0, second = 0, third = 0] = people

  // A new key, and a process that knows it beside one that does not yet.
  await opened.stop()
  await addMasterKey(settings)
  await assert.rejects(addMasterKey(settings), { code: 'keys.changing' })
  opened = await openOn(settings, clock)
  const both = opened.register
  const [fresh, taken] = [codeOf(some + 1), codeOf(some + 2)]
  assert.deepEqual(await foundBy(both, codeOf(0)), [known])
  assert.deepEqual(await codeGiven(both, second, codeOf(0)), [409, 'identity-code.overlaps'])
  assert.equal((await codeGiven(old, second, fresh))[0], 200)
  assert.deepEqual(
    await codeGiven(both, third, fresh),
    [409, 'identity-code.overlaps'],
    'one knows the new key, one not',
  )
  assert.equal((await codeGiven(both, third, taken))[0], 200)
  await owner.query('delete from identity_code where customer_id = $1', [second])
  assert.deepEqual(await codeGiven(old, second, taken), [409, 'identity-code.overlaps'], 'and the other way')
  assert.equal((await codeGiven(old, second, fresh))[0], 200)
  let did = 0
  const work = () => void (did += 1)
  assert.deepEqual([await once(old, work), await once(both, work), did], [undefined, 'done', 1])
  await old.close()

  // Killed in the middle.
  const roots = (await readFile(join(folder, 'master.key'), 'utf8')).trim().split('\n')
  const child = spawn(process.execPath, [join(import.meta.dirname, 'rotating.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const gone = new Promise((resolve) => child.once('close', resolve))
  child.stdin.end(JSON.stringify({ owner: opened.owner, roots, deed: 'index' } satisfies Rotating))
  child.stdout.once('data', () => child.kill('SIGKILL'))
  await gone
  const counted = new Map(
    (await hangingOn(opened))
      .filter(({ what }) => what === 'identity-code')
      .map(({ version, count }) => [version, count]),
  )
  assert.ok(
    (counted.get(1) ?? 0) > 0 && (counted.get(2) ?? 0) >= 500,
    `it was not the middle: ${[...counted].join(' ')}`,
  )
  assert.deepEqual(await foundBy(both, codeOf(0)), [known])
  const [last] = (await owner.query<{ id: string }>("select id from customer where number = 'K3000'")).rows
  assert.deepEqual(
    await foundBy(both, codeOf(some)),
    [Number(last?.id)],
    'what is not done yet is found by the older key',
  )

  const early = rotate('remove')
  assert.equal(early.status, 1, early.said)
  for (const what of [/identity codes/, /keys of persons/, /second factors/, /Laskutusohjelma/, /logins/, /requests/])
    assert.match(early.said, what)
  assert.deepEqual((await readFile(join(folder, 'master.key'), 'utf8')).trim().split('\n'), roots)

  // The rest, while the register serves: a login that is used for the first time afterwards comes in all the same.
  const wrapped = rotate('wrap')
  assert.equal(wrapped.status, 0, wrapped.said)
  assert.deepEqual((await both.pool('billing.payment.retail').query('select 1 as one')).rows, [{ one: 1 }])
  assert.deepEqual(await foundBy(both, codeOf(some)), [Number(last?.id)])
  assert.ok(secretGood(both, await sealedSecret()))
  const status = rotate('status')
  assert.equal(status.status, 1, 'the token and the receipt are left')
  assert.match(status.said, /master key 1: 1 tokens of programs \(Laskutusohjelma\)/)
  assert.equal((await programOf(both, `Bearer ${token}`, now))?.role, 'billing')
  await owner.query("update idempotency_key set recorded_at = '2026-11-22Z'")
  const { rows: lines } = await owner.query("select 1 from access_event where actor = 'system:rotate-key'")
  assert.equal(lines.length, 1, 'that codes were opened is told')

  const waiting = rotate('remove')
  assert.equal(waiting.status, 1)
  assert.match(waiting.said, /requests of the last day: they go by themselves/)
  await owner.query('delete from idempotency_key')
  const removed = rotate('remove')
  assert.equal(removed.status, 0, removed.said)
  assert.deepEqual((await readFile(join(folder, 'master.key'), 'utf8')).trim().split('\n'), ['removed', roots[1]])

  // Without the first key everything opens, is found and comes in; with the first alone, nothing.
  await opened.stop()
  opened = await openOn(settings, clock)
  const { register } = opened
  assert.equal(register.keys.current, 2)
  assert.deepEqual(await foundBy(register, codeOf(some)), [Number(last?.id)])
  assert.deepEqual(await codeGiven(register, known, codeOf(5)), [409, 'identity-code.changed'])
  assert.ok(secretGood(register, await sealedSecret()))
  assert.equal((await programOf(register, `Bearer ${token}`, now))?.role, 'billing')
  const { rows } = await owner.query<{
    customer_id: string
    code: Buffer
    wrapped: Buffer
    key_version: number
    blind: Buffer | null
  }>('select customer_id, code, blind, wrapped, key_version from identity_code join subject_key using (customer_id)')
  assert.equal(rows.length, some + 3)
  const former = masterKeys([Buffer.from(first ?? '', 'hex')])
  for (const { customer_id, code, blind, ...kept } of rows) {
    const who = Number(customer_id)
    assert.match(
      unseal(unwrapDataKey(register.keys, who, kept), code, `identity_code|code|${who}`).toString(),
      /^\d{6}/,
    )
    assert.equal(blind, null)
    assert.throws(() => unwrapDataKey(former, who, kept), { code: 'keys.missing' })
  }
  assert.deepEqual(
    (await hangingOn(opened)).map(({ version }) => version).filter((version) => version !== 2),
    [],
  )
  await writeFile(join(folder, 'other.key'), `${first}\n`)
  const other = await openRegister({ owner: opened.owner, clock, keys: former })
  assert.deepEqual(await foundBy(other, codeOf(0)), [])
  assert.throws(() => secretGood(other, Buffer.from('0002', 'hex')), { code: 'keys.missing' })
  await other.close()

  // And the next one: the column that the first key left is used again.
  await addMasterKey(settings)
  await opened.stop()
  opened = await openOn(settings, clock)
  assert.equal(rotate('wrap').status, 0)
  assert.deepEqual(await foundBy(opened.register, codeOf(7)).then((found) => found.length), 1)
  assert.deepEqual(await codeGiven(opened.register, second, codeOf(9)).then(([code]) => code), 409)
})
