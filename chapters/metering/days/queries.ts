// SQL of putting days of values in: a handful of statements over arrays. What changes keeps its former version, and what does not change is not written.
import { bigints, byteas, dates, integers, smallints } from '../../../platform/arrays.ts'
import type { Read, Write } from '../../../platform/database.ts'
import type { Told } from '../../../platform/intake.ts'
import { bytes, computed, day, int, nullable, type RowOf, shape, text } from '../../../platform/row.ts'
import { columns, raw, type Sql, sql } from '../../../platform/sql.ts'
import type { Step } from '../grid.ts'

const pointRow = shape({ id: int, code: text, controllers: int })
/** Points that one of these companies serves. */
export const pointsByCode = (db: Read, codes: readonly string[], mask: number) =>
  db.all(
    pointRow,
    sql`select ${columns(pointRow)} from accounting_point where code = any (${codes}::text[]) and (controllers & ${mask}::smallint) <> 0`,
  )

type PointDay = { readonly point: number; readonly day: string }
export type PackedDay = PointDay & {
  readonly step: Step
  readonly total: number
  readonly lacking: number
  readonly vals: Buffer
  readonly quality: Buffer | null
}

const pointsOf = (days: readonly PointDay[]): Buffer => integers(days.map(({ point }) => point))
const daysOf = (days: readonly PointDay[]): Buffer => dates(days.map((each) => each.day))
const stepsOf = (days: readonly { readonly step: Step }[]): Buffer => smallints(days.map(({ step }) => step))

/** What stands in the years of these days alone is looked at. */
const between = (days: readonly PointDay[]): Sql => {
  let [first, last] = [days[0]?.day ?? '', '']
  for (const { day: each } of days) {
    if (each < first) first = each
    if (each > last) last = each
  }
  return sql`r.day >= ${first}::date and r.day <= ${last}::date`
}

/** A day of which only some values are told has no block yet. */
export type ComparedDay = PointDay & Pick<PackedDay, 'step' | 'quality'> & { readonly vals: Buffer | null }

const comparedRow = shape({ place: computed(int, ['consumption']), known: computed(int, ['consumption']) })
/** Those of the days that are not yet known just so: the place of each among them, from 1, and whether anything is known of it. */
export const daysThatDiffer = (db: Read, days: readonly ComparedDay[]) =>
  db.all(
    comparedRow,
    sql`select t.place::int as place, (r.point_id is not null)::int as known
          from unnest(${pointsOf(days)}::integer[], ${daysOf(days)}::date[], ${stepsOf(days)}::smallint[],
                      ${byteas(days.map(({ vals }) => vals))}::bytea[], ${byteas(days.map(({ quality }) => quality))}::bytea[])
                 with ordinality as t (point, day, step, vals, quality, place)
          left join reading_day r on r.day = t.day and r.point_id = t.point and ${between(days)}
         where r.point_id is null or t.vals is null or r.vals <> t.vals or r.quality is distinct from t.quality or r.step <> t.step`,
  )

const knownRow = shape({ point_id: int, day, step: int, vals: bytes, quality: nullable(bytes), recorded_by: text })
export type KnownDay = RowOf<typeof knownRow>
const asked = (days: readonly PointDay[]): Sql =>
  sql`unnest(${pointsOf(days)}::integer[], ${daysOf(days)}::date[]) as asked (point, day)
        join reading_day r on r.day = asked.day and r.point_id = asked.point and ${between(days)}`
/** Held until the end of the transaction: two that correct one day wait for each other. */
export const knownDays = (db: Write, days: readonly PointDay[]) =>
  db.all(knownRow, sql`select ${columns(knownRow, 'r')} from ${asked(days)} for update of r`)

const packedDays = (days: readonly PackedDay[]): Sql =>
  sql`unnest(${pointsOf(days)}::integer[], ${daysOf(days)}::date[], ${stepsOf(days)}::smallint[],
             ${bigints(days.map(({ total }) => total))}::bigint[], ${smallints(days.map(({ lacking }) => lacking))}::smallint[],
             ${byteas(days.map(({ vals }) => vals))}::bytea[], ${byteas(days.map(({ quality }) => quality))}::bytea[])`

