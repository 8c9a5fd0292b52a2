// Contracts taken in. One that is known and differs is told, not overwritten: what was agreed is not changed by a file.
import {
  type Faulty,
  type Intake,
  type Numbered,
  refusedRow,
  type Taken,
  type Taking,
  type Trace,
} from '../../../platform/intake.ts'
import { customersByNumber } from '../../customers/index.ts'
import { products } from '../queries.ts'
import { contractRefusals } from '../rules.ts'
import * as queries from './queries.ts'
import { columnFaults, fields, type ImportedContract, readContract } from './rules.ts'

type Row = Numbered<ImportedContract>
type Ready = {
  readonly row: Row
  readonly made: queries.NewContract
  readonly parties: readonly { readonly customer: number; readonly role: string }[]
}

const by = <R, K>(rows: readonly R[], key: (row: R) => K): ReadonlyMap<K, R> =>
  new Map(rows.map((row) => [key(row), row]))

const fieldOf: Readonly<Record<string, string>> = {
  'body.product_id': 'product',
  'body.point_id': 'point',
  'body.to': 'to',
  'body.fixed_until': 'fixed_until',
  'body.parties': 'customer',
}

type Dates = { readonly from: string | null; readonly to: string | null }
const overlap = (a: Dates, b: Dates): boolean =>
  (a.to === null || b.from === null || b.from < a.to) && (b.to === null || a.from === null || a.from < b.to)

const takeInContracts = async ({ db, dryRun, how, mapping }: Taking, rows: readonly Row[]): Promise<Taken> => {
  const faulty: Faulty[] = []
  const records = rows.map(({ record }) => record)
  const catalogue = by(await products(db), ({ code }) => code)
  const points = by(
    await queries.pointsByCode(
      db,
      records.map(({ point }) => point),
    ),
    ({ code }) => code,
  )
  const people = by(
    await customersByNumber(
      db,
      records.flatMap(({ customer, co_holder, payer }) =>
        [customer, co_holder, payer].filter((number) => number !== null),
      ),
    ),
    ({ number }) => number,
  )
  const known = by(
    await queries.contractsByNumber(
      db,
      records.map(({ contract }) => contract),
    ),
    ({ number }) => number,
  )
  const standing = new Map<string, Dates[]>()
  const placeOf = (kind: string, site: number, point: number | null, energy: string): string =>
    kind === 'connection' ? `connection ${site} ${energy}` : `${kind} ${point}`
  const stand = (place: string, dates: Dates): void => void standing.set(place, [...(standing.get(place) ?? []), dates])
  for (const { kind, site_id, point_id, energy, during } of await queries.contractsAt(db, [
    ...new Set([...points.values()].map(({ site_id }) => site_id)),
  ]))
    stand(placeOf(kind, site_id, point_id, energy), during)

  const same: Row[] = []
  const ready: Ready[] = []
  for (const row of rows) {
    const { record } = row
    const refuse = (field: string, code: string): void => void faulty.push(refusedRow(row, mapping, field, code))
    const product = catalogue.get(record.product)
    const point = points.get(record.point)
    const roles = [
      ['customer', record.customer, 'holder'],
      ['co_holder', record.co_holder, 'co-holder'],
      ['payer', record.payer, 'payer'],
    ] as const
    const named = roles.flatMap(([field, number, role]) =>
      number === null ? [] : [{ field, role, person: people.get(number) }],
    )
    const stranger = named.find(({ person }) => person === undefined || person.merged_into !== null)
    const closed = named.find(({ person }) => person?.restricted)
    if (product === undefined) refuse('product', 'product.unknown')
    else if (point === undefined) refuse('point', 'point.unknown')
    else if (stranger !== undefined)
      refuse(stranger.field, stranger.person === undefined ? 'customer.unknown' : 'customer.merged')
    else if (closed !== undefined) refuse(closed.field, 'customer.closed')
    else {
      const parties = named.map(({ role, person }) => ({
        customer: person?.id ?? 0,
        customer_id: person?.id ?? 0,
        role,
      }))
      const point_id = product.kind === 'connection' ? null : point.id
      const before = known.get(record.contract)
      if (before !== undefined) {
        const alike =
          before.product_id === product.id &&
          before.site_id === point.site_id &&
          before.point_id === point_id &&
          before.customer_id === parties[0]?.customer_id &&
          before.during.from === record.from &&
          before.during.to === record.to
        if (alike) same.push(row)
        else refuse('contract', 'contract.differs')
        continue
      }
      const faults = contractRefusals({ ...record, point_id, parties }, product, how.mask, point.energy)
        // What was sold before this price list is a contract all the same.
        .filter(({ code }) => code !== 'product.not-on-sale')
      const place = placeOf(product.kind, point.site_id, point_id, product.energy)
      const dates = { from: record.from, to: record.to }
      if (faults.length > 0)
        faulty.push({
          ...row,
          faults: faults.map(({ path, code }) => ({ field: fieldOf[path] ?? 'contract', code, value: '' })),
        })
      else if ((standing.get(place) ?? []).some((other) => overlap(other, dates))) refuse('point', 'contract.overlaps')
      else {
        stand(place, dates)
        const { controller, kind, energy, id: product_id } = product
        ready.push({
          row,
          parties,
          made: { ...record, controller, kind, energy, site: point.site_id, point_id, product_id },
        })
      }
    }
  }
  const traces: Trace[] = []
  if (!dryRun && ready.length > 0) {
    const made = await queries.insertContracts(
      db,
      ready.map((each) => each.made),
      how,
    )
    const parties = ready.flatMap(({ row: { record }, made: { controller, site }, parties: all }, i) =>
      all.map((party) => ({
        ...party,
        from: record.from,
        to: record.to,
        controller,
        site,
        contract: made[i]?.id ?? 0,
      })),
    )
    await queries.insertParties(db, parties, how)
    const [people, homes] = [await queries.unservedPeople(db, parties), await queries.unservedSites(db, parties)]
    await queries.serve(db, parties)
    // What was opened to the company by it is closed again when it is undone: told with the holder, so that their contract has gone by then.
    for (const [table, opened, of] of [
      ['served customer', people, 'customer'],
      ['served site', homes, 'site'],
    ] as const)
      for (const { id } of opened) {
        const party = parties.find((each) => each[of] === id)
        const holder = parties.find((each) => each.contract === party?.contract && each.role === 'holder')
        if (party !== undefined && holder !== undefined)
          traces.push({
            table,
            row: id,
            customer: holder.customer,
            did: 'changed',
            was: { entity: party.controller, sites: parties.filter((each) => each[of] === id).map(({ site }) => site) },
          })
      }
    for (const { contract, customer, role } of parties)
      if (role === 'holder') traces.push({ table: 'contract', row: contract, customer, did: 'inserted' })
  }
  return { fresh: ready.map(({ row }) => row), changed: [], same, faulty, traces }
}

export const contractIntake: Intake<ImportedContract> = {
  fields,
  columnFaults,
  read: readContract,
  keysOf: ({ contract }) => [`contract ${contract}`],
  keyField: 'contract',
  takeIn: takeInContracts,
}
