// What may be written into a table, and how a cell is told from a formula. For the writers and for readers of what they wrote.

/**
 * - text: a string;
 * - number: a number, a bigint, or exact decimals as text (`1234.50`);
 * - day: `YYYY-MM-DD`;
 * - instant: a Date, written as civil time in Finland.
 */
export type ColumnType = 'text' | 'number' | 'day' | 'instant'
export type Column = {
  readonly name: string
  readonly type?: ColumnType
  /** Of a column in XLSX, in characters; by its first rows when not given. */
  readonly width?: number
}
export type Cell = string | number | bigint | Date | null | undefined

export type TableWriter = {
  /** Settles when more may be written. Rejects when the stream has failed, or when a cell is not of its column's type. */
  readonly write: (rows: Iterable<readonly Cell[]>) => Promise<void>
  /** Ends the stream too; settles when all has been taken. To give up before that, destroy the stream. */
  readonly end: () => Promise<void>
}

const civilTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Helsinki',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/**
 * The cell as plain text: decimals with a point, `2026-02-01`, `2026-02-01 13:45:00`; empty for nothing.
 * @throws TypeError when the cell is not of its column's type
 */
export const cellText = (cell: Cell, { name, type = 'text' }: Column): string => {
  if (cell === null || cell === undefined) return ''
  if (type === 'text' && typeof cell === 'string') return cell
  if (type === 'instant' && cell instanceof Date) return civilTime.format(cell)
  if (type === 'day' && typeof cell === 'string' && /^\d{4}-\d\d-\d\d$/.test(cell)) return cell
  if (type === 'number' && (typeof cell === 'bigint' || (typeof cell === 'number' && Number.isFinite(cell))))
    return String(cell)
  if (type === 'number' && typeof cell === 'string' && /^-?\d+(\.\d+)?$/.test(cell)) return cell
  throw new TypeError(
    `column "${name}" takes a ${type}, not ${cell instanceof Date ? 'a Date' : JSON.stringify(String(cell))}`,
  )
}

const formula = /^'*[=+\-@\t\r\n＝＋－＠]/
/** A sign with a plain number computes nothing: it is an amount or a telephone number, and wanted as it is. `+358-40-1` would be computed. */
const harmless = /^[+-](?:\d[\d \u00a0]*(?:[.,]\d+)?)?$/

/** Spreadsheets compute a cell of CSV that begins with such a sign, even when it is quoted; an apostrophe before it makes it text. */
export const defused = (text: string): string => (formula.test(text) && !harmless.test(text) ? `'${text}` : text)

/** The text that `defused` was given: for tables that come back, such as rows that were mended. */
export const undefused = (text: string): string => (text.startsWith("'") && formula.test(text) ? text.slice(1) : text)
