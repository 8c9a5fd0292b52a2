// Sites: api, rules and queries put together.
import { type Route, route } from '../../enforcement/serve.ts'
import type { Read } from '../../platform/database.ts'
import { Conflict, type Fault, Invalid, NotFound } from '../../platform/errors.ts'
import { type CustomerId, displayName } from '../customers/index.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { connectionRefusal, homeKey, periodRefusal, pointCode } from './rules.ts'
import { told } from './told.ts'

const found = <T>(row: T | undefined, code: string): T => {
  if (row === undefined) throw new NotFound(code)
  return row
}

const refuse = (fault: Fault | undefined): void => {
  if (fault !== undefined) throw new Invalid(fault.code, { status: 422, faults: [fault] })
}

/** What is measured at the sites, for those who may read it. */
const measured = async (db: Read, sites: readonly number[], may: boolean) => {
  const [points, connections] = may
    ? await Promise.all([queries.pointsOfSites(db, sites), queries.connectionsOfSites(db, sites)])
    : [[], []]
  return (site: number) => ({
    points: points.filter((point) => point.site_id === site),
    connections: connections.filter((connection) => connection.site_id === site),
  })
}

/** Each period with its site; what lies behind a wall is not among them. */
const homesOf = async (db: Read, customer: CustomerId, mayMeasured: boolean) => {
  const occupancies = await queries.occupanciesOfCustomer(db, customer)
  const ids = [...new Set(occupancies.map(({ site_id }) => site_id))]
  const sites = new Map((await queries.sitesById(db, ids)).map((site) => [site.id, site]))
  const at = await measured(db, ids, mayMeasured)
  return occupancies.flatMap((occupancy) => {
    const site = sites.get(occupancy.site_id)
    return site === undefined ? [] : [{ ...occupancy, site, ...at(site.id) }]
  })
}

/** What was typed may be a point, a postcode or an address, and the address may end in its post office. */
const sitesLike = async (db: Read, text: string, mayPoints: boolean) => {
  const code = text.replaceAll(' ', '')
  if (/^\d{5}$/.test(code)) return queries.sitesByPostcode(db, code)
  if (/^\d{6,}$/.test(code)) return mayPoints ? queries.sitesByPointCode(db, code) : []
  const words = homeKey(text).split(' ')
  const whole = await queries.sitesByAddress(db, words.join(' '), '')
  if (whole.length > 0 || words.length === 1) return whole
  return queries.sitesByAddress(db, words.slice(0, -1).join(' '), words.at(-1) ?? '')
}

export const siteRoutes: readonly Route[] = [
  route(api.findSites, async ({ db, input, may }) => {
    const sites = await sitesLike(db, input.query.text, may('accounting-point'))
    const ids = sites.map(({ id }) => id)
    const points = may('accounting-point') ? await queries.pointsOfSites(db, ids) : []
    return sites.map((site) => ({ ...site, points: points.filter(({ site_id }) => site_id === site.id) }))
  }),
  route(api.sitesOfCustomer, ({ db, input, may }) => homesOf(db, input.params.customer_id, may('accounting-point'))),
  route(api.protectedSites, ({ db, input, may }) => homesOf(db, input.params.customer_id, may('accounting-point'))),
  route(api.openSite, async ({ db, input, may }) => {
    const { site_id } = input.params
    const [first] = await queries.sitesById(db, [site_id])
    const site = found(first, 'site.not-found')
    const at = await measured(db, [site_id], may('accounting-point'))
    const occupants = await queries.occupantsOfSite(db, site_id)
    const people = occupants.map(({ customer_id }) => customer_id)
    const names = new Map(
      may('name') ? (await queries.namesOf(db, people)).map((row) => [row.customer_id, displayName(row)]) : [],
    )
    const use = may('accounting-point') ? await queries.useOfSite(db, site_id) : undefined
    return {
      site: { ...site, use: use?.use ?? null, heated_by_electricity: use?.heated_by_electricity ?? null },
      occupants: occupants.map((row) => ({ ...row, name: names.get(row.customer_id) ?? null })),
      ...at(site_id),
    }
  }),
  route(api.addSite, async (context) => {
    const { db, input } = context
    const office = await queries.findPostcode(db, input.body.postcode)
    if (office === undefined)
      throw new Invalid('postcode.unknown', {
        status: 422,
        faults: [
          { path: 'body.postcode', code: 'postcode.unknown', message: `there is no postcode ${input.body.postcode}` },
        ],
      })
    const { post_office_fi, post_office_sv } = office
    return { ...(await queries.insertSite(db, input.body, told(context))), post_office_fi, post_office_sv }
  }),
  route(api.addPoint, async (context) => {
    const { db, input } = context
    const read = pointCode(input.body.energy, input.body.code)
    if (read.refused !== undefined) throw new Invalid(read.refused.code, { status: 422, faults: [read.refused] })
    const made = { ...input.body, code: read.code }
    const row = found(await queries.insertPoint(db, input.params.site_id, made, told(context)), 'site.not-found')
    // The line in the access log names those who live there.
    await queries.occupantsOfSite(db, row.site_id)
    return row
  }),
  route(api.addConnection, async (context) => {
    const { db, input } = context
    const { energy, main_fuse, capacity_kw } = input.body
    refuse(connectionRefusal(energy, main_fuse, capacity_kw))
    const row = found(
      await queries.insertConnection(db, input.params.site_id, input.body, told(context)),
      'site.not-found',
    )
    await queries.occupantsOfSite(db, row.site_id)
    return row
  }),
  route(api.moveIn, async (context) => {
    const { db, input } = context
    refuse(periodRefusal(input.body.from, input.body.to))
    const { customer_id } = input.params
    const { lives_with, site_id } = input.body
    // That they live there is asked, and that it was asked stands in their log: they are opened for it.
    const there = lives_with === null ? [] : await queries.occupanciesOfCustomer(db, lives_with)
    if (lives_with !== null && !there.some((stay) => stay.site_id === site_id))
      throw new NotFound('customer-or-site.not-found')
    const row = found(
      await queries.insertOccupancy(db, customer_id, input.body, context.opened, told(context)),
      'customer-or-site.not-found',
    )
    if (row.protected) await queries.protectHomes(db, customer_id)
    return row
  }),
  route(api.moveOut, async (context) => {
    const { db, input } = context
    const { customer_id, occupancy_id } = input.params
    const { to, version } = input.body
    const old = found(await queries.findOccupancy(db, customer_id, occupancy_id), 'occupancy.not-found')
    refuse(periodRefusal(old.during.from, to))
    const row = await queries.endOccupancy(db, customer_id, occupancy_id, to, version, told(context))
    if (row === undefined) throw new Conflict('occupancy.changed')
    if (row.protected) await queries.protectHomes(db, customer_id)
    return row
  }),
  route(api.readPostcode, async ({ db, input }) =>
    found(await queries.findPostcode(db, input.params.code), 'postcode.not-found'),
  ),
]
