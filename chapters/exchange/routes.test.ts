// Files delivered, tried, taken in and undone over HTTP, as those who tend them do it; and refused to everyone else.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import type { Serving } from '../../enforcement/serve.ts'
import type { AccessEvent } from '../../enforcement/access-event.ts'
import { Unavailable } from '../../platform/errors.ts'
import { openTable, xlsxWriter } from '../../platform/tabular/index.ts'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { emptied, testRegister, type TestRegister } from '../../tests/database.ts'
import { type Served, served, staffIn } from '../../tests/served.ts'
import * as api from './api.ts'
import { type Imports, openImports } from './jobs.ts'
import { importRoutes } from './routes.ts'

let opened: TestRegister
let http: Served
let folder: string
let imports: Imports
let serving: Serving
const clerk = staffIn('market-exchange', 'retail', 7)
const other = staffIn('market-exchange', 'network', 8)
const agent = staffIn('customer-service', 'retail', 9)
const failures: unknown[] = []

before(async () => {
  opened = await testRegister()
  folder = await mkdtemp(join(tmpdir(), 'imports-'))
  const now = () => new Date('2026-11-24T08:00:00Z')
  serving = { register: opened.register, log: { note: async () => undefined }, now }
  imports = await openImports(serving, folder, (error) => failures.push(error))
  http = await served(opened.register, importRoutes(imports), now(), folder)
})
after(async () => {
  await http.server.close()
  await imports.stop()
  await opened.drop()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await emptied(opened.owner)
  for (const name of await readdir(folder)) await rm(join(folder, name))
})

const deliver = async (as: typeof clerk | undefined, name: string, content: string | Buffer, query = '') => {
  await http.ask(as, api.imports, { query: {} })
  const boundary = 'rajaviiva'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const response = await http.server.inject({
    method: 'POST',
    url: `/api/imports${query}`,
    headers: { 'x-register': 'test', 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)]),
  })
  return { status: response.statusCode, body: JSON.parse(response.body) as { id: number; code: string } }
}

const header = 'Asiakasnumero;Sukunimi;Etunimet;Sähköposti;Postinumero'
const good = `${header}\r\n1;Mallinen;Aino;aino@example.fi;\r\n2;Esimäki;Onni;;\r\n`
const faulty = `${header}\r\n1;Mallinen;Aino;aino@example.fi;\r\n2;Esimäki;Onni;ei-posti;1514\r\n3;;;;\r\n`

const opening = async (id: number, as = clerk) =>
  (await http.ask(as, api.openImport, { params: { import_id: id } })).output
/** The import after all that was asked of it is done. */
const settled = async (id: number) => {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    await imports.idle()
    const job = await opening(id)
    if (job.state === 'running' || job.state === 'undoing') continue
    // The file goes after its rows have come in.
    await imports.idle()
    return job
  }
}
const mapped = async (id: number, source = 'vanha') => {
  const { kind, columns } = await opening(id)
  return http.ask(clerk, api.mapImport, { params: { import_id: id }, body: { kind, source, columns } })
}
const run = async (id: number, dry_run: boolean) => {
  const { status } = await http.ask(clerk, api.runImport, { params: { import_id: id }, body: { dry_run } })
  assert.equal(status, 200)
  return settled(id)
}
const taken = async (content: string, source = 'vanha') => {
  const { body } = await deliver(clerk, 'asiakkaat.csv', content)
  await mapped(body.id, source)
  return run(body.id, false)
}
const count = async (table: string, where = 'true') =>
  Number((await opened.owner.query<{ n: string }>(`select count(*) as n from ${table} where ${where}`)).rows[0]?.n)

const dropped = async (id: number) => {
  while ((await count('import_job', `id = ${id}`)) > 0) await new Promise((resolve) => setTimeout(resolve, 20))
  await imports.idle()
}
/** Everything of imports that stands on the disk: the files themselves, and all columns of the tables as the database writes them out. */
const atRest = async (): Promise<string> => {
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')))
  const dumps = await Promise.all(
    ['import_fault', 'import_sample', 'import_job'].map((table) =>
      opened.owner.query<{ row: string }>(`select t::text as row from ${table} t`),
    ),
  )
  return [...files, ...dumps.flatMap(({ rows }) => rows.map(({ row }) => row))].join('\n')
}
const hidden = async (...texts: readonly string[]): Promise<void> => {
  const all = await atRest()
  for (const text of texts) {
    assert.ok(!all.includes(text), text)
    assert.ok(!all.includes(Buffer.from(text).toString('latin1')), text)
    assert.ok(!all.includes(Buffer.from(text).toString('hex')), text)
  }
}
const keyOf = async (id: number) =>
  (await opened.owner.query<{ data_key: Buffer | null }>('select data_key from import_job where id = $1', [id])).rows[0]
    ?.data_key ?? null

