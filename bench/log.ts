// The access log: every read of a card durable before its answer, against no log and against one INSERT for each line.
import { cardOf, openLog, opened, poolSize, unlogged } from './kit/card.ts'
import { clockOf, inTurns, rowOf } from './kit/measure.ts'
import { population } from './kit/population.ts'
import { topic } from './kit/topic.ts'
import type { AccessLog } from '../enforcement/access-event.ts'
import { linesOf } from '../enforcement/access-log/line.ts'
import { openPool } from '../platform/database.ts'

export const bench = topic({
  what: 'the access log: each read sealed and durable before its answer leaves',
  options: {
    customers: { default: 20_000, tiny: 300, what: 'people in the register' },
    cards: { default: 200, tiny: 4, what: 'cards opened in each run' },
    flight: { default: 32, tiny: 2, what: 'cards that are being opened at a time, of eight requests each' },
    pairs: { default: 7, tiny: 1, what: 'pairs of runs' },
  },
  run: async ({ customers, cards, flight, pairs }, say) => {
    const people = await population(customers, say, poolSize)
    const plain = openPool(people.login, poolSize, 'bench, a plain log', 'once')
    try {
      await people.owner.query('drop table if exists plain_log')
      await people.owner.query(
        `create table plain_log (id bigint generated always as identity primary key, request uuid, seq integer, at timestamptz, actor text, role text,
           purpose text, hat text, subject_id bigint, categories text[], endpoint text, because text, outcome text, notice_hash text);
         create index on plain_log (subject_id, id desc); create index on plain_log (actor, id desc); create index on plain_log (at)`,
      )
      const card = await cardOf(people, cards)
      const { log, close } = await openLog(people)
      const clock = await clockOf(people.owner)
      const strict: AccessLog = { note: (events) => log.note(events, { strict: true }) }
      /** What is usual: each line its own INSERT, committed before the answer. */
      const rowByRow: AccessLog = {
        note: async (events) => {
          for (const line of linesOf(events))
            await plain.query({
              name: 'plain',
              text: `insert into plain_log (request, seq, at, actor, role, purpose, hat, subject_id, categories, endpoint, because, outcome, notice_hash)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
              values: [
                line.request,
                line.seq,
                line.at,
                line.actor,
                line.role,
                line.purpose,
                line.hat,
                line.subject,
                line.categories,
                line.endpoint,
                line.because,
                line.outcome,
                line.noticeHash,
              ],
            })
        },
      }
      try {
        const n = card.customers.length
        say(`${n} cards of eight requests`)
        const run = (of: AccessLog) => {
          const open = card.controlled(of)
          return () => opened(card.customers, flight, open)
        }
        const base = { unit: 'ms' } as const
        const bare = await inTurns(pairs, clock, run(strict), run(unlogged))
        const single = await inTurns(pairs, clock, run(strict), run(rowByRow))
        const prompt = await inTurns(pairs, clock, run(log), run(unlogged))
        return [
          rowOf(
            {
              ...base,
              what: 'card, each read sealed and durable before its answer',
              baseline: 'the same without a log',
              is: 'dearer',
              mark: { name: 'M16', ratio: 1.25, moonshot: 1.05 },
            },
            bare,
            n,
          ),
          rowOf(
            {
              ...base,
              what: 'card, each read sealed and durable before its answer',
              baseline: 'one INSERT for each line, committed before the answer',
              is: 'faster',
              mark: { name: 'M16', ratio: 1.4, moonshot: 1.8 },
            },
            single,
            n,
          ),
          rowOf(
            {
              ...base,
              what: 'card, as the product does: in the spool, sealed soon',
              baseline: 'the same without a log',
              is: 'dearer',
            },
            prompt,
            n,
          ),
        ]
      } finally {
        await close()
        await card.close()
      }
    } finally {
      await plain.end()
      await people.owner.query('drop table if exists plain_log')
      await people.close()
    }
  },
})
