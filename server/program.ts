// The whole product in one process: database, declaration, access log, desk, notice and API on one port. bin/start.ts runs it; tests may too.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { forgetViews } from '../chapters/access/index.ts'
import { openSearch, readWords } from '../chapters/customers/index.ts'
import { openImports } from '../chapters/exchange/jobs.ts'
import { openEstimation } from '../chapters/metering/estimation/jobs.ts'
import { openAccessLog, type SealedLog } from '../enforcement/access-log/log.ts'
import { accessLogRoutes } from '../enforcement/access-log/routes.ts'
import { noticeRoutes } from '../enforcement/notice/routes.ts'
import { publishedNotice, readVersions } from '../enforcement/notice/versions.ts'
import { forgetReceipts } from '../enforcement/receipts.ts'
import { openRegister, type Register } from '../enforcement/register.ts'
import { type Clock, systemClock } from '../platform/clock.ts'
import type { Login } from '../platform/database.ts'
import { connectTo, type Postgres, startPostgres } from '../platform/postgres.ts'
import { proxiesOf, type Settings, singleSignOnOf } from '../platform/settings.ts'
import { openProvider } from '../platform/single-sign-on.ts'
import { identifyBy } from './callers.ts'
import { serveDesk } from './desk.ts'
import { httpServer, sessionCookie } from './http.ts'
import { readLogKey, readMasterKeys } from './master-key.ts'
import { startNightly } from './nightly.ts'
import { openApi } from './openapi.ts'
import { routesOf } from './routes.ts'

/** The register, open on its database with its access log: what every program of the product stands on. */
export type Opened = {
  readonly register: Register
  readonly log: SealedLog
  /** Login of the tables' owner, for what comes before the register is served: reference data, a demonstration. */
  readonly owner: Login
  readonly now: () => Date
  readonly stop: () => Promise<void>
}

export type Program = Opened & { readonly url: string }

const databaseName = 'asiakasrekisteri'

/** The register's own database in the embedded server, made when it is not there. */
const ownDatabase = async (postgres: Postgres): Promise<Login> => {
  const client = new pg.Client({ ...postgres.superuser })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName])
    if (rowCount === 0) await client.query(`create database ${databaseName}`)
  } finally {
    await client.end()
  }
  return { ...postgres.superuser, database: databaseName }
}

/** The log's name in its checkpoints. */
const origin = 'asiakasrekisteri/access-log'
const minute = 60_000

/** @throws Unavailable or Invalid with a detail that names what, where and how to mend it. Nothing is left running then. */
export const openOn = async (settings: Settings, clock: Clock = systemClock): Promise<Opened> => {
  await mkdir(settings.DATA_DIR, { recursive: true })
  const stops: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).toReversed()) await each()
  }
  try {
    const keys = await readMasterKeys(settings)
    const postgres =
      settings.DATABASE_URL === ''
        ? await startPostgres({ dataDir: join(settings.DATA_DIR, 'postgres'), durable: true })
        : await connectTo(settings.DATABASE_URL)
    stops.push(() => postgres.stop())
    const owner = settings.DATABASE_URL === '' ? await ownDatabase(postgres) : postgres.superuser
    const register = await openRegister({ owner, clock, keys, registerFile: settings.REGISTER_FILE })
    stops.push(() => register.close())
    const log = await openAccessLog({
      pool: register.pool('log-sealer.security.group'),
      folder: join(settings.DATA_DIR, 'access-log'),
      signingKey: await readLogKey(settings),
      origin,
      now: clock.now,
      restored:
        settings.LOG_RESTORED === ''
          ? undefined
          : { givenUp: Number(settings.LOG_RESTORED), noticeHash: register.noticeHash },
    })
    stops.push(() => log.close())
    return { register, log, owner, now: clock.now, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Serves an open register until it is stopped: what has begun is answered, the log sealed, the database stopped if it is ours. */
export const serveProgram = async (opened: Opened, settings: Settings): Promise<Program> => {
  const { register, log, now } = opened
  const secure = settings.PUBLIC_URL.startsWith('https:')
  const searchPool = register.pool('search-index.customer-care.group')
  let words = await openSearch(searchPool)
  // New names are forgiven their typos from the next minute on; they are found as they are written at once.
  const reread = setInterval(
    () =>
      void readWords(searchPool).then(
        (now) => (words = now),
        () => undefined,
      ),
    minute,
  )
  const folder = join(settings.DATA_DIR, 'imports')
  let report = (error: unknown): void => console.error(error)
  const imports = await openImports({ register, log, now }, folder, (error) => report(error))
  let url = ''
  const signOn = singleSignOnOf(settings)
  const provider = signOn && openProvider(signOn, register.keys, () => settings.PUBLIC_URL || url)
  const routes = routesOf(register, () => words, imports, provider)
  const server = await httpServer({
    serving: { register, log, now },
    routes,
    identify: identifyBy(register, now, secure),
    logLevel: settings.LOG_LEVEL,
    secure,
    proxies: proxiesOf(settings),
    folder,
  })
  report = (error) => server.log.error({ err: error }, 'an import failed')
  const described = openApi(routes, register.description.version, sessionCookie(secure))
  server.get('/api/openapi.json', async () => described)
  server.get('/health', async () => ({ status: 'ok', noticeHash: register.noticeHash }))
  const notice = publishedNotice(register, await readVersions(opened.owner))
  noticeRoutes(server, () => notice)
  accessLogRoutes(server, log.key)
  await serveDesk(server)
  const forget = async (): Promise<void> => {
    for (const [what, forgetting] of [
      ['receipts', forgetReceipts],
      ['saved views', forgetViews],
    ] as const)
      await forgetting(register, now()).catch((error: unknown) =>
        server.log.error({ err: error }, `${what} that are over were not taken away`),
      )
  }
  await forget()
  const forgetting = setInterval(() => void forget(), 60 * minute)
  url = await server.listen({ host: settings.HOST, port: Number(settings.PORT) })
  const estimation = await openEstimation({ register, log, now }, (error) =>
    server.log.error({ err: error }, 'the estimation of missing consumption failed'),
  )
  const nightly = startNightly(
    { register, log, now },
    (error) => server.log.error({ err: error }, 'what is done every night failed'),
    [estimation.nightly],
  )
  const checkpoints = setInterval(() => void log.checkpoint().catch(() => undefined), minute)
  return {
    ...opened,
    url,
    stop: async () => {
      clearInterval(checkpoints)
      clearInterval(reread)
      clearInterval(forgetting)
      await server.close()
      await nightly.stop()
      await estimation.stop()
      await imports.stop()
      await opened.stop()
    },
  }
}
