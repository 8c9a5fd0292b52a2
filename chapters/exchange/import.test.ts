import assert from 'node:assert/strict'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { AccessEvent } from '../../enforcement/access-event.ts'
import type { Serving } from '../../enforcement/serve.ts'
import { testRegister, type TestRegister } from '../../tests/database.ts'
import { openedFaults } from '../../tests/opened-faults.ts'
import { artificialIdentityCode, customerIntake } from '../customers/index.ts'
import { importFile } from './jobs.ts'
import { proposedMapping, xlsxWriter } from '../../platform/tabular/index.ts'

let opened: TestRegister
let folder: string
let lines: AccessEvent[] = []
let serving: Serving

before(async () => {
  opened = await testRegister()
  folder = await mkdtemp(join(tmpdir(), 'import-'))
  serving = {
    register: opened.register,
    log: { note: async (events) => void lines.push(...events) },
    now: () => new Date('2026-11-24T08:00:00Z'),
  }
})
after(async () => {
  await opened.drop()
  await rm(folder, { recursive: true })
})

const header =
  'Asiakasnumero;Sukunimi;Etunimet;Yritys;Henkilötunnus;Y-tunnus;Puhelin;Sähköposti;Lähiosoite;Postinumero;Postitoimipaikka'
const file = async (name: string, rows: readonly string[]): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, `\ufeff${[header, ...rows].join('\r\n')}\r\n`)
  return path
}
const count = async (table: string, where = 'true'): Promise<number> =>
  Number((await opened.owner.query<{ n: string }>(`select count(*) as n from ${table} where ${where}`)).rows[0]?.n)

const code = artificialIdentityCode('1980-05-01', 901)
const good = [
  `A1;Mallinen;Aino Maria;;${code};;050 555 1000;aino@example.fi;Mallikatu 1 A 2;15140;LAHTI`,
  'A2;;;Malliyhtiö Oy;;0804847-1;03 555 2000;;Teollisuustie 3;15140;LAHTI',
]
const bad = [
  'A3;;Nimetön;;010190-123X;;soita;ei-posti;Katu 1;1514;LAHTI',
  'A1;Mallinen;Toinen;;;;;;;;',
  ';Numeroton;Nalle;;;;;;;;',
  'A4;Liian;Monta;;;;;;;;;;;',
  `A5;Sama;Tunnus;;${code};;;;;;`,
]

test('columns are recognised by their names in three languages, and what is missing is told', () => {
  assert.deepEqual(proposedMapping(customerIntake.fields, ['Kundnummer', 'Efternamn', ' First  name ', 'Jotain']), {
    number: 0,
    family: 1,
    given: 2,
  })
  assert.equal(customerIntake.columnFaults(proposedMapping(customerIntake.fields, ['Jotain'])).length, 2)
})

test('a row tells all of its faults at once', () => {
  const mapping = proposedMapping(customerIntake.fields, header.split(';'))
  const faults = customerIntake.read(mapping, (bad[0] ?? '').split(';'))
  assert.ok(Array.isArray(faults))
  assert.deepEqual(
    faults.map(({ field }: { field: string }) => field),
    ['family', 'identity_code', 'phone', 'email', 'postcode'],
  )
})

test('a dry run makes no customer, and counts and keeps what would be refused', async () => {
  const path = await file('dry.csv', [...good, ...bad])
  const done = await importFile(serving, { file: path, source: 'vanha-cis', dryRun: true })
  assert.deepEqual([done.rows_read, done.rows_new, done.rows_faulty, done.state], [7, 2, 5, 'done'])
  assert.equal(await count('customer'), 0)
  assert.equal(await count('import_fault'), 5)
})

test('good rows come in sealed and logged; faulty ones are kept whole with their faults', async () => {
  lines = []
  const path = await file('real.csv', [...good, ...bad])
  const done = await importFile(serving, { file: path, source: 'vanha-cis', dryRun: false })
  assert.deepEqual([done.rows_new, done.rows_faulty], [2, 5])
  assert.equal(await count('customer'), 2)
  assert.equal(await count('contact_point', 'upper_inf(during)'), 3)
  assert.equal(
    await count('identity_code', `position('${code}'::bytea in code) > 0`),
    0,
    'the code is not readable in the table',
  )
  const rows = await openedFaults(opened.owner, opened.register.keys, done.job)
  assert.deepEqual(
    rows.map(({ row_number, faults }) => [Number(row_number), faults.map((fault) => fault.code).join(' ')]),
    [
      [4, 'name.missing identity-code.wrong-check phone.unusable email.unusable postcode.unusable'],
      [5, 'row.twice'],
      [6, 'number.missing'],
      [7, 'row.cells-extra'],
      [8, 'identity-code.known'],
    ],
  )
  assert.equal(rows[3]?.cells[0], 'A4')
  assert.ok(
    lines.some(
      ({ outcome, subject, categories }) => outcome === 'written' && subject !== null && categories.includes('name'),
    ),
  )
})

test('the same rows delivered again change nothing; a changed one closes the old value and opens the new', async () => {
  const again = await importFile(serving, {
    file: await file('again.csv', good),
    source: 'vanha-cis',
    dryRun: false,
  })
  assert.deepEqual([again.rows_same, again.rows_new, again.rows_changed], [2, 0, 0])
  const before = await count('customer_name')
  const moved = (good[0] ?? '').replace('Mallinen', 'Uusinimi').replace('050 555 1000', '050 555 1001')
  const later: Serving = { ...serving, now: () => new Date('2026-12-01T08:00:00Z') }
  const changed = await importFile(later, {
    file: await file('later.csv', [moved]),
    source: 'vanha-cis',
    dryRun: false,
  })
  assert.deepEqual([changed.rows_changed, changed.rows_faulty], [1, 0])
  assert.equal(await count('customer_name'), before + 1)
  assert.equal(await count('customer_name', "family = 'Mallinen' and upper(during) = '2026-12-01'"), 1)
  assert.equal(await count('contact_point', "value = '+358505551001' and upper_inf(during)"), 1)
  assert.equal(
    await count('contact_point', "value = 'aino@example.fi' and upper_inf(during)"),
    1,
    'what did not change stays as it was',
  )
})

