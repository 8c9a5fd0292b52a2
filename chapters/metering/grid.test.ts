import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayOf } from '../../platform/clock.ts'
import { steps } from './api.ts'
import { dayAfter, placeOf, slotsOf, startOf, timeOf } from './grid.ts'

test('a day has as many values as the clocks give it', () => {
  const cases = [
    ['2026-11-24', 96, 24],
    ['2026-03-29', 92, 23],
    ['2026-10-25', 100, 25],
    ['2024-02-29', 96, 24],
    ['2023-03-26', 92, 23],
  ] as const
  for (const [day, quarters, hours] of cases) {
    assert.equal(slotsOf(day, 15), quarters, day)
    assert.equal(slotsOf(day, 60), hours, day)
  }
})

test('the hour that comes twice has two places, the hour that is left out none', () => {
  assert.deepEqual(placeOf(Date.parse('2026-10-25T00:00:00Z'), 60), { day: '2026-10-25', slot: 3 })
  assert.deepEqual(placeOf(Date.parse('2026-10-25T01:00:00Z'), 60), { day: '2026-10-25', slot: 4 })
  assert.deepEqual(placeOf(Date.parse('2026-03-29T00:45:00Z'), 15), { day: '2026-03-29', slot: 11 })
  assert.deepEqual(placeOf(Date.parse('2026-03-29T01:00:00Z'), 15), { day: '2026-03-29', slot: 12 })
  assert.equal(placeOf(Date.parse('2026-03-29T01:05:00Z'), 15), undefined)
  assert.equal(placeOf(Date.parse('2026-03-29T01:15:00Z'), 60), undefined)
})

test('every instant of the grid has one place, and leads back to it; days touch without a gap', () => {
  const quarter = 900_000
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000 }), fc.constantFrom(...steps), (n, step) => {
      const time = Math.floor((n * quarter) / (step * 60_000)) * step * 60_000
      const place = placeOf(time, step)
      assert.ok(place)
      assert.equal(place.day, dayOf(new Date(time)))
      assert.equal(timeOf(place.day, step, place.slot), time)
      assert.ok(place.slot < slotsOf(place.day, step))
      assert.equal(timeOf(place.day, step, slotsOf(place.day, step)), startOf(dayAfter(place.day)))
    }),
  )
})
