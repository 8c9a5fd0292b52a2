import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { type TestRegister, testRegister } from '../tests/database.ts'
import { openRegister } from './register.ts'

let opened: TestRegister
let owner: pg.Pool
before(async () => {
  opened = await testRegister()
  owner = opened.owner
})
after(() => opened.drop())

const opens = async (): Promise<void> => (await openRegister(opened.opening)).close()

test('a start refuses a helper function or a constraint that was changed by hand, and names it', async () => {
  const { rows } = await owner.query<{ made: string }>(
    `select pg_get_functiondef('fold_text(text)'::regprocedure) as made`,
  )
  await owner.query(
    `create or replace function fold_text(written text) returns text language sql immutable strict as 'select written'`,
  )
  await owner.query('alter table contact drop constraint contact_direction_check')
  await assert.rejects(opens(), ({ code, detail }: { code: string; detail: string }) => {
    assert.equal(code, 'register.differs')
    assert.match(detail, /helper function fold_text\(text\) is \w+ everyone in the database; declared is \w+/)
    assert.match(detail, /constraint contact contact_direction_check is declared and missing/)
    return true
  })
  await owner.query(rows[0]?.made ?? '')
  await owner.query(`alter table contact add check (direction in ('in', 'out', 'internal'))`)
  await opens()
})

test('a program that was killed between a migration and its record is not taken for a hand', async () => {
  const { rows: recorded } = await owner.query('select * from schema_structure order by 1, 2')
  assert.ok(recorded.length > 500)
  await owner.query(`update schema_structure set name = '1 2 3' where kind = 'after migrations'`)
  await owner.query(`delete from schema_structure where kind = 'index'`)
  await opens()
  const { rows: anew } = await owner.query('select * from schema_structure order by 1, 2')
  assert.deepEqual(anew, recorded)
})
