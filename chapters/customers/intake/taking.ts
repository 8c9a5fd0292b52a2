// Customers taken in: new ones made whole, known ones compared with what the register has, and what the sender changed put in its place.
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
import { type Blinds, newDataKey, seal, unwrapDataKey } from '../../../platform/keys.ts'
import { type Change, changeOf, type Facts } from './changes.ts'
import * as queries from './queries.ts'
import { columnFaults, fields, type ImportedCustomer, readCustomer } from './rules.ts'

/** `blinds` are by what the register finds the identity code. */
type Row = Numbered<ImportedCustomer> & { readonly sha256: Buffer; readonly blinds: Blinds | undefined }
type Known = Row & { readonly id: number }

/** Rows that say the same thing have the same digest, however their cells are spaced. */
const digest = (customer: ImportedCustomer): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(Object.values(customer)))
    .digest()

const by = <R, K>(rows: readonly R[], key: (row: R) => K): ReadonlyMap<K, R> =>
  new Map(rows.map((row) => [key(row), row]))
const grouped = <R extends { readonly customer_id: number }>(rows: readonly R[]): ReadonlyMap<number, R[]> => {
  const groups = new Map<number, R[]>()
  for (const row of rows) groups.set(row.customer_id, [...(groups.get(row.customer_id) ?? []), row])
  return groups
}

const eachOf = ({ blind, blind_even }: Blinds): readonly string[] =>
  [blind, blind_even].flatMap((one) => (one === null ? [] : [one.toString('latin1')]))

/** New and known customers alike are refused a code or a number that is someone else's. */
const apart = async <R extends Row>(
  { db, mapping }: Taking,
  rows: readonly R[],
  faulty: Faulty[],
): Promise<readonly R[]> => {
  const asked = rows.flatMap(({ blinds }) => (blinds === undefined ? [] : [blinds]))
  const owners = new Map<string, number>()
  for (const { customer_id, ...known } of await queries.knownCodes(db, asked))
    for (const one of eachOf(known)) owners.set(one, customer_id)
  const given = new Set<string>()
  return rows.filter((row) => {
    const [first, ...more] = row.blinds === undefined ? [] : eachOf(row.blinds)
    if (first === undefined) return true
    const taken = [first, ...more].map((one) => owners.get(one)).find((owner) => owner !== undefined)
    if ((taken === undefined || taken === (row as Partial<Known>).id) && !given.has(first)) {
      given.add(first)
      return true
    }
    faulty.push(refusedRow(row, mapping, 'identity_code', 'identity-code.known'))
    return false
  })
}

type Coded = { readonly id: number; readonly identity_code: string | null; readonly blinds: Blinds | undefined }

const sealed = async ({ db, keys, how }: Taking, rows: readonly Coded[]) => {
  const coded = rows.flatMap(({ id, identity_code: code, blinds }) =>
    code === null || blinds === undefined ? [] : [{ id, code, blinds }],
  )
  if (coded.length === 0) return []
  const ids = coded.map(({ id }) => id)
  const had = by(await queries.keysOf(db, ids), ({ customer_id }) => customer_id)
  const made: queries.NewKey[] = []
  const codes = coded.map(({ id, code, blinds }) => {
    const old = had.get(id)
    const fresh = old === undefined ? newDataKey(keys, id) : undefined
    if (fresh !== undefined) made.push({ id, wrapped: fresh.wrapped, key_version: fresh.key_version })
    const key = old === undefined ? fresh?.key : unwrapDataKey(keys, id, old)
    return { id, ...blinds, code: seal(key as NonNullable<typeof key>, code, `identity_code|code|${id}`) }
  })
  if (made.length > 0) await queries.insertKeys(db, made, how.now)
  return queries.insertCodes(db, codes, how)
}

const pointsOf = (rows: readonly (ImportedCustomer & { readonly id: number })[]): readonly queries.Point[] =>
  rows.flatMap(({ id, phone, email }) => [
    ...(phone === null ? [] : [{ id, channel: 'phone' as const, value: phone }]),
    ...(email === null ? [] : [{ id, channel: 'email' as const, value: email }]),
  ])

const makeNew = async (
  at: Taking,
  rows: readonly Row[],
  faulty: Faulty[],
  traces: Trace[],
): Promise<readonly Row[]> => {
  const { db, how, mapping } = at
  const inserted = by(
    await queries.insertCustomers(
      db,
      rows.map(({ record }) => record),
      how,
    ),
    ({ number }) => number,
  )
  const made: (ImportedCustomer & Coded & { readonly sha256: Buffer })[] = []
  const fresh = rows.filter((row) => {
    const id = inserted.get(row.record.number)?.id
    if (id === undefined) faulty.push(refusedRow(row, mapping, 'number', 'number.taken'))
    else made.push({ ...row.record, sha256: row.sha256, blinds: row.blinds, id })
    return id !== undefined
  })
  await queries.insertNames(db, made, how)
  await queries.insertContactPoints(db, pointsOf(made), how)
  await queries.insertAddresses(
    db,
    made.filter(({ street }) => street !== null),
    how,
  )
  await sealed(at, made)
  await queries.putKeys(db, made, how)
  // One trace is enough of a new customer: all of its rows carry the import's handle.
  traces.push(...made.map(({ id }): Trace => ({ table: 'customer', row: id, customer: id, did: 'inserted' })))
  return fresh
}

