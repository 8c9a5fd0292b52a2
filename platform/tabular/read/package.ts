// The parts of an XLSX file, unpacked as they are read, within limits that a zip bomb does not pass. For the workbook reader.
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import {
  type Entry,
  fromBufferPromise,
  fromRandomAccessReaderPromise,
  openPromise,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl'
import { type Limits, refusal } from '../table.ts'
import type { From, Source } from './source.ts'

export type Part = {
  /** Bytes when unpacked. */
  readonly size: number
  readonly text: () => AsyncGenerator<string>
}
export type Package = { readonly part: (name: string) => Part | undefined; readonly close: () => void }

const mostParts = 10_000
/** Sheets of a million like rows pack to a fortieth; deflate can do a thousandth. */
const mostPacked = 200
const smallPart = 1_048_576

export const damaged = (what: string, cause?: unknown) =>
  refusal('damaged', `the workbook is damaged: ${what}; open it in a spreadsheet program and save it again`, 422, cause)

const checked = (entry: Entry, limits: Limits): void => {
  const { fileName, uncompressedSize, compressedSize } = entry
  if (entry.isEncrypted())
    throw refusal('encrypted', 'the workbook is protected by a password; save it without one', 415)
  if (uncompressedSize > limits.unpacked)
    throw refusal(
      'too-large',
      `${fileName} in the workbook is ${uncompressedSize} bytes when unpacked; at most ${limits.unpacked} can be read. Save the sheet as CSV`,
      413,
    )
  if (uncompressedSize > smallPart && uncompressedSize > compressedSize * mostPacked)
    throw refusal('bomb', `${fileName} in the workbook is packed more tightly than any table is; it is not read`, 413)
}

async function* unpacked(zip: ZipFile, entry: Entry): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let stream: Readable | undefined
  let sum = 0
  try {
    stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum)
      yield decoder.decode(chunk, { stream: true })
    }
    decoder.decode()
  } catch (cause) {
    throw damaged(`${entry.fileName} cannot be unpacked`, cause)
  } finally {
    stream?.destroy()
  }
  if (sum !== entry.crc32) throw damaged(`${entry.fileName} is not what was packed`)
}

const upTo = 65_536

/** A source, for the reader of archives. */
class SourceReader extends RandomAccessReader {
  readonly source: Source
  constructor(source: Source) {
    super()
    this.source = source
  }
  override _readStreamForRange(start: number, end: number): Readable {
    const { source } = this
    return Readable.from(
      (async function* () {
        for (let at = start; at < end;) {
          const bytes = Buffer.allocUnsafe(Math.min(upTo, end - at))
          const read = await source.read(bytes, at)
          if (read === 0) return
          at += read
          yield bytes.subarray(0, read)
        }
      })(),
      { objectMode: false },
    )
  }
  override close(done: (error?: Error) => void): void {
    void this.source
      .close()
      .catch((error: Error) => error)
      .then((error) => setImmediate(done, error ?? undefined))
  }
}

const opened = async (from: From): Promise<ZipFile> => {
  const options = { autoClose: false }
  if (typeof from === 'string') return openPromise(from, options)
  if (Buffer.isBuffer(from)) return fromBufferPromise(from, options)
  const source = await from.open()
  try {
    return await fromRandomAccessReaderPromise(new SourceReader(source), source.size, options)
  } catch (error) {
    await source.close()
    throw error
  }
}

/** Names of parts are found in any case, as the format asks. */
export const openPackage = async (from: From, limits: Limits): Promise<Package> => {
  const zip = await opened(from).catch((cause: unknown) => {
    throw damaged('its list of parts cannot be read', cause)
  })
  // What goes wrong is told by the promises; an event that nobody hears would end the program.
  zip.on('error', () => undefined)
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName.toLowerCase(), entry)
      if (entries.size > mostParts) throw refusal('too-large', `the workbook has more than ${mostParts} parts`, 413)
    }
  } catch (cause) {
    zip.close()
    throw cause instanceof Error && cause.name === 'Invalid'
      ? cause
      : damaged('its list of parts cannot be read', cause)
  }
  return {
    part: (name) => {
      const entry = entries.get(name.toLowerCase())
      if (entry === undefined) return undefined
      checked(entry, limits)
      return { size: entry.uncompressedSize, text: () => unpacked(zip, entry) }
    },
    close: () => zip.close(),
  }
}
