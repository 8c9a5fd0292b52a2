// The access log: who looked at whom and why, each line with its proof, how far the log is sealed, and what a person is told of it.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import type { ListColumn } from '../../../register/list.ts'
import { purposes, type Words } from '../../../register/vocabulary.ts'
import { customerId } from '../../customers/api.ts'

const place = z.coerce.number().int().positive()
const before = z.coerce.number().int().nonnegative().optional()
const words = z.object({ fi: z.string(), sv: z.string(), en: z.string() })

/** Who sees whose line it is does so for the rights of those persons; the log alone is read for security. */
const officers = { method: 'GET', purposes: ['rights', 'security'], reads: ['access-log', 'staff-identity'] } as const
/** Told to whoever answers the persons of the register as well: it names no one of the staff. */
const answering = { method: 'GET', purposes: ['rights', 'security'], reads: ['access-log'] } as const

export const outcomes = ['read', 'listed', 'written', 'refused', 'failed'] as const
/** What a reading was for, as its reason begins; `none` where no reason was given. */
export const reasonKinds = ['call', 'ring', 'task', 'case', 'mail', 'reason', 'none'] as const

const accessLine = z.object({
  id: z.number(),
  request: z.string(),
  at: z.string(),
  actor: z.string(),
  /** Of one of the staff; null of a program and of the machinery. */
  actor_name: z.string().nullable(),
  role: z.string(),
  purpose: z.string(),
  hat: z.string(),
  subject_id: z.number().nullable(),
  /** Null to those who may not see whose line it is, and when the person is no longer in the register. */
  subject_number: z.string().nullable(),
  subject_name: z.string().nullable(),
  categories: z.array(z.string()),
  endpoint: z.string(),
  because: z.string().nullable(),
  outcome: z.enum(outcomes),
})

const log = 'access-log'
const columns = {
  at: { label: { fi: 'Aika', sv: 'Tid', en: 'Time' }, category: log, type: 'instant' },
  purpose: { label: { fi: 'Käyttötarkoitus', sv: 'Ändamål', en: 'Purpose' }, category: log },
  categories: { label: { fi: 'Tietoryhmät', sv: 'Kategorier', en: 'Categories' }, category: log },
} as const satisfies Readonly<Record<string, ListColumn>>

const done = {
  read: { fi: 'katsottiin', sv: 'lästes', en: 'looked at' },
  listed: { fi: 'näkyi luettelossa', sv: 'syntes i en lista', en: 'shown in a list' },
  written: { fi: 'muutettiin', sv: 'ändrades', en: 'changed' },
  refused: { fi: 'estettiin', sv: 'vägrades', en: 'refused' },
  failed: { fi: 'ei onnistunut', sv: 'misslyckades', en: 'failed' },
} as const

