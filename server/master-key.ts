// The master keys: from the environment, from a file, or made once in the data folder (development and demonstration).
import { generateKeyPairSync, type KeyObject, createPrivateKey, randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Unavailable } from '../platform/errors.ts'
import { masterKeys, type MasterKeys } from '../platform/keys.ts'
import type { Settings } from '../platform/settings.ts'

/** Stands where a key stood, so that the others keep their numbers. */
const removed = 'removed'

const roots = (lines: readonly string[], where: string): MasterKeys => {
  const wrong = lines.findIndex((line) => line !== removed && !/^[0-9a-f]{64}$/i.test(line))
  if (wrong >= 0 || lines.length === 0)
    throw new Unavailable('keys.unusable', {
      detail: `${where}, key ${wrong + 1}: a master key is 64 hexadecimal digits, one to a line, oldest first; \`${removed}\` keeps the place of one that is gone`,
    })
  return masterKeys(lines.map((line) => (line === removed ? undefined : Buffer.from(line, 'hex'))))
}

/** Written beside and renamed, readable by its owner alone: a crash leaves all of it or none. */
const madeOnce = async (file: string, make: () => string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const half = `${file}.${process.pid}`
    await writeFile(half, make(), { mode: 0o600 })
    await rename(half, file)
    return readFile(file, 'utf8')
  }
}

const lines = (text: string) => text.split(/[\s,]+/).filter((line) => line !== '')

export const readMasterKeys = async (settings: Settings): Promise<MasterKeys> => {
  if (settings.MASTER_KEY !== '') return roots(lines(settings.MASTER_KEY), 'MASTER_KEY')
  if (settings.MASTER_KEY_FILE !== '') {
    const text = await readFile(settings.MASTER_KEY_FILE, 'utf8').catch((cause: unknown) => {
      throw new Unavailable('keys.missing', {
        detail: `MASTER_KEY_FILE ${settings.MASTER_KEY_FILE} cannot be read`,
        cause,
      })
    })
    return roots(lines(text), settings.MASTER_KEY_FILE)
  }
  const file = join(settings.DATA_DIR, 'master.key')
  return roots(lines(await madeOnce(file, () => `${randomBytes(32).toString('hex')}\n`)), file)
}

/** The key that signs the checkpoints of the access log (Ed25519). */
export const readLogKey = async (settings: Settings): Promise<KeyObject> =>
  createPrivateKey(
    await madeOnce(join(settings.DATA_DIR, 'access-log.key'), () =>
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ),
  )

/** The file that holds the keys. @throws Unavailable when they come from the environment, which only its owner can change */
const keyFile = (settings: Settings, mend: string): string => {
  if (settings.MASTER_KEY !== '')
    throw new Unavailable('keys.in-environment', { detail: `the keys come from MASTER_KEY: ${mend}` })
  return settings.MASTER_KEY_FILE === '' ? join(settings.DATA_DIR, 'master.key') : settings.MASTER_KEY_FILE
}

/** Written beside and renamed: all of it or none. */
const rewritten = async (file: string, keys: readonly string[]): Promise<string> => {
  const half = `${file}.${process.pid}`
  await writeFile(half, keys.map((key) => `${key}\n`).join(''), { mode: 0o600, flush: true })
  await rename(half, file)
  return file
}

/**
 * Adds a new current key at the end of the file; the one before stays for what is still under it.
 * @returns the file.
 * @throws Unavailable while two keys stand there: the older of them is removed first.
 */
export const addMasterKey = async (settings: Settings): Promise<string> => {
  const fresh = randomBytes(32).toString('hex')
  const file = keyFile(settings, `add a key of 64 hexadecimal digits at its end, for example ${fresh}`)
  const keys = await readMasterKeys(settings)
  if (keys.oldest !== keys.current)
    throw new Unavailable('keys.changing', {
      detail: `master key ${keys.current} has not taken over from ${keys.oldest} yet: wrap, then remove, before the next is added`,
    })
  return rewritten(file, [...lines(await readFile(file, 'utf8')), fresh])
}

/** Takes the oldest of two keys out of the file; what is asked first is for the caller to have asked. @returns the file. */
export const dropOldestKey = async (settings: Settings, { oldest }: MasterKeys): Promise<string> => {
  const file = keyFile(settings, `write \`${removed}\` in the place of key ${oldest}`)
  return rewritten(
    file,
    lines(await readFile(file, 'utf8')).map((line, i) => (i + 1 === oldest ? removed : line)),
  )
}
