// Values that were refused: kept behind the walls of their day, tried again when what was wrong around them is right; and a whole file taken back.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { importRoutes } from '../chapters/exchange/routes.ts'
import * as exchange from '../chapters/exchange/api.ts'
import { importFile, openImports } from '../chapters/exchange/jobs.ts'
import { timeOf } from '../chapters/metering/grid.ts'
import { unpacked } from '../chapters/metering/block.ts'
import { gs1Check } from '../chapters/sites/index.ts'
import { type Actor, answer, type Serving } from '../enforcement/serve.ts'
import type { Endpoint, Output } from '../register/endpoint.ts'
import { testRegister, type TestRegister } from './database.ts'
import { person } from './people.ts'

const told = `'test', '2026-01-01Z', 'test'`
const codeOf = (n: number): string => {
  const digits = `64390000000000${String(n).padStart(3, '0')}`
  return `${digits}${gs1Check(digits)}`
}
const codes = { known: codeOf(1), late: codeOf(2) }
let opened: TestRegister
let folder: string
let serving: Serving
let who = 0
let site = 0
const failures: unknown[] = []

const one = async (text: string): Promise<number> =>
  Number((await opened.owner.query<{ id: string }>(text)).rows[0]?.id)
const addPoint = (code: string) =>
  one(
    `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
     values (${site}, 'electricity', '${code}', 'consumption', 'connected', 3, ${told}) returning id`,
  )

before(async () => {
  opened = await testRegister()
  folder = await mkdtemp(join(tmpdir(), 'faults-'))
  serving = {
    register: opened.register,
    log: { note: async () => undefined },
    now: () => new Date('2026-11-24T08:00:00Z'),
  }
  await opened.owner.query(`insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis')`)
  who = await person(opened.owner, { given: 'Sanelma', family: 'Sähkölä' })
  site = await one(
    `insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by) values ('Valokatu', '1', '15140', 'permanent-dwelling', 3, ${told}) returning id`,
  )
  await addPoint(codes.known)
  await opened.owner.query(
    `insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by) values (${who}, ${site}, 'holder', '[2026-11-02,)', 3, ${told});
     insert into connection (site_id, energy, main_fuse, during, controllers, source, recorded_at, recorded_by) values (${site}, 'electricity', '3x25A', '[2020-01-01,)', 3, ${told})`,
  )
})
after(async () => {
  await opened.drop()
  await rm(folder, { recursive: true })
})

const rowsOf = (code: string, day: string, wh: (slot: number) => number): readonly string[] =>
  Array.from({ length: 24 }, (_, slot) =>
    [code, 'PT1H', 'Wh', new Date(timeOf(day, 60, slot)).toISOString(), wh(slot)].join(';'),
  )
let files = 0
const taken = async (rows: readonly string[]) => {
  files += 1
  const file = join(folder, `values-${files}.csv`)
  await writeFile(file, ['Mittauspisteen tunnus;Resoluutio;Yksikkö;Alkuaika;Määrä', ...rows].join('\r\n'))
  return importFile(serving, {
    file,
    source: 'datahub',
    kind: 'consumption',
    dryRun: false,
    controller: 'lahti-energia-sahkoverkko',
  })
}
const clerk: Actor = { handle: 'staff:1', staff_id: 1, role: 'market-exchange', hat: 'network' }
const routes = importRoutes({ pathOf: (name) => name })
const ask = async <E extends Endpoint>(
  endpoint: E,
  import_id: number,
  { because, actor = clerk }: { readonly because?: string; readonly actor?: Actor } = {},
): Promise<Output<E>> => {
  const route = routes.find((each) => each.endpoint === (endpoint as Endpoint))
  assert.ok(route)
  return (await answer(serving, route, actor, {
    params: { import_id },
    query: {},
    body: undefined,
    because,
    session: { token: undefined, userAgent: '', set: () => undefined, clear: () => undefined },
  })) as Output<E>
}
const worked = async () => {
  const imports = await openImports(serving, folder, (error) => failures.push(error))
  await imports.idle()
  await imports.stop()
  assert.deepEqual(failures, [])
}
const stored = async () =>
  (
    await opened.owner.query<{ code: string; day: string; version: number; vals: Buffer; recorded_by: string }>(
      `select p.code, r.day::text as day, r.version, r.vals, r.recorded_by from reading_day r join accounting_point p on p.id = r.point_id order by 1, 2`,
    )
  ).rows.map(({ code, day, version, vals, recorded_by }) => [
    Object.entries(codes).find(([, each]) => each === code)?.[0],
    day,
    version,
    unpacked(vals)[10],
    recorded_by,
  ])

const ordinary = (slot: number): number => 400 + slot
let first = 0

