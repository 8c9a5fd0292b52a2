import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkpointNote, verifierKey } from './checkpoint.ts'
import { canonical, leafOf, leafOfText, type Line, lineOf } from './line.ts'
import {
  append,
  consistencyProof,
  emptyTree,
  type Hashes,
  inclusionProof,
  leafHash as leafHashOf,
  rootOf,
  sha256,
  tileSize,
} from './tree.ts'
// @ts-expect-error The verifier is published as plain JavaScript and has no types.
import { verifyConsistency, verifyLine } from './verify.mjs'

const { privateKey } = generateKeyPairSync('ed25519')
const origin = 'register.test/access-log'
const key = verifierKey(origin, privateKey)
const command = join(import.meta.dirname, '../../bin/verify-log.ts')

const line = (n: number): Line => ({
  at: new Date(1_700_000_000_000 + n),
  request: '00000000-0000-4000-8000-000000000000',
  seq: n,
  actor: 'staff:1',
  role: 'customer-service',
  purpose: 'customer-care',
  hat: 'retail',
  subject: n,
  categories: ['name', 'contact-details'],
  endpoint: 'open a customer',
  because: n % 2 === 0 ? null : 'call:7',
  outcome: 'read',
  noticeHash: 'ab'.repeat(32),
  salt: randomBytes(16),
})

const log = (size: number) => {
  const lines = Array.from({ length: size }, (_, n) => line(n))
  const leaves = lines.map(leafOf)
  const hashes: Hashes = (level, n) =>
    rootOf(append(emptyTree, leaves.slice(n * tileSize ** level, (n + 1) * tileSize ** level)))
  const note = (n: number) => checkpointNote(origin, n, rootOf(append(emptyTree, leaves.slice(0, n))), privateKey)
  const proof = (index: number, of: number) => ({
    line: JSON.parse(canonical(lines[index] as Line)) as (string | null)[],
    salt: (lines[index] as Line).salt.toString('hex'),
    index,
    size: of,
    hashes: inclusionProof(hashes, index, of).map((hash) => hash.toString('hex')),
    checkpoint: note(of),
  })
  return { hashes, note, proof }
}

const big = log(700)

test('the roots are those of RFC 6962', () => {
  // Published test vectors of Certificate Transparency: leaves "", 00, 10, 2021, 3031 …
  const leaves = ['', '00', '10', '2021'].map((hex) => Buffer.from(hex, 'hex'))
  assert.equal(rootOf(emptyTree).toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  const tree = append(
    emptyTree,
    [...leaves].map((leaf) => leafHashOf(leaf)),
  )
  assert.equal(
    rootOf(append(emptyTree, [leafHashOf(Buffer.alloc(0))])).toString('hex'),
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  )
  assert.equal(rootOf(tree).toString('hex'), 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7')
})

test('every line of every size is proved to the published verifier', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.nat(), async (size, pick) => {
      const proof = big.proof(pick % size, size)
      assert.deepEqual(await verifyLine(proof, key), proof.line)
    }),
    { numRuns: 60 },
  )
})

test('a line that is read back from its text has the same text and leaf, whatever its parts hold', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 3000 })
  fc.assert(
    fc.property(words, fc.option(words), fc.option(fc.maxSafeInteger()), (endpoint, because, subject) => {
      for (const categories of [[], ['name'], ['name', 'contact-details']] as const) {
        const one: Line = { ...line(7), endpoint, because, subject, categories }
        const text = canonical(one)
        const back = lineOf(one.salt, JSON.parse(text) as (string | null)[])
        assert.equal(back?.text, text)
        assert.deepEqual(leafOfText(one.salt, text), leafOf(back as Line))
        const content = sha256(one.salt, Buffer.from(text))
        assert.deepEqual(leafOf(one), leafHashOf(content))
      }
    }),
    { numRuns: 50 },
  )
  assert.equal(lineOf(Buffer.alloc(16), ['asiakasrekisteri/2']), undefined)
})