test('neither the file nor a row of it lies open at rest, and when the import is over its key is gone', async () => {
  const said = ['Mallinen', 'aino@example.fi', 'Esimäki', 'ei-posti'] as const
  const { body } = await deliver(clerk, 'asiakkaat.csv', faulty)
  assert.equal((await readdir(folder)).length, 1)
  await hidden(...said)
  await mapped(body.id)
  const tried = await run(body.id, true)
  assert.deepEqual(
    [tried.samples.map(({ cells }) => cells[1]), tried.faults.map(({ faults }) => faults[0]?.value)],
    [['Mallinen'], ['ei-posti', '']],
  )
  assert.deepEqual([await count('import_sample'), await count('import_fault')], [1, 2])
  await hidden(...said)

  await run(body.id, false)
  assert.deepEqual([await readdir(folder), await count('import_fault')], [[], 2])
  await hidden('Esimäki', 'ei-posti')
  assert.notEqual(await keyOf(body.id), null, 'there is something to be mended')
  const mended = `${header};Rivi;Virheet\r\n2;Esimäki;Onni;onni@example.fi;15140;3;\r\n3;Sukunen;Outi;;;4;\r\n`
  const second = await deliver(clerk, 'korjattu.csv', mended, `?mends=${body.id}`)
  await run(second.body.id, false)
  assert.deepEqual([await keyOf(body.id), await keyOf(second.body.id)], [null, null])
  const { faults, mended: all } = await opening(body.id)
  assert.deepEqual([faults, all], [[], 2], 'what was mended can be opened no more')

  const dropping = await deliver(clerk, 'toinen.csv', faulty)
  await mapped(dropping.body.id)
  await run(dropping.body.id, true)
  await http.ask(clerk, api.dropImport, { params: { import_id: dropping.body.id } })
  await dropped(dropping.body.id)
  assert.deepEqual([await readdir(folder), await count('import_fault', `job_id = ${dropping.body.id}`)], [[], 0])
})

test('a file that was altered on the disk does not come in', async () => {
  const { body } = await deliver(clerk, 'asiakkaat.csv', good)
  await mapped(body.id)
  const [name = ''] = await readdir(folder)
  const bytes = await readFile(join(folder, name))
  bytes[bytes.length - 30] = (bytes[bytes.length - 30] ?? 0) ^ 1
  await writeFile(join(folder, name), bytes)
  const tried = await run(body.id, true)
  assert.deepEqual([tried.state, tried.failure], ['failed', 'file.damaged'])
  failures.length = 0
})

test('a file is delivered, its columns proposed, tried without a trace, and taken in', async () => {
  const { status, body } = await deliver(clerk, 'C:\\tmp\\asiakkaat.csv', good)
  assert.equal(status, 200)
  const job = await opening(body.id)
  assert.deepEqual(
    [job.file_name, job.state, job.own, job.columns],
    ['asiakkaat.csv', 'mapped', true, { number: 0, family: 1, given: 2, email: 3, postcode: 4 }],
  )
  const preview = await http.ask(clerk, api.previewImport, {
    params: { import_id: body.id },
    body: { kind: 'customers', columns: job.columns },
  })
  assert.deepEqual(
    preview.output.rows.map(({ row_number, record }) => [row_number, record?.['family'], record?.['email']]),
    [
      [2, 'Mallinen', 'aino@example.fi'],
      [3, 'Esimäki', null],
    ],
  )
  await mapped(body.id)
  const tried = await run(body.id, true)
  assert.deepEqual([tried.state, tried.dry_run, tried.rows_new, tried.samples.length], ['done', true, 2, 2])
  assert.equal(await count('customer'), 0)
  const done = await run(body.id, false)
  assert.deepEqual(
    [done.state, done.dry_run, done.rows_read, done.rows_new, done.samples.length],
    ['done', false, 2, 2, 0],
  )
  assert.equal(await count('customer', 'controllers = 1'), 2, 'for the company whose hat the clerk wears')
  assert.deepEqual(await readdir(folder), [], 'a file that came in is kept no longer')
  const [listed] = (await http.ask(clerk, api.imports, { query: {} })).output
  assert.deepEqual([listed?.id, listed?.source, listed?.recorded_by], [body.id, 'vanha', 'staff:7'])
})

