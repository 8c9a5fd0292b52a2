// What the number in a cell means by its format: a day, a time, a code with leading zeros, or a plain number. For the workbook reader.
import type { RowFault } from '../table.ts'
import type { Part } from './package.ts'
import { readXml } from './xml.ts'

/** A number is the least count of digits. */
export type NumberFormat = 'plain' | 'day' | 'time' | number

/** Numbers of built-in formats; those of 27-36 and 50-58 are days in East Asian editions. */
const builtIn = (id: number): NumberFormat => {
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'day'
  return (id >= 18 && id <= 21) || (id >= 45 && id <= 47) ? 'time' : 'plain'
}

export const formatOf = (code: string): NumberFormat => {
  if (/^0{2,15}$/.test(code)) return code.length
  const letters = code
    .replace(/"[^"]*"|\\.|_.|\*.|AM\/PM|A\/P/gi, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, '')
    .toLowerCase()
    .split(';')[0]
  if (letters === undefined || letters === 'general') return 'plain'
  if (/[yd]/.test(letters)) return 'day'
  if (/[hs]/.test(letters)) return 'time'
  return letters.includes('m') ? 'day' : 'plain'
}

/** By the number of a cell's style. */
export const readNumberFormats = async (part: Part | undefined): Promise<readonly NumberFormat[]> => {
  const own = new Map<number, NumberFormat>()
  const formats: NumberFormat[] = []
  let inCells = false
  if (part === undefined) return formats
  await readXml(part.text(), {
    open: (name, attributes) => {
      if (name === 'numFmt') own.set(Number(attributes.numFmtId), formatOf(attributes.formatCode ?? ''))
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const id = Number(attributes.numFmtId ?? 0)
        formats.push(own.get(id) ?? builtIn(id))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return formats
}

const two = (count: number): string => String(count).padStart(2, '0')
const clock = (seconds: number): string =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`

const daySeconds = 86_400
const lastDay = 2_958_465

/** Since 1904, in workbooks from old Macintoshes, days are counted from four years and a day later. */
const offset1904 = 1_462

/** A column of days names few different ones, and making each anew took longer than reading its XML. */
const civilDays = new Map<number, string>()
const civilDay = (day: number): string => {
  const known = civilDays.get(day)
  if (known !== undefined) return known
  if (civilDays.size > 50_000) civilDays.clear()
  // The days before the 29 February 1900 that never was are counted from one day later.
  const made = new Date(Date.UTC(1899, 11, day < 60 ? 31 : 30) + day * daySeconds * 1000).toISOString().slice(0, 10)
  civilDays.set(day, made)
  return made
}

const dayText = (serial: number, since1904: boolean): string | RowFault => {
  const seconds = Math.round((serial + (since1904 ? offset1904 : 0)) * daySeconds)
  const day = Math.floor(seconds / daySeconds)
  if (day < 1 || day === 60 || day > lastDay)
    return { code: 'row.day-unknown', message: `${serial} is shown as a day, but is none` }
  const rest = seconds - day * daySeconds
  return rest === 0 ? civilDay(day) : `${civilDay(day)}T${clock(rest)}`
}

/** As XML Schema writes a double: not all that JavaScript would read. */
const double = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/
/** Fifteen digits at most, so that nothing is to be rounded. */
const short = /^-?\d{1,9}(?:\.\d{1,6})?$/
const withoutExponent = new Intl.NumberFormat('en', { useGrouping: false, maximumSignificantDigits: 15 })

/**
 * What a cell with a number says: a plain number with a decimal point and no exponent; a day as `2026-02-01`, with its time as `2026-02-01T13:45:00`;
 * a time or duration as `13:45:00`. Spreadsheets compute in binary and show 15 digits: so many are given, and a longer number has lost its end.
 */
export const numberText = (written: string, format: NumberFormat, since1904: boolean): string | RowFault => {
  const value = Number(written)
  if (!double.test(written) || !Number.isFinite(value))
    return { code: 'row.number-unreadable', message: `a cell holds ${written.slice(0, 40)} as a number` }
  if (format === 'day') return dayText(value, since1904)
  if (format === 'time' && value >= 0) return clock(Math.round(value * daySeconds))
  if (Math.abs(value) >= 1e15)
    return {
      code: 'row.number-inexact',
      message: `the number ${written} has more digits than a spreadsheet keeps (15); format the column as text and write it again`,
    }
  const shown = short.test(written) ? written : String(Number(value.toPrecision(15)))
  const text = shown.includes('e') ? withoutExponent.format(value) : shown
  return typeof format === 'number' && Number.isInteger(value) && value >= 0 ? text.padStart(format, '0') : text
}
