// The export of the datahub's portal from bytes to series: the ordinary line byte by byte, and whatever is not quite like it by the reader of tables.
import type { Faulty, Part } from '../../../platform/intake.ts'
import type { Mapping, Position, Table } from '../../../platform/tabular/index.ts'
import { startOf, type Step, timeOf } from '../grid.ts'
import {
  activeEnergy,
  type Field,
  firstDay,
  lastDay,
  qualityOf,
  readValue,
  stepOf,
  unitPower,
} from '../intake/rules.ts'
import { enough, type Gatherer, gatherer, type Series } from './series.ts'

export const portalHeader = [
  'Mittauspisteen tunnus',
  'Tuotteen tyyppi',
  'Resoluutio',
  'Yksikkötyyppi',
  'Lukeman tyyppi',
  'Alkuaika',
  'Määrä',
  'Laatu',
] as const

export const isPortal = ({ format, header, delimiter }: Table): boolean =>
  format === 'csv' &&
  delimiter === ';' &&
  header.length === portalHeader.length &&
  portalHeader.every((name, i) => header[i] === name)

const [LF, CR, semicolon, comma, dot, zero, nine, colon, dash, T, Z, O, K] = [
  10, 13, 59, 44, 46, 48, 57, 58, 45, 84, 90, 79, 75,
]
const minute = 60_000
const [earliest, latest] = [startOf(firstDay), startOf(lastDay)]
/** No ordinary line is longer, so that its end need not be looked for. */
const longest = 512
const timeLength = 21

const digit = (byte: number | undefined): number =>
  byte === undefined || byte < zero || byte > nine ? Number.NaN : byte - zero
const twoDigits = (bytes: Uint8Array, at: number): number => digit(bytes[at]) * 10 + digit(bytes[at + 1])

/** The beginning of the day of `2026-11-24T`, in UTC; undefined for what is none. */
const dayAt = (bytes: Uint8Array, at: number): number | undefined => {
  if (bytes[at + 4] !== dash || bytes[at + 7] !== dash || bytes[at + 10] !== T) return undefined
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2)
  const [month, day] = [twoDigits(bytes, at + 5), twoDigits(bytes, at + 8)]
  const time = Date.UTC(year, month - 1, day)
  const said = new Date(time)
  return said.getUTCDate() === day && said.getUTCMonth() === month - 1 ? time : undefined
}

/** Bytes as words of four, the last of which may overlap the one before it: a line is compared with the one before in a dozen steps. */
const wordsOf = (bytes: Uint8Array, from: number, to: number): Int32Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, to - from)
  const whole = (to - from) >> 2
  return Int32Array.from({ length: whole + 1 }, (_, i) => view.getInt32(i < whole ? i * 4 : to - from - 4, true))
}
const hasWords = (view: DataView, at: number, words: Int32Array, length: number): boolean => {
  const last = words.length - 1
  for (let i = 0; i < last; i++) if (view.getInt32(at + i * 4, true) !== words[i]) return false
  return last >= 0 && view.getInt32(at + length - 4, true) === words[last]
}
const dayLength = 11

type Prefix = { readonly code: string; readonly step: Step; readonly power: number }

/** What the cells before the time say: point, product, resolution, unit and kind of reading. Undefined where it is not of the usual form. */
const prefixOf = (text: string): Prefix | undefined => {
  const [code = '', product = '', resolution = '', unit = '', kind = '', ...more] = text.split(';')
  if (more.length !== 1 || !/^[0-9A-Za-z-]{1,60}$/.test(code) || !/^\w*$/.test(kind)) return undefined
  if (product !== '' && product !== activeEnergy) return undefined
  const step = resolution === '' ? 60 : stepOf(resolution)
  const power = unitPower(unit === '' ? 'kWh' : unit)
  return step === undefined || power === undefined ? undefined : { code, step, power }
}

/** Where the cells before the time end; -1 when the line has not so many. */
const prefixEnd = (bytes: Uint8Array, at: number): number => {
  let cells = 0
  for (let to = at; to < at + longest; to++) {
    const byte = bytes[to]
    if (byte === LF || byte === CR || byte === undefined) return -1
    if (byte === semicolon && ++cells === 5) return to + 1
  }
  return -1
}

type Scanned = { readonly at: number; readonly row: number; readonly stopped: boolean }

/**
 * @param bytes with `longest` more behind `filled`, of which those that are not of the file are 0
 * @returns where it stands: `stopped` at a line that is not ordinary, or because enough has come; else where less than a line is left
 */
