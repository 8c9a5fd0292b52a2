import assert from 'node:assert/strict'
import { PassThrough, Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Cell,
  type Column,
  csvWriter,
  defused,
  openTable,
  type TableWriter,
  undefused,
  xlsxWriter,
} from './index.ts'

type Make = (stream: Writable) => TableWriter

const writtenBy = async (make: Make, rows: readonly (readonly Cell[])[]): Promise<Buffer> => {
  const stream = new PassThrough()
  const whole = buffer(stream)
  const writer = make(stream)
  await writer.write(rows)
  await writer.end()
  return whole
}

const readBack = async (bytes: Buffer): Promise<(readonly string[])[]> => {
  const table = await openTable(bytes)
  const rows: (readonly string[])[] = []
  for await (const batch of table.rows()) {
    assert.deepEqual(batch.faulty, [])
    rows.push(...batch.rows)
  }
  return rows
}

const columns: readonly Column[] = [
  { name: 'Nimi; "koko"' },
  { name: 'Saldo', type: 'number' },
  { name: 'Syntynyt', type: 'day' },
  { name: 'Kirjattu', type: 'instant', width: 20 },
]
const rows: readonly (readonly Cell[])[] = [
  ['Åsa; "Ö"', 1234.5, '1950-03-01', new Date('2026-07-01T10:15:30Z')],
  ['=1+1', '-0.10', '1890-05-06', new Date('2026-01-01T00:00:00Z')],
  ['+358 50 555 1234', 12345678901234567890n, '1900-02-28', null],
  ['00100', undefined, '9999-12-31', new Date('2026-10-25T00:59:59Z')],
]

test('CSV is what a Finnish spreadsheet opens', async () => {
  const bytes = await writtenBy((stream) => csvWriter(stream, columns), rows)
  assert.equal(
    bytes.toString(),
    [
      '\ufeff"Nimi; ""koko""";Saldo;Syntynyt;Kirjattu',
      '"Åsa; ""Ö""";1234,5;1950-03-01;2026-07-01 13:15:30',
      "'=1+1;-0,10;1890-05-06;2026-01-01 02:00:00",
      '+358 50 555 1234;12345678901234567890;1900-02-28;',
      '00100;;9999-12-31;2026-10-25 03:59:59',
      '',
    ].join('\r\n'),
  )
  const plain = await writtenBy(
    (stream) => csvWriter(stream, columns.slice(0, 2), { delimiter: ',', mark: false }),
    [['a,b', 1.5]],
  )
  assert.equal(plain.toString(), '"Nimi; ""koko""",Saldo\r\n"a,b",1.5\r\n')
})

test('XLSX keeps types, holds as text what a spreadsheet would spoil, and is read as it was written', async () => {
  const bytes = await writtenBy((stream) => xlsxWriter(stream, columns, { sheet: 'Lista: "1/2" & muut' }), rows)
  const table = await openTable(bytes)
  assert.deepEqual([table.sheets, table.header], [['Lista  "1 2" & muut'], columns.map(({ name }) => name)])
  assert.deepEqual(await readBack(bytes), [
    ['Åsa; "Ö"', '1234.5', '1950-03-01', '2026-07-01T13:15:30'],
    ['=1+1', '-0.10', '1890-05-06', '2026-01-01T02:00:00'],
    ['+358 50 555 1234', '12345678901234567890', '1900-02-28', ''],
    ['00100', '', '9999-12-31', '2026-10-25T03:59:59'],
  ])
  assert.deepEqual(
    await writtenBy((stream) => xlsxWriter(stream, columns, { sheet: 'Lista: "1/2" & muut' }), rows),
    bytes,
  )
})

test('a table without rows has its header', async () => {
  for (const make of [csvWriter, xlsxWriter])
    assert.deepEqual(
      (await openTable(await writtenBy((stream) => make(stream, columns), []))).header,
      columns.map(({ name }) => name),
    )
})

test('a cell of CSV never begins a formula; amounts and telephone numbers stay as they are', () => {
  const harmful = [
    '=1+1',
    '@SUM(A1)',
    "-1+cmd|' /C calc'!A0",
    '+358-40-123',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '-A1',
    '+1+1',
    '-(1)',
    "'=1",
  ]
  for (const text of harmful) assert.equal(defused(text), `'${text}`)
  for (const text of [
    '+358401234567',
    '+358 40 123 4567',
    '-12,50',
    '-1 234,5',
    '+5',
    '-',
    '',
    'a=1',
    '1-2',
    "'quoted",
    '5',
  ])
    assert.equal(defused(text), text)
})

