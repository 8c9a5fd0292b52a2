// What came to a joined customer, and is looked through when the two are parted: it stays, or moves to the other. Here, since it may be what was said.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId } from '../../customers/api.ts'
import { channels } from '../api.ts'

export const partedKinds = ['contact', 'contact-point', 'name', 'address', 'contract', 'home'] as const

const side = z.object({ id: customerId, number: z.string(), name: z.string() })

/** The oldest first, of all parted pairs or of those with `customer_id`. */
export const listParted = endpoint({
  method: 'GET',
  path: '/api/parted',
  action: 'list what came while two customers were joined',
  label: { fi: 'purettujen yhdistämisten tarkistuslista', sv: 'lista vad som kom medan två kunder var sammanslagna' },
  purposes: ['customer-care'],
  reads: ['customer-status', 'customer-number', 'name', 'contact-event', 'contact-details'],
  readsIfPermitted: ['postal-address', 'contract', 'occupancy', 'site-address'],
  takes: {
    query: z.strictObject({
      customer_id: z.coerce.number().int().positive().optional(),
      after: z.coerce.number().int().positive().optional(),
    }),
  },
  gives: z.array(
    z.object({
      id: z.number(),
      /** Where it stands now. */
      customer_id: customerId,
      kind: z.enum(partedKinds),
      /** Of a contact, when it was. */
      at: z.string().nullable(),
      channel: z.enum([...channels, 'phone']).nullable(),
      /** What it says: a number, a name, an address. Null of a contact, and where the caller may not see it. */
      words: z.string().nullable(),
      one: side,
      other: side,
      /** Whether deciding moves it; else it is moved on the cards, and then said to be. */
      moves: z.boolean(),
    }),
  ),
  next(rows) {
    const last = rows.at(-1)
    return last && { after: last.id }
  },
})

/** `open` takes back, by the same hand, that it stays. */
export const decideParted = endpoint({
  method: 'POST',
  path: '/api/parted/:parted_id/decision',
  action: 'decide whose something is after a parting',
  label: { fi: 'ratkaisu siitä, kumman merkintä on', sv: 'avgöra vems något är efter en delning' },
  purposes: ['customer-care'],
  reads: ['customer-status', 'contact-event', 'contact-content', 'contact-details', 'subject-key'],
  writes: ['customer-status', 'contact-event', 'contact-content', 'contact-details', 'subject-key'],
  takes: {
    params: z.object({ parted_id: z.number().int().positive() }),
    body: z.strictObject({ decision: z.enum(['stays', 'moves', 'open']) }),
  },
  gives: z.object({ id: z.number(), customer_id: customerId, state: z.enum(['open', 'stays', 'moved']) }),
})
