import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  baseOf,
  daysOfMonth,
  type Degrees,
  degreesOf,
  type Month,
  normalisedMonths,
  normalisedYears,
  summerOf,
} from './rules.ts'

/** A place like Lahti, whole months of the normal year. */
const normal = new Map(
  [7000, 6500, 5900, 3800, 1500, 350, 40, 300, 1800, 3700, 5100, 6500].map((amount, i) => [i + 1, amount]),
)
const starts = (year: number): readonly string[] =>
  Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}-01`)
const base = 10_000
const perDegree = 30
/** A house that warms water with 10 kWh a day, and its rooms with 300 Wh a degree day. */
const house = (actual: ReadonlyMap<string, number>): readonly Month[] =>
  [...actual].map(([start, amount]) => ({
    start,
    days: daysOfMonth(start),
    total: base * daysOfMonth(start) + perDegree * amount,
  }))
const yearOf = (year: number, factor: number, summer = 0): ReadonlyMap<string, number> =>
  new Map(
    starts(year).map((start, i) => [
      start,
      i === 6 || i === 7 ? summer : Math.round((normal.get(i + 1) ?? 0) * factor),
    ]),
  )

test('the summer is where the normal year needs the least heat', () => {
  assert.deepEqual(summerOf(normal), [7, 8])
})

test('a cold year and a mild year of one house come to the same', () => {
  const results = [0.8, 1, 1.25].map((factor) => {
    const actual = yearOf(2025, factor)
    return normalisedYears(house(actual), { actual, normal })[0]
  })
  const [mild, same, cold] = results.map((one) => one?.normalised ?? 0) as [number, number, number]
  assert.equal(results[1]?.total !== results[2]?.total, true)
  const wanted = base * 365 + perDegree * [...normal.values()].reduce((sum, amount) => sum + amount, 0)
  // Rooms are not heated in the house's own July and August, so a part of the normal summer is spread over the other months.
  for (const one of [mild, same, cold]) assert.ok(Math.abs(one - wanted) < wanted / 1_000, `${one} against ${wanted}`)
})

test('a month: the part of the water stays, the rest follows the degree days', () => {
  const actual = yearOf(2025, 0.5)
  const january = normalisedMonths(house(actual), { actual, normal })[0]
  assert.deepEqual(january, {
    start: '2025-01-01',
    total: base * 31 + perDegree * 3500,
    degree_days: 3500,
    normal: 7000,
    normalised: base * 31 + perDegree * 7000,
    lacks: null,
  })
})

test('what is lacking is said, and nothing is made up for it', () => {
  const actual = yearOf(2025, 1)
  const months = house(actual)
  const told = (all: readonly Month[], degrees: Degrees) =>
    normalisedMonths(all, degrees).map(({ lacks, normalised }) => (normalised === null ? lacks : 'ok'))
  assert.deepEqual(new Set(told(months, { actual, normal })), new Set(['ok']))
  const [first, ...rest] = months as [Month, ...Month[]]
  assert.equal(told([{ ...first, days: 30 }, ...rest], { actual, normal })[0], 'days')
  assert.equal(told(months, { actual: new Map(), normal })[0], 'degree-days')
  assert.equal(told(months, { actual, normal: new Map() })[0], 'normal-year')
  assert.equal(told(months.slice(0, 6), { actual, normal })[0], 'summer')
  assert.deepEqual(normalisedYears(months.slice(0, 11), { actual, normal }), [])
  assert.equal(baseOf(months.slice(0, 7), normal), undefined)
})

test('more cold in the same time never means more in a normal year, and nothing is below the water', () => {
  const amount = fc.integer({ min: 0, max: 9_000 })
  fc.assert(
    fc.property(
      fc.array(amount, { minLength: 12, maxLength: 12 }),
      fc.integer({ min: 0, max: 10 ** 12 }),
      (amounts, total) => {
        const actual = new Map(starts(2025).map((start, i) => [start, amounts[i] ?? 0]))
        const months = house(actual).map((month, i) => (i === 0 ? { ...month, total } : month))
        const colder = new Map([...actual, ['2025-01-01', (amounts[0] ?? 0) + 500] as const])
        const [is, with500] = [actual, colder].map(
          (of) => normalisedMonths(months, { actual: of, normal })[0]?.normalised ?? 0,
        ) as [number, number]
        assert.ok(Number.isSafeInteger(is))
        if ((amounts[0] ?? 0) > 0) assert.ok(with500 <= is)
      },
    ),
  )
})

test('a month is what is published of it, else the sum of its days when none is lacking', () => {
  const day = (n: number, amount: number) => ({
    kind: 'day' as const,
    month: 0,
    during: { from: `2025-02-${String(n).padStart(2, '0')}`, to: null },
    amount,
  })
  const days = Array.from({ length: 28 }, (_, i) => day(i + 1, 10))
  assert.equal(degreesOf(days).actual.get('2025-02-01'), 280)
  assert.equal(degreesOf(days.slice(1)).actual.get('2025-02-01'), undefined)
  const month = { kind: 'month' as const, month: 0, during: { from: '2025-02-01', to: '2025-03-01' }, amount: 290 }
  assert.equal(degreesOf([...days, month]).actual.get('2025-02-01'), 290)
})
