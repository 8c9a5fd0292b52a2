// Plain SQL through one small tag: values become parameters, fragments stay fragments, columns come from the row's shape.
import { createHash } from 'node:crypto'
import type { Shape } from './row.ts'

export type Sql = { readonly text: string; readonly values: readonly unknown[] }

type Fragment = { readonly strings: readonly string[]; readonly values: readonly unknown[] }
const fragments = new WeakMap<object, Fragment>()

const isSql = (value: unknown): value is Sql => typeof value === 'object' && value !== null && fragments.has(value)

const build = (fragment: Fragment): Sql => {
  let text: string | undefined
  const out: Sql = {
    // Only what is sent becomes a text, and then once.
    get text() {
      if (text === undefined) {
        const parts: string[] = []
        fragment.strings.forEach((part, i) => (i === 0 ? parts.push(part) : parts.push('$', String(i), part)))
        text = parts.join('')
      }
      return text
    },
    values: fragment.values,
  }
  fragments.set(out, fragment)
  return out
}

/** ``sql`select ${columns(row, 'c')} from customer c where c.id = ${id}` ``; a nested fragment is woven in, anything else is a parameter. */
export const sql = (strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql => {
  const texts = [strings[0] ?? '']
  const values: unknown[] = []
  parts.forEach((part, i) => {
    const next = strings[i + 1] ?? ''
    const inner = isSql(part) ? fragments.get(part) : undefined
    if (inner === undefined) {
      values.push(part)
      texts.push(next)
      return
    }
    texts[texts.length - 1] += inner.strings[0] ?? ''
    texts.push(...inner.strings.slice(1))
    values.push(...inner.values)
    texts[texts.length - 1] += next
  })
  return build({ strings: texts, values })
}

const name = /^[a-z_][a-z0-9_]*$/

/** Identifiers and keywords from our own code, never from input. */
export const raw = (text: string): Sql => build({ strings: [text], values: [] })

/** The columns of a shape, each under an alias of the statement: `c.id, c.number`. */
export const columns = (shape: Shape, alias?: string): Sql => {
  const listed = Object.keys(shape).filter((key) => shape[key]?.from === undefined)
  for (const key of listed) if (!name.test(key)) throw new Error(`${key} is not a column name`)
  return raw(listed.map((key) => (alias === undefined ? key : `${alias}.${key}`)).join(', '))
}

export const join = (parts: readonly Sql[], separator: string): Sql => {
  const strings = ['']
  const values: unknown[] = []
  parts.forEach((part, i) => {
    const { strings: texts, values: given } = fragments.get(part) as Fragment
    if (i > 0) strings[strings.length - 1] += separator
    strings[strings.length - 1] += texts[0] ?? ''
    for (let at = 1; at < texts.length; at++) strings.push(texts[at] as string)
    values.push(...given)
  })
  return build({ strings, values })
}

const names = new Map<string, string>()

/** A prepared statement's name, the same for the same text, so that PostgreSQL plans each shape once per connection. */
export const statementName = (text: string): string => {
  const known = names.get(text)
  if (known !== undefined) return known
  const made = `s${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`
  names.set(text, made)
  return made
}
