// Imports at work: a file from its beginning to its end, going on where a killed one stopped, and taking nothing in twice.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, isAbsolute, join } from 'node:path'
import { answer, type Route, type Serving } from '../../enforcement/serve.ts'
import type { Connection } from '../../platform/database.ts'
import type { Part } from '../../platform/intake.ts'
import { Conflict, Invalid, RegisterError } from '../../platform/errors.ts'
import { type Batch, proposedMapping, type Table } from '../../platform/tabular/index.ts'
import type { Endpoint, Output } from '../../register/endpoint.ts'
import * as batches from './batches/api.ts'
import { batchRoutes } from './batches/routes.ts'
import { type KindId, type RawRow, intakeOf } from './rules.ts'
import { openFile, tableOf } from './sealed.ts'
import * as undoing from './undoing/api.ts'
import { undoingRoutes } from './undoing/routes.ts'
import { faultWords } from './fault-words.ts'

const importer = { handle: 'system:import', staff_id: null, role: 'importer', hat: 'group' } as const
const login = 'importer.supply.group'
const noSession = { token: undefined, userAgent: '', set: () => undefined, clear: () => undefined }
const steps = [...batchRoutes, ...undoingRoutes]

type Waiting = Output<typeof batches.waitingImports>[number]
type Counts = Output<typeof batches.endImport>
export type Progress = Counts & { readonly job: number; readonly resumed: boolean }

const ask = async <E extends Endpoint>(serving: Serving, endpoint: E, body?: object): Promise<Output<E>> => {
  const route = steps.find((each): each is Route => each.endpoint.action === endpoint.action) as Route
  const { job_id } = (body ?? {}) as { job_id?: number }
  return (await answer(serving, route, importer, {
    params: {},
    query: {},
    body,
    because: `task:${job_id === undefined ? randomUUID() : `import-${job_id}`}`,
    session: noSession,
  })) as Output<E>
}

/** One process works on an import at a time; the others leave it alone. Let go by PostgreSQL itself when the process dies. */
const alone = async <T>(connection: Connection, job: number, work: () => Promise<T>): Promise<T | undefined> => {
  const { rows } = await connection.query<{ mine: boolean }>('select pg_try_advisory_lock(4710010, $1) as mine', [job])
  if (rows[0]?.mine !== true) return undefined
  try {
    return await work()
  } finally {
    await connection.query('select pg_advisory_unlock(4710010, $1)', [job])
  }
}

const enough = 2_000

const rawRows = ({ rows, numbers, faulty }: Batch): readonly RawRow[] => {
  const sound = rows.map((cells, i): RawRow => ({ number: numbers[i] ?? 0, cells, faults: [] }))
  if (faulty.length === 0) return sound
  const broken = faulty.map(({ row, cells, faults }): RawRow => ({
    number: row,
    cells,
    faults: faults.map(({ code }) => code),
  }))
  return [...sound, ...broken].toSorted((a, b) => a.number - b.number)
}

/** Batches of the table put together until they are worth a transaction. */
const gathered = async function* (batchesOf: AsyncIterable<Batch>) {
  let rows: RawRow[] = []
  let last: Batch | undefined
  for await (const batch of batchesOf) {
    rows.push(...rawRows(batch))
    last = batch
    if (rows.length < enough) continue
    yield { rows, next: batch.next, progress: batch.progress }
    rows = []
  }
  if (last !== undefined && rows.length > 0) yield { rows, next: last.next, progress: last.progress }
}

async function* inParts(parts: AsyncIterable<Part<unknown>>) {
  for await (const part of parts) yield { part, next: part.next, progress: part.progress }
}

/** Reads one further while the last is being taken in: the one is work of this process, the other of the database. */
async function* ahead<T>(all: AsyncIterable<T>): AsyncGenerator<T> {
  const each = all[Symbol.asyncIterator]()
  try {
    let next = each.next()
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = each.next()
      // It may fail while nobody waits for it yet.
      next.catch(() => undefined)
      yield value
    }
  } finally {
    await each.return?.()
  }
}

const through = async (
  serving: Serving,
  job: Waiting,
  table: Table,
  resumed: boolean,
  progress: (now: Progress) => void,
): Promise<Counts> => {
  const from = job.position ?? table.first
  // What mends another has a column more than the form.
  const parts = job.mends === null ? intakeOf(job.kind).bulk?.partsOf(table, job.columns) : undefined
  for await (const batch of parts === undefined ? gathered(table.rows(from)) : ahead(inParts(parts(from)))) {
    const counts = await ask(serving, batches.takeInBatch[job.kind as KindId], { job_id: job.id, ...batch })
    progress({ ...counts, job: job.id, resumed })
  }
  return ask(serving, batches.endImport, { job_id: job.id, from: 'running', state: 'done', failure: null })
}

/** The faulty rows that were kept, once more. */
const replayAll = async (serving: Serving, { id, kind }: Waiting, ended: () => boolean): Promise<void> => {
  for (let after = 0; ;) {
    if (ended()) return
    const { last } = await ask(serving, batches.takeInAgain[kind as KindId], { job_id: id, after })
    if (last === null) break
    after = last
  }
  await ask(serving, batches.endImport, { job_id: id, from: 'replaying', state: 'done', failure: null })
}

