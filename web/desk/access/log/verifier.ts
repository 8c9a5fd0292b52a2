// The published verifier and the published key, fetched as anyone would fetch them. What they say is said by no code of the desk.
import type { verifyCheckpoint, verifyConsistency, verifyLine } from '/access-log/verify.mjs'

/** What was verified holds, does not hold (and what is wrong), or could not be verified here at all. */
export type Verdict =
  | { readonly is: 'holds' }
  | { readonly is: 'broken'; readonly why: string }
  | { readonly is: 'unable'; readonly why: string }

export const publicKey = async (): Promise<string> => {
  const answer = await fetch('/access-log/key')
  if (!answer.ok) throw new Error(`/access-log/key: ${answer.status}`)
  return (await answer.text()).trim()
}

type Verifier = {
  readonly verifyCheckpoint: typeof verifyCheckpoint
  readonly verifyLine: typeof verifyLine
  readonly verifyConsistency: typeof verifyConsistency
}

export const verdictOf = async (check: (verifier: Verifier, key: string) => Promise<unknown>): Promise<Verdict> => {
  let ready: readonly [Verifier, string]
  try {
    ready = [await import('/access-log/verify.mjs'), await publicKey()]
    // Away from https and the loopback a browser has no cryptography, and an older one not this kind.
    await crypto.subtle.importKey('raw', new Uint8Array(32), 'Ed25519', false, ['verify'])
  } catch (error) {
    return { is: 'unable', why: String(error) }
  }
  try {
    await check(...ready)
    return { is: 'holds' }
  } catch (error) {
    return { is: 'broken', why: error instanceof Error ? error.message : String(error) }
  }
}
