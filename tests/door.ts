// The door of the register for tests of signing in: real sessions over HTTP, at a time that the test moves.
import assert from 'node:assert/strict'
import { generateSync } from 'otplib'
import type { Pool } from 'pg'
import { actorOf, firstSignIns } from '../chapters/access/index.ts'
import { accessRoutes } from '../chapters/access/routes.ts'
import type { AccessEvent } from '../enforcement/access-event.ts'
import { testRegister } from './database.ts'
import { cookieName, identified } from './identified.ts'

type Answer = { readonly status: number; readonly body: Record<string, unknown>; readonly cookie: string | undefined }
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type Door = {
  readonly owner: Pool
  readonly now: () => Date
  readonly later: (seconds: number) => void
  /** `from`: the address that is counted by the rate limit. */
  readonly send: (method: Method, url: string, cookie?: string, payload?: object, from?: string) => Promise<Answer>
  readonly codeAt: (secret: string) => string
  /** Someone who may sign in for the first time. */
  readonly newcomer: (login: string, roles?: readonly string[]) => Promise<{ login: string; password: string }>
  /** Someone who has been through the first sign-in, to a session that works. */
  readonly enrolled: (
    login: string,
    roles?: readonly string[],
  ) => Promise<{ secret: string; cookie: string; recovery: string[] }>
  /** Lines noted since the last call. */
  readonly lines: () => readonly AccessEvent[]
  readonly stop: () => Promise<void>
}

export const password = 'aivan pitkä salalause'

/** A server takes thirty tries a minute at its door: a test file that needs more opens another. */
export const openDoor = async (): Promise<Door> => {
  const opened = await testRegister()
  const { register } = opened
  let now = new Date('2026-11-24T08:00:00Z')
  let noted: AccessEvent[] = []
  const routes = accessRoutes(register, () => routes)
  const server = await identified(
    register,
    routes,
    (request) => actorOf(register, request.cookies[cookieName], now),
    () => now,
    (events) => void noted.push(...events),
  )
  const send: Door['send'] = async (method, url, cookie, payload, from) => {
    const response = await server.inject({
      method,
      url,
      headers: { 'x-register': 'test', ...(cookie === undefined ? {} : { cookie: `register=${cookie}` }) },
      ...(payload === undefined ? {} : { payload }),
      ...(from === undefined ? {} : { remoteAddress: from }),
    })
    const set = response.cookies.find(({ name }) => name === 'register')
    return {
      status: response.statusCode,
      body: JSON.parse(response.body) as Record<string, unknown>,
      cookie: set?.value,
    }
  }
  const codeAt = (secret: string) => generateSync({ secret, epoch: Math.floor(now.getTime() / 1000) })
  const newcomer: Door['newcomer'] = async (login, roles = ['customer-service']) => {
    const [made] = await firstSignIns(
      register,
      [{ login, name: 'Testi Työntekijä', unit: 'Asiakaspalvelu', language: 'fi', roles }],
      now,
    )
    assert.ok(made)
    return made
  }
  return {
    owner: opened.owner,
    now: () => now,
    later: (seconds) => {
      now = new Date(now.getTime() + seconds * 1000)
    },
    send,
    codeAt,
    newcomer,
    enrolled: async (login, roles) => {
      const first = await newcomer(login, roles)
      const begun = await send('POST', '/api/session', undefined, first)
      const secret = (await send('POST', '/api/session/enrolment-secret', begun.cookie)).body['secret'] as string
      const done = await send('POST', '/api/session/enrolment', begun.cookie, {
        password,
        committed: true,
        code: codeAt(secret),
      })
      assert.equal(done.status, 200, JSON.stringify(done.body))
      return { secret, cookie: done.cookie as string, recovery: done.body['recovery_codes'] as string[] }
    },
    lines: () => {
      const taken = noted
      noted = []
      return taken
    },
    stop: async () => {
      await server.close()
      await opened.drop()
    },
  }
}
