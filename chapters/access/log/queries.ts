// SQL over the access log: newest first, by keyset, so that the last page costs what the first does.
import type { Read } from '../../../platform/database.ts'
import { branded, bytes, computed, instant, int, nullable, shape, text, texts, uuid } from '../../../platform/row.ts'
import { columns, join, raw, type Sql, sql } from '../../../platform/sql.ts'
import type { outcomes } from './api.ts'

const outcome = branded<(typeof outcomes)[number]>(text)
const lineRow = shape({
  id: int,
  request: uuid,
  at: instant,
  actor: text,
  role: text,
  purpose: text,
  hat: text,
  subject_id: nullable(int),
  categories: texts,
  endpoint: text,
  because: nullable(text),
  outcome,
})

export type Sought = {
  readonly actor?: string | undefined
  readonly purpose?: string | undefined
  readonly endpoint?: string | undefined
  readonly reason?: string | undefined
  readonly because?: string | undefined
  readonly outcome?: string | undefined
  readonly about?: 'people' | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly before?: number | undefined
  readonly limit: number
}

const where = (conditions: readonly (Sql | undefined)[]): Sql => {
  const given = conditions.filter((condition) => condition !== undefined)
  return given.length === 0 ? raw('') : sql`where ${join(given, ' and ')}`
}

/** The person and those who were merged into them; who may not read of mergers is shown the person alone. */
const ofPerson = (customer: number, cluster: boolean): Sql =>
  cluster
    ? sql`(subject_id = ${customer} or subject_id in (select id from customer where merged_into = ${customer}))`
    : sql`subject_id = ${customer}`

/**
 * Lines are sealed after they happened: what was sealed an hour before `from` happened before it, whatever the clocks of two machines
 * say. So a search of the last days ends where they end, and does not read the log of years for a rare line.
 */
const since = (from: string): Sql =>
  sql`at >= ${from}::timestamptz and id >= coalesce((select size from access_checkpoint
       where at <= ${from}::timestamptz - interval '1 hour' order by size desc limit 1), 0)`

const forReason = (reason: string): Sql =>
  reason === 'none' ? sql`because is null` : sql`starts_with(because, ${`${reason}:`})`

/** Only the conditions that were given, so that each kind of search finds its own index. */
export const accessLines = (
  db: Read,
  sought: Sought,
  person?: { readonly customer_id: number; readonly cluster: boolean },
) => {
  const { actor, purpose, endpoint, reason, because, outcome: came, about, from, to, before, limit } = sought
  return db.all(
    lineRow,
    sql`select ${columns(lineRow)} from access_event ${where([
      person && ofPerson(person.customer_id, person.cluster),
      actor === undefined ? undefined : sql`actor = ${actor}`,
      purpose === undefined ? undefined : sql`purpose = ${purpose}`,
      endpoint === undefined ? undefined : sql`endpoint = ${endpoint}`,
      reason === undefined ? undefined : forReason(reason),
      because === undefined ? undefined : sql`position(lower(${because}) in lower(because)) > 0`,
      came === undefined ? undefined : sql`outcome = ${came}`,
      about === undefined ? undefined : sql`subject_id is not null`,
      from === undefined ? undefined : since(from),
      to === undefined ? undefined : sql`at < ${to}::timestamptz`,
      before === undefined ? undefined : sql`id < ${before}`,
    ])} order by id desc limit ${limit}`,
  )
}

const staffRow = shape({ id: int, name: text })
export const staffNames = (db: Read, ids: readonly number[]) =>
  db.all(staffRow, sql`select ${columns(staffRow)} from staff where id = any (${ids}::bigint[])`)

const numberRow = shape({ id: int, number: text })
const nameRow = shape({
  given: nullable(text),
  call_name: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
})

/** Numbers and official names of today. */
export const personNames = (db: Read, ids: readonly number[]) =>
  db.all(
    { ...numberRow, ...nameRow },
    sql`select ${columns(numberRow, 'c')}, ${columns(nameRow, 'n')}
          from customer c left join customer_name n on n.customer_id = c.id and n.kind = 'official' and upper_inf(n.during)
         where c.id = any (${ids}::bigint[])`,
  )

// Counts tell of nobody, so they name nobody: what they are counted by is computed as well.
const people = computed(int, ['access-log'])
const countRow = shape({
  endpoint: computed(text, ['access-log']),
  outcome: computed(outcome, ['access-log']),
  people,
  lines: people,
})
export const seenBy = (db: Read, actor: string, from: string, to: string) =>
  db.all(
    countRow,
    sql`select concat(endpoint) as endpoint, concat(outcome) as outcome, count(distinct subject_id) as people, count(*) as lines from access_event
         where actor = ${actor} and ${since(from)} and at < ${to}::timestamptz and subject_id is not null
         group by access_event.endpoint, access_event.outcome order by people desc, lines desc, 1, 2`,
  )

const totalRow = shape({ people, lines: people })
export const seenByInAll = (db: Read, actor: string, from: string, to: string) =>
  db.one(
    totalRow,
    sql`select count(distinct subject_id) as people, count(*) as lines from access_event
         where actor = ${actor} and ${since(from)} and at < ${to}::timestamptz and subject_id is not null`,
  )

const idRow = shape({ id: int })
export const lineExists = (db: Read, id: number) =>
  db.maybe(idRow, sql`select ${columns(idRow)} from access_event where id = ${id}`)

const checkpointRow = shape({ size: int, root: bytes, note: text, at: instant })

export const checkpoints = (db: Read, before: number | undefined, limit: number) =>
  db.all(
    checkpointRow,
    sql`select ${columns(checkpointRow)} from access_checkpoint ${where([
      before === undefined ? undefined : sql`size < ${before}`,
    ])} order by size desc limit ${limit}`,
  )

export const findCheckpoint = (db: Read, size: number) =>
  db.maybe(checkpointRow, sql`select ${columns(checkpointRow)} from access_checkpoint where size = ${size}`)
