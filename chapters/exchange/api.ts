// What can be asked of imports by those who tend them: a file delivered, its columns chosen, tried, taken in, its faults taken home, and all of it undone.
import { z } from 'zod'
import { type BroughtFile, endpoint, type GivenFile } from '../../register/endpoint.ts'

export { faultWords } from './fault-words.ts'
export { fieldWords } from './words.ts'

export const kinds = [
  'customers',
  'sites',
  'contracts',
  'contacts',
  'spot-prices',
  'consumption',
  'heat-registers',
] as const
export const states = [
  'mapped',
  'running',
  'done',
  'failed',
  'stopped',
  'replaying',
  'undoing',
  'undone',
  'discarded',
] as const
/** Bytes of the largest file: some ten million rows. */
export const largestFile = 1024 ** 3

const id = z.number().int().positive()
const ofImport = z.object({ import_id: id })
const clerks = ['market-exchange'] as const
const columns = z.record(z.string().max(60), z.number().int().min(0).max(999))
const source = z.string().trim().min(1).max(60)

export const importJob = z.object({
  id,
  kind: z.enum(kinds),
  file_name: z.string(),
  source: z.string(),
  state: z.enum(states),
  /** Nothing has come in yet: what is counted is what would. */
  dry_run: z.boolean(),
  /** The import whose faults this file mends. */
  mends: id.nullable(),
  /** A handle (`staff:12`, `system:import`), and whether it is the caller's own. */
  recorded_by: z.string(),
  own: z.boolean(),
  recorded_at: z.string(),
  ended_at: z.string().nullable(),
  failure: z.string().nullable(),
  bytes_total: z.number(),
  bytes_read: z.number(),
  rows_read: z.number(),
  rows_new: z.number(),
  rows_changed: z.number(),
  rows_same: z.number(),
  rows_faulty: z.number(),
  rows_undone: z.number(),
  rows_kept: z.number(),
  undo_reason: z.string().nullable(),
})

const fault = z.object({ field: z.string(), code: z.string(), value: z.string() })

export const imports = endpoint({
  method: 'GET',
  path: '/api/imports',
  action: 'see the imports',
  label: { fi: 'tuontien katselu', sv: 'se importerna' },
  purposes: clerks,
  reads: ['import-row'],
  takes: {
    query: z.strictObject({ before: z.coerce.number().int().positive().optional(), kind: z.enum(kinds).optional() }),
  },
  /** A hundred, the newest first. */
  gives: z.array(importJob),
  next(rows) {
    const last = rows.at(-1)
    return last && { before: last.id }
  },
})

export const deliverFile = endpoint({
  method: 'POST',
  path: '/api/imports',
  action: 'deliver a file',
  label: { fi: 'tiedoston toimittaminen', sv: 'lämna en fil' },
  purposes: clerks,
  reads: ['import-row'],
  writes: ['import-row'],
  takesFile: { most: largestFile },
  takes: {
    query: z.strictObject({ mends: z.coerce.number().int().positive().optional() }),
    body: z.custom<BroughtFile>((value) => typeof value === 'object' && value !== null),
  },
  gives: z.object({ id }),
})

export const openImport = endpoint({
  method: 'GET',
  path: '/api/imports/:import_id',
  action: 'open an import',
  label: { fi: 'tuonnin avaaminen', sv: 'öppna en import' },
  purposes: clerks,
  reads: ['import-row'],
  readsIfPermitted: ['customer-number'],
  takes: { params: ofImport },
  gives: importJob.extend({
    header: z.array(z.string()),
    columns: z.record(z.string(), z.number()),
    fault_kinds: z.array(z.object({ field: z.string(), code: z.string(), count: z.number() })),
    mended: z.number(),
    /** Some rows as examples of what becomes of the file. */
    samples: z.array(
      z.object({
        row_number: z.number(),
        outcome: z.enum(['new', 'changed', 'same']),
        cells: z.array(z.string()),
        fields: z.array(z.string()),
      }),
    ),
    /** The first faulty rows; all of them come as a file. */
    faults: z.array(z.object({ row_number: z.number(), faults: z.array(fault), mended_at: z.string().nullable() })),
    /** Whom an undoing has left as they are, because something newer rests on them. */
    kept: z.array(z.object({ customer_id: z.number(), number: z.string(), kept: z.string() })),
    may: z.object({
      change: z.boolean(),
      run: z.boolean(),
      stop: z.boolean(),
      replay: z.boolean(),
      undo: z.boolean(),
    }),
  }),
})

const mapping = z.strictObject({ kind: z.enum(kinds), columns })

