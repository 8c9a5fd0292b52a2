// What can be asked about names: changed from a day, put right where they were written wrong, added, ended.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId, day, name } from '../api.ts'

export const nameKinds = ['official', 'former', 'trade'] as const

const part = z.string().trim().min(1).max(120).nullable().default(null)
/** A person has a family name and given names, the one they go by among them; a company and an estate have one name. */
export const nameParts = z.strictObject({ given: part, call_name: part, family: part, organisation: part })

const ofCustomer = z.object({ customer_id: customerId })
const ofName = ofCustomer.extend({ name_id: z.number().int().positive() })
const shared = {
  purposes: ['customer-care', 'supply', 'rights'],
  reads: ['name', 'customer-status'],
  writes: ['name'],
  asksWhy: true,
  caller: { level: 2, scope: 'data' },
} as const
const version = z.number().int().positive()

export const addName = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/names',
  action: 'add a name',
  label: { fi: 'nimen lisääminen', sv: 'lägga till ett namn' },
  takes: {
    params: ofCustomer,
    body: nameParts.extend({
      kind: z.enum(nameKinds),
      from: day.nullable().default(null),
      /** The first day on which it is no longer used. */
      to: day.nullable().default(null),
    }),
  },
  gives: name,
})

/**
 * `from`: the first day of the new name; the earlier one stays beside it as it was until then. Null: it was written wrong, and is put right
 * from the beginning. `version` guards against a second editor.
 */
export const changeName = endpoint({
  ...shared,
  method: 'PATCH',
  path: '/api/customers/:customer_id/names/:name_id',
  action: 'change a name',
  label: { fi: 'nimen muuttaminen', sv: 'ändra ett namn' },
  takes: { params: ofName, body: nameParts.extend({ from: day.nullable(), version }) },
  gives: name,
})

export const endName = endpoint({
  ...shared,
  method: 'DELETE',
  path: '/api/customers/:customer_id/names/:name_id',
  action: 'end a name',
  label: { fi: 'nimen päättäminen', sv: 'avsluta ett namn' },
  takes: { params: ofName, query: z.strictObject({ version: z.coerce.number().int().positive() }) },
  gives: name,
})

/** Ended by a slip: it goes on as if it had not been. On the day of the slip alone. */
export const reopenName = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/names/:name_id/reopening',
  action: 'take back the end of a name',
  label: { fi: 'nimen päättämisen peruminen', sv: 'ta tillbaka avslutandet av ett namn' },
  takes: { params: ofName, body: z.strictObject({ version: z.number().int().positive() }) },
  gives: name,
})
