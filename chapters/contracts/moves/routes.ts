// Moves: shown, done, taken back.
import type { z } from 'zod'
import { type Context, type Route, route } from '../../../enforcement/serve.ts'
import { addPeriod, dayOf } from '../../../platform/clock.ts'
import { Conflict, Invalid, NotFound } from '../../../platform/errors.ts'
import type { Endpoint } from '../../../register/endpoint.ts'
import type { Law } from '../../../register/description.ts'
import { figure } from '../../../register/law.ts'
import type { CustomerId } from '../../customers/index.ts'
import {
  endOccupancy,
  insertOccupancy,
  occupanciesOfCustomer,
  protectHomes,
  told as toldOfSites,
} from '../../sites/index.ts'
import { newNumber } from '../number.ts'
import { endContract, insertContract, insertParty, serve } from '../queries.ts'
import { isSlip } from '../rules.ts'
import { told } from '../told.ts'
import * as api from './api.ts'
import { type Beginning, digestOf, draw, type Drawn, type Held } from './drawing.ts'
import * as queries from './queries.ts'
import { runsOn } from './rules.ts'

type Moving = Pick<Context<Endpoint>, 'db' | 'bundle' | 'now' | 'actor' | 'because' | 'opened'>
type Undo = z.output<typeof api.makeMove.gives>['undo']
type Was = {
  readonly stays: Undo['stays']
  readonly contracts: Undo['contracts']
  readonly parties: Undo['parties']
  readonly made: { stays: number[]; contracts: number[]; parties: number[] }
}

const changed = <T>(row: T | undefined): T => {
  if (row === undefined) throw new Conflict('move.changed')
  return row
}

const endWhole = async (context: Moving, held: Held, to: string, was: Was): Promise<void> => {
  const how = told(context)
  changed(await endContract(context.db, held.id, to, 'moved', held.version, how))
  was.contracts.push({ id: held.id, version: held.version + 1, to: held.during.to, end_reason: held.end_reason })
  const ending = held.parties.filter(({ during }) => during.to === null || during.to > to)
  await queries.endParts(
    context.db,
    ending.map(({ id }) => id),
    to,
    how,
  )
  was.parties.push(...ending.map(({ id, during }) => ({ id, to: during.to })))
}

/** Who leaves is a party no more, and the heir is the holder alone. */
const passOn = async (
  context: Moving,
  held: Held,
  heir: Held['parties'][number],
  from: string,
  mine: ReadonlySet<number>,
  was: Was,
) => {
  const how = told(context)
  changed(await queries.touchContract(context.db, held.id, held.version, how))
  was.contracts.push({ id: held.id, version: held.version + 1, to: held.during.to, end_reason: held.end_reason })
  const running = held.parties.filter(({ during }) => during.to === null || during.to > from)
  const going = running.filter(
    ({ customer_id, id }) => mine.has(customer_id) || (id === heir.id && heir.role !== 'holder'),
  )
  if (heir.role !== 'holder') {
    const made = changed(await queries.inheritPart(context.db, heir.id, from, how))
    was.made.parties.push(made.id)
  }
  await queries.endParts(
    context.db,
    going.map(({ id }) => id),
    from,
    how,
  )
  was.parties.push(...going.map(({ id, during }) => ({ id, to: during.to })))
}

/** The parties of a contract that moves along, or the one who moves. */
const partiesOf = ({ follows, from }: Beginning, customer_id: number) =>
  follows === null
    ? [{ customer_id, role: 'holder' }]
    : follows.parties.filter(({ during }) => during.to === null || during.to >= from || runsOn(during, from))

