// A demonstration population: as many made-up customers as asked for, the same for the same seed, with homes, moves, contracts and contacts.
import pg from 'pg'
import { gs1Check } from '../../chapters/sites/index.ts'
import { openSearch } from '../../chapters/customers/index.ts'
import type { Register } from '../../enforcement/register.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Login } from '../../platform/database.ts'
import { Conflict, Invalid } from '../../platform/errors.ts'
import { loadPostcodes, type Postcode, postcodes } from '../postcodes.ts'
import { loadRates } from '../rates.ts'
import { type Chance, chanceOf } from './chance.ts'
import { numbered } from './columns.ts'
import { type Measured, putConsumption, some } from './consumption.ts'
import { type Product, products, streetEnds, streetStarts } from './lists.ts'
import { putPrices, putSpotDays } from './prices.ts'
import { dayAt, dayNumber, type Party, type People, peopleOf } from './people.ts'
import { type Agreement, type Bits, type Home, type Permission, type Point, rowsOf, type Stay } from './rows.ts'

export type Demo = {
  readonly register: Register
  /** Past the row walls, as COPY into walled tables asks: a superuser or a login with BYPASSRLS. */
  readonly owner: Login
  /** At least so many, and as many more as it takes for the points that are asked for. */
  readonly customers: number
  readonly points?: number
  readonly seed?: number
  readonly now: Date
  readonly measured?: Measured
  readonly progress?: (made: Progress) => void
  /** When all customers are there, before their consumption and the search are made of them: who left indexes out builds them now. */
  readonly settled?: () => Promise<unknown>
}
/** `day`: up to which day consumption has been made; before that people are. */
export type Progress = {
  readonly customers: number
  readonly points: number
  readonly rows: number
  readonly seconds: number
  readonly day?: string
}

/** Municipalities whose grid the network company has: Lahti, Hollola, Orimattila, Asikkala, Kärkölä. */
const grid = new Set(['398', '098', '560', '016', '316'])

const perBatch = 2_000

const bitsOf = ({ description }: Register): Bits => {
  const bit = (market: string) => description.controllers.find((one) => one.market === market)?.bit
  const [retailer, network] = [bit('retailer'), bit('network')]
  if (retailer === undefined || network === undefined)
    throw new Invalid('demo.no-companies', {
      detail: 'register.yaml declares no retailer or no network company; the demonstration needs one of each',
    })
  return { retailer, network }
}

/** Ids by code. */
const putProducts = async (client: pg.Client, bits: Bits): Promise<ReadonlyMap<string, number>> => {
  const column = (pick: (one: Product) => string | number) => products.map(pick)
  await client.query(
    `insert into product (code, controller, kind, energy, name_fi, name_sv, name_en, on_sale)
     select code, controller, kind, energy, fi, sv, en, '[2024-01-01,)'
       from unnest($1::text[], $2::smallint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) as t (code, controller, kind, energy, fi, sv, en)
     on conflict (code) do nothing`,
    [
      column((one) => one.code),
      column((one) => bits[one.market]),
      column((one) => one.kind),
      column((one) => one.energy),
      column((one) => one.names[0]),
      column((one) => one.names[1]),
      column((one) => one.names[2]),
    ],
  )
  await putPrices(client)
  const { rows } = await client.query<{ code: string; id: string }>('select code, id from product')
  return new Map(rows.map(({ code, id }) => [code, Number(id)]))
}

type World = {
  readonly chance: Chance
  readonly people: People
  readonly bits: Bits
  readonly today: number
  readonly inside: readonly Postcode[]
  readonly outside: readonly Postcode[]
  readonly product: (code: string) => number
  readonly next: { site: number; point: number; contract: number }
}

/** People who moved out and whose next home is still to come. */
type Mover = { readonly party: Party; readonly day: number }

