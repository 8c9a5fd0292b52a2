// JSON for programs: an array with an object a row, by the names of the columns. Days as YYYY-MM-DD, instants in UTC, decimals exact as they are.
import type { Writable } from 'node:stream'
import { type Cell, cellText, type Column } from './cell.ts'
import { sinkTo } from './sink.ts'

/** A program reads truth and lists as they are; a spreadsheet has words for them. */
export type JsonCell = Cell | boolean | readonly string[]

const valueOf = (cell: JsonCell, column: Column): string => {
  if (cell === null || cell === undefined) return 'null'
  if (typeof cell === 'boolean' || Array.isArray(cell)) return JSON.stringify(cell)
  if (cell instanceof Date) return JSON.stringify(cell.toISOString())
  const text = cellText(cell as Cell, column)
  return column.type === 'number' ? text : JSON.stringify(text)
}

export const jsonWriter = (stream: Writable, columns: readonly Column[]) => {
  const sink = sinkTo(stream)
  let begun = '['
  return {
    write: async (rows: Iterable<readonly JsonCell[]>): Promise<void> => {
      for (const row of rows) {
        const members = columns.map((column, i) => `${JSON.stringify(column.name)}:${valueOf(row[i], column)}`)
        const wait = sink.write(`${begun}\n{${members.join(',')}}`)
        begun = ','
        if (wait !== undefined) await wait
      }
    },
    end: async (): Promise<void> => {
      void sink.write(begun === '[' ? '[]\n' : '\n]\n')
      await sink.end()
    },
  }
}
