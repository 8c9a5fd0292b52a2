// What can be asked about parties: found, opened, edited, protected, merged.
import { z } from 'zod'
import { endpoint } from '../../register/endpoint.ts'
import type { Category } from '../../register/vocabulary.ts'

export const customerId = z.number().int().positive().brand<'CustomerId'>()
export type CustomerId = z.output<typeof customerId>
export const day = z.iso.date()
export const period = z.object({ from: day.nullable(), to: day.nullable() })
const ofCustomer = z.object({ customer_id: customerId })

/** Columns that many lists begin with, when they are taken out. */
export const numberColumn = {
  label: { fi: 'Asiakasnumero', sv: 'Kundnummer', en: 'Customer number' },
  category: 'customer-number',
} as const
export const nameColumn = { label: { fi: 'Nimi', sv: 'Namn', en: 'Name' }, category: 'name' } as const
/** A period as two columns. */
export const during = <C extends Category>(category: C) =>
  ({
    from: {
      label: { fi: 'Alkaen', sv: 'Från', en: 'From' },
      category,
      type: 'day',
      of: (row: { readonly during: Period }) => row.during.from,
    },
    to: {
      label: { fi: 'Päättyen', sv: 'Till', en: 'Until' },
      category,
      type: 'day',
      of: (row: { readonly during: Period }) => row.during.to,
    },
  }) as const
type Period = z.output<typeof period>

const everyone = ['customer-care', 'supply', 'payment', 'claims', 'market-exchange', 'rights', 'marketing'] as const

export const partyKinds = ['natural', 'legal', 'estate'] as const
/** A representative is known because they act for another, and is no customer. */
export const stages = ['prospect', 'customer', 'former', 'representative'] as const

export const customerHead = z.object({
  id: customerId,
  /** Null, as the birth date, as long as a caller may be asked for it. */
  number: z.string().nullable(),
  kind: z.enum(partyKinds),
  stage: z.enum(stages),
  language: z.enum(['fi', 'sv', 'en']),
  protected: z.boolean(),
  merged_into: customerId.nullable(),
  version: z.number().int(),
  source: z.string(),
  recorded_at: z.string(),
  name: z.string(),
  birth_date: day.nullable(),
  business_id: z.string().nullable(),
  deceased_on: day.nullable(),
})

/** The header band: who this is, and what must be known before a word is said. */
export const openCustomer = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id',
  action: 'open a customer',
  label: { fi: 'asiakkaan avaaminen', sv: 'öppna en kund' },
  purposes: everyone,
  reads: ['customer-number', 'customer-status', 'name'],
  readsIfPermitted: ['birth-date', 'business-id', 'death'],
  takes: { params: ofCustomer },
  gives: customerHead,
  asksWhy: true,
})

export const name = z.object({
  id: z.number(),
  customer_id: customerId,
  kind: z.enum(['official', 'former', 'trade']),
  given: z.string().nullable(),
  call_name: z.string().nullable(),
  family: z.string().nullable(),
  organisation: z.string().nullable(),
  during: period,
  version: z.number().int(),
  source: z.string(),
  recorded_at: z.string(),
})

export const names = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/names',
  action: 'see the names of a customer',
  label: { fi: 'asiakkaan nimien katselu', sv: 'se en kunds namn' },
  purposes: everyone,
  reads: ['name'],
  takes: { params: ofCustomer },
  gives: z.array(name),
})

export const contactPoint = z.object({
  id: z.number(),
  customer_id: customerId,
  channel: z.enum(['phone', 'email']),
  value: z.string(),
  use: z.enum(['main', 'work', 'invoicing', 'other']),
  during: period,
  verified_at: z.string().nullable(),
  version: z.number().int(),
  source: z.string(),
  recorded_at: z.string(),
})

export const contactDetails = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/contact-details',
  action: 'see the contact details of a customer',
  label: { fi: 'asiakkaan yhteystietojen katselu', sv: 'se en kunds kontaktuppgifter' },
  purposes: everyone,
  reads: ['contact-details'],
  takes: { params: ofCustomer },
  gives: z.array(contactPoint),
  list: {
    title: { fi: 'Yhteystiedot', sv: 'Kontaktuppgifter', en: 'Contact details' },
    columns: {
      channel: {
        label: { fi: 'Kanava', sv: 'Kanal', en: 'Channel' },
        category: 'contact-details',
        values: {
          phone: { fi: 'puhelin', sv: 'telefon', en: 'telephone' },
          email: { fi: 'sähköposti', sv: 'e-post', en: 'e-mail' },
        },
      },
      value: { label: { fi: 'Yhteystieto', sv: 'Kontaktuppgift', en: 'Contact detail' }, category: 'contact-details' },
      ...during('contact-details'),
    },
  },
  caller: { level: 2, scope: 'data' },
})

