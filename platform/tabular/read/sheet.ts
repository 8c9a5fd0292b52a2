// The rows of one sheet as its XML comes in. For the workbook reader.
import { cellFault, type Limits, type RowFault } from '../table.ts'
import { type NumberFormat, numberText } from './number-formats.ts'
import { damaged } from './package.ts'
import { unescaped } from './shared-strings.ts'
import { type XmlReader, xmlReader } from './xml.ts'

export type SheetRow = {
  readonly number: number
  readonly cells: string[]
  readonly faults: RowFault[]
  /** Columns whose text is shared, each followed by the number of that text. */
  readonly shared: number[]
}

const mostColumns = 16_384
const mostRows = 1_048_576

/** Column of a reference such as `AB12`, from 0. */
const columnOf = (reference: string): number => {
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}

/** Rows before `from` are passed over. `emit` gets rows in ascending order; those without cells do not come. */
export const sheetReader = (
  { formats, since1904, limits }: { formats: readonly NumberFormat[]; since1904: boolean; limits: Limits },
  from: number,
  emit: (row: SheetRow) => void,
): XmlReader => {
  let row: SheetRow | undefined
  let [number, column, size] = [0, -1, 0]
  let [type, style, value] = ['n', 0, '']
  let [inValue, inPhonetic, hasFormula, hasValue] = [false, false, false, false]

  const fault = (code: string, message: string): void => void row?.faults.push({ code: `row.${code}`, message })

  /** What the cell says; undefined when the text is shared and comes later. */
  const cellText = (): string | undefined => {
    if (!hasValue) {
      if (hasFormula)
        fault(
          'formula-without-value',
          `cell ${column + 1} has a formula whose value was never computed; open the file in a spreadsheet program and save it`,
        )
      return ''
    }
    if (type === 's') {
      const index = Number(value)
      if (!Number.isSafeInteger(index) || index < 0) throw damaged(`row ${number} names a text that cannot be`)
      row?.shared.push(column, index)
      return undefined
    }
    if (type === 'b') return value.trim() === '1' ? 'true' : 'false'
    if (type === 'e') fault('cell-error', `cell ${column + 1} shows the error ${value}`)
    if (type === 'n') {
      const text = numberText(value, formats[style] ?? 'plain', since1904)
      if (typeof text === 'string') return text
      fault(text.code.slice(4), `cell ${column + 1}: ${text.message}`)
      return value
    }
    return unescaped(value)
  }

  const endCell = (): void => {
    if (row === undefined) return
    if (size > limits.row) return
    const text = cellText() ?? ''
    size += text.length
    if (text.length > limits.cell) row.faults.push(cellFault(column, text, limits.cell))
    if (size > limits.row)
      fault('too-long', `the row is longer than ${limits.row} characters; only its beginning is kept`)
    while (row.cells.length < column) row.cells.push('')
    row.cells.push(text)
  }

  return xmlReader({
    open: (name, attributes) => {
      if (name === 'row') {
        const next = attributes.r === undefined ? number + 1 : Number(attributes.r)
        if (!(next > number && next <= mostRows)) throw damaged(`row ${attributes.r} does not come after row ${number}`)
        number = next
        column = -1
        size = 0
        row = number < from ? undefined : { number, cells: [], faults: [], shared: [] }
      } else if (row === undefined) return
      else if (name === 'c') {
        const next = attributes.r === undefined ? column + 1 : columnOf(attributes.r)
        if (!(next > column && next < mostColumns)) throw damaged(`the cells of row ${number} are out of order`)
        column = next
        type = attributes.t ?? 'n'
        style = Number(attributes.s ?? 0)
        value = ''
        hasFormula = false
        hasValue = false
      } else if (name === 'v' || name === 't') {
        inValue = true
        hasValue = true
      } else if (name === 'f') hasFormula = true
      else if (name === 'rPh') inPhonetic = true
    },
    close: (name) => {
      if (row === undefined) return
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'rPh') inPhonetic = false
      else if (name === 'c') endCell()
      else if (name === 'row') {
        if (row.cells.length > 0) emit(row)
        row = undefined
      }
    },
    text: (piece) => {
      if (inValue && !inPhonetic) value += piece
    },
  })
}
