// What holds between a contract, its product, its parties and its dates. Pure: refusals are values.
import { dayOf } from '../../platform/clock.ts'
import type { statuses } from './api.ts'

type Refusal = { readonly path: string; readonly code: string; readonly message: string }
type Period = { readonly from: string | null; readonly to: string | null }

/** Half-open: on the day `to` the contract is no more. */
export const statusOn = ({ from, to }: Period, today: string): (typeof statuses)[number] => {
  if (to !== null && to <= today) return 'ended'
  if (from !== null && from > today) return 'upcoming'
  return to === null ? 'active' : 'ending'
}

/** The same of a contract, or of a party's part in it: what was withdrawn from before it began never was in force, and has no days. */
export const statusOf = (
  { withdrawn_on }: { readonly withdrawn_on: string | null },
  part: Period,
  today: string,
): (typeof statuses)[number] =>
  withdrawn_on !== null && part.from === null && part.to === null ? 'ended' : statusOn(part, today)

export type Asked = {
  readonly point_id: number | null
  readonly from: string
  readonly to: string | null
  readonly fixed_until: string | null
  readonly parties: readonly { readonly customer_id: number; readonly role: string }[]
}
type Product = {
  readonly code: string
  readonly kind: string
  readonly energy: string
  readonly controller: number
  readonly on_sale: Period
}

/** Every fault at once. `mask` are the controllers that the caller works for; `pointEnergy` is null where no point is named. */
export const contractRefusals = (
  asked: Asked,
  product: Product,
  mask: number,
  pointEnergy: string | null,
): readonly Refusal[] => {
  const faults: Refusal[] = []
  const refuse = (path: string, code: string, message: string) => faults.push({ path: `body.${path}`, code, message })
  if ((product.controller & mask) === 0)
    refuse('product_id', 'product.other-company', `${product.code} is sold by the other company; change your hat`)
  const { from: sold, to: soldTo } = product.on_sale
  if ((sold !== null && asked.from < sold) || (soldTo !== null && asked.from >= soldTo))
    refuse('product_id', 'product.not-on-sale', `${product.code} is not on sale on ${asked.from}`)
  if (product.kind === 'connection' && asked.point_id !== null)
    refuse('point_id', 'contract.point-not-wanted', 'a connection is of the site; leave the point out')
  if (product.kind !== 'connection' && asked.point_id === null)
    refuse('point_id', 'contract.point-missing', `a ${product.kind} contract names the point that is measured`)
  if (pointEnergy !== null && pointEnergy !== product.energy)
    refuse(
      'point_id',
      'contract.other-energy',
      `the point measures ${pointEnergy}, ${product.code} is ${product.energy}`,
    )
  if (asked.to !== null && asked.to <= asked.from)
    refuse('to', 'period.empty', `the contract begins on ${asked.from}, so it cannot end on ${asked.to}`)
  if (asked.fixed_until !== null && asked.fixed_until <= asked.from)
    refuse('fixed_until', 'contract.fixed-before-start', `the fixed term cannot end before the contract begins`)
  if (asked.parties.filter(({ role }) => role === 'holder').length !== 1)
    refuse('parties', 'contract.one-holder', 'a contract has one holder; the others are co-holders or payers')
  if (new Set(asked.parties.map(({ customer_id, role }) => `${customer_id} ${role}`)).size < asked.parties.length)
    refuse('parties', 'contract.party-twice', 'a customer is named twice in one role')
  return faults
}

/** What has ended goes on by a slip that is put right on the day on which it was recorded alone: later than that it has been acted upon. */
export const isSlip = (ended: { readonly recorded_at: string }, today: string): boolean =>
  dayOf(new Date(ended.recorded_at)) === today

export const endFaults = ({ from, to: was }: Period, to: string | null, reason: string | null): readonly Refusal[] => {
  if (to === null && was === null)
    return [{ path: 'body.to', code: 'contract.end-missing', message: 'say from which day there is no contract' }]
  if (from !== null && to !== null && to <= from)
    return [
      { path: 'body.to', code: 'period.empty', message: `the contract begins on ${from}, so it cannot end on ${to}` },
    ]
  return to !== null && reason === null
    ? [{ path: 'body.end_reason', code: 'contract.end-unexplained', message: 'say why the contract ends' }]
    : []
}
