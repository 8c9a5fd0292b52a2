// Changes of price and their notices: api, rules and queries put together.
import { type Context, type Route, route } from '../../../enforcement/serve.ts'
import { dayAfter, dayOf } from '../../../platform/clock.ts'
import type { Read } from '../../../platform/database.ts'
import { Invalid, NotFound } from '../../../platform/errors.ts'
import type { Law } from '../../../register/description.ts'
import type { Endpoint } from '../../../register/endpoint.ts'
import { languages } from '../../../register/vocabulary.ts'
import { displayName } from '../../customers/index.ts'
import { digestOf } from '../offers/document.ts'
import { seller } from '../offers/queries.ts'
import { periodsOn } from '../periods.ts'
import { rates } from '../pricing/queries.ts'
import { pricesAt } from '../pricing/today.ts'
import { told } from '../told.ts'
import * as api from './api.ts'
import { noticeText } from './document.ts'
import * as queries from './queries.ts'
import { effectiveOn, noticePeriod, notifyBy } from './rules.ts'

type Change = Awaited<ReturnType<typeof queries.changes>>[number]

export const noticeRoutes = (laws: readonly Law[]): readonly Route[] => {
  const ours = async (db: Read, mask: number): Promise<readonly Change[]> =>
    (await queries.changes(db)).filter(({ controller }) => (controller & mask) !== 0)

  const changeOf = async (
    { db, bundle }: { readonly db: Read; readonly bundle: Context<Endpoint>['bundle'] },
    id: number,
  ) => {
    const change = (await ours(db, bundle.mask)).find((one) => one.id === id)
    if (change === undefined) throw new NotFound('price-change.not-found')
    return change
  }

  const counted = async (db: Read, changes: readonly Change[], today: string) => {
    const ids = changes.map(({ id }) => id)
    const [counts, concerned] = [await queries.countsOf(db, ids, today), await queries.concerned(db, ids)]
    return changes.map(({ controller: _, ...change }) => {
      const { price_change_id: __, ...of } = counts.find((one) => one.price_change_id === change.id) ?? {
        price_change_id: 0, addressees: 0, told: 0, late: 0, waiting: 0, lacking: 0,
      } // prettier-ignore
      const periods = periodsOn(laws, change.from_day)
      return {
        ...change,
        ...of,
        consumers_by: notifyBy(change.from_day, true, periods),
        companies_by: notifyBy(change.from_day, false, periods),
        contracts: concerned.find((one) => one.price_change_id === change.id)?.contracts ?? 0,
      }
    })
  }

  const documentsOf = async (db: Read, change: Change) => {
    const known = await rates(db)
    const before = await pricesAt(db, known, change.product_id, dayAfter(change.from_day, -1))
    const after = await pricesAt(db, known, change.product_id, change.from_day)
    const company = (await seller(db, change.controller))?.name ?? ''
    return languages.map((language) => {
      const name = { fi: change.name_fi, sv: change.name_sv, en: change.name_en }[language]
      const text = noticeText(language, { name, seller: company, from_day: change.from_day, before, after })
      return { language, text, hash: digestOf(text) }
    })
  }

  return [
    route(api.priceChanges, async ({ db, bundle, now }) => counted(db, await ours(db, bundle.mask), dayOf(now))),
    route(api.openPriceChange, async ({ db, bundle, input, now }) => {
      const change = await changeOf({ db, bundle }, input.params.change_id)
      const [row] = await counted(db, [change], dayOf(now))
      if (row === undefined) throw new NotFound('price-change.not-found')
      return { ...row, documents: await documentsOf(db, change) }
    }),
    route(api.addAddressees, async (context) => {
      const { db, bundle, input } = context
      const change = await changeOf({ db, bundle }, input.params.change_id)
      const periods = periodsOn(laws, change.from_day)
      const documents = await documentsOf(db, change)
      const hash = (language: string): string => documents.find((one) => one.language === language)?.hash ?? ''
      const added = await queries.addAddressees(
        db,
        change,
        {
          consumers: notifyBy(change.from_day, true, periods),
          companies: notifyBy(change.from_day, false, periods),
          hashes: { fi: hash('fi'), sv: hash('sv'), en: hash('en') },
        },
        told(context),
      )
      return { added: added.length }
    }),
    route(api.notices, async ({ db, bundle, input, now }) => {
      const change = await changeOf({ db, bundle }, input.params.change_id)
      const today = dayOf(now)
      const periods = periodsOn(laws, change.from_day)
      const { state, after_id } = input.query
      const rows = await queries.noticesOf(db, change.id, state, after_id, today)
      return rows.map(({ during, given, call_name, family, organisation, ...row }) => ({
        ...row,
        name: displayName({ given, call_name, family, organisation }),
        state:
          row.delivered_on !== null
            ? row.delivered_on <= row.notify_by
              ? ('told' as const)
              : ('late' as const)
            : row.notify_by >= today
              ? ('waiting' as const)
              : ('lacking' as const),
        effective: effectiveOn(change.from_day, row, noticePeriod(row.consumer, periods), during.from),
      }))
    }),
    route(api.recordDeliveries, async (context) => {
      const { db, bundle, input, now } = context
      const change = await changeOf({ db, bundle }, input.params.change_id)
      const { on_day, how, reference, numbers } = input.body
      const today = dayOf(now)
      if (on_day > today)
        throw new Invalid('step.ahead', {
          status: 422,
          faults: [
            { path: 'body.on_day', code: 'step.ahead', message: `${on_day} has not come yet; today is ${today}` },
          ],
        })
      const found = await queries.noticesByNumber(db, change.id, numbers)
      const open = found.filter(({ delivered_on }) => delivered_on === null)
      const recorded = await queries.recordDeliveries(
        db,
        open.map(({ id }) => id),
        { on_day, how, reference },
        told(context),
      )
      const known = new Set(found.map(({ number }) => number))
      return {
        recorded: recorded.length,
        known: found.length - open.length,
        unknown: numbers.filter((number) => !known.has(number)),
      }
    }),
  ]
}
