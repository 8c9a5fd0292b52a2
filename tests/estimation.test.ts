// Values that never came are estimated from the point's own days, stay marked, and give way to what is measured, which keeps them among the versions.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { importFile } from '../chapters/exchange/jobs.ts'
import { qualities } from '../chapters/metering/api.ts'
import { unpacked, unpackedQualities } from '../chapters/metering/block.ts'
import { askEstimates } from '../chapters/metering/estimation/api.ts'
import { estimateDays, openEstimation } from '../chapters/metering/estimation/jobs.ts'
import { estimationRoutes } from '../chapters/metering/estimation/routes.ts'
import { dayAfter, timeOf } from '../chapters/metering/grid.ts'
import { gs1Check } from '../chapters/sites/index.ts'
import { type Actor, answer, type Serving } from '../enforcement/serve.ts'
import { testRegister, type TestRegister } from './database.ts'
import { person } from './people.ts'

const told = `'test', '2026-01-01Z', 'test'`
let opened: TestRegister
let folder: string
let serving: Serving
const points = { kept: '', restricted: '', fresh: '' }
const people = { kept: 0, restricted: 0, fresh: 0 }

before(async () => {
  opened = await testRegister()
  folder = await mkdtemp(join(tmpdir(), 'estimation-'))
  serving = {
    register: opened.register,
    log: { note: async () => undefined },
    now: () => new Date('2026-11-24T08:00:00Z'),
  }
  const { owner } = opened
  const one = async (text: string): Promise<number> => Number((await owner.query<{ id: string }>(text)).rows[0]?.id)
  await owner.query(`insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis')`)
  for (const [i, who] of (['kept', 'restricted', 'fresh'] as const).entries()) {
    const digits = `6439000000000011${i}`
    points[who] = `${digits}${gs1Check(digits)}`
    people[who] = await person(owner, { given: 'Sanelma', family: `Sähkölä ${i}` })
    const site = await one(
      `insert into site (street_fi, number, postcode, use, controllers, source, recorded_at, recorded_by) values ('Valokatu', '${i}', '15140', 'permanent-dwelling', 3, ${told}) returning id`,
    )
    const point = await one(
      `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
       values (${site}, 'electricity', '${points[who]}', 'consumption', 'connected', 3, ${told}) returning id`,
    )
    await owner.query(`
      insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by) values (${people[who]}, ${site}, 'holder', '[2020-01-01,)', 3, ${told});
      insert into point_facts (point_id, site_id, energy, during, metering_method, resolution_minutes, controllers, source, recorded_at, recorded_by)
        values (${point}, ${site}, 'electricity', '[2020-01-01,)', 'continuous', 60, 3, ${told});
      insert into annual_estimate (point_id, site_id, energy, band, wh, during, controllers, source, recorded_at, recorded_by)
        values (${point}, ${site}, 'electricity', 'whole', 5000000, '[2020-01-01,)', 3, ${told})`)
  }
})
after(async () => {
  await opened.drop()
  await rm(folder, { recursive: true })
})

let files = 0
const taken = async (rows: readonly string[]) => {
  files += 1
  const file = join(folder, `values-${files}.csv`)
  await writeFile(file, ['Mittauspisteen tunnus;Resoluutio;Yksikkö;Alkuaika;Määrä;Laatu', ...rows].join('\r\n'))
  return importFile(serving, { file, source: 'datahub', kind: 'consumption', dryRun: false })
}
/** What `wh` says for each hour; null where it is missing. */
const rowsOf = (code: string, day: string, wh: (slot: number) => number | null): readonly string[] =>
  Array.from({ length: 24 }, (_, slot) => {
    const value = wh(slot)
    return [
      code,
      'PT1H',
      'Wh',
      new Date(timeOf(day, 60, slot)).toISOString(),
      value ?? '',
      value === null ? 'MISSING' : 'OK',
    ].join(';')
  })
const ordinary = (slot: number): number => 100 + slot

type Stored = {
  readonly values: readonly number[]
  readonly said: readonly string[]
  readonly version: number
  readonly lacking: number
  readonly total: number
}
const dayOf = async (code: string, day: string, table = 'reading_day'): Promise<Stored | undefined> => {
  const { rows } = await opened.owner.query<{
    vals: Buffer
    quality: Buffer | null
    version: number
    lacking: number
    total: string
  }>(
    `select r.vals, r.quality, r.version, r.lacking, r.total from ${table} r join accounting_point p on p.id = r.point_id where p.code = $1 and r.day = $2 order by r.version desc limit 1`,
    [code, day],
  )
  const [row] = rows
  if (row === undefined) return undefined
  const values = unpacked(row.vals)
  return {
    values: [...values],
    said: [...unpackedQualities(row.quality, values.length)].map((each) => qualities[each] ?? ''),
    version: row.version,
    lacking: row.lacking,
    total: Number(row.total),
  }
}

