// SQL of one's own password and authenticator. Each change raises the round, and holds only while the round is the one that was looked at.
import type { Write } from '../../../platform/database.ts'
import { int, shape } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'

const roundRow = shape({ id: int, sign_in_round: int })

export const setPassword = (db: Write, id: number, round: number, password_hash: string) =>
  db.maybe(
    roundRow,
    sql`update staff set password_hash = ${password_hash}, password_must_change = false, failed_attempts = 0, locked_until = null,
               sign_in_round = sign_in_round + 1
         where id = ${id} and sign_in_round = ${round} returning ${columns(roundRow)}`,
  )

export const setPending = (db: Write, id: number, round: number, secret: Buffer) =>
  db.maybe(
    roundRow,
    sql`update staff set totp_pending = ${secret}, failed_attempts = 0, locked_until = null
         where id = ${id} and sign_in_round = ${round} returning ${columns(roundRow)}`,
  )

export const confirmPending = (
  db: Write,
  id: number,
  round: number,
  made: { readonly step: number; readonly now: Date; readonly recovery: readonly string[] },
) =>
  db.maybe(
    roundRow,
    sql`update staff set totp_secret = totp_pending, totp_pending = null, totp_confirmed_at = ${made.now}, totp_last_step = ${made.step},
               recovery_hashes = ${made.recovery}::text[], failed_attempts = 0, locked_until = null, sign_in_round = sign_in_round + 1
         where id = ${id} and sign_in_round = ${round} and totp_pending is not null returning ${columns(roundRow)}`,
  )
