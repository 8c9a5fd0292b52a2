// Why a request is made, held against what truly is: the call of that contact, in one's own hands, about this person, and how surely the
// caller is known. What is claimed and is not so is refused, so that the access log never keeps a reason that somebody made up.
import type { Pool } from '../platform/database.ts'
import { Forbidden } from '../platform/errors.ts'
import type { CallerLevel, CallerNeed, Endpoint } from '../register/endpoint.ts'
import { type Because, openingReasons, readBecause } from '../register/reasons.ts'
import type { Bundle } from './bundles.ts'
import type { Register } from './register.ts'

/** Who is on the line. `scope` is what they may be told and change for another; null when they speak for themselves. */
export type Caller = {
  readonly contact: number
  readonly customer: number
  readonly level: CallerLevel
  readonly scope: readonly string[] | null
}

export type Why = { readonly written: string; readonly because: Because; readonly caller: Caller | null }

type Asking = { readonly role: string; readonly hat: string; readonly staff_id: number | null }

/** What a call or a task is a reason for ends with the shift. */
const shift = '12 hours'

const needed = {
  call: ['contact-event', 'caller-verification', 'representation'],
  task: ['contact-event'],
  ring: ['incoming-call'],
} as const

/** The bundle of this role and hat that may look: another purpose of the same role may be the one that answers. */
const lookingFor = (register: Register, { role, hat }: Asking, is: keyof typeof needed): Bundle | undefined =>
  [...register.bundles.values()].find(
    (bundle) =>
      bundle.role === role && bundle.hat === hat && needed[is].every((category) => bundle.reads.has(category)),
  )

/** About the person ($2), or one who was joined to them. */
const about = `c.customer_id = $2::bigint or exists (select from customer m where m.id = c.customer_id and m.merged_into = $2::bigint)`
const day = `($4::timestamptz at time zone 'Europe/Helsinki')::date`

/** The call that this person of the staff took; `theirs` as well about one for whom, or by whom, the caller's customer acts today. */
const callSql = `
  select c.customer_id, case when v.ends_at > $4::timestamptz then v.level else 0 end as level, r.scope, v.representation_id is not null as acting,
         $2::bigint is null or ${about}
           or exists (select from representation a where a.during @> ${day}
                       and ((a.represented_id = c.customer_id and a.representative_id = $2::bigint)
                         or (a.representative_id = c.customer_id and a.represented_id = $2::bigint))) as theirs
    from contact c left join caller_verification v on v.contact_id = c.id
    left join representation r on r.id = v.representation_id and r.during @> ${day}
   where c.id = $1 and c.staff_id = $3::bigint and c.channel = 'call' and c.at > $4::timestamptz - $5::interval`

/** What was promised, as long as it is not kept, or was kept in this shift. */
const taskSql = `
  select $2::bigint is null or ${about} as theirs from contact c
   where c.id = $1 and c.follow_up_on is not null and coalesce(c.followed_up_at > $3::timestamptz - $4::interval, true)`

const ringSql = `
  select $2::bigint is null as theirs from incoming_call where id = $1 and at > $3::timestamptz - $4::interval`

type Found = {
  readonly theirs: boolean
  readonly customer_id: number
  readonly level: CallerLevel
  readonly scope: readonly string[] | null
  readonly acting: boolean
}

const look = async (pool: Pool, text: string, values: readonly unknown[]): Promise<Found | undefined> =>
  (await pool.query<Found>(text, [...values])).rows[0]

/**
 * @throws Forbidden `reason.missing` (428) when nothing is said, `reason.not-so` when what is said is not so
 */
export const readWhy = async (
  register: Register,
  bundle: Bundle,
  asking: Asking,
  written: string,
  person: number | undefined,
  now: Date,
): Promise<Why> => {
  const because = readBecause(written)
  if (because === undefined) throw new Forbidden('reason.missing', { status: 428 })
  const notSo = (why: string) => new Forbidden('reason.not-so', { detail: `${written}: ${why}` })
  if (because.is === 'job' && !bundle.system) throw notSo('no person is a job')
  if (because.is === 'case' || because.is === 'mail' || because.is === 'reason' || because.is === 'job')
    return { written, because, caller: null }
  const looking = lookingFor(register, asking, because.is)
  if (looking === undefined) throw notSo('this role has none')
  const pool = register.pool(looking.login)
  const found =
    because.is === 'call'
      ? await look(pool, callSql, [because.id, person ?? null, asking.staff_id, now, shift])
      : await look(pool, because.is === 'task' ? taskSql : ringSql, [because.id, person ?? null, now, shift])
  if (found === undefined) throw notSo('it is not in these hands')
  if (!found.theirs) throw notSo('it is about someone else')
  if (because.is !== 'call') return { written, because, caller: null }
  const { customer_id, level, scope, acting } = found
  return {
    written,
    because,
    // Who acted for another until yesterday acts within no scope today.
    caller: { contact: because.id, customer: customer_id, level, scope: acting ? (scope ?? []) : null },
  }
}

/** Pure. Whether who is on the line may be told what needs so much; without a call there is nobody to tell. */
export const isTold = (caller: Caller | null, need: CallerNeed | undefined): boolean =>
  caller === null ||
  need === undefined ||
  (caller.level >= need.level &&
    (caller.scope === null || caller.scope.includes('everything') || caller.scope.includes(need.scope)))

/** Pure. What an endpoint asks of the reason and of the caller; undefined when it is met. */
export const refusedBy = (endpoint: Endpoint, why: Why | undefined): string | undefined => {
  if (endpoint.asksWhy && why === undefined) return 'reason.missing'
  if (endpoint.caller === undefined || why === undefined) return undefined
  const { because, caller } = why
  if (because.is === 'reason' && endpoint.writes !== undefined && !openingReasons[because.reason].changes)
    return 'reason.no-ground'
  if (caller === null) return undefined
  if (caller.level < endpoint.caller.level) return 'caller.not-verified'
  return isTold(caller, endpoint.caller) ? undefined : 'caller.out-of-scope'
}
