// How a contract ends by somebody's word: withdrawn from within its time, or given notice of. Pure: refusals are values.
import { dayAfter, dayPlus } from '../../../platform/clock.ts'
import type { Periods } from '../periods.ts'

type Refusal = { readonly path: string; readonly code: string; readonly message: string }

export type Ending = {
  readonly from: string | null
  readonly to: string | null
  readonly agreed_on: string | null
  readonly consumer: boolean
  readonly fixed_until: string | null
  readonly withdrawal_until: string | null
}
export type Giver = 'customer' | 'seller'

const ahead = (on_day: string, today: string): readonly Refusal[] =>
  on_day > today
    ? [{ path: 'body.on_day', code: 'step.ahead', message: `${on_day} has not come yet; today is ${today}` }]
    : []

/** What came on the last day is in time, whenever it is recorded. */
export const withdrawalRefusals = (
  { agreed_on, to, withdrawal_until }: Ending,
  on_day: string,
  today: string,
): readonly Refusal[] => {
  if (withdrawal_until === null)
    return [
      {
        path: 'body.on_day',
        code: 'contract.no-withdrawal',
        message:
          'this contract has no time of withdrawal: it is not a consumer’s, was not sold from a distance, or is older than the register',
      },
    ]
  const faults = [...ahead(on_day, today)]
  if (on_day > withdrawal_until)
    faults.push({
      path: 'body.on_day',
      code: 'contract.withdrawal-over',
      message: `the last day of withdrawal was ${withdrawal_until}; the contract may be given notice of instead`,
    })
  if (agreed_on !== null && on_day < agreed_on)
    faults.push({ path: 'body.on_day', code: 'step.too-early', message: `it was agreed on ${agreed_on}` })
  if (to !== null && to <= on_day)
    faults.push({ path: 'body.on_day', code: 'contract.already-ended', message: `the contract ended on ${to}` })
  return faults
}

/** What withdrawal makes of the contract: as if it had never been, or over from that day on; what was delivered is paid only where it was expressly asked for. */
export const withdrawn = (
  { from }: Pick<Ending, 'from'>,
  on_day: string,
  early_delivery: boolean,
): { readonly to: string | null; readonly never: boolean; readonly owes: boolean } => {
  const never = from !== null && from >= on_day
  return { to: never ? null : on_day, never, owes: !never && early_delivery }
}

export const noticeOf = ({ consumer }: Pick<Ending, 'consumer'>, by: Giver, periods: Periods): string =>
  by === 'seller' ? periods.sellerNotice : consumer ? periods.consumerNotice : periods.businessNotice

/** From when on a fixed term no longer binds; null: it does not, or there is none. */
const boundUntil = (
  { from, fixed_until, consumer }: Ending,
  by: Giver,
  { longestConsumerTerm }: Periods,
): string | null => {
  if (fixed_until === null) return null
  const longest = from === null ? fixed_until : dayPlus(from, longestConsumerTerm)
  return by === 'customer' && consumer && longest < fixed_until ? longest : fixed_until
}

/** The first day without the contract, at the earliest, when notice comes on a day. A notice may be given within the fixed term for its end. */
export const earliestEnd = (contract: Ending, on_day: string, by: Giver, periods: Periods): string => {
  const free = dayAfter(dayPlus(on_day, noticeOf(contract, by, periods)))
  const bound = boundUntil(contract, by, periods)
  return bound !== null && bound > free ? bound : free
}

export const noticeRefusals = (
  contract: Ending,
  asked: { readonly on_day: string; readonly to: string | null; readonly by: Giver },
  today: string,
  periods: Periods,
): readonly Refusal[] => {
  const faults = [...ahead(asked.on_day, today)]
  const earliest = earliestEnd(contract, asked.on_day, asked.by, periods)
  if (asked.to !== null && asked.to < earliest) {
    const fixed = earliest > dayAfter(dayPlus(asked.on_day, noticeOf(contract, asked.by, periods)))
    faults.push({
      path: 'body.to',
      code: fixed ? 'contract.fixed-term' : 'contract.notice-too-short',
      message: `${fixed ? 'the fixed term binds' : 'the notice is too short'}; the first day without the contract is ${earliest} at the earliest`,
    })
  }
  if (contract.to !== null && contract.to <= (asked.to ?? earliest))
    faults.push({
      path: 'body.to',
      code: 'contract.already-ended',
      message: `the contract ends on ${contract.to} already`,
    })
  return faults
}
