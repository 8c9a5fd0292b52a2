// Makes the database cluster of a data folder, once and whole, and keeps the secret that opens it inside. For postgres.ts alone.
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Unavailable } from '../errors.ts'
import { type Account, runAs } from './account.ts'
import type { Programs } from './programs.ts'

export const superuser = 'postgres'
const secretFile = 'superuser.secret'

export const secretOf = (dataDir: string): string => readFileSync(join(dataDir, secretFile), 'utf8')

export const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** What a killed initdb left behind. */
const sweep = (dataDir: string): void => {
  const begun = `${basename(dataDir)}.init-`
  for (const name of readdirSync(dirname(dataDir)))
    if (name.startsWith(begun) && !alive(Number(name.slice(begun.length))))
      rmSync(join(dirname(dataDir), name), { recursive: true, force: true })
}

const initialise = (dataDir: string, account: Account, { initdb }: Programs, durable: boolean): void => {
  const making = `${dataDir}.init-${process.pid}`
  const secret = join(making, secretFile)
  const cluster = join(making, 'cluster')
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { mode: 0o700 })
  writeFileSync(secret, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true })
  if (account.ids !== undefined) for (const path of [making, secret]) chownSync(path, account.ids.uid, account.ids.gid)
  try {
    const { status, stderr, error } = runAs(account, initdb, [
      `--pgdata=${cluster}`,
      `--username=${superuser}`,
      `--pwfile=${secret}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=icu',
      '--icu-locale=fi-FI',
      // Not C: pg_trgm asks this one what a letter is, and in C it breaks words at å, ä and ö.
      `--locale=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
      '--lc-messages=C',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ])
    if (status !== 0)
      throw new Unavailable('postgres.not-made', {
        detail: `initdb could not make ${dataDir}: ${(error?.message ?? stderr).trim()}`,
      })
    renameSync(secret, join(cluster, secretFile))
    // Whole or not at all: a half-made folder would block every later start, and of two starters one wins.
    renameSync(cluster, dataDir)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

/**
 * After this, `dataDir` holds a cluster that these programs can run: ICU fi-FI, UTF-8, scram-sha-256 for everyone.
 * @throws Unavailable when the folder holds something else, or a cluster of another major version.
 */
export const ensureCluster = (dataDir: string, account: Account, programs: Programs, durable: boolean): void => {
  if (!existsSync(join(dataDir, 'PG_VERSION'))) {
    if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
      throw new Unavailable('postgres.not-a-cluster', {
        detail: `${dataDir} holds files but no database: move them away, or name another DATA_DIR`,
      })
    sweep(dataDir)
    initialise(dataDir, account, programs, durable)
  }
  const major = Number(readFileSync(join(dataDir, 'PG_VERSION'), 'utf8'))
  if (major !== programs.major)
    throw new Unavailable('postgres.other-version', {
      detail: `${dataDir} was made by PostgreSQL ${major} and this one is ${programs.major}: start the old version and move the data by a backup`,
    })
  if (!existsSync(join(dataDir, secretFile)))
    throw new Unavailable('postgres.not-ours', {
      detail: `${join(dataDir, secretFile)} is missing, so nobody can sign in to this cluster: put the file back from a backup, or give DATABASE_URL`,
    })
}
