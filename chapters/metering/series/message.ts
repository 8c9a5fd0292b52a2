// The datahub's metering message (E66) from bytes to series: the usual tags byte by byte, and whatever is not quite like them by a parser of XML.
import { Invalid } from '../../../platform/errors.ts'
import type { Faulty, Part } from '../../../platform/intake.ts'
import {
  type Batch,
  type From,
  headOf,
  type Mapping,
  openSource,
  type Position,
  type Source,
  type Table,
} from '../../../platform/tabular/index.ts'
import { startOf, type Step, timeOf } from '../grid.ts'
import {
  activeEnergy,
  type Field,
  firstDay,
  lastDay,
  qualityOf,
  readTime,
  readValue,
  stepOf,
  unitPower,
} from '../intake/rules.ts'
import { rowsOfTransaction } from './transaction.ts'
import { portalHeader } from './portal.ts'
import { enough, type Gatherer, gatherer, type Series } from './series.ts'

const [zero, nine, dot] = [48, 57, 46]
const minute = 60_000
const [earliest, latest] = [startOf(firstDay), startOf(lastDay)]
/** No observation is longer, so that its end need not be looked for; nor is the beginning of a message, or what stands before the values of a series. */
const longest = 4_096
const headLength = 65_536
const windowSize = 4_194_304
/** Of one series: a year and more of quarters. */
const mostBytes = 64 * 1024 ** 2

const refused = (code: string, detail: string): Invalid =>
  new Invalid(`message.${code}`, {
    status: 422,
    detail,
    faults: [{ path: 'file', code: `message.${code}`, message: detail }],
  })

type Tags = {
  /** `<urn1:Transaction>` and `</urn1:Transaction>` */
  readonly transaction: Buffer
  readonly ended: Buffer
  /** Names of what is in a series begin with this. */
  readonly root: string
}

const isMessage = /^\s*(?:<\?xml[^>]*\?>)?\s*<(?!\?)/
/** What the beginning of a file tells of its tags; undefined when it is no metering message at all. @throws Invalid for a message of another kind */
const tagsOf = (head: Buffer): Tags | undefined => {
  const text = head.toString('utf8').replace(/^\ufeff/, '')
  if (!isMessage.test(text) || !/<[\w.-]*:?EnergyTimeSeries(Message)?[\s>]/.test(text)) return undefined
  const kind = /<(?:[\w.-]+:)?DocumentType[^>]*>\s*(\w+)\s*</.exec(text)?.[1]
  if (kind !== 'E66')
    throw refused('not-e66', `the message is of kind ${kind ?? 'unknown'}; values come in messages of kind E66`)
  const prefix = /<([\w.-]+:)?Transaction\s*>/.exec(text)?.[1] ?? ''
  const root =
    /<([\w.-]+(?::[\w.-]+)?)(?=[\s>])/.exec(text.replace(/<\?[^>]*\?>/g, '').replace(/<!--[\s\S]*?-->/g, ''))?.[1] ?? ''
  return { transaction: Buffer.from(`<${prefix}Transaction>`), ended: Buffer.from(`</${prefix}Transaction>`), root }
}

type Head = {
  readonly code: string
  readonly step: Step
  readonly power: number
  readonly start: number
  readonly end: number
  readonly prefix: string
}

const element = (name: string, inside: string): string => `<((?:[\\w.-]+:)?)${name}(?:\\s[^<>]*)?>\\s*${inside}`
const simple = (name: string): string => `<(?:[\\w.-]+:)?${name}(?:\\s[^<>]*)?>\\s*([^<>&]*?)\\s*</`
const parts = {
  point: new RegExp(element('MeteringPointUsedDomainLocation', simple('Identification'))),
  product: new RegExp(element('ProductIncludedProductCharacteristic', simple('Identification'))),
  unit: new RegExp(simple('UnitType')),
  resolution: new RegExp(simple('ResolutionDuration')),
  start: new RegExp(simple('Start')),
  end: new RegExp(simple('End')),
} as const

/** What stands before the values of a series; undefined where it is not of the usual form. */
const describedBy = (text: string): Head | undefined => {
  if (/<[!?]|&/.test(text)) return undefined
  const point = parts.point.exec(text)
  const said = (of: RegExp, group = 1): string => of.exec(text)?.[group] ?? ''
  const [start, end] = [readTime(said(parts.start)), readTime(said(parts.end))]
  const [step, power] = [stepOf(said(parts.resolution)), unitPower(said(parts.unit))]
  if (point === null || said(parts.product, 2) !== activeEnergy || step === undefined || power === undefined)
    return undefined
  if (
    typeof start !== 'number' ||
    typeof end !== 'number' ||
    start % (step * minute) !== 0 ||
    start < earliest ||
    end > latest
  )
    return undefined
  const [, prefix = '', code = ''] = point
  return /^\w{1,60}$/.test(code) ? { code, step, power, start, end, prefix } : undefined
}

