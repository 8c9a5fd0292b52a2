// A year of quarters priced for many points: the kernel of costs against a plain join and sum of the same rows in PostgreSQL, to the same cent.
import { costing, type Use } from '../chapters/contracts/pricing/cost.ts'
import type { SpotDay } from '../chapters/contracts/pricing/spot.ts'
import { dayAfter, hoursOf } from '../platform/clock.ts'
import { clockOf, inTurns, rowOf } from './kit/measure.ts'
import { population } from './kit/population.ts'
import { topic } from './kit/topic.ts'

const always = { from: '2020-01-01', to: null }
const margin = 390
const listed = (component: 'margin' | 'monthly', unit: string, amount: number) => ({
  component,
  size: '',
  unit,
  amount,
  vat_class: 'standard',
  tax_class: null,
  during: always,
})

const days = Array.from({ length: 365 }, (_, i) => dayAfter('2025-01-01', i))
const slotsOf = (day: string): number => hoursOf(day).hours.length * 4
const priceAt = (day: number, slot: number): number => ((day * 7919 + slot * 104_729) % 21_000) - 1_500
const whAt = (point: number, day: number, slot: number): number => (point * 31 + day * 17 + slot * 13) % 1_900

export const bench = topic({
  what: 'a year of quarter prices for many points, against a join and sum in SQL',
  options: {
    points: { default: 60, tiny: 1, what: 'points with a year of quarters each' },
    pairs: { default: 5, tiny: 1, what: 'pairs of runs' },
  },
  run: async ({ points, pairs }, say) => {
    const people = await population(0, say)
    try {
      const spot = new Map<string, SpotDay>(
        days.map((day, d) => [
          day,
          { step: 15, prices: Array.from({ length: slotsOf(day) }, (_, slot) => priceAt(d, slot)) },
        ]),
      )
      const uses = Array.from({ length: points }, (_, point) =>
        days.map((day, d): Use => ({
          day,
          step: 15,
          vals: Int32Array.from({ length: slotsOf(day) }, (__, slot) => whAt(point, d, slot)),
        })),
      )
      await people.owner.query('drop table if exists bench_use, bench_spot')
      await people.owner.query(`
        create table bench_use (point integer, day date, slot integer, wh integer);
        create table bench_spot (day date, slot integer, price integer, primary key (day, slot))`)
      await people.owner.query(
        `insert into bench_spot select day, s - 1, price from unnest($1::date[], $2::text[]) as t (day, listed), unnest(listed::integer[]) with ordinality as p (price, s)`,
        [days, days.map((day) => `{${(spot.get(day) as SpotDay).prices.join(',')}}`)],
      )
      for (const [point, use] of uses.entries())
        await people.owner.query(
          `insert into bench_use select $1, day, s - 1, wh from unnest($2::date[], $3::text[]) as t (day, listed), unnest(listed::integer[]) with ordinality as p (wh, s)`,
          [point, days, use.map(({ vals }) => `{${Array.from(vals).join(',')}}`)],
        )
      await people.owner.query('analyze bench_use; analyze bench_spot')
      say(`${points} points, ${(points * 35_040).toLocaleString('en')} quarters`)
      const rates = [{ kind: 'vat', class: 'standard', amount: 255, during: always }]
      const prices = [listed('margin', 'kWh', margin), listed('monthly', 'month', 350)]
      const costOf = costing({ prices, rates, spot, spotStep: 15 })
      const ours = async () => uses.map((use) => costOf(use).lines.find(({ component }) => component === 'spot')?.net)
      /** One worker, warm, and neither VAT nor fees: less than the kernel does. */
      const sql = `select point, round(sum(wh::bigint * price) / 1000000)::text as net, sum(wh::bigint * ${margin}) from bench_use join bench_spot using (day, slot) group by point order by point`
      const clock = await clockOf(people.owner)
      const connection = await people.owner.connect()
      try {
        await connection.query('set max_parallel_workers_per_gather = 0; set statement_timeout = 0')
        const theirs = async () => (await connection.query<{ net: string }>(sql)).rows.map(({ net }) => Number(net))
        const [one, other] = [await ours(), await theirs()]
        if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error('the two do not come to the same cent')
        const told = { unit: 'ms', is: 'faster' } as const
        return [
          rowOf(
            {
              ...told,
              what: 'a point-year of quarters by spot price, margin, fee and VAT',
              baseline: 'PostgreSQL, one worker: join and sum of the same rows, without fee and VAT',
            },
            await inTurns(pairs, clock, ours, theirs),
            points,
          ),
        ]
      } finally {
        connection.release()
      }
    } finally {
      await people.owner.query('drop table if exists bench_use, bench_spot')
      await people.close()
    }
  },
})
