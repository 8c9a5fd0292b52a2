import assert from 'node:assert/strict'
import { test } from 'node:test'
import { finenessesOf, finenessOf, partsBetween, spanOf, stepped, views, yearBefore } from './spans.ts'

test('each view asks for its own days, and the next begins where it ends', () => {
  const cases = [
    ['day', '2026-02-28', '2026-02-28', '2026-03-01', '2026-02-27'],
    ['day', '2024-02-28', '2024-02-28', '2024-02-29', '2024-02-27'],
    ['month', '2026-12-24', '2026-12-01', '2027-01-01', '2026-11-01'],
    ['month', '2026-01-31', '2026-01-01', '2026-02-01', '2025-12-01'],
    ['year', '2026-11-24', '2026-01-01', '2027-01-01', '2025-01-01'],
  ] as const
  for (const [view, at, from, to, before] of cases) {
    assert.deepEqual(spanOf(view, at), { from, to }, `${view} ${at}`)
    assert.equal(stepped(view, at, 1), to)
    assert.equal(stepped(view, at, -1), before)
  }
  assert.equal(yearBefore('2026-11-24'), '2025-11-24')
})

test('a year has its months and a month its days, known or not', () => {
  assert.equal(partsBetween(spanOf('year', '2026-10-02'), 'month')[11], '2026-12-01')
  assert.equal(partsBetween(spanOf('year', '2024-10-02'), 'day').length, 366)
  assert.deepEqual(
    ['2024-02-10', '2026-02-10', '2026-12-31'].map((at) => partsBetween(spanOf('month', at), 'day').length),
    [29, 28, 31],
  )
})

test('a span is shown by what it holds more than one of, whatever the address asks for', () => {
  for (const view of views) assert.equal(finenessOf(view, 'nonsense'), finenessesOf(view)[0])
  assert.equal(finenessOf('year', 'values'), 'values')
  assert.equal(finenessOf('day', 'month'), 'values')
})
