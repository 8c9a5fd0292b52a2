// Homes taken in: a point that is not known is made, with its home; one that is known and differs is told, not overwritten.
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
import { homeKey } from '../rules.ts'
import * as queries from './queries.ts'
import { columnFaults, fields, type ImportedSite, readSite } from './rules.ts'

type Row = Numbered<ImportedSite>
type Home = {
  readonly street: string
  readonly house_number: string | null
  readonly staircase: string | null
  readonly apartment: string | null
  readonly postcode: string
}

const keyOf = ({ street, house_number, staircase, apartment, postcode }: Home): string =>
  `${postcode} ${homeKey([street, house_number, staircase, apartment].filter((part) => part !== null).join(' '))}`
const homeOf = ({ street_fi, number, ...rest }: Awaited<ReturnType<typeof queries.sitesById>>[number]): Home => ({
  ...rest,
  street: street_fi,
  house_number: number,
})

const by = <R, K>(rows: readonly R[], key: (row: R) => K): ReadonlyMap<K, R> =>
  new Map(rows.map((row) => [key(row), row]))

const takeInSites = async ({ db, dryRun, how, mapping }: Taking, rows: readonly Row[]): Promise<Taken> => {
  const faulty: Faulty[] = []
  const refuse = (row: Row, field: string, code: string): void =>
    void faulty.push(refusedRow(row, mapping, field, code))
  const records = rows.map(({ record }) => record)
  const postcodes = by(
    await queries.knownPostcodes(
      db,
      records.map(({ postcode }) => postcode),
    ),
    ({ code }) => code,
  )
  const people = by(
    await customersByNumber(
      db,
      records.flatMap(({ customer }) => customer ?? []),
    ),
    ({ number }) => number,
  )
  const points = by(
    await queries.knownPoints(
      db,
      records.map(({ point }) => point),
    ),
    ({ code }) => code,
  )
  const places = [...new Set([...points.values()].map(({ site_id }) => site_id))]
  const sites = by(await queries.sitesById(db, places), ({ id }) => id)
  const nearby = await queries.sitesAt(
    db,
    [...new Set(records.map(({ postcode }) => postcode))],
    [...new Set(records.map(({ street }) => street.toLowerCase()))],
  )
  const homes = new Map(nearby.map((site) => [keyOf(homeOf(site)), site.id]))
  const around = [...new Set([...places, ...homes.values()])]
  const connections = by(await queries.openConnections(db, around), ({ site_id, energy }) => `${site_id} ${energy}`)
  const stays = await queries.staysAt(db, around)

  const fresh: Row[] = []
  const changed: (Row & { readonly fields: readonly string[] })[] = []
  const same: Row[] = []
  const moves: { readonly row: Row; readonly customer: number; readonly protected: boolean }[] = []
  for (const row of rows) {
    const { record } = row
    const person = record.customer === null ? undefined : people.get(record.customer)
    if (!postcodes.has(record.postcode)) refuse(row, 'postcode', 'postcode.unknown')
    else if (record.customer !== null && person === undefined) refuse(row, 'customer', 'customer.unknown')
    else if ((person?.merged_into ?? null) !== null) refuse(row, 'customer', 'customer.merged')
    else if (person?.restricted) refuse(row, 'customer', 'customer.closed')
    else {
      const point = points.get(record.point)
      const place = point?.site_id ?? homes.get(keyOf(record))
      const site = point === undefined ? undefined : sites.get(point.site_id)
      const connection = place === undefined ? undefined : connections.get(`${place} ${record.energy}`)
      const differs =
        (site !== undefined && keyOf(homeOf(site)) !== keyOf(record) && 'street') ||
        (point !== undefined && point.energy !== record.energy && 'energy') ||
        (point !== undefined && point.status !== record.point_status && 'point_status') ||
        (connection !== undefined && record.fuse !== null && connection.main_fuse !== record.fuse && 'fuse')
      const here = stays.filter(({ site_id }) => site_id === place)
      const lives = here.some(
        ({ customer_id, during }) =>
          customer_id === person?.id && during.from === record.from && during.to === record.to,
      )
      const taken = here.some(
        ({ customer_id, role, during }) =>
          record.occupant === 'holder' &&
          (role === 'holder' || customer_id === person?.id) &&
          (record.to === null || during.from === null || during.from < record.to) &&
          (during.to === null || record.from === null || record.from < during.to),
      )
      const moves_in = person !== undefined && !lives
      if (differs) refuse(row, differs, 'site.differs')
      else if (moves_in && taken) refuse(row, 'customer', 'site.occupied')
      else {
        if (moves_in) moves.push({ row, customer: person.id, protected: person.protected })
        if (point === undefined) fresh.push(row)
        else if (moves_in) changed.push({ ...row, fields: ['customer', 'from'] })
        else same.push(row)
      }
    }
  }
  const traces: Trace[] = []
  if (!dryRun) {
    const unbuilt = by(
      fresh.filter(({ record }) => !homes.has(keyOf(record))).map(({ record }) => record),
      keyOf,
    )
    for (const site of await queries.insertSites(db, [...unbuilt.values()], how))
      homes.set(keyOf(homeOf(site)), site.id)
    const placed = (row: Row): number => points.get(row.record.point)?.site_id ?? homes.get(keyOf(row.record)) ?? 0
    const made = fresh.map((row) => ({ ...row.record, site: placed(row) }))
    await queries.insertPoints(db, made, how)
    const told = made.flatMap(({ point, facts, connected_on }) =>
      facts === null ? [] : [{ ...facts, code: point, since: connected_on ?? how.today }],
    )
    if (told.length > 0) await queries.insertFacts(db, told, how)
    const connected = by(
      made.filter(
        ({ site, energy, fuse, capacity }) =>
          (fuse !== null || capacity !== null) && !connections.has(`${site} ${energy}`),
      ),
      ({ site, energy }) => `${site} ${energy}`,
    )
    await queries.insertConnections(db, [...connected.values()], how)
    const moved = by(
      moves.map(({ row, customer }) => ({
        customer,
        site: placed(row),
        role: row.record.occupant,
        from: row.record.from ?? how.today,
        to: row.record.to,
      })),
      // One who has electricity and heat at one home lives there once.
      ({ customer, site, role }) => `${customer} ${site} ${role}`,
    )
    for (const { id, customer_id } of await queries.insertStays(db, [...moved.values()], how))
      traces.push({ table: 'occupancy', row: id, customer: customer_id, did: 'inserted' })
    const shut = moves.filter((move) => move.protected).map(({ customer }) => customer)
    if (shut.length > 0) await queries.protect(db, shut)
  }
  return { fresh, changed, same, faulty, traces }
}

export const siteIntake: Intake<ImportedSite> = {
  fields,
  columnFaults,
  read: readSite,
  keysOf: ({ point }) => [`point ${point}`],
  keyField: 'point',
  takeIn: takeInSites,
}
