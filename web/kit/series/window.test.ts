import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { axisOf, columnsOf, fewest, panned, rangeOf, roundAbove, showing, ticksIn, wholeOf, zoomed } from './window.ts'

test('whatever is pressed, the view stays within the row and keeps its width when it is moved', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40_000 }),
      fc.array(fc.tuple(fc.constantFrom('pan', 'zoom', 'show'), fc.double({ min: -2, max: 2, noNaN: true })), {
        maxLength: 20,
      }),
      (count, steps) => {
        let view = wholeOf(count)
        for (const [what, by] of steps) {
          const at = Math.min(count - 1, Math.max(0, Math.round(view.from + (view.to - view.from) * Math.abs(by / 2))))
          const width = view.to - view.from
          if (what === 'pan') view = panned(view, by * count, count)
          else if (what === 'zoom') view = zoomed(view, 2 ** by, at, count)
          else view = showing(view, at, count)
          if (what !== 'zoom') assert.ok(Math.abs(view.to - view.from - width) < 1e-6)
          assert.ok(view.from >= 0 && view.to <= count + 1e-6, JSON.stringify({ view, count }))
          assert.ok(view.to - view.from >= Math.min(fewest, count) - 1e-6)
        }
      },
    ),
  )
})

test('what is under the pointer stays there while one zooms', () => {
  const view = zoomed({ from: 100, to: 200 }, 0.5, 120, 1_000)
  assert.deepEqual(view, { from: 110, to: 160 })
})

test('the cursor moves the view only as far as it must', () => {
  const view = { from: 100, to: 200 }
  assert.equal(showing(view, 150, 1_000), view)
  assert.deepEqual(showing(view, 99, 1_000), { from: 99, to: 199 })
  assert.deepEqual(showing(view, 200, 1_000), { from: 101, to: 201 })
})

test('a column of pixels tells the least, the greatest and the mean of its values, and nothing where none is known', () => {
  assert.deepEqual(
    [...columnsOf([1, 2, 3, 5, Number.NaN, Number.NaN], wholeOf(6), 3)],
    [1, 2, 1.5, 3, 5, 4, Number.NaN, Number.NaN, Number.NaN],
  )
  assert.deepEqual(rangeOf([4, Number.NaN, -1, 9], { from: 0, to: 3 }), [-1, 4])
  assert.equal(rangeOf([Number.NaN], wholeOf(1)), undefined)
})

test('axes end at round numbers and hold zero', () => {
  assert.deepEqual(
    [0.29, 1, 11, 490, 501].map((value) => Number(roundAbove(value).toPrecision(6))),
    [0.3, 1, 20, 500, 600],
  )
  assert.deepEqual(axisOf([3, 11]), [0, 20])
  assert.deepEqual(axisOf([-4, 11]), [-4, 20])
  assert.deepEqual(axisOf(undefined), [0, 1])
})

test('labels are of the finest row that has room', () => {
  const hours = { at: Array.from({ length: 48 }, (_, i) => i), label: (i: number) => `${i % 24}` }
  const days = { at: [0, 24], label: (i: number) => `day ${i / 24}` }
  assert.equal(ticksIn([hours, days], wholeOf(48), 60).length, 48)
  assert.deepEqual(
    ticksIn([hours, days], wholeOf(48), 10).map(({ label }) => label),
    ['day 0', 'day 1'],
  )
  assert.deepEqual(ticksIn([days], wholeOf(48), 1).length, 1)
  assert.deepEqual(
    ticksIn([hours, days], { from: 10, to: 20 }, 5).map(({ at }) => at),
    [10, 12, 14, 16, 18],
  )
})
