// The wall functions: the only way to raise or lower a wall, in the caller's own transaction, over every table that has it.
import type { Table, Tables } from '../register/table.ts'
import { ownerColumn } from '../register/tables.ts'
import type { Category } from '../register/vocabulary.ts'
import { type Bundle, tablesWith, wallKeeper } from './bundles.ts'

/** A function that runs with its owner's rights, whoever calls it. */
export type WallFunction = {
  readonly name: string
  readonly owner: string
  readonly signature: string
  /** `void` unless said. */
  readonly returns?: 'trigger' | 'bytea'
  readonly body: string
  /**
   * Bundles that write one of these categories may call it; those that may delete one; those alone by which lists are taken out; or all that
   * write anything.
   */
  readonly calledBy: readonly Category[] | { readonly deleting: Category } | 'taking-out' | 'writing'
}

type Entry = readonly [string, Table]

/** Rows that name the person: one update each. */
const onOwned = (
  entries: readonly Entry[],
  set: (table: Table) => string,
  but?: (entry: Entry) => string | undefined,
) =>
  entries.flatMap(([name, table]) => {
    const owner = ownerColumn(table)
    const unless = but?.([name, table])
    return owner === undefined
      ? []
      : [
          `update ${name} set ${set(table)} where ${owner} = any (people)${unless === undefined ? '' : ` and not (${unless})`};`,
        ]
  })

export const stillLives = (link: string): string => `coalesce(upper(${link}.during) > current_date, true)`

/** Whether anyone who was there on the day of the row is behind the wall. */
const behindThatDay = (row: string, { owner }: Table, wall: 'restricted' | 'protected'): string =>
  owner.is !== 'through' || owner.on === undefined
    ? 'false'
    : `exists (select from ${owner.table} link where link.${owner.theirs} = ${row}.${owner.column} and link.during @> ${row}.${owner.on.day} and link.${wall})`

/** `during @> day` in words by which no index over periods is used: of one point or home a b-tree finds the few rows in a third of the time. */
export const coversDay = (alias: string, day: string): string =>
  `coalesce(lower(${alias}.during) <= ${day}, true) and coalesce(upper(${alias}.during) > ${day}, true)`

/** The companies that served the point on the day of the row: as `serving_on` tells of one, in words that are planned together with what asks. */
export const servingThatDay = (row: string, { owner }: Table): string =>
  owner.is === 'through' && owner.on !== undefined
    ? `(coalesce((select p.controllers & (select bit_or(c.bit) from controller c where c.market = 'network') from accounting_point p where p.id = ${row}.${owner.on.point}), 0::smallint)
      | coalesce((select bit_or(c.controller) from contract c where c.point_id = ${row}.${owner.on.point} and ${coversDay('c', `${row}.${owner.on.day}`)}), 0::smallint))`
    : '0'

/** Rows of one day each, at some sites, get the walls of those who were there that day; by way of the points, which is how such rows are found. */
export const setOfTheDay = (
  name: string,
  table: Table,
  walls: readonly ('restricted' | 'protected')[],
  sites: string,
): string => {
  const { owner } = table
  const point = owner.is === 'through' ? owner.on?.point : undefined
  const now = walls.map((wall) => behindThatDay(name, table, wall)).join(', ')
  return `update ${name} set (${walls.join(', ')}) = row(${now})
   where ${name}.${point} = any (array(select p.id from accounting_point p where p.site_id in (${sites})))
     and row(${walls.map((wall) => `${name}.${wall}`).join(', ')}) is distinct from row(${now});`
}

/**
 * Rows that reach the person through another table: up while any person that they lead to is behind the wall. Of what stands without a person,
 * a home, only those count who have not moved out yet; a contract stays that of its former parties as well.
 */
const onLinked = (entries: readonly Entry[], wall: 'restricted' | 'protected') =>
  entries.flatMap(([name, table]) => {
    const { owner } = table
    if (owner.is !== 'through') return []
    if (owner.on !== undefined)
      return [setOfTheDay(name, table, [wall], `select site_id from occupancy where customer_id = any (people)`)]
    const leads = `${owner.table} link where link.${owner.theirs} = ${name}.${owner.column} and link.${wall}`
    const still = owner.vacant ? ` and ${stillLives('link')}` : ''
    return [
      `update ${name} set ${wall} = exists (select from ${leads}${still})
         where ${name}.${owner.column} in (select ${owner.theirs} from ${owner.table} where customer_id = any (people));`,
    ]
  })

/** The row that was cut goes on to where the estate's own had come: what was ended meanwhile stays ended. */
const givenBack = (name: string, table: Table) => {
  const theirs = `(taken.${table.walls.controller ? 'controller' : 'controllers'} & entity) <> 0`
  return `with back as (
  delete from ${name} taken using customer c
   where c.id = taken.${ownerColumn(table)} and c.estate_of = any (people) and taken.passed_from is not null
     and case entity when 0 then exists (select from customer p where p.id = c.estate_of and p.deceased_on is null) else ${theirs} end
  returning taken.passed_from, taken.during)
update ${name} old set during = daterange(lower(old.during), upper(back.during))${'version' in table.columns ? ', version = version + 1' : ''} from back where old.id = back.passed_from;`
}

