// The walls of a row are those of its person, whatever its writer says: triggers compiled over every table that stands behind a wall.
import type { Table, Tables } from '../register/table.ts'
import { walled, wallKeeper } from './bundles.ts'
import { coversDay, servingThatDay, setOfTheDay, stillLives, type WallFunction, type WallTrigger } from './walls.ts'

type Kept = WallTrigger & { readonly body: string }

/** A walled row and what its walls must be: those of the person, or of the home or contract that it belongs to. */
type Above = { readonly table: string; readonly by: string }

const aboveOf = (tables: Tables, { owner }: Table): Above | undefined => {
  if (owner.is === 'column') return { table: 'customer', by: owner.column }
  if (owner.is !== 'through' || owner.column === 'id' || owner.on !== undefined) return undefined
  const [parent] = Object.entries(tables).find(
    ([, other]) => other.owner.is === 'through' && other.owner.table === owner.table && other.owner.column === 'id',
  ) ?? ['']
  return parent === '' ? undefined : { table: parent, by: owner.column }
}

type Breach = readonly [wall: string, wrong: string]

/** What must not be of a new row `n`, when `above` is the row that it belongs to. */
const breaches = (table: Table, above: Table): readonly Breach[] => {
  const except = table.walls.protected?.except
  const closed = except === undefined ? 'above.protected' : `(above.protected and not (${except}))`
  const found: Breach[] = []
  if (table.walls.restricted && above.walls.restricted) found.push(['restricted', 'n.restricted <> above.restricted'])
  if (table.walls.protected && 'protected' in above.columns) found.push(['protected', `n.protected <> ${closed}`])
  // A fact that is shared is open to no entity that does not serve the person.
  if (table.walls.controllers === 'shared' && above.walls.controllers)
    found.push(['controllers', '(n.controllers & ~above.controllers) <> 0'])
  if (table.walls.marketable && above.walls.marketable)
    found.push(['marketable', '(n.marketable & ~above.marketable) <> 0'])
  return found
}

/** Its own class, so that the one who meets it (the wall was raised that moment) is told to look again. */
export const wallsState = 'WALLS'

/** The row above is locked against a wall that is being raised: it waits for this transaction, and then finds the new row as well. */
const refusing = (name: string, { table, by }: Above, wrong: readonly Breach[]): string =>
  `if exists (select from added n cross join lateral
       (select ${wrong.map(([wall]) => `a.${wall}`).join(', ')} from ${table} a where a.id = n.${by} for share) above
     where ${wrong.map(([, breach]) => breach).join(' or ')}) then
  raise exception 'a row of ${name} does not have the walls of its ${table}' using errcode = '${wallsState}', table = '${name}';
end if;`

/**
 * Who was there that day is locked against a wall that is being raised: it waits for this transaction, and then finds the new row as well. They are looked
 * at as they are locked: such rows come by thousands.
 */
const refusingThatDay = (name: string, table: Table): readonly string[] => {
  const { owner } = table
  if (owner.is !== 'through' || owner.on === undefined) return []
  const walls = ['restricted', 'protected'] as const
  const there = `link.${owner.theirs} = any (array[n.${owner.column}]) and ${coversDay('link', `n.${owner.on.day}`)}`
  const nobody = (wall: (typeof walls)[number]) =>
    `n.${wall} and not exists (select from ${owner.table} link where ${there} and link.${wall})`
  return [
    `if exists (select from (select ${walls.map((wall) => `n.${wall} as row_${wall}, link.${wall}`).join(', ')}
       from added n join ${owner.table} link on ${there} for share of link) pair
     where ${walls.map((wall) => `pair.${wall} and not pair.row_${wall}`).join(' or ')})
   or exists (select from added n where ${walls.map(nobody).join(' or ')}${table.walls.controllers === 'of-the-day' ? ` or (n.controllers & ~${servingThatDay('n', table)}) <> 0` : ''}) then
  raise exception 'a row of ${name} does not have the walls of its day' using errcode = '${wallsState}', table = '${name}';
end if;`,
  ]
}

/** Rows of one day each follow whoever was there that day, and whoever served the point. */
const following = (tables: Tables, changed: string): readonly string[] =>
  Object.entries(tables).flatMap(([name, table]) => {
    const { owner } = table
    if (owner.is !== 'through' || owner.on === undefined) return []
    if (changed === owner.table)
      return [setOfTheDay(name, table, ['restricted', 'protected'], `select n.${owner.theirs} from added n`)]
    if (changed !== 'contract' || table.walls.controllers !== 'of-the-day') return []
    const serving = servingThatDay(name, table)
    return [
      `update ${name} set controllers = ${serving}
   where ${name}.${owner.on.point} = any (array(select n.point_id from added n where n.point_id is not null)) and ${name}.controllers <> ${serving};`,
    ]
  })

const raising = (tables: Tables, link: string): readonly string[] =>
  Object.entries(tables).flatMap(([name, { owner, walls }]) => {
    if (owner.is !== 'through' || owner.table !== link) return []
    const still = owner.vacant ? ` and ${stillLives('n')}` : ''
    return (['restricted', 'protected'] as const).flatMap((wall) =>
      walls[wall] === undefined || tables[link]?.walls[wall] === undefined
        ? []
        : [
            `if exists (select from added n where n.${wall}) then
  update ${name} set ${wall} = true where not ${wall} and ${owner.column} = any (array(select n.${owner.theirs} from added n where n.${wall}${still}));
end if;`,
          ],
    )
  })

const kept = (tables: Tables): readonly Kept[] =>
  Object.entries(tables).flatMap(([name, table]): Kept[] => {
    if (!walled(table) || table.projection !== undefined) return []
    const above = aboveOf(tables, table)
    const parent = above && tables[above.table]
    const wrong = parent === undefined ? [] : breaches(table, parent)
    const refuse = above === undefined || wrong.length === 0 ? [] : [refusing(name, above, wrong)]
    const raise = [...raising(tables, name), ...following(tables, name)]
    const made = (event: WallTrigger['event'], parts: readonly string[]): Kept[] =>
      parts.length === 0
        ? []
        : [
            {
              table: name,
              event,
              name: `walls at ${event.toLowerCase()}`,
              calls: `walls_at_${event.toLowerCase()}_${name}`,
              body: [...parts, 'return null;'].join('\n'),
            },
          ]
    // What a bundle may change and a wall hangs by: of what kind an address is, until when somebody lives in a home.
    const shut = table.walls.protected?.except === undefined ? [] : refuse
    const lives = Object.values(tables).some(
      ({ owner }) => owner.is === 'through' && owner.vacant && owner.table === name,
    )
    const follows = following(tables, name).length > 0
    return [
      ...made('INSERT', [...refuse, ...refusingThatDay(name, table), ...raise]),
      ...made('UPDATE', [...shut, ...(lives ? raise : follows ? following(tables, name) : [])]),
    ]
  })

/** Run with the keeper's rights: the writer may be shut out from what they compare with. */
export const keptWallFunctions = (tables: Tables): readonly WallFunction[] =>
  kept(tables).map(({ calls, body }) => ({
    name: calls,
    owner: wallKeeper,
    signature: '',
    returns: 'trigger',
    body,
    calledBy: [],
  }))

export const wallTriggers = (tables: Tables): readonly WallTrigger[] =>
  kept(tables).map(({ body: _, ...trigger }) => trigger)
