// SQL of imports as those who tend them see them: within the walls of their own company.
import type { Read, Write } from '../../platform/database.ts'
import {
  bool,
  branded,
  bytes,
  computed,
  day,
  instant,
  int,
  json,
  nullable,
  shape,
  text,
  texts,
} from '../../platform/row.ts'
import { columns, sql } from '../../platform/sql.ts'
import type { kinds, states } from './api.ts'
import type { FaultKinds } from './rules.ts'

const listRow = shape({
  id: int,
  kind: branded<(typeof kinds)[number]>(text),
  file_name: text,
  source: text,
  state: branded<(typeof states)[number]>(text),
  dry_run: bool,
  mends: nullable(int),
  recorded_by: text,
  recorded_at: instant,
  ended_at: nullable(instant),
  failure: nullable(text),
  bytes_total: int,
  bytes_read: int,
  rows_read: int,
  rows_new: int,
  rows_changed: int,
  rows_same: int,
  rows_faulty: int,
  rows_undone: int,
  rows_kept: int,
  undo_reason: nullable(text),
})
const jobRow = shape({
  ...listRow,
  stored_as: text,
  data_key: nullable(bytes),
  key_version: nullable(int),
  header: texts,
  sha256: bytes,
  columns: json((value) => value as Readonly<Record<string, number>>),
  fault_kinds: json((value) => value as FaultKinds),
})
const idRow = shape({ id: int })

export const newestJobs = (
  db: Read,
  { before, kind }: { readonly before?: number | undefined; readonly kind?: string | undefined },
) =>
  db.all(
    listRow,
    sql`select ${columns(listRow)} from import_job
         where state <> 'discarded' and id < ${before ?? Number.MAX_SAFE_INTEGER} and (${kind ?? null}::text is null or kind = ${kind ?? null}) order by id desc limit 100`,
  )

export const findJob = (db: Read, id: number) =>
  db.maybe(jobRow, sql`select ${columns(jobRow)} from import_job where id = ${id} and state <> 'discarded'`)

export const lockJob = (db: Write, id: number) =>
  db.maybe(jobRow, sql`select ${columns(jobRow)} from import_job where id = ${id} and state <> 'discarded' for update`)

const mappingRow = shape({
  kind: text,
  source: text,
  columns: json((value) => value as Readonly<Record<string, number>>),
})

/** As the last file of the same layout was read. */
export const findMapping = (db: Read, header: readonly string[]) =>
  db.maybe(
    mappingRow,
    sql`select ${columns(mappingRow)} from import_mapping where header = ${header}::text[] order by recorded_at desc, id desc limit 1`,
  )

export type Mapped = {
  readonly kind: string
  readonly source: string
  readonly columns: Readonly<Record<string, number>>
}

export const putMapping = (
  db: Write,
  name: string,
  header: readonly string[],
  { kind, source, columns: chosen }: Mapped,
  { now, by }: { readonly now: Date; readonly by: string },
) =>
  db.one(
    idRow,
    sql`insert into import_mapping (name, kind, source, header, columns, recorded_at, recorded_by)
        values (${name}, ${kind}, ${source}, ${header}::text[], ${JSON.stringify(chosen)}::jsonb, ${now}, ${by})
        on conflict (name) do update set kind = excluded.kind, source = excluded.source, columns = excluded.columns, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by
        returning id`,
  )

/** What an earlier try counted is true no more. */
export const mapJob = (db: Write, id: number, { kind, source, columns: chosen }: Mapped) =>
  db.one(
    idRow,
    sql`update import_job set kind = ${kind}, source = ${source}, columns = ${JSON.stringify(chosen)}::jsonb, state = 'mapped', position = null, bytes_read = 0,
               rows_read = 0, rows_new = 0, rows_changed = 0, rows_same = 0, rows_faulty = 0, fault_kinds = '{}', failure = null
         where id = ${id} returning id`,
  )

