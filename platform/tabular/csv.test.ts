import assert from 'node:assert/strict'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import {
  type Delimiter,
  type Encoding,
  type FaultyRow,
  type OpenOptions,
  openTable,
  type Position,
  type Table,
} from './index.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tabular-csv-'))
})
after(() => rm(folder, { recursive: true, force: true }))

type Read = { table: Table; rows: (readonly string[])[]; numbers: number[]; faulty: FaultyRow[]; stops: Position[] }

const readFrom = async (table: Table, from?: Position): Promise<Read> => {
  const read: Read = { table, rows: [], numbers: [], faulty: [], stops: [] }
  for await (const batch of table.rows(from)) {
    read.rows.push(...batch.rows)
    read.numbers.push(...batch.numbers)
    read.faulty.push(...batch.faulty)
    read.stops.push(batch.next)
    assert.ok(batch.progress > 0 && batch.progress <= 1)
  }
  return read
}
const readAll = async (content: string | Buffer, options?: OpenOptions): Promise<Read> =>
  readFrom(await openTable(Buffer.from(content as string), options))

test('encoding, delimiter and line ends are found out', async () => {
  const found: readonly (readonly [string | Buffer, Encoding, Delimiter, readonly string[], readonly string[]])[] = [
    ['nimi;kunta\r\nÅsa;Ähtäri\r\n', 'utf-8', ';', ['nimi', 'kunta'], ['Åsa', 'Ähtäri']],
    ['\ufeffnimi,kunta\nÅsa,Ähtäri', 'utf-8', ',', ['nimi', 'kunta'], ['Åsa', 'Ähtäri']],
    ['nimi\tkunta\rÅsa\tÄhtäri\r', 'utf-8', '\t', ['nimi', 'kunta'], ['Åsa', 'Ähtäri']],
    [Buffer.from('nimi;kunta\nÅsa;Ähtäri', 'latin1'), 'windows-1252', ';', ['nimi', 'kunta'], ['Åsa', 'Ähtäri']],
    [Buffer.from('a;b\n\x80 5\x965;\x8aek', 'latin1'), 'windows-1252', ';', ['a', 'b'], ['€ 5–5', 'Šek']],
    // Decimal commas and quoted text must not look like the delimiter.
    ['a;b\n1,5;2,5\n3,5;4,5', 'utf-8', ';', ['a', 'b'], ['1,5', '2,5']],
    ['"a;x";"b, c, d"\n"1;2";"3, 4, 5"', 'utf-8', ';', ['a;x', 'b, c, d'], ['1;2', '3, 4, 5']],
    ['"a;x","b"\n"1;2","3"', 'utf-8', ',', ['a;x', 'b'], ['1;2', '3']],
    ['sep=,\r\na,b;c\r\n1,2;3\r\n', 'utf-8', ',', ['a', 'b;c'], ['1', '2;3']],
    ['nimi\nMatti, Liisa', 'utf-8', ';', ['nimi'], ['Matti, Liisa']],
    [' a ;"b\n  c"\n1;2', 'utf-8', ';', ['a', 'b c'], ['1', '2']],
  ]
  for (const [content, encoding, delimiter, header, row] of found) {
    const { table, rows, faulty } = await readAll(content)
    assert.deepEqual([table.encoding, table.delimiter, table.header], [encoding, delimiter, header], String(content))
    assert.deepEqual([rows[0], faulty], [row, []], String(content))
  }
  const forced = await readAll('a;b,c\n1;2,3', { delimiter: ',', encoding: 'windows-1252' })
  assert.deepEqual(
    [forced.table.header, forced.rows[0]],
    [
      ['a;b', 'c'],
      ['1;2', '3'],
    ],
  )
})

test('the first letter that is not ASCII decides the encoding, however late it comes', async () => {
  const list = `nimi;kunta\n${'Aalto;Turku\n'.repeat(30_000)}Öhman;Åbo\n`
  for (const [content, encoding] of [
    [Buffer.from(list, 'latin1'), 'windows-1252'],
    [Buffer.from(list), 'utf-8'],
  ] as const) {
    const { table, rows } = await readAll(content)
    assert.equal(table.encoding, encoding)
    assert.deepEqual(rows.at(-1), ['Öhman', 'Åbo'])
  }
})

