import assert from 'node:assert/strict'
import { test } from 'node:test'
import { likeness, weights } from '../duplicates/rules.ts'
import { nameFaults } from '../names/rules.ts'
import { representationFaults, untilOfAge } from '../representations/rules.ts'
import { protectionFaults, stepFrom } from '../rules.ts'
import { birthFault, businessId, customerNumber } from './rules.ts'

test('a customer number is nine digits, and no single slip nor most swaps of neighbours make another', () => {
  const number = customerNumber(10_000_000)
  assert.match(number, /^[1-9]\d{8}$/)
  for (const drawn of [12_345_678, 98_765_432, 55_500_000]) {
    const good = customerNumber(drawn)
    const valid = (digits: string) => customerNumber(Number(digits.slice(0, 8))) === digits
    assert.ok(valid(good))
    for (let at = 0; at < 8; at++)
      for (const digit of '0123456789')
        if (digit !== good[at] && !(at === 0 && digit === '0'))
          assert.ok(!valid(good.slice(0, at) + digit + good.slice(at + 1)), `${good} at ${at}: ${digit}`)
  }
})

test('a business id is led to its one form; an estate has none', () => {
  assert.deepEqual(businessId('legal', 'FI08048471'), { business_id: '0804847-1' })
  assert.deepEqual(businessId('legal', ''), { business_id: null })
  assert.ok('refused' in businessId('legal', '0804847-2'))
  assert.ok('refused' in businessId('estate', '0804847-1'))
})

test('only a person is born, in the past', () => {
  assert.equal(birthFault('natural', '1980-01-01', '2026-11-24'), undefined)
  assert.equal(birthFault('natural', '2026-11-25', '2026-11-24')?.code, 'birth-date.impossible')
  assert.equal(birthFault('legal', '1980-01-01', '2026-11-24')?.code, 'birth-date.not-a-person')
})

test('a change begins no later than today and no earlier than what it changes', () => {
  assert.deepEqual(stepFrom('2020-01-01', null, '2026-11-24'), { is: 'slip' })
  assert.deepEqual(stepFrom('2020-01-01', '2020-01-01', '2026-11-24'), { is: 'slip' })
  assert.deepEqual(stepFrom(null, '2026-11-24', '2026-11-24'), { is: 'change', from: '2026-11-24' })
  assert.ok('refused' in stepFrom('2020-01-01', '2019-12-31', '2026-11-24'))
  assert.ok('refused' in stepFrom('2020-01-01', '2026-11-25', '2026-11-24'))
})

test('one goes by a given name, or a part of a double one', () => {
  const named = { given: 'Anna-Maija Kristiina', family: 'Mallinen', organisation: null }
  for (const call_name of [null, 'Anna-Maija', 'maija', 'Kristiina'])
    assert.deepEqual(nameFaults('natural', 'official', { ...named, call_name }), [], String(call_name))
  assert.equal(nameFaults('natural', 'official', { ...named, call_name: 'Pekka' })[0]?.code, 'name.not-given')
  const company = { given: null, call_name: null, family: null, organisation: 'Tiinan Kahvila' }
  assert.deepEqual(nameFaults('natural', 'trade', company), [], 'a sole trader has a trade name')
})

const traits = { given: 'Aino', family: 'Mäkinen', organisation: null, birth_date: null, business_id: null }

test('two are as like as all the evidence says, and a shared telephone alone says nothing', () => {
  const same = likeness(traits, { ...traits, given: 'Aino Maria', family: 'Makinen' }, ['name'])
  assert.deepEqual(same, { evidence: ['same-name'], weight: weights['same-name'] })
  assert.deepEqual(likeness(traits, { ...traits, given: 'Kalle' }, ['phone']).evidence, [])
  assert.deepEqual(likeness(traits, { ...traits, given: 'Ainu' }, ['phone']).evidence, ['same-phone-and-name'])
  const born = (a: string, b: string) => likeness({ ...traits, birth_date: a }, { ...traits, birth_date: b }, ['name'])
  assert.deepEqual(born('1980-01-01', '1980-01-01').evidence, ['same-birth-date-and-name'])
  assert.deepEqual(born('1980-01-01', '1955-01-01').evidence, [], 'a namesake of another age is another')
  const company = { ...traits, given: null, family: null, organisation: 'Malli Oy', business_id: '0804847-1' }
  const both = likeness(company, { ...company, organisation: 'Malli Ab' }, ['business-id', 'name'])
  assert.deepEqual(both, { evidence: ['same-business-id', 'same-company-name'], weight: 99 })
})

const party = { id: 1, kind: 'natural', birth_date: null, deceased_on: null } as const

test('the dead neither act nor are cared for, and an estate acts through its representative', () => {
  const codes = (...given: Parameters<typeof representationFaults>) =>
    representationFaults(...given).map(({ code }) => code)
  const guardian = { kind: 'guardian', from: '2026-01-01' } as const
  const other = { ...party, id: 2 }
  assert.deepEqual(codes(party, other, guardian), [])
  assert.deepEqual(codes(party, { ...other, deceased_on: '2026-01-01' }, guardian), ['representation.by-the-dead'])
  assert.deepEqual(codes({ ...party, deceased_on: '2026-01-01' }, other, guardian), ['representation.of-the-dead'])
  assert.deepEqual(codes(party, { ...other, kind: 'estate' }, guardian), ['representation.by-an-estate'])
  assert.deepEqual(codes({ ...party, kind: 'legal' }, other, guardian), ['representation.not-a-person'])
  assert.deepEqual(codes({ ...party, kind: 'legal' }, other, { ...guardian, kind: 'contact-person' }), [])
})

test('custody ends when the child comes of age', () => {
  assert.equal(untilOfAge('custodian', '2015-03-04', null), '2033-03-04')
  assert.equal(untilOfAge('custodian', '2015-03-04', '2030-01-01'), '2030-01-01')
  assert.equal(untilOfAge('guardian', '2015-03-04', null), null)
})

test('an order of protection is looked at before it ends', () => {
  const faults = (to: string | null, review_on: string | null) =>
    protectionFaults({ to, review_on }, '2026-11-24').length
  assert.equal(faults('2031-11-24', '2031-10-24'), 0)
  assert.equal(faults('2031-11-24', null), 0)
  assert.equal(faults(null, null), 1)
  assert.equal(faults('2026-11-24', null), 1)
  assert.equal(faults('2031-11-24', '2032-01-01'), 1)
})