/** From the beginning when `anew`, else from where it stopped. */
export const startJob = (db: Write, id: number, dryRun: boolean, anew: boolean, now: Date) =>
  db.one(
    idRow,
    sql`update import_job set state = 'running', dry_run = ${dryRun}, started_at = ${now}, ended_at = null, failure = null,
               position = case when ${anew}::boolean then null else position end,
               bytes_read = case when ${anew}::boolean then 0 else bytes_read end,
               rows_read = case when ${anew}::boolean then 0 else rows_read end,
               rows_new = case when ${anew}::boolean then 0 else rows_new end,
               rows_changed = case when ${anew}::boolean then 0 else rows_changed end,
               rows_same = case when ${anew}::boolean then 0 else rows_same end,
               rows_faulty = case when ${anew}::boolean then 0 else rows_faulty end,
               fault_kinds = case when ${anew}::boolean then '{}'::jsonb else fault_kinds end
         where id = ${id} returning id`,
  )

export const setState = (db: Write, id: number, state: (typeof states)[number], now: Date) =>
  db.one(idRow, sql`update import_job set state = ${state}, ended_at = ${now} where id = ${id} returning id`)

export const startUndoing = (db: Write, id: number, by: string, reason: string) =>
  db.one(
    idRow,
    sql`update import_job set state = 'undoing', undone_by = ${by}, undo_reason = ${reason}, failure = null where id = ${id} returning id`,
  )

const told = shape({ told: computed(nullable(text), []) })
/** Heard when the transaction is through, and not before. */
export const tellWorker = (db: Write) => db.one(told, sql`select pg_notify('imports', '')::text as told`)

const sampleRow = shape({
  row_number: int,
  outcome: branded<'new' | 'changed' | 'same'>(text),
  content: bytes,
})
export const samplesOf = (db: Read, job: number) =>
  db.all(
    sampleRow,
    sql`select ${columns(sampleRow)} from import_sample where job_id = ${job}
         order by case outcome when 'changed' then 1 when 'new' then 2 else 3 end, row_number`,
  )

const faultRow = shape({
  row_number: int,
  content: bytes,
  mended_at: nullable(instant),
})
/** In the order of the file; those that are mended last. */
export const firstFaults = (db: Read, job: number, most: number) =>
  db.all(
    faultRow,
    sql`select ${columns(faultRow)} from import_fault where job_id = ${job} order by mended_at is not null, row_number limit ${most}`,
  )
/** Those that still are to be mended, page by page. */
export const faultsAfter = (db: Read, job: number, row: number, most: number) =>
  db.all(
    faultRow,
    sql`select ${columns(faultRow)} from import_fault where job_id = ${job} and row_number > ${row} and mended_at is null order by row_number limit ${most}`,
  )

const countRow = shape({ mended: computed(int, ['import-row']), open: computed(int, ['import-row']) })
export const countMended = (db: Read, job: number) =>
  db.one(
    countRow,
    sql`select count(mended_at)::int as mended, (count(*) - count(mended_at))::int as open from import_fault where job_id = ${job}`,
  )

const waitingRow = shape({
  job_id: int,
  file_name: text,
  source: text,
  state: branded<(typeof states)[number]>(text),
  reason: text,
  rows: computed(int, ['import-row']),
  points: computed(int, ['import-row']),
  first_day: computed(nullable(day), ['import-row']),
  last_day: computed(nullable(day), ['import-row']),
})
/** Of files that came in, whose faults are still to be mended. */
export const waitingByReason = (db: Read, kind: string | undefined, most: number) =>
  db.all(
    waitingRow,
    sql`select f.job_id, j.file_name, j.source, j.state, f.reason, f.rows, f.points, f.first_day, f.last_day
          from (select job_id, reason, count(*)::int as rows, count(distinct point_id)::int as points, min(day) as first_day, max(day) as last_day
                  from import_fault where mended_at is null group by job_id, reason) f
               join import_job j on j.id = f.job_id
         where not j.dry_run and j.state in ('done', 'replaying') and j.data_key is not null and (${kind ?? null}::text is null or j.kind = ${kind ?? null})
         order by f.rows desc, f.job_id desc, f.reason limit ${most}`,
  )

const keptRow = shape({ customer_id: int, number: text, kept: text })
export const keptPeople = (db: Read, job: number) =>
  db.all(
    keptRow,
    sql`select i.customer_id, c.number, i.kept from import_trace i join customer c on c.id = i.customer_id
         where i.job_id = ${job} and i.kept is not null order by c.number limit 100`,
  )
