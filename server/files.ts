// Files on their way in and out of the register: streamed to and from the disk, never whole in memory.
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Invalid } from '../platform/errors.ts'
import { type MasterKeys, newDataKey } from '../platform/keys.ts'
import { sealing } from '../platform/sealed-file.ts'
import type { BroughtFile, GivenFile } from '../register/endpoint.ts'

const tooLarge = (most: number) =>
  new Invalid('file.too-large', {
    status: 413,
    faults: [{ path: 'file', code: 'file.too-large', message: `a file may have ${most} bytes; divide it` }],
  })

/**
 * The one file of a multipart request, kept under a name of our own in the folder, sealed under a key of its own.
 * @throws Invalid without a file, or when it is larger than `most`; nothing of it is left then.
 */
export const receiveFile = async (
  request: FastifyRequest,
  folder: string,
  most: number,
  keys: MasterKeys,
): Promise<BroughtFile> => {
  if (!request.isMultipart()) throw new Invalid('file.missing', { status: 415 })
  const part = await request.file({ limits: { fileSize: most, files: 1, fields: 0, parts: 1 } })
  if (part === undefined) throw new Invalid('file.missing', { status: 422 })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const stored_as = randomUUID()
  const path = join(folder, stored_as)
  const { key, wrapped, key_version } = newDataKey(keys, `import_job|${stored_as}`)
  const hash = createHash('sha256')
  let bytes = 0
  const measured = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(part.file, measured, sealing(key), createWriteStream(path, { mode: 0o600, flags: 'wx' }))
    if (part.file.truncated) throw tooLarge(most)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  // What a browser calls it: shown to people, never a path.
  const file_name =
    part.filename
      .replace(/^.*[\\/]/, '')
      .replaceAll(/\p{Cc}/gu, '')
      .slice(0, 200) || 'file'
  return { file_name, stored_as, bytes, sha256: hash.digest('hex'), data_key: wrapped, key_version }
}

export const forgetFile = (folder: string, { stored_as }: BroughtFile): Promise<void> =>
  rm(join(folder, stored_as), { force: true })

export const sendFile = (reply: FastifyReply, { name, type, write }: GivenFile): FastifyReply => {
  const stream = new PassThrough()
  write(stream).catch((error: Error) => stream.destroy(error))
  return reply
    .type(type)
    .header(
      'content-disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    )
    .send(stream)
}
