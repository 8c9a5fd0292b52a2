// The steps of an import put together. They are called by jobs.ts in the name of the importer, never over HTTP.
import type { KeyObject } from 'node:crypto'
import { type Context, type Route, route } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import type { Read } from '../../../platform/database.ts'
import { Conflict, NotFound } from '../../../platform/errors.ts'
import type { Counts, Faulty, Intake, Part, Taken, Taking } from '../../../platform/intake.ts'
import { unwrapDataKey, type WrappedKey } from '../../../platform/keys.ts'
import { undefused } from '../../../platform/tabular/index.ts'
import { type Content, freshKey, keyOf, openFaults, placeOf, sealRow } from '../sealed.ts'
import { countedFaults, handleOf, intakeOf, mendedColumn, type RawRow, readRows } from '../rules.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'

const found = <T>(job: T | undefined): T => {
  if (job === undefined) throw new NotFound('import.not-found')
  return job
}

const samplesEach = 5
/** Of the first batches, enough to see what becomes of the file. */
const samplesOf = ({ fresh, changed, same }: Taken, before: queries.Counts): readonly queries.Sample[] => {
  const some = <R>(rows: readonly R[], known: number): readonly R[] => rows.slice(0, Math.max(0, samplesEach - known))
  return [
    ...some(fresh, before.rows_new).map((row) => ({ ...row, outcome: 'new' as const, fields: [] })),
    ...some(changed, before.rows_changed).map((row) => ({ ...row, outcome: 'changed' as const })),
    ...some(same, before.rows_same).map((row) => ({ ...row, outcome: 'same' as const, fields: [] })),
  ]
}

const ended = async ({ db, input, now }: Context<typeof api.endImport>) => {
  const { job_id, from, state, failure } = input.body
  const job = await queries.endJob(db, job_id, from, state, failure, now)
  if (job === undefined) throw new Conflict('import.not-running')
  await queries.forgetKey(db, job_id)
  return job
}

type Job = NonNullable<Awaited<ReturnType<typeof queries.lockJob>>>

const keyFor = async ({ db, keys }: Pick<Context<typeof api.takeInBatch.customers>, 'db' | 'keys'>, job: Job) => {
  const known = keyOf(keys, job)
  if (known !== undefined) return known
  const fresh = freshKey(keys, job.stored_as)
  await queries.setKey(db, job.id, fresh)
  return unwrapDataKey(keys, placeOf(job.stored_as), fresh)
}

const takingOf = (
  { db, keys, now }: Pick<Context<typeof api.takeInBatch.customers>, 'db' | 'keys' | 'now'>,
  job: Job,
): Taking => ({
  db,
  keys,
  mapping: job.columns,
  dryRun: job.dry_run,
  how: { source: job.source, now, today: dayOf(now), by: handleOf(job.id), mask: job.controllers },
})

/** Kept as it came, sealed, behind the walls of whom it tells of. */
const keepFaults = async (at: Taking, job: Job, key: KeyObject, faults: readonly Faulty[]): Promise<void> => {
  const about = await intakeOf(job.kind).about?.(at, faults)
  await queries.insertFaults(
    at.db,
    job.id,
    job.controllers,
    faults.map(({ number, cells, faults: wrong }) => ({
      number,
      content: sealRow(key, job.id, number, { cells, faults: wrong }),
      reason: wrong[0]?.code ?? 'other',
      about: about?.get(number),
    })),
  )
}

type Outcome = {
  readonly taken: Taken & { readonly counts: Counts }
  readonly faulty: readonly Faulty[]
  readonly read: number
}

const ofRows = async (rules: Intake<object>, at: Taking, rows: readonly RawRow[]): Promise<Outcome> => {
  const { sound, faulty } = readRows(rules, at.mapping, rows)
  const taken = await rules.takeIn(at, sound)
  const counts = { fresh: taken.fresh.length, changed: taken.changed.length, same: taken.same.length }
  return { taken: { ...taken, counts }, faulty, read: rows.length }
}

const ofBytes = async ({ bulk }: Intake<object>, at: Taking, part: Part<unknown>): Promise<Outcome> => {
  if (bulk === undefined) throw new Error('the kind of the import reads no bytes by itself')
  return { taken: await bulk.takeIn(at, part), faulty: part.faulty, read: part.rows }
}

const takenIn = async (context: Context<typeof api.takeInBatch.customers>) => {
  const { db, input, now } = context
  const { job_id, next, progress } = input.body
  const job = found(await queries.lockJob(db, job_id))
  if (job.state !== 'running') throw new Conflict('import.not-running')
  if (job.position === null) {
    // What a dry run left is told anew.
    await queries.deleteFaults(db, job_id)
    await queries.deleteSamples(db, job_id)
  }
  const rules = intakeOf(job.kind)
  const mends = job.mends === null ? -1 : mendedColumn(job.header)
  // A file of faults that we wrote holds apostrophes before what a spreadsheet would compute.
  const given = (rows: readonly RawRow[]): readonly RawRow[] =>
    job.mends === null ? rows : rows.map((row) => ({ ...row, cells: row.cells.map(undefused) }))
  const at = takingOf(context, job)
  const { taken, faulty, read } =
    'part' in input.body ? await ofBytes(rules, at, input.body.part) : await ofRows(rules, at, given(input.body.rows))
  if (taken.traces.length > 0) await queries.insertTraces(db, job_id, taken.traces)
  const faults = [...faulty, ...taken.faulty]
  const samples = job.dry_run ? samplesOf(taken, job) : []
  if (faults.length + samples.length > 0) {
    const key = await keyFor(context, job)
    const sealed = <R extends Content & { readonly number: number }>({ number, ...content }: R) => ({
      number,
      content: sealRow(key, job_id, number, content),
    })
    await keepFaults(at, job, key, faults)
    await queries.insertSamples(
      db,
      job_id,
      job.controllers,
      samples.map(({ number, outcome, cells, fields }) => ({ outcome, ...sealed({ number, cells, fields }) })),
    )
  }
  if (!job.dry_run && job.mends !== null && mends >= 0) {
    const came = [...taken.fresh, ...taken.changed, ...taken.same].map(({ cells }) => Number(cells[mends]))
    await queries.mendFaults(db, job.mends, came.filter(Number.isSafeInteger), now)
    await queries.forgetKey(db, job.mends)
  }
  return queries.moveJob(
    db,
    job_id,
    next,
    progress,
    {
      rows_read: read,
      rows_new: taken.counts.fresh,
      rows_changed: taken.counts.changed,
      rows_same: taken.counts.same,
      rows_faulty: faults.length,
    },
    countedFaults(job.fault_kinds, faults),
  )
}

