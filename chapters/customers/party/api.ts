// What can be asked about the party itself: recorded anew, and what is one value of it changed where it stands.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { addressKinds, addressParts } from '../addresses/api.ts'
import { customerId, day, newContactPoint, partyKinds, period, stages } from '../api.ts'
import { nameParts } from '../names/api.ts'

const ofCustomer = z.object({ customer_id: customerId })
const version = z.number().int().positive()
const one = {
  purposes: ['customer-care', 'supply', 'rights'],
  method: 'PATCH',
  asksWhy: true,
  caller: { level: 2, scope: 'data' },
} as const

/** The register gives the number. Whoever is very like one that it has is recorded only when it is said that they are not the same. */
export const createCustomer = endpoint({
  method: 'POST',
  path: '/api/customers',
  action: 'record a new customer',
  label: { fi: 'uuden asiakkaan kirjaaminen', sv: 'anteckna en ny kund' },
  purposes: ['customer-care', 'supply'],
  reads: [
    ...(['customer-number', 'customer-status', 'name', 'birth-date'] as const),
    ...(['business-id', 'contact-details', 'postal-address'] as const),
  ],
  writes: [
    ...(['customer-number', 'customer-status', 'name', 'birth-date'] as const),
    ...(['business-id', 'contact-details', 'postal-address'] as const),
  ],
  takes: {
    body: z.strictObject({
      kind: z.enum(partyKinds),
      stage: z.enum(stages).default('customer'),
      language: z.enum(['fi', 'sv', 'en']),
      name: nameParts,
      birth_date: day.nullable().default(null),
      business_id: z.string().trim().max(20).nullable().default(null),
      contact_details: z.array(newContactPoint).max(4).default([]),
      address: addressParts
        .extend({ kind: z.enum(addressKinds) })
        .nullable()
        .default(null),
      /** Those that were shown as like, and are someone else. */
      not_same: z.array(customerId).max(20).default([]),
    }),
  },
  gives: z.object({ id: customerId, number: z.string() }),
})

export const setStage = endpoint({
  ...one,
  path: '/api/customers/:customer_id/stage',
  action: 'change the stage of a customer',
  label: { fi: 'asiakkuuden vaiheen muuttaminen', sv: 'ändra en kunds skede' },
  reads: ['customer-status'],
  writes: ['customer-status'],
  takes: { params: ofCustomer, body: z.strictObject({ stage: z.enum(stages), version }) },
  gives: z.object({ id: customerId, stage: z.enum(stages), version: z.number().int() }),
})

export const setBusinessId = endpoint({
  ...one,
  path: '/api/customers/:customer_id/business-id',
  action: 'change the business id of a customer',
  label: { fi: 'y-tunnuksen muuttaminen', sv: 'ändra en kunds FO-nummer' },
  reads: ['customer-status', 'business-id'],
  writes: ['customer-status', 'business-id'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({ business_id: z.string().trim().max(20).nullable(), version }),
  },
  gives: z.object({ id: customerId, business_id: z.string().nullable(), version: z.number().int() }),
})

export const setBirthDate = endpoint({
  ...one,
  path: '/api/customers/:customer_id/birth-date',
  action: 'change the birth date of a customer',
  label: { fi: 'syntymäajan muuttaminen', sv: 'ändra en kunds födelsedatum' },
  reads: ['customer-status', 'birth-date'],
  writes: ['customer-status', 'birth-date'],
  takes: { params: ofCustomer, body: z.strictObject({ birth_date: day.nullable(), version }) },
  gives: z.object({ id: customerId, birth_date: day.nullable(), version: z.number().int() }),
})

/**
 * A code that was written wrong is put right in place; one that the population register has changed ends, and stays to be found by.
 * `instead_of`: the code that was seen as today's, or none: it guards against a second editor.
 */
export const changeIdentityCode = endpoint({
  method: 'PUT',
  path: '/api/customers/:customer_id/identity-code',
  action: 'change the identity code of a customer',
  label: { fi: 'henkilötunnuksen muuttaminen', sv: 'ändra en kunds personbeteckning' },
  purposes: ['customer-care'],
  reads: ['identity-code', 'subject-key', 'birth-date', 'customer-status'],
  writes: ['identity-code', 'subject-key', 'birth-date', 'customer-status'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({
      code: z.string().trim().max(20),
      /** The first day of the new code; null: the earlier one was written wrong. */
      from: day.nullable(),
      instead_of: z.number().int().positive().nullable(),
    }),
  },
  gives: z.object({ id: z.number(), customer_id: customerId, masked: z.string(), during: period, source: z.string() }),
  strict: true,
  asksWhy: true,
  caller: { level: 2, scope: 'data' },
})
