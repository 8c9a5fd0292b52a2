// The door of tables: CSV and XLSX of any size read and written as streams, JSON written, and cells read without guessing.

/**
 * Reading
 * - openTable(from: path | Buffer, { encoding?, delimiter?, sheet?, limits? }) → Promise<Table>; throws NotFound, Invalid with words for people
 * - table.rows(from?: Position) → AsyncIterable<{ rows: string[][], numbers, faulty, next: Position, progress }>
 *
 * Cells: a value, or a fault { code, message } told apart by isFault(value)
 * - parseDay(cell) → 'YYYY-MM-DD' · parseDecimal(cell, table.decimal?) → '1234.50' · parseInteger(cell) → number · parseBoolean(cell) → boolean
 * - tidy(cell) → text with single spaces
 *
 * Columns
 * - proposedMapping(fields, header) → which column is which field, by their names
 * - rowReader(mapping, cells) → { text, value, fault, faults }: the cells of a row by field, with every fault of the row
 *
 * Writing
 * - csvWriter(stream, columns, { delimiter?, mark? }) and xlsxWriter(stream, columns, { sheet? }) → { write(rows), end() }, both promises
 * - jsonWriter(stream, columns) → the same, for programs: an array of objects by the columns' names
 * - column: { name, type?: 'text' | 'number' | 'day' | 'instant', width? }
 * - defused(text) → text that CSV may hold without becoming a formula; undefused(text) takes that back
 */
export { type CellFault, type Fields, type Mapping, proposedMapping, type RowReader, rowReader } from './mapping.ts'
export { openTable } from './read.ts'
export { fileSource, type From, headOf, openSource, type Source } from './read/source.ts'
export {
  type Batch,
  type Delimiter,
  type Encoding,
  type FaultyRow,
  type Limits,
  type OpenOptions,
  type Position,
  type RowFault,
  type Table,
} from './table.ts'
export { isFault, parseBoolean, parseDay, parseDecimal, parseInteger, tidy, type ValueFault } from './values.ts'
export {
  type Cell,
  type Column,
  type ColumnType,
  type CsvOptions,
  csvWriter,
  defused,
  type JsonCell,
  jsonWriter,
  type TableWriter,
  undefused,
  type XlsxOptions,
  xlsxWriter,
} from './write.ts'
