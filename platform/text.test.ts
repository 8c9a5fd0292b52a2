import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fold } from './text.ts'

test('what sounds alike or is left out in typing becomes alike', () => {
  const folded: readonly (readonly [string, string])[] = [
    ['Mäki-Öhman, Åke', 'maki ohman ake'],
    ['  PÄIVI  Ikävä ', 'paivi ikava'],
    ['Søren Šćžé', 'soren scze'],
    ["O'Brien", 'obrien'],
    ['Ra\u0308isa\u0308nen', 'raisanen'],
    ['Oy Lämpö & Sähkö Ab', 'oy lampo sahko ab'],
    ['', ''],
    [' -.,! ', ''],
  ]
  for (const [text, expected] of folded) assert.equal(fold(text), expected)
})

test('folding twice changes nothing more, and leaves no edge or double space', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const once = fold(text)
      assert.equal(fold(once), once)
      assert.doesNotMatch(once, /^ | $| {2}/)
    }),
  )
})
