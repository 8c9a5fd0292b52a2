// What a move does to contracts, and what forbids it, with the earliest day that works. Pure. Days are half-open: who leaves on a day is gone
// on it and who enters on it is there, so two tenants of one day leave neither a gap nor an overlap, and the day is the new one's.
import { dayAfter } from '../../../platform/clock.ts'
import type { Fault } from '../../../platform/errors.ts'
import type { energies, kinds } from '../api.ts'
import type { fates, payers, untouched } from './api.ts'

type Day = string
export type Period = { readonly from: Day | null; readonly to: Day | null }
type Kind = (typeof kinds)[number]
type Energy = (typeof energies)[number]
export type Fate = (typeof fates)[number]
type Untouched = (typeof untouched)[number]
type Payer = (typeof payers)[number]
export type Refusal = Fault & { readonly earliest: Day | null }
type People = ReadonlySet<number>

type Part = { readonly customer_id: number; readonly role: string; readonly during: Period }
export type Held = {
  readonly id: number
  readonly kind: Kind
  readonly energy: Energy
  readonly point_id: number | null
  readonly during: Period
  readonly fixed_until: Day | null
  readonly parties: readonly Part[]
}

export const runsOn = ({ from, to }: Period, day: Day): boolean =>
  (from === null || from <= day) && (to === null || to > day)

const refusal = (path: string, code: string, message: string, earliest: Day | null): Refusal => ({
  path: `body.${path}`,
  code,
  message,
  earliest,
})

// ---- Out of a home

type Leaving = {
  readonly day: Day
  /** Themselves, and who has been merged into them. */
  readonly mine: People
  /** Who lives there on the day, beside them. */
  readonly livesOn: People
}

type Choice = { readonly choices: readonly Fate[]; readonly untouched: Untouched | null }

/** Who goes on with the contract alone: a holder or co-holder who lives on there. */
export const heirOf = <P extends Part>(parties: readonly P[], { day, mine, livesOn }: Leaving): P | undefined =>
  parties.find(
    ({ customer_id, role, during }) =>
      role !== 'payer' && !mine.has(customer_id) && livesOn.has(customer_id) && runsOn(during, day),
  )

/** The first choice is what is proposed. `follows`: the new home has a point of that energy, which can take it. */
export const choicesOf = (held: Held, leaving: Leaving, follows: boolean): Choice => {
  const { day, mine } = leaving
  const none = (why: Untouched): Choice => ({ choices: [], untouched: why })
  // A connection is agreed for the property, and goes with it.
  if (held.kind === 'connection') return none('property')
  if (held.during.from !== null && held.during.from >= day) return none('not-begun')
  if (held.parties.every(({ customer_id, role }) => !mine.has(customer_id) || role === 'payer')) return none('payer')
  return {
    choices: [
      ...(heirOf(held.parties, leaving) === undefined ? [] : (['passes'] as const)),
      // What a network contract costs hangs by the connection of the home: it is made anew.
      ...(follows && held.kind === 'sales' ? (['moves'] as const) : []),
      'ends',
      'remains',
    ],
    untouched: null,
  }
}

export const leaveRefusals = (
  {
    day,
    end,
    stay,
    isCompany,
    today,
  }: Pick<Leaving, 'day'> & {
    readonly end: Day
    readonly stay: Period
    readonly isCompany: boolean
    readonly today: Day
  },
  contracts: readonly (Held & { readonly fate: Fate })[],
): readonly Refusal[] => {
  const found: Refusal[] = []
  if (stay.from !== null && day <= stay.from) {
    const first = dayAfter(stay.from)
    found.push(
      refusal(
        'leave.day',
        'move.before-stay',
        `they came on ${stay.from}: ${first} is the first day to be gone`,
        first,
      ),
    )
  }
  if (stay.to !== null && day > stay.to)
    found.push(
      refusal('leave.day', 'move.left-already', `by the register they are gone since ${stay.to} already`, stay.to),
    )
  const ending = contracts.filter(({ fate }) => fate !== 'remains')
  if (ending.length === 0) return found
  const at = 'leave.contracts_end'
  if (end < day)
    found.push(refusal(at, 'move.end-before-leaving', `until ${day} they live there and use what is measured`, day))
  // The datahub takes the end and the beginning of a contract from the same day on, and none in the past (DH-310, DH-330).
  else if (end < today && ending.some(({ energy }) => energy === 'electricity'))
    found.push(refusal(at, 'move.end-past', `the market takes no end of a contract before ${today}`, today))
  const begins = ending.flatMap(({ during: { from } }) => (from !== null && from >= end ? [from] : [])).toSorted()
  const last = begins.at(-1)
  if (last !== undefined)
    found.push(
      refusal(
        at,
        'move.before-contract',
        `a contract begins on ${last}, and ends a day later at the earliest`,
        dayAfter(last),
      ),
    )
  // A fixed term binds a company to its end; a consumer's ends by moving, unless it moves along.
  const bound = ending.flatMap(({ fate, fixed_until }) =>
    isCompany && fate === 'ends' && fixed_until !== null && fixed_until > end ? [fixed_until] : [],
  )
  const until = bound.toSorted().at(-1)
  if (until !== undefined)
    found.push(
      refusal(at, 'move.fixed-term', `a company's fixed term runs until ${until}: it moves along or ends then`, until),
    )
  return found
}

// ---- Into a home

export type Begin = { readonly path: string; readonly point_id: number; readonly kind: Kind; readonly energy: Energy }
type Place<H> = {
  /** When the contract begins that somebody has made after it. */
  readonly to: Day | null
  /** Of those who have left without ending it: over when the new one begins. */
  readonly former: H | undefined
  /** Runs on, and cannot give way. */
  readonly blocking: H | undefined
}

