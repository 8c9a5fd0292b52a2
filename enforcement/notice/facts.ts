// What a document tells, fact by fact: each under the mark that leads it back to the declaration. Versions are compared by these.
import { type Block, type Document, type Line, type Mark, type Span, wordsOf } from './document.ts'

/** One thing that is told. */
export type Fact = {
  readonly section: string
  /** What it is told of, for example "Billing clerk, Billing and payments: Sees"; empty when it stands by itself. */
  readonly about: string
  readonly name: string
  /** What else is told of it. */
  readonly tells: readonly string[]
  /** A name that stands here for what is described elsewhere: another label there is no change here. */
  readonly pointer: boolean
}

type Told = Omit<Fact, 'section' | 'tells'> & { readonly mark: Mark; readonly tells: string[] }

/** By mark and id. A rule of retention is known by category and purpose, so that it is the same rule when its period changes. */
export const factsOf = ({ title: name, sections }: Document): ReadonlyMap<string, Fact> =>
  new Map<string, Fact>([
    ['title', { section: name, about: '', name, tells: [], pointer: false }],
    ...sections.flatMap(({ title, blocks }) =>
      toldBy(blocks, title).flatMap(({ mark, ...fact }) =>
        mark.ids.map((id) => [`${mark.of} ${keyOf(mark.of, id)}`, { ...fact, section: title }] as const),
      ),
    ),
  ])

const keyOf = (of: string, id: string): string => (of === 'retention' ? id.split('/').slice(0, 2).join('/') : id)

const toldBy = (blocks: readonly Block[], title: string): readonly Told[] => {
  const told: Told[] = []
  let under = ''
  // What stands beneath a heading, and has no mark of its own, is told of what the heading names.
  let above: Told | undefined
  for (const block of blocks)
    switch (block.is) {
      case 'heading':
        under = block.text
        above = block.mark && { mark: block.mark, about: '', name: under, tells: [], pointer: false }
        if (above !== undefined) told.push(above)
        break
      case 'text':
        if (block.mark !== undefined)
          told.push({ mark: block.mark, about: '', name: under || title, tells: [wordsOf(block.line)], pointer: false })
        else above?.tells.push(...ownWords(block.line))
        told.push(...pointers(block.line, under, []))
        break
      case 'list':
        for (const { line, mark } of block.items) if (mark !== undefined) told.push(...item(line, mark, under))
        break
      case 'table':
        for (const { cells, mark } of block.rows) {
          const [first = [], ...others] = cells
          const name = wordsOf(first[0] ?? [])
          if (mark === undefined) {
            const tells = others.flat().map(wordsOf)
            told.push(...first.flatMap((line) => pointers(line, under, tells)))
            continue
          }
          told.push({
            mark,
            about: '',
            name,
            tells: [...first.slice(1), ...others.flat()].flatMap(ownWords),
            pointer: false,
          })
          for (const [i, cell] of others.entries())
            told.push(...cell.flatMap((line) => pointers(line, `${name}, ${block.head[i + 1] ?? ''}`, [])))
        }
    }
  return told
}

type Marked = Exclude<Span, string> & { readonly mark: Mark }
const isMarked = (span: Span): span is Marked => typeof span !== 'string' && span.mark !== undefined

const pointers = (line: Line, about: string, tells: readonly string[]): readonly Told[] =>
  line.filter(isMarked).map(({ mark, text }) => ({ mark, about, name: text, tells: [...tells], pointer: true }))

/** The words of a line without its pointers and what is between them; none when nothing else is there. */
const ownWords = (line: Line): readonly string[] => {
  const words = wordsOf(line.filter((span) => !isMarked(span) && span !== ', ' && span !== ' ')).trim()
  return words === '' ? [] : [words]
}

/** "Billing and payments. Sees: name, address.": what stands before the names tells what is meant by them. */
const item = (line: Line, mark: Mark, under: string): readonly Told[] => {
  const [first, ...others] = line
  const named = typeof first === 'object' && first.as === 'strong'
  const name = named ? first.text.replace(/\.$/, '') : wordsOf(line)
  if (!others.some(isMarked))
    return [{ mark, about: under, name, tells: named ? [...ownWords(others)] : [], pointer: false }]
  const told: Told[] = [{ mark, about: under, name, tells: [], pointer: false }]
  let lead = ''
  for (const span of others)
    if (isMarked(span)) told.push(...pointers([span], `${under}, ${name}: ${lead}`, []))
    else if (typeof span === 'string') lead = /([^.]+): $/.exec(span)?.[1]?.trim() ?? lead
  return told
}
