// All that has happened with a customer, as one timeline: contacts, and beside them what began and ended, who moved, what was permitted.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId } from '../../customers/api.ts'
import { contact } from '../api.ts'

/** In the order in which they stand when they are of one moment: the last first. */
export const eventKinds = [
  'contact',
  'contract-began',
  'contract-ended',
  'moved-in',
  'moved-out',
  'permission',
] as const
export type EventKind = (typeof eventKinds)[number]

const happened = {
  id: z.number().int(),
  customer_id: customerId,
  /** The moment, or the beginning of the day in Finland; the timeline is ordered by it. */
  at: z.string(),
}
const ofDay = { ...happened, day: z.iso.date() }

const energy = z.enum(['electricity', 'heat', 'gas', 'steam'])
const agreement = {
  ...ofDay,
  contract_id: z.number().int(),
  number: z.string(),
  contract: z.enum(['connection', 'network', 'sales']),
  energy,
  name_fi: z.string(),
  name_sv: z.string(),
  name_en: z.string(),
}
const move = {
  ...ofDay,
  site_id: z.number().int(),
  role: z.enum(['holder', 'household', 'owner']),
  street_fi: z.string(),
  street_sv: z.string().nullable(),
  number: z.string().nullable(),
  staircase: z.string().nullable(),
  apartment: z.string().nullable(),
}

export const event = z.discriminatedUnion('kind', [
  contact.extend({ kind: z.literal('contact') }),
  z.object({ kind: z.literal('contract-began'), ...agreement }),
  z.object({ kind: z.literal('contract-ended'), ...agreement, end_reason: z.string().nullable() }),
  z.object({ kind: z.literal('moved-in'), ...move }),
  z.object({ kind: z.literal('moved-out'), ...move }),
  z.object({
    kind: z.literal('permission'),
    ...happened,
    channel: z.enum(['email', 'sms', 'phone', 'post']),
    state: z.enum(['granted', 'prohibited', 'withdrawn']),
  }),
])

export const eventPage = 50

/** Each kind as far as the bundle may see it and the caller may be told; the others are not there. */
export const events = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/events',
  action: 'see what has happened with a customer',
  label: { fi: 'asiakkaan tapahtumien katselu', sv: 'se vad som har hänt med en kund' },
  purposes: ['customer-care', 'supply', 'payment', 'claims', 'rights'],
  reads: ['contact-event'],
  readsIfPermitted: ['contact-content', 'subject-key', 'contract', 'occupancy', 'site-address', 'marketing-permission'],
  takes: {
    params: z.object({ customer_id: customerId }),
    query: z.strictObject({
      /** Comma-separated; all, when it is not said. */
      kinds: z
        .string()
        .max(120)
        .transform((said) => said.split(','))
        .pipe(z.array(z.enum(eventKinds)).min(1))
        .optional(),
      /** Older than the last one seen: its time, kind and id, as they came. */
      before_at: z.iso.datetime().optional(),
      before_kind: z.enum(eventKinds).optional(),
      before_id: z.coerce.number().int().positive().optional(),
    }),
  },
  gives: z.array(event),
  next(rows) {
    const last = rows.at(-1)
    return last && { before_at: last.at, before_kind: last.kind, before_id: last.id }
  },
})