/** Where a contract comes to stand at its point. `lives`: who lives there on the day, beside the one who enters. */
export const placeOf = <H extends Held>(
  { point_id, kind }: Pick<Begin, 'point_id' | 'kind'>,
  from: Day,
  served: readonly H[],
  lives: People,
  mine: People,
): Place<H> => {
  const here = served.filter((held) => held.point_id === point_id && held.kind === kind)
  const [next = null] = here
    .flatMap(({ during }) => (during.from !== null && during.from > from ? [during.from] : []))
    .toSorted()
  const now = here.find(({ during }) => runsOn(during, from))
  if (now === undefined) return { to: next, former: undefined, blocking: undefined }
  const left = now.parties.every(
    ({ customer_id, role, during }) =>
      role === 'payer' || !runsOn(during, from) || !(lives.has(customer_id) || mine.has(customer_id)),
  )
  const gives = left && now.during.to === null && (now.during.from === null || now.during.from < from)
  return { to: next, former: gives ? now : undefined, blocking: gives ? undefined : now }
}

export const enterRefusals = (
  {
    day,
    from,
    stays,
    isSameHome,
    today,
    switchOn,
    othersHold,
  }: {
    readonly day: Day
    /** The first day of the contracts. */
    readonly from: Day
    /** Theirs at the new home, in the same role. */
    readonly stays: readonly Period[]
    readonly isSameHome: boolean
    readonly today: Day
    /** The first day on which a supplier may be changed under those who live on. */
    readonly switchOn: Day
    /** Somebody else who lives there on the day holds it. */
    readonly othersHold: boolean
  },
  begins: readonly (Begin & Place<Held>)[],
): readonly Refusal[] => {
  const found: Refusal[] = []
  if (isSameHome)
    found.push(refusal('enter.site_id', 'move.same-home', 'the home that is entered is the one that is left', null))
  const there = stays.find(({ to }) => to === null || to > day)
  if (there !== undefined && !isSameHome)
    found.push(
      refusal(
        'enter.day',
        'move.lives-there',
        there.to === null
          ? 'by the register they live there already'
          : `by the register they live there until ${there.to}`,
        there.to,
      ),
    )
  if (begins.length === 0) return found
  const at = 'enter.contracts_begin'
  if (from < day) found.push(refusal(at, 'move.begin-before-entering', `they come on ${day}, and not before`, day))
  else if (from < today && begins.some(({ energy }) => energy === 'electricity'))
    found.push(refusal(at, 'move.begin-past', `the market takes no beginning of a contract before ${today}`, today))
  const switches = begins.some(
    ({ kind, energy, former, blocking }) =>
      kind === 'sales' && energy === 'electricity' && othersHold && former === undefined && blocking === undefined,
  )
  // Not all customers of the point change: it is a change of supplier, and no move (DH-310).
  if (switches && from >= today && from < switchOn)
    found.push(
      refusal(
        at,
        'move.switch-notice',
        `others live on there, so the supplier changes on ${switchOn} at the earliest`,
        switchOn,
      ),
    )
  for (const { path, blocking } of begins)
    if (blocking !== undefined) {
      const { to } = blocking.during
      found.push(
        refusal(
          path,
          'move.served',
          to === null
            ? 'a contract of somebody who lives there runs at the point: record their move out first'
            : `a contract runs at the point until ${to}`,
          to,
        ),
      )
    }
  return found
}

// ---- Who pays in between

export type Pays = {
  readonly who: Payer
  readonly energy: Energy
  readonly kind: Kind | null
  readonly point_id: number
  readonly from: Day
  readonly to: Day | null
}

const nextFrom = (all: readonly Held[], point_id: number, kind: Kind | null, from: Day): Day | null => {
  const [next = null] = all
    .filter((held) => held.point_id === point_id && (kind === null || held.kind === kind))
    .flatMap(({ during }) => (during.from !== null && during.from >= from ? [during.from] : []))
    .toSorted()
  return next
}

/** At the home that is left: what they go on paying for after leaving, and from when nobody pays. */
export const paysAfter = (
  day: Day,
  contracts: readonly (Held & {
    readonly fate: Fate
    readonly untouched: Untouched | null
    readonly ends: Day | null
  })[],
  all: readonly Held[],
): readonly Pays[] =>
  contracts.flatMap(({ point_id, energy, kind, fate, untouched: why, ends, during }): Pays[] => {
    if (point_id === null || why !== null || fate === 'passes') return []
    const to = ends ?? during.to
    const theirs: Pays[] = to === null || to > day ? [{ who: 'customer', energy, kind, point_id, from: day, to }] : []
    if (to === null) return theirs
    const next = nextFrom(all, point_id, kind, to)
    return next === to ? theirs : [...theirs, { who: 'nobody', energy, kind, point_id, from: to, to: next }]
  })

type Point = { readonly id: number; readonly energy: Energy }

/** At the home that is entered: who pays until the contract begins, and the points that have none. */
export const paysBefore = (
  day: Day,
  from: Day,
  points: readonly Point[],
  begins: readonly Begin[],
  served: readonly Held[],
): readonly Pays[] =>
  points.flatMap(({ id, energy }): Pays[] => {
    const mine = begins.filter(({ point_id }) => point_id === id)
    const running = (kind: Kind) =>
      served.some((held) => held.point_id === id && held.kind === kind && runsOn(held.during, day))
    if (mine.length > 0)
      return day >= from
        ? []
        : mine.map(({ kind }) => ({
            who: running(kind) ? 'former' : 'nobody',
            energy,
            kind,
            point_id: id,
            from: day,
            to: from,
          }))
    return running('sales') || running('network')
      ? []
      : [{ who: 'nobody', energy, kind: null, point_id: id, from: day, to: nextFrom(served, id, null, day) }]
  })
