// SQL of staff administration, under the administrator's own login: it gives back no credential, since it may read none.
import type { Read, Write } from '../../../platform/database.ts'
import { branded, day, instant, int, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'

const state = branded<'invited' | 'active' | 'locked' | 'ended'>(text)

const staffRow = shape({
  id: int,
  login: text,
  name: text,
  unit: text,
  language: branded<'fi' | 'sv' | 'en'>(text),
  state,
  secrecy_committed_on: nullable(day),
  oidc_subject: nullable(text),
  recorded_at: instant,
  version: int,
})

export type Sought = {
  readonly text: string | undefined
  readonly staff_id: number | undefined
  readonly after: number | undefined
  readonly limit: number
}

/** The place after a row is said by its id, so that no address holds a name; who was renamed meanwhile is where their name now is. */
export const listStaff = (db: Read, { text: typed, staff_id, after, limit }: Sought) =>
  db.all(
    staffRow,
    sql`select ${columns(staffRow)} from staff
         where (${typed ?? null}::text is null or position(lower(${typed ?? null}) in lower(concat_ws(' ', name, login, unit) collate "fi-x-icu")) > 0)
           and (${staff_id ?? null}::bigint is null or id = ${staff_id ?? null})
           and (${after ?? null}::bigint is null or (name, id) > (select s.name, s.id from staff s where s.id = ${after ?? null}))
         order by name, id limit ${limit}`,
  )

const roleRow = shape({ id: int, staff_id: int, role: text, during: period })
export type HeldRole = Awaited<ReturnType<typeof rolesOf>>[number]

export const rolesOf = (db: Read, staff: readonly number[]) =>
  db.all(
    roleRow,
    sql`select ${columns(roleRow)} from staff_role where staff_id = any (${staff}::bigint[]) order by staff_id, lower(during), id`,
  )

export const insertRole = (
  db: Write,
  made: {
    readonly staff: number
    readonly role: string
    readonly from: string
    readonly to: string | null
    readonly now: Date
    readonly by: string
  },
) =>
  db.one(
    roleRow,
    sql`insert into staff_role (staff_id, role, during, recorded_at, recorded_by)
        values (${made.staff}, ${made.role}, daterange(${made.from}::date, ${made.to}::date), ${made.now}, ${made.by})
        returning ${columns(roleRow)}`,
  )

export const findRole = (db: Read, staff: number, id: number) =>
  db.maybe(roleRow, sql`select ${columns(roleRow)} from staff_role where id = ${id} and staff_id = ${staff}`)

export const shortenRole = (db: Write, id: number, to: string) =>
  db.one(
    roleRow,
    sql`update staff_role set during = daterange(lower(during), ${to}::date) where id = ${id} returning ${columns(roleRow)}`,
  )

const versionRow = shape({ id: int, login: text, version: int })

export const findVersion = (db: Read, id: number) =>
  db.maybe(versionRow, sql`select ${columns(versionRow)} from staff where id = ${id}`)

/** The next version, if this one is the newest: who changes a person begins with it, and so waits for whoever began before. */
export const nextVersion = (db: Write, id: number, version: number) =>
  db.maybe(
    versionRow,
    sql`update staff set version = version + 1 where id = ${id} and version = ${version} returning ${columns(versionRow)}`,
  )

export const updateStaff = (
  db: Write,
  id: number,
  { name, unit, language }: { readonly name: string; readonly unit: string; readonly language: string },
) =>
  db.one(
    versionRow,
    sql`update staff set name = ${name}, unit = ${unit}, language = ${language} where id = ${id} returning ${columns(versionRow)}`,
  )

const stateRow = shape({ id: int, state })

/** Opened again, a person is where they were: invited until they have committed themselves to secrecy. */
export const openStaff = (db: Write, id: number) =>
  db.one(
    stateRow,
    sql`update staff set state = case when secrecy_committed_on is null then 'invited' else 'active' end,
               failed_attempts = 0, locked_until = null
         where id = ${id} returning ${columns(stateRow)}`,
  )

/** Their sign-ins end with the same statement, and do not come back when they are let in again. */
export const closeStaff = (db: Write, id: number, to: 'locked' | 'ended') =>
  db.one(
    stateRow,
    sql`update staff set state = ${to}, sign_in_round = sign_in_round + 1 where id = ${id} returning ${columns(stateRow)}`,
  )

/** A role that has not begun is left one day: a period that never holds cannot be written, and the person is out in any case. */
export const endRoles = (db: Write, staff: number, today: string) =>
  db.all(
    roleRow,
    sql`update staff_role set during = daterange(lower(during), greatest(${today}::date, lower(during) + 1))
         where staff_id = ${staff} and (upper(during) is null or upper(during) > greatest(${today}::date, lower(during) + 1))
         returning ${columns(roleRow)}`,
  )

export const endSessions = (db: Write, id: number) =>
  db.maybe(
    versionRow,
    sql`update staff set sign_in_round = sign_in_round + 1 where id = ${id} returning ${columns(versionRow)}`,
  )

/** Back to a first sign-in: what was known to the person, or taken from them, opens nothing any more. */
export const resetCredentials = (db: Write, id: number, password_hash: string, until: Date) =>
  db.one(
    versionRow,
    sql`update staff set password_hash = ${password_hash}, password_must_change = true, first_password_until = ${until},
               totp_secret = null, totp_pending = null, totp_confirmed_at = null, recovery_hashes = null,
               failed_attempts = 0, locked_until = null, sign_in_round = sign_in_round + 1
         where id = ${id} returning ${columns(versionRow)}`,
  )
