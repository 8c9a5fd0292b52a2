// The canonical text of one line, and its leaf. verify.mjs writes the same text anew: change both or neither.
import { hash as digest } from 'node:crypto'
import { chance } from '../../platform/chance.ts'
import { Invalid } from '../../platform/errors.ts'
import type { AccessEvent } from '../access-event.ts'
import { leafHash } from './tree.ts'

/** An event, its place among those told together (one line for each person that was shown), and the salt that the line is known by. */
export type Line = AccessEvent & { readonly seq: number; readonly salt: Buffer }

/** A line with its canonical text, which the spool keeps and the leaf is made of: written once. */
export type WrittenLine = Line & { readonly text: string }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What PostgreSQL would refuse or change: the text that is hashed must be the text that is kept. */
const storable = (text: string): string =>
  text.isWellFormed() && !text.includes('\0') ? text : text.toWellFormed().replaceAll('\0', '\u{FFFD}')

const saltLength = 16

/**
 * Lines that can be sealed, whatever their texts hold: one that could not would hold up all that come after it.
 * @throws Invalid for an event that no line can be made of.
 */
export const linesOf = (events: readonly AccessEvent[]): readonly WrittenLine[] =>
  events.map((event, seq) => {
    const known = event.subject === null || Number.isSafeInteger(event.subject)
    if (!uuid.test(event.request) || Number.isNaN(event.at.getTime()) || !known)
      throw new Invalid('log.line-unusable', {
        detail: `request ${event.request} must be a lower-case UUID, at a time, subject ${event.subject} a whole number or null`,
      })
    return withText({
      at: event.at,
      request: event.request,
      seq,
      actor: storable(event.actor),
      role: storable(event.role),
      purpose: event.purpose,
      hat: storable(event.hat),
      subject: event.subject,
      categories: event.categories,
      endpoint: storable(event.endpoint),
      because: event.because === null ? null : storable(event.because),
      outcome: event.outcome,
      noticeHash: event.noticeHash,
      salt: chance(saltLength),
    })
  })

const format = 'asiakasrekisteri/1'

/** A JSON array of strings and nulls in this order, without spaces, is the same in every language. */
export const canonical = (line: Line): string =>
  JSON.stringify([
    format,
    line.at.toISOString(),
    line.request,
    String(line.seq),
    line.actor,
    line.role,
    line.purpose,
    line.hat,
    line.subject === null ? null : String(line.subject),
    line.categories.join(' '),
    line.endpoint,
    line.because,
    line.outcome,
    line.noticeHash,
  ])

/** The line that a canonical text was written of; undefined when the text is none. */
export const lineOf = (salt: Buffer, text: readonly (string | null)[]): WrittenLine | undefined => {
  const [
    named,
    at,
    request,
    seq,
    actor,
    role,
    purpose,
    hat,
    subject,
    categories,
    endpoint,
    because,
    outcome,
    noticeHash,
  ] = text as readonly string[]
  if (named !== format || text.length !== 14) return undefined
  return withText({
    at: new Date(at as string),
    request,
    seq: Number(seq),
    actor,
    role,
    purpose,
    hat,
    subject: subject === null ? null : Number(subject),
    categories: (categories as string) === '' ? [] : (categories as string).split(' '),
    endpoint,
    because,
    outcome,
    noticeHash,
    salt,
  } as Line)
}

export const withText = (line: Line): WrittenLine => ({ ...line, text: canonical(line) })

let scratch = Buffer.alloc(4096)

/** The salted digest stands in for the line, so that its content can go when its time is up and every proof stays valid. */
export const leafOfText = (salt: Buffer, text: string): Buffer => {
  // UTF-8 takes three bytes for a code unit at most.
  if (scratch.length < salt.length + text.length * 3) scratch = Buffer.alloc(2 * (salt.length + text.length * 3))
  salt.copy(scratch)
  const length = salt.length + scratch.write(text, salt.length)
  return leafHash(digest('sha256', scratch.subarray(0, length), 'buffer'))
}

/** The same, of what a row says. */
export const leafOf = (line: Line): Buffer => leafOfText(line.salt, canonical(line))
