// Passwords under argon2id, with their parameters beside them; one-time passwords for first sign-ins. OWASP's least: 19 MiB, two passes.
import { argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)
const [memory, passes, parallelism] = [19_456, 2, 1]

const hashed = (password: string, nonce: Buffer): Promise<Buffer> =>
  derive('argon2id', { message: password.normalize('NFKC'), nonce, parallelism, tagLength: 32, memory, passes })

/** `$argon2id$v=19$m=…,t=…,p=…$salt$hash` */
export const hashPassword = async (password: string): Promise<string> => {
  const nonce = randomBytes(16)
  const hash = await hashed(password, nonce)
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${nonce.toString('base64url')}$${hash.toString('base64url')}`
}

const nobody = hashPassword(randomBytes(16).toString('hex'))

/** Takes as long for a login that is not there as for one that is: names cannot be tried out by the clock. */
export const passwordMatches = async (password: string, stored: string | null | undefined): Promise<boolean> => {
  const [, , , , nonce = '', hash = ''] = (stored ?? (await nobody)).split('$')
  const right = Buffer.from(hash, 'base64url')
  const given = await hashed(password, Buffer.from(nonce, 'base64url'))
  return right.length === given.length && timingSafeEqual(right, given) && stored !== null && stored !== undefined
}

const signs = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Some 99 bits, without signs that are taken for each other when read from paper. */
export const oneTimePassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => signs[randomInt(signs.length)]).join('')).join('-')
