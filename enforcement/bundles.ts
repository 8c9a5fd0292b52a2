// A bundle is role × purpose × hat: one login of PostgreSQL, and what it may do with each table. Everything here follows from the declaration.
import type { Description, Role, Rows } from '../register/description.ts'
import { type ColumnRule, type Table, type Tables } from '../register/table.ts'
import { categoriesOf, categoryOf } from '../register/tables.ts'
import type { Category, Published, Purpose } from '../register/vocabulary.ts'

export type Bundle = {
  /** Name of the login: `customer-service.customer-care.retail`. */
  readonly login: string
  readonly role: string
  readonly purpose: Purpose
  readonly hat: string
  readonly system: boolean
  /** Answered only where something is written. */
  readonly delivers: boolean
  /** Bits of the controllers whose rows it works with. */
  readonly mask: number
  readonly everyController: boolean
  readonly reads: ReadonlySet<Category>
  readonly writes: ReadonlySet<Category>
  readonly deletes: ReadonlySet<Category>
  readonly publishes: ReadonlySet<Published>
  readonly rows: Rows
  /** By it lists are taken out: it reads what its role declares in `exports`, writes nothing, and no wall opens to it. */
  readonly takesOut: boolean
}

/** The login by which lists of a bundle are taken out. */
export const outLogin = (login: string): string => `${login}.out`

const bundlesOfRole = (role: Role, bits: ReadonlyMap<string, number>): readonly Bundle[] =>
  Object.entries(role.purposes).flatMap(([purpose, may]) =>
    Object.entries(role.hats).flatMap(([hat, controllers]) => {
      const bundle: Bundle = {
        login: `${role.id}.${purpose}.${hat}`,
        role: role.id,
        purpose: purpose as Purpose,
        hat,
        system: role.system,
        delivers: role.delivers === true,
        mask: controllers.reduce((mask, id) => mask | (bits.get(id) ?? 0), 0),
        everyController: controllers.length === bits.size,
        reads: new Set(may.reads),
        writes: new Set(may.writes),
        deletes: new Set(may.deletes),
        publishes: new Set(may.publishes),
        rows: role.rows,
        takesOut: false,
      }
      return may.exports.length === 0 ? [bundle] : [bundle, outOf(bundle, may.exports)]
    }),
  )

const outOf = (bundle: Bundle, exports: readonly Category[]): Bundle => ({
  ...bundle,
  login: outLogin(bundle.login),
  reads: new Set(exports),
  writes: new Set(),
  deletes: new Set(),
  publishes: new Set(),
  rows: { ...bundle.rows, protected: 'hidden', restricted: 'hidden' },
  takesOut: true,
})

export const bundlesOf = (description: Description): readonly Bundle[] => {
  const bits = new Map(description.controllers.map((controller) => [controller.id, controller.bit]))
  return description.roles.flatMap((role) => bundlesOfRole(role, bits))
}

export type Privileges = {
  readonly select: readonly string[]
  readonly insert: readonly string[]
  readonly update: readonly string[]
  readonly delete: boolean
}

const kindOf = (rule: ColumnRule) =>
  typeof rule === 'string' ? 'personal' : 'wall' in rule ? 'wall' : rule.notPersonal

/** Columns that the bundle may read, give at insertion and change. A table without personal columns is read by all, and written by those who publish it. */
export const privilegesOn = (bundle: Bundle, table: Table): Privileges => {
  const columns = Object.entries(table.columns)
  const held = categoriesOf(table)
  if (table.projection !== undefined && bundle.login === indexKeeper) {
    const all = Object.keys(table.columns)
    return { select: all, insert: all, update: [], delete: true }
  }
  const readsSome = held.length === 0 || held.some((category) => bundle.reads.has(category))
  const publishes = table.published !== undefined && bundle.publishes.has(table.published)
  const writesSome =
    publishes || (table.projection === undefined && held.some((category) => bundle.writes.has(category)))
  const pick = (allowed: (rule: ColumnRule) => boolean) =>
    columns.filter(([, rule]) => allowed(rule)).map(([name]) => name)
  const writes = (rule: ColumnRule) => {
    const category = categoryOf(rule)
    return category !== undefined && bundle.writes.has(category)
  }
  return {
    select: pick((rule) => {
      const category = categoryOf(rule)
      return category === undefined ? readsSome || writesSome : bundle.reads.has(category)
    }),
    insert: writesSome ? pick((rule) => writes(rule) || kindOf(rule) !== 'personal') : [],
    update:
      writesSome && !table.appendOnly
        ? pick((rule) => (writes(rule) && kindOf(rule) === 'personal') || kindOf(rule) === 'mark')
        : [],
    delete: held.length > 0 && held.every((category) => bundle.deletes.has(category)),
  }
}

const seenSetting = (name: string, type: string) =>
  `(NULLIF(current_setting('${name}'::text, true), ''::text))::${type}`

/** The person with their estate, and the sites, opened for the transaction: set by `open` alone, after the reason is in the access log. */
export const openedCustomers = 'register.opened'
export const openedSites = 'register.opened_sites'

/**
 * Which rows of the table the bundle sees and may leave behind, as PostgreSQL writes it back, so that the live policy can be compared.
 * Undefined: the table has no walls, or none stands before this bundle.
 */
export const rowRule = (bundle: Bundle, table: Table, at?: 'insert'): string => {
  const { walls } = table
  const parts: string[] = []
  if (walls.controller && !bundle.everyController) parts.push(`(controller = ${bundle.mask})`)
  // What one entity makes for itself it opens to no other.
  if (walls.controllers === 'own' && at === 'insert' && !bundle.everyController)
    parts.push(`(controllers = ${bundle.mask})`)
  else if (walls.controllers && !bundle.everyController) parts.push(`((controllers & '${bundle.mask}'::smallint) <> 0)`)
  if (walls.restricted && bundle.rows.restricted === 'hidden') parts.push('(NOT restricted)')
  if (walls.protected && bundle.rows.protected === 'hidden') parts.push('(NOT protected)')
  if (walls.protected && bundle.rows.protected === 'one-at-a-time') {
    const { openedBy, column } = walls.protected
    const opened = `(${column} = ANY (${seenSetting(openedBy === 'customer' ? openedCustomers : openedSites, 'bigint[]')}))`
    parts.push(`((NOT protected) OR ${opened})`)
  }
  // Nobody is born marketable: a permission makes them so.
  if (walls.marketable && at === 'insert' && table.owner.is === 'self') parts.push('(marketable = 0)')
  else if (walls.marketable && bundle.rows.marketable) parts.push(`((marketable & '${bundle.mask}'::smallint) <> 0)`)
  const [only] = parts
  if (only === undefined) return 'true'
  return parts.length === 1 ? only : `(${parts.join(' AND ')})`
}

export const walled = (table: Table): boolean => Object.keys(table.walls).length > 0

/**
 * A role that PostgreSQL lets no one log in as: it owns the wall functions, updates the walls, adds what was taken out, and gives back what an
 * estate took over; nothing else.
 */
export const wallKeeper = 'wall-keeper'

/** The one login that fills projections: what it may not read cannot be searched by. */
export const indexKeeper = 'search-index.customer-care.group'

export const wallColumnsOf = (table: Table): readonly string[] =>
  Object.entries(table.columns)
    .filter(([, rule]) => kindOf(rule) === 'wall')
    .map(([name]) => name)

export const tablesWith = (tables: Tables, wall: keyof Table['walls']): readonly (readonly [string, Table])[] =>
  Object.entries(tables).filter(([, table]) => table.walls[wall] !== undefined)
