import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { proposedMapping } from '../../../platform/tabular/index.ts'
import { columnFaults, dayWith, fields, placeOf, readPrice, stepOf, unitsOf } from './rules.ts'

test('a header that does not say whether VAT is in the price is asked about, not guessed at', () => {
  const bare = proposedMapping(fields, ['hour', 'price'])
  assert.deepEqual(bare, { time: 0 })
  assert.deepEqual(
    columnFaults(bare).map(({ code }) => code),
    ['column.one-price'],
  )
  assert.deepEqual(columnFaults({ time: 0, price_vat: 1 }), [])
  assert.equal(columnFaults({ time: 0, price_vat: 1, price: 1 })[0]?.code, 'column.one-price')
})

test('rows, and every fault of one', () => {
  const mapping = { time: 0, price_vat: 1 }
  assert.deepEqual(readPrice(mapping, ['2024-01-01T00:00:00.000Z', '2.055']), {
    area: 'FI',
    time: '2024-01-01T00:00:00.000Z',
    amount: '2.055',
    as: 'price_vat',
  })
  assert.deepEqual(
    (readPrice(mapping, ['2024-01-01 02:15+0200', '-0,5']) as { time: string }).time,
    '2024-01-01T00:15:00.000Z',
  )
  const cases = [
    [['2024-01-01 00:00', 'x'], 'time time.no-zone, price_vat value.no-number'],
    [['2024-01-01T00:07Z', ''], 'time time.uneven, price_vat value.missing'],
    [['', '1'], 'time value.missing'],
  ] as const
  for (const [cells, expected] of cases) {
    const faults = readPrice(mapping, cells)
    assert.ok(Array.isArray(faults))
    assert.equal(
      faults.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`).join(', '),
      expected,
    )
  }
})

test('VAT is taken off to the very price of the exchange', () => {
  const exchange = fc.integer({ min: -50_000, max: 400_000 })
  fc.assert(
    fc.property(exchange, fc.constantFrom(100, 240, 255), (units, vat) => {
      const thousandths = units * (1000 + vat)
      const written = (Math.sign(thousandths) * Math.round(Math.abs(thousandths) / 1000)) / 1000
      assert.equal(unitsOf({ amount: written.toFixed(3), as: 'price_vat' }, vat), units)
      assert.equal(unitsOf({ amount: (units / 100).toFixed(2), as: 'price_mwh' }, 0), units)
      assert.equal(unitsOf({ amount: (units / 1000).toFixed(3), as: 'price' }, 0), units)
    }),
  )
  assert.equal(unitsOf({ amount: '-62.000', as: 'price_vat' }, 240), -50_000)
  assert.equal(unitsOf({ amount: '1000.001', as: 'price' }, 0), undefined)
})

test('hours find their place on the days when the clocks are changed', () => {
  assert.deepEqual(placeOf('2024-03-30T22:00:00Z'), { day: '2024-03-31', at: 0 })
  assert.deepEqual(placeOf('2024-03-31T20:00:00Z'), { day: '2024-03-31', at: 22 * 3_600_000 })
  assert.deepEqual(placeOf('2024-03-31T21:00:00Z'), { day: '2024-04-01', at: 0 })
  assert.deepEqual(placeOf('2024-10-27T00:00:00Z'), { day: '2024-10-27', at: 3 * 3_600_000 })
  assert.deepEqual(placeOf('2024-10-27T21:00:00Z'), { day: '2024-10-27', at: 24 * 3_600_000 })
})

const hour = 3_600_000
const row = (at: number, units: number) => ({ at: at * hour, units })
const outcomes = (of: { readonly became: readonly (readonly [unknown, string])[] }) => of.became.map(([, what]) => what)

test('a day is filled, corrected and made finer, and never coarser', () => {
  const first = dayWith('2024-03-31', [row(0, 100), row(22, 200)], 60, undefined)
  assert.deepEqual([first.prices.length, first.prices[0], first.prices[1], first.prices[22]], [23, 100, null, 200])
  const known = { step: 60, prices: first.prices, own: false }
  assert.deepEqual(outcomes(dayWith('2024-03-31', [row(0, 100), row(1, 5), row(22, 201)], 60, known)), [
    'same',
    'fresh',
    'changed',
  ])
  const finer = dayWith('2024-03-31', [row(0, 90), row(0.25, 100)], 15, known)
  assert.deepEqual([finer.step, finer.prices.length, finer.prices.slice(0, 5)], [15, 92, [90, 100, 100, 100, null]])
  const quarters = { step: 15, prices: finer.prices, own: false }
  const coarser = dayWith('2024-03-31', [row(0, 98), row(22, 7)], 60, quarters)
  assert.deepEqual(
    [outcomes(coarser), coarser.prices],
    [['same', 'coarser'], finer.prices],
    'the mean of 90, 100, 100 and 100 is 97.5',
  )
  const own = dayWith('2024-03-31', [row(1, 7)], 60, { ...quarters, own: true })
  assert.deepEqual(own.prices.slice(3, 6), [100, 7, null])
})

test('a row alone on its day at the end of a batch is of quarters when its neighbour is', () => {
  const midnight = Date.parse('2026-01-31T22:00:00Z')
  assert.equal(stepOf([midnight], new Set([midnight - hour / 4, midnight])), 15)
  assert.equal(stepOf([midnight], new Set([midnight - hour, midnight])), 60)
  assert.equal(stepOf([midnight + hour / 4], new Set([midnight + hour / 4])), 15)
})
