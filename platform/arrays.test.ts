import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestRegister, testRegister } from '../tests/database.ts'
import { bigints, byteas, dates, integers, smallints } from './arrays.ts'

let opened: TestRegister
before(async () => {
  opened = await testRegister()
})
after(() => opened.drop())

test('PostgreSQL reads what was written', async () => {
  const { rows } = await opened.owner.query<Record<string, unknown>>(
    `select $1::smallint[]::text as small, $2::integer[]::text as whole, $3::bigint[]::text as great, $4::date[]::text as days, $5::bytea[]::text as bytes, $6::integer[]::text as none`,
    [
      smallints([0, -1, 32_767]),
      integers(Int32Array.of(0, -5, 2_147_483_647)),
      bigints([0, -1, 4_294_967_296, -4_294_967_297, Number.MAX_SAFE_INTEGER]),
      dates(['2000-01-01', '1999-12-31', '2026-03-29', '2026-03-29']),
      byteas([Uint8Array.of(1, 255), null, new Uint8Array(0)]),
      integers([]),
    ],
  )
  assert.deepEqual(rows, [
    {
      small: '{0,-1,32767}',
      whole: '{0,-5,2147483647}',
      great: '{0,-1,4294967296,-4294967297,9007199254740991}',
      days: '{2000-01-01,1999-12-31,2026-03-29,2026-03-29}',
      bytes: '{"\\\\x01ff",NULL,"\\\\x"}',
      none: '{}',
    },
  ])
})
