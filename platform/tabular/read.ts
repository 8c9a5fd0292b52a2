// Opens a table of any size as a stream, whatever of CSV and XLSX it is. For importers; they enter by index.ts.
import { openCsv } from './read/csv.ts'
import { type From, headOf, openSource } from './read/source.ts'
import { openXlsx } from './read/xlsx.ts'
import { type OpenOptions, refusal, type Table, usualLimits } from './table.ts'

const saveAgain = 'open it in a spreadsheet program and save it as .xlsx or as "CSV UTF-8"'

/** Files that people take for tables, by their first bytes. */
const noTables: readonly (readonly [beginnings: readonly string[], what: string])[] = [
  [
    ['\xd0\xcf\x11\xe0'],
    `the file is an old Excel workbook (.xls) or is protected by a password; ${saveAgain}, without a password`,
  ],
  [['%PDF'], `the file is a PDF; ask its sender for the table, or ${saveAgain}`],
  [['\x1f\x8b', '7z\xbc', 'Rar!', 'PK\x05\x06'], 'the file is an archive; take the table out of it first'],
  [['<', '\xef\xbb\xbf<'], `the file is a web page or XML, whatever its name says; ${saveAgain}`],
]

/**
 * Finds out format, encoding, delimiter and header. Nothing stays open between the readings: `rows()` opens the file anew, and closes it when the loop
 * over it ends in any way.
 * @param from path of a file, the bytes of a small one, or a source that is opened anew each time
 * @throws NotFound without the file; Invalid, with words for the person who brought it, when it is no table that can be read
 */
export const openTable = async (from: From, options: OpenOptions = {}): Promise<Table> => {
  const limits = { ...usualLimits, ...options.limits }
  const source = await openSource(from)
  try {
    if (source.size === 0) throw refusal('empty', 'the file is empty')
    const head = (await headOf(source, 512)).toString('latin1')
    if (head.startsWith('PK\x03\x04')) return await openXlsx(from, limits, options)
    for (const [beginnings, what] of noTables)
      if (beginnings.some((beginning) => head.startsWith(beginning))) throw refusal('no-table', what, 415)
    return await openCsv(from, source, limits, options)
  } finally {
    await source.close()
  }
}
