// SQL of signing in, all under the login of the sign-in machinery.
import type { Read, Write } from '../../platform/database.ts'
import { bool, branded, bytes, day, instant, int, nullable, shape, text, texts } from '../../platform/row.ts'
import { columns, sql } from '../../platform/sql.ts'

const language = branded<'fi' | 'sv' | 'en'>(text)

const staffRow = shape({
  id: int,
  login: text,
  name: text,
  unit: text,
  language,
  state: text,
  secrecy_committed_on: nullable(day),
  password_hash: nullable(text),
  password_must_change: bool,
  totp_secret: nullable(bytes),
  totp_confirmed_at: nullable(instant),
  totp_last_step: nullable(int),
  recovery_hashes: nullable(texts),
  failed_attempts: int,
  locked_until: nullable(instant),
  totp_pending: nullable(bytes),
  first_password_until: nullable(instant),
  sign_in_round: int,
})

export const staffByLogin = (db: Read, login: string) =>
  db.maybe(staffRow, sql`select ${columns(staffRow)} from staff where login = ${login}`)
export const staffById = (db: Read, id: number) =>
  db.maybe(staffRow, sql`select ${columns(staffRow)} from staff where id = ${id}`)

const idRow = shape({ id: int })

/** Counted from what stands there, whatever was read before. `rests`: seconds of rest after so many failures, from the first; the last for all more. */
export const countFailure = (db: Write, id: number, rests: readonly number[], now: Date) =>
  db.one(
    idRow,
    sql`update staff set failed_attempts = least(failed_attempts + 1, 1000),
               locked_until = greatest(locked_until, ${now}::timestamptz + make_interval(secs => (${rests}::float8[])[least(failed_attempts + 1, cardinality(${rests}::float8[]))]))
         where id = ${id} returning id`,
  )

const sessionRow = shape({
  staff_id: int,
  role: nullable(text),
  hat: nullable(text),
  stage: text,
  seen_at: instant,
})

export const insertSession = (
  db: Write,
  made: {
    readonly id: Buffer
    readonly staff: number
    readonly round: number
    readonly stage: string
    readonly role: string | null
    readonly hat: string | null
    readonly provider_token: Buffer | null
    readonly agent: string
    readonly now: Date
    readonly expires: Date
  },
) =>
  db.one(
    sessionRow,
    sql`insert into staff_session (id, staff_id, sign_in_round, stage, role, hat, provider_token, user_agent, started_at, seen_at, expires_at)
        values (${made.id}, ${made.staff}, ${made.round}, ${made.stage}, ${made.role}, ${made.hat}, ${made.provider_token}, ${made.agent}, ${made.now}, ${made.now}, ${made.expires})
        returning ${columns(sessionRow)}`,
  )

/** Alive: of the person's present round, neither ended, nor idle too long, nor past its whole time. */
export const liveSession = (db: Read, id: Buffer, now: Date, idleSince: Date) =>
  db.maybe(
    sessionRow,
    sql`select ${columns(sessionRow, 's')} from staff_session s
          join staff on staff.id = s.staff_id and staff.sign_in_round = s.sign_in_round and staff.state in ('invited', 'active')
         where s.id = ${id} and s.ended_at is null and s.expires_at > ${now} and s.seen_at > ${idleSince}`,
  )

const completeRow = shape({ staff_id: int, role: text, hat: text, seen_at: instant })

/** A session that may work: complete, of one who is committed to secrecy and still holds the role today. */
export const workingSession = (db: Read, id: Buffer, now: Date, idleSince: Date, today: string) =>
  db.maybe(
    completeRow,
    sql`select ${columns(completeRow, 's')} from staff_session s
          join staff on staff.id = s.staff_id and staff.sign_in_round = s.sign_in_round
           and staff.state = 'active' and staff.secrecy_committed_on is not null
          join staff_role r on r.staff_id = s.staff_id and r.role = s.role and r.during @> ${today}::date
         where s.id = ${id} and s.stage = 'complete' and s.ended_at is null and s.expires_at > ${now} and s.seen_at > ${idleSince}`,
  )

