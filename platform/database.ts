// Pools and statements over pg. Rows come as arrays with the origin of each column, so that the witness can look before anyone else does.
import pg from 'pg'
import { Conflict, Forbidden, Invalid, RegisterError, Unavailable } from './errors.ts'
import type { RowOf, Shape } from './row.ts'
import { type Sql, statementName } from './sql.ts'

export type Pool = pg.Pool
export type Connection = pg.PoolClient
export type Login = {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
}
/** One whose password may be another at the next connection. */
type ChangingLogin = Omit<Login, 'password'> & { readonly password: string | (() => Promise<string>) }

/** What came back: positional rows, and for each column its name, type and origin (table 0: computed). */
export type Answer = {
  readonly command: string
  readonly count: number
  readonly fields: readonly pg.FieldDef[]
  readonly rows: readonly (readonly unknown[])[]
}

/** Looks at every answer before it is decoded; throws what must not pass. */
export type Witness = (statement: Sql, shape: Shape, answer: Answer) => void

const parsers = new Map<number, (text: string) => unknown>([
  [20, Number],
  [1082, String],
  [1114, String],
  [1184, (text) => `${new Date(text).toISOString()}`],
  [1700, String],
  [3912, String],
])
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format),
}

/**
 * `once`: a statement is planned once per connection, for values not known. For those who ask the same few things all day of tables that
 * change little in an hour: planning costs several times what running does. `anew`: planned once per transaction, for what fills tables by
 * thousands of rows: a plan of an empty table is no plan for a full one. Not at each call: the check of each reference is a call of its own,
 * and planning it costs five times what it does. `auto`: the server's own choice.
 */
export type Planning = 'once' | 'anew' | 'auto'

const planModes = { once: 'force_generic_plan', anew: 'force_generic_plan', auto: 'auto' } as const
/** How a transaction on the pool begins. */
const beginnings = new WeakMap<Pool, string>()

export const openPool = (login: ChangingLogin, size: number, name: string, planning: Planning = 'auto'): Pool => {
  const pool = new pg.Pool({
    ...login,
    max: size,
    application_name: name,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    types: types as pg.CustomTypesConfig,
    // So that no plan outlives the size that the tables had when it was made.
    maxLifetimeSeconds: 600,
    options: `-c timezone=UTC -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s -c plan_cache_mode=${planModes[planning]}`,
  })
  if (planning === 'anew') beginnings.set(pool, 'begin; discard plans')
  // An idle connection that breaks is not an event of any request: the next one opens another.
  pool.on('error', () => undefined)
  // One that breaks in use fails the statement that runs, or the next; without a listener it would take the process along.
  pool.on('connect', (connection) => connection.on('error', () => undefined))
  return pool
}

/** A number, a day, a time or a period that no column can hold, or a text that no index can: what was asked is at fault, not the register. */
const outOfRange = ['22000', '22001', '22003', '22007', '22008', '54000']

const unreachable = ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']
/** What the client says without a code, of a connection that broke under it or could not be had. */
const broken =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/

/** PostgreSQL's own words for what a statement broke, as the register's errors. */
const understood = (error: unknown): unknown => {
  if (!(error instanceof pg.DatabaseError)) {
    const { code, message } = error as { code?: string; message?: string }
    return unreachable.includes(code ?? '') || broken.test(message ?? '')
      ? new Unavailable('database.unreachable', { cause: error })
      : error
  }
  const about = { detail: `${error.message} (${error.constraint ?? error.table ?? error.code})`, cause: error }
  if (error.code === '23505' || error.code === '23P01')
    return new Conflict(`${error.table?.replaceAll('_', '-') ?? 'row'}.overlaps`, about)
  // A policy, not a missing grant: the row that was to be written lies behind a wall of whoever writes it.
  if (error.code === '42501' && error.routine === 'ExecWithCheckOptions') return new Forbidden('row.behind-wall', about)
  if (error.code === '23503') return new Conflict('row.refers-to-nothing', about)
  if (error.code === '23514' || error.code === '23502') return new Invalid('row.refused', about)
  if (error.code === '22021' || error.code === '22P05') return new Invalid('text.not-storable', about)
  // A wall was raised between the look and the write (enforcement/kept-walls.ts), or two writers waited for each other.
  if (error.code === 'WALLS' || error.code === '40P01') return new Conflict('row.changed-meanwhile', about)
  if (error.code !== undefined && outOfRange.includes(error.code)) return new Invalid('value.not-storable', about)
  if (error.code === '57014') return new Unavailable('database.too-slow', about)
  if (error.code === '57P01' || error.code === '57P03' || error.code === '53300')
    return new Unavailable('database.unavailable', about)
  return error
}

