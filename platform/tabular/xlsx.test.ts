import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { ZipFile } from 'yazl'
import { type FaultyRow, type OpenOptions, openTable, type Position } from './index.ts'

const zipOf = async (parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> => {
  const zip = new ZipFile()
  const options = { mtime: new Date('1980-01-01T00:00:00'), forceDosTimestamp: true }
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content as string), name, options)
  zip.end()
  return buffer(zip.outputStream)
}

const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = (targets: Readonly<Record<string, string>>): string =>
  `<Relationships>${Object.entries(targets)
    .map(([target, type], i) => `<Relationship Id="r${i}" Type="${types}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

const sheetOf = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`

/** A workbook of one sheet, as Excel lays it out; parts given replace its own. */
const bookOf = (rows: string, parts: Readonly<Record<string, string | Buffer>> = {}): Promise<Buffer> =>
  zipOf({
    '_rels/.rels': relations({ 'xl/workbook.xml': 'officeDocument' }),
    'xl/workbook.xml':
      '<workbook xmlns:r="x"><sheets><sheet name="Asiakkaat" sheetId="1" r:id="r0"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relations({
      'worksheets/sheet1.xml': 'worksheet',
      'sharedStrings.xml': 'sharedStrings',
      '/xl/styles.xml': 'styles',
    }),
    'xl/worksheets/sheet1.xml': sheetOf(rows),
    'xl/sharedStrings.xml': '<sst/>',
    'xl/styles.xml': '<styleSheet/>',
    ...parts,
  })

const readAll = async (book: Buffer, options?: OpenOptions, from?: Position) => {
  const table = await openTable(book, options)
  const read = {
    table,
    rows: [] as (readonly string[])[],
    numbers: [] as number[],
    faulty: [] as FaultyRow[],
    stops: [] as Position[],
  }
  for await (const batch of table.rows(from)) {
    read.rows.push(...batch.rows)
    read.numbers.push(...batch.numbers)
    read.faulty.push(...batch.faulty)
    read.stops.push(batch.next)
  }
  return read
}

const inline = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`
const header = (...names: readonly string[]): string => `<row>${names.map(inline).join('')}</row>`

