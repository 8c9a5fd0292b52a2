import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { qualities } from '../api.ts'
import type { Expected } from '../validation/rules.ts'
import { filled, isWhole, packedDay, type ToldDay, untold, valuesOf } from './rules.ts'

const [measured, estimated, uncertain, missing] = (['measured', 'estimated', 'uncertain', 'missing'] as const).map(
  (each) => qualities.indexOf(each),
) as [number, number, number, number]
const nothing: Expected = { kind: 'consumption', unmetered: false, resolution: null, usual: null, capacity: null }
const fused: Expected = { ...nothing, capacity: { carries: 1000, most: 2000 } }

/** A day of hours of which only some are told. */
const told = (hours: Readonly<Record<number, readonly [value: number, said?: number]>>): ToldDay => ({
  point: 1,
  day: '2026-11-24',
  step: 60,
  values: Int32Array.from({ length: 24 }, (_, hour) => hours[hour]?.[0] ?? 0),
  said: Uint8Array.from({ length: 24 }, (_, hour) =>
    hours[hour] === undefined ? untold : (hours[hour][1] ?? measured),
  ),
})
const became = (day: ToldDay, before: ToldDay | undefined, expected = nothing) => {
  const { became: of, made } = filled(day, before, expected)
  return [
    [0, 1, 2, 3].flatMap((hour) => (day.said[hour] === untold ? [] : [of(hour)])),
    made?.values[0],
    made && Array.from(made.said.subarray(0, 4)),
  ]
}

test('what is not told stays as it was, and what nobody told is missing', () => {
  const first = filled(told({ 0: [5], 2: [7, estimated] }), undefined, nothing).made
  assert.ok(first !== undefined && isWhole(first))
  assert.deepEqual(Array.from(first.said.subarray(0, 4)), [measured, missing, estimated, missing])
  assert.deepEqual(became(told({ 1: [9], 3: [0, missing] }), first), [
    ['fresh', 'same'],
    5,
    [measured, measured, estimated, missing],
  ])
  assert.deepEqual(became(told({ 0: [6], 2: [0, missing] }), first), [
    ['changed', 'same'],
    6,
    [measured, missing, estimated, missing],
  ])
  assert.deepEqual(became(told({ 0: [5], 2: [7, estimated] }), first), [['same', 'same'], undefined, undefined])
})

test('what cannot be is left out with its reason, and a day of nothing else is not made', () => {
  const fault = { fault: 'value.over-capacity', field: 'amount' }
  assert.deepEqual(became(told({ 0: [500], 1: [2001] }), undefined, fused), [
    ['fresh', fault],
    500,
    [measured, missing, missing, missing],
  ])
  assert.deepEqual(became(told({ 1: [2001] }), undefined, fused), [[fault], undefined, undefined])
})

test('what was doubted when it came is no news when it comes again, whatever would be thought of it now', () => {
  const doubtful = filled(told({ 0: [1500] }), undefined, fused).made
  assert.equal(doubtful?.said[0], uncertain)
  assert.deepEqual(became(told({ 0: [1500] }), doubtful, nothing), [['same'], undefined, undefined])
  assert.deepEqual(became(told({ 0: [1500, estimated] }), doubtful, nothing)[0], ['changed'])
})

test('another resolution is refused, but for a day of which nothing was measured', () => {
  const hours = filled(told({ 0: [5, estimated] }), undefined, nothing).made as ToldDay
  const quarters: ToldDay = { ...hours, step: 15, values: new Int32Array(96).fill(1), said: new Uint8Array(96) }
  assert.equal(filled(quarters, hours, nothing).made?.values.length, 96)
  const measuredHours = filled(told({ 0: [5] }), undefined, nothing).made as ToldDay
  assert.deepEqual(filled(quarters, measuredHours, nothing).became(0), {
    fault: 'resolution.differs',
    field: 'resolution',
  })
})

test('told twice, a day is as told once; packed and unpacked it is the same', () => {
  const hour = fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.constantFrom(measured, estimated, untold))
  fc.assert(
    fc.property(fc.array(hour, { minLength: 24, maxLength: 24 }), (hours) => {
      const day: ToldDay = {
        ...told({}),
        values: Int32Array.from(hours, ([value]) => value),
        said: Uint8Array.from(hours, ([, said]) => said),
      }
      const { made } = filled(day, undefined, fused)
      if (made === undefined) return
      assert.deepEqual(valuesOf(packedDay(made)), { values: made.values, said: made.said })
      assert.equal(filled(day, made, fused).made, undefined)
    }),
  )
})
