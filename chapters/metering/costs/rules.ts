// How what was used is cut into parts and each part is priced. Pure.
import { dayAfter } from '../../../platform/clock.ts'
import { type Cost, costing, type Terms, type Use } from '../../contracts/index.ts'
import type { lengths } from '../api.ts'

export type Length = (typeof lengths)[number]
export type Period = { readonly from: string | null; readonly to: string | null }

export type Money = {
  readonly net: number
  readonly gross: number
  readonly lacking: readonly {
    readonly of: Cost['lacking'][number]['of'] | 'demand' | 'contract'
    readonly days: number
    readonly wh: number
  }[]
}

export const whOf = (use: readonly Use[]): number => {
  let sum = 0
  for (const { vals } of use) for (let i = 0; i < vals.length; i++) sum += vals[i] as number
  return sum
}

const startOf = (day: string, by: Length): string =>
  by === 'day' ? day : by === 'month' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`

/** Days by the part that they belong to, in the order of time. */
export const parted = (use: readonly Use[], by: Length): ReadonlyMap<string, readonly Use[]> =>
  Map.groupBy(use, ({ day }) => startOf(day, by))

export const within = ({ from, to }: Period, day: string): boolean =>
  (from === null || from <= day) && (to === null || day < to)

/**
 * Prices the parts of one contract. Of a part shorter than a month the highest hour of the month is not known, so a demand charge is left out of
 * it, and told.
 */
export const pricing = (terms: Terms, by: Length): ((use: readonly Use[]) => Money) => {
  const demanding = by === 'day' && terms.prices.some(({ component }) => component === 'demand')
  const costOf = costing(
    demanding ? { ...terms, prices: terms.prices.filter(({ component }) => component !== 'demand') } : terms,
  )
  return (use) => {
    const { net, gross, lacking } = costOf(use)
    return {
      net,
      gross,
      lacking: [
        ...lacking.map(({ of, days, wh }) => ({ of, days, wh })),
        ...(demanding ? [{ of: 'demand' as const, days: use.length, wh: 0 }] : []),
      ],
    }
  }
}

/** The first days of the months from one to another. */
export const monthsBetween = (from: string, to: string): readonly string[] => {
  const months: string[] = []
  for (let day = from; day < to; day = dayAfter(day)) if (day.endsWith('-01')) months.push(day)
  return months
}
