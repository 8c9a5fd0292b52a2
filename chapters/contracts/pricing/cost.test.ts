import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayAfter, hoursOf } from '../../../platform/clock.ts'
import { type Component, costing, type Line, type Price, type Rate, rounded, type Terms, type Use } from './cost.ts'
import { type SpotDay, weighed } from './spot.ts'

const always = { from: '2020-01-01', to: null }
const units: Partial<Record<Component, string>> = {
  monthly: 'month',
  effect: 'percent',
  demand: 'kW-month',
  capacity: 'kW-month',
}
const price = (component: Component, amount: number, more: Partial<Price> = {}): Price => ({
  component,
  size: '',
  unit: units[component] ?? 'kWh',
  amount,
  vat_class: 'standard',
  tax_class: null,
  during: always,
  ...more,
})
const vat = (amount: number, from: string, to: string | null): Rate => ({
  kind: 'vat',
  class: 'standard',
  amount,
  during: { from, to },
})
const rates = [
  vat(240, '2013-01-01', '2024-09-01'),
  vat(255, '2024-09-01', null),
  { kind: 'electricity-tax', class: 'I', amount: 2240, during: always },
  { kind: 'security-fee', class: 'I', amount: 13, during: always },
]
const terms = (prices: readonly Price[], more: Partial<Terms> = {}): Terms => ({
  prices,
  rates,
  spot: new Map(),
  spotStep: 15,
  ...more,
})
/** The same in each step of each day; `at` adds by the hour of the clock. */
const days = (
  from: string,
  n: number,
  step: 15 | 60,
  wh: number,
  at: Readonly<Record<number, number>> = {},
): readonly Use[] =>
  Array.from({ length: n }, (_, i) => {
    const day = dayAfter(from, i)
    const each = 60 / step
    return {
      day,
      step,
      vals: hoursOf(day).hours.flatMap((hour) => Array.from({ length: each }, () => wh + (at[hour] ?? 0))),
    }
  })
const flat = (
  from: string,
  n: number,
  step: 15 | 60,
  of: (i: number, day: string) => number | null,
): ReadonlyMap<string, SpotDay> =>
  new Map(
    Array.from({ length: n }, (_, at) => {
      const day = dayAfter(from, at)
      return [
        day,
        { step, prices: Array.from({ length: (hoursOf(day).hours.length * 60) / step }, (__, i) => of(i, day)) },
      ]
    }),
  )
const seen = ({ component, from, to, quantity, net, gross }: Line) => [component, from, to, quantity, net, gross]

