// From made-up parties and homes to rows, each with the walls that the wall functions would have raised.
import { newDataKey, type MasterKeys, seal } from '../../platform/keys.ts'
import type { Chance } from './chance.ts'
import { columns } from './columns.ts'
import { copier } from './copy.ts'
import { type Talk, talks } from './lists.ts'
import { measuredAt } from './measured.ts'
import { dayAt, type Party } from './people.ts'

export type Bits = { readonly retailer: number; readonly network: number }
export type Stay = {
  readonly party: Party
  readonly role: 'holder' | 'household'
  readonly from: number
  readonly to: number | null
}
export type Point = {
  readonly id: number
  readonly energy: 'electricity' | 'heat'
  readonly code: string
  readonly fuse: string | null
  readonly kilowatts: string | null
  readonly entity: number
}
export type Agreement = {
  readonly id: number
  readonly number: string
  readonly entity: number
  readonly kind: 'connection' | 'network' | 'sales'
  readonly energy: 'electricity' | 'heat'
  readonly point: number | null
  readonly product: number
  readonly from: number
  readonly to: number | null
  readonly fixed_until: string | null
  readonly parties: readonly (readonly [Party, 'holder' | 'co-holder'])[]
}
export type Home = {
  readonly id: number
  readonly street_fi: string
  readonly street_sv: string
  readonly number: string
  readonly staircase: string | null
  readonly apartment: string | null
  readonly postcode: string
  readonly office: string
  readonly use: 'permanent-dwelling' | 'holiday-home' | 'business' | 'property'
  readonly built: number
  readonly points: readonly Point[]
  readonly stays: readonly Stay[]
  readonly agreements: readonly Agreement[]
}

/** Half-open, as PostgreSQL writes it. */
const during = (from: number | string, to: number | string | null): string => {
  const day = (at: number | string) => (typeof at === 'number' ? dayAt(at) : at)
  return `[${day(from)},${to === null ? '' : day(to)})`
}

export const streetOf = (home: Home, language: string): string =>
  [language === 'sv' ? home.street_sv : home.street_fi, home.number, home.staircase, home.apartment]
    .filter((part) => part !== null)
    .join(' ')

const evidence = { fi: 'verkkolomake', sv: 'webbformulär', en: 'web form' } as const

export type Permission = {
  readonly channel: 'email' | 'sms' | 'phone' | 'post'
  readonly state: 'granted' | 'prohibited' | 'withdrawn'
}