test('an import that was cut off goes on where it stopped, takes nothing in twice and counts its rows as the file has them', async () => {
  // Blank lines are left out, and counted: a fault is told by the row that a spreadsheet shows.
  const many = Array.from({ length: 4500 }, (_, n) => `${n % 100 === 0 ? '\r\n' : ''}B${n};Suku${n};Nimi;;;;;;;;`)
  const path = await file('many.csv', [...many, 'B9;;;;;;;;;;'])
  let batches = 0
  const cut: Serving = {
    ...serving,
    log: {
      note: async () => {
        batches += 1
        if (batches === 3) throw new Error('cut off')
      },
    },
  }
  await assert.rejects(importFile(cut, { file: path, source: 'vanha-cis', dryRun: false }), /cut off/)
  const half = await count('customer', "number like 'B%'")
  assert.ok(half >= 2000 && half < 4500, 'what was not logged was not kept')
  const done = await importFile(serving, { file: path, source: 'vanha-cis', dryRun: false })
  assert.equal(done.resumed, true)
  assert.deepEqual([done.rows_read, done.rows_new, done.rows_same, done.rows_faulty], [4501, 4500, 0, 1])
  assert.equal(await count('customer', "number like 'B%'"), 4500)
  assert.equal(await count('import_fault', `job_id = ${done.job} and row_number = ${1 + 4500 + 45 + 1}`), 1)
})

test('a workbook is taken in as well, its days read as days, and goes on after a cut', async () => {
  const path = join(folder, 'asiakkaat.xlsx')
  const columns = ['Asiakasnumero', 'Sukunimi', 'Etunimet'].map((name) => ({ name }))
  const writer = xlsxWriter(createWriteStream(path), [...columns, { name: 'Syntymäaika', type: 'day' }])
  await writer.write(Array.from({ length: 2500 }, (_, n) => [`X${n}`, 'Taulukko', 'Aino', '1980-05-01']))
  await writer.write([['X1', '', 'Nimetön', '1980-05-01']])
  await writer.end()
  let batches = 0
  const cut: Serving = {
    ...serving,
    log: { note: async () => ((batches += 1) === 3 ? Promise.reject(new Error('cut off')) : undefined) },
  }
  await assert.rejects(importFile(cut, { file: path, source: 'taulukko', dryRun: false }), /cut off/)
  const done = await importFile(serving, { file: path, source: 'taulukko', dryRun: false })
  assert.deepEqual([done.resumed, done.rows_read, done.rows_new, done.rows_faulty], [true, 2501, 2500, 1])
  assert.equal(await count('customer', "number like 'X%' and birth_date = '1980-05-01'"), 2500)
  assert.equal(await count('import_fault', `job_id = ${done.job} and row_number = 2502`), 1)
})

test('what came in carries its import, so that it leads to who brought it, and is of the company it was brought for', async () => {
  const path = await file('own.csv', ['K1;Oma;Yhtiö;;;;;;;;'])
  const done = await importFile(serving, {
    file: path,
    source: 'sähköverkko',
    dryRun: false,
    controller: 'lahti-energia-sahkoverkko',
  })
  assert.equal(await count('customer', `number = 'K1' and recorded_by = 'import:${done.job}' and controllers = 2`), 1)
  await assert.rejects(
    importFile(serving, { file: path, source: 'x', dryRun: true, controller: 'naapuri' }),
    /there is no naapuri/,
  )
})

test('what someone has mended at the desk since is not undone by a sender who tells its old value again', async () => {
  await importFile(serving, {
    file: await file('d1.csv', ['D1;Desk;Aino;;;;050 555 2001;a@example.fi;;;']),
    source: 'vanha-cis',
    dryRun: false,
  })
  await opened.owner.query(
    "update contact_point set value = '+358505552099', source = 'desk' where value = '+358505552001'",
  )
  const later: Serving = { ...serving, now: () => new Date('2026-12-02T08:00:00Z') }
  const again = await importFile(later, {
    file: await file('d2.csv', ['D1;Desk;Aino;;;;050 555 2001;b@example.fi;;;']),
    source: 'vanha-cis',
    dryRun: false,
  })
  assert.equal(again.rows_changed, 1)
  assert.equal(await count('contact_point', "value = '+358505552099' and upper_inf(during)"), 1)
  assert.equal(await count('contact_point', "value = '+358505552001'"), 0)
  assert.equal(await count('contact_point', "value = 'b@example.fi' and upper_inf(during)"), 1)
})

test('a customer who stands twice in a file is told, however far apart the rows are', async () => {
  const many = Array.from({ length: 6_000 }, (_, n) => `T${n};Suku${n};Nimi;;;;;;;;`)
  const path = await file('twice.csv', [...many, 'T3;Toinen;Nimi;;;;;;;;'])
  const done = await importFile(serving, { file: path, source: 'vanha-cis', dryRun: false })
  assert.deepEqual([done.rows_new, done.rows_changed, done.rows_faulty], [6_000, 0, 1])
  assert.equal(
    await count('customer_name', "customer_id = (select id from customer where number = 'T3') and family = 'Suku3'"),
    1,
  )
})
