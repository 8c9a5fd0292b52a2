// Decisions about signing in: pure.
import { createHash } from 'node:crypto'

/** Times in milliseconds. */
const sessionIdle = 30 * 60_000
export const sessionWhole = 12 * 3_600_000

export const idleSince = (now: Date): Date => new Date(now.getTime() - sessionIdle)

/** The cookie's token is known to the browser alone: the register keeps its digest. */
export const sessionId = (token: string): Buffer => createHash('sha256').update(token).digest()

const freeAttempts = 5

/** How long an account rests after a wrong password: five are free, then the pause doubles, to an hour at most. */
export const restAfter = (failed: number): number =>
  failed < freeAttempts ? 0 : Math.min(3_600_000, 15_000 * 2 ** (failed - freeAttempts))
/** After one, two, … wrong ones, until it grows no more. */
export const rests: readonly number[] = Array.from({ length: freeAttempts + 8 }, (_, i) => restAfter(i + 1))

/** Long rather than strange: what people can remember and nobody guesses. */
export const passwordFault = (password: string, login: string): 'password.short' | 'password.login' | undefined =>
  password.length < 12
    ? 'password.short'
    : password.toLowerCase().includes(login.toLowerCase())
      ? 'password.login'
      : undefined

export type Standing = {
  readonly state: string
  readonly secrecy_committed_on: string | null
  readonly totp_confirmed_at: string | null
  readonly password_must_change: boolean
}

/** What a right password leads to. No commitment to secrecy, no access. */
export const nextStage = (staff: Standing): 'enrol' | 'password' =>
  staff.secrecy_committed_on === null || staff.totp_confirmed_at === null || staff.password_must_change
    ? 'enrol'
    : 'password'

/** How long a first password, told by an administrator, is good: it has been seen by two. */
const firstPasswordGood = 7 * 24 * 3_600_000
export const firstPasswordUntil = (now: Date): Date => new Date(now.getTime() + firstPasswordGood)

/** Whether a first password came too late. One that a start of the register printed has no end. */
export const invitationOver = (
  {
    password_must_change,
    first_password_until,
  }: Pick<Standing, 'password_must_change'> & { readonly first_password_until: string | null },
  now: Date,
): boolean => password_must_change && first_password_until !== null && new Date(first_password_until) <= now
