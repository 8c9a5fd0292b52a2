// What can be asked about a heat meter beside its energy: how much water went through, how warm it came and went, and how far it was cooled.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId, day } from '../../customers/api.ts'
import { lengths } from '../api.ts'

const asking = {
  method: 'GET',
  purposes: ['customer-care', 'supply', 'payment', 'market-exchange', 'rights'],
  reads: ['consumption', 'occupancy'],
  caller: { level: 2, scope: 'invoicing' },
} as const

const ofPoint = z.object({ customer_id: customerId, point_id: z.number().int().positive() })
const span = { from: day, to: day }

/** Of the hours whose temperatures are known; the means are weighed by the water that went through. */
const water = {
  litres: z.number().int(),
  /** °C, to a hundredth; null when nothing went through. */
  supply: z.number().nullable(),
  back: z.number().nullable(),
  cooling: z.number().nullable(),
}

/** A year and a month of days, with their hours. */
export const mostDays = 400

export const heatDays = endpoint({
  ...asking,
  path: '/api/customers/:customer_id/points/:point_id/heat/days',
  action: 'see the heat meter of a customer by the hour',
  label: { fi: 'asiakkaan lämpömittarin tietojen katselu tunneittain', sv: 'se en kunds värmemätare per timme' },
  takes: { params: ofPoint, query: z.object(span) },
  gives: z.array(
    z.object({
      customer_id: customerId,
      day,
      ...water,
      /** In the order of time; null: not known. */
      hours: z.array(z.object(water).nullable()),
      version: z.number().int(),
      source: z.string(),
      recorded_at: z.string(),
    }),
  ),
})

export const heatSums = endpoint({
  ...asking,
  path: '/api/customers/:customer_id/points/:point_id/heat/sums',
  action: 'see the heat meter of a customer',
  label: { fi: 'asiakkaan lämpömittarin tietojen katselu', sv: 'se en kunds värmemätare' },
  takes: { params: ofPoint, query: z.object({ ...span, by: z.enum(lengths) }) },
  gives: z.array(z.object({ customer_id: customerId, start: day, days: z.number().int(), ...water })),
})
