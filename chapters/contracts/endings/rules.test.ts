import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadRegister } from '../../../register/read.ts'
import { periodsOn } from '../periods.ts'
import { earliestEnd, type Ending, type Giver, noticeRefusals, withdrawalRefusals, withdrawn } from './rules.ts'

const today = '2026-11-24'
const periods = periodsOn(loadRegister().laws, today)
const codes = (faults: readonly { readonly code: string }[]) => faults.map(({ code }) => code)
const open: Ending = {
  from: '2026-12-15',
  to: null,
  agreed_on: '2026-11-10',
  consumer: true,
  fixed_until: null,
  withdrawal_until: '2026-11-24',
}

test('a consumer withdraws until the end of the fourteenth day, and not on the fifteenth', () => {
  const table = [
    [open, '2026-11-10', []],
    [open, '2026-11-24', []],
    [open, '2026-11-25', ['step.ahead', 'contract.withdrawal-over']],
    [{ ...open, withdrawal_until: '2026-11-23' }, '2026-11-24', ['contract.withdrawal-over']],
    // It came in time, and is recorded the day after.
    [{ ...open, withdrawal_until: '2026-11-23' }, '2026-11-23', []],
    [open, '2026-11-09', ['step.too-early']],
    [{ ...open, withdrawal_until: null }, '2026-11-24', ['contract.no-withdrawal']],
    [{ ...open, to: '2026-11-20' }, '2026-11-24', ['contract.already-ended']],
  ] as const
  for (const [contract, on_day, found] of table)
    assert.deepEqual(codes(withdrawalRefusals(contract, on_day, today)), found, on_day)
})

test('withdrawn from before it began it never was; later it ends, and only what was expressly asked for is paid', () => {
  assert.deepEqual(withdrawn(open, '2026-11-24', true), { to: null, never: true, owes: false })
  assert.deepEqual(withdrawn({ from: '2026-11-24' }, '2026-11-24', true), { to: null, never: true, owes: false })
  assert.deepEqual(withdrawn({ from: '2026-11-20' }, '2026-11-24', true), {
    to: '2026-11-24',
    never: false,
    owes: true,
  })
  assert.deepEqual(withdrawn({ from: '2026-11-20' }, '2026-11-24', false), {
    to: '2026-11-24',
    never: false,
    owes: false,
  })
})

test('the first day without the contract: by who gives notice, who the customer is, and the fixed term', () => {
  const since: Ending = { ...open, from: '2025-01-01', agreed_on: '2024-12-01', withdrawal_until: null }
  const table: readonly (readonly [string, Ending, Giver, string])[] = [
    ['consumer', since, 'customer', '2026-12-09'],
    ['company', { ...since, consumer: false }, 'customer', '2026-12-09'],
    ['seller', since, 'seller', '2026-12-25'],
    ['fixed term', { ...since, fixed_until: '2027-01-01' }, 'customer', '2027-01-01'],
    ['fixed term over', { ...since, fixed_until: '2026-11-30' }, 'customer', '2026-12-09'],
    // Longer than a consumer can be bound: from two years on it is as an open-ended one.
    ['three years', { ...since, fixed_until: '2028-01-01' }, 'customer', '2027-01-01'],
    ['three years, company', { ...since, consumer: false, fixed_until: '2028-01-01' }, 'customer', '2028-01-01'],
    ['three years, by the seller', { ...since, fixed_until: '2028-01-01' }, 'seller', '2028-01-01'],
    ['two years are over', { ...since, from: '2024-01-01', fixed_until: '2028-01-01' }, 'customer', '2026-12-09'],
  ]
  for (const [what, contract, by, day] of table) assert.equal(earliestEnd(contract, today, by, periods), day, what)
})

test('a notice that is too short, or within a fixed term, says the earliest day', () => {
  const since: Ending = { ...open, from: '2025-01-01', withdrawal_until: null }
  const found = (contract: Ending, to: string | null, on_day = today) =>
    noticeRefusals(contract, { on_day, to, by: 'customer' }, today, periods)
  assert.deepEqual(codes(found(since, null)), [])
  assert.deepEqual(codes(found(since, '2026-12-09')), [])
  assert.deepEqual(codes(found(since, '2026-12-08')), ['contract.notice-too-short'])
  assert.match(found(since, '2026-12-08')[0]?.message ?? '', /2026-12-09/)
  const fixed = found({ ...since, fixed_until: '2026-12-20' }, '2026-12-15')
  assert.deepEqual(codes(fixed), ['contract.fixed-term'])
  assert.match(fixed[0]?.message ?? '', /2026-12-20/)
  assert.deepEqual(codes(found({ ...since, to: '2026-12-01' }, null)), ['contract.already-ended'])
  assert.deepEqual(codes(found(since, null, '2026-11-25')), ['step.ahead'])
})