test('refused values say why, lead to their point where it is known, and stand behind the walls of that day', async () => {
  const { job, rows_faulty } = await taken([
    ...rowsOf(codes.known, '2026-11-01', ordinary),
    ...rowsOf(codes.known, '2026-11-02', (slot) => (slot === 10 ? 50_000 : ordinary(slot))),
    ...rowsOf(codes.late, '2026-11-02', ordinary),
    `${codes.known};PT1H;Wh;eilen;5`,
  ])
  first = job
  assert.equal(rows_faulty, 26)
  const { rows } = await opened.owner.query(
    `select reason, day::text as day, point_id is not null as known, controllers, count(*)::int as n from import_fault where job_id = ${job} group by 1, 2, 3, 4 order by 1, 2`,
  )
  assert.deepEqual(rows, [
    { reason: 'point.unknown', day: null, known: false, controllers: 2, n: 24 },
    { reason: 'value.no-time', day: '2026-11-24', known: true, controllers: 2, n: 1 },
    { reason: 'value.over-capacity', day: '2026-11-02', known: true, controllers: 2, n: 1 },
  ])
  const seen = async (actor?: Actor) => (await ask(exchange.openImport, job, actor && { actor })).faults.length
  assert.equal(await seen(), 20, 'the first of them')
  await opened.owner.query('select wall_protected(array[$1::bigint], true)', [who])
  const open = async () =>
    (await ask(exchange.openImport, job)).faults.flatMap(({ faults }) => faults.map(({ code }) => code))
  assert.deepEqual(new Set(await open()), new Set(['point.unknown']), 'of the protected nothing is shown')
  await opened.owner.query('select wall_protected(array[$1::bigint], false)', [who])
  assert.equal((await open()).includes('value.over-capacity'), true)
  await assert.rejects(ask(exchange.openImport, job, { actor: { ...clerk, hat: 'retail' } }), {
    code: 'import.not-found',
  })
})

test('what was wrong around them is put right, and they come in; the others stay with what is wrong now', async () => {
  await addPoint(codes.late)
  const before = await ask(exchange.openImport, first)
  assert.deepEqual([before.may.replay, before.mended], [true, 0])
  await ask(exchange.replayFaults, first)
  await worked()
  const after = await ask(exchange.openImport, first)
  assert.deepEqual([after.state, after.mended, after.rows_new, after.rows_faulty], ['done', 24, 71, 26])
  assert.deepEqual((await stored()).at(-1), ['late', '2026-11-02', 1, 410, `import:${first}`])
  await opened.owner.query(`update connection set main_fuse = '3x63A'`)
  await ask(exchange.replayFaults, first)
  await worked()
  const { mended, rows_new } = await ask(exchange.openImport, first)
  assert.deepEqual([mended, rows_new], [25, 72])
  assert.equal((await stored())[1]?.[3], 50_000)
  // A time that cannot be read is no better now.
  await ask(exchange.replayFaults, first)
  await worked()
  assert.equal((await ask(exchange.openImport, first)).mended, 25)
})

test('a file of consumption is taken back: what it added goes, what it corrected returns, what is newer stays and is told', async () => {
  const second = (
    await taken([
      ...rowsOf(codes.known, '2026-11-01', () => 7).map((row, slot) => (slot === 0 ? row.replace(/;7$/, ';8') : row)),
      ...rowsOf(codes.known, '2026-11-03', ordinary),
      ...rowsOf(codes.known, '2026-11-04', ordinary),
    ])
  ).job
  const third = (await taken(rowsOf(codes.known, '2026-11-04', (slot) => 100 + slot))).job
  const undo = async (job: number) => {
    await ask(exchange.undoImport, job, { because: 'reason:väärä tiedosto' })
    await worked()
    const { state, rows_undone, rows_kept } = await ask(exchange.openImport, job)
    return [state, rows_undone, rows_kept]
  }
  assert.deepEqual(await undo(second), ['undone', 2, 1])
  assert.deepEqual(await stored(), [
    ['known', '2026-11-01', 3, 410, `import:${first}`],
    ['known', '2026-11-02', 1, 50_000, `import:${first}`],
    ['known', '2026-11-04', 2, 110, `import:${third}`],
    ['late', '2026-11-02', 1, 410, `import:${first}`],
  ])
  // What the undone file had said is among the versions of the day that returned.
  const past = await opened.owner.query<{ vals: Buffer }>(
    `select vals from reading_day_past where day = '2026-11-01' and version = 2`,
  )
  assert.equal(unpacked(past.rows[0]?.vals ?? Buffer.alloc(0))[10], 7)
  // The day that stayed goes back past the undone file when the newer one is undone as well.
  assert.deepEqual(await undo(third), ['undone', 1, 0])
  assert.deepEqual(await undo(first), ['undone', 3, 0])
  assert.deepEqual(await stored(), [])
  assert.equal((await opened.owner.query('select from reading_day_past')).rowCount, 0)
  // The same file comes in anew.
  const again = await taken(rowsOf(codes.known, '2026-11-01', ordinary))
  assert.equal(again.rows_new, 24)
})
