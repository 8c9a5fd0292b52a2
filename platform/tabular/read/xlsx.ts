// One sheet of a workbook as a stream of batches, from a file of any size.
import { posix } from 'node:path'
import {
  type Batch,
  cellFault,
  checkedHeader,
  type FaultyRow,
  isBlank,
  type Limits,
  type OpenOptions,
  type Position,
  refusal,
  type Table,
  widthFault,
} from '../table.ts'
import { type NumberFormat, readNumberFormats } from './number-formats.ts'
import { damaged, openPackage, type Package, type Part } from './package.ts'
import { sharedStrings } from './shared-strings.ts'
import { type SheetRow, sheetReader } from './sheet.ts'
import { type From, openSource } from './source.ts'
import { readXml } from './xml.ts'

const batchRows = 1_000

type Sheet = { readonly name: string; readonly part: string; readonly hidden: boolean }
type Workbook = {
  readonly sheets: readonly Sheet[]
  readonly since1904: boolean
  readonly strings: string | undefined
  readonly styles: string | undefined
}

const notWorkbook = () =>
  refusal(
    'not-workbook',
    'the file is not an Excel workbook (.xlsx); save it as .xlsx or as CSV and bring it again',
    415,
  )

type Relation = { readonly type: string; readonly target: string }

/** What a part refers to, by id; targets are names of parts. Transitional and strict editions differ in all but the end of a type. */
const relationsOf = async (file: Package, name: string): Promise<ReadonlyMap<string, Relation>> => {
  const relations = new Map<string, Relation>()
  const folder = posix.dirname(name)
  const part = file.part(posix.join(folder, '_rels', `${posix.basename(name)}.rels`))
  if (part === undefined) return relations
  await readXml(part.text(), {
    open: (element, { Id, Type, Target }) => {
      if (element !== 'Relationship' || Id === undefined || Type === undefined || Target === undefined) return
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target)
      relations.set(Id, { type: posix.basename(Type), target })
    },
  })
  return relations
}

const readWorkbook = async (file: Package): Promise<Workbook> => {
  const main = [...(await relationsOf(file, '')).values()].find(({ type }) => type === 'officeDocument')
  const part = main === undefined ? undefined : file.part(main.target)
  if (main === undefined || part === undefined || main.target.endsWith('.bin')) throw notWorkbook()
  const relations = await relationsOf(file, main.target)
  const ofType = (wanted: string): string | undefined =>
    [...relations.values()].find(({ type }) => type === wanted)?.target
  const sheets: Sheet[] = []
  let since1904 = false
  await readXml(part.text(), {
    open: (element, attributes) => {
      if (element === 'workbookPr') since1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      if (element !== 'sheet') return
      const id = Object.keys(attributes).find((name) => name.endsWith(':id'))
      const relation = relations.get(attributes[id ?? ''] ?? '')
      if (relation?.type === 'worksheet')
        sheets.push({
          name: attributes.name ?? '',
          part: relation.target,
          hidden: (attributes.state ?? 'visible') !== 'visible',
        })
    },
  })
  if (sheets.length === 0) throw notWorkbook()
  return { sheets, since1904, strings: ofType('sharedStrings'), styles: ofType('styles') }
}

type Chosen = {
  readonly name: string
  readonly names: readonly string[]
  readonly sheet: Part
  readonly strings: Part | undefined
  readonly formats: readonly NumberFormat[]
  readonly since1904: boolean
  readonly limits: Limits
}

/** Rows in groups as the file brings them, their shared texts filled in, with the share of the sheet that has been read. */
async function* sheetRows(
  chosen: Chosen,
  from: number,
): AsyncGenerator<{ rows: readonly SheetRow[]; progress: number }> {
  const strings = sharedStrings(chosen.strings, chosen.limits.strings)
  let [rows, read]: [SheetRow[], number] = [[], 0]
  const reader = sheetReader(chosen, from, (row) => rows.push(row))

  const filled = async (): Promise<readonly SheetRow[]> => {
    for (const { cells, shared, faults } of rows)
      for (let i = 0; i < shared.length; i += 2) {
        const [column, index] = [shared[i] as number, shared[i + 1] as number]
        // Only when it must wait: awaiting each of ten million cells would take longer than reading them.
        if (index >= strings.known()) await strings.reach(index)
        const text = strings.at(index)
        cells[column] = text
        if (text.length > chosen.limits.cell) faults.push(cellFault(column, text, chosen.limits.cell))
      }
    const done = rows
    rows = []
    return done
  }

  try {
    for await (const chunk of chosen.sheet.text()) {
      reader.write(chunk)
      read += chunk.length
      if (rows.length > 0) yield { rows: await filled(), progress: Math.min(1, read / chosen.sheet.size) }
    }
    reader.end()
    if (rows.length > 0) yield { rows: await filled(), progress: 1 }
  } finally {
    await strings.close()
  }
}