/**
 * Whether a period holds a day, in words by which no index over periods can be used: a b-tree finds the few rows of one point or home in a third of the
 * time, and days come by thousands. `= any (array[…])` is for the same end.
 */
export const covers = (alias: 'o' | 'c' | 'f', civilDay: 't.day' | 'a.day'): Sql =>
  raw(`coalesce(lower(${alias}.during) <= ${civilDay}, true) and coalesce(upper(${alias}.during) > ${civilDay}, true)`)

/** Whether anyone who lived on day `t.day` at the site of point `p` is behind the wall. */
export const behind = (wall: 'restricted' | 'protected'): Sql =>
  raw(`exists (select from occupancy o where o.site_id = p.site_id and o.during @> t.day and o.${wall})`)

const leftRow = shape({ point_id: computed(int, ['consumption']), day: computed(day, ['consumption']) })
/**
 * The walls of a day are those of who was there that day, and of who served the point.
 * @returns the days that somebody else has put in meanwhile, and that were therefore left alone
 */
export const insertDays = (
  db: Write,
  days: readonly PackedDay[],
  { source, now, by }: Pick<Told, 'source' | 'now' | 'by'>,
) =>
  db.all(
    leftRow,
    sql`with t as materialized (select * from ${packedDays(days)} as t (point, day, step, total, lacking, vals, quality)),
             network as (select bit_or(bit) as bits from controller where market = 'network'),
             put as (
          insert into reading_day (point_id, site_id, day, step, total, lacking, vals, quality, restricted, protected, controllers, source, recorded_at, recorded_by)
          select p.id, p.site_id, t.day, t.step, t.total, t.lacking, t.vals, t.quality, coalesce(there.restricted, false), coalesce(there.protected, false),
                 coalesce(p.controllers & network.bits, 0::smallint) | coalesce(serving.controllers, 0::smallint), ${source}, ${now}, ${by}
            from network, t join accounting_point p on p.id = t.point
            left join lateral (select bool_or(o.restricted) as restricted, bool_or(o.protected) as protected
                                 from occupancy o where o.site_id = any (array[p.site_id]) and ${covers('o', 't.day')}) there on true
            left join lateral (select bit_or(c.controller) as controllers from contract c where c.point_id = p.id and ${covers('c', 't.day')}) serving on true
          on conflict (day, point_id) do nothing returning point_id, day)
        select t.point as point_id, t.day as day from t where (t.point, t.day) not in (select point_id, day from put)`,
  )

const doneRow = shape({ point_id: int, day })
/** What stood goes among the former versions, as it was. */
export const keepFormer = (db: Write, days: readonly PointDay[], now: Date) =>
  db.all(
    doneRow,
    sql`insert into reading_day_past (point_id, site_id, day, step, total, lacking, vals, quality, restricted, protected, controllers, version, source, recorded_at, recorded_by, replaced_at)
        select r.point_id, r.site_id, r.day, r.step, r.total, r.lacking, r.vals, r.quality, r.restricted, r.protected, r.controllers, r.version, r.source, r.recorded_at, r.recorded_by, ${now}
          from ${asked(days)}
        returning ${columns(doneRow)}`,
  )

/** `as`: `version + 1` for a correction; `version` where the day only goes on. */
export const changeDays = (
  db: Write,
  days: readonly PackedDay[],
  as: 'version' | 'version + 1',
  { source, now, by }: Pick<Told, 'source' | 'now' | 'by'>,
) =>
  db.all(
    doneRow,
    sql`update reading_day r set step = t.step, total = t.total, lacking = t.lacking, vals = t.vals, quality = t.quality,
               version = ${raw(as)}, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
          from ${packedDays(days)} as t (point, day, step, total, lacking, vals, quality)
         where r.day = t.day and r.point_id = t.point and ${between(days)} returning r.point_id, r.day`,
  )
