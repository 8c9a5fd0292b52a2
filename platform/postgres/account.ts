// The operating-system account that the embedded server runs as, and a folder for its data that this account can reach. For postgres.ts alone.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  rmdirSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { Unavailable } from '../errors.ts'

/** `ids` undefined: our own account. PostgreSQL refuses to run as root. */
export type Account = { readonly ids: { readonly uid: number; readonly gid: number } | undefined }

/** Nothing of our own environment goes along: it may hold the master key, and the account may be another's. */
export const bareEnvironment = { PATH: process.env.PATH ?? '/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C' }

export const runAs = (account: Account, program: string, args: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync(program, args, { ...account.ids, cwd: '/', env: bareEnvironment, encoding: 'utf8' })

/** Asked of the kernel, which alone knows of access lists and of what a file server allows. */
export const reaches = (account: Account, folder: string): boolean =>
  account.ids === undefined || runAs(account, '/bin/sh', ['-c', 'cd "$0"', folder]).status === 0

const idOf = (name: string): { uid: number; gid: number } | undefined => {
  const [uid, gid] = ['-u', '-g'].map((which) => spawnSync('id', [which, name], { encoding: 'utf8' }).stdout?.trim())
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

/**
 * Who runs a server on this folder: we ourselves; or, when we are root, the owner of a cluster that is there, else `postgres`, else `nobody`.
 * @throws Unavailable when the folder belongs to somebody else.
 */
export const accountFor = (dataDir: string): Account => {
  const folder = statSync(dataDir, { throwIfNoEntry: false })
  const own = process.getuid?.()
  if (own !== 0) {
    if (folder !== undefined && folder.uid !== own)
      throw new Unavailable('postgres.not-yours', {
        detail: `${dataDir} belongs to user ${folder.uid} and this program runs as user ${own}: run it as that user or as root, or name another DATA_DIR`,
      })
    return { ids: undefined }
  }
  if (folder !== undefined && existsSync(join(dataDir, 'PG_VERSION')))
    return { ids: { uid: folder.uid, gid: folder.gid } }
  const ids = idOf('postgres') ?? idOf('nobody')
  if (ids === undefined)
    throw new Unavailable('postgres.no-account', {
      detail:
        'PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody: run this program as a plain user, or give DATABASE_URL',
    })
  return { ids }
}

const makeParents = (folder: string): void => {
  const first = mkdirSync(folder, { recursive: true, mode: 0o755 })
  // A narrow umask would lock the server's account out of folders that root has just made for it.
  if (first !== undefined && process.getuid?.() === 0)
    for (let made = folder; made.length >= first.length; made = dirname(made)) chmodSync(made, 0o755)
}

/**
 * Where the data truly lies: `dataDir` itself; or, when the account cannot reach it (a checkout in root's home), a new folder under /var/lib
 * that a link in its place leads to.
 */
export const placeFor = (dataDir: string, account: Account): string => {
  const parent = dirname(dataDir)
  makeParents(parent)
  if (lstatSync(dataDir, { throwIfNoEntry: false })?.isSymbolicLink()) {
    const target = resolve(parent, readlinkSync(dataDir))
    makeParents(dirname(target))
    return join(realpathSync(dirname(target)), basename(target))
  }
  if (reaches(account, parent)) return join(realpathSync(parent), basename(dataDir))
  if (existsSync(dataDir)) rmdirSync(dataDir)
  const elsewhere = `/var/lib/asiakasrekisteri/${randomBytes(6).toString('hex')}`
  makeParents(elsewhere)
  if (!reaches(account, elsewhere))
    throw new Unavailable('postgres.out-of-reach', {
      detail: `PostgreSQL runs as user ${account.ids?.uid} here, which can reach neither ${parent} nor ${elsewhere}: name a DATA_DIR that it can, or run this program as a plain user`,
    })
  symlinkSync(join(elsewhere, basename(dataDir)), dataDir)
  return join(elsewhere, basename(dataDir))
}
