// Saved views that are over: a search may hold somebody's name, and what is kept of anyone has its period.
import type { Register } from '../../../enforcement/register.ts'
import { Unavailable } from '../../../platform/errors.ts'

const login = 'retention.rights.group'

/**
 * Takes away what was removed more than a day ago (until then it can be brought back), what nobody has opened for the period that the register
 * describes for what people sign in with, and what belonged to those who have left. How many there were.
 */
export const forgetViews = async (
  { pool, description }: Pick<Register, 'pool' | 'description'>,
  now: Date,
): Promise<number> => {
  const rule = description.retention.find(
    ({ category, purpose }) => category === 'staff-credentials' && purpose === 'security',
  )
  if (rule === undefined) throw new Unavailable('register.no-period', { detail: 'no period for staff-credentials' })
  const { rowCount } = await pool(login).query(
    `delete from saved_view v using staff s
      where s.id = v.staff_id
        and (v.removed_at <= $1::timestamptz - interval '1 day' or v.used_at <= $1::timestamptz - $2::interval or s.state = 'ended')`,
    [now, rule.period],
  )
  return rowCount ?? 0
}
