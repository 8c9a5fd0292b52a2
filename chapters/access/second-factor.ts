// The second factor: secrets for an authenticator, sealed at rest, and codes for the day that it is not at hand.
import { createHash } from 'node:crypto'
import { generateSecret, generateURI, verifySync } from 'otplib'
import { type MasterKeys, sealNamed, unsealNamed } from '../../platform/keys.ts'
import { oneTimePassword } from './password.ts'

const place = (staff: number) => `staff|totp_secret|${staff}`

/** A new secret: sealed for its row, and as the person's authenticator takes it. */
export const newSecret = (keys: MasterKeys, staff: { readonly id: number; readonly login: string }) => {
  const secret = generateSecret()
  return {
    sealed: sealNamed(keys, 'totp', secret, place(staff.id)),
    told: {
      login: staff.login,
      secret,
      uri: generateURI({ issuer: 'Asiakasrekisteri', label: staff.login, secret }),
    },
  }
}

/** The same secret under the newest master key. */
export const resealed = (keys: MasterKeys, staff: number, sealed: Buffer): Buffer =>
  sealNamed(keys, 'totp', unsealNamed(keys, 'totp', sealed, place(staff)), place(staff))

/** The half-minute that a right code belongs to, of this moment or the ones beside it; undefined for a wrong one. */
export const stepOf = (
  keys: MasterKeys,
  staff: number,
  sealed: Buffer | null,
  token: string,
  now: Date,
): number | undefined => {
  if (sealed === null || !/^\d{6}$/.test(token)) return undefined
  const secret = unsealNamed(keys, 'totp', sealed, place(staff)).toString()
  const result = verifySync({ secret, token, epoch: Math.floor(now.getTime() / 1000), epochTolerance: 30 })
  return result.valid && 'timeStep' in result ? result.timeStep : undefined
}

export const recoveryHash = (code: string): string =>
  createHash('sha256').update(code.trim().toLowerCase()).digest('hex')

/** Told once; the register keeps their digests. */
export const newRecoveryCodes = (): readonly string[] => Array.from({ length: 8 }, () => oneTimePassword().slice(0, 11))
