// A register of its own with made-up people, on a PostgreSQL of the bench's own: durable, as the product runs it, and stopped at the end.
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openRegister, type Register } from '../../enforcement/register.ts'
import { fixedClock } from '../../platform/clock.ts'
import type { Login } from '../../platform/database.ts'
import { masterKeys } from '../../platform/keys.ts'
import { type Postgres, startPostgres } from '../../platform/postgres.ts'
import { makeDemo } from '../../server/demo/demo.ts'
import { loadPostcodes } from '../../server/postcodes.ts'

export type Population = {
  readonly register: Register
  readonly owner: pg.Pool
  readonly login: Login
  readonly now: Date
  readonly customers: number
  readonly close: () => Promise<void>
}

const root = join(import.meta.dirname, '../..')
const keys = masterKeys([Buffer.alloc(32, 7)])
const clock = fixedClock('2026-11-24T08:00:00Z')

/** BENCH_KEEP=1 leaves populations for the next run of the same sources: a million people take minutes to make. */
const kept = process.env['BENCH_KEEP'] === '1'

/** Schema and declaration of a kept population are brought up to date by the opening. */
const sources = (): string => {
  const hash = createHash('sha256')
  for (const path of globSync('server/demo/**/*', { cwd: root }).toSorted())
    if (/\.(ts|txt|json)$/.test(path) && !path.endsWith('.test.ts')) hash.update(readFileSync(join(root, path)))
  return hash.digest('hex').slice(0, 12)
}

/**
 * Constraints over periods cost most of a row, and indexes most of the rest; made-up people keep them, so they are built, and so proved, when
 * all customers are there. `work` says when that is: what is looked up by them comes after it.
 */
const without = async (
  postgres: Postgres,
  database: string,
  work: (settled: () => Promise<void>) => Promise<unknown>,
): Promise<void> => {
  const client = new pg.Client({ ...postgres.superuser, database })
  await client.connect()
  try {
    const { rows } = await client.query<{ drop: string; make: string }>(
      `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
              format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
         from pg_constraint
        where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'x') and (conperiod or contype = 'x')
       union all
       select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
         from pg_index join pg_class on pg_class.oid = indrelid
        where relnamespace = 'public'::regnamespace and relkind = 'r' and not relispartition
          and not exists (select from pg_constraint where conindid = indexrelid)`,
    )
    for (const { drop } of rows) await client.query(drop)
    await client.query(`alter database "${database}" set session_replication_role = replica`)
    await work(async () => {
      for (const { make } of rows) await client.query(make)
    })
    await client.query(`alter database "${database}" reset session_replication_role`)
  } finally {
    await client.end()
  }
}

const maintenance = async <T>(postgres: Postgres, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ ...postgres.superuser })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** @param customers 0 leaves it empty */
export const population = async (customers: number, say: (text: string) => void, poolSize = 1): Promise<Population> => {
  const postgres = await startPostgres({ dataDir: join(root, '.cache/postgres-bench'), durable: true })
  const name = `bench_${customers}_${kept ? sources() : process.pid}`
  const owned = (database: string) => ({ ...postgres.superuser, database })
  const drop = (which: string) =>
    maintenance(postgres, (client) => client.query(`drop database if exists "${which}" with (force)`))
  try {
    const there = await maintenance(postgres, async (client) => {
      const { rows } = await client.query<{ datname: string }>(
        `select datname from pg_database where datname like 'bench\\_${customers}\\_%'`,
      )
      for (const { datname } of rows)
        if (datname !== name) await client.query(`drop database if exists "${datname}" with (force)`)
      if (rows.some(({ datname }) => datname === name)) return true
      await client.query(`create database "${name}_half"`)
      return false
    })
    if (!there) {
      const half = await openRegister({ owner: owned(`${name}_half`), clock, keys, poolSize })
      try {
        if (customers === 0) await loadPostcodes(owned(`${name}_half`))
        else {
          const begun = performance.now()
          await without(postgres, `${name}_half`, (settled) =>
            makeDemo({
              register: half,
              owner: owned(`${name}_half`),
              customers,
              now: clock.now(),
              settled: async () => {
                say(`${customers} people made in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
                await settled()
                say(`their indexes after ${((performance.now() - begun) / 1000).toFixed(0)} s`)
              },
              progress: (so) => so.customers % 100_000 < 2_000 && say(`${so.customers} of ${customers} people made`),
            }),
          )
          say(`all is ready after ${((performance.now() - begun) / 1000).toFixed(0)} s`)
        }
      } finally {
        await half.close()
      }
      await maintenance(postgres, (client) => client.query(`alter database "${name}_half" rename to "${name}"`))
    }
    const register = await openRegister({ owner: owned(name), clock, keys, poolSize })
    const owner = new pg.Pool({ ...owned(name), max: 1, idleTimeoutMillis: 0 })
    // The server may be stopped before its last connection has gone.
    owner.on('error', () => undefined)
    return {
      register,
      owner,
      login: owned(name),
      now: clock.now(),
      customers,
      close: async () => {
        await register.close()
        await owner.end()
        if (!kept) await drop(name)
        await postgres.stop()
      },
    }
  } catch (error) {
    await drop(`${name}_half`).catch(() => undefined)
    await postgres.stop()
    throw error
  }
}