type Observation = Readonly<
  Record<
    'obs' | 'seq' | 'seqEnd' | 'eobs' | 'qty' | 'qtyEnd' | 'qq' | 'qqEnd' | 'qm' | 'qmEnd' | 'eobsEnd' | 'obsEnd',
    Uint8Array
  >
>

const observationTags = (prefix: string): Observation => {
  const tag = (name: string, slash = ''): Uint8Array => Uint8Array.from(Buffer.from(`<${slash}${prefix}${name}>`))
  return {
    obs: tag('OBS'),
    seq: tag('SEQ'),
    seqEnd: tag('SEQ', '/'),
    eobs: tag('EOBS'),
    qty: tag('QTY'),
    qtyEnd: tag('QTY', '/'),
    qq: tag('QQ'),
    qqEnd: tag('QQ', '/'),
    qm: tag('QM'),
    qmEnd: tag('QM', '/'),
    eobsEnd: tag('EOBS', '/'),
    obsEnd: tag('OBS', '/'),
  }
}

const after = (bytes: Uint8Array, at: number, tag: Uint8Array): number => {
  for (let i = 0; i < tag.length; i++) if (bytes[at + i] !== tag[i]) return -1
  return at + tag.length
}
const blank = (bytes: Uint8Array, from: number): number => {
  let at = from
  for (let byte = bytes[at] ?? 0; byte === 32 || byte === 10 || byte === 13 || byte === 9; byte = bytes[at] ?? 0) at++
  return at
}

/** After the last whole observation: all of them are read, or more bytes are needed, or what follows is not of the usual form. */
type Scanned = { readonly at: number; readonly row: number; readonly is: 'ended' | 'more' | 'unusual' }

const scan = (
  bytes: Buffer,
  from: number,
  filled: number,
  ended: boolean,
  fromRow: number,
  head: Head,
  tags: Observation,
  end: Uint8Array,
  gather: Gatherer,
): Scanned => {
  // Kept out of closures and lists: this loop runs once for each of millions of values.
  let at = from
  let row = fromRow
  const { code, step, power, start } = head
  const most = (head.end - start) / (step * minute)
  const stop = ended ? filled : filled - longest
  while (at < stop) {
    let to = blank(bytes, at)
    const open = after(bytes, to, tags.obs)
    if (open < 0) {
      const close = after(bytes, to, end)
      if (close < 0) return { at, row, is: 'unusual' }
      at = close
      return { at, row, is: 'ended' }
    }
    to = after(bytes, blank(bytes, open), tags.seq)
    if (to < 0) return { at, row, is: 'unusual' }
    let place = 0
    let byte = bytes[to] as number
    for (; byte >= zero && byte <= nine; byte = bytes[++to] as number) place = place * 10 + (byte - zero)
    if (place < 1 || place > most) return { at, row, is: 'unusual' }
    to = after(bytes, to, tags.seqEnd)
    if (to < 0) return { at, row, is: 'unusual' }
    to = after(bytes, blank(bytes, to), tags.eobs)
    if (to < 0) return { at, row, is: 'unusual' }
    to = blank(bytes, to)
    let value = 0
    let digits = 0
    let decimals = 0
    let up = 0
    const amount = after(bytes, to, tags.qty)
    if (amount >= 0) {
      to = amount
      byte = bytes[to] as number
      for (; byte >= zero && byte <= nine; byte = bytes[++to] as number, digits++) value = value * 10 + (byte - zero)
      if (digits === 0 || digits > 15) return { at, row, is: 'unusual' }
      if (byte === dot) {
        for (byte = bytes[++to] as number; byte >= zero && byte <= nine; byte = bytes[++to] as number, decimals++)
          if (decimals < power) value = value * 10 + (byte - zero)
          else if (decimals === power) up = byte - zero >= 5 ? 1 : 0
        if (decimals === 0 || decimals > 12) return { at, row, is: 'unusual' }
      }
      for (let i = decimals; i < power; i++) value *= 10
      value += up
      to = after(bytes, to, tags.qtyEnd)
      if (to < 0 || value > 2_147_483_647) return { at, row, is: 'unusual' }
      to = blank(bytes, to)
    }
    let quality: number | undefined = 0
    const said = after(bytes, to, tags.qq)
    const missing = said < 0 ? after(bytes, to, tags.qm) : -1
    if (said >= 0) {
      to = said
      for (byte = bytes[to] as number; byte !== 60 && byte !== 0 && to - said < 20;) byte = bytes[++to] as number
      quality = qualityOf(bytes.toString('latin1', said, to), digits > 0)
      to = blank(bytes, after(bytes, to, tags.qqEnd))
    } else if (missing >= 0) {
      to = missing
      while (bytes[to] !== 60 && bytes[to] !== 0 && to - missing < 8) to++
      const word = bytes.toString('latin1', missing, to)
      quality = word === '1' || word === 'true' ? qualityOf('missing', digits > 0) : undefined
      to = blank(bytes, after(bytes, to, tags.qmEnd))
    } else if (digits === 0) return { at, row, is: 'unusual' }
    if (quality === undefined) return { at, row, is: 'unusual' }
    to = after(bytes, to, tags.eobsEnd)
    if (to < 0) return { at, row, is: 'unusual' }
    to = after(bytes, blank(bytes, to), tags.obsEnd)
    if (to < 0) return { at, row, is: 'unusual' }
    gather.put(code, step, start + (place - 1) * step * minute, value, quality, row)
    at = to
    row++
  }
  return { at, row, is: 'more' }
}

