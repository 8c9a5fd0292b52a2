// The provider's token of a sign-in: kept with the session, sealed, to end the sign-in there as well.
import { type MasterKeys, sealNamed, unsealNamed } from '../../../platform/keys.ts'

const place = (staff: number): string => `staff_session|provider_token|${staff}`

export const sealedToken = (keys: MasterKeys, staff: number, idToken: string): Buffer =>
  sealNamed(keys, 'provider-token', idToken, place(staff))

/** Undefined when its master key is gone: the sign-in at the provider then ends by itself. */
export const openedToken = (keys: MasterKeys, staff: number, sealed: Buffer): string | undefined => {
  try {
    return unsealNamed(keys, 'provider-token', sealed, place(staff)).toString()
  } catch {
    return undefined
  }
}
