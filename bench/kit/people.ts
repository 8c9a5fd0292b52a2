// Whom the search bench asks for, and what it asks: the same number of each kind of line, by chance that can be repeated.
import type { Pool } from '../../platform/database.ts'
import { chanceOf } from '../../server/demo/chance.ts'

/** A person whose first and family name nobody else has, so that it is known who must be found. */
export type Truth = {
  readonly id: number
  readonly number: string
  readonly given: string
  readonly family: string
  readonly phone: string | null
  readonly email: string | null
  readonly street: string | null
  readonly city: string | null
  readonly company: string
}

export type Query = { readonly kind: Kind; readonly text: string; readonly id: number }

const kinds = {
  'name pair': (one) => `${one.given} ${one.family}`,
  'name and beginning': (one) => `${one.family} ${one.given.slice(0, 3)}`,
  'three letters': (one) => one.family.slice(0, 3),
  surname: (one) => one.family,
  phone: (one) => one.phone && `0${one.phone.slice(4)}`,
  email: (one) => one.email,
  'customer number': (one) => one.number,
  'name and city': (one) => one.city && `${one.given} ${one.family} ${one.city}`,
  'name with a slip': (one, chance) => {
    const at = chance.between(1, Math.max(1, one.family.length - 2))
    return `${one.given} ${one.family.slice(0, at)}${one.family[at + 1] ?? ''}${one.family[at] ?? ''}${one.family.slice(at + 2)}`
  },
  address: (one) => one.street,
  'company from its second word': (one) => one.company.split(' ').slice(1, 3).join(' ').slice(0, -2),
} as const satisfies Readonly<Record<string, (one: Truth, chance: ReturnType<typeof chanceOf>) => string | null>>
export type Kind = keyof typeof kinds

/** Kinds that mean one person: the others name as many as there are. */
export const exact: readonly Kind[] = ['name pair', 'phone', 'email', 'customer number', 'name and city']
export const slipped: Kind = 'name with a slip'

export const queriesOf = (people: readonly Truth[], each: number, seed: number): readonly Query[] => {
  const chance = chanceOf(seed)
  const all = Object.entries(kinds).flatMap(([kind, text]) =>
    Array.from({ length: each }, (): Query => {
      for (;;) {
        const one = chance.of(people)
        const asked = text(one, chance)
        if (asked !== null && asked.length > 1) return { kind: kind as Kind, text: asked, id: one.id }
      }
    }),
  )
  return chance.shuffled(all)
}

/** People whom the retailer's customer service may find, a few thousand of them. */
export const truthOf = async (owner: Pool): Promise<readonly Truth[]> => {
  const { rows } = await owner.query<Truth>(`
    with named as (
      select customer_id, split_part(given, ' ', 1) as given, family, kind, during,
             count(*) over (partition by split_part(given, ' ', 1), family) as times
        from customer_name where family is not null),
    company as (
      select array_agg(organisation) as names from (
        select organisation from customer_name n where organisation like '% % %' and not restricted and controllers & 1 > 0 limit 2000) few)
    select c.id::int, c.number, n.given, n.family,
           (select value from contact_point where customer_id = c.id and channel = 'phone' limit 1) as phone,
           (select value from contact_point where customer_id = c.id and channel = 'email' limit 1) as email,
           a.street, a.post_office as city,
           coalesce(company.names[1 + c.id % greatest(1, cardinality(company.names))], 'Näyte Malli Oy') as company
      from customer c join named n on n.customer_id = c.id and n.kind = 'official' and upper_inf(n.during) and n.times = 1 cross join company
      left join lateral (select street, post_office from postal_address where customer_id = c.id and upper_inf(during) limit 1) a on true
     where c.kind = 'natural' and not c.protected and not c.restricted and c.controllers & 1 > 0 order by md5(c.id::text) limit 4000`)
  return rows
}
