import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { qualities } from '../api.ts'
import { dayAfter, slotsOf, type Step } from '../grid.ts'
import { clockOf, dayKindOf } from './calendar.ts'
import { type Day, estimate, shared } from './rules.ts'

const [measured, estimated, missing, uncertain] = (['measured', 'estimated', 'missing', 'uncertain'] as const).map(
  (each) => qualities.indexOf(each),
) as [number, number, number, number]

test('holidays are Sundays, and eves Saturdays', () => {
  for (const [day, kind] of [
    ['2026-11-24', 'working'],
    ['2026-11-28', 'saturday'],
    ['2026-11-29', 'sunday'],
    ['2026-01-01', 'sunday'],
    ['2026-01-06', 'sunday'],
    ['2026-04-03', 'sunday'],
    ['2026-04-06', 'sunday'],
    ['2026-05-14', 'sunday'],
    ['2026-06-19', 'saturday'],
    ['2026-06-20', 'sunday'],
    ['2025-04-21', 'sunday'],
    ['2024-03-29', 'sunday'],
    ['2026-10-31', 'sunday'],
    ['2025-11-01', 'sunday'],
    ['2027-12-06', 'sunday'],
    ['2026-12-24', 'saturday'],
    ['2026-12-31', 'saturday'],
  ] as const)
    assert.equal(dayKindOf(day), kind, day)
})

test('the clock leaves an hour out in spring and shows one twice in autumn', () => {
  const clocks = (day: string, step: Step) =>
    Array.from({ length: slotsOf(day, step) }, (_, slot) => clockOf(day, step, slot) / step)
  assert.deepEqual(clocks('2026-03-29', 60).slice(0, 5), [0, 1, 2, 4, 5])
  assert.deepEqual(clocks('2026-10-25', 60).slice(0, 6), [0, 1, 2, 3, 3, 4])
  assert.deepEqual(clocks('2026-10-25', 15).slice(11, 21), [11, 12, 13, 14, 15, 12, 13, 14, 15, 16])
  for (const day of ['2026-03-29', '2026-10-25', '2026-11-24']) assert.equal(clocks(day, 15).at(-1), 95)
})

const dayOf = (
  day: string,
  value: (slot: number) => number,
  quality: (slot: number) => number = () => measured,
): Day => {
  const count = slotsOf(day, 60)
  return {
    day,
    step: 60,
    values: Int32Array.from({ length: count }, (_, slot) => (quality(slot) === missing ? 0 : value(slot))),
    said: Uint8Array.from({ length: count }, (_, slot) => quality(slot)),
  }
}
const weeks = (value: (slot: number) => number, before = '2026-11-24', days = 28) =>
  Array.from({ length: days }, (_, i) => dayOf(dayAfter(before, -1 - i), value))
const all = () => missing
const household = { wh: 5_000_000, profile: 'household' } as const

test('a day that is missing is as the days of its kind were, and as the days beside it are', () => {
  const gap = dayOf('2026-11-24', () => 0, all)
  const same = estimate(
    gap,
    weeks((slot) => 100 + slot),
    household,
  )
  assert.deepEqual(
    [...(same?.values ?? [])],
    Array.from({ length: 24 }, (_, slot) => 100 + slot),
  )
  assert.deepEqual([same?.by, same?.said.every((each) => each === estimated)], ['history', true])
  // Yesterday and tomorrow twice as much was used as is usual of such days.
  const cold = weeks((slot) => 100 + slot)
  cold[0] = dayOf('2026-11-23', (slot) => 2 * (100 + slot))
  const scaled = estimate(gap, [...cold, dayOf('2026-11-25', (slot) => 2 * (100 + slot))], household)
  assert.deepEqual(
    [...(scaled?.values ?? [])],
    Array.from({ length: 24 }, (_, slot) => 2 * (100 + slot)),
  )
  // Where there are no other days, those beside it make the mean.
  const two = [dayOf('2026-11-23', () => 10), dayOf('2026-11-25', () => 20)]
  assert.equal(estimate(gap, two, undefined)?.values[5], 15)
})

