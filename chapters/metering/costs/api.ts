// What can be asked about what was used, in money: what it cost by the contracts of the customer, and what it would have cost by another product.
import { z } from 'zod'
import { energies, kinds } from '../../contracts/api.ts'
import { customerId, day } from '../../customers/api.ts'
import { endpoint } from '../../../register/endpoint.ts'
import { kilowattHours, lengths } from '../api.ts'

const id = z.number().int().positive()
const ofPoint = z.object({ customer_id: customerId, point_id: id })
const purposes = ['customer-care', 'supply', 'payment', 'rights'] as const
const reads = ['consumption', 'occupancy', 'contract', 'accounting-point'] as const

/** A year and a month of days, or three years of months. */
export const mostDays = 1_130

/** What could not be priced, and why: it is told, and is not free. `demand`: the highest hour of a month, which no single day has. */
const lacking = z.array(
  z.object({
    of: z.enum(['price', 'rate', 'spot', 'demand', 'contract']),
    days: z.number().int(),
    wh: z.number().int(),
  }),
)
const money = {
  /** Cents without and with VAT; each part rounded once. */
  net: z.number().int(),
  gross: z.number().int(),
  lacking,
}

/** `1234` cents is `12.34`. */
const euros = (cents: number): string =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`

const partColumns = {
  start: { label: { fi: 'Alkaen', sv: 'Från', en: 'From' }, category: 'consumption', type: 'day' },
} as const

export const consumptionCosts = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/points/:point_id/costs',
  action: 'see what the consumption of a customer cost',
  label: { fi: 'asiakkaan kulutuksen hinnan katsominen', sv: 'se vad en kunds förbrukning kostade' },
  purposes,
  // Whether a new price holds for the contract yet.
  reads: [...reads, 'price-notice'],
  takes: { params: ofPoint, query: z.object({ from: day, to: day, by: z.enum(lengths) }) },
  /** One for each part and contract of the companies that the caller works for; without a contract where none of theirs covers the days. */
  gives: z.array(
    z.object({
      customer_id: customerId,
      start: day,
      contract_id: id.nullable(),
      kind: z.enum(kinds).nullable(),
      days: z.number().int(),
      wh: z.number().int(),
      ...money,
    }),
  ),
  list: {
    title: { fi: 'Kulutuksen hinta', sv: 'Förbrukningens pris', en: 'Cost of consumption' },
    columns: {
      ...partColumns,
      kind: {
        label: { fi: 'Sopimus', sv: 'Avtal', en: 'Contract' },
        category: 'contract',
        values: {
          network: { fi: 'verkko', sv: 'nät', en: 'network' },
          sales: { fi: 'myynti', sv: 'försäljning', en: 'sales' },
        },
      },
      days: { label: { fi: 'Päiviä', sv: 'Dagar', en: 'Days' }, category: 'consumption', type: 'number' },
      kwh: {
        label: { fi: 'Kulutus, kWh', sv: 'Förbrukning, kWh', en: 'Consumption, kWh' },
        category: 'consumption',
        type: 'number',
        of: ({ wh }) => kilowattHours(wh),
      },
      net: {
        label: { fi: 'Veroton, €', sv: 'Utan moms, €', en: 'Without VAT, €' },
        category: 'consumption',
        type: 'number',
        of: (row) => euros(row.net),
      },
      gross: {
        label: { fi: 'Verollinen, €', sv: 'Med moms, €', en: 'With VAT, €' },
        category: 'consumption',
        type: 'number',
        of: (row) => euros(row.gross),
      },
      unpriced: {
        label: { fi: 'Ilman hintaa, kWh', sv: 'Utan pris, kWh', en: 'Without a price, kWh' },
        category: 'consumption',
        type: 'number',
        of: (row) => kilowattHours(Math.max(0, ...row.lacking.map(({ wh }) => wh))),
      },
    },
  },
  caller: { level: 2, scope: 'invoicing' },
})

const compared = z.object({
  product_id: id,
  code: z.string(),
  name_fi: z.string(),
  name_sv: z.string(),
  name_en: z.string(),
  ...money,
})

export const compareProducts = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/points/:point_id/comparison',
  action: 'compare two products on the consumption of a customer',
  label: {
    fi: 'kahden tuotteen vertailu asiakkaan kulutuksella',
    sv: 'jämföra två produkter med en kunds förbrukning',
  },
  purposes: ['customer-care', 'supply'],
  reads,
  takes: {
    params: ofPoint,
    /** `from`: the first of the twelve months; the last twelve that are whole when not given. */
    query: z.object({
      one: z.coerce.number().int().positive(),
      other: z.coerce.number().int().positive(),
      from: day.optional(),
    }),
  },
  gives: z.object({
    customer_id: customerId,
    energy: z.enum(energies),
    from: day,
    to: day,
    /** Days of the year of which consumption is known. */
    days: z.number().int(),
    wh: z.number().int(),
    /** Of the whole year, rounded once; the months are each rounded by themselves. */
    one: compared,
    other: compared,
    months: z.array(
      z.object({
        start: day,
        days: z.number().int(),
        wh: z.number().int(),
        one: z.object(money),
        other: z.object(money),
      }),
    ),
  }),
  list: {
    title: { fi: 'Tuotteiden vertailu', sv: 'Jämförelse av produkter', en: 'Comparison of products' },
    columns: {
      ...partColumns,
      days: { label: { fi: 'Päiviä', sv: 'Dagar', en: 'Days' }, category: 'consumption', type: 'number' },
      kwh: {
        label: { fi: 'Kulutus, kWh', sv: 'Förbrukning, kWh', en: 'Consumption, kWh' },
        category: 'consumption',
        type: 'number',
        of: ({ wh }) => kilowattHours(wh),
      },
      one: {
        label: { fi: 'Ensimmäinen tuote, €', sv: 'Första produkten, €', en: 'First product, €' },
        category: 'consumption',
        type: 'number',
        of: (row) => euros(row.one.gross),
      },
      other: {
        label: { fi: 'Toinen tuote, €', sv: 'Andra produkten, €', en: 'Second product, €' },
        category: 'consumption',
        type: 'number',
        of: (row) => euros(row.other.gross),
      },
    },
  },
  caller: { level: 2, scope: 'contracts' },
})
