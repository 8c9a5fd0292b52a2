// CSV as Finnish spreadsheets open it: UTF-8 with its mark, semicolons, decimal commas, and no cell that becomes a formula.
import type { Writable } from 'node:stream'
import type { Delimiter } from '../table.ts'
import { type Cell, cellText, type Column, defused, type TableWriter } from './cell.ts'
import { sinkTo } from './sink.ts'

export type CsvOptions = {
  /** With `;` and tab, decimals follow a comma; with `,` a point. */
  readonly delimiter?: Delimiter
  /** The mark that tells a spreadsheet that the file is UTF-8. */
  readonly mark?: boolean
}

export const csvWriter = (stream: Writable, columns: readonly Column[], options: CsvOptions = {}): TableWriter => {
  const { delimiter = ';', mark = true } = options
  const sink = sinkTo(stream)
  const special = { ';': /[";\r\n]/, ',': /[",\r\n]/, '\t': /["\t\r\n]/ }[delimiter]
  const quoted = (text: string): string => (special.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const cellOf = (cell: Cell, column: Column): string => {
    const text = cellText(cell, column)
    if (column.type !== 'number') return quoted(defused(text))
    return delimiter === ',' ? text : text.replace('.', ',')
  }
  void sink.write(`${mark ? '\ufeff' : ''}${columns.map(({ name }) => quoted(defused(name))).join(delimiter)}\r\n`)
  return {
    write: async (rows) => {
      for (const row of rows) {
        const wait = sink.write(`${columns.map((column, i) => cellOf(row[i], column)).join(delimiter)}\r\n`)
        if (wait !== undefined) await wait
      }
    },
    end: sink.end,
  }
}
