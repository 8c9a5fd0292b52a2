// What can be asked about postal addresses: changed from a day, put right, added, ended; the postcode is one that there is.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId, day, postalAddress } from '../api.ts'

export const addressKinds = ['home', 'mailing', 'invoicing', 'contact'] as const

export const addressParts = z.strictObject({
  care_of: z.string().trim().min(1).max(120).nullable().default(null),
  street: z.string().trim().min(1).max(160),
  postcode: z.string().trim().min(1).max(12),
  /** Of a Finnish address it follows from the postcode. */
  post_office: z.string().trim().min(1).max(60).nullable().default(null),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'two capital letters, as in FI')
    .default('FI'),
})

const ofCustomer = z.object({ customer_id: customerId })
const ofAddress = ofCustomer.extend({ address_id: z.number().int().positive() })
/** Of a protected person: opened with a reason, by the role that may. */
const shared = {
  purposes: ['customer-care', 'supply', 'payment', 'rights'],
  reads: ['postal-address', 'customer-status'],
  writes: ['postal-address'],
  asksWhy: true,
  opens: true,
  caller: { level: 2, scope: 'data' },
} as const

export const addAddress = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/addresses',
  action: 'add a postal address',
  label: { fi: 'postiosoitteen lisääminen', sv: 'lägga till en postadress' },
  takes: {
    params: ofCustomer,
    body: addressParts.extend({ kind: z.enum(addressKinds), from: day.nullable().default(null) }),
  },
  gives: postalAddress,
})

/**
 * `from`: the first day at the new address; the earlier one stays beside it as it was until then. Null: it was written wrong, and is put
 * right from the beginning. `version` guards against a second editor.
 */
export const changeAddress = endpoint({
  ...shared,
  method: 'PATCH',
  path: '/api/customers/:customer_id/addresses/:address_id',
  action: 'change a postal address',
  label: { fi: 'postiosoitteen muuttaminen', sv: 'ändra en postadress' },
  takes: {
    params: ofAddress,
    body: addressParts.extend({ from: day.nullable(), version: z.number().int().positive() }),
  },
  gives: postalAddress,
})

export const endAddress = endpoint({
  ...shared,
  method: 'DELETE',
  path: '/api/customers/:customer_id/addresses/:address_id',
  action: 'end a postal address',
  label: { fi: 'postiosoitteen päättäminen', sv: 'avsluta en postadress' },
  takes: { params: ofAddress, query: z.strictObject({ version: z.coerce.number().int().positive() }) },
  gives: postalAddress,
})

/** Ended by a slip: it goes on as if it had not been. On the day of the slip alone. */
export const reopenAddress = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/addresses/:address_id/reopening',
  action: 'take back the end of a postal address',
  label: { fi: 'osoitteen päättämisen peruminen', sv: 'ta tillbaka avslutandet av en postadress' },
  takes: { params: ofAddress, body: z.strictObject({ version: z.number().int().positive() }) },
  gives: postalAddress,
})
