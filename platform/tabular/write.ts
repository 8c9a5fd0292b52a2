// Writes tables as streams, row by row, to a file or an answer. For exporters; they enter by index.ts.
export { type Cell, type Column, type ColumnType, defused, type TableWriter, undefused } from './write/cell.ts'
export { type CsvOptions, csvWriter } from './write/csv.ts'
export { type XlsxOptions, xlsxWriter } from './write/xlsx.ts'
export { type JsonCell, jsonWriter } from './write/json.ts'
