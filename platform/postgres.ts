// The database server: an embedded PostgreSQL 18 of our own on a data folder, or a server that DATABASE_URL names. The programs start here.
import type { ChildProcess } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Login } from './database.ts'
import { Invalid, Unavailable } from './errors.ts'
import { accountFor, placeFor } from './postgres/account.ts'
import { ensureCluster, secretOf, superuser } from './postgres/cluster.ts'
import { type Parameters, parametersFor } from './postgres/parameters.ts'
import { askToStop, ended, joinUsers, lastWords, launch, logFile, port, runningOn } from './postgres/postmaster.ts'
import { findPrograms, type Programs } from './postgres/programs.ts'

export type ServerLogin = Login & { readonly ssl?: NonNullable<pg.ClientConfig['ssl']> }

export type Postgres = {
  /** May create roles and databases. Logins of the same server differ in user, password and database alone. */
  readonly superuser: ServerLogin
  readonly startedAt: Date
  /** Ends our use of the server; the embedded one stops with its last user. */
  readonly stop: () => Promise<void>
}

/** A crashed server's children hold its shared memory for a moment after it, and a racing starter's lock file is there before its server. */
const passing = /still in use|lock file/
/** Milliseconds. Recovery after a crash may be long; a server that calls itself ready and stays silent is not worth the wait. */
const patience = { crashed: 15_000, silent: 30_000, start: 600_000, stop: 60_000 }

const ask = async <Row extends pg.QueryResultRow>(login: pg.ClientConfig, statement: string): Promise<Row> => {
  const client = new pg.Client({ ...login, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query<Row>(statement)).rows[0] as Row
  } finally {
    await client.end().catch(() => undefined)
  }
}

