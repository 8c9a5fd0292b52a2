import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayAfter } from '../grid.ts'
import { type Shares, type UsedDay, yearBefore, yearly } from './rules.ts'

const year = { from: '2025-11-01', to: '2026-11-01' }
const daysOf = ({ from, to }: { readonly from: string; readonly to: string }): readonly string[] => {
  const days: string[] = []
  for (let day = from; day < to; day = dayAfter(day)) days.push(day)
  return days
}
const all = daysOf(year)
const used = (days: readonly string[], by: (day: string) => Shares): readonly UsedDay[] =>
  days.map((day) => ({ day, by: by(day) }))
/** Three times as much in winter as in summer. */
const seasons = {
  of: (day: string): Shares => ({ whole: /-(11|12|01|02|03)-/.test(day) ? 3 : 1, day: 2, night: 1 }),
  method: 'profile' as const,
}

test('the twelve whole months before this one', () => {
  assert.deepEqual(yearBefore('2026-11-24'), year)
  assert.deepEqual(yearBefore('2026-01-01'), { from: '2025-01-01', to: '2026-01-01' })
})

test('a year that is all there is its own sum, by band', () => {
  assert.deepEqual(
    yearly(
      year,
      ['whole'],
      used(all, () => ({ whole: 10_001 })),
      seasons,
    ),
    {
      values: [{ band: 'whole', wh: 3_650_365 }],
      days: 365,
      method: 'measured',
    },
  )
  assert.deepEqual(
    yearly(
      year,
      ['day', 'night'],
      used(all, () => ({ day: 6, night: 4 })),
      seasons,
    )?.values,
    [
      { band: 'day', wh: 2_190 },
      { band: 'night', wh: 1_460 },
    ],
  )
})

test('what is lacking is filled in the shape of a year', () => {
  const winter = used(
    all.filter((day) => /-(11|12|01|02|03)-/.test(day)),
    () => ({ whole: 30_000 }),
  )
  // 151 days of winter at 30 kWh, 214 of summer at a third of that.
  assert.deepEqual(yearly(year, ['whole'], winter, seasons), {
    values: [{ band: 'whole', wh: 151 * 30_000 + 214 * 10_000 }],
    days: 151,
    method: 'profile',
  })
  assert.equal(yearly(year, ['whole'], winter, null)?.values[0]?.wh, 365 * 30_000)
  assert.equal(yearly(year, ['whole'], winter, null)?.method, 'days')
})

test('warm water is used every day, heat as the degree days are', () => {
  const degrees = {
    of: (day: string): Shares => ({ whole: /-(11|12|01|02|03)-/.test(day) ? 200 : 0 }),
    method: 'degree-days' as const,
  }
  const winter = used(
    all.filter((day) => /-(01|02)-/.test(day)),
    () => ({ whole: 10_000 + 200 * 30 }),
  )
  const made = yearly(year, ['whole'], winter, degrees, 10_000)
  assert.equal(made?.values[0]?.wh, 365 * 10_000 + 151 * 200 * 30)
})

test('too little is told as nothing', () => {
  assert.equal(
    yearly(
      year,
      ['whole'],
      used(all.slice(0, 27), () => ({ whole: 1 })),
      seasons,
    ),
    undefined,
  )
  assert.equal(
    yearly(
      year,
      ['winter-day', 'other'],
      used(all.slice(0, 100), () => ({ 'winter-day': 1 })),
      null,
    ),
    undefined,
  )
  const outside = used(daysOf({ from: '2024-01-01', to: '2024-12-01' }), () => ({ whole: 1 }))
  assert.equal(yearly(year, ['whole'], outside, seasons), undefined)
})

test('a point that follows the shape is told exactly, whatever days are lacking', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10 ** 6 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 364 }), { minLength: 28, maxLength: 365 }),
      (per, places) => {
        const days = places.map((i) => all[i] ?? '')
        const made = yearly(
          year,
          ['whole'],
          used(days, (day) => ({ whole: per * (seasons.of(day).whole ?? 0) })),
          seasons,
        )
        assert.equal(made?.values[0]?.wh, per * all.reduce((sum, day) => sum + (seasons.of(day).whole ?? 0), 0))
      },
    ),
    { numRuns: 50 },
  )
})
