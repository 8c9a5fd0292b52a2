import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectionRefusal, homeKey, periodRefusal, pointCode } from './rules.ts'

test('a period holds one day at the least', () => {
  const table = [
    ['2026-01-01', '2026-01-02', undefined],
    ['2026-01-01', null, undefined],
    [null, '2026-01-01', undefined],
    ['2026-01-01', '2026-01-01', 'period.empty'],
    ['2026-01-02', '2026-01-01', 'period.empty'],
  ] as const
  for (const [from, to, code] of table) assert.equal(periodRefusal(from, to)?.code, code, `${from} – ${to}`)
})

test('electricity goes by GSRN, other energies by codes of their own', () => {
  assert.deepEqual(pointCode('heat', 'KL00000001'), { code: 'KL00000001' })
  assert.equal(pointCode('electricity', 'KL00000001').refused?.code, 'point-code.malformed')
})

test('electricity has a fuse or a capacity, other energies no fuse', () => {
  const table = [
    ['electricity', '3x25A', null, undefined],
    ['electricity', null, 5000, undefined],
    ['electricity', null, null, 'connection.no-size'],
    ['heat', null, 20, undefined],
    ['heat', '3x25A', 20, 'connection.fuse-without-electricity'],
  ] as const
  for (const [energy, fuse, capacity, code] of table)
    assert.equal(connectionRefusal(energy, fuse, capacity)?.code, code, `${energy} ${fuse} ${capacity}`)
})

test('an address is one, however its flat is written', () => {
  for (const written of ['Mallikatu 12 B 3', 'mallikatu 12b3', 'MALLIKATU 12B 3', 'Mallikatu 12, b3'])
    assert.equal(homeKey(written), 'mallikatu 12 b 3')
})
