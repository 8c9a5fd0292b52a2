// What a picture and its table show, row by row, in typed arrays: a year of quarters is 35,040 of them, and nothing is made of a row before it is seen. Pure.
import type { z } from 'zod'
import type * as spot from '../../../chapters/contracts/spot/api.ts'
import * as api from '../../../chapters/metering/api.ts'
import type * as weather from '../../../chapters/metering/weather/api.ts'
import { partsBetween, type Span, yearBefore } from './spans.ts'

export type Values = z.output<typeof api.dayOfValues>
export type Temperatures = z.output<typeof weather.temperatures.gives>
export type SpotDay = z.output<typeof spot.spotPrices.gives>[number]

export type Rows = {
  readonly count: number
  /** kWh, or euros; NaN where nothing is known. */
  readonly values: Float64Array
  /** The place of each quality in `api.qualities`; 255 where nothing is known. */
  readonly status: Uint8Array
  /** 0 measured, 1 doubtful, 2 not there. */
  readonly quality: Uint8Array
  /** The moment at which each begins, milliseconds. */
  readonly at: Float64Array
  /** Where each day begins. */
  readonly days: Int32Array
}

export const unknown = 255
const minute = 60_000

const hourIn = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Europe/Helsinki' })
const starts = new Map<string, number>()
/** When the day begins in Finland, milliseconds: two or three hours before it begins in UTC. */
export const startOf = (day: string): number => {
  const known = starts.get(day)
  if (known !== undefined) return known
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const made = midnight - Number(hourIn.format(midnight)) * 60 * minute
  if (starts.size > 20_000) starts.clear()
  starts.set(day, made)
  return made
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

const emptyRows = (count: number, days = 0): Rows => ({
  count,
  values: new Float64Array(count).fill(Number.NaN),
  status: new Uint8Array(count).fill(unknown),
  quality: new Uint8Array(count).fill(2),
  at: new Float64Array(count),
  days: new Int32Array(days),
})

const missing = api.qualities.indexOf('missing')
const [measured, estimated] = [0, api.qualities.indexOf('estimated')]
const qualityOf = (status: number): number => (status < estimated ? 0 : status === missing ? 2 : 1)

/**
 * Every value of the span, known or not; `hourly` adds the quarters of an hour together. A day of which nothing is known has the steps of those around it.
 */
export const valueRows = (span: Span, days: readonly Values[], hourly: boolean): Rows => {
  const known = new Map(days.map((day) => [day.day, day]))
  const usual = hourly ? 60 : (days[0]?.step ?? 60)
  const each = partsBetween(span, 'day').map((day) => {
    const start = startOf(day)
    const found = known.get(day)
    const step = hourly ? 60 : (found?.step ?? usual)
    return { start, found, step, slots: Math.round((startOf(dayAfter(day)) - start) / (step * minute)) }
  })
  const rows = emptyRows(
    each.reduce((sum, { slots }) => sum + slots, 0),
    each.length,
  )
  let i = 0
  each.forEach(({ start, found, step, slots }, day) => {
    rows.days[day] = i
    for (let slot = 0; slot < slots; slot++, i++) {
      rows.at[i] = start + slot * step * minute
      if (found === undefined) continue
      const parts = step / found.step
      let [wh, worst, lacking] = [0, 0, 0]
      for (let part = slot * parts; part < (slot + 1) * parts; part++) {
        const status = found.quality === null ? 0 : api.qualities.indexOf(found.quality[part] ?? 'uncertain')
        if (status === missing) lacking += 1
        else wh += found.values[part] ?? 0
        if (status > worst) worst = status
      }
      rows.status[i] = worst
      // An hour that lacks a quarter is doubtful; one that lacks all is not there.
      rows.quality[i] = worst === missing && lacking < parts ? 1 : qualityOf(worst)
      rows.values[i] = lacking === parts ? Number.NaN : wh / 1000
    }
  })
  return rows
}

export type Sum = { readonly start: string; readonly days: number; readonly total: number; readonly lacking: number }

/** Sums by part of the span; with a place for each of a year or a month, and of all years only for those of which something is known. */
export const sumRows = (starts: readonly string[], sums: readonly Sum[]): Rows & { readonly lacking: Uint32Array } => {
  const known = new Map(sums.map((sum) => [sum.start, sum]))
  const rows = { ...emptyRows(starts.length), lacking: new Uint32Array(starts.length) }
  starts.forEach((start, i) => {
    rows.at[i] = startOf(start)
    const sum = known.get(start)
    if (sum === undefined) return
    rows.values[i] = sum.total / 1000
    rows.status[i] = sum.lacking > 0 ? estimated : measured
    rows.quality[i] = sum.lacking > 0 ? 1 : 0
    rows.lacking[i] = sum.lacking
  })
  return rows
}

/** The same rows a year earlier, place by place, by date and time of day; NaN where there is none. */
export const formerOf = (rows: Rows, before: Rows, days: Span): Float64Array => {
  // By the day and how far into it: clocks change on other days in other years.
  const made = new Float64Array(rows.count).fill(Number.NaN)
  const at = new Map<number, number>()
  for (let i = 0; i < before.count; i++) at.set(before.at[i] as number, before.values[i] as number)
  let i = 0
  for (const day of partsBetween(days, 'day')) {
    const [start, end, then] = [startOf(day), startOf(dayAfter(day)), startOf(yearBefore(day))]
    for (; i < rows.count && (rows.at[i] as number) < end; i++)
      made[i] = at.get(then + ((rows.at[i] as number) - start)) ?? Number.NaN
  }
  return made
}

/** Something that has a value from one moment up to another, in the order of time. */
type Slot = { readonly from: number; readonly to: number; readonly value: number }

/** The mean of what lies within each row, or the value that the row lies within; NaN where nothing is known. `end`: where the last row ends. */
const meansOf = (rows: Rows, end: number, slots: readonly Slot[]): Float64Array => {
  const made = new Float64Array(rows.count).fill(Number.NaN)
  let first = 0
  for (let i = 0; i < rows.count; i++) {
    const [from, to] = [rows.at[i] as number, i + 1 < rows.count ? (rows.at[i + 1] as number) : end]
    while (first < slots.length && (slots[first]?.to ?? 0) <= from) first += 1
    let [sum, n] = [0, 0]
    for (let s = first; s < slots.length && (slots[s]?.from ?? 0) < to; s++) {
      sum += slots[s]?.value ?? 0
      n += 1
    }
    if (n > 0) made[i] = sum / n
  }
  return made
}

/** Cents per kWh with VAT. */
export const spotOf = (rows: Rows, end: string, days: readonly SpotDay[]): Float64Array =>
  meansOf(
    rows,
    startOf(end),
    days.flatMap(({ day, step, prices, vat }) =>
      prices.flatMap((price, i) => {
        const from = startOf(day) + i * step * minute
        return price === null || vat === null
          ? []
          : [{ from, to: from + step * minute, value: (price * (1000 + vat)) / 1_000_000 }]
      }),
    ),
  )

/** °C. */
export const warmthOf = (rows: Rows, end: string, days: Temperatures['days']): Float64Array =>
  meansOf(
    rows,
    startOf(end),
    days.flatMap(({ day, step, temperatures }) =>
      temperatures.flatMap((value, i) => {
        const from = startOf(day) + i * step * minute
        return value === null ? [] : [{ from, to: from + step * minute, value }]
      }),
    ),
  )
