// Imports: api, rules and queries put together for those who tend them. The rows themselves are taken in by the importer, behind jobs.ts.
import { createHash } from 'node:crypto'
import { type Route, route } from '../../enforcement/serve.ts'
import type { Read, Write } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { type Batch, proposedMapping, type Table } from '../../platform/tabular/index.ts'
import * as api from './api.ts'
import { insertJob } from './batches/queries.ts'
import { onlyOnce } from './batches/routes.ts'
import { faultFile } from './fault-file.ts'
import * as queries from './queries.ts'
import { openFaults, openSamples, tableOf } from './sealed.ts'
import { kindIds, mayChange, mayReplay, mayRun, mayStop, mayUndo, readRows, intakeOf } from './rules.ts'

type Job = NonNullable<Awaited<ReturnType<typeof queries.findJob>>>

const found = (job: Job | undefined): Job => {
  if (job === undefined) throw new NotFound('import.not-found')
  return job
}
const locked = async (db: Write, id: number): Promise<Job> => found(await queries.lockJob(db, id))
const must = (allowed: boolean, code: string): void => {
  if (!allowed) throw new Conflict(code)
}

const shownFaults = 20
const shownReasons = 200
const previewed = 8

/** The record as text, cell by cell. */
const written = (record: object | undefined): Record<string, string | null> | null =>
  record === undefined
    ? null
    : Object.fromEntries(Object.entries(record).map(([field, value]) => [field, value === null ? null : String(value)]))

/** The first rows; the file is closed again at once. */
const firstRows = async (table: Table): Promise<Pick<Batch, 'rows' | 'numbers' | 'faulty'>> => {
  for await (const batch of table.rows()) return batch
  return { rows: [], numbers: [], faulty: [] }
}

/** As a file of this layout was read before, or as its header itself suggests: the kind of which most columns are known. */
const proposed = async (db: Read, header: readonly string[], mended: Job | undefined): Promise<queries.Mapped> => {
  if (mended !== undefined) {
    const moved = Object.entries(mended.columns).flatMap(([field, column]) => {
      const at = header.indexOf(mended.header[column] ?? '')
      return at < 0 ? [] : [[field, at] as const]
    })
    return { kind: mended.kind, source: mended.source, columns: Object.fromEntries(moved) }
  }
  const saved = await queries.findMapping(db, header)
  if (saved !== undefined) return saved
  const [best] = kindIds
    .map((kind) => ({
      kind,
      columns: proposedMapping(intakeOf(kind).fields, header) as Readonly<Record<string, number>>,
    }))
    .toSorted((a, b) => Object.keys(b.columns).length - Object.keys(a.columns).length)
  return { kind: best?.kind ?? 'customers', source: '', columns: best?.columns ?? {} }
}

const ofFile = (
  { columns }: { readonly columns: Readonly<Record<string, number>> },
  header: readonly string[],
): void => {
  const faults = Object.entries(columns).flatMap(([field, column]) =>
    column < header.length
      ? []
      : [{ path: `body.columns.${field}`, code: 'column.none', message: `the file has no column ${column + 1}` }],
  )
  if (faults.length > 0) throw new Invalid('column.none', { status: 422, faults })
}

const shown = (job: Job & { readonly own: boolean }) => ({
  ...job,
  fault_kinds: Object.entries(job.fault_kinds)
    .map(([name, count]) => {
      const [field = '', code = ''] = name.split(' ')
      return { field, code, count }
    })
    .toSorted((a, b) => b.count - a.count),
})

export type Folder = { readonly pathOf: (storedAs: string) => string }

