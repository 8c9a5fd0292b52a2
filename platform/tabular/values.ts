// What people write in cells, read without guessing: a value, or a fault that says why it is none. Pure; for whoever imports a table.
import type { Fault } from '../errors.ts'

export type ValueFault = Pick<Fault, 'code' | 'message'>

export const isFault = (value: unknown): value is ValueFault =>
  typeof value === 'object' && value !== null && 'code' in value

const fault = (code: string, message: string): ValueFault => ({ code: `value.${code}`, message })
const missing = fault('missing', 'the cell is empty')
/** Enough of a cell to be recognised in a message. */
const shown = (cell: string): string => (cell.length > 40 ? `"${cell.slice(0, 40)}…"` : `"${cell}"`)

/** Spaces of every kind, line ends too, as one; none at the ends; no signs without a width; letters with their marks as one (NFC). */
export const tidy = (cell: string): string =>
  cell
    .normalize('NFC')
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()

const firstYear = 1800

const dayOf = (year: string, month: string, day: string, cell: string): string | ValueFault => {
  const made = new Date(0)
  made.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  if (made.getUTCMonth() !== Number(month) - 1 || made.getUTCDate() !== Number(day))
    return fault('no-such-day', `${shown(cell)} is not in the calendar`)
  if (Number(year) < firstYear) return fault('no-such-day', `${shown(cell)} is before the year ${firstYear}`)
  return made.toISOString().slice(0, 10)
}

/** A time that a database adds to every day. */
const midnight = /[T ]0{1,2}[:.]00(?:[:.]00(?:[.,]0+)?)?$/

/**
 * `1.2.2026`, `01.02.2026`, `2026-02-01`, `20260201`, each also with midnight after it, as YYYY-MM-DD.
 * Not read: slashes, since 1/2/2026 is another day in another country; years of two digits; a time that is not midnight.
 */
export const parseDay = (cell: string): string | ValueFault => {
  const written = tidy(cell)
  if (written === '') return missing
  const text = written.replace(midnight, '')
  const finnish = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/.exec(text)
  if (finnish) return dayOf(finnish[3] ?? '', finnish[2] ?? '', finnish[1] ?? '', written)
  const iso = /^(\d{4})(-?)(\d{2})\2(\d{2})$/.exec(text)
  if (iso) return dayOf(iso[1] ?? '', iso[3] ?? '', iso[4] ?? '', written)
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{2}$|^\d{1,4}\/\d{1,2}\/\d{1,4}$|^\d{1,2}-\d{1,2}-\d{4}$/.test(text))
    return fault('ambiguous', `${shown(written)} may be several days; write it as 31.12.2026 or 2026-12-31`)
  return fault('no-day', `${shown(written)} is not a day; write it as 31.12.2026 or 2026-12-31`)
}

const minusOf = (sign = ''): string => (sign === '-' || sign === '\u2212' ? '-' : '')
const withoutZeros = (digits: string): string => digits.replace(/^0+(?=\d)/, '')

/**
 * `1 234,50`, `1234.5`, `1.234,50`, `-0,5` as exact text, `1234.50`, with as many decimals as were written.
 * One sign before exactly three digits separates decimals or thousands: `1,234` is read only when `decimal` names the sign that this table writes
 * before decimals.
 */
export const parseDecimal = (cell: string, decimal?: ',' | '.'): string | ValueFault => {
  const written = tidy(cell)
  if (written === '') return missing
  const [, sign, digits = ''] = /^([-+\u2212]?)(.*)$/.exec(written) ?? []
  const [, thousands, mark, last = ''] = /^([1-9]\d{0,2})([.,])(\d{3})$/.exec(digits) ?? []
  if (thousands !== undefined && mark !== decimal)
    return fault(
      'ambiguous',
      `${shown(written)} may be two numbers; write ${thousands}${last} or ${thousands},${last}0`,
    )
  const plain = /^(\d+)(?:[.,](\d+))?$/.exec(digits)
  const grouped = /^([1-9]\d{0,2}(?:([ .,])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?$/.exec(digits)
  const whole = plain?.[1] ?? grouped?.[1]?.replace(/\D/g, '')
  const decimals = plain === null ? grouped?.[3] : plain[2]
  if (whole === undefined) return fault('no-number', `${shown(written)} is not a number; write it as 1234,50`)
  return `${minusOf(sign)}${withoutZeros(whole)}${decimals === undefined ? '' : `.${decimals}`}`
}

/** `1234`, `1 234`, `-5`. */
export const parseInteger = (cell: string): number | ValueFault => {
  const written = tidy(cell)
  if (written === '') return missing
  const [, sign, digits] = /^([-+\u2212]?)(\d+|\d{1,3}(?: \d{3})+)$/.exec(written) ?? []
  if (digits === undefined) return fault('no-integer', `${shown(written)} is not a whole number; write it as 1234`)
  const value = Number(minusOf(sign) + digits.replaceAll(' ', ''))
  return Number.isSafeInteger(value) ? value : fault('no-integer', `${shown(written)} is too large a number`)
}

const words = new Map([
  ...['kyllä', 'k', 'tosi', 'x', '1', 'true', 't', 'ja', 'j', 'sant', 'yes', 'y'].map((word) => [word, true] as const),
  ...['ei', 'e', 'epätosi', '0', 'false', 'f', 'nej', 'n', 'falskt', 'no'].map((word) => [word, false] as const),
])

/** In Finnish, Swedish and English, as people and as spreadsheets write it. Whether an empty cell means no is for the column to say. */
export const parseBoolean = (cell: string): boolean | ValueFault => {
  const written = tidy(cell)
  if (written === '') return missing
  return (
    words.get(written.toLowerCase()) ??
    fault('no-boolean', `${shown(written)} is neither yes nor no; write kyllä or ei`)
  )
}
