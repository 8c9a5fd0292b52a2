// What can be asked about contracts: what was agreed, by which legal entity, with whom, and until when.
import { z } from 'zod'
import { endpoint } from '../../register/endpoint.ts'
import type { List } from '../../register/list.ts'
import { customerId, day, during, period } from '../customers/api.ts'

export const kinds = ['connection', 'network', 'sales'] as const
export const energies = ['electricity', 'heat', 'gas', 'steam'] as const
export const statuses = ['upcoming', 'active', 'ending', 'ended'] as const
export const partyRoles = ['holder', 'co-holder', 'payer'] as const

const id = z.number().int().positive()
const everyone = ['customer-care', 'supply', 'payment', 'claims', 'market-exchange', 'rights'] as const

export const pricings = [
  'open-ended',
  'fixed-term',
  'spot',
  'hybrid',
  'general',
  'day-night',
  'season',
  'demand',
  'heat',
  'gas',
  'steam',
  'connection',
] as const
export const components = [
  'monthly',
  'energy',
  'energy-day',
  'energy-night',
  'energy-winter',
  'energy-other',
  'margin',
  'effect',
  'demand',
  'capacity',
] as const

export const product = z.object({
  id,
  /** The bit of the legal entity. */
  controller: z.number().int(),
  code: z.string(),
  energy: z.enum(energies),
  kind: z.enum(kinds),
  name_fi: z.string(),
  name_sv: z.string(),
  name_en: z.string(),
  on_sale: period,
  pricing: z.enum(pricings),
  spot_area: z.string().nullable(),
  spot_step: z.number().int().nullable(),
  term_months: z.number().int().nullable(),
  /** Of today, without VAT as the price list keeps them; `vat` in tenths of a per cent, `tax` in 1/1,000 cent per kWh. Null: no figure is known. */
  prices: z.array(
    z.object({
      component: z.enum(components),
      size: z.string(),
      unit: z.string(),
      amount: z.number().int(),
      vat: z.number().int().nullable(),
      tax: z.number().int().nullable(),
    }),
  ),
})

export const contract = z.object({
  id,
  number: z.string(),
  controller: z.number().int(),
  kind: z.enum(kinds),
  energy: z.enum(energies),
  site_id: id,
  point_id: z.number().int().nullable(),
  product_id: id,
  name_fi: z.string(),
  name_sv: z.string(),
  name_en: z.string(),
  during: period,
  /** Follows from the dates of today. */
  status: z.enum(statuses),
  fixed_until: day.nullable(),
  terms_version: z.string(),
  agreed_at: z.string().nullable(),
  agreed_how: z.string().nullable(),
  end_reason: z.string().nullable(),
  /** Whether a consumer is a party to it; null of what was agreed before this was kept. */
  consumer: z.boolean().nullable(),
  /** The last day on which the consumer may withdraw from it. */
  withdrawal_until: day.nullable(),
  /** The consumer asked for delivery before that. */
  early_delivery: z.boolean(),
  /** What becomes of it after its fixed term. */
  after_term: z.enum(['continues', 'ends']).nullable(),
  /** The customer withdrew from it; if before it began, it never was in force and its period is empty. */
  withdrawn_on: day.nullable(),
  version: z.number().int(),
  source: z.string(),
  recorded_at: z.string(),
})

export const party = z.object({
  id,
  contract_id: id,
  customer_id: customerId,
  role: z.enum(partyRoles),
  during: period,
})

const agreed = z.array(
  contract.extend({
    customer_id: customerId,
    role: z.enum(partyRoles),
    /** Of this party: it ends with the contract, or when another takes over from them. */
    part: period,
  }),
)

const agreedList: List<z.output<typeof agreed>> = {
  title: { fi: 'Sopimukset', sv: 'Avtal', en: 'Contracts' },
  columns: {
    number: { label: { fi: 'Sopimusnumero', sv: 'Avtalsnummer', en: 'Contract number' }, category: 'contract' },
    product: {
      label: { fi: 'Tuote', sv: 'Produkt', en: 'Product' },
      category: 'contract',
      of: (row, language) => ({ fi: row.name_fi, sv: row.name_sv, en: row.name_en })[language],
    },
    kind: {
      label: { fi: 'Laji', sv: 'Slag', en: 'Kind' },
      category: 'contract',
      values: {
        connection: { fi: 'liittymä', sv: 'anslutning', en: 'connection' },
        network: { fi: 'verkko', sv: 'nät', en: 'network' },
        sales: { fi: 'myynti', sv: 'försäljning', en: 'sales' },
      },
    },
    energy: {
      label: { fi: 'Energia', sv: 'Energi', en: 'Energy' },
      category: 'contract',
      values: {
        electricity: { fi: 'sähkö', sv: 'el', en: 'electricity' },
        heat: { fi: 'kaukolämpö', sv: 'fjärrvärme', en: 'district heat' },
        gas: { fi: 'kaasu', sv: 'gas', en: 'gas' },
        steam: { fi: 'höyry', sv: 'ånga', en: 'steam' },
      },
    },
    status: {
      label: { fi: 'Tila', sv: 'Läge', en: 'Status' },
      category: 'contract',
      values: {
        upcoming: { fi: 'alkamassa', sv: 'börjar', en: 'upcoming' },
        active: { fi: 'voimassa', sv: 'i kraft', en: 'active' },
        ending: { fi: 'päättymässä', sv: 'upphör', en: 'ending' },
        ended: { fi: 'päättynyt', sv: 'avslutat', en: 'ended' },
      },
    },
    ...during('contract'),
    fixed_until: {
      label: { fi: 'Määräaikainen asti', sv: 'Tidsbundet till', en: 'Fixed until' },
      category: 'contract',
      type: 'day',
    },
    terms_version: { label: { fi: 'Ehdot', sv: 'Villkor', en: 'Terms' }, category: 'contract' },
  },
}

