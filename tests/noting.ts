// A program that the tests of the access log kill: it tells the log of requests without end, and prints each one whose lines are kept.
import { createPrivateKey, randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { openAccessLog } from '../enforcement/access-log/log.ts'
import { type Login, openPool } from '../platform/database.ts'

/** What it is given on its standard input. */
export type Noting = { readonly login: Login; readonly folder: string; readonly key: string; readonly origin: string }

/** Lines of each request. */
export const linesEach = 3

const run = async ({ login, folder, key, origin }: Noting): Promise<void> => {
  const log = await openAccessLog({
    pool: openPool(login, 2, 'noting'),
    folder,
    signingKey: createPrivateKey(key),
    origin,
    now: () => new Date(),
  })
  const worker = async (strict: boolean): Promise<never> => {
    for (;;) {
      const request = randomUUID()
      const events = Array.from({ length: linesEach }, (_, n) => ({
        at: new Date(),
        request,
        actor: 'staff:1',
        role: 'customer-service',
        purpose: 'customer-care' as const,
        hat: 'retail',
        subject: n,
        categories: ['name'] as const,
        endpoint: 'find customers',
        because: null,
        outcome: 'listed' as const,
        noticeHash: 'ab'.repeat(32),
      }))
      await log.note(events, { strict })
      writeSync(1, `${request}\n`)
    }
  }
  await Promise.all(Array.from({ length: 12 }, (_, n) => worker(n % 3 > 0)))
}

if (import.meta.main) await run(JSON.parse(await text(process.stdin)) as Noting)
