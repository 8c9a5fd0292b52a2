// Who calls: a program by its token alone, or a person by the session's cookie. A token that opens nothing is never passed over for a cookie.
import { actorOf, programOf } from '../chapters/access/index.ts'
import type { Register } from '../enforcement/register.ts'
import { type Identify, sessionCookie } from './http.ts'

export const identifyBy =
  (register: Register, now: () => Date, secure: boolean): Identify =>
  ({ headers, cookies }) =>
    headers.authorization === undefined
      ? actorOf(register, cookies[sessionCookie(secure)], now())
      : programOf(register, headers.authorization, now())
