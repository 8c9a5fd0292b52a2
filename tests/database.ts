// A register of its own for each test file: a copy of a template that is made once for this state of schema and declaration.
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openRegister, type Opening, type Register } from '../enforcement/register.ts'
import { fixedClock } from '../platform/clock.ts'
import { masterKeys } from '../platform/keys.ts'
import type { Postgres } from '../platform/postgres.ts'
import { tables } from '../register/tables.ts'
import { testPostgres } from './postgres.ts'

export type TestRegister = {
  readonly register: Register
  /** By which it was opened, to be opened again. */
  readonly opening: Opening
  /** The owner of the tables: past every wall, for fixtures and for looking at what really stands there. */
  readonly owner: pg.Pool
  readonly database: string
  readonly drop: () => Promise<void>
}

const root = join(import.meta.dirname, '..')
const keys = masterKeys([Buffer.alloc(32, 7)])
const clock = fixedClock('2026-11-24T08:00:00Z')
const lock = 4_710_009

/** Changes whenever the schema, the declaration or their compiler does. */
const stateOf = (): string => {
  const hash = createHash('sha256').update(JSON.stringify(tables))
  for (const folder of ['migrations', 'enforcement', 'register'])
    for (const name of readdirSync(join(root, folder)).toSorted())
      if (/\.(sql|ts|yaml)$/.test(name) && !name.endsWith('.test.ts'))
        hash.update(readFileSync(join(root, folder, name)))
  return hash
    .update(readFileSync(join(root, 'register.yaml')))
    .digest('hex')
    .slice(0, 16)
}

const maintenance = async <T>(postgres: Postgres, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ ...postgres.superuser })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Compiles into a new database once; whoever comes meanwhile waits. Older templates go. */
const template = (postgres: Postgres): Promise<string> =>
  maintenance(postgres, async (client) => {
    const name = `template_${stateOf()}`
    // A cluster holds logins for all of its databases, so only one may be compiled at a time.
    await client.query('select pg_advisory_lock($1)', [lock])
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname like 'template\\_%'`,
    )
    if (rows.some(({ datname }) => datname === name)) return name
    for (const { datname } of rows) await client.query(`drop database if exists "${datname}" with (force)`)
    await client.query(`drop database if exists half_${name} with (force)`)
    await client.query(`create database half_${name}`)
    const register = await openRegister({ owner: { ...postgres.superuser, database: `half_${name}` }, clock, keys })
    await register.close()
    await client.query(`alter database half_${name} rename to ${name}`)
    return name
  })

export const testRegister = async (): Promise<TestRegister> => {
  const postgres = await testPostgres()
  const from = await template(postgres)
  const database = `test_${randomBytes(6).toString('hex')}`
  await maintenance(postgres, (client) =>
    client.query(`create database ${database} template ${from} strategy file_copy`),
  )
  const login = { ...postgres.superuser, database }
  const owner = new pg.Pool({ ...login, max: 2 })
  // A connection that lies idle while its database is dropped, or the server stopped, is no fault of a test.
  owner.on('error', () => undefined)
  owner.on('connect', (connection) => connection.on('error', () => undefined))
  const opening = { owner: login, clock, keys, poolSize: 2 }
  const register = await openRegister(opening)
  return {
    register,
    opening,
    owner,
    database,
    drop: async () => {
      await register.close()
      await owner.end()
      await maintenance(postgres, (client) => client.query(`drop database if exists ${database} with (force)`))
      await postgres.stop()
    },
  }
}

/** Filled by the opening of a register, not by those who use it. */
const ownRows = ['controller', 'register_version', 'schema_version', 'schema_structure']

/** Takes every row out of every declared table. One statement, so that references are looked at when all are gone. */
export const emptied = async (owner: pg.Pool): Promise<void> => {
  const emptying = Object.keys(tables).filter((table) => !ownRows.includes(table))
  await owner.query(`with ${emptying.map((table) => `from_${table} as (delete from ${table})`).join(', ')} select`)
}