/** The first rows of the file, and what each would become by these columns. */
export const previewImport = endpoint({
  method: 'POST',
  path: '/api/imports/:import_id/preview',
  action: 'preview an import',
  label: { fi: 'tuonnin esikatselu', sv: 'förhandsgranska en import' },
  purposes: clerks,
  reads: ['import-row'],
  takes: { params: ofImport, body: mapping },
  gives: z.object({
    fields: z.array(z.string()),
    /** What the header itself suggests for this kind. */
    proposed: z.record(z.string(), z.number()),
    column_faults: z.array(fault),
    rows: z.array(
      z.object({
        row_number: z.number(),
        cells: z.array(z.string()),
        record: z.record(z.string(), z.string().nullable()).nullable(),
        faults: z.array(fault),
      }),
    ),
  }),
})

/** Kept for the next file of the same layout as well. */
export const mapImport = endpoint({
  method: 'PUT',
  path: '/api/imports/:import_id/columns',
  action: 'choose the columns of an import',
  label: { fi: 'tuonnin sarakkeiden valitseminen', sv: 'välja kolumnerna i en import' },
  purposes: clerks,
  reads: ['import-row'],
  writes: ['import-row'],
  takes: { params: ofImport, body: mapping.extend({ source }) },
  gives: z.object({ id }),
})

export const runImport = endpoint({
  method: 'POST',
  path: '/api/imports/:import_id/run',
  action: 'run an import',
  label: { fi: 'tuonnin ajaminen', sv: 'köra en import' },
  purposes: clerks,
  reads: ['import-row'],
  writes: ['import-row'],
  takes: { params: ofImport, body: z.strictObject({ dry_run: z.boolean() }) },
  gives: z.object({ id }),
})

export const stopImport = endpoint({
  method: 'POST',
  path: '/api/imports/:import_id/stopping',
  action: 'stop an import',
  label: { fi: 'tuonnin pysäyttäminen', sv: 'stoppa en import' },
  purposes: clerks,
  reads: ['import-row'],
  writes: ['import-row'],
  takes: { params: ofImport },
  gives: z.object({ id }),
})

/** Of a file that nothing was taken in of. */
export const dropImport = endpoint({
  method: 'DELETE',
  path: '/api/imports/:import_id',
  action: 'drop a delivered file',
  label: { fi: 'toimitetun tiedoston hylkääminen', sv: 'förkasta en lämnad fil' },
  purposes: clerks,
  reads: ['import-row'],
  writes: ['import-row'],
  takes: { params: ofImport },
  gives: z.object({ id }),
})

/** What waits to be mended, by import and by what is wrong first of each row; the most first, two hundred of them. */
export const waitingFaults = endpoint({
  method: 'GET',
  path: '/api/import-faults',
  action: 'see which faulty rows wait',
  label: { fi: 'odottavien virheellisten rivien katselu', sv: 'se vilka felaktiga rader som väntar' },
  purposes: clerks,
  reads: ['import-row'],
  takes: { query: z.strictObject({ kind: z.enum(kinds).optional() }) },
  gives: z.array(
    z.object({
      job_id: id,
      file_name: z.string(),
      source: z.string(),
      state: z.enum(states),
      reason: z.string(),
      rows: z.number().int(),
      /** Of those whose point is known. */
      points: z.number().int(),
      first_day: z.string().nullable(),
      last_day: z.string().nullable(),
    }),
  ),
})

/** Its faulty rows once more, as they came: the point has been added, or the fuse put right. What passes is mended. */
export const replayFaults = endpoint({
  method: 'POST',
  path: '/api/imports/:import_id/replay',
  action: 'take the faulty rows of an import in again',
  label: { fi: 'tuonnin virheellisten rivien ottaminen uudelleen', sv: 'ta in felaktiga rader i en import på nytt' },
  purposes: clerks,
  reads: ['import-row'],
  writes: ['import-row'],
  takes: { params: ofImport },
  gives: z.object({ id }),
})

export const undoImport = endpoint({
  method: 'POST',
  path: '/api/imports/:import_id/undoing',
  action: 'undo an import',
  label: { fi: 'tuonnin kumoaminen', sv: 'ångra en import' },
  purposes: clerks,
  reads: ['import-row'],
  writes: ['import-row'],
  asksWhy: true,
  takes: { params: ofImport },
  gives: z.object({ id }),
})

/** The faulty rows whole, with every fault of each: to be mended and delivered again. */
export const takeFaults = endpoint({
  method: 'GET',
  path: '/api/imports/:import_id/faults',
  action: 'take the faults of an import home',
  label: { fi: 'tuonnin virheiden lataaminen', sv: 'hämta hem felen i en import' },
  purposes: clerks,
  reads: ['import-row'],
  strict: true,
  givesFile: true,
  takes: {
    params: ofImport,
    query: z.strictObject({ format: z.enum(['csv', 'xlsx']), language: z.enum(['fi', 'sv', 'en']) }),
  },
  gives: z.custom<GivenFile>((value) => typeof value === 'object' && value !== null),
})
