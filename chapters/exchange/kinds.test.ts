// Homes, contracts and contacts come in by the numbers that their files name each other by, go in once, and come out again.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { AccessEvent } from '../../enforcement/access-event.ts'
import type { Serving } from '../../enforcement/serve.ts'
import { testRegister, type TestRegister } from '../../tests/database.ts'
import { openedFaults } from '../../tests/opened-faults.ts'
import { person } from '../../tests/people.ts'
import { gs1Check } from '../sites/index.ts'
import { importFile, openImports } from './jobs.ts'
import type { KindId } from './rules.ts'

let opened: TestRegister
let folder: string
let serving: Serving
let lines: AccessEvent[] = []
const failures: unknown[] = []

before(async () => {
  opened = await testRegister()
  folder = await mkdtemp(join(tmpdir(), 'kinds-'))
  serving = {
    register: opened.register,
    log: { note: async (events) => void lines.push(...events) },
    now: () => new Date('2026-11-24T08:00:00Z'),
  }
  await opened.owner.query(`
    insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis');
    insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale) values
      (1, 'SPOT', 'electricity', 'sales', 'Pörssi', 'Börs', 'Spot', '[2020-01-01,)'),
      (2, 'VERKKO', 'electricity', 'network', 'Verkko', 'Nät', 'Network', '[2020-01-01,)')`)
})
after(async () => {
  await opened.drop()
  await rm(folder, { recursive: true })
})

const point = (n: number): string => {
  const digits = `6430000${String(n).padStart(10, '0')}`
  return `${digits}${gs1Check(digits)}`
}
let files = 0
const taken = async (kind: KindId, rows: readonly string[], dryRun = false) => {
  files += 1
  const file = join(folder, `${kind}-${files}.csv`)
  await writeFile(file, rows.join('\r\n'))
  lines = []
  return importFile(serving, { file, source: 'cis', kind, dryRun, controller: 'lahti-energia' })
}
const faultsOf = async (job: number) =>
  (await openedFaults(opened.owner, opened.register.keys, job)).map(({ row_number, faults }) => [
    Number(row_number),
    faults.map(({ field, code }) => `${field} ${code}`).join(', '),
  ])
const count = async (table: string, where = 'true') =>
  Number((await opened.owner.query<{ n: string }>(`select count(*) as n from ${table} where ${where}`)).rows[0]?.n)
const undo = async (job: number) => {
  await opened.owner.query(
    "update import_job set state = 'undoing', undone_by = 'staff:1', stored_as = 'x' where id = $1",
    [job],
  )
  const imports = await openImports(serving, folder, (error) => failures.push(error))
  await imports.idle()
  await imports.stop()
  const { rows } = await opened.owner.query<{ state: string; rows_undone: string; rows_kept: string }>(
    'select state, rows_undone, rows_kept from import_job where id = $1',
    [job],
  )
  return rows[0]
}

const people = ['Asiakasnumero;Sukunimi;Etunimet', '1;Mallinen;Aino', '2;Esimäki;Onni']
const homes = (...rows: readonly string[]) => [
  'Käyttöpaikkatunnus;Energia;Osoite;Postinumero;Pääsulake;Asiakasnumero;Alkaen;Asti',
  ...rows,
]
const agreed = (...rows: readonly string[]) => [
  'Sopimusnumero;Asiakasnumero;Maksaja;Käyttöpaikkatunnus;Tuote;Alkaen;Asti',
  ...rows,
]
const talks = (...rows: readonly string[]) => [
  'Asiakasnumero;Aika;Kanava;Suunta;Aihe;Tulos;Sisältö;Tapahtumatunnus',
  ...rows,
]
const first = homes(
  `${point(1)};Sähkö;Mallikatu 1 A 2;15140;3x25A;1;1.2.2020;`,
  `L-77;Kaukolämpö;Mallikatu 1 A 2;15140;;1;1.2.2020;`,
  `${point(2)};;Mallikatu 3;15140;3 x 35 A;;;`,
)
let siteJob = 0

