// Keys and sealed fields: AES-256-GCM under a data key of its own for each person, wrapped by the master key; blind indexes by HMAC.
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { chance } from './chance.ts'
import { Unavailable } from './errors.ts'

/** Where a blind index stands: of an odd-numbered key in the one column, of an even-numbered in the other. */
export type Blinds = { readonly blind: Buffer | null; readonly blind_even: Buffer | null }

/**
 * The master keys that are in use: one, or two while the one takes over from the other. What is made is under the newest; what must be found,
 * and found to be there already, is kept under both meanwhile: any two processes of the register then have one in common.
 */
export type MasterKeys = {
  readonly oldest: number
  readonly current: number
  readonly wrapping: ReadonlyMap<number, KeyObject>
  /** For a look-up or a row: in either column the same value means the same person. */
  readonly blinds: (what: string, value: string) => Blinds
  /** Under each key that there is, the newest first, with the number of its key. */
  readonly digests: (what: string, value: string) => readonly [Buffer, ...Buffer[]]
  readonly named: (purpose: string, version: number) => KeyObject
}

const derived = (root: Buffer, purpose: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `asiakasrekisteri/${purpose}`, 32)))

/** Two bytes before what a key made say which. */
const numbered = (version: number, made: Buffer): Buffer => {
  const whole = Buffer.alloc(2 + made.length)
  whole.writeUInt16BE(version)
  made.copy(whole, 2)
  return whole
}
export const versionOf = (made: Buffer): number => (made.length < 2 ? 0 : made.readUInt16BE())
/** The same in SQL, of a column. */
export const versionSql = (column: string): string => `(get_byte(${column}, 0) * 256 + get_byte(${column}, 1))`

const unusable = (detail: string) => new Unavailable('keys.unusable', { detail })

/** @param roots 32-byte master keys, oldest first, each with its number by its place; undefined for one that was removed. The last is the current one. */
export const masterKeys = (roots: readonly (Buffer | undefined)[]): MasterKeys => {
  const held = new Map(roots.flatMap((root, i) => (root === undefined ? [] : [[i + 1, root] as const])))
  const versions = [...held.keys()].toReversed()
  const [current, before, ...more] = versions
  if (current !== roots.length || [...held.values()].some((root) => root.length !== 32))
    throw unusable('a master key is 32 bytes, written as 64 hexadecimal digits, and the last line is a key')
  if (more.length > 0 || (before !== undefined && (current - before) % 2 === 0))
    throw unusable(
      `master keys ${versions.toReversed().join(', ')} cannot be used together: at most two that follow each other. Remove the oldest before the next is added; an older backup is opened with the key file of its time`,
    )
  const kept = new Map<string, KeyObject>()
  const named = (purpose: string, version: number): KeyObject => {
    const place = `${version} ${purpose}`
    const root = held.get(version)
    if (root === undefined)
      throw new Unavailable('keys.missing', { detail: `master key ${version} is not in the key file` })
    const key = kept.get(place) ?? derived(root, purpose)
    kept.set(place, key)
    return key
  }
  const digest = (what: string, value: string) => (version: number) =>
    numbered(
      version,
      createHmac('sha256', named(`blind/${what}`, version))
        .update(value)
        .digest(),
    )
  return {
    oldest: before ?? current,
    current,
    wrapping: new Map([...held].map(([version, root]) => [version, derived(root, 'wrap')])),
    named,
    blinds: (what, value) => {
      const made = versions.map(digest(what, value))
      return {
        blind: made.find((each) => versionOf(each) % 2 === 1) ?? null,
        blind_even: made.find((each) => versionOf(each) % 2 === 0) ?? null,
      }
    },
    digests: (what, value) => versions.map(digest(what, value)) as [Buffer, ...Buffer[]],
  }
}

const nonceLength = 12
const tagLength = 16

/** nonce ‖ ciphertext ‖ tag. `bound` names the place (`table|column|person`), so that a field cannot be moved to another. */
export const seal = (key: KeyObject, plain: Buffer | string, bound: string): Buffer => {
  const nonce = chance(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(bound))
  return Buffer.concat([nonce, cipher.update(plain as string, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

export const unseal = (key: KeyObject, sealed: Buffer, bound: string): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength))
  decipher.setAAD(Buffer.from(bound))
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength)), decipher.final()])
}

/** Sealed under a key made of the newest master key, with its number. */
export const sealNamed = (keys: MasterKeys, purpose: string, plain: Buffer | string, bound: string): Buffer =>
  numbered(keys.current, seal(keys.named(purpose, keys.current), plain, bound))

export const unsealNamed = (keys: MasterKeys, purpose: string, sealed: Buffer, bound: string): Buffer =>
  unseal(keys.named(purpose, versionOf(sealed)), sealed.subarray(2), bound)

export type WrappedKey = { readonly wrapped: Buffer; readonly key_version: number }

/** Of a person's key by their id; of another by what names it. */
type KeyPlace = number | string
const wrapPlace = (place: KeyPlace): string => (typeof place === 'number' ? `subject_key|${place}` : place)

export const newDataKey = (keys: MasterKeys, place: KeyPlace): { readonly key: KeyObject } & WrappedKey => {
  const plain = chance(32)
  const wrapping = keys.wrapping.get(keys.current) as KeyObject
  return { key: createSecretKey(plain), wrapped: seal(wrapping, plain, wrapPlace(place)), key_version: keys.current }
}

export const unwrapDataKey = (keys: MasterKeys, place: KeyPlace, { wrapped, key_version }: WrappedKey): KeyObject => {
  const wrapping = keys.wrapping.get(key_version)
  if (wrapping === undefined)
    throw new Unavailable('keys.missing', { detail: `master key ${key_version} is not in the key file` })
  return createSecretKey(unseal(wrapping, wrapped, wrapPlace(place)))
}

/** The same data key under the current master key, or undefined when it is there already. */
export const rewrap = (keys: MasterKeys, place: KeyPlace, old: WrappedKey): WrappedKey | undefined => {
  if (old.key_version === keys.current) return undefined
  const plain = unwrapDataKey(keys, place, old).export()
  return {
    wrapped: seal(keys.wrapping.get(keys.current) as KeyObject, plain, wrapPlace(place)),
    key_version: keys.current,
  }
}
