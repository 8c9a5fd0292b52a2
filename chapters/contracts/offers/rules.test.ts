import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadRegister } from '../../../register/read.ts'
import { periodsOn } from '../periods.ts'
import type { channels, ways } from './api.ts'
import {
  acceptRefusals,
  bindsInWritingOnly,
  deliveryRefusals,
  mayBeWithdrawn,
  offerRefusals,
  sendRefusals,
  startOf,
  stateOn,
  type There,
  withdrawalUntil,
} from './rules.ts'

const { laws } = loadRegister()
const today = '2026-11-24'
const periods = periodsOn(laws, today)
const codes = (faults: readonly { readonly code: string }[]) => faults.map(({ code }) => code)

test('an offer that nobody answered lapses by itself; what was answered does not', () => {
  const table = [
    ['drafted', '2026-11-24', 'drafted'],
    ['drafted', '2026-11-23', 'lapsed'],
    ['sent', '2026-11-24', 'sent'],
    ['sent', '2026-11-23', 'lapsed'],
    ['accepted', '2026-01-01', 'accepted'],
    ['declined', '2026-01-01', 'declined'],
    ['withdrawn', '2026-01-01', 'withdrawn'],
  ] as const
  for (const [state, valid_until, found] of table) assert.equal(stateOn({ state, valid_until }, today), found)
})

test('only the seller’s unasked call to a consumer binds in writing alone, and that since 2023', () => {
  const table: readonly (readonly [(typeof channels)[number], boolean, boolean, boolean])[] = [
    // channel, consumer, binds in writing only, may be withdrawn from
    ['call-unasked', true, true, true],
    ['call-unasked', false, false, false],
    ['call', true, false, true],
    ['call', false, false, false],
    ['online', true, false, true],
    ['letter', true, false, true],
    ['email', true, false, true],
    ['doorstep', true, false, true],
    ['visit', true, false, false],
    ['visit', false, false, false],
  ]
  for (const [channel, consumer, writing, withdrawn] of table) {
    assert.equal(bindsInWritingOnly({ channel, consumer }, periods), writing, `${channel} ${consumer}`)
    assert.equal(mayBeWithdrawn({ channel, consumer }), withdrawn, `${channel} ${consumer}`)
  }
  assert.equal(bindsInWritingOnly({ channel: 'call-unasked', consumer: true }, periodsOn(laws, '2022-12-31')), false)
})

test('an acceptance is in time, not ahead of its day, and in writing where it must be', () => {
  const offer = { consumer: true, channel: 'call-unasked', sent_on: '2026-11-20', valid_until: '2026-11-23' } as const
  const table: readonly (readonly [string, (typeof ways)[number], readonly string[]])[] = [
    ['2026-11-20', 'email', []],
    ['2026-11-23', 'sms', []],
    ['2026-11-23', 'signed', []],
    ['2026-11-23', 'call', ['offer.not-in-writing']],
    ['2026-11-23', 'visit', ['offer.not-in-writing']],
    ['2026-11-19', 'email', ['step.too-early']],
    ['2026-11-24', 'email', ['offer.lapsed']],
    ['2026-11-25', 'letter', ['step.ahead', 'offer.lapsed']],
  ]
  for (const [on_day, how, found] of table)
    assert.deepEqual(codes(acceptRefusals(offer, { on_day, how }, today, periods)), found, `${on_day} ${how}`)
  assert.deepEqual(
    codes(acceptRefusals({ ...offer, channel: 'call' }, { on_day: '2026-11-23', how: 'call' }, today, periods)),
    [],
  )
})

test('an offer is sent so that it can be kept', () => {
  const sent = (how: (typeof ways)[number], on_day = today) =>
    codes(sendRefusals({ state: 'drafted', drafted_on: '2026-11-20' }, { on_day, how }, today))
  assert.deepEqual(sent('email'), [])
  assert.deepEqual(sent('call'), ['offer.not-durable'])
  assert.deepEqual(sent('letter', '2026-11-19'), ['step.too-early'])
})

