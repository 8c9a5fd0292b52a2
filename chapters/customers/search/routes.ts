// The one box: api and search put together. `words` gives the words of the register as they are now, for mistyped names.
import { type Route, route } from '../../../enforcement/serve.ts'
import { findPeople } from './api.ts'
import { searchCustomers } from './search.ts'
import type { Words } from './words.ts'

export const searchRoutes = (words: () => Words): readonly Route[] => [
  route(findPeople, async ({ db, input, may, keys }) => {
    const { text, stage, kind, limit } = input.query
    const narrowed = stage !== undefined || kind !== undefined
    const found = await searchCustomers(db, { text, may, keys, words: words(), limit: narrowed ? 100 : limit })
    return found
      .filter((one) => (stage === undefined || one.stage === stage) && (kind === undefined || one.kind === kind))
      .slice(0, limit)
  }),
]
