// The functions that fill the projections: with the rights of the index keeper, so that what it may not read cannot be searched by.
import type { Table, Tables } from '../register/table.ts'
import type { Category } from '../register/vocabulary.ts'
import { indexKeeper } from './bundles.ts'
import type { WallFunction } from './walls.ts'

/** Who writes one of these has changed what people are found by. */
export const foundBy: readonly Category[] = [
  'customer-status',
  'name',
  'contact-details',
  'postal-address',
  'protection-order',
  'protection-lock',
  'site-address',
  'occupancy',
  'contract',
  'marketing-permission',
  'restriction',
]

type Projected = Table & { readonly projection: string }

const projected = (tables: Tables): readonly (readonly [string, Projected])[] =>
  Object.entries(tables).flatMap(([name, table]) =>
    table.projection === undefined ? [] : [[name, { ...table, projection: table.projection }] as const],
  )

const fill = (name: string, { columns, projection }: Projected, people: string): string =>
  `insert into ${name} (${Object.keys(columns).join(', ')}) ${projection.replaceAll('{people}', people)};`

const anew = (name: string, table: Projected): string =>
  `delete from ${name} where customer_id = any (people);\n${fill(name, table, '= any (people)')}`

const array = (categories: readonly Category[]): string => `'{${categories.join(',')}}'::text[]`

/** Two transactions that change one person refresh one after the other, or the rows of the first would stay beside those of the second. */
const inTurn = `perform pg_advisory_xact_lock(4710080, bucket)
  from (select distinct (person % 512)::int from unnest(people) person order by 1) as turn (bucket);`

export const projectionFunctions = (tables: Tables): readonly WallFunction[] => {
  const all = projected(tables)
  const ofOneTable = array(all.flatMap(([, { madeOf = [] }]) => madeOf))
  return [
    {
      name: 'search_refresh',
      owner: indexKeeper,
      signature: 'people bigint[]',
      body: [inTurn, ...all.map(([name, table]) => anew(name, table))].join('\n'),
      calledBy: foundBy,
    },
    {
      // The same, of what was written alone: a new telephone number makes no name and no address anew.
      name: 'search_refresh_written',
      owner: indexKeeper,
      signature: 'people bigint[], written text[]',
      body: [
        inTurn,
        ...all.map(
          ([name, table]) =>
            `if written && ${array(table.madeOf ?? [])} or not written <@ ${ofOneTable} then\n${anew(name, table)}\nend if;`,
        ),
      ].join('\n'),
      calledBy: foundBy,
    },
    {
      name: 'search_rebuild',
      owner: indexKeeper,
      signature: '',
      body: all.flatMap(([name, table]) => [`delete from ${name};`, fill(name, table, 'is not null')]).join('\n'),
      calledBy: [],
    },
  ]
}
