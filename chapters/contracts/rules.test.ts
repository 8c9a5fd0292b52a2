import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Asked, contractRefusals, statusOn } from './rules.ts'

test('the status follows from the dates, the last day not counted', () => {
  const table = [
    ['2026-01-01', null, 'active'],
    ['2026-11-24', null, 'active'],
    ['2026-11-25', null, 'upcoming'],
    ['2026-01-01', '2026-11-25', 'ending'],
    ['2026-01-01', '2026-11-24', 'ended'],
    ['2027-01-01', '2027-06-01', 'upcoming'],
  ] as const
  for (const [from, to, status] of table) assert.equal(statusOn({ from, to }, '2026-11-24'), status, `${from} – ${to}`)
})

const sales = {
  code: 'EL-OPEN',
  kind: 'sales',
  energy: 'electricity',
  controller: 1,
  on_sale: { from: '2026-01-01', to: '2027-01-01' },
}
const asked: Asked = {
  point_id: 7,
  from: '2026-03-01',
  to: null,
  fixed_until: null,
  parties: [{ customer_id: 1, role: 'holder' }],
}
const holder = { customer_id: 1, role: 'holder' }

test('a contract agrees with its product, its point, its parties and its dates; each fault is told', () => {
  assert.deepEqual(contractRefusals(asked, sales, 1, 'electricity'), [])
  const connection = { ...sales, kind: 'connection' }
  const codes = (...given: Parameters<typeof contractRefusals>) => contractRefusals(...given).map(({ code }) => code)
  const table = [
    [codes(asked, sales, 2, 'electricity'), 'product.other-company'],
    [codes({ ...asked, from: '2027-01-01' }, sales, 1, 'electricity'), 'product.not-on-sale'],
    [codes({ ...asked, from: '2025-12-31' }, sales, 1, 'electricity'), 'product.not-on-sale'],
    [codes(asked, connection, 1, 'electricity'), 'contract.point-not-wanted'],
    [codes({ ...asked, point_id: null }, sales, 1, null), 'contract.point-missing'],
    [codes(asked, sales, 1, 'heat'), 'contract.other-energy'],
    [codes({ ...asked, to: '2026-03-01' }, sales, 1, 'electricity'), 'period.empty'],
    [codes({ ...asked, fixed_until: '2026-03-01' }, sales, 1, 'electricity'), 'contract.fixed-before-start'],
    [codes({ ...asked, parties: [{ ...holder, role: 'payer' }] }, sales, 1, 'electricity'), 'contract.one-holder'],
  ] as const
  for (const [found, code] of table) assert.deepEqual(found, [code])
  assert.deepEqual(codes({ ...asked, parties: [holder, holder] }, sales, 2, 'heat'), [
    'product.other-company',
    'contract.other-energy',
    'contract.one-holder',
    'contract.party-twice',
  ])
})
