// XLSX as Excel and LibreOffice open it, written as the rows come: header bold and frozen, cells of their types, texts that never become formulas.
import { PassThrough, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { refusal } from '../table.ts'
import { cellText, type Column, type ColumnType, type TableWriter } from './cell.ts'
import { sinkTo } from './sink.ts'
import { declaration, escaped, fixedParts, spreadsheetml, style } from './workbook.ts'

export type XlsxOptions = { readonly sheet?: string }

const mostRows = 1_048_576
const mostText = 32_767

const sheetBegin = `${declaration}<worksheet xmlns="${spreadsheetml}"><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`

/** A fixed time: the same rows make the same bytes. */
const fixed = { mtime: new Date('1980-01-01T00:00:00'), forceDosTimestamp: true }

const letters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26))

/** Days since the end of 1899; undefined before March 1900, where spreadsheets count a day that never was. */
const serialOf = (civil: string): number | undefined => {
  const serial = Date.parse(`${civil.replace(' ', 'T')}${civil.length > 10 ? 'Z' : ''}`) / 86_400_000 + 25_569
  return serial >= 61 ? serial : undefined
}

const significantDigits = (number: string): number => number.replace(/\D/g, '').replace(/^0+/, '').length

/** What a spreadsheet cannot hold exactly as a number or a day, it holds as text. */
const valueOf = (text: string, type: ColumnType): number | string | undefined => {
  if (type === 'number') return significantDigits(text) <= 15 ? text : undefined
  return type === 'text' ? undefined : serialOf(text)
}

const usualWidth: Record<ColumnType, number> = { text: 10, number: 10, day: 11, instant: 17 }
const widest = 60

const widthOf = (column: Column, at: number, first: readonly (readonly string[])[]): number =>
  column.width ??
  Math.min(
    widest,
    Math.max(
      usualWidth[column.type ?? 'text'],
      column.name.length + 2,
      ...first.map((row) => (row[at] ?? '').length + 2),
    ),
  )

/** Rows by which the widths of columns are chosen. */
const sample = 200

/**
 * Numbers of more than 15 digits, and days before March 1900, are written as text: a spreadsheet cannot hold them otherwise.
 * @throws Invalid for more rows than a sheet has, or a text longer than a cell holds (32 767 characters)
 */
export const xlsxWriter = (stream: Writable, columns: readonly Column[], options: XlsxOptions = {}): TableWriter => {
  const zip = new ZipFile()
  const sheet = new PassThrough({ highWaterMark: 262_144 })
  const sink = sinkTo(sheet)
  // yazl repeats the sheet's error, which the writer is told anyway.
  zip.on('error', () => undefined)
  for (const [name, content] of fixedParts(options.sheet ?? 'Sheet1')) zip.addBuffer(Buffer.from(content), name, fixed)
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', { ...fixed, compressionLevel: 4 })
  zip.end()
  const taken = pipeline(zip.outputStream, stream)
  taken.catch((error: Error) => sheet.destroy(error))

  const references = columns.map((_, at) => letters(at))
  const types = columns.map(({ type = 'text' }) => type)
  const plainText = (text: string, reference: string, look: number): string => {
    if (text.length > mostText)
      throw refusal(
        'cell-too-long',
        `cell ${reference} has ${text.length} characters, a spreadsheet holds ${mostText}; export as CSV`,
      )
    return `<c r="${reference}" s="${look}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
  }
  let count = 0
  const rowOf = (texts: readonly string[]): string => {
    if (++count > mostRows)
      throw refusal('too-many-rows', `a spreadsheet holds ${mostRows} rows; export as CSV, or narrow the list down`)
    let cells = ''
    texts.forEach((text, at) => {
      if (text === '') return
      const reference = `${references[at]}${count}`
      const type = types[at] ?? 'text'
      const value = valueOf(text, type)
      cells +=
        value === undefined
          ? plainText(text, reference, style.text)
          : `<c r="${reference}" s="${style[type]}"><v>${value}</v></c>`
    })
    return `<row r="${count}">${cells}</row>`
  }
  const headerRow = (): string => {
    count = 1
    return `<row r="1">${columns.map(({ name }, at) => plainText(name, `${references[at]}1`, style.header)).join('')}</row>`
  }

  let first: (readonly string[])[] | undefined = []
  const begin = (): string => {
    const rows = first ?? []
    first = undefined
    const widths = columns.map(
      (column, at) => `<col min="${at + 1}" max="${at + 1}" width="${widthOf(column, at, rows)}" customWidth="1"/>`,
    )
    return `${sheetBegin}<cols>${widths.join('')}</cols><sheetData>${headerRow()}${rows.map(rowOf).join('')}`
  }
  return {
    write: async (rows) => {
      for (const row of rows) {
        const texts = columns.map((column, at) => cellText(row[at], column))
        first?.push(texts)
        const text = first === undefined ? rowOf(texts) : first.length < sample ? '' : begin()
        const wait = sink.write(text)
        if (wait !== undefined) await wait
      }
    },
    end: async () => {
      await sink.write(`${first === undefined ? '' : begin()}</sheetData></worksheet>`)
      await sink.end()
      await taken
    },
  }
}
