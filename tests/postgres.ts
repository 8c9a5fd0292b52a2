// One PostgreSQL for all tests of this checkout: the first to ask starts it, others join, the last one out stops it. Each makes its own database.
import { join } from 'node:path'
import { type Postgres, startPostgres } from '../platform/postgres.ts'

const dataDir = join(import.meta.dirname, '../.cache/postgres-test')

/** Not durable. If a crash of the machine has spoilt it, delete .cache/postgres-test. */
export const testPostgres = (): Promise<Postgres> => startPostgres({ dataDir, durable: false })
