// What can be asked about usage sites: where they are, by which points they are measured, who lives there, and moves in and out.
import { z } from 'zod'
import { endpoint } from '../../register/endpoint.ts'
import type { Language } from '../../register/vocabulary.ts'
import { customerId, day, during, period } from '../customers/api.ts'

export const energies = ['electricity', 'heat', 'gas', 'steam'] as const
export const uses = ['permanent-dwelling', 'holiday-home', 'business', 'property', 'other'] as const
export const occupancyRoles = ['holder', 'household', 'owner'] as const
/** Main fuses that price lists know, in phases × amperes. */
export const fuses = [
  '1x25A',
  '3x25A',
  '3x35A',
  '3x50A',
  '3x63A',
  '3x80A',
  '3x100A',
  '3x125A',
  '3x160A',
  '3x200A',
  '3x250A',
] as const

const id = z.number().int().positive()
const ofCustomer = z.object({ customer_id: customerId })
const ofSite = z.object({ site_id: id })
const everyone = ['customer-care', 'supply', 'payment', 'claims', 'market-exchange', 'rights'] as const
const text = z.string().trim().min(1).max(120)

export const address = z.object({
  id,
  street_fi: z.string(),
  street_sv: z.string().nullable(),
  number: z.string().nullable(),
  staircase: z.string().nullable(),
  apartment: z.string().nullable(),
  postcode: z.string(),
  post_office_fi: z.string(),
  post_office_sv: z.string(),
  source: z.string(),
  recorded_at: z.string(),
  version: z.number().int(),
})

export const occupancy = z.object({
  id,
  customer_id: customerId,
  site_id: id,
  role: z.enum(occupancyRoles),
  during: period,
  version: z.number().int(),
  source: z.string(),
  recorded_at: z.string(),
})

export const point = z.object({
  id: z.number().int(),
  site_id: id,
  energy: z.enum(energies),
  code: z.string(),
  kind: z.enum(['consumption', 'production']),
  status: z.enum(['under-construction', 'connected', 'disconnected', 'removed']),
  version: z.number().int(),
})

export const connection = z.object({
  id,
  site_id: id,
  energy: z.enum(energies),
  main_fuse: z.string().nullable(),
  capacity_kw: z.string().nullable(),
  during: period,
  version: z.number().int(),
})

type Address = z.output<typeof address>
const streetOf = (at: Address, language: Language): string =>
  [language === 'sv' ? (at.street_sv ?? at.street_fi) : at.street_fi, at.number, at.staircase, at.apartment]
    .filter((part) => part !== null && part !== '')
    .join(' ')

/** Where a site is, and what measures there, when a list is taken out. */
const placeColumns = <R>(siteOf: (row: R) => Address, pointsOf: (row: R) => readonly z.output<typeof point>[]) =>
  ({
    street: {
      label: { fi: 'Katuosoite', sv: 'Gatuadress', en: 'Street address' },
      category: 'site-address',
      of: (row: R, language: Language) => streetOf(siteOf(row), language),
    },
    postcode: {
      label: { fi: 'Postinumero', sv: 'Postnummer', en: 'Postcode' },
      category: 'site-address',
      of: (row: R) => siteOf(row).postcode,
    },
    post_office: {
      label: { fi: 'Postitoimipaikka', sv: 'Postanstalt', en: 'Post office' },
      category: 'site-address',
      of: (row: R, language: Language) => (language === 'sv' ? siteOf(row).post_office_sv : siteOf(row).post_office_fi),
    },
    points: {
      label: { fi: 'Käyttöpaikkatunnukset', sv: 'Driftställenas koder', en: 'Accounting points' },
      category: 'accounting-point',
      of: (row: R) => pointsOf(row).map(({ code }) => code),
    },
  }) as const

const measured = { points: z.array(point), connections: z.array(connection) }

export const siteFound = address.extend({ points: z.array(point) })

