// SQL of deaths and estates, one named function a statement.
import type { Read, Write } from '../../../platform/database.ts'
import { branded, computed, day, instant, int, nullable, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import type { CustomerId } from '../api.ts'
import { nameParts } from '../queries.ts'
import type { PartyKind } from '../rules.ts'
import type { Told } from '../told.ts'
import type { deathSources } from './api.ts'

const customer = branded<CustomerId>(int)

const reportRow = shape({
  id: int,
  customer_id: customer,
  deceased_on: day,
  told_by: branded<(typeof deathSources)[number]>(text),
  basis: nullable(text),
  recorded_at: instant,
  reversed_at: nullable(instant),
  reversed_reason: nullable(text),
})

export const reportsOfCustomer = (db: Read, id: CustomerId) =>
  db.all(reportRow, sql`select ${columns(reportRow)} from death_report where customer_id = ${id} order by id desc`)

const estateRow = shape({ id: customer, number: text, ...nameParts })

export const estatesOfCustomer = (db: Read, id: CustomerId) =>
  db.all(
    estateRow,
    sql`select c.id, c.number, ${columns(nameParts, 'n')}
          from customer c left join customer_name n on n.customer_id = c.id and n.kind = 'official' and upper_inf(n.during)
         where c.estate_of = ${id} and c.merged_into is null order by c.id`,
  )

const leftRow = shape({ id: customer, number: text, deceased_on: nullable(day), ...nameParts })

/** Whose estate this is. */
export const findWhoLeft = (db: Read, estate: CustomerId) =>
  db.maybe(
    leftRow,
    sql`select c.id, c.number, c.deceased_on, ${columns(nameParts, 'n')}
          from customer e join customer c on c.id = e.estate_of
          left join customer_name n on n.customer_id = c.id and n.kind = 'official' and upper_inf(n.during)
         where e.id = ${estate}`,
  )

const heirRow = shape({ id: customer, number: text, deceased_on: nullable(day), ...nameParts })

/** The estate that takes over from this person, and the day of death; none once they live after all. */
export const findEstate = (db: Read, id: CustomerId) =>
  db.maybe(
    heirRow,
    sql`select e.id, e.number, p.deceased_on, ${columns(nameParts, 'n')}
          from customer p join customer e on e.estate_of = p.id and e.merged_into is null and e.stage = 'customer'
          left join customer_name n on n.customer_id = e.id and n.kind = 'official' and upper_inf(n.during)
         where p.id = ${id} and p.deceased_on is not null order by e.id limit 1`,
  )

const personRow = shape({
  id: customer,
  kind: branded<PartyKind>(text),
  language: text,
  birth_date: nullable(day),
  deceased_on: nullable(day),
})

export const lockPerson = (db: Write, id: CustomerId) =>
  db.maybe(personRow, sql`select ${columns(personRow)} from customer where id = ${id} for update`)

const namedRow = shape({ customer_id: customer, ...nameParts })

export const findOfficialName = (db: Read, id: CustomerId) =>
  db.maybe(
    namedRow,
    sql`select ${columns(namedRow)} from customer_name where customer_id = ${id} and kind = 'official' and upper_inf(during)`,
  )

type Report = { readonly deceased_on: string; readonly told_by: string; readonly basis: string | null }

export const insertReport = (db: Write, id: CustomerId, made: Report, { source, now, by }: Told) =>
  db.maybe(
    reportRow,
    sql`insert into death_report (customer_id, deceased_on, told_by, basis, restricted, controllers, source, recorded_at, recorded_by)
        select id, ${made.deceased_on}::date, ${made.told_by}, ${made.basis}, restricted, controllers, ${source}, ${now}, ${by}
          from customer where id = ${id}
        returning ${columns(reportRow)}`,
  )

export const reverseReport = (db: Write, id: CustomerId, reason: string, { now, by }: Told) =>
  db.maybe(
    reportRow,
    sql`update death_report set reversed_at = ${now}, reversed_by = ${by}, reversed_reason = ${reason}
         where customer_id = ${id} and reversed_at is null
        returning ${columns(reportRow)}`,
  )

const deceasedRow = shape({ id: customer, deceased_on: nullable(day), version: int })

export const updateDeath = (
  db: Write,
  id: CustomerId,
  deceased_on: string | null,
  death_source: string | null,
  { now }: Told,
) =>
  db.one(
    deceasedRow,
    sql`update customer set deceased_on = ${deceased_on}::date, death_source = ${death_source}, death_recorded_at = ${deceased_on === null ? null : now},
               version = version + 1
         where id = ${id} returning ${columns(deceasedRow)}`,
  )

const done = shape({ done: computed(nullable(text), []) })

/** Nobody markets to the dead, and whoever lives after all is as they had permitted. */
export const refreshMarketable = (db: Write, id: CustomerId) =>
  db.all(done, sql`select wall_marketable(array[${id}::bigint])::text as done`)

const partyRow = shape({ id: customer, number: text })

/** Language, company and walls are those of the person: who lived with a protected one is not found by their death. No row: the number is taken. */
export const insertEstate = (db: Write, id: CustomerId, number: string, { source, now, by }: Told) =>
  db.maybe(
    partyRow,
    sql`insert into customer (number, kind, stage, language, estate_of, protected, restricted, controllers, source, recorded_at, recorded_by)
        select ${number}, 'estate', 'customer', language, id, protected, restricted, controllers, ${source}, ${now}, ${by} from customer where id = ${id}
        on conflict (number) do nothing
        returning ${columns(partyRow)}`,
  )

export const updateEstates = (db: Write, id: CustomerId, stage: 'customer' | 'former', { source, now, by }: Told) =>
  db.all(
    partyRow,
    sql`update customer set stage = ${stage}, version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where estate_of = ${id} and merged_into is null returning ${columns(partyRow)}`,
  )

/** What estates of the person took over goes on with the person: everything, or what this one company moved. */
export const giveBack = (db: Write, id: CustomerId, entity: number | 'all') =>
  db.all(
    done,
    sql`select estate_gives_back(array[${id}::bigint], ${entity === 'all' ? 0 : entity}::smallint)::text as done`,
  )

/** Whom the person came to be served by meanwhile serves the estate that was there already. */
export const serveEstate = (db: Write, id: CustomerId, estate: CustomerId) =>
  db.all(
    done,
    sql`select wall_serves(array[${estate}::bigint], '{}'::bigint[], controllers)::text as done from customer where id = ${id}`,
  )