const answerOf = async (on: Pool | Connection, statement: Sql): Promise<Answer> => {
  const { text, values } = statement
  try {
    const result = await on.query({ name: statementName(text), text, values: [...values], rowMode: 'array' })
    return {
      command: result.command,
      count: result.rowCount ?? 0,
      fields: result.fields,
      rows: result.rows as unknown[][],
    }
  } catch (error) {
    throw understood(error)
  }
}

const checked = new Map<string, Shape>()

/** Shape and answer must agree in names, order and types: found at the statement's first run, in any test that runs it. */
const agree = (statement: Sql, shape: Shape, answer: Answer): void => {
  if (checked.get(statement.text) === shape) return
  const keys = Object.keys(shape)
  const sent = answer.fields.map((field) => field.name)
  if (keys.length !== sent.length || keys.some((key, i) => key !== sent[i]))
    throw new Error(`the shape says ${keys.join(', ')}; the statement gives ${sent.join(', ')}: ${statement.text}`)
  answer.fields.forEach((field) => {
    const type = shape[field.name]
    if (type !== undefined && !type.oids.includes(field.dataTypeID))
      throw new Error(
        `column ${field.name} comes as type ${field.dataTypeID}, the shape reads ${type.oids.join('/')}: ${statement.text}`,
      )
  })
  checked.set(statement.text, shape)
}

const decode = <S extends Shape>(shape: S, row: readonly unknown[]): RowOf<S> => {
  const out: Record<string, unknown> = {}
  let i = 0
  for (const key in shape) {
    const type = shape[key]
    const value = row[i++]
    if (type === undefined) continue
    if (value === null && !type.nullable) throw new Error(`column ${key} is null and its shape does not allow it`)
    out[key] = value === null ? null : type.read(value)
  }
  return out as RowOf<S>
}

/** What a handler may do that only looks. */
export type Read = {
  readonly all: <S extends Shape>(shape: S, statement: Sql) => Promise<readonly RowOf<S>[]>
  readonly maybe: <S extends Shape>(shape: S, statement: Sql) => Promise<RowOf<S> | undefined>
  /** Exactly one row; none or several is an error of ours. */
  readonly one: <S extends Shape>(shape: S, statement: Sql) => Promise<RowOf<S>>
}

declare const writing: unique symbol
/** What a handler may do that also writes: the same statements, in one transaction. */
export type Write = Read & { readonly [writing]: true }

/** Statements on a pool or a connection, each answer seen by the witness first. The caller says whether it is in a transaction. */
export const statementsOn = (on: Pool | Connection, witness: Witness): Read => {
  const all: Read['all'] = async (shape, statement) => {
    const answer = await answerOf(on, statement)
    agree(statement, shape, answer)
    witness(statement, shape, answer)
    return answer.rows.map((row) => decode(shape, row))
  }
  return {
    all,
    maybe: async (shape, statement) => {
      const rows = await all(shape, statement)
      if (rows.length > 1) throw new Error(`${rows.length} rows where one was expected: ${statement.text}`)
      return rows[0]
    },
    one: async (shape, statement) => {
      const rows = await all(shape, statement)
      const [row] = rows
      if (row === undefined || rows.length > 1)
        throw new Error(`${rows.length} rows where one was expected: ${statement.text}`)
      return row
    },
  }
}

/** Runs `work` in one transaction; `first` before it, and `last` after it, inside, where it may still refuse. */
export const transaction = async <T>(
  pool: Pool,
  witness: Witness,
  work: (db: Write) => Promise<T>,
  last?: (connection: Connection) => Promise<void>,
  first?: (connection: Connection) => Promise<void>,
): Promise<T> => {
  let connection: Connection
  try {
    connection = await pool.connect()
  } catch (error) {
    throw understood(error)
  }
  let broken: Error | undefined
  try {
    await connection.query(beginnings.get(pool) ?? 'begin')
    await first?.(connection)
    const result = await work(statementsOn(connection, witness) as Write)
    await last?.(connection)
    await connection.query('commit')
    return result
  } catch (error) {
    const end = error instanceof RegisterError && error.stands ? 'commit' : 'rollback'
    await connection.query(end).catch((failed: Error) => (broken = failed))
    throw understood(end === 'commit' ? (broken ?? error) : error)
  } finally {
    connection.release(broken)
  }
}
