// Persons for tests, put in by the owner of the tables: each with a name, a telephone number, a home and what the test adds.
import type { Pool } from 'pg'

export const retailer = 1
export const network = 2

export type Made = {
  readonly given?: string
  readonly family?: string
  readonly controllers?: number
  readonly protected?: boolean
  readonly restricted?: boolean
  readonly phone?: string
  readonly birth_date?: string
}

let count = 0

/** Returns the customer's id. */
export const person = async (owner: Pool, made: Made = {}): Promise<number> => {
  const {
    given = 'Aino',
    family = 'Mallinen',
    controllers = retailer | network,
    restricted = false,
    birth_date = '1980-05-01',
  } = made
  const hidden = made.protected ?? false
  const phone = made.phone ?? `+35850${String(5_550_000 + count)}`
  count += 1
  const { rows } = await owner.query<{ id: string }>(
    `insert into customer (number, kind, stage, language, birth_date, protected, restricted, controllers, source, recorded_at, recorded_by)
     values ($1, 'natural', 'customer', 'fi', $2, $3, $4, $5, 'test', '2026-01-01Z', 'system:test') returning id`,
    [`9${String(count).padStart(6, '0')}`, birth_date, hidden, restricted, controllers],
  )
  const id = Number(rows[0]?.id)
  await owner.query(
    `insert into customer_name (customer_id, kind, given, family, during, restricted, controllers, source, recorded_at, recorded_by)
     values ($1, 'official', $2, $3, '[2020-01-01,)', $4, $5, 'test', '2026-01-01Z', 'system:test')`,
    [id, given, family, restricted, controllers],
  )
  await owner.query(
    `insert into contact_point (customer_id, channel, value, use, during, restricted, protected, controllers, source, recorded_at, recorded_by)
     values ($1, 'phone', $2, 'main', '[2020-01-01,)', $3, $4, $5, 'test', '2026-01-01Z', 'system:test')`,
    [id, phone, restricted, hidden, controllers],
  )
  await owner.query(
    `insert into postal_address (customer_id, kind, street, postcode, post_office, during, restricted, protected, controllers, source, recorded_at, recorded_by)
     values ($1, 'home', 'Mallikatu 1 A 2', '15140', 'LAHTI', '[2020-01-01,)', $2, $3, $4, 'test', '2026-01-01Z', 'system:test')`,
    [id, restricted, hidden, controllers],
  )
  return id
}

/** A call in the hands of this person of the staff, its caller known to this level: the contact's id, of which `call:ID` is a reason. */
export const callWith = async (
  owner: Pool,
  customer: number,
  { staff = 1, level = 2, at = '2026-11-24T07:59:00Z', controllers = retailer } = {},
): Promise<number> => {
  const { rows } = await owner.query<{ id: string }>(
    `insert into contact (customer_id, at, direction, channel, topics, staff_id, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'in', 'call', '{}', $3::bigint, $4, 'test', $2, 'staff:' || $3::bigint) returning id`,
    [customer, at, staff, controllers],
  )
  await owner.query(
    `insert into caller_verification (customer_id, contact_id, level, passed, failed, started_at, ends_at, staff_id, controllers)
     values ($1, $2, $3, '{}', '{}', $4, $4::timestamptz + interval '1 hour', $5, $6)`,
    [customer, rows[0]?.id, level, at, staff, controllers],
  )
  return Number(rows[0]?.id)
}