test('one damaged byte does not turn a UTF-8 file into gibberish', async () => {
  const content = Buffer.concat([Buffer.from('nimi;kunta\nÅsa;Ähtäri\n'), Buffer.from('Öhman;M\xe4ki\n', 'latin1')])
  const { table, rows, faulty } = await readAll(content)
  assert.equal(table.encoding, 'utf-8')
  assert.deepEqual(rows, [['Åsa', 'Ähtäri']])
  assert.equal(faulty[0]?.line, 3)
  assert.match(faulty[0]?.faults[0]?.message ?? '', /byte 0xD6 at offset 25 /)
})

test('quoted cells hold delimiters, quotes and lines', async () => {
  const { rows, stops } = await readAll('a;b;c\n"x;y";"say ""hi""\r\nand\nbye";""\n"";"""";"ä ""ö"""')
  assert.deepEqual(rows, [
    ['x;y', 'say "hi"\r\nand\nbye', ''],
    ['', '"', 'ä "ö"'],
  ])
  assert.deepEqual(stops.at(-1), { row: 4, line: 5, byte: 56 })
})

test('a faulty row is kept with its place and reason, and the rows after it are read', async () => {
  const long = 'x'.repeat(70_000)
  const cases: readonly (readonly [string, Buffer, string, readonly string[], string?])[] = [
    ['too few', Buffer.from('1'), 'row.cells-missing', ['1']],
    ['too many', Buffer.from('1;2;3;'), 'row.cells-extra', ['1', '2', '3', '']],
    ['quote inside', Buffer.from('1;2"3'), 'row.quote-misplaced', ['1;2"3']],
    ['text after a quote', Buffer.from('"1"2;3'), 'row.quote-misplaced', ['"1"2;3']],
    ['quote that closes on another line', Buffer.from('"1;2'), 'row.quote-misplaced', ['"1;2'], '3;"4"'],
    ['NUL', Buffer.from('1\0;2'), 'row.nul', ['1\ufffd', '2']],
    ['NUL in quotes', Buffer.from('"1\0";2'), 'row.nul', ['1\ufffd', '2']],
    ['not UTF-8', Buffer.from('1;\xe42', 'latin1'), 'row.undecodable', ['1', '\ufffd2']],
    ['cut sequence', Buffer.from('1;2\xc3', 'latin1'), 'row.undecodable', ['1', '2\ufffd']],
    ['long cell', Buffer.from(`${long};2`), 'row.cell-too-long', [long, '2']],
  ]
  for (const [name, bytes, code, cells, next = '3;4'] of cases) {
    const content = Buffer.concat([Buffer.from('ä;b\n\n1;2\n'), bytes, Buffer.from(`\n${next}\n"5";6`)])
    const { rows, numbers, faulty } = await readAll(content, { encoding: 'utf-8', delimiter: ';' })
    assert.deepEqual(
      rows,
      [
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
      name,
    )
    assert.deepEqual(numbers, [3, 5, 6], name)
    assert.equal(faulty.length, 1, name)
    const [fault] = faulty
    assert.deepEqual([fault?.row, fault?.line, fault?.byte, fault?.cells], [4, 4, 10, cells], name)
    assert.deepEqual(
      fault?.faults.map((each) => each.code),
      [code],
      name,
    )
  }
})

test('a quote that is never closed gives up its own line alone', async () => {
  const { rows, faulty } = await readAll('a;b\n1;"2\n3;4\n5;6')
  assert.deepEqual(rows, [
    ['3', '4'],
    ['5', '6'],
  ])
  assert.deepEqual(
    faulty.map(({ row, cells, faults }) => [row, cells, faults[0]?.code]),
    [[2, ['1;"2'], 'row.quote-unclosed']],
  )
})

test('all faults of a row are told', async () => {
  const { faulty } = await readAll(Buffer.from('a;b;c\n\0;\x81\n', 'latin1'), {
    encoding: 'windows-1252',
    delimiter: ';',
  })
  assert.deepEqual(
    faulty[0]?.faults.map(({ code }) => code),
    ['row.undecodable', 'row.nul', 'row.cells-missing'],
  )
})

test('a row without an end is passed over in bounded memory, and told', async () => {
  for (const open of ['', '"']) {
    const content = `a;b\n1;2\n${open}${'y'.repeat(3_000_000)};1\r\n3;4\n`
    const { rows, faulty, stops } = await readAll(content, { limits: { row: 10_000, cell: 5_000 } })
    assert.deepEqual(rows, [
      ['1', '2'],
      ['3', '4'],
    ])
    assert.deepEqual(
      faulty.map(({ row, line, cells, faults }) => [row, line, cells[0]?.length, faults[0]?.code]),
      [[3, 3, 1000, 'row.too-long']],
    )
    assert.deepEqual(stops.at(-1), { row: 5, line: 5, byte: content.length })
  }
})

test('line ends are told wherever the windows of the reader fall', async () => {
  const spans = Array.from({ length: 12 }, (_, i) => 98_297 + i)
  const windows = Array.from({ length: 12 }, (_, i) => 1_048_569 + i)
  for (const end of ['\r\n', '\r'])
    for (const length of [...spans, ...windows]) {
      const cells = ['x'.repeat(60_000), 'y'.repeat(length - 60_001)]
      const content = `a;b${end}${cells.join(';')}${end}3;4${end}`
      const limits = { row: 500_000, cell: 100_000 }
      const { rows, numbers, faulty, stops } = await readAll(content, { delimiter: ';', limits })
      const whole = length < limits.row
      assert.deepEqual(
        [rows, numbers],
        whole
          ? [
              [cells, ['3', '4']],
              [2, 3],
            ]
          : [[['3', '4']], [3]],
      )
      assert.equal(faulty[0]?.faults[0]?.code, whole ? undefined : 'row.too-long')
      assert.deepEqual(stops.at(-1), { row: 4, line: 4, byte: content.length })
    }
})

test('rows without content are counted and left out', async () => {
  const { rows, numbers, faulty } = await readAll('\n\na;b\n1;2\n;\n\n;;;\n"";\n3;4\n\n')
  assert.deepEqual(
    [rows, numbers, faulty],
    [
      [
        ['1', '2'],
        ['3', '4'],
      ],
      [4, 9],
      [],
    ],
  )
})

test('a header that cannot be trusted is refused, every column of it named', async () => {
  const refused = async (content: string | Buffer, code: string, message: RegExp): Promise<void> => {
    await assert.rejects(
      openTable(Buffer.from(content as string)),
      (error: { code: string; faults: { message: string }[] }) => {
        assert.equal(error.code, code)
        assert.match(error.faults.map((fault) => fault.message).join('\n'), message)
        return true
      },
    )
  }
  await refused('a;;a ;', 'table.header', /column 2 .* no name\n.*1 and 3 .*"a".*\n.*column 4/)
  await refused('a;"b\n1;2\n', 'table.header', /row 1.*quotation mark/)
  await refused('\n\n \n', 'table.header', /column 1/)
  await refused('\n\n', 'table.empty', /header/)
  await refused('', 'table.empty', /empty/)
  await refused(Array.from({ length: 1001 }, (_, i) => `c${i}`).join(';'), 'table.too-many-columns', /1001/)
})

test('what is no table is refused with a way out', async () => {
  const refused: readonly (readonly [string | Buffer, RegExp])[] = [
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), /\.xls.*password/],
    ['%PDF-1.7', /PDF/],
    [Buffer.from('1f8b0800', 'hex'), /archive/],
    ['<html><table><tr><td>1', /web page/],
    ['\ufeff<?xml version="1.0"?>', /web page or XML/],
    [Buffer.from('\ufeffa\tb\r\n1\t2', 'utf16le'), /UTF-16.*CSV UTF-8/],
    [Buffer.from('a\tb\r\n1\t2', 'utf16le'), /UTF-16/],
    [Buffer.from('fffe0000', 'hex'), /UTF-16/],
  ]
  for (const [content, message] of refused)
    await assert.rejects(
      openTable(Buffer.from(content as string)),
      (error: { status: number; faults: { message: string }[] }) => {
        assert.equal(error.status, 415)
        assert.match(error.faults[0]?.message ?? '', message)
        return true
      },
    )
  await assert.rejects(openTable(join(folder, 'nothing.csv')), { code: 'table.no-file', status: 404 })
  await assert.rejects(openTable(folder), { code: 'table.no-file', status: 422 })
})

