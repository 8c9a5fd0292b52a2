// A real OpenID provider on the loopback, at which whoever comes is at once who the test says.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

/** Who signs in there next, and how; or that they are refused. */
export type Person =
  | {
      readonly sub: string
      readonly email?: string
      readonly email_verified?: boolean
      readonly preferred_username?: string
      readonly amr?: readonly string[]
      readonly acr?: string
    }
  | 'refused'

export type PlayedProvider = {
  readonly issuer: string
  readonly clientId: string
  readonly secret: string
  readonly next: (person: Person) => void
  /** The sign-in page of the register, where its address is known only later. */
  readonly comesBackTo: (redirect: string) => void
  /** Whose sign-ins were ended there. */
  readonly ended: () => readonly string[]
  readonly stop: () => Promise<void>
}

const secret = 'a secret of the test alone, which is long enough'

type Context = {
  readonly oidc: {
    readonly client: { readonly clientId: string }
    readonly account: { readonly accountId: string }
    readonly session?: { readonly accountId?: string }
    readonly provider: {
      readonly Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> }
    }
  }
}

export const playedProvider = async (known?: string): Promise<PlayedProvider> => {
  let person: Person = 'refused'
  const listening = createServer()
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as { port: number }
  const issuer = `http://127.0.0.1:${port}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const ended: string[] = []
  const made = (redirect: string) =>
    new Provider(issuer, {
      clients: [
        {
          client_id: 'register',
          client_secret: secret,
          token_endpoint_auth_method: 'client_secret_post',
          redirect_uris: [redirect],
          post_logout_redirect_uris: [redirect],
          ...(redirect.startsWith('http:') ? { application_type: 'native' } : {}),
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }] },
      cookies: { keys: ['a key of the test'] },
      features: { devInteractions: { enabled: false } },
      acrValues: ['gold'],
      claims: { openid: ['sub', 'amr', 'acr'], profile: ['preferred_username'], email: ['email', 'email_verified'] },
      pkce: { required: () => true },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
      findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ ...(person as object), sub: id }) }),
      loadExistingGrant: async ({ oidc }: Context) => {
        const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.account.accountId })
        grant.addOIDCScope('openid profile email')
        await grant.save()
        return grant
      },
    })
  let provider: Provider | undefined
  const comesBackTo = (redirect: string): void => {
    provider = made(redirect)
    provider.on('end_session.success', ({ oidc }: Context) => void ended.push(oidc.session?.accountId ?? ''))
  }
  if (known !== undefined) comesBackTo(known)
  listening.on('request', (request, response) => {
    if (provider === undefined) return void response.writeHead(503).end()
    const answer = provider.callback()
    if (request.url?.startsWith('/interaction/') !== true) return answer(request, response)
    const result =
      person === 'refused'
        ? { error: 'access_denied', error_description: 'not today' }
        : { login: { accountId: person.sub, remember: false, amr: person.amr, acr: person.acr }, consent: {} }
    return void provider.interactionFinished(request, response, result)
  })
  return {
    issuer,
    clientId: 'register',
    secret,
    next: (coming) => {
      person = coming
    },
    comesBackTo,
    ended: () => ended,
    stop: () =>
      new Promise((resolve) => {
        listening.close(() => resolve())
        listening.closeAllConnections()
      }),
  }
}

/** Walks from the address that the register gave to the one that the provider sends the browser back to: its query. */
export const visited = async (url: string): Promise<string> => {
  const cookies = new Map<string, string>()
  let at = url
  for (let step = 0; step < 8; step += 1) {
    const response = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    const to = response.headers.get('location')
    if (to === null) throw new Error(`the provider stopped at ${at}: ${response.status} ${await response.text()}`)
    const next = new URL(to, at)
    if (next.origin !== new URL(url).origin) return next.search.slice(1)
    at = next.href
  }
  throw new Error('the provider sends in circles')
}
