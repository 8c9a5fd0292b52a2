// Two parties that may be one: found, told apart for good, joined by a link, and parted again.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId, nameColumn, numberColumn, partyKinds, stages } from '../api.ts'

export const evidenceKinds = [
  'same-business-id',
  'same-phone-and-name',
  'same-birth-date-and-name',
  'near-names-at-one-site',
  'same-email-and-name',
  'same-company-name',
  'near-names-at-one-address',
  'same-name',
] as const
export const evidence = z.enum(evidenceKinds)

const side = z.object({ id: customerId, number: z.string(), name: z.string(), birth_date: z.string().nullable() })

export const listDuplicates = endpoint({
  method: 'GET',
  path: '/api/duplicates',
  action: 'list possible duplicates',
  label: { fi: 'mahdollisten kaksoiskappaleiden luettelo', sv: 'lista möjliga dubbletter' },
  purposes: ['customer-care'],
  reads: ['customer-status', 'customer-number', 'name'],
  readsIfPermitted: ['birth-date'],
  takes: {
    query: z.strictObject({
      /** Only pairs with this one in them. */
      customer_id: z.coerce.number().int().positive().optional(),
      /** Beyond the last one seen: its weight and id, as they came. */
      below: z.coerce.number().int().nonnegative().optional(),
      after: z.coerce.number().int().positive().optional(),
    }),
  },
  /** The surest first. */
  gives: z.array(
    z.object({
      id: z.number(),
      customer_id: customerId,
      other_id: customerId,
      evidence: z.array(evidence),
      weight: z.number(),
      found_at: z.string(),
      one: side,
      other: side,
    }),
  ),
  list: {
    title: { fi: 'Mahdolliset kaksoiskappaleet', sv: 'Möjliga dubbletter', en: 'Possible duplicates' },
    columns: {
      number: { ...numberColumn, of: ({ one }) => one.number },
      name: { ...nameColumn, of: ({ one }) => one.name },
      other_number: {
        label: { fi: 'Toisen asiakasnumero', sv: 'Den andras kundnummer', en: 'The other’s number' },
        category: 'customer-number',
        of: ({ other }) => other.number,
      },
      other_name: {
        label: { fi: 'Toisen nimi', sv: 'Den andras namn', en: 'The other’s name' },
        category: 'name',
        of: ({ other }) => other.name,
      },
      weight: { label: { fi: 'Varmuus', sv: 'Säkerhet', en: 'Weight' }, category: 'customer-status', type: 'number' },
      found_at: { label: { fi: 'Löytyi', sv: 'Hittades', en: 'Found' }, category: 'customer-status', type: 'instant' },
    },
    next(rows) {
      const last = rows.at(-1)
      return last && { below: last.weight, after: last.id }
    },
  },
})

export const tellApart = endpoint({
  method: 'POST',
  path: '/api/duplicates/:duplicate_id/not-same',
  action: 'tell two customers apart',
  label: { fi: 'kahden asiakkaan erottaminen eri henkilöiksi', sv: 'skilja två kunder åt' },
  purposes: ['customer-care'],
  reads: ['customer-status'],
  writes: ['customer-status'],
  takes: { params: z.object({ duplicate_id: z.number().int().positive() }) },
  gives: z.object({ id: z.number(), customer_id: customerId, state: z.string() }),
})

/** Takes that back, by the one who said it, within the day. */
export const reopenDuplicate = endpoint({
  method: 'POST',
  path: '/api/duplicates/:duplicate_id/reopening',
  action: 'ask again whether two customers are one',
  label: { fi: 'erotettujen asiakkaiden ottaminen uudelleen arvioitaviksi', sv: 'fråga på nytt om två kunder är en' },
  purposes: ['customer-care'],
  reads: ['customer-status'],
  writes: ['customer-status'],
  takes: { params: z.object({ duplicate_id: z.number().int().positive() }) },
  gives: z.object({ id: z.number(), customer_id: customerId, state: z.string() }),
})

const asked = z.string().trim().min(1).max(254).optional()

/** Who a person about to be recorded, or changed, may be already: those that the caller may see, the likeliest first. */
export const likely = endpoint({
  method: 'GET',
  path: '/api/duplicates/likely',
  action: 'look for likely duplicates',
  label: { fi: 'samankaltaisten asiakkaiden etsiminen', sv: 'söka kunder som liknar varandra' },
  purposes: ['customer-care', 'supply', 'rights'],
  reads: ['name', 'customer-number', 'customer-status'],
  readsIfPermitted: ['birth-date', 'business-id', 'contact-details', 'postal-address'],
  takes: {
    query: z.strictObject({
      given: asked,
      family: asked,
      organisation: asked,
      birth_date: z.iso.date().optional(),
      business_id: asked,
      phone: asked,
      email: asked,
      street: asked,
      postcode: asked,
      /** The one that is being changed. */
      except: z.coerce.number().int().positive().optional(),
    }),
  },
  gives: z.array(
    z.object({
      id: customerId,
      number: z.string(),
      kind: z.enum(partyKinds),
      stage: z.enum(stages),
      name: z.string(),
      birth_year: z.number().int().nullable(),
      evidence: z.array(evidence),
      weight: z.number().int(),
      /** So like that it must be said that they are not the same before another is made. */
      strong: z.boolean(),
    }),
  ),
})