export const importRoutes = ({ pathOf }: Folder): readonly Route[] => [
  route(api.imports, async ({ db, input, actor }) =>
    (await queries.newestJobs(db, input.query)).map((job) => ({
      ...job,
      own: job.recorded_by === actor.handle,
    })),
  ),
  route(api.deliverFile, async ({ db, input, now, actor, bundle, keys }) => {
    const { file_name, stored_as, bytes, sha256, data_key, key_version } = input.body
    const { header } = await tableOf(
      keys,
      { stored_as, data_key: Buffer.from(data_key), key_version },
      pathOf(stored_as),
    )
    const { mends } = input.query
    const mended = mends === undefined ? undefined : found(await queries.findJob(db, mends))
    return insertJob(
      db,
      {
        ...(await proposed(db, header, mended)),
        file_name,
        stored_as,
        sha256: Buffer.from(sha256, 'hex'),
        bytes_total: bytes,
        controllers: bundle.mask,
        header,
        dry_run: true,
        state: 'mapped',
        mends: mends ?? null,
        data_key,
        key_version,
      },
      { now, by: actor.handle },
    )
  }),
  route(api.openImport, async ({ db, input, actor, may, keys }) => {
    const { import_id } = input.params
    const job = found(await queries.findJob(db, import_id))
    const { mended, open } = await queries.countMended(db, import_id)
    return {
      ...shown({ ...job, own: job.recorded_by === actor.handle }),
      mended,
      samples: [...openSamples(keys, job, await queries.samplesOf(db, import_id))],
      faults: [...openFaults(keys, job, await queries.firstFaults(db, import_id, shownFaults))],
      kept: may('customer-number') && job.rows_kept > 0 ? await queries.keptPeople(db, import_id) : [],
      may: {
        change: mayChange(job),
        run: mayRun(job),
        stop: mayStop(job),
        replay: mayReplay(job, open > 0),
        undo: mayUndo(job),
      },
    }
  }),
  route(api.previewImport, async ({ db, input, keys }) => {
    const job = found(await queries.findJob(db, input.params.import_id))
    must(mayChange(job), 'import.taken-in')
    const { kind, columns } = input.body
    ofFile({ columns }, job.header)
    const rules = intakeOf(kind)
    const { rows, numbers, faulty } = await firstRows(await tableOf(keys, job, pathOf(job.stored_as)))
    const raw = [
      ...rows.map((cells, i) => ({ number: numbers[i] ?? 0, cells, faults: [] as string[] })),
      ...faulty.map(({ row, cells, faults }) => ({ number: row, cells, faults: faults.map(({ code }) => code) })),
    ]
      .toSorted((a, b) => a.number - b.number)
      .slice(0, previewed)
    const read = readRows(rules, columns, raw)
    const records = new Map(read.sound.map(({ number, record }) => [number, record]))
    const faults = new Map(read.faulty.map((row) => [row.number, row.faults]))
    return {
      fields: Object.keys(rules.fields),
      proposed: proposedMapping(rules.fields, job.header) as Readonly<Record<string, number>>,
      column_faults: [...rules.columnFaults(columns)],
      rows: raw.map(({ number, cells }) => ({
        row_number: number,
        cells: [...cells],
        record: written(records.get(number)),
        faults: [...(faults.get(number) ?? [])],
      })),
    }
  }),
  route(api.mapImport, async ({ db, input, now, actor }) => {
    const { import_id } = input.params
    const job = await locked(db, import_id)
    must(mayChange(job), 'import.taken-in')
    ofFile(input.body, job.header)
    const { kind, source } = input.body
    const layout = createHash('sha256').update(job.header.join('\n')).digest('hex').slice(0, 12)
    await queries.putMapping(db, `${kind}/${source}/${layout}`, job.header, input.body, { now, by: actor.handle })
    return queries.mapJob(db, import_id, input.body)
  }),
  route(api.runImport, async ({ db, input, now }) => {
    const { import_id } = input.params
    const { dry_run } = input.body
    const job = await locked(db, import_id)
    must(mayRun(job), 'import.running')
    // What has begun to come in cannot be tried any more.
    must(job.dry_run || !dry_run, 'import.taken-in')
    if (!dry_run) await onlyOnce(db, job.kind, job.sha256)
    const missing = intakeOf(job.kind).columnFaults(job.columns)
    if (job.source === '' || missing.length > 0)
      throw new Invalid('import.columns', {
        status: 422,
        faults: [
          ...missing.map(({ field, code }) => ({ path: `columns.${field}`, code, message: code })),
          ...(job.source === '' ? [{ path: 'source', code: 'source.missing', message: 'name the sender' }] : []),
        ],
      })
    const goesOn = job.dry_run === dry_run && (job.state === 'failed' || job.state === 'stopped')
    await queries.startJob(db, import_id, dry_run, !goesOn, now)
    await queries.tellWorker(db)
    return { id: import_id }
  }),
  route(api.stopImport, async ({ db, input, now }) => {
    const job = await locked(db, input.params.import_id)
    must(mayStop(job), 'import.not-running')
    return queries.setState(db, job.id, 'stopped', now)
  }),
  route(api.dropImport, async ({ db, input, now }) => {
    const job = await locked(db, input.params.import_id)
    must(mayChange(job), 'import.taken-in')
    await queries.setState(db, job.id, 'discarded', now)
    await queries.tellWorker(db)
    return { id: job.id }
  }),
  route(api.waitingFaults, ({ db, input }) => queries.waitingByReason(db, input.query.kind, shownReasons)),
  route(api.replayFaults, async ({ db, input, now }) => {
    const job = await locked(db, input.params.import_id)
    const { open } = await queries.countMended(db, job.id)
    must(mayReplay(job, open > 0), 'import.nothing-to-replay')
    await queries.setState(db, job.id, 'replaying', now)
    await queries.tellWorker(db)
    return { id: job.id }
  }),
  route(api.undoImport, async ({ db, input, actor, because }) => {
    const job = await locked(db, input.params.import_id)
    must(mayUndo(job), 'import.not-undoable')
    await queries.startUndoing(db, job.id, actor.handle, (because ?? '').replace(/^reason:/, ''))
    await queries.tellWorker(db)
    return { id: job.id }
  }),
  route(api.takeFaults, async ({ db, input, keys }) => {
    const { format, language } = input.query
    const job = found(await queries.findJob(db, input.params.import_id))
    const pages = async function* () {
      for (let row = 0; ;) {
        const page = await queries.faultsAfter(db, job.id, row, 1_000)
        yield openFaults(keys, job, page)
        row = page.at(-1)?.row_number ?? 0
        if (page.length < 1_000) return
      }
    }
    return faultFile(job, format, language, pages())
  }),
]