/** Styles from 1 on with these formats: a number of a built-in one, or a code. */
const stylesOf = (...formats: readonly (number | string)[]): string =>
  `<styleSheet><numFmts>${formats.map((code, i) => (typeof code === 'string' ? `<numFmt numFmtId="${170 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>` : '')).join('')}</numFmts>
   <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats.map((code, i) => `<xf numFmtId="${typeof code === 'string' ? 170 + i : code}"/>`).join('')}</cellXfs></styleSheet>`

test('cells of every kind say what a person sees in them', async () => {
  const cases: readonly (readonly [cell: string, text: string, fault?: string])[] = [
    ['<c t="inlineStr"><is><t xml:space="preserve"> a &amp; b </t></is></c>', ' a & b '],
    ['<c t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r><rPh><t>phonetic</t></rPh></is></c>', 'rich'],
    ['<c t="inlineStr"><is><t><![CDATA[<raw>]]></t></is></c>', '<raw>'],
    ['<c t="inlineStr"><is><t>a_x000D_b _x005F_x0041_</t></is></c>', 'a\rb _x0041_'],
    ['<c t="str"><f>A1&amp;B1</f><v>cached</v></c>', 'cached'],
    ['<c t="b"><v>1</v></c>', 'true'],
    ['<c t="b"><v>0</v></c>', 'false'],
    ['<c t="d"><v>2026-02-01</v></c>', '2026-02-01'],
    ['<c><v>42</v></c>', '42'],
    ['<c t="n"><f>SUM(A1)</f><v>1234.5</v></c>', '1234.5'],
    ['<c><v>0.30000000000000004</v></c>', '0.3'],
    ['<c><v>1234.5999999999999</v></c>', '1234.6'],
    ['<c><v>1.0E-7</v></c>', '0.0000001'],
    ['<c><v>1.5E3</v></c>', '1500'],
    ['<c><v>-7</v></c>', '-7'],
    ['<c s="1"><v>46054</v></c>', '2026-02-01'],
    ['<c s="1"><v>46054.572916666664</v></c>', '2026-02-01T13:45:00'],
    ['<c s="1"><v>1</v></c>', '1900-01-01'],
    ['<c s="1"><v>59</v></c>', '1900-02-28'],
    ['<c s="1"><v>61</v></c>', '1900-03-01'],
    ['<c s="1"><v>2958465</v></c>', '9999-12-31'],
    ['<c s="2"><v>0.5</v></c>', '12:00:00'],
    ['<c s="3"><v>120</v></c>', '00120'],
    ['<c s="3"><v>123456</v></c>', '123456'],
    ['<c s="4"><v>0.5</v></c>', '0.5'],
    ['<c s="99"><v>5</v></c>', '5'],
    ['<c t="e"><v>#N/A</v></c>', '#N/A', 'row.cell-error'],
    ['<c t="str"><f>A1</f></c>', '', 'row.formula-without-value'],
    ['<c><v>6.4300696601234502E+17</v></c>', '6.4300696601234502E+17', 'row.number-inexact'],
    ['<c s="3"><v>643006966012345678</v></c>', '643006966012345678', 'row.number-inexact'],
    ['<c><v>0x10</v></c>', '0x10', 'row.number-unreadable'],
    ['<c s="1"><v>60</v></c>', '60', 'row.day-unknown'],
    ['<c s="1"><v>-1</v></c>', '-1', 'row.day-unknown'],
    ['<c s="1"><v>2958466</v></c>', '2958466', 'row.day-unknown'],
  ]
  const rows = cases.map(([cell]) => `<row>${cell}${inline('end')}</row>`).join('')
  const book = await bookOf(header('a', 'b') + rows, { 'xl/styles.xml': stylesOf(14, 21, '00000', 10) })
  const { rows: sound, numbers, faulty } = await readAll(book)
  const found = new Map([
    ...sound.map((cells, i) => [numbers[i] ?? 0, [cells[0], undefined]] as const),
    ...faulty.map(({ row, cells, faults }) => [row, [cells[0], faults[0]?.code]] as const),
  ])
  cases.forEach(([cell, text, fault], i) => assert.deepEqual(found.get(i + 2), [text, fault], cell))
})

test('days, times and numbers are told apart by their formats', async () => {
  const day = '2026-02-01'
  const formats: readonly (readonly [number | string, string])[] = [
    [0, '46054'],
    [15, day],
    [22, day],
    [31, day],
    ['d\\.m\\.yyyy', day],
    ['[$-40B]d. mmmm yyyy;@', day],
    ['mmm\\-yy', day],
    ['[Red]0.00', '46054'],
    ['0.00" days"', '46054'],
    ['#,##0\\ "kpl";[Yellow]\\d0', '46054'],
    ['_-* #,##0.00 [$€-40B]_-', '46054'],
    ['General', '46054'],
    ['[h]:mm', '1105296:00:00'],
    ['h:mm AM/PM', '1105296:00:00'],
  ]
  const cells = formats.map((_, i) => `<c s="${i + 1}"><v>46054</v></c>`)
  const book = await bookOf(`${header(...formats.map((_, i) => `c${i}`))}<row>${cells.join('')}</row>`, {
    'xl/styles.xml': stylesOf(...formats.map(([code]) => code)),
  })
  assert.deepEqual(
    (await readAll(book)).rows[0],
    formats.map(([, text]) => text),
  )
})

test('workbooks that count from 1904 give the same days', async () => {
  const book = await bookOf(`${header('a')}<row><c s="1"><v>44592</v></c></row>`, {
    'xl/styles.xml': stylesOf(14),
    'xl/workbook.xml':
      '<workbook xmlns:r="x"><workbookPr date1904="1"/><sheets><sheet name="A" r:id="r0"/></sheets></workbook>',
  })
  assert.deepEqual((await readAll(book)).rows, [['2026-02-01']])
})

test('shared texts are found, however far apart, and one that is not there is told', async () => {
  const texts = Array.from(
    { length: 3_000 },
    (_, i) => `<si>${i % 2 ? `<t>ä${i}</t>` : `<r><t>b</t></r><r><t>${i}</t></r>`}</si>`,
  )
  const cellsOf = (...indexes: readonly number[]): string =>
    `<row>${indexes.map((index) => `<c t="s"><v>${index}</v></c>`).join('')}</row>`
  const strings = { 'xl/sharedStrings.xml': `<sst>${texts.join('')}</sst>` }
  const book = await bookOf(cellsOf(0, 1) + cellsOf(2_999, 1_023) + cellsOf(1_024, 0), strings)
  const { table, rows } = await readAll(book)
  assert.deepEqual(table.header, ['b0', 'ä1'])
  assert.deepEqual(rows, [
    ['ä2999', 'ä1023'],
    ['b1024', 'b0'],
  ])
  await assert.rejects(readAll(await bookOf(cellsOf(0, 1) + cellsOf(3_000, 0), strings)), { code: 'table.damaged' })
  await assert.rejects(readAll(book, { limits: { strings: 500 } }), { code: 'table.too-large' })
  const short = await readAll(book, { limits: { cell: 4 } })
  assert.deepEqual(
    short.faulty.map(({ faults }) => faults[0]?.code),
    ['row.cell-too-long', 'row.cell-too-long'],
  )
})

test('sheets are listed and chosen by name; the first that is seen is taken otherwise', async () => {
  const book = await bookOf('', {
    'xl/workbook.xml': `<x:workbook xmlns:x="m" xmlns:d="x"><x:sheets><x:sheet name="Piilo" state="hidden" d:id="r0"/>
      <x:sheet name="Kaavio" d:id="r1"/><x:sheet name="Asiakkaat" d:id="r2"/><x:sheet name="Sopimukset &amp; muut" d:id="r3"/></x:sheets></x:workbook>`,
    'xl/_rels/workbook.xml.rels': relations({
      'a.xml': 'worksheet',
      'b.xml': 'chartsheet',
      'c.xml': 'worksheet',
      '../other/d.xml': 'worksheet',
    }),
    'xl/a.xml': sheetOf(header('piilo')),
    'XL/C.xml': sheetOf(header('asiakas'))
      .replaceAll(/<(\/?)/g, '<$1x:')
      .replace('<x:worksheet', '<x:worksheet xmlns:x="m"'),
    'other/d.xml': sheetOf(header('sopimus')),
  })
  const table = await openTable(book)
  assert.deepEqual(table.sheets, ['Piilo', 'Asiakkaat', 'Sopimukset & muut'])
  assert.deepEqual(table.header, ['asiakas'])
  assert.deepEqual((await openTable(book, { sheet: 'sopimukset & muut' })).header, ['sopimus'])
  assert.deepEqual((await openTable(book, { sheet: 'Piilo' })).header, ['piilo'])
  await assert.rejects(openTable(book, { sheet: 'Muu' }), { code: 'table.no-sheet' })
})

test('rows keep the numbers that a spreadsheet shows, gaps and short rows are filled, long ones are faulty', async () => {
  const book = await bookOf(
    `<row r="3"><c r="A3" t="str"><v>a</v></c><c r="C3" t="str"><v>c</v></c><c r="D3"/></row>`.replace(
      '<c r="C3"',
      '<c r="B3"',
    ) +
      '<row r="5"><c r="B5"><v>5</v></c></row><row r="6"/><row r="7"><c r="A7" t="str"><v></v></c></row>' +
      '<row r="9"><c r="A9"><v>1</v></c><c r="C9"><v>3</v></c></row><row r="1048576"><c r="A1048576"><v>6</v></c><c r="XFD1048576"/></row>',
  )
  const { table, rows, numbers, faulty, stops } = await readAll(book)
  assert.deepEqual(table.header, ['a', 'c'])
  assert.deepEqual(table.first, { row: 4, line: 0, byte: 0 })
  assert.deepEqual(
    [rows, numbers],
    [
      [
        ['', '5'],
        ['6', ''],
      ],
      [5, 1_048_576],
    ],
  )
  assert.deepEqual(
    faulty.map(({ row, cells, faults }) => [row, cells, faults[0]?.code]),
    [[9, ['1', '', '3'], 'row.cells-extra']],
  )
  assert.deepEqual(stops, [{ row: 1_048_577, line: 0, byte: 0 }])
})

test('reading goes on from any position with the same rows', async () => {
  const rows = Array.from({ length: 5_000 }, (_, i) => `<row><c><v>${i}</v></c>${inline(i % 7 ? 'x' : 'y')}</row>`)
  const book = await bookOf(header('n', 'x') + rows.join(''))
  const whole = await readAll(book)
  assert.equal(whole.rows.length, 5_000)
  assert.ok(whole.stops.length >= 4)
  for (const stop of whole.stops) {
    const rest = await readAll(book, {}, stop)
    assert.deepEqual(rest.rows, whole.rows.slice(stop.row - 2))
    assert.deepEqual(rest.numbers, whole.numbers.slice(stop.row - 2))
  }
})

test('a row of more text than fits is cut and told', async () => {
  const book = await bookOf(
    `${header('a', 'b', 'c')}<row>${inline('x'.repeat(60)).repeat(3)}</row><row>${inline('1')}</row>`,
  )
  const { rows, faulty } = await readAll(book, { limits: { row: 100 } })
  assert.deepEqual(rows, [['1', '', '']])
  assert.deepEqual(
    faulty[0]?.faults.map(({ code }) => code),
    ['row.too-long'],
  )
})

/** Overwrites a field in the zip's central directory, in the entry of the name. */
const patched = (zip: Buffer, name: string, field: number, write: (at: number, zip: Buffer) => void): Buffer => {
  const copy = Buffer.from(zip)
  const at = copy.lastIndexOf(name) - 46
  assert.equal(copy.readUInt32LE(at), 0x02014b50)
  write(at + field, copy)
  return copy
}

test('hostile and damaged workbooks are refused in clear words', async () => {
  const sheet = 'xl/worksheets/sheet1.xml'
  const good = await bookOf(`${header('a')}<row>${inline('1')}</row>`)
  const withSheet = (xml: string): Promise<Buffer> => bookOf('', { [sheet]: xml })
  const refused: readonly (readonly [name: string, book: Buffer, code: string, options?: OpenOptions])[] = [
    ['entity', await withSheet(`<!DOCTYPE a [<!ENTITY x "y">]>${sheetOf(header('&x;'))}`), 'table.damaged'],
    ['undeclared entity', await withSheet(sheetOf(header('&x;'))), 'table.damaged'],
    ['file entity', await withSheet(`<!DOCTYPE a SYSTEM "file:///etc/passwd">${sheetOf('')}`), 'table.damaged'],
    ['broken XML', await withSheet('<worksheet><sheetData><row></sheetData>'), 'table.damaged'],
    ['cut XML', await withSheet(`<worksheet><sheetData>${header('a')}<row>`), 'table.damaged'],
    ['deep', await withSheet('<a>'.repeat(100)), 'table.damaged'],
    [
      'endless text',
      await withSheet(`<a>${Array.from({ length: 1_000_000 }, (_, i) => (i * 7919) % 99_991).join('')}</a>`),
      'table.damaged',
    ],
    ['bomb', await withSheet(sheetOf(' '.repeat(20_000_000))), 'table.bomb'],
    ['large part', good, 'table.too-large', { limits: { unpacked: 50 } }],
    ['rows out of order', await bookOf('<row r="2"/><row r="1"/>'), 'table.damaged'],
    ['cells out of order', await bookOf('<row><c r="B1"/><c r="A1"/></row>'), 'table.damaged'],
    ['column beyond the last', await bookOf('<row><c r="XFE1"/></row>'), 'table.damaged'],
    ['row beyond the last', await bookOf('<row r="1048577"/>'), 'table.damaged'],
    ['text that cannot be', await bookOf(`${header('a')}<row><c t="s"><v>-1</v></c></row>`), 'table.damaged'],
    ['no rows', await bookOf(''), 'table.empty'],
    [
      'no sheet part',
      await bookOf('', { 'xl/_rels/workbook.xml.rels': relations({ 'gone.xml': 'worksheet' }) }),
      'table.damaged',
    ],
    [
      'no workbook',
      await zipOf({ 'content.xml': '<x/>', mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }),
      'table.not-workbook',
    ],
    [
      'binary workbook',
      await bookOf('', { '_rels/.rels': relations({ 'xl/workbook.bin': 'officeDocument' }), 'xl/workbook.bin': 'x' }),
      'table.not-workbook',
    ],
    ['cut zip', good.subarray(0, good.length - 30), 'table.damaged'],
    ['password', patched(good, sheet, 8, (at, zip) => zip.writeUInt16LE(1, at)), 'table.encrypted'],
    ['larger than it says', patched(good, sheet, 24, (at, zip) => zip.writeUInt32LE(20, at)), 'table.damaged'],
    ['smaller than it says', patched(good, sheet, 24, (at, zip) => zip.writeUInt32LE(500_000, at)), 'table.damaged'],
    ['other bytes than were packed', patched(good, sheet, 16, (at, zip) => zip.writeUInt32LE(1, at)), 'table.damaged'],
    ['not UTF-8', await bookOf('', { [sheet]: Buffer.from(sheetOf(header('\xe4')), 'latin1') }), 'table.damaged'],
  ]
  for (const [name, book, code, options] of refused)
    await assert.rejects(readAll(book, options), (error: { code: string; faults: { message: string }[] }) => {
      assert.equal(error.code, code, name)
      assert.match(error.faults[0]?.message ?? '', /workbook|sheet/, name)
      return true
    })
  assert.deepEqual((await readAll(good)).rows, [['1']])
})
