// SQL of undoing consumption: a day that an import added goes, one that it corrected returns to what it was. Days carry the import's handle; what an estimate
// has filled in since is no news, and goes along.
import type { Read, Write } from '../../../platform/database.ts'
import { computed, day, int, nullable, shape } from '../../../platform/row.ts'
import { raw, type Sql, sql } from '../../../platform/sql.ts'
import { estimatedBy } from '../../metering/index.ts'
import { handleOf } from '../rules.ts'

const coveredRow = shape({ covered: computed(int, ['consumption']) })
/** Its days that something newer came over: another import that still stands. */
export const daysCovered = (db: Read, job: number) =>
  db.one(
    coveredRow,
    sql`select count(distinct (p.day, p.point_id))::int as covered
          from reading_day_past p join reading_day r on r.day = p.day and r.point_id = p.point_id
         where p.recorded_at >= ${begun(job)} and p.recorded_by = ${handleOf(job)} and r.recorded_by not in (${handleOf(job)}, ${estimatedBy})`,
  )

const begun = (job: number): Sql => sql`(select recorded_at from import_job where id = ${job})`
/** Versions that were taken back already. */
const undone = raw(`(select 'import:' || id from import_job where state = 'undone')`)

const dayRow = shape({ point_id: int, day, before: computed(nullable(int), ['consumption']) })
export type UndoneDay = { readonly point_id: number; readonly day: string; readonly before: number | null }

/** `before`: the version that it returns to; none when the import added the day. */
export const daysToUndo = (db: Write, job: number, most: number) =>
  db.all(
    dayRow,
    sql`select r.point_id, r.day,
               (select max(w.version) from reading_day_past w
                 where w.point_id = r.point_id and w.day = r.day and w.recorded_by <> ${handleOf(job)} and w.recorded_by not in ${undone}
                   and not (w.recorded_by = ${estimatedBy} and exists (
                     select from reading_day_past u where u.point_id = w.point_id and u.day = w.day and u.version = w.version - 1
                        and (u.recorded_by = ${handleOf(job)} or u.recorded_by in ${undone})))) as before
          from reading_day r
         where r.recorded_at >= ${begun(job)}
           and (r.recorded_by = ${handleOf(job)}
                or r.recorded_by = ${estimatedBy} and exists (
                  select from reading_day_past p where p.point_id = r.point_id and p.day = r.day and p.version = r.version - 1 and p.recorded_by = ${handleOf(job)}))
         limit ${most} for update of r`,
  )

const doneRow = shape({ point_id: int, day })
const some = (days: readonly UndoneDay[]): Sql =>
  sql`unnest(${days.map(({ point_id }) => point_id)}::integer[], ${days.map((each) => each.day)}::date[], ${days.map(({ before }) => before)}::integer[]) as t (point_id, day, before)`

/** What the import said stays readable of the days that return. */
export const keepFormer = (db: Write, days: readonly UndoneDay[], now: Date) =>
  db.all(
    doneRow,
    sql`insert into reading_day_past (point_id, site_id, day, step, total, lacking, vals, quality, restricted, protected, controllers, version, source, recorded_at, recorded_by, replaced_at)
        select r.point_id, r.site_id, r.day, r.step, r.total, r.lacking, r.vals, r.quality, r.restricted, r.protected, r.controllers, r.version, r.source, r.recorded_at, r.recorded_by, ${now}
          from ${some(days)} join reading_day r on r.day = t.day and r.point_id = t.point_id where t.before is not null
        returning point_id, day`,
  )

/** A new version, as whoever told the earlier one had said it. */
export const returnDays = (db: Write, days: readonly UndoneDay[], now: Date) =>
  db.all(
    doneRow,
    sql`update reading_day r set step = w.step, total = w.total, lacking = w.lacking, vals = w.vals, quality = w.quality, version = r.version + 1,
               source = w.source, recorded_at = ${now}, recorded_by = w.recorded_by
          from ${some(days)} join reading_day_past w on w.point_id = t.point_id and w.day = t.day and w.version = t.before
         where r.day = t.day and r.point_id = t.point_id returning r.point_id, r.day`,
  )

export const deleteDays = async (db: Write, days: readonly UndoneDay[]) => {
  const going = days.filter(({ before }) => before === null)
  await db.all(
    doneRow,
    sql`delete from reading_day_past r using ${some(going)} where r.point_id = t.point_id and r.day = t.day returning r.point_id, r.day`,
  )
  return db.all(
    doneRow,
    sql`delete from reading_day r using ${some(going)} where r.day = t.day and r.point_id = t.point_id returning r.point_id, r.day`,
  )
}
