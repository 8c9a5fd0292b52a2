import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword, oneTimePassword, passwordMatches } from './password.ts'
import { nextStage, passwordFault, restAfter, type Standing } from './rules.ts'
import { periodFault, roleFault } from './staff/rules.ts'

test('an account rests longer with each wrong try, an hour at most', () => {
  assert.deepEqual(
    [1, 4, 5, 6, 7, 12, 13, 30].map(restAfter),
    [0, 0, 15_000, 30_000, 60_000, 1_920_000, 3_600_000, 3_600_000],
  )
})

test('a password is long and is not the login', () => {
  assert.equal(passwordFault('yksitoista1', 'maija'), 'password.short')
  assert.equal(passwordFault('kaksitoista1', 'maija'), undefined)
  assert.equal(passwordFault('se on Maija itse', 'maija'), 'password.login')
})

test('only one who has done all of the first sign-in is asked for the second factor', () => {
  const done: Standing = {
    state: 'active',
    secrecy_committed_on: '2026-11-24',
    totp_confirmed_at: '2026-11-24T08:00:00.000Z',
    password_must_change: false,
  }
  assert.equal(nextStage(done), 'password')
  assert.equal(nextStage({ ...done, secrecy_committed_on: null }), 'enrol')
  assert.equal(nextStage({ ...done, totp_confirmed_at: null }), 'enrol')
  assert.equal(nextStage({ ...done, password_must_change: true }), 'enrol')
})

test('passwords: right, wrong, composed otherwise, and of nobody', async () => {
  const password = 'pa\u0308ivänä eräänä'
  const stored = await hashPassword(password)
  assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await passwordMatches(password.normalize('NFC'), stored), true)
  assert.equal(await passwordMatches(`${password}.`, stored), false)
  assert.equal(await passwordMatches(password, undefined), false)
  assert.notEqual(await hashPassword(password), stored)
  assert.match(oneTimePassword(), /^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/)
})

test('roles: declared, not of the machinery, for at least a day', () => {
  const declared = [
    { id: 'billing', system: false },
    { id: 'sign-in', system: true },
  ] as never
  assert.deepEqual(
    ['billing', 'sign-in', 'king'].map((role) => roleFault(declared, role)),
    [undefined, 'role.machinery', 'role.unknown'],
  )
  assert.equal(periodFault('2026-11-24', null), undefined)
  assert.equal(periodFault('2026-11-24', '2026-11-25'), undefined)
  assert.equal(periodFault('2026-11-24', '2026-11-24'), 'role.ends-before-it-begins')
})
