import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type Read, statementsOn } from '../../platform/database.ts'
import { testRegister, type TestRegister } from '../../tests/database.ts'
import { linesEach } from '../../tests/noting.ts'
import type { AccessEvent } from '../access-event.ts'
import { verifierKey } from './checkpoint.ts'
import { linesOf } from './line.ts'
import { openAccessLog, type SealedLog } from './log.ts'
import { consistencyOf, proofOfLine } from './proof.ts'
import { insertLines } from './seal.ts'
// @ts-expect-error The verifier is published as plain JavaScript and has no types.
import { verifyConsistency, verifyLine } from './verify.mjs'

const { privateKey } = generateKeyPairSync('ed25519')
const origin = 'register.test/access-log'
const key = verifierKey(origin, privateKey)

let opened: TestRegister
let folder: string
const sealer = 'log-sealer.security.group'

const openLog = (maxWaiting = 50_000): Promise<SealedLog> =>
  openAccessLog({
    pool: opened.register.pool(sealer),
    folder,
    signingKey: privateKey,
    origin,
    now: () => new Date(),
    maxWaiting,
  })

const event = (subject: number, because: string | null = null): AccessEvent => ({
  at: new Date('2026-11-24T08:00:00.123Z'),
  request: randomUUID(),
  actor: 'staff:1',
  role: 'customer-service',
  purpose: 'customer-care',
  hat: 'retail',
  subject,
  categories: ['name', 'contact-details'],
  endpoint: 'open a customer',
  because,
  outcome: 'read',
  noticeHash: 'ab'.repeat(32),
})

const asSealer = (): Read => statementsOn(opened.register.pool(sealer), () => undefined)
const count = async (): Promise<number> =>
  Number((await opened.owner.query<{ n: string }>('select count(*) as n from access_event')).rows[0]?.n)

const spooled = async (): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.startsWith('lines-'))

before(async () => {
  opened = await testRegister()
  folder = await mkdtemp(join(tmpdir(), 'access-log-'))
})
after(async () => {
  await opened.drop()
  await rm(folder, { recursive: true })
})

test('lines are sealed in their order, and each is proved against the checkpoint', async () => {
  const log = await openLog()
  const many = Array.from({ length: 600 }, (_, n) =>
    log.note([event(n, 'reason:åäö "lainaus"')], { strict: n % 3 === 0 }),
  )
  await Promise.all(many)
  await log.close()
  assert.equal(await count(), 600)
  for (const id of [0, 255, 256, 511, 512, 599]) {
    const proof = await proofOfLine(asSealer(), id)
    assert.ok(proof)
    await verifyLine(proof, key)
    await assert.rejects(verifyLine({ ...proof, line: proof.line.with(8, '1') }, key))
  }
})

test('the log goes on where another process left it, and its growth is proved', async () => {
  const checkpoint = async () =>
    (
      await opened.owner.query<{ size: string; note: string }>(
        'select size, note from access_checkpoint order by size desc limit 1',
      )
    ).rows[0]
  const earlier = await checkpoint()
  const log = await openLog()
  await log.note([event(1), event(2), event(3)], { strict: true })
  await log.close()
  const later = await checkpoint()
  assert.ok(earlier && later)
  const hashes = await consistencyOf(asSealer(), Number(earlier.size), Number(later.size))
  await verifyConsistency(earlier.note, later.note, hashes, key)
})

test('what a killed process had told of is in the log, once, whatever moment it was killed at', async () => {
  const { host, port, database, user, password } = opened.register.pool(sealer).options
  const given = {
    login: { host, port, database, user, password },
    folder,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    origin,
  }
  for (const requests of [1, 40, 400]) {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../tests/noting.ts')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.stdin.end(JSON.stringify(given))
    const told: string[] = []
    for await (const request of createInterface(child.stdout)) {
      told.push(request)
      if (told.length === requests) child.kill('SIGKILL')
    }
    assert.ok(told.length >= requests)
    await (await openLog()).close()
    const { rows } = await opened.owner.query<{ request: string; n: number }>(
      `select request, count(*)::int as n from access_event where endpoint = 'find customers' group by request`,
    )
    const lines = new Map(rows.map(({ request, n }) => [request, n]))
    assert.deepEqual(
      told.filter((request) => lines.get(request) !== linesEach),
      [],
      'each answered request has all of its lines',
    )
    assert.ok(
      rows.every(({ n }) => n <= linesEach),
      'none is sealed twice',
    )
    assert.deepEqual(await spooled(), [])
  }
})

test('lines that a killed process left behind are sealed once, also when it had sealed them; half a line is not one', async () => {
  const start = await count()
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60000)'])
  const [line] = linesOf([event(77)])
  const written = `${JSON.stringify({ ...line, salt: line?.salt.toString('hex') })}\n`
  const file = join(folder, `lines-${child.pid}-0.jsonl`)
  const exited = new Promise((resolve) => child.once('exit', resolve))
  await writeFile(file, written)
  await (await openLog()).close()
  assert.equal(await count(), start, 'a process that runs keeps its lines')
  child.kill('SIGKILL')
  await exited
  await writeFile(file, `${written}{"at":"2026-11`)
  await (await openLog()).close()
  await writeFile(file, written)
  await (await openLog()).close()
  assert.equal(await count(), start + 1)
  await writeFile(file, `{"at":"2026-11\n${written}`)
  await assert.rejects(openLog(), { code: 'log.spool-damaged' })
  await rm(file)
})

