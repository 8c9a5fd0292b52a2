// SQL of what happened: each kind a page of its own, the newest first; rows behind a wall are simply not there.
import type { Read } from '../../../platform/database.ts'
import { branded, computed, day, instant, int, nullable, shape, text } from '../../../platform/row.ts'
import { columns, raw, sql, type Sql } from '../../../platform/sql.ts'
import type { CustomerId } from '../../customers/index.ts'
import { eventPage } from './api.ts'
import type { Older } from './rules.ts'

const customer = branded<CustomerId>(int)
const energy = branded<'electricity' | 'heat' | 'gas' | 'steam'>(text)

const cluster = (id: CustomerId) => sql`(select id from customer where id = ${id} or merged_into = ${id})`
const olderThan = (at: Sql, id: Sql, older: Older | undefined): Sql =>
  older === undefined ? sql`true` : sql`(${at}, ${id}) < (${older.at}::timestamptz, ${older.id}::bigint)`

/** A civil day in Finland as the moment at which it begins, so that it has its place among moments. */
const momentOf = (bound: 'lower' | 'upper', during: string): Sql =>
  raw(`(${bound}(${during})::timestamp at time zone 'Europe/Helsinki')`)

const agreementRow = shape({
  id: int,
  customer_id: customer,
  contract_id: int,
  number: text,
  contract: branded<'connection' | 'network' | 'sales'>(text),
  energy,
  end_reason: nullable(text),
  name_fi: text,
  name_sv: text,
  name_en: text,
  day: computed(day, ['contract']),
  at: computed(instant, ['contract']),
})

/** By the customer's own part in the contract: beginnings by its lower bound, endings by its upper. */
export const contractsBy = (db: Read, id: CustomerId, bound: 'lower' | 'upper', older: Older | undefined) => {
  const at = momentOf(bound, 'y.during')
  return db.all(
    agreementRow,
    sql`select y.id, y.customer_id, c.id as contract_id, c.number, c.kind as contract, c.energy, c.end_reason, p.name_fi, p.name_sv, p.name_en,
               ${raw(bound)}(y.during) as day, ${at} as at
          from contract_party y join contract c on c.id = y.contract_id join product p on p.id = c.product_id
         where y.customer_id in ${cluster(id)} and ${raw(bound)}(y.during) is not null and ${olderThan(at, raw('y.id'), older)}
         order by at desc, y.id desc limit ${eventPage}`,
  )
}

const moveRow = shape({
  id: int,
  customer_id: customer,
  site_id: int,
  role: branded<'holder' | 'household' | 'owner'>(text),
  street_fi: text,
  street_sv: nullable(text),
  number: nullable(text),
  staircase: nullable(text),
  apartment: nullable(text),
  day: computed(day, ['occupancy']),
  at: computed(instant, ['occupancy']),
})

export const movesBy = (db: Read, id: CustomerId, bound: 'lower' | 'upper', older: Older | undefined) => {
  const at = momentOf(bound, 'o.during')
  return db.all(
    moveRow,
    sql`select o.id, o.customer_id, o.site_id, o.role, s.street_fi, s.street_sv, s.number, s.staircase, s.apartment,
               ${raw(bound)}(o.during) as day, ${at} as at
          from occupancy o join site s on s.id = o.site_id
         where o.customer_id in ${cluster(id)} and ${raw(bound)}(o.during) is not null and ${olderThan(at, raw('o.id'), older)}
         order by at desc, o.id desc limit ${eventPage}`,
  )
}

const permissionRow = shape({
  id: int,
  customer_id: customer,
  recorded_at: instant,
  channel: branded<'email' | 'sms' | 'phone' | 'post'>(text),
  state: branded<'granted' | 'prohibited' | 'withdrawn'>(text),
})

/** Every line of the ledger, not only those that hold. */
export const permissionsOf = (db: Read, id: CustomerId, older: Older | undefined) =>
  db.all(
    permissionRow,
    sql`select ${columns(permissionRow)} from marketing_permission
         where customer_id in ${cluster(id)} and ${olderThan(raw('recorded_at'), raw('id'), older)}
         order by recorded_at desc, id desc limit ${eventPage}`,
  )