test('homes come in with their points and who lives there, each once', async () => {
  await taken('customers', people)
  const tried = await taken('sites', first, true)
  assert.deepEqual([tried.rows_new, tried.rows_faulty, await count('site')], [3, 0, 0])
  const done = await taken('sites', first)
  siteJob = done.job
  assert.deepEqual([done.rows_new, done.rows_faulty], [3, 0])
  assert.deepEqual(
    [await count('site'), await count('accounting_point'), await count('connection'), await count('occupancy')],
    [2, 3, 2, 1],
    'electricity and heat of one home are of one home, and one lives there once',
  )
  assert.equal(
    await count('site', "street_fi = 'Mallikatu' and number = '1' and staircase = 'A' and apartment = '2'"),
    1,
  )
  const written = lines.filter(({ outcome, subject }) => outcome === 'written' && subject !== null)
  assert.ok(written.length > 0)
  assert.ok(
    !written.some(({ categories }) => categories.includes('name')),
    'the log tells what was written and no more',
  )
  const again = await taken('sites', first)
  assert.deepEqual([again.rows_same, again.rows_new, again.rows_changed], [3, 0, 0])
})

test('what a home is known otherwise by is told, and nothing is overwritten', async () => {
  const done = await taken(
    'sites',
    homes(
      `${point(1)};Sähkö;Toinenkatu 9;15140;3x25A;;;`,
      `${point(2)};Sähkö;Mallikatu 3;15140;3x63A;;;`,
      `${point(3)};Sähkö;Mallikatu 5;99999;;;;`,
      `${point(4)};Sähkö;Mallikatu 5;15140;;77;1.1.2020;`,
      `${point(4).slice(0, 17)}x;Sähkö;Mallikatu 5;15140;7x7A;;;`,
      `L-77;Kaukolämpö;Mallikatu 1 A 2;15140;;2;1.1.2021;`,
      `${point(5)};Sähkö;Mallikatu 5;15140;;1;1.5.2020;1.4.2020`,
    ),
  )
  assert.deepEqual(await faultsOf(done.job), [
    [2, 'street site.differs'],
    [3, 'fuse site.differs'],
    [4, 'postcode postcode.unknown'],
    [5, 'customer customer.unknown'],
    [6, 'point point-code.malformed, fuse fuse.unknown'],
    [7, 'customer site.occupied'],
    [8, 'to period.empty'],
  ])
})

test('contracts come in under the rules by which they are made, and open the home to the company', async () => {
  const rows = agreed(`S1;1;2;${point(1)};SPOT;1.2.2020;`, `S2;2;;${point(2)};SPOT;1.3.2021;31.12.2024`)
  const done = await taken('contracts', rows)
  assert.deepEqual([done.rows_new, done.rows_faulty, await faultsOf(done.job)], [2, 0, []])
  assert.deepEqual([await count('contract'), await count('contract_party', "role = 'payer'")], [2, 1])
  const again = await taken('contracts', rows)
  assert.deepEqual([again.rows_same, again.rows_faulty], [2, 0])
  const bad = await taken(
    'contracts',
    agreed(
      `S1;2;;${point(1)};SPOT;1.2.2020;`,
      `S3;1;;${point(1)};SPOT;1.5.2025;`,
      `S4;1;;${point(2)};VERKKO;1.5.2025;`,
      `S5;1;;L-77;SPOT;1.5.2025;`,
      `S6;9;;${point(2)};SPOT;1.5.2025;`,
      `S7;1;;${point(9)};SPOT;1.5.2025;`,
      `S8;1;;${point(2)};EIOLE;1.5.2025;`,
      `S9;1;;${point(2)};SPOT;1.6.2025;`,
      `S10;1;;${point(2)};SPOT;1.7.2025;`,
      `S11;1;1;${point(2)};SPOT;1.1.2026;1.1.2025`,
    ),
  )
  assert.equal(bad.rows_new, 1)
  assert.deepEqual(await faultsOf(bad.job), [
    [2, 'contract contract.differs'],
    [3, 'point contract.overlaps'],
    [4, 'product product.other-company'],
    [5, 'point contract.other-energy'],
    [6, 'customer customer.unknown'],
    [7, 'point point.unknown'],
    [8, 'product product.unknown'],
    [10, 'point contract.overlaps'],
    [11, 'to period.empty'],
  ])
  assert.deepEqual(await undo(bad.job), { state: 'undone', rows_undone: '1', rows_kept: '0' })
  assert.equal(await count('contract'), 2)
})

