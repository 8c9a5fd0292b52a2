// What can be asked about offers: what was offered to a customer at which price, how it was sent and answered, and the contract that it became.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { languages } from '../../../register/vocabulary.ts'
import { customerId, day } from '../../customers/api.ts'
import { components, energies, kinds } from '../api.ts'

const id = z.number().int().positive()
const ofCustomer = z.object({ customer_id: customerId })
const ofOffer = z.object({ customer_id: customerId, offer_id: z.coerce.number().int().positive() })

export const states = ['drafted', 'sent', 'accepted', 'declined', 'withdrawn', 'lapsed'] as const
/** How it is sold. `call`: the customer rang, or had asked for the call; `doorstep`: outside the seller’s premises, `visit`: in them. */
export const channels = ['call', 'call-unasked', 'online', 'visit', 'doorstep', 'letter', 'email'] as const
/** How one side told the other something. `signed`: on paper, with a signature; `desk`: nobody was told, it was noted. */
export const ways = ['call', 'email', 'letter', 'sms', 'portal', 'signed', 'visit', 'desk'] as const
export const afterTerms = ['continues', 'ends'] as const
export const steps = [
  'drafted',
  'sent',
  'accepted',
  'declined',
  'withdrawn',
  'confirmed',
  'cancelled',
  'terminated',
  'told',
] as const
/** By what the year was reckoned: the customer’s own values, the estimate of the point, or what was told. */
export const bases = ['measured', 'estimate', 'told'] as const

/** As it stood; amounts without VAT, `vat` in tenths of a per cent, `tax` in 1/1,000 cent per kWh. */
const price = z.object({
  component: z.enum(components),
  size: z.string(),
  unit: z.string(),
  amount: z.number().int(),
  vat_class: z.string(),
  tax_class: z.string().nullable(),
  vat: z.number().int().nullable(),
  tax: z.number().int().nullable(),
})
const year = z.object({
  basis: z.enum(bases),
  from: day,
  to: day,
  wh: z.number().int(),
  net: z.number().int(),
  gross: z.number().int(),
  /** Days that could not be priced. */
  lacking: z.number().int(),
})

export const offer = z.object({
  id,
  number: z.string(),
  controller: z.number().int(),
  customer_id: customerId,
  site_id: id,
  point_id: z.number().int().nullable(),
  product_id: id,
  kind: z.enum(kinds),
  energy: z.enum(energies),
  name_fi: z.string(),
  name_sv: z.string(),
  name_en: z.string(),
  consumer: z.boolean(),
  channel: z.enum(channels),
  language: z.enum(languages),
  starts_on: day,
  fixed_until: day.nullable(),
  after_term: z.enum(afterTerms).nullable(),
  terms_version: z.string(),
  prices: z.array(price),
  year_cost: year.nullable(),
  valid_until: day,
  /** Follows from the day: what nobody answered in time has lapsed. */
  state: z.enum(states),
  sent_on: day.nullable(),
  contract_id: z.number().int().nullable(),
  replaces_id: z.number().int().nullable(),
  /** Whether it binds only when it is accepted in writing. */
  in_writing: z.boolean(),
  /** Whether the contract may be withdrawn from. */
  withdrawable: z.boolean(),
  version: z.number().int(),
  source: z.string(),
  recorded_at: z.string(),
})
type Prices = z.output<typeof price>[]
type Year = z.output<typeof year>

/** What stands in the database as JSON was written by this chapter; of anything else nothing is known. */
export const readPrices = (value: unknown): Prices => z.array(price).safeParse(value).data ?? []
export const readYear = (value: unknown): Year | null => year.safeParse(value).data ?? null

export const step = z.object({
  id,
  step: z.enum(steps),
  on_day: day,
  how: z.enum(ways),
  reference: z.string().nullable(),
  recorded_at: z.string(),
})

/** The whole of one offer: what it says in the customer’s language, its steps, and from which day on its contract could begin. */
const opened = offer.extend({
  /** What is sent, word for word: as it was sent, or as it would be. */
  document: z.string(),
  /** SHA-256 of the document, hexadecimal. */
  document_hash: z.string(),
  steps: z.array(step),
  /** Of an open offer: whether its contract can begin on its day, what keeps it, and the earliest day that works; null: none is known. */
  start: z
    .object({ code: z.string().nullable(), earliest: day.nullable(), replaces: z.string().nullable() })
    .nullable(),
})

