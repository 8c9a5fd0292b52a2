// SQL of one's own sessions, under the login of the sign-in machinery: each statement names whose they are.
import type { Read, Write } from '../../../platform/database.ts'
import { bytes, instant, int, nullable, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'

const sessionRow = shape({
  id: bytes,
  staff_id: int,
  user_agent: nullable(text),
  started_at: instant,
  seen_at: instant,
  expires_at: instant,
})

export const openSessions = (db: Read, staff: number, now: Date, idleSince: Date) =>
  db.all(
    sessionRow,
    sql`select ${columns(sessionRow, 's')} from staff_session s
          join staff on staff.id = s.staff_id and staff.sign_in_round = s.sign_in_round
         where s.staff_id = ${staff} and s.ended_at is null and s.expires_at > ${now} and s.seen_at > ${idleSince}
         order by s.started_at desc`,
  )

export const closeOwnSession = (db: Write, staff: number, id: Buffer, now: Date) =>
  db.maybe(
    sessionRow,
    sql`update staff_session set ended_at = ${now} where id = ${id} and staff_id = ${staff} and ended_at is null
        returning ${columns(sessionRow)}`,
  )