const begin = async (
  context: Moving,
  one: Beginning,
  customer_id: CustomerId,
  site_id: number,
  plan: { readonly terms_version: string | null; readonly agreed_how: string },
  was: Was,
): Promise<void> => {
  const { db } = context
  const how = told(context)
  const made = {
    site_id,
    point_id: one.point_id,
    from: one.from,
    to: one.to,
    fixed_until: one.fixed_until,
    terms_version: one.follows?.terms_version ?? plan.terms_version ?? '',
    agreed_how: plan.agreed_how,
  }
  const { id } = changed(await insertContract(db, newNumber(one.product.kind), made, one.product, how))
  was.made.contracts.push(id)
  const parties = partiesOf(one, customer_id)
  for (const party of parties) {
    const row = changed(await insertParty(db, id, party, one.product.controller, made, how))
    was.made.parties.push(row.id)
  }
  await serve(
    db,
    parties.map((party) => party.customer_id),
    site_id,
    one.product.controller,
  )
}

type Body = z.output<typeof api.makeMove.takes.body>

const perform = async (context: Moving, customer_id: CustomerId, body: Body, drawn: Drawn): Promise<Undo> => {
  const { db } = context
  const { left, entered, formers, mine } = drawn
  const how = toldOfSites(context)
  const was: Was = { stays: [], contracts: [], parties: [], made: { stays: [], contracts: [], parties: [] } }
  for (const former of formers) await endWhole(context, former, entered?.from ?? '', was)
  if (left !== undefined && body.leave !== null) {
    for (const each of left.contracts) {
      if (each.ends !== null) await endWhole(context, each, each.ends, was)
      else if (each.heir !== undefined) await passOn(context, each, each.heir, left.end, mine, was)
    }
    const { id, customer_id: who, version, during } = left.stay
    if (during.to !== body.leave.day) {
      const gone = changed(await endOccupancy(db, who, id, body.leave.day, version, how))
      was.stays.push({ id, version: version + 1, to: during.to })
      if (gone.protected) await protectHomes(db, who)
    }
  }
  if (entered !== undefined && body.enter !== null) {
    const { site_id, role, day } = body.enter
    // Before the stay: from it on the home of a protected person is closed, to this request as well.
    for (const one of entered.begins) await begin(context, one, customer_id, site_id, body, was)
    const to = { site_id, role, from: day, to: null }
    const stay = await insertOccupancy(db, customer_id, to, context.opened, how)
    // A protected person whom nothing has opened here: where they live is not known by way of this.
    if (stay === undefined) throw new NotFound('customer-or-site.not-found')
    was.made.stays.push(stay.id)
    if (stay.protected) await protectHomes(db, customer_id)
  }
  return { at: context.now.toISOString(), ...was }
}

const drawnFor = async (
  context: Moving & Pick<Context<Endpoint>, 'db'>,
  laws: readonly Law[],
  customer_id: CustomerId,
  plan: z.output<typeof api.plan>,
): Promise<Drawn> => {
  const { now, bundle } = context
  if (plan.leave === null && plan.enter === null)
    throw new Invalid('move.nothing', {
      status: 422,
      faults: [{ path: 'body', code: 'move.nothing', message: 'a move leaves a home, enters one, or both' }],
    })
  const today = dayOf(now)
  const switchOn = dayOf(addPeriod(now, figure(laws, 'supplier-switch-notice', today)))
  return draw(context, { customer_id, plan, today, switchOn, mask: bundle.mask })
}

const contractOf = ({ id, number, kind, energy, name_fi, name_sv, name_en }: Held) => ({
  id,
  number,
  kind,
  energy,
  name_fi,
  name_sv,
  name_en,
})