test('a file that becomes shorter while it is read is refused', async () => {
  const path = join(folder, 'shorter.csv')
  await writeFile(path, `a;b\n${'1;2\n'.repeat(1_000_000)}`)
  const table = await openTable(path)
  await assert.rejects(
    async () => {
      for await (const { next } of table.rows()) if (next.row < 1_100) await truncate(path, 2_000_000)
    },
    { code: 'table.changed' },
  )
})

/** Rows whose lengths fall on every side of the windows that the scanner moves through. */
const unevenTable = (rows: number): string =>
  `n;text;more\n${Array.from({ length: rows }, (_, n) => {
    const text = 'äx'.repeat((n * 7919) % (n % 50 === 0 ? 20_000 : 300))
    return n % 3 === 0 ? `${n};"${text}""\r\n";"b${n}"` : `${n};${text};b${n}`
  }).join('\r\n')}\r\n`

test('reading goes on from any position with the same rows', async () => {
  const path = join(folder, 'uneven.csv')
  await writeFile(path, unevenTable(6_000))
  const table = await openTable(path)
  const whole = await readFrom(table)
  assert.deepEqual([whole.rows.length, whole.faulty.length], [6_000, 0])
  whole.rows.forEach((row, n) => {
    const text = 'äx'.repeat((n * 7919) % (n % 50 === 0 ? 20_000 : 300))
    assert.deepEqual(row, [String(n), n % 3 === 0 ? `${text}"\r\n` : text, `b${n}`])
  })
  assert.ok(whole.stops.length > 20)
  for (const stop of whole.stops) {
    const rest = await readFrom(await openTable(path), JSON.parse(JSON.stringify(stop)) as Position)
    assert.deepEqual(rest.numbers, whole.numbers.slice(whole.numbers.length - rest.numbers.length))
    assert.equal(rest.numbers[0], stop.row <= 6_001 ? stop.row : undefined)
    assert.deepEqual(rest.rows.at(-1), rest.rows.length > 0 ? whole.rows.at(-1) : undefined)
    assert.deepEqual(rest.stops.at(-1) ?? stop, whole.stops.at(-1))
  }
})

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    '',
    '"',
    '""',
    'a;b',
    'x,y',
    'p\tq',
    'line\nend',
    '\r\n',
    'Hämäläinen',
    '€ 5',
    ' edge ',
    "'=1",
    '日本',
  ),
)
const writable = (text: string): string => text.replaceAll('\0', '').replaceAll('\ufeff', '').toWellFormed()

