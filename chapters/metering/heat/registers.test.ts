import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Flow, packedFlow, packedShown, type Shown, unpackedFlow, unpackedShown } from './block.ts'
import { hour, judged, type MeterAt, type Reading, sharedOut, used } from './registers.ts'
import { readRegisters, smallest } from './rules.ts'
import { waterOf } from './water.ts'

const whole = fc.integer({ min: 0, max: 10 ** 15 })
const maybe = fc.option(whole)
const shown = fc.tuple(whole, maybe, maybe, maybe)

test('what registers showed is unpacked as it was, whatever hours are lacking', () => {
  fc.assert(
    fc.property(fc.array(fc.option(shown), { minLength: 23, maxLength: 25 }), (hours) =>
      assert.deepEqual(
        unpackedShown(packedShown(hours)),
        hours.map((one) => one ?? null),
      ),
    ),
  )
  const flow = fc.option(fc.tuple(whole, fc.integer({ min: -(10 ** 9), max: 10 ** 12 }), whole))
  fc.assert(
    fc.property(fc.array(flow, { minLength: 23, maxLength: 25 }), (hours) =>
      assert.deepEqual(unpackedFlow(packedFlow(hours as (Flow | null)[])), hours),
    ),
  )
})

test('a block that stands in the database for decades is read for decades', () => {
  const day: (Shown | null)[] = [
    [5_347_614, 113_991_325, 8_246_422, null],
    null,
    [5_350_737, 114_054_737, 8_250_649, 3_530_825],
  ]
  assert.equal(packedShown(day).toString('hex'), '010305bce48c05e63005bafada6ce8de0705acd2ee078642049281af03')
  assert.throws(() => unpackedShown(Uint8Array.of(2, 1, 0)), RangeError)
  assert.throws(() => unpackedShown(Uint8Array.of(1, 24, 255)), RangeError)
})

const at = (hours: number, energy: number, volume: number | null = null): Reading => ({
  at: hours * hour,
  shown: [energy, volume, null, null],
})
const meter = (of: Partial<MeterAt> = {}): MeterAt => ({
  serial: 'A',
  from: 0,
  to: null,
  digits: null,
  multiplier: 1,
  first: [0, 0],
  last: [null, null],
  ...of,
})

test('what was used between two readings', () => {
  const gone = meter({ to: 10.5 * hour, last: [1_200, 50] })
  const came = meter({ serial: 'B', from: 10.5 * hour, first: [7_000, 3] })
  const unread = meter({ to: 10.5 * hour })
  const cases: readonly [string, Reading, Reading, readonly MeterAt[], unknown][] = [
    ['no meter is known', at(1, 100), at(2, 150), [], 50],
    ['nothing', at(1, 100), at(2, 100), [meter()], 0],
    ['a multiplier', at(1, 100), at(2, 150), [meter({ multiplier: 10 })], 500],
    ['backwards', at(1, 100), at(2, 99), [meter()], 'register.backwards'],
    ['the register began again: 7 digits of kWh', at(1, 9_999_999_400), at(2, 300), [meter({ digits: 7 })], 900],
    ['too much for having begun again', at(1, 5_000_000_000), at(2, 300), [meter({ digits: 7 })], 'register.backwards'],
    ['more than its digits hold', at(1, 20_000_000_000), at(2, 300), [meter({ digits: 7 })], 'register.backwards'],
    ['an exchange between', at(10, 1_150), at(11, 7_020), [gone, came], 50 + 20],
    ['an exchange that was not read', at(10, 1_150), at(11, 7_020), [unread, came], 'register.exchange-unread'],
    ['of the moment of the exchange it is the new one', at(10.5, 7_000), at(11, 7_020), [gone, came], 20],
  ]
  for (const [what, a, b, meters, expected] of cases) {
    const is = used(a, b, meters)
    assert.equal(typeof is === 'string' ? is : is[0], expected, what)
  }
  assert.deepEqual(used(at(10, 1_150, 45), at(11, 7_020, 9), [gone, came]), [70, 5 + 6, null, null])
})

