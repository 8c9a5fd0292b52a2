// What can be asked about prices: what a product costs and from which day, a new version of it, and what a typical year would have cost. Nothing of anyone.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { day, period } from '../../customers/api.ts'
import { components, product } from '../api.ts'

const everyone = ['supply', 'customer-care', 'payment', 'claims', 'market-exchange', 'rights'] as const
const ofProduct = z.object({ product_id: z.number().int().positive() })

export const profiles = ['household', 'business'] as const
/** Main fuses as price lists write them. */
const size = z.string().trim().max(20)

export const openProduct = endpoint({
  method: 'GET',
  path: '/api/products/:product_id',
  action: 'open a product',
  label: { fi: 'tuotteen avaaminen', sv: 'öppna en produkt' },
  purposes: everyone,
  reads: [],
  takes: { params: ofProduct },
  gives: product.extend({
    /** What it may be priced by. */
    components: z.array(z.enum(components)),
    /** Every version of every component, the newest first. */
    versions: z.array(
      z.object({
        component: z.enum(components),
        size: z.string(),
        unit: z.string(),
        amount: z.number().int(),
        vat_class: z.string(),
        tax_class: z.string().nullable(),
        during: period,
      }),
    ),
    /** What the law puts on top of it, and whether anyone has compared the figure with the official text. */
    rates: z.array(
      z.object({
        kind: z.string(),
        class: z.string(),
        amount: z.number().int(),
        during: period,
        source: z.string(),
        verified: z.boolean(),
      }),
    ),
  }),
})

/** From a day on that has not passed; what is not named goes on as it is. Amounts without VAT, as the price list keeps them. */
export const setPrices = endpoint({
  method: 'POST',
  path: '/api/products/:product_id/prices',
  action: 'set the prices of a product',
  label: { fi: 'tuotteen hintojen asettaminen', sv: 'sätta priserna för en produkt' },
  purposes: ['supply'],
  reads: [],
  publishes: ['prices'],
  takes: {
    params: ofProduct,
    body: z.strictObject({
      from: day,
      prices: z
        .array(
          z.strictObject({
            component: z.enum(components),
            size: size.default(''),
            amount: z.number().int().min(-10_000_000).max(10_000_000),
          }),
        )
        .min(1)
        .max(60),
    }),
  },
  gives: z.object({ id: z.number().int() }),
})

export const yearCost = endpoint({
  method: 'GET',
  path: '/api/products/:product_id/year-cost',
  action: 'reckon what a typical year would have cost',
  label: { fi: 'tyypillisen vuoden hinnan laskeminen', sv: 'räkna vad ett typiskt år hade kostat' },
  purposes: everyone,
  reads: [],
  takes: {
    params: ofProduct,
    query: z.strictObject({
      kwh: z.coerce.number().int().min(1).max(100_000_000),
      profile: z.enum(profiles).default('household'),
      size: size.default(''),
      /** Contracted power, W: of products with a capacity fee. */
      contracted: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
      /** The first of the twelve months; the last twelve whole months when not given. */
      from: day.optional(),
    }),
  },
  gives: z.object({
    from: day,
    to: day,
    wh: z.number().int(),
    net: z.number().int(),
    gross: z.number().int(),
    lines: z.array(
      z.object({
        component: z.string(),
        from: day,
        to: day,
        quantity: z.number().int(),
        unit: z.string(),
        price: z.number().int().nullable(),
        vat: z.number().int(),
        net: z.number().int(),
        gross: z.number().int(),
      }),
    ),
    lacking: z.array(
      z.object({
        of: z.enum(['price', 'rate', 'spot']),
        days: z.number().int(),
        from: day,
        to: day,
        wh: z.number().int(),
      }),
    ),
  }),
})
