// The lines as PostgreSQL receives them in binary: one array of rows of access_event, two thirds of the cost of an array for each column.
import type { WrittenLine } from './line.ts'

const oid = { int4: 23, int8: 20, text: 25, bytea: 17, uuid: 2950, instant: 1184, texts: 1009 } as const
const columns = 16
const epoch = Date.UTC(2000, 0, 1)
const high = 4_294_967_296

/** Bytes one after another, in a buffer that grows. */
const bytesOf = (expected: number) => {
  let buffer = Buffer.allocUnsafe(expected)
  let at = 0
  const room = (more: number): void => {
    if (at + more <= buffer.length) return
    const larger = Buffer.allocUnsafe(2 * (at + more))
    buffer.copy(larger, 0, 0, at)
    buffer = larger
  }
  const int4 = (value: number): void => {
    room(4)
    at = buffer.writeInt32BE(value, at)
  }
  /** A safe whole number. */
  const int8 = (value: number): void => {
    int4(Math.floor(value / high))
    room(4)
    at = buffer.writeUInt32BE(value >>> 0, at)
  }
  /** With its length before it, which is known when it is written. */
  const sized = (write: () => void): void => {
    int4(0)
    const start = at
    write()
    buffer.writeInt32BE(at - start, start - 4)
  }
  const string = (value: string): void => {
    // UTF-8 takes three bytes for a code unit at most.
    room(4 + value.length * 3)
    const length = buffer.write(value, at + 4)
    int4(length)
    at += length
  }
  const raw = (value: Buffer): void => {
    room(value.length)
    at += value.copy(buffer, at)
  }
  const hex = (value: string): void => {
    room(value.length)
    at += buffer.write(value, at, 'hex')
  }
  return { int4, int8, sized, string, raw, hex, made: () => buffer.subarray(0, at) }
}

type Bytes = ReturnType<typeof bytesOf>

const textColumn = (to: Bytes, value: string | null): void => {
  to.int4(oid.text)
  if (value === null) to.int4(-1)
  else to.string(value)
}
const eightBytes = (to: Bytes, type: number, value: number): void => {
  to.int4(type)
  to.int4(8)
  to.int8(value)
}
const bytesColumn = (to: Bytes, value: Buffer): void => {
  to.int4(oid.bytea)
  to.int4(value.length)
  to.raw(value)
}
/** One dimension; whether a null is among them; their type; how many, counted from 1. */
const arrayHead = (to: Bytes, type: number, length: number): void => [1, 0, type, length, 1].forEach(to.int4)

/**
 * A parameter that `pg` sends in binary, as it does every Buffer: `access_event[]`, in the order of the table's columns.
 * @param type of a row of access_event in this database
 */
export const rowsOf = (
  type: number,
  from: number,
  lines: readonly WrittenLine[],
  leaves: readonly Buffer[],
): Buffer => {
  const to = bytesOf(lines.length * 640 + 64)
  arrayHead(to, type, lines.length)
  lines.forEach((line, i) =>
    to.sized(() => {
      to.int4(columns)
      eightBytes(to, oid.int8, from + i)
      to.int4(oid.uuid)
      to.int4(16)
      to.hex(line.request.replaceAll('-', ''))
      to.int4(oid.int4)
      to.int4(4)
      to.int4(line.seq)
      // Whole milliseconds, as a Date has them.
      eightBytes(to, oid.instant, (line.at.getTime() - epoch) * 1000)
      textColumn(to, line.actor)
      textColumn(to, line.role)
      textColumn(to, line.purpose)
      textColumn(to, line.hat)
      if (line.subject === null) [oid.int8, -1].forEach(to.int4)
      else eightBytes(to, oid.int8, line.subject)
      to.int4(oid.texts)
      to.sized(() => {
        arrayHead(to, oid.text, line.categories.length)
        line.categories.forEach(to.string)
      })
      textColumn(to, line.endpoint)
      textColumn(to, line.because)
      textColumn(to, line.outcome)
      textColumn(to, line.noticeHash)
      bytesColumn(to, line.salt)
      bytesColumn(to, leaves[i] as Buffer)
    }),
  )
  return to.made()
}
