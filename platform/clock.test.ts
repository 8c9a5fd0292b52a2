import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { dayAfter, dayOf, hoursOf } from './clock.ts'

const read = (instant: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO('Europe/Helsinki')
    .toPlainDate()
    .toString()

test('the day changes at midnight in Finland, in summer and in winter, forwards and backwards', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['2026-11-24T21:59:59.999Z', '2026-11-24'],
    ['2026-11-24T22:00:00.000Z', '2026-11-25'],
    ['2026-11-24T21:59:59.999Z', '2026-11-24'],
    ['2026-06-30T20:59:59.999Z', '2026-06-30'],
    ['2026-06-30T21:00:00.000Z', '2026-07-01'],
    ['2026-03-29T00:59:59.999Z', '2026-03-29'],
    ['1969-12-31T23:00:00.000Z', '1970-01-01'],
    ['1900-01-01T22:10:00.000Z', '1900-01-01'],
  ]
  for (const [instant, day] of cases) assert.equal(dayOf(new Date(instant)), day, instant)
})

test('it is the day that the time zone says, whatever was asked before', () => {
  const instant = fc.date({ min: new Date('1890-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(fc.property(instant, (at) => assert.equal(dayOf(at), read(at))))
})

test('a day has the hours that the clock shows: without 3 in March, with it twice in October', () => {
  const plain = hoursOf('2026-03-28')
  assert.deepEqual(
    [plain.hours.length, plain.hours[7], new Date(plain.start).toISOString()],
    [24, 7, '2026-03-27T22:00:00.000Z'],
  )
  const spring = hoursOf('2026-03-29').hours
  assert.deepEqual([spring.length, spring.slice(0, 5)], [23, [0, 1, 2, 4, 5]])
  const autumn = hoursOf('2026-10-25').hours
  assert.deepEqual([autumn.length, autumn.slice(0, 6)], [25, [0, 1, 2, 3, 3, 4]])
  assert.deepEqual([dayAfter('2026-02-28'), dayAfter('2026-03-01', -1)], ['2026-03-01', '2026-02-28'])
})
