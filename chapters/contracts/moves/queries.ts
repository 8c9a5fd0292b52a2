// SQL of moves, one named function a statement. What the other legal entity agreed is not there.
import type { Read, Write } from '../../../platform/database.ts'
import { branded, computed, day, int, nullable, period, shape, text } from '../../../platform/row.ts'
import { columns, sql } from '../../../platform/sql.ts'
import { cluster, type CustomerId } from '../../customers/index.ts'
import type { endReasons, energies, kinds, partyRoles } from '../api.ts'
import type { Told } from '../queries.ts'

const customer = branded<CustomerId>(int)
const contractRow = shape({
  id: int,
  number: text,
  controller: int,
  kind: branded<(typeof kinds)[number]>(text),
  energy: branded<(typeof energies)[number]>(text),
  site_id: int,
  point_id: nullable(int),
  product_id: int,
  during: period,
  fixed_until: nullable(day),
  terms_version: text,
  end_reason: nullable(branded<(typeof endReasons)[number]>(text)),
  version: int,
})
const names = shape({ name_fi: text, name_sv: text, name_en: text })
const ownRow = shape({ customer_id: customer, role: branded<(typeof partyRoles)[number]>(text) })
const kindRow = shape({ id: customer, kind: branded<'natural' | 'legal' | 'estate'>(text) })
const idRow = shape({ id: int, customer_id: customer })

/** Themselves, and who has been merged into them. */
export const customersMoved = (db: Read, id: CustomerId) =>
  db.all(
    kindRow,
    sql`select ${columns(kindRow)} from customer where id in ${cluster(id)} order by merged_into nulls first`,
  )

const partRow = shape({ party_id: int, part: period })

/** Once for each party, so that each person whom the contract is about is named. */
export const contractsAt = (db: Read, site: number) =>
  db.all(
    { ...contractRow, ...names, ...ownRow, ...partRow },
    sql`select ${columns(contractRow, 'c')}, ${columns(names, 'p')}, ${columns(ownRow, 'y')}, y.id as party_id, y.during as part
          from contract c join contract_party y on y.contract_id = c.id join product p on p.id = c.product_id
         where c.site_id = ${site} and not isempty(c.during) order by c.energy, c.kind, c.id, y.role = 'holder' desc, y.id`,
  )

/** These parts end on the day, if they run on beyond it. */
export const endParts = (db: Write, parts: readonly number[], to: string, { source, now, by }: Told) =>
  db.all(
    idRow,
    sql`update contract_party set during = daterange(lower(during), ${to}::date), source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where id = any (${parts}::bigint[]) and (upper_inf(during) or upper(during) > ${to}::date)
        returning ${columns(idRow)}`,
  )

/** The part of the heir, who has it as holder from that day on, for as long as it runs. */
export const inheritPart = (db: Write, part: number, from: string, { source, now, by }: Told) =>
  db.maybe(
    idRow,
    sql`insert into contract_party (contract_id, customer_id, role, during, restricted, controller, source, recorded_at, recorded_by)
        select contract_id, customer_id, 'holder', daterange(${from}::date, upper(during)), restricted, controller, ${source}, ${now}, ${by}
          from contract_party where id = ${part}
        returning ${columns(idRow)}`,
  )

const touchedRow = shape({ id: int })

/** Who has it open is told that it has changed. No row: changed by someone else meanwhile. */
export const touchContract = (db: Write, id: number, version: number, { source, now, by }: Told) =>
  db.maybe(
    touchedRow,
    sql`update contract set version = version + 1, source = ${source}, recorded_at = ${now}, recorded_by = ${by}
         where id = ${id} and version = ${version} returning ${columns(touchedRow)}`,
  )

type Made = {
  readonly stays: readonly number[]
  readonly contracts: readonly number[]
  readonly parties: readonly number[]
}

const madeStay = shape({ id: int, customer_id: customer, site_id: int })
const madeContract = shape({ id: int, site_id: int })

/** What is there of all that a move made: whoever made it at that moment, unchanged since. */
export const staysMade = (db: Read, ids: readonly number[], at: string, by: string) =>
  db.all(
    madeStay,
    sql`select ${columns(madeStay)} from occupancy
         where id = any (${ids}::bigint[]) and recorded_at = ${at}::timestamptz and recorded_by = ${by} and version = 1`,
  )

export const contractsMade = (db: Read, ids: readonly number[], at: string, by: string) =>
  db.all(
    madeContract,
    sql`select ${columns(madeContract)} from contract
         where id = any (${ids}::bigint[]) and recorded_at = ${at}::timestamptz and recorded_by = ${by} and version = 1`,
  )

/** Parts that a move made or ended, in all those contracts. */
export const partsTouched = (db: Read, ids: readonly number[], at: string, by: string) =>
  db.all(
    idRow,
    sql`select ${columns(idRow)} from contract_party
         where id = any (${ids}::bigint[]) and recorded_at = ${at}::timestamptz and recorded_by = ${by}`,
  )

export const goBack = (
  db: Write,
  { stays, contracts, parties }: Made,
  places: readonly number[],
  by: string,
  at: string,
  entity: number,
) =>
  db.all(
    shape({ done: computed(nullable(text), []) }),
    sql`select move_goes_back(${stays}::bigint[], ${contracts}::bigint[], ${parties}::bigint[], ${places}::bigint[], ${by}::text,
                              ${at}::timestamptz, ${entity}::smallint)::text as done`,
  )

/** The parts run on until they ran before. */
export const partsRunOn = (
  db: Write,
  was: readonly { readonly id: number; readonly to: string | null }[],
  { source, now, by }: Told,
) =>
  db.all(
    idRow,
    sql`update contract_party y set during = daterange(lower(y.during), t.was), source = ${source}, recorded_at = ${now}, recorded_by = ${by}
          from unnest(${was.map(({ id }) => id)}::bigint[], ${was.map(({ to }) => to)}::date[]) as t (id, was)
         where y.id = t.id
        returning ${columns(idRow, 'y')}`,
  )
