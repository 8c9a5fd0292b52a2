// Random bytes, drawn from the system by the thousand: asked for a dozen at a time, the asking costs more than what they are for.
import { randomBytes } from 'node:crypto'

const drawnAtOnce = 8192
let left = Buffer.alloc(0)

/** @param length bytes, far fewer than are drawn at once. They are given once and kept nowhere else. */
export const chance = (length: number): Buffer => {
  if (left.length < length) left = randomBytes(drawnAtOnce)
  const given = Buffer.from(left.subarray(0, length))
  left.fill(0, 0, length)
  left = left.subarray(length)
  return given
}
