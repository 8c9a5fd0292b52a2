// SQL of contracts, one named function a statement. What the other legal entity agreed is not there.
import type { Read, Write } from '../../platform/database.ts'
import { bool, branded, computed, day, instant, int, nullable, period, shape, text } from '../../platform/row.ts'
import { columns, sql } from '../../platform/sql.ts'
import type { CustomerId } from '../customers/index.ts'
import type { energies, kinds, partyRoles, pricings } from './api.ts'

const customer = branded<CustomerId>(int)
const kind = branded<(typeof kinds)[number]>(text)
const energy = branded<(typeof energies)[number]>(text)
const role = branded<(typeof partyRoles)[number]>(text)

const names = shape({ name_fi: text, name_sv: text, name_en: text })
const productRow = shape({
  id: int,
  controller: int,
  code: text,
  energy,
  kind,
  ...names,
  on_sale: period,
  pricing: branded<(typeof pricings)[number]>(text),
  spot_area: nullable(text),
  spot_step: nullable(int),
  term_months: nullable(int),
})
const contractRow = shape({
  id: int,
  number: text,
  controller: int,
  kind,
  energy,
  site_id: int,
  point_id: nullable(int),
  product_id: int,
  during: period,
  fixed_until: nullable(day),
  terms_version: text,
  agreed_at: nullable(instant),
  agreed_how: nullable(text),
  end_reason: nullable(text),
  consumer: nullable(bool),
  withdrawal_until: nullable(day),
  early_delivery: bool,
  after_term: nullable(branded<'continues' | 'ends'>(text)),
  withdrawn_on: nullable(day),
  version: int,
  source: text,
  recorded_at: instant,
})
const ownRow = shape({ customer_id: customer, role })
const partyRow = shape({ id: int, contract_id: int, customer_id: customer, role, during: period })
const writtenRow = shape({ id: int })
const done = shape({ done: computed(nullable(text), []) })

export type Told = { readonly source: string; readonly now: Date; readonly by: string }

export const contractsOfCustomer = (db: Read, id: CustomerId) =>
  db.all(
    { ...contractRow, ...names, ...ownRow, part: period },
    sql`select ${columns(contractRow, 'c')}, ${columns(names, 'p')}, ${columns(ownRow, 'y')}, y.during as part
          from contract_party y join contract c on c.id = y.contract_id join product p on p.id = c.product_id
         where y.customer_id in (select id from customer where id = ${id} or merged_into = ${id})
         order by upper(y.during) desc nulls first, c.kind, c.id`,
  )

export const contractsOfSite = (db: Read, site: number) =>
  db.all(
    { ...contractRow, ...names, ...ownRow, part: period },
    sql`select ${columns(contractRow, 'c')}, ${columns(names, 'p')}, ${columns(ownRow, 'y')}, y.during as part
          from contract c join contract_party y on y.contract_id = c.id join product p on p.id = c.product_id
         where c.site_id = ${site}
         order by upper(c.during) desc nulls first, c.kind, c.id, y.role = 'holder' desc`,
  )

/** Once for each party, so that each person whom the contract is about is named. */
export const findContract = (db: Read, id: number) =>
  db.all(
    { ...contractRow, ...names, customer_id: customer },
    sql`select ${columns(contractRow, 'c')}, ${columns(names, 'p')}, y.customer_id
          from contract c join product p on p.id = c.product_id join contract_party y on y.contract_id = c.id
         where c.id = ${id}`,
  )

export const partiesOfContract = (db: Read, id: number) =>
  db.all(
    partyRow,
    sql`select ${columns(partyRow)} from contract_party where contract_id = ${id} order by role = 'holder' desc, id`,
  )

export const products = (db: Read) =>
  db.all(productRow, sql`select ${columns(productRow)} from product order by energy, kind, code`)

export const findProduct = (db: Read, id: number) =>
  db.maybe(productRow, sql`select ${columns(productRow)} from product where id = ${id}`)

export const findPoint = (db: Read, id: number, site: number) =>
  db.maybe(
    shape({ id: int, energy }),
    sql`select id, energy from accounting_point where id = ${id} and site_id = ${site}`,
  )

export type NewContract = {
  readonly site_id: number
  readonly point_id: number | null
  readonly from: string
  readonly to: string | null
  readonly fixed_until: string | null
  readonly terms_version: string
  readonly agreed_how: string
}
type Product = { readonly id: number; readonly controller: number; readonly kind: string; readonly energy: string }

/** No row: the site is not there for this bundle. */
export const insertContract = (
  db: Write,
  number: string,
  made: NewContract,
  product: Product,
  { source, now, by }: Told,
) =>
  db.maybe(
    writtenRow,
    sql`insert into contract (number, controller, kind, energy, site_id, point_id, product_id, during, fixed_until, terms_version, agreed_at, agreed_how,
                              source, recorded_at, recorded_by)
        select ${number}, ${product.controller}::smallint, ${product.kind}, ${product.energy}, id, ${made.point_id}::integer, ${product.id}::bigint,
               daterange(${made.from}::date, ${made.to}::date), ${made.fixed_until}::date, ${made.terms_version}, ${now}, ${made.agreed_how},
               ${source}, ${now}, ${by}
          from site where id = ${made.site_id}
        returning id`,
  )

type NewParty = { readonly customer_id: number; readonly role: string }

/** Walls of the new row are those of the person. */
export const insertParty = (
  db: Write,
  contract: number,
  made: NewParty,
  controller: number,
  { from, to }: Pick<NewContract, 'from' | 'to'>,
  { source, now, by }: Told,
) =>
  db.maybe(
    partyRow,
    sql`insert into contract_party (contract_id, customer_id, role, during, restricted, controller, source, recorded_at, recorded_by)
        select ${contract}::bigint, id, ${made.role}, daterange(${from}::date, ${to}::date), restricted, ${controller}::smallint, ${source}, ${now}, ${by}
          from customer where id = ${made.customer_id}
        returning ${columns(partyRow)}`,
  )

/** The shared facts of the parties and of the site open to the legal entity that now serves them. */
export const serve = (db: Write, people: readonly number[], site: number, controller: number) =>
  db.all(
    done,
    sql`select wall_serves(${people}::bigint[], array[${site}::bigint], ${controller}::smallint)::text as done`,
  )

/** No row: changed by someone else meanwhile. */
export const endContract = (
  db: Write,
  id: number,
  to: string | null,
  end_reason: string | null,
  version: number,
  { source, now, by }: Told,
) =>
  db.maybe(
    writtenRow,
    sql`update contract set during = daterange(lower(during), ${to}::date), end_reason = ${end_reason}, version = version + 1,
               source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where id = ${id} and version = ${version} returning id`,
  )

/** Who was a party to the end is one until the new end. */
export const endParties = (db: Write, contract: number, to: string, { source, now, by }: Told) =>
  db.all(
    partyRow,
    sql`update contract_party set during = daterange(lower(during), ${to}::date), source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where contract_id = ${contract} and lower(during) < ${to}::date and (upper_inf(during) or upper(during) > ${to}::date)
        returning ${columns(partyRow)}`,
  )

/** Who was a party to the end that was a slip goes on with the contract; from whom an estate took over does not. */
export const prolongParties = (
  db: Write,
  contract: number,
  was: string,
  to: string | null,
  { source, now, by }: Told,
) =>
  db.all(
    partyRow,
    sql`update contract_party y set during = daterange(lower(during), ${to}::date), source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where contract_id = ${contract} and upper(during) = ${was}::date and not exists (select from contract_party e where e.passed_from = y.id)
        returning ${columns(partyRow)}`,
  )
