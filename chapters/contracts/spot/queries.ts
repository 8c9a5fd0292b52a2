// SQL of spot prices: days of an area, as they are now, and the versions that corrections make.
import type { Read, Write } from '../../../platform/database.ts'
import type { Told } from '../../../platform/intake.ts'
import { day, int, ints, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'

const dayRow = shape({ area: text, day, version: int, step: int, prices: ints, recorded_by: text })
const versionRow = shape({ area: text, day, version: int })

type Key = { readonly area: string; readonly day: string }

/** Held until the end of the transaction, so that two files of the same days wait for each other. */
export const lockDays = (db: Write, keys: readonly Key[]) =>
  db.all(
    dayRow,
    sql`select ${columns(dayRow)} from spot_day where replaced_at is null
           and (area, day) in (select * from unnest(${keys.map(({ area }) => area)}::text[], ${keys.map(({ day: of }) => of)}::date[])) order by area, day for update`,
  )

/** Until the day `to`, which is no more of them. */
export const spotDays = (db: Read, area: string, from: string, to: string) =>
  db.all(
    dayRow,
    sql`select ${columns(dayRow)} from spot_day
         where area = ${area} and day >= ${from}::date and day < ${to}::date and replaced_at is null order by day`,
  )

export type NewDay = Key & {
  readonly version: number
  readonly step: number
  readonly prices: readonly (number | null)[]
}
const arrays = (days: readonly NewDay[]) =>
  sql`${days.map(({ area }) => area)}::text[], ${days.map(({ day: of }) => of)}::date[], ${days.map(({ version }) => version)}::integer[],
      ${days.map(({ step }) => step)}::smallint[], ${days.map(({ prices }) => `{${prices.map((price) => price ?? 'null').join(',')}}`)}::text[]`

/** Filled on by the file that made them. */
export const fillDays = (db: Write, days: readonly NewDay[]) =>
  db.all(
    versionRow,
    sql`update spot_day d set step = n.step, prices = n.listed::integer[]
          from unnest(${arrays(days)}) as n (area, day, version, step, listed)
         where (d.area, d.day, d.version) = (n.area, n.day, n.version) returning ${columns(versionRow, 'd')}`,
  )

export const replaceDays = (db: Write, days: readonly NewDay[], now: Date) =>
  db.all(
    versionRow,
    sql`update spot_day d set replaced_at = ${now} from unnest(${arrays(days)}) as n (area, day, version, step, listed)
         where (d.area, d.day) = (n.area, n.day) and d.replaced_at is null and d.version < n.version returning ${columns(versionRow, 'd')}`,
  )

export const insertDays = (db: Write, days: readonly NewDay[], { source, now, by }: Told) =>
  db.all(
    versionRow,
    sql`insert into spot_day (area, day, version, step, prices, source, received_at, recorded_by)
        select area, day, version, step, listed::integer[], ${source}, ${now}, ${by}
          from unnest(${arrays(days)}) as n (area, day, version, step, listed)
        returning ${columns(versionRow)}`,
  )
