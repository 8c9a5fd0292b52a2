// Opens the register on a database: migrates, compiles the declaration into it, compares, and refuses to go on at the first difference.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { type Clock, dayOf } from '../platform/clock.ts'
import { type Connection, type Login, openPool, type Planning, type Pool } from '../platform/database.ts'
import { Unavailable } from '../platform/errors.ts'
import type { MasterKeys } from '../platform/keys.ts'
import { migrate } from '../platform/migrate.ts'
import type { Description, Law } from '../register/description.ts'
import { lawFile, loadRegister } from '../register/read.ts'
import { tables } from '../register/tables.ts'
import type { Bundle } from './bundles.ts'
import { type Difference, differences } from './compare.ts'
import { compile, type Compiled, compiledSql } from './compile.ts'
import { recordedStructure, recordStructure, structureDifferences } from './structure.ts'
import { type Origins, readOrigins, type Verdicts } from './witness.ts'

export type Register = {
  readonly description: Description
  readonly laws: readonly Law[]
  readonly bundles: ReadonlyMap<string, Bundle>
  readonly compiled: Compiled
  readonly origins: Origins
  readonly verdicts: Verdicts
  /** Digest of everything that is declared: description, laws and tables. Hexadecimal. */
  readonly noticeHash: string
  readonly keys: MasterKeys
  /** The pool of one bundle, made when it is first used. */
  readonly pool: (login: string) => Pool
  readonly close: () => Promise<void>
}

const migrations = join(import.meta.dirname, '../migrations')

/** The same value gives the same text, whatever the order of its keys. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

export const noticeHashOf = (description: Description, laws: readonly Law[]): string =>
  createHash('sha256').update(canonical({ description, laws, tables })).digest('hex')

/** Passwords of the logins are made from a master key: nothing to store, and every process of the register knows them. */
const passwordOf = (keys: MasterKeys, login: string, version: number): string =>
  createHash('sha256')
    .update(keys.named(`login/${login}`, version).export())
    .digest('base64url')

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

const setPasswords = async (
  owner: Connection,
  bundles: readonly Bundle[],
  keys: MasterKeys,
  version: number,
): Promise<void> => {
  await owner.query(
    bundles
      .map(({ login }) => `alter role "${login}" login password ${literal(passwordOf(keys, login, version))};`)
      .join('\n'),
  )
}

/** The logins alone may enter the database. Its privileges are lost when it is copied or restored; then, and only then, they are given anew. */
const letIn = async (owner: Connection, database: string, bundles: readonly Bundle[], anew: boolean) => {
  const { rows } = await owner.query('select from pg_database where datname = current_database() and datacl is null')
  if (!anew && rows.length === 0) return
  await owner.query(
    `revoke all on database "${database}" from public;
     grant connect on database "${database}" to ${bundles.map(({ login }) => `"${login}"`).join(', ')};`,
  )
}

const refuse = (found: readonly Difference[], clock: Clock): void => {
  if (found.length > 0)
    throw new Unavailable('register.differs', {
      detail: `the database is not what the register declares; put it back or declare it (${dayOf(clock.now())}):\n  ${found.join('\n  ')}`,
    })
}

const applyLock = 4_710_002

const controllersSql = (description: Description): string =>
  description.controllers
    .map(
      ({ bit, id, name, businessId, market }) =>
        `insert into controller values (${bit}, ${literal(id)}, ${literal(name)}, ${businessId === undefined ? 'null' : literal(businessId)}, ${literal(market)})
         on conflict (bit) do update set id = excluded.id, name = excluded.name, business_id = excluded.business_id, market = excluded.market;`,
    )
    .join('\n')

type Applied = { readonly sql_hash: Buffer; readonly notice_hash: Buffer }

/** Those who write by thousands. */
const fillers = ['importer', 'search-index']

const planningOf = ({ role }: Bundle): Planning => (fillers.includes(role) ? 'anew' : 'once')

export type Opening = {
  readonly owner: Login
  readonly clock: Clock
  readonly keys: MasterKeys
  readonly registerFile?: string
  /** Connections of one bundle's pool. */
  readonly poolSize?: number
}

/**
 * @throws Unavailable `register.differs` naming every difference between the declaration and the live database. A declaration that changed
 * is compiled in first; one that did not is only compared, so that nobody's change by hand is silently mended.
 */
