// Spot prices taken in: into the days that they belong to, once, and a correction as a version of its own.
import {
  type Faulty,
  type Intake,
  type Numbered,
  refusedRow,
  type Taken,
  type Taking,
} from '../../../platform/intake.ts'
import { rates } from '../pricing/queries.ts'
import * as queries from './queries.ts'
import { columnFaults, dayWith, fields, type ImportedPrice, placeOf, readPrice, stepOf, unitsOf } from './rules.ts'

type Row = Numbered<ImportedPrice>
type Ready = { readonly row: Row; readonly at: number; readonly time: number; readonly units: number }

const takeInPrices = async ({ db, dryRun, how, mapping }: Taking, rows: readonly Row[]): Promise<Taken> => {
  const faulty: Faulty[] = []
  const vat = (await rates(db)).filter(({ kind, class: of }) => kind === 'vat' && of === 'electricity')
  const vatOn = (day: string) =>
    vat.find(({ during: { from, to } }) => (from ?? '') <= day && (to === null || day < to))?.amount
  const byDay = new Map<string, { readonly area: string; readonly day: string; readonly ready: Ready[] }>()
  const times = new Map<string, Set<number>>()
  for (const row of rows) {
    const { area, time, as } = row.record
    const { day, at } = placeOf(time)
    const rate = as === 'price_vat' ? vatOn(day) : 0
    const units = rate === undefined ? undefined : unitsOf(row.record, rate)
    if (units === undefined)
      faulty.push(refusedRow(row, mapping, as, rate === undefined ? 'rate.unknown' : 'price.out-of-range'))
    else {
      const of = byDay.get(`${area} ${day}`) ?? { area, day, ready: [] }
      byDay.set(`${area} ${day}`, of)
      of.ready.push({ row, at, time: Date.parse(time), units })
      const known = times.get(area) ?? new Set()
      times.set(area, known.add(Date.parse(time)))
    }
  }
  const days = [...byDay.values()]
  const known = new Map((await queries.lockDays(db, days)).map((one) => [`${one.area} ${one.day}`, one]))
  const outcome = { fresh: [] as Row[], changed: [] as (Row & { fields: string[] })[], same: [] as Row[] }
  const filled: queries.NewDay[] = []
  const made: queries.NewDay[] = []
  for (const { area, day, ready } of days) {
    const before = known.get(`${area} ${day}`)
    const own = before?.recorded_by === how.by
    const inQuarters = stepOf(
      ready.map(({ time }) => time),
      times.get(area) ?? new Set(),
    )
    const { step, prices, became } = dayWith(day, ready, inQuarters, before && { ...before, own })
    let news = 0
    for (const [{ row }, what] of became)
      if (what === 'coarser') faulty.push(refusedRow(row, mapping, row.record.as, 'price.coarser'))
      else if (what === 'same') outcome.same.push(row)
      else {
        news += 1
        if (what === 'fresh') outcome.fresh.push(row)
        else outcome.changed.push({ ...row, fields: [row.record.as] })
      }
    if (news > 0 && own) filled.push({ area, day, version: before.version, step, prices })
    else if (news > 0) made.push({ area, day, version: (before?.version ?? 0) + 1, step, prices })
  }
  if (!dryRun && filled.length > 0) await queries.fillDays(db, filled)
  if (!dryRun && made.length > 0) {
    await queries.replaceDays(db, made, how.now)
    await queries.insertDays(db, made, how)
  }
  return { ...outcome, faulty, traces: [] }
}

export const spotIntake: Intake<ImportedPrice> = {
  fields,
  columnFaults,
  read: readPrice,
  keysOf: ({ area, time }) => [`${area} ${time}`],
  keyField: 'time',
  takeIn: takeInPrices,
}
