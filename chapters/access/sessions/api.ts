// One's own sign-ins that are still open, wherever they were made, and ending any of them from afar.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'

const own = {
  purposes: ['security'],
  reads: ['staff-credentials'],
  as: { role: 'sign-in', for: 'staff' },
} as const

/** The digest of the session's token: it names the session, and opens nothing. */
const sessionId = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')

export const listOwnSessions = endpoint({
  method: 'GET',
  path: '/api/sessions',
  action: 'see where I am signed in',
  label: { fi: 'omien kirjautumisten katselu', sv: 'se var jag är inloggad' },
  ...own,
  takes: {},
  gives: z.object({
    sessions: z.array(
      z.object({
        id: sessionId,
        user_agent: z.string().nullable(),
        started_at: z.string(),
        seen_at: z.string(),
        expires_at: z.string(),
        current: z.boolean(),
      }),
    ),
  }),
})

export const endOwnSession = endpoint({
  method: 'DELETE',
  path: '/api/sessions/:session_id',
  action: 'end one of my sign-ins',
  label: { fi: 'oman kirjautumisen päättäminen', sv: 'avsluta en av mina inloggningar' },
  ...own,
  writes: ['staff-credentials'],
  takes: { params: z.object({ session_id: sessionId }) },
  gives: z.object({ ended: z.boolean() }),
})
