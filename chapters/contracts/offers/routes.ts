// Offers: api, rules and queries put together.
import { type Context, type Route, route } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import type { Read } from '../../../platform/database.ts'
import { Conflict, type Fault, Invalid, NotFound } from '../../../platform/errors.ts'
import type { Law } from '../../../register/description.ts'
import type { CustomerId } from '../../customers/index.ts'
import { endWithParties, makeContract } from '../making.ts'
import { newNumber } from '../number.ts'
import { daysOf, type Periods, periodsOn } from '../periods.ts'
import { findPoint, findProduct } from '../queries.ts'
import { contractRefusals } from '../rules.ts'
import { told } from '../told.ts'
import * as api from './api.ts'
import { type Measured, offered } from './cost.ts'
import { digestOf, documentOf } from './document.ts'
import * as queries from './queries.ts'
import {
  acceptRefusals,
  bindsInWritingOnly,
  deliveryRefusals,
  mayBeWithdrawn,
  offerRefusals,
  sendRefusals,
  startOf,
  stateOn,
  withdrawalUntil,
} from './rules.ts'

const refused = (faults: readonly Fault[]): Invalid =>
  new Invalid(faults[0]?.code ?? 'offer.refused', { status: 422, faults })

const nameIn = (offer: Pick<queries.Offer, 'name_fi' | 'name_sv' | 'name_en'>, language: 'fi' | 'sv' | 'en'): string =>
  ({ fi: offer.name_fi, sv: offer.name_sv, en: offer.name_en })[language]

/** As it is told: what follows from the day and from how it is sold. */
const shown = (offer: queries.Offer, today: string, periods: Periods) => ({
  ...offer,
  prices: [...offer.prices],
  state: stateOn(offer, today),
  in_writing: bindsInWritingOnly(offer, periods),
  withdrawable: mayBeWithdrawn(offer),
})

