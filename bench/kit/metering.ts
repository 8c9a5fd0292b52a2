// A register of points and the files of their values, for the benches of metering.
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importFile } from '../../chapters/exchange/jobs.ts'
import { unlogged } from './card.ts'
import { clockOf, spentOn } from './measure.ts'
import { population, type Population } from './population.ts'
import { putPoints, type Values, writeMessage, writePortal } from './points.ts'
import { openRows, type Rows } from './rows.ts'
import type { Spent } from './topic.ts'

export type Bench = {
  readonly people: Population
  readonly rows: Rows
  readonly clock: () => number
  /** Writes a file that differs from every other by its empty lines at the end, so that it is not refused as the same. @returns its path */
  readonly file: (form: 'csv' | 'xml', values: Values) => Promise<string>
  readonly again: (file: string) => Promise<void>
  readonly ours: (file: string) => Promise<Awaited<ReturnType<typeof importFile>>>
  /** Empties the values of both. */
  readonly emptied: () => Promise<void>
  /** Throws unless both hold the same values. */
  readonly agreed: () => Promise<void>
  readonly spent: (work: () => Promise<unknown>) => Promise<Spent & { readonly wal: number }>
  readonly close: () => Promise<void>
}

export const openBench = async (points: number, say: (text: string) => void): Promise<Bench> => {
  const people = await population(0, say, 2)
  const folder = await mkdtemp(join(tmpdir(), 'bench-metering-'))
  const serving = { register: people.register, log: unlogged, now: () => people.now }
  await people.owner.query('delete from reading_day; delete from reading_day_past')
  const { rows: there } = await people.owner.query<{ n: number }>('select count(*)::int as n from accounting_point')
  if (there[0]?.n === 0) await putPoints(people.owner, points)
  else if (there[0]?.n !== points)
    throw new Error(`the kept register has ${there[0]?.n} points; BENCH_KEEP keeps one number of them`)
  const rows = await openRows(people.login)
  const clock = await clockOf(people.owner)
  const walAt = async (): Promise<number> =>
    Number((await people.owner.query<{ at: string }>(`select pg_current_wal_insert_lsn() - '0/0' as at`)).rows[0]?.at)
  let files = 0
  return {
    people,
    rows,
    clock,
    file: async (form, values) => {
      const path = join(folder, `${(files += 1)}.${form}`)
      const bytes = await (form === 'csv' ? writePortal : writeMessage)(path, values)
      say(`${form} of ${values.points * values.days} days, ${(bytes / 1e6).toFixed(0)} MB`)
      return path
    },
    again: async (file) => {
      const handle = await open(file, 'a')
      await handle.write('\r\n')
      await handle.close()
    },
    ours: (file) => importFile(serving, { file, source: 'bench', kind: 'consumption', dryRun: false }),
    emptied: async () => {
      await people.owner.query('truncate reading_day, reading_day_past')
      await rows.client.query('truncate bench_value, bench_value_past')
    },
    agreed: async () => {
      const own = await people.owner.query<{ sum: string; n: number }>(
        'select sum(total) as sum, sum(get_byte(vals, 1))::int as n from reading_day',
      )
      const theirs = await rows.client.query<{ sum: string; n: number }>(
        'select sum(wh) as sum, count(*)::int as n from bench_value',
      )
      if (JSON.stringify(own.rows) !== JSON.stringify(theirs.rows))
        throw new Error(`the two do not hold the same: ${JSON.stringify(own.rows)}, ${JSON.stringify(theirs.rows)}`)
    },
    spent: async (work) => {
      const before = await walAt()
      const spent = await spentOn(clock, work)
      return { ...spent, wal: (await walAt()) - before }
    },
    close: async () => {
      await rows.close()
      await rm(folder, { recursive: true, force: true })
      await people.close()
    },
  }
}

/** The floor: a loop that only sums the bytes of the file. */
export const summed = async (file: string): Promise<number> => {
  let sum = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 })) {
    const bytes = chunk as Buffer
    for (let i = 0; i < bytes.length; i++) sum += bytes[i] as number
  }
  return sum
}
