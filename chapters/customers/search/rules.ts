// What a line in the search box may mean: forgiving on names, strict on numbers. Pure.
import { fold } from '../../../platform/text.ts'
import { readBusinessId } from '../business-id.ts'
import { readIdentityCode } from '../identity-code.ts'

export type Question = {
  /** The whole code, for its blind index; never searched by a part. */
  readonly identity_code?: string
  readonly business_id?: string
  /** Beginning of a customer number, contract number or both. */
  readonly number?: string
  /** A whole accounting point code. */
  readonly point?: string
  /** Beginning of a number as it is kept (`+35850…`), or of an e-mail address in lower case. */
  readonly contact?: string
  readonly postcode?: string
  /** Folded words, in the order typed. */
  readonly words?: readonly string[]
}

/** What a company's name is compared without. */
export const legalForms: ReadonlySet<string> = new Set(['oy', 'oyj', 'ab', 'abp', 'ky', 'kb', 'ry', 'rf', 'tmi'])

const looksLikeIdentityCode = /^\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]$/i
const looksLikeBusinessId = /^(\d{6,7}-\d|FI\d{8})$/i

/** As it is kept; the zero that some write after the country code is off. */
const international = (digits: string): string =>
  digits
    .replace(/^00/, '+')
    .replace(/^0/, '+358')
    .replace(/^\+3580/, '+358')

const ofDigits = (written: string): Question => {
  const digits = written.replace(/[\s()./-]/g, '')
  const postcode = /^\d{5}$/.test(digits) ? { postcode: digits } : {}
  if (/^[+0]/.test(digits)) return digits.length < 4 ? {} : { contact: international(digits), ...postcode }
  return digits.length === 18 ? { point: digits } : { number: digits, ...postcode }
}

/** One or more readings, all of them asked; a code or number with a fault in it asks nothing, rather than something else. */
export const questionOf = (text: string): Question => {
  const written = text.trim()
  const dense = written.replace(/\s/g, '')
  if (looksLikeIdentityCode.test(dense)) {
    const read = readIdentityCode(dense)
    return read.refused === undefined ? { identity_code: read.code } : {}
  }
  if (looksLikeBusinessId.test(dense)) {
    const read = readBusinessId(dense)
    return read.refused === undefined ? { business_id: read.business_id } : {}
  }
  if (/^[+\d][\d\s()./-]*$/.test(written)) return ofDigits(written)
  if (written.includes('@')) return dense.length < 3 ? {} : { contact: dense.toLowerCase() }
  if (/^[A-Z]{1,3}-?\d{3,}$/i.test(dense)) return { number: dense.toUpperCase() }
  const folded = fold(written)
    .split(' ')
    .filter((word) => word !== '')
  const words = folded.filter((word) => !legalForms.has(word))
  const told = words.length > 0 ? words : folded
  const [first] = told
  return first === undefined || (told.length === 1 && first.length < 2) ? {} : { words: told.slice(0, 6) }
}

/** The beginnings to look for among name keys: the words as typed, then with each other word first. */
export const nameOrders = (words: readonly string[]): readonly string[] => {
  const turned = words.map((_, i) => [...words.slice(i), ...words.slice(0, i)].join(' '))
  const ends = words.length > 2 ? [`${words.at(-1)} ${words[0]}`, `${words[0]} ${words.at(-1)}`] : []
  return [...new Set([...turned, ...ends])]
}

const longestPlace = 3

/** A name and the place it is looked for in: the last or the first words, where they are a post office (`artjarvi kk`) or a postcode. */
export const namesInPlaces = (
  words: readonly string[],
  isPlace: (words: string) => boolean,
): readonly { readonly name: string; readonly place: string }[] => {
  const split = (place: readonly string[], name: readonly string[]) => {
    const written = place.join(' ')
    return isPlace(written) ? nameOrders(name).map((of) => ({ name: of, place: written })) : []
  }
  return Array.from({ length: Math.max(0, Math.min(longestPlace, words.length - 1)) }, (_, i) => i + 1).flatMap((n) => [
    ...split(words.slice(-n), words.slice(0, -n)),
    ...split(words.slice(0, n), words.slice(n)),
  ])
}

/** The words with one of them as it may have been meant, each word having its turn; at most `most`, so that a short name with many neighbours leaves room. */
export const meant = (
  words: readonly string[],
  near: (word: string) => readonly string[],
  most = 24,
): readonly (readonly string[])[] => {
  const slips = words.map((word, i) =>
    /\d/.test(word) || word.length < 3 ? [] : near(word).map((other) => words.with(i, other)),
  )
  const turns = Math.min(most, Math.max(...slips.map((of) => of.length)))
  return Array.from({ length: turns }, (_, turn) => slips.flatMap((of) => of.slice(turn, turn + 1)))
    .flat()
    .slice(0, most)
}

/** The beginnings to look for when each word is only begun: one word made whole, the others as far as they were typed; at most `most`. */
export const wholeLeads = (
  words: readonly string[],
  begun: (word: string, most: number) => readonly string[],
  most = 60,
): readonly string[] => {
  if (words.length < 2) return []
  const each = Math.floor(most / words.length)
  const leads = words.flatMap((word, i) =>
    /\d/.test(word) || word.length < 2
      ? []
      : begun(word, each).map((whole) => [whole, ...words.slice(0, i), ...words.slice(i + 1)].join(' ')),
  )
  return [...new Set(leads)]
}
