// Canaries: persons with a mark of its own in every personal column of every table. No mark comes out where it may not: in no answer, header or error,
// on no printed line, in no file beside the database, no line of the access log, no projection and no row of the machinery.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { categoriesOf, tables } from '../register/tables.ts'
import { routesOf } from '../server/routes.ts'
import { skipsTheWitness, tellsMore } from './canary/faults.ts'
import { told, type Walked, walk } from './canary/walk.ts'
import { type TestRegister, testRegister } from './database.ts'
import { type Everything, everythingMaker, marksIn } from './everything.ts'

let opened: TestRegister
const canaries: Everything[] = []
const hiddenAtFirst: number[] = []
let marks = new Map<string, Everything['marks'][number]>()
before(async () => {
  opened = await testRegister()
  const make = await everythingMaker(opened.owner)
  for (const making of [
    { controllers: 3 },
    { controllers: 3, protected: true },
    { controllers: 3, restricted: true },
    { controllers: 2 },
    { controllers: 1, protected: true, restricted: true },
  ] as const) {
    const made = await make(making)
    canaries.push(made)
    if ('protected' in making) hiddenAtFirst.push(made.id)
  }
  await opened.owner.query('select wall_marketable(array(select id from customer)), search_rebuild()')
  marks = new Map(canaries.flatMap((one) => one.marks.map((mark) => [mark.mark, mark])))
})
after(() => opened.drop())

type Served = { readonly walked: Walked; readonly printed: string; readonly files: ReadonlyMap<string, string> }

const filesIn = async (folder: string): Promise<ReadonlyMap<string, string>> => {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  return new Map(
    await Promise.all(
      names
        .filter((each) => each.isFile())
        .map(async (each) => [each.name, await readFile(join(each.parentPath, each.name), 'latin1')] as const),
    ),
  )
}