const shared = { purposes: ['customer-care', 'supply'], caller: { level: 2, scope: 'contracts' }, opens: true } as const
const reference = z.string().trim().max(300).default('')
const stepped = {
  version: id,
  on_day: day,
  how: z.enum(ways),
  /** Where the proof lies: the number of a recording, of a letter, of a message. */
  reference,
}

export const offersOfCustomer = endpoint({
  ...shared,
  method: 'GET',
  path: '/api/customers/:customer_id/offers',
  action: 'see the offers to a customer',
  label: { fi: 'asiakkaan tarjousten katselu', sv: 'se offerterna till en kund' },
  reads: ['contract'],
  takes: { params: ofCustomer },
  /** The newest first. */
  gives: z.array(offer),
})

export const openOffer = endpoint({
  ...shared,
  method: 'GET',
  path: '/api/customers/:customer_id/offers/:offer_id',
  action: 'open an offer',
  label: { fi: 'tarjouksen avaaminen', sv: 'öppna en offert' },
  reads: ['contract'],
  takes: { params: ofOffer },
  gives: opened,
})

const terms = {
  product_id: id,
  site_id: id,
  point_id: id.nullable().default(null),
  starts_on: day,
  fixed_until: day.nullable().default(null),
}

/** What a product would cost a year at a home of the customer: on their own values of the last twelve months, else by the estimate of the point. */
export const costOfProduct = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/offers/reckoning',
  action: 'reckon what an offer would cost a year',
  label: { fi: 'tarjouksen vuosihinnan laskeminen', sv: 'räkna vad en offert skulle kosta per år' },
  reads: ['contract', 'customer-status', 'accounting-point'],
  readsIfPermitted: ['consumption'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({
      site_id: id,
      point_id: id,
      starts_on: day,
      product_ids: z.array(id).min(1).max(20),
      /** kWh a year, where the customer tells it. */
      kwh: z.number().int().min(1).max(100_000_000).nullable().default(null),
    }),
  },
  gives: z.array(z.object({ product_id: id, prices: z.array(price), year_cost: year.nullable() })),
})

export const draftOffer = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/offers',
  action: 'make an offer',
  label: { fi: 'tarjouksen tekeminen', sv: 'göra en offert' },
  reads: ['contract', 'customer-status', 'site-address', 'accounting-point'],
  readsIfPermitted: ['consumption'],
  writes: ['contract'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({
      ...terms,
      after_term: z.enum(afterTerms).nullable().default(null),
      channel: z.enum(channels),
      language: z.enum(languages).nullable().default(null),
      /** Null: as the kind of the customer says. A person may buy for their trade. */
      consumer: z.boolean().nullable().default(null),
      terms_version: z.string().trim().min(1).max(60),
      valid_until: day,
      kwh: z.number().int().min(1).max(100_000_000).nullable().default(null),
    }),
  },
  gives: opened,
})

export const sendOffer = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/offers/:offer_id/sending',
  action: 'record that an offer was sent',
  label: { fi: 'tarjouksen lähettämisen kirjaaminen', sv: 'anteckna att en offert har skickats' },
  reads: ['contract'],
  writes: ['contract'],
  takes: { params: ofOffer, body: z.strictObject(stepped) },
  gives: opened,
})

/** Makes the contract in the same transaction. */
export const acceptOffer = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/offers/:offer_id/acceptance',
  action: 'record that an offer was accepted',
  label: { fi: 'tarjouksen hyväksymisen kirjaaminen', sv: 'anteckna att en offert har godkänts' },
  reads: ['contract', 'site-address'],
  writes: ['contract'],
  takes: {
    params: ofOffer,
    body: z.strictObject({
      ...stepped,
      /** Another first day than the one offered. */
      starts_on: day.nullable().default(null),
      /** The consumer expressly asks for delivery before the time of withdrawal is over. */
      early_delivery: z.boolean().default(false),
    }),
  },
  gives: opened,
})

/** `declined`: by the customer. `withdrawn`: taken back by the seller before it was accepted. */
export const closeOffer = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/customers/:customer_id/offers/:offer_id/closing',
  action: 'close an offer',
  label: { fi: 'tarjouksen sulkeminen', sv: 'avsluta en offert' },
  reads: ['contract'],
  writes: ['contract'],
  takes: {
    params: ofOffer,
    body: z.strictObject({ ...stepped, outcome: z.enum(['declined', 'withdrawn']) }),
  },
  gives: opened,
})
