import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FinnishSSN } from 'finnish-ssn'
import { artificialIdentityCode, maskedIdentityCode, readIdentityCode } from './identity-code.ts'

/** Artificial codes published by the Digital and Population Data Services Agency. */
const published: readonly (readonly [code: string, birth: string])[] = [
  ['010594Y9032', '1994-05-01'],
  ['020594X903P', '1994-05-02'],
  ['030594W903B', '1994-05-03'],
  ['040594V9030', '1994-05-04'],
  ['050594U903M', '1994-05-05'],
  ['010516B903X', '2016-05-01'],
  ['020516C903K', '2016-05-02'],
  ['030516D9037', '2016-05-03'],
  ['010501E9032', '2001-05-01'],
  ['020503F9037', '2003-05-02'],
]

test('a published code is read under every sign', () => {
  for (const [code, birth_date] of published)
    assert.deepEqual(readIdentityCode(code), { code, birth_date, artificial: true })
})

test('a code is read as people write it', () => {
  assert.deepEqual(readIdentityCode(' 010594y 9032 '), readIdentityCode('010594Y9032'))
})

test('a code that cannot be is refused by its reason', () => {
  const refused = (written: string) => readIdentityCode(written).refused
  assert.equal(refused('010594Y9033'), 'identity-code.wrong-check')
  assert.equal(refused('300294-903X'), 'identity-code.no-such-day')
  assert.equal(refused('290201-903X'), 'identity-code.no-such-day')
  for (const malformed of ['', '010594', '010594G9032', '010594Y903G', '0105949032', '010594Y90322', 'x010594Y9032'])
    assert.equal(refused(malformed), 'identity-code.malformed', malformed)
})

const day = fc
  .date({ min: new Date('1850-01-01'), max: new Date('2026-11-24'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))

test('a made code is artificial, tells its day, and another check finds it right; a changed digit is noticed', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 900, max: 999 }), fc.nat(5), fc.nat(8), (birth, individual, sign, at) => {
      const code = artificialIdentityCode(birth, individual, birth < '1900' ? 0 : sign)
      assert.deepEqual(readIdentityCode(code), { code, birth_date: birth, artificial: true })
      assert.ok(FinnishSSN.validate(code), code)
      const place = at < 6 ? at : at + 1
      const changed = `${code.slice(0, place)}${(Number(code[place]) + 1) % 10}${code.slice(place + 1)}`
      assert.ok(readIdentityCode(changed).refused, changed)
    }),
  )
  assert.throws(() => artificialIdentityCode('1994-05-01', 123), RangeError)
  assert.throws(() => artificialIdentityCode('1850-05-01', 903, 1), RangeError)
})

test('a masked code keeps the day and the check', () => {
  assert.equal(maskedIdentityCode('010594Y9032'), '010594Y***2')
})