const served = async (
  only: (action: string) => boolean,
  others: readonly string[],
  environment: Record<string, string> = {},
  /** Done once the server has found its database sound. */
  begun: () => Promise<unknown> = async () => undefined,
): Promise<Served> => {
  const folder = await mkdtemp(join(tmpdir(), 'canary-'))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'canary/serve.ts')], {
    env: { ...process.env, CANARY: JSON.stringify(opened.opening.owner), FOLDER: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  try {
    let printed = ''
    const url = await new Promise<string>((resolve, reject) => {
      const take = (part: Buffer) => {
        printed += part.toString()
        const [, at] = /^canary at (\S+)$/m.exec(printed) ?? []
        if (at !== undefined) resolve(at)
      }
      child.stdout.on('data', take)
      child.stderr.on('data', take)
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${printed.slice(-2000)}`)))
    })
    const ours = routesOf(opened.register, () => ({}) as never, { pathOf: (name: string) => name } as never).map(
      ({ endpoint }) => endpoint,
    )
    const silent = environment['LEAKS'] === undefined ? [] : [skipsTheWitness, tellsMore]
    const endpoints = [...ours, ...silent].filter(({ action }) => only(action))
    await begun()
    const walked = await walk(url, opened.register, opened.owner, endpoints, canaries, others)
    const files = await filesIn(folder)
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('close', resolve))
    return { walked, printed, files: new Map([...files, ...(await filesIn(folder))]) }
  } finally {
    child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}

/** Also as PostgreSQL writes bytes, and as JSON sends them. */
const known = (text: string): readonly string[] => {
  const hidden = [...marks.keys()].filter(
    (mark) =>
      text.includes(Buffer.from(mark).toString('hex')) ||
      text.includes(Buffer.from(mark).toString('base64').slice(0, 20)),
  )
  return [...marksIn(text), ...hidden]
    .filter((mark) => marks.has(mark))
    .map((mark) => `${marks.get(mark)?.table}.${marks.get(mark)?.column}`)
}

/** Tables that the running product fills by itself. */
const machinery =
  /^(access_|schema_|register_version|staff_session|idempotency_key|api_token|list_export|postcode|product$)/

const inTables = async (): Promise<readonly string[]> => {
  const found: string[] = []
  for (const name of Object.keys(tables).filter((each) => machinery.test(each))) {
    const { rows } = await opened.owner.query<{ whole: string }>(
      `select string_agg(t::text, E'\\n') as whole from ${name} t`,
    )
    found.push(...known(rows[0]?.whole ?? '').map((mark) => `${name} holds ${mark}`))
  }
  return found
}

/** What left and stands on no line of the access log. */
const unlogged = async ({ left }: Walked): Promise<readonly string[]> => {
  const { rows } = await opened.owner.query<Record<string, string> & { subject_id: string | null }>(
    'select distinct role, purpose, hat, endpoint, subject_id, unnest(categories) as category from access_event',
  )
  const lines = new Set(
    rows.flatMap(({ role = '', purpose = '', hat = '', endpoint = '', subject_id, category = '' }) => [
      told(role, purpose, hat, endpoint, subject_id === null ? null : Number(subject_id), category),
      told(role, purpose, hat, endpoint, null, category),
    ]),
  )
  return [...left].filter((one) => !lines.has(one)).toSorted()
}

test('a wall that falls while the register is open is found', async () => {
  const { walked } = await served(
    (action) => action === 'see the contact details of a customer',
    [],
    {},
    () => opened.owner.query('alter table contact_point disable row level security'),
  )
  await opened.owner.query('alter table contact_point enable row level security')
  assert.match(walked.leaks.join('\n'), /contact_point.value of protected controllers 3/)
})

test('no mark comes out where it may not', async () => {
  const { walked, printed, files } = await served(
    () => true,
    ['/rekisteriseloste', '/api/openapi.json', '/api/nothing', '/api/customers/%00', '/api/customers/1/'],
  )
  assert.deepEqual(walked.leaks, [])
  assert.deepEqual(walked.broken, [])
  assert.deepEqual(known(printed), [], 'what the server prints')
  for (const [name, text] of files) assert.deepEqual(known(text), [], `the file ${name}`)
  assert.deepEqual(await inTables(), [])
  assert.deepEqual(await unlogged(walked), [], 'left without a line in the access log')
  const spoken = await readFile(join(import.meta.dirname, '../.cache/postgres-test/server.log'), 'latin1')
  assert.deepEqual(known(spoken), [], 'what PostgreSQL prints')
  // A walk that shows nothing to anyone would prove nothing.
  const { answered, showed } = walked
  assert.ok(answered.size > 40 && showed.size > 20, `${answered.size} answered, ${showed.size} showed`)
})

test('a leak of any kind is found', async () => {
  const silent = [skipsTheWitness.action, tellsMore.action]
  const leaks = ['answer', 'header', 'print', 'fail', 'file', 'log-line'].map((kind) => `/api/leaks/${kind}`)
  const { walked, printed, files } = await served((action) => silent.includes(action), leaks, { LEAKS: '1' })
  const told = walked.leaks.join('\n')
  for (const kind of ['answer', 'header']) assert.match(told, new RegExp(`/api/leaks/${kind}: customer_name.family`))
  assert.match(walked.broken.join('\n'), /leaks.fail/)
  const failure = printed.slice(printed.indexOf('no such customer as'))
  for (const [what, text] of Object.entries({
    printed: printed.slice(0, printed.indexOf(failure)),
    failure,
    file: files.get('notes') ?? '',
  }))
    assert.ok(known(text).includes('customer_name.family'), what)
  assert.ok((await inTables()).includes('access_event holds customer_name.family'))
  const missing = await unlogged(walked)
  for (const action of silent)
    assert.ok(
      missing.some((one) => one.includes(` · ${action} · `) && one.endsWith(' · name')),
      action,
    )
})

const ofTheClosed = async (): Promise<ReadonlySet<number>> => {
  const { rows } = await opened.owner.query<{ id: string }>('select id from customer where protected')
  return new Set(rows.map(({ id }) => Number(id)))
}

test('a projection holds what it says it holds, and nothing of whom it leaves out', async () => {
  // On the walk whoever serves people has closed everybody, one after another: nothing of them is left to be found by.
  const closed = await ofTheClosed()
  for (const [name, table] of Object.entries(tables)) {
    if (table.projection === undefined || table.walls.protected === undefined) continue
    const { rows } = await opened.owner.query<{ customer_id: string }>(`select customer_id from ${name}`)
    assert.deepEqual(
      rows.filter(({ customer_id }) => closed.has(Number(customer_id))),
      [],
      `${name}: of whom the walk has closed`,
    )
  }
  await opened.owner.query('select wall_protected(array(select id from customer), false)')
  await opened.owner.query('select wall_protected($1::bigint[], true), search_rebuild()', [hiddenAtFirst])
  for (const [name, table] of Object.entries(tables).filter(([, each]) => each.projection !== undefined)) {
    const { rows } = await opened.owner.query<{ whole: string }>(
      `select coalesce(string_agg(t::text, E'\\n'), '') as whole from ${name} t`,
    )
    const kept = [...marksIn(rows[0]?.whole ?? '')].flatMap((mark) => marks.get(mark) ?? [])
    assert.ok(kept.length > 0, `${name} is empty`)
    const holds = new Set(categoriesOf(table))
    assert.deepEqual(
      kept.filter(({ category }) => !holds.has(category)),
      [],
      name,
    )
    if (table.walls.protected === undefined) continue
    const hidden = await ofTheClosed()
    assert.deepEqual(
      kept.filter(({ person }) => hidden.has(person)),
      [],
      `${name}: of protected persons`,
    )
  }
})