test('lines, day by day and band by band', () => {
  const cases: readonly (readonly [what: string, Terms, readonly Use[], readonly unknown[]])[] = [
    [
      'open-ended: 31 kWh at 8.123 c and a fee of 4.00, VAT 25.5 %',
      terms([price('monthly', 400), price('energy', 8123)]),
      days('2026-01-01', 31, 60, 1000).map((use) => ({
        ...use,
        vals: (use.vals as number[]).map((_, i) => (i === 0 ? 1000 : 0)),
      })),
      [
        ['monthly', '2026-01-01', '2026-02-01', 31, 400, 502],
        ['energy', '2026-01-01', '2026-02-01', 31_000, 252, 316],
      ],
    ],
    [
      'half a February costs half its fee',
      terms([price('monthly', 500), price('energy', 0)]),
      days('2026-02-01', 14, 60, 0),
      [
        ['monthly', '2026-02-01', '2026-02-15', 14, 250, 314],
        ['energy', '2026-02-01', '2026-02-15', 0, 0, 0],
      ],
    ],
    [
      'VAT changes on 1 September 2024: split at the date of supply',
      terms([price('energy', 10_000)]),
      days('2024-08-31', 2, 60, 1000),
      [
        ['energy', '2024-08-31', '2024-09-01', 24_000, 240, 298],
        ['energy', '2024-09-01', '2024-09-02', 24_000, 240, 301],
      ],
    ],
    [
      'day and night when the clocks go forward: 8 hours of night',
      terms([price('energy-day', 10_000), price('energy-night', 1_000)]),
      days('2026-03-29', 1, 15, 250),
      [
        ['energy-day', '2026-03-29', '2026-03-30', 15_000, 150, 188],
        ['energy-night', '2026-03-29', '2026-03-30', 8_000, 8, 10],
      ],
    ],
    [
      'and back: 10 hours of night, 100 quarters',
      terms([price('energy-day', 10_000), price('energy-night', 1_000)]),
      days('2026-10-25', 1, 15, 250),
      [
        ['energy-day', '2026-10-25', '2026-10-26', 15_000, 150, 188],
        ['energy-night', '2026-10-25', '2026-10-26', 10_000, 10, 13],
      ],
    ],
    [
      'seasons: Saturday 31 October is not winter; Sunday 1 November is no weekday; Monday is both',
      terms([price('energy-winter', 10_000), price('energy-other', 1_000)]),
      days('2026-10-31', 3, 60, 1000),
      [
        ['energy-winter', '2026-10-31', '2026-11-03', 15_000, 150, 188],
        ['energy-other', '2026-10-31', '2026-11-03', 57_000, 57, 72],
      ],
    ],
    [
      'seasons: Saturday 28 March is a winter weekday, Wednesday 1 April is not',
      terms([price('energy-winter', 10_000), price('energy-other', 1_000)]),
      [...days('2026-03-28', 1, 60, 1000), ...days('2026-04-01', 1, 60, 1000)],
      [
        ['energy-winter', '2026-03-28', '2026-04-02', 15_000, 150, 188],
        ['energy-other', '2026-03-28', '2026-04-02', 33_000, 33, 41],
      ],
    ],
    [
      'tax class I on all bands in one line, with its fee and VAT',
      terms([price('energy-day', 4_000, { tax_class: 'I' }), price('energy-night', 1_000, { tax_class: 'I' })]),
      days('2026-02-02', 1, 60, 10_000),
      [
        ['energy-day', '2026-02-02', '2026-02-03', 150_000, 600, 753],
        ['energy-night', '2026-02-02', '2026-02-03', 90_000, 90, 113],
        ['electricity-tax', '2026-02-02', '2026-02-03', 240_000, 538, 675],
        ['security-fee', '2026-02-02', '2026-02-03', 240_000, 3, 4],
      ],
    ],
    [
      'a price that changes',
      terms([
        price('energy', 5_000, { during: { from: '2026-01-01', to: '2026-02-01' } }),
        price('energy', 6_000, { during: { from: '2026-02-01', to: null } }),
      ]),
      days('2026-01-31', 2, 60, 1000),
      [
        ['energy', '2026-01-31', '2026-02-01', 24_000, 120, 151],
        ['energy', '2026-02-01', '2026-02-02', 24_000, 144, 181],
      ],
    ],
    [
      'demand: the highest hour of the month, four quarters together',
      terms([price('energy', 0), price('demand', 483)]),
      days('2026-02-01', 28, 15, 1_000, { 17: 500 }),
      [
        ['energy', '2026-02-01', '2026-03-01', 28 * (96_000 + 2_000), 0, 0],
        ['demand', '2026-02-01', '2026-03-01', 6_000, 2898, 3637],
      ],
    ],
    [
      'heat: energy by the kilowatt-hour and a capacity of 12.5 kW',
      terms([price('energy', 8_262), price('capacity', 310)], { contracted: 12_500 }),
      days('2026-02-01', 28, 60, 1_000),
      [
        ['energy', '2026-02-01', '2026-03-01', 672_000, 5552, 6968],
        ['capacity', '2026-02-01', '2026-03-01', 12_500, 3875, 4863],
      ],
    ],
  ]
  for (const [what, given, use, expected] of cases) {
    const { lines, lacking } = costing(given)(use)
    assert.deepEqual(lines.map(seen), expected, what)
    assert.deepEqual(lacking, [], what)
  }
})

test('spot: an hour goes by the mean of its four quarters, and prices below nothing are paid back', () => {
  const spot = flat('2026-02-02', 1, 15, (i) => [1_000, 2_000, 4_001, -3_000][i % 4] as number)
  const margin = price('margin', 500)
  const lines = (step: 15 | 60, by: number, vals?: readonly number[]) => {
    const [use] = days('2026-02-02', 1, step, 1_000_000 / (60 / step))
    return costing(terms([margin], { spot, spotStep: by }))([{ ...(use as Use), ...(vals && { vals }) }]).lines.map(
      seen,
    )
  }
  // 24 MWh, (1,000 + 2,000 + 4,001 - 3,000) / 4 = 1,000.25
  const even = [
    ['spot', '2026-02-02', '2026-02-03', 24_000_000, 24_006, 30_128],
    ['margin', '2026-02-02', '2026-02-03', 24_000_000, 12_000, 15_060],
  ]
  assert.deepEqual(lines(60, 15), even)
  assert.deepEqual(lines(15, 15), even)
  const last = Array.from({ length: 96 }, (_, i) => (i % 4 === 3 ? 1_000_000 : 0))
  assert.deepEqual(lines(15, 15, last)[0], ['spot', '2026-02-02', '2026-02-03', 24_000_000, -72_000, -90_360])
  assert.deepEqual(lines(15, 60, last)[0], even[0], 'a product that goes by the hour')
})

