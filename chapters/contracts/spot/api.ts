// What can be asked about spot prices: an area's, day by day. Published, and nothing of anyone.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { day } from '../../customers/api.ts'

/** A year and a month of days: what one picture shows. */
export const mostDays = 400

export const spotPrices = endpoint({
  method: 'GET',
  path: '/api/spot-prices',
  action: 'see spot prices',
  label: { fi: 'spot-hintojen katsominen', sv: 'se spotpriser' },
  purposes: ['supply', 'customer-care', 'payment', 'claims', 'market-exchange', 'rights'],
  reads: [],
  takes: {
    /** `from` up to, and without, `to`. `area`: a bidding zone. */
    query: z.object({
      from: day,
      to: day,
      area: z
        .string()
        .regex(/^[A-Z0-9]{2,20}$/)
        .default('FI'),
    }),
  },
  /** Days for which none has come are not among them. */
  gives: z.array(
    z.object({
      day,
      /** Minutes of one price. */
      step: z.number().int(),
      /** 1/1,000 cent per kWh without VAT; null where none has come. */
      prices: z.array(z.number().int().nullable()),
      /** Tenths of a per cent on that day; null where no figure is known. */
      vat: z.number().int().nullable(),
    }),
  ),
})
