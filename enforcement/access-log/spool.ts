// The local spool: prompt lines are in its files before an answer leaves, so that a killed process loses none that the database does not have yet.
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { Unavailable } from '../../platform/errors.ts'
import { type Line, lineOf, withText, type WrittenLine } from './line.ts'

export type Spool = {
  /** @throws Unavailable when the lines could not be written; then none of them is in the file. */
  readonly append: (lines: readonly WrittenLine[]) => void
  /** The oldest `count` lines are in the database: a file whose every line is goes. */
  readonly sealed: (count: number) => void
  /** To the disk itself, for those that the database has not taken at once. */
  readonly flush: () => void
  /** Leaves the files, and so their lines, to the next process when some are not sealed. */
  readonly close: () => void
}

type Segment = { readonly file: string; readonly handle: number; bytes: number; unsealed: number }

/** Bytes after which a new file begins, so that the old one can go although the register is never idle. */
const segmentSize = 4_000_000

/** A file whose every line is sealed is emptied from so many bytes on. Sealed lines that a killed process leaves are known by their salts. */
const tidyFrom = 1_000_000

const named = /^lines-(\d+)-.+\.jsonl$/
/** Names of the files that this process has open. */
const ours = new Set<string>()

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const written = ({ salt, text }: WrittenLine): string => `["${salt.toString('hex')}",${text}]\n`

type Spooled = readonly [salt: string, text: readonly (string | null)[]]
/** As the register wrote them until its lines were spooled as they are hashed. */
type Older = Line & { readonly at: string; readonly salt: string }

const lineIn = (spooled: Spooled | Older): WrittenLine => {
  const line =
    'request' in spooled
      ? withText({ ...spooled, at: new Date(spooled.at), salt: Buffer.from(spooled.salt, 'hex') })
      : lineOf(Buffer.from(spooled[0], 'hex'), spooled[1])
  if (line === undefined) throw new Error('its text is not one of a line')
  return line
}

const readLines = (file: string): readonly WrittenLine[] => {
  // What follows the last line end is half a line of a killed process: its answer never left.
  const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return whole.map((text, i) => {
    try {
      return lineIn(JSON.parse(text) as Spooled | Older)
    } catch (cause) {
      throw new Unavailable('log.spool-damaged', {
        detail: `${file}, line ${i + 1} is not a line of the access log: mend it from a copy, or keep the file elsewhere and start without it`,
        cause,
      })
    }
  })
}

/** Lines that processes left behind which no longer run; `forget` their files once the lines are sealed. */
export const leftBehind = (folder: string): { readonly lines: readonly WrittenLine[]; readonly forget: () => void } => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      const pid = Number(named.exec(name)?.[1] ?? Number.NaN)
      const used = pid === process.pid ? ours.has(name) : alive(pid)
      return Number.isNaN(pid) || used ? [] : [join(folder, name)]
    })
  return { lines: files.flatMap(readLines), forget: () => files.forEach((file) => rmSync(file, { force: true })) }
}

export const openSpool = (folder: string): Spool => {
  const name = `lines-${process.pid}-${randomBytes(4).toString('hex')}`
  let made = 0
  const begin = (): Segment => {
    const file = join(folder, `${name}-${String(made++).padStart(6, '0')}.jsonl`)
    const handle = openSync(file, 'a', 0o600)
    ours.add(basename(file))
    // The name must be on the disk as surely as what is written under it.
    const parent = openSync(folder, 'r')
    fsyncSync(parent)
    closeSync(parent)
    return { file, handle, bytes: 0, unsealed: 0 }
  }
  const end = ({ file, handle, unsealed }: Segment): void => {
    closeSync(handle)
    ours.delete(basename(file))
    if (unsealed === 0) rmSync(file, { force: true })
  }
  const segments: Segment[] = [begin()]
  let last = segments[0] as Segment

  return {
    append: (lines) => {
      if (last.bytes > segmentSize) {
        last = begin()
        segments.push(last)
      }
      const content = Buffer.from(lines.map(written).join(''))
      try {
        for (let done = 0; done < content.length;) done += writeSync(last.handle, content, done)
      } catch (cause) {
        // Half a line would spoil the next one.
        ftruncateSync(last.handle, last.bytes)
        throw new Unavailable('log.spool-unwritable', { detail: `${last.file} could not be written`, cause })
      }
      last.bytes += content.length
      last.unsealed += lines.length
    },
    sealed: (count) => {
      for (let left = count; left > 0;) {
        const first = segments[0] as Segment
        const taken = Math.min(left, first.unsealed)
        first.unsealed -= taken
        left -= taken
        if (first.unsealed > 0) return
        if (first === last) {
          if (first.bytes < tidyFrom) return
          ftruncateSync(first.handle, 0)
          first.bytes = 0
          return
        }
        end(first)
        segments.shift()
      }
    },
    flush: () =>
      segments.filter(({ unsealed }) => unsealed > 0).forEach(({ handle }) => fdatasync(handle, () => undefined)),
    close: () => segments.splice(0).forEach(end),
  }
}
