// What can be asked about heat in a normal year: month by month and for whole years, with the degree days that it rests on.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId, day, period } from '../../customers/api.ts'
import { lacks } from './rules.ts'

/** Eight years of months. */
export const mostDays = 3_000

const row = z.object({
  start: day,
  /** Wh, as measured. */
  total: z.number().int(),
  /** Of the station, in that time and in the normal year; °C·d. */
  degree_days: z.number().nullable(),
  normal: z.number().nullable(),
  /** Wh; null where `lacks` tells what is not there: values of days, degree days, a normal year, or a whole summer to tell warm water by. */
  normalised: z.number().int().nullable(),
  lacks: z.enum(lacks).nullable(),
})

export const normalisedHeat = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/points/:point_id/normalised',
  action: 'see the heat of a customer as in a normal year',
  label: {
    fi: 'asiakkaan sääkorjatun lämmönkulutuksen katselu',
    sv: 'se en kunds normalårskorrigerade värmeförbrukning',
  },
  purposes: ['customer-care', 'supply', 'payment', 'market-exchange', 'rights'],
  reads: ['consumption', 'occupancy', 'accounting-point', 'site-address'],
  takes: {
    params: z.object({ customer_id: customerId, point_id: z.number().int().positive() }),
    /** Whole months are told of; the years before help to know a summer. */
    query: z.object({ from: day, to: day }),
  },
  gives: z.object({
    station: z.string().nullable(),
    /** The years that the normal year is the mean of. */
    reference: period.nullable(),
    /** Wh a day that do not depend on the weather. */
    base: z.number().int().nullable(),
    months: z.array(row),
    /** Whole years alone. */
    years: z.array(row),
  }),
  caller: { level: 2, scope: 'invoicing' },
})
