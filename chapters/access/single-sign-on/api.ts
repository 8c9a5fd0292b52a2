// Signing in by the company's own provider instead of a password. The browser leaves for it and comes back to the sign-in page with its answer.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { stage } from '../api.ts'

const anyone = { role: 'sign-in', for: 'anyone' } as const

export const readWays = endpoint({
  method: 'GET',
  path: '/api/session/ways',
  action: 'see how one signs in',
  label: { fi: 'kirjautumistapojen katselu', sv: 'se hur man loggar in' },
  purposes: ['security'],
  reads: [],
  takes: {},
  gives: z.object({ single_sign_on: z.boolean() }),
  as: anyone,
})

export const beginSingleSignOn = endpoint({
  method: 'POST',
  path: '/api/session/single-sign-on',
  action: 'begin single sign-on',
  label: { fi: 'kirjautumisen aloittaminen yhtiön tunnuksella', sv: 'börja logga in med företagskonto' },
  purposes: ['security'],
  reads: [],
  takes: {},
  /** Where to go, and what to give back with the answer. */
  gives: z.object({ url: z.string(), begun: z.string() }),
  as: anyone,
})

export const finishSingleSignOn = endpoint({
  method: 'POST',
  path: '/api/session/single-sign-on/answer',
  action: 'sign in by single sign-on',
  label: { fi: 'kirjautuminen yhtiön tunnuksella', sv: 'logga in med företagskonto' },
  purposes: ['security'],
  reads: ['staff-identity', 'staff-credentials'],
  writes: ['staff-credentials'],
  takes: {
    body: z.strictObject({
      begun: z.string().max(2000),
      /** The query that the browser came back with, as it is. */
      answer: z.string().max(8000),
    }),
  },
  gives: stage,
  as: anyone,
})

/** The provider, if one is configured, and by which of its claims a person is known. */
export const readProvider = endpoint({
  method: 'GET',
  path: '/api/single-sign-on',
  action: 'see which company accounts can be tied',
  label: { fi: 'liitettävien yhtiötunnusten katselu', sv: 'se vilka företagskonton som kan kopplas' },
  purposes: ['security'],
  reads: ['staff-identity'],
  takes: {},
  gives: z.object({ provider: z.object({ issuer: z.string(), claim: z.string() }).nullable() }),
})

/** What the provider calls the person, by the claim that is configured; null unties them. Ends their sign-ins. */
export const tieStaff = endpoint({
  method: 'PUT',
  path: '/api/staff/:staff_id/single-sign-on',
  action: 'tie a person of the staff to single sign-on',
  label: { fi: 'käyttäjän liittäminen yhtiön tunnukseen', sv: 'koppla en användare till ett företagskonto' },
  purposes: ['security'],
  reads: ['staff-identity'],
  writes: ['staff-identity'],
  takes: {
    params: z.object({ staff_id: z.number().int().positive() }),
    body: z.strictObject({ version: z.number().int(), subject: z.string().trim().min(1).max(255).nullable() }),
  },
  gives: z.object({ version: z.number().int() }),
})
