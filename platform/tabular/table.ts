// What reading and writing of tables agree on: batches, faults, limits, and how a whole file is refused.
import { Invalid } from '../errors.ts'

export type Encoding = 'utf-8' | 'windows-1252'
export type Delimiter = ';' | ',' | '\t'

/** Where the next row begins; plain numbers, so that it can be stored as JSON. `byte` and `line` are 0 in XLSX, which only counts rows. */
export type Position = { readonly row: number; readonly line: number; readonly byte: number }

export type RowFault = { readonly code: string; readonly message: string }

/**
 * A row that cannot be trusted. `cells` hold what could be told apart: all of them when only their number or content is wrong, the whole line as
 * one cell when its quoting is broken, the beginning of a row that is too long. NUL and undecodable bytes stand as U+FFFD.
 */
export type FaultyRow = {
  readonly row: number
  /** The line in a text editor, and the byte offset where the row begins; 0 in XLSX. */
  readonly line: number
  readonly byte: number
  readonly cells: readonly string[]
  readonly faults: readonly RowFault[]
}

/**
 * Some hundreds of rows, in order. Rows without any content are left out, but counted. A cell may be a slice of a longer text that it keeps in memory:
 * copy what is kept for long.
 */
export type Batch = {
  /** Each as wide as the header. */
  readonly rows: readonly (readonly string[])[]
  /** The number of each row as a spreadsheet shows it: the header of a usual file is row 1. */
  readonly numbers: readonly number[]
  readonly faulty: readonly FaultyRow[]
  /** Reading resumes here when everything in this batch has been dealt with. */
  readonly next: Position
  /** How much of the file has been read, 0 to 1. */
  readonly progress: number
}

export type Limits = {
  /** Bytes of one cell in CSV, characters in XLSX. */
  readonly cell: number
  /** Bytes of one row in CSV, characters in XLSX. */
  readonly row: number
  readonly columns: number
  /** Bytes of one unpacked part of an XLSX file. */
  readonly unpacked: number
  /** Characters of all shared texts of an XLSX file: these alone are held in memory. */
  readonly strings: number
}

export const usualLimits: Limits = {
  cell: 65_536,
  row: 524_288,
  columns: 1_000,
  unpacked: 4 * 1024 ** 3,
  strings: 256 * 1024 ** 2,
}

export type OpenOptions = {
  /** What is not given is found out from the file. */
  readonly encoding?: Encoding
  readonly delimiter?: Delimiter
  /** The sheet of a workbook; the first one when not given. */
  readonly sheet?: string
  readonly limits?: Partial<Limits>
}

/** Bytes at any offset, of a file or of a buffer. */
export type Source = {
  readonly size: number
  /** Fills the buffer from the offset on; returns how many bytes there were, fewer only at the end. */
  readonly read: (into: Buffer, offset: number) => Promise<number>
  readonly close: () => Promise<void>
}

export type Table = {
  readonly format: 'csv' | 'xlsx' | 'xml'
  readonly encoding: Encoding | undefined
  readonly delimiter: Delimiter | undefined
  /** The sign before the decimals of numbers that the file holds as numbers; CSV holds only text. For `parseDecimal`. */
  readonly decimal: '.' | undefined
  readonly sheets: readonly string[]
  readonly header: readonly string[]
  /** The row after the header. */
  readonly first: Position
  /** Its bytes, opened anew: for those who read the form by themselves. */
  readonly open: () => Promise<Source>
  /** From the first row after the header, or from a position that an earlier reading of the same file gave. */
  readonly rows: (from?: Position) => AsyncIterable<Batch>
}

/** The whole file is refused; the message says what, where and how to mend it, and is fit for the person who brought the file. */
export const refusal = (code: string, message: string, status: 400 | 413 | 415 | 422 = 422, cause?: unknown): Invalid =>
  new Invalid(`table.${code}`, {
    status,
    detail: message,
    cause,
    faults: [{ path: 'file', code: `table.${code}`, message }],
  })

/** @throws Invalid naming every column without a name, and every name that stands twice */
export const checkedHeader = (cells: readonly string[], columns: number): readonly string[] => {
  if (cells.length > columns)
    throw refusal('too-many-columns', `the header has ${cells.length} columns; at most ${columns} can be read`, 413)
  const header = cells.map((name) => name.replace(/\s+/g, ' ').trim())
  const faults = header.flatMap((name, index) => {
    const path = `header[${index}]`
    const first = header.indexOf(name)
    if (name === '')
      return [{ path, code: 'table.column-unnamed', message: `column ${index + 1} of the header has no name` }]
    if (first < index)
      return [
        {
          path,
          code: 'table.column-twice',
          message: `columns ${first + 1} and ${index + 1} are both named "${name}"; give each a name of its own`,
        },
      ]
    return []
  })
  if (faults.length > 0)
    throw new Invalid('table.header', { status: 422, detail: faults.map((fault) => fault.message).join('; '), faults })
  return header
}

export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell === '')

export const widthFault = (cells: number, width: number): RowFault | undefined => {
  if (cells === width) return undefined
  const message = `the row has ${cells} cells, the header has ${width} columns`
  return cells < width ? { code: 'row.cells-missing', message } : { code: 'row.cells-extra', message }
}

export const cellFault = (column: number, text: string, limit: number): RowFault => ({
  code: 'row.cell-too-long',
  message: `cell ${column + 1} has ${text.length} characters; at most ${limit} can be read`,
})
