// SQL of an import's progress: a batch is a handful of statements over arrays, whatever its size.
import type { Read, Write } from '../../../platform/database.ts'
import type { About, Trace } from '../../../platform/intake.ts'
import type { WrappedKey } from '../../../platform/keys.ts'
import { bool, branded, bytes, instant, int, json, nullable, shape, text, texts } from '../../../platform/row.ts'
import { columns, raw, sql } from '../../../platform/sql.ts'
import type { FaultKinds, State } from '../rules.ts'
import type { Place } from './api.ts'

export const state = branded<State>(text)
const countsRow = shape({
  rows_read: int,
  rows_new: int,
  rows_changed: int,
  rows_same: int,
  rows_faulty: int,
  bytes_read: int,
  bytes_total: int,
  state,
})
const waitingRow = shape({
  id: int,
  kind: text,
  dry_run: bool,
  stored_as: text,
  header: texts,
  columns: json((value) => value as Readonly<Record<string, number>>),
  mends: nullable(int),
  position: nullable(json((value) => value as Place)),
  data_key: nullable(bytes),
  key_version: nullable(int),
  ...countsRow,
})
const jobRow = shape({
  ...waitingRow,
  source: text,
  controllers: int,
  fault_kinds: json((value) => value as FaultKinds),
})
const idRow = shape({ id: int })
const rowRow = shape({ row_number: int })
const jobIdRow = shape({ job_id: int })

export const waitingJobs = (db: Read) =>
  db.all(
    waitingRow,
    sql`select ${columns(waitingRow)} from import_job where state in ('running', 'replaying', 'undoing', 'discarded') order by id`,
  )

/** Held until the end of the transaction: two that take in the same file wait for each other. */
export const lockJob = (db: Write, id: number) =>
  db.maybe(jobRow, sql`select ${columns(jobRow)} from import_job where id = ${id} for update`)

/** A file that was cut off, delivered again. */
export const findSameJob = (db: Write, sha256: Buffer, source: string, dryRun: boolean, kind: string) =>
  db.maybe(
    waitingRow,
    sql`select ${columns(waitingRow)} from import_job
         where sha256 = ${sha256} and source = ${source} and dry_run = ${dryRun} and kind = ${kind} and state = 'running' order by id desc limit 1`,
  )

const cameRow = shape({ id: int, recorded_at: instant })
/** The import by which the very same bytes came in whole, if they did and it was not undone. */
export const findTakenIn = (db: Read, kind: string, sha256: Buffer) =>
  db.maybe(
    cameRow,
    sql`select ${columns(cameRow)} from import_job
         where sha256 = ${sha256} and kind = ${kind} and state = 'done' and not dry_run order by id desc limit 1`,
  )

export type NewJob = {
  readonly kind: string
  readonly file_name: string
  readonly sha256: Buffer
  readonly stored_as: string
  readonly source: string
  readonly controllers: number
  readonly header: readonly string[]
  readonly columns: Readonly<Record<string, number>>
  readonly dry_run: boolean
  readonly state: 'mapped' | 'running'
  readonly bytes_total: number
  readonly mends: number | null
  readonly data_key: Uint8Array
  readonly key_version: number
}

export const insertJob = (db: Write, made: NewJob, { now, by }: { readonly now: Date; readonly by: string }) =>
  db.one(
    waitingRow,
    sql`insert into import_job (kind, file_name, sha256, stored_as, source, controllers, header, columns, dry_run, state, bytes_total, mends, data_key, key_version, started_at, recorded_at, recorded_by)
        values (${made.kind}, ${made.file_name}, ${made.sha256}, ${made.stored_as}, ${made.source}, ${made.controllers}, ${made.header}::text[],
                ${JSON.stringify(made.columns)}::jsonb, ${made.dry_run}, ${made.state}, ${made.bytes_total}, ${made.mends}::bigint,
                ${made.data_key}, ${made.key_version}, ${now}, ${now}, ${by})
        returning ${columns(waitingRow)}`,
  )