test('a consumption effect: what use at dear hours costs more than the mean of the month', () => {
  const spot = flat('2026-02-01', 28, 60, (i) => (i < 12 ? 2_000 : 10_000))
  const hybrid = (share: number) => terms([price('energy', 7_000), price('effect', share)], { spot, spotStep: 60 })
  const evening = days('2026-02-01', 28, 60, 0, { 18: 1_000 })
  assert.deepEqual(costing(hybrid(100))(evening).lines.map(seen), [
    ['energy', '2026-02-01', '2026-03-01', 28_000, 196, 246],
    ['effect', '2026-02-01', '2026-03-01', 28_000, 112, 141],
  ])
  const night = days('2026-02-01', 28, 60, 0, { 3: 1_000 })
  assert.deepEqual(costing(hybrid(50))(night).lines[1]?.net, -56)
  assert.equal(costing(hybrid(100))(days('2026-02-01', 28, 60, 1_000)).lines[1]?.net, 0, 'even use has no effect')
})

test('what has no price is told, and never costs nothing in silence', () => {
  const spot = flat('2026-02-02', 1, 60, (i) => (i === 5 ? null : 1_000))
  const cost = costing(terms([price('margin', 0)], { spot }))(days('2026-02-02', 2, 15, 250))
  assert.deepEqual(cost.lines.map(seen)[0], ['spot', '2026-02-02', '2026-02-03', 23_000, 23, 29])
  assert.deepEqual(cost.lacking, [{ of: 'spot', days: 2, from: '2026-02-02', to: '2026-02-04', wh: 25_000 }])
  const early = costing(terms([price('energy', 5_000, { during: { from: '2026-02-03', to: null } })]))(
    days('2026-02-02', 2, 60, 1_000),
  )
  assert.deepEqual(early.lacking, [{ of: 'price', days: 1, from: '2026-02-02', to: '2026-02-03', wh: 24_000 }])
  const untaxed = costing(terms([price('energy', 5_000, { tax_class: 'IX' })]))(days('2026-02-02', 1, 60, 1_000))
  assert.deepEqual([untaxed.lines, untaxed.lacking[0]?.of], [[], 'rate'])
  const fused = terms(
    [price('energy', 1), price('monthly', 1_782, { size: '3x25A' }), price('monthly', 3_323, { size: '3x35A' })],
    { size: '3x35A' },
  )
  assert.equal(costing(fused)(days('2026-02-01', 28, 60, 1)).lines[0]?.net, 3_323)
  assert.equal(costing({ ...fused, size: '1x16A' })(days('2026-02-01', 28, 60, 1)).lacking[0]?.of, 'price')
})

test('a day has as many values as the clock gives it', () => {
  const [use] = days('2026-03-29', 1, 15, 1)
  assert.equal(use?.vals.length, 92)
  assert.throws(
    () =>
      costing(terms([price('energy', 1)]))([
        { day: '2026-03-29', step: 15, vals: Array.from({ length: 96 }, () => 1) },
      ]),
    /2026-03-29 has 92 steps of 15 minutes, not 96/,
  )
})

test('half a cent goes away from nothing', () => {
  assert.deepEqual(
    [rounded(1n, 2n), rounded(-1n, 2n), rounded(3n, 2n), rounded(-3n, 2n), rounded(49n, 100n), rounded(-49n, 100n)].map(
      Number,
    ),
    [1, -1, 2, -2, 0, 0],
  )
})

/** One value after the other, each with its own hour of the clock, in fractions of whole numbers: slow and plain. */
const plainly = (
  { prices, rates: law, spot, spotStep }: Terms,
  use: readonly Use[],
): ReadonlyMap<string, readonly [bigint, bigint]> => {
  const sums = new Map<string, readonly [bigint, bigint]>()
  const add = (key: string, n: bigint, d: bigint): void => {
    const [n0, d0] = sums.get(key) ?? [0n, 1n]
    sums.set(key, d0 === d ? [n0 + n, d] : [n0 * d + n * d0, d0 * d])
  }
  const on = (day: string) => (one: { during: { from: string | null; to: string | null } }) =>
    (one.during.from ?? '') <= day && day < (one.during.to ?? '9')
  for (const { day, step, vals } of use)
    for (let i = 0; i < vals.length; i++) {
      const wh = BigInt(vals[i] as number)
      const at = Math.floor((i * step) / 60)
      const hour = hoursOf(day).hours[at] as number
      const week = new Date(`${day}T12:00Z`).getUTCDay()
      const isWinter = ['11', '12', '01', '02', '03'].includes(day.slice(5, 7)) && week !== 0 && hour >= 7 && hour < 22
      for (const one of prices.filter(on(day))) {
        const held = law.find((rate) => rate.kind === 'vat' && on(day)(rate))?.amount ?? 0
        const counts: Partial<Record<Component, boolean>> = {
          energy: true,
          margin: true,
          'energy-day': hour >= 7 && hour < 22,
          'energy-night': hour < 7 || hour >= 22,
          'energy-winter': isWinter,
          'energy-other': !isWinter,
        }
        if (counts[one.component] === true)
          add(`${one.component} ${held} ${one.during.from}`, wh * BigInt(one.amount), 1_000_000n)
        if (one.component !== 'margin') continue
        const { step: fine, prices: known } = spot.get(day) as SpotDay
        const quarters = fine === 15 && spotStep === 15 && step === 15
        const each = fine === 60 ? [known[at]] : quarters ? [known[i]] : known.slice(4 * at, 4 * at + 4)
        add(
          `spot ${held} ${one.during.from}`,
          each.reduce((sum: bigint, cents) => sum + wh * BigInt(cents as number), 0n),
          1_000_000n * BigInt(each.length),
        )
      }
    }
  return sums
}

