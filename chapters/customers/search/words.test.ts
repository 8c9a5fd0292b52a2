import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { wordsOf } from './words.ts'

/** Damerau distance 1, the plain way: every edit of the word. */
const edits = (word: string, letters: string): Set<string> => {
  const made = new Set<string>()
  for (let i = 0; i <= word.length; i++) {
    const [head, tail] = [word.slice(0, i), word.slice(i)]
    made.add(head + tail.slice(1))
    if (tail.length > 1) made.add(`${head}${tail[1]}${tail[0]}${tail.slice(2)}`)
    for (const letter of letters) {
      made.add(head + letter + tail)
      if (tail !== '') made.add(head + letter + tail.slice(1))
    }
  }
  made.delete(word)
  return made
}

test('near words are exactly those one edit away', () => {
  const letters = 'abc'
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), word, (known, asked) => {
      const near = edits(asked, letters)
      assert.deepEqual(
        wordsOf(known).near(asked).toSorted(),
        [...new Set(known)].filter((one) => near.has(one)).toSorted(),
      )
    }),
  )
})

test('a place is a known post office or any postcode', () => {
  const words = wordsOf([], ['lahti'])
  assert.deepEqual(
    ['lahti', '15140', 'lahtinen', '1514'].map((word) => words.isPlace(word)),
    [true, true, false, false],
  )
})

test('begun words are the longer ones, in order, no more than asked for', () => {
  const words = wordsOf(['aalto', 'aaltonen', 'aalt', 'aapo', 'ek'])
  assert.deepEqual(words.begun('aalt', 9), ['aalto', 'aaltonen'])
  assert.deepEqual(words.begun('aa', 3), ['aalt', 'aalto', 'aaltonen'])
  assert.deepEqual(words.begun('ek', 9), [])
  assert.deepEqual(words.begun('x', 9), [])
})
