// The party itself: api, rules and queries put together.
import { type Route, route } from '../../../enforcement/serve.ts'
import { Conflict, Unavailable } from '../../../platform/errors.ts'
import { newDataKey, seal, unwrapDataKey } from '../../../platform/keys.ts'
import { insertAddress } from '../addresses/queries.ts'
import { placed } from '../addresses/routes.ts'
import { likelyParties } from '../duplicates/likely.ts'
import { insertApart } from '../duplicates/queries.ts'
import { maskedIdentityCode } from '../identity-code.ts'
import { insertName } from '../names/queries.ts'
import { nameFaults } from '../names/rules.ts'
import { findParty, insertContactPoint } from '../queries.ts'
import { stepFrom } from '../rules.ts'
import { found, held, refuse, told } from '../told.ts'
import * as api from './api.ts'
import { drawn } from './numbers.ts'
import * as queries from './queries.ts'
import { birthFault, businessId, contactPoints, identityCode } from './rules.ts'

const changed = <T>(row: T | undefined): T => {
  if (row === undefined) throw new Conflict('customer.changed')
  return row
}

export const partyRoutes: readonly Route[] = [
  route(api.createCustomer, async (context) => {
    const { db, input, bundle, may } = context
    const { name, not_same, contact_details, address, ...party } = input.body
    const how = told(context)
    const { points, faults } = contactPoints(contact_details)
    const business = businessId(party.kind, party.business_id)
    refuse([
      ...nameFaults(party.kind, 'official', name).map((each) => ({
        ...each,
        path: each.path.replace('body', 'body.name'),
      })),
      birthFault(party.kind, party.birth_date, how.today),
      ...('refused' in business ? [business.refused] : []),
      ...faults,
    ])
    const home = address === null ? null : await placed(db, address, party.language, 'address.')
    const { business_id } = held(business)
    const like = await likelyParties(
      db,
      {
        ...name,
        birth_date: party.birth_date,
        business_id,
        phone: points.find(({ channel }) => channel === 'phone')?.value,
        email: points.find(({ channel }) => channel === 'email')?.value,
        street: home?.street,
        postcode: home?.postcode,
      },
      may,
    )
    if (like.some(({ id, strong }) => strong && !not_same.includes(id))) throw new Conflict('customer.likely-duplicate')
    const made = await drawn((number) => queries.insertParty(db, { ...party, business_id, number }, bundle.mask, how))
    found(await insertName(db, made.id, { ...name, kind: 'official', from: null, to: null }, how))
    for (const point of points) found(await insertContactPoint(db, made.id, point, how))
    if (home !== null) found(await insertAddress(db, made.id, { ...home, from: how.today }, how))
    if (not_same.length > 0) await insertApart(db, made.id, not_same, how.now, how.by)
    return made
  }),
  route(api.setStage, async (context) => {
    const { params, body } = context.input
    return changed(await queries.updateStage(context.db, params.customer_id, body.stage, body.version, told(context)))
  }),
  route(api.setBusinessId, async (context) => {
    const { params, body } = context.input
    const party = found(await findParty(context.db, params.customer_id))
    const { business_id } = held(businessId(party.kind, body.business_id))
    return changed(await queries.updateBusinessId(context.db, party.id, business_id, body.version, told(context)))
  }),
  route(api.setBirthDate, async (context) => {
    const { params, body } = context.input
    const how = told(context)
    const party = found(await findParty(context.db, params.customer_id))
    refuse([birthFault(party.kind, body.birth_date, how.today)])
    return changed(await queries.updateBirthDate(context.db, party.id, body.birth_date, body.version, how))
  }),
  route(api.changeIdentityCode, async (context) => {
    const { db, keys, input } = context
    const { customer_id } = input.params
    const how = told(context)
    const party = found(await findParty(db, customer_id))
    const { code, birth_date } = held(identityCode(party.kind, input.body.code))
    const old = await queries.lockCode(db, customer_id)
    if ((old?.id ?? null) !== input.body.instead_of) throw new Conflict('identity-code.changed')
    const kept = await queries.findKey(db, customer_id)
    const fresh = kept === undefined ? newDataKey(keys, customer_id) : undefined
    if (fresh !== undefined) await queries.insertKey(db, customer_id, fresh.wrapped, fresh.key_version, how.now)
    const key = kept === undefined ? fresh?.key : unwrapDataKey(keys, customer_id, kept)
    if (key === undefined) throw new Unavailable('keys.missing')
    const sealed = {
      code: seal(key, code, `identity_code|code|${customer_id}`),
      ...keys.blinds('identity-code', code),
    }
    const step = held(stepFrom(old?.during.from ?? null, input.body.from, how.today))
    await queries.updateBirthOfCode(db, customer_id, birth_date)
    const written = async () => {
      if (old === undefined)
        return queries.insertCode(db, customer_id, { ...sealed, from: step.is === 'change' ? step.from : null }, how)
      if (step.is === 'slip') return queries.correctCode(db, customer_id, old.id, sealed, how)
      await queries.closeCode(db, customer_id, old.id, step.from)
      return queries.insertCode(db, customer_id, { ...sealed, from: step.from }, how)
    }
    return { ...(await written()), masked: maskedIdentityCode(code) }
  }),
]
