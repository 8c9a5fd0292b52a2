// Migrations: one ordered folder, forward only, each file in one transaction that first writes its own row, so that two starters race safely.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from './database.ts'
import { Unavailable } from './errors.ts'

type Migration = { readonly id: number; readonly name: string; readonly text: string; readonly sha256: Buffer }

const read = async (folder: string): Promise<readonly Migration[]> => {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name)).toSorted()
  const all = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { id: Number(name.slice(0, 4)), name, text, sha256: createHash('sha256').update(text).digest() }
    }),
  )
  const twice = all.find((one, i) => all[i - 1]?.id === one.id)
  if (twice !== undefined) throw new Error(`two migrations are numbered ${twice.id}; the later one is ${twice.name}`)
  return all
}

const lock = 4_710_001

/**
 * Brings the schema up to this program's. Returns the names that ran.
 * @throws Unavailable when the database is newer than the program, or a migration that has run was edited afterwards.
 */
export const migrate = async (owner: Connection, folder: string, now: Date): Promise<readonly string[]> => {
  const migrations = await read(folder)
  // A table of millions takes longer to change than any request may take; so does the starter whose turn it is.
  await owner.query('set statement_timeout = 0')
  try {
    await owner.query('select pg_advisory_lock($1)', [lock])
    await owner.query(
      'create table if not exists schema_version (id integer primary key, name text not null, sha256 bytea not null, applied_at timestamptz not null)',
    )
    const { rows } = await owner.query<{ id: number; name: string; sha256: Buffer }>(
      'select id, name, sha256 from schema_version order by id',
    )
    const ran: string[] = []
    for (const row of rows) {
      const ours = migrations.find((one) => one.id === row.id)
      if (ours === undefined)
        throw new Unavailable('schema.newer', {
          detail: `the database has migration ${row.name}, which this program does not know: start the newer program`,
        })
      if (!ours.sha256.equals(row.sha256))
        throw new Unavailable('schema.edited', {
          detail: `migration ${ours.name} was changed after it ran; put it back and write a new one`,
        })
    }
    for (const migration of migrations) {
      if (rows.some((row) => row.id === migration.id)) continue
      await owner.query('begin')
      try {
        await owner.query('insert into schema_version values ($1, $2, $3, $4)', [
          migration.id,
          migration.name,
          migration.sha256,
          now,
        ])
        await owner.query(migration.text)
        await owner.query('commit')
      } catch (error) {
        await owner.query('rollback')
        throw new Unavailable('schema.migration-failed', {
          detail: `migration ${migration.name} did not run and nothing of it stayed: ${(error as Error).message}`,
          cause: error,
        })
      }
      ran.push(migration.name)
    }
    return ran
  } finally {
    await owner.query('select pg_advisory_unlock($1)', [lock])
    await owner.query('reset statement_timeout')
  }
}
