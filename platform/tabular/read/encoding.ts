// Which encoding a text file is in, and the decoding of its cells.
import { isAscii, isUtf8 } from 'node:buffer'
import { type Encoding, refusal } from '../table.ts'
import { headOf, type Source } from './source.ts'

/** What the bytes 0x80 to 0x9F mean in Windows-1252; five of them mean nothing. */
const high = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ'

/** Of a text that was decoded as Latin-1, which differs in these bytes alone. */
export const windows1252 = (latin1: string): string =>
  latin1.replace(/[\x80-\x9f]/g, (sign) => high[sign.charCodeAt(0) - 0x80] ?? sign)

/** Length of the UTF-8 sequence that the byte begins; 0 when none can begin so. */
const sequenceLength = (lead: number): number =>
  lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0

/** Undecodable bytes become U+FFFD. */
export const decoded = (bytes: Buffer, from: number, to: number, encoding: Encoding): string =>
  encoding === 'utf-8' ? bytes.toString('utf8', from, to) : windows1252(bytes.toString('latin1', from, to))

/** Offset of the first byte that is not in the encoding, at or after `from`; -1 when there is none. */
export const firstUndecodable = (bytes: Buffer, from: number, to: number, encoding: Encoding): number => {
  if (encoding === 'windows-1252') {
    const at = decoded(bytes, from, to, encoding).indexOf('\ufffd')
    return at < 0 ? -1 : from + at
  }
  if (isUtf8(bytes.subarray(from, to))) return -1
  for (let at = from; at < to;) {
    const length = sequenceLength(bytes.readUInt8(at))
    if (length === 0 || at + length > to || !isUtf8(bytes.subarray(at, at + length))) return at
    at += length
  }
  return -1
}

/**
 * A whole text in Windows-1252 hardly ever holds a valid UTF-8 sequence, and one damaged byte must not turn a UTF-8 file into gibberish: the
 * majority decides. A sequence that the end of the sample cuts counts for neither.
 */
const majority = (sample: Buffer): Encoding => {
  let [sound, broken] = [0, 0]
  for (let at = 0; at < sample.length;) {
    const length = sequenceLength(sample.readUInt8(at))
    if (at + length > sample.length) break
    const valid = length > 0 && isUtf8(sample.subarray(at, at + length))
    if (!valid) broken++
    else if (length > 1) sound++
    at += valid ? length : 1
  }
  return broken > sound ? 'windows-1252' : 'utf-8'
}

const sampleSize = 65_536

/**
 * The first part of the file that is not plain ASCII decides, however late it comes: a customer list may well go through all A and B before its first ä.
 * @throws Invalid for UTF-16, UTF-32 and what is no text at all
 */
export const detectEncoding = async (source: Source): Promise<{ encoding: Encoding; marked: boolean }> => {
  const head = await headOf(source, sampleSize)
  const mark = head.toString('hex', 0, 3)
  if (mark === 'efbbbf') return { encoding: 'utf-8', marked: true }
  const nuls = head.reduce((count, byte) => (byte === 0 ? count + 1 : count), 0)
  if (mark.startsWith('fffe') || mark.startsWith('feff') || nuls > head.length / 5)
    throw refusal(
      'encoding-unknown',
      'the file is UTF-16 or no text at all; save it as "CSV UTF-8" and bring it again',
      415,
    )
  const sample = Buffer.allocUnsafe(sampleSize)
  for (let offset = 0; offset < source.size; offset += sampleSize) {
    const part = sample.subarray(0, await source.read(sample, offset))
    // Not from the middle of a sequence: the part before it was ASCII to its end.
    if (!isAscii(part)) return { encoding: majority(part), marked: false }
  }
  return { encoding: 'utf-8', marked: false }
}
