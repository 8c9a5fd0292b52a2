// The steps of an import, taken by the machinery in the name of the importer: batch by batch, each whole or not at all.
import { z } from 'zod'
import { type Endpoint, endpoint } from '../../../register/endpoint.ts'
import type { Category, Published } from '../../../register/vocabulary.ts'
import type { Part } from '../../../platform/intake.ts'
import type { RawRow, State } from '../rules.ts'

/** Checked where it is made, thousands of rows at a time: not parsed a second time. */
const made = <T extends object>() => z.custom<T>((value) => typeof value === 'object' && value !== null)

export type Place = { readonly row: number; readonly line: number; readonly byte: number }

export type Beginning = {
  readonly kind: string
  readonly file_name: string
  readonly sha256: Buffer
  readonly stored_as: string
  readonly header: readonly string[]
  readonly columns: Readonly<Record<string, number>>
  readonly dry_run: boolean
  readonly bytes_total: number
  readonly source: string
  /** Bits of the legal entities whose customers these are; all that the importer serves when not given. */
  readonly controllers?: number
}
type Batch = {
  readonly job_id: number
  readonly next: Place
  /** How much of the file has been read, 0 to 1. */
  readonly progress: number
}
export type BatchOfRows = Batch & { readonly rows: readonly RawRow[] }
/** What the chapter itself has read of the bytes. */
export type BatchOfBytes = Batch & { readonly part: Part<unknown> }

const job = z.object({ job_id: z.number() })
export const counts = z.object({
  rows_read: z.number(),
  rows_new: z.number(),
  rows_changed: z.number(),
  rows_same: z.number(),
  rows_faulty: z.number(),
  bytes_read: z.number(),
  bytes_total: z.number(),
  state: z.custom<State>((value) => typeof value === 'string'),
})

const waiting = counts.extend({
  id: z.number(),
  kind: z.string(),
  dry_run: z.boolean(),
  stored_as: z.string(),
  header: z.array(z.string()).readonly(),
  columns: z.custom<Readonly<Record<string, number>>>(),
  mends: z.number().nullable(),
  position: z.custom<Place | null>(),
  data_key: z.custom<Buffer | null>(),
  key_version: z.number().nullable(),
})

export const beginImport = endpoint({
  method: 'POST',
  path: '/api/imports/begin',
  action: 'begin an import',
  label: { fi: 'tuonnin aloittaminen', sv: 'börja en import' },
  purposes: ['supply'],
  reads: ['import-row'],
  writes: ['import-row'],
  takes: { body: made<Beginning>() },
  gives: waiting.extend({ resumed: z.boolean() }),
})

/** Imports that are to go on, to be undone or to be thrown away, the oldest first. */
export const waitingImports = endpoint({
  method: 'GET',
  path: '/api/imports/waiting',
  action: 'see which imports wait',
  label: { fi: 'odottavien tuontien katselu', sv: 'se vilka importer som väntar' },
  purposes: ['supply'],
  reads: ['import-row'],
  takes: {},
  gives: z.array(waiting),
})

const party: readonly Category[] = [
  'customer-number',
  'customer-status',
  'name',
  'identity-code',
  'birth-date',
  'business-id',
  'contact-details',
  'postal-address',
  'subject-key',
]
const named: readonly Category[] = ['customer-number', 'customer-status', 'import-row']

type Touched = {
  readonly reads: readonly Category[]
  readonly writes: readonly Category[]
  readonly deletes: readonly Category[]
  readonly publishes?: readonly Published[]
}

const batch = (kind: string, label: Endpoint['label'], touched: Touched) =>
  endpoint({
    method: 'POST',
    path: `/api/imports/batch/${kind}`,
    action: `take in a batch of ${kind}`,
    label,
    purposes: ['supply'],
    ...touched,
    takes: { body: made<BatchOfRows | BatchOfBytes>() },
    gives: counts,
  })

