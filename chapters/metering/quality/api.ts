// What can be asked of the quality of consumption: how much is missing, estimated and uncertain by day and grid area, and at which points.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { day } from '../../customers/api.ts'

const counts = {
  missing: z.number().int(),
  estimated: z.number().int(),
  uncertain: z.number().int(),
}
const purposes = ['market-exchange'] as const

/** Days that one asking may reach over. */
export const mostDays = 100

/** `from` up to, and without, `to`. Days and areas of which every value was measured are not among them. */
export const qualityOfDays = endpoint({
  method: 'GET',
  path: '/api/consumption/quality',
  action: 'see the quality of consumption',
  label: { fi: 'kulutustietojen laadun katselu', sv: 'se kvaliteten på förbrukningsuppgifterna' },
  purposes,
  reads: ['consumption', 'accounting-point'],
  takes: { query: z.strictObject({ from: day, to: day }) },
  gives: z.array(
    z.object({
      day,
      grid_area: z.string().nullable(),
      /** Points of which something is not simply measured; then how many of their values are what. */
      points: z.number().int(),
      ...counts,
    }),
  ),
})

/** No more than are told at once; those that lack most come first. */
export const mostPoints = 200

export const qualityOfPoints = endpoint({
  method: 'GET',
  path: '/api/consumption/quality/points',
  action: 'see the points whose consumption is lacking',
  label: { fi: 'puutteellisten mittauspisteiden katselu', sv: 'se mätpunkterna vars förbrukning är bristfällig' },
  purposes,
  reads: ['consumption', 'accounting-point', 'occupancy'],
  takes: { query: z.strictObject({ day, grid_area: z.string().max(16).optional() }) },
  gives: z.array(
    z.object({
      point_id: z.number().int(),
      site_id: z.number().int(),
      /** Who held the home that day; null when nobody whom one may see. */
      customer_id: z.number().int().nullable(),
      code: z.string(),
      energy: z.enum(['electricity', 'heat', 'gas', 'steam']),
      ...counts,
      version: z.number().int(),
      source: z.string(),
    }),
  ),
})
