import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isFault, parseBoolean, parseDay, parseDecimal, parseInteger, tidy } from './index.ts'

/** The value, or the end of the fault's code in brackets. */
const told = (value: unknown): unknown => (isFault(value) ? `[${value.code.replace('value.', '')}]` : value)

const check = <In extends readonly unknown[]>(
  parse: (...args: In) => unknown,
  cases: readonly (readonly [...In, unknown])[],
): void => {
  for (const each of cases)
    assert.equal(told(parse(...(each.slice(0, -1) as unknown as In))), each.at(-1), JSON.stringify(each.slice(0, -1)))
}

test('days are read as Finns, standards and databases write them; what may be two days is not', () => {
  check(parseDay, [
    ['1.2.2026', '2026-02-01'],
    ['01.02.2026', '2026-02-01'],
    [' 1. 2. 2026\u00a0', '2026-02-01'],
    ['2026-02-01', '2026-02-01'],
    ['20260201', '2026-02-01'],
    ['2026-02-01T00:00:00.000', '2026-02-01'],
    ['1.2.2026 0.00', '2026-02-01'],
    ['29.2.2024', '2024-02-29'],
    ['31.12.9999', '9999-12-31'],
    ['1.1.1800', '1800-01-01'],
    ['29.2.2026', '[no-such-day]'],
    ['31.4.2026', '[no-such-day]'],
    ['0.1.2026', '[no-such-day]'],
    ['20261301', '[no-such-day]'],
    ['01022026', '[no-such-day]'],
    ['31.12.1799', '[no-such-day]'],
    ['1.1.0099', '[no-such-day]'],
    ['1/2/2026', '[ambiguous]'],
    ['2026/02/01', '[ambiguous]'],
    ['1.2.26', '[ambiguous]'],
    ['01-02-2026', '[ambiguous]'],
    ['2026-02-01 13:45:00', '[no-day]'],
    ['2026-0201', '[no-day]'],
    ['eilen', '[no-day]'],
    ['', '[missing]'],
    ['\u00a0', '[missing]'],
  ])
})

test('every day of three centuries is read in each way of writing it', () => {
  const days = fc.date({ min: new Date('1800-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(days, (date) => {
      const iso = date.toISOString().slice(0, 10)
      const [year = '', month = '', day = ''] = iso.split('-')
      for (const written of [
        iso,
        year + month + day,
        `${day}.${month}.${year}`,
        `${Number(day)}.${Number(month)}.${year}`,
      ])
        assert.equal(parseDay(written), iso)
    }),
  )
})

test('decimals keep their digits; a thousand that may be a decimal is read only by the sign of the table', () => {
  check(parseDecimal, [
    ['1 234,50', undefined, '1234.50'],
    ['1\u00a0234,50', undefined, '1234.50'],
    ['12\u202f345\u202f678,9', undefined, '12345678.9'],
    ['1234.5', undefined, '1234.5'],
    ['1.234,50', undefined, '1234.50'],
    ['1,234.50', undefined, '1234.50'],
    ['1.234.567', undefined, '1234567'],
    ['1234,567', undefined, '1234.567'],
    ['1 234.567', undefined, '1234.567'],
    ['0,234', undefined, '0.234'],
    ['-0,5', undefined, '-0.5'],
    ['\u22125', undefined, '-5'],
    ['+5', undefined, '5'],
    ['007', undefined, '7'],
    ['98765432109876543210,12', undefined, '98765432109876543210.12'],
    ['1.234', undefined, '[ambiguous]'],
    ['1,234', undefined, '[ambiguous]'],
    ['-12.345', undefined, '[ambiguous]'],
    ['1,234', ',', '1.234'],
    ['1.234', ',', '[ambiguous]'],
    ['1.234', '.', '1.234'],
    ['1,234', '.', '[ambiguous]'],
    ['1 23,4', undefined, '[no-number]'],
    ['12,3,4', undefined, '[no-number]'],
    ['1.234.5', undefined, '[no-number]'],
    ['0.123.456', undefined, '[no-number]'],
    ['1,234,56', undefined, '[no-number]'],
    ['5,', undefined, '[no-number]'],
    [',5', undefined, '[no-number]'],
    ['1e3', undefined, '[no-number]'],
    ['5 €', undefined, '[no-number]'],
    ['--5', undefined, '[no-number]'],
    ['', undefined, '[missing]'],
  ])
})

test('what Finns and computers write of a number is read as that number', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(99), (whole, cents) => {
      const exact = `${whole}.${String(cents).padStart(2, '0')}`
      const finnish = new Intl.NumberFormat('fi-FI', { minimumFractionDigits: 2 }).format(whole)
      assert.equal(parseDecimal(exact), exact)
      assert.equal(parseDecimal(finnish.replace(',00', `,${exact.split('.')[1]}`)), exact)
      assert.equal(parseInteger(new Intl.NumberFormat('fi-FI').format(whole)), whole)
    }),
  )
})

test('whole numbers are exact or not read', () => {
  check(parseInteger, [
    ['1234', 1234],
    ['1 234', 1234],
    ['-5', -5],
    ['12,0', '[no-integer]'],
    ['1.234', '[no-integer]'],
    ['1 23', '[no-integer]'],
    ['9007199254740993', '[no-integer]'],
    ['', '[missing]'],
  ])
})

test('yes and no are read in three languages, and nothing else', () => {
  for (const word of ['kyllä', 'K', 'x', '1', 'TRUE', 'tosi', 'ja', 'sant', 'yes'])
    assert.equal(parseBoolean(word), true)
  for (const word of ['ei', 'E', '0', 'FALSE', 'epätosi', 'nej', 'falskt', 'no'])
    assert.equal(parseBoolean(word), false)
  check(parseBoolean, [
    ['ehkä', '[no-boolean]'],
    ['-', '[no-boolean]'],
    ['', '[missing]'],
  ])
})

test('spaces of every kind become one, and what cannot be seen is gone', () => {
  assert.equal(tidy('\ufeff  Aino\u00a0\u00a0Maria \t\r\n Mal\u00adlinen\u200b '), 'Aino Maria Mallinen')
  assert.equal(tidy('A\u0308hta\u0308ri'), 'Ähtäri')
  assert.equal(tidy('\u2003'), '')
})