const merge = z.object({
  id: z.number(),
  customer_id: customerId,
  merged_id: customerId,
  reason: z.string(),
  proposed_by: z.string(),
  approved_by: z.string().nullable(),
  merged_at: z.string().nullable(),
  undone_at: z.string().nullable(),
})

/** Two identified persons are joined only when a second pair of eyes has approved; others at once. */
export const proposeMerge = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/merges',
  action: 'join two customers',
  label: { fi: 'kahden asiakkaan yhdistäminen', sv: 'slå ihop två kunder' },
  purposes: ['customer-care'],
  reads: ['customer-status', 'identity-code'],
  writes: ['customer-status'],
  takes: {
    params: z.object({ customer_id: customerId }),
    body: z.strictObject({
      merged_id: customerId,
      reason: z.string().trim().min(5).max(500),
      evidence: z.array(evidence).max(8).default([]),
    }),
  },
  gives: merge,
})

/** Proposals that wait for a second pair of eyes, and joins of the last months that hold; the newest first. */
export const listMerges = endpoint({
  method: 'GET',
  path: '/api/merges',
  action: 'list joined customers',
  label: { fi: 'yhdistettyjen asiakkaiden luettelo', sv: 'lista sammanslagna kunder' },
  purposes: ['customer-care'],
  reads: ['customer-status', 'customer-number', 'name'],
  readsIfPermitted: ['birth-date'],
  takes: {
    query: z.strictObject({
      state: z.enum(['waiting', 'joined']),
      customer_id: z.coerce.number().int().positive().optional(),
      before: z.coerce.number().int().positive().optional(),
    }),
  },
  gives: z.array(
    merge.extend({
      evidence: z.array(evidence),
      one: side,
      other: side,
      /** Whether whoever asks proposed it: then another must approve. */
      own: z.boolean(),
    }),
  ),
  next(rows) {
    const last = rows.at(-1)
    return last && { before: last.id }
  },
})

/** By anyone who may approve, or by the one who proposed it. */
export const declineMerge = endpoint({
  method: 'POST',
  path: '/api/merges/:merge_id/refusal',
  action: 'decline the joining of two customers',
  label: { fi: 'asiakkaiden yhdistämisen hylkääminen', sv: 'avböja sammanslagningen av två kunder' },
  purposes: ['customer-care'],
  reads: ['customer-status'],
  writes: ['customer-status'],
  takes: {
    params: z.object({ merge_id: z.number().int().positive() }),
    body: z.strictObject({ reason: z.string().trim().min(5).max(500) }),
  },
  gives: merge,
})

export const approveMerge = endpoint({
  method: 'POST',
  path: '/api/merges/:merge_id/approval',
  action: 'approve the joining of two customers',
  label: { fi: 'asiakkaiden yhdistämisen hyväksyminen', sv: 'godkänna sammanslagningen av två kunder' },
  purposes: ['customer-care'],
  reads: ['customer-status'],
  writes: ['customer-status'],
  takes: { params: z.object({ merge_id: z.number().int().positive() }) },
  gives: merge,
})

/** Parts them again. What came to the joined customer meanwhile is listed, for a person to give it to the right one. */
export const undoMerge = endpoint({
  method: 'POST',
  path: '/api/merges/:merge_id/undoing',
  action: 'part two joined customers',
  label: { fi: 'yhdistettyjen asiakkaiden erottaminen', sv: 'dela två sammanslagna kunder' },
  purposes: ['customer-care'],
  reads: ['customer-status', 'contact-event', 'contact-details', 'name', 'postal-address', 'contract', 'occupancy'],
  writes: ['customer-status'],
  takes: {
    params: z.object({ merge_id: z.number().int().positive() }),
    body: z.strictObject({ reason: z.string().trim().min(5).max(500) }),
  },
  gives: z.object({ merge, review: z.number().int() }),
})

/** Run by the machinery alone: no person's role is declared to compare all of this. */
export const scanDuplicates = endpoint({
  method: 'POST',
  path: '/api/duplicates/scan',
  action: 'scan for duplicates',
  label: { fi: 'kaksoiskappaleiden etsintä koko rekisteristä', sv: 'söka dubbletter i hela registret' },
  purposes: ['customer-care'],
  reads: ['customer-status', 'name', 'birth-date', 'business-id', 'contact-details', 'identity-code', 'occupancy'],
  writes: ['customer-status'],
  takes: {},
  gives: z.object({ found: z.number().int() }),
})
