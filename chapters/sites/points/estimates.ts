// What a point is estimated to use in a year, from a day on: what held before stays. For whoever tells it, and for what is computed of its use.
import type { Write } from '../../../platform/database.ts'
import { Conflict, Invalid } from '../../../platform/errors.ts'
import type { Told } from '../queries.ts'
import * as queries from './queries.ts'

type Seen = { readonly id: number; readonly version: number }
type Held = Seen & { readonly during: { readonly from: string | null; readonly to: string | null } }

/** What holds on the day and is to give way, and until when the new one holds. `after`: what was seen; undefined: whatever holds. */
export const placeAt = <R extends Held>(
  rows: readonly R[],
  from: string,
  after: Seen | null | undefined,
  changed: string,
) => {
  const held = rows.filter(({ during }) => during.from === null || during.from <= from)
  const [old] = held
  if (after !== undefined && (old?.id !== after?.id || old?.version !== after?.version)) throw new Conflict(changed)
  const next = rows.find(({ during }) => during.from !== null && during.from > from)
  return { held, old, to: old === undefined ? (next?.during.from ?? null) : old.during.to }
}

type NewEstimate = {
  readonly from: string
  readonly after?: Seen | null
  readonly values: readonly { readonly band: string; readonly wh: number }[]
  readonly basis: queries.Basis
}

export const keepEstimate = async (
  db: Write,
  point: number,
  { from, after, values, basis }: NewEstimate,
  how: Told,
) => {
  const bands = values.map(({ band }) => band)
  const rows = await queries.estimatesFromDay(db, point, from)
  const { held, old, to } = placeAt(rows, from, after, 'annual-estimate.changed')
  const ids = held.map(({ id }) => id)
  const all = <T>(made: readonly T[], wanted: number): readonly T[] => {
    if (made.length !== wanted) throw new Conflict('annual-estimate.changed')
    return made
  }
  if (old?.during.from === from) {
    if (held.length !== bands.length || !held.every(({ band }) => bands.includes(band)))
      throw new Invalid('estimate.other-bands-that-day', {
        status: 422,
        faults: [
          {
            path: 'body.values',
            code: 'estimate.other-bands-that-day',
            message: `an estimate in other time bands begins on ${from} already: divide it otherwise from another day`,
          },
        ],
      })
    return all(await queries.correctEstimates(db, ids, old.version, values, basis, how), values.length)
  }
  if (old !== undefined) all(await queries.closeEstimates(db, ids, old.version, from), ids.length)
  return all(await queries.insertEstimates(db, point, values, from, to, basis, how), values.length)
}