export const touchSession = (db: Read, id: Buffer, now: Date) =>
  db.all(sessionRow, sql`update staff_session set seen_at = ${now} where id = ${id} returning ${columns(sessionRow)}`)

export const updateSession = (db: Write, id: Buffer, stage: string, role: string | null, hat: string | null) =>
  db.one(
    sessionRow,
    sql`update staff_session set stage = ${stage}, role = ${role}, hat = ${hat} where id = ${id} returning ${columns(sessionRow)}`,
  )

const closedRow = shape({ staff_id: int, provider_token: nullable(bytes) })

/** The provider's token goes with it, and is given back once. */
export const closeSession = (db: Write, id: Buffer, now: Date) =>
  db.all(
    closedRow,
    sql`update staff_session s set ended_at = ${now}, provider_token = null
          from staff_session former where s.id = ${id} and s.ended_at is null and former.id = s.id
        returning ${columns(closedRow, 'former')}`,
  )

const roleRow = shape({ staff_id: int, role: text })
export const rolesOf = (db: Read, staff: number, today: string) =>
  db.all(
    roleRow,
    sql`select ${columns(roleRow)} from staff_role where staff_id = ${staff} and during @> ${today}::date order by id`,
  )

export const setSecret = (db: Write, id: number, secret: Buffer) =>
  db.one(
    idRow,
    sql`update staff set totp_secret = ${secret} where id = ${id} and totp_confirmed_at is null returning id`,
  )

const awake = (now: Date) => sql`(locked_until is null or locked_until <= ${now})`

/**
 * A step of the authenticator is good once: the row is changed only when the step is newer than the last, and while the account does not rest
 * after others that were tried at the same time.
 */
export const useStep = (db: Write, id: number, step: number, now: Date) =>
  db.maybe(
    idRow,
    sql`update staff set totp_last_step = ${step}, failed_attempts = 0, locked_until = null
         where id = ${id} and (totp_last_step is null or totp_last_step < ${step}) and ${awake(now)} returning id`,
  )

export const useRecovery = (db: Write, id: number, hash: string, now: Date) =>
  db.maybe(
    idRow,
    sql`update staff set recovery_hashes = array_remove(recovery_hashes, ${hash})
         where id = ${id} and ${hash} = any (recovery_hashes) and ${awake(now)} returning id`,
  )

const roundRow = shape({ id: int, sign_in_round: int })

/** None when the round was raised meanwhile: a reset that came first is not undone. */
export const completeEnrolment = (
  db: Write,
  id: number,
  round: number,
  made: {
    readonly password_hash: string
    readonly today: string
    readonly now: Date
    readonly recovery: readonly string[]
  },
) =>
  db.maybe(
    roundRow,
    sql`update staff set password_hash = ${made.password_hash}, password_must_change = false, first_password_until = null,
               secrecy_committed_on = ${made.today}::date, totp_confirmed_at = ${made.now}, recovery_hashes = ${made.recovery}::text[],
               state = 'active', sign_in_round = sign_in_round + 1, version = version + 1
         where id = ${id} and sign_in_round = ${round} and state in ('invited', 'active') returning ${columns(roundRow)}`,
  )

export const insertStaff = (
  db: Write,
  made: {
    readonly login: string
    readonly name: string
    readonly unit: string
    readonly language: string
    readonly password_hash: string
    /** Until when the first password is good; null has no end. */
    readonly until: Date | null
    readonly now: Date
    readonly by: string
  },
) =>
  db.maybe(
    idRow,
    sql`insert into staff (login, name, unit, language, state, password_hash, first_password_until, recorded_at, recorded_by)
        values (${made.login}, ${made.name}, ${made.unit}, ${made.language}, 'invited', ${made.password_hash}, ${made.until}, ${made.now}, ${made.by})
        on conflict (login) do nothing returning id`,
  )

export const insertRoles = (db: Write, staff: number, roles: readonly string[], today: string, now: Date, by: string) =>
  db.all(
    roleRow,
    sql`insert into staff_role (staff_id, role, during, recorded_at, recorded_by)
        select ${staff}, role, daterange(${today}::date, null), ${now}, ${by} from unnest(${roles}::text[]) as t (role)
        returning ${columns(roleRow)}`,
  )
