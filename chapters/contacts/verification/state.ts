// A verification as it is shown and changed: evidence read, held against the rules, kept as passed or failed.
import type { Context } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import type { Read } from '../../../platform/database.ts'
import { Conflict, Forbidden, NotFound } from '../../../platform/errors.ts'
import { unseal, unwrapDataKey } from '../../../platform/keys.ts'
import type { CallerLevel, Endpoint } from '../../../register/endpoint.ts'
import { type CallerFact, callerFacts, rulesOn } from '../../../register/verification.ts'
import { type CustomerId, displayName } from '../../customers/index.ts'
import * as queries from './queries.ts'
import { askable, isRight, levelOf } from './rules.ts'

type Asking = Pick<Context<Endpoint>, 'now' | 'may' | 'keys' | 'actor'> & { readonly db: Read }

const factsOf = (names: readonly string[]): readonly CallerFact[] =>
  names.flatMap((name) => callerFacts.find((fact) => fact === name) ?? [])

const representatives = async ({ db, now }: Asking, customer: CustomerId) =>
  (await queries.representativesOf(db, customer, dayOf(now))).map((row) => ({ ...row, name: displayName(row) }))

/** Who speaks, and from which number: what the facts are asked of. */
const askedOf = async (
  asking: Asking,
  { contact_id, customer_id }: Pick<queries.Verification, 'contact_id' | 'customer_id'>,
  speaker: CustomerId,
): Promise<queries.Asked> => ({
  customer: customer_id,
  speaker,
  number: asking.may('incoming-call') ? await queries.numberOfContact(asking.db, contact_id) : null,
})

/** The level that evidence makes; one who says to be a person who has died is known as nobody. */
const levelFor = async (
  { db, now, may }: Asking,
  customer: CustomerId,
  acting: boolean,
  passed: readonly CallerFact[],
  failed: readonly CallerFact[],
): Promise<CallerLevel> => {
  const dead = !acting && may('death') && (await queries.hasDied(db, customer))
  return levelOf(rulesOn(dayOf(now)), { passed, failed, strong: false, dead })
}

/**
 * A call as evidence before anything is asked: it may come from a number of the speaker's.
 * @throws NotFound when the representation is not one of this customer's today
 */
export const firstEvidence = async (
  asking: Asking,
  contact_id: number,
  customer_id: CustomerId,
  representation_id: number | null,
) => {
  const by = representation_id === null ? undefined : await representatives(asking, customer_id)
  const acting = by?.find(({ id }) => id === representation_id)
  if (by !== undefined && acting === undefined) throw new NotFound('representation.not-found')
  const asked = await askedOf(asking, { contact_id, customer_id }, acting?.representative_id ?? customer_id)
  const rings =
    asked.number !== null &&
    asking.may('contact-details') &&
    (await queries.truthsOf(asking.db, 'calling-number', asked)).length > 0
  const passed: readonly CallerFact[] = rings ? ['calling-number'] : []
  return { passed, level: await levelFor(asking, customer_id, acting !== undefined, passed, []) }
}

/** @throws NotFound when it is not one's own call; Conflict when it is over */
export const ownVerification = async (asking: Asking, contact: number, holding: boolean) => {
  const row = await queries.findVerification(asking.db, contact, asking.actor.staff_id ?? 0, holding)
  if (row === undefined) throw new NotFound('contact.not-found')
  if (holding && new Date(row.ends_at) <= asking.now) throw new Conflict('verification.over')
  return row
}

export const stateOf = async (asking: Asking, row: queries.Verification) => {
  const may = await representatives(asking, row.customer_id)
  const acting = may.find(({ id }) => id === row.representation_id) ?? null
  const evidence = { passed: factsOf(row.passed), failed: factsOf(row.failed) }
  const over = new Date(row.ends_at) <= asking.now
  const asked = await askedOf(asking, row, acting?.representative_id ?? row.customer_id)
  const there = over ? [] : await queries.factsThere(asking.db, asked, asking.may)
  return {
    contact_id: row.contact_id,
    customer_id: row.customer_id,
    level: over ? (0 as const) : row.level,
    ask: askable(rulesOn(dayOf(asking.now)), there, evidence),
    ...evidence,
    started_at: row.started_at,
    ends_at: row.ends_at,
    acting,
    representatives: may,
  }
}

const truthsOf = async ({ db, keys }: Asking, fact: CallerFact, asked: queries.Asked): Promise<readonly string[]> =>
  fact !== 'identity-code-end'
    ? queries.truthsOf(db, fact, asked)
    : (await queries.sealedCodes(db, asked.speaker)).map(({ customer_id, code, ...wrapped }) =>
        unseal(unwrapDataKey(keys, customer_id, wrapped), code, `identity_code|code|${customer_id}`).toString(),
      )

/** What one more answer makes of it. @throws Conflict for what was asked already; Forbidden for what the bundle may not compare */
export const afterAnswer = async (asking: Asking, row: queries.Verification, fact: CallerFact, said: string) => {
  const [passed, failed] = [factsOf(row.passed), factsOf(row.failed)]
  if ([...passed, ...failed].includes(fact)) throw new Conflict('verification.asked-already')
  if (fact === 'calling-number' || !queries.needsOf(fact).every(asking.may))
    throw new Forbidden('verification.not-askable')
  const by = await representatives(asking, row.customer_id)
  const acting = by.find(({ id }) => id === row.representation_id)
  const asked = await askedOf(asking, row, acting?.representative_id ?? row.customer_id)
  const truths = await truthsOf(asking, fact, asked)
  if (truths.length === 0) throw new Conflict('verification.nothing-to-ask')
  const right = isRight(fact, said, truths)
  const next = { passed: right ? [...passed, fact] : passed, failed: right ? failed : [...failed, fact] }
  return {
    ...next,
    representation_id: row.representation_id,
    level: await levelFor(asking, row.customer_id, row.representation_id !== null, next.passed, next.failed),
  }
}