const slipOf = (name: string, tables: Tables, ids: string): string => {
  const table = tables[name]
  const column = table?.walls.controller ? 'controller' : 'controllers'
  return `delete from ${name} where id = any (${ids}) and recorded_by = handle and recorded_at = moment${
    table !== undefined && 'version' in table.columns ? ' and version = 1' : ''
  } and (${column} & entity) <> 0;`
}

/** The places that somebody was said to have been at, and each of their days: as if nothing had been said. */
const ofPlaces = (tables: Tables): readonly string[] =>
  Object.entries(tables).flatMap(([name, table]) => {
    const { owner, walls } = table
    if (owner.is !== 'through' || owner.table !== 'occupancy') return []
    if (owner.on === undefined)
      return (['restricted', 'protected'] as const).flatMap((wall) =>
        walls[wall] === undefined
          ? []
          : [
              `update ${name} set ${wall} = false where ${wall} and ${owner.column} = any (places)
   and not exists (select from occupancy link where link.site_id = ${name}.${owner.column} and link.${wall} and ${stillLives('link')});`,
            ],
      )
    const serving = servingThatDay(name, table)
    return [
      setOfTheDay(name, table, ['restricted', 'protected'], 'select unnest(places)'),
      `update ${name} set controllers = ${serving}
   where ${name}.${owner.on.point} = any (array(select p.id from accounting_point p where p.site_id = any (places))) and ${name}.controllers <> ${serving};`,
    ]
  })

/** What an import keeps of itself is nothing that an entity has of a person. */
const ofImports = 'import_trace'

const leaving = (tables: Tables, shared: readonly Entry[]) => {
  const without = 'controllers & ~entity'
  const own = Object.entries(tables).flatMap(([name, table]) => {
    const owner = ownerColumn(table)
    if (owner === undefined || table.projection !== undefined || name === ofImports) return []
    const where = table.walls.controller
      ? 'held.controller = entity'
      : table.walls.controllers && `(held.${without}) = 0`
    return where ? [`exists (select from ${name} held where held.${owner} = person and ${where})`] : []
  })
  const kept = shared.filter(([, { projection }]) => projection === undefined)
  return [
    `people := array(select person from unnest(people) person where not (${own.join('\n  or ')}));`,
    ...onOwned(kept, () => `controllers = ${without}`),
    `places := array(select place from unnest(places) place where not exists (select from contract c where c.site_id = place and c.controller = entity)
  and not exists (select from occupancy o where o.site_id = place and (o.controllers & entity) <> 0));`,
    ...kept.flatMap(([name, { owner }]) =>
      owner.is === 'through' && owner.table === 'occupancy'
        ? [`update ${name} set controllers = ${without} where ${owner.column} = any (places) and (${without}) <> 0;`]
        : [],
    ),
  ].join('\n')
}

const marketableNow = (alias: string) => `coalesce((
      select bit_or(newest.controller) from (
        select distinct on (controller, channel) controller, state from marketing_permission
         where customer_id = ${alias} order by controller, channel, id desc) newest
      where newest.state = 'granted'), 0::smallint)`

