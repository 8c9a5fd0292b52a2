// Programs that work in the register: a token each, bound to one bundle, with a person of the staff who answers for it.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { purposes } from '../../../register/vocabulary.ts'

const reads = { purposes: ['security'], reads: ['staff-identity'] } as const
const id = z.number().int().positive()

/** `unanswered`: who answers for it is away, not committed to secrecy, or without the role. */
export const standings = ['open', 'unanswered', 'over', 'revoked'] as const

const token = z.object({
  id,
  /** As the access log names it: `token:3`. */
  handle: z.string(),
  name: z.string(),
  role: z.string(),
  purpose: z.string(),
  hat: z.string(),
  /** Who answers for it: it opens nothing while they are away, not committed to secrecy, or without the role. */
  staff_id: id,
  staff_name: z.string(),
  /** Whether it works now, and if not, what keeps it shut. */
  standing: z.enum(standings),
  expires_at: z.string(),
  revoked_at: z.string().nullable(),
  /** To the minute. */
  last_used_at: z.string().nullable(),
  recorded_at: z.string(),
  recorded_by: z.string(),
})

export const listTokens = endpoint({
  method: 'GET',
  path: '/api/tokens',
  action: 'see the tokens of programs',
  label: { fi: 'rajapinta-avainten katselu', sv: 'se API-nycklarna' },
  ...reads,
  takes: {
    query: z.strictObject({
      before: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().positive().max(200).default(50),
    }),
  },
  /** The newest first. `next` is the `before` of the following page; null at the end. */
  gives: z.object({ tokens: z.array(token), next: z.number().nullable() }),
  next: ({ next }) => (next === null ? undefined : { before: next }),
})

export const makeToken = endpoint({
  method: 'POST',
  path: '/api/tokens',
  action: 'make a token for a program',
  label: { fi: 'rajapinta-avaimen antaminen', sv: 'ge en API-nyckel' },
  ...reads,
  writes: ['staff-identity', 'staff-credentials'],
  takes: {
    body: z.strictObject({
      name: z.string().trim().min(1).max(120),
      role: z.string().max(60),
      purpose: z.enum(purposes),
      hat: z.string().max(30),
      staff_id: id,
      /** The first day on which it opens nothing; a year away at most. */
      until: z.iso.date(),
    }),
  },
  /** `token` is told this once. */
  gives: z.object({ id, handle: z.string(), token: z.string() }),
})

export const revokeToken = endpoint({
  method: 'DELETE',
  path: '/api/tokens/:token_id',
  action: 'revoke a token of a program',
  label: { fi: 'rajapinta-avaimen peruminen', sv: 'återkalla en API-nyckel' },
  ...reads,
  writes: ['staff-identity'],
  takes: { params: z.object({ token_id: id }) },
  gives: z.object({ revoked_at: z.string() }),
})