test('the next file of the same layout is read as the last one was', async () => {
  const { body } = await deliver(clerk, 'eka.csv', good)
  await http.ask(clerk, api.mapImport, {
    params: { import_id: body.id },
    body: { kind: 'customers', source: 'vanha-cis', columns: { number: 0, family: 2, given: 1 } },
  })
  const second = await deliver(clerk, 'toka.csv', good.replace('Aino', 'Aune'))
  const job = await opening(second.body.id)
  assert.deepEqual([job.source, job.columns], ['vanha-cis', { number: 0, family: 2, given: 1 }])
})

test('every fault of every faulty row is taken home, mended and delivered again', async () => {
  const done = await taken(faulty)
  assert.deepEqual([done.rows_new, done.rows_faulty], [1, 2])
  assert.deepEqual(
    done.faults.map(({ row_number, faults }) => [row_number, faults.map(({ code, value }) => `${code} ${value}`)]),
    [
      [3, ['email.unusable ei-posti', 'postcode.unusable 1514']],
      [4, ['name.missing ']],
    ],
  )
  assert.deepEqual(done.fault_kinds.map(({ field, code, count }) => `${field} ${code} ${count}`).toSorted(), [
    'email email.unusable 1',
    'family name.missing 1',
    'postcode postcode.unusable 1',
  ])
  for (const format of ['csv', 'xlsx'] as const) {
    const response = await http.server.inject({ url: `/api/imports/${done.id}/faults?format=${format}&language=fi` })
    assert.match(String(response.headers['content-disposition']), /asiakkaat%20virheet/)
    const table = await openTable(response.rawPayload)
    assert.deepEqual(table.header, [...header.split(';'), 'Rivi', 'Virheet'])
    const rows: (readonly string[])[] = []
    for await (const batch of table.rows()) rows.push(...batch.rows)
    assert.deepEqual(
      rows.map((row) => row[5]),
      ['3', '4'],
    )
    assert.match(rows[0]?.[6] ?? '', /Sähköposti ”ei-posti”: ei ole sähköpostiosoite\. Kirjoita .*Postinumero ”1514”/)
  }
  const mended = `${header};Rivi;Virheet\r\n2;Esimäki;Onni;onni@example.fi;15140;3;jotain\r\n3;Vieläkin;Väärin;ei;;4;jotain\r\n`
  const { body } = await deliver(clerk, 'korjattu.csv', mended, `?mends=${done.id}`)
  const next = await opening(body.id)
  assert.deepEqual([next.source, next.mends, next.columns['email']], ['vanha', done.id, 3])
  const again = await run(body.id, false)
  assert.deepEqual([again.rows_new, again.rows_faulty], [1, 1])
  assert.equal((await opening(done.id)).mended, 1)
})

test('an undone import leaves nothing behind, and what is newer stays and is told', async () => {
  const done = await taken(good)
  const { rows } = await opened.owner.query<{ id: string; number: string }>(
    'select id, number from customer order by number',
  )
  await opened.owner.query(
    `insert into contact (customer_id, at, direction, channel, topics, controllers, source, recorded_at, recorded_by)
     values ($1, now(), 'in', 'call', '{}', 1, 'desk', now(), 'staff:1')`,
    [rows[1]?.id],
  )
  const why = await http.ask(clerk, api.undoImport, { params: { import_id: done.id } })
  assert.deepEqual([why.status, why.problem.code], [428, 'reason.missing'])
  await http.ask(clerk, api.undoImport, { params: { import_id: done.id } }, 'reason:väärä tiedosto')
  const undone = await settled(done.id)
  assert.deepEqual(
    [undone.state, undone.rows_undone, undone.rows_kept, undone.undo_reason],
    ['undone', 1, 1, 'väärä tiedosto'],
  )
  assert.deepEqual(undone.kept, [{ customer_id: Number(rows[1]?.id), number: '2', kept: 'customer.has-contact' }])
  for (const table of ['customer', 'customer_name', 'external_key']) assert.equal(await count(table), 1, table)
  assert.equal(await count('search_name', `customer_id = ${rows[0]?.id}`), 0)
  assert.deepEqual(failures, [])
})