test('while the database is away strict lines fail and prompt ones wait; both go on when it is back', async () => {
  const log = await openLog()
  const start = await count()
  const { host, port, user, password } = opened.owner.options
  const server = new pg.Client({ host, port, user, password, database: 'postgres' })
  await server.connect()
  await server.query(`alter database ${opened.database} with allow_connections false`)
  await server.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1 and datname = $2', [
    sealer,
    opened.database,
  ])
  const request = event(1).request
  const three = [1, 2, 3].map((subject) => ({ ...event(subject), request }))
  await assert.rejects(log.note(three, { strict: true }), { code: 'log.unreachable' })
  await log.note([{ ...event(1), request, outcome: 'failed' }], { strict: false })
  assert.equal((await spooled()).length, 1)
  await server.query(`alter database ${opened.database} with allow_connections true`)
  await server.end()
  await log.note([{ ...event(1), request }], { strict: true })
  await log.close()
  const { rows } = await opened.owner.query('select outcome from access_event where request = $1 order by id', [
    request,
  ])
  assert.deepEqual(rows, [{ outcome: 'failed' }, { outcome: 'read' }], 'a refused answer leaves no line of its persons')
  assert.equal(await count(), start + 2)
  assert.deepEqual(await spooled(), [])
})

test('texts that PostgreSQL cannot keep hold up nothing, and are proved as they were kept', async () => {
  const log = await openLog()
  const id = await count()
  await log.note([event(5, 'reason:a\0b\ud800 "\u2028\\')], { strict: true })
  await assert.rejects(log.note([{ ...event(5), request: 'seven' }], { strict: true }), { code: 'log.line-unusable' })
  await log.close()
  const proof = await proofOfLine(asSealer(), id)
  assert.equal(proof?.line[11], 'reason:a\ufffdb\ufffd "\u2028\\')
  await verifyLine(proof, key)
})

test(
  'requests that come one after another are sealed at once, not when the next window ends',
  { timeout: 60_000 },
  async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const log = await openLog()
    for (let n = 0; n < 20; n++) await log.note([event(n)], { strict: true })
    await log.close()
  },
)

test('two processes that seal few lines at a time go on from each other: none is lost, none stands twice, every one is proved', async () => {
  const logs = [await openLog(), await openLog()]
  const before = await count()
  const rounds = 200
  await Promise.all(
    logs.map(async (log, which) => {
      for (let n = 0; n < rounds; n++) await log.note([event(which * rounds + n)], { strict: n % 3 > 0 })
    }),
  )
  await Promise.all(logs.map((log) => log.close()))
  const { rows } = await opened.owner.query<{ lines: number; salts: number; last: number }>(
    'select count(*)::int as lines, count(distinct salt)::int as salts, max(id)::int as last from access_event where id >= $1',
    [before],
  )
  assert.deepEqual(rows, [{ lines: 2 * rounds, salts: 2 * rounds, last: before + 2 * rounds - 1 }])
  for (const id of [before, before + 77, before + 2 * rounds - 1])
    await verifyLine(await proofOfLine(asSealer(), id), key)
})

test('two processes write one log, and a large log is proved by its tiles', async () => {
  const logs = [await openLog(), await openLog()]
  const some = Array.from({ length: 6_000 }, (_, n) => event(n))
  for (let round = 0; round < 6; round++) await Promise.all(logs.map((log) => log.note(some, { strict: true })))
  await Promise.all(logs.map((log) => log.close()))
  const lines = await count()
  assert.ok(lines > 65_536 + 256)
  const { rows } = await opened.owner.query(
    'select level, count(*)::int as n from access_tile group by level order by level',
  )
  assert.deepEqual(rows, [
    { level: 0, n: Math.floor(lines / 256) },
    { level: 1, n: 1 },
  ])
  for (const id of [0, 600, 65_535, 65_536, lines - 1]) await verifyLine(await proofOfLine(asSealer(), id), key)
  const earlier = await opened.owner.query<{ size: string; note: string }>(
    'select size, note from access_checkpoint order by size',
  )
  const last = earlier.rows.at(-1)
  for (const one of earlier.rows) {
    const hashes = await consistencyOf(asSealer(), Number(one.size), Number(last?.size))
    await verifyConsistency(one.note, last?.note, hashes, key)
  }
  // When its time is up a line goes; its neighbours are proved as before.
  await opened.owner.query('delete from access_event where id = 601')
  await verifyLine(await proofOfLine(asSealer(), 600), key)
})

