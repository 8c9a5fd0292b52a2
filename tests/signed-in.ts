// Someone new who signs in over HTTP as people do: the password that is told once, an authenticator, the commitment to secrecy.
import { generateSync } from 'otplib'
import { firstSignIns } from '../chapters/access/index.ts'
import type { Register } from '../enforcement/register.ts'

const headers = { 'content-type': 'application/json', 'x-register': 'test' }

/** The cookie of someone with this login and these roles. */
export const signedInAt = async (
  url: string,
  register: Register,
  { login, name, roles }: { readonly login: string; readonly name: string; readonly roles: readonly string[] },
): Promise<string> => {
  const ask = async (path: string, body: object, cookie?: string) => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { ...headers, ...(cookie === undefined ? {} : { cookie }) },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    const [given = ''] = answer.headers.getSetCookie()
    return { output: (await answer.json()) as Record<string, string>, cookie: given.split(';')[0] ?? '' }
  }
  const [made] = await firstSignIns(
    register,
    [{ login, name, unit: 'Asiakaspalvelu', language: 'fi', roles }],
    new Date(),
  )
  if (made === undefined) throw new Error('nobody was made')
  const begun = await ask('/api/session', made)
  const { output } = await ask('/api/session/enrolment-secret', {}, begun.cookie)
  const code = generateSync({ secret: output['secret'] ?? '' })
  const done = await ask(
    '/api/session/enrolment',
    { password: 'aivan pitkä salalause', committed: true, code },
    begun.cookie,
  )
  return done.cookie
}
