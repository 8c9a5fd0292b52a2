// Duplicates: api, rules and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import type { Read } from '../../../platform/database.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../../platform/errors.ts'
import type { CustomerId } from '../api.ts'
import { displayName } from '../rules.ts'
import * as api from './api.ts'
import { likelyParties } from './likely.ts'
import * as queries from './queries.ts'
import { afterParting, joining, mayApprove } from './rules.ts'

const found = <T>(row: T | undefined): T => {
  if (row === undefined) throw new NotFound('duplicate.not-found')
  return row
}

/** Each with its two parties. One of them may lie behind a wall: then there is no pair to show. */
const inPairs = async <R extends { readonly customer_id: CustomerId }>(
  db: Read,
  rows: readonly R[],
  otherOf: (row: R) => CustomerId,
  birth: boolean,
) => {
  const parties = await queries.partiesById(
    db,
    rows.flatMap((row) => [row.customer_id, otherOf(row)]),
    birth,
  )
  const sides = new Map(parties.map((party) => [party.id, { ...party, name: displayName(party) }]))
  return rows.flatMap((row) => {
    const [one, other] = [sides.get(row.customer_id), sides.get(otherOf(row))]
    return one === undefined || other === undefined ? [] : [{ ...row, one, other }]
  })
}

const day = 24 * 60 * 60_000

export const duplicateRoutes: readonly Route[] = [
  route(api.listDuplicates, async ({ db, input, may }) => {
    const { customer_id, below, after } = input.query
    if ((below === undefined) !== (after === undefined))
      throw new Invalid('page.half', { status: 422, detail: 'below and after belong together' })
    const beyond = after === undefined ? undefined : { weight: below ?? 0, id: after }
    const rows = await queries.openDuplicates(db, customer_id, beyond)
    return inPairs(db, rows, ({ other_id }) => other_id, may('birth-date'))
  }),
  route(api.likely, ({ db, input, may }) => likelyParties(db, input.query, may)),
  route(api.tellApart, async ({ db, input, now, actor }) =>
    found(await queries.decideDuplicate(db, input.params.duplicate_id, 'not-same', now, actor.handle)),
  ),
  route(api.reopenDuplicate, async ({ db, input, now, actor }) =>
    found(await queries.reopen(db, input.params.duplicate_id, actor.handle, new Date(now.getTime() - day))),
  ),
  route(api.listMerges, async ({ db, input, actor, may }) => {
    const { state, customer_id, before } = input.query
    const listed = state === 'waiting' ? queries.mergesWaiting : queries.mergesThatHold
    const merges = await listed(db, customer_id, before)
    const pairs = await inPairs(db, merges, ({ merged_id }) => merged_id, may('birth-date'))
    return pairs.map((pair) => ({ ...pair, own: pair.proposed_by === actor.handle }))
  }),
  route(api.declineMerge, async ({ db, input, now, actor }) => {
    const merge = found(await queries.findMerge(db, input.params.merge_id))
    if (merge.merged_at !== null) throw new Conflict('merge.already-joined')
    if (merge.undone_at !== null) throw new Conflict('merge.declined')
    return queries.undo(db, merge.id, input.body.reason, actor.handle, now)
  }),
  route(api.proposeMerge, async ({ db, input, now, actor }) => {
    const { customer_id } = input.params
    const { merged_id } = input.body
    const parties = await queries.lockParties(db, customer_id, merged_id)
    const one = found(parties.find(({ id }) => id === customer_id))
    const other = found(parties.find(({ id }) => id === merged_id && id !== customer_id))
    const verdict = joining({ one, other })
    if (verdict === 'merge.already-joined') throw new Conflict(verdict)
    if ((await queries.waitingOf(db, customer_id, merged_id)).length > 0) throw new Conflict('merge.waiting')
    const merge = await queries.insertMerge(
      db,
      { ...input.body, customer_id },
      actor.handle,
      verdict === 'now' ? now : null,
    )
    if (verdict === 'now') {
      await queries.linkParty(db, merged_id, customer_id)
      await queries.closeDuplicatesOf(db, customer_id, merged_id, now, actor.handle)
    }
    return merge
  }),
  route(api.approveMerge, async ({ db, input, now, actor }) => {
    const merge = found(await queries.findMerge(db, input.params.merge_id))
    if (merge.merged_at !== null) throw new Conflict('merge.already-joined')
    if (merge.undone_at !== null) throw new Conflict('merge.declined')
    if (!mayApprove(merge.proposed_by, actor.handle)) throw new Forbidden('merge.own-proposal')
    const parties = await queries.lockLinks(db, merge.customer_id, merge.merged_id)
    if (parties.length < 2 || parties.some(({ merged_into }) => merged_into !== null))
      throw new Conflict('merge.already-joined')
    await queries.linkParty(db, merge.merged_id, merge.customer_id)
    await queries.closeDuplicatesOf(db, merge.customer_id, merge.merged_id, now, actor.handle)
    return queries.approve(db, merge.id, actor.handle, now)
  }),
  route(api.undoMerge, async ({ db, input, now, actor }) => {
    const merge = found(await queries.findMerge(db, input.params.merge_id))
    if (merge.merged_at === null || merge.undone_at !== null) throw new Conflict('merge.not-joined')
    await queries.linkParty(db, merge.merged_id, null)
    const state = afterParting({ ...merge, merged_at: merge.merged_at }, actor.handle, now)
    await queries.partDuplicatesOf(db, merge.customer_id, merge.merged_id, state, now, actor.handle)
    const review = await queries.insertReview(db, {
      id: merge.id,
      customer_id: merge.customer_id as CustomerId,
      merged_at: merge.merged_at,
    })
    return { merge: await queries.undo(db, merge.id, input.body.reason, actor.handle, now), review: review.length }
  }),
  route(api.scanDuplicates, async ({ db, now }) => ({ found: (await queries.insertDuplicates(db, now)).length })),
]