export const rowsOf = (chance: Chance, keys: MasterKeys, bits: Bits, today: number) => {
  const { put, write } = copier(columns)
  const now = `${dayAt(today)}T06:00:00Z`
  const told = ['demo', now, 'system:demo'] as const
  const wallOf = (party: Party) => [party.restricted, party.controllers] as const

  /** The bit of the retailer while a channel's newest line permits it and nothing closes the person to marketing. */
  const marketable = (party: Party, permissions: readonly Permission[]): number => {
    const newest = new Map(permissions.map(({ channel, state }) => [channel, state]))
    const closed = party.protected || party.restricted || party.deceased_on !== null
    return !closed && [...newest.values()].includes('granted') ? bits.retailer : 0
  }

  const talked = (party: Party, talk: Talk, key: ReturnType<typeof newDataKey>['key'], home: Home | undefined) => {
    const entity = bits[talk.market]
    if ((party.controllers & entity) === 0) return
    const channel = chance.of(['call', 'call', 'call', 'email', 'chat', 'note'] as const)
    const at = `${dayAt(today - chance.between(1, 1000))}T${String(chance.between(6, 17)).padStart(2, '0')}:${String(chance.below(60)).padStart(2, '0')}:00Z`
    const outcome = chance.of(['answered', 'answered', 'answered', 'promised', 'forwarded'])
    const body = seal(key, talk.text[party.language], `contact|body|${party.id}`)
    // Some promises stand open, of which a few are late: the queue has something to do.
    const followUp = outcome === 'promised' && chance.once(0.05) ? dayAt(today + chance.between(-3, 9)) : null
    const direction = channel === 'note' ? 'internal' : chance.once(0.85) ? 'in' : 'out'
    put(
      'contact',
      party.id,
      at,
      direction,
      channel,
      [talk.topic],
      outcome,
      body,
      followUp,
      home?.id ?? null,
      party.restricted,
      entity,
      'demo',
      at,
      'system:demo',
    )
  }

  /** @param homes where the party lived, in order of time; the last may be the home of today */
  const party = (
    one: Party,
    permissions: readonly Permission[],
    homes: readonly { readonly home: Home; readonly from: number; readonly to: number | null }[],
  ) => {
    const [restricted, controllers] = wallOf(one)
    const market = marketable(one, permissions)
    const since = one.birth_date ?? '2010-01-01'
    const death = one.deceased_on === null ? [null, null] : ['population-register', now]
    put(
      'customer',
      one.id,
      String(1_000_000 + one.id),
      one.kind,
      one.stage,
      one.language,
      one.birth_date,
      one.business_id,
      one.deceased_on,
      ...death,
      one.estate_of,
      one.protected,
      restricted,
      market,
      controllers,
      ...told,
    )
    const { key, wrapped, key_version } = newDataKey(keys, one.id)
    put('subject_key', one.id, wrapped, key_version, now)
    const named = (kind: string, family: string | null, organisation: string | null, from: string, to: string | null) =>
      put(
        'customer_name',
        one.id,
        kind,
        organisation === null ? one.given : null,
        organisation === null ? one.call_name : null,
        family,
        organisation,
        during(from, to),
        restricted,
        market,
        controllers,
        ...told,
      )
    const changed = one.former === null || one.former.until <= since ? null : one.former
    if (changed !== null) named('former', changed.family, null, since, changed.until)
    named('official', one.family, one.organisation, changed?.until ?? since, null)
    if (one.trade_name !== null) named('trade', null, one.trade_name, since, null)
    if (one.code !== null) {
      const { blind, blind_even } = keys.blinds('identity-code', one.code)
      put(
        'identity_code',
        one.id,
        seal(key, one.code, `identity_code|code|${one.id}`),
        blind,
        blind_even,
        during(one.birth_date ?? since, null),
        restricted,
        controllers,
        ...told,
      )
    }
    const reached = (channel: string, value: string | null) => {
      if (value !== null)
        put(
          'contact_point',
          one.id,
          channel,
          value,
          'main',
          '[2020-01-01,)',
          restricted,
          market,
          one.protected,
          controllers,
          ...told,
        )
    }
    reached('phone', one.phone)
    reached('email', one.email)
    for (const { home, from, to } of homes)
      put(
        'postal_address',
        one.id,
        one.kind === 'natural' ? 'home' : 'mailing',
        streetOf(home, one.language),
        home.postcode,
        home.office,
        during(from, to),
        restricted,
        market,
        one.protected,
        controllers,
        ...told,
      )
    if (one.protected) {
      put(
        'protection_order',
        one.id,
        chance.of(['population-register', 'customer', 'datahub']),
        during(today - chance.between(10, 800), null),
        dayAt(today + chance.between(30, 700)),
        restricted,
        controllers,
        ...told,
      )
      put(
        'postal_address',
        one.id,
        'contact',
        `PL ${chance.between(1, 400)}`,
        '15111',
        'LAHTI',
        '[2020-01-01,)',
        restricted,
        market,
        false,
        controllers,
        ...told,
      )
    }
    for (const { channel, state } of permissions)
      put(
        'marketing_permission',
        one.id,
        bits.retailer,
        channel,
        state,
        state === 'granted' ? '2026-1' : null,
        evidence[one.language],
        restricted,
        market,
        ...told,
      )
    const count = one.kind === 'legal' ? chance.below(6) : chance.below(4)
    for (let i = 0; i < count; i++) talked(one, chance.of(talks), key, homes.at(-1)?.home)
  }

  const represented = (by: {
    readonly who: Party
    readonly by: Party
    readonly kind: string
    readonly scope: readonly string[]
    readonly evidence: string | null
  }) =>
    put(
      'representation',
      by.who.id,
      by.by.id,
      by.kind,
      by.scope,
      during(today - chance.between(30, 2000), null),
      by.evidence,
      ...wallOf(by.who),
      ...told,
    )

  const home = (one: Home) => {
    const here = one.stays.filter(({ to }) => to === null).map((stay) => stay.party)
    const walls = [here.some((who) => who.restricted), here.some((who) => who.protected)] as const
    // Whoever serves anyone here, now or before, knows the place.
    const mask = [...one.points.map((point) => point.entity), ...one.agreements.map((made) => made.entity)].reduce(
      (all, bit) => all | bit,
      0,
    )
    put(
      'site',
      one.id,
      one.street_fi,
      one.street_sv,
      one.number,
      one.staircase,
      one.apartment,
      one.postcode,
      one.use,
      one.apartment === null && chance.once(0.4),
      ...walls,
      mask,
      ...told,
    )
    for (const point of one.points) {
      put(
        'accounting_point',
        point.id,
        one.id,
        point.energy,
        point.code,
        'consumption',
        'connected',
        ...walls,
        mask,
        ...told,
      )
      measuredAt(point, one, today, (table, ...cells) => put(table, ...cells, ...walls, mask, ...told))
      put(
        'connection',
        one.id,
        point.energy,
        point.fuse,
        point.kilowatts,
        during(one.built, null),
        ...walls,
        mask,
        ...told,
      )
    }
    for (const { party: who, role, from, to } of one.stays)
      put('occupancy', who.id, one.id, role, during(from, to), who.restricted, who.protected, who.controllers, ...told)
    for (const made of one.agreements) {
      const restricted = made.to === null && made.parties.some(([who]) => who.restricted)
      const agreed = `${dayAt(made.from - chance.between(1, 20))}T09:00:00Z`
      put(
        'contract',
        made.id,
        made.number,
        made.entity,
        made.kind,
        made.energy,
        one.id,
        made.point,
        made.product,
        during(made.from, made.to),
        made.fixed_until,
        '2024-1',
        agreed,
        chance.of(['phone', 'web', 'paper']),
        made.to === null ? null : 'moved-out',
        restricted,
        ...told,
      )
      for (const [who, role] of made.parties)
        put('contract_party', made.id, who.id, role, during(made.from, made.to), who.restricted, made.entity, ...told)
    }
  }
  return { party, home, represented, write }
}
