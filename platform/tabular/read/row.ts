// The careful reading of one CSV row, for what the scanner does not take: long rows, NUL, undecodable bytes, broken quoting, wrong width.
import { cellFault, type Encoding, isBlank, type Limits, type RowFault, widthFault } from '../table.ts'
import { decoded, firstUndecodable } from './encoding.ts'

export const QUOTE = 0x22
export const LF = 0x0a
export const CR = 0x0d
export const NUL = 0

export type Dialect = {
  readonly encoding: Encoding
  /** A byte. */
  readonly delimiter: number
  /** Cells of a sound row; 0 takes rows of any width. */
  readonly width: number
  readonly limits: Limits
}

/**
 * What is in memory of the file: the bytes before `filled`, after which there is room for one more. `offset` is where they begin in the file,
 * `ended` says that the file has no more.
 */
export type Window = {
  readonly bytes: Buffer
  readonly filled: number
  readonly offset: number
  readonly ended: boolean
}

export type CarefulRow = {
  readonly cells: string[]
  readonly faults: readonly RowFault[]
  /** Where the next row begins in the window. */
  readonly end: number
  /** The row goes on beyond the limit: all until a line ends belongs to it. */
  readonly cut: boolean
}

/** Bytes that are kept of a row that is too long. */
const shown = 1_000

const lineEnd = (bytes: Buffer, from: number, limit: number): number => {
  let at = from
  while (at < limit && bytes[at] !== LF && bytes[at] !== CR) at++
  return at
}

/** After the line end at `at`, of one byte or two. */
export const afterLineEnd = (bytes: Buffer, at: number, filled: number): number =>
  bytes[at] === CR && at + 1 < filled && bytes[at + 1] === LF ? at + 2 : at + 1

const closingQuote = (bytes: Buffer, from: number, limit: number): number => {
  for (let at = from; at < limit; at++) {
    if (bytes[at] !== QUOTE) continue
    if (at + 1 >= limit || bytes[at + 1] !== QUOTE) return at
    at++
  }
  return -1
}

const withoutNul = (text: string): string => text.replaceAll('\0', '\ufffd')

const fault = (code: string, message: string): RowFault => ({ code: `row.${code}`, message })

/** Unless the file has ended, the window must hold more than a row may have. */
export const readRow = (window: Window, start: number, { encoding, delimiter, width, limits }: Dialect): CarefulRow => {
  const { bytes, filled, offset } = window
  const limit = Math.min(filled, start + limits.row)
  const more = limit < filled || !window.ended
  const cells: string[] = []

  /** The quoting may have run over lines that are rows of their own: only the first line is given up. */
  const broken = (code: string, message: string): CarefulRow => {
    const at = lineEnd(bytes, start, limit)
    if (at === limit && more) return tooLong()
    const line = withoutNul(decoded(bytes, start, at, encoding))
    return { cells: [line], faults: [fault(code, message)], end: afterLineEnd(bytes, at, filled), cut: false }
  }
  const tooLong = (): CarefulRow => ({
    cells: [withoutNul(decoded(bytes, start, Math.min(limit, start + shown), encoding))],
    faults: [fault('too-long', `the row is longer than ${limits.row} bytes; only its beginning is kept`)],
    end: limit,
    cut: true,
  })

  let at = start
  for (;;) {
    const column = cells.length + 1
    let from = at
    let to: number
    if (at < limit && bytes[at] === QUOTE) {
      from = at + 1
      to = closingQuote(bytes, from, limit)
      if (to < 0)
        return broken(
          'quote-unclosed',
          `the quotation mark that opens cell ${column} is not closed ${more ? `within ${limits.row} bytes` : 'before the file ends'}`,
        )
      at = to + 1
      cells.push(decoded(bytes, from, to, encoding).replaceAll('""', '"'))
    } else {
      while (at < limit && bytes[at] !== delimiter && bytes[at] !== LF && bytes[at] !== CR && bytes[at] !== QUOTE) at++
      to = at
      cells.push(decoded(bytes, from, to, encoding))
    }
    if (at === limit && more) return broken('too-long', '')
    if (at === limit) break
    if (bytes[at] === delimiter) {
      at++
      continue
    }
    if (bytes[at] !== LF && bytes[at] !== CR)
      return broken(
        'quote-misplaced',
        `cell ${column} has a quotation mark that neither begins nor ends it; such a cell must be quoted and its marks doubled`,
      )
    at = afterLineEnd(bytes, at, filled)
    break
  }

  const faults: RowFault[] = []
  const undecodable = firstUndecodable(bytes, start, at, encoding)
  if (undecodable >= 0) {
    const byte = bytes.toString('hex', undecodable, undecodable + 1).toUpperCase()
    faults.push(
      fault(
        'undecodable',
        `byte 0x${byte} at offset ${offset + undecodable} of the file is not ${encoding.toUpperCase()}`,
      ),
    )
  }
  cells.forEach((cell, index) => {
    if (cell.includes('\0')) {
      faults.push(fault('nul', `cell ${index + 1} has a NUL byte`))
      cells[index] = withoutNul(cell)
    }
    if (cell.length > limits.cell) faults.push(cellFault(index, cell, limits.cell))
  })
  const wide = width === 0 || isBlank(cells) ? undefined : widthFault(cells.length, width)
  return { cells, faults: wide === undefined ? faults : [...faults, wide], end: at, cut: false }
}
