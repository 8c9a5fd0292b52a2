// A move drawn before it is done: what stands, what becomes of it, and what forbids it. The deed draws it again, and does what is drawn.
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Context } from '../../../enforcement/serve.ts'
import type { Read } from '../../../platform/database.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { Endpoint } from '../../../register/endpoint.ts'
import type { CustomerId } from '../../customers/index.ts'
import { occupanciesOfCustomer, occupantsOfSite, pointsOfSites, sitesById } from '../../sites/index.ts'
import { products } from '../queries.ts'
import { contractRefusals } from '../rules.ts'
import type { plan } from './api.ts'
import * as queries from './queries.ts'
import * as rules from './rules.ts'

type Plan = z.output<typeof plan>
type Asked = {
  readonly customer_id: CustomerId
  readonly plan: Plan
  readonly today: string
  /** The first day on which a supplier may be changed under those who stay. */
  readonly switchOn: string
  readonly mask: number
}
const found = <T>(row: T | undefined, code: string): T => {
  if (row === undefined) throw new NotFound(code)
  return row
}

type Row = Awaited<ReturnType<typeof queries.contractsAt>>[number]
type Party = Pick<Row, 'customer_id' | 'role' | 'during'> & { readonly id: number }
export type Held = Row & { readonly parties: readonly Party[] }

const heldAt = async (db: Read, site: number): Promise<readonly Held[]> => {
  const rows = await queries.contractsAt(db, site)
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((all) => {
    const [first] = all
    if (first === undefined) return []
    const parties = all.map(({ party_id, customer_id, role, part }) => ({
      id: party_id,
      customer_id,
      role,
      during: part,
    }))
    return [{ ...first, parties }]
  })
}

type Living = Awaited<ReturnType<typeof occupantsOfSite>>
/** Who lives there on the day beside those who move; whoever owns it does not for that alone. */
const livingOn = (all: Living, day: string, mine: ReadonlySet<number>) =>
  all.filter(({ customer_id, role, during }) => role !== 'owner' && !mine.has(customer_id) && rules.runsOn(during, day))
const peopleOf = (rows: Living): ReadonlySet<number> => new Set(rows.map(({ customer_id }) => customer_id))

const leaving = async (
  db: Read,
  asked: Asked,
  mine: ReadonlySet<number>,
  isCompany: boolean,
  energies: ReadonlySet<string>,
) => {
  const { leave } = asked.plan
  if (leave === null) return undefined
  const stays = await occupanciesOfCustomer(db, asked.customer_id)
  const stay = found(
    stays.find(({ id }) => id === leave.occupancy_id),
    'occupancy.not-found',
  )
  const site = found((await sitesById(db, [stay.site_id]))[0], 'site.not-found')
  const occupants = await occupantsOfSite(db, stay.site_id)
  const held = await heldAt(db, stay.site_id)
  const points = await pointsOfSites(db, [stay.site_id])
  const others = livingOn(occupants, leave.day, mine)
  const about = { day: leave.day, mine, livesOn: peopleOf(others) }
  const end = leave.contracts_end ?? leave.day
  const contracts = held
    .filter(
      ({ parties, during }) =>
        (during.to === null || during.to > leave.day) && parties.some(({ customer_id }) => mine.has(customer_id)),
    )
    .map((each) => {
      const { choices, untouched } = rules.choicesOf(each, about, energies.has(each.energy))
      const wanted = leave.fates.find(({ contract_id }) => contract_id === each.id)?.fate
      const fate = wanted !== undefined && choices.includes(wanted) ? wanted : (choices[0] ?? 'remains')
      const heir = fate === 'passes' ? rules.heirOf(each.parties, about) : undefined
      const until = each.during.to !== null && each.during.to < end ? each.during.to : end
      return {
        ...each,
        fate,
        choices: [...choices],
        untouched,
        heir,
        ends: fate === 'ends' || fate === 'moves' ? until : null,
      }
    })
  return {
    stay,
    site,
    points,
    others: peopleOf(others).size,
    end,
    held,
    contracts,
    refusals: rules.leaveRefusals({ day: leave.day, end, stay: stay.during, isCompany, today: asked.today }, contracts),
  }
}

type Left = NonNullable<Awaited<ReturnType<typeof leaving>>>
type Products = Awaited<ReturnType<typeof products>>
export type Beginning = rules.Begin & {
  readonly product: Products[number]
  readonly code: string
  readonly from: string
  readonly to: string | null
  readonly fixed_until: string | null
  readonly follows: Left['contracts'][number] | null
  readonly former: Held | undefined
  readonly blocking: Held | undefined
}

const pointsAt = async (db: Read, site: number, dealtIn: ReadonlySet<string>) =>
  (await pointsOfSites(db, [site])).filter(
    ({ kind, status, energy }) => kind === 'consumption' && status !== 'removed' && dealtIn.has(energy),
  )
type Points = Awaited<ReturnType<typeof pointsAt>>