const triedEach = 2_000
/** What is wrong with a row of the table itself: another try reads it no better. */
const ofTable = ({ faults }: Faulty): boolean => faults.some(({ code }) => code.startsWith('row.'))
const said = ({ faults }: Faulty): string => JSON.stringify(faults)

const takenInAgain = async (context: Context<typeof api.takeInAgain.customers>) => {
  const { db, input, keys, now } = context
  const { job_id, after } = input.body
  const job = found(await queries.lockJob(db, job_id))
  if (job.state !== 'replaying') throw new Conflict('import.not-running')
  const key = keyOf(keys, job)
  const page = await queries.faultsToTry(db, job_id, after, triedEach)
  if (key === undefined || page.length === 0) return { last: null, passed: 0 }
  const before: readonly Faulty[] = openFaults(keys, { ...job, id: job_id }, page).map(
    ({ row_number, cells, faults }) => ({
      number: row_number,
      cells,
      faults,
    }),
  )
  const rules = intakeOf(job.kind)
  const tried = before.filter((row) => !ofTable(row)).map(({ number, cells }) => ({ number, cells, faults: [] }))
  const { sound, faulty } = readRows(rules, job.columns, tried)
  const at = takingOf(context, job)
  const taken = await rules.takeIn(at, sound)
  if (taken.traces.length > 0) await queries.insertTraces(db, job_id, taken.traces)
  const passed = [...taken.fresh, ...taken.changed, ...taken.same].map(({ number }) => number)
  await queries.mendFaults(db, job_id, passed, now)
  // What is wrong by now may be something else; and the point may have become known meanwhile.
  const wrong = new Map(before.map((row) => [row.number, said(row)]))
  const other = [...faulty, ...taken.faulty].filter((row) => wrong.get(row.number) !== said(row))
  if (other.length > 0) {
    await queries.deleteSomeFaults(
      db,
      job_id,
      other.map(({ number }) => number),
    )
    await keepFaults(at, job, key, other)
  }
  await queries.countAgain(db, job_id, {
    rows_new: taken.fresh.length,
    rows_changed: taken.changed.length,
    rows_same: taken.same.length,
  })
  return { last: before.at(-1)?.number ?? null, passed: passed.length }
}

/** Where rows come by millions, the same bytes once more are told by their digest, before a row of them is read. @throws Conflict */
export const onlyOnce = async (db: Read, kind: string, sha256: Buffer): Promise<void> => {
  const before = intakeOf(kind).bulk === undefined ? undefined : await queries.findTakenIn(db, kind, sha256)
  if (before !== undefined)
    throw new Conflict('import.same-file', {
      detail: `the same file came in before, as import ${before.id} on ${dayOf(new Date(before.recorded_at))}`,
    })
}

const wrappedAs = ({ wrapped, key_version }: WrappedKey) => ({ data_key: wrapped, key_version })

export const batchRoutes: readonly Route[] = [
  route(api.beginImport, async ({ db, input, now, actor, bundle, keys }) => {
    const { controllers = bundle.mask, ...made } = input.body
    const same = await queries.findSameJob(db, made.sha256, made.source, made.dry_run, made.kind)
    if (same === undefined && !made.dry_run) await onlyOnce(db, made.kind, made.sha256)
    const job =
      same ??
      (await queries.insertJob(
        db,
        { ...made, controllers, state: 'running', mends: null, ...wrappedAs(freshKey(keys, made.stored_as)) },
        { now, by: actor.handle },
      ))
    return { ...job, resumed: same !== undefined }
  }),
  route(api.waitingImports, ({ db }) => queries.waitingJobs(db)),
  ...Object.values(api.takeInBatch).map((batch) => route(batch, takenIn)),
  ...Object.values(api.takeInAgain).map((again) => route(again, takenInAgain)),
  route(api.endImport, ended),
  route(api.tidyImports, ({ db, input, now }) =>
    queries.discardOld(db, new Date(now.getTime() - input.body.keep_days * 86_400_000)),
  ),
  route(api.neededFiles, ({ db }) => queries.neededFiles(db)),
  route(api.discardImport, async ({ db, input }) => {
    const { job_id } = input.body
    const job = found(await queries.lockJob(db, job_id))
    if (job.state !== 'discarded' || !job.dry_run) throw new Conflict('import.not-discarded')
    await queries.deleteFaults(db, job_id)
    await queries.deleteSamples(db, job_id)
    await queries.deleteJob(db, job_id)
    return { job_id }
  }),
]
