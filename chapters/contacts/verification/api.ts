// Who is on the line: what may be asked of them, and how surely they are known. What they answer is compared, and not kept.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { callerFacts } from '../../../register/verification.ts'
import { customerId } from '../../customers/api.ts'

const ofContact = z.object({ contact_id: z.number().int().positive() })
const care = ['customer-care'] as const

const acting = z.object({
  id: z.number().int(),
  representative_id: customerId,
  name: z.string(),
  kind: z.string(),
  scope: z.array(z.string()),
})

export const verificationState = z.object({
  contact_id: z.number().int(),
  customer_id: customerId,
  level: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  /** The next to ask first: what there is to ask of, and neither passed nor failed. */
  ask: z.array(z.enum(callerFacts)),
  passed: z.array(z.enum(callerFacts)),
  failed: z.array(z.enum(callerFacts)),
  started_at: z.string(),
  ends_at: z.string(),
  /** For whom the caller acts, by which representation; null when they speak for themselves. */
  acting: acting.nullable(),
  /** Who may act for the customer today. */
  representatives: z.array(acting),
})

/** Whatever the bundle may see of these can be asked; it never leaves. */
const compared = [
  'customer-number',
  'contract',
  'accounting-point',
  'occupancy',
  'identity-code',
  'subject-key',
  'birth-date',
  'postal-address',
  'contact-details',
  'death',
  'incoming-call',
] as const

const touches = {
  purposes: care,
  reads: ['caller-verification', 'representation', 'name'],
  readsIfPermitted: compared,
} as const

export const verification = endpoint({
  method: 'GET',
  path: '/api/contacts/:contact_id/verification',
  action: 'see how surely a caller is known',
  label: { fi: 'soittajan tunnistuksen varmuuden katselu', sv: 'se hur säkert den som ringer är känd' },
  ...touches,
  takes: { params: ofContact },
  gives: verificationState,
})

export const answerQuestion = endpoint({
  method: 'POST',
  path: '/api/contacts/:contact_id/verification/answers',
  action: 'compare what a caller answers',
  label: { fi: 'soittajan vastauksen vertaaminen', sv: 'jämföra vad den som ringer svarar' },
  ...touches,
  writes: ['caller-verification'],
  takes: {
    params: ofContact,
    body: z.strictObject({ fact: z.enum(callerFacts), said: z.string().trim().min(1).max(120) }),
  },
  gives: verificationState,
  strict: true,
})

/** What was known of one person says nothing of another: those who act for the customer are asked anew, about themselves. */
export const actFor = endpoint({
  method: 'PUT',
  path: '/api/contacts/:contact_id/verification/representation',
  action: 'say that a caller acts for the customer',
  label: { fi: 'soittajan merkitseminen asiakkaan edustajaksi', sv: 'säga att den som ringer företräder kunden' },
  ...touches,
  writes: ['caller-verification'],
  takes: {
    params: ofContact,
    body: z.strictObject({ representation_id: z.number().int().positive().nullable() }),
  },
  gives: verificationState,
})
