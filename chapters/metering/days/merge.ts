// Days put into the register, whoever tells them: what is new is looked at and added, what differs is corrected and keeps what it was, what is the same is not written.
import type { Write } from '../../../platform/database.ts'
import { Conflict } from '../../../platform/errors.ts'
import type { Told } from '../../../platform/intake.ts'
import { expectedOf } from '../validation/queries.ts'
import * as queries from './queries.ts'
import { type Filled, filled, isWhole, packedDay, type ToldDay, valuesOf } from './rules.ts'

const keyOf = (point: number, day: string): string => `${point} ${day}`

type Put = Readonly<Record<'added' | 'corrected' | 'continued', queries.PackedDay[]>>

/** @returns the days that somebody else put in since they were looked for */
const write = async (db: Write, { added, corrected, continued }: Put, how: Told): Promise<ReadonlySet<string>> => {
  if (corrected.length > 0) {
    await queries.keepFormer(db, corrected, how.now)
    await queries.changeDays(db, corrected, 'version + 1', how)
  }
  if (continued.length > 0) await queries.changeDays(db, continued, 'version', how)
  const left = added.length === 0 ? [] : await queries.insertDays(db, added, how)
  return new Set(left.map(({ point_id, day }) => keyOf(point_id, day)))
}

/**
 * @param days each point's day once
 * @param whole what one delivery says is one version; a file comes in parts, and what an earlier part said is gone on with
 * @returns for each day, in their order, what became of its values; undefined where all were known just so
 */
export const mergeDays = async (
  db: Write,
  days: readonly ToldDay[],
  how: Told,
  { dryRun = false, whole = false, again = false } = {},
): Promise<readonly (Filled | undefined)[]> => {
  if (days.length === 0) return []
  const packed = days.map((day) => (isWhole(day) ? packedDay(day) : undefined))
  const differing = await queries.daysThatDiffer(
    db,
    days.map(({ point, day, step }, i) => ({
      point,
      day,
      step,
      vals: packed[i]?.vals ?? null,
      quality: packed[i]?.quality ?? null,
    })),
  )
  const outcome = days.map((): Filled | undefined => undefined)
  if (differing.length === 0) return outcome
  const at = differing.map(({ place }) => place - 1)
  const told = at.map((i) => days[i] as ToldDay)
  const there = told.filter((_, i) => differing[i]?.known === 1)
  const known = new Map(
    (there.length === 0 ? [] : await queries.knownDays(db, there)).map((row) => [keyOf(row.point_id, row.day), row]),
  )
  const looked = await expectedOf(db, told)
  const put: Put = { added: [], corrected: [], continued: [] }
  told.forEach((day, i) => {
    const place = at[i] as number
    const expected = looked[i]
    if (expected === undefined) throw new Error(`nothing is known of point ${day.point}`)
    const before = known.get(keyOf(day.point, day.day))
    const became = filled(day, before === undefined ? undefined : { ...valuesOf(before), step: before.step }, expected)
    outcome[place] = became
    const { made } = became
    if (made === undefined) return
    // Nearly always it stands as it was told, and is packed already.
    const ready = packed[place]
    const row = ready !== undefined && made.values === day.values && made.said === day.said ? ready : packedDay(made)
    // A file is read in parts, and a day may lie in two of them: it is one version all the same.
    put[before === undefined ? 'added' : before.recorded_by === how.by && !whole ? 'continued' : 'corrected'].push(row)
  })
  const left = dryRun ? new Set<string>() : await write(db, put, how)
  if (left.size === 0) return outcome
  if (again) throw new Conflict('reading-day.overlaps')
  const late = days.flatMap((day, i) => (left.has(keyOf(day.point, day.day)) ? [i] : []))
  const second = await mergeDays(
    db,
    late.map((i) => days[i] as ToldDay),
    how,
    { whole, again: true },
  )
  second.forEach((each, i) => (outcome[late[i] as number] = each))
  return outcome
}
