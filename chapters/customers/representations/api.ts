// What can be asked about who acts for whom: seen from both sides, recorded, narrowed or prolonged, revoked.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId, day, period } from '../api.ts'

export const representationKinds = [
  'guardian',
  'continuing-power',
  'power-of-attorney',
  'contact-person',
  'estate-representative',
  'custodian',
] as const
/** In what: what the one who acts may be told and change. */
export const scopes = ['contracts', 'invoicing', 'connections', 'faults', 'data', 'everything'] as const

const everyone = ['customer-care', 'supply', 'payment', 'claims', 'rights'] as const
const ofCustomer = z.object({ customer_id: customerId })
const ofRepresentation = ofCustomer.extend({ representation_id: z.number().int().positive() })
const version = z.number().int().positive()
const someScopes = z.array(z.enum(scopes)).min(1).max(scopes.length)
const evidence = z.string().trim().min(1).max(300).nullable().default(null)

export const representation = z.object({
  id: z.number(),
  represented_id: customerId,
  representative_id: customerId,
  kind: z.enum(representationKinds),
  scope: z.array(z.enum(scopes)),
  during: period,
  evidence: z.string().nullable(),
  end_reason: z.string().nullable(),
  /** It ended because one of the two died, and goes on should that have been a mistake. */
  by_death: z.boolean(),
  version: z.number().int(),
  source: z.string(),
  recorded_at: z.string(),
})

/** The name of the other one is null where the caller may not see them. */
const seen = { reads: ['representation', 'name'], purposes: everyone, method: 'GET' } as const

export const representations = endpoint({
  ...seen,
  path: '/api/customers/:customer_id/representations',
  action: 'see who acts for a customer',
  label: { fi: 'asiakkaan edustajien katselu', sv: 'se vem som företräder en kund' },
  takes: { params: ofCustomer },
  gives: z.array(representation.extend({ representative: z.string().nullable() })),
})

export const actsFor = endpoint({
  ...seen,
  path: '/api/customers/:customer_id/represented',
  action: 'see whom a customer acts for',
  label: { fi: 'asiakkaan edustettavien katselu', sv: 'se vem en kund företräder' },
  takes: { params: ofCustomer },
  gives: z.array(representation.extend({ represented: z.string().nullable() })),
})

const changing = {
  purposes: ['customer-care', 'supply'],
  reads: ['representation', 'customer-status'],
  readsIfPermitted: ['birth-date', 'death'],
  writes: ['representation'],
  asksWhy: true,
  caller: { level: 2, scope: 'data' },
} as const

export const addRepresentation = endpoint({
  ...changing,
  method: 'POST',
  path: '/api/customers/:customer_id/representations',
  action: 'record who acts for a customer',
  label: { fi: 'edustajan kirjaaminen', sv: 'anteckna en företrädare' },
  takes: {
    params: ofCustomer,
    body: z.strictObject({
      representative_id: customerId,
      kind: z.enum(representationKinds),
      scope: someScopes,
      from: day,
      /** The first day on which it no longer holds. */
      to: day.nullable().default(null),
      evidence,
    }),
  },
  gives: representation,
})

export const changeRepresentation = endpoint({
  ...changing,
  method: 'PATCH',
  path: '/api/customers/:customer_id/representations/:representation_id',
  action: 'change how far one acts for a customer',
  label: { fi: 'edustuksen laajuuden muuttaminen', sv: 'ändra en företrädares behörighet' },
  takes: {
    params: ofRepresentation,
    body: z.strictObject({ scope: someScopes, to: day.nullable(), evidence, version }),
  },
  gives: representation,
})

/** From today on: what was done in it stays readable. */
export const revokeRepresentation = endpoint({
  ...changing,
  method: 'POST',
  path: '/api/customers/:customer_id/representations/:representation_id/revocation',
  action: 'revoke who acts for a customer',
  label: { fi: 'edustuksen päättäminen', sv: 'återkalla en företrädare' },
  takes: {
    params: ofRepresentation,
    body: z.strictObject({ reason: z.string().trim().min(3).max(300), version }),
  },
  gives: representation,
})