test('what is known of the day itself scales it, and stays as it is', () => {
  const gap = dayOf(
    '2026-11-24',
    () => 300,
    (slot) => (slot < 12 ? measured : missing),
  )
  const found = estimate(
    gap,
    weeks(() => 100),
    undefined,
  )
  assert.deepEqual([...(found?.values ?? [])], [...Array(12).fill(300), ...Array(12).fill(300)])
  assert.deepEqual([...(found?.said ?? [])], [...Array(12).fill(measured), ...Array(12).fill(estimated)])
  const wild = estimate(
    dayOf(
      '2026-11-24',
      () => 9000,
      (slot) => (slot < 12 ? measured : missing),
    ),
    weeks(() => 100),
    undefined,
  )
  assert.equal(wild?.values[20], 400, 'four times at most')
})

test('Saturdays are told by Saturdays, and what was doubted tells nothing', () => {
  const history = Array.from({ length: 28 }, (_, i) => dayAfter('2026-11-28', -1 - i)).map((day) =>
    dayOf(day, () => (dayKindOf(day) === 'saturday' ? 500 : 100)),
  )
  // The Friday before was usual, so nothing is scaled.
  assert.equal(
    estimate(
      dayOf('2026-11-28', () => 0, all),
      history,
      undefined,
    )?.values[7],
    500,
  )
  const doubted = history.map(({ day, values }) =>
    dayOf(
      day,
      (slot) => values[slot] ?? 0,
      () => uncertain,
    ),
  )
  assert.equal(
    estimate(
      dayOf('2026-11-28', () => 0, all),
      doubted,
      undefined,
    ),
    undefined,
  )
})

test('without days of its own, a load profile and the annual estimate tell; without those nobody does', () => {
  const gap = dayOf('2026-11-24', () => 0, all)
  assert.equal(estimate(gap, [], undefined), undefined)
  const found = estimate(
    gap,
    weeks(() => 100, '2026-11-24', 1),
    household,
  )
  assert.equal(found?.by, 'profile')
  const total = found?.values.reduce((sum, value) => sum + value, 0) ?? 0
  // 5 MWh a year are 13.7 kWh a day; in November more.
  assert.ok(total > 14_000 && total < 17_000, `${total}`)
  assert.ok((found?.values[19] ?? 0) > (found?.values[3] ?? 0), 'evening is not night')
})

test('a year of a profile is a year’s energy', () => {
  for (const profile of ['household', 'business'] as const) {
    let total = 0
    for (let day = '2026-01-01'; day < '2027-01-01'; day = dayAfter(day))
      total +=
        estimate(
          dayOf(day, () => 0, all),
          [],
          { wh: 10_000_000, profile },
        )?.values.reduce((a, b) => a + b, 0) ?? 0
    assert.ok(Math.abs(total - 10_000_000) < 200_000, `${profile}: ${total}`)
  }
})

test('the hour that comes twice is as its hour is usual, each time', () => {
  const history = weeks((slot) => 100 * slot, '2026-10-25')
  const found = estimate(
    dayOf('2026-10-25', () => 0, all),
    history,
    undefined,
  )
  assert.deepEqual([...(found?.values.slice(2, 6) ?? [])], [200, 300, 300, 400])
})

test('shares are whole and sum to the whole', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 12n }),
      fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 100 }),
      (total, weights) => {
        const given = shared(total, weights)
        const sum = weights.reduce((all, each) => all + each, 0n)
        assert.equal(
          given.reduce((all, each) => all + each, 0n),
          sum === 0n ? 0n : total,
        )
        weights.forEach((weight, i) => {
          if (sum > 0n)
            assert.ok((given[i] ?? 0n) * sum >= total * weight - sum && (given[i] ?? 0n) * sum <= total * weight + sum)
        })
      },
    ),
  )
})
