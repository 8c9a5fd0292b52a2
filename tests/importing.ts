// A program that a test of imports kills: it takes a file of values in, and says after each part how many rows are.
import { writeSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { importFile } from '../chapters/exchange/jobs.ts'
import { openRegister } from '../enforcement/register.ts'
import { fixedClock } from '../platform/clock.ts'
import type { Login } from '../platform/database.ts'
import { masterKeys } from '../platform/keys.ts'

/** What it is given on its standard input. */
export type Importing = { readonly owner: Login; readonly file: string }

if (import.meta.main) {
  const { owner, file } = JSON.parse(await text(process.stdin)) as Importing
  const clock = fixedClock('2026-11-24T08:00:00Z')
  const register = await openRegister({ owner, clock, keys: masterKeys([Buffer.alloc(32, 7)]) })
  await importFile(
    { register, log: { note: async () => undefined }, now: () => clock.now() },
    { file, source: 'datahub', kind: 'consumption', dryRun: false },
    ({ rows_read }) => void writeSync(1, `${rows_read}\n`),
  )
  await register.close()
}
