// Bytes at any offset, of a file or of a buffer. For the readers of this folder.
import { type FileHandle, open } from 'node:fs/promises'
import { NotFound } from '../../errors.ts'
import { refusal, type Source } from '../table.ts'

export type { Source }

const ofBuffer = (bytes: Buffer): Source => ({
  size: bytes.length,
  read: (into, offset) => Promise.resolve(offset < bytes.length ? bytes.copy(into, 0, offset) : 0),
  close: () => Promise.resolve(),
})

const ofFile = (file: FileHandle, size: number): Source => ({
  size,
  read: async (into, offset) => {
    let filled = 0
    while (filled < into.length) {
      const { bytesRead } = await file.read(into, filled, into.length - filled, offset + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return filled
  },
  close: () => file.close(),
})

/** A path, the bytes of a small file, or what is opened in a way of its own. */
export type From = string | Buffer | { readonly open: () => Promise<Source> }

export const openSource = async (from: From): Promise<Source> => {
  if (Buffer.isBuffer(from)) return ofBuffer(from)
  return typeof from === 'string' ? fileSource(from) : from.open()
}

export const fileSource = async (from: string): Promise<Source> => {
  const file = await open(from).catch((cause: unknown) => {
    throw new NotFound('table.no-file', { detail: `${from} cannot be opened`, cause })
  })
  const stat = await file.stat()
  if (stat.isFile()) return ofFile(file, stat.size)
  await file.close()
  throw refusal('no-file', `${from} is not a file`)
}

/** At most `length` bytes from the beginning. */
export const headOf = async (source: Source, length: number): Promise<Buffer> => {
  const head = Buffer.allocUnsafe(Math.min(length, source.size))
  return head.subarray(0, await source.read(head, 0))
}