export const wallFunctions = (tables: Tables): readonly WallFunction[] => {
  const marketable = tablesWith(tables, 'marketable')
  const shared = tablesWith(tables, 'controllers').filter(([, table]) => table.walls.controllers === 'shared')
  const owner = (table: Table) => ownerColumn(table) ?? 'customer_id'
  const allowed = (table: Table) =>
    `marketable = (select case when c.protected or c.restricted or c.deceased_on is not null then 0 else ${marketableNow('c.id')} end
       from customer c where c.id = ${owner(table) === 'id' ? 'customer.id' : owner(table)})`
  const market = onOwned(marketable, allowed)
  return [
    {
      name: 'wall_protected',
      owner: wallKeeper,
      signature: 'people bigint[], up boolean',
      body: [
        'update customer set protected = up where id = any (people);',
        ...onOwned(
          tablesWith(tables, 'protected'),
          () => 'protected = up',
          ([, table]) => table.walls.protected?.except,
        ),
        ...onLinked(tablesWith(tables, 'protected'), 'protected'),
        ...market,
      ].join('\n'),
      calledBy: ['protection-order'],
    },
    {
      // Of those who may raise the wall and not lower it.
      name: 'wall_closes',
      owner: wallKeeper,
      signature: 'people bigint[]',
      body: 'perform wall_protected(people, true);',
      calledBy: ['protection-lock'],
    },
    {
      name: 'wall_restricted',
      owner: wallKeeper,
      signature: 'people bigint[], up boolean',
      body: [
        ...onOwned(tablesWith(tables, 'restricted'), () => 'restricted = up'),
        ...onLinked(tablesWith(tables, 'restricted'), 'restricted'),
        ...market,
      ].join('\n'),
      calledBy: ['restriction'],
    },
    {
      name: 'wall_marketable',
      owner: wallKeeper,
      signature: 'people bigint[]',
      body: market.join('\n'),
      calledBy: ['marketing-permission', 'death', 'protection-order'],
    },
    {
      // A legal entity comes to serve a person at a site: the facts that all who serve them share open to it, of that site alone.
      name: 'wall_serves',
      owner: wallKeeper,
      signature: 'people bigint[], places bigint[], entity smallint',
      body: [
        ...onOwned(
          shared,
          () => 'controllers = controllers | entity',
          ([name]) => (name === 'occupancy' ? 'site_id <> all (places)' : undefined),
        ),
        ...shared.flatMap(([name, table]) =>
          table.owner.is === 'through' && table.owner.table === 'occupancy' && table.walls.controllers === 'shared'
            ? [`update ${name} set controllers = controllers | entity where ${table.owner.column} = any (places);`]
            : [],
        ),
      ].join('\n'),
      calledBy: ['contract'],
    },
    {
      // It serves them no longer, as an import that was undone had said: closed again, unless it has something of its own of them by now.
      name: 'wall_leaves',
      owner: wallKeeper,
      signature: 'people bigint[], places bigint[], entity smallint',
      body: leaving(tables, shared),
      calledBy: { deleting: 'contract' },
    },
    {
      // What an estate took over goes on with the person: all of it, whoever's contract it is, once they live after all; else what one entity moved.
      name: 'estate_gives_back',
      owner: wallKeeper,
      signature: 'people bigint[], entity smallint',
      body: Object.entries(tables)
        .filter(([, table]) => table.passes)
        .map(([name, table]) => givenBack(name, table))
        .join('\n'),
      calledBy: ['contract'],
    },
    {
      // A move that was a slip: what it made is gone, if whoever made it at that moment takes it back and nobody has changed it since.
      name: 'move_goes_back',
      owner: wallKeeper,
      signature:
        'stays bigint[], agreed bigint[], parties bigint[], places bigint[], handle text, moment timestamp with time zone, entity smallint',
      body: [
        slipOf('contract_party', tables, 'parties'),
        slipOf('contract', tables, 'agreed'),
        slipOf('occupancy', tables, 'stays'),
        ...ofPlaces(tables),
      ].join('\n'),
      calledBy: ['contract'],
    },
    {
      // The gate of a list that leaves: one call for each page. Role, purpose and hat are those of the login, whatever is claimed.
      name: 'list_taken_out',
      owner: wallKeeper,
      signature:
        'made uuid, list_name text, file_form text, why text, handle text, moment timestamp with time zone, notice bytea, kinds text[], people bigint[]',
      body: `insert into list_export (id, list, form, reason, role, purpose, hat, recipient, categories, at, notice_hash, recorded_by)
  values (made, list_name, file_form, why, ${loginPart(1)}, ${loginPart(2)}, ${loginPart(3)}, 'own-device', kinds, moment, notice, handle)
  on conflict (id) do nothing;
insert into disclosure (list_export_id, customer_id, recipient, purpose, categories, what, at, notice_hash, recorded_by)
  select made, c.id, 'own-device', ${loginPart(2)}, kinds, list_name, moment, notice, handle from customer c
   where c.id = any (people) and not exists (select from disclosure d where d.list_export_id = made and d.customer_id = c.id);`,
      calledBy: 'taking-out',
    },
  ]
}

/** Inside a function that runs with its owner's rights, `session_user` is still who logged in. */
const loginPart = (at: number) => `split_part(session_user::text, '.', ${at})`

export const callers = (bundles: readonly Bundle[], made: WallFunction): readonly Bundle[] =>
  bundles.filter((bundle) => {
    if (made.calledBy === 'taking-out') return bundle.takesOut
    if (made.calledBy === 'writing') return bundle.writes.size > 0 && bundle.login !== made.owner
    if ('deleting' in made.calledBy) return bundle.writes.size > 0 && bundle.deletes.has(made.calledBy.deleting)
    return made.calledBy.some((category) => bundle.writes.has(category))
  })

/** The text of the function as PostgreSQL keeps it. */
export const wallFunctionText = (made: WallFunction): string => `\nbegin\n${made.body}\nend\n`

export const wallFunctionSql = (made: WallFunction, triggers: readonly WallTrigger[] = []): string => `
create function ${made.name}(${made.signature}) returns ${made.returns ?? 'void'}
  language plpgsql security definer set search_path = public, pg_temp as $wall$${wallFunctionText(made)}$wall$;
${triggers.map((trigger) => `${wallTriggerText(trigger)};\nalter table ${trigger.table} enable always trigger "${trigger.name}";\n`).join('')}\
alter function ${made.name} owner to "${made.owner}";
revoke all on function ${made.name} from public;`

export type WallTrigger = {
  readonly table: string
  readonly name: string
  readonly event: 'INSERT' | 'UPDATE'
  /** Name of the function, which takes nothing. */
  readonly calls: string
}

/** As PostgreSQL writes it back. It fires on what is replicated as well. */
export const wallTriggerText = ({ table, name, event, calls }: WallTrigger): string =>
  `CREATE TRIGGER "${name}" AFTER ${event} ON ${table} REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ${calls}()`
