// What can be asked about a restriction of processing (art. 18): set and lifted by those who serve the rights of people, and by nobody else.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId, day } from '../api.ts'

/** Art. 18(1)(a) to (d): accuracy contested, unlawful but not to be erased, needed for a claim, objection being examined. */
export const restrictionGrounds = ['accuracy', 'unlawful', 'claims', 'objection'] as const

const ofCustomer = z.object({ customer_id: customerId })

export const restriction = z.object({
  id: z.number(),
  customer_id: customerId,
  ground: z.enum(restrictionGrounds),
  reason: z.string(),
  began_at: z.string(),
  told_on: day.nullable(),
  lifted_at: z.string().nullable(),
  lifted_reason: z.string().nullable(),
})

export const restrictions = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/restrictions',
  action: 'see the restrictions of a customer',
  label: { fi: 'asiakkaan käsittelyrajoitusten katselu', sv: 'se begränsningarna för en kund' },
  purposes: ['claims', 'rights'],
  reads: ['restriction'],
  takes: { params: ofCustomer },
  gives: z.array(restriction),
})

/** From this moment the person is found and seen by those alone who deal with claims and rights. */
export const restrict = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/restrictions',
  action: 'restrict the processing of a customer',
  label: { fi: 'asiakkaan tietojen käsittelyn rajoittaminen', sv: 'begränsa behandlingen av en kunds uppgifter' },
  purposes: ['rights'],
  reads: ['restriction'],
  writes: ['restriction'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({ ground: z.enum(restrictionGrounds), reason: z.string().trim().min(5).max(500) }),
  },
  gives: restriction,
})

/** Art. 18(3): the person is told before it is lifted, so the day on which they were told is asked for. */
export const liftRestriction = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/restrictions/lifting',
  action: 'lift the restriction of a customer',
  label: { fi: 'käsittelyrajoituksen poistaminen', sv: 'häva begränsningen för en kund' },
  purposes: ['rights'],
  reads: ['restriction'],
  writes: ['restriction'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({ told_on: day, reason: z.string().trim().min(5).max(500) }),
  },
  gives: restriction,
})