const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc
      .array(
        fc.constantFrom(
          '=',
          '+',
          '-',
          '@',
          "'",
          '\t',
          '\r',
          '\n',
          '1',
          'a',
          ';',
          '"',
          '_x',
          '0041_',
          '&',
          '<',
          ' ',
          '\u0001',
          'ä',
          '€',
          '😀',
          '\uffff',
        ),
      )
      .map((parts) => parts.join('')),
  )
  .map((each) => each.toWellFormed())

test('defusing can be taken back', () => {
  fc.assert(fc.property(text, (each) => assert.equal(undefused(defused(each)), each)))
})

test('any text that is written is read as it was', async () => {
  // A file's own mark, and NUL, cannot be cells of CSV; a row without content is left out by readers.
  const csvText = text.map((each) => each.replaceAll('\0', '').replaceAll('\ufeff', ''))
  const tableOf = (cell: fc.Arbitrary<string>) => fc.array(fc.tuple(cell, cell), { maxLength: 6 })
  const kept = (table: readonly (readonly string[])[]) => table.filter((row) => row.some((each) => each !== ''))
  const two: readonly Column[] = [{ name: 'a' }, { name: 'b' }]
  await fc.assert(
    fc.asyncProperty(tableOf(csvText), async (table) => {
      const back = await readBack(await writtenBy((stream) => csvWriter(stream, two), table))
      assert.deepEqual(
        back.map((row) => row.map(undefused)),
        kept(table),
      )
    }),
    { numRuns: 200 },
  )
  await fc.assert(
    fc.asyncProperty(tableOf(text), async (table) => {
      assert.deepEqual(await readBack(await writtenBy((stream) => xlsxWriter(stream, two), table)), kept(table))
    }),
    { numRuns: 200 },
  )
})

test('a cell that is not of its column’s type is the writer’s mistake, and said so', async () => {
  const wrong: readonly (readonly [Column, Cell])[] = [
    [{ name: 'a' }, 5],
    [{ name: 'a', type: 'number' }, '1,5'],
    [{ name: 'a', type: 'number' }, Number.NaN],
    [{ name: 'a', type: 'day' }, '1.2.2026'],
    [{ name: 'a', type: 'instant' }, '2026-02-01'],
  ]
  for (const make of [csvWriter, xlsxWriter])
    for (const [column, cell] of wrong)
      await assert.rejects(make(new PassThrough(), [column]).write([[cell]]), {
        name: 'TypeError',
        message: /column "a" takes/,
      })
})

test('what a sheet cannot hold is refused', async () => {
  const a: readonly Column[] = [{ name: 'a' }]
  const tooLong = xlsxWriter(new PassThrough().resume(), a)
  await assert.rejects(
    async () => {
      await tooLong.write([['x'.repeat(32_768)]])
      await tooLong.end()
    },
    { code: 'table.cell-too-long' },
  )
  const tooMany = xlsxWriter(new PassThrough().resume(), a)
  const empty = Array.from({ length: 10_000 }, () => [null])
  await assert.rejects(
    async () => {
      for (let i = 0; i < 105; i++) await tooMany.write(empty)
    },
    { code: 'table.too-many-rows' },
  )
})

const line: readonly Cell[] = ['Mallinen, Aino Maria', '1234.50', '1950-03-01', new Date('2026-07-01T10:15:30Z')]
const lines = Array.from({ length: 1_000 }, () => line)

test('a writer waits for a slow reader', async () => {
  for (const make of [csvWriter, xlsxWriter]) {
    let [most, taken] = [0, 0]
    const slow = new Writable({
      highWaterMark: 16_384,
      write: (chunk: Buffer, _, done) => {
        most = Math.max(most, slow.writableLength)
        taken += chunk.length
        setImmediate(done)
      },
    })
    const writer = make(slow, columns)
    for (let i = 0; i < 40; i++) await writer.write(lines)
    await writer.end()
    assert.ok(taken > 100_000, `${taken} bytes came`)
    assert.ok(most < 200_000, `${most} bytes were waiting`)
  }
})

test('a writer is told when its reader fails or goes away', async () => {
  for (const make of [csvWriter, xlsxWriter]) {
    const on = async (stream: Writable): Promise<void> => {
      const writer = make(stream, columns)
      for (let i = 0; i < 100; i++) await writer.write(lines)
      await writer.end()
    }
    const full = new Writable({ write: (_, __, done) => done(new Error('the disk is full')) })
    await assert.rejects(on(full), { message: 'the disk is full' })
    const gone = new PassThrough()
    gone.once('data', () => gone.destroy())
    await assert.rejects(on(gone))
  }
})
