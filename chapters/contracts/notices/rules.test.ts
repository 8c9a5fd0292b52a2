import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadRegister } from '../../../register/read.ts'
import { periodsOn } from '../periods.ts'
import type { Price } from '../pricing/cost.ts'
import { effectiveOn, guarded, noticePeriod, notifyBy } from './rules.ts'

const periods = periodsOn(loadRegister().laws, '2026-11-24')

test('a consumer is told a month before, a company two weeks', () => {
  const table = [
    ['2027-01-01', true, '2026-12-01'],
    ['2027-01-01', false, '2026-12-18'],
    ['2027-03-31', true, '2027-02-28'],
  ] as const
  for (const [from, consumer, by] of table) assert.equal(notifyBy(from, consumer, periods), by)
})

test('without proof in time the price does not begin; told late, it begins a whole period after', () => {
  const month = noticePeriod(true, periods)
  const notice = (delivered_on: string | null) => ({ notify_by: '2026-12-01', delivered_on })
  const table = [
    [undefined, '2025-01-01', null],
    [notice(null), '2025-01-01', null],
    [notice('2026-11-20'), '2025-01-01', '2027-01-01'],
    [notice('2026-12-01'), '2025-01-01', '2027-01-01'],
    [notice('2026-12-02'), '2025-01-01', '2027-01-02'],
    [notice('2027-02-10'), '2025-01-01', '2027-03-10'],
    // Agreed at the new price, or after it.
    [undefined, '2027-01-01', '2027-01-01'],
    [undefined, '2027-05-01', '2027-01-01'],
    [undefined, null, null],
  ] as const
  for (const [given, began, day] of table) assert.equal(effectiveOn('2027-01-01', given, month, began), day)
})

const price = (amount: number, from: string | null, to: string | null, component: Price['component'] = 'energy'): Price => ({
  component, size: '', unit: 'kWh', amount, vat_class: 'electricity', tax_class: null, during: { from, to },
}) // prettier-ignore
const list = [
  price(7000, '2025-01-01', '2026-06-01'),
  price(8000, '2026-06-01', '2027-01-01'),
  price(9000, '2027-01-01', null),
  price(400, '2025-01-01', null, 'monthly'),
]
const on = (prices: readonly Price[], day: string) =>
  prices
    .filter(({ during }) => (during.from ?? '') <= day && (during.to === null || day < during.to))
    .map(({ amount }) => amount)
    .toSorted((a, b) => b - a)

test('for whom nothing waits the price list is as it is', () => {
  assert.equal(guarded(list, []), list)
  assert.equal(guarded(list, [{ from_day: '2027-01-01', effective: '2027-01-01' }]), list)
})

test('the old price goes on until the new one holds for the contract, day by day', () => {
  const never = guarded(list, [{ from_day: '2027-01-01', effective: null }])
  const late = guarded(list, [{ from_day: '2027-01-01', effective: '2027-03-10' }])
  // The earlier change was never told, the later one was: from then on the list holds.
  const second = guarded(list, [
    { from_day: '2026-06-01', effective: null },
    { from_day: '2027-01-01', effective: '2027-01-01' },
  ])
  const both = guarded(list, [
    { from_day: '2026-06-01', effective: null },
    { from_day: '2027-01-01', effective: null },
  ])
  const table = [
    ['2025-06-01', 7000, 7000, 7000, 7000],
    ['2026-05-31', 7000, 7000, 7000, 7000],
    ['2026-06-01', 8000, 8000, 7000, 7000],
    ['2026-12-31', 8000, 8000, 7000, 7000],
    ['2027-01-01', 8000, 8000, 9000, 7000],
    ['2027-03-09', 8000, 8000, 9000, 7000],
    ['2027-03-10', 8000, 9000, 9000, 7000],
    ['2030-01-01', 8000, 9000, 9000, 7000],
  ] as const
  for (const [day, ...amounts] of table)
    for (const [i, prices] of [never, late, second, both].entries())
      assert.deepEqual(on(prices, day), [amounts[i], 400], `${day}, case ${i}`)
  assert.equal(never.filter(({ component }) => component === 'monthly').length, 1, 'what did not change is one line')
})

test('a fixed term keeps the price that it began with', () => {
  const prices = guarded(list, [], { on: '2025-03-01', until: '2026-09-01' })
  assert.deepEqual(on(prices, '2026-08-31'), [7000, 400])
  assert.deepEqual(on(prices, '2026-09-01'), [8000, 400])
  assert.deepEqual(
    on(guarded(list, [], { on: '2020-01-01', until: '2026-09-01' }), '2026-08-31'),
    [8000, 400],
    'older than the list',
  )
})
