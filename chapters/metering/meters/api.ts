// What can be asked about meters: which one stands at a point, what its registers showed, and its exchange for another.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { day, period } from '../../customers/api.ts'

export const kinds = ['main', 'check'] as const
/** `energy` in watt-hours, `day` and `night` the same by time, `volume` in litres. */
export const registers = ['energy', 'day', 'night', 'volume'] as const
export const readingKinds = ['first', 'last', 'periodic'] as const

const id = z.number().int().positive()

export const reading = z.object({
  id,
  meter_id: id,
  register: z.enum(registers),
  at: z.string(),
  /** In the smallest unit of the register. */
  value: z.number().int(),
  kind: z.enum(readingKinds),
  /** The register had gone round since the reading before. */
  rolled_over: z.boolean(),
  source: z.string(),
  recorded_at: z.string(),
})

export const meter = z.object({
  id,
  point_id: id,
  site_id: id,
  kind: z.enum(kinds),
  serial: z.string(),
  multiplier: z.number().int(),
  registers: z.array(z.enum(registers)),
  /** Before the decimal of kWh or m³: a register that has shown its last number begins again. Null: not told. */
  digits: z.number().int().nullable(),
  during: period,
  version: z.number().int(),
  source: z.string(),
  recorded_at: z.string(),
})

const shown = z.strictObject({
  register: z.enum(registers),
  value: z.number().int().min(0).max(1_000_000_000_000_000),
})

export const metersOfSite = endpoint({
  method: 'GET',
  path: '/api/sites/:site_id/meters',
  action: 'see the meters of a site',
  label: { fi: 'käyttöpaikan mittareiden katselu', sv: 'se mätarna på ett driftställe' },
  purposes: ['customer-care', 'supply', 'payment', 'market-exchange', 'rights'],
  reads: ['meter', 'occupancy'],
  takes: { params: z.object({ site_id: id }) },
  /** The newest first, each with its last few readings, the newest first. */
  gives: z.array(meter.extend({ readings: z.array(reading) })),
})

/**
 * A meter comes to a point, and the one that stood there goes, in one act at one moment: whole or not at all. `former` is the meter of that kind
 * that stood there when it was looked at; null: none did.
 */
export const changeMeter = endpoint({
  method: 'POST',
  path: '/api/points/:point_id/meters',
  action: 'change the meter of an accounting point',
  label: { fi: 'mittarin asennus tai vaihto', sv: 'montera eller byta en mätare' },
  purposes: ['customer-care', 'supply', 'market-exchange'],
  reads: ['accounting-point', 'meter', 'occupancy'],
  writes: ['meter'],
  takes: {
    params: z.object({ point_id: id }),
    body: z.strictObject({
      on: day,
      /** In Finland. */
      time: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'as in 13:45')
        .default('12:00'),
      kind: z.enum(kinds).default('main'),
      former: z
        .strictObject({
          id,
          version: z.number().int().positive(),
          readings: z.array(shown.extend({ rolled_over: z.boolean().default(false) })).max(registers.length),
        })
        .nullable(),
      serial: z.string().trim().min(1).max(50),
      multiplier: z.number().int().min(1).max(1_000_000).default(1),
      registers: z.array(z.enum(registers)).min(1).max(registers.length).default(['energy']),
      digits: z.number().int().min(3).max(12).nullable().default(null),
      readings: z.array(shown).max(registers.length),
    }),
  },
  gives: meter,
})