export type Counts = {
  readonly rows_read: number
  readonly rows_new: number
  readonly rows_changed: number
  readonly rows_same: number
  readonly rows_faulty: number
}

/** The place in the file moves in the same transaction as the rows: a killed import goes on exactly here. */
export const moveJob = (db: Write, id: number, next: Place, progress: number, more: Counts, faults: FaultKinds) =>
  db.one(
    countsRow,
    sql`update import_job
           set position = ${JSON.stringify(next)}::jsonb, bytes_read = round(${progress}::float8 * bytes_total), fault_kinds = ${JSON.stringify(faults)}::jsonb,
               rows_read = rows_read + ${more.rows_read}, rows_new = rows_new + ${more.rows_new}, rows_changed = rows_changed + ${more.rows_changed},
               rows_same = rows_same + ${more.rows_same}, rows_faulty = rows_faulty + ${more.rows_faulty}
         where id = ${id} returning ${columns(countsRow)}`,
  )

/** No row: it is no longer in the state that it was believed in. */
export const endJob = (db: Write, id: number, from: State, to: State, failure: string | null, now: Date) =>
  db.maybe(
    countsRow,
    sql`update import_job set state = ${to}, failure = ${failure}, ended_at = ${now},
               bytes_read = case when ${to} = 'done' then bytes_total else bytes_read end
         where id = ${id} and state = ${from} returning ${columns(countsRow)}`,
  )

/** A row as it stands here: sealed under the key of its import. */
export type SealedRow = { readonly number: number; readonly content: Buffer }
/** What may be known of a faulty row although its cells are sealed. */
export type SealedFault = SealedRow & { readonly reason: string; readonly about: About | undefined }

const behind = (wall: 'restricted' | 'protected') =>
  raw(`exists (select from occupancy o where o.site_id = p.site_id and o.during @> t.day and o.${wall})`)

/** A value of a known point stands behind the walls of whoever was there that day. */
export const insertFaults = (db: Write, job: number, controllers: number, rows: readonly SealedFault[]) =>
  db.all(
    rowRow,
    sql`insert into import_fault (job_id, row_number, content, reason, point_id, site_id, day, restricted, protected, controllers)
        select ${job}, t.number, t.content, t.reason, p.id, p.site_id, case when p.id is not null then t.day end, ${behind('restricted')}, ${behind('protected')},
               ${controllers}::smallint
          from unnest(${rows.map(({ number }) => number)}::bigint[], ${rows.map(({ content }) => content)}::bytea[], ${rows.map(({ reason }) => reason)}::text[],
                      ${rows.map(({ about }) => about?.point ?? null)}::integer[], ${rows.map(({ about }) => about?.day ?? null)}::date[])
                 as t (number, content, reason, point, day) left join accounting_point p on p.id = t.point
        on conflict (job_id, row_number) do nothing returning row_number`,
  )

const faultRow = shape({ row_number: int, content: bytes })
/** Those that are still to be mended, page by page, whoever's they are. */
export const faultsToTry = (db: Read, job: number, after: number, most: number) =>
  db.all(
    faultRow,
    sql`select ${columns(faultRow)} from import_fault where job_id = ${job} and row_number > ${after} and mended_at is null order by row_number limit ${most}`,
  )
export const deleteSomeFaults = (db: Write, job: number, rows: readonly number[]) =>
  db.all(
    rowRow,
    sql`delete from import_fault where job_id = ${job} and row_number = any (${rows}::bigint[]) returning row_number`,
  )

/** What came in after all; how many rows were read and were faulty stays as it was counted. */
export const countAgain = (db: Write, id: number, more: Pick<Counts, 'rows_new' | 'rows_changed' | 'rows_same'>) =>
  db.one(
    idRow,
    sql`update import_job set rows_new = rows_new + ${more.rows_new}, rows_changed = rows_changed + ${more.rows_changed}, rows_same = rows_same + ${more.rows_same}
         where id = ${id} returning id`,
  )

