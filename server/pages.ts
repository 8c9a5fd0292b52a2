// Lists go by pages, all in one way: an answer that another page may follow names its address in the header Link (RFC 8288), with a cursor.
// A cursor is the place after the last row, as the endpoint's own query could say it: it opens nothing, and is checked like the rest of the query.
import { rowsOf } from '../register/list.ts'
import type { Endpoint } from '../register/endpoint.ts'
import { Invalid } from '../platform/errors.ts'

export const isPaged = (endpoint: Endpoint): boolean => endpoint.list?.next !== undefined || endpoint.next !== undefined

const longest = 600

const unusable = (): Invalid =>
  new Invalid('input.invalid', {
    status: 422,
    faults: [{ path: 'query.cursor', code: 'cursor.unusable', message: 'give the cursor of an answer as it came' }],
  })

const placeOf = (endpoint: Endpoint, cursor: string): object => {
  let place: unknown
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw unusable()
  }
  const taken = Object.keys(endpoint.takes.query?.shape ?? {})
  const entries = typeof place === 'object' && place !== null ? Object.entries(place) : []
  if (entries.length === 0 || entries.some(([name, value]) => !taken.includes(name) || typeof value !== 'string'))
    throw unusable()
  return Object.fromEntries(entries)
}

/** The query with the place of its cursor in it. @throws Invalid for a cursor that is none */
export const atCursor = (endpoint: Endpoint, query: unknown): unknown => {
  const { cursor, ...rest } = Object(query) as { cursor?: unknown }
  if (cursor === undefined || !isPaged(endpoint)) return query
  if (typeof cursor !== 'string' || cursor.length > longest) throw unusable()
  return { ...rest, ...placeOf(endpoint, cursor) }
}

/** The value of the header Link for the answer to this address, or undefined where it was the last page. */
export const linkToNext = (endpoint: Endpoint, address: string, output: unknown): string | undefined => {
  if (!isPaged(endpoint) || rowsOf(output).length === 0) return undefined
  const next = endpoint.list?.next?.(output as never) ?? endpoint.next?.(output as never)
  if (next === undefined) return undefined
  const place = Object.fromEntries(
    Object.entries(next).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, String(value as string | number)]],
    ),
  )
  const [path = '', asked = ''] = address.split('?')
  const query = new URLSearchParams(asked)
  for (const name of ['cursor', ...Object.keys(next)]) query.delete(name)
  query.append('cursor', Buffer.from(JSON.stringify(place)).toString('base64url'))
  return `<${path}?${query}>; rel="next"`
}
