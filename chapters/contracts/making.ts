// The making and ending of a contract as one act with its parties. Routes of contracts and of offers rely on it.
import type { Write } from '../../platform/database.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { newNumber } from './number.ts'
import * as queries from './queries.ts'

type Made = queries.NewContract & {
  readonly parties: readonly { readonly customer_id: number; readonly role: string }[]
}
type Product = Parameters<typeof queries.insertContract>[3] & { readonly kind: 'connection' | 'network' | 'sales' }

/** @throws NotFound for a site or a party that is not there for the bundle; Conflict `contract.overlaps` */
export const makeContract = async (db: Write, made: Made, product: Product, how: queries.Told): Promise<number> => {
  const contract = await queries.insertContract(db, newNumber(product.kind), made, product, how)
  if (contract === undefined) throw new NotFound('site.not-found')
  for (const one of made.parties) {
    const row = await queries.insertParty(db, contract.id, one, product.controller, made, how)
    if (row === undefined) throw new NotFound('customer.not-found')
  }
  const people = made.parties.map(({ customer_id }) => customer_id)
  await queries.serve(db, people, made.site_id, product.controller)
  return contract.id
}

/** Ends a contract with its parties on a day, or lets it go on where `to` is later or none. @throws Conflict `contract.changed` */
export const endWithParties = async (
  db: Write,
  contract: { readonly id: number; readonly version: number; readonly to: string | null },
  to: string | null,
  reason: string | null,
  how: queries.Told,
): Promise<void> => {
  const was = contract.to
  const ended = await queries.endContract(db, contract.id, to, reason, contract.version, how)
  if (ended === undefined) throw new Conflict('contract.changed')
  if (was !== null && (to === null || to > was)) await queries.prolongParties(db, contract.id, was, to, how)
  else if (to !== null) await queries.endParties(db, contract.id, to, how)
}
