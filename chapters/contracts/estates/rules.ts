// What passes to an estate on a day, and what does not. Pure.
import type { Fault } from '../../../platform/errors.ts'
import type { stays } from './api.ts'

type Held = { readonly id: number; readonly during: { readonly from: string | null } }

/** `theirs`: what the estate has in its own right. */
export const staysOn = (
  { id, during }: Held,
  day: string,
  theirs: ReadonlySet<number>,
): (typeof stays)[number] | null => {
  if (theirs.has(id)) return 'estate-has-it'
  return during.from !== null && during.from >= day ? 'not-begun' : null
}

export const dayFaults = (day: string, deceased_on: string): readonly Fault[] =>
  day < deceased_on
    ? [
        {
          path: 'body.day',
          code: 'takeover.before-death',
          message: `the person died on ${deceased_on}: nothing passes before`,
        },
      ]
    : []

/** Whether exactly what was shown would pass. */
export const isSame = (shown: readonly number[], passing: readonly { readonly id: number }[]): boolean => {
  const seen = new Set(shown)
  return seen.size === passing.length && passing.every(({ id }) => seen.has(id))
}
