// Makes the blind indexes of sealed columns anew under the current master key, and forgets those of the one before. For a change of keys alone.
import { randomBytes } from 'node:crypto'
import type { Pool } from '../platform/database.ts'
import { type Blinds, type MasterKeys, unseal, unwrapDataKey, versionSql } from '../platform/keys.ts'
import { tables } from '../register/tables.ts'
import type { Register } from './register.ts'

const login = 'index-keeper.security.group'
const batch = 500

type Indexed = { readonly table: string; readonly sealed: string; readonly as: string }

/** Every blind index that is declared. */
const indexes: readonly Indexed[] = Object.entries(tables).flatMap(([table, { indexed }]) =>
  indexed === undefined ? [] : [{ table, ...indexed }],
)

const columns = ['blind', 'blind_even'] as const
const columnOf = (version: number) => (version % 2 === 1 ? 'blind' : 'blind_even')

type Row = {
  readonly id: string
  readonly customer_id: string
  readonly sealed: Buffer
  readonly wrapped: Buffer | null
  readonly key_version: number | null
}

/** What nobody can open any more is found by nobody: a mark drawn by lot. */
const drawn = (keys: MasterKeys): Blinds => keys.blinds('drawn', randomBytes(32).toString('hex'))

const blindsOf = (keys: MasterKeys, { table, sealed: column, as }: Indexed, row: Row): Blinds => {
  if (row.wrapped === null || row.key_version === null) return drawn(keys)
  const person = Number(row.customer_id)
  const key = unwrapDataKey(keys, person, { wrapped: row.wrapped, key_version: row.key_version })
  return keys.blinds(as, unseal(key, row.sealed, `${table}|${column}|${person}`).toString())
}

/** One statement and so one transaction for each batch, in the order of the rows. Null: there are no more. */
const indexSome = async (
  pool: Pool,
  keys: MasterKeys,
  index: Indexed,
  after: string,
): Promise<{ readonly done: number; readonly last: string } | null> => {
  const { table, sealed } = index
  const column = columnOf(keys.current)
  const { rows } = await pool.query<Row>(
    `select t.id, t.customer_id, t.${sealed} as sealed, k.wrapped, k.key_version from ${table} t left join subject_key k on k.customer_id = t.customer_id
      where t.id > $1 and (t.${column} is null or ${versionSql(`t.${column}`)} <> $2) order by t.id limit ${batch}`,
    [after, keys.current],
  )
  const last = rows.at(-1)?.id
  if (last === undefined) return null
  const made = rows.map((row) => blindsOf(keys, index, row))
  // Only where the row is the one that was read: another code that was written meanwhile has its own index.
  await pool.query(
    `update ${table} t set blind = n.blind, blind_even = n.blind_even
       from unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bytea[]) n (id, sealed, blind, blind_even)
      where t.id = n.id and t.${sealed} = n.sealed`,
    [
      rows.map(({ id }) => id),
      rows.map((row) => row.sealed),
      made.map(({ blind }) => blind),
      made.map(({ blind_even }) => blind_even),
    ],
  )
  return { done: rows.length, last }
}

/** How many rows of each index are under which master key; what is under two counts for the newer. */
export const indexesLeft = async (
  register: Register,
): Promise<readonly { readonly what: string; readonly version: number; readonly count: number }[]> => {
  const found: { what: string; version: number; count: number }[] = []
  for (const { table, as } of indexes) {
    const { rows } = await register.pool(login).query<{ version: number; count: string }>(
      `select greatest(${columns.map((column) => `coalesce(${versionSql(column)}, 0)`).join(', ')}) as version, count(*)
         from ${table} group by 1 order by 1`,
    )
    found.push(...rows.map(({ version, count }) => ({ what: as, version, count: Number(count) })))
  }
  return found
}

/**
 * Puts every blind index under the current master key, beside the one before, so that those who search find either. Cut off anywhere, it goes on.
 * @returns how many were made.
 */
export const makeIndexes = async (
  register: Register,
  told: (done: number) => void = () => undefined,
): Promise<number> => {
  const pool = register.pool(login)
  let done = 0
  for (const index of indexes)
    for (let after = '0'; ;) {
      const some = await indexSome(pool, register.keys, index, after)
      if (some === null) break
      after = some.last
      done += some.done
      told(done)
    }
  return done
}

/** Takes away the indexes of every key but the current, where a row has the current one. */
export const forgetIndexes = async ({ pool, keys }: Register): Promise<number> => {
  const old = columns.find((column) => column !== columnOf(keys.current))
  let done = 0
  for (const { table } of indexes)
    for (;;) {
      const { rowCount } = await pool(login).query(
        `update ${table} set ${old} = null where id = any (array(
           select id from ${table} where ${old} is not null and ${versionSql(columnOf(keys.current))} = $1 order by id limit 5000))`,
        [keys.current],
      )
      done += rowCount ?? 0
      if (rowCount === 0) break
    }
  return done
}

/** What the machinery does without being asked by an endpoint. */
export const indexedAction = {
  id: 'make look-up marks anew under a new master key',
  label: {
    fi: 'hakutunnisteiden teko uuden pääavaimen alle',
    sv: 'göra sökbeteckningarna på nytt under en ny huvudnyckel',
    en: 'make look-up marks anew under a new master key',
  },
} as const

/** The role under which it is done, for the access log. */
export const indexKeeping = {
  endpoint: indexedAction.id,
  role: 'index-keeper',
  hat: 'group',
  categories: ['identity-code', 'bank-account', 'subject-key'],
} as const
