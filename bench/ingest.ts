// A delivery of quarters from a file into the register, validated, versioned and durable, against a row for each value; and against summing the bytes of the file.
import { openBench, summed } from './kit/metering.ts'
import { type Pair, rowOf } from './kit/measure.ts'
import { topic } from './kit/topic.ts'

export const bench = topic({
  what: 'a delivery of quarters taken in, from the portal’s form and from a market message, against rows',
  options: {
    points: { default: 1_500, tiny: 3, what: 'points with a day of quarters each a day' },
    days: { default: 2, tiny: 1, what: 'days of the file' },
    pairs: { default: 3, tiny: 1, what: 'pairs of runs' },
  },
  run: async ({ points, days, pairs }, say) => {
    const made = await openBench(points, say)
    const { rows, ours, emptied, agreed, spent } = made
    try {
      const values = { points, days, from: '2026-09-01' }
      const count = points * days * 96
      const told: Record<'csv' | 'xml', { readonly rivals: Pair[]; readonly floor: Pair[] }> = {
        csv: { rivals: [], floor: [] },
        xml: { rivals: [], floor: [] },
      }
      const again: Pair[] = []
      for (const form of ['csv', 'xml'] as const) {
        const file = await made.file(form, values)
        for (let pair = 0; pair <= pairs; pair++) {
          await emptied()
          const own = async () => {
            const { rows_new } = await ours(file)
            if (rows_new !== count) throw new Error(`of ${count} values ${rows_new} came in`)
          }
          const first = pair % 2 === 0 ? await spent(own) : undefined
          const theirs = await spent(() => rows[form](file))
          const taken = first ?? (await spent(own))
          await agreed()
          await made.again(file)
          if (form === 'csv') {
            const same = await spent(async () => {
              const { rows_same } = await ours(file)
              if (rows_same !== count) throw new Error(`of ${count} values ${rows_same} were the same`)
            })
            const rivals = await spent(() => rows.csv(file))
            say(
              `again ${pair}: ours ${(same.wal / count).toFixed(3)} B of log a value, rows ${(rivals.wal / count).toFixed(1)} B`,
            )
            if (pair > 0 || pairs === 1) again.push({ ours: same, theirs: rivals })
            await made.again(file)
          }
          const loop = await spent(() => summed(file))
          say(
            `${form} ${pair}: ours ${((taken.cpu / count) * 1000).toFixed(3)} µs and ${(taken.wal / count).toFixed(1)} B of log a value, rows ${((theirs.cpu / count) * 1000).toFixed(2)} µs and ${(theirs.wal / count).toFixed(0)} B, the bytes alone ${((loop.cpu / count) * 1000).toFixed(3)} µs`,
          )
          // The first pair warms up.
          if (pair === 0 && pairs > 1) continue
          if (told[form].rivals.length < pairs) told[form].rivals.push({ ours: taken, theirs })
          if (told[form].floor.length < pairs) told[form].floor.push({ ours: taken, theirs: loop })
        }
      }
      const perMillion = count / 1e6
      return [
        rowOf(
          {
            what: 'a million values of the portal’s form once more, nothing is written',
            unit: 'ms',
            baseline: 'the same upsert, which locks each row',
            is: 'faster',
          },
          again,
          perMillion,
        ),
        rowOf(
          {
            what: 'a million values of the portal’s form',
            unit: 'ms',
            baseline: 'split, upsert of 5,000 rows by unnest',
            is: 'faster',
            mark: { name: 'M1', ratio: 25, moonshot: 60 },
          },
          told.csv.rivals,
          perMillion,
        ),
        rowOf(
          {
            what: 'a million values of a market message',
            unit: 'ms',
            baseline: 'saxes, the same upsert',
            is: 'faster',
            mark: { name: 'M2', ratio: 15, moonshot: 40 },
          },
          told.xml.rivals,
          perMillion,
        ),
        rowOf(
          {
            what: 'the portal’s form',
            unit: 'ms',
            baseline: 'a loop that sums the bytes of the file',
            is: 'dearer',
            mark: { name: 'M3', ratio: 6, moonshot: 2 },
          },
          told.csv.floor,
          perMillion,
        ),
        rowOf(
          {
            what: 'a market message',
            unit: 'ms',
            baseline: 'a loop that sums the bytes of the file',
            is: 'dearer',
            mark: { name: 'M3', ratio: 6, moonshot: 2 },
          },
          told.xml.floor,
          perMillion,
        ),
      ]
    } finally {
      await made.close()
    }
  },
})
