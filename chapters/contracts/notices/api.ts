// What can be asked about changes of price: whom each is told to, by when, with which words, and by what proof; and who has no proof, for whom the old price goes on.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { languages } from '../../../register/vocabulary.ts'
import { customerId, day } from '../../customers/api.ts'

const id = z.number().int().positive()
const ofChange = z.object({ change_id: z.coerce.number().int().positive() })
export const proofWays = ['email', 'letter', 'sms', 'portal', 'signed'] as const
/** `waiting`: no proof yet, and there is time; `lacking`: the time is over without proof; `late`: proof that came too late. */
export const noticeStates = ['waiting', 'told', 'late', 'lacking'] as const

const counts = { addressees: z.number().int(), told: z.number().int(), late: z.number().int(), waiting: z.number().int(), lacking: z.number().int() } // prettier-ignore

export const priceChange = z.object({
  id,
  product_id: id,
  code: z.string(),
  name_fi: z.string(),
  name_sv: z.string(),
  name_en: z.string(),
  from_day: day,
  /** The last day for consumers and for companies. */
  consumers_by: day,
  companies_by: day,
  /** Contracts by the product that began before it and are not for a fixed term then; those without an addressee yet keep the old price. */
  contracts: z.number().int(),
  ...counts,
})

const shared = { purposes: ['supply'] } as const

export const priceChanges = endpoint({
  ...shared,
  method: 'GET',
  path: '/api/price-changes',
  action: 'see the changes of price',
  label: { fi: 'hinnanmuutosten katselu', sv: 'se prisändringarna' },
  reads: ['price-notice', 'contract'],
  takes: {},
  /** The latest first, of the companies that the caller works for. */
  gives: z.array(priceChange),
})

export const openPriceChange = endpoint({
  ...shared,
  method: 'GET',
  path: '/api/price-changes/:change_id',
  action: 'open a change of price',
  label: { fi: 'hinnanmuutoksen avaaminen', sv: 'öppna en prisändring' },
  reads: ['price-notice', 'contract'],
  takes: { params: ofChange },
  gives: priceChange.extend({
    /** What is sent, word for word, with its digest. The register sends nothing itself. */
    documents: z.array(z.object({ language: z.enum(languages), text: z.string(), hash: z.string() })),
  }),
})

/** Who has a contract by the product and no notice yet is added; those who are there stay as they are. */
export const addAddressees = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/price-changes/:change_id/addressees',
  action: 'list whom a change of price is told to',
  label: { fi: 'hinnanmuutoksen saajien luettelointi', sv: 'lista vem en prisändring meddelas' },
  reads: ['price-notice', 'contract', 'customer-status'],
  writes: ['price-notice'],
  takes: { params: ofChange },
  gives: z.object({ added: z.number().int() }),
})

export const noticePage = 100
const notice = z.object({
  id,
  contract_id: id,
  number: z.string(),
  customer_id: customerId,
  customer_number: z.string(),
  name: z.string(),
  language: z.enum(languages),
  consumer: z.boolean(),
  notify_by: day,
  delivered_on: day.nullable(),
  how: z.enum(proofWays).nullable(),
  reference: z.string().nullable(),
  state: z.enum(noticeStates),
  /** From when the new price holds for the contract; null: it does not, the old one goes on. */
  effective: day.nullable(),
  /** Where they are reached, as far as it may be seen. */
  email: z.string().nullable(),
  street: z.string().nullable(),
  postcode: z.string().nullable(),
  post_office: z.string().nullable(),
})

export const notices = endpoint({
  ...shared,
  method: 'GET',
  path: '/api/price-changes/:change_id/notices',
  action: 'see whom a change of price was told to',
  label: { fi: 'hinnanmuutoksen saajien katselu', sv: 'se vem en prisändring har meddelats' },
  reads: ['price-notice', 'contract', 'customer-number', 'name', 'contact-details', 'postal-address'],
  takes: {
    params: ofChange,
    query: z.strictObject({
      state: z.enum(noticeStates).optional(),
      after_id: z.coerce.number().int().positive().optional(),
    }),
  },
  gives: z.array(notice),
  next(rows) {
    const last = rows.at(-1)
    return last && { after_id: last.id }
  },
})

/** Proof that notices reached their customers: of the contracts that are named, as the sender of letters or messages reports them. */
export const recordDeliveries = endpoint({
  ...shared,
  method: 'POST',
  path: '/api/price-changes/:change_id/deliveries',
  action: 'record that notices of a change of price were delivered',
  label: {
    fi: 'hinnanmuutosilmoitusten perillemenon kirjaaminen',
    sv: 'anteckna att meddelanden om prisändring har levererats',
  },
  reads: ['price-notice', 'contract'],
  writes: ['price-notice'],
  takes: {
    params: ofChange,
    body: z.strictObject({
      on_day: day,
      how: z.enum(proofWays),
      reference: z.string().trim().min(1).max(300),
      /** Numbers of contracts; a longer report is given in parts. */
      numbers: z.array(z.string().trim().min(1).max(40)).min(1).max(5000),
    }),
  },
  gives: z.object({
    recorded: z.number().int(),
    /** Had a proof already, which stays. */
    known: z.number().int(),
    /** Numbers of no addressee. */
    unknown: z.array(z.string()),
  }),
})
