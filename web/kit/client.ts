// The only way from the web to the register: a typed call of an endpoint value, and what is thrown when it refuses.
import type { Form } from '../../register/list.ts'
import type { Language } from '../../register/vocabulary.ts'
import { addressOf, type Asked, type Endpoint, type Output, type Problem } from '../../register/endpoint.ts'

/** What the register refused, or why it could not be reached (status 0, `web.unreachable`) or understood (`web.unreadable`). */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly problem: Problem

  constructor(problem: Problem, cause?: unknown) {
    super(problem.code, { cause })
    this.problem = problem
  }
}

const own = (status: number, code: string, cause?: unknown): Refusal =>
  new Refusal({ type: 'about:blank', title: code, status, code }, cause)

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' && 'status' in body

const refusalOf = async (response: Response): Promise<Refusal> => {
  const body: unknown = await response.json().catch(() => undefined)
  return isProblem(body) ? new Refusal(body) : own(response.status, 'web.unreadable')
}

export type Calling = {
  /** Why this person's data is opened: a call, a case, or typed words. Percent-encoded, since a header holds no ä or €. */
  readonly because?: string | undefined
  readonly signal?: AbortSignal
}

const asked = async (address: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> => {
  const response = await fetch(address, { ...init, signal: signal ?? null, redirect: 'error' }).catch(
    (cause: unknown) => {
      signal?.throwIfAborted()
      throw own(0, 'web.unreachable', cause)
    },
  )
  if (!response.ok) throw await refusalOf(response)
  return response
}

/**
 * Asks one endpoint and gives its parsed answer. `asked` holds the parts that the endpoint takes: params, query, body.
 * @throws Refusal, and the signal's reason when it is aborted.
 */
export const call = async <const E extends Endpoint>(
  endpoint: E,
  given: Asked<E>,
  calling: Calling = {},
): Promise<Output<E>> => {
  const { params, query, body } = given as { params?: object; query?: object; body?: unknown }
  const headers = new Headers({ accept: 'application/json' })
  if (calling.because !== undefined) headers.set('because', encodeURIComponent(calling.because))
  // No other site can set this header: with it the register knows that the desk itself asks for the change.
  if (endpoint.method !== 'GET') headers.set('x-register', 'desk')
  if (body !== undefined) headers.set('content-type', 'application/json')
  const init = { method: endpoint.method, headers, body: body === undefined ? null : JSON.stringify(body) }
  const response = await asked(addressOf(endpoint.path, { params, query }), init, calling.signal)
  const answer: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined)
  const parsed = endpoint.gives.safeParse(answer)
  if (!parsed.success) throw own(response.status, 'web.unreadable', parsed.error)
  return parsed.data as Output<E>
}

/**
 * Sends one file to an endpoint that takes one, telling the share that has left, 0 to 1.
 * @throws Refusal
 */
export const sendFile = <const E extends Endpoint>(
  endpoint: E,
  file: File,
  query: object,
  progress: (share: number) => void,
): Promise<Output<E>> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(endpoint.method, addressOf(endpoint.path, { query }))
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('x-register', 'desk')
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total === 0 ? 1 : loaded / total))
    request.addEventListener('error', () => reject(own(0, 'web.unreachable')))
    request.addEventListener('load', () => {
      const answer: unknown = request.response
      if (request.status >= 300)
        return reject(isProblem(answer) ? new Refusal(answer) : own(request.status, 'web.unreadable'))
      const parsed = endpoint.gives.safeParse(answer)
      if (parsed.success) resolve(parsed.data as Output<E>)
      else reject(own(request.status, 'web.unreadable', parsed.error))
    })
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })

/**
 * Asks for the list of the endpoint as a file, all pages of it, and gives it to the browser to keep; gives its name.
 * @throws Refusal; a list that breaks off on its way is `web.unreachable`, and nothing of it is kept.
 */
export const takeOut = async <const E extends Endpoint>(
  endpoint: E,
  given: Asked<E>,
  { form, because, language }: { readonly form: Form; readonly because: string; readonly language: Language },
): Promise<string> => {
  const { params, query } = given as { params?: object; query?: object }
  const response = await asked(
    addressOf(endpoint.path, { params, query: { ...query, as: form } }),
    { headers: { 'accept-language': language, because: encodeURIComponent(because) } },
    undefined,
  )
  const file = await response.blob().catch((cause: unknown) => {
    throw own(0, 'web.unreachable', cause)
  })
  const [, said = ''] = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '') ?? []
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = decodeURIComponent(said) || `list.${form}`
  link.click()
  // The browser has taken hold of it by the next turn; until then the address must stand.
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000)
  return link.download
}