test('a batch is sealed without reading the log through, however long it is', async () => {
  await opened.owner.query('analyze access_batch, access_event, access_tile')
  for (const tiles of [false, true]) {
    const { rows } = await opened.owner.query<Record<string, string>>(`explain (generic_plan) ${insertLines(tiles)}`)
    assert.doesNotMatch(rows.map((row) => row['QUERY PLAN']).join('\n'), /Seq Scan/)
  }
})

test('nobody may change or remove a line, not even the sealer', async () => {
  const pool = opened.register.pool(sealer)
  await assert.rejects(pool.query("update access_event set actor = 'staff:2'"), /permission denied/)
  await assert.rejects(pool.query('delete from access_event'), /permission denied/)
})

test('a full buffer refuses rather than lose a line', async () => {
  const log = await openLog(2)
  await assert.rejects(log.note([event(1), event(2), event(3)], { strict: false }), { code: 'log.full' })
  await log.close()
})

test('a database put back from an older backup is found at the start, and goes on only knowingly, and says so', async () => {
  const log = await openLog()
  await log.note([event(71), event(72)], { strict: true })
  await log.close()
  const size = async (most: number): Promise<number> => {
    const { rows } = await opened.owner.query<{ size: string }>(
      'select max(size) as size from access_batch where size <= $1',
      [most],
    )
    return Number(rows[0]?.size)
  }
  const signed = await size(1e9)
  // Half a note of a killed process is no checkpoint, and hides none.
  await appendFile(join(folder, 'checkpoints.txt'), `\n${origin}\n99`)
  const again = await openLog()
  await again.note([event(73)], { strict: true })
  await again.close()

  const put = async (back: number): Promise<void> => {
    await opened.owner.query('delete from access_event where id >= $1', [back])
    await opened.owner.query('delete from access_batch where size > $1', [back])
    await opened.owner.query('delete from access_tile where level = 0 and (index + 1) * 256 > $1', [back])
    await opened.owner.query('delete from access_checkpoint where size > $1', [back])
  }
  const older = await size(signed - 2)
  await put(older)
  const refused = {
    code: 'log.older-than-kept',
    detail: new RegExp(`has ${older} lines.*LOG_RESTORED=${signed + 1}`, 's'),
  }
  await assert.rejects(openLog(), refused)
  // Gone on as another log, it is as long, and still not the one that was signed.
  const forked = async (restored?: { givenUp: number; noticeHash: string }) =>
    openAccessLog({
      pool: opened.register.pool(sealer),
      folder,
      signingKey: privateKey,
      origin,
      now: () => new Date(),
      restored,
    })
  const kept = await readFile(join(folder, 'checkpoints.txt'))
  await rm(join(folder, 'checkpoints.txt'))
  const other = await openLog()
  await other.note(
    Array.from({ length: signed + 1 - older }, () => event(74)),
    { strict: true },
  )
  await other.close()
  await writeFile(join(folder, 'checkpoints.txt'), kept)
  await assert.rejects(openLog(), { code: 'log.differs-from-kept' })
  await assert.rejects(
    forked({ givenUp: 1, noticeHash: 'ab' }),
    { code: 'log.differs-from-kept' },
    'another number gives nothing up',
  )

  const going = await forked({ givenUp: signed + 1, noticeHash: 'ab' })
  await going.close()
  assert.ok((await readdir(folder)).includes(`checkpoints-given-up-${signed + 1}.txt`))
  const told = await opened.owner.query<{ actor: string; because: string }>(
    `select actor, because from access_event where endpoint = 'go on from a restored access log'`,
  )
  assert.deepEqual(told.rows, [
    {
      actor: 'system:start',
      because: `reason:restored at ${signed + 1} lines; the checkpoint of ${signed + 1} lines was given up`,
    },
  ])
  await (await openLog()).close()
})

test('checkpoints that another key signed are not taken for our own', async () => {
  const { privateKey: other } = generateKeyPairSync('ed25519')
  await assert.rejects(
    openAccessLog({ pool: opened.register.pool(sealer), folder, signingKey: other, origin, now: () => new Date() }),
    { code: 'log.checkpoints-foreign' },
  )
})

test('a log that is closed while it seals is not sealed by two at once', async () => {
  const before = await count()
  const log = await openLog()
  const held = await opened.owner.connect()
  try {
    // Another process has its turn while this one has more lines than one batch, and is closed.
    await held.query('select pg_advisory_lock(4710003)')
    await log.note(
      Array.from({ length: 1_100 }, (_, n) => event(n)),
      { strict: false },
    )
    const closing = log.close()
    await new Promise((resolve) => setTimeout(resolve, 60))
    await held.query('select pg_advisory_unlock(4710003)')
    await new Promise((resolve) => setTimeout(resolve, 5))
    await held.query('select pg_advisory_lock(4710003)')
    await new Promise((resolve) => setTimeout(resolve, 100))
    await held.query('select pg_advisory_unlock(4710003)')
    await closing
  } finally {
    held.release()
  }
  assert.equal(await count(), before + 1_100)
  assert.deepEqual(await spooled(), [])
})