test('the last day of withdrawal: 14 days that end on a working day, longer when the right was not told', () => {
  const sold = { consumer: true, channel: 'call' } as const
  const table = [
    ['2026-11-10', '2026-11-10', '2026-11-24'],
    ['2026-11-10', '2026-11-01', '2026-11-24'],
    // Over Independence Day and its Sunday, and over Christmas.
    ['2026-11-22', '2026-11-22', '2026-12-07'],
    ['2026-12-11', '2026-12-11', '2026-12-28'],
    // Told late: from then on, and no longer than without.
    ['2026-11-10', '2026-12-01', '2026-12-15'],
    ['2025-11-10', '2026-11-23', '2026-11-24'],
    ['2025-11-10', null, '2026-11-24'],
  ] as const
  for (const [made, told, last] of table)
    assert.equal(withdrawalUntil(sold, made, told, periods), last, `${made} told ${told}`)
  assert.equal(withdrawalUntil({ ...sold, consumer: false }, today, today, periods), null)
  assert.equal(withdrawalUntil({ ...sold, channel: 'visit' }, today, today, periods), null)
})

test('delivery within the time of withdrawal needs an express request', () => {
  assert.deepEqual(codes(deliveryRefusals('2026-12-09', '2026-12-08', false, today)), [])
  assert.deepEqual(codes(deliveryRefusals('2026-12-08', '2026-12-08', false, today)), ['offer.delivery-in-withdrawal'])
  assert.deepEqual(codes(deliveryRefusals('2026-12-08', '2026-12-08', true, today)), [])
  assert.deepEqual(codes(deliveryRefusals('2026-11-24', null, false, today)), [])
  assert.deepEqual(codes(deliveryRefusals('2026-11-23', null, true, today)), ['offer.start-past'])
})

test('what stands at the point: one’s own open contract gives way, anything else says from which day on it works', () => {
  const one: There = { id: 7, from: '2025-01-01', to: null, fixed_until: null, own: true }
  const table: readonly (readonly [string, readonly There[], number | null, string | null, string | null])[] = [
    ['free', [], null, null, null],
    ['own, open', [one], 7, null, null],
    ['own, ended', [{ ...one, to: '2026-12-01' }], null, null, null],
    ['own, ending later', [{ ...one, to: '2027-02-01' }], 7, null, null],
    ['own, fixed term over', [{ ...one, fixed_until: '2026-12-01' }], 7, null, null],
    ['own, fixed term', [{ ...one, fixed_until: '2027-01-01' }], null, 'offer.fixed-term', '2027-01-01'],
    ['another’s', [{ ...one, own: false }], null, 'offer.point-taken', null],
    ['another’s, ending', [{ ...one, own: false, to: '2026-12-24' }], null, 'offer.point-taken', '2026-12-24'],
    ['a later one', [one, { ...one, id: 8, from: '2026-12-05' }], null, 'offer.later-contract', null],
  ]
  for (const [what, there, replaces, code, earliest] of table) {
    const start = startOf('2026-12-01', there)
    assert.deepEqual(
      [start.replaces, start.refused?.code ?? null, start.refused?.earliest ?? null],
      [replaces, code, earliest],
      what,
    )
  }
})

test('a new offer is of days to come, and says what becomes of a fixed term', () => {
  const asked = { starts_on: today, valid_until: today, fixed_until: null, after_term: null }
  assert.deepEqual(codes(offerRefusals(asked, today)), [])
  assert.deepEqual(codes(offerRefusals({ ...asked, starts_on: '2026-11-23', valid_until: '2026-11-23' }, today)), [
    'offer.valid-past',
    'offer.start-past',
  ])
  assert.deepEqual(codes(offerRefusals({ ...asked, fixed_until: '2028-01-01' }, today)), ['offer.after-term'])
  assert.deepEqual(codes(offerRefusals({ ...asked, after_term: 'ends' }, today)), ['offer.after-term'])
})