const isFaults = (read: object): read is readonly Faulty['faults'][number][] => Array.isArray(read)

/** The bytes of one series, as far as its end tag. @throws Invalid when the file ends before it, or when it is too long */
const transactionAt = async (source: Source, byte: number, ended: Buffer): Promise<Buffer> => {
  for (let size = windowSize; ; size *= 4) {
    const bytes = Buffer.allocUnsafe(Math.min(size, source.size - byte))
    const filled = await source.read(bytes, byte)
    const end = bytes.subarray(0, filled).indexOf(ended)
    if (end >= 0) return bytes.subarray(0, end + ended.length)
    if (byte + filled >= source.size)
      throw refused(
        'cut-off',
        `the series that begins at byte ${byte} has no end; bring the file again when it is complete`,
      )
    if (size > mostBytes)
      throw refused('too-long', `the series that begins at byte ${byte} has more than ${mostBytes} bytes; divide it`)
  }
}

/** Where the next series begins; -1 when there is none any more. @throws Invalid when the file does not end as it began */
const nextAt = async (source: Source, from: number, { transaction, root }: Tags): Promise<number> => {
  const bytes = Buffer.allocUnsafe(headLength)
  for (let byte = from; ; byte += headLength - 256) {
    const filled = await source.read(bytes, byte)
    const found = bytes.subarray(0, filled).indexOf(transaction)
    if (found >= 0) return byte + found
    const other = /<[\w.-]*:?Transaction[\s>]/.exec(bytes.toString('latin1', 0, filled))
    if (other !== null)
      throw refused(
        'tags',
        `the series at byte ${byte + other.index} begins with ${other[0]}, where those before begin with ${transaction.toString()}`,
      )
    if (byte + filled < source.size) continue
    if (!new RegExp(`</${root}\\s*>\\s*$`).test(bytes.toString('latin1', 0, filled)))
      throw refused('cut-off', `the file does not end with </${root}>; bring it again when it is complete`)
    return -1
  }
}

/** One series after the other, read by a parser of XML, each value as a row of the portal's form. */
async function* batches(from: From, tags: Tags, first: Position): AsyncGenerator<Batch> {
  const source = await openSource(from)
  let place = first
  try {
    for (;;) {
      const byte = await nextAt(source, place.byte, tags)
      if (byte < 0) return
      const bytes = await transactionAt(source, byte, tags.ended)
      const rows = rowsOfTransaction(bytes, byte)
      const numbers = rows.map((_, i) => place.row + i)
      place = { row: place.row + rows.length, line: place.line + 1, byte: byte + bytes.length }
      yield { rows, numbers, faulty: [], next: place, progress: Math.min(1, place.byte / source.size) }
    }
  } finally {
    await source.close()
  }
}

/** A message as a table of the portal's form. `line` of a position counts its series. */
export type Message = Table & { readonly format: 'xml'; readonly tags: Tags }