const entering = async (
  db: Read,
  asked: Asked,
  mine: ReadonlySet<number>,
  onSale: Products,
  points: Points,
  left: Left | undefined,
) => {
  const { enter, terms_version } = asked.plan
  if (enter === null) return undefined
  const site = found((await sitesById(db, [enter.site_id]))[0], 'customer-or-site.not-found')
  const occupants = await occupantsOfSite(db, enter.site_id)
  const served = await heldAt(db, enter.site_id)
  const stays = await occupanciesOfCustomer(db, asked.customer_id)
  // That somebody lives there is asked, and that it was asked stands in their log: they are opened for it.
  if (enter.lives_with !== null && !occupants.some(({ customer_id }) => customer_id === enter.lives_with))
    throw new NotFound('customer-or-site.not-found')
  const from = enter.contracts_begin ?? enter.day
  const livesThen = livingOn(occupants, from, mine)
  const taken = new Set<number>()
  const made = enter.made.map(({ point_id, product_id, fixed_until }, i) => {
    const point = found(
      points.find(({ id }) => id === point_id),
      'point.not-found',
    )
    const product = found(
      onSale.find(({ id }) => id === product_id),
      'product.not-found',
    )
    if (product.kind === 'sales') taken.add(point_id)
    return { path: `enter.made.${i}.point_id`, point, product, fixed_until, follows: null }
  })
  const moved = (left?.contracts ?? [])
    .filter(({ fate }) => fate === 'moves')
    .flatMap((follows) => {
      const point = points.find(({ id, energy }) => energy === follows.energy && !taken.has(id))
      if (point === undefined) return []
      taken.add(point.id)
      const product = found(
        onSale.find(({ id }) => id === follows.product_id),
        'product.not-found',
      )
      return [{ path: 'enter.site_id', point, product, fixed_until: follows.fixed_until, follows }]
    })
  const begins = [...moved, ...made].map(({ path, point, product, fixed_until, follows }): Beginning => {
    const begin = { path, point_id: point.id, kind: product.kind, energy: point.energy }
    const place = rules.placeOf(begin, from, served, peopleOf(livesThen), mine)
    return { ...begin, ...place, product, code: point.code, from, fixed_until, follows }
  })
  const unsold = begins.flatMap(({ path, point_id, energy, product, fixed_until, to, follows }) => {
    if (follows !== null) return []
    const parties = [{ customer_id: asked.customer_id, role: 'holder' }]
    return contractRefusals({ point_id, from, to, fixed_until, parties }, product, asked.mask, energy).map(
      ({ path: field, code, message }) => ({
        path: `body.${path.replace('point_id', field.replace('body.', ''))}`,
        code,
        message,
        earliest: null,
      }),
    )
  })
  const noTerms =
    made.length > 0 && terms_version === null
      ? [
          {
            path: 'body.terms_version',
            code: 'move.terms-missing',
            message: 'say by which terms it is agreed',
            earliest: null,
          },
        ]
      : []
  return {
    site,
    points,
    served,
    others: peopleOf(livingOn(occupants, enter.day, mine)).size,
    from,
    begins,
    refusals: [
      ...rules.enterRefusals(
        {
          day: enter.day,
          from,
          stays: stays
            .filter(({ site_id, role }) => site_id === enter.site_id && role === enter.role)
            .map(({ during }) => during),
          isSameHome: left?.site.id === enter.site_id,
          today: asked.today,
          switchOn: asked.switchOn,
          othersHold: livesThen.some(({ role }) => role === 'holder'),
        },
        begins,
      ),
      ...unsold,
      ...noTerms,
    ],
  }
}

/** @throws NotFound for what is not there for this bundle */
export const draw = async ({ db }: Pick<Context<Endpoint>, 'db'>, asked: Asked) => {
  const people = await queries.customersMoved(db, asked.customer_id)
  const self = found(
    people.find(({ id }) => id === asked.customer_id),
    'customer-or-site.not-found',
  )
  const mine: ReadonlySet<number> = new Set(people.map(({ id }) => id))
  const all = await products(db)
  const own = all.filter(({ controller, kind }) => (controller & asked.mask) !== 0 && kind !== 'connection')
  const dealtIn = new Set<string>(own.map(({ energy }) => energy))
  const points = asked.plan.enter === null ? [] : await pointsAt(db, asked.plan.enter.site_id, dealtIn)
  const energies = new Set<string>(points.map(({ energy }) => energy))
  const left = await leaving(db, asked, mine, self.kind === 'legal', energies)
  const entered = await entering(db, asked, mine, all, points, left)
  const formers = [
    ...new Map((entered?.begins ?? []).flatMap(({ former }) => (former ? [[former.id, former]] : []))).values(),
  ]
  const refusals = [...(left?.refusals ?? []), ...(entered?.refusals ?? [])]
  return { mine, left, entered, formers, refusals, pays: paysOf(asked, left, entered) }
}
export type Drawn = Awaited<ReturnType<typeof draw>>

const paysOf = (
  { plan: { leave, enter } }: Asked,
  left: Left | undefined,
  entered: Awaited<ReturnType<typeof entering>>,
) => [
  ...(left === undefined || leave === null ? [] : rules.paysAfter(leave.day, left.contracts, left.held)),
  ...(entered === undefined || enter === null
    ? []
    : rules.paysBefore(enter.day, entered.from, entered.points, entered.begins, entered.served)),
]

/** Exactly what was shown: who, what, which version of it, and the days. */
export const digestOf = ({ left, entered, formers, refusals }: Drawn): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        left && [
          left.stay.id,
          left.stay.version,
          left.contracts.map(({ id, version, fate, ends }) => [id, version, fate, ends]),
        ],
        entered && [
          entered.site.id,
          entered.begins.map(({ point_id, product, from, to, fixed_until, follows }) => [
            point_id,
            product.id,
            from,
            to,
            fixed_until,
            follows?.id ?? null,
          ]),
        ],
        formers.map(({ id, version }) => [id, version]),
        refusals.map(({ path, code, earliest }) => [path, code, earliest]),
      ]),
    )
    .digest('base64url')
