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

/** Constraints over periods cost most of a row; made-up people keep them, so they are built, and so proved, when all rows are there. */
const without = async (postgres: Postgres, database: string, work: () => Promise<unknown>): Promise<void> => {
  const client = new pg.Client({ ...postgres.superuser, database })
  await client.connect()
  try {
    const { rows } = await client.query<{ place: string; name: string; definition: string }>(
      `select conrelid::regclass::text as place, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
        where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'x') and (conperiod or contype = 'x')`,
    )
    for (const { place, name } of rows) await client.query(`alter table ${place} drop constraint "${name}"`)
    await client.query(`alter database "${database}" set session_replication_role = replica`)
    await work()
    await client.query(`alter database "${database}" reset session_replication_role`)
    for (const { place, name, definition } of rows)
      await client.query(`alter table ${place} add constraint "${name}" ${definition}`)
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
          await without(postgres, `${name}_half`, () =>
            makeDemo({
              register: half,
              owner: owned(`${name}_half`),
              customers,
              now: clock.now(),
              progress: (so) => so.customers % 100_000 < 2_000 && say(`${so.customers} of ${customers} people made`),
            }),
          )
          say(`${customers} people made in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
        }
      } finally {
        await half.close()
      }
      await maintenance(postgres, (client) => client.query(`alter database "${name}_half" rename to "${name}"`))
    }
    const register = await openRegister({ owner: owned(name), clock, keys, poolSize })
    const owner = new pg.Pool({ ...owned(name), max: 1, idleTimeoutMillis: 0 })
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
