import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { connectTo, startPostgres } from './postgres.ts'

let home = ''
const programs: ChildProcess[] = []
before(async () => {
  home = await mkdtemp(join(tmpdir(), 'postgres-test-'))
  // As root the server runs under another account, which must reach its data.
  await chmod(home, 0o755)
})
after(async () => {
  for (const program of programs) program.kill()
  await rm(home, { recursive: true, force: true })
})

const query = async <Row extends pg.QueryResultRow>(login: pg.ClientConfig, statement: string): Promise<Row[]> => {
  const client = new pg.Client(login)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

const pidOf = (dataDir: string): number =>
  Number.parseInt(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0] ?? '', 10)

const until = async (true_: () => boolean): Promise<void> => {
  for (const begun = Date.now(); !true_(); await new Promise((tick) => setTimeout(tick, 10)))
    if (Date.now() - begun > 20_000) throw new Error(`waited in vain for: ${true_.toString()}`)
}

/** Another program that starts the server, says the process number of it, and stops when its input ends. */
const anotherProgram = (dataDir: string) => {
  const program = `
    const { startPostgres } = await import(${JSON.stringify(import.meta.resolve('./postgres.ts'))})
    const { readFileSync } = await import('node:fs')
    const postgres = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false })
    console.log(parseInt(readFileSync(${JSON.stringify(join(dataDir, 'postmaster.pid'))}, 'utf8')))
    process.stdin.resume().on('end', () => postgres.stop().then(() => process.exit()))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] })
  programs.push(child)
  const started = new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk)))
    child.once('exit', (code) => reject(new Error(`the other program ended with ${code}`)))
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return { child, started, ended }
}

test('a committed row outlives a stop and a killed server', async () => {
  const dataDir = join(home, 'durable')
  const first = await startPostgres({ dataDir, durable: true })
  await query(first.superuser, 'create table kept (n integer); insert into kept values (1)')
  await first.stop()
  assert.equal(existsSync(join(dataDir, 'postmaster.pid')), false)

  const second = await startPostgres({ dataDir, durable: true })
  await query(second.superuser, 'insert into kept values (2)')
  // A statement that computes does not see its server die, and keeps the next one waiting.
  const computing = query(second.superuser, 'select sum(n) from generate_series(1, 5000000) as n').catch(
    () => undefined,
  )
  await new Promise((tick) => setTimeout(tick, 200))
  process.kill(pidOf(dataDir), 'SIGKILL')

  const third = await startPostgres({ dataDir, durable: true })
  assert.deepEqual(await query(third.superuser, 'select n from kept order by n'), [{ n: 1 }, { n: 2 }])
  assert.match(readFileSync(join(dataDir, 'server.log'), 'utf8'), /was not properly shut down/)
  await computing
  await second.stop()
  await third.stop()
  assert.equal(existsSync(join(dataDir, 'postmaster.pid')), false)
})

test('nobody gets in without the secret, and only its owner may read that', async () => {
  const dataDir = join(home, 'durable')
  const { superuser, stop } = await startPostgres({ dataDir, durable: true })
  try {
    await assert.rejects(query({ ...superuser, password: 'guessed' }, 'select 1'), { code: '28P01' })
    assert.equal(statSync(join(dataDir, 'superuser.secret')).mode & 0o777, 0o600)
    assert.equal(statSync(superuser.host).mode & 0o777, 0o700)
    assert.deepEqual(await query(superuser, 'show listen_addresses'), [{ listen_addresses: '' }])
  } finally {
    await stop()
  }
})

test('words are Finnish: their order, and that å, ä and ö are letters', async () => {
  const { superuser, stop } = await startPostgres({ dataDir: join(home, 'durable'), durable: true })
  try {
    const names = await query<{ name: string }>(
      superuser,
      `select name from unnest(array['Öhman','Zorn','Åberg','Ähtäri','Aalto']) as name order by name`,
    )
    assert.deepEqual(
      names.map(({ name }) => name),
      ['Aalto', 'Zorn', 'Åberg', 'Ähtäri', 'Öhman'],
    )
    await query(superuser, 'create extension if not exists pg_trgm')
    assert.deepEqual(await query(superuser, `select cardinality(show_trgm('åäö')) as parts`), [{ parts: 4 }])
  } finally {
    await stop()
  }
})

test('programs that start at once on a new folder share one server, which stops with the last of them', async () => {
  const dataDir = join(home, 'raced')
  const others = [anotherProgram(dataDir), anotherProgram(dataDir)]
  const ours = await startPostgres({ dataDir, durable: false })
  const server = pidOf(dataDir)
  for (const other of others) assert.equal(await other.started, server)

  others[0]?.child.kill('SIGKILL')
  await others[0]?.ended
  await ours.stop()
  assert.equal(pidOf(dataDir), server, 'the second program still uses it')
  assert.deepEqual(await query(ours.superuser, 'select 1 as one'), [{ one: 1 }])
  others[1]?.child.stdin.end()
  await others[1]?.ended
  assert.equal(existsSync(join(dataDir, 'postmaster.pid')), false)
})

test('the orphan of a killed program is joined, not fought', async () => {
  const dataDir = join(home, 'raced')
  const other = anotherProgram(dataDir)
  const server = await other.started
  other.child.kill('SIGKILL')
  await other.ended
  const ours = await startPostgres({ dataDir, durable: false })
  assert.equal(pidOf(dataDir), server)
  await ours.stop()
  assert.equal(existsSync(join(dataDir, 'postmaster.pid')), false)
})

test('a program that ends without a word takes its server along', async () => {
  const dataDir = join(home, 'raced')
  const program = `
    const { startPostgres } = await import(${JSON.stringify(import.meta.resolve('./postgres.ts'))})
    await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false })
    process.exit(3)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' })
  assert.equal(await new Promise((resolve) => child.once('exit', resolve)), 3)
  await until(() => !existsSync(join(dataDir, 'postmaster.pid')))
})