const pointAt = (
  { chance, next, bits }: World,
  inside: boolean,
  energy: 'electricity' | 'heat',
  home: boolean,
): Point => {
  const id = ++next.point
  // A company prefix of GS1 Finland's that no network company has.
  const digits = `649900${String(id).padStart(11, '0')}`
  return energy === 'electricity'
    ? {
        id,
        energy,
        code: digits + gs1Check(digits),
        fuse: home
          ? chance.of(['1x25A', '3x25A', '3x25A', '3x35A'])
          : chance.of(['3x35A', '3x63A', '3x100A', '3x200A']),
        kilowatts: null,
        entity: inside ? bits.network : bits.retailer,
      }
    : {
        id,
        energy,
        code: `KL${String(id).padStart(8, '0')}`,
        fuse: null,
        kilowatts: String(chance.between(8, 200)),
        entity: bits.retailer,
      }
}

/** Whoever holds the point agrees: with the network company inside its grid, with the retailer unless another sells to them. */
const agreementsOf = (
  world: World,
  {
    inside,
    points,
    from,
    to,
    parties,
    connects,
  }: {
    readonly inside: boolean
    readonly points: readonly Point[]
    readonly from: number
    readonly to: number | null
    readonly parties: Agreement['parties']
    readonly connects: boolean
  },
): readonly Agreement[] => {
  const { chance, next, bits, product, today } = world
  const made: Agreement[] = []
  const add = (
    letter: string,
    entity: number,
    kind: Agreement['kind'],
    point: Point,
    code: string,
    fixed_until: string | null = null,
  ) => {
    const id = ++next.contract
    const asIs = kind === 'connection' ? { point: null } : { point: point.id }
    made.push({
      id,
      number: `${letter}${1_000_000 + id}`,
      entity,
      kind,
      energy: point.energy,
      product: product(code),
      from,
      to,
      fixed_until,
      parties,
      ...asIs,
    })
  }
  for (const point of points) {
    if (point.energy === 'heat') {
      add('K', bits.retailer, 'sales', point, 'HEAT')
      if (connects) add('L', bits.retailer, 'connection', point, 'HEAT-CONNECTION')
      continue
    }
    if (inside) {
      add('V', bits.network, 'network', point, chance.of(['NET-GENERAL', 'NET-GENERAL', 'NET-NIGHT', 'NET-POWER']))
      if (connects) add('L', bits.network, 'connection', point, 'NET-CONNECTION')
    }
    if (!inside || chance.once(0.68)) {
      const code = chance.of(['EL-OPEN', 'EL-FIXED-24', 'EL-SPOT'])
      add(
        'M',
        bits.retailer,
        'sales',
        point,
        code,
        code === 'EL-FIXED-24' ? dayAt(Math.max(from, today - 700) + 730) : null,
      )
    }
  }
  for (const [party] of parties) party.controllers |= made.reduce((mask, one) => mask | one.entity, 0)
  return made
}