export const contractsOfCustomer = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/contracts',
  action: 'see the contracts of a customer',
  label: { fi: 'asiakkaan sopimusten katselu', sv: 'se en kunds avtal' },
  purposes: everyone,
  reads: ['contract'],
  takes: { params: z.object({ customer_id: customerId }) },
  /** `role`, `during` and `status` are of the customer's own part. */
  gives: agreed,
  list: agreedList,
  caller: { level: 2, scope: 'contracts' },
})

export const contractsOfSite = endpoint({
  method: 'GET',
  path: '/api/sites/:site_id/contracts',
  action: 'see the contracts of a site',
  label: { fi: 'käyttöpaikan sopimusten katselu', sv: 'se ett driftställes avtal' },
  purposes: everyone,
  reads: ['contract'],
  takes: { params: z.object({ site_id: id }) },
  /** Once for each party. */
  gives: agreed,
  list: agreedList,
})

export const openContract = endpoint({
  method: 'GET',
  path: '/api/contracts/:contract_id',
  action: 'open a contract',
  label: { fi: 'sopimuksen avaaminen', sv: 'öppna ett avtal' },
  purposes: everyone,
  reads: ['contract'],
  takes: { params: z.object({ contract_id: id }) },
  gives: contract.extend({ parties: z.array(party) }),
})

export const products = endpoint({
  method: 'GET',
  path: '/api/products',
  action: 'see the products',
  label: { fi: 'tuotteiden katselu', sv: 'se produkterna' },
  purposes: everyone,
  reads: [],
  takes: {},
  /** Those of the companies that the caller works for. */
  gives: z.array(product),
})

/** The contract of a protected person is made by the role that opens them, with a reason, at the home where they live. */
export const makeContract = endpoint({
  method: 'POST',
  path: '/api/contracts',
  action: 'make a contract',
  label: { fi: 'sopimuksen tekeminen', sv: 'göra ett avtal' },
  purposes: ['customer-care', 'supply'],
  reads: ['contract', 'site-address', 'accounting-point'],
  writes: ['contract'],
  takes: {
    body: z.strictObject({
      product_id: id,
      site_id: id,
      /** None for a connection, which is the site's. */
      point_id: id.nullable().default(null),
      from: day,
      to: day.nullable().default(null),
      fixed_until: day.nullable().default(null),
      terms_version: z.string().trim().min(1).max(60),
      agreed_how: z.enum(['call', 'online', 'visit', 'letter', 'email']),
      parties: z
        .array(z.strictObject({ customer_id: customerId, role: z.enum(partyRoles) }))
        .min(1)
        .max(10),
    }),
  },
  gives: contract.extend({ parties: z.array(party) }),
  caller: { level: 2, scope: 'contracts' },
  opens: true,
  opensToo: ({ parties }) => parties.filter(({ role }) => role === 'holder').map(({ customer_id }) => customer_id),
})

export const endReasons = [
  'moved',
  'changed-supplier',
  'changed-product',
  'cancelled',
  'terminated',
  'died',
  'other',
] as const

/**
 * `to` is the first day without the contract. An end that was a slip is put right on its day: what was the end before it, or none, with its
 * reason. `version` guards against a second editor.
 */
export const endContract = endpoint({
  method: 'PATCH',
  path: '/api/contracts/:contract_id',
  action: 'end a contract',
  label: { fi: 'sopimuksen päättäminen', sv: 'avsluta ett avtal' },
  purposes: ['customer-care', 'supply'],
  reads: ['contract'],
  writes: ['contract'],
  takes: {
    params: z.object({ contract_id: id }),
    body: z.strictObject({
      to: day.nullable(),
      end_reason: z.enum(endReasons).nullable(),
      version: z.number().int().positive(),
    }),
  },
  gives: contract.extend({ parties: z.array(party) }),
  caller: { level: 2, scope: 'contracts' },
})
