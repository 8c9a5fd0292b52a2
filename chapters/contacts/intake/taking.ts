// Contacts taken in, their text sealed under each person's own key. What was said is history: a known one that differs is told, not rewritten.
import { createHash } from 'node:crypto'
import {
  type Faulty,
  type Intake,
  type Numbered,
  refusedRow,
  type Taken,
  type Taking,
  type Trace,
} from '../../../platform/intake.ts'
import { newDataKey, seal, unwrapDataKey } from '../../../platform/keys.ts'
import { customersByNumber, externalKeys, putExternalKeys } from '../../customers/index.ts'
import * as queries from './queries.ts'
import { columnFaults, fields, type ImportedContact, readContact } from './rules.ts'

type Row = Numbered<ImportedContact>

const placeOf = (customer: number): string => `contact|body|${customer}`
const digest = (record: ImportedContact): Buffer => createHash('sha256').update(JSON.stringify(record)).digest()
const keyOf = ({ record }: Row): string => `contact/${record.key}`
const by = <R, K>(rows: readonly R[], key: (row: R) => K): ReadonlyMap<K, R> =>
  new Map(rows.map((row) => [key(row), row]))

const takeInContacts = async ({ db, keys, dryRun, how, mapping }: Taking, rows: readonly Row[]): Promise<Taken> => {
  const faulty: Faulty[] = []
  const people = by(
    await customersByNumber(
      db,
      rows.map(({ record }) => record.customer),
    ),
    ({ number }) => number,
  )
  const known = by(await externalKeys(db, how.source, rows.map(keyOf)), ({ key }) => key)
  const same: Row[] = []
  const fresh: (Row & { readonly customer: number })[] = []
  for (const row of rows) {
    const refuse = (field: string, code: string): void => void faulty.push(refusedRow(row, mapping, field, code))
    const person = people.get(row.record.customer)
    const before = known.get(keyOf(row))
    if (person === undefined) refuse('customer', 'customer.unknown')
    else if (person.restricted) refuse('customer', 'customer.closed')
    else if (before === undefined) fresh.push({ ...row, customer: person.merged_into ?? person.id })
    else if (before.sha256.equals(digest(row.record))) same.push(row)
    else refuse('key', 'contact.differs')
  }
  const traces: Trace[] = []
  if (!dryRun && fresh.length > 0) {
    const talked = [...new Set(fresh.filter(({ record }) => record.body !== null).map(({ customer }) => customer))]
    const had = by(await queries.keysOf(db, talked), ({ customer_id }) => customer_id)
    const made = talked.flatMap((customer) => (had.has(customer) ? [] : [{ customer, ...newDataKey(keys, customer) }]))
    if (made.length > 0) await queries.insertKeys(db, made, how.now)
    const opened = new Map([
      ...[...had].map(([customer, wrapped]) => [customer, unwrapDataKey(keys, customer, wrapped)] as const),
      ...made.map(({ customer, key }) => [customer, key] as const),
    ])
    const ids = await queries.insertContacts(
      db,
      fresh.map(({ record, customer }) => {
        const key = opened.get(customer)
        return {
          ...record,
          customer,
          body: record.body === null || key === undefined ? null : seal(key, record.body, placeOf(customer)),
        }
      }),
      how,
    )
    await putExternalKeys(
      db,
      fresh.map((row) => ({ key: keyOf(row), id: row.customer, sha256: digest(row.record) })),
      how,
    )
    ids.forEach(({ id, customer_id }, i) => {
      const row = fresh[i]
      if (row !== undefined)
        traces.push({ table: 'contact', row: id, customer: customer_id, did: 'inserted', was: { key: keyOf(row) } })
    })
  }
  return { fresh, changed: [], same, faulty, traces }
}

export const contactIntake: Intake<ImportedContact> = {
  fields,
  columnFaults,
  read: readContact,
  keysOf: ({ key }) => [`key ${key}`],
  keyField: 'key',
  takeIn: takeInContacts,
}
