// The one box: whoever asks is shown the people that their role and hat may see, and every one shown is a line in that person's access log.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { customerId, nameColumn, numberColumn, partyKinds, stages } from '../api.ts'

export const findPeople = endpoint({
  method: 'GET',
  path: '/api/search',
  action: 'search for customers',
  label: { fi: 'asiakkaiden hakeminen', sv: 'söka kunder' },
  purposes: ['customer-care', 'supply', 'payment', 'claims', 'market-exchange', 'rights', 'marketing'],
  reads: ['name', 'customer-number', 'customer-status'],
  readsIfPermitted: [
    'birth-date',
    'business-id',
    'death',
    'contact-details',
    'postal-address',
    'site-address',
    'accounting-point',
    'contract',
    'identity-code',
  ],
  takes: {
    query: z.strictObject({
      text: z.string().trim().min(2).max(120),
      /** Of the surest hundred that the text finds. */
      stage: z.enum(stages).optional(),
      kind: z.enum(partyKinds).optional(),
      limit: z.coerce.number().int().positive().max(100).default(20),
    }),
  },
  gives: z.array(
    z.object({
      customer_id: customerId,
      number: z.string(),
      kind: z.enum(partyKinds),
      stage: z.enum(stages),
      name: z.string(),
      birth_year: z.number().int().nullable(),
      deceased: z.boolean(),
      city: z.string().nullable(),
      protected: z.boolean(),
      why: z.string(),
    }),
  ),
  list: {
    title: { fi: 'Asiakkaat', sv: 'Kunder', en: 'Customers' },
    columns: {
      number: numberColumn,
      name: nameColumn,
      kind: {
        label: { fi: 'Muoto', sv: 'Form', en: 'Form' },
        category: 'customer-status',
        values: {
          natural: { fi: 'henkilö', sv: 'person', en: 'person' },
          legal: { fi: 'yritys tai yhteisö', sv: 'företag eller samfund', en: 'company or association' },
          estate: { fi: 'kuolinpesä', sv: 'dödsbo', en: 'estate' },
        },
      },
      stage: {
        label: { fi: 'Asiakkuus', sv: 'Kundförhållande', en: 'Relation' },
        category: 'customer-status',
        values: {
          prospect: { fi: 'mahdollinen', sv: 'möjlig', en: 'prospect' },
          customer: { fi: 'asiakas', sv: 'kund', en: 'customer' },
          former: { fi: 'entinen', sv: 'tidigare', en: 'former' },
          representative: { fi: 'edustaja', sv: 'företrädare', en: 'representative' },
        },
      },
      birth_year: {
        label: { fi: 'Syntymävuosi', sv: 'Födelseår', en: 'Year of birth' },
        category: 'birth-date',
        type: 'number',
      },
      deceased: { label: { fi: 'Kuollut', sv: 'Avliden', en: 'Deceased' }, category: 'death' },
      city: { label: { fi: 'Postitoimipaikka', sv: 'Postanstalt', en: 'Post office' }, category: 'postal-address' },
      protected: {
        label: { fi: 'Osoite suojattu', sv: 'Adressen skyddad', en: 'Address protected' },
        category: 'customer-status',
      },
    },
  },
})
