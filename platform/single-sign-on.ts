// Single sign-on by OpenID Connect: the code flow with PKCE, state and nonce, against the one provider that is configured.
import { setTimeout as sleep } from 'node:timers/promises'
import * as client from 'openid-client'
import { Forbidden, Unavailable } from './errors.ts'
import { type MasterKeys, sealNamed, unsealNamed } from './keys.ts'

export type SingleSignOn = {
  readonly issuer: string
  readonly clientId: string
  /** Empty for a client that has none: PKCE alone protects the code then. */
  readonly secret: string
  /** The claim that names the person: `sub`, `email`, `preferred_username` … */
  readonly claim: string
  /** What the provider must say for its second factor to be trusted instead of ours; any of them. */
  readonly secondFactor: readonly { readonly claim: 'amr' | 'acr'; readonly value: string }[]
}

export type Claims = Readonly<Record<string, unknown>>

export type Provider = Pick<SingleSignOn, 'issuer' | 'claim' | 'secondFactor'> & {
  /** Where the browser goes, and what it keeps until it comes back; sealed, so that it tells nothing and cannot be made up. */
  readonly begin: (now: Date) => Promise<{ readonly url: string; readonly begun: string }>
  /** @throws Forbidden when the answer is not to what was begun, or the provider refused; Unavailable when it cannot be reached */
  readonly finish: (
    begun: string,
    answer: string,
    now: Date,
  ) => Promise<{ readonly claims: Claims; readonly idToken: string }>
  /**
   * Where the browser goes to sign out there as well, with the token that names whose sign-in it was; it comes back to the sign-in page.
   * Undefined where the provider has no such place, or does not answer: that keeps nobody from signing out here.
   */
  readonly leaving: () => Promise<((idToken: string) => string) | undefined>
}

const place = 'single-sign-on'
const patience = 10 * 60_000
/** Milliseconds that signing out waits for a provider that was not asked before. */
const leavingPatience = 3_000

type Begun = { readonly state: string; readonly nonce: string; readonly verifier: string; readonly until: number }

const failed = (cause: unknown, detail?: string) =>
  new Forbidden('single-sign-on.failed', { status: 401, cause, ...(detail === undefined ? {} : { detail }) })

const opened = (keys: MasterKeys, begun: string, now: Date): Begun => {
  let found: Begun
  try {
    found = JSON.parse(unsealNamed(keys, place, Buffer.from(begun, 'base64url'), place).toString()) as Begun
  } catch (cause) {
    throw failed(cause, 'what was begun cannot be opened')
  }
  if (found.until <= now.getTime()) throw failed(undefined, 'it was begun too long ago')
  return found
}

/** What the provider or the way to it did, as the register's errors. */
const understood = (error: unknown): Error => {
  if (error instanceof client.AuthorizationResponseError)
    return new Forbidden('single-sign-on.refused', { status: 401, cause: error, detail: error.error })
  const code = (error as { code?: string }).code
  if (error instanceof TypeError || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM')
    return new Unavailable('single-sign-on.unreachable', { cause: error })
  return failed(error, code)
}

const scopeFor = (claim: string): string =>
  claim === 'sub' ? 'openid' : claim === 'email' ? 'openid email' : 'openid profile'

/** `base`: the register's own address as browsers know it; asked when it is needed. */
export const openProvider = (
  { issuer, clientId, secret, claim, secondFactor }: SingleSignOn,
  keys: MasterKeys,
  base: () => string,
): Provider => {
  const address = new URL(issuer)
  let found: Promise<client.Configuration> | undefined
  /** Asked once; after a failure it is asked again. */
  const configuration = (): Promise<client.Configuration> => {
    found ??= client
      .discovery(address, clientId, undefined, secret === '' ? client.None() : client.ClientSecretPost(secret), {
        timeout: 10,
        // Settings allow http for the loopback alone.
        execute: address.protocol === 'http:' ? [client.allowInsecureRequests] : [],
      })
      .catch((cause: unknown) => {
        found = undefined
        throw new Unavailable('single-sign-on.unreachable', { cause })
      })
    return found
  }
  const back = (): string => new URL('/desk/sign-in', base()).href
  return {
    issuer,
    claim,
    secondFactor,
    begin: async (now) => {
      const known = await configuration()
      const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
      const acr = secondFactor.filter((each) => each.claim === 'acr').map(({ value }) => value)
      const url = client.buildAuthorizationUrl(known, {
        redirect_uri: back(),
        scope: scopeFor(claim),
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(acr.length > 0 ? { acr_values: acr.join(' ') } : {}),
      })
      const kept: Begun = { state, nonce, verifier, until: now.getTime() + patience }
      return { url: url.href, begun: sealNamed(keys, place, JSON.stringify(kept), place).toString('base64url') }
    },
    finish: async (begun, answer, now) => {
      const { state, nonce, verifier } = opened(keys, begun, now)
      const known = await configuration()
      const url = new URL(back())
      url.search = answer
      try {
        const tokens = await client.authorizationCodeGrant(known, url, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        const idToken = tokens.id_token
        if (claims === undefined || idToken === undefined) throw failed(undefined, 'no claims')
        if (claim in claims || known.serverMetadata().userinfo_endpoint === undefined) return { claims, idToken }
        // Some providers tell the claims of a scope there alone.
        const told = await client.fetchUserInfo(known, tokens.access_token, claims.sub)
        return { claims: { ...told, ...claims }, idToken }
      } catch (error) {
        throw understood(error)
      }
    },
    leaving: async () => {
      const known = await Promise.race([
        configuration().catch(() => undefined),
        sleep(leavingPatience, undefined, { ref: false }),
      ])
      if (known?.serverMetadata().end_session_endpoint === undefined) return undefined
      return (idToken) =>
        client.buildEndSessionUrl(known, { id_token_hint: idToken, post_logout_redirect_uri: back() }).href
    },
  }
}