test('any table, written with any quoting and line ends, is read as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }).chain((width) =>
        fc.record({
          table: fc.array(fc.array(cell.map(writable), { minLength: width, maxLength: width }), { maxLength: 8 }),
          delimiter: fc.constantFrom<Delimiter>(';', ',', '\t'),
          end: fc.constantFrom('\n', '\r\n', '\r'),
          always: fc.boolean(),
          marked: fc.boolean(),
          last: fc.boolean(),
        }),
      ),
      async ({ table, delimiter, end, always, marked, last }) => {
        const quoted = (text: string): string =>
          always || /[";,\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
        const width = table[0]?.length ?? 1
        const header = Array.from({ length: width }, (_, i) => `c${i}`)
        const lines = [header, ...table].map((row) => row.map(quoted).join(delimiter)).join(end)
        const content = `${marked ? '\ufeff' : ''}${lines}${last ? end : ''}`
        const { rows, faulty } = await readAll(content, { delimiter, encoding: 'utf-8' })
        assert.deepEqual(faulty, [])
        assert.deepEqual(
          rows,
          table.filter((row) => row.some((text) => text !== '')),
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('no bytes at all make the reader fail, lose a row, or go on elsewhere than where it stopped', async () => {
  const piece = fc.constantFrom(
    'a',
    '1;2',
    ';',
    '"',
    '""',
    '\n',
    '\r',
    '\r\n',
    '\0',
    '\xe4',
    '\xc3\xa4',
    '\xff',
    ',',
    '\t',
    'x'.repeat(40),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
      // The blank lines keep a handful of NULs from looking like UTF-16.
      const content = Buffer.from(`a;b\n${'\n'.repeat(400)}${pieces.join('')}`, 'latin1')
      const options: OpenOptions = { delimiter: ';', encoding: 'utf-8', limits: { row: 64, cell: 32 } }
      const { table, rows, numbers, faulty, stops } = await readAll(content, options)
      const seen = [...numbers, ...faulty.map(({ row }) => row)]
      assert.equal(new Set(seen).size, seen.length)
      assert.equal(rows.length, numbers.length)
      for (const row of rows) assert.equal(row.length, 2)
      for (const { byte, line, faults } of faulty) {
        assert.ok(faults.length > 0)
        const before = content.toString('latin1', 0, byte)
        assert.equal(line, 1 + (before.match(/\r\n|\r|\n/g) ?? []).length)
      }
      for (const from of [...faulty.map(({ row, line, byte }) => ({ row, line, byte })), ...stops]) {
        const rest = await readFrom(table, from)
        assert.deepEqual(
          rest.numbers,
          numbers.filter((number) => number >= from.row),
        )
        assert.deepEqual(rest.rows, rows.slice(rows.length - rest.rows.length))
        assert.deepEqual(
          rest.faulty,
          faulty.filter(({ row }) => row >= from.row),
        )
      }
    }),
    { numRuns: 500 },
  )
})
