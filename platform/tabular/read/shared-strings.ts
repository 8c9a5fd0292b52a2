// The texts that the cells of a workbook share, read only as far as a cell has asked. For the workbook reader.
import { refusal } from '../table.ts'
import { damaged, type Part } from './package.ts'
import { xmlReader } from './xml.ts'

export type SharedStrings = {
  /** How many have been read. */
  readonly known: () => number
  /** Reads on until the text of this number is known. */
  readonly reach: (index: number) => Promise<void>
  readonly at: (index: number) => string
  readonly close: () => Promise<void>
}

const pageBits = 10
const pageSize = 1 << pageBits

/** A thousand texts as one string, since five million strings of their own cost more than the letters in them. */
type Page = { readonly text: string; readonly ends: Uint32Array }
const pageOf = (texts: readonly string[]): Page => {
  const ends = new Uint32Array(texts.length)
  let end = 0
  texts.forEach((text, i) => (ends[i] = end += text.length))
  return { text: texts.join(''), ends }
}

/** `_x000D_` stands for a sign that XML cannot hold. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

/** Held in memory and not on disk, where it would leave people's data behind: hence the limit, in characters. */
export const sharedStrings = (part: Part | undefined, limit: number): SharedStrings => {
  const pages: Page[] = []
  let tail: string[] = []
  let [text, inText, inPhonetic, size] = ['', false, false, 0]

  const add = (): void => {
    size += text.length
    if (size > limit)
      throw refusal(
        'too-large',
        `the texts of the workbook are more than ${limit} characters, which do not fit in memory; save the sheet as CSV`,
        413,
      )
    tail.push(unescaped(text))
    if (tail.length < pageSize) return
    pages.push(pageOf(tail))
    tail = []
  }
  const xml = xmlReader({
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 't') inText = true
      else if (name === 'rPh') inPhonetic = true
    },
    close: (name) => {
      if (name === 'si') add()
      else if (name === 't') inText = false
      else if (name === 'rPh') inPhonetic = false
    },
    text: (piece) => {
      if (inText && !inPhonetic) text += piece
    },
  })
  const chunks = part?.text()
  const known = (): number => pages.length * pageSize + tail.length

  return {
    known,
    reach: async (index) => {
      while (index >= known()) {
        const next = await chunks?.next()
        if (next === undefined || next.done) throw damaged(`a cell names text ${index}, which is not there`)
        xml.write(next.value)
      }
    },
    at: (index) => {
      const page = pages[index >> pageBits]
      const place = index & (pageSize - 1)
      if (page === undefined) return tail[place] ?? ''
      return page.text.substring(place === 0 ? 0 : (page.ends[place - 1] as number), page.ends[place])
    },
    close: async () => void (await chunks?.return(undefined)),
  }
}