const scan = (
  gather: Gatherer,
  bytes: Buffer,
  from: number,
  filled: number,
  ended: boolean,
  fromRow: number,
): Scanned => {
  // Kept out of closures and lists: this loop runs once for each of millions of lines.
  let at = from
  let row = fromRow
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const none = new Int32Array(0)
  // How the last line began: the next mostly begins so too.
  let prefix: Int32Array = none
  let prefixLength = 0
  let code = ''
  let step: Step = 60
  let power = 3
  let day: Int32Array = none
  let dayTime = 0
  const stop = ended ? filled : filled - longest
  while (at < stop) {
    if (gather.count() >= enough) return { at, row, stopped: true }
    if (!hasWords(view, at, prefix, prefixLength)) {
      const end = prefixEnd(bytes, at)
      const read = end - at < 4 ? undefined : prefixOf(bytes.toString('latin1', at, end))
      if (read === undefined) return { at, row, stopped: true }
      ;({ code, step, power } = read)
      prefix = wordsOf(bytes, at, end)
      prefixLength = end - at
    }
    const clock = at + prefixLength
    if (!hasWords(view, clock, day, dayLength)) {
      const read = dayAt(bytes, clock)
      if (read === undefined) return { at, row, stopped: true }
      dayTime = read
      day = wordsOf(bytes, clock, clock + dayLength)
    }
    const hours = twoDigits(bytes, clock + 11)
    const minutes = twoDigits(bytes, clock + 14)
    if (
      !(hours < 24 && minutes < 60) ||
      bytes[clock + 13] !== colon ||
      bytes[clock + 16] !== colon ||
      bytes[clock + 17] !== zero ||
      bytes[clock + 18] !== zero ||
      bytes[clock + 19] !== Z ||
      bytes[clock + 20] !== semicolon
    )
      return { at, row, stopped: true }
    const time = dayTime + (hours * 60 + minutes) * minute
    if (minutes % step !== 0 || time < earliest || time >= latest) return { at, row, stopped: true }

    // The amount in its unit, to whole watt-hours, half away from zero.
    let to = clock + timeLength
    let value = 0
    let digits = 0
    let decimals = 0
    let up = 0
    let byte = bytes[to] as number
    for (; byte >= zero && byte <= nine; byte = bytes[++to] as number, digits++) value = value * 10 + (byte - zero)
    const told = digits > 0
    if (told && (byte === comma || byte === dot)) {
      for (byte = bytes[++to] as number; byte >= zero && byte <= nine; byte = bytes[++to] as number, decimals++)
        if (decimals < power) value = value * 10 + (byte - zero)
        else if (decimals === power) up = byte - zero >= 5 ? 1 : 0
      if (decimals === 0 || decimals > 12) return { at, row, stopped: true }
    }
    if (byte !== semicolon || digits > 15) return { at, row, stopped: true }
    for (let i = decimals; i < power && told; i++) value *= 10
    value += up
    if (value > 2_147_483_647) return { at, row, stopped: true }

    let quality: number | undefined = 0
    byte = bytes[++to] as number
    if (byte === O && bytes[to + 1] === K) to += 2
    else {
      const begin = to
      while (byte !== LF && byte !== CR && byte !== 0 && to - begin < 20) byte = bytes[++to] as number
      quality = qualityOf(bytes.toString('latin1', begin, to), told)
    }
    if (quality === undefined || (!told && quality === 0)) return { at, row, stopped: true }
    if (bytes[to] === CR) to++
    if (bytes[to] === LF) to++
    else if (to < filled || !ended || bytes[to - 1] === CR) return { at, row, stopped: true }

    gather.put(code, step, time, value, quality, row)
    at = to
    row++
  }
  return { at, row, stopped: false }
}

const windowSize = 4_194_304

const isFaults = (read: object): read is readonly Faulty['faults'][number][] => Array.isArray(read)

/** Rows that the table's own reader found: as those of any other table. */
const readRows = (
  mapping: Mapping<Field>,
  rows: readonly (readonly string[])[],
  numbers: readonly number[],
  gather: Gatherer,
): Faulty[] =>
  rows.flatMap((cells, i) => {
    const number = numbers[i] ?? 0
    const read = readValue(mapping, cells)
    if (isFaults(read)) return [{ number, cells, faults: read }]
    gather.put(read.point, read.step, timeOf(read.day, read.step, read.slot), read.value, read.quality, number)
    return []
  })

/** From a place on, in parts that are each worth a transaction. */
export async function* portalParts(
  table: Table,
  mapping: Mapping<Field>,
  from: Position,
): AsyncGenerator<Part<readonly Series[]>> {
  const source = await table.open()
  const gather = gatherer()
  const bytes = Buffer.alloc(windowSize + longest)
  let place = from
  let faulty: Faulty[] = []
  let rows = 0
  const part = (): Part<readonly Series[]> => {
    const made = { rows, faulty, content: gather.taken(), next: place, progress: Math.min(1, place.byte / source.size) }
    faulty = []
    rows = 0
    return made
  }
  try {
    while (place.byte < source.size) {
      const filled = await source.read(bytes.subarray(0, windowSize), place.byte)
      const ended = place.byte + filled >= source.size
      bytes.fill(0, filled)
      let [at, stopped] = [0, false]
      while (!stopped) {
        const scanned = scan(gather, bytes, at, filled, ended, place.row)
        const more = scanned.row - place.row
        place = { row: scanned.row, line: place.line + more, byte: place.byte + scanned.at - at }
        rows += more
        at = scanned.at
        if (gather.count() >= enough) yield part()
        else stopped = true
        if (stopped && scanned.stopped) {
          let found = false
          for await (const batch of table.rows(place)) {
            faulty.push(
              ...batch.faulty.map(({ row, cells, faults }) => ({
                number: row,
                cells,
                faults: faults.map(({ code }) => ({ field: 'row', code, value: '' })),
              })),
              ...readRows(mapping, batch.rows, batch.numbers, gather),
            )
            rows += batch.rows.length + batch.faulty.length
            place = batch.next
            found = true
            break
          }
          // Nothing but empty lines is left.
          if (!found) place = { ...place, byte: source.size }
        }
      }
      if (faulty.length + gather.count() >= enough) yield part()
    }
    if (rows > 0) yield part()
  } finally {
    await source.close()
  }
}
