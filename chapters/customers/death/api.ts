// What can be asked about a death: recorded, seen with whose estate it is, and taken back.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId, day } from '../api.ts'

export const deathSources = ['population-register', 'relative', 'estate', 'authority', 'other'] as const

const ofCustomer = z.object({ customer_id: customerId })
const party = z.object({ id: customerId, number: z.string(), name: z.string() })

export const deathReport = z.object({
  id: z.number(),
  customer_id: customerId,
  deceased_on: day,
  told_by: z.enum(deathSources),
  basis: z.string().nullable(),
  recorded_at: z.string(),
  reversed_at: z.string().nullable(),
  reversed_reason: z.string().nullable(),
})

/** Of a person: the reports and the estate. Of an estate: whose it is, and whether that person lives after all. */
export const deathOf = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/death',
  action: 'see the death and estate of a customer',
  label: { fi: 'kuoleman ja kuolinpesän katselu', sv: 'se en kunds dödsfall och dödsbo' },
  purposes: ['customer-care', 'supply', 'payment', 'claims', 'rights'],
  reads: ['death', 'name', 'customer-number', 'customer-status'],
  takes: { params: ofCustomer },
  gives: z.object({
    reports: z.array(deathReport),
    estates: z.array(party),
    estate_of: party.extend({ deceased_on: day.nullable() }).nullable(),
  }),
})

/**
 * At once: nobody markets to the person, those who cared for them no longer act, and the estate stands as a party of its own, under the
 * person's name, for its representative to act for.
 */
export const recordDeath = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/death',
  action: 'record a death',
  label: { fi: 'kuoleman kirjaaminen', sv: 'anteckna ett dödsfall' },
  purposes: ['customer-care'],
  reads: ['death', 'name', 'customer-number', 'customer-status', 'birth-date', 'representation'],
  writes: ['death', 'name', 'customer-number', 'customer-status', 'representation'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({
      deceased_on: day,
      told_by: z.enum(deathSources),
      basis: z.string().trim().min(1).max(300).nullable().default(null),
      /** Makes the estate, or opens again the one that there was. */
      estate: z.boolean().default(true),
    }),
  },
  gives: z.object({ report: deathReport, estate: party.nullable(), ended: z.number().int() }),
})

/**
 * Reported dead by mistake. Everything that the report changed is as it was, and what the estate had taken over goes on with the person, of
 * whichever company; the estate is closed, and keeps what was recorded of it.
 */
export const reverseDeath = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/death/reversal',
  action: 'take back a death',
  label: { fi: 'kuolemankirjauksen peruminen', sv: 'återta ett dödsfall' },
  purposes: ['customer-care'],
  reads: ['death', 'customer-number', 'customer-status', 'birth-date', 'representation'],
  writes: ['death', 'customer-status', 'representation', 'occupancy', 'contract'],
  takes: { params: ofCustomer, body: z.strictObject({ reason: z.string().trim().min(5).max(300) }) },
  gives: z.object({ report: deathReport, restored: z.number().int() }),
})