const shown = (drawn: Drawn): z.output<typeof api.drawn> => {
  const { left, entered, formers, refusals, pays } = drawn
  const codes = new Map((entered?.points ?? left?.points ?? []).map(({ id, code }) => [id, code]))
  for (const { id, code } of left?.points ?? []) codes.set(id, code)
  return {
    leave: left === undefined ? null : { site: left.site, others: left.others, during: left.stay.during },
    enter:
      entered === undefined
        ? null
        : {
            site: entered.site,
            others: entered.others,
            points: entered.points.map(({ id, energy, code }) => ({
              id,
              energy,
              code,
              served: entered.served.some(
                (held) =>
                  held.point_id === id &&
                  held.kind !== 'connection' &&
                  runsOn(held.during, entered.from) &&
                  !formers.includes(held),
              ),
            })),
          },
    contracts: (left?.contracts ?? []).map((row) => ({
      ...contractOf(row),
      during: row.during,
      fixed_until: row.fixed_until,
      fate: row.fate,
      choices: row.choices,
      untouched: row.untouched,
      ends: row.ends,
      heir_id: row.heir?.customer_id ?? null,
    })),
    begins: (entered?.begins ?? []).map(({ product, point_id, code, from, to, fixed_until, follows }) => ({
      kind: product.kind,
      energy: product.energy,
      name_fi: product.name_fi,
      name_sv: product.name_sv,
      name_en: product.name_en,
      point_id,
      code,
      from,
      to,
      fixed_until,
      follows: follows?.id ?? null,
    })),
    formers: formers.map((row) => ({ ...contractOf(row), ends: entered?.from ?? '' })),
    pays: pays.map(({ point_id, ...rest }) => ({ ...rest, code: codes.get(point_id) ?? '' })),
    refusals: [...refusals],
    seen: digestOf(drawn),
  }
}

/** `laws`: register/law.yaml, where the periods of the market stand. */
export const moveRoutes = (laws: readonly Law[]): readonly Route[] => [
  route(api.previewMove, async (context) =>
    shown(await drawnFor(context, laws, context.input.params.customer_id, context.input.body)),
  ),
  route(api.makeMove, async (context) => {
    const { customer_id } = context.input.params
    const { seen, ...plan } = context.input.body
    const drawn = await drawnFor(context, laws, customer_id, plan)
    const [first] = drawn.refusals
    if (first !== undefined)
      throw new Invalid(first.code, {
        status: 422,
        faults: drawn.refusals.map(({ path, code, message }) => ({ path, code, message })),
      })
    if (digestOf(drawn) !== seen) throw new Conflict('move.changed')
    const undo = await perform(context, customer_id, context.input.body, drawn)
    return {
      ended: drawn.formers.length + (drawn.left?.contracts ?? []).filter(({ ends }) => ends !== null).length,
      begun: undo.made.contracts.length,
      undo,
    }
  }),
  route(api.undoMove, async (context) => {
    const { db, input, actor, now, bundle } = context
    const { at, made, stays, contracts, parties } = input.body
    if (!isSlip({ recorded_at: at }, dayOf(now))) throw new Conflict('move.too-late')
    const by = actor.handle
    const parts = [...made.parties, ...parties.map(({ id }) => id)]
    const lived = await queries.staysMade(db, made.stays, at, by)
    const agreed = await queries.contractsMade(db, made.contracts, at, by)
    const touched = await queries.partsTouched(db, parts, at, by)
    const own = await occupanciesOfCustomer(db, input.params.customer_id)
    if (
      lived.length !== made.stays.length ||
      agreed.length !== made.contracts.length ||
      touched.length !== parts.length
    )
      throw new Conflict('move.changed')
    const places = [...new Set([...lived, ...agreed].map(({ site_id }) => site_id))]
    await queries.goBack(db, made, places, by, at, bundle.mask)
    const how = told(context)
    for (const { id, version, to, end_reason } of contracts)
      changed(await endContract(db, id, to, end_reason, version, how))
    await queries.partsRunOn(db, parties, how)
    for (const { id, version, to } of stays) {
      const stay = changed(own.find((each) => each.id === id))
      const back = changed(await endOccupancy(db, stay.customer_id, id, to, version, toldOfSites(context)))
      if (back.protected) await protectHomes(db, stay.customer_id)
    }
    return { stays: made.stays.length + stays.length, contracts: made.contracts.length + contracts.length }
  }),
]
