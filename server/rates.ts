// VAT, electricity tax and the security-of-supply fee by their days, put in at each start: a figure that changes or is verified is a change of the file.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Login } from '../platform/database.ts'

/** Makes the table what server/data/rates.json says, in one transaction. Returns how many rows changed. */
export const loadRates = async (owner: Login): Promise<number> => {
  const listed = await readFile(join(import.meta.dirname, 'data/rates.json'), 'utf8')
  const client = new pg.Client({ ...owner })
  await client.connect()
  try {
    await client.query('begin')
    await client.query('create temp table listed (like rate) on commit drop')
    await client.query(`alter table listed alter id drop not null`)
    await client.query(
      `insert into listed (kind, class, during, amount, source, verified, note)
       select kind, class, daterange("from", "to"), amount, source, verified, note
         from jsonb_to_recordset($1::jsonb) as t (kind text, class text, "from" date, "to" date, amount integer, source text, verified boolean, note text)`,
      [listed],
    )
    const same = `(r.kind, r.class, r.during, r.amount, r.source, r.verified, r.note) = (l.kind, l.class, l.during, l.amount, l.source, l.verified, l.note)`
    const gone = await client.query(`delete from rate r where not exists (select from listed l where ${same})`)
    const come = await client.query(
      `insert into rate (kind, class, during, amount, source, verified, note)
       select kind, class, during, amount, source, verified, note from listed l where not exists (select from rate r where ${same})`,
    )
    await client.query('commit')
    return (gone.rowCount ?? 0) + (come.rowCount ?? 0)
  } finally {
    await client.end()
  }
}
