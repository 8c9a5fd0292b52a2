// What binds whom, and when: the states of an offer, the withdrawal of a consumer, the day on which a contract may begin. Pure: refusals are values.
import { dayAfter, dayPlus } from '../../../platform/clock.ts'
import { lastDayOf } from '../calendar.ts'
import type { Periods } from '../periods.ts'
import type { channels, states, ways } from './api.ts'

type Refusal = { readonly path: string; readonly code: string; readonly message: string }
type Channel = (typeof channels)[number]
type Way = (typeof ways)[number]
type State = (typeof states)[number]

/** What leaves a trace that the customer can keep. */
const durable: readonly Way[] = ['email', 'letter', 'sms', 'portal', 'signed']
export const isDurable = (how: Way): boolean => durable.includes(how)

/** An offer that nobody answered in time lapses by itself: no job has to run for it. */
export const stateOn = (
  { state, valid_until }: { readonly state: Exclude<State, 'lapsed'>; readonly valid_until: string },
  today: string,
): State => ((state === 'drafted' || state === 'sent') && valid_until < today ? 'lapsed' : state)

type Sold = { readonly consumer: boolean; readonly channel: Channel }

/** Sold from a distance or outside the seller's premises: the chapter 6 of the Consumer Protection Act. */
export const mayBeWithdrawn = ({ consumer, channel }: Sold): boolean => consumer && channel !== 'visit'

/** Consumer Protection Act 6:12 a: the seller rang unasked. */
export const bindsInWritingOnly = ({ consumer, channel }: Sold, { writtenAcceptance }: Periods): boolean =>
  writtenAcceptance && consumer && channel === 'call-unasked'

/**
 * The last day of withdrawal of a contract made on a day; null where there is no such right. `told`: when the right was told on a durable medium.
 * Untold, the period is longer; told late, it begins then.
 */
export const withdrawalUntil = (
  sold: Sold,
  made: string,
  told: string | null,
  { withdrawal, withdrawalExtension }: Periods,
): string | null => {
  if (!mayBeWithdrawn(sold)) return null
  const untold = lastDayOf(dayPlus(made, withdrawal), withdrawalExtension)
  if (told === null) return untold
  const ends = lastDayOf(told < made ? made : told, withdrawal)
  return ends < untold ? ends : untold
}

/** Every fault of a new offer beside those of the contract that it would become. */
export const offerRefusals = (
  asked: {
    readonly starts_on: string
    readonly valid_until: string
    readonly fixed_until: string | null
    readonly after_term: string | null
  },
  today: string,
): readonly Refusal[] => {
  const faults: Refusal[] = []
  const refuse = (path: string, code: string, message: string) => faults.push({ path: `body.${path}`, code, message })
  if (asked.valid_until < today)
    refuse('valid_until', 'offer.valid-past', `an offer is valid until ${today} at least, not ${asked.valid_until}`)
  if (asked.starts_on < today)
    refuse(
      'starts_on',
      'offer.start-past',
      `what is offered begins on ${today} at the earliest, not ${asked.starts_on}`,
    )
  if ((asked.fixed_until === null) !== (asked.after_term === null))
    refuse('after_term', 'offer.after-term', 'say what becomes of a fixed term, and of a fixed term alone')
  return faults
}

type Step = { readonly on_day: string; readonly how: Way }

const dayFaults = ({ on_day }: Step, since: string, today: string): readonly Refusal[] =>
  on_day > today
    ? [{ path: 'body.on_day', code: 'step.ahead', message: `${on_day} has not come yet; today is ${today}` }]
    : on_day < since
      ? [{ path: 'body.on_day', code: 'step.too-early', message: `nothing of the kind was possible before ${since}` }]
      : []

export const sendRefusals = (
  offer: { readonly state: State; readonly drafted_on: string },
  step: Step,
  today: string,
): readonly Refusal[] => [
  ...dayFaults(step, offer.drafted_on, today),
  ...(isDurable(step.how)
    ? []
    : [
        {
          path: 'body.how',
          code: 'offer.not-durable',
          message: 'an offer is sent so that it can be kept: by e-mail, letter, text message, portal, or on paper',
        },
      ]),
]

export const acceptRefusals = (
  offer: Sold & { readonly sent_on: string; readonly valid_until: string },
  step: Step,
  today: string,
  periods: Periods,
): readonly Refusal[] => {
  const faults = [...dayFaults(step, offer.sent_on, today)]
  if (step.on_day > offer.valid_until)
    faults.push({
      path: 'body.on_day',
      code: 'offer.lapsed',
      message: `the offer was valid until ${offer.valid_until}`,
    })
  if (bindsInWritingOnly(offer, periods) && !isDurable(step.how))
    faults.push({
      path: 'body.how',
      code: 'offer.not-in-writing',
      message:
        'after an unasked call nothing binds the consumer before they accept in writing: record the message or the signed offer',
    })
  return faults
}

/** A contract at the point that has not ended on the first day; `own`: of the same customer. */
export type There = {
  readonly id: number
  readonly from: string | null
  readonly to: string | null
  readonly fixed_until: string | null
  readonly own: boolean
}

type Start = {
  /** The contract of the same customer that ends when this one begins. */
  readonly replaces: number | null
  readonly refused: { readonly code: string; readonly message: string; readonly earliest: string | null } | null
}

/** Whether a contract may begin on the day, what it ends, and else from which day on it could begin; null: none is known. */
export const startOf = (starts_on: string, there: readonly There[]): Start => {
  const open = there.filter(({ to }) => to === null || to > starts_on)
  const later = open.find(({ from }) => from !== null && from >= starts_on)
  const refused = (code: string, message: string, earliest: string | null): Start => ({
    replaces: null,
    refused: {
      code,
      message: `${message}; ${earliest === null ? 'it has no end yet' : `from ${earliest} on it works`}`,
      earliest,
    },
  })
  if (later !== undefined)
    return refused('offer.later-contract', 'another contract begins at the point later', later.to)
  const [now] = open
  if (now === undefined) return { replaces: null, refused: null }
  if (!now.own) return refused('offer.point-taken', 'somebody else has a contract at the point', now.to)
  if (now.fixed_until !== null && now.fixed_until > starts_on)
    return refused('offer.fixed-term', 'the present contract is for a fixed term', now.fixed_until)
  return { replaces: now.id, refused: null }
}

/** Delivery in the time of withdrawal needs the consumer's express request (Consumer Protection Act 6:15). */
export const deliveryRefusals = (
  starts_on: string,
  until: string | null,
  early_delivery: boolean,
  accepted: string,
): readonly Refusal[] => {
  if (starts_on < accepted)
    return [
      {
        path: 'body.starts_on',
        code: 'offer.start-past',
        message: `the contract begins on ${accepted} at the earliest, the day on which it was accepted`,
      },
    ]
  return until === null || early_delivery || starts_on > until
    ? []
    : [
        {
          path: 'body.early_delivery',
          code: 'offer.delivery-in-withdrawal',
          message: `the consumer may withdraw until ${until}: record their express request for delivery before that, or begin on ${dayAfter(until)}`,
        },
      ]
}
