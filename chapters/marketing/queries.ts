// SQL of the ledger of permissions, one named function a statement. Lines are added, never changed.
import type { Read, Write } from '../../platform/database.ts'
import { branded, computed, instant, int, nullable, shape, text } from '../../platform/row.ts'
import { columns, sql } from '../../platform/sql.ts'
import type { CustomerId } from '../customers/index.ts'
import type { channels, states } from './api.ts'

const customer = branded<CustomerId>(int)

const permissionRow = shape({
  id: int,
  customer_id: customer,
  controller: int,
  channel: branded<(typeof channels)[number]>(text),
  state: branded<(typeof states)[number]>(text),
  text_version: nullable(text),
  evidence: nullable(text),
  source: text,
  recorded_at: instant,
})

export const newestOfCustomer = (db: Read, id: CustomerId) =>
  db.all(
    permissionRow,
    sql`select distinct on (controller, channel) ${columns(permissionRow)} from marketing_permission
         where customer_id in (select id from customer where id = ${id} or merged_into = ${id})
         order by controller, channel, id desc`,
  )

export type NewLine = {
  readonly channel: string
  readonly state: string
  readonly text_version: string | null
  readonly evidence: string | null
}
export type Told = { readonly source: string; readonly now: Date; readonly by: string; readonly mask: number }

/** Walls of the new line are those of the person. No row: the person is not there for this bundle. */
export const insertLine = (db: Write, id: CustomerId, made: NewLine, { source, now, by, mask }: Told) =>
  db.maybe(
    permissionRow,
    sql`insert into marketing_permission (customer_id, controller, channel, state, text_version, evidence, restricted, marketable, source, recorded_at, recorded_by)
        select id, ${mask}::smallint, ${made.channel}, ${made.state}, ${made.text_version}, ${made.evidence}, restricted, marketable, ${source}, ${now}, ${by}
          from customer where id = ${id}
        returning ${columns(permissionRow)}`,
  )

/** Opens or closes the person to those who approach people, at once and in this transaction. */
export const settleMarketable = (db: Write, id: CustomerId) =>
  db.all(shape({ done: computed(nullable(text), []) }), sql`select wall_marketable(array[${id}::bigint])::text as done`)

const listRow = shape({
  id: customer,
  number: text,
  language: branded<'fi' | 'sv' | 'en'>(text),
  given: nullable(text),
  call_name: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
  recorded_at: instant,
})
const page = 500

/** Whose newest line of this channel is a permission; the wall has left out who is protected, restricted or dead. */
export const permittedBy = (db: Read, channel: string, after: number) =>
  db.all(
    listRow,
    sql`select c.id, c.number, c.language, n.given, n.call_name, n.family, n.organisation, newest.recorded_at
          from customer c
          join lateral (select state, recorded_at from marketing_permission
                         where customer_id = c.id and channel = ${channel} order by id desc limit 1) newest on newest.state = 'granted'
          left join customer_name n on n.customer_id = c.id and n.kind = 'official' and upper_inf(n.during)
         where c.id > ${after} and c.merged_into is null order by c.id limit ${page}`,
  )
