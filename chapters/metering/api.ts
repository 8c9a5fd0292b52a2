// What can be asked about consumption: a customer's own days at a point, value by value, and their sums.
import { z } from 'zod'
import { endpoint } from '../../register/endpoint.ts'
import { customerId, day } from '../customers/api.ts'

/** Minutes of one value. */
export const steps = [15, 60] as const
/** How good a value is, from the best to the worst; its place in the list is what is kept, so the list only grows at its end. */
export const qualities = ['measured', 'revised', 'estimated', 'uncertain', 'missing'] as const

const ofPoint = z.object({ customer_id: customerId, point_id: z.number().int().positive() })
const purposes = ['customer-care', 'supply', 'payment', 'market-exchange', 'rights'] as const
const reads = ['consumption', 'occupancy'] as const

/** `from` up to, and without, `to`: days of Finland. */
const span = { from: day, to: day }

export const dayOfValues = z.object({
  customer_id: customerId,
  day,
  /** Minutes of one value. */
  step: z.literal(steps),
  /** Wh, in the order of time: 92 to 100 quarters or 23 to 25 hours. */
  values: z.array(z.number().int()),
  /** One for each value; null when all were measured. */
  quality: z.array(z.enum(qualities)).nullable(),
  /** Wh. */
  total: z.number().int(),
  /** How many values are missing or estimated. */
  lacking: z.number().int(),
  version: z.number().int(),
  source: z.string(),
  recorded_at: z.string(),
})

/** A year and a month of days: what one picture shows. */
export const mostDays = 400

export const consumptionDays = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/points/:point_id/days',
  action: 'see the consumption of a customer',
  label: { fi: 'asiakkaan kulutuksen katsominen', sv: 'se en kunds förbrukning' },
  purposes,
  reads,
  takes: {
    params: ofPoint,
    /** `known_on`: as it was known at the end of that day; as it is known now when not given. */
    query: z.object({ ...span, known_on: day.optional() }),
  },
  /** Days without values are not among them. */
  gives: z.array(dayOfValues),
  caller: { level: 2, scope: 'invoicing' },
})

export const lengths = ['day', 'month', 'year'] as const

export const consumptionSums = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/points/:point_id/sums',
  action: 'see sums of the consumption of a customer',
  label: { fi: 'asiakkaan kulutuksen summien katsominen', sv: 'se summor av en kunds förbrukning' },
  purposes,
  reads,
  takes: { params: ofPoint, query: z.object({ ...span, by: z.enum(lengths), known_on: day.optional() }) },
  gives: z.array(
    z.object({
      customer_id: customerId,
      /** The first day of what is summed. */
      start: day,
      days: z.number().int(),
      /** Wh. */
      total: z.number().int(),
      lacking: z.number().int(),
    }),
  ),
  list: {
    title: { fi: 'Kulutus', sv: 'Förbrukning', en: 'Consumption' },
    columns: {
      start: { label: { fi: 'Alkaen', sv: 'Från', en: 'From' }, category: 'consumption', type: 'day' },
      days: { label: { fi: 'Päiviä', sv: 'Dagar', en: 'Days' }, category: 'consumption', type: 'number' },
      kwh: {
        label: { fi: 'Kulutus, kWh', sv: 'Förbrukning, kWh', en: 'Consumption, kWh' },
        category: 'consumption',
        type: 'number',
        of: ({ total }) => kilowattHours(total),
      },
      lacking: {
        label: { fi: 'Puuttuu tai arvioitu', sv: 'Saknas eller uppskattad', en: 'Missing or estimated' },
        category: 'consumption',
        type: 'number',
      },
    },
  },
  caller: { level: 2, scope: 'invoicing' },
})

/** Exact, with three decimals: `2126` Wh is `2.126`. */
export const kilowattHours = (wh: number): string => {
  const digits = String(Math.abs(wh)).padStart(4, '0')
  return `${wh < 0 ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`
}
