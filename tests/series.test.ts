// Values from the bytes of a file: the same as row by row, from the portal's form and from market messages, and after kill -9 each of them once.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import type { Serving } from '../enforcement/serve.ts'
import { codeOf, putPoints, valueOf, type Values, writeMessage, writePortal } from '../bench/kit/points.ts'
import { importFile } from '../chapters/exchange/jobs.ts'
import { valuesOf } from '../chapters/metering/days/rules.ts'
import { timeOf } from '../chapters/metering/grid.ts'
import { type TestRegister, testRegister } from './database.ts'
import type { Importing } from './importing.ts'
import { openedFaults } from './opened-faults.ts'

let opened: TestRegister
let folder: string
let serving: Serving
const points = 60

before(async () => {
  opened = await testRegister()
  folder = await mkdtemp(join(tmpdir(), 'series-'))
  serving = {
    register: opened.register,
    log: { note: async () => undefined },
    now: () => new Date('2026-11-24T08:00:00Z'),
  }
  await opened.owner.query(`insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis')`)
  await putPoints(opened.owner, points)
})
after(async () => {
  await opened.drop()
  await rm(folder, { recursive: true })
})
beforeEach(() => opened.owner.query('delete from reading_day; delete from reading_day_past'))

const header = 'Mittauspisteen tunnus;Tuotteen tyyppi;Resoluutio;Yksikkötyyppi;Lukeman tyyppi;Alkuaika;Määrä;Laatu'
let files = 0
const take = async (name: string, content: string, dryRun = false) => {
  files += 1
  const file = join(folder, `${files}-${name}`)
  await writeFile(file, content)
  const done = await importFile(serving, { file, source: 'datahub', kind: 'consumption', dryRun })
  const faults = (await openedFaults(opened.owner, opened.register.keys, done.job)).map(
    ({ row_number, faults: wrong }) => `${row_number} ${wrong.map(({ field, code }) => `${field} ${code}`).join(', ')}`,
  )
  const { rows_read, rows_new, rows_changed, rows_same, rows_faulty } = done
  return { rows_read, rows_new, rows_changed, rows_same, rows_faulty, faults }
}
const days = async () =>
  (
    await opened.owner.query<{
      code: string
      day: string
      total: string
      vals: Buffer
      quality: Buffer | null
      version: number
    }>(
      `select code, day::text, total, vals, quality, r.version from reading_day r join accounting_point p on p.id = point_id order by code, day`,
    )
  ).rows.map(({ vals, quality, ...row }) => {
    const { values, said } = valuesOf({ vals, quality })
    return { ...row, values: [...values], said: [...said] }
  })

