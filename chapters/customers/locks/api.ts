// What can be asked about locks: raised at the customer's word by whoever serves them, and waiting until the identity desk confirms or lifts them.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId, day } from '../api.ts'

const ofCustomer = z.object({ customer_id: customerId })

/**
 * Closes at once what could lead to the home, as an order does. Nothing is asked of the caller: it only closes, and who is threatened may
 * not be made to wait for questions.
 */
export const raiseLock = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/protection/lock',
  action: 'lock the address of a customer',
  label: { fi: 'osoitteen lukitseminen', sv: 'låsa en adress' },
  purposes: ['customer-care', 'supply', 'payment', 'claims'],
  reads: ['customer-status'],
  writes: ['protection-lock'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({
      reason: z.string().trim().min(5).max(300),
      /** By when it is looked at; in two weeks, if none is said. A lapse opens nothing. */
      review_on: day.nullable().default(null),
    }),
  },
  gives: z.object({ customer_id: customerId, granted_by: z.literal('customer'), review_on: day }),
  asksWhy: true,
})

export const waitingLock = z.object({
  id: z.number(),
  customer_id: customerId,
  number: z.string(),
  name: z.string(),
  reason: z.string(),
  review_on: day,
  source: z.string(),
  recorded_at: z.string(),
})

/** A short list: each is confirmed or lifted within days. The one to be looked at soonest first. */
export const waitingLocks = endpoint({
  method: 'GET',
  path: '/api/protection/locks',
  action: 'list the locks that wait for confirmation',
  label: { fi: 'ratkaistavien osoitelukkojen luettelo', sv: 'lista adresslås som väntar på avgörande' },
  purposes: ['customer-care'],
  reads: ['protection-lock', 'protection-order', 'customer-number', 'customer-status', 'name'],
  takes: { query: z.strictObject({ customer_id: z.coerce.number().pipe(customerId).optional() }) },
  gives: z.array(waitingLock),
})
