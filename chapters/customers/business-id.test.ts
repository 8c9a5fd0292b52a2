import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBusinessId } from './business-id.ts'

test('a business id is read in all its written forms', () => {
  for (const written of ['0804847-1', '804847-1', 'FI08048471', '08048471', ' fi 0804847-1 '])
    assert.deepEqual(readBusinessId(written), { business_id: '0804847-1' }, written)
})

test('a business id that was never given is refused', () => {
  for (const check of '023456789') assert.equal(readBusinessId(`0804847-${check}`).refused, 'business-id.wrong-check')
  for (const malformed of ['', '0804847', '0804847-12', '0804847/1', 'SE08048471', '12345-1'])
    assert.equal(
      readBusinessId(malformed).refused,
      malformed === '0804847' ? 'business-id.wrong-check' : 'business-id.malformed',
      malformed,
    )
})
