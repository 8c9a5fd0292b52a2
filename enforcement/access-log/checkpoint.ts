// A checkpoint says how large the log is and what its root is, signed: the C2SP signed note, so that anyone's tools can read it.
import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto'

/** The 32 bytes of an Ed25519 public key. */
export const publicKeyBytes = (key: KeyObject): Buffer =>
  Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x as string, 'base64url')

const keyId = (origin: string, key: Buffer): Buffer =>
  createHash('sha256').update(`${origin}\n`).update(Buffer.of(1)).update(key).digest().subarray(0, 4)

/** What a verifier is given beforehand: `origin+hex key id+base64(1, key)`. */
export const verifierKey = (origin: string, key: KeyObject): string => {
  const bytes = publicKeyBytes(key)
  return `${origin}+${keyId(origin, bytes).toString('hex')}+${Buffer.concat([Buffer.of(1), bytes]).toString('base64')}`
}

export const checkpointNote = (origin: string, size: number, root: Buffer, key: KeyObject): string => {
  const body = `${origin}\n${size}\n${root.toString('base64')}\n`
  const signature = Buffer.concat([keyId(origin, publicKeyBytes(key)), sign(null, Buffer.from(body), key)])
  return `${body}\n\u2014 ${origin} ${signature.toString('base64')}\n`
}