test('contacts come in sealed, at Finnish time, once, and history is not rewritten', async () => {
  const rows = talks(
    '1;24.6.2026 13.45;Puhelu;Saapunut;Lasku;Luvattu;Sovittiin maksuajasta;K1',
    '2;2026-01-05T09:00:00;Kirje;Lähtenyt;;;;K2',
  )
  const done = await taken('contacts', rows)
  assert.deepEqual([done.rows_new, done.rows_faulty, await faultsOf(done.job)], [2, 0, []])
  assert.equal(await count('contact', "at = '2026-06-24 10:45Z' and topics = '{invoice}' and outcome = 'promised'"), 1)
  assert.equal(await count('contact', "position('maksuajasta'::bytea in body) > 0"), 0)
  assert.equal((await taken('contacts', rows)).rows_same, 2)
  const bad = await taken(
    'contacts',
    talks('1;24.6.2026 13.45;Puhelu;Saapunut;Lasku;Luvattu;Toisin;K1', '9;24.6.2026;;;;;;', '1;eilen;Savumerkki;;;;;'),
  )
  assert.deepEqual(await faultsOf(bad.job), [
    [2, 'key contact.differs'],
    [3, 'customer customer.unknown'],
    [4, 'at value.no-day, channel word.unknown'],
  ])
  assert.deepEqual(await undo(done.job), { state: 'undone', rows_undone: '2', rows_kept: '0' })
  assert.equal(await count('contact'), 0)
  assert.equal((await taken('contacts', rows)).rows_new, 2, 'what was undone can come again')
})

test('homes that are in use by now stay when their import is undone; the others go', async () => {
  const more = await taken(
    'sites',
    homes(`${point(20)};Sähkö;Uusikatu 1;15140;3x25A;2;1.1.2026;`, `${point(1).replace(/.$/, '')};;;;;;;`),
  )
  assert.deepEqual([more.rows_new, await count('site')], [1, 3])
  assert.deepEqual(await undo(more.job), { state: 'undone', rows_undone: '1', rows_kept: '0' })
  assert.deepEqual([await count('site'), await count('occupancy')], [2, 1])
  await undo(siteJob)
  assert.deepEqual(
    [await count('site'), await count('accounting_point', 'true'), await count('occupancy')],
    [2, 2, 0],
    'the two points with contracts stay with their homes, the third goes',
  )
  assert.deepEqual(failures, [])
  assert.ok((await readdir(folder)).length > 0)
})

