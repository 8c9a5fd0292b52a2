// JSON as it comes from outside, read strictly: what two readers could understand in two ways is refused, with its place.
import { isUtf8 } from 'node:buffer'
import { Invalid } from './errors.ts'

const deepest = 32

const refused = (code: string, message: string): Invalid =>
  new Invalid('request.unreadable', { faults: [{ path: 'body', code, message }] })

/** The end of the string that begins at `from`: the place of its closing quotation mark. */
const endOf = (text: string, from: number): number => {
  for (let i = from + 1; ; i += 1) {
    const sign = text[i]
    if (sign === '"') return i
    if (sign === '\\') i += 1
  }
}

const space = /\s/

/** Looks through text that JSON.parse has accepted: no name twice in one object, none that means something to the language, none too deep. */
const look = (text: string): void => {
  /** What stands open: the names of an object, or nothing for an array. */
  const open: (Set<string> | undefined)[] = []
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i]
    if (sign === '{' || sign === '[') {
      if (open.push(sign === '{' ? new Set() : undefined) > deepest)
        throw refused('json.too-deep', `no deeper than ${deepest} objects or lists in each other`)
    } else if (sign === '}' || sign === ']') open.pop()
    else if (sign === '"') {
      const from = i
      i = endOf(text, i)
      const names = open.at(-1)
      if (names === undefined) continue
      let next = i + 1
      while (space.test(text[next] ?? '')) next += 1
      if (text[next] !== ':') continue
      const name = JSON.parse(text.slice(from, i + 1)) as string
      if (name === '__proto__') throw refused('json.name-forbidden', 'no object has such a name here')
      if (names.has(name)) throw refused('json.name-twice', `${JSON.stringify(name.slice(0, 60))} is given twice`)
      names.add(name)
    }
  }
}

/** @throws Invalid with the fault: not UTF-8, not JSON, a name twice in one object, or too deep. Nothing at all is undefined. */
export const readJson = (bytes: Buffer): unknown => {
  if (bytes.length === 0) return undefined
  if (!isUtf8(bytes)) throw refused('text.not-utf8', 'write the body in UTF-8')
  const text = new TextDecoder().decode(bytes)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refused('json.broken', 'this is not JSON')
  }
  look(text)
  return value
}
