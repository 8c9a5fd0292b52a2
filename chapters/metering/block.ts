// A day's values as one block: whole watt-hours, less a base, in the fewest bits that hold them all. The format is kept for decades: see docs/decisions/energy.md.
import { qualities } from './api.ts'

/**
 * `format u8 · count u8 · width u8 · base i32, little-endian · count × width bits, the lowest bit first`. The first byte tells a later
 * format from this one.
 */
const format = 1
const header = 7
const [least, greatest] = [-(2 ** 31), 2 ** 31 - 1]

/** What a value can be: a day's quarter of anything that a utility delivers to one point is well within. */
export const fits = (value: number): boolean => Number.isInteger(value) && value >= least && value <= greatest

/** Up to this width what waits and the next value are within the 32 bits of an integer, which is several times quicker than a number with a fraction. */
const narrow = 24

/** @param values Wh, whole, each of them such that `fits`; at most 255. */
export const packed = (values: Int32Array): Buffer => {
  let [base, top] = [greatest, least]
  for (const value of values) {
    if (value < base) base = value
    if (value > top) top = value
  }
  if (values.length === 0) [base, top] = [0, 0]
  const width = 32 - Math.clz32((top - base) >>> 0)
  const block = Buffer.allocUnsafe(header + ((values.length * width + 7) >>> 3))
  block[0] = format
  block[1] = values.length
  block[2] = width
  block.writeInt32LE(base, 3)
  let [waiting, bits, at] = [0, 0, header]
  if (width <= narrow)
    for (const value of values) {
      waiting |= (value - base) << bits
      for (bits += width; bits >= 8; bits -= 8) {
        block[at++] = waiting
        waiting >>>= 8
      }
    }
  // What waits to be written is never more than 39 bits: more than an integer's 32, and exact as a number.
  else
    for (const value of values) {
      waiting += (value - base) * 2 ** bits
      for (bits += width; bits >= 8; bits -= 8) {
        block[at++] = waiting % 256
        waiting = Math.floor(waiting / 256)
      }
    }
  if (bits > 0) block[at] = waiting
  return block
}

/** @throws RangeError for what is no block of a format that is known: the database holds something that was not written here. */
export const unpacked = (block: Uint8Array): Int32Array => {
  const [kind, count = 0, width = 0] = block
  if (kind !== format || width > 32 || block.length !== header + Math.ceil((count * width) / 8))
    throw new RangeError(`a block of ${block.length} bytes begins with ${kind}, ${count}, ${width}`)
  const base = new DataView(block.buffer, block.byteOffset).getInt32(3, true)
  const values = new Int32Array(count)
  const size = 2 ** width
  let [waiting, bits, at] = [0, 0, header]
  if (width <= narrow)
    for (let i = 0; i < count; i++) {
      for (; bits < width; bits += 8) waiting |= (block[at++] ?? 0) << bits
      values[i] = base + (waiting & (size - 1))
      waiting >>>= width
      bits -= width
    }
  else
    for (let i = 0; i < count; i++) {
      for (; bits < width; bits += 8) waiting += (block[at++] ?? 0) * 2 ** bits
      values[i] = base + (waiting % size)
      waiting = Math.floor(waiting / size)
      bits -= width
    }
  return values
}

const measured = 0
const missing = qualities.indexOf('missing')
const estimated = qualities.indexOf('estimated')

/** Four bits a value; nothing when all were measured, as nearly every day is. */
export const packedQualities = (of: Uint8Array): Buffer | null => {
  let said = measured
  for (const each of of) said |= each
  if (said === measured) return null
  const block = Buffer.alloc((of.length + 1) >>> 1)
  for (let i = 0; i < of.length; i++) block[i >> 1] = (block[i >> 1] ?? 0) | ((of[i] ?? 0) << ((i & 1) * 4))
  return block
}

export const unpackedQualities = (block: Uint8Array | null, count: number): Uint8Array => {
  const qualities = new Uint8Array(count)
  if (block !== null) for (let i = 0; i < count; i++) qualities[i] = ((block[i >> 1] ?? 0) >> ((i & 1) * 4)) & 15
  return qualities
}

/** Sum in Wh: exact, since 255 values of 31 bits are within a number's 53. */
export const totalOf = (values: Int32Array): number => {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

/** How many values are not there, or were estimated in their stead. */
export const lackingOf = (of: Uint8Array): number => {
  let count = 0
  for (const each of of) if (each === missing || each === estimated) count++
  return count
}
