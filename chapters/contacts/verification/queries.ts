// SQL of the verification of callers. What is compared is read fact by fact, of what the bundle may see.
import type { Read, Write } from '../../../platform/database.ts'
import {
  bool,
  branded,
  bytes,
  computed,
  day,
  instant,
  int,
  nullable,
  shape,
  text,
  texts,
} from '../../../platform/row.ts'
import { columns, join, sql, type Sql } from '../../../platform/sql.ts'
import type { CallerLevel } from '../../../register/endpoint.ts'
import type { CallerFact } from '../../../register/verification.ts'
import type { Category } from '../../../register/vocabulary.ts'
import type { CustomerId } from '../../customers/index.ts'

const customer = branded<CustomerId>(int)

const verificationRow = shape({
  contact_id: int,
  customer_id: customer,
  level: branded<CallerLevel>(int),
  passed: texts,
  failed: texts,
  representation_id: nullable(int),
  started_at: instant,
  ends_at: instant,
})
export type Verification = {
  readonly contact_id: number
  readonly customer_id: CustomerId
  readonly level: CallerLevel
  readonly passed: readonly string[]
  readonly failed: readonly string[]
  readonly representation_id: number | null
  readonly started_at: string
  readonly ends_at: string
}

/** One's own alone; held until the end of the transaction where it is to be changed. */
export const findVerification = (db: Read, contact: number, staff: number, holding = false) =>
  db.maybe(
    verificationRow,
    sql`select ${columns(verificationRow)} from caller_verification where contact_id = ${contact} and staff_id = ${staff} ${
      holding ? sql`for update` : sql``
    }`,
  )

export const insertVerification = (
  db: Write,
  made: {
    readonly customer_id: CustomerId
    readonly contact_id: number
    readonly representation_id: number | null
    readonly level: CallerLevel
    readonly passed: readonly string[]
    readonly ends_at: Date
  },
  { now, staff, mask }: { readonly now: Date; readonly staff: number; readonly mask: number },
) =>
  db.maybe(
    verificationRow,
    sql`insert into caller_verification (customer_id, contact_id, representation_id, level, passed, failed, started_at, ends_at, staff_id, restricted, controllers)
        select id, ${made.contact_id}::bigint, ${made.representation_id}::bigint, ${made.level}::smallint, ${made.passed}::text[], '{}', ${now}, ${made.ends_at},
               ${staff}::bigint, restricted, ${mask}::smallint
          from customer where id = ${made.customer_id}
        returning ${columns(verificationRow)}`,
  )

export const updateVerification = (
  db: Write,
  contact: number,
  { level, passed, failed, representation_id }: Pick<Verification, 'level' | 'passed' | 'failed' | 'representation_id'>,
) =>
  db.one(
    verificationRow,
    sql`update caller_verification set level = ${level}::smallint, passed = ${passed}::text[], failed = ${failed}::text[],
               representation_id = ${representation_id}::bigint
         where contact_id = ${contact} returning ${columns(verificationRow)}`,
  )

export const endVerifications = (db: Write, contacts: readonly number[], now: Date) =>
  db.all(
    shape({ customer_id: customer }),
    sql`update caller_verification set ends_at = least(ends_at, ${now}) where contact_id = any (${contacts}::bigint[]) returning customer_id`,
  )

const actingRow = shape({
  id: int,
  represented_id: customer,
  representative_id: customer,
  kind: text,
  scope: texts,
  given: nullable(text),
  call_name: nullable(text),
  family: nullable(text),
  organisation: nullable(text),
})

/** Who may act for the customer on that day. */
export const representativesOf = (db: Read, id: CustomerId, today: string) =>
  db.all(
    actingRow,
    sql`select r.id, r.represented_id, r.representative_id, r.kind, r.scope, n.given, n.call_name, n.family, n.organisation
          from representation r
          left join customer_name n on n.customer_id = r.representative_id and n.kind = 'official' and upper_inf(n.during)
         where r.represented_id = ${id} and r.during @> ${today}::date order by n.family, n.organisation, r.id limit 20`,
  )

/** Whose each fact is: the speaker's own, or the customer's whom they speak for. */
export type Asked = { readonly customer: CustomerId; readonly speaker: CustomerId; readonly number: string | null }

type Known = { readonly needs: readonly Category[]; readonly rows: (asked: Asked) => Sql }