export const openRegister = async ({
  owner: login,
  clock,
  keys,
  registerFile,
  poolSize = 4,
}: Opening): Promise<Register> => {
  const { description, laws } = registerFile === undefined ? loadRegister() : loadRegister(registerFile)
  const compiled = compile(description, tables)
  const noticeHash = noticeHashOf(description, laws)
  const opened = openPool(login, 1, 'asiakasrekisteri owner')
  const owner = await opened.connect()
  try {
    // Before a migration runs on what is not what the earlier ones made.
    refuse(await structureDifferences(owner), clock)
    const ran = await migrate(owner, migrations, clock.now())
    await owner.query('select pg_advisory_lock($1)', [applyLock])
    if (ran.length > 0 || (await recordedStructure(owner)) === undefined) await recordStructure(owner)
    const { rows } = await owner.query<Applied>(
      'select sql_hash, notice_hash from register_version order by id desc limit 1',
    )
    const [last] = rows
    if (last?.sql_hash.toString('hex') !== compiled.sqlHash) {
      await owner.query('begin')
      await owner.query(`${compiledSql(compiled)}\n${controllersSql(description)}`)
      await setPasswords(
        owner,
        compiled.bundles,
        keys,
        (await passwordsUnder(login, keys, compiled.bundles)) ?? keys.oldest,
      )
      await letIn(owner, login.database, compiled.bundles, true)
      await owner.query('commit')
    }
    await letIn(owner, login.database, compiled.bundles, false)
    if (last?.sql_hash.toString('hex') !== compiled.sqlHash || last.notice_hash.toString('hex') !== noticeHash)
      await owner.query(
        `insert into register_version (notice_hash, sql_hash, version, register_yaml, law_yaml, applied_at)
         values (decode($1, 'hex'), decode($2, 'hex'), $3, $4, $5, $6)`,
        [
          noticeHash,
          compiled.sqlHash,
          description.version,
          await readFile(registerFile ?? join(import.meta.dirname, '../register.yaml'), 'utf8'),
          await readFile(lawFile, 'utf8'),
          clock.now(),
        ],
      )
    refuse(await differences(owner, compiled, tables), clock)
    const origins = await readOrigins(owner, tables)
    await ensurePasswords(owner, login, compiled.bundles, keys)
    const pools = new Map<string, Pool>()
    /** While two keys are in use, the logins pass from the one to the other under the eyes of those who serve. */
    let under = keys.current
    const passwordNow = async (name: string): Promise<string> => {
      const found = await passwordsUnder(login, keys, [{ login: name }], under)
      under = found ?? under
      return passwordOf(keys, name, under)
    }
    const pool = (name: string): Pool => {
      const known = pools.get(name)
      if (known !== undefined) return known
      const bundle = compiled.bundles.find(({ login }) => login === name)
      const made = openPool(
        {
          ...login,
          user: name,
          password: keys.oldest === keys.current ? passwordOf(keys, name, keys.current) : () => passwordNow(name),
        },
        poolSize,
        name,
        bundle === undefined ? 'auto' : planningOf(bundle),
      )
      pools.set(name, made)
      return made
    }
    return {
      description,
      laws,
      bundles: new Map(compiled.bundles.map((bundle) => [bundle.login, bundle])),
      compiled,
      origins,
      verdicts: new Map(),
      noticeHash,
      keys,
      pool,
      close: async () => {
        await Promise.all([...pools.values()].map((one) => one.end()))
      },
    }
  } finally {
    await owner.query('rollback; select pg_advisory_unlock_all()').catch(() => undefined)
    owner.release()
    await opened.end()
  }
}

/** Under which master key the logins are; undefined: under none that is in use, or there are no logins yet. `first` is tried first. */
const passwordsUnder = async (
  login: Login,
  keys: MasterKeys,
  [bundle]: readonly Pick<Bundle, 'login'>[],
  first: number = keys.current,
): Promise<number | undefined> => {
  if (bundle === undefined) throw new Unavailable('register.no-roles', { detail: 'register.yaml declares no role' })
  for (const version of new Set([first, keys.current, keys.oldest])) {
    const trial = new pg.Client({ ...login, user: bundle.login, password: passwordOf(keys, bundle.login, version) })
    trial.on('error', () => undefined)
    try {
      await trial.connect()
      return version
    } catch (error) {
      const { code } = error as { code?: string }
      // The password was right, and the database is not open to the login yet.
      if (code === '42501') return version
      if (code !== '28P01') throw error
    } finally {
      await trial.end().catch(() => undefined)
    }
  }
  return undefined
}

/** A database that was restored, or another key file: the logins' passwords are another's, and are set anew, under the key that every process knows. */
const ensurePasswords = async (owner: Connection, login: Login, bundles: readonly Bundle[], keys: MasterKeys) => {
  if ((await passwordsUnder(login, keys, bundles)) === undefined) await setPasswords(owner, bundles, keys, keys.oldest)
}

/** How the logins stand, for a change of keys. */
export const loginsUnder = (register: Register, owner: Login): Promise<number | undefined> =>
  passwordsUnder(owner, register.keys, [...register.bundles.values()])

/** Puts the logins under the newest key. Processes that know both keys go on: each new connection finds the one that is good. */
export const renewLogins = async ({ bundles, keys }: Register, login: Login): Promise<void> => {
  const opened = openPool(login, 1, 'asiakasrekisteri owner')
  try {
    const owner = await opened.connect()
    await setPasswords(owner, [...bundles.values()], keys, keys.current).finally(() => owner.release())
  } finally {
    await opened.end()
  }
}