/** Of each kind on its own, so that the access log says what was written and no more. */
export const takeInBatch = {
  customers: batch(
    'customers',
    { fi: 'asiakaserän ottaminen sisään', sv: 'ta in en omgång kunder' },
    {
      reads: [...party, 'import-row'],
      writes: [...party, 'import-row'],
      deletes: ['name', 'contact-details', 'postal-address', 'import-row'],
    },
  ),
  sites: batch(
    'sites',
    { fi: 'käyttöpaikkaerän ottaminen sisään', sv: 'ta in en omgång driftställen' },
    {
      reads: [...named, 'site-address', 'accounting-point', 'occupancy'],
      writes: ['site-address', 'accounting-point', 'occupancy', 'protection-order', 'import-row'],
      deletes: ['import-row'],
    },
  ),
  contracts: batch(
    'contracts',
    { fi: 'sopimuserän ottaminen sisään', sv: 'ta in en omgång avtal' },
    {
      reads: [...named, 'accounting-point', 'contract'],
      writes: ['contract', 'import-row'],
      deletes: ['import-row'],
    },
  ),
  contacts: batch(
    'contacts',
    { fi: 'yhteydenottoerän ottaminen sisään', sv: 'ta in en omgång kontakter' },
    {
      reads: [...named, 'subject-key', 'contact-event', 'contact-content'],
      writes: ['subject-key', 'contact-event', 'contact-content', 'import-row'],
      deletes: ['import-row'],
    },
  ),
  'spot-prices': batch(
    'spot-prices',
    { fi: 'pörssihintaerän ottaminen sisään', sv: 'ta in en omgång spotpriser' },
    { reads: ['import-row'], writes: ['import-row'], deletes: ['import-row'], publishes: ['spot-prices'] },
  ),
  consumption: batch(
    'consumption',
    { fi: 'kulutuserän ottaminen sisään', sv: 'ta in en omgång förbrukning' },
    {
      reads: ['accounting-point', 'consumption', 'import-row'],
      writes: ['consumption', 'import-row'],
      deletes: ['import-row'],
    },
  ),
  'heat-registers': batch(
    'heat-registers',
    { fi: 'lämpömittarilukemaerän ottaminen sisään', sv: 'ta in en omgång ställningar från värmemätare' },
    {
      reads: ['accounting-point', 'meter', 'consumption', 'import-row'],
      // Points are held while their readings come in.
      writes: ['accounting-point', 'consumption', 'import-row'],
      deletes: ['import-row'],
    },
  ),
  'meter-readings': batch(
    'meter-readings',
    { fi: 'mittarilukemaerän ottaminen sisään', sv: 'ta in en omgång mätarställningar' },
    { reads: ['meter', 'import-row'], writes: ['meter', 'import-row'], deletes: ['import-row'] },
  ),
  'degree-days': batch(
    'degree-days',
    { fi: 'lämmitystarvelukuerän ottaminen sisään', sv: 'ta in en omgång graddagstal' },
    { reads: ['import-row'], writes: ['import-row'], deletes: ['import-row'], publishes: ['weather'] },
  ),
  temperatures: batch(
    'temperatures',
    { fi: 'lämpötilaerän ottaminen sisään', sv: 'ta in en omgång temperaturer' },
    { reads: ['import-row'], writes: ['import-row'], deletes: ['import-row'], publishes: ['weather'] },
  ),
  'weather-areas': batch(
    'weather-areas',
    { fi: 'sääaluerivien ottaminen sisään', sv: 'ta in en omgång väderområden' },
    { reads: ['import-row'], writes: ['import-row'], deletes: ['import-row'], publishes: ['weather'] },
  ),
} as const

/** `after`: the last faulty row that was tried already. */
export type FaultsAgain = { readonly job_id: number; readonly after: number }

const again = (kind: string, { reads, writes = [], deletes = [], publishes }: Endpoint) =>
  endpoint({
    method: 'POST',
    path: `/api/imports/replay/${kind}`,
    action: `take in faulty rows of ${kind} again`,
    label: {
      fi: `virheellisten rivien ottaminen uudelleen (${kind})`,
      sv: `ta in felaktiga rader på nytt (${kind})`,
    },
    purposes: ['supply'],
    reads,
    writes,
    deletes,
    ...(publishes === undefined ? {} : { publishes }),
    takes: { body: made<FaultsAgain>() },
    /** The last row that was looked at; null when none is left. */
    gives: z.object({ last: z.number().nullable(), passed: z.number() }),
  })

/** Faulty rows of each kind once more, when what was wrong around them has been put right. */
export const takeInAgain = Object.fromEntries(
  Object.entries(takeInBatch).map(([kind, of]) => [kind, again(kind, of)]),
) as { readonly [K in keyof typeof takeInBatch]: ReturnType<typeof again> }

export const endImport = endpoint({
  method: 'POST',
  path: '/api/imports/end',
  action: 'end an import',
  label: { fi: 'tuonnin päättäminen', sv: 'avsluta en import' },
  purposes: ['supply'],
  reads: ['import-row'],
  writes: ['import-row'],
  takes: {
    body: made<{
      readonly job_id: number
      readonly from: State
      readonly state: 'done' | 'failed' | 'undone'
      readonly failure: string | null
    }>(),
  },
  gives: counts,
})

/** Files that were brought long ago and never taken in are thrown away. */
export const tidyImports = endpoint({
  method: 'POST',
  path: '/api/imports/tidying',
  action: 'throw away what was never taken in',
  label: { fi: 'sisään ottamattoman hävittäminen', sv: 'kasta det som aldrig togs in' },
  purposes: ['supply'],
  reads: ['import-row'],
  writes: ['import-row'],
  takes: { body: z.object({ keep_days: z.number() }) },
  gives: z.array(z.object({ id: z.number() })),
})

export const neededFiles = endpoint({
  method: 'GET',
  path: '/api/imports/files',
  action: 'see which files imports need',
  label: { fi: 'tuontien tarvitsemien tiedostojen katselu', sv: 'se vilka filer importerna behöver' },
  purposes: ['supply'],
  reads: ['import-row'],
  takes: {},
  gives: z.array(z.object({ stored_as: z.string() })),
})

/** A file that nothing was taken in of leaves nothing behind. */
export const discardImport = endpoint({
  method: 'POST',
  path: '/api/imports/discarding',
  action: 'throw an import away',
  label: { fi: 'tuonnin hävittäminen', sv: 'kasta en import' },
  purposes: ['supply'],
  reads: ['import-row'],
  writes: ['import-row'],
  deletes: ['import-row'],
  takes: { body: job },
  gives: job,
})
