// The web server: each route of the chapters on Fastify, sessions and tokens, security headers, problem+json. Knows no chapter's matter.
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { formAsked, takeOut } from '../enforcement/export.ts'
import { namesOf } from '../enforcement/names.ts'
import {
  type Actor,
  answer,
  anyone,
  bundleFor,
  type Route,
  type Serving,
  type SessionHandle,
  turnAway,
} from '../enforcement/serve.ts'
import { Forbidden } from '../platform/errors.ts'
import type { Endpoint, GivenFile } from '../register/endpoint.ts'
import { type Language, languages } from '../register/vocabulary.ts'
import { forgetFile, receiveFile, sendFile } from './files.ts'
import { atCursor, linkToNext } from './pages.ts'
import { limitRates, mostSignIns } from './rate-limits.ts'
import { broken, readStrictly, refuseOtherMethods, send, textHeader } from './reading.ts'

export type Identify = (request: FastifyRequest) => Promise<Actor | undefined>

export type Http = {
  readonly serving: Serving
  readonly routes: readonly Route[]
  readonly identify: Identify
  readonly logLevel: string
  /** True behind https: cookies carry `Secure` and the `__Host-` prefix. */
  readonly secure: boolean
  /** Addresses and networks of the proxies before it; none without one. */
  readonly proxies?: readonly string[]
  /** Where files that people bring are kept. */
  readonly folder: string
  /** Milliseconds that the body of a request may take, when it is no file. */
  readonly patience?: number
}

/** What helmet would set, by hand: half the cost, and tested against the list. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
}

const kilobytes = 1024

/** A request that changes something comes from our own pages or from a program with a token, never from another site's form. */
const notForged = (request: FastifyRequest): void => {
  if (request.method === 'GET' || request.method === 'HEAD' || request.headers.authorization !== undefined) return
  const site = request.headers['sec-fetch-site']
  if (request.headers['x-register'] === undefined || (site !== undefined && site !== 'same-origin'))
    throw new Forbidden('request.forged')
}

/** `__Host-` asks for https; on the loopback the plain name does. */
export const sessionCookie = (secure: boolean): string => (secure ? '__Host-register' : 'register')

const sessionOf = (request: FastifyRequest, reply: FastifyReply, secure: boolean): SessionHandle => {
  const name = sessionCookie(secure)
  const options = { path: '/', httpOnly: true, secure, sameSite: 'strict' } as const
  return {
    token: request.cookies[name],
    userAgent: request.headers['user-agent']?.slice(0, 200) ?? '',
    set: (token) => void reply.setCookie(name, token, options),
    clear: () => void reply.clearCookie(name, options),
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    takesFile?: boolean
  }
}

/** The reader's language: the first that we speak, as the browser or the desk says it. */
const languageOf = ({ 'accept-language': said = '' }: FastifyRequest['headers']): Language =>
  said
    .split(',')
    .map((each) => languages.find((language) => each.trim().slice(0, 2).toLowerCase() === language))
    .find((each) => each !== undefined) ?? 'fi'

