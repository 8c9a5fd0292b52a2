// Which column of a table is which field, and a row read by it cell by cell, so that all of its faults are told at once. Pure; for importers.
import type { Fault } from '../errors.ts'
import { isFault, tidy, type ValueFault } from './values.ts'

/** The names by which a column of each field is recognised, in small letters. */
export type Fields = Readonly<Record<string, readonly string[]>>
/** Field → column, from 0. */
export type Mapping<F extends string = string> = Readonly<Partial<Record<F, number>>>
/** `value`: what stands in the cell. */
export type CellFault = Pick<Fault, 'code'> & { readonly field: string; readonly value: string }

const folded = (name: string): string =>
  tidy(name)
    .toLowerCase()
    .replace(/[_.:-]+/g, ' ')
    .trim()

/** The mapping that the header itself suggests; a column is taken once. */
export const proposedMapping = <F extends Fields>(fields: F, header: readonly string[]): Mapping<keyof F & string> => {
  const names = header.map(folded)
  const taken = new Set<number>()
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, known]) => {
      const same = new Set(known.map(folded))
      const at = names.findIndex((name, column) => same.has(name) && !taken.has(column))
      if (at < 0) return []
      taken.add(at)
      return [[field, at]]
    }),
  ) as Mapping<keyof F & string>
}

const longest = 300

export type RowReader<F extends string> = {
  /** The tidied text of the cell; null when it is empty or the field has no column. */
  readonly text: (field: F, most?: number) => string | null
  /** What the text is read as; null, with the fault kept, when it cannot be. */
  readonly value: <T>(field: F, read: (text: string) => T | ValueFault | undefined, code?: string) => T | null
  readonly fault: (field: F, code: string) => void
  readonly faults: readonly CellFault[]
}

export const rowReader = <F extends string>(mapping: Mapping<F>, cells: readonly string[]): RowReader<F> => {
  const faults: CellFault[] = []
  const cellOf = (field: F): string => {
    const at = mapping[field]
    return at === undefined ? '' : (cells[at] ?? '')
  }
  const fault = (field: F, code: string): void => {
    faults.push({ field, code, value: cellOf(field).slice(0, longest) })
  }
  const text = (field: F, most = longest): string | null => {
    const read = tidy(cellOf(field))
    if (read.length > most && !faults.some((known) => known.field === field)) fault(field, 'text.too-long')
    return read === '' ? null : read
  }
  return {
    text,
    fault,
    faults,
    value: (field, read, code = 'value.unusable') => {
      const written = text(field)
      if (written === null) return null
      const value = read(written)
      if (value !== undefined && !isFault(value)) return value
      fault(field, isFault(value) ? value.code : code)
      return null
    },
  }
}