const compared = async ({ db, mapping, how }: Taking, rows: readonly Known[], faulty: Faulty[]) => {
  const ids = rows.map(({ id }) => id)
  const [parties, names, points, addresses, codes] = [
    by(await queries.findParties(db, ids), ({ id }) => id),
    by(await queries.openNames(db, ids), ({ customer_id }) => customer_id),
    grouped(await queries.openPoints(db, ids)),
    by(await queries.openAddresses(db, ids), ({ customer_id }) => customer_id),
    by(await queries.codesOf(db, ids), ({ customer_id }) => customer_id),
  ]
  return rows.flatMap((row) => {
    const party = parties.get(row.id)
    const refuse = (field: string, code: string) => {
      faulty.push(refusedRow(row, mapping, field, code))
      return []
    }
    if (party === undefined || party.merged_into !== null) return refuse('number', 'customer.merged')
    // Made from an earlier row of this very file.
    if (party.recorded_by === how.by) return refuse('number', 'row.twice')
    if (party.restricted) return refuse('number', 'customer.closed')
    const facts: Facts = {
      party,
      name: names.get(row.id),
      points: points.get(row.id) ?? [],
      address: addresses.get(row.id),
      coded: codes.has(row.id),
    }
    return [{ row, party, change: changeOf(row.record, facts, how.source) }]
  })
}

const applied = async (
  at: Taking,
  all: readonly { readonly row: Known; readonly change: Change }[],
  traces: Trace[],
) => {
  const { db, how } = at
  const records = (which: (change: Change) => boolean) =>
    all.filter(({ change }) => which(change)).map(({ row }) => ({ ...row.record, id: row.id, blinds: row.blinds }))
  for (const table of queries.dated) {
    const replaced = all.flatMap(({ change }) => change.ends.filter((each) => each.table === table))
    if (replaced.length === 0) continue
    const old = by(replaced, ({ row }) => row)
    const rows = replaced.map(({ row }) => row)
    for (const { id, customer_id } of await queries.removeRows(db, table, rows, how.today))
      traces.push({ table, row: id, customer: customer_id, did: 'removed', was: old.get(id)?.was ?? {} })
    for (const { id, customer_id } of await queries.endRows(db, table, rows, how.today))
      traces.push({ table, row: id, customer: customer_id, did: 'closed' })
  }
  const made = {
    customer_name: await queries.insertNames(
      db,
      all.flatMap(({ row, change }) =>
        change.name === undefined ? [] : [{ ...row.record, ...change.name, id: row.id }],
      ),
      how,
    ),
    contact_point: await queries.insertContactPoints(
      db,
      all.flatMap(({ row, change }) => change.points.map((point) => ({ ...point, id: row.id }))),
      how,
    ),
    postal_address: await queries.insertAddresses(
      db,
      records(({ address }) => address),
      how,
    ),
    identity_code: await sealed(
      at,
      records(({ code }) => code),
    ),
  }
  for (const [table, rows] of Object.entries(made))
    for (const { id, customer_id } of rows) traces.push({ table, row: id, customer: customer_id, did: 'inserted' })
  const parties = all.flatMap(({ row, change }) =>
    change.party === undefined ? [] : [{ ...change.party, id: row.id }],
  )
  const before = by(parties, ({ id }) => id)
  for (const { id, version } of await queries.changeParties(db, parties, how))
    traces.push({ table: 'customer', row: id, customer: id, did: 'changed', version, was: before.get(id)?.was ?? {} })
}

const takeInCustomers = async (at: Taking, rows: readonly Numbered<ImportedCustomer>[]): Promise<Taken> => {
  const { db, dryRun, how, keys, mapping } = at
  const faulty: Faulty[] = []
  const traces: Trace[] = []
  const read: readonly Row[] = rows.map((row) => {
    const code = row.record.identity_code
    return {
      ...row,
      sha256: digest(row.record),
      blinds: code === null ? undefined : keys.blinds('identity-code', code),
    }
  })
  const known = by(
    await queries.knownKeys(
      db,
      how.source,
      read.map(({ record }) => record.key),
    ),
    ({ key }) => key,
  )
  const same: Row[] = []
  const fresh: Row[] = []
  const altered: Known[] = []
  for (const row of read) {
    const before = known.get(row.record.key)
    if (before === undefined) fresh.push(row)
    else if (before.sha256.equals(row.sha256)) same.push(row)
    else altered.push({ ...row, id: before.customer_id })
  }
  const free = new Set(
    (
      await queries.knownNumbers(
        db,
        fresh.map(({ record }) => record.number),
      )
    ).map(({ number }) => number),
  )
  const numbered = fresh.filter((row) => {
    if (!free.has(row.record.number)) return true
    faulty.push(refusedRow(row, mapping, 'number', 'number.taken'))
    return false
  })
  const unlike = await apart<Row | Known>(at, [...numbered, ...altered], faulty)
  const toMake = unlike.filter((row): row is Row => !('id' in row))
  const differing =
    altered.length === 0
      ? []
      : await compared(
          at,
          unlike.filter((row): row is Known => 'id' in row),
          faulty,
        )
  const changed = differing.filter(({ change }) => change.fields.length > 0)
  same.push(...differing.filter(({ change }) => change.fields.length === 0).map(({ row }) => row))
  const made = dryRun || toMake.length === 0 ? toMake : await makeNew(at, toMake, faulty, traces)
  if (!dryRun && differing.length > 0) {
    if (changed.length > 0) await applied(at, changed, traces)
    await queries.putKeys(
      db,
      differing.map(({ row }) => ({ key: row.record.key, sha256: row.sha256, id: row.id })),
      how,
    )
  }
  return {
    fresh: made,
    changed: changed.map(({ row, change }) => ({ ...row, fields: change.fields })),
    same,
    faulty,
    traces,
  }
}

export const customerIntake: Intake<ImportedCustomer> = {
  fields,
  columnFaults,
  read: readCustomer,
  keysOf: ({ key, number }) => [`key ${key}`, `number ${number}`],
  keyField: 'number',
  takeIn: takeInCustomers,
}
