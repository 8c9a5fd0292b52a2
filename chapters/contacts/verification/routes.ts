// The verification of callers: api, rules and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { rulesOn } from '../../../register/verification.ts'
import { dayOf } from '../../../platform/clock.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { levelOf } from './rules.ts'
import { afterAnswer, firstEvidence, ownVerification, stateOf } from './state.ts'

export const verificationRoutes: readonly Route[] = [
  route(api.verification, async (context) =>
    stateOf(context, await ownVerification(context, context.input.params.contact_id, false)),
  ),
  route(api.answerQuestion, async (context) => {
    const { params, body } = context.input
    const row = await ownVerification(context, params.contact_id, true)
    const next = await afterAnswer(context, row, body.fact, body.said)
    return stateOf(context, await queries.updateVerification(context.db, params.contact_id, next))
  }),
  route(api.actFor, async (context) => {
    const { params, body } = context.input
    const { contact_id } = params
    const row = await ownVerification(context, contact_id, true)
    const { representation_id } = body
    if (representation_id === row.representation_id) return stateOf(context, row)
    const first = await firstEvidence(context, contact_id, row.customer_id, representation_id)
    // What was wrong stays wrong, whoever they now say to be.
    const doubt = levelOf(rulesOn(dayOf(context.now)), {
      passed: [],
      failed: row.failed as never,
      strong: false,
      dead: false,
    })
    const level = doubt === 0 ? 0 : first.level
    const next = { passed: first.passed, failed: row.failed, representation_id, level }
    return stateOf(context, await queries.updateVerification(context.db, contact_id, next))
  }),
]
