// What of an import is no row of the register yet, its file and its faulty rows, is sealed under a key of that import, which goes with them.
import type { KeyObject } from 'node:crypto'
import { isAbsolute } from 'node:path'
import { type MasterKeys, newDataKey, seal, unseal, unwrapDataKey, type WrappedKey } from '../../platform/keys.ts'
import { openSealed } from '../../platform/sealed-file.ts'
import { type CellFault, type From, openTable, type Table } from '../../platform/tabular/index.ts'
import { openMessage } from '../metering/index.ts'

export type SealedJob = {
  readonly id: number
  readonly stored_as: string
  /** Null when the import is over, and nothing of it can be opened any more. */
  readonly data_key: Buffer | null
  readonly key_version: number | null
}

export const placeOf = (storedAs: string): string => `import_job|${storedAs}`

/** For a file of the command line, which stays its owner's; what is brought to the desk comes with a key. */
export const freshKey = (keys: MasterKeys, storedAs: string): WrappedKey => {
  const { wrapped, key_version } = newDataKey(keys, placeOf(storedAs))
  return { wrapped, key_version }
}

export const keyOf = (
  keys: MasterKeys,
  { stored_as, data_key, key_version }: Omit<SealedJob, 'id'>,
): KeyObject | undefined =>
  data_key === null || key_version === null
    ? undefined
    : unwrapDataKey(keys, placeOf(stored_as), { wrapped: data_key, key_version })

/** What is no table may be a message that a chapter reads as one. @throws as `openTable` */
export const openFile = async (from: From): Promise<Table> => (await openMessage(from)) ?? openTable(from)

/** The file of an import as a table. @throws as `openTable`; Invalid when the file was altered */
export const tableOf = (keys: MasterKeys, job: Omit<SealedJob, 'id'>, path: string): Promise<Table> => {
  const key = isAbsolute(job.stored_as) ? undefined : keyOf(keys, job)
  return openFile(key === undefined ? path : { open: () => openSealed(path, key) })
}

const bound = (job: number, row: number): string => `import|${job}|${row}`

export type Content = {
  readonly cells: readonly string[]
  readonly faults?: readonly CellFault[] | undefined
  readonly fields?: readonly string[] | undefined
}

export const sealRow = (key: KeyObject, job: number, row: number, content: Content): Buffer =>
  seal(key, JSON.stringify(content), bound(job, row))

/** Rows as they were sealed. None when the key is gone. */
const opened = <R extends { readonly row_number: number; readonly content: Buffer }, C extends Content>(
  keys: MasterKeys,
  job: SealedJob,
  rows: readonly R[],
): readonly (Omit<R, 'content'> & C)[] => {
  const key = keyOf(keys, job)
  return key === undefined
    ? []
    : rows.map(({ content, ...row }) => ({
        ...row,
        ...(JSON.parse(unseal(key, content, bound(job.id, row.row_number)).toString()) as C),
      }))
}

type Row = { readonly row_number: number; readonly content: Buffer }
export const openFaults = <R extends Row>(keys: MasterKeys, job: SealedJob, rows: readonly R[]) =>
  opened<R, { readonly cells: string[]; readonly faults: CellFault[] }>(keys, job, rows)
export const openSamples = <R extends Row>(keys: MasterKeys, job: SealedJob, rows: readonly R[]) =>
  opened<R, { readonly cells: string[]; readonly fields: string[] }>(keys, job, rows)
