// How contracts end: api, rules and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { dayOf, dayPlus } from '../../../platform/clock.ts'
import type { Read } from '../../../platform/database.ts'
import { Conflict, type Fault, Invalid, NotFound } from '../../../platform/errors.ts'
import type { Law } from '../../../register/description.ts'
import { endWithParties } from '../making.ts'
import { addStep } from '../offers/queries.ts'
import { isDurable } from '../offers/rules.ts'
import { opened } from '../opened.ts'
import { periodsOn } from '../periods.ts'
import { told } from '../told.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { earliestEnd, type Ending, noticeOf, noticeRefusals, withdrawalRefusals, withdrawn } from './rules.ts'

const refuse = (faults: readonly Fault[]): void => {
  if (faults[0] !== undefined) throw new Invalid(faults[0].code, { status: 422, faults })
}

const toEnd = async (db: Read, id: number, now: Date) => {
  const contract = await opened(db, id, now)
  const holder = await queries.holderOf(db, id)
  if (holder === undefined) throw new NotFound('contract.not-found')
  const ending: Ending = {
    ...contract.during,
    agreed_on: contract.agreed_at === null ? null : dayOf(new Date(contract.agreed_at)),
    // Of what is older than the register, who it was made with tells.
    consumer: contract.consumer ?? holder.kind !== 'legal',
    fixed_until: contract.fixed_until,
    withdrawal_until: contract.withdrawal_until,
  }
  return { contract, holder, ending }
}

export const endingRoutes = (laws: readonly Law[]): readonly Route[] => [
  route(api.waysToEnd, async ({ db, input, now }) => {
    const today = dayOf(now)
    const periods = periodsOn(laws, today)
    const { contract, ending } = await toEnd(db, input.params.contract_id, now)
    const steps = await queries.stepsOfContract(db, contract.id)
    const runs = contract.fixed_until !== null && contract.fixed_until > today && contract.status !== 'ended'
    return {
      consumer: ending.consumer,
      withdrawable: withdrawalRefusals(ending, today, today).length === 0,
      withdrawal_until: contract.withdrawal_until,
      customer_notice: noticeOf(ending, 'customer', periods),
      seller_notice: noticeOf(ending, 'seller', periods),
      customer_earliest: earliestEnd(ending, today, 'customer', periods),
      seller_earliest: earliestEnd(ending, today, 'seller', periods),
      tell_by: runs && contract.fixed_until !== null ? dayPlus(contract.fixed_until, periods.termTold, -1) : null,
      told_on: steps.findLast(({ step }) => step === 'told')?.on_day ?? null,
      steps: steps.map(({ customer_id: _, ...step }) => step),
    }
  }),
  route(api.withdrawFromContract, async (context) => {
    const { db, input, now } = context
    const { version, on_day, how, reference } = input.body
    const { contract, holder, ending } = await toEnd(db, input.params.contract_id, now)
    if (contract.version !== version) throw new Conflict('contract.changed')
    if (contract.withdrawn_on !== null) throw new Conflict('contract.withdrawn')
    refuse(withdrawalRefusals(ending, on_day, dayOf(now)))
    const { to, never, owes } = withdrawn(ending, on_day, contract.early_delivery)
    const by = told(context)
    let goes_on: string | null = null
    if (never) {
      if ((await queries.emptyContract(db, contract.id, version, on_day, by)) === undefined)
        throw new Conflict('contract.changed')
      const before = await queries.replacedBy(db, contract.id)
      // Only what ended for the sake of this one, and for nothing else since.
      if (before?.end_reason === 'changed-product' && before.during.to === ending.from) {
        await endWithParties(db, { ...before, to: before.during.to }, null, null, by)
        goes_on = before.number
      }
    } else {
      await endWithParties(db, { id: contract.id, version, to: ending.to }, to, 'cancelled', by)
      await queries.markWithdrawn(db, contract.id, on_day)
    }
    const step = {
      offer_id: null,
      contract_id: contract.id,
      step: 'cancelled',
      on_day,
      how,
      reference,
      content: null,
    } as const
    await addStep(db, holder.customer_id, contract.controller, step, by)
    return { ...(await opened(db, contract.id, now)), owes, goes_on }
  }),
  route(api.giveNotice, async (context) => {
    const { db, input, now } = context
    const { version, on_day, how, reference, by: giver, to } = input.body
    const today = dayOf(now)
    const { contract, holder, ending } = await toEnd(db, input.params.contract_id, now)
    if (contract.version !== version) throw new Conflict('contract.changed')
    if (contract.status === 'ended') throw new Conflict('contract.already-ended')
    const periods = periodsOn(laws, on_day > today ? today : on_day)
    refuse(noticeRefusals(ending, { on_day, to, by: giver }, today, periods))
    const by = told(context)
    const end = to ?? earliestEnd(ending, on_day, giver, periods)
    await endWithParties(db, { id: contract.id, version, to: ending.to }, end, 'terminated', by)
    const step = {
      offer_id: null,
      contract_id: contract.id,
      step: 'terminated',
      on_day,
      how,
      reference,
      content: null,
    } as const
    await addStep(db, holder.customer_id, contract.controller, step, by)
    return opened(db, contract.id, now)
  }),
  route(api.tellTermEnd, async (context) => {
    const { db, input, now } = context
    const { version, on_day, how, reference } = input.body
    const today = dayOf(now)
    const { contract, holder } = await toEnd(db, input.params.contract_id, now)
    if (contract.version !== version) throw new Conflict('contract.changed')
    if (contract.fixed_until === null) throw new Conflict('contract.open-ended')
    refuse([
      ...(on_day > today
        ? [{ path: 'body.on_day', code: 'step.ahead', message: `${on_day} has not come yet; today is ${today}` }]
        : []),
      ...(isDurable(how)
        ? []
        : [{ path: 'body.how', code: 'offer.not-durable', message: 'it is told so that it can be kept' }]),
    ])
    const step = {
      offer_id: null,
      contract_id: contract.id,
      step: 'told',
      on_day,
      how,
      reference,
      content: null,
    } as const
    await addStep(db, holder.customer_id, contract.controller, step, told(context))
    return opened(db, contract.id, now)
  }),
]
