// Standard load profiles as they are published, by month and kind of day (profiles.csv).
import { readFileSync } from 'node:fs'
import type { Step } from '../grid.ts'
import { clockOf, type DayKind, dayKindOf } from './calendar.ts'

export type Profile = 'household' | 'business'

let read: ReadonlyMap<string, readonly number[]> | undefined
const profiles = (): ReadonlyMap<string, readonly number[]> =>
  (read ??= new Map(
    readFileSync(new URL('./profiles.csv', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const [name, month, kind, ...quarters] = line.split(',')
        return [`${name} ${month} ${kind}`, quarters.map(Number)] as const
      }),
  ))

const dayLength = 86_400_000
/**
 * Households use more in winter: the factor that belongs to their profile (BDEW), by the day of the year from 1, in ten-thousandths.
 */
const season = (profile: Profile, day: string): number => {
  if (profile === 'business') return 10_000
  const t = (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${day.slice(0, 4)}-01-01T00:00:00Z`)) / dayLength + 1
  return Math.round(10_000 * (-3.92e-10 * t ** 4 + 3.2e-7 * t ** 3 - 7.02e-5 * t ** 2 + 2.1e-3 * t + 1.24))
}

/** Shares of a year are whole numbers over this. */
export const wholeYear = 10_000_000_000_000n

/** What share of a year's energy falls on each value of a day, over `wholeYear`. */
export const sharesOf = (profile: Profile, day: string, step: Step, count: number): readonly bigint[] => {
  const kind: DayKind = dayKindOf(day)
  const quarters = profiles().get(`${profile} ${Number(day.slice(5, 7))} ${kind}`) ?? []
  const factor = season(profile, day)
  return Array.from({ length: count }, (_, slot) => {
    const first = clockOf(day, step, slot) / 15
    let sum = 0
    for (let quarter = first; quarter < first + step / 15; quarter++) sum += quarters[quarter] ?? 0
    return BigInt(sum * factor)
  })
}
