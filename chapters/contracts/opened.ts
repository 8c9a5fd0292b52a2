// One contract as it is told: with its parties, and its status of the day. Routes of contracts and of their endings rely on it.
import { dayOf } from '../../platform/clock.ts'
import type { Read } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import * as queries from './queries.ts'
import { statusOf } from './rules.ts'

/** @throws NotFound also for what another company agreed */
export const opened = async (db: Read, id: number, now: Date) => {
  const [row] = await queries.findContract(db, id)
  if (row === undefined) throw new NotFound('contract.not-found')
  return { ...row, status: statusOf(row, row.during, dayOf(now)), parties: await queries.partiesOfContract(db, id) }
}
