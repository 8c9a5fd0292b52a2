// The register's own access log, audited whole: for the command, and for whoever asks whether the log is what was signed.
import pg from 'pg'
import { auditLog } from '../enforcement/access-log/audit.ts'
import { addPeriod } from '../platform/clock.ts'
import type { Settings } from '../platform/settings.ts'
import { openOn } from './program.ts'

/** What is wrong with it, a line each. @throws Unavailable as the register itself when it cannot be opened. */
export const auditOf = async (settings: Settings): Promise<readonly string[]> => {
  const opened = await openOn(settings)
  const owner = new pg.Client({ ...opened.owner })
  try {
    const periods = opened.register.description.retention.filter(({ category }) => category === 'access-log')
    // Where several periods hold, the longest keeps the line.
    const from = periods
      .map(({ period }) => addPeriod(opened.now(), period, -1))
      .toSorted((a, b) => Number(a) - Number(b))
    await owner.connect()
    return await auditLog({ owner, key: opened.log.key, keptFrom: from[0] ?? new Date(0) })
  } finally {
    await owner.end()
    await opened.stop()
  }
}
