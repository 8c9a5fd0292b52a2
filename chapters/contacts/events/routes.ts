// What happened with a customer: api, rules and queries put together.
import { isTold } from '../../../enforcement/because.ts'
import { type Context, type Route, route } from '../../../enforcement/serve.ts'
import { Invalid } from '../../../platform/errors.ts'
import type { CallerNeed, Output } from '../../../register/endpoint.ts'
import type { Category } from '../../../register/vocabulary.ts'
import { contactsOfCustomer } from '../queries.ts'
import { openedText } from '../said.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { merged, type Older, olderOf } from './rules.ts'

type Event = Output<typeof api.events>[number]
type Here = Context<typeof api.events>
type Source = {
  readonly needs: readonly Category[]
  /** As for the endpoints that give the same by themselves. */
  readonly caller?: CallerNeed
  readonly read: (here: Here, older: Older | undefined) => Promise<readonly Event[]>
}

const as = <K extends api.EventKind, R>(kind: K, rows: readonly R[]): readonly (R & { readonly kind: K })[] =>
  rows.map((row) => ({ ...row, kind }))

const ofContracts = { needs: ['contract'], caller: { level: 2, scope: 'contracts' } } as const
const ofMoves = { needs: ['occupancy', 'site-address'], caller: { level: 2, scope: 'connections' } } as const

const sources: Readonly<Record<api.EventKind, Source>> = {
  contact: {
    needs: [],
    read: async ({ db, input, may, keys, caller }, older) => {
      const withBody = may('contact-content') && may('subject-key') && (caller === null || caller.level > 1)
      const rows = await contactsOfCustomer(db, input.params.customer_id, older, withBody)
      return rows.map(({ body, wrapped, key_version, ...row }) => ({
        ...row,
        kind: 'contact',
        topics: [...row.topics],
        body: openedText(keys, { customer_id: row.customer_id, body, wrapped, key_version }),
      }))
    },
  },
  'contract-began': {
    ...ofContracts,
    read: async ({ db, input }, older) =>
      as('contract-began', await queries.contractsBy(db, input.params.customer_id, 'lower', older)),
  },
  'contract-ended': {
    ...ofContracts,
    read: async ({ db, input }, older) =>
      as('contract-ended', await queries.contractsBy(db, input.params.customer_id, 'upper', older)),
  },
  'moved-in': {
    ...ofMoves,
    read: async ({ db, input }, older) =>
      as('moved-in', await queries.movesBy(db, input.params.customer_id, 'lower', older)),
  },
  'moved-out': {
    ...ofMoves,
    read: async ({ db, input }, older) =>
      as('moved-out', await queries.movesBy(db, input.params.customer_id, 'upper', older)),
  },
  permission: {
    needs: ['marketing-permission'],
    read: async ({ db, input }, older) =>
      as('permission', await queries.permissionsOf(db, input.params.customer_id, older)).map(
        ({ recorded_at, ...row }) => ({ ...row, at: recorded_at }),
      ),
  },
}

export const eventRoutes: readonly Route[] = [
  route(api.events, async (here) => {
    const { kinds = api.eventKinds, before_at, before_kind, before_id } = here.input.query
    const given = [before_at, before_kind, before_id].filter((part) => part !== undefined).length
    if (given !== 0 && given !== 3)
      throw new Invalid('page.half', { status: 422, detail: 'before_at, before_kind and before_id belong together' })
    const last =
      before_at === undefined || before_kind === undefined || before_id === undefined
        ? undefined
        : { at: before_at, kind: before_kind, id: before_id }
    const seen = kinds.filter(
      (kind) => sources[kind].needs.every(here.may) && isTold(here.caller, sources[kind].caller),
    )
    const lists = await Promise.all(seen.map((kind) => sources[kind].read(here, olderOf(kind, last))))
    return merged(lists, api.eventPage)
  }),
]
