// Every contact with a customer: noted while it happens, read back as one timeline.
import { z } from 'zod'
import { endpoint } from '../../register/endpoint.ts'
import { customerId, nameColumn, numberColumn } from '../customers/api.ts'

export const channels = ['call', 'email', 'chat', 'letter', 'visit', 'note'] as const
export const directions = ['in', 'out', 'internal'] as const
export const outcomes = ['answered', 'promised', 'forwarded', 'unreached', 'none'] as const
/** Learned from what utilities are asked about; a chip is one key. */
export const topics = [
  'invoice',
  'contract',
  'move',
  'consumption',
  'outage',
  'connection',
  'payment',
  'data',
  'complaint',
  'other',
] as const

const channelColumn = {
  label: { fi: 'Kanava', sv: 'Kanal', en: 'Channel' },
  category: 'contact-event',
  values: {
    call: { fi: 'puhelu', sv: 'samtal', en: 'call' },
    email: { fi: 'sähköposti', sv: 'e-post', en: 'e-mail' },
    chat: { fi: 'keskustelu', sv: 'chatt', en: 'chat' },
    letter: { fi: 'kirje', sv: 'brev', en: 'letter' },
    visit: { fi: 'käynti', sv: 'besök', en: 'visit' },
    note: { fi: 'muistiinpano', sv: 'anteckning', en: 'note' },
  },
} as const
const topicsColumn = {
  label: { fi: 'Aiheet', sv: 'Ämnen', en: 'Topics' },
  category: 'contact-event',
  values: {
    invoice: { fi: 'lasku', sv: 'faktura', en: 'invoice' },
    contract: { fi: 'sopimus', sv: 'avtal', en: 'contract' },
    move: { fi: 'muutto', sv: 'flytt', en: 'move' },
    consumption: { fi: 'kulutus', sv: 'förbrukning', en: 'consumption' },
    outage: { fi: 'häiriö', sv: 'störning', en: 'outage' },
    connection: { fi: 'liittymä', sv: 'anslutning', en: 'connection' },
    payment: { fi: 'maksu', sv: 'betalning', en: 'payment' },
    data: { fi: 'tiedot', sv: 'uppgifter', en: 'data' },
    complaint: { fi: 'reklamaatio', sv: 'reklamation', en: 'complaint' },
    other: { fi: 'muu', sv: 'annat', en: 'other' },
  },
} as const
const followUpColumn = {
  label: { fi: 'Luvattu', sv: 'Utlovat', en: 'Promised for' },
  category: 'contact-event',
  type: 'day',
} as const

/** Promised for a day that is past, for today, or for the seven days from today. */
export const dues = ['overdue', 'today', 'week'] as const

const ofCustomer = z.object({ customer_id: customerId })
const everyone = ['customer-care', 'supply', 'payment', 'claims', 'rights'] as const

export const contact = z.object({
  id: z.number().int(),
  customer_id: customerId,
  at: z.string(),
  direction: z.enum(directions),
  channel: z.enum(channels),
  topics: z.array(z.string()),
  outcome: z.enum(outcomes).nullable(),
  /** Null also where the role may not read what was said. */
  body: z.string().nullable(),
  follow_up_on: z.iso.date().nullable(),
  followed_up_at: z.string().nullable(),
  version: z.number().int(),
})

