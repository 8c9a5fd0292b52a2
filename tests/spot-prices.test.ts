// Spot prices come in through the door of imports: once, with the VAT of their day taken off, and what a correction replaces is kept.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Serving } from '../enforcement/serve.ts'
import { dayAfter, hoursOf } from '../platform/clock.ts'
import { loadRates } from '../server/rates.ts'
import { testRegister, type TestRegister } from './database.ts'
import { openedFaults } from './opened-faults.ts'
import { importFile } from '../chapters/exchange/jobs.ts'
import { mayUndo } from '../chapters/exchange/rules.ts'

let opened: TestRegister
let folder: string
let serving: Serving
before(async () => {
  opened = await testRegister()
  folder = await mkdtemp(join(tmpdir(), 'spot-'))
  serving = {
    register: opened.register,
    log: { note: async () => undefined },
    now: () => new Date('2026-11-24T08:00:00Z'),
  }
  await loadRates(opened.opening.owner)
})
after(async () => {
  await opened.drop()
  await rm(folder, { recursive: true })
})

let files = 0
const taken = async (rows: readonly string[], named: Readonly<Record<string, string>> = {}, dryRun = false) => {
  const file = join(folder, `spot-${++files}.csv`)
  await writeFile(file, rows.join('\n'))
  return importFile(serving, { file, source: 'exchange', kind: 'spot-prices', dryRun, named })
}
const days = async (where = 'true') =>
  (
    await opened.owner.query<{
      day: string
      version: number
      step: number
      prices: (number | null)[]
      replaced: boolean
    }>(
      `select day::text, version, step, prices, replaced_at is not null as replaced from spot_day where ${where} order by area, day, version`,
    )
  ).rows
const told = ({ rows_new, rows_changed, rows_same, rows_faulty }: Awaited<ReturnType<typeof taken>>) => [
  rows_new,
  rows_changed,
  rows_same,
  rows_faulty,
]

/** Price of a step of a local day, so that each is known again wherever it lands. */
const unitsAt = (day: string, step: number): number =>
  Number(day.slice(5, 7)) * 1000 + Number(day.slice(8)) * 20 + step - 9_000
const hoursFrom = (from: string, n: number, write: (units: number, day: string) => string): readonly string[] =>
  Array.from({ length: n }, (_, i) => dayAfter(from, i)).flatMap((day) =>
    hoursOf(day).hours.map(
      (_, i) => `${new Date(hoursOf(day).start + i * 3_600_000).toISOString()},${write(unitsAt(day, i), day)}`,
    ),
  )
const withVat = (units: number, day: string): string => {
  const rate = day < '2023-05-01' ? 100 : day < '2024-09-01' ? 240 : 255
  return ((Math.sign(units) * Math.round((Math.abs(units) * (1000 + rate)) / 1000)) / 1000).toFixed(3)
}

test('two years of hours with three rates of VAT come in whole, in batches, and once', async () => {
  const rows = ['hour,price', ...hoursFrom('2023-01-01', 731, withVat)]
  await assert.rejects(taken(rows), /column of the price cannot be told.*The header has: hour, price/s)
  await assert.rejects(taken(rows, { price_vat: 'prise' }), /no column prise; it has: hour, price/)
  const tried = await taken(rows, { price_vat: 'price' }, true)
  assert.deepEqual([told(tried), (await days()).length], [[731 * 24, 0, 0, 0], 0])
  const done = await taken(rows, { price_vat: 'price' })
  assert.deepEqual(told(done), [731 * 24, 0, 0, 0])
  const kept = await days()
  assert.equal(kept.length, 731)
  for (const { day, version, step, prices } of kept)
    assert.deepEqual([version, step, prices], [1, 60, hoursOf(day).hours.map((_, i) => unitsAt(day, i))], day)
  assert.deepEqual(
    kept.filter(({ prices }) => prices.length !== 24).map(({ day, prices }) => [day, prices.length]),
    [
      ['2023-03-26', 23],
      ['2023-10-29', 25],
      ['2024-03-31', 23],
      ['2024-10-27', 25],
    ],
  )
  assert.deepEqual(told(await taken([...rows, ''], { price_vat: 'price' })), [0, 0, 731 * 24, 0])
  assert.equal((await days()).length, 731)
})

test('a correction makes a version and keeps the one before; a gap stays a gap until it is filled', async () => {
  const rows = hoursFrom('2026-02-02', 2, (units) => (units / 100).toFixed(2))
  assert.deepEqual(told(await taken(['aika,€/MWh', ...rows.slice(0, 5), ...rows.slice(6)])), [47, 0, 0, 0])
  const [gap] = await days(`day = '2026-02-02'`)
  assert.deepEqual([gap?.prices[4], gap?.prices[5]], [unitsAt('2026-02-02', 4), null])
  const mended = await taken([
    'aika,€/MWh',
    rows[5] as string,
    (rows[7] as string).replace(/,.*/, ',-5.00'),
    rows[8] as string,
  ])
  assert.deepEqual(told(mended), [1, 1, 1, 0])
  const [first, second, ...more] = await days(`day = '2026-02-02'`)
  assert.deepEqual([first?.replaced, second?.replaced, second?.version, more], [true, false, 2, []])
  assert.deepEqual(
    [first?.prices[7], second?.prices[5], second?.prices[7]],
    [unitsAt('2026-02-02', 7), unitsAt('2026-02-02', 5), -500],
  )
})

test('quarters come, each area by itself; faults are told row by row and keep nothing else out', async () => {
  const quarters = Array.from(
    { length: 96 },
    (_, i) => `${new Date(hoursOf('2026-02-10').start + i * 900_000).toISOString()};${i},5;SE3`,
  )
  const bad = [
    '2026-02-10 00:00;5;SE3',
    '2026-02-10T00:05Z;5;SE3',
    '2026-02-11T00:00Z;;SE3',
    '2026-02-11T00:00Z;1500;SE3',
  ]
  const done = await taken(['aika;hinta ilman alv;alue', ...quarters, ...bad])
  assert.deepEqual(told(done), [96, 0, 0, 4])
  const [day] = await days(`area = 'SE3'`)
  assert.deepEqual([day?.step, day?.prices.length, day?.prices[1]], [15, 96, 1500])
  assert.deepEqual(
    (await openedFaults(opened.owner, opened.register.keys, done.job)).flatMap(({ faults }) =>
      faults.map(({ code }) => code),
    ),
    ['time.no-zone', 'time.uneven', 'value.missing', 'price.out-of-range'],
  )
  const coarser = await taken([
    'aika;hinta ilman alv;alue',
    `${new Date(hoursOf('2026-02-10').start).toISOString()};9;SE3`,
  ])
  assert.deepEqual(told(coarser), [0, 0, 0, 1])
})

test('no role but that of imports writes prices of the exchange, and they are not undone but corrected', async () => {
  for (const login of ['product-manager.supply.retail', 'market-exchange.market-exchange.retail'])
    await assert.rejects(
      opened.register.pool(login).query(`update spot_day set prices = '{}'`),
      /permission denied for table spot_day/,
    )
  assert.equal(mayUndo({ state: 'done', dry_run: false, kind: 'spot-prices' }), false)
  assert.equal(mayUndo({ state: 'done', dry_run: false, kind: 'customers' }), true)
})