/** A place with all who ever held it; `movers` gives some of them and takes who moved on. */
const settle = (world: World, movers: Mover[]): Home => {
  const { chance, people, next, today } = world
  const inside = chance.once(0.88)
  const business = chance.once(0.16)
  const flat = !business && chance.once(0.55)
  const post = chance.of(inside ? world.inside : world.outside)
  const [start, end] = [chance.of(streetStarts), chance.of(streetEnds)]
  const points = [
    pointAt(world, inside, 'electricity', !business),
    ...(inside && !flat && chance.once(business ? 0.5 : 0.3) ? [pointAt(world, inside, 'heat', !business)] : []),
  ]
  const built = dayNumber('1985-01-01') + chance.below(12_000)
  const stays: Stay[] = []
  const agreements: Agreement[] = []
  const chain = chance.of([1, 1, 1, 2, 2, 3])
  let from = Math.max(built, today - chance.between(200, 5000))
  for (let i = 0; i < chain; i++) {
    const last = i === chain - 1
    const mover = last && !business && movers.length > 0 && chance.once(0.7) ? movers.shift() : undefined
    if (mover !== undefined) from = Math.max(from, mover.day)
    // Some places stand empty between two, and a few stand empty today.
    const to = last
      ? chance.once(0.03) && from < today - 10
        ? today - chance.between(1, 9)
        : null
      : from + chance.between(90, 900)
    if (!last && to !== null && to >= today) break
    const holder = mover?.party ?? (business ? people.legal() : people.natural())
    const partner =
      !business && chance.once(0.35)
        ? people.natural(chance.once(0.7) && holder.family !== null ? holder.family : undefined)
        : undefined
    const parties: Agreement['parties'] = [
      [holder, 'holder'],
      ...(partner === undefined ? [] : [[partner, 'co-holder'] as const]),
    ]
    agreements.push(...agreementsOf(world, { inside, points, from, to, parties, connects: last && !flat }))
    stays.push({ party: holder, role: 'holder', from, to })
    if (partner !== undefined) stays.push({ party: partner, role: 'household', from, to })
    for (const [party] of parties) party.stage = to === null ? 'customer' : 'former'
    if (to === null) break
    if (holder.kind === 'natural' && holder.deceased_on === null && chance.once(0.6))
      movers.push({ party: holder, day: to })
    from = to + (chance.once(0.25) ? chance.between(5, 120) : 0)
    if (from >= today) break
  }
  return {
    id: ++next.site,
    street_fi: start[0] + end[0],
    street_sv: start[1] + end[1],
    number: String(chance.between(1, 120)),
    staircase: flat ? chance.of(['A', 'B', 'C', 'D']) : null,
    apartment: flat ? String(chance.between(1, 60)) : null,
    postcode: post.code,
    office: post.office,
    use: business
      ? chance.of(['business', 'business', 'property'])
      : chance.once(0.06)
        ? 'holiday-home'
        : 'permanent-dwelling',
    built,
    points,
    stays,
    agreements,
  }
}

const permissionsOf = ({ chance }: World, party: Party): readonly Permission[] => {
  if (party.stage === 'prospect') return [{ channel: 'email', state: 'granted' }]
  const roll = chance.next()
  if (roll < 0.28)
    return [
      { channel: 'email', state: 'granted' },
      { channel: 'sms', state: chance.once(0.5) ? 'granted' : 'prohibited' },
    ]
  if (roll < 0.36)
    return [
      { channel: 'email', state: 'granted' },
      { channel: 'email', state: 'withdrawn' },
    ]
  return roll < 0.5
    ? [
        { channel: 'phone', state: 'prohibited' },
        { channel: 'post', state: 'prohibited' },
      ]
    : []
}

/** Empty of customers, with what the register needs in place; refuses to mix made-up people with real ones. */
const preparedFor = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ some: boolean; free: boolean }>(
    `select exists (select from customer) as some, rolsuper or rolbypassrls as free from pg_roles where rolname = current_user`,
  )
  if (rows[0]?.free !== true)
    throw new Invalid('demo.owner-behind-walls', {
      detail: 'the demonstration is copied in past the row walls: connect as a superuser or a login with BYPASSRLS',
    })
  if (rows[0].some)
    throw new Conflict('demo.not-empty', {
      detail: 'there are customers in this register already; make the demonstration in an empty one',
    })
}

/**
 * Batch by batch, each in its own transaction, so that memory stays the same for any number. The search is rebuilt at the end.
 * @throws Conflict `demo.not-empty`; Invalid `demo.owner-behind-walls`, `demo.no-companies`
 */