test('what is missing is estimated, whole days and parts of days; what was known stays as it was', async () => {
  // The hours of the 18th until noon came as usual, the 19th not at all.
  const days = Array.from({ length: 28 }, (_, i) => dayAfter('2026-10-26', i)).filter((day) => day !== '2026-11-19')
  for (const code of [points.kept, points.restricted])
    await taken(
      days.flatMap((day) => rowsOf(code, day, (slot) => (day === '2026-11-18' && slot >= 12 ? null : ordinary(slot)))),
    )
  await taken(rowsOf(points.fresh, '2026-11-18', ordinary))
  await opened.owner.query('select wall_restricted(array[$1::bigint], true)', [people.restricted])
  const span = { from: '2026-11-10', to: '2026-11-20' }
  assert.deepEqual(await estimateDays(serving, span), { estimated: 3, untold: 0 })
  const part = await dayOf(points.kept, '2026-11-18')
  assert.deepEqual(
    part?.values,
    Array.from({ length: 24 }, (_, slot) => ordinary(slot)),
  )
  assert.deepEqual([part.said[11], part.said[12], part.lacking, part.version], ['measured', 'estimated', 12, 2])
  assert.equal((await dayOf(points.kept, '2026-11-18', 'reading_day_past'))?.said[12], 'missing')
  const whole = await dayOf(points.kept, '2026-11-19')
  assert.deepEqual(whole?.values, part.values)
  assert.deepEqual([whole?.said.every((each) => each === 'estimated'), whole?.version, whole?.total], [true, 1, 2676])
  assert.equal((await dayOf(points.restricted, '2026-11-18'))?.said[12], 'missing', 'what is restricted is only kept')
  assert.equal(await dayOf(points.restricted, '2026-11-19'), undefined)
  // One day of its own tells nothing: the profile and the year do.
  const profile = await dayOf(points.fresh, '2026-11-19')
  assert.ok(profile !== undefined && profile.total > 14_000 && profile.total < 17_000, String(profile?.total))
  assert.equal(
    profile.values.reduce((sum, value) => sum + value, 0),
    profile.total,
  )
  assert.deepEqual(await estimateDays(serving, span), { estimated: 0, untold: 0 }, 'the same again changes nothing')
})

test('an estimate stands until there is a value, and then stays among the versions', async () => {
  const said = await taken(rowsOf(points.kept, '2026-11-19', () => null))
  assert.deepEqual([said.rows_changed, said.rows_same], [0, 24], 'that it is missing is no news')
  const came = await taken(rowsOf(points.kept, '2026-11-19', (slot) => 200 + slot))
  assert.deepEqual([came.rows_changed, came.rows_faulty], [24, 0])
  const now = await dayOf(points.kept, '2026-11-19')
  assert.deepEqual([now?.values[0], now?.said[0], now?.lacking, now?.version], [200, 'measured', 0, 2])
  assert.equal((await dayOf(points.kept, '2026-11-19', 'reading_day_past'))?.said[0], 'estimated')
})

test('a day of which nothing can be told is kept as missing, so that it is seen', async () => {
  await opened.owner.query('delete from annual_estimate')
  await taken(rowsOf(points.fresh, '2026-11-20', ordinary))
  await opened.owner.query(
    `delete from reading_day where day = '2026-11-18' and point_id = (select id from accounting_point where code = $1)`,
    [points.fresh],
  )
  assert.deepEqual(await estimateDays(serving, { from: '2026-11-21', to: '2026-11-22' }), { estimated: 0, untold: 1 })
  const day = await dayOf(points.fresh, '2026-11-21')
  assert.deepEqual([day?.lacking, day?.said[0], day?.total], [24, 'missing', 0])
})

test('staff ask for it, of days that have ended, and it is done soon after', async (context) => {
  const failures: unknown[] = []
  const estimation = await openEstimation(serving, (error) => failures.push(error))
  context.after(() => estimation.stop())
  const clerk: Actor = { handle: 'staff:1', staff_id: 1, role: 'market-exchange', hat: 'network' }
  const route = estimationRoutes.find(({ endpoint }) => endpoint.action === askEstimates.action)
  assert.ok(route)
  const ask = (body: object, actor = clerk) =>
    answer(serving, route, actor, {
      params: {},
      query: {},
      body,
      because: undefined,
      session: { token: undefined, userAgent: '', set: () => undefined, clear: () => undefined },
    })
  await assert.rejects(ask({ from: '2026-11-20', to: '2026-11-25' }), { code: 'estimation.day-to-come' })
  await assert.rejects(ask({ from: '2026-11-20', to: '2026-11-20' }), { code: 'period.empty' })
  await assert.rejects(ask({ from: '2026-11-20', to: '2026-11-21' }, { ...clerk, role: 'marketing', hat: 'retail' }), {
    code: 'role.not-declared',
  })
  await opened.owner.query('select wall_restricted(array[$1::bigint], false)', [people.restricted])
  await ask({ from: '2026-11-18', to: '2026-11-20' })
  const until = Date.now() + 30_000
  while ((await dayOf(points.restricted, '2026-11-19')) === undefined && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 50))
  await estimation.idle()
  assert.equal((await dayOf(points.restricted, '2026-11-19'))?.said[0], 'estimated')
  assert.deepEqual(failures, [])
})