/** The server, ready to listen. Answers are JSON; every other page is added by the caller before it listens. */
export const httpServer = async ({
  serving,
  routes,
  identify,
  logLevel,
  secure,
  proxies = [],
  folder,
  patience = 30_000,
}: Http): Promise<FastifyInstance> => {
  const server = Fastify({
    logger: {
      level: logLevel,
      // Addresses may hold what people typed: only the route's own pattern is written.
      serializers: { req: (request: FastifyRequest) => ({ method: request.method, route: request.routeOptions.url }) },
    },
    bodyLimit: 256 * kilobytes,
    // A client that sends slowly holds a socket for ten seconds at most until its headers are whole.
    http: { connectionsCheckingInterval: 1_000, headersTimeout: 10_000, requireHostHeader: false },
    ...broken(securityHeaders),
    // A large file over a slow line takes its time; a request without one has `patience`.
    requestTimeout: 30 * 60_000,
    connectionTimeout: 60_000,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    // Behind a proxy all requests come from it: whom it names is who is counted by the rate limits. Nobody else is believed.
    trustProxy: proxies.length === 0 ? false : [...proxies],
  })
  await server.register(cookie)
  await server.register(multipart)
  readStrictly(server, securityHeaders, patience)
  const limits = await limitRates(server, sessionCookie(secure))
  server.addHook('onSend', async (request, reply, payload) => {
    for (const [name, value] of Object.entries(securityHeaders)) if (!reply.hasHeader(name)) reply.header(name, value)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    return payload
  })
  server.setErrorHandler((error, _request, reply) => send(reply, error))
  server.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .type('application/problem+json')
      .send({ type: '/problems/address.unknown', title: 'Not Found', status: 404, code: 'address.unknown' }),
  )
  /** One same refusal for every token that opens nothing; and a program signs nobody in. */
  const programsOnly = async (
    request: FastifyRequest,
    reply: FastifyReply,
    endpoint: Endpoint,
    actor: Actor | undefined,
  ): Promise<void> => {
    if (actor === undefined) {
      const exceeded = await limits.wrongToken(request)
      if (exceeded !== undefined) {
        reply.header('retry-after', exceeded.seconds)
        return turnAway(serving, endpoint, anyone, new Forbidden('requests.too-many', { status: 429 }))
      }
      reply.header('www-authenticate', 'Bearer realm="asiakasrekisteri", error="invalid_token"')
      return turnAway(serving, endpoint, anyone, new Forbidden('token.refused', { status: 401 }))
    }
    if (endpoint.as !== undefined) await turnAway(serving, endpoint, actor, new Forbidden('token.no-session'))
  }
  const names = namesOf(
    serving.register.description,
    routes.map(({ endpoint }) => endpoint),
  )
  for (const route of routes) {
    const { endpoint } = route
    server.route({
      method: endpoint.method,
      url: endpoint.path,
      config: {
        // By address for everyone: who is signed in may not try others' passwords more often either.
        ...(endpoint.as?.for === 'anyone' ? { rateLimit: { max: mostSignIns, allowList: [] } } : {}),
        takesFile: endpoint.takesFile !== undefined,
      },
      handler: async (request, reply) => {
        notForged(request)
        const actor = await identify(request)
        await limits.identified(request, reply, actor)
        if (request.headers.authorization !== undefined) await programsOnly(request, reply, endpoint, actor)
        const asked = {
          params: numbered(request.params),
          query: atCursor(endpoint, request.query),
          because: textHeader('because', request.headers['because']),
          session: sessionOf(request, reply, secure),
        }
        const as = formAsked(endpoint, asked.query)
        if (as !== undefined) {
          const language = languageOf(request.headers)
          return sendFile(reply, await takeOut(serving, route, actor, { ...asked, ...as, language, names }))
        }
        // From one who may not, not a byte is taken: the refusal follows below.
        const may = actor !== undefined && bundleFor(serving.register, actor, endpoint) !== undefined
        const file =
          endpoint.takesFile && may
            ? await receiveFile(request, folder, endpoint.takesFile.most, serving.register.keys)
            : undefined
        try {
          const body = endpoint.takesFile ? file : request.body
          let before = false
          const key = request.headers['idempotency-key']
          const once = key === undefined ? undefined : { key: String(key), again: () => void (before = true) }
          const output = await answer(serving, route, actor, { ...asked, body, once })
          if (before) reply.header('idempotent-replayed', 'true')
          if (before && file !== undefined) await forgetFile(folder, file)
          const link = linkToNext(endpoint, request.url, output)
          if (link !== undefined) reply.header('link', link)
          return endpoint.givesFile ? sendFile(reply, output as GivenFile) : reply.send(output)
        } catch (error) {
          if (file !== undefined) await forgetFile(folder, file)
          throw error
        }
      },
    })
  }
  const taken = Map.groupBy(routes, ({ endpoint }) => endpoint.path)
  refuseOtherMethods(
    server,
    new Map([...taken].map(([path, those]) => [path, those.map(({ endpoint }) => endpoint.method)])),
  )
  return server
}

/** Ids in paths are whole numbers; anything else stays text and meets the endpoint's own check. */
const numbered = (params: unknown): unknown =>
  Object.fromEntries(
    Object.entries(params as Record<string, string>).map(([name, value]) => [
      name,
      name.endsWith('_id') && /^\d{1,15}$/.test(value) ? Number(value) : value,
    ]),
  )
