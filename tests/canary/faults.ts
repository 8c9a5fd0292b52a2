// Endpoints that look sound and are not: one asks round the witness, one tells more than the witness saw. Their answers are allowed; that no line tells
// of them is what the canary must find.
import { z } from 'zod'
import { endpoint } from '../../register/endpoint.ts'

const faulty = <const A extends string>(action: A) =>
  endpoint({
    method: 'GET',
    path: `/api/leaks/${action}/:customer_id`,
    action,
    label: { fi: 'vuoto', sv: 'läcka' },
    purposes: ['customer-care'],
    reads: ['customer-number', 'name'],
    takes: { params: z.object({ customer_id: z.number() }) },
    gives: z.object({ words: z.string() }),
  })

export const skipsTheWitness = faulty('skips-the-witness')
export const tellsMore = faulty('tells-more')