const isoOf = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`
const quarterOf = (day: string, slot: number): string => isoOf(timeOf(day, 15, slot))

/** Everything that a line can be: ordinary, nearly so, wrong, twice, and not in order. */
const oddLines = (): readonly string[] => {
  const line = (
    slot: number,
    {
      of = 1,
      day = '2026-10-25',
      at = quarterOf(day, slot),
      amount = `0,${100 + slot}000`,
      said = 'OK',
      rest = '8716867000030;PT15M;kWh;BN01',
    } = {},
  ) => `${codeOf(of)};${rest};${at};${amount};${said}`
  return [
    ...Array.from({ length: 100 }, (_, slot) => line(slot)),
    ...Array.from({ length: 92 }, (_, slot) => line(slot, { of: 2, day: '2026-03-29' })),
    ...Array.from({ length: 24 }, (_, hour) =>
      line(hour, {
        of: 3,
        at: isoOf(timeOf('2026-11-10', 60, hour)),
        rest: '8716867000030;PT1H;MWh;BN01',
        amount: `0,00${100 + hour}5`,
      }),
    ),
    line(0, { of: 4, amount: '', said: 'MISSING' }),
    line(1, { of: 4, amount: '1,5', said: 'EST' }),
    line(2, { of: 4, amount: '1.25', said: 'Z02' }),
    line(3, { of: 4, amount: '1,0005', said: '' }),
    line(4, { of: 4, amount: '1,0004999', said: 'MISSING' }),
    line(5, { of: 4, amount: '', said: 'OK' }),
    line(6, { of: 4, amount: '-1' }),
    line(7, { of: 4, amount: '99999999' }),
    line(8, { of: 4, amount: '2147483,647' }),
    line(9, { of: 4, amount: '1 234,5' }),
    line(10, { of: 4, amount: '"1,5"' }),
    line(11, { of: 4, said: 'hyvä' }),
    line(12, { of: 4, rest: '8716867000139;PT15M;kWh;BN01' }),
    line(13, { of: 4, rest: ';PT15M;Wh;', amount: '17' }),
    line(14, { of: 4, rest: ';PT5M;kWh;BN01' }),
    line(14, { of: 4, rest: ';PT1H;kWh;BN01', at: '2026-10-25T00:00:00Z' }),
    line(15, { of: 4, at: '2026-10-25T00:05:00Z' }),
    line(16, { of: 4, at: '2026-10-25T00:45:30Z' }),
    line(17, { of: 4, at: '2026-10-25T03:00:00+02:00' }),
    line(18, { of: 4, at: '25.10.2026 12:15' }),
    line(19, { of: 4, at: '2026-02-30T00:00:00Z' }),
    line(20, { of: 4, at: '2009-02-20T00:00:00Z' }),
    line(21, { of: 4, at: '2027-02-20T00:00:00Z' }),
    line(2, { of: 4 }),
    `${line(3, { of: 4 })};liikaa`,
    'vajaa;rivi',
    '',
    line(22, { of: 999 }),
    ...Array.from({ length: 96 }, (_, i) => line(95 - i, { of: 5, day: '2026-11-11' })),
    ...Array.from({ length: 20 }, (_, i) => line(i, { of: 1 + (i % 2), day: '2026-11-12' })),
    line(50, {
      of: 1,
      day: '2026-11-12',
      rest: '8716867000030;PT1H;kWh;BN01',
      at: isoOf(timeOf('2026-11-12', 60, 20)),
    }),
    // One amount all day is doubted.
    ...Array.from({ length: 96 }, (_, slot) => line(slot, { of: 6, day: '2026-11-13', amount: '0,200000' })),
  ]
}

test('the portal’s form is read from its bytes just as row by row, whatever stands in it', async () => {
  const lines = oddLines()
  for (const end of ['\r\n', '\n']) {
    // A column more, and it is any table.
    const anyTable = [`${header};Oma`, ...lines.map((line) => (line === '' ? line : `${line};x`))].join(end)
    const rowByRow = await take('rows.csv', anyTable)
    const byRows = await days()
    await opened.owner.query('delete from reading_day')
    const fromBytes = await take('bytes.csv', [header, ...lines].join(end))
    assert.deepEqual(fromBytes, rowByRow)
    assert.deepEqual(await days(), byRows)
    assert.ok(fromBytes.rows_faulty > 10 && fromBytes.rows_new > 400 && byRows.length > 6)
    const again = await take('again.csv', `${[header, ...lines].join(end)}${end}${end}`)
    assert.deepEqual(
      [again.rows_new, again.rows_changed, again.rows_same],
      [0, 0, fromBytes.rows_new + fromBytes.rows_changed + fromBytes.rows_same],
    )
    assert.deepEqual(await days(), byRows)
    await opened.owner.query('delete from reading_day')
  }
})

/** The same values as a message and as a file of the portal. */
const ordinary: Values = { points: 4, from: '2026-10-24', days: 3 }

test('a market message says the same as the portal, however its XML is written', async () => {
  const portal = join(folder, 'same.csv')
  await writePortal(portal, ordinary)
  const done = await importFile(serving, { file: portal, source: 'datahub', kind: 'consumption', dryRun: false })
  const expected = await days()
  assert.equal(done.rows_new, 4 * (96 + 100 + 96))
  const usual = join(folder, 'same.xml')
  await writeMessage(usual, ordinary)
  const { readFile } = await import('node:fs/promises')
  const xml = await readFile(usual, 'utf8')
  const written: Readonly<Record<string, string>> = {
    usual: xml,
    pretty: xml.replaceAll('><', '>\r\n  <'),
    'without prefixes': xml.replaceAll(/(<\/?)urn\d?:/g, '$1').replaceAll(/xmlns:urn\d?/g, 'xmlns'),
    'with a comment in it': xml.replaceAll('<urn4:SEQ>7<', '<!-- </urn4:OBS> --><urn4:SEQ>7<'),
    'with attributes': xml.replaceAll('<urn4:QTY>', '<urn4:QTY unit="kWh">'),
    'with numbers as entities': xml.replaceAll('<urn4:SEQ>9<', '<urn4:SEQ>&#57;<'),
    'good as a word': xml.replaceAll('</urn4:QTY>', '</urn4:QTY><urn4:QQ>OK</urn4:QQ>'),
  }
  for (const [how, content] of Object.entries(written)) {
    const again = await take('again.xml', content)
    assert.deepEqual(
      [again.rows_new, again.rows_changed, again.rows_same, again.rows_faulty],
      [0, 0, done.rows_new, 0],
      how,
    )
    await opened.owner.query('delete from reading_day')
    assert.equal((await take('anew.xml', `${content}\n`)).rows_new, done.rows_new, how)
    assert.deepEqual(await days(), expected, how)
  }
})

test('the very same file is refused by its digest, unless it was undone', async () => {
  const content = message(observation(1, quantity('1')))
  assert.equal((await take('first.xml', content)).rows_new, 1)
  await assert.rejects(take('again.xml', content), { code: 'import.same-file', detail: /as import \d+ on 2026-11-24/ })
  await assert.rejects(take('again.csv', content), { code: 'import.same-file' })
  assert.equal((await take('dry.xml', content, true)).rows_same, 1, 'to try it is no harm')
  await opened.owner.query(`update import_job set state = 'undone' where state = 'done'; delete from reading_day`)
  assert.equal((await take('after.xml', content)).rows_new, 1)
})

/** Of point 1 on the day of 100 quarters. */
const message = (
  observations: string,
  { resolution = 'PT15M', unit = 'kWh', product = '8716867000030', kind = 'E66', of = codeOf(1) } = {},
): string => `<?xml version="1.0" encoding="UTF-8"?>
<urn1:EnergyTimeSeriesMessage xmlns:urn1="urn:fi:Datahub:mif:metering:E66_EnergyTimeSeries:v1" xmlns:urn2="urn:fi:Datahub:mif:common:HDR_Header:elements:v1" xmlns:urn4="urn:fi:Datahub:mif:metering:E66_EnergyTimeSeries:elements:v1">
<urn1:EnergyTimeSeries><urn1:Header><urn2:Identification>m1</urn2:Identification><urn2:DocumentType listAgencyIdentifier="260">${kind}</urn2:DocumentType></urn1:Header>
<urn1:Transaction><urn4:UniqueIdentification>t1</urn4:UniqueIdentification>
<urn4:ObservationPeriodTimeSeriesPeriod><urn4:ResolutionDuration>${resolution}</urn4:ResolutionDuration><urn4:Start>2026-10-24T21:00:00Z</urn4:Start><urn4:End>2026-10-25T22:00:00Z</urn4:End></urn4:ObservationPeriodTimeSeriesPeriod>
<urn4:ProductIncludedProductCharacteristic><urn4:Identification schemeAgencyIdentifier="9">${product}</urn4:Identification><urn4:UnitType>${unit}</urn4:UnitType></urn4:ProductIncludedProductCharacteristic>
<urn4:MeteringPointUsedDomainLocation><urn4:Identification schemeAgencyIdentifier="9">${of}</urn4:Identification></urn4:MeteringPointUsedDomainLocation>
${observations}</urn1:Transaction></urn1:EnergyTimeSeries></urn1:EnergyTimeSeriesMessage>`
const observation = (place: number, inside: string): string =>
  `<urn4:OBS><urn4:SEQ>${place}</urn4:SEQ><urn4:EOBS>${inside}</urn4:EOBS></urn4:OBS>`
const quantity = (amount: string, said = ''): string =>
  `<urn4:QTY>${amount}</urn4:QTY>${said === '' ? '' : `<urn4:QQ>${said}</urn4:QQ>`}`

test('what a message says of its values is kept, and each fault is told with its place', async () => {
  const told = await take(
    'told.xml',
    message(
      [
        observation(1, quantity('1.5')),
        observation(2, quantity('0.2505', '99')),
        observation(3, quantity('2', 'Z01')),
        observation(4, quantity('3', 'Z02')),
        observation(5, '<urn4:QM>1</urn4:QM>'),
        observation(100, quantity('7')),
      ].join(''),
    ),
  )
  assert.deepEqual([told.rows_new, told.faults], [6, []])
  const [day] = await days()
  assert.deepEqual(
    [day?.day, day?.values.slice(0, 6), day?.said.slice(0, 6), day?.values.at(-1)],
    ['2026-10-25', [1500, 251, 2000, 3000, 0, 0], [0, 2, 1, 3, 4, 4], 7000],
  )

  const wrong = await take(
    'wrong.xml',
    message(
      [
        observation(1, quantity('-1')),
        observation(101, quantity('1')),
        observation(3, quantity('paljon')),
        observation(4, quantity('9', 'XX')),
        observation(6, quantity('5')),
      ].join(''),
    ),
  )
  assert.deepEqual(
    [wrong.rows_new, wrong.faults],
    [1, ['2 amount value.negative', '3 start value.no-time', '4 amount value.no-number', '5 quality word.unknown']],
  )
  assert.deepEqual((await take('point.xml', message(observation(1, quantity('1')), { of: codeOf(999) }))).faults, [
    '2 point point.unknown',
  ])
  assert.deepEqual((await take('month.xml', message(observation(1, quantity('1')), { resolution: 'P1M' }))).faults, [
    '2 resolution resolution.unknown',
  ])
  assert.deepEqual(
    (await take('reactive.xml', message(observation(1, quantity('1')), { product: '8716867000139' }))).faults,
    ['2 energy_product energy-product.unknown'],
  )
})

test('a message of another kind, one that is cut off and one that is broken are refused in words', async () => {
  const whole = message(Array.from({ length: 100 }, (_, i) => observation(i + 1, quantity('1'))).join(''))
  await assert.rejects(take('ack.xml', message('', { kind: 'ACK' })), { code: 'message.not-e66' })
  await assert.rejects(take('cut.xml', whole.slice(0, -400)), { code: 'message.cut-off' })
  await assert.rejects(take('cut-between.xml', whole.slice(0, whole.indexOf('</urn1:EnergyTimeSeries>'))), {
    code: 'message.cut-off',
  })
  await assert.rejects(take('broken.xml', whole.replace('<urn4:QTY>1</urn4:QTY>', '<urn4:QTY>1</urn4:QTX>')), {
    code: 'message.broken',
  })
  await assert.rejects(
    take(
      'entities.xml',
      whole.replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>').replace('>1</urn4:QTY>', '>&b;</urn4:QTY>'),
    ),
    { code: 'message.broken' },
  )
  await assert.rejects(take('page.xml', '<html><body>Kirjaudu</body></html>'), { code: 'table.no-table' })
})

/** Ended after its first part, while others are still to come. */
const killed = async (file: string): Promise<number> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'importing.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const gone = new Promise((resolve) => child.once('close', resolve))
  child.stdin.end(JSON.stringify({ owner: opened.opening.owner, file } satisfies Importing))
  const first = await new Promise<number>((resolve) =>
    child.stdout.once('data', (text: Buffer) => resolve(Number.parseInt(text.toString(), 10))),
  )
  child.kill('SIGKILL')
  await gone
  return first
}

const great: Values = { points, from: '2026-06-01', days: 160 }

for (const [form, write] of [
  ['csv', writePortal],
  ['xml', writeMessage],
] as const)
  test(`${form}: after kill -9 in the middle of a million values each is there once, and the sums are exact`, async () => {
    const file = join(folder, `great.${form}`)
    await write(file, great)
    const count = points * (great.days * 96 + 4)
    const first = await killed(file)
    assert.ok(first > 0 && first < count, `${first} of ${count}: it was not the middle`)
    // PostgreSQL may take a moment to see that the one who held the import is gone.
    let done: Awaited<ReturnType<typeof importFile>> | undefined
    while (done === undefined)
      done = await importFile(serving, { file, source: 'datahub', kind: 'consumption', dryRun: false }).catch(
        (error: { code?: string }) => {
          if (error.code !== 'import.running') throw error
          return undefined
        },
      )
    assert.deepEqual(
      [done.resumed, done.rows_read, done.rows_new, done.rows_same, done.rows_faulty],
      [true, count, count, 0, 0],
    )
    let expected = 0
    for (let day = 0; day < great.days; day++)
      for (let point = 1; point <= points; point++)
        for (let slot = 0; slot < (day === 146 ? 100 : 96); slot++) expected += valueOf(great, point, day, slot)
    const { rows } = await opened.owner.query<{ days: number; total: string; versions: number; past: number }>(
      `select count(*)::int as days, sum(total) as total, max(version) as versions, (select count(*)::int from reading_day_past) as past from reading_day`,
    )
    assert.deepEqual(rows, [{ days: points * great.days, total: String(expected), versions: 1, past: 0 }])
  })
