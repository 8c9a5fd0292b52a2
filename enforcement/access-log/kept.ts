// The checkpoints that are kept beside the database, compared with it: a database put back from an older backup would go on as another log.
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { type Pool, statementsOn } from '../../platform/database.ts'
import { Unavailable } from '../../platform/errors.ts'
import { rootOfLog } from './proof.ts'

export const keptFile = (folder: string): string => join(folder, 'checkpoints.txt')

type Kept = { readonly size: number; readonly root: Buffer }

const notes = /^(\S+\n(\d+)\n([A-Za-z0-9+/=]+)\n)\n\u2014 \S+ (\S+)\n/gm

/**
 * The newest of the file, if there is one; what follows its last whole note is half of one, of a killed process.
 * @throws Unavailable when it was signed with another key.
 */
const newestKept = (folder: string, key: KeyObject): Kept | undefined => {
  const file = keptFile(folder)
  if (!existsSync(file)) return undefined
  const text = readFileSync(file, 'utf8')
  const last = [...text.matchAll(notes)].at(-1)
  if (last === undefined) return undefined
  const [, body = '', size = '', root = '', signature = ''] = last
  if (!verify(null, Buffer.from(body), createPublicKey(key), Buffer.from(signature, 'base64').subarray(4)))
    throw new Unavailable('log.checkpoints-foreign', {
      detail: `the newest checkpoint of ${file} was not signed with this register's key (access-log.key): put the key back, or keep the file elsewhere and start without it`,
    })
  return { size: Number(size), root: Buffer.from(root, 'base64') }
}

export type Standing = {
  readonly pool: Pool
  readonly folder: string
  readonly signingKey: KeyObject
  /** Lines in the database. */
  readonly size: number
  /** The size of the newest kept checkpoint that the operator knowingly gives up. */
  readonly givenUp?: number | undefined
}

/**
 * Compares the log with the newest checkpoint that was kept. Returns the size that was given up, when it was; its file is set aside then.
 * @throws Unavailable `log.older-than-kept` or `log.differs-from-kept`, with how to go on.
 */
export const comparedWithKept = async ({
  pool,
  folder,
  signingKey,
  size,
  givenUp,
}: Standing): Promise<number | undefined> => {
  const kept = newestKept(folder, signingKey)
  if (kept === undefined) return undefined
  const shorter = size < kept.size
  const db = statementsOn(pool, () => undefined)
  if (!shorter && (await rootOfLog(db, kept.size)).equals(kept.root)) return undefined
  if (givenUp === kept.size) {
    renameSync(keptFile(folder), join(folder, `checkpoints-given-up-${kept.size}.txt`))
    return kept.size
  }
  throw new Unavailable(shorter ? 'log.older-than-kept' : 'log.differs-from-kept', {
    detail: `the access log of this database ${
      shorter ? `has ${size} lines` : `is not the one that was signed at ${kept.size} lines`
    }, and ${keptFile(folder)} holds a signed checkpoint of ${kept.size}: the database was restored from an older backup, or is another one.
Start with the newest database that there is. If what it held is lost for good, start once with LOG_RESTORED=${kept.size}: the checkpoints are
set aside in the same folder, and the log itself tells what was given up.`,
  })
}
