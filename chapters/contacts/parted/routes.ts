// What is looked through after a parting: api and queries put together.
import { type Context, type Route, route } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import { Conflict, NotFound } from '../../../platform/errors.ts'
import { type CustomerId, displayName, partiesById } from '../../customers/index.ts'
import { openedText, sealedText } from '../said.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'

type Kind = (typeof api.partedKinds)[number]

const kinds: Readonly<Record<string, Kind>> = {
  contact: 'contact',
  contact_point: 'contact-point',
  customer_name: 'name',
  postal_address: 'address',
  contract_party: 'contract',
  occupancy: 'home',
}

/** Those that a decision can move; a name, an address, a home and a contract are ended and begun, on a day that a person must choose. */
const movable: readonly Kind[] = ['contact', 'contact-point']

type What = Readonly<Partial<Record<'at' | 'words', string>>> & { readonly channel?: queries.Channel }

const together = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(' ')

/** What each row is, as far as the caller may see it. */
const whats = async (
  { db, may }: Pick<Context<typeof api.listParted>, 'db' | 'may'>,
  rows: readonly { readonly table_name: string; readonly row_id: number }[],
): Promise<ReadonlyMap<string, What>> => {
  const idsOf = (table: string) => rows.flatMap((row) => (row.table_name === table ? [row.row_id] : []))
  const found = new Map<string, What>()
  const look = async <R extends { readonly id: number }>(
    table: string,
    permitted: boolean,
    read: (ids: readonly number[]) => Promise<readonly R[]>,
    tell: (row: R) => What,
  ): Promise<void> => {
    const ids = idsOf(table)
    if (!permitted || ids.length === 0) return
    for (const row of await read(ids)) found.set(`${table} ${row.id}`, tell(row))
  }
  await look(
    'contact',
    true,
    (ids) => queries.contactsById(db, ids),
    ({ at, channel }) => ({ at, channel }),
  )
  await look(
    'contact_point',
    true,
    (ids) => queries.pointsById(db, ids),
    ({ channel, value }) => ({ channel, words: value }),
  )
  await look(
    'customer_name',
    true,
    (ids) => queries.namesById(db, ids),
    (row) => ({ words: displayName(row) }),
  )
  await look(
    'postal_address',
    may('postal-address'),
    (ids) => queries.addressesById(db, ids),
    ({ street, postcode, post_office }) => ({ words: `${street}, ${postcode} ${post_office}` }),
  )
  await look(
    'contract_party',
    may('contract'),
    (ids) => queries.contractsById(db, ids),
    ({ number }) => ({ words: number }),
  )
  await look(
    'occupancy',
    may('occupancy') && may('site-address'),
    (ids) => queries.homesById(db, ids),
    ({ street_fi, number, postcode }) => ({ words: together([street_fi, number, postcode]) }),
  )
  return found
}

type Moving = Pick<Context<typeof api.decideParted>, 'db' | 'keys' | 'now' | 'actor' | 'bundle'>

const moveContact = async (
  { db, keys, now, actor, bundle }: Moving,
  contact: number,
  from: CustomerId,
  to: CustomerId,
): Promise<void> => {
  const said = await queries.saidIn(db, contact, from)
  if (said === undefined) throw new NotFound('parted.not-found')
  // Each person's words are sealed under their own key: they are opened for one and sealed for the other.
  const body = await sealedText(db, keys, to, openedText(keys, said) ?? '', now)
  const made = await queries.copyContact(db, contact, to, body, { now, by: actor.handle, mask: bundle.mask })
  if (made === undefined) throw new NotFound('customer.not-found')
  await queries.emptyContact(db, contact, now)
}

const movePoint = async (
  { db, now, actor }: Moving,
  point: number,
  from: CustomerId,
  to: CustomerId,
): Promise<void> => {
  await queries.copyPoint(db, point, to, now, actor.handle)
  const ended = await queries.endPoint(db, point, from, now, actor.handle, dayOf(now))
  if (ended === undefined) throw new NotFound('parted.not-found')
}

export const partedRoutes: readonly Route[] = [
  route(api.listParted, async ({ db, input, may }) => {
    const rows = await queries.openParted(db, input.query.customer_id, input.query.after)
    const parties = await partiesById(
      db,
      rows.flatMap(({ customer_id, merged_id }) => [customer_id, merged_id]),
      false,
    )
    const sides = new Map(parties.map((party) => [party.id, { ...party, name: displayName(party) }]))
    const known = await whats({ db, may }, rows)
    return rows.flatMap(({ id, customer_id, merged_id, table_name, row_id }) => {
      const [one, other, kind] = [sides.get(customer_id), sides.get(merged_id), kinds[table_name]]
      // One of them may lie behind a wall: then there is nothing to decide here.
      if (one === undefined || other === undefined || kind === undefined) return []
      const { at = null, channel = null, words = null } = known.get(`${table_name} ${row_id}`) ?? {}
      return [{ id, customer_id, kind, at, channel, words, one, other, moves: movable.includes(kind) }]
    })
  }),
  route(api.decideParted, async (context) => {
    const { db, input, now, actor } = context
    const { decision } = input.body
    const row = await queries.lockParted(db, input.params.parted_id)
    if (row === undefined) throw new NotFound('parted.not-found')
    if (decision === 'open') {
      const back = await queries.takeBackDecision(db, row.id, actor.handle)
      if (back === undefined) throw new Conflict('parted.decided')
      return back
    }
    if (row.state !== 'open') throw new Conflict('parted.decided')
    if (decision === 'moves' && row.table_name === 'contact')
      await moveContact(context, row.row_id, row.customer_id, row.merged_id)
    if (decision === 'moves' && row.table_name === 'contact_point')
      await movePoint(context, row.row_id, row.customer_id, row.merged_id)
    return queries.decide(db, row.id, decision === 'moves' ? 'moved' : 'stays', now, actor.handle)
  }),
]
