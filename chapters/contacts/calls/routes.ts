// Calls: api, rules and queries put together; the caller's verification begins where a call is taken.
import { setTimeout as pause } from 'node:timers/promises'
import { type Actor, type Route, route } from '../../../enforcement/serve.ts'
import { dayOf } from '../../../platform/clock.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../../platform/errors.ts'
import { rulesOn } from '../../../register/verification.ts'
import { contactValue, displayName } from '../../customers/index.ts'
import { openedText, sealedText } from '../said.ts'
import { endVerifications, insertVerification } from '../verification/queries.ts'
import { firstEvidence } from '../verification/state.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { areOthers, byFrequency } from './rules.ts'

/** Between two looks at who waits, while a desk waits for an answer. Milliseconds. */
const glance = 700

const handsOf = ({ staff_id }: Actor): number => {
  if (staff_id === null) throw new Forbidden('call.no-hands', { detail: 'a program takes no calls' })
  return staff_id
}

const kept = (written: string | null): string | null => {
  if (written === null) return null
  const number = contactValue('phone', written)
  if (number === undefined)
    throw new Invalid('phone.unusable', {
      status: 422,
      faults: [{ path: 'body.number', code: 'phone.unusable', message: 'write it as 050 123 4567 or +358…' }],
    })
  return number
}

const contactsIn = (rows: readonly { readonly contact_id: number | null }[]): readonly number[] =>
  rows.flatMap(({ contact_id }) => contact_id ?? [])

export const callRoutes: readonly Route[] = [
  route(api.announceCall, async ({ db, input, actor, bundle, now }) => {
    const made = { ...input.body, number: kept(input.body.number) }
    // What one types oneself is rung for nobody else.
    const rings_at = actor.staff_id ?? made.rings_at
    return queries.insertCall(db, { ...made, rings_at }, { now, by: actor.handle, mask: bundle.mask })
  }),
  route(api.waitingCalls, async ({ db, input, actor, now }) => {
    const { known, wait } = input.query
    const staff = handsOf(actor)
    for (let waited = 0; ; waited += glance) {
      const rows = await queries.callsWaiting(db, staff, new Date(now.getTime() + waited))
      const ids = rows.map(({ id }) => id)
      if (waited >= wait * 1000 || areOthers(known, ids)) return rows
      // The program may end while a desk waits: nobody is kept for it.
      await pause(glance, undefined, { ref: false })
    }
  }),
  route(api.candidates, async ({ db, input, may, now }) => {
    const call = await queries.findCall(db, input.params.call_id)
    if (call === undefined) throw new NotFound('call.not-found')
    const { id, at, number } = call
    const found = number === null ? [] : await queries.holdersOf(db, number, dayOf(now), may)
    return {
      call: { id, at, number },
      candidates: found.map(({ given, call_name, family, organisation, birth_date, deceased_on, ...row }) => ({
        ...row,
        name: displayName({ given, call_name, family, organisation }),
        deceased: deceased_on !== null,
        birth_year: birth_date === null ? null : Number(birth_date.slice(0, 4)),
      })),
    }
  }),
  route(api.inHand, async ({ db, actor, keys, may }) => {
    const row = await queries.callInHand(db, handsOf(actor))
    if (row === undefined) return { call: null }
    const { wrapped, key_version, body, given, call_name, family, organisation, ...call } = row
    const [counts, changed] = await Promise.all([
      queries.topicCounts(db),
      queries.changedSince(db, row.customer_id, row.taken_at, actor.handle, may),
    ])
    return {
      call: {
        ...call,
        name: displayName({ given, call_name, family, organisation }),
        body: openedText(keys, { customer_id: row.customer_id, body, wrapped, key_version }),
        chips: byFrequency(counts),
        changed,
      },
    }
  }),
  route(api.takeCall, async (context) => {
    const { db, input, actor, bundle, now } = context
    const { call_id } = input.params
    const { customer_id, representation_id } = input.body
    const staff = handsOf(actor)
    const how = { now, by: actor.handle, staff, mask: bundle.mask }
    const contact = await queries.beginContact(db, customer_id, how)
    if (contact === undefined) throw new NotFound('customer.not-found')
    if ((await queries.markTaken(db, call_id, contact.id, staff)) === undefined) throw new Conflict('call.taken')
    await endVerifications(db, contactsIn(await queries.layDown(db, staff, call_id, now)), now)
    const first = await firstEvidence(context, contact.id, customer_id, representation_id)
    const ends_at = new Date(now.getTime() + rulesOn(dayOf(now)).lasts * 60_000)
    await insertVerification(db, { customer_id, contact_id: contact.id, representation_id, ...first, ends_at }, how)
    return { call_id, contact_id: contact.id, customer_id }
  }),
  route(api.endCall, async ({ db, input, actor, now }) => {
    const row = await queries.markEnded(db, input.params.call_id, actor.staff_id, now)
    if (row === undefined) throw new NotFound('call.not-found')
    return row
  }),
  route(api.wrapUp, async ({ db, input, actor, keys, now }) => {
    const staff = handsOf(actor)
    const { call_id } = input.params
    const { done, body, ...note } = input.body
    const own = await queries.findOwnCall(db, call_id, staff)
    if (own === undefined) throw new NotFound('call.not-found')
    const sealed = await sealedText(db, keys, own.customer_id, body, now)
    const row = await queries.noteCall(db, own.contact_id, staff, { ...note, body: sealed }, now)
    if (row === undefined) throw new NotFound('call.not-found')
    if (done) await endVerifications(db, contactsIn(await queries.layDownOne(db, staff, call_id, now)), now)
    return { contact_id: own.contact_id, customer_id: own.customer_id, done }
  }),
]