export const timeline = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/contacts',
  action: 'see the contacts of a customer',
  label: { fi: 'asiakkaan yhteydenottojen katselu', sv: 'se kontakterna med en kund' },
  purposes: everyone,
  reads: ['contact-event'],
  readsIfPermitted: ['contact-content', 'subject-key'],
  takes: {
    params: ofCustomer,
    /** Older than the last one seen: its time and id, as they came. */
    query: z.strictObject({
      before_at: z.iso.datetime().optional(),
      before_id: z.coerce.number().int().positive().optional(),
    }),
  },
  gives: z.array(contact),
  list: {
    title: { fi: 'Yhteydenotot', sv: 'Kontakter', en: 'Contacts' },
    columns: {
      at: { label: { fi: 'Aika', sv: 'Tid', en: 'Time' }, category: 'contact-event', type: 'instant' },
      direction: {
        label: { fi: 'Suunta', sv: 'Riktning', en: 'Direction' },
        category: 'contact-event',
        values: {
          in: { fi: 'meille', sv: 'till oss', en: 'to us' },
          out: { fi: 'meiltä', sv: 'från oss', en: 'from us' },
          internal: { fi: 'sisäinen', sv: 'intern', en: 'internal' },
        },
      },
      channel: channelColumn,
      topics: topicsColumn,
      outcome: {
        label: { fi: 'Tulos', sv: 'Resultat', en: 'Outcome' },
        category: 'contact-event',
        values: {
          answered: { fi: 'hoidettu', sv: 'skött', en: 'settled' },
          promised: { fi: 'luvattu', sv: 'utlovat', en: 'promised' },
          forwarded: { fi: 'siirretty', sv: 'överfört', en: 'forwarded' },
          unreached: { fi: 'ei tavoitettu', sv: 'ej anträffad', en: 'not reached' },
          none: { fi: '', sv: '', en: '' },
        },
      },
      body: { label: { fi: 'Sisältö', sv: 'Innehåll', en: 'Content' }, category: 'contact-content' },
      follow_up_on: followUpColumn,
      followed_up_at: {
        label: { fi: 'Hoidettu', sv: 'Skött', en: 'Kept' },
        category: 'contact-event',
        type: 'instant',
      },
    },
    next(rows) {
      const last = rows.at(-1)
      return last && { before_at: last.at, before_id: last.id }
    },
  },
})

export const addContact = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/contacts',
  action: 'note a contact',
  label: { fi: 'yhteydenoton kirjaaminen', sv: 'anteckna en kontakt' },
  purposes: ['customer-care'],
  reads: ['contact-event', 'contact-content', 'subject-key'],
  writes: ['contact-event', 'contact-content', 'subject-key'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({
      direction: z.enum(directions).default('in'),
      channel: z.enum(channels).default('call'),
      topics: z.array(z.enum(topics)).max(topics.length).default([]),
      outcome: z.enum(outcomes).nullable().default(null),
      body: z.string().trim().max(10_000).default(''),
      follow_up_on: z.iso.date().nullable().default(null),
    }),
  },
  gives: contact,
})

/** Within ten minutes, by the one who wrote it: a slip, not a change of history. */
export const undoContact = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/contacts/:contact_id/undoing',
  action: 'take back a contact just noted',
  label: { fi: 'juuri kirjatun yhteydenoton peruminen', sv: 'återta en nyss antecknad kontakt' },
  purposes: ['customer-care'],
  reads: ['contact-event'],
  writes: ['contact-event', 'contact-content'],
  takes: { params: ofCustomer.extend({ contact_id: z.number().int().positive() }) },
  gives: z.object({ id: z.number(), customer_id: customerId }),
})

export const queue = endpoint({
  method: 'GET',
  path: '/api/queue',
  action: 'see what is promised to customers',
  label: { fi: 'asiakkaille luvattujen asioiden katselu', sv: 'se vad som har lovats kunder' },
  purposes: ['customer-care'],
  reads: ['contact-event', 'name', 'customer-number'],
  takes: {
    query: z.strictObject({
      channel: z.enum(channels).optional(),
      topic: z.enum(topics).optional(),
      due: z.enum(dues).optional(),
      /** Later than the last one seen: its day and id, as they came. */
      after_on: z.iso.date().optional(),
      after_id: z.coerce.number().int().positive().optional(),
    }),
  },
  gives: z.array(
    z.object({
      id: z.number(),
      customer_id: customerId,
      number: z.string(),
      name: z.string(),
      channel: z.enum(channels),
      topics: z.array(z.string()),
      follow_up_on: z.iso.date(),
      version: z.number().int(),
    }),
  ),
  list: {
    title: { fi: 'Työjono', sv: 'Arbetskö', en: 'Queue' },
    columns: {
      follow_up_on: followUpColumn,
      number: numberColumn,
      name: nameColumn,
      channel: channelColumn,
      topics: topicsColumn,
    },
    next(rows) {
      const last = rows.at(-1)
      return last && { after_on: last.follow_up_on, after_id: last.id }
    },
  },
})

export const followUp = endpoint({
  method: 'POST',
  path: '/api/contacts/:contact_id/follow-up',
  action: 'keep a promise',
  label: { fi: 'lupauksen merkitseminen hoidetuksi', sv: 'anteckna ett löfte som hållet' },
  purposes: ['customer-care'],
  reads: ['contact-event'],
  writes: ['contact-event'],
  takes: {
    params: z.object({ contact_id: z.number().int().positive() }),
    body: z.strictObject({ version: z.number().int() }),
  },
  gives: z.object({ id: z.number(), customer_id: customerId }),
})
