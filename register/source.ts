// A YAML file with its positions: what is wrong is told with file, line and column. Rests on the `yaml` package alone.
import { type Document, isAlias, isCollection, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml'

export type Path = readonly (string | number)[]
export type Place = { readonly line: number; readonly column: number }

/** Something wrong in a declaration: where, and what would be right. */
export type Fault = Place & {
  readonly file: string
  /** Dotted, lists by number: `retention.3.period`. Empty for the file as a whole. */
  readonly path: string
  readonly code: string
  readonly message: string
}

export type Source = {
  readonly file: string
  /** Undefined when the file is not YAML; then `faults` says why. */
  readonly value: unknown
  readonly faults: readonly Fault[]
  /** Where the value stands; for what is missing, its nearest container. */
  readonly at: (path: Path) => Place
  /** Where the last key of the path stands. */
  readonly atKey: (path: Path) => Place
  /** Each text of the file with its path and its place, in order; breaks of lines are single spaces. */
  readonly texts: () => readonly {
    readonly path: Path
    readonly text: string
    readonly at: (offset: number) => Place
  }[]
}

const child = (document: Document, node: unknown, step: string | number): { key?: unknown; value?: unknown } => {
  const whole = isAlias(node) ? node.resolve(document) : node
  if (!isCollection(whole)) return {}
  if (!isMap(whole)) return { value: whole.items[Number(step)] }
  const pair = whole.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step))
  return pair ? { key: pair.key, value: pair.value } : {}
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined)

export const readSource = (text: string, file: string): Source => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const find = (path: Path, end: 'key' | 'value'): Place => {
    let node: unknown = document.contents
    let start = startOf(node) ?? 0
    for (const [i, step] of path.entries()) {
      const { key, value } = child(document, node, step)
      const last = i === path.length - 1
      const next = last && end === 'key' ? (startOf(key) ?? startOf(value)) : (startOf(value) ?? startOf(key))
      if (next === undefined) break
      start = next
      node = value
    }
    return place(start)
  }
  const texts = () => {
    const found: { path: Path; text: string; at: (offset: number) => Place }[] = []
    const walk = (node: unknown, path: Path): void => {
      if (isScalar(node) && typeof node.value === 'string')
        found.push({
          path,
          text: node.value.replace(/\s/g, ' '),
          at: placeIn(text, node.range ?? undefined, node.value, place),
        })
      if (isMap(node))
        for (const pair of node.items)
          if (isPair(pair)) walk(pair.value, [...path, String(isScalar(pair.key) ? pair.key.value : pair.key)])
      if (isCollection(node) && !isMap(node)) for (const [i, item] of node.items.entries()) walk(item, [...path, i])
    }
    walk(document.contents, [])
    return found
  }
  const faults = document.errors.map((error) => yamlFault(file, place(error.pos[0]), error.code, error.message))
  let value: unknown
  try {
    if (faults.length === 0) value = document.toJS()
  } catch (error) {
    // Aliases that lead nowhere, or that multiply without end.
    faults.push(yamlFault(file, place(0), 'ALIAS', (error as Error).message))
  }
  return {
    file,
    value,
    faults,
    at: (path) => find(path, 'value'),
    atKey: (path) => find(path, 'key'),
    texts,
  }
}

const yamlFault = (file: string, at: Place, code: string, message: string): Fault => ({
  file,
  ...at,
  path: '',
  code: `yaml.${code.toLowerCase().replaceAll('_', '-')}`,
  message: `the file is not valid YAML here: ${message}`,
})

/** Prose without keys (text, Markdown, HTML): each paragraph is a text with an empty path, tags are passed over. */
export const readProse = (text: string, file: string): Source => {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1)
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  // Of equal length, so that every place stays true; a tag that ends a block ends a paragraph.
  const blank = (tag: string) => tag.replace(/[^\n]/g, ' ')
  const bare = text
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi, blank)
    .replace(
      /<\/?(p|h\d|li|ul|ol|dt|dd|div|section|table|tr|td|th|br)\b[^>]*>/gi,
      (tag) => `${blank(tag).slice(2)}\f\f`,
    )
    .replace(/<\/?[a-z][^>]*>/gi, blank)
    .replace(/^(#{1,6} .*)\n/gm, '$1\f')
  const paragraphs = [...bare.matchAll(/\S(?:(?!\n[ \t\r]*\n|\f)[\s\S])*/g)].map((match) => ({
    path: [],
    text: match[0].trimEnd().replace(/\s/g, ' '),
    at: (offset: number) => place(match.index + offset),
  }))
  return {
    file,
    value: {},
    faults: [],
    at: () => place(0),
    atKey: () => place(0),
    texts: () => paragraphs,
  }
}

/** Where a character of a folded or quoted text stands in the file: the words before it are counted off in the raw text. */
const placeIn = (
  file: string,
  range: readonly [number, number, number] | undefined,
  value: string,
  place: (offset: number) => Place,
) => {
  const [start, end] = range ?? [0, 0]
  const raw = file.slice(start, end)
  return (offset: number): Place => {
    const inWord = /\S*$/.exec(value.slice(0, offset))?.[0].length ?? 0
    const word = /^\S+/.exec(value.slice(offset - inWord))?.[0]
    const before = value
      .slice(0, offset - inWord)
      .split(/\s+/)
      .filter((part) => part !== '').length
    if (word === undefined) return place(start)
    // The words of the raw text are those of the value; quotes and the block sign are not part of one.
    const header = /^[>|][-+0-9]*[ \t]*(#[^\n]*)?\n/.exec(raw)?.[0].length ?? 0
    let seen = 0
    for (const match of raw.slice(header).matchAll(/\S+/g)) {
      if (seen === before) {
        const within = match[0].indexOf(word)
        return place(start + header + match.index + Math.max(within, 0) + inWord)
      }
      seen += 1
    }
    return place(start)
  }
}
