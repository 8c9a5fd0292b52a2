// The server process of a data folder: what postmaster.pid says of it, starting one, who uses it, stopping it. For postgres.ts alone.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Account, bareEnvironment } from './account.ts'
import { alive } from './cluster.ts'
import type { Parameters } from './parameters.ts'
import type { Programs } from './programs.ts'

export const port = 5432
const temporary = join(tmpdir(), 'asiakasrekisteri-socket-')

export type Postmaster = {
  readonly pid: number
  readonly startedAt: Date
  readonly socketDir: string
  readonly ready: boolean
}

const isServerOf = (dataDir: string, pid: number): boolean => {
  if (!alive(pid)) return false
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dataDir)
  } catch {
    return spawnSync('ps', ['-p', `${pid}`, '-o', 'command='], { encoding: 'utf8' }).stdout?.includes(dataDir) ?? false
  }
}

const removeSocketDir = (folder: string): void => {
  if (folder.startsWith(temporary)) rmSync(folder, { recursive: true, force: true })
}

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Undefined when no server runs on the folder; what a dead one left is cleared away. */
export const runningOn = (dataDir: string): Postmaster | undefined => {
  const file = join(dataDir, 'postmaster.pid')
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  // The server takes its file along when it ends, which may be between the two looks.
  const text = written === undefined ? undefined : readIfThere(file)
  if (written === undefined || text === undefined) return undefined
  // The server fills the file as it gets there; one that stays empty is what a crash of the machine left.
  const justBorn = Date.now() - written < 10_000
  const [pid = '', , startedAt, , socketDir = '', , , status = ''] = text.split('\n')
  if (pid === '' ? justBorn : isServerOf(dataDir, Number(pid)))
    return {
      pid: Number(pid),
      startedAt: new Date(Number(startedAt) * 1000),
      socketDir,
      ready: status.trim() === 'ready',
    }
  removeSocketDir(socketDir)
  // After a restart of the machine the number may be another program's, and PostgreSQL would take that for a server.
  if (pid === '' || alive(Number(pid))) rmSync(file, { force: true })
  return undefined
}

const own = (path: string, { ids }: Account): void => {
  if (ids !== undefined) chownSync(path, ids.uid, ids.gid)
}

/** The data folder itself (mode 700), unless the address would be longer than the kernel's 104 to 108 bytes. */
const socketDirFor = (dataDir: string, account: Account): string => {
  if (Buffer.byteLength(join(dataDir, `.s.PGSQL.${port}`)) < 104) return dataDir
  const folder = mkdtempSync(temporary)
  own(folder, account)
  return folder
}

export const logFile = (dataDir: string): string => join(dataDir, 'server.log')

export const lastWords = (dataDir: string): string =>
  readFileSync(logFile(dataDir), 'utf8').trimEnd().split('\n').slice(-4).join('; ')

export const ended = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null

/** Starts a server that outlives us if we are killed. Of two on one folder the second ends at once: PostgreSQL sees to that. */
export const launch = (dataDir: string, account: Account, programs: Programs, parameters: Parameters): ChildProcess => {
  const log = logFile(dataDir)
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 1024 ** 2) renameSync(log, `${log}.1`)
  const output = openSync(log, 'a', 0o600)
  own(log, account)
  const socketDir = socketDirFor(dataDir, account)
  const settings = { ...parameters, unix_socket_directories: socketDir }
  const child = spawn(
    programs.postgres,
    [
      '-D',
      dataDir,
      '-p',
      `${port}`,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    // Its own process group, so that Ctrl-C reaches us alone and requests in flight still find a database.
    { ...account.ids, cwd: dirname(dataDir), env: bareEnvironment, stdio: ['ignore', output, output], detached: true },
  )
  closeSync(output)
  child.unref()
  child.once('exit', () => removeSocketDir(socketDir))
  child.once('error', () => removeSocketDir(socketDir))
  return child
}

/** Marks this process as a user of the server; the function returned takes the mark away and tells whether we were the last. */
export const joinUsers = (dataDir: string, account: Account): (() => boolean) => {
  const folder = join(dataDir, 'users')
  const mark = join(folder, `${process.pid}-${randomBytes(4).toString('hex')}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  own(folder, account)
  writeFileSync(mark, '', { mode: 0o600 })
  return () => {
    rmSync(mark, { force: true })
    return !readdirSync(folder).some((name) => {
      if (alive(Number.parseInt(name, 10))) return true
      rmSync(join(folder, name), { force: true })
      return false
    })
  }
}

/** Asks the server to end: it breaks off what runs and writes everything down. The function returned tells whether it is still there. */
export const askToStop = (dataDir: string): (() => boolean) => {
  const { pid, socketDir } = runningOn(dataDir) ?? { pid: 0, socketDir: '' }
  if (pid > 0) process.kill(pid, 'SIGINT')
  return () => {
    if (pid > 0 && isServerOf(dataDir, pid)) return true
    removeSocketDir(socketDir)
    return false
  }
}