export const makeDemo = async ({
  register,
  owner,
  customers,
  points = 0,
  seed = 1,
  now,
  measured = some,
  progress,
  settled,
}: Demo): Promise<Omit<Progress, 'day'>> => {
  const bits = bitsOf(register)
  const client = new pg.Client({ ...owner })
  await client.connect()
  const started = performance.now()
  try {
    await preparedFor(client)
    await loadPostcodes(owner)
    await loadRates(owner)
    const ids = await putProducts(client, bits)
    await putSpotDays(client, dayOf(now))
    const areas = (await postcodes()).filter((one) => one.homes)
    const chance = chanceOf(seed)
    const today = dayNumber(dayOf(now))
    const world: World = {
      chance,
      bits,
      today,
      people: peopleOf(chance, today),
      inside: areas.filter((one) => grid.has(one.municipality)),
      outside: areas.filter((one) => !grid.has(one.municipality)),
      product: (code) => ids.get(code) as number,
      next: { site: 0, point: 0, contract: 0 },
    }
    const rows = rowsOf(chance, register.keys, bits, today)
    let written = 0
    const soFar = () => ({
      customers: world.people.count(),
      points: world.next.point,
      rows: written,
      seconds: (performance.now() - started) / 1000,
    })
    const left = () => (world.next.point < points ? perBatch : Math.min(perBatch, customers - world.people.count()))
    while (left() > 0) {
      await client.query('begin')
      batch(world, rows, world.people.count() + left())
      written += await rows.write(client)
      await client.query('commit')
      progress?.(soFar())
    }
    for (const table of numbered)
      await client.query(
        `select setval(pg_get_serial_sequence($1, 'id'), greatest((select max(id) from ${table}), 1))`,
        [table],
      )
    await settled?.()
    await client.query('analyze accounting_point, occupancy, contract')
    const people = written
    const made = await putConsumption(client, measured, {
      today,
      now,
      seed,
      progress: ({ day, rows }) => {
        written = people + rows
        progress?.({ ...soFar(), day })
      },
    })
    written = people + made
    await client.query('analyze')
    await openSearch(register.pool('search-index.customer-care.group'))
    await client.query('analyze')
    return soFar()
  } finally {
    await client.end()
  }
}

/** Households until `until` parties have been made; whoever has no new home when the batch ends stays a former customer. */
const batch = (world: World, rows: ReturnType<typeof rowsOf>, until: number): void => {
  const { chance, people, bits, today } = world
  const homes: Home[] = []
  const movers: Mover[] = []
  const others: Party[] = []
  while (people.count() < until) {
    homes.push(settle(world, movers))
    if (chance.once(0.08))
      others.push({
        ...people.natural(),
        stage: 'prospect',
        controllers: bits.retailer,
        protected: false,
        deceased_on: null,
      })
  }
  const lived = new Map<Party, { readonly home: Home; readonly from: number; readonly to: number | null }[]>()
  for (const home of homes)
    for (const { party, from, to } of home.stays) lived.set(party, [...(lived.get(party) ?? []), { home, from, to }])
  const customersHere = [...lived.keys()]
  const natural = customersHere.filter((one) => one.kind === 'natural' && one.deceased_on === null)
  for (const one of customersHere) {
    if (one.deceased_on !== null && chance.once(0.5)) others.push(people.estateOf(one))
    if (one.kind === 'natural' && !one.protected && chance.once(0.004))
      others.push({ ...people.duplicateOf(one), controllers: one.controllers })
  }
  for (const one of customersHere) rows.party(one, permissionsOf(world, one), lived.get(one) ?? [])
  for (const one of others) rows.party(one, permissionsOf(world, one), [])
  for (const home of homes) rows.home(home)
  if (natural.length === 0) return
  for (const who of [...customersHere, ...others]) {
    const by = chance.of(natural)
    if (by === who) continue
    if (who.kind === 'legal' && chance.once(0.6))
      rows.represented({ who, by, kind: 'contact-person', scope: ['contracts', 'faults'], evidence: null })
    else if (who.kind === 'estate')
      rows.represented({ who, by, kind: 'estate-representative', scope: ['everything'], evidence: 'estate inventory' })
    else if (who.kind === 'natural' && chance.once(0.004))
      rows.represented({
        who,
        by,
        kind: 'guardian',
        scope: ['contracts', 'invoicing'],
        evidence: `appointed ${dayAt(today - chance.between(30, 3000))}`,
      })
  }
}
