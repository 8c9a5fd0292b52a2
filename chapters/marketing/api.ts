// Who may be approached by which channel: a ledger of permissions and prohibitions, of which the newest line holds.
import { z } from 'zod'
import { endpoint } from '../../register/endpoint.ts'
import { customerId, nameColumn, numberColumn } from '../customers/api.ts'

export const channels = ['email', 'sms', 'phone', 'post'] as const
export const states = ['granted', 'prohibited', 'withdrawn'] as const

const ofCustomer = z.object({ customer_id: customerId })

export const permission = z.object({
  id: z.number().int(),
  customer_id: customerId,
  /** The bit of the legal entity. */
  controller: z.number().int(),
  channel: z.enum(channels),
  state: z.enum(states),
  text_version: z.string().nullable(),
  evidence: z.string().nullable(),
  source: z.string(),
  recorded_at: z.string(),
})

export const permissions = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/permissions',
  action: 'see the marketing permissions of a customer',
  label: { fi: 'asiakkaan markkinointilupien katselu', sv: 'se en kunds marknadsföringstillstånd' },
  purposes: ['customer-care', 'marketing', 'rights'],
  reads: ['marketing-permission'],
  takes: { params: ofCustomer },
  /** The line that holds, of each legal entity and channel. A channel without a line was never asked. */
  gives: z.array(permission),
})

export const recordPermission = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/permissions',
  action: 'record a marketing permission',
  label: { fi: 'markkinointiluvan tai -kiellon kirjaaminen', sv: 'anteckna ett marknadsföringstillstånd' },
  purposes: ['customer-care', 'marketing'],
  reads: ['marketing-permission'],
  writes: ['marketing-permission'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({
      channel: z.enum(channels),
      state: z.enum(states),
      /** The wording that the person agreed to; a permission without it proves nothing. */
      text_version: z.string().trim().min(1).max(60).nullable().default(null),
      evidence: z.string().trim().min(1).max(300).nullable().default(null),
    }),
  },
  gives: permission,
})

export const marketable = endpoint({
  method: 'GET',
  path: '/api/marketing/customers',
  action: 'list whom we may approach',
  label: { fi: 'markkinoinnin saajien luettelo', sv: 'lista dem som vi får kontakta' },
  purposes: ['marketing'],
  reads: ['customer-number', 'customer-status', 'name', 'marketing-permission'],
  takes: {
    query: z.strictObject({
      channel: z.enum(channels),
      /** The last customer of the page before. */
      after: z.coerce.number().int().positive().optional(),
    }),
  },
  gives: z.array(
    z.object({
      id: customerId,
      number: z.string(),
      language: z.enum(['fi', 'sv', 'en']),
      name: z.string(),
      recorded_at: z.string(),
    }),
  ),
  strict: true,
  list: {
    title: { fi: 'Markkinointiluvan antaneet', sv: 'Har tillåtit marknadsföring', en: 'Have permitted marketing' },
    columns: {
      number: numberColumn,
      name: nameColumn,
      language: {
        label: { fi: 'Asiointikieli', sv: 'Kundspråk', en: 'Language' },
        category: 'customer-status',
        values: {
          fi: { fi: 'suomi', sv: 'finska', en: 'Finnish' },
          sv: { fi: 'ruotsi', sv: 'svenska', en: 'Swedish' },
          en: { fi: 'englanti', sv: 'engelska', en: 'English' },
        },
      },
      recorded_at: {
        label: { fi: 'Lupa annettu', sv: 'Tillstånd givet', en: 'Permitted' },
        category: 'marketing-permission',
        type: 'instant',
      },
    },
    next(rows) {
      const last = rows.at(-1)
      return last && { after: last.id }
    },
  },
})