const digestOf = async (file: string): Promise<Buffer> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest()
}

export type FileOf = {
  readonly file: string
  /** The sender's name: with the row's key it tells a re-delivery from something new. */
  readonly source: string
  readonly dryRun: boolean
  readonly kind?: KindId
  readonly mapping?: Readonly<Record<string, number>>
  /** Columns by their names in the header, over what the header itself suggests. */
  readonly named?: Readonly<Record<string, string>>
  /** Id of the legal entity whose rows these are; all of the group when not given. */
  readonly controller?: string | undefined
}

const columnsNamed = (
  named: Readonly<Record<string, string>>,
  fields: readonly string[],
  header: readonly string[],
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(named).map(([field, name]) => {
      if (!fields.includes(field))
        throw new Invalid('import.columns', {
          status: 422,
          detail: `there is no field ${field}; the fields are ${fields.join(', ')}`,
        })
      const at = header.indexOf(name)
      if (at < 0)
        throw new Invalid('import.columns', {
          status: 422,
          detail: `the header has no column ${name}; it has: ${header.join(', ')}`,
        })
      return [field, at]
    }),
  )

/**
 * Takes a file in. A dry run reads, checks and counts everything, and keeps the faults, but changes nothing.
 * @throws Invalid when the file cannot be read as a table or its columns cannot be recognised; Conflict while another process works on it.
 */
export const importFile = async (
  serving: Serving,
  { file, source, dryRun, kind = 'customers', mapping, named = {}, controller }: FileOf,
  progress: (now: Progress) => void = () => undefined,
): Promise<Progress> => {
  const known = serving.register.description.controllers.find(({ id }) => id === controller)
  if (controller !== undefined && known === undefined)
    throw new Invalid('import.controller', {
      detail: `there is no ${controller}; give one of ${serving.register.description.controllers.map(({ id }) => id).join(', ')}`,
    })
  const table = await openFile(file)
  const rules = intakeOf(kind)
  const columns = mapping ?? {
    ...(proposedMapping(rules.fields, table.header) as Readonly<Record<string, number>>),
    ...columnsNamed(named, Object.keys(rules.fields), table.header),
  }
  const missing = rules.columnFaults(columns)
  if (missing.length > 0)
    throw new Invalid('import.columns', {
      status: 422,
      detail: `${missing.map(({ field, code }) => `${field}: ${faultWords.en[code]?.[0] ?? code}`).join('; ')}. The header has: ${table.header.join(', ')}`,
    })
  const { resumed, ...job } = await ask(serving, batches.beginImport, {
    kind,
    file_name: basename(file),
    sha256: await digestOf(file),
    stored_as: file,
    header: table.header,
    columns,
    dry_run: dryRun,
    bytes_total: (await stat(file)).size,
    source,
    ...(known === undefined ? {} : { controllers: known.bit }),
  })
  const connection = await serving.register.pool(login).connect()
  const counts = await alone(connection, job.id, () => through(serving, job, table, resumed, progress)).finally(() =>
    connection.release(),
  )
  if (counts === undefined) throw new Conflict('import.running', { detail: `import ${job.id} runs in another process` })
  return { ...counts, job: job.id, resumed }
}

const halves = <T>(all: readonly T[]): readonly (readonly T[])[] => {
  const half = Math.ceil(all.length / 2)
  return [all.slice(0, half), all.slice(half)]
}
const refers = ({ code }: RegisterError): boolean => code === 'row.refers-to-nothing' || code.endsWith('.overlaps')

/** Where something stands on one of many, the many are halved until it is found: that one is left. */
const undoPeople = async (serving: Serving, job_id: number, people: readonly number[]): Promise<void> => {
  try {
    await ask(serving, undoing.undoSome, { job_id, people })
  } catch (error) {
    if (!(error instanceof RegisterError && refers(error))) throw error
    if (people.length === 1) await ask(serving, undoing.keepSome, { job_id, people })
    else for (const half of halves(people)) await undoPeople(serving, job_id, half)
  }
}

/** Homes and points that lead to nobody: what is in use by now stays. */
const undoPlaces = async (
  serving: Serving,
  job_id: number,
  of: 'points' | 'sites',
  ids: readonly number[],
): Promise<void> => {
  try {
    await ask(serving, undoing.undoPlaces, { job_id, of, ids })
  } catch (error) {
    if (!(error instanceof RegisterError && refers(error))) throw error
    if (ids.length > 1) for (const half of halves(ids)) await undoPlaces(serving, job_id, of, half)
  }
}

