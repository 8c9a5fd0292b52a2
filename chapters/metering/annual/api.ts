// What can be asked about yearly estimates that are computed: one point at a time, to be looked at or kept.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { day } from '../../customers/api.ts'
import { bands, methods } from './rules.ts'

export const computeEstimate = endpoint({
  method: 'POST',
  path: '/api/points/:point_id/estimates/computed',
  action: 'compute the yearly estimate of an accounting point',
  label: { fi: 'vuosikulutusarvion laskeminen', sv: 'räkna ut uppskattningen av årsförbrukningen' },
  purposes: ['customer-care', 'supply', 'market-exchange'],
  reads: ['accounting-point', 'site-address', 'consumption', 'occupancy'],
  writes: ['accounting-point'],
  takes: {
    params: z.object({ point_id: z.number().int().positive() }),
    /** `keep`: it holds from today on; else it is only shown. */
    body: z.strictObject({ keep: z.boolean().default(false) }),
  },
  gives: z.object({
    values: z.array(z.object({ band: z.enum(bands), wh: z.number().int() })),
    /** The twelve months that it rests on, how many of their days are measured, and in which shape the others were filled. */
    basis: z.object({ from: day, to: day }),
    days: z.number().int(),
    method: z.enum(methods),
    kept: z.boolean(),
  }),
})

/** A part of all points, one after the other; for the command line alone, never over HTTP. */
export const computeEstimates = endpoint({
  method: 'POST',
  path: '/api/estimates/batch',
  action: 'compute the yearly estimates of accounting points',
  label: { fi: 'vuosikulutusarvioiden laskeminen', sv: 'räkna ut uppskattningar av årsförbrukningen' },
  purposes: ['supply'],
  reads: ['accounting-point', 'site-address', 'consumption'],
  writes: ['accounting-point'],
  takes: {
    body: z.strictObject({
      after: z.number().int().min(0),
      most: z.number().int().positive().max(1_000),
      keep: z.boolean(),
    }),
  },
  gives: z.object({
    /** The last of the part; null: there are no more. */
    last: z.number().int().nullable(),
    points: z.number().int(),
    computed: z.number().int(),
    /** It holds already. */
    same: z.number().int(),
    /** Somebody has told another within the year that was looked at. */
    told: z.number().int(),
    too_little: z.number().int(),
    by: z.record(z.enum(methods), z.number().int()),
  }),
})
