// SQL of programs' tokens. Under the administrator's login no statement gives back a hash, since it may read none.
import type { Read, Write } from '../../../platform/database.ts'
import { branded, bytes, day, instant, int, nullable, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { Purpose } from '../../../register/vocabulary.ts'

const tokenRow = shape({
  id: int,
  staff_id: int,
  name: text,
  role: text,
  purpose: text,
  hat: text,
  expires_at: instant,
  revoked_at: nullable(instant),
  last_used_at: nullable(instant),
  recorded_at: instant,
  recorded_by: text,
})

export const tokens = (db: Read, before: number | undefined, limit: number) =>
  db.all(
    tokenRow,
    sql`select ${columns(tokenRow)} from api_token where id < ${before ?? Number.MAX_SAFE_INTEGER} order by id desc limit ${limit}`,
  )

const namedRow = shape({ id: int, name: text, state: text, secrecy_committed_on: nullable(day) })

export const answeringOf = (db: Read, staff: readonly number[]) =>
  db.all(namedRow, sql`select ${columns(namedRow)} from staff where id = any (${staff}::bigint[])`)

const rolesRow = shape({ staff_id: int, role: text })

export const rolesToday = (db: Read, staff: readonly number[], today: string) =>
  db.all(
    rolesRow,
    sql`select ${columns(rolesRow)} from staff_role where staff_id = any (${staff}::bigint[]) and during @> ${today}::date`,
  )

const idRow = shape({ id: int })

export const insertToken = (
  db: Write,
  made: {
    readonly staff: number
    readonly name: string
    readonly hash: Buffer
    readonly role: string
    readonly purpose: string
    readonly hat: string
    readonly until: string
    readonly now: Date
    readonly by: string
  },
) =>
  db.one(
    idRow,
    sql`insert into api_token (staff_id, name, hash, role, purpose, hat, expires_at, recorded_at, recorded_by)
        values (${made.staff}, ${made.name}, ${made.hash}, ${made.role}, ${made.purpose}, ${made.hat},
                ${made.until}::date::timestamp at time zone 'Europe/Helsinki', ${made.now}, ${made.by})
        returning ${columns(idRow)}`,
  )

const revokedRow = shape({ id: int, revoked_at: instant })

/** Once revoked, it stays so from the first time on. */
export const closeToken = (db: Write, id: number, now: Date) =>
  db.maybe(
    revokedRow,
    sql`update api_token set revoked_at = coalesce(revoked_at, ${now}) where id = ${id} returning ${columns(revokedRow)}`,
  )

const workingRow = shape({
  id: int,
  hash: bytes,
  role: text,
  purpose: branded<Purpose>(text),
  hat: text,
  last_used_at: nullable(instant),
})

/**
 * For the login of the sign-in machinery: a token that may work, as a session may: its person is active, committed to secrecy, and holds the role today, unless it is one of
 * those that no person can hold.
 */
export const workingToken = (
  db: Read,
  hashes: readonly Buffer[],
  ownToPrograms: readonly string[],
  now: Date,
  today: string,
) =>
  db.maybe(
    workingRow,
    sql`select ${columns(workingRow, 't')} from api_token t
          join staff on staff.id = t.staff_id and staff.state = 'active' and staff.secrecy_committed_on is not null
         where t.hash = any (${hashes}::bytea[]) and t.revoked_at is null and t.expires_at > ${now}
           and (t.role = any (${ownToPrograms}::text[])
             or exists (select from staff_role r where r.staff_id = t.staff_id and r.role = t.role and r.during @> ${today}::date))`,
  )

export const touchToken = (db: Read, id: number, now: Date) =>
  db.all(idRow, sql`update api_token set last_used_at = ${now} where id = ${id} returning ${columns(idRow)}`)

/** Under the newest master key: only who has the token can do it, so it is done when it is used. */
export const moveToken = (db: Read, id: number, hash: Buffer) =>
  db.all(idRow, sql`update api_token set hash = ${hash} where id = ${id} returning ${columns(idRow)}`)
