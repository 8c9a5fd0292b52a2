import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsOfSpan, spanOf, stepped, yearBefore } from './spans.ts'

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
  assert.equal(partsOfSpan('year', '2026-10-02')[11], '2026-12-01')
  assert.deepEqual(
    ['2024-02-10', '2026-02-10', '2026-12-31'].map((at) => partsOfSpan('month', at).length),
    [29, 28, 31],
  )
})
