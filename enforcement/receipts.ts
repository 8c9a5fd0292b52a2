// A write that carries an `Idempotency-Key` is done once. Its receipt is made in the transaction that does it, so that there is never one without the other.
import { createSecretKey, type KeyObject } from 'node:crypto'
import type { Connection } from '../platform/database.ts'
import { Conflict, Invalid, Unavailable } from '../platform/errors.ts'
import { type MasterKeys, seal, unseal, versionSql } from '../platform/keys.ts'
import type { Description } from '../register/description.ts'
import type { Endpoint } from '../register/endpoint.ts'
import type { Category } from '../register/vocabulary.ts'
import type { Bundle } from './bundles.ts'
import { receiptKeeper } from './receipt-functions.ts'
import { canonical, type Register } from './register.ts'
import type { Seen } from './witness.ts'

/** What was answered, and whom and what it told of: the access log says it again when it is told again. */
export type Done = {
  readonly output: unknown
  readonly people: readonly number[]
  readonly categories: readonly Category[]
}

export type Receipt = {
  /** In the transaction, before anything is done. @throws Conflict when the key was another request's */
  readonly take: (connection: Connection) => Promise<Done | undefined>
  /** In the same transaction, when all is done. */
  readonly keep: (connection: Connection, output: unknown, seen: Seen) => Promise<void>
}

const shape = /^[\x21-\x7e]{8,200}$/

/** The period that the register describes for receipts, ISO 8601. */
const periodOf = ({ retention }: Description): string => {
  const rule = retention.find(({ category }) => category === 'request-receipt')
  if (rule === undefined) throw new Unavailable('register.no-period', { detail: 'no period for request-receipt' })
  return rule.period
}

/** Of a file only what it is called and holds is compared: under which name and key it lies here differs each time. */
const compared = (endpoint: Endpoint, input: { readonly body: unknown }): unknown =>
  endpoint.takesFile === undefined
    ? input
    : { ...input, body: { ...(input.body as object), stored_as: null, data_key: null, key_version: null } }

type Kept = { readonly id: Buffer; readonly request: Buffer; readonly key: KeyObject; readonly bound: string }

/**
 * Under each master key, the oldest first: two processes of which one does not know the newest key yet must not do a request twice.
 * Those that only a removed key could find are gone in a day.
 */
const places = (keys: MasterKeys, whose: string, request: string): readonly Kept[] => {
  const ids = keys.digests('receipt-key', whose)
  const requests = keys.digests('receipt-request', request)
  const seals = keys.digests('receipt-seal', whose)
  return ids
    .map((id, i) => ({
      id,
      request: unnumbered(requests[i]),
      key: createSecretKey(unnumbered(seals[i])),
      bound: unnumbered(id).toString('hex'),
    }))
    .toReversed()
}
const unnumbered = (digest: Buffer | undefined): Buffer => (digest as Buffer).subarray(2)

/**
 * @throws Invalid for a key that is none, and where one cannot be kept to: the answer of signing in is a session, and that of a file a stream.
 */
export const receiptOf = (
  { keys, description }: Pick<Register, 'keys' | 'description'>,
  endpoint: Endpoint,
  { login }: Bundle,
  handle: string,
  key: string,
  input: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
  at: Date,
): Receipt => {
  if (endpoint.as !== undefined || endpoint.givesFile) throw new Invalid('idempotency-key.not-here')
  if (!shape.test(key))
    throw new Invalid('idempotency-key.unusable', {
      faults: [
        {
          path: 'headers.idempotency-key',
          code: 'idempotency-key.unusable',
          message: '8 to 200 visible signs of ASCII, for example a UUID',
        },
      ],
    })
  const whose = `${login} ${handle} ${key}`
  const all = places(keys, whose, canonical({ action: endpoint.action, ...(compared(endpoint, input) as object) }))
  return {
    take: async (connection) => {
      for (const { id, request, key: sealing, bound } of all) {
        const { rows } = await connection.query<{ found: Buffer | null }>(
          'select receipt_taken($1, $2, $3, $4, $4::timestamptz - $5::interval) as found',
          [handle, id, request, at, periodOf(description)],
        )
        const found = rows[0]?.found ?? null
        if (found === null) continue
        if (found[0] === 0)
          throw new Conflict('idempotency-key.other-request', {
            detail: `the key was used for another request than ${endpoint.action}`,
          })
        return JSON.parse(unseal(sealing, found.subarray(1), bound).toString()) as Done
      }
      return undefined
    },
    keep: async (connection, output, seen) => {
      const done: Done = { output, people: [...seen.people], categories: [...seen.categories] }
      for (const { id, key: sealing, bound } of all)
        await connection.query('select receipt_kept($1, $2, $3)', [
          handle,
          id,
          seal(sealing, JSON.stringify(done), bound),
        ])
    },
  }
}

/** Takes away the receipts whose period is over; how many there were. */
export const forgetReceipts = async (
  { pool, description }: Pick<Register, 'pool' | 'description'>,
  now: Date,
): Promise<number> => {
  const { rowCount } = await pool(receiptKeeper).query(
    'delete from idempotency_key where recorded_at <= $1::timestamptz - $2::interval',
    [now, periodOf(description)],
  )
  return rowCount ?? 0
}

/** How many requests of the last day only an older master key finds: what knew both keys wrote one receipt under each, at the same moment. */
export const receiptsLeft = async ({
  pool,
  keys,
}: Pick<Register, 'pool' | 'keys'>): Promise<
  readonly { readonly what: 'receipt'; readonly version: number; readonly count: number }[]
> => {
  const { rows } = await pool(receiptKeeper).query<{ version: number; count: string }>(
    `select ${versionSql('o.key')} as version, count(*) from idempotency_key o
      where ${versionSql('o.key')} <> $1 and not exists (
        select from idempotency_key n where n.caller = o.caller and n.recorded_at = o.recorded_at and ${versionSql('n.key')} = $1)
      group by 1`,
    [keys.current],
  )
  return rows.map(({ version, count }) => ({ what: 'receipt', version, count: Number(count) }))
}