test('what refers to a customer in a place that is not looked into stops the undoing of that one alone', async () => {
  const done = await taken(`${header}\r\n${Array.from({ length: 9 }, (_, n) => `${n};Suku;Nimi;;`).join('\r\n')}`)
  await opened.owner.query(
    `insert into disclosure (customer_id, recipient, purpose, categories, what, at, notice_hash, recorded_by)
     select id, 'poliisi', 'rights', '{}', 'x', now(), '', 'staff:1' from customer where number = '4'`,
  )
  await http.ask(clerk, api.undoImport, { params: { import_id: done.id } }, 'reason:väärä tiedosto')
  const undone = await settled(done.id)
  assert.deepEqual([undone.rows_undone, undone.rows_kept], [8, 1])
  assert.deepEqual(
    undone.kept.map(({ number }) => number),
    ['4'],
  )
})

test('what an import changed goes back as it was', async () => {
  await taken(good)
  const stands = async () =>
    (
      await opened.owner.query(
        `select c.number, c.language, n.family, n.during::text, p.value from customer c join customer_name n on n.customer_id = c.id
           left join contact_point p on p.customer_id = c.id order by 1, 3, 5`,
      )
    ).rows
  await opened.owner.query("update customer_name set during = '[2020-01-01,)' where family = 'Mallinen'")
  const before = await stands()
  const changed = await taken(`${header}\r\n1;Uusinimi;Aino;uusi@example.fi;\r\n2;Esimäki;Onni;;\r\n`)
  assert.deepEqual([changed.rows_changed, changed.rows_same], [1, 1])
  assert.notDeepEqual(await stands(), before)
  await http.ask(clerk, api.undoImport, { params: { import_id: changed.id } }, 'reason:väärä tiedosto')
  const undone = await settled(changed.id)
  assert.deepEqual([undone.rows_undone, undone.rows_kept], [1, 0])
  assert.deepEqual(await stands(), before)
  const again = await taken(`${header}\r\n1;Uusinimi;Aino;uusi@example.fi;\r\n`)
  assert.equal(again.rows_changed, 1, 'the next delivery is compared anew')
})

test('a dry run on a known customer tells which fields would change', async () => {
  await taken(good)
  const { body } = await deliver(clerk, 'b.csv', good.replace('aino@example.fi', 'a2@example.fi'))
  await mapped(body.id)
  const tried = await run(body.id, true)
  assert.deepEqual(
    tried.samples.map(({ outcome, fields }) => [outcome, fields]),
    [
      ['changed', ['email']],
      ['same', []],
    ],
  )
  await http.ask(clerk, api.dropImport, { params: { import_id: body.id } })
  await dropped(body.id)
  assert.deepEqual(await readdir(folder), [])
})

test('an import of the other company is not there', async () => {
  const { body } = await deliver(clerk, 'a.csv', faulty)
  assert.equal((await http.ask(other, api.openImport, { params: { import_id: body.id } })).status, 404)
  assert.deepEqual((await http.ask(other, api.imports, { query: {} })).output, [])
})

test('no one else may deliver, see, run or undo', async () => {
  const { body } = await deliver(clerk, 'a.csv', faulty)
  const params = { import_id: body.id }
  assert.equal((await deliver(agent, 'a.csv', good)).status, 403)
  assert.equal((await deliver(undefined, 'a.csv', good)).status, 401)
  assert.equal((await readdir(folder)).length, 1, 'not a byte of theirs is kept')
  const columns = { number: 0 }
  for (const asked of [
    () => http.ask(agent, api.imports, { query: {} }),
    () => http.ask(agent, api.openImport, { params }),
    () => http.ask(agent, api.previewImport, { params, body: { kind: 'customers', columns } }),
    () => http.ask(agent, api.mapImport, { params, body: { kind: 'customers', columns, source: 'x' } }),
    () => http.ask(agent, api.runImport, { params, body: { dry_run: true } }),
    () => http.ask(agent, api.stopImport, { params }),
    () => http.ask(agent, api.dropImport, { params }),
    () => http.ask(agent, api.undoImport, { params }, 'reason:correction'),
    () => http.ask(agent, api.takeFaults, { params, query: { format: 'csv', language: 'fi' } }),
  ])
    assert.equal((await asked()).status, 403)
})

test('what cannot be is refused by its name', async () => {
  const { body } = await deliver(clerk, 'a.csv', good)
  const params = { import_id: body.id }
  const codes = async (asked: Promise<{ status: number; problem: { code: string } }>) => {
    const { status, problem } = await asked
    return `${status} ${problem.code}`
  }
  assert.equal(await codes(http.ask(clerk, api.runImport, { params, body: { dry_run: true } })), '422 import.columns')
  assert.equal(
    await codes(
      http.ask(clerk, api.mapImport, { params, body: { kind: 'customers', source: 'x', columns: { number: 9 } } }),
    ),
    '422 column.none',
  )
  assert.equal(await codes(http.ask(clerk, api.stopImport, { params })), '409 import.not-running')
  assert.equal(await codes(http.ask(clerk, api.undoImport, { params }, 'reason:correction')), '409 import.not-undoable')
  await mapped(body.id)
  await run(body.id, false)
  assert.equal(await codes(http.ask(clerk, api.runImport, { params, body: { dry_run: true } })), '409 import.running')
  assert.equal(await codes(http.ask(clerk, api.dropImport, { params })), '409 import.taken-in')
  assert.equal(await codes(http.ask(clerk, api.openImport, { params: { import_id: 999_999 } })), '404 import.not-found')
})

