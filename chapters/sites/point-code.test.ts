import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { gs1Check, readPointCode } from './point-code.ts'

test('the check digit is that of the GS1 specification', () => {
  assert.equal(gs1Check('629104150021'), '3')
  assert.equal(gs1Check('37610425002123456'), '9')
})

test('a right code is read with and without spaces; one wrong digit or two swapped neighbours of unlike weight are noticed', () => {
  fc.assert(
    fc.property(fc.nat(9), fc.nat(999_999_999), fc.nat(16), (prefix, number, at) => {
      const body = `64${prefix}00000${String(number).padStart(9, '0')}`
      const code = `${body}${gs1Check(body)}`
      assert.deepEqual(readPointCode(code), { code })
      assert.deepEqual(readPointCode(`${code.slice(0, 6)} ${code.slice(6)} `), { code })
      const place = Math.max(at, 2)
      const changed = `${code.slice(0, place)}${(Number(code[place]) + 1) % 10}${code.slice(place + 1)}`
      assert.equal(readPointCode(changed).refused, 'point-code.wrong-check')
    }),
  )
})

test('what is no Finnish point code is refused by its reason', () => {
  assert.equal(readPointCode('').refused, 'point-code.malformed')
  assert.equal(readPointCode('64000000000000000').refused, 'point-code.malformed')
  assert.equal(readPointCode('735999999999999999').refused, 'point-code.not-finnish')
})
