// Who works in the register: invited, given roles for a time, locked, let in anew. The administrator writes credentials and reads none.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { languages } from '../../../register/vocabulary.ts'

const day = z.iso.date()
const staffId = z.object({ staff_id: z.number().int().positive() })
/** As the caller saw the person: a change by another meanwhile is refused, and shown. */
const seen = { version: z.number().int() }
const reads = { purposes: ['security'], reads: ['staff-identity'] } as const
const admits = { ...reads, writes: ['staff-identity', 'staff-credentials'] } as const

/** Half-open: `to` is the first day without the role; null has no end. */
const heldRole = z.object({ id: z.number(), role: z.string(), from: day, to: day.nullable() })

/** Why nothing opens to this person today. */
export const hindrances = ['ended', 'locked', 'no-commitment', 'no-role'] as const

const staff = z.object({
  id: z.number(),
  login: z.string(),
  name: z.string(),
  unit: z.string(),
  language: z.enum(languages),
  state: z.enum(['invited', 'active', 'locked', 'ended']),
  secrecy_committed_on: day.nullable(),
  /** What the provider of company accounts calls the person; null where they are not tied. */
  single_sign_on: z.string().nullable(),
  recorded_at: z.string(),
  version: z.number().int(),
  roles: z.array(heldRole),
  hindrances: z.array(z.enum(hindrances)),
})

const words = z.object({ fi: z.string(), sv: z.string(), en: z.string() })

/** A password that is told this once, is good until a day, and must be changed when it is used. */
const toldOnce = z.object({ staff_id: z.number(), login: z.string(), password: z.string(), until: z.string() })
const details = {
  name: z.string().trim().min(1).max(120),
  unit: z.string().trim().min(1).max(120),
  language: z.enum(languages),
}
const changed = z.object({ version: z.number().int() })

export const listStaff = endpoint({
  method: 'GET',
  path: '/api/staff',
  action: 'see who works in the register',
  label: { fi: 'rekisterin käyttäjien katselu', sv: 'se vem som arbetar i registret' },
  ...reads,
  takes: {
    query: z.strictObject({
      /** Part of a name, user name or unit. */
      text: z.string().trim().max(100).optional(),
      /** This person alone. */
      staff_id: z.coerce.number().int().positive().optional(),
      /** Those who follow this person in the list. */
      after: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().positive().max(200).default(100),
    }),
  },
  gives: z.object({
    /** By name. */
    staff: z.array(staff),
    /** The roles that a person can be given, and the companies that each hat stands for. */
    roles: z.record(
      z.string(),
      z.object({ label: words, hats: z.array(z.object({ id: z.string(), companies: z.array(z.string()) })) }),
    ),
    /** The `after` of the following page; null at the end. */
    next: z.number().nullable(),
  }),
  list: {
    title: { fi: 'Rekisterin käyttäjät', sv: 'Registrets användare', en: 'Users of the register' },
    columns: {
      login: { label: { fi: 'Tunnus', sv: 'Användarnamn', en: 'User name' }, category: 'staff-identity' },
      name: { label: { fi: 'Nimi', sv: 'Namn', en: 'Name' }, category: 'staff-identity' },
      unit: { label: { fi: 'Yksikkö', sv: 'Enhet', en: 'Unit' }, category: 'staff-identity' },
      state: {
        label: { fi: 'Tila', sv: 'Läge', en: 'State' },
        category: 'staff-identity',
        values: {
          invited: { fi: 'kutsuttu', sv: 'inbjuden', en: 'invited' },
          active: { fi: 'käytössä', sv: 'aktiv', en: 'active' },
          locked: { fi: 'lukittu', sv: 'låst', en: 'locked' },
          ended: { fi: 'päättynyt', sv: 'avslutad', en: 'ended' },
        },
      },
      secrecy_committed_on: {
        label: { fi: 'Salassapito annettu', sv: 'Sekretess given', en: 'Secrecy committed' },
        category: 'staff-identity',
        type: 'day',
      },
      roles: {
        label: { fi: 'Roolit', sv: 'Roller', en: 'Roles' },
        category: 'staff-identity',
        of: ({ roles }) => roles.map(({ role, from, to }) => `${role} ${from}–${to ?? ''}`),
      },
    },
    next: ({ next }) => (next === null ? undefined : { after: next }),
  },
})

export const inviteStaff = endpoint({
  method: 'POST',
  path: '/api/staff',
  action: 'invite to the register',
  label: { fi: 'käyttäjän kutsuminen', sv: 'bjuda in till registret' },
  ...admits,
  takes: {
    body: z.strictObject({
      login: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,59}$/, 'two to sixty of a-z, 0-9, dot, line'),
      ...details,
      roles: z.array(z.string().max(60)).min(1).max(20),
    }),
  },
  gives: toldOnce,
})

export const changeStaff = endpoint({
  method: 'PATCH',
  path: '/api/staff/:staff_id',
  action: 'correct a person of the staff',
  label: { fi: 'käyttäjän tietojen korjaaminen', sv: 'rätta en användares uppgifter' },
  ...reads,
  writes: ['staff-identity'],
  takes: { params: staffId, body: z.strictObject({ ...seen, ...details }) },
  gives: changed,
})

export const giveRole = endpoint({
  method: 'POST',
  path: '/api/staff/:staff_id/roles',
  action: 'give a role',
  label: { fi: 'roolin antaminen', sv: 'ge en roll' },
  ...reads,
  writes: ['staff-identity'],
  takes: {
    params: staffId,
    body: z.strictObject({ ...seen, role: z.string().max(60), from: day, to: day.nullable().default(null) }),
  },
  gives: heldRole,
})

export const endRole = endpoint({
  method: 'PATCH',
  path: '/api/staff/:staff_id/roles/:staff_role_id',
  action: 'end a role',
  label: { fi: 'roolin päättäminen', sv: 'avsluta en roll' },
  ...reads,
  writes: ['staff-identity'],
  takes: {
    params: staffId.extend({ staff_role_id: z.number().int().positive() }),
    body: z.strictObject({ ...seen, to: day }),
  },
  gives: heldRole,
})

/** Locked or ended, a person's sign-ins end in the same statement; an end also ends the roles. */
export const setStaffState = endpoint({
  method: 'PUT',
  path: '/api/staff/:staff_id/state',
  action: 'lock or unlock a person of the staff',
  label: { fi: 'käyttäjän lukitseminen tai avaaminen', sv: 'låsa eller låsa upp en användare' },
  ...admits,
  takes: { params: staffId, body: z.strictObject({ ...seen, state: z.enum(['open', 'locked', 'ended']) }) },
  gives: z.object({ state: staff.shape.state }),
})

/** How many there were is not told: which sign-ins are open is a credential. */
export const endStaffSessions = endpoint({
  method: 'DELETE',
  path: '/api/staff/:staff_id/sessions',
  action: 'end the sessions of a person of the staff',
  label: { fi: 'käyttäjän istuntojen päättäminen', sv: 'avsluta en användares sessioner' },
  ...reads,
  writes: ['staff-credentials'],
  takes: { params: staffId },
  gives: changed,
})

export const resetSignIn = endpoint({
  method: 'POST',
  path: '/api/staff/:staff_id/sign-in',
  action: 'reset a sign-in',
  label: { fi: 'kirjautumisen nollaaminen', sv: 'nollställa en inloggning' },
  ...admits,
  takes: { params: staffId, body: z.strictObject(seen) },
  gives: toldOnce,
})