/** Newest first. `next` is the `before` of the following page; null at the end. */
export const searchAccessLog = endpoint({
  ...officers,
  path: '/api/access-log',
  action: 'search the access log',
  label: { fi: 'käyttölokin hakeminen', sv: 'söka i åtkomstloggen' },
  readsIfPermitted: ['customer-number', 'customer-status', 'name'],
  takes: {
    query: z.strictObject({
      /** With those that were merged into the person. */
      customer_id: place.optional(),
      /** A handle: `staff:12`, `token:3`, `system:import`. */
      actor: z.string().max(60).optional(),
      purpose: z.enum(purposes).optional(),
      endpoint: z.string().max(200).optional(),
      reason: z.enum(reasonKinds).optional(),
      /** Words of the reason. */
      because: z.string().trim().min(1).max(200).optional(),
      outcome: z.enum(outcomes).optional(),
      /** Only lines of which somebody is told: no sign-ins, refusals or empty lists. */
      about: z.literal('people').optional(),
      /** Half-open, RFC 3339. Without `from`, the last 31 days are searched, or all that the log has of `customer_id`: no search reads the log of years by mistake. */
      from: z.iso.datetime({ offset: true }).optional(),
      to: z.iso.datetime({ offset: true }).optional(),
      before,
      limit: place.max(200).default(50),
    }),
  },
  gives: z.object({
    lines: z.array(accessLine),
    next: z.number().nullable(),
    /** Where the search began, also when nobody said it; null: with the first line of the log. */
    from: z.string().nullable(),
  }),
  list: {
    title: { fi: 'Käyttöloki', sv: 'Åtkomstlogg', en: 'Access log' },
    columns: {
      at: columns.at,
      actor: { label: { fi: 'Tekijä', sv: 'Vem', en: 'Who' }, category: log },
      actor_name: { label: { fi: 'Tekijän nimi', sv: 'Namn', en: 'Name' }, category: 'staff-identity' },
      role: { label: { fi: 'Rooli', sv: 'Roll', en: 'Role' }, category: log, names: 'roles' },
      hat: { label: { fi: 'Yhtiö', sv: 'Bolag', en: 'Company' }, category: log },
      purpose: { ...columns.purpose, names: 'purposes' },
      subject_id: { label: { fi: 'Henkilö', sv: 'Person', en: 'Person' }, category: log, type: 'number' },
      endpoint: { label: { fi: 'Mitä', sv: 'Vad', en: 'What' }, category: log, names: 'actions' },
      because: { label: { fi: 'Syy', sv: 'Skäl', en: 'Why' }, category: log },
      categories: { ...columns.categories, names: 'categories' },
      outcome: { label: { fi: 'Tulos', sv: 'Utfall', en: 'Outcome' }, category: log, values: done },
    },
    next: ({ next }) => (next === null ? undefined : { before: next }),
  },
})

/** What a breach is measured by: how many persons one of the staff was shown in a time. */
export const countSeen = endpoint({
  ...officers,
  path: '/api/access-log/counts',
  action: 'count the persons shown to someone',
  label: { fi: 'käyttäjän näkemien henkilöiden laskeminen', sv: 'räkna personerna som någon har sett' },
  takes: {
    query: z.strictObject({
      actor: z.string().min(1).max(60),
      from: z.iso.datetime({ offset: true }),
      to: z.iso.datetime({ offset: true }),
    }),
  },
  gives: z.object({
    people: z.number(),
    lines: z.number(),
    actions: z.array(
      z.object({ endpoint: z.string(), outcome: z.enum(outcomes), people: z.number(), lines: z.number() }),
    ),
  }),
})

/** What the verifier at `/access-log/verify.mjs` needs to prove a line without trusting the register; hexadecimal hashes. */
export const proveLine = endpoint({
  ...answering,
  path: '/api/access-log/lines/:line_id/proof',
  action: 'take the proof of a line of the access log',
  label: { fi: 'käyttölokin rivin todisteen ottaminen', sv: 'ta beviset på en rad i åtkomstloggen' },
  takes: { params: z.object({ line_id: z.number().int().nonnegative() }) },
  gives: z.object({
    line: z.array(z.string().nullable()),
    salt: z.string(),
    index: z.number(),
    size: z.number(),
    hashes: z.array(z.string()),
    checkpoint: z.string(),
  }),
})

/** Signed notes over size and root, newest first: what an auditor keeps and compares. */
export const listCheckpoints = endpoint({
  method: 'GET',
  path: '/api/access-log/checkpoints',
  action: 'see the checkpoints of the access log',
  label: { fi: 'käyttölokin tarkistuspisteiden katselu', sv: 'se åtkomstloggens kontrollpunkter' },
  purposes: ['security'],
  reads: ['access-log'],
  takes: { query: z.strictObject({ before, limit: place.max(200).default(50) }) },
  gives: z.object({
    checkpoints: z.array(z.object({ size: z.number(), root: z.string(), note: z.string(), at: z.string() })),
    next: z.number().nullable(),
  }),
  next: ({ next }) => (next === null ? undefined : { before: next }),
})

