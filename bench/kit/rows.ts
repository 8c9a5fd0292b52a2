// The usual way to keep values, to be held against: a row for each value in a table with a key, filled by a plain reader of the file and INSERT … unnest … ON CONFLICT.
import { createReadStream } from 'node:fs'
import pg from 'pg'
import { SaxesParser } from 'saxes'
import type { Login } from '../../platform/database.ts'

const perInsert = 5_000

export type Rows = {
  readonly csv: (file: string) => Promise<void>
  readonly xml: (file: string) => Promise<void>
  /** What a correction replaces is kept in a table of its own. */
  readonly correct: (file: string) => Promise<void>
  readonly client: pg.Client
  readonly close: () => Promise<void>
}

/** Values by point, time and amount, as the baseline's own parser found them. */
type Batch = { readonly points: number[]; readonly times: string[]; readonly values: number[]; readonly said: number[] }
const emptyBatch = (): Batch => ({ points: [], times: [], values: [], said: [] })

const upsert = `insert into bench_value select * from unnest($1::integer[], $2::timestamptz[], $3::integer[], $4::smallint[]) as t (point, at, wh, quality)
   on conflict (point, at) do update set wh = excluded.wh, quality = excluded.quality
   where bench_value.wh <> excluded.wh or bench_value.quality <> excluded.quality`
const withHistory = `with t as (select * from unnest($1::integer[], $2::timestamptz[], $3::integer[], $4::smallint[]) as t (point, at, wh, quality)),
   past as (insert into bench_value_past select r.*, now() from bench_value r join t using (point, at) where r.wh <> t.wh or r.quality <> t.quality)
   insert into bench_value select * from t on conflict (point, at) do update set wh = excluded.wh, quality = excluded.quality
   where bench_value.wh <> excluded.wh or bench_value.quality <> excluded.quality`

export const openRows = async (login: Login): Promise<Rows> => {
  const client = new pg.Client({ ...login })
  await client.connect()
  await client.query(`drop table if exists bench_value, bench_value_past;
    create table bench_value (point integer not null, at timestamptz not null, wh integer not null, quality smallint not null, primary key (point, at));
    create table bench_value_past (like bench_value, replaced timestamptz not null)`)
  const { rows } = await client.query<{ code: string; id: number }>('select code, id from accounting_point')
  const points = new Map(rows.map(({ code, id }) => [code, id]))
  const put = async (text: string, { points: of, times, values, said }: Batch): Promise<void> => {
    if (of.length > 0) await client.query({ name: text.slice(0, 20), text, values: [of, times, values, said] })
  }
  const csv = async (text: string, file: string): Promise<void> => {
    let batch = emptyBatch()
    let rest = ''
    let header = true
    const take = async (line: string): Promise<void> => {
      // As most scripts do it, and six times quicker than csv-parse, which also undoes quotes.
      const [code = '', , , , , time = '', amount = '', quality = ''] = line.split(';')
      const point = points.get(code)
      if (point === undefined || !/^\d{4}-\d\d-\d\dT/.test(time)) throw new Error(`${code} at ${time} cannot be`)
      batch.points.push(point)
      batch.times.push(time)
      batch.values.push(Math.round(Number.parseFloat(amount.replace(',', '.')) * 1000))
      batch.said.push(quality.trimEnd() === 'OK' ? 0 : 1)
      if (batch.points.length < perInsert) return
      await put(text, batch)
      batch = emptyBatch()
    }
    for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
      const lines = (rest + (chunk as string)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (header || line.trim() === '') header = false
        else if (batch.points.length + 1 < perInsert) void take(line)
        else await take(line)
      }
    }
    if (rest.trim() !== '') await take(rest)
    await put(text, batch)
  }
  const xml = async (file: string): Promise<void> => {
    let batch = emptyBatch()
    const parser = new SaxesParser()
    let [name, around, text, code, start, place, amount] = ['', '', '', '', 0, 0, '']
    const open: string[] = []
    parser.on('opentag', (tag) => {
      open.push(tag.name)
      text = ''
    })
    parser.on('text', (more) => (text += more))
    parser.on('closetag', () => {
      name = open.pop() ?? ''
      around = open.at(-1) ?? ''
      if (name === 'urn4:Identification' && around === 'urn4:MeteringPointUsedDomainLocation') code = text
      else if (name === 'urn4:Start') start = Date.parse(text)
      else if (name === 'urn4:SEQ') place = Number(text)
      else if (name === 'urn4:QTY') amount = text
      else if (name === 'urn4:OBS') {
        const point = points.get(code)
        if (point === undefined) throw new Error(`${code} is not known`)
        batch.points.push(point)
        batch.times.push(new Date(start + (place - 1) * 900_000).toISOString())
        batch.values.push(Math.round(Number.parseFloat(amount) * 1000))
        batch.said.push(0)
      }
    })
    for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
      parser.write(chunk as string)
      while (batch.points.length >= perInsert) {
        const whole = batch
        batch = emptyBatch()
        await put(upsert, whole)
      }
    }
    parser.close()
    await put(upsert, batch)
  }
  return {
    csv: (file) => csv(upsert, file),
    xml,
    correct: (file) => csv(withHistory, file),
    client,
    close: async () => {
      await client.query('drop table if exists bench_value, bench_value_past')
      await client.end()
    },
  }
}