/** A sheet leaves out empty cells at the end of a row, and sometimes keeps them: neither is a fault. */
const fitted = (cells: string[], width: number): string[] => {
  while (cells.length < width) cells.push('')
  while (cells.length > width && cells.at(-1) === '') cells.pop()
  return cells
}

async function* batches(chosen: Chosen, from: Position, width: number): AsyncGenerator<Batch> {
  let [rows, numbers, faulty]: [string[][], number[], FaultyRow[]] = [[], [], []]
  let [row, reached] = [from.row, 0]
  const batch = (): Batch => {
    const full = { rows, numbers, faulty, next: { row, line: 0, byte: 0 }, progress: reached }
    ;[rows, numbers, faulty] = [[], [], []]
    return full
  }
  for await (const group of sheetRows(chosen, from.row)) {
    for (const { number, cells, faults } of group.rows) {
      row = number + 1
      const fit = fitted(cells, width)
      const wide = widthFault(fit.length, width)
      if (wide !== undefined) faults.push(wide)
      if (faults.length > 0) faulty.push({ row: number, line: 0, byte: 0, cells: fit, faults })
      else if (!isBlank(fit)) {
        rows.push(fit)
        numbers.push(number)
      }
    }
    reached = group.progress
    if (rows.length + faulty.length >= batchRows) yield batch()
  }
  reached = 1
  if (rows.length + faulty.length > 0) yield batch()
}

/** The first row with any content. */
const readHeader = async (chosen: Chosen): Promise<{ cells: readonly string[]; number: number }> => {
  for await (const { rows } of sheetRows(chosen, 1))
    for (const { cells, faults, number } of rows) {
      const [fault] = faults
      if (fault !== undefined) throw refusal('header', `the header, row ${number}, cannot be read: ${fault.message}`)
      if (!isBlank(cells)) return { cells: fitted(cells, 0), number }
    }
  throw refusal('empty', `sheet "${chosen.name}" has no header: its first row must name the columns`)
}

const choose = async (file: Package, limits: Limits, wanted: string | undefined): Promise<Chosen> => {
  const { sheets, since1904, strings, styles } = await readWorkbook(file)
  const chosen =
    wanted === undefined
      ? (sheets.find(({ hidden }) => !hidden) ?? sheets[0])
      : sheets.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  const names = sheets.map(({ name }) => name)
  if (chosen === undefined)
    throw refusal(
      'no-sheet',
      `the workbook has no sheet "${wanted}"; it has ${names.map((name) => `"${name}"`).join(', ')}`,
    )
  const sheet = file.part(chosen.part)
  if (sheet === undefined) throw damaged(`sheet "${chosen.name}" is not in it`)
  return {
    name: chosen.name,
    names,
    sheet,
    strings: strings === undefined ? undefined : file.part(strings),
    formats: await readNumberFormats(styles === undefined ? undefined : file.part(styles)),
    since1904,
    limits,
  }
}

/** @throws Invalid when the file is no workbook, has no such sheet, is damaged or too large, or its header cannot be trusted */
export const openXlsx = async (from: From, limits: Limits, options: OpenOptions): Promise<Table> => {
  const file = await openPackage(from, limits)
  try {
    const chosen = await choose(file, limits, options.sheet)
    const { cells, number } = await readHeader(chosen)
    const header = checkedHeader(cells, limits.columns)
    const first = { row: number + 1, line: 0, byte: 0 }
    return {
      format: 'xlsx',
      encoding: undefined,
      delimiter: undefined,
      decimal: '.',
      sheets: chosen.names,
      header,
      first,
      open: () => openSource(from),
      rows: async function* (position = first) {
        const reopened = await openPackage(from, limits)
        try {
          yield* batches(await choose(reopened, limits, chosen.name), position, header.length)
        } finally {
          reopened.close()
        }
      },
    }
  } finally {
    file.close()
  }
}
