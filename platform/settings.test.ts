import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Invalid } from './errors.ts'
import { readSettings, singleSignOnOf } from './settings.ts'

const whole = { OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'register' }

test('single sign-on is as it is configured, or not at all', () => {
  assert.equal(singleSignOnOf(readSettings({})), undefined)
  assert.deepEqual(
    singleSignOnOf(
      readSettings({ ...whole, OIDC_CLAIM: 'email', OIDC_SECOND_FACTOR: 'amr:mfa, acr:https://id.example/gold' }),
    ),
    {
      issuer: 'https://id.example',
      clientId: 'register',
      secret: '',
      claim: 'email',
      secondFactor: [
        { claim: 'amr', value: 'mfa' },
        { claim: 'acr', value: 'https://id.example/gold' },
      ],
    },
  )
  assert.equal(
    singleSignOnOf(readSettings({ ...whole, OIDC_ISSUER: 'http://127.0.0.1:9/' }))?.issuer,
    'http://127.0.0.1:9/',
  )
})

test('a setting that does not fit stops the start, by name', () => {
  const wrong: readonly Record<string, string>[] = [
    { OIDC_ISSUER: 'http://id.example' },
    { OIDC_ISSUER: 'id.example' },
    { OIDC_CLIENT_ID: '' },
    { OIDC_CLAIM: 'two words' },
    { OIDC_SECOND_FACTOR: 'mfa' },
    { OIDC_SECOND_FACTOR: 'amr:' },
    { TRUSTED_PROXIES: 'proxy.example' },
    { TRUSTED_PROXIES: '0.0.0.0/0' },
    { TRUSTED_PROXIES: '10.0.0.1/33' },
    { TRUSTED_PROXIES: '127.0.0.1, anyone' },
  ]
  for (const each of wrong) {
    const [name = ''] = Object.keys(each)
    assert.throws(
      () => readSettings({ ...whole, ...each }),
      (error: unknown) => error instanceof Invalid && error.detail?.startsWith(name),
      name,
    )
  }
})