export const findSites = endpoint({
  method: 'GET',
  path: '/api/sites',
  action: 'find a site',
  label: { fi: 'käyttöpaikan hakeminen', sv: 'söka ett driftställe' },
  purposes: everyone,
  reads: ['site-address'],
  readsIfPermitted: ['accounting-point'],
  /** An address as it is begun, in Finnish or Swedish, with or without the post office; a postcode; or the code of a point. */
  takes: { query: z.object({ text: z.string().trim().min(2).max(120) }) },
  /** At most 20, in the order of the address. */
  gives: z.array(siteFound),
  list: {
    title: { fi: 'Käyttöpaikat', sv: 'Driftställen', en: 'Usage sites' },
    columns: placeColumns<z.output<typeof siteFound>>(
      (row) => row,
      ({ points }) => points,
    ),
  },
})

const siteOfCustomer = occupancy.extend({ site: address, ...measured })

export const sitesOfCustomer = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/sites',
  action: 'see the sites of a customer',
  label: { fi: 'asiakkaan käyttöpaikkojen katselu', sv: 'se en kunds driftställen' },
  purposes: everyone,
  reads: ['site-address', 'occupancy'],
  readsIfPermitted: ['accounting-point'],
  takes: { params: ofCustomer },
  /** One for each period: the newest first. */
  gives: z.array(siteOfCustomer),
  list: {
    title: { fi: 'Käyttöpaikat', sv: 'Driftställen', en: 'Usage sites' },
    columns: {
      ...placeColumns<z.output<typeof siteOfCustomer>>(
        ({ site }) => site,
        ({ points }) => points,
      ),
      role: {
        label: { fi: 'Osa', sv: 'Roll', en: 'Part' },
        category: 'occupancy',
        values: {
          holder: { fi: 'haltija', sv: 'innehavare', en: 'holder' },
          household: { fi: 'talouden jäsen', sv: 'hushållsmedlem', en: 'of the household' },
          owner: { fi: 'omistaja', sv: 'ägare', en: 'owner' },
        },
      },
      ...during('occupancy'),
    },
  },
  caller: { level: 2, scope: 'connections' },
})

/** Where a protected person lives: opened by the role that opens them, one at a time, with a reason. */
export const protectedSites = endpoint({
  method: 'GET',
  path: '/api/customers/:customer_id/protected-sites',
  action: 'open the sites of a protected customer',
  label: { fi: 'suojatun asiakkaan käyttöpaikkojen avaaminen', sv: 'öppna en skyddad kunds driftställen' },
  purposes: ['customer-care', 'rights'],
  reads: ['protection-order', 'site-address', 'occupancy'],
  readsIfPermitted: ['accounting-point'],
  takes: { params: ofCustomer },
  gives: z.array(siteOfCustomer),
  strict: true,
  asksWhy: true,
  caller: { level: 2, scope: 'connections' },
})

export const openSite = endpoint({
  method: 'GET',
  path: '/api/sites/:site_id',
  action: 'open a site',
  label: { fi: 'käyttöpaikan avaaminen', sv: 'öppna ett driftställe' },
  purposes: everyone,
  reads: ['site-address', 'occupancy'],
  readsIfPermitted: ['accounting-point', 'name'],
  takes: { params: ofSite },
  gives: z.object({
    site: address.extend({ use: z.enum(uses).nullable(), heated_by_electricity: z.boolean().nullable() }),
    occupants: z.array(occupancy.extend({ name: z.string().nullable() })),
    ...measured,
  }),
})

export const addSite = endpoint({
  method: 'POST',
  path: '/api/sites',
  action: 'add a site',
  label: { fi: 'käyttöpaikan lisääminen', sv: 'lägga till ett driftställe' },
  purposes: ['customer-care', 'supply'],
  reads: ['site-address'],
  writes: ['site-address', 'accounting-point'],
  takes: {
    body: z.strictObject({
      street_fi: text,
      street_sv: text.nullable().default(null),
      number: z.string().trim().max(20).nullable().default(null),
      staircase: z.string().trim().max(10).nullable().default(null),
      apartment: z.string().trim().max(10).nullable().default(null),
      postcode: z.string().regex(/^\d{5}$/, 'a Finnish postcode has five digits'),
      use: z.enum(uses).default('permanent-dwelling'),
      heated_by_electricity: z.boolean().default(false),
    }),
  },
  gives: address,
})