export const offerRoutes = (laws: readonly Law[], measured: Measured): readonly Route[] => {
  const theirs = async (db: Read, customer: CustomerId, id: number): Promise<queries.Offer> => {
    const offer = await queries.findOffer(db, customer, id)
    if (offer === undefined) throw new NotFound('offer.not-found')
    return offer
  }

  const written = async (db: Read, offer: queries.Offer, periods: Periods): Promise<string> => {
    const seller = await queries.seller(db, offer.controller)
    return documentOf({
      ...offer,
      name: nameIn(offer, offer.language),
      seller: seller ?? { name: '', business_id: null },
      in_writing: bindsInWritingOnly(offer, periods),
      withdrawal_days: mayBeWithdrawn(offer) ? daysOf(periods.withdrawal) : null,
    })
  }

  const opened = async (db: Read, customer: CustomerId, id: number, now: Date) => {
    const today = dayOf(now)
    const periods = periodsOn(laws, today)
    const offer = await theirs(db, customer, id)
    const view = shown(offer, today, periods)
    const steps = await queries.stepsOfOffer(db, id)
    const document = steps.find(({ content }) => content !== null)?.content ?? (await written(db, offer, periods))
    const open = view.state === 'drafted' || view.state === 'sent'
    const there = open ? await queries.contractsThere(db, offer, offer.starts_on) : []
    const start = startOf(offer.starts_on, heldBy(there))
    return {
      ...view,
      document,
      document_hash: digestOf(document),
      steps: steps.map(({ customer_id: _, content: __, ...step }) => step),
      start: open
        ? {
            code: start.refused?.code ?? null,
            earliest: start.refused?.earliest ?? null,
            replaces: there.find((each) => each.id === start.replaces)?.number ?? null,
          }
        : null,
    }
  }

  type Stepping = Context<typeof api.sendOffer>

  /** The offer as it stands, for a step: another editor has not been there meanwhile. */
  const forStep = async ({ db, input, now }: Stepping) => {
    const { customer_id, offer_id } = input.params
    const offer = await theirs(db, customer_id, offer_id)
    if (offer.version !== input.body.version) throw new Conflict('offer.changed')
    return { offer, state: stateOn(offer, dayOf(now)) }
  }

  const stepped = async (
    context: Stepping,
    offer: queries.Offer,
    step: 'sent' | 'accepted' | 'declined' | 'withdrawn',
    more: {
      readonly content?: string
      readonly contract_id?: number
      readonly replaces_id?: number | null
      readonly starts_on?: string
    } = {},
  ) => {
    const { db, input } = context
    const { on_day, how, reference, version } = input.body
    const by = told(context)
    const moved = await queries.moveOffer(
      db,
      offer.id,
      version,
      {
        state: step,
        sent_on: step === 'sent' ? on_day : offer.sent_on,
        contract_id: more.contract_id ?? null,
        replaces_id: more.replaces_id ?? null,
        starts_on: more.starts_on ?? offer.starts_on,
      },
      by,
    )
    if (moved === undefined) throw new Conflict('offer.changed')
    const kept = {
      offer_id: offer.id,
      contract_id: more.contract_id ?? null,
      step,
      on_day,
      how,
      reference,
      content: more.content ?? null,
    }
    await queries.addStep(db, offer.customer_id, offer.controller, kept, by)
    return opened(db, input.params.customer_id, offer.id, context.now)
  }

  return [
    route(api.offersOfCustomer, async ({ db, input, now }) => {
      const [today, periods] = [dayOf(now), periodsOn(laws, dayOf(now))]
      const rows = await queries.offersOfCustomer(db, input.params.customer_id)
      return rows.map((offer) => shown(offer, today, periods))
    }),
    route(api.openOffer, ({ db, input, now }) => opened(db, input.params.customer_id, input.params.offer_id, now)),
    route(api.costOfProduct, async (context) => {
      const { db, input, bundle } = context
      const { customer_id } = input.params
      const { product_ids, ...asked } = input.body
      const party = await queries.findParty(db, customer_id)
      if (party === undefined) throw new NotFound('customer.not-found')
      if ((await findPoint(db, asked.point_id, asked.site_id)) === undefined) throw new NotFound('point.not-found')
      const products = await Promise.all(product_ids.map((id) => findProduct(db, id)))
      const ours = products.flatMap((one) => (one && (one.controller & bundle.mask) !== 0 ? [one] : []))
      return offered(context, measured, ours, { ...asked, customer_id, consumer: party.kind !== 'legal' })
    }),
    route(api.draftOffer, async (context) => {
      const { db, input, bundle, now } = context
      const { customer_id } = input.params
      const { product_id, site_id, point_id, kwh, ...asked } = input.body
      const today = dayOf(now)
      const party = await queries.findParty(db, customer_id)
      if (party === undefined) throw new NotFound('customer.not-found')
      const product = await findProduct(db, product_id)
      if (product === undefined) throw new NotFound('product.not-found')
      const point = point_id === null ? undefined : await findPoint(db, point_id, site_id)
      if (point_id !== null && point === undefined) throw new NotFound('point.not-found')
      const contract = {
        point_id,
        from: asked.starts_on,
        to: null,
        fixed_until: asked.fixed_until,
        parties: [{ customer_id, role: 'holder' }],
      }
      const faults = [
        ...offerRefusals(asked, today),
        ...contractRefusals(contract, product, bundle.mask, point?.energy ?? null).map((fault) =>
          fault.path === 'body.from' ? { ...fault, path: 'body.starts_on' } : fault,
        ),
      ]
      if (faults.length > 0) throw new Invalid('offer.refused', { status: 422, faults })
      const consumer = asked.consumer ?? party.kind !== 'legal'
      const [priced] = await offered(context, measured, [product], {
        customer_id, consumer, site_id, point_id, starts_on: asked.starts_on, kwh,
      }) // prettier-ignore
      if (priced === undefined || (priced.prices.length === 0 && product.kind !== 'connection'))
        throw new Invalid('offer.no-price', {
          status: 422,
          faults: [
            {
              path: 'body.product_id',
              code: 'offer.no-price',
              message: `${product.code} has no price on ${asked.starts_on}; let the product manager set one, or choose another day`,
            },
          ],
        })
      const by = told(context)
      const made = await queries.insertOffer(
        db,
        customer_id,
        {
          ...asked,
          site_id,
          point_id,
          product_id,
          consumer,
          number: newNumber('offer'),
          controller: product.controller,
          language: asked.language ?? party.language,
          prices: priced.prices,
          year_cost: priced.year_cost,
        },
        by,
      )
      if (made === undefined) throw new NotFound('site.not-found')
      const step = {
        offer_id: made.id,
        contract_id: null,
        step: 'drafted',
        on_day: today,
        how: 'desk',
        reference: '',
        content: null,
      } as const
      await queries.addStep(db, customer_id, product.controller, step, by)
      return opened(db, customer_id, made.id, now)
    }),
    route(api.sendOffer, async (context) => {
      const { offer, state } = await forStep(context)
      if (state !== 'drafted') throw new Conflict(`offer.${state}`)
      const today = dayOf(context.now)
      const [first] = await queries.stepsOfOffer(context.db, offer.id)
      const faults = sendRefusals({ state, drafted_on: first?.on_day ?? today }, context.input.body, today)
      if (faults.length > 0) throw refused(faults)
      const content = await written(context.db, offer, periodsOn(laws, today))
      return stepped(context, offer, 'sent', { content })
    }),
    route(api.acceptOffer, async (context) => {
      const { db, input, now } = context
      const { offer, state } = await forStep(context)
      // What came in time may be recorded later: whether it came in time is judged by its day.
      if (offer.state !== 'sent' || offer.sent_on === null) throw new Conflict(`offer.${state}`)
      const { on_day, how, early_delivery } = input.body
      const today = dayOf(now)
      const periods = periodsOn(laws, on_day > today ? today : on_day)
      const starts_on = input.body.starts_on ?? offer.starts_on
      const until = withdrawalUntil(offer, on_day, offer.sent_on, periods)
      const there = await queries.contractsThere(db, offer, starts_on)
      const start = startOf(starts_on, heldBy(there))
      const faults: readonly Fault[] = [
        ...acceptRefusals({ ...offer, sent_on: offer.sent_on }, input.body, today, periods),
        ...(offer.fixed_until !== null && offer.fixed_until <= starts_on
          ? [{ path: 'body.starts_on', code: 'contract.fixed-before-start', message: 'the fixed term would be over' }]
          : []),
        ...deliveryRefusals(starts_on, until, early_delivery, on_day),
        ...(start.refused === null
          ? []
          : [{ path: 'body.starts_on', code: start.refused.code, message: start.refused.message }]),
      ]
      if (faults.length > 0) throw refused(faults)
      const by = told(context)
      const replaced = there.find(({ id }) => id === start.replaces)
      if (replaced !== undefined)
        await endWithParties(db, { ...replaced, to: replaced.during.to }, starts_on, 'changed-product', by)
      const contract = await makeContract(
        db,
        {
          site_id: offer.site_id,
          point_id: offer.point_id,
          from: starts_on,
          to: offer.after_term === 'ends' ? offer.fixed_until : null,
          fixed_until: offer.fixed_until,
          terms_version: offer.terms_version,
          agreed_how: how,
          parties: [{ customer_id: offer.customer_id, role: 'holder' }],
        },
        { ...offer, id: offer.product_id },
        by,
      )
      await queries.markSold(db, contract, {
        consumer: offer.consumer,
        withdrawal_until: until,
        early_delivery,
        after_term: offer.after_term,
      })
      return stepped(context, offer, 'accepted', {
        contract_id: contract,
        replaces_id: start.replaces,
        starts_on,
      })
    }),
    route(api.closeOffer, async (context) => {
      const { offer, state } = await forStep(context)
      const { outcome, on_day } = context.input.body
      if (state !== 'sent' && !(state === 'drafted' && outcome === 'withdrawn')) throw new Conflict(`offer.${state}`)
      const today = dayOf(context.now)
      if (on_day > today)
        throw refused([
          { path: 'body.on_day', code: 'step.ahead', message: `${on_day} has not come yet; today is ${today}` },
        ])
      return stepped(context, offer, outcome)
    }),
  ]
}

const heldBy = (there: Awaited<ReturnType<typeof queries.contractsThere>>) => {
  // A row for each holder: it is theirs if one of them is the customer.
  const own = new Set(there.filter((each) => each.own).map(({ id }) => id))
  return [...new Map(there.map((each) => [each.id, each])).values()].map(({ id, during, fixed_until }) => ({
    id,
    from: during.from,
    to: during.to,
    fixed_until,
    own: own.has(id),
  }))
}