test('a process number left from before a restart of the machine is not taken for a server', async () => {
  const dataDir = join(home, 'raced')
  await writeFile(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n5432\n${dataDir}\n\n\nready   \n`)
  const { superuser, stop } = await startPostgres({ dataDir, durable: false })
  assert.notEqual(pidOf(dataDir), process.pid)
  assert.deepEqual(await query(superuser, 'select 1 as one'), [{ one: 1 }])
  await stop()
})

test('an address that is too long for a socket is put elsewhere, and taken away again', async () => {
  const dataDir = join(home, 'long'.repeat(30))
  const { superuser, stop } = await startPostgres({ dataDir, durable: false })
  assert.notEqual(superuser.host, dataDir)
  assert.equal(statSync(superuser.host).mode & 0o777, 0o700)
  assert.deepEqual(await query(superuser, 'select 1 as one'), [{ one: 1 }])
  await stop()
  assert.equal(existsSync(superuser.host), false)
})

test('what cannot be started says why and what to do', async () => {
  const full = join(home, 'full')
  await mkdir(full)
  await writeFile(join(full, 'letter.txt'), '')
  await assert.rejects(startPostgres({ dataDir: full, durable: false }), {
    code: 'postgres.not-a-cluster',
    message: /full holds files but no database: move them away, or name another DATA_DIR/,
  })
  const old = join(home, 'old')
  await mkdir(old)
  await writeFile(join(old, 'PG_VERSION'), '17\n')
  await assert.rejects(startPostgres({ dataDir: old, durable: false }), {
    code: 'postgres.other-version',
    message: /made by PostgreSQL 17/,
  })
  const settings = { shared_buffers: 'plenty' }
  await assert.rejects(startPostgres({ dataDir: join(home, 'raced'), durable: false, settings }), {
    code: 'postgres.did-not-start',
    message: /invalid value for parameter "shared_buffers": "plenty"/,
  })
  const { stop } = await startPostgres({ dataDir: join(home, 'raced'), durable: false })
  await assert.rejects(startPostgres({ dataDir: join(home, 'raced'), durable: true }), { code: 'postgres.not-durable' })
  await stop()
})

test('DATABASE_URL: a server that will do comes in the same shape, any other is refused with what to do', async () => {
  const { superuser, stop } = await startPostgres({ dataDir: join(home, 'raced'), durable: false })
  const url = (user: string, password: string): string =>
    `postgresql://${user}:${password}@/postgres?host=${encodeURIComponent(superuser.host)}`
  try {
    const same = await connectTo(url(superuser.user, superuser.password))
    assert.deepEqual(await query(same.superuser, 'select current_user as who'), [{ who: 'postgres' }])
    await same.stop()
    assert.deepEqual(await query(superuser, 'select 1 as one'), [{ one: 1 }])

    await query(superuser, `create role weak login password 'w'; create role half login createrole password 'h'`)
    await assert.rejects(connectTo(url('weak', 'w')), { code: 'database.no-create-role', message: /alter role "weak"/ })
    await assert.rejects(connectTo(url('half', 'h')), { code: 'database.no-create', message: /grant create on/ })
    await assert.rejects(connectTo(url('half', 'x')), { code: 'database.unreachable', message: /password/ })
    await assert.rejects(connectTo('postgresql://a:b@127.0.0.1:6199/x'), { code: 'database.unreachable' })
    await assert.rejects(connectTo('mysql://a:b@127.0.0.1/x'), { code: 'settings.database-url' })
  } finally {
    await stop()
  }
})