const bomb = (): Buffer => {
  // One part of a workbook that unpacks to a thousand times its size.
  const packed = deflateRawSync(Buffer.alloc(64 * 1024 ** 2, 0x20))
  const name = Buffer.from('_rels/.rels')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(64 * 1024 ** 2, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(20, 4)
  central.writeUInt16LE(20, 6)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(packed.length, 20)
  central.writeUInt32LE(64 * 1024 ** 2, 24)
  central.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([local, name, packed, central, name, end])
}

test('files that are no tables are refused by their name, and leave nothing', async () => {
  const workbook = new PassThrough()
  const whole = buffer(workbook)
  const writer = xlsxWriter(workbook, [{ name: 'Asiakasnumero' }])
  await writer.write([['1']])
  await writer.end()
  const files: readonly (readonly [string, string | Buffer, string])[] = [
    ['empty.csv', '', '422 table.empty'],
    ['binary.csv', Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 7919) % 256)), '422'],
    ['photo.pdf', '%PDF-1.7 …', '415 table.no-table'],
    ['old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '415 table.no-table'],
    ['twice.csv', 'Nimi;Nimi\r\nA;B\r\n', '422 table.header'],
    ['utf16.csv', Buffer.from('\ufeffAsiakasnumero;Sukunimi\r\n1;M\r\n', 'utf16le'), '415 table.encoding-unknown'],
    ['half.xlsx', (await whole).subarray(0, 900), '422 table.damaged'],
    ['bomb.xlsx', bomb(), '413 table.bomb'],
    ['line.csv', 'a;b'.repeat(4_000_000), '422 table.header'],
  ]
  for (const [name, content, expected] of files) {
    const { status, body } = await deliver(clerk, name, content)
    assert.ok(`${status} ${body.code}`.startsWith(expected), `${name}: ${status} ${body.code}`)
  }
  assert.deepEqual(await readdir(folder), [])
  const long = `${header}\r\n1;${'x'.repeat(10_000_000)};;;\r\n2;Esimäki;Onni;;\r\n`
  const job = await taken(long)
  assert.deepEqual(
    [job.state, job.rows_new, job.rows_faulty],
    ['done', 1, 1],
    'a line of ten megabytes is a fault of its row',
  )
  const json = await http.server.inject({
    method: 'POST',
    url: '/api/imports',
    headers: { 'x-register': 'test' },
    payload: { file_name: 'a', stored_as: '../../etc/passwd', bytes: 1, sha256: '' },
  })
  assert.deepEqual([json.statusCode, (JSON.parse(json.body) as { code: string }).code], [415, 'file.missing'])
})

test('an import that its process did not end goes on at the next start', async () => {
  const { body } = await deliver(clerk, 'a.csv', good)
  await mapped(body.id)
  // As a killed process leaves it: running, and nobody at work.
  await opened.owner.query("update import_job set state = 'running', dry_run = false where id = $1", [body.id])
  await imports.stop()
  imports = await openImports(serving, folder, (error) => failures.push(error))
  await imports.idle()
  const job = await opening(body.id)
  assert.deepEqual([job.state, job.rows_new], ['done', 2])
})

test('an import waits while the access log cannot take its lines, and then goes on', async () => {
  await imports.stop()
  let full = true
  const note = async (events: readonly AccessEvent[]) => {
    if (!full || !events.some(({ endpoint }) => endpoint === 'take in a batch of customers')) return
    full = false
    throw new Unavailable('log.full')
  }
  const { body } = await deliver(clerk, 'a.csv', good)
  await mapped(body.id)
  await opened.owner.query("update import_job set state = 'running', dry_run = false where id = $1", [body.id])
  const told: unknown[] = []
  imports = await openImports({ ...serving, log: { note } }, folder, (error) => told.push(error), 10)
  const done = await settled(body.id)
  assert.deepEqual([done.state, done.rows_new], ['done', 2])
  assert.equal(told.length, 1)
})
