// What is let in: requests are read strictly and in time, and whatever cannot be read is refused in the same form as every other refusal.
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problemOf } from '../enforcement/serve.ts'
import { Forbidden, Invalid, type RegisterError } from '../platform/errors.ts'
import { readJson } from '../platform/json.ts'

const mostHeaders = 100

const tooSlow = () => new Invalid('request.too-slow', { status: 408 })
const tooManyHeaders = () => new Invalid('headers.too-many', { status: 431 })
const unreadable = (code: string, message: string) =>
  new Invalid('request.unreadable', { faults: [{ path: 'request', code, message }] })

/** What the server's own machinery found, as the register's errors. */
export const refusal = (error: unknown): unknown => {
  const { statusCode, code } = error as { statusCode?: number; code?: string }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Invalid('body.too-large', { status: 413 })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Invalid('body.not-json', { status: 415 })
  if (code === 'FST_ERR_BAD_URL') return unreadable('address.broken', 'write the address in percent-encoded UTF-8')
  if (statusCode === 429) return new Forbidden('requests.too-many', { status: 429 })
  if (error instanceof Error && 'faults' in error) return error
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new Invalid('request.unreadable')
  return error
}

export const send = (reply: FastifyReply, error: unknown): FastifyReply => {
  const problem = problemOf(refusal(error))
  if (problem.status >= 500) reply.log.error({ err: error }, problem.code)
  return reply.code(problem.status).type('application/problem+json').send(problem)
}

/** For a request that never became one: straight to the socket, which is closed then. */
const sendRaw = (socket: Socket, error: RegisterError, headers: Readonly<Record<string, string>>): void => {
  if (!socket.writable) return void socket.destroy()
  const body = JSON.stringify(problemOf(error))
  const lines = Object.entries({
    ...headers,
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`)
  socket.end(`HTTP/1.1 ${error.status} ${error.code}\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
}

const clientFault = (code: string | undefined): RegisterError => {
  if (code === 'HPE_HEADER_OVERFLOW') return tooManyHeaders()
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return tooSlow()
  return unreadable('http.broken', 'this is not HTTP')
}

/** Handlers of the server's options. `headers` go with every answer. */
export const broken = (headers: Readonly<Record<string, string>>) => ({
  frameworkErrors: (error: unknown, _request: unknown, reply: unknown) => void send(reply as FastifyReply, error),
  clientErrorHandler: (error: Error & { code?: string }, socket: Socket) =>
    error.code === 'ECONNRESET' ? void socket.destroy() : sendRaw(socket, clientFault(error.code), headers),
})

/** A header of percent-encoded text. @throws Invalid, since it would stand in the access log as it came */
export const textHeader = (name: string, value: string | string[] | undefined): string | undefined => {
  if (value === undefined) return undefined
  const refused = new Invalid('header.unreadable', {
    faults: [
      {
        path: `headers.${name}`,
        code: 'header.unreadable',
        message: 'percent-encoded UTF-8, once, of at most 250 signs',
      },
    ],
  })
  if (typeof value !== 'string') throw refused
  let text: string
  try {
    text = decodeURIComponent(value)
  } catch {
    throw refused
  }
  if (text.length > 250 || /\p{Cc}/u.test(text)) throw refused
  return text
}

const charset = /charset\s*=\s*"?([^\s";]+)/i

/** What can be known of a request before its body: found before a byte of that is taken. */
const lookAt = ({ raw, headers, routeOptions, url }: FastifyRequest): void => {
  if (raw.rawHeaders.length > 2 * mostHeaders) throw tooManyHeaders()
  if (headers.host === undefined) throw unreadable('host.missing', 'name the host')
  try {
    decodeURIComponent(url)
  } catch {
    throw unreadable('address.broken', 'write the address in percent-encoded UTF-8')
  }
  const type = headers['content-type'] ?? ''
  const named = charset.exec(type)?.[1]?.toLowerCase()
  const encoded = headers['content-encoding'] ?? 'identity'
  const notJson = type.toLowerCase().startsWith('multipart/') && routeOptions.config.takesFile !== true
  if (notJson || encoded !== 'identity' || (named !== undefined && named !== 'utf-8' && named !== 'utf8'))
    throw new Invalid('body.not-json', { status: 415 })
}

/** A body that is not whole in time is not waited for, unless it is a file: that has the server's own, longer limit. */
const hurry = (request: FastifyRequest, reply: FastifyReply, patience: number): void => {
  const { raw } = request
  if (raw.complete || raw.headers['content-length'] === '0') return
  const timer = setTimeout(() => {
    if (raw.complete || reply.sent) return
    reply.header('connection', 'close')
    reply.raw.once('finish', () => raw.destroy())
    send(reply, tooSlow())
  }, patience)
  timer.unref()
  raw.once('close', () => clearTimeout(timer))
  raw.once('end', () => clearTimeout(timer))
}

/** Milliseconds that a body may take. */
export const readStrictly = (
  server: FastifyInstance,
  headers: Readonly<Record<string, string>>,
  patience: number,
): void => {
  server.removeContentTypeParser(['application/json', 'text/plain'])
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, body: Buffer) => readJson(body),
  )
  server.addHook('onRequest', async (request, reply) => {
    lookAt(request)
    if (request.method !== 'GET' && request.method !== 'HEAD' && request.routeOptions.config.takesFile !== true)
      hurry(request, reply, patience)
  })
  server.server.on('checkExpectation', ({ socket }) =>
    sendRaw(socket, new Invalid('request.expects', { status: 417 }), headers),
  )
  server.server.on('connect', (_request, socket) => {
    // Node has let go of it by now: a client that hangs up before the answer would take the process along.
    socket.on('error', () => socket.destroy())
    sendRaw(socket as Socket, new Invalid('method.not-allowed', { status: 405 }), headers)
  })
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const

/** An address that is there answers every other method by telling which it has. `taken`: each address with its methods. */
export const refuseOtherMethods = (server: FastifyInstance, taken: ReadonlyMap<string, readonly string[]>): void => {
  for (const [url, has] of taken) {
    const others = methods.filter((method) => !has.includes(method) && server.supportedMethods.includes(method))
    const allow = [...has, ...(has.includes('GET') ? ['HEAD'] : [])].join(', ')
    const refuse = async (_request: FastifyRequest, reply: FastifyReply) => {
      reply.header('allow', allow)
      return send(reply, new Invalid('method.not-allowed', { status: 405 }))
    }
    server.route({ method: others, url, exposeHeadRoute: true, onRequest: refuse, handler: refuse })
  }
}
