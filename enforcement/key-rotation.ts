// Wraps the data keys of persons and of imports anew under the current master key. What they seal is neither opened nor touched.
import type { Pool } from '../platform/database.ts'
import { type MasterKeys, rewrap } from '../platform/keys.ts'
import type { Register } from './register.ts'

const batch = 1000

type Held = {
  readonly table: string
  readonly login: string
  readonly id: string
  readonly wrapped: string
  /** What the wrapping names beside the key. */
  readonly place: string
  readonly placeOf: (place: string) => number | string
}

const persons: Held = {
  table: 'subject_key',
  // It may read no sealed column: a key without what it opens.
  login: 'key-keeper.security.group',
  id: 'customer_id',
  wrapped: 'wrapped',
  place: 'customer_id',
  placeOf: Number,
}
const imports: Held = {
  table: 'import_job',
  login: 'importer.supply.group',
  id: 'id',
  wrapped: 'data_key',
  place: 'stored_as',
  placeOf: (stored) => `import_job|${stored}`,
}

type Kept = { readonly id: string; readonly place: string; readonly wrapped: Buffer; readonly key_version: number }

const byVersion = async (register: Register, { table, login }: Held): Promise<ReadonlyMap<number, number>> => {
  const { rows } = await register
    .pool(login)
    .query<{ key_version: number; count: string }>(
      `select key_version, count(*) from ${table} where key_version is not null group by key_version order by key_version`,
    )
  return new Map(rows.map(({ key_version, count }) => [key_version, Number(count)]))
}

/** How many persons' keys are under each version of the master key, the oldest first. */
export const keysByVersion = (register: Register) => byVersion(register, persons)
/** The same of the keys of imports. */
export const importKeysByVersion = (register: Register) => byVersion(register, imports)

/** One statement and so one transaction for each batch: cut off anywhere, what is left is under an older key that still opens it. */
const wrapSome = async (
  pool: Pool,
  keys: MasterKeys,
  { table, id, wrapped, place, placeOf }: Held,
): Promise<number> => {
  const { rows } = await pool.query<Kept>(
    `select ${id} as id, ${place} as place, ${wrapped} as wrapped, key_version from ${table} where key_version < $1 order by key_version, ${id} limit $2`,
    [keys.current, batch],
  )
  const anew = rows.map((row) => rewrap(keys, placeOf(row.place), row)?.wrapped)
  // Only where the key is the one that was read: who is erased or was given a new key meanwhile stays so.
  await pool.query(
    `update ${table} k set ${wrapped} = n.wrapped, key_version = $4
       from unnest($1::bigint[], $2::bytea[], $3::smallint[]) n (id, wrapped, old_version)
      where k.${id} = n.id and k.key_version = n.old_version`,
    [rows.map((row) => row.id), anew, rows.map(({ key_version }) => key_version), keys.current],
  )
  return rows.length
}

const wrapAll = async (register: Register, held: Held, told: (done: number) => void): Promise<number> => {
  const pool = register.pool(held.login)
  let done = 0
  for (;;) {
    const some = await wrapSome(pool, register.keys, held)
    if (some === 0) return done
    done += some
    told(done)
  }
}

/**
 * @param told how many are done, after each batch.
 * @returns how many keys of persons were wrapped anew.
 * @throws Unavailable `keys.missing` when a master key that is still needed is not in the file; nothing is lost then.
 */
export const wrapKeys = (register: Register, told: (done: number) => void = () => undefined): Promise<number> =>
  wrapAll(register, persons, told)

/** The same for the keys of imports, of which there are few. */
export const wrapImportKeys = (register: Register): Promise<number> => wrapAll(register, imports, () => undefined)
