// What can be asked of the estimation of values that never came: that it be done for some days, and its steps.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { day } from '../../customers/api.ts'

/** Days that one asking may reach over: a year and a month. */
export const mostDays = 400

/** `from` up to, and without, `to`. It is done soon, by the machinery; what came of it is seen where the gaps were. */
export const askEstimates = endpoint({
  method: 'POST',
  path: '/api/consumption/estimation',
  action: 'have missing consumption estimated',
  label: { fi: 'puuttuvan kulutuksen arvioiminen', sv: 'låta uppskatta saknad förbrukning' },
  purposes: ['market-exchange'],
  reads: ['consumption'],
  takes: { body: z.strictObject({ from: day, to: day }) },
  gives: z.object({ from: z.string(), to: z.string() }),
})

/** Points in the order of their ids, some at a time. `last`: null when there are no more. */
export const estimateSome = endpoint({
  method: 'POST',
  path: '/api/consumption/estimation/some',
  action: 'estimate missing consumption',
  label: { fi: 'puuttuvan kulutuksen arviointi', sv: 'uppskattning av saknad förbrukning' },
  purposes: ['supply'],
  reads: ['accounting-point', 'occupancy', 'contract', 'consumption'],
  writes: ['consumption'],
  takes: { body: z.strictObject({ from: day, to: day, after: z.number().int() }) },
  gives: z.object({
    last: z.number().int().nullable(),
    /** Days with estimates, and days of which nothing could be told. */
    estimated: z.number().int(),
    untold: z.number().int(),
  }),
})
