// The scanner of CSV: one pass over bytes, whole rows only. What separates cells is ASCII in both encodings, so that all offsets are byte offsets.
import { type Encoding, type FaultyRow, isBlank } from '../table.ts'
import { decoded } from './encoding.ts'
import { CR, type Dialect, LF, NUL, QUOTE, readRow, type Window } from './row.ts'

export type Scanned = {
  readonly rows: string[][]
  readonly numbers: number[]
  readonly faulty: FaultyRow[]
  /** Where the next row begins in the window; its number; its line. */
  readonly end: number
  readonly row: number
  readonly line: number
  /** The last row goes on: all until a line ends belongs to it. */
  readonly cut: boolean
}

/**
 * V8 keeps a string of up to 128 kB among the young objects and gives a longer one pages of its own, which brings the next collection nearer: 4.8 million
 * cells took 0.15 s with 96 kB at a time and 0.4 s with 256 kB.
 */
const span = 98_304
const mostRows = 1_000

const stopsAt = (...bytes: readonly number[]): Uint8Array => {
  const stops = new Uint8Array(256)
  for (const byte of bytes) stops[byte] = 1
  return stops
}
const inQuotes = stopsAt(QUOTE, NUL)
const outsideQuotes = [0x3b, 0x2c, 0x09].map((delimiter) => stopsAt(delimiter, QUOTE, LF, CR, NUL))

/** Of one byte or two. */
export const lineEnds = (bytes: Buffer): number => {
  let lines = 0
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines++
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) if (bytes[at + 1] !== LF) lines++
  return lines
}

/** Bytes from `start` to `limit`, where a NUL stands, with their text in Latin-1; `final` when the file ends there. */
type View = {
  readonly bytes: Buffer
  readonly text: string
  readonly start: number
  readonly limit: number
  readonly final: boolean
  readonly delimiter: number
  readonly stops: Uint8Array
  readonly encoding: Encoding
}

const unusual = -1
const partial = -2

/**
 * Reads the row that begins at `begin` into `cells`; returns where it ends, or that it is unusual or not whole in the view.
 * The hot path of an import: no call for a byte, one for a cell, and the NUL at the limit ends each loop without a look at the offset.
 */
const usualRow = (view: View, begin: number, cells: string[]): number => {
  const { bytes, text, start, limit, delimiter, stops } = view
  let at = begin
  for (;;) {
    let byte = bytes[at] as number
    let first = at
    let last = at
    let seen = 0
    let doubled = false
    if (byte === QUOTE) {
      first = ++at
      byte = bytes[at] as number
      for (;;) {
        while (inQuotes[byte] === 0) {
          seen |= byte
          byte = bytes[++at] as number
        }
        if (byte === NUL || bytes[at + 1] !== QUOTE) break
        doubled = true
        at += 2
        byte = bytes[at] as number
      }
      if (byte === NUL) return at === limit && !view.final ? partial : unusual
      last = at
      byte = bytes[++at] as number
    } else {
      while (stops[byte] === 0) {
        seen |= byte
        byte = bytes[++at] as number
      }
      last = at
    }
    let cell = seen < 0x80 ? text.substring(first - start, last - start) : decoded(bytes, first, last, view.encoding)
    if (seen >= 0x80 && cell.includes('\ufffd')) return unusual
    if (doubled) cell = cell.replaceAll('""', '"')
    cells.push(cell)
    if (byte === delimiter) at++
    else if (byte === LF) return at + 1
    else if (byte === CR && bytes[at + 1] === LF) return at + 2
    else if (byte === CR) return at + 1 < limit || view.final ? at + 1 : partial
    else if (byte === NUL && at === limit) return view.final ? at : partial
    else return unusual
  }
}

/**
 * Scans up to a thousand rows from `start`, where row `row` begins on line `line`; at least one. What is unusual, and each fault, is left to `readRow`.
 * Unless the file has ended, the window must hold more than a row may have.
 */
export const scan = (window: Window, start: number, row: number, line: number, dialect: Dialect): Scanned => {
  const { bytes, filled, offset } = window
  const { delimiter, encoding, width, limits } = dialect
  const limit = Math.min(filled, start + span)
  const view: View = {
    bytes,
    text: bytes.toString('latin1', start, limit),
    start,
    limit,
    final: window.ended && limit === filled,
    delimiter,
    stops: outsideQuotes.find((stops) => stops[delimiter] === 1) ?? inQuotes,
    encoding,
  }
  const rows: string[][] = []
  const numbers: number[] = []
  const faulty: FaultyRow[] = []
  const hasQuotes = bytes.subarray(start, limit).includes(QUOTE)
  const usualLength = Math.min(limits.cell, limits.row)
  let [begin, number, cut] = [start, row, false]
  let [counted, lines] = [start, line]
  const lineAt = (at: number): number => {
    if (!hasQuotes) return line + number - row
    lines += lineEnds(bytes.subarray(counted, at))
    counted = at
    return lines
  }

  const kept = bytes[limit] as number
  bytes[limit] = NUL
  while (begin < limit && !cut && rows.length + faulty.length < mostRows) {
    const cells: string[] = []
    let end = usualRow(view, begin, cells)
    if (end === partial && begin > start) break
    if (end >= 0 && end - begin <= usualLength && (cells.length === width || width === 0)) {
      if (cells[0] !== '' || !isBlank(cells)) {
        rows.push(cells)
        numbers.push(number)
      }
    } else {
      bytes[limit] = kept
      const careful = readRow(window, begin, dialect)
      bytes[limit] = NUL
      ;({ end, cut } = careful)
      if (careful.faults.length > 0)
        faulty.push({
          row: number,
          line: lineAt(begin),
          byte: offset + begin,
          cells: careful.cells,
          faults: careful.faults,
        })
      else if (!isBlank(careful.cells)) {
        rows.push(careful.cells)
        numbers.push(number)
      }
    }
    begin = end
    number++
  }
  bytes[limit] = kept
  return { rows, numbers, faulty, end: begin, row: number, line: lineAt(begin) - (cut && !hasQuotes ? 1 : 0), cut }
}
