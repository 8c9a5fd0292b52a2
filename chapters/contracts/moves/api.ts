// What can be asked of a move: out of a home, into another, or both, with what becomes of each contract; shown first, then done whole, then undone whole.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId, day, period } from '../../customers/api.ts'
import { address, occupancyRoles } from '../../sites/api.ts'
import { endReasons, energies, kinds, makeContract } from '../api.ts'

const id = z.number().int().positive()
const ofCustomer = z.object({ customer_id: customerId })

/** What becomes of a contract at the home that is left: over, at the new home instead, another party's alone, or as it was. */
export const fates = ['ends', 'moves', 'passes', 'remains'] as const
/** Why a contract is not touched: it goes with the property, has not begun, or somebody else's is paid for. */
export const untouched = ['property', 'not-begun', 'payer'] as const
export const payers = ['nobody', 'customer', 'former'] as const

const leave = z.strictObject({
  occupancy_id: id,
  /** The first day that is no longer lived there: whoever moves in on it has the whole of it. */
  day,
  /** The first day without the contracts; null: the same. */
  contracts_end: day.nullable().default(null),
  /** Otherwise than proposed. */
  fates: z
    .array(z.strictObject({ contract_id: id, fate: z.enum(fates) }))
    .max(50)
    .default([]),
})

const enter = z.strictObject({
  site_id: id,
  role: z.enum(occupancyRoles).default('holder'),
  /** The first day there. */
  day,
  /** Who lives there already, where the home is protected. */
  lives_with: customerId.nullable().default(null),
  /** The first day of the contracts; null: the same. */
  contracts_begin: day.nullable().default(null),
  /** Beside those that move along. */
  made: z
    .array(z.strictObject({ point_id: id, product_id: id, fixed_until: day.nullable().default(null) }))
    .max(20)
    .default([]),
})

const planned = {
  leave: leave.nullable().default(null),
  enter: enter.nullable().default(null),
  /** Of the contracts that are made; those that move along keep theirs. */
  terms_version: z.string().trim().min(1).max(60).nullable().default(null),
  agreed_how: makeContract.takes.body.shape.agreed_how.default('call'),
}
export const plan = z.strictObject(planned)

const names = { name_fi: z.string(), name_sv: z.string(), name_en: z.string() }
const ofContract = { id, number: z.string(), kind: z.enum(kinds), energy: z.enum(energies), ...names }

export const standing = z.object({
  ...ofContract,
  during: period,
  fixed_until: day.nullable(),
  fate: z.enum(fates),
  /** The fates that can be chosen; none where it is not touched. */
  choices: z.array(z.enum(fates)),
  untouched: z.enum(untouched).nullable(),
  /** Its last day is the one before; null where it goes on. */
  ends: day.nullable(),
  /** Who has it alone from then on. */
  heir_id: customerId.nullable(),
})

export const beginning = z.object({
  kind: z.enum(kinds),
  energy: z.enum(energies),
  ...names,
  point_id: id,
  code: z.string(),
  from: day,
  /** When the contract begins that somebody has made after it. */
  to: day.nullable(),
  fixed_until: day.nullable(),
  /** The contract at the old home that it goes on from. */
  follows: id.nullable(),
})

const refusal = z.object({
  path: z.string(),
  code: z.string(),
  message: z.string(),
  /** The first day on which it would be taken; null where no day mends it. */
  earliest: day.nullable(),
})

const placed = { site: address.nullable(), others: z.number().int() }

export const drawn = z.object({
  /** `others`: how many live on there. */
  leave: z.object({ ...placed, during: period }).nullable(),
  /** `others`: how many live there on the day. `points`: of the energies that the company deals in, whether a contract of it runs there. */
  enter: z
    .object({
      ...placed,
      points: z.array(z.object({ id, energy: z.enum(energies), code: z.string(), served: z.boolean() })),
    })
    .nullable(),
  /** At the old home, of the caller's company: what the other one agreed is not told. */
  contracts: z.array(standing),
  begins: z.array(beginning),
  /** Of those who have left the new home without an end to their contract: over when the new one begins. */
  formers: z.array(z.object({ ...ofContract, ends: day })),
  /** Where days are not paid for by who lives there. */
  pays: z.array(
    z.object({
      who: z.enum(payers),
      energy: z.enum(energies),
      kind: z.enum(kinds).nullable(),
      code: z.string(),
      from: day,
      to: day.nullable(),
    }),
  ),
  refusals: z.array(refusal),
  /** What was shown, for doing exactly that. */
  seen: z.string(),
})

const shared = {
  purposes: ['customer-care', 'supply'],
  reads: ['customer-status', 'occupancy', 'site-address', 'accounting-point', 'contract'],
  caller: { level: 2, scope: 'contracts' },
  // A protected person is moved by the role that opens them, with a reason.
  opens: true,
} as const

export const previewMove = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/moves/preview',
  action: 'see what a move does',
  label: { fi: 'muuton vaikutusten katselu', sv: 'se vad en flytt medför' },
  takes: { params: ofCustomer, body: plan },
  gives: drawn,
  opensToo: ({ enter: into }) => (into?.lives_with ? [into.lives_with] : []),
})

/** What was as it was, so that it can be so again. */
const undoing = z.strictObject({
  at: z.iso.datetime(),
  made: z.strictObject({
    stays: z.array(id).max(1),
    contracts: z.array(id).max(50),
    parties: z.array(id).max(500),
  }),
  stays: z.array(z.strictObject({ id, version: id, to: day.nullable() })).max(1),
  contracts: z
    .array(z.strictObject({ id, version: id, to: day.nullable(), end_reason: z.enum(endReasons).nullable() }))
    .max(100),
  parties: z.array(z.strictObject({ id, to: day.nullable() })).max(500),
})

/** Whole or not at all. `seen` is of the preview: what has changed since is not done unseen. */
export const makeMove = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/moves',
  action: 'move a customer with their contracts',
  label: { fi: 'asiakkaan muutto sopimuksineen', sv: 'flytta en kund med avtalen' },
  writes: ['occupancy', 'contract'],
  takes: { params: ofCustomer, body: z.strictObject({ ...planned, seen: z.string().max(100) }) },
  gives: z.object({ ended: z.number().int(), begun: z.number().int(), undo: undoing }),
  opensToo: ({ enter: into }) => (into?.lives_with ? [into.lives_with] : []),
})

/** On the day of the slip, by who made it, while nobody has touched what it changed. */
export const undoMove = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/moves/undoing',
  action: 'take back a move',
  label: { fi: 'muuton peruminen', sv: 'ta tillbaka en flytt' },
  writes: ['occupancy', 'contract'],
  takes: { params: ofCustomer, body: undoing },
  gives: z.object({ stays: z.number().int(), contracts: z.number().int() }),
})
