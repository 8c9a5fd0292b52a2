// The faulty rows of an import as a table: each row as it came, its number, and all that is wrong with it. Mended, it is delivered again.
import type { Writable } from 'node:stream'
import { type CellFault, csvWriter, xlsxWriter } from '../../platform/tabular/index.ts'
import type { GivenFile } from '../../register/endpoint.ts'
import type { Language } from '../../register/vocabulary.ts'
import { faultColumns } from './rules.ts'
import { faultWords } from './fault-words.ts'
import { fieldWords } from './words.ts'

/** `Sähköposti ”ei-posti”: ei ole sähköpostiosoite. Kirjoita se muodossa nimi@esimerkki.fi.` */
export const faultSaid = ({ field, code, value }: CellFault, language: Language): string => {
  const words: Readonly<Record<string, readonly [string, string]>> = faultWords[language]
  const fields: Readonly<Record<string, string>> = fieldWords[language]
  const [what, mend] = words[code] ?? words['other'] ?? [code, '']
  return `${fields[field] ?? field}${value === '' ? '' : ` ”${value}”`}: ${what}. ${mend}`
}

type Row = { readonly row_number: number; readonly cells: readonly string[]; readonly faults: readonly CellFault[] }

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export const faultFile = (
  { file_name, header }: { readonly file_name: string; readonly header: readonly string[] },
  format: 'csv' | 'xlsx',
  language: Language,
  pages: AsyncIterable<readonly Row[]>,
): GivenFile => {
  const [row, faults] = faultColumns[language]
  // A file of faults that is faulty again keeps the numbers of the first file.
  const own = header.filter(
    (name) =>
      !Object.values(faultColumns)
        .flat()
        .some((known) => known === name),
  )
  const places = own.map((name) => header.indexOf(name))
  const numbered = header.findIndex((name) => Object.values(faultColumns).some(([known]) => known === name))
  const columns = [...own.map((name) => ({ name })), { name: row, type: 'number' as const }, { name: faults }]
  return {
    name: `${file_name.replace(/\.[^.]*$/, '')} ${faults.toLowerCase()}.${format}`,
    type: types[format],
    write: async (to) => {
      const stream = to as Writable
      const writer = format === 'csv' ? csvWriter(stream, columns) : xlsxWriter(stream, columns, { sheet: faults })
      for await (const page of pages)
        await writer.write(
          page.map(({ row_number, cells, faults: wrong }) => {
            const first = Number(cells[numbered] ?? '')
            const extra = cells.slice(header.length)
            return [
              ...places.map((place) => cells[place] ?? ''),
              Number.isSafeInteger(first) && first > 0 ? first : row_number,
              [
                ...wrong.map((each) => faultSaid(each, language)),
                ...(extra.length > 0 ? [extra.join(' ; ')] : []),
              ].join(' | '),
            ]
          }),
        )
      await writer.end()
    },
  }
}