/** The rows that a fact is compared with, each with its person and one text. */
const known: Partial<Readonly<Record<CallerFact, Known>>> = {
  'customer-number': {
    needs: ['customer-number'],
    rows: (asked) => sql`select id as customer_id, number as truth from customer where id = ${asked.customer}`,
  },
  'contract-number': {
    needs: ['contract'],
    rows: (
      asked,
    ) => sql`select p.customer_id, c.number as truth from contract_party p join contract c on c.id = p.contract_id
                          where p.customer_id = ${asked.customer} and upper_inf(p.during)`,
  },
  'accounting-point': {
    needs: ['accounting-point', 'occupancy'],
    rows: (
      asked,
    ) => sql`select o.customer_id, a.code as truth from occupancy o join accounting_point a on a.site_id = o.site_id
                          where o.customer_id = ${asked.customer} and upper_inf(o.during)`,
  },
  'birth-date': {
    needs: ['birth-date'],
    rows: (asked) =>
      sql`select id as customer_id, birth_date::text as truth from customer where id = ${asked.speaker} and birth_date is not null`,
  },
  address: {
    needs: ['postal-address'],
    rows: (asked) => sql`select customer_id, concat_ws(' ', street, postcode, post_office) as truth from postal_address
                          where customer_id = ${asked.speaker} and upper_inf(during)`,
  },
  email: {
    needs: ['contact-details'],
    rows: (asked) => sql`select customer_id, value as truth from contact_point
                          where customer_id = ${asked.speaker} and channel = 'email' and upper_inf(during)`,
  },
  phone: {
    needs: ['contact-details'],
    rows: (asked) => sql`select customer_id, value as truth from contact_point
                          where customer_id = ${asked.speaker} and channel = 'phone' and upper_inf(during) and value <> coalesce(${asked.number}::text, '')`,
  },
  'calling-number': {
    needs: ['contact-details'],
    rows: (asked) => sql`select customer_id, value as truth from contact_point
                          where customer_id = ${asked.speaker} and channel = 'phone' and upper_inf(during) and value = ${asked.number}::text`,
  },
}

const codeNeeds: readonly Category[] = ['identity-code', 'subject-key']
const codeRow = shape({ customer_id: customer, code: bytes, wrapped: bytes, key_version: int })

/** Sealed codes of today with the key that opens them. */
export const sealedCodes = (db: Read, speaker: CustomerId) =>
  db.all(
    codeRow,
    sql`select i.customer_id, i.code, k.wrapped, k.key_version from identity_code i join subject_key k on k.customer_id = i.customer_id
         where i.customer_id = ${speaker} and upper_inf(i.during)`,
  )

export const needsOf = (fact: CallerFact): readonly Category[] =>
  fact === 'identity-code-end' ? codeNeeds : (known[fact]?.needs ?? [])

/** With the person joined on, so that whose data was compared stands in the access log. */
export const truthsOf = async (db: Read, fact: CallerFact, asked: Asked): Promise<readonly string[]> => {
  const one = known[fact]
  if (one === undefined) return []
  const rows = await db.all(
    shape({ id: customer, truth: computed(text, one.needs) }),
    sql`select c.id, t.truth from customer c join (${one.rows(asked)}) t on t.customer_id = c.id limit 50`,
  )
  return rows.map(({ truth }) => truth)
}

/** Which facts there are at all to be asked, of those that the bundle may see. */
export const factsThere = async (
  db: Read,
  asked: Asked,
  may: (category: Category) => boolean,
): Promise<readonly CallerFact[]> => {
  const seen = (Object.keys(known) as CallerFact[]).filter((fact) => needsOf(fact).every(may))
  const codes = codeNeeds.every(may)
  const each = [
    ...seen.map((fact) => sql`case when exists (${known[fact]?.rows(asked) ?? sql``}) then ${fact}::text end`),
    ...(codes
      ? [
          sql`case when exists (select from identity_code where customer_id = ${asked.speaker} and upper_inf(during)) then 'identity-code-end' end`,
        ]
      : []),
  ]
  if (each.length === 0) return []
  const from = [...new Set([...seen, ...(codes ? (['identity-code-end'] as const) : [])].flatMap(needsOf))].filter(
    (category) => category !== 'subject-key',
  )
  const row = await db.maybe(
    shape({ id: customer, there: computed(texts, from) }),
    sql`select c.id, array_remove(array[${join(each, ', ')}], null) as there from customer c where c.id = ${asked.speaker}`,
  )
  return (row?.there ?? []) as readonly CallerFact[]
}

const deathRow = shape({ id: customer, deceased_on: nullable(day) })
export const hasDied = async (db: Read, id: CustomerId): Promise<boolean> =>
  (await db.maybe(deathRow, sql`select ${columns(deathRow)} from customer where id = ${id}`))?.deceased_on !== null

const numberRow = shape({ id: int, number: nullable(text), typed: computed(bool, ['incoming-call']) })

/** The number that a contact came from. One that was typed at the desk proves nothing of who calls. */
export const numberOfContact = async (db: Read, contact: number): Promise<string | null> => {
  const row = await db.maybe(
    numberRow,
    sql`select id, number, recorded_by like 'staff:%' as typed from incoming_call where contact_id = ${contact}`,
  )
  return row === undefined || row.typed ? null : row.number
}