const goingDown = ['57P01', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT']

/** Whether it takes connections now; false also for one that is on its way up or down. */
const answers = async (login: ServerLogin, durable: boolean): Promise<boolean> => {
  try {
    const { fsync } = await ask<{ fsync: string }>(login, `select current_setting('fsync') as fsync`)
    if (durable && fsync === 'off')
      throw new Unavailable('postgres.not-durable', {
        detail: `the server that runs in ${login.host} was started for tests and flushes nothing to disk: stop it first, or name another DATA_DIR`,
      })
    return true
  } catch (error) {
    // Without a code: it hung up in the middle of a word, as one that is being stopped does.
    const { code } = error as { code?: string }
    if (code === undefined ? !(error instanceof Unavailable) : goingDown.includes(code)) return false
    throw error
  }
}

/** Waits for a server that answers on the folder, and starts one whenever there is none. */
const reach = async (dataDir: string, durable: boolean, start: () => ChildProcess): Promise<Omit<Postgres, 'stop'>> => {
  const begun = Date.now()
  const passed = (): number => Date.now() - begun
  let child: ChildProcess | undefined
  let readySince = Infinity
  for (;;) {
    const server = runningOn(dataDir)
    if (server?.ready) {
      const login = { host: server.socketDir, port, database: 'postgres', user: superuser, password: secretOf(dataDir) }
      if (await answers(login, durable)) return { superuser: login, startedAt: server.startedAt }
      readySince = Math.min(readySince, passed())
    }
    if (server === undefined && child === undefined) child = start()
    if (server === undefined && child !== undefined && ended(child)) {
      if (!passing.test(lastWords(dataDir)) || passed() > patience.crashed)
        throw new Unavailable('postgres.did-not-start', {
          detail: `the server on ${dataDir} ended at once: ${lastWords(dataDir)}`,
        })
      await sleep(100)
      child = undefined
    }
    if (passed() > patience.start || passed() - readySince > patience.silent)
      throw new Unavailable('postgres.not-ready', {
        detail: `the server on ${dataDir} does not take connections after ${Math.round(passed() / 1000)} s; see ${logFile(dataDir)}`,
      })
    await sleep(10)
  }
}

/**
 * Starts the embedded server on `dataDir` (made when it is not there), or joins the one that already runs on it, and waits until it answers.
 * Takes about 1.5 s the first time, 0.35 s afterwards, 0.03 s to join; longer after a crash, while what was committed is recovered.
 * @param durable false only for tests: faster, and lost with the machine.
 * @param settings server parameters over our own; they take effect when this call starts the server, not when it joins one.
 * @throws Unavailable, saying what is wrong with the folder, the programs or the account.
 */
export const startPostgres = async ({
  dataDir: asked,
  durable,
  settings = {},
}: {
  readonly dataDir: string
  readonly durable: boolean
  readonly settings?: Parameters
}): Promise<Postgres> => {
  if (process.platform === 'win32')
    throw new Unavailable('postgres.not-on-windows', {
      detail: 'the embedded database needs Unix sockets: run under WSL, or give DATABASE_URL',
    })
  const account = accountFor(resolve(asked))
  const dataDir = placeFor(resolve(asked), account)
  let programs: Programs | undefined
  if (runningOn(dataDir) === undefined) {
    programs = findPrograms(account, dirname(dataDir))
    ensureCluster(dataDir, account, programs, durable)
  }
  const leave = joinUsers(dataDir, account)
  const leaveAtExit = (): void => {
    if (leave()) askToStop(dataDir)
  }
  process.once('exit', leaveAtExit)

  const stop = async (): Promise<void> => {
    process.off('exit', leaveAtExit)
    if (!leave()) return
    const running = askToStop(dataDir)
    const until = Date.now() + patience.stop
    while (running()) {
      if (Date.now() > until)
        throw new Unavailable('postgres.does-not-stop', {
          detail: `the server on ${dataDir} has not stopped within ${patience.stop / 1000} s; see ${logFile(dataDir)}`,
        })
      await sleep(10)
    }
  }

  const start = (): ChildProcess => {
    programs ??= findPrograms(account, dirname(dataDir))
    return launch(dataDir, account, programs, { ...parametersFor(durable), ...settings })
  }
  try {
    return { ...(await reach(dataDir, durable, start)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * The server that DATABASE_URL names, in the shape of the embedded one; `stop` does nothing to it.
 * @throws Invalid when the address is none; Unavailable when nobody answers there, the server is older than 18, or the role may not create
 * roles, or objects in its database.
 */
export const connectTo = async (databaseUrl: string): Promise<Postgres> => {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new Invalid('settings.database-url', {
      detail: 'DATABASE_URL is not an address of PostgreSQL; write postgresql://user:password@host:port/database',
    })
  const { host, port, user = '', password = '', database = '', ssl } = new pg.Client({ connectionString: databaseUrl })
  const login: ServerLogin = { host, port, user, password: password ?? '', database, ...(ssl ? { ssl } : {}) }
  const place = `${host}:${port}/${database}`
  let found
  try {
    found = await ask<{ version: number; roles: boolean; objects: boolean; started: Date }>(
      login,
      `select current_setting('server_version_num')::int as version, rolsuper or rolcreaterole as roles,
         has_database_privilege(current_database(), 'create') as objects, pg_postmaster_start_time() as started
       from pg_roles where rolname = current_user`,
    )
  } catch (cause) {
    throw new Unavailable('database.unreachable', {
      detail: `DATABASE_URL leads to ${place} and user ${user}, which do not let us in: ${(cause as Error).message}`,
      cause,
    })
  }
  const refuse = (code: string, what: string): never => {
    throw new Unavailable(code, { detail: `DATABASE_URL leads to ${place}: ${what}` })
  }
  if (found.version < 180_000)
    refuse(
      'database.too-old',
      `its PostgreSQL is ${Math.floor(found.version / 10_000)}, and 18 is the least that will do`,
    )
  if (!found.roles)
    refuse(
      'database.no-create-role',
      `user ${user} may not create roles; as a superuser run: alter role "${user}" createrole`,
    )
  if (!found.objects)
    refuse(
      'database.no-create',
      `user ${user} may not create in it; as its owner run: grant create on database "${database}" to "${user}"`,
    )
  return { superuser: login, startedAt: found.started, stop: async () => undefined }
}
