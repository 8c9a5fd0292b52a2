import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CallerFact, callerFacts, rulesOn, verificationRules } from '../../../register/verification.ts'
import { askable, type Evidence, isRight, levelOf, saidDay } from './rules.ts'

const rules = rulesOn('2026-11-24')
const level = (passed: readonly CallerFact[], failed: readonly CallerFact[] = [], more: Partial<Evidence> = {}) =>
  levelOf(rules, { passed, failed, strong: false, dead: false, ...more })

const cases: readonly (readonly [
  passed: readonly CallerFact[],
  failed: readonly CallerFact[],
  level: 0 | 1 | 2 | 3,
  more?: Partial<Evidence>,
])[] = [
  [[], [], 1],
  [['customer-number'], [], 1],
  [['identity-code-end'], [], 1],
  [['customer-number', 'birth-date'], [], 2],
  [['customer-number', 'contract-number'], [], 2],
  [['identity-code-end', 'address'], [], 2],
  [['accounting-point', 'email'], [], 2],
  [['birth-date', 'address', 'email', 'phone', 'calling-number'], [], 1],
  [['calling-number', 'customer-number'], [], 2],
  [['calling-number', 'birth-date'], [], 1],
  [['customer-number', 'customer-number'], [], 1],
  [['customer-number', 'birth-date'], ['address'], 2],
  [['customer-number', 'birth-date'], ['address', 'email'], 0],
  [[], ['address', 'email'], 0],
  [[], [], 3, { strong: true }],
  [[], [], 1, { strong: true, dead: true }],
  [['customer-number', 'birth-date'], [], 1, { dead: true }],
  [['customer-number', 'birth-date'], ['address', 'email'], 0, { dead: true }],
]

test('evidence gives its level', () => {
  for (const [passed, failed, expected, more] of cases)
    assert.equal(level(passed, failed, more), expected, `${passed.join('+')} against ${failed.join('+')}`)
})

test('no fact is enough by itself, and none of them but by another of one’s own', () => {
  for (const fact of callerFacts) assert.equal(level([fact]), 1, fact)
})

test('what was asked is not asked again, and what is not there is not asked', () => {
  const there: readonly CallerFact[] = ['birth-date', 'customer-number', 'address', 'calling-number']
  assert.deepEqual(askable(rules, there, { passed: [], failed: [] }), ['customer-number', 'birth-date', 'address'])
  assert.deepEqual(askable(rules, there, { passed: ['customer-number'], failed: ['address'] }), ['birth-date'])
})

test('the table in force is the newest that has begun', () => {
  for (const [i, { from }] of verificationRules.entries())
    assert.ok(i === 0 || from > (verificationRules[i - 1]?.from ?? ''), 'the table is in the order of its days')
  assert.equal(rulesOn('2020-01-01'), verificationRules[0])
})

const answers: readonly (readonly [CallerFact, said: string, truth: string, right: boolean])[] = [
  ['customer-number', ' 1 000 123', '1000123', true],
  ['customer-number', '', '1000123', false],
  ['customer-number', '1000124', '1000123', false],
  ['contract-number', 's-100123', 'S-100123', true],
  ['accounting-point', '640000000000000011', '640000000000000011', true],
  ['accounting-point', '000011', '640000000000000011', true],
  ['accounting-point', '0011', '640000000000000011', false],
  ['accounting-point', '', '640000000000000011', false],
  ['identity-code-end', '903y', '010594-903Y', true],
  ['identity-code-end', '03Y', '010594-903Y', false],
  ['identity-code-end', '010594-903Y', '010594-903Y', false],
  ['birth-date', '1.5.1980', '1980-05-01', true],
  ['birth-date', '01051980', '1980-05-01', true],
  ['birth-date', '1980-05-01', '1980-05-01', true],
  ['birth-date', '5.1.1980', '1980-05-01', false],
  ['birth-date', '1.5.80', '1980-05-01', false],
  ['address', 'mallikatu 1 a 2', 'Mallikatu 1 A 2, 15140 LAHTI', true],
  ['address', 'Mallikatu 1', 'Mallikatu 1 A 2, 15140 LAHTI', true],
  ['address', 'Lahti, Mallikatu 1', 'Mallikatu 1 A 2, 15140 LAHTI', true],
  ['address', 'Mallikatu', 'Mallikatu 1 A 2, 15140 LAHTI', false],
  ['address', 'Mallikatu 1 B', 'Mallikatu 1 A 2, 15140 LAHTI', false],
  ['address', '15140 Lahti', 'Mallikatu 1 A 2, 15140 LAHTI', false],
  ['address', '', 'Mallikatu 1 A 2, 15140 LAHTI', false],
  ['address', 'Hämeenkatu 3', 'Hämeenkatu 3', true],
  ['email', 'Aino@Example.com ', 'aino@example.com', true],
  ['email', 'aino@example.fi', 'aino@example.com', false],
  ['phone', '050 123 4567', '+358501234567', true],
  ['phone', '050 123 4568', '+358501234567', false],
  ['calling-number', '+358501234567', '+358501234567', false],
]

test('what was said is held against the truth as people say it', () => {
  for (const [fact, said, truth, right] of answers)
    assert.equal(isRight(fact, said, [truth]), right, `${fact}: ${said}`)
  assert.equal(isRight('birth-date', '', []), false)
  assert.equal(saidDay('tomorrow'), undefined)
})
