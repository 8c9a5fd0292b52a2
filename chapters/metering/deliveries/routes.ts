// Deliveries of meter systems: by the same door as files, whole in one transaction.
import { type Context, type Route, route } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import { type Fault, Invalid } from '../../../platform/errors.ts'
import type { Numbered, Taken, Taking } from '../../../platform/intake.ts'
import type { Endpoint } from '../../../register/endpoint.ts'
import { consumptionIntake } from '../intake/taking.ts'
import { readingIntake } from '../readings/taking.ts'
import * as api from './api.ts'
import { rowsOf } from './rules.ts'

const taking = ({ db, keys, now, actor, bundle }: Context<Endpoint>, source: string): Taking => ({
  db,
  keys,
  mapping: {},
  dryRun: false,
  whole: true,
  how: { source, now, today: dayOf(now), by: actor.handle, mask: bundle.mask },
})

const refuse = (faults: readonly Fault[]): never => {
  throw new Invalid(faults[0]?.code ?? 'input.invalid', { status: 422, faults })
}

const counted = (taken: Omit<Taken, 'traces'>) => ({
  fresh: taken.fresh.length,
  changed: taken.changed.length,
  same: taken.same.length,
  refused: taken.faulty.length,
})
const mostFaults = 100

type Of<T> = (row: { readonly number: number }) => T
const faultsOf = (faulty: Taken['faulty'], indexOf: Of<number>) =>
  faulty
    .toSorted((a, b) => a.number - b.number)
    .slice(0, mostFaults)
    .flatMap((row) => row.faults.map(({ field, code }) => ({ index: indexOf(row), field, code })))

export const deliveryRoutes: readonly Route[] = [
  route(api.deliverValues, async (context) => {
    const { source, series } = context.input.body
    const read = rowsOf(series, api.mostValues)
    if ('faults' in read) return refuse(read.faults)
    const { sound, faulty, begins } = read
    const taken = await consumptionIntake.takeIn(taking(context, source), sound)
    const all = { ...taken, faulty: [...faulty, ...taken.faulty] }
    // Numbers run through the whole request: a series has those from where it begins to where the next does.
    const seriesOf: Of<number> = ({ number }) => begins.findLastIndex((begin) => begin <= number)
    const [fresh, changed, same, refused] = [all.fresh, all.changed, all.same, all.faulty].map((rows) =>
      Map.groupBy(rows as readonly Numbered<object>[], seriesOf),
    )
    return {
      ...counted(all),
      series: series.map((_, i) => {
        const own = { fresh: fresh?.get(i) ?? [], changed: changed?.get(i) ?? [], same: same?.get(i) ?? [] }
        const wrong = (refused?.get(i) ?? []) as unknown as Taken['faulty']
        return {
          fresh: own.fresh.length,
          changed: own.changed.length,
          same: own.same.length,
          refused: wrong.length,
          faults: faultsOf(wrong, ({ number }) => number - (begins[i] ?? 0)),
        }
      }),
    }
  }),
  route(api.deliverReadings, async (context) => {
    const { source, readings } = context.input.body
    const rows = readings.map((record, number) => ({
      number,
      cells: [],
      record: { ...record, at: Date.parse(record.at) },
    }))
    const taken = await readingIntake.takeIn(taking(context, source), rows)
    return { ...counted(taken), faults: faultsOf(taken.faulty, ({ number }) => number) }
  }),
]
