// How often may be asked in a minute. An office stands behind one address: files are counted apart, whoever is signed in by themselves, all others by address.
import { createHash } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../enforcement/serve.ts'
import { Forbidden } from '../platform/errors.ts'

const timeWindow = '1 minute'
export const mostOf = {
  /** Of one signed-in user or program, and of one address for all who are not signed in. */
  requests: 1_200,
  /** Of the desk, for one address: a first page is some forty, and a new version is fetched by a whole office at once. */
  files: 12_000,
} as const
/** Attempts at each step of signing in, from one address. */
export const mostSignIns = 30
/** From one address. The tokens that hold are not counted. */
const wrongTokens = 20
/** Who is forgotten beyond it is counted by address once more. */
const mostRemembered = 20_000

const isFile = ({ routeOptions }: FastifyRequest): boolean => /^\/desk(\/|$)/.test(routeOptions.url ?? '')

/** What the caller says of themselves; nobody can be told from it, should it leak. */
const credentialOf = ({ headers, cookies }: FastifyRequest, cookie: string): string | undefined => {
  const said = headers.authorization ?? cookies[cookie]
  return said === undefined ? undefined : createHash('sha256').update(said).digest('base64url')
}

export type RateLimits = {
  /** To be told of each request who it was found to be from. @throws Forbidden, 429, when that one has asked too much */
  readonly identified: (request: FastifyRequest, reply: FastifyReply, actor: Actor | undefined) => Promise<void>
  /** Of a token that opens nothing: when it may be tried again, if it was tried too often. */
  readonly wrongToken: (request: FastifyRequest) => Promise<{ readonly seconds: number } | undefined>
}

/** @param cookie name of the session's cookie */
export const limitRates = async (
  server: FastifyInstance,
  cookie: string,
  most: { readonly requests: number; readonly files: number } = mostOf,
): Promise<RateLimits> => {
  /** Credentials that held when they were last used. Made-up ones are not among them, so that each try counts for its address. */
  const holding = new Set<string>()
  const isKnown = (request: FastifyRequest): boolean => {
    const credential = credentialOf(request, cookie)
    return credential !== undefined && holding.has(credential)
  }
  await server.register(rateLimit, {
    global: true,
    max: most.requests,
    timeWindow,
    allowList: (request: FastifyRequest) => isFile(request) || isKnown(request),
  })
  const files = server.createRateLimit({ max: most.files, timeWindow, allowList: [] })
  const failures = server.createRateLimit({ max: wrongTokens, timeWindow, allowList: [] })
  const handles = new WeakMap<FastifyRequest, string>()
  const users = server.createRateLimit({
    max: most.requests,
    timeWindow,
    allowList: [],
    keyGenerator: (request) => handles.get(request) ?? request.ip,
  })
  type Tried = Awaited<ReturnType<typeof files>>
  const tooMany = (reply: FastifyReply, tried: Tried): void => {
    if (tried.isAllowed || !tried.isExceeded) return
    reply.header('retry-after', tried.ttlInSeconds)
    throw new Forbidden('requests.too-many', { status: 429 })
  }
  server.addHook('onRequest', async (request, reply) => {
    if (isFile(request)) tooMany(reply, await files(request))
  })
  return {
    identified: async (request, reply, actor) => {
      const credential = credentialOf(request, cookie)
      if (credential === undefined) return
      // The newest last, so that those who went home are forgotten first.
      holding.delete(credential)
      if (actor === undefined) return
      holding.add(credential)
      if (holding.size > mostRemembered) holding.delete(holding.values().next().value as string)
      handles.set(request, actor.handle)
      tooMany(reply, await users(request))
    },
    wrongToken: async (request) => {
      const tried = await failures(request)
      return !tried.isAllowed && tried.isExceeded ? { seconds: tried.ttlInSeconds } : undefined
    },
  }
}
