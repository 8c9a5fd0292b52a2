// SQL of what passes to an estate, one named function a statement. What the other legal entity agreed is not there.
import type { Read, Write } from '../../../platform/database.ts'
import { branded, computed, int, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import { cluster, type CustomerId } from '../../customers/index.ts'
import type { energies, kinds, partyRoles } from '../api.ts'
import type { Told } from '../queries.ts'

const customer = branded<CustomerId>(int)
const partyRow = shape({
  id: int,
  customer_id: customer,
  contract_id: int,
  role: branded<(typeof partyRoles)[number]>(text),
  during: period,
})
const contractRow = shape({
  number: text,
  kind: branded<(typeof kinds)[number]>(text),
  energy: branded<(typeof energies)[number]>(text),
})
const productRow = shape({ name_fi: text, name_sv: text, name_en: text })
const passingRow = { ...partyRow, ...contractRow, ...productRow, others: computed(int, ['contract']) }

/** Parts in contracts that run on after the death and that no estate has taken over. */
export const partiesToPass = (db: Read, id: CustomerId, deceased_on: string) =>
  db.all(
    passingRow,
    sql`select ${columns(partyRow, 'y')}, ${columns(contractRow, 'c')}, ${columns(productRow, 'p')},
               (select count(distinct o.customer_id) from contract_party o
                 where o.contract_id = c.id and o.customer_id <> y.customer_id and (upper_inf(o.during) or upper(o.during) > ${deceased_on}::date))::int as others
          from contract_party y join contract c on c.id = y.contract_id join product p on p.id = c.product_id
         where y.customer_id in ${cluster(id)} and (upper_inf(y.during) or upper(y.during) > ${deceased_on}::date)
           and not exists (select from contract_party e where e.passed_from = y.id)
         order by c.kind, c.id, y.role = 'holder' desc, y.id`,
  )

const ownRow = shape({ id: int, customer_id: customer, contract_id: int })

/** Of these parts those that the estate has at the same time, in the same contract, in its own right. */
export const partiesOfEstate = (db: Read, estate: CustomerId, parties: readonly number[]) =>
  db.all(
    ownRow,
    sql`select ${columns(ownRow, 'y')} from contract_party y
         where y.id = any (${parties}::bigint[])
           and exists (select from contract_party e where e.customer_id = ${estate} and e.contract_id = y.contract_id and e.role = y.role
                          and e.during && y.during)`,
  )

const passedRow = shape({ id: int, customer_id: customer, contract_id: int, during: period })

/** Parts in contracts that the estate took over. */
export const partiesPassed = (db: Read, estate: CustomerId) =>
  db.all(
    passedRow,
    sql`select ${columns(passedRow)} from contract_party where customer_id = ${estate} and passed_from is not null order by id`,
  )

/** The estate is a party from the day on which the deceased is one no longer, for as long as they would have been. */
export const passParties = async (
  db: Write,
  rows: readonly number[],
  estate: CustomerId,
  day: string,
  { source, now, by }: Told,
) => {
  const made = await db.all(
    passedRow,
    sql`insert into contract_party (contract_id, customer_id, role, during, passed_from, restricted, controller, source, recorded_at, recorded_by)
        select y.contract_id, e.id, y.role, daterange(${day}::date, upper(y.during)), y.id, e.restricted, y.controller, ${source}, ${now}, ${by}
          from contract_party y, customer e where y.id = any (${rows}::bigint[]) and e.id = ${estate}
        returning ${columns(passedRow)}`,
  )
  await db.all(
    passedRow,
    sql`update contract_party set during = daterange(lower(during), ${day}::date) where id = any (${rows}::bigint[]) returning ${columns(passedRow)}`,
  )
  return made
}

const touchedRow = shape({ id: int })

/** Who has one of them open is told that it has changed. */
export const touchContracts = (db: Write, contracts: readonly number[]) =>
  db.all(
    touchedRow,
    sql`update contract set version = version + 1 where id = any (${contracts}::bigint[]) returning ${columns(touchedRow)}`,
  )
