import assert from 'node:assert/strict'
import { test } from 'node:test'
import { qualities } from '../api.ts'
import type { Step } from '../grid.ts'
import { capacityOf, doubted, type Expected, fuseWatts, seriesFault, valueFault } from './rules.ts'

const home: Expected = {
  kind: 'consumption',
  unmetered: false,
  resolution: 15,
  capacity: { carries: 17_250, most: 34_500 },
  usual: 4000,
}
const [measured, revised, uncertain, missing] = (['measured', 'revised', 'uncertain', 'missing'] as const).map((each) =>
  qualities.indexOf(each),
) as [number, number, number, number]

test('a fuse carries its phases', () => {
  for (const [fuse, watts] of [
    ['3x25A', 17_250],
    ['1x25A', 5750],
    ['3x35', 24_150],
    ['2x3x63', 86_940],
    ['3x63 A', 43_470],
    ['25A', undefined],
    ['', undefined],
  ] as const)
    assert.equal(fuseWatts(fuse), watts, fuse)
})

test('what a point can take follows from its fuse, else from what is agreed, else nothing is known', () => {
  const none = { main_fuse: null, capacity_kw: null, contract_flow: null, contract_power: null }
  for (const [known, capacity] of [
    [none, null],
    [
      { ...none, main_fuse: '3x25A', capacity_kw: 1 },
      { carries: 17_250, most: 34_500 },
    ],
    [
      { ...none, main_fuse: 'tuntematon', capacity_kw: 100 },
      { carries: 200_000, most: 1_000_000 },
    ],
    [
      { ...none, contract_power: 30 },
      { carries: 60_000, most: 300_000 },
    ],
    // 0.4 m³/h of district heat gives 42 kW at most.
    [
      { ...none, contract_flow: 0.4 },
      { carries: 84_000, most: 420_000 },
    ],
  ] as const)
    assert.deepEqual(capacityOf(known), capacity, JSON.stringify(known))
})

test('what cannot be is a fault', () => {
  for (const [value, fault, of = {}, step = 15] of [
    [0, undefined],
    [8625, undefined],
    [8626, 'value.over-capacity'],
    [34_500, undefined, {}, 60],
    [34_501, 'value.over-capacity', {}, 60],
    [-1, 'value.negative'],
    [-1, undefined, { kind: 'production' }],
    [-8626, 'value.over-capacity', { kind: 'production' }],
    [2_000_000, undefined, { capacity: null }],
  ] as readonly (readonly [number, string | undefined, Partial<Expected>?, Step?])[])
    assert.equal(valueFault({ ...home, ...of }, step, value), fault, `${value} ${JSON.stringify(of)}`)
})

test('a series has the resolution of its point, and as many values as its day', () => {
  for (const [day, step, count, fault, of = {}] of [
    ['2026-11-24', 15, 96, undefined],
    ['2026-10-25', 15, 100, undefined],
    ['2026-03-29', 15, 92, undefined],
    ['2026-10-25', 15, 96, 'day.wrong-count'],
    ['2026-11-24', 60, 24, 'resolution.not-of-point'],
    ['2026-11-24', 60, 24, undefined, { resolution: null }],
    ['2026-03-29', 60, 24, 'day.wrong-count', { resolution: 60 }],
  ] as readonly (readonly [string, Step, number, string | undefined, Partial<Expected>?])[])
    assert.equal(seriesFault({ ...home, ...of }, { day, step, count }), fault, `${day} ${count}`)
})

/** An ordinary day: whatever stands at `at` instead. */
const dayWith = (at: Readonly<Record<number, number>>): Int32Array =>
  Int32Array.from({ length: 96 }, (_, slot) => at[slot] ?? 200 + (slot % 7))
const doubts = (of: Partial<Expected>, values: Int32Array, said: Readonly<Record<number, number>> = {}) => {
  const quality = Uint8Array.from({ length: 96 }, (_, slot) => said[slot] ?? measured)
  const found = doubted({ ...home, ...of }, 15, values, quality)
  return [...found].flatMap((each, slot) => (each === uncertain ? [slot] : []))
}
const all = Array.from({ length: 96 }, (_, slot) => slot)

test('what is unlikely is uncertain, and what somebody has looked at is not doubted again', () => {
  assert.deepEqual(doubts({}, dayWith({})), [])
  // The fuse carries 4312 Wh in a quarter; three times what is usual is 3000, and half of the fuse 2156.
  assert.deepEqual(doubts({ usual: null }, dayWith({ 7: 4312, 8: 4313 })), [8])
  assert.deepEqual(doubts({}, dayWith({ 7: 3000, 8: 3001 })), [8])
  assert.deepEqual(doubts({ usual: 40 }, dayWith({ 7: 2156, 8: 2157 })), [8], 'a home that wakes is no spike')
  assert.deepEqual(doubts({ usual: 40, capacity: null }, dayWith({ 7: 2500, 8: 2501 })), [8])
  assert.deepEqual(doubts({ usual: null, capacity: null }, dayWith({ 8: 900_000 })), [], 'nothing to compare with')
  assert.deepEqual(doubts({}, dayWith({ 8: 4000 }), { 8: revised }), [])
  assert.deepEqual(doubts({ kind: 'production' }, dayWith({ 8: -5 })), [8])
})

test('the same amount all day is a value that is sent again and again', () => {
  const flat = (value: number) => new Int32Array(96).fill(value)
  assert.deepEqual(doubts({}, flat(10)), all)
  assert.deepEqual(doubts({}, flat(0)), [], 'nobody is at home')
  assert.deepEqual(doubts({ unmetered: true }, flat(10)), [], 'street lights are reckoned')
  assert.deepEqual(
    doubts(
      {},
      Int32Array.from(flat(10), (value, slot) => value + (slot === 95 ? 1 : 0)),
    ),
    [],
  )
  assert.deepEqual(
    doubts(
      {},
      Int32Array.from(flat(10), (value, slot) => (slot === 3 ? 0 : value)),
      { 3: missing },
    ),
    [],
  )
})

test('a day that is not doubted is the same array: nothing is copied', () => {
  const said = new Uint8Array(96)
  assert.equal(doubted(home, 15, dayWith({}), said), said)
})