test('a changed line, place, salt, hash or signature is found, and named', async () => {
  const proof = big.proof(300, 650)
  const [first = '', ...rest] = proof.hashes
  const flipped = (first.startsWith('0') ? '1' : '0') + first.slice(1)
  const other = generateKeyPairSync('ed25519').privateKey
  const broken: [unknown, RegExp][] = [
    [{ ...proof, line: proof.line.with(4, 'staff:2') }, /not what the log holds/],
    [{ ...proof, line: proof.line.with(8, 300 as never) }, /list of texts/],
    [{ ...proof, line: [...proof.line, null] }, /verifier knows/],
    [{ ...proof, index: 301 }, /not what the log holds/],
    [{ ...proof, index: 650 }, /outside the log/],
    [{ ...proof, index: 300.5 }, /outside the log/],
    [{ ...proof, salt: '00'.repeat(16) }, /not what the log holds/],
    [{ ...proof, salt: undefined }, /the salt/],
    [{ ...proof, hashes: [flipped, ...rest] }, /not what the log holds/],
    [{ ...proof, hashes: [first.slice(2), ...rest] }, /hash 0/],
    [{ ...proof, hashes: rest }, /too short/],
    [{ ...proof, hashes: [...proof.hashes, first] }, /too long/],
    [{ ...proof, hashes: undefined }, /no list/],
    [{ ...proof, size: 649 }, /another size/],
    [{ ...proof, checkpoint: proof.checkpoint.replace('\n650\n', '\n651\n') }, /signature .* does not hold/],
    [{ ...proof, checkpoint: proof.checkpoint.replace(origin, 'another.test/log') }, /not of register.test/],
    [{ ...proof, checkpoint: checkpointNote(origin, 650, Buffer.alloc(32), other) }, /another key/],
    [{ ...proof, checkpoint: 'none' }, /signed note/],
    [{}, /signed note/],
  ]
  for (const [one, why] of broken) await assert.rejects(verifyLine(one, key), why)
})

test('no bit of a proof may be another', async () => {
  const proof = big.proof(77, 700)
  const flip = (text: string, bit: number): string => {
    const bytes = Buffer.from(text, 'hex')
    const at = bit % (bytes.length * 8)
    bytes.writeUInt8(bytes.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3)
    return bytes.toString('hex')
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), async (which, bit) => {
      const at = which % (proof.hashes.length + 1)
      const changed =
        at === proof.hashes.length
          ? { ...proof, salt: flip(proof.salt, bit) }
          : { ...proof, hashes: proof.hashes.with(at, flip(proof.hashes[at] as string, bit)) }
      await assert.rejects(verifyLine(changed, key), /not what the log holds/)
    }),
    { numRuns: 60 },
  )
})

test('the command tells by its exit code whether a proof holds', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'verify-log-'))
  const run = async (content: unknown, ...more: string[]) => {
    const file = join(folder, 'proof.json')
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, file, ...more], { encoding: 'utf8' })
    return `${status} ${stdout}${stderr}`
  }
  const proof = big.proof(5, 650)
  assert.match(await run(proof, '--key', key), /^0 holds: line 5 of 650: /)
  assert.match(await run({ ...proof, key }), /^0 holds: [^]*compare it with the published one/)
  assert.match(await run({ ...proof, index: 6 }, '--key', key), /^1 does not hold: the line is not what/)
  const hashes = consistencyProof(big.hashes, 300, 650).map((hash) => hash.toString('hex'))
  const growth = { earlier: big.note(300), later: big.note(650), hashes }
  assert.match(await run(growth, '--key', key), /^0 holds: the later log begins/)
  assert.match(await run({ ...growth, earlier: big.note(299) }, '--key', key), /^1 does not hold/)
  for (const unusable of ['{', 'null', '{}']) assert.match(await run(unusable, '--key', key), /^2 /)
  assert.match(await run(proof), /^2 no public key/)
  assert.match(await run(proof, '--key', key.slice(0, -4)), /^2 the key/)
  assert.match(await run(proof, '--keys'), /^2 /)
  await rm(folder, { recursive: true })
})

test('a log that grew is proved to begin with what it was; one that was rewritten is not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 700 }), async (a, b) => {
      const [first, second] = a < b ? [a, b] : [b, a]
      const hashes = consistencyProof(big.hashes, first, second).map((hash) => hash.toString('hex'))
      await verifyConsistency(big.note(first), big.note(second), hashes, key)
      const other = log(second)
      if (first < second) await assert.rejects(verifyConsistency(big.note(first), other.note(second), hashes, key))
    }),
    { numRuns: 40 },
  )
})
