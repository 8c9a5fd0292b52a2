// The declaration as it is enforced: what each role may do with which data and why, for how long it is kept, and to whom it goes.
import { z } from 'zod'
import { endpoint } from '../../../register/endpoint.ts'
import { chapters, markets, purposes } from '../../../register/vocabulary.ts'

const words = z.object({ fi: z.string(), sv: z.string(), en: z.string() })
const named = z.object({ id: z.string(), label: words })
const purpose = z.enum(purposes)

const basis = z.object({
  article: z.string(),
  /** Id of `laws`. */
  law: z.string(),
  /** Ids of the companies that rely on it; empty: all. */
  controllers: z.array(z.string()),
  text: words,
  interest: words.optional(),
})

const retention = z.object({
  purpose,
  anchor: z.string(),
  /** ISO 8601. */
  period: z.string(),
  rounding: z.enum(['none', 'end-of-year']),
  action: z.enum(['delete', 'shred', 'unlink', 'restrict']),
  why: words,
  law: z.string(),
})

const access = z.object({
  purpose,
  reads: z.array(z.string()),
  writes: z.array(z.string()),
  deletes: z.array(z.string()),
  exports: z.array(z.string()),
})

/** Role × purpose × category as it is enforced. No personal data. */
export const readDeclaration = endpoint({
  method: 'GET',
  path: '/api/declaration',
  action: 'see the declaration',
  label: { fi: 'selosteen katselu taulukkona', sv: 'se beskrivningen som tabell' },
  purposes: ['security'],
  reads: [],
  takes: {},
  gives: z.object({
    version: z.string(),
    noticeHash: z.string(),
    controllers: z.array(z.object({ id: z.string(), name: z.string(), market: z.enum(markets) })),
    purposes: z.array(named.extend({ id: purpose, description: words, bases: z.array(basis) })),
    categories: z.array(
      named.extend({
        description: words,
        chapter: z.enum(chapters),
        strict: z.boolean(),
        tables: z.array(
          z.object({ table: z.string(), holds: z.string(), columns: z.array(z.string()), walls: z.array(z.string()) }),
        ),
        retention: z.array(retention),
      }),
    ),
    roles: z.array(
      named.extend({
        unit: words,
        system: z.boolean(),
        /** Given to no person, and to programs by a token. */
        programs: z.boolean(),
        /** The hats, and the companies whose rows are seen together under each. */
        hats: z.record(z.string(), z.array(z.string())),
        rows: z.object({
          protected: z.enum(['hidden', 'one-at-a-time', 'seen']),
          restricted: z.enum(['hidden', 'seen']),
          marketable: z.boolean(),
        }),
        access: z.array(access),
      }),
    ),
    recipients: z.array(
      named.extend({ country: z.string(), purposes: z.array(purpose), categories: z.array(z.string()) }),
    ),
    laws: z.record(z.string(), z.object({ title: words, cite: z.string(), url: z.string().optional() })),
    /** All that the access log can name, by its id there; `list`: what its list is called. */
    actions: z.array(named.extend({ list: words.optional() })),
  }),
})