const anyDay = fc.integer({ min: 0, max: 900 }).map((n) => dayAfter('2023-06-01', n))
const anyUse = fc
  .tuple(
    anyDay,
    fc.integer({ min: 2, max: 9 }),
    fc.constantFrom(15 as const, 60 as const),
    fc.infiniteStream(fc.integer({ min: 0, max: 40_000 })),
  )
  .map(([from, n, step, stream]) =>
    days(from, n, step, 0).map((use) => ({ ...use, vals: Array.from(use.vals, () => stream.next().value as number) })),
  )
const anyAmount = fc.integer({ min: -50_000, max: 250_000 })
const anyTerms = fc
  .record({
    amounts: fc.tuple(anyAmount, anyAmount, anyAmount),
    kind: fc.constantFrom<readonly Component[]>(
      ['energy'],
      ['energy-day', 'energy-night'],
      ['energy-winter', 'energy-other'],
      ['margin'],
    ),
    change: anyDay,
    fine: fc.constantFrom(15 as const, 60 as const),
    spotStep: fc.constantFrom(15, 60),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
  })
  .map(({ amounts, kind, change, fine, spotStep, seed }) =>
    terms(
      kind.flatMap((component, i) => [
        price(component, amounts[i] as number, { during: { from: '2020-01-01', to: change } }),
        price(component, amounts[2], { during: { from: change, to: null } }),
      ]),
      {
        spotStep,
        spot: flat(
          '2023-06-01',
          920,
          fine,
          (i, day) => ((i * 7919 + Number(day.replaceAll('-', '')) * seed) % 300_000) - 60_000,
        ),
      },
    ),
  )

test('it costs what counting each value by itself in whole fractions says', () => {
  fc.assert(
    fc.property(anyUse, anyTerms, (use, given) => {
      const { lines, net } = costing(given)(use)
      const plain = plainly(given, use)
      const expected = [...plain].filter(([, [n]]) => n !== 0n).map(([key, [n, d]]) => [key, rounded(n, d)] as const)
      const found = lines.map((line) => [`${line.component} ${line.vat} `, line.net] as const)
      assert.equal(
        net,
        expected.reduce((sum, [, cents]) => sum + cents, 0),
      )
      for (const [key, cents] of expected)
        assert.ok(
          found.some(([start, net_]) => key.startsWith(start) && net_ === cents),
          `${key} ${cents} is not among ${JSON.stringify(found)}`,
        )
    }),
    { numRuns: 40 },
  )
})

test('the parts of a period cost what the whole does, but for half a cent a line', () => {
  const whole = terms([price('monthly', 499), price('energy', 7_777, { tax_class: 'I' }), price('effect', 85)], {
    spot: flat('2023-06-01', 950, 60, (i) => i * 997 - 4_000),
    spotStep: 60,
  })
  fc.assert(
    fc.property(anyUse, fc.integer({ min: 1, max: 8 }), (use, at) => {
      const parts = [costing(whole)(use.slice(0, at)), costing(whole)(use.slice(at))]
      const all = costing(whole)(use)
      const half = (all.lines.length + parts.reduce((n, { lines }) => n + lines.length, 0)) / 2
      for (const sum of ['net', 'gross'] as const)
        assert.ok(Math.abs(all[sum] - parts.reduce((so, part) => so + part[sum], 0)) <= half)
      assert.equal(
        all.wh,
        parts.reduce((sum, { wh }) => sum + wh, 0),
      )
    }),
    { numRuns: 40 },
  )
})

test('sums that no double holds are whole all the same', () => {
  const spot: SpotDay = { step: 60, prices: Array.from({ length: 24 }, (_, i) => 399_999 - i) }
  const vals = Array.from({ length: 24 }, (_, i) => 20_000_000_001 + i)
  const exact = vals.reduce((sum, wh, i) => sum + BigInt(wh) * 4n * BigInt(399_999 - i), 0n)
  const total = vals.reduce((sum, wh) => sum + wh, 0)
  assert.equal(weighed(vals, 60, total, spot, 60).sum, exact)
})
