// What can be asked when an estate takes over: what would pass on a day, that it does, and that the day was wrong.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId, day, period } from '../../customers/api.ts'
import { address, occupancyRoles } from '../../sites/api.ts'
import { energies, kinds, partyRoles } from '../api.ts'

const ofCustomer = z.object({ customer_id: customerId })
const id = z.number().int().positive()

/** Why something does not pass on that day. */
export const stays = ['not-begun', 'estate-has-it'] as const

const passing = { id, customer_id: customerId, during: period, stays: z.enum(stays).nullable() }

export const passingContract = z.object({
  ...passing,
  contract_id: id,
  number: z.string(),
  kind: z.enum(kinds),
  energy: z.enum(energies),
  name_fi: z.string(),
  name_sv: z.string(),
  name_en: z.string(),
  role: z.enum(partyRoles),
  /** How many others are parties to it, and remain so. */
  others: z.number().int(),
})

export const passingHome = z.object({
  ...passing,
  site_id: id,
  role: z.enum(occupancyRoles),
  /** Null: somebody protected lives there as well. */
  site: address.nullable(),
})

const shared = {
  purposes: ['customer-care', 'supply'],
  reads: ['death', 'customer-number', 'customer-status', 'name', 'contract', 'occupancy', 'site-address'],
  // The contracts of a protected person are seen by all who serve them, their home by whom it is opened to.
  opens: true,
  caller: { level: 2, scope: 'contracts' },
} as const

/** Of the caller's own company, and of what both share: what the other one holds is not told, nor whether it holds anything. */
export const toTakeOver = endpoint({
  ...shared,
  method: 'GET',
  path: '/api/customers/:customer_id/takeover',
  action: 'see what the estate takes over',
  label: { fi: 'kuolinpesälle siirtyvien katselu', sv: 'se vad dödsboet övertar' },
  takes: {
    params: ofCustomer,
    /** The first day of the estate; the day of death, if none is said. */
    query: z.strictObject({ day: day.optional() }),
  },
  gives: z.object({
    /** None: there is no estate, or the person lives. */
    estate: z.object({ id: customerId, number: z.string(), name: z.string(), deceased_on: day }).nullable(),
    contracts: z.array(passingContract),
    homes: z.array(passingHome),
    /** What the estate took over already. */
    passed: z.object({ contracts: z.number().int(), homes: z.number().int(), from: day.nullable() }),
  }),
})

/** All at once: what ends for the deceased on that day begins for the estate on the same. Other parties to the contracts remain. */
export const takeOver = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/takeover',
  action: 'pass contracts to the estate',
  label: { fi: 'sopimusten siirtäminen kuolinpesälle', sv: 'överföra avtal till dödsboet' },
  writes: ['contract', 'occupancy'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({
      day,
      /** Ids of what was shown to pass: nothing else does. */
      contracts: z.array(id).max(1000),
      homes: z.array(id).max(1000),
    }),
  },
  gives: z.object({ contracts: z.number().int(), homes: z.number().int() }),
})

/** As if it had not passed: of the caller's own company. A death that was a mistake takes back everything by itself. */
export const takeBack = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/takeover/undoing',
  action: 'take contracts back from the estate',
  label: { fi: 'sopimusten palauttaminen kuolinpesältä', sv: 'ta tillbaka avtal från dödsboet' },
  writes: ['contract', 'occupancy'],
  takes: { params: ofCustomer },
  gives: z.object({ contracts: z.number().int(), homes: z.number().int() }),
})
