import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { testRegister } from '../tests/database.ts'
import { migrate } from './migrate.ts'

test('a migration may take longer than a request may, and the connection is as before', async () => {
  const { owner, drop } = await testRegister()
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  const connection = await owner.connect()
  try {
    await writeFile(join(folder, '0001_slow.sql'), 'select pg_sleep(0.2)')
    await connection.query('create temporary table schema_version (like public.schema_version including all)')
    const settings = async () => (await connection.query('show statement_timeout')).rows[0]?.statement_timeout as string
    const before = await settings()
    await connection.query('set statement_timeout = 50')
    assert.deepEqual(await migrate(connection, folder, new Date('2026-11-24')), ['0001_slow.sql'])
    assert.equal(await settings(), before)
  } finally {
    connection.release(true)
    await rm(folder, { recursive: true })
    await drop()
  }
})
