// SQL of taking days of values in: a handful of statements over arrays. What changes keeps its former version, and what does not change is not written.
import type { Read, Write } from '../../../platform/database.ts'
import type { Told } from '../../../platform/intake.ts'
import { bytes, day, int, nullable, shape, text } from '../../../platform/row.ts'
import { columns, raw, sql } from '../../../platform/sql.ts'
import type { Step } from '../grid.ts'

const pointRow = shape({ id: int, code: text, controllers: int })
/** Points that one of these companies serves. */
export const pointsByCode = (db: Read, codes: readonly string[], mask: number) =>
  db.all(
    pointRow,
    sql`select ${columns(pointRow)} from accounting_point where code = any (${codes}::text[]) and (controllers & ${mask}::smallint) <> 0`,
  )

export type PointDay = { readonly point: number; readonly day: string }
const asked = (days: readonly PointDay[]) =>
  sql`unnest(${days.map(({ point }) => point)}::integer[], ${days.map((each) => each.day)}::date[]) as asked (point, day)`

const knownRow = shape({ point_id: int, day, step: int, vals: bytes, quality: nullable(bytes), recorded_by: text })
/** Held until the end of the transaction: two that correct one day wait for each other. */
export const knownDays = (db: Write, days: readonly PointDay[]) =>
  db.all(
    knownRow,
    sql`select ${columns(knownRow, 'r')} from ${asked(days)} join reading_day r on r.day = asked.day and r.point_id = asked.point for update of r`,
  )

export type NewDay = PointDay & {
  readonly step: Step
  readonly total: number
  readonly lacking: number
  readonly vals: Buffer
  readonly quality: Buffer | null
}

const packedDays = (days: readonly NewDay[]) =>
  sql`unnest(${days.map(({ point }) => point)}::integer[], ${days.map((each) => each.day)}::date[], ${days.map(({ step }) => step)}::smallint[],
             ${days.map(({ total }) => total)}::bigint[], ${days.map(({ lacking }) => lacking)}::smallint[],
             ${days.map(({ vals }) => vals)}::bytea[], ${days.map(({ quality }) => quality)}::bytea[]) as t (point, day, step, total, lacking, vals, quality)`

const doneRow = shape({ point_id: int, day })
/** The walls of a day are those of who was there that day, and of who served the point. */
export const behind = (wall: 'restricted' | 'protected') =>
  raw(`exists (select from occupancy o where o.site_id = p.site_id and o.during @> t.day and o.${wall})`)

export const insertDays = (db: Write, days: readonly NewDay[], { source, now, by }: Told) =>
  db.all(
    doneRow,
    sql`insert into reading_day (point_id, site_id, day, step, total, lacking, vals, quality, restricted, protected, controllers, source, recorded_at, recorded_by)
        select p.id, p.site_id, t.day, t.step, t.total, t.lacking, t.vals, t.quality, ${behind('restricted')}, ${behind('protected')},
               serving_on(p.id, t.day), ${source}, ${now}, ${by}
          from ${packedDays(days)} join accounting_point p on p.id = t.point
        returning ${columns(doneRow)}`,
  )

/** What stood goes among the former versions, as it was. */
export const keepFormer = (db: Write, days: readonly PointDay[], now: Date) =>
  db.all(
    doneRow,
    sql`insert into reading_day_past (point_id, site_id, day, step, total, lacking, vals, quality, restricted, protected, controllers, version, source, recorded_at, recorded_by, replaced_at)
        select r.point_id, r.site_id, r.day, r.step, r.total, r.lacking, r.vals, r.quality, r.restricted, r.protected, r.controllers, r.version, r.source, r.recorded_at, r.recorded_by, ${now}
          from ${asked(days)} join reading_day r on r.day = asked.day and r.point_id = asked.point
        returning ${columns(doneRow)}`,
  )

/** `as`: `version + 1` for a correction; `version` where the day only goes on. */
export const changeDays = (
  db: Write,
  days: readonly NewDay[],
  as: 'version' | 'version + 1',
  { source, now, by }: Told,
) =>
  db.all(
    doneRow,
    sql`update reading_day r set step = t.step, total = t.total, lacking = t.lacking, vals = t.vals, quality = t.quality,
               version = ${raw(as)}, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
          from ${packedDays(days)} where r.day = t.day and r.point_id = t.point returning r.point_id, r.day`,
  )