/** @returns undefined when it is no metering message @throws Invalid for a message of another kind, or one that has no series */
export const openMessage = async (from: From): Promise<Message | undefined> => {
  const source = await openSource(from)
  try {
    const tags = tagsOf(await headOf(source, headLength))
    if (tags === undefined) return undefined
    if ((await nextAt(source, 0, tags)) < 0) throw refused('empty', 'the message has no series')
    const first = { row: 2, line: 0, byte: 0 }
    return {
      format: 'xml',
      encoding: 'utf-8',
      delimiter: undefined,
      decimal: undefined,
      sheets: [],
      header: portalHeader,
      first,
      tags,
      open: () => openSource(from),
      rows: (position = first) => batches(from, tags, position),
    }
  } finally {
    await source.close()
  }
}

/** From a place between two series on, in parts that are each worth a transaction of the database. */
export async function* messageParts(
  { open, tags }: Message,
  mapping: Mapping<Field>,
  from: Position,
): AsyncGenerator<Part<readonly Series[]>> {
  const source = await open()
  try {
    yield* partsFrom(source, tags, mapping, from)
  } finally {
    await source.close()
  }
}

async function* partsFrom(
  source: Source,
  tags: Tags,
  mapping: Mapping<Field>,
  from: Position,
): AsyncGenerator<Part<readonly Series[]>> {
  const gather = gatherer()
  const bytes = Buffer.alloc(windowSize)
  const end = Uint8Array.from(tags.ended)
  let known = { prefix: '', tags: observationTags('') }
  let [place, faulty, rows] = [from, [] as Faulty[], 0]
  /** What of the file is in the buffer. */
  let [offset, filled] = [0, 0]
  const look = async (byte: number, least: number): Promise<number> => {
    if (byte < offset || byte + least > offset + filled) {
      offset = byte
      filled = await source.read(bytes, byte)
      bytes.fill(0, filled)
    }
    return byte - offset
  }

  /** Of the usual form to its end, or undefined, and then nothing of it has been gathered. */
  const quickly = async (begin: number): Promise<Position | undefined> => {
    let at = await look(begin, headLength)
    const firstTag = bytes.indexOf('OBS>', at)
    const head =
      firstTag < 0 || firstTag > at + headLength ? undefined : describedBy(bytes.toString('latin1', at, firstTag))
    if (head === undefined) return undefined
    const open = bytes.lastIndexOf(60, firstTag)
    const prefix = bytes.toString('latin1', open + 1, firstTag)
    if (known.prefix !== prefix) known = { prefix, tags: observationTags(prefix) }
    const mark = gather.mark()
    at = open
    let row = place.row
    for (;;) {
      const scanned = scan(bytes, at, filled, offset + filled >= source.size, row, head, known.tags, end, gather)
      if (scanned.is === 'ended') return { row: scanned.row, line: place.line + 1, byte: offset + scanned.at }
      // Longer than what can be gathered is left to the parser, which refuses it.
      if (scanned.is === 'unusual' || gather.isFull()) {
        gather.back(mark)
        return undefined
      }
      row = scanned.row
      const next = offset + scanned.at
      at = await look(next, longest + 1)
      if (offset + filled >= source.size && at >= filled)
        throw refused('cut-off', 'the file ends within a series; bring it again when it is complete')
    }
  }
  const slowly = async (begin: number): Promise<Position> => {
    const transaction = await transactionAt(source, begin, tags.ended)
    const cells = rowsOfTransaction(transaction, begin)
    if (cells.length > enough)
      throw refused('too-long', `the series that begins at byte ${begin} has more than ${enough} values; divide it`)
    cells.forEach((row, i) => {
      const read = readValue(mapping, row)
      if (isFaults(read)) faulty.push({ number: place.row + i, cells: row, faults: read })
      else
        gather.put(
          read.point,
          read.step,
          timeOf(read.day, read.step, read.slot),
          read.value,
          read.quality,
          place.row + i,
        )
    })
    return { row: place.row + cells.length, line: place.line + 1, byte: begin + transaction.length }
  }

  for (;;) {
    const at = await look(place.byte, longest)
    const near = blank(bytes, at)
    const begin = after(bytes, near, tags.transaction) >= 0 ? offset + near : await nextAt(source, place.byte, tags)
    if (begin < 0) break
    const next = (await quickly(begin)) ?? (await slowly(begin))
    rows += next.row - place.row
    place = next
    if (gather.count() + faulty.length < enough) continue
    yield { rows, faulty, content: gather.taken(), next: place, progress: Math.min(1, place.byte / source.size) }
    ;[faulty, rows] = [[], 0]
  }
  if (rows > 0) yield { rows, faulty, content: gather.taken(), next: place, progress: 1 }
}