export type Sample = {
  readonly number: number
  readonly outcome: 'new' | 'changed' | 'same'
  readonly cells: readonly string[]
  readonly fields: readonly string[]
}

export const insertSamples = (
  db: Write,
  job: number,
  controllers: number,
  samples: readonly (SealedRow & Pick<Sample, 'outcome'>)[],
) =>
  db.all(
    rowRow,
    sql`insert into import_sample (job_id, row_number, outcome, content, controllers)
        select ${job}, number, outcome, content, ${controllers}::smallint
          from unnest(${samples.map(({ number }) => number)}::bigint[], ${samples.map(({ outcome }) => outcome)}::text[],
                      ${samples.map(({ content }) => content)}::bytea[]) as t (number, outcome, content)
        on conflict (job_id, row_number) do nothing returning row_number`,
  )

/** For an import of before there were keys. */
export const setKey = (db: Write, job: number, { wrapped, key_version }: WrappedKey) =>
  db.one(
    idRow,
    sql`update import_job set data_key = ${wrapped}, key_version = ${key_version} where id = ${job} and data_key is null returning id`,
  )

/** The key goes when the import is over and no row is left to be mended: what is still sealed under it opens to nobody. */
export const forgetKey = (db: Write, job: number) =>
  db.maybe(
    idRow,
    sql`update import_job set data_key = null, key_version = null
         where id = ${job} and not dry_run and state in ('done', 'undone')
           and not exists (select from import_fault f where f.job_id = import_job.id and f.mended_at is null) returning id`,
  )

export const mendFaults = (db: Write, job: number, rows: readonly number[], now: Date) =>
  db.all(
    rowRow,
    sql`update import_fault set mended_at = ${now}
         where job_id = ${job} and row_number = any (${rows}::bigint[]) and mended_at is null returning row_number`,
  )

/** What an earlier pass over the file left: a dry run is forgotten when the rows come in, or with the file. */
export const deleteFaults = (db: Write, job: number) =>
  db.all(jobIdRow, sql`delete from import_fault where job_id = ${job} returning job_id`)
export const deleteSamples = (db: Write, job: number) =>
  db.all(jobIdRow, sql`delete from import_sample where job_id = ${job} returning job_id`)
export const deleteJob = (db: Write, job: number) =>
  db.maybe(idRow, sql`delete from import_job j where id = ${job} and state = 'discarded' returning id`)

export const discardOld = (db: Write, before: Date) =>
  db.all(
    idRow,
    sql`update import_job set state = 'discarded' where dry_run and state in ('mapped', 'done', 'failed', 'stopped') and recorded_at < ${before}
           and stored_as not like '/%' returning id`,
  )

const fileRow = shape({ stored_as: text })
export const neededFiles = (db: Read) =>
  db.all(fileRow, sql`select stored_as from import_job where dry_run or state in ('running', 'failed', 'stopped')`)

const ownerRow = shape({ customer_id: int })

/** One for each row that was made or changed; of a new customer only one, since all of its rows carry the import's handle. */
export const insertTraces = (db: Write, job: number, traces: readonly Trace[]) =>
  db.all(
    ownerRow,
    sql`insert into import_trace (job_id, table_name, row_id, customer_id, did, row_version, was, restricted, protected, controllers)
        select ${job}::bigint, table_name, row_id, c.id, did, version_then, was, c.restricted, c.protected, c.controllers
          from unnest(${traces.map(({ table }) => table)}::text[], ${traces.map(({ row }) => row)}::bigint[], ${traces.map(({ customer }) => customer)}::bigint[],
                      ${traces.map(({ did }) => did)}::text[], ${traces.map(({ version }) => version ?? null)}::integer[],
                      ${traces.map(({ was }) => (was === undefined ? null : JSON.stringify(was)))}::jsonb[])
            as t (table_name, row_id, owner_id, did, version_then, was) join customer c on c.id = t.owner_id
        on conflict do nothing returning customer_id`,
  )
