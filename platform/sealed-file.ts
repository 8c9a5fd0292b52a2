// Files at rest: AES-256-GCM in pieces, so that they are written as a stream and read from any place, never whole in memory.
import type { KeyObject } from 'node:crypto'
import { open } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { Invalid } from './errors.ts'
import { seal, unseal } from './keys.ts'
import { fileSource, type Source } from './tabular/index.ts'

const beginning = Buffer.from('sealed/1\n')
const piece = 65_536
const extra = 28

/** Names the place of a piece, and that it is the last: none can be moved, and a file that was cut off is found out. */
const bound = (index: number, last: boolean): string => `${index}${last ? ' last' : ''}`

/** What is written into it comes out sealed. The key is this file's alone. */
export const sealing = (key: KeyObject): Transform => {
  let waiting: Buffer = Buffer.alloc(0)
  let [index, begun] = [0, false]
  const begin = (to: Transform): void => {
    if (!begun) to.push(beginning)
    begun = true
  }
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      begin(this)
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
      // A full piece is held back until it is known not to be the last.
      for (; waiting.length > piece; waiting = waiting.subarray(piece))
        this.push(seal(key, waiting.subarray(0, piece), bound(index++, false)))
      done()
    },
    flush(done) {
      begin(this)
      this.push(seal(key, waiting, bound(index, true)))
      done()
    },
  })
}

/** Pieces that are kept open: a workbook is read in two places at once. */
const kept = 4

/**
 * Reads what `sealing` wrote; a file from before there was any sealing is read as it stands.
 * @throws Invalid `file.damaged` for a piece that was altered, moved or cut off, or that another key sealed
 */
export const openSealed = async (path: string, key: KeyObject): Promise<Source> => {
  const plain = await fileSource(path)
  const head = Buffer.alloc(beginning.length)
  if ((await plain.read(head, 0)) < head.length || !head.equals(beginning)) return plain
  await plain.close()
  const file = await open(path)
  const { size: whole } = await file.stat()
  const sealed = whole - beginning.length
  const pieces = Math.ceil(sealed / (piece + extra))
  const size = sealed - pieces * extra
  const opened = new Map<number, Buffer>()
  const damaged = (index: number, cause?: unknown) =>
    new Invalid('file.damaged', {
      status: 422,
      detail: `${path}, piece ${index + 1} of ${pieces}, cannot be opened`,
      cause,
    })

  const pieceAt = async (index: number): Promise<Buffer> => {
    const known = opened.get(index)
    if (known !== undefined) return known
    const length = Math.min(piece + extra, sealed - index * (piece + extra))
    const bytes = Buffer.allocUnsafe(length)
    const { bytesRead } = await file.read(bytes, 0, length, beginning.length + index * (piece + extra))
    if (bytesRead < length || length < extra) throw damaged(index)
    let text: Buffer
    try {
      text = unseal(key, bytes, bound(index, index === pieces - 1))
    } catch (cause) {
      throw damaged(index, cause)
    }
    opened.set(index, text)
    if (opened.size > kept) opened.delete(opened.keys().next().value as number)
    return text
  }
  return {
    size,
    read: async (into, offset) => {
      let filled = 0
      while (filled < into.length && offset + filled < size) {
        const at = offset + filled
        const text = await pieceAt(Math.floor(at / piece))
        filled += text.copy(into, filled, at % piece)
      }
      return filled
    },
    close: () => file.close(),
  }
}
