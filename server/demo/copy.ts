// Rows as PostgreSQL's COPY reads them in text, and the streams that carry them.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

export type Cell = string | number | boolean | null | Buffer | readonly string[]

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const escaped = (text: string) =>
  /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (found) => escapes[found] as string) : text

const cell = (value: Cell): string => {
  if (value === null) return '\\N'
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  return escaped(`{${(value as readonly string[]).map((one) => `"${one.replace(/["\\]/g, '\\$&')}"`).join(',')}}`)
}

export type Columns = Readonly<Record<string, readonly string[]>>

/** Rows of several tables, kept until they are written table by table in the order of `columns`, so that references find what they name. */
export const copier = (columns: Columns) => {
  let kept = new Map<string, string[]>()
  return {
    put: (table: string, ...cells: readonly Cell[]): void => {
      const rows = kept.get(table) ?? []
      if (rows.length === 0) kept.set(table, rows)
      rows.push(`${cells.map(cell).join('\t')}\n`)
    },
    /** Returns the number of rows written. */
    write: async (client: pg.ClientBase): Promise<number> => {
      let count = 0
      for (const [table, names] of Object.entries(columns)) {
        const rows = kept.get(table)
        if (rows === undefined) continue
        count += rows.length
        await pipeline(
          Readable.from([rows.join('')]),
          client.query(copyFrom(`copy ${table} (${names.join(', ')}) from stdin`)),
        )
      }
      kept = new Map()
      return count
    },
  }
}
