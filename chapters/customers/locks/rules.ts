// By when a lock is looked at. Pure.
import { addPeriod, dayOf } from '../../../platform/clock.ts'
import type { Fault } from '../../../platform/errors.ts'
import { fault } from '../rules.ts'

const [soon, latest] = ['P14D', 'P3M']

/** In two weeks, or on a day within three months: longer than that nobody's word stands unconfirmed. */
export const reviewDay = (
  asked: string | null,
  now: Date,
): { readonly review_on: string } | { readonly refused: Fault } => {
  if (asked === null) return { review_on: dayOf(addPeriod(now, soon)) }
  if (asked <= dayOf(now)) return { refused: fault('review_on', 'protection.past', 'that day has been') }
  const last = dayOf(addPeriod(now, latest))
  return asked > last
    ? { refused: fault('review_on', 'lock.late-review', `it is looked at by ${last} at the latest`) }
    : { review_on: asked }
}