/** That the log of a checkpoint begins with the log of an earlier one, whoever kept that. */
export const proveGrowth = endpoint({
  method: 'GET',
  path: '/api/access-log/growth',
  action: 'prove how the access log grew',
  label: { fi: 'käyttölokin jatkuvuuden todistaminen', sv: 'bevisa hur åtkomstloggen har vuxit' },
  purposes: ['security'],
  reads: ['access-log'],
  takes: {
    query: z.strictObject({
      /** The size that the earlier checkpoint says. */
      earlier: place,
      /** The size of a later checkpoint; the newest, when not given. */
      later: place.optional(),
    }),
  },
  gives: z.object({ later: z.string(), hashes: z.array(z.string()) }),
})

const told = (name: 'purpose' | 'role' | 'unit') => ({
  of: (row: Readonly<Record<typeof name, Words>>, language: keyof Words) => row[name][language],
})

/**
 * Who looked at a person, as the person is told: when, why, for which company and by which unit; not by whom (C-579/21).
 * Newest first, with the lines of those that were merged into the person.
 */
export const looksAtPerson = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/looks',
  action: 'see who looked at a customer',
  label: { fi: 'asiakkaan tietojen katselijoiden katselu', sv: 'se vem som har läst en kunds uppgifter' },
  purposes: ['rights'],
  reads: ['access-log'],
  readsIfPermitted: ['customer-status', 'customer-number', 'name'],
  takes: {
    params: z.object({ customer_id: customerId }),
    query: z.strictObject({ before, limit: place.max(500).default(100) }),
  },
  gives: z.object({
    /** Null to those who may not see whose it is, as in the file that is taken out. */
    person: z.object({ number: z.string(), name: z.string().nullable() }).nullable(),
    looks: z.array(
      z.object({
        id: z.number(),
        at: z.string(),
        purpose: words,
        role: words,
        unit: words,
        companies: z.array(z.string()),
        categories: z.array(words),
        reason: z.enum(reasonKinds),
        outcome: z.enum(outcomes),
      }),
    ),
    next: z.number().nullable(),
  }),
  list: {
    title: { fi: 'Tietojeni katselut', sv: 'Läsningar av mina uppgifter', en: 'Who looked at my data' },
    columns: {
      at: columns.at,
      outcome: {
        label: { fi: 'Mitä tehtiin', sv: 'Vad gjordes', en: 'What was done' },
        category: log,
        values: done,
      },
      purpose: { ...columns.purpose, ...told('purpose') },
      companies: { label: { fi: 'Yhtiö', sv: 'Bolag', en: 'Company' }, category: log },
      unit: { label: { fi: 'Yksikkö', sv: 'Enhet', en: 'Unit' }, category: log, ...told('unit') },
      role: { label: { fi: 'Tehtävä', sv: 'Roll', en: 'Role' }, category: log, ...told('role') },
      categories: { ...columns.categories, of: (row, language) => row.categories.map((one) => one[language]) },
      reason: {
        label: { fi: 'Syy', sv: 'Skäl', en: 'Reason' },
        category: log,
        values: {
          ring: { fi: 'saapuva puhelu', sv: 'inkommande samtal', en: 'an incoming call' },
          call: { fi: 'puhelu', sv: 'samtal', en: 'a call' },
          case: { fi: 'asian käsittely', sv: 'behandling av ett ärende', en: 'a case' },
          task: { fi: 'tehtävä', sv: 'uppgift', en: 'a task' },
          mail: { fi: 'viesti', sv: 'meddelande', en: 'a message' },
          reason: { fi: 'muu kirjattu syy', sv: 'annat antecknat skäl', en: 'another recorded reason' },
          none: { fi: '', sv: '', en: '' },
        },
      },
    },
    next: ({ next }) => (next === null ? undefined : { before: next }),
  },
})