test('what an import opened to the company is closed again when it is undone, unless the company has more of them by now', async () => {
  const told = `'test', '2026-01-01Z', 'system:test'`
  const number = async (id: number) =>
    (await opened.owner.query<{ number: string }>('select number from customer where id = $1', [id])).rows[0]?.number
  const homeOf = async (who: number, n: number): Promise<number> => {
    const { rows } = await opened.owner.query<{ id: string }>(
      `with home as (insert into site (street_fi, postcode, use, controllers, source, recorded_at, recorded_by)
         values ('Verkkotie', '15140', 'permanent-dwelling', 2, ${told}) returning id),
       lives as (insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by)
         select $1, id, 'holder', '[2020-01-01,)', 2, ${told} from home)
       insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
       select id, 'electricity', $2, 'consumption', 'connected', 2, ${told} from home returning site_id as id`,
      [who, point(n)],
    )
    return Number(rows[0]?.id)
  }
  const [gone, payer, stays] = [
    await person(opened.owner, { controllers: 2 }),
    await person(opened.owner, { controllers: 2 }),
    await person(opened.owner, { controllers: 2 }),
  ]
  const [left, kept] = [await homeOf(gone, 31), await homeOf(stays, 32)]
  const seen = async () => {
    const { rows } = await opened.owner.query<{ row: string }>(
      `select concat_ws(' ', 'customer', id, controllers) as row from customer where id = any ($1)
       union all select concat_ws(' ', 'name', customer_id, controllers) from customer_name where customer_id = any ($1)
       union all select concat_ws(' ', 'point', customer_id, controllers) from contact_point where customer_id = any ($1)
       union all select concat_ws(' ', 'lives', customer_id, controllers) from occupancy where customer_id = any ($1)
       union all select concat_ws(' ', 'search', customer_id, controllers) from search_contact where customer_id = any ($1)
       union all select concat_ws(' ', 'site', id, controllers) from site where id = any ($2)
       union all select concat_ws(' ', 'measured', site_id, controllers) from accounting_point where site_id = any ($2) order by 1`,
      [
        [gone, payer, stays],
        [left, kept],
      ],
    )
    return rows.map(({ row }) => row)
  }
  await opened.owner.query('select search_rebuild()')
  const before = await seen()
  assert.ok(before.every((row) => row.endsWith(' 2')))
  const done = await taken(
    'contracts',
    agreed(
      `S31;${await number(gone)};${await number(payer)};${point(31)};SPOT;1.2.2020;`,
      `S32;${await number(stays)};;${point(32)};SPOT;1.2.2020;`,
    ),
  )
  assert.deepEqual([done.rows_new, await faultsOf(done.job)], [2, []])
  assert.ok(
    (await seen()).every((row) => row.endsWith(' 3')),
    (await seen()).join(', '),
  )

  // The company talks with one of them: it has something of its own by now.
  await opened.owner.query(
    `insert into contact (customer_id, at, direction, channel, topics, controllers, source, recorded_at, recorded_by)
     values ($1, '2026-11-20Z', 'in', 'call', '{}', 1, ${told})`,
    [stays],
  )
  const undone = await undo(done.job)
  assert.equal(undone?.state, 'undone')
  const after = await seen()
  assert.deepEqual(
    after.filter((row) => !row.endsWith(' 2')),
    [
      `customer ${stays} 3`,
      `lives ${stays} 3`,
      `measured ${kept} 3`,
      `name ${stays} 3`,
      `point ${stays} 3`,
      `search ${stays} 3`,
      `site ${kept} 3`,
    ],
    'the company keeps whom it deals with, and no one else',
  )
  assert.equal(await count('import_trace', `job_id = ${done.job} and kept is null`), 0)
  assert.deepEqual(failures, [])

  const login = 'customer-service.customer-care.retail'
  const leave = opened.register
    .pool(login)
    .query(`select wall_leaves(array[${stays}::bigint], array[${kept}::bigint], 1::smallint)`)
  await assert.rejects(leave, /permission denied/, 'only who undoes imports closes like that')
})

test('what holds of a point comes with it, each column for its energy, and goes when the import is undone', async () => {
  const header =
    'Käyttöpaikkatunnus;Energia;Osoite;Postinumero;Liittymispäivä;Mittaustapa;Mittausväli;Verkkoalue;Veroluokka;Sopimusvesivirta'
  const good = [
    header,
    `${point(51)};Sähkö;Faktakatu 1;15140;1.5.2020;;PT15M;44Y1001A1001A46L;1;`,
    'F-51;Kaukolämpö;Faktakatu 1;15140;;Jatkuva;60;;;0,4',
    'F-52;Kaasu;Faktakatu 2;15140;;luettava;;;;',
    'F-53;Kaasu;Faktakatu 3;15140;;;;;;',
  ]
  assert.equal((await taken('sites', good, true)).rows_new, 4)
  assert.equal(await count('point_facts'), 0, 'a trial leaves nothing')
  const done = await taken('sites', good)
  assert.deepEqual([done.rows_new, await faultsOf(done.job)], [4, []])
  const { rows } = await opened.owner.query<{ told: string }>(
    `select concat_ws(' ', energy, during, metering_method, resolution_minutes, grid_area, tax_class, contract_flow) as told
       from point_facts order by id`,
  )
  assert.deepEqual(rows.map(({ told }) => told).toSorted(), [
    'electricity [2020-05-01,) continuous 15 44Y1001A1001A46L 1',
    'gas [2026-11-24,) reading',
    'heat [2026-11-24,) continuous 60 0.400',
  ])
  const bad = await taken('sites', [
    header,
    'F-61;Kaukolämpö;Faktakatu 4;15140;;jatkuva;30;;1;',
    `${point(61)};Sähkö;Faktakatu 5;15140;;;;Lahti;3;-1`,
  ])
  assert.deepEqual(await faultsOf(bad.job), [
    [2, 'resolution interval.unknown, tax_class point-facts.other-energy'],
    [
      3,
      'grid_area grid-area.malformed, tax_class tax-class.unknown, contract_flow amount.unusable, metering_method value.missing',
    ],
  ])
  assert.equal((await undo(done.job))?.state, 'undone')
  assert.deepEqual([await count('point_facts'), await count('accounting_point', "code like 'F-5%'")], [0, 0])
})
