// What was said, sealed under the person's own key on its way in, and opened on its way out.
import type { Write } from '../../platform/database.ts'
import { type MasterKeys, newDataKey, seal, unseal, unwrapDataKey, type WrappedKey } from '../../platform/keys.ts'
import type { CustomerId } from '../customers/index.ts'
import { findKey, insertKey } from './queries.ts'

const placeOf = (customer: number) => `contact|body|${customer}`

/** Null when nothing was said. The person's key is made when they have none yet. */
export const sealedText = async (
  db: Write,
  keys: MasterKeys,
  customer: CustomerId,
  text: string,
  now: Date,
): Promise<Buffer | null> => {
  if (text === '') return null
  let key = await findKey(db, customer)
  if (key === undefined) {
    const made = newDataKey(keys, customer)
    await insertKey(db, customer, made.wrapped, made.key_version, now)
    key = await findKey(db, customer)
  }
  return key === undefined ? null : seal(unwrapDataKey(keys, customer, key), text, placeOf(customer))
}

type Sealed = {
  readonly customer_id: CustomerId
  readonly body: Buffer | null
  readonly wrapped: Buffer | null
  readonly key_version: number | null
}

export const openedText = (keys: MasterKeys, { customer_id, body, wrapped, key_version }: Sealed): string | null => {
  if (body === null || wrapped === null || key_version === null) return null
  const key: WrappedKey = { wrapped, key_version }
  return unseal(unwrapDataKey(keys, customer_id, key), body, placeOf(customer_id)).toString()
}
