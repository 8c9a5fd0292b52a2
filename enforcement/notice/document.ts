// What is published, before it takes a form: sections of sentences, lists and tables, each part led back to what declares it.
// The page and the PDF are both made of this value, so they cannot say different things.
import type { Language } from '../../register/vocabulary.ts'

/** What of the declaration a part tells, for example `retention` and `name/payment/financial-year-end/P6Y`. No id holds a space. */
export type Mark = { readonly of: string; readonly ids: readonly string[] }

/** `href`: an address, or `#id` of a section of the same document. */
export type Span =
  | string
  | {
      readonly text: string
      readonly as?: 'strong' | 'quiet' | 'code'
      readonly href?: string
      readonly mark?: Mark
    }
export type Line = readonly Span[]

/** One line stands as it is, several as a list. */
export type Cell = readonly Line[]
export type Item = { readonly line: Line; readonly mark?: Mark }
/** The first cell names the row. */
export type Row = { readonly cells: readonly Cell[]; readonly mark?: Mark }

export type Block =
  | { readonly is: 'heading'; readonly text: string; readonly mark?: Mark }
  | { readonly is: 'text'; readonly line: Line; readonly mark?: Mark }
  | { readonly is: 'list'; readonly items: readonly Item[] }
  | { readonly is: 'table'; readonly name: string; readonly head: readonly string[]; readonly rows: readonly Row[] }

export type Section = {
  readonly id: string
  readonly title: string
  /** Set off from all else, as art. 21(4) asks of the right to object. */
  readonly apart?: true
  readonly blocks: readonly Block[]
}

export type Document = {
  readonly language: Language
  readonly title: string
  readonly lead: readonly Line[]
  readonly sections: readonly Section[]
  readonly foot: Line
  /** Shown on every printed page. */
  readonly digest: string
}

export const mark = (of: string, ...ids: readonly string[]): Mark => ({ of, ids })
export const heading = (text: string, marked?: Mark): Block => ({
  is: 'heading',
  text,
  ...(marked === undefined ? {} : { mark: marked }),
})
export const text = (line: Line | string, marked?: Mark): Block => ({
  is: 'text',
  line: typeof line === 'string' ? [line] : line,
  ...(marked === undefined ? {} : { mark: marked }),
})
export const list = (items: readonly Item[]): Block => ({ is: 'list', items })
export const table = (name: string, head: readonly string[], rows: readonly Row[]): Block => ({
  is: 'table',
  name,
  head,
  rows,
})
export const strong = (words: string, marked?: Mark): Span => ({
  text: words,
  as: 'strong',
  ...(marked === undefined ? {} : { mark: marked }),
})
export const quiet = (words: string): Span => ({ text: words, as: 'quiet' })
export const mail = (address: string): Span => ({ text: address, href: `mailto:${address}` })

/** Spans with a comma between them. */
export const listed = (spans: readonly Span[], between = ', '): Line =>
  spans.flatMap((span, i) => (i === 0 ? [span] : [between, span]))

/** The words of a line, as a reader takes them in. */
export const wordsOf = (line: Line): string =>
  line.map((span) => (typeof span === 'string' ? span : span.text)).join('')
