// When a new price begins for a contract, and which price holds until then: the guard. Pure; costs and the desk rely on it.
import { dayAfter, dayPlus } from '../../../platform/clock.ts'
import type { Price } from '../pricing/cost.ts'
import type { Periods } from '../periods.ts'

export const noticePeriod = (consumer: boolean, periods: Periods): string =>
  consumer ? periods.consumerPriceNotice : periods.businessPriceNotice

/** The last day on which a notice may reach the customer for the price to begin on its day. */
export const notifyBy = (from_day: string, consumer: boolean, periods: Periods): string =>
  dayPlus(from_day, noticePeriod(consumer, periods), -1)

type Notice = { readonly notify_by: string; readonly delivered_on: string | null }

/**
 * The day from which a new price holds for a contract; null: it does not hold. Who was told late has it a whole period after they were told; a contract that
 * began with the new price, or after it, has it from its beginning.
 */
export const effectiveOn = (
  from_day: string,
  notice: Notice | undefined,
  period: string,
  began: string | null,
): string | null => {
  if (began !== null && began >= from_day) return from_day
  if (notice === undefined || notice.delivered_on === null) return null
  if (notice.delivered_on <= notice.notify_by) return from_day
  const late = dayPlus(notice.delivered_on, period)
  return late > from_day ? late : from_day
}

export type Effect = { readonly from_day: string; readonly effective: string | null }
/** A fixed term keeps the prices of the day on which it began. */
export type Fixed = { readonly on: string; readonly until: string }

const covers = ({ from, to }: Price['during'], day: string): boolean =>
  (from === null || from <= day) && (to === null || day < to)

/** The day of the price list that holds on a day; null: that day's own. */
const listDay = (day: string, effects: readonly Effect[], fixed: Fixed | undefined): string | null => {
  if (fixed !== undefined && day < fixed.until) return day < fixed.on ? null : fixed.on
  const come = effects.filter(({ from_day }) => from_day <= day)
  const last = come.findLast(({ effective }) => effective !== null && effective <= day)
  const waiting = come.find((one) => one !== last && (last === undefined || one.from_day > last.from_day))
  return waiting === undefined ? null : dayAfter(waiting.from_day, -1)
}

/** The price list as it holds for one contract: each version from when it holds for that contract. */
export const guarded = (versions: readonly Price[], effects: readonly Effect[], fixed?: Fixed): readonly Price[] => {
  const pinned = fixed !== undefined && versions.some(({ during }) => covers(during, fixed.on)) ? fixed : undefined
  if (pinned === undefined && effects.every(({ from_day, effective }) => effective === from_day)) return versions
  const ordered = effects.toSorted((a, b) => (a.from_day < b.from_day ? -1 : 1))
  const bounds = [
    ...versions.flatMap(({ during }) => [during.from, during.to]),
    ...ordered.flatMap(({ from_day, effective }) => [from_day, effective]),
    ...(pinned === undefined ? [] : [pinned.on, pinned.until]),
  ].filter((day) => day !== null)
  const edges = ['0001-01-01', ...new Set(bounds)].toSorted()
  const made: Price[] = []
  for (const [i, edge] of edges.entries()) {
    const to = edges[i + 1] ?? null
    const day = listDay(edge, ordered, pinned) ?? edge
    for (const version of versions.filter(({ during }) => covers(during, day))) {
      const before = made.findLastIndex(
        (one) => one.component === version.component && one.size === version.size && one.during.to === edge,
      )
      const last = made[before]
      if (
        last !== undefined &&
        last.amount === version.amount &&
        last.vat_class === version.vat_class &&
        last.tax_class === version.tax_class
      )
        made[before] = { ...last, during: { from: last.during.from, to } }
      else made.push({ ...version, during: { from: edge, to } })
    }
  }
  return made
}