export const addPoint = endpoint({
  method: 'POST',
  path: '/api/sites/:site_id/points',
  action: 'add an accounting point',
  label: { fi: 'mittauspisteen lisääminen', sv: 'lägga till en mätpunkt' },
  purposes: ['customer-care', 'supply'],
  reads: ['accounting-point', 'occupancy', 'site-address'],
  writes: ['accounting-point'],
  takes: {
    params: ofSite,
    body: z.strictObject({
      energy: z.enum(energies),
      code: z.string().trim().min(1).max(40),
      kind: point.shape.kind.default('consumption'),
      status: point.shape.status.default('connected'),
    }),
  },
  gives: point,
})

export const addConnection = endpoint({
  method: 'POST',
  path: '/api/sites/:site_id/connections',
  action: 'add a connection',
  label: { fi: 'liittymän lisääminen', sv: 'lägga till en anslutning' },
  purposes: ['customer-care', 'supply'],
  reads: ['accounting-point', 'occupancy', 'site-address'],
  writes: ['accounting-point'],
  takes: {
    params: ofSite,
    body: z.strictObject({
      energy: z.enum(energies),
      main_fuse: z.enum(fuses).nullable().default(null),
      capacity_kw: z.number().positive().max(1_000_000).nullable().default(null),
      from: day,
    }),
  },
  gives: connection,
})

/**
 * A protected person is moved by the role that opens them, with a reason; the home is protected from that moment. A home that is protected
 * already is opened by way of who lives there.
 */
export const moveIn = endpoint({
  method: 'POST',
  path: '/api/customers/:customer_id/occupancies',
  action: 'move a customer in',
  label: { fi: 'asiakkaan muutto sisään', sv: 'flytta in en kund' },
  purposes: ['customer-care', 'supply'],
  reads: ['occupancy', 'site-address'],
  writes: ['occupancy'],
  takes: {
    params: ofCustomer,
    body: z.strictObject({
      site_id: id,
      role: z.enum(occupancyRoles).default('holder'),
      from: day,
      /** The first day that is no longer lived there. */
      to: day.nullable().default(null),
      /** Who lives there already, where the home is protected. */
      lives_with: customerId.nullable().default(null),
    }),
  },
  gives: occupancy,
  caller: { level: 2, scope: 'contracts' },
  opens: true,
  opensToo: ({ lives_with }) => (lives_with === null ? [] : [lives_with]),
})

/** Ends a stay: `to` is the first day that is no longer lived there; null, if the move was a slip. `version` guards against a second editor. */
export const moveOut = endpoint({
  method: 'PATCH',
  path: '/api/customers/:customer_id/occupancies/:occupancy_id',
  action: 'move a customer out',
  label: { fi: 'asiakkaan muutto pois', sv: 'flytta ut en kund' },
  purposes: ['customer-care', 'supply'],
  reads: ['occupancy'],
  writes: ['occupancy'],
  takes: {
    params: ofCustomer.extend({ occupancy_id: id }),
    body: z.strictObject({ to: day.nullable(), version: z.number().int().positive() }),
  },
  gives: occupancy,
  caller: { level: 2, scope: 'contracts' },
  opens: true,
})

export const readPostcode = endpoint({
  method: 'GET',
  path: '/api/postcodes/:code',
  action: 'look up a postcode',
  label: { fi: 'postinumeron hakeminen', sv: 'slå upp ett postnummer' },
  purposes: everyone,
  reads: ['site-address'],
  takes: { params: z.object({ code: z.string().max(5) }) },
  gives: z.object({
    code: z.string(),
    post_office_fi: z.string(),
    post_office_sv: z.string(),
    municipality_fi: z.string(),
    municipality_sv: z.string(),
  }),
})
