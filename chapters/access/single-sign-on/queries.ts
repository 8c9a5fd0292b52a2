// SQL of single sign-on.
import type { Read, Write } from '../../../platform/database.ts'
import { bool, day, instant, int, nullable, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'

const staffRow = shape({
  id: int,
  state: text,
  secrecy_committed_on: nullable(day),
  password_must_change: bool,
  totp_confirmed_at: nullable(instant),
  sign_in_round: int,
})

/** For the login of the sign-in machinery. */
export const staffBySubject = (db: Read, subject: string) =>
  db.maybe(staffRow, sql`select ${columns(staffRow)} from staff where oidc_subject = ${subject}`)

const versionRow = shape({ id: int, version: int })

/** What was signed in by another name is over. */
export const setSubject = (db: Write, id: number, subject: string | null) =>
  db.one(
    versionRow,
    sql`update staff set oidc_subject = ${subject}, sign_in_round = sign_in_round + 1 where id = ${id} returning ${columns(versionRow)}`,
  )
