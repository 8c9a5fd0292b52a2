// The versions are those that the register itself wrote down when it was opened.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestRegister, testRegister } from '../../tests/database.ts'
import { testPostgres } from '../../tests/postgres.ts'
import { noticeChanges } from './changes.ts'
import { publishedNotice, readVersions } from './versions.ts'

let made: TestRegister
let stop: () => Promise<void>
let versions: () => ReturnType<typeof readVersions>
before(async () => {
  made = await testRegister()
  const postgres = await testPostgres()
  stop = () => postgres.stop()
  versions = () => readVersions({ ...postgres.superuser, database: made.database })
})
after(async () => {
  await made.drop()
  await stop()
})

test('what is in force is the last version, since the day when it was applied', async () => {
  const found = await versions()
  const notice = publishedNotice(made.register, found)
  assert.equal(notice.appliedAt.toISOString(), '2026-11-24T08:00:00.000Z')
  assert.equal(found.at(-1)?.noticeHash, made.register.noticeHash)
  assert.throws(() => publishedNotice({ ...made.register, noticeHash: 'f'.repeat(64) }, found), {
    code: 'notice.not-applied',
  })
})

test('versions are read as they were written, also those that can no longer be understood', async () => {
  const copied = (hash: string, law: string, register: string) =>
    made.owner.query(
      `insert into register_version (notice_hash, sql_hash, version, register_yaml, law_yaml, applied_at)
       select decode($1, 'hex'), sql_hash, version, ${register}, ${law}, applied_at + interval '1 day'
       from register_version order by id desc limit 1`,
      [hash],
    )
  await copied('1'.repeat(64), 'law_yaml', `replace(register_yaml, 'period: P2Y', 'period: P18M')`)
  // Compiled anew from the same declaration: no version of its own.
  await copied('1'.repeat(64), 'law_yaml', 'register_yaml')
  await copied('2'.repeat(64), 'law_yaml', `'a: form that nobody reads any more'`)

  const [first, shorter, unread, ...others] = await versions()
  assert.equal(others.length, 0)
  assert.ok(first?.register !== undefined && shorter?.register !== undefined)
  assert.equal(shorter.noticeHash, '1'.repeat(64))
  assert.equal(unread?.register, undefined)
  const changes = noticeChanges(first.register, shorter.register, 'fi').map(({ words }) => words)
  assert.match(
    changes.join('\n'),
    /^Palvelun kehittäminen: yhteydenotot\. Ennen: 2 vuotta tapahtumasta\. .* Nyt: 18 kuukautta tapahtumasta\. /m,
  )
})