export const postalAddress = z.object({
  id: z.number(),
  customer_id: customerId,
  kind: z.enum(['home', 'mailing', 'invoicing', 'contact']),
  care_of: z.string().nullable(),
  street: z.string(),
  postcode: z.string(),
  post_office: z.string(),
  country: z.string(),
  during: period,
  version: z.number().int(),
  source: z.string(),
  recorded_at: z.string(),
})

export const addresses = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/addresses',
  action: 'see the postal addresses of a customer',
  label: { fi: 'asiakkaan postiosoitteiden katselu', sv: 'se en kunds postadresser' },
  purposes: everyone,
  reads: ['postal-address'],
  takes: { params: ofCustomer },
  gives: z.array(postalAddress),
  list: {
    title: { fi: 'Osoitteet', sv: 'Adresser', en: 'Addresses' },
    columns: {
      care_of: { label: { fi: 'c/o', sv: 'c/o', en: 'c/o' }, category: 'postal-address' },
      street: { label: { fi: 'Katuosoite', sv: 'Gatuadress', en: 'Street address' }, category: 'postal-address' },
      postcode: { label: { fi: 'Postinumero', sv: 'Postnummer', en: 'Postcode' }, category: 'postal-address' },
      post_office: {
        label: { fi: 'Postitoimipaikka', sv: 'Postanstalt', en: 'Post office' },
        category: 'postal-address',
      },
      country: { label: { fi: 'Maa', sv: 'Land', en: 'Country' }, category: 'postal-address' },
      ...during('postal-address'),
    },
  },
  caller: { level: 2, scope: 'data' },
})

const email = z.email().max(254)
/** As people write it; kept as +358401234567. */
const phone = z.string().regex(/^\+?[0-9 ()-]{5,25}$/, 'a telephone number has digits, spaces and a leading + at most')

export const newContactPoint = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('phone'), value: phone, use: contactPoint.shape.use.default('main') }),
  z.strictObject({ channel: z.literal('email'), value: email, use: contactPoint.shape.use.default('main') }),
])

export const addContactPoint = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/contact-details',
  action: 'add a contact detail',
  label: { fi: 'yhteystiedon lisääminen', sv: 'lägga till en kontaktuppgift' },
  purposes: ['customer-care', 'supply', 'payment', 'rights'],
  reads: ['contact-details'],
  writes: ['contact-details'],
  takes: { params: ofCustomer, body: newContactPoint },
  gives: contactPoint,
  asksWhy: true,
  caller: { level: 2, scope: 'data' },
  opens: true,
})

/** A correction closes the earlier value and opens the new one, so that both stay readable. `version` guards against a second editor. */
export const correctContactPoint = endpoint({
  method: 'PATCH',
  path: '/api/customers/:customer_id/contact-details/:point_id',
  action: 'correct a contact detail',
  label: { fi: 'yhteystiedon korjaaminen', sv: 'rätta en kontaktuppgift' },
  purposes: ['customer-care', 'supply', 'payment', 'rights'],
  reads: ['contact-details'],
  writes: ['contact-details'],
  takes: {
    params: ofCustomer.extend({ point_id: z.number().int().positive() }),
    body: z.strictObject({ value: z.string().trim().min(3).max(254), version: z.number().int().positive() }),
  },
  gives: contactPoint,
  asksWhy: true,
  caller: { level: 2, scope: 'data' },
  opens: true,
})

export const endContactPoint = endpoint({
  method: 'DELETE',
  path: '/api/customers/:customer_id/contact-details/:point_id',
  action: 'end a contact detail',
  label: { fi: 'yhteystiedon päättäminen', sv: 'avsluta en kontaktuppgift' },
  purposes: ['customer-care', 'supply', 'payment', 'rights'],
  reads: ['contact-details'],
  writes: ['contact-details'],
  takes: {
    params: ofCustomer.extend({ point_id: z.number().int().positive() }),
    query: z.strictObject({ version: z.coerce.number().int().positive() }),
  },
  gives: contactPoint,
  asksWhy: true,
  caller: { level: 2, scope: 'data' },
  opens: true,
})

