// What a line of the access log says of itself: pure.
import { reasonKinds } from './api.ts'

type ReasonKind = (typeof reasonKinds)[number]

/** The number of a handle of the staff, `staff:12`. */
export const staffOfHandle = (actor: string): number | undefined => {
  const found = /^staff:(\d{1,15})$/.exec(actor)?.[1]
  return found === undefined ? undefined : Number(found)
}

export const reasonOf = (because: string | null): ReasonKind => {
  if (because === null) return 'none'
  const kind = because.slice(0, because.indexOf(':'))
  return reasonKinds.find((each) => each === kind) ?? 'reason'
}

const usual = 31 * 86_400_000

/** Where a search begins that does not say it. One person's lines are found by themselves, however old. */
export const beginningOf = (
  {
    from,
    to,
    customer_id,
  }: {
    readonly from?: string | undefined
    readonly to?: string | undefined
    readonly customer_id?: number | undefined
  },
  now: Date,
): string | undefined => {
  if (from !== undefined || customer_id !== undefined) return from
  return new Date((to === undefined ? now.getTime() : Date.parse(to)) - usual).toISOString()
}

export type NameParts = {
  readonly given: string | null
  readonly call_name: string | null
  readonly family: string | null
  readonly organisation: string | null
}

/** As a line names a person: the name they are called by, then the family's; or the company's. Null without any. */
export const nameOf = ({ given, call_name, family, organisation }: NameParts): string | null =>
  organisation ?? ([call_name ?? given, family].filter((part) => part !== null).join(' ') || null)
