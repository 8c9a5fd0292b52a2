import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joining } from './duplicates/rules.ts'
import { contactValue, displayName } from './rules.ts'

test('telephone numbers and addresses are kept in one form, or refused', () => {
  const cases = [
    ['phone', '050 555 1234', '+358505551234'],
    ['phone', '(09) 555-123', '+3589555123'],
    ['phone', '00358 50 5551234', '+358505551234'],
    ['phone', '+46 70 555 12 34', '+46705551234'],
    ['phone', '12', undefined],
    ['phone', 'soita minulle', undefined],
    ['email', ' Aino.Mallinen@Example.FI ', 'Aino.Mallinen@example.fi'],
    ['email', 'aino@', undefined],
    ['email', 'a@b@c.fi', undefined],
    ['email', 'aino@localhost', undefined],
  ] as const
  for (const [channel, written, kept] of cases) assert.equal(contactValue(channel, written), kept, written)
})

test('a name is said as the person uses it', () => {
  const nobody = { given: null, call_name: null, family: null, organisation: null }
  assert.equal(
    displayName({ ...nobody, given: 'Aino Maria', call_name: 'Maria', family: 'Mallinen' }),
    'Maria Mallinen',
  )
  assert.equal(displayName({ ...nobody, given: 'Aino Maria', family: 'Mallinen' }), 'Aino Mallinen')
  assert.equal(displayName({ ...nobody, organisation: 'Malliyhtiö Oy' }), 'Malliyhtiö Oy')
})

test('two identified persons are joined only after a second look, and nobody twice', () => {
  const free = { merged_into: null, identified: false }
  const known = { merged_into: null, identified: true }
  assert.equal(joining({ one: free, other: known }), 'now')
  assert.equal(joining({ one: known, other: known }), 'approval')
  assert.equal(joining({ one: known, other: { merged_into: 7, identified: true } }), 'merge.already-joined')
})
