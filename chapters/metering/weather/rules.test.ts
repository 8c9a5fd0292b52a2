import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readArea, readDegrees, readPeriod, readTemperature, tenths } from './rules.ts'

const told = (read: unknown): unknown =>
  Array.isArray(read)
    ? read.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`).join(', ')
    : read

test('days, months and months of a normal year', () => {
  const cases: readonly [string, string | null, unknown][] = [
    ['24.11.2026', null, ['day', 0, '2026-11-24', '2026-11-25']],
    ['2026-12-31', null, ['day', 0, '2026-12-31', '2027-01-01']],
    ['2026-12', null, ['month', 0, '2026-12-01', '2027-01-01']],
    ['2/2026', null, ['month', 0, '2026-02-01', '2026-03-01']],
    ['3', '1991–2020', ['normal', 3, '1991-01-01', '2021-01-01']],
    ['13', '1991-2020', undefined],
    ['3', '2020-1991', undefined],
    ['3', null, undefined],
    ['2026-13', null, undefined],
  ]
  for (const [written, reference, expected] of cases) {
    const read = readPeriod(written, reference)
    assert.deepEqual(read && [read.kind, read.month, read.from, read.to], expected, written)
  }
})

test('tenths, rounded half away from nothing', () => {
  assert.deepEqual(
    ['12,34', '-0.05', '0', '-70.1', '17.25', 'x', '1e3'].map((one) => tenths(one, -700, 500)),
    [123, -1, 0, undefined, 173, undefined, undefined],
  )
})

test('rows, and every fault of one', () => {
  const degrees = { station: 0, period: 1, reference: 2, degree_days: 3 }
  assert.deepEqual(told(readDegrees(degrees, ['Lahti', '2026-01', '', '693'])), {
    station: 'Lahti',
    kind: 'month',
    month: 0,
    from: '2026-01-01',
    to: '2026-02-01',
    amount: 6930,
  })
  assert.equal(
    told(readDegrees(degrees, ['', 'x', '', '-1'])),
    'station value.missing, period weather.no-period, degree_days weather.no-degree-days',
  )
  const temperature = { station: 0, start: 1, temperature: 2 }
  assert.deepEqual(told(readTemperature(temperature, ['Lahti', '2026-01-01T00:00:00Z', '-12,3'])), {
    station: 'Lahti',
    at: Date.parse('2026-01-01T00:00:00Z'),
    day: null,
    amount: -123,
  })
  assert.deepEqual(told(readTemperature(temperature, ['Lahti', '1.1.2026', '4'])), {
    station: 'Lahti',
    at: null,
    day: '2026-01-01',
    amount: 40,
  })
  assert.equal(
    told(readTemperature(temperature, ['Lahti', '2026-01-01T00:10:00Z', '99'])),
    'start register.off-hour, temperature weather.no-temperature',
  )
  const area = { area_kind: 0, area_code: 1, station: 2, from: 3 }
  assert.deepEqual(told(readArea(area, ['kunta', '398', 'Lahti', ''])), {
    kind: 'municipality',
    code: '398',
    station: 'Lahti',
    from: null,
  })
  assert.equal(
    told(readArea(area, ['postinumero', '398', 'Lahti', 'x'])),
    'area_code weather.no-area, from value.no-day',
  )
})
