import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDay, today, writeDay } from './days.ts'

const now = '2026-11-24'

test('a day is read in the ways that people type it', () => {
  const typed: readonly (readonly [string, string])[] = [
    ['24.11.2026', '2026-11-24'],
    ['1.2.2026', '2026-02-01'],
    [' 01.02.2026 ', '2026-02-01'],
    ['1.2.', '2026-02-01'],
    ['1.2', '2026-02-01'],
    ['1.2.26', '2026-02-01'],
    ['7.3.59', '1959-03-07'],
    ['1.1.36', '2036-01-01'],
    ['1.1.37', '1937-01-01'],
    ['24112026', '2026-11-24'],
    ['241126', '2026-11-24'],
    ['24/11/2026', '2026-11-24'],
    ['24 11 2026', '2026-11-24'],
    ['2026-11-24', '2026-11-24'],
    ['29.2.2024', '2024-02-29'],
  ]
  for (const [text, day] of typed) assert.equal(readDay(text, now), day, text)
})

test('what is no day is not read', () => {
  for (const text of [
    '',
    '24',
    '31.4.2026',
    '29.2.2026',
    '0.1.2026',
    '1.13.2026',
    '1.1.1799',
    '2026-02-30',
    'tiistai',
    '1.2.202',
  ])
    assert.equal(readDay(text, now), undefined, text)
})

test('a day is written as it is typed, and read back', () => {
  assert.equal(writeDay('2026-02-01'), '1.2.2026')
  for (const day of ['2026-11-24', '1959-03-07', '2000-01-01']) assert.equal(readDay(writeDay(day), now), day)
})

test('today changes at midnight in Finland', () => {
  assert.equal(today(new Date('2026-11-23T21:59:00Z')), '2026-11-23')
  assert.equal(today(new Date('2026-11-23T22:00:00Z')), '2026-11-24')
})
