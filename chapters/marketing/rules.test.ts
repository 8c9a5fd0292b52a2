import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lineRefusal } from './rules.ts'

test('a permission names its wording; no other line needs one', () => {
  const table = [
    ['granted', '2026-1', undefined],
    ['granted', null, 'permission.no-wording'],
    ['prohibited', null, undefined],
    ['withdrawn', null, undefined],
  ] as const
  for (const [state, wording, code] of table) assert.equal(lineRefusal(state, wording)?.code, code, state)
})
