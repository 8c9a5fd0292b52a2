// A file of customers taken in, validated, compared and stored, against COPY into bare tables: of the bytes of the file, and of the rows that it becomes.
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { importFile } from '../chapters/exchange/jobs.ts'
import { artificialIdentityCode } from '../chapters/customers/identity-code.ts'
import { emptied } from '../tests/database.ts'
import { unlogged } from './kit/card.ts'
import { clockOf, rowOf, type Pair, spentOn } from './kit/measure.ts'
import { population } from './kit/population.ts'
import { topic } from './kit/topic.ts'

const header = [
  'asiakasnumero',
  'sukunimi',
  'etunimi',
  'henkilötunnus',
  'kieli',
  'puhelin',
  'sähköposti',
  'katuosoite',
  'postinumero',
  'postitoimipaikka',
]
const families = ['Mallinen', 'Esimäki', 'Näytelä', 'Hämäläis-Malli', 'Åmodell', 'Kokeilu']
const given = ['Päivi Maria', 'Matti', 'Åke Juhani', 'Saara']
const day = 86_400_000

/** Everyone has an artificial code of their own: a hundred of them a day, from 1930 on. */
const rowOfFile = (n: number): string => {
  const birth = new Date(Date.UTC(1930, 0, 1) + Math.floor(n / 100) * day).toISOString().slice(0, 10)
  return [
    1_000_000 + n,
    families[n % families.length],
    given[n % given.length],
    artificialIdentityCode(birth, 900 + (n % 100)),
    n % 9 === 0 ? 'sv' : 'fi',
    `050${5_550_000 + (n % 1_000_000)}`,
    `asiakas.${n}@example.fi`,
    `Mallikatu ${n % 200} A ${n % 40}`,
    15_100 + (n % 800),
    'LAHTI',
  ].join(';')
}

/** Chance and order differ from one file to the next only in the numbers, so that each is new to the register. */
const writeFile = async (path: string, rows: number): Promise<number> => {
  const stream = createWriteStream(path)
  stream.write(`${header.join(';')}\r\n`)
  for (let n = 0; n < rows; n += 5_000) {
    const text = Array.from({ length: Math.min(5_000, rows - n) }, (_, i) => `${rowOfFile(n + i)}\r\n`).join('')
    if (!stream.write(text)) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'finish')
  return (await stat(path)).size
}

type Stored = { readonly table: string; readonly bytes: Buffer }

/** Every row that the file has become, as COPY writes it, and a table for each with neither index, key nor check. */
const storedRows = async (client: pg.Client): Promise<readonly Stored[]> => {
  const { rows: tables } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence in ('p', 'u')
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped) or c.oid = 'customer'::regclass`,
  )
  const stored: Stored[] = []
  await client.query('drop schema if exists bare cascade; create schema bare')
  for (const { name } of tables) {
    const chunks = await client.query(copyTo(`copy ${name} to stdout`)).toArray()
    if (chunks.length === 0) continue
    stored.push({ table: `bare.${name}`, bytes: Buffer.concat(chunks) })
    await client.query(`create table bare.${name} (like ${name})`)
  }
  return stored
}

export const bench = topic({
  what: 'a file of new customers validated and stored, against raw COPY of the same bytes',
  options: {
    rows: { default: 100_000, tiny: 60, what: 'rows of the file; the mark is for 1000000' },
    pairs: { default: 3, tiny: 1, what: 'pairs of runs' },
  },
  run: async ({ rows, pairs }, say) => {
    const people = await population(0, say, 2)
    const folder = await mkdtemp(join(tmpdir(), 'bench-import-'))
    const client = new pg.Client({ ...people.login })
    await client.connect()
    try {
      const file = join(folder, 'customers.csv')
      const bytes = await writeFile(file, rows)
      say(`${rows} rows, ${(bytes / 1e6).toFixed(1)} MB`)
      const serving = { register: people.register, log: unlogged, now: () => people.now }
      const clock = await clockOf(people.owner)
      await client.query(
        `drop table if exists raw_copy; create table raw_copy (${header.map((_, i) => `c${i} text`).join(', ')})`,
      )
      const ours = async () => {
        const done = await importFile(serving, { file, source: 'bench', dryRun: false })
        if (done.rows_new !== rows) throw new Error(`of ${rows} rows ${done.rows_new} came in`)
      }
      const dry = async () => {
        await importFile(serving, { file, source: 'bench', dryRun: true })
      }
      const raw = async () => {
        await pipeline(
          createReadStream(file),
          client.query(copyFrom(`copy raw_copy from stdin with (format csv, delimiter ';', header true)`)),
        )
        const { rows: found } = await client.query<{ n: number }>('select count(*)::int as n from raw_copy')
        if (found[0]?.n !== rows) throw new Error('raw COPY lost rows')
      }
      const anew = async () => {
        await emptied(people.owner)
        await client.query('truncate raw_copy')
      }
      let stored: readonly Stored[] = []
      const bare = async () => {
        for (const { table, bytes } of stored)
          await pipeline(Readable.from([bytes]), client.query(copyFrom(`copy ${table} from stdin`)))
      }
      const whole: Pair[] = []
      const became: Pair[] = []
      const checked: Pair[] = []
      for (let pair = 0; pair <= pairs; pair++) {
        await anew()
        const looked = await spentOn(clock, dry)
        await anew()
        const first = pair % 2 === 0 ? await spentOn(clock, ours) : undefined
        const theirs = await spentOn(clock, raw)
        const taken = first ?? (await spentOn(clock, ours))
        stored = await storedRows(client)
        const asStored = await spentOn(clock, bare)
        say(
          `pair ${pair}: ours ${(taken.cpu / 1000).toFixed(1)} s, raw ${(theirs.cpu / 1000).toFixed(2)} s, as stored ${(asStored.cpu / 1000).toFixed(2)} s`,
        )
        // The first pair warms up.
        if (pair === 0 && pairs > 1) continue
        if (whole.length < pairs) {
          whole.push({ ours: taken, theirs })
          became.push({ ours: taken, theirs: asStored })
          checked.push({ ours: looked, theirs })
        }
      }
      await anew()
      const baseline = 'COPY of the same bytes into one bare table'
      return [
        rowOf(
          {
            what: `${rows} customers taken in`,
            unit: 's',
            baseline,
            is: 'dearer',
            mark: { name: 'import', ratio: 3, moonshot: 2 },
          },
          whole,
          1_000,
        ),
        rowOf(
          {
            what: 'the same',
            unit: 's',
            baseline: 'COPY of the rows that it becomes into the same tables, bare',
            is: 'dearer',
          },
          became,
          1_000,
        ),
        rowOf(
          { what: 'the same as a dry run: read, checked, compared', unit: 's', baseline, is: 'dearer' },
          checked,
          1_000,
        ),
      ]
    } finally {
      await client.query('drop table if exists raw_copy; drop schema if exists bare cascade')
      await client.end()
      await rm(folder, { recursive: true, force: true })
      await people.close()
    }
  },
})
