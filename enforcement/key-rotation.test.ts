import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { masterKeys, newDataKey, seal, unseal, unwrapDataKey } from '../platform/keys.ts'
import { testRegister, type TestRegister } from '../tests/database.ts'
import { person } from '../tests/people.ts'
import type { Rotating } from '../tests/rotating.ts'
import { keysByVersion, wrapKeys } from './key-rotation.ts'
import { openRegister } from './register.ts'

const roots = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)] as const
const code = '010594Y9032'

let opened: TestRegister
let people: number[] = []
before(async () => {
  opened = await testRegister()
  const keys = masterKeys([roots[0]])
  people = []
  for (let i = 0; i < 3; i += 1) {
    const who = await person(opened.owner)
    const { key, wrapped, key_version } = newDataKey(keys, who)
    await opened.owner.query('insert into subject_key values ($1, $2, $3, now())', [who, wrapped, key_version])
    await opened.owner.query(
      `insert into identity_code (customer_id, code, blind, during, controllers, source, recorded_at, recorded_by)
       values ($1, $2, $3, '[2020-01-01,)', 3, 'test', '2026-01-01Z', 'system:test')`,
      [who, seal(key, code, `identity_code|code|${who}`), Buffer.from(`blind ${who}`)],
    )
    people.push(who)
  }
})
after(() => opened.drop())

test('each key is put under the new master key, and opens what it sealed before', async () => {
  const both = await openRegister({ ...opened.opening, keys: masterKeys(roots) })
  try {
    assert.deepEqual([...(await keysByVersion(both))], [[1, 3]])
    assert.equal(await wrapKeys(both), 3)
    assert.deepEqual([...(await keysByVersion(both))], [[2, 3]])
    assert.equal(await wrapKeys(both), 0, 'a second time there is nothing to do')

    const { rows } = await opened.owner.query<{
      customer_id: string
      wrapped: Buffer
      key_version: number
      code: Buffer
    }>(
      'select customer_id, wrapped, key_version, code from subject_key join identity_code using (customer_id) order by customer_id',
    )
    assert.equal(rows.length, 3)
    for (const { customer_id, code: sealed, ...kept } of rows) {
      const who = Number(customer_id)
      const key = unwrapDataKey(both.keys, who, kept)
      assert.equal(unseal(key, sealed, `identity_code|code|${who}`).toString(), code)
      assert.throws(() => unwrapDataKey(masterKeys([roots[0]]), who, kept), { code: 'keys.missing' })
      // The old key opens it no more, even if it is taken for the new one.
      assert.throws(() => unwrapDataKey(masterKeys([roots[0], roots[0]]), who, kept))
    }
  } finally {
    await both.close()
  }
})

test('a key whose master key is gone is told, and none is lost', async () => {
  const [who] = people
  await opened.owner.query('update subject_key set key_version = 1 where customer_id = $1', [who])
  const { rows: before } = await opened.owner.query('select * from subject_key order by 1')
  const both = await openRegister({ ...opened.opening, keys: masterKeys(roots) })
  try {
    await assert.rejects(wrapKeys(both), 'what is under the second key is not opened by the first')
    const { rows } = await opened.owner.query('select * from subject_key order by 1')
    assert.deepEqual(rows, before)
  } finally {
    await both.close()
  }
})

test('killed in the middle it has done whole batches, every key opens, and it goes on', async () => {
  const some = 15_000
  const keys = masterKeys([roots[0]])
  const made = Array.from({ length: some }, (_, i) => ({ person: 1_000_000 + i, ...newDataKey(keys, 1_000_000 + i) }))
  await opened.owner.query('delete from subject_key')
  await opened.owner.query('insert into subject_key select *, 1, now() from unnest($1::bigint[], $2::bytea[])', [
    made.map(({ person: who }) => who),
    made.map(({ wrapped }) => wrapped),
  ])
  const child = spawn(process.execPath, [join(import.meta.dirname, '../tests/rotating.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const gone = new Promise((resolve) => child.once('close', resolve))
  const given: Rotating = {
    owner: opened.opening.owner,
    roots: roots.map((root) => root.toString('hex')),
    deed: 'wrap',
  }
  child.stdin.end(JSON.stringify(given))
  child.stdout.once('data', () => child.kill('SIGKILL'))
  await gone
  const both = await openRegister({ ...opened.opening, keys: masterKeys(roots) })
  try {
    const counted = await keysByVersion(both)
    assert.ok(
      (counted.get(1) ?? 0) > 0 && (counted.get(2) ?? 0) >= 1000,
      `it was not the middle: ${[...counted].join(' ')}`,
    )
    const openEvery = async () => {
      const { rows } = await opened.owner.query<{ customer_id: string; wrapped: Buffer; key_version: number }>(
        'select customer_id, wrapped, key_version from subject_key order by customer_id',
      )
      assert.equal(rows.length, some)
      rows.forEach(({ customer_id, ...kept }, i) =>
        assert.ok(unwrapDataKey(both.keys, Number(customer_id), kept).equals(made[i]?.key as KeyObject)),
      )
    }
    await openEvery()
    assert.equal(await wrapKeys(both), counted.get(1))
    assert.deepEqual([...(await keysByVersion(both))], [[2, some]])
    await openEvery()
  } finally {
    await both.close()
  }
})

test('the keeper of keys reads nothing that they open', async () => {
  const pool = opened.register.pool('key-keeper.security.group')
  for (const sealed of ['code from identity_code', 'value from contact_point', 'body from contact'])
    await assert.rejects(pool.query(`select ${sealed}`), { code: '42501' })
})
