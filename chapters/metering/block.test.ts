import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { qualities } from './api.ts'
import { fits, lackingOf, packed, packedQualities, totalOf, unpacked, unpackedQualities } from './block.ts'

const integer = fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))
const some = fc.array(integer, { maxLength: 255 }).map((values) => Int32Array.from(values))

test('what is packed is unpacked as it was, whatever it is', () => {
  fc.assert(
    fc.property(some, (values) => assert.deepEqual(unpacked(packed(values)), values)),
    { numRuns: 500 },
  )
  for (const values of [[], [7], [0, 0, 0], [-5, 2 ** 31 - 1], [-(2 ** 31), 2 ** 31 - 1, 0]])
    assert.deepEqual([...unpacked(packed(Int32Array.from(values)))], values)
})

test('a block that stands in the database for decades is read for decades', () => {
  const day = Int32Array.from({ length: 5 }, (_, i) => 100 + i * 3)
  assert.equal(packed(day).toString('hex'), '0105046400000030960c')
})

test('an ordinary day of quarters takes about as many bytes as it has values', () => {
  const day = Int32Array.from({ length: 96 }, (_, i) => 60 + ((i * 37) % 256))
  assert.equal(packed(day).length, 7 + 96)
  assert.equal(packed(new Int32Array(96).fill(250)).length, 7)
})

test('what is no block is refused', () => {
  for (const bytes of [[], [1], [2, 1, 0, 0, 0, 0, 0], [1, 96, 8, 0, 0, 0, 0], [1, 1, 40, 0, 0, 0, 0, 0, 0, 0, 0, 0]])
    assert.throws(() => unpacked(Uint8Array.from(bytes)), RangeError)
})

test('qualities keep their places, and a measured day takes no room for them', () => {
  const each = fc.integer({ min: 0, max: qualities.length - 1 })
  fc.assert(
    fc.property(fc.array(each, { maxLength: 100 }), (list) => {
      const of = Uint8Array.from(list)
      assert.deepEqual(unpackedQualities(packedQualities(of), of.length), of)
    }),
  )
  assert.equal(packedQualities(new Uint8Array(96)), null)
  assert.equal(lackingOf(Uint8Array.from([0, 1, 2, 3, 4])), 2)
})

test('sums are exact at the edges of what fits', () => {
  assert.equal(totalOf(new Int32Array(100).fill(2 ** 31 - 1)), 100 * (2 ** 31 - 1))
  assert.ok(fits(2 ** 31 - 1) && !fits(2 ** 31) && !fits(0.5) && !fits(Number.NaN))
})