const undoAll = async (serving: Serving, { id: job_id, kind }: Waiting, ended: () => boolean): Promise<void> => {
  while (kind === 'consumption') {
    if (ended()) return
    const { left } = await ask(serving, undoing.undoDays, { job_id })
    if (left === 0) break
  }
  for (;;) {
    if (ended()) return
    const people = await ask(serving, undoing.leftToUndo, { job_id })
    if (people.length === 0) break
    await undoPeople(serving, job_id, people)
  }
  for (const places of ['points', 'sites'] as const)
    for (let after = 0; ;) {
      if (ended()) return
      const ids = await ask(serving, undoing.placesLeft, { job_id, of: places, after })
      if (ids.length === 0) break
      await undoPlaces(serving, job_id, places, ids)
      after = ids.at(-1) ?? 0
    }
  await ask(serving, batches.endImport, { job_id, from: 'undoing', state: 'undone', failure: null })
}

/** Where the files of the desk lie, and the one worker of this process that takes them in. */
export type Imports = {
  readonly pathOf: (storedAs: string) => string
  /** Settles when nothing waits any more. */
  readonly idle: () => Promise<void>
  /** Ends after the batch at hand; the next start goes on. */
  readonly stop: () => Promise<void>
}

/** A file that was brought and never taken in is forgotten after these days. */
const keptDays = 14
const hour = 3_600_000

/** Files that no import needs: what a killed process was receiving, or had taken in and not yet removed. */
const sweep = async (folder: string, needed: ReadonlySet<string>): Promise<void> => {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path)
    // Another process may be receiving it just now.
    if (!needed.has(name) && Date.now() - mtimeMs > hour) await rm(path, { force: true })
  }
}

const stopping = Symbol('stopping')

const failureOf = (error: unknown): string => (error instanceof RegisterError ? error.code : 'internal')

/**
 * Goes on with what an earlier process left, and then with what the desk asks for: told by `notify` when the asking is committed.
 * @param failed hears of what went wrong; the import itself says so to those who tend it
 */
export const openImports = async (
  serving: Serving,
  folder: string,
  failed: (error: unknown) => void,
  /** Milliseconds before what could not be is tried again. */
  pause = 5_000,
): Promise<Imports> => {
  const pathOf = (storedAs: string): string => (isAbsolute(storedAs) ? storedAs : join(folder, storedAs))
  let [asked, ended] = [false, false]
  let working: Promise<void> = Promise.resolve()
  let connection: Connection | undefined

  const work = async (job: Waiting): Promise<void> => {
    const path = pathOf(job.stored_as)
    if (job.state === 'undoing') return undoAll(serving, job, () => ended)
    if (job.state === 'replaying') return replayAll(serving, job, () => ended)
    if (job.state === 'discarded') {
      await ask(serving, batches.discardImport, { job_id: job.id })
      return rm(path, { force: true })
    }
    await through(serving, job, await tableOf(serving.register.keys, job, path), true, () => {
      if (ended) throw stopping
    })
    // Its rows are in the register, and the faulty ones among the faults: the file itself is needed no more.
    if (!job.dry_run) await rm(path, { force: true })
  }

  const attempt = async (job: Waiting): Promise<void> => {
    try {
      if (connection !== undefined) await alone(connection, job.id, () => work(job))
    } catch (error) {
      // Stopped by a person, or by the end of this process.
      if (error === stopping || (error instanceof RegisterError && error.code === 'import.not-running')) return
      failed(error)
      // While the database is away, or the access log is full, nothing can be told: it goes on from where it was after a while.
      if (error instanceof RegisterError && error.status === 503) {
        if (!ended) setTimeout(wake, pause).unref()
        return
      }
      const failure = failureOf(error)
      // Its file came in whole: what failed is only the new try of its faults.
      const state = job.state === 'replaying' ? 'done' : 'failed'
      await ask(serving, batches.endImport, { job_id: job.id, from: job.state, state, failure }).catch(failed)
    }
  }

  const round = async (): Promise<void> => {
    while (asked && !ended) {
      asked = false
      // A file of the command line is the command line's to go on with; what needs no file any more is anyone's.
      const waiting = (await ask(serving, batches.waitingImports)).filter(
        ({ stored_as, state }) => !isAbsolute(stored_as) || state === 'undoing' || state === 'replaying',
      )
      for (const job of waiting) if (!ended) await attempt(job)
    }
  }

  const wake = (): void => {
    asked = true
    working = working.then(round).catch(failed)
  }

  /** The connection that hears, and that holds the locks: while it is broken nothing is begun. */
  const listen = async (): Promise<void> => {
    const made = await serving.register.pool(login).connect()
    // Stopped while it was being made: nobody would give it back.
    if (ended) return made.release(true)
    made.on('notification', wake)
    made.once('error', () => {
      connection = undefined
      made.release(true)
      if (!ended) setTimeout(() => void listen().catch(failed), pause).unref()
    })
    await made.query('listen imports')
    connection = made
    wake()
  }

  await ask(serving, batches.tidyImports, { keep_days: keptDays })
  await sweep(folder, new Set((await ask(serving, batches.neededFiles)).map(({ stored_as }) => stored_as)))
  await listen()
  return {
    pathOf,
    idle: () => working,
    stop: async () => {
      ended = true
      await working
      connection?.release(true)
      connection = undefined
    },
  }
}
