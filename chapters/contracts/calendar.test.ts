import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isWorkingDay, lastDayOf } from './calendar.ts'

test('Saturdays, Sundays, holidays and the eves of Midsummer and Christmas are no working days', () => {
  const off = [
    '2026-01-01', '2026-01-06', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-06-19', '2026-06-20', '2026-10-31',
    '2026-12-06', '2026-12-24', '2026-12-25', '2026-12-26', '2027-03-26', '2027-03-29', '2027-05-06', '2027-06-25', '2024-03-29', '2024-04-01',
    '2026-11-28', '2026-11-29',
  ] // prettier-ignore
  assert.deepEqual(off.filter(isWorkingDay), [])
  const on = [
    '2026-01-02',
    '2026-04-02',
    '2026-04-07',
    '2026-06-18',
    '2026-11-24',
    '2026-12-07',
    '2026-12-23',
    '2026-12-28',
  ]
  assert.deepEqual(
    on.filter((day) => !isWorkingDay(day)),
    [],
  )
})

test('a period does not count the day that it runs from, and does not end where no work is done', () => {
  const table = [
    ['2026-11-10', 'P14D', '2026-11-24'],
    ['2026-11-14', 'P14D', '2026-11-30'],
    ['2026-11-22', 'P14D', '2026-12-07'],
    ['2026-12-10', 'P14D', '2026-12-28'],
    ['2026-12-11', 'P14D', '2026-12-28'],
    ['2026-03-20', 'P14D', '2026-04-07'],
    ['2026-01-31', 'P1M', '2026-03-02'],
    ['2024-01-31', 'P1M', '2024-02-29'],
    ['2025-11-24', 'P12M', '2026-11-24'],
  ] as const
  for (const [from, period, last] of table) assert.equal(lastDayOf(from, period), last, `${from} ${period}`)
})
