// What can be asked about accounting points over time: what holds of one and since when, and what it is estimated to use in a year.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { day, period } from '../../customers/api.ts'
import { energies } from '../api.ts'

/** E13, E14 and E16 of the market's messages. */
export const meteringMethods = ['continuous', 'reading', 'unmetered'] as const
export const resolutions = [15, 60] as const
/** AQ01 to AQ04. */
export const subtypes = ['normal', 'property', 'own-use', 'virtual'] as const
export const taxClasses = [0, 1, 2] as const
export const bands = ['whole', 'day', 'night', 'winter-day', 'other'] as const
/** The bands that an estimate is given in, all at once: one price, night and day, winter day and other time. */
export const divisions = {
  single: ['whole'],
  'night-day': ['day', 'night'],
  seasonal: ['winter-day', 'other'],
} as const
/** What a column is of: of electricity alone, and so on. What is not here belongs to every energy. */
export const columnsOf = {
  electricity: ['subtype', 'grid_area', 'remote_switch', 'electric_heating', 'user_group', 'tax_class', 'netting'],
  heat: ['contract_flow', 'contract_power'],
  gas: ['calorific_value', 'pressure_correction'],
  steam: ['pressure_class'],
} as const

const id = z.number().int().positive()
const amount = (most: number) => z.number().positive().max(most).nullable().default(null)

export const factParts = z.strictObject({
  metering_method: z.enum(meteringMethods),
  /** Of what is metered continuously, and of nothing else. */
  resolution_minutes: z.literal(resolutions).nullable().default(null),
  subtype: z.enum(subtypes).nullable().default(null),
  /** EIC code of the metering grid area. */
  grid_area: z.string().trim().max(20).nullable().default(null),
  remote_switch: z.boolean().nullable().default(null),
  electric_heating: z.boolean().nullable().default(null),
  user_group: z
    .string()
    .regex(/^[0-9A-Z]{1,4}$/, 'one to four capital letters or digits')
    .nullable()
    .default(null),
  tax_class: z.literal(taxClasses).nullable().default(null),
  /** Small production is netted within the settlement period. */
  netting: z.boolean().nullable().default(null),
  /** m³/h; heat has a contract flow or a contract power. */
  contract_flow: amount(99_999),
  /** kW */
  contract_power: amount(999_999),
  /** kWh/m³ */
  calorific_value: amount(99),
  pressure_correction: amount(999),
  pressure_class: z.string().trim().min(1).max(20).nullable().default(null),
})

export const facts = z.object({
  id,
  point_id: id,
  site_id: id,
  energy: z.enum(energies),
  during: period,
  metering_method: z.enum(meteringMethods),
  resolution_minutes: z.number().int().nullable(),
  subtype: z.enum(subtypes).nullable(),
  grid_area: z.string().nullable(),
  remote_switch: z.boolean().nullable(),
  electric_heating: z.boolean().nullable(),
  user_group: z.string().nullable(),
  tax_class: z.number().int().nullable(),
  netting: z.boolean().nullable(),
  contract_flow: z.string().nullable(),
  contract_power: z.string().nullable(),
  calorific_value: z.string().nullable(),
  pressure_correction: z.string().nullable(),
  pressure_class: z.string().nullable(),
  version: z.number().int(),
  source: z.string(),
  recorded_at: z.string(),
})

export const estimate = z.object({
  id,
  point_id: id,
  site_id: id,
  band: z.enum(bands),
  wh: z.number().int(),
  during: period,
  /** The months whose use it was computed from; null: it was told. */
  basis: period.nullable(),
  version: z.number().int(),
  source: z.string(),
  recorded_at: z.string(),
})

/** What held on that day when it was looked at: guards against a second editor. Null: nothing did. */
const after = z.strictObject({ id, version: z.number().int().positive() }).nullable()
const ofPoint = z.object({ point_id: id })

export const pointFacts = endpoint({
  method: 'GET',
  path: '/api/sites/:site_id/point-facts',
  action: 'see what holds of the points of a site',
  label: { fi: 'mittauspisteiden tietojen katselu', sv: 'se vad som gäller om mätpunkterna' },
  purposes: ['customer-care', 'supply', 'payment', 'market-exchange', 'rights'],
  reads: ['accounting-point', 'occupancy'],
  takes: { params: z.object({ site_id: id }) },
  gives: z.array(
    z.object({
      point_id: id,
      /** The company that one works for keeps the facts of this point: electricity is the network company's. */
      keeps: z.boolean(),
      /** The newest first. A grid area whose check character does not agree is `suspect`: published examples have such. */
      facts: z.array(facts.extend({ suspect: z.boolean() })),
      /** The newest first; those of one day are one estimate. */
      estimates: z.array(estimate),
    }),
  ),
})

const writing = {
  method: 'POST',
  purposes: ['customer-care', 'supply', 'market-exchange'],
  reads: ['accounting-point', 'occupancy'],
  writes: ['accounting-point'],
} as const

/**
 * From that day on these hold, until the next change that is known already. What held before stays as it was. Facts that begin on that very day
 * are put right.
 */
export const changeFacts = endpoint({
  ...writing,
  path: '/api/points/:point_id/facts',
  action: 'change what holds of an accounting point',
  label: { fi: 'mittauspisteen tietojen muuttaminen', sv: 'ändra vad som gäller om en mätpunkt' },
  takes: { params: ofPoint, body: factParts.extend({ from: day, after }) },
  gives: facts,
})

/** All bands of a time division at once, from a day on. `after` is the first band of what held. */
export const changeEstimate = endpoint({
  ...writing,
  path: '/api/points/:point_id/estimates',
  action: 'change the yearly estimate of an accounting point',
  label: { fi: 'vuosikulutusarvion muuttaminen', sv: 'ändra uppskattningen av årsförbrukningen' },
  takes: {
    params: ofPoint,
    body: z.strictObject({
      from: day,
      after,
      values: z
        .array(z.strictObject({ band: z.enum(bands), wh: z.number().int().min(0).max(1_000_000_000_000_000) }))
        .min(1)
        .max(2),
    }),
  },
  gives: z.array(estimate),
})