/** Ended by a slip: it goes on as if it had not been. On the day of the slip alone; later, what holds again begins anew. */
export const reopenContactPoint = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/contact-details/:point_id/reopening',
  action: 'take back the end of a contact detail',
  label: { fi: 'yhteystiedon päättämisen peruminen', sv: 'ta tillbaka avslutandet av en kontaktuppgift' },
  purposes: ['customer-care', 'supply', 'payment', 'rights'],
  reads: ['contact-details'],
  writes: ['contact-details'],
  takes: {
    params: ofCustomer.extend({ point_id: z.number().int().positive() }),
    body: z.strictObject({ version: z.number().int().positive() }),
  },
  gives: contactPoint,
  asksWhy: true,
  caller: { level: 2, scope: 'data' },
  opens: true,
})

export const setLanguage = endpoint({
  method: 'PATCH',
  path: '/api/customers/:customer_id',
  action: 'change the language of a customer',
  label: { fi: 'asiakkaan kielen muuttaminen', sv: 'ändra en kunds språk' },
  purposes: ['customer-care', 'supply', 'rights'],
  reads: ['customer-status'],
  writes: ['customer-status'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({ language: z.enum(['fi', 'sv', 'en']), version: z.number().int().positive() }),
  },
  gives: z.object({ id: customerId, language: z.enum(['fi', 'sv', 'en']), version: z.number().int() }),
  caller: { level: 1, scope: 'data' },
})

/** Strict: one person, a reason, and an answer that waits for its line in the log. */
export const showIdentityCode = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/identity-code',
  action: 'see the identity code of a customer',
  label: { fi: 'asiakkaan henkilötunnuksen katselu', sv: 'se en kunds personbeteckning' },
  purposes: ['customer-care', 'payment', 'claims', 'rights'],
  reads: ['identity-code', 'subject-key'],
  takes: { params: ofCustomer },
  gives: z.array(
    z.object({ id: z.number(), customer_id: customerId, code: z.string(), during: period, source: z.string() }),
  ),
  strict: true,
  asksWhy: true,
  caller: { level: 2, scope: 'data' },
})

export const protectionSources = ['customer', 'population-register', 'datahub'] as const

export const protectionOrder = z.object({
  id: z.number(),
  customer_id: customerId,
  granted_by: z.enum(protectionSources),
  /** The message or paper by which it is known. */
  basis: z.string().nullable(),
  during: period,
  review_on: day.nullable(),
  lifted_at: z.string().nullable(),
  lifted_reason: z.string().nullable(),
})

export const protectionLock = z.object({
  id: z.number(),
  customer_id: customerId,
  reason: z.string(),
  review_on: day,
  source: z.string(),
  recorded_at: z.string(),
  settled_at: z.string().nullable(),
  outcome: z.enum(['confirmed', 'lifted']).nullable(),
  settled_reason: z.string().nullable(),
})

/** What a protected person's card hides: opened by the named role, one person at a time. */
export const openProtected = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/protected',
  action: 'open a protected address',
  label: { fi: 'turvakiellon alaisen osoitteen avaaminen', sv: 'öppna en skyddad adress' },
  purposes: ['customer-care', 'rights'],
  reads: ['protection-order', 'protection-lock', 'postal-address', 'contact-details'],
  takes: { params: ofCustomer },
  gives: z.object({
    orders: z.array(protectionOrder),
    /** Raised at the customer's word, before there was an order. */
    locks: z.array(protectionLock),
    addresses: z.array(postalAddress),
    contact_details: z.array(contactPoint),
  }),
  strict: true,
  asksWhy: true,
  caller: { level: 2, scope: 'data' },
})

/** A second one, while the first holds, prolongs it: the person stays protected until every one is lifted. It confirms a lock that waits. */
export const protect = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/protection',
  action: 'protect the address of a customer',
  label: { fi: 'asiakkaan osoitteen suojaaminen', sv: 'skydda en kunds adress' },
  purposes: ['customer-care'],
  reads: ['protection-order'],
  writes: ['protection-order'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({
      granted_by: z.enum(protectionSources),
      basis: z.string().trim().min(1).max(300).nullable().default(null),
      to: day.nullable(),
      review_on: day.nullable(),
    }),
  },
  gives: protectionOrder,
  strict: true,
  asksWhy: true,
})

/** A lapse never opens anything: a person lifts the order, or the lock that has none, with a reason. */
export const liftProtection = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/protection/lifting',
  action: 'lift the protection of an address',
  label: { fi: 'osoitteen suojauksen poistaminen', sv: 'häva skyddet av en adress' },
  purposes: ['customer-care'],
  reads: ['protection-order', 'customer-status'],
  writes: ['protection-order'],
  takes: { params: ofCustomer, body: z.strictObject({ reason: z.string().trim().min(5).max(300) }) },
  gives: z.array(protectionOrder),
  strict: true,
  asksWhy: true,
  // Who lives with someone to fear must not be able to lift it by a telephone call.
  caller: { level: 3, scope: 'data' },
})
