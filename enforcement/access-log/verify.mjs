// Verifies what the register says of its access log, without trusting the register: run it in a browser or in Node 20 and later.
// Stands alone on purpose: it is published, and shares no code with what it checks. RFC 6962 section 2.1, C2SP signed notes.

const utf8 = new TextEncoder()
const sha256 = async (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
}
const must = (holds, otherwise) => {
  if (!holds) throw new Error(otherwise)
}
const fromHex = (text, bytes, what) => {
  const whole = typeof text === 'string' && text.length === bytes * 2 && /^[0-9a-f]*$/.test(text)
  must(whole, `${what} is not ${bytes} bytes in lower-case hexadecimal`)
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16))
}
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const fromBase64 = (text, bytes, what) => {
  const whole = /^[A-Za-z0-9+/]+=*$/.test(text ?? '') && atob(text)
  must(whole && whole.length === bytes && btoa(whole) === text, `${what} is not ${bytes} bytes in base64`)
  return Uint8Array.from(whole, (letter) => letter.charCodeAt(0))
}
const hashesOf = (hashes) => {
  must(Array.isArray(hashes), 'the proof has no list of hashes')
  return hashes.map((hash, i) => fromHex(hash, 32, `hash ${i}`))
}
const leafOf = async (content) => sha256(Uint8Array.of(0), content)
const nodeOf = async (left, right) => sha256(Uint8Array.of(1), left, right)

/** Reads a public key as it is published with the notice: `origin+id+base64`, the id in hexadecimal. */
export const readKey = async (key) => {
  const [, origin, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(key) ?? []
  must(origin !== undefined, 'the key is not origin+id+base64')
  const typed = fromBase64(encoded, 33, 'the key')
  must(typed[0] === 1, 'the key is not an Ed25519 key')
  const named = (await sha256(utf8.encode(`${origin}\n`), typed)).slice(0, 4)
  must(hex(named) === id, 'the id of the key is not that of its bytes: it was not copied whole')
  return { origin, id, bytes: typed.slice(1) }
}

/** Reads a checkpoint (origin, size and root; an empty line; signatures) and checks the signature of `key`. */
export const verifyCheckpoint = async (note, key) => {
  const { origin, id, bytes } = await readKey(key)
  const [, body, signatures] = /^([^]*?\n)\n([^]+)$/.exec(note) ?? []
  must(body !== undefined, 'the checkpoint is not a signed note')
  const [named, size, root] = body.split('\n')
  must(named === origin, `the checkpoint is not of ${origin}`)
  const start = `\u2014 ${origin} `
  const signed = signatures.split('\n').find((line) => line.startsWith(start))
  must(signed !== undefined, `the checkpoint carries no signature of ${origin}`)
  const signature = fromBase64(signed.slice(start.length), 68, 'the signature of the checkpoint')
  must(hex(signature.slice(0, 4)) === id, 'the checkpoint was signed with another key')
  const publicKey = await crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify'])
  const holds = await crypto.subtle.verify('Ed25519', publicKey, signature.slice(4), utf8.encode(body))
  must(holds, 'the signature of the checkpoint does not hold')
  must(/^(0|[1-9]\d{0,15})$/.test(size), 'the size of the checkpoint is not a whole number')
  return { size: Number(size), root: fromBase64(root, 32, 'the root of the checkpoint') }
}

/** Root that follows from a leaf and its siblings: RFC 9162 section 2.1.3.2. */
const rootFrom = async (leaf, index, size, hashes) => {
  let [node, last, root] = [index, size - 1, leaf]
  for (const hash of hashes) {
    if (last === 0) throw new Error('the proof is too long')
    if (node % 2 === 1 || node === last) {
      root = await nodeOf(hash, root)
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
    } else root = await nodeOf(root, hash)
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  if (last !== 0) throw new Error('the proof is too short')
  return root
}

/** Throws what is wrong; returns the line when the proof holds. */
export const verifyLine = async (proof, key) => {
  const { line, salt, index, hashes, checkpoint } = proof
  const { size, root } = await verifyCheckpoint(checkpoint, key)
  must(size === proof.size, 'the proof is for another size than its checkpoint')
  must(Number.isSafeInteger(index) && index >= 0 && index < size, 'the line lies outside the log')
  must(
    Array.isArray(line) && line.every((part) => part === null || typeof part === 'string'),
    'the line is not a list of texts',
  )
  must(line[0] === 'asiakasrekisteri/1' && line.length === 14, 'the line is not one that this verifier knows')
  const leaf = await leafOf(await sha256(fromHex(salt, 16, 'the salt'), utf8.encode(JSON.stringify(line))))
  const found = await rootFrom(leaf, index, size, hashesOf(hashes))
  must(hex(found) === hex(root), 'the line is not what the log holds at this place')
  return line
}

/** Throws unless the log of the later checkpoint begins with the log of the earlier one: RFC 9162 section 2.1.4.2. */
export const verifyConsistency = async (earlier, later, hashes, key) => {
  const [first, second] = [await verifyCheckpoint(earlier, key), await verifyCheckpoint(later, key)]
  if (first.size > second.size) throw new Error('the later checkpoint is smaller than the earlier one')
  if (first.size === second.size || first.size === 0) {
    if (first.size !== 0 && hex(first.root) !== hex(second.root)) throw new Error('two logs of one size differ')
    return
  }
  const path = hashesOf(hashes)
  if (Number.isInteger(Math.log2(first.size))) path.unshift(first.root)
  let [node, last] = [first.size - 1, second.size - 1]
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  let [old, now] = [path[0], path[0]]
  if (old === undefined) throw new Error('the proof is empty')
  for (const hash of path.slice(1)) {
    if (last === 0) throw new Error('the proof is too long')
    if (node % 2 === 1 || node === last) {
      old = await nodeOf(hash, old)
      now = await nodeOf(hash, now)
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
    } else now = await nodeOf(now, hash)
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  if (last !== 0 || hex(old) !== hex(first.root) || hex(now) !== hex(second.root))
    throw new Error('the later log does not begin with the earlier one')
}
