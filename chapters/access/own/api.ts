// What one signs in by: one's own password and second factor, changed by who knows the present ones.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'

const own = {
  purposes: ['security'],
  reads: ['staff-identity', 'staff-credentials'],
  as: { role: 'sign-in', for: 'staff' },
} as const
const changes = { ...own, writes: ['staff-credentials'] } as const
const password = z.string().min(1).max(200)

export const readOwnSignIn = endpoint({
  method: 'GET',
  path: '/api/own/sign-in',
  action: 'see how I sign in',
  label: { fi: 'oman kirjautumistavan katselu', sv: 'se hur jag loggar in' },
  ...own,
  takes: {},
  gives: z.object({
    login: z.string(),
    secrecy_committed_on: z.iso.date().nullable(),
    authenticator_since: z.string().nullable(),
    recovery_codes_left: z.number(),
  }),
})

/** Ends every other sign-in of the person. */
export const changeOwnPassword = endpoint({
  method: 'PUT',
  path: '/api/own/password',
  action: 'change my password',
  label: { fi: 'oman salasanan vaihtaminen', sv: 'byta mitt lösenord' },
  ...changes,
  takes: { body: z.strictObject({ password, new_password: password }) },
  gives: z.object({ changed: z.literal(true) }),
})

/** The secret for another authenticator: the present one is good until the new one is confirmed. */
export const beginOwnAuthenticator = endpoint({
  method: 'POST',
  path: '/api/own/authenticator-secret',
  action: 'begin to change my authenticator',
  label: { fi: 'oman todennussovelluksen vaihdon aloittaminen', sv: 'börja byta min autentiseringsapp' },
  ...changes,
  takes: { body: z.strictObject({ password }) },
  gives: z.object({ login: z.string(), secret: z.string(), uri: z.string() }),
})

/** Ends every other sign-in of the person, and the recovery codes that there were. */
export const confirmOwnAuthenticator = endpoint({
  method: 'PUT',
  path: '/api/own/authenticator',
  action: 'change my authenticator',
  label: { fi: 'oman todennussovelluksen vaihtaminen', sv: 'byta min autentiseringsapp' },
  ...changes,
  takes: { body: z.strictObject({ code: z.string().max(30) }) },
  gives: z.object({ recovery_codes: z.array(z.string()) }),
})
