// What can be asked of the weather: the temperatures of an area, and which station they are of. Nothing of anyone.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { day } from '../../customers/api.ts'

/** A year and a month of days: what one picture shows. */
export const mostDays = 400

export const temperatures = endpoint({
  method: 'GET',
  path: '/api/weather/temperatures',
  action: 'see the temperatures of an area',
  label: { fi: 'alueen lämpötilojen katselu', sv: 'se temperaturerna i ett område' },
  purposes: ['customer-care', 'supply', 'payment', 'market-exchange', 'rights'],
  reads: [],
  takes: {
    /** One of them at least; the nearest wins: grid area, postcode, municipality. `from` up to, and without, `to`. */
    query: z.object({
      postcode: z
        .string()
        .regex(/^\d{5}$/)
        .optional(),
      municipality: z
        .string()
        .regex(/^\d{3}$/)
        .optional(),
      grid_area: z.string().max(20).optional(),
      from: day,
      to: day,
    }),
  },
  gives: z.object({
    /** Null: no station is known of the area. */
    station: z.string().nullable(),
    /** Days of which nothing is known are not among them. */
    days: z.array(
      z.object({
        day,
        /** Minutes of one value: an hour, or the day as a whole. */
        step: z.number().int(),
        /** °C, in the order of time. */
        temperatures: z.array(z.number().nullable()),
        source: z.string(),
      }),
    ),
  }),
})
