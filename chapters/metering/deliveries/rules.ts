// A delivered series as the values that it holds. Pure.
import type { z } from 'zod'
import type { Fault } from '../../../platform/errors.ts'
import { type Faulty, type Numbered, refusedRow } from '../../../platform/intake.ts'
import { qualities } from '../api.ts'
import { fits } from '../block.ts'
import { placeOf } from '../grid.ts'
import type { ImportedValue } from '../intake/rules.ts'
import type { deliverValues } from './api.ts'

type Series = z.output<typeof deliverValues.takes.body>['series'][number]
type Rows = {
  readonly sound: readonly Numbered<ImportedValue>[]
  readonly faulty: readonly Faulty[]
  /** The number of the first value of each series. */
  readonly begins: readonly number[]
}

const [measured, uncertain, missing] = ['measured', 'uncertain', 'missing'].map((one) =>
  qualities.indexOf(one as 'missing'),
) as [number, number, number]
const [firstDay, lastDay] = ['2010-01-01', '2040-12-31']

/** What is wrong with the request as a whole. */
const requestFaults = (series: readonly Series[], most: number): readonly Fault[] => {
  const values = series.reduce((sum, one) => sum + one.values.length, 0)
  return [
    ...(values > most
      ? [{ path: 'body.series', code: 'delivery.too-large', message: `${values} values; send ${most} at a time` }]
      : []),
    ...series.flatMap(({ quality, values: own }, i) =>
      quality !== undefined && quality.length !== own.length
        ? [
            {
              path: `body.series.${i}.quality`,
              code: 'delivery.quality-count',
              message: `${own.length} values and ${quality.length} qualities: give one for each value, or none`,
            },
          ]
        : [],
    ),
  ]
}

export const rowsOf = (series: readonly Series[], most: number): Rows | { readonly faults: readonly Fault[] } => {
  const faults = requestFaults(series, most)
  if (faults.length > 0) return { faults }
  const [sound, faulty, begins]: [Numbered<ImportedValue>[], Faulty[], number[]] = [[], [], []]
  const seen = new Set<string>()
  let number = 0
  for (const { point, start, step, values, quality } of series) {
    begins.push(number)
    const from = Date.parse(start)
    const code = point.replaceAll(' ', '')
    values.forEach((value, i) => {
      const row = { number: number + i, cells: [] }
      const refuse = (field: string, what: string): void => void faulty.push(refusedRow(row, {}, field, what))
      const said = quality?.[i]
      const place = placeOf(from + i * step * 60_000, step)
      if (place === undefined) return refuse('start', 'value.off-grid')
      if (place.day < firstDay || place.day > lastDay) return refuse('start', 'day.out-of-range')
      if (value !== null && !fits(value)) return refuse('values', 'value.no-number')
      if (value === null && said !== undefined && said !== 'missing') return refuse('values', 'value.missing')
      const key = `${code} ${place.day} ${step} ${place.slot}`
      if (seen.has(key)) return refuse('start', 'row.twice')
      seen.add(key)
      // As in a file: a value that is there counts, whatever is said of it.
      const is =
        value === null
          ? missing
          : said === undefined
            ? measured
            : said === 'missing'
              ? uncertain
              : qualities.indexOf(said)
      sound.push({ ...row, record: { point: code, ...place, step, value: value ?? 0, quality: is } })
    })
    number += values.length
  }
  return { sound, faulty, begins }
}
