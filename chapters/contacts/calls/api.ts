// A call from its ringing to its note. Any telephone system announces one by POST /api/calls and ends it by POST /api/calls/ID/ending.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId } from '../../customers/api.ts'
import { outcomes, topics } from '../api.ts'

const ofCall = z.object({ call_id: z.number().int().positive() })
const care = ['customer-care'] as const

export const ring = z.object({
  id: z.number().int(),
  at: z.string(),
  /** As it is kept, +358…; null when it was withheld. */
  number: z.string().nullable(),
})

/** By a telephone system, or by hand from a number that is typed: then it rings at the one who typed it. */
export const announceCall = endpoint({
  method: 'POST',
  path: '/api/calls',
  action: 'announce an incoming call',
  label: { fi: 'saapuvasta puhelusta ilmoittaminen', sv: 'anmäla ett inkommande samtal' },
  purposes: care,
  reads: ['incoming-call'],
  writes: ['incoming-call'],
  takes: {
    body: z.strictObject({
      /** As the telephone system has it; null when it is withheld. */
      number: z.string().trim().max(40).nullable(),
      /** The telephone system's own id of the call: told twice, it is one call. */
      reference: z.string().trim().min(1).max(80).nullable().default(null),
      /** Whose telephone rings, by the number of their account; null when anyone may answer. */
      rings_at: z.number().int().positive().nullable().default(null),
    }),
  },
  gives: ring,
})

export const waitingCalls = endpoint({
  method: 'GET',
  path: '/api/calls',
  action: 'see who waits on the line',
  label: { fi: 'linjalla odottavien katselu', sv: 'se vem som väntar på linjen' },
  purposes: care,
  reads: ['incoming-call'],
  takes: {
    query: z.strictObject({
      /** Ids that the caller has seen, comma-separated: with `wait`, answers as soon as it is others. */
      known: z
        .string()
        .regex(/^[\d,]*$/)
        .max(500)
        .default(''),
      /** Seconds. */
      wait: z.coerce.number().int().min(0).max(15).default(0),
    }),
  },
  gives: z.array(ring),
})

export const candidate = z.object({
  customer_id: customerId,
  name: z.string(),
  kind: z.enum(['natural', 'legal', 'estate']),
  stage: z.enum(['prospect', 'customer', 'former']),
  protected: z.boolean(),
  deceased: z.boolean(),
  birth_year: z.number().int().nullable(),
  city: z.string().nullable(),
  /** The number was theirs, and is no more. */
  former: z.boolean(),
  /** Whom the holder of the number acts for, and as what. */
  representation_id: z.number().int().nullable(),
  representation: z.string().nullable(),
  representative_id: customerId.nullable(),
})

/** All who have the number or had it, and all for whom they act: who it is, is asked and not guessed. */
export const candidates = endpoint({
  method: 'GET',
  path: '/api/calls/:call_id/candidates',
  action: 'see who may be calling',
  label: { fi: 'mahdollisten soittajien katselu', sv: 'se vem som kan ringa' },
  purposes: care,
  reads: ['incoming-call', 'name', 'customer-status', 'contact-details'],
  readsIfPermitted: ['birth-date', 'postal-address', 'death', 'representation'],
  takes: { params: ofCall },
  gives: z.object({ call: ring, candidates: z.array(candidate) }),
})

export const contactInHand = z.object({
  call_id: z.number().int(),
  contact_id: z.number().int(),
  customer_id: customerId,
  name: z.string(),
  number: z.string().nullable(),
  taken_at: z.string(),
  /** When the line was closed; null while it is open. */
  ended_at: z.string().nullable(),
  topics: z.array(z.string()),
  outcome: z.enum(outcomes).nullable(),
  body: z.string().nullable(),
  follow_up_on: z.iso.date().nullable(),
  /** All topics, the most frequent of late first. */
  chips: z.array(z.enum(topics)),
  /** What has been changed for the customer in this call. */
  changed: z.array(z.enum(['contact-details', 'marketing-permission', 'occupancy', 'contract'])),
})

export const inHand = endpoint({
  method: 'GET',
  path: '/api/calls/in-hand',
  action: 'see my call in hand',
  label: { fi: 'oman käynnissä olevan puhelun katselu', sv: 'se mitt pågående samtal' },
  purposes: care,
  reads: ['incoming-call', 'contact-event', 'contact-content', 'subject-key', 'name'],
  readsIfPermitted: ['contact-details', 'marketing-permission', 'occupancy', 'contract'],
  takes: {},
  gives: z.object({ call: contactInHand.nullable() }),
})

/** The one who calls is picked: a contact begins, for whose sake the card is open. What one had in hand before is done. */
export const takeCall = endpoint({
  method: 'POST',
  path: '/api/calls/:call_id/taking',
  action: 'take a call',
  label: { fi: 'puheluun vastaaminen', sv: 'ta ett samtal' },
  purposes: care,
  reads: ['incoming-call', 'contact-event', 'caller-verification', 'contact-details', 'representation', 'name'],
  readsIfPermitted: ['death'],
  writes: ['incoming-call', 'contact-event', 'caller-verification'],
  takes: {
    params: ofCall,
    body: z.strictObject({
      customer_id: customerId,
      representation_id: z.number().int().positive().nullable().default(null),
    }),
  },
  gives: z.object({ call_id: z.number().int(), contact_id: z.number().int(), customer_id: customerId }),
})

/** The line is closed; the note may still be written. A call that nobody took is gone from the list. */
export const endCall = endpoint({
  method: 'POST',
  path: '/api/calls/:call_id/ending',
  action: 'end a call',
  label: { fi: 'puhelun päättäminen', sv: 'avsluta ett samtal' },
  purposes: care,
  reads: ['incoming-call'],
  writes: ['incoming-call'],
  takes: { params: ofCall },
  gives: z.object({ id: z.number().int(), ended_at: z.string().nullable() }),
})

/** Kept as it is written, as often as one likes; `done` lays the call out of one's hands. */
export const wrapUp = endpoint({
  method: 'PUT',
  path: '/api/calls/:call_id/wrap-up',
  action: 'wrap up a call',
  label: { fi: 'puhelun jälkikirjaus', sv: 'efterarbeta ett samtal' },
  purposes: care,
  reads: ['incoming-call', 'contact-event', 'subject-key', 'caller-verification'],
  writes: ['incoming-call', 'contact-event', 'contact-content', 'subject-key', 'caller-verification'],
  takes: {
    params: ofCall,
    body: z.strictObject({
      topics: z.array(z.enum(topics)).max(topics.length).default([]),
      outcome: z.enum(outcomes).nullable().default(null),
      body: z.string().trim().max(10_000).default(''),
      follow_up_on: z.iso.date().nullable().default(null),
      done: z.boolean().default(false),
    }),
  },
  gives: z.object({ contact_id: z.number().int(), customer_id: customerId, done: z.boolean() }),
})