test('what is shared out over hours sums to what was used, and only a single hour is measured', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 800 }), whole, (count, energy) => {
      const hours = sharedOut(0, count * hour, [energy, null, 7, null])
      assert.equal(hours.length, count)
      assert.equal(
        hours.reduce((sum, one) => sum + one.used[0], 0),
        energy,
      )
      assert.equal(
        hours.reduce((sum, one) => sum + (one.used[2] ?? 0), 0),
        7,
      )
      assert.equal(hours[0]?.used[1], null)
      assert.ok(hours.every(({ estimated }) => estimated === count > 1))
    }),
  )
})

test('one that does not fit is refused, not all that follow it', () => {
  const told = (energies: readonly number[], known: readonly number[] = []) => {
    const readings = energies.map((energy, i) => at(i, energy))
    const { pairs, refused } = judged(readings, [meter()], ({ at: time }) => !known.includes(time / hour))
    return [
      refused.map(([one, fault]) => `${one.at / hour} ${fault}`),
      pairs.map(({ before, after, used: is }) => `${before.at / hour}-${after.at / hour} ${is[0]}`),
    ]
  }
  assert.deepEqual(told([100, 110, 125]), [[], ['0-1 10', '1-2 15']])
  assert.deepEqual(told([100, 90, 125]), [['1 register.backwards'], ['0-2 25']])
  assert.deepEqual(told([100, 9_000, 120, 130]), [['1 register.leap'], ['0-2 20', '2-3 10']])
  assert.deepEqual(told([100, 200, 150, 210]), [['2 register.backwards'], ['0-1 100', '1-3 10']])
  assert.deepEqual(told([100, 200, 150], [0, 2]), [['1 register.leap'], ['0-2 50']])
})

test('a row, and every fault of one', () => {
  const mapping = { point: 0, meter: 1, start: 2, zone: 3, heat: 4, unit: 5, volume: 6, supply: 7, back: 8 }
  const cases: readonly [readonly string[], unknown][] = [
    [
      [
        'L 1',
        '',
        '2026-01-01T00:00:00Z',
        '',
        '5347.61445783133',
        '',
        '113,991325301205',
        '8246.42168674699',
        '3528.807',
      ],
      {
        point: 'L1',
        meter: null,
        at: Date.parse('2026-01-01T00:00:00Z'),
        shown: [5_347_614, 113_991_325, 8_246_422, 3_528_807],
      },
    ],
    [
      ['', '77', '2026-07-01 08:00', 'UTC+2', '1.5', 'MWh', '', '', ''],
      { point: null, meter: '77', at: Date.parse('2026-07-01T06:00:00Z'), shown: [1_500_000, null, null, null] },
    ],
    [['', '', '', '', '', '', '', '', ''], 'point value.missing, start value.missing, heat value.missing'],
    [
      ['L1', '', '1.7.2026 8:15', '', '-1', 'kcal', 'x', '', ''],
      'start register.off-hour, unit unit.unknown, heat value.no-register, volume value.no-register',
    ],
    [['L1', '', '25.10.2026 3:00', '', '1', '', '', '', ''], 'start value.time-twice'],
    [['L1', '', '25.10.2026 3:00', 'Europe', '1', '', '', '', ''], 'start time.zone-unknown'],
  ]
  for (const [cells, expected] of cases) {
    const read = readRegisters(mapping, cells)
    const told = Array.isArray(read)
      ? read.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`).join(', ')
      : read
    assert.deepEqual(told, expected)
  }
  assert.equal(smallest('0.0005', 3), 1)
  assert.equal(smallest('999999999999999', 6), undefined)
})

test('temperatures are weighed by the water', () => {
  assert.deepEqual(waterOf([63_412, 4_227, 2_017]), { litres: 63, supply: 66.66, back: 31.81, cooling: 34.85 })
  assert.deepEqual(waterOf([0, 0, 0]), { litres: 0, supply: null, back: null, cooling: null })
})
