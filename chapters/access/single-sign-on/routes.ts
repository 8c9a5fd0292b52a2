// Single sign-on: api, rules and queries put together.
import { type Route, route, routeAfter } from '../../../enforcement/serve.ts'
import type { Read } from '../../../platform/database.ts'
import { Forbidden, NotFound } from '../../../platform/errors.ts'
import type { Provider } from '../../../platform/single-sign-on.ts'
import { renew } from '../renewal.ts'
import { begin, notSelf } from '../staff/routes.ts'
import * as api from './api.ts'
import * as queries from './queries.ts'
import { secondFactorGiven, stageAfter, subjectOf } from './rules.ts'
import { sealedToken } from './token.ts'

type FirstRole = (db: Read, staff: number, now: Date) => Promise<{ readonly role: string; readonly hat: string }>

export const singleSignOnRoutes = (provider: Provider | undefined, firstRole: FirstRole): readonly Route[] => {
  const configured = (): Provider => {
    if (provider === undefined) throw new NotFound('single-sign-on.none')
    return provider
  }
  return [
    route(api.readWays, async () => ({ single_sign_on: provider !== undefined })),
    routeAfter(
      api.beginSingleSignOn,
      ({ now }) => configured().begin(now),
      async (_context, begun) => begun,
    ),
    routeAfter(
      api.finishSingleSignOn,
      ({ input, now }) => configured().finish(input.body.begun, input.body.answer, now),
      async (context, { claims, idToken }) => {
        const { db, now, keys } = context
        const { claim, secondFactor } = configured()
        const subject = subjectOf(claims, claim)
        if (subject === undefined) throw new Forbidden('single-sign-on.no-name', { detail: `no usable claim ${claim}` })
        const staff = await queries.staffBySubject(db, subject)
        // The provider knows the person; the register does not, and makes nobody by itself.
        if (staff === undefined) throw new Forbidden('single-sign-on.unknown')
        if (staff.state === 'locked' || staff.state === 'ended') throw new Forbidden('single-sign-on.closed')
        const stage = stageAfter(staff, secondFactorGiven(claims, secondFactor))
        const place = stage === 'complete' ? await firstRole(db, staff.id, now) : { role: null, hat: null }
        const provider_token = sealedToken(keys, staff.id, idToken)
        await renew(context, { staff: staff.id, round: staff.sign_in_round, stage, ...place, provider_token })
        return { stage }
      },
    ),
    route(api.readProvider, async () => ({
      provider: provider === undefined ? null : { issuer: provider.issuer, claim: provider.claim },
    })),
    route(api.tieStaff, async ({ db, input, actor }) => {
      notSelf(actor, input.params.staff_id)
      const { id } = await begin(db, input.params.staff_id, input.body.version)
      return { version: (await queries.setSubject(db, id, input.body.subject)).version }
    }),
  ]
}
