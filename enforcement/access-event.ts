// One line of the access log: one request and one person. What it says is what truly left or was written.
import type { Category, Purpose } from '../register/vocabulary.ts'

export type Outcome = 'read' | 'listed' | 'written' | 'refused' | 'failed'

export type AccessEvent = {
  readonly at: Date
  readonly request: string
  /** `staff:12`, `token:3`, `system:import`. */
  readonly actor: string
  readonly role: string
  readonly purpose: Purpose
  readonly hat: string
  /** The customer; null where nobody was shown: a refusal, a sign-in, an empty list. */
  readonly subject: number | null
  readonly categories: readonly Category[]
  readonly endpoint: string
  /** `call:123`, `case:7` or `reason:…`. */
  readonly because: string | null
  readonly outcome: Outcome
  readonly noticeHash: string
}

export type AccessLog = {
  /** Resolves when the lines are kept: `strict` in the sealed log, otherwise at least in the local spool. Rejects rather than lose one. */
  readonly note: (events: readonly AccessEvent[], how: { readonly strict: boolean }) => Promise<void>
}
