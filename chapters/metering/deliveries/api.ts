// What a meter system may bring by itself: series of values, and what registers showed. It gets back what became of each, and sees nothing of anyone.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { energies } from '../../sites/api.ts'
import { qualities, steps } from '../api.ts'
import { registers } from '../meters/api.ts'

/** The sender's name, as in an import. */
const source = z.string().trim().min(1).max(60)
const moment = z.iso.datetime({ offset: true })
/** What can be counted exactly, in the smallest unit. */
const mostValue = 1_000_000_000_000_000

/** Values of one request: a month of quarters of thirty points, or a day of a thousand. */
export const mostValues = 100_000

const fault = z.object({
  /** Place of the value in its series, from 0; of the reading in the request. */
  index: z.number().int(),
  field: z.string(),
  /** As in imports: `point.unknown`. */
  code: z.string(),
})
const counts = {
  fresh: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  refused: z.number().int(),
}

const delivering = {
  method: 'POST',
  purposes: ['market-exchange'],
} as const

/** Each series is judged by itself: one that is refused holds up no other. The same again changes nothing. */
export const deliverValues = endpoint({
  ...delivering,
  path: '/api/deliveries/values',
  action: 'deliver values of consumption',
  label: { fi: 'kulutusarvojen toimittaminen', sv: 'leverera förbrukningsvärden' },
  reads: ['accounting-point', 'consumption'],
  writes: ['consumption'],
  takes: {
    body: z.strictObject({
      source,
      series: z
        .array(
          z.strictObject({
            /** Code of the accounting point. */
            point: z.string().trim().min(1).max(60),
            /** Where the first value begins. */
            start: moment,
            /** Minutes of a value. */
            step: z.literal(steps),
            /** Wh, whole; null: missing. */
            values: z.array(z.number().int().nullable()).min(1).max(mostValues),
            /** One for each value; all of them measured when not given. */
            quality: z.array(z.enum(qualities)).optional(),
          }),
        )
        .min(1)
        .max(5_000),
    }),
  },
  gives: z.object({
    ...counts,
    /** One for each series, in the order of the request; the first hundred faults of each. */
    series: z.array(z.object({ ...counts, faults: z.array(fault) })),
  }),
})

/** What registers showed, between the coming and the going of their meter. */
export const deliverReadings = endpoint({
  ...delivering,
  path: '/api/deliveries/readings',
  action: 'deliver readings of meters',
  label: { fi: 'mittarilukemien toimittaminen', sv: 'leverera mätarställningar' },
  reads: ['meter'],
  writes: ['meter'],
  takes: {
    body: z.strictObject({
      source,
      readings: z
        .array(
          z.strictObject({
            /** Number of the meter. */
            meter: z.string().trim().min(1).max(50),
            /** Asked for when meters of two energies have the number. */
            energy: z.enum(energies).nullable().default(null),
            register: z.enum(registers).default('energy'),
            at: moment,
            /** Wh, or litres. */
            value: z.number().int().min(0).max(mostValue),
            rolled_over: z.boolean().default(false),
          }),
        )
        .min(1)
        .max(20_000),
    }),
  },
  gives: z.object({ ...counts, faults: z.array(fault) }),
})
