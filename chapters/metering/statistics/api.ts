// What can be asked about statistics of consumption: sums of large groups, made by the machinery, of which nobody can be told apart.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { day } from '../../customers/api.ts'
import { energies, uses } from '../../sites/api.ts'

export const consumptionStatistics = endpoint({
  method: 'GET',
  path: '/api/statistics/consumption',
  action: 'see statistics of consumption',
  label: { fi: 'kulutustilastojen katsominen', sv: 'se statistik över förbrukningen' },
  purposes: ['development'],
  reads: [],
  takes: {},
  /** Groups of the companies that the caller works for; the newest month first. A group that is too small is not among them. */
  gives: z.array(
    z.object({
      month: day,
      energy: z.enum(energies),
      use: z.enum(uses),
      heated_by_electricity: z.boolean(),
      /** How many customers it is of, and of how many days of theirs. */
      holders: z.number().int(),
      days: z.number().int(),
      /** Wh of all of them. */
      wh: z.number().int(),
      /** The least size of a group that was in force when it was made. */
      least: z.number().int(),
    }),
  ),
})

export const makeStatistics = endpoint({
  method: 'POST',
  path: '/api/statistics/consumption/make',
  action: 'make statistics of consumption',
  label: { fi: 'kulutustilastojen laskeminen', sv: 'göra statistik över förbrukningen' },
  purposes: ['development'],
  reads: ['consumption', 'accounting-point', 'occupancy'],
  publishes: ['statistics'],
  takes: {},
  gives: z.object({ made: z.number().int() }),
})
