// Signing in and out, one's own session, and the first sign-in with its commitment to secrecy.
import { z } from 'zod'
import { endpoint } from '../../register/endpoint.ts'

const label = z.object({ fi: z.string(), sv: z.string(), en: z.string() })

export const session = z.object({
  user: z.object({ id: z.string(), name: z.string(), language: z.enum(['fi', 'sv', 'en']) }),
  role: z.string(),
  roles: z.array(z.object({ id: z.string(), label })),
  /** The company whose work is done: the wall between retail and network follows it. */
  hat: z.string(),
  hats: z.array(z.string()),
  /** The actions of the endpoints that this role may call under this hat. */
  actions: z.array(z.string()),
  /** Those of them whose list this role may take out as a file. */
  exports: z.array(z.string()).default([]),
  noticeHash: z.string(),
  unit: z.string(),
})

const own = { purposes: ['security'], reads: ['staff-identity', 'staff-credentials'] } as const
const anyone = { role: 'sign-in', for: 'anyone' } as const
const staff = { role: 'sign-in', for: 'staff' } as const

export const readSession = endpoint({
  method: 'GET',
  path: '/api/session',
  action: 'see my session',
  label: { fi: 'oman istunnon katselu', sv: 'se min session' },
  ...own,
  takes: {},
  gives: session,
  as: staff,
})

export const changeSession = endpoint({
  method: 'PATCH',
  path: '/api/session',
  action: 'change my role or hat',
  label: { fi: 'oman roolin tai yhtiön vaihtaminen', sv: 'byta min roll eller mitt bolag' },
  ...own,
  writes: ['staff-credentials'],
  takes: { body: z.strictObject({ role: z.string().max(60).optional(), hat: z.string().max(30).optional() }) },
  gives: session,
  as: staff,
})

export const endSession = endpoint({
  method: 'DELETE',
  path: '/api/session',
  action: 'sign out',
  label: { fi: 'uloskirjautuminen', sv: 'logga ut' },
  ...own,
  writes: ['staff-credentials'],
  takes: {},
  /** `leave_at`: where the browser goes to sign out at the company's provider as well; it comes back to the sign-in page. */
  gives: z.object({ ended: z.boolean(), leave_at: z.string().nullable() }),
  as: staff,
})

export const stage = z.object({ stage: z.enum(['password', 'enrol', 'complete']) })

export const signIn = endpoint({
  method: 'POST',
  path: '/api/session',
  action: 'sign in',
  label: { fi: 'kirjautuminen', sv: 'logga in' },
  ...own,
  writes: ['staff-credentials'],
  takes: { body: z.strictObject({ login: z.string().min(1).max(100), password: z.string().min(1).max(200) }) },
  gives: stage,
  as: anyone,
})

const code = z.string().regex(/^\d{6}$/, 'six digits from the authenticator')

export const secondFactor = endpoint({
  method: 'POST',
  path: '/api/session/second-factor',
  action: 'give the second factor',
  label: { fi: 'toisen tunnistautumistekijän antaminen', sv: 'ge den andra inloggningsfaktorn' },
  ...own,
  writes: ['staff-credentials'],
  takes: { body: z.strictObject({ code: z.string().max(30) }) },
  gives: stage,
  as: anyone,
})

/** The secret for the authenticator, as long as it is not confirmed. */
export const readEnrolment = endpoint({
  method: 'POST',
  path: '/api/session/enrolment-secret',
  action: 'begin a first sign-in',
  label: { fi: 'ensimmäisen kirjautumisen aloittaminen', sv: 'börja en första inloggning' },
  ...own,
  writes: ['staff-credentials'],
  takes: {},
  gives: z.object({ login: z.string(), secret: z.string(), uri: z.string() }),
  as: anyone,
})

export const enrol = endpoint({
  method: 'POST',
  path: '/api/session/enrolment',
  action: 'complete a first sign-in',
  label: { fi: 'ensimmäisen kirjautumisen loppuunvieminen', sv: 'slutföra en första inloggning' },
  ...own,
  writes: ['staff-identity', 'staff-credentials'],
  takes: { body: z.strictObject({ password: z.string().min(1).max(200), committed: z.literal(true), code }) },
  gives: stage.extend({ recovery_codes: z.array(z.string()) }),
  as: anyone,
})
