// CSV as a stream of batches from a file of any size: RFC 4180 with any of three delimiters, any line ends, two encodings.
import {
  type Batch,
  checkedHeader,
  type Delimiter,
  type Encoding,
  isBlank,
  type Limits,
  type OpenOptions,
  type Position,
  refusal,
  type Table,
} from '../table.ts'
import { detectEncoding } from './encoding.ts'
import { afterLineEnd, CR, type Dialect, LF, readRow, type Window } from './row.ts'
import { lineEnds, scan } from './scan.ts'
import { type From, headOf, openSource, type Source } from './source.ts'

/** Holds more than a row may have, so that a row is either whole in memory or too long. */
const windowSize = (limits: Limits): number => Math.max(1_048_576, 2 * limits.row)

const delimiters: readonly Delimiter[] = [';', '\t', ',']

const dialectOf = (encoding: Encoding, delimiter: Delimiter, width: number, limits: Limits): Dialect => ({
  encoding,
  delimiter: delimiter.charCodeAt(0),
  width,
  limits,
})

/**
 * The delimiter under which most of the first rows are sound and as wide as the first; the wider table wins, then the usual order of Finland.
 * A decimal comma is in no header, and quoted text is read as such.
 */
const detectDelimiter = (sample: Window, start: number, encoding: Encoding, limits: Limits): Delimiter => {
  let best: { delimiter: Delimiter; agreeing: number; width: number } = { delimiter: ';', agreeing: 0, width: 1 }
  for (const delimiter of delimiters) {
    const { rows, faulty } = scan(sample, start, 1, 1, dialectOf(encoding, delimiter, 0, limits))
    const width = rows[0]?.length ?? 0
    if (width < 2) continue
    const agreeing = rows.filter((row) => row.length === width).length / (rows.length + faulty.length)
    if (agreeing > best.agreeing || (agreeing === best.agreeing && width > best.width))
      best = { delimiter, agreeing, width }
  }
  return best.delimiter
}

/** Some programs name the delimiter on a first line of its own, `sep=;`. */
const declaredDelimiter = (sample: Window, start: number): { delimiter: Delimiter; start: number } | undefined => {
  const [line, sign] = /^sep=([;,\t])\r?\n/.exec(sample.bytes.toString('latin1', start, start + 7)) ?? []
  const delimiter = delimiters.find((known) => known === sign)
  return line === undefined || delimiter === undefined ? undefined : { delimiter, start: start + line.length }
}

async function* batches(source: Source, from: Position, dialect: Dialect): AsyncGenerator<Batch> {
  const bytes = Buffer.allocUnsafe(windowSize(dialect.limits) + 1)
  let [offset, filled, ended] = [from.byte, 0, false]
  let [start, row, line] = [0, from.row, from.line]

  /** Moves what is left to the beginning of the buffer and fills the rest. */
  const refill = async (): Promise<void> => {
    bytes.copyWithin(0, start, filled)
    offset += start
    filled -= start
    start = 0
    filled += await source.read(bytes.subarray(filled, bytes.length - 1), offset + filled)
    ended = filled < bytes.length - 1
    if (ended && offset + filled < source.size)
      throw refusal('changed', 'the file became shorter while it was read; bring it again when it is complete')
  }
  /** To the next line, however far it is. */
  const skipLine = async (): Promise<void> => {
    for (;;) {
      while (start < filled && bytes[start] !== LF && bytes[start] !== CR) start++
      // The other half of a line end may not have been read yet.
      if (start + 1 < filled || ended) break
      await refill()
    }
    if (start < filled) start = afterLineEnd(bytes, start, filled)
    line++
  }

  await refill()
  while (start < filled) {
    const scanned = scan({ bytes, filled, offset, ended }, start, row, line, dialect)
    ;({ end: start, row, line } = scanned)
    if (scanned.cut) await skipLine()
    if (!ended && filled - start <= dialect.limits.row) await refill()
    const { rows, numbers, faulty } = scanned
    const next = { row, line, byte: offset + start }
    if (rows.length + faulty.length > 0)
      yield { rows, numbers, faulty, next, progress: Math.min(1, next.byte / source.size) }
  }
}

/** The first row with any content, and where the rows after it begin. */
const readHeader = (
  sample: Window,
  start: number,
  line: number,
  dialect: Dialect,
): { cells: string[]; next: Position } => {
  let [at, row, ends] = [start, line, line]
  while (at < sample.filled) {
    const { cells, faults, end } = readRow(sample, at, dialect)
    const [fault] = faults
    if (fault !== undefined) throw refusal('header', `the header, row ${row}, cannot be read: ${fault.message}`)
    row++
    ends += lineEnds(sample.bytes.subarray(at, end))
    if (!isBlank(cells)) return { cells, next: { row, line: ends, byte: end } }
    at = end
  }
  throw refusal('empty', 'the file has no header: its first row must name the columns')
}

/** @throws Invalid when the encoding cannot be read, or the header cannot be trusted */
export const openCsv = async (from: From, source: Source, limits: Limits, options: OpenOptions): Promise<Table> => {
  const detected = await detectEncoding(source)
  const encoding = options.encoding ?? detected.encoding
  const head = await headOf(source, windowSize(limits))
  const sample: Window = {
    bytes: Buffer.concat([head, Buffer.alloc(1)]),
    filled: head.length,
    offset: 0,
    ended: head.length === source.size,
  }
  const marked = detected.marked ? 3 : 0
  const declared = declaredDelimiter(sample, marked)
  const start = declared?.start ?? marked
  const delimiter = options.delimiter ?? declared?.delimiter ?? detectDelimiter(sample, start, encoding, limits)
  const line = declared === undefined ? 1 : 2
  const { cells, next } = readHeader(sample, start, line, dialectOf(encoding, delimiter, 0, limits))
  const header = checkedHeader(cells, limits.columns)
  const dialect = dialectOf(encoding, delimiter, header.length, limits)
  return {
    format: 'csv',
    encoding,
    delimiter,
    decimal: undefined,
    sheets: [],
    header,
    first: next,
    open: () => openSource(from),
    rows: async function* (position = next) {
      const reopened = await openSource(from)
      try {
        yield* batches(reopened, position, dialect)
      } finally {
        await reopened.close()
      }
    },
  }
}
