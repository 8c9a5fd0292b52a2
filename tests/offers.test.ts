// Offers from the first word to the contract: what a telephone call does not bind, what replaces what, and what a year would cost on the customer's own values.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as contracts from '../chapters/contracts/api.ts'
import * as endings from '../chapters/contracts/endings/api.ts'
import { endingRoutes } from '../chapters/contracts/endings/routes.ts'
import * as api from '../chapters/contracts/offers/api.ts'
import { digestOf } from '../chapters/contracts/offers/document.ts'
import { offerRoutes } from '../chapters/contracts/offers/routes.ts'
import { contractRoutes } from '../chapters/contracts/routes.ts'
import type { CustomerId } from '../chapters/customers/api.ts'
import { measuredDays, packed } from '../chapters/metering/index.ts'
import { dayAfter, hoursOf } from '../platform/clock.ts'
import { testRegister, type TestRegister } from './database.ts'
import { callWith, person } from './people.ts'
import { type Served, served, staffIn } from './served.ts'

const agent = staffIn('customer-service', 'retail')
const networkAgent = staffIn('customer-service', 'network')
const marketer = staffIn('marketing', 'retail')
const told = `'test', '2026-01-01Z', 'system:test'`
const today = '2026-11-24'

let opened: TestRegister
let desk: Served
const products: Record<string, number> = {}
const one = async (text: string, values: unknown[] = []): Promise<number> =>
  Number((await opened.owner.query<{ id: string }>(text, values)).rows[0]?.id)

before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, [
    ...contractRoutes,
    ...endingRoutes(opened.register.laws),
    ...offerRoutes(opened.register.laws, measuredDays),
  ])
  await opened.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  for (const [code, controller, kind] of [
    ['OPEN', 1, 'sales'],
    ['FIXED', 1, 'sales'],
    ['BARE', 1, 'sales'],
    ['NET', 2, 'network'],
  ] as const)
    products[code] = await one(
      `insert into product (controller, code, energy, kind, name_fi, name_sv, name_en, on_sale) values ($1, $2, 'electricity', $3, 'Malli', 'Modell', 'Model', '[2020-01-01,)') returning id`,
      [controller, code, kind],
    )
  await opened.owner.query(`
    insert into rate (kind, class, during, amount, source, verified, note) values
      ('vat', 'electricity', '[2024-09-01,)', 255, 'test', true, '') on conflict do nothing;
    insert into product_price (product_id, component, size, unit, amount, vat_class, tax_class, during, recorded_at, recorded_by)
      select id, 'monthly', '', 'month', 400, 'electricity', null, '[2020-01-01,)'::daterange, now(), 'system:test' from product where code in ('OPEN', 'FIXED')
      union all
      select id, 'energy', '', 'kWh', 8000, 'electricity', null, '[2020-01-01,)', now(), 'system:test' from product where code in ('OPEN', 'FIXED')`)
})
after(async () => {
  await desk.server.close()
  await opened.drop()
})

let serial = 0
const home = async () => {
  const who = (await person(opened.owner)) as CustomerId
  const site_id = await one(
    `insert into site (street_fi, postcode, use, controllers, source, recorded_at, recorded_by) values ('Mallikatu', '15140', 'permanent-dwelling', 3, ${told}) returning id`,
  )
  const point_id = await one(
    `insert into accounting_point (site_id, energy, code, kind, status, controllers, source, recorded_at, recorded_by)
     values ($1, 'electricity', $2, 'consumption', 'connected', 3, ${told}) returning id`,
    [site_id, `649900${String(++serial).padStart(12, '0')}`],
  )
  await opened.owner.query(
    `insert into occupancy (customer_id, site_id, role, during, controllers, source, recorded_at, recorded_by) values ($1, $2, 'holder', '[2020-01-01,)', 3, ${told})`,
    [who, site_id],
  )
  return { who, site_id, point_id }
}
type Home = Awaited<ReturnType<typeof home>>

const draft = async ({ who, site_id, point_id }: Home, more: object = {}) => {
  const body = {
    product_id: products['OPEN'] as number,
    site_id,
    point_id,
    starts_on: '2026-12-15',
    channel: 'call-unasked' as const,
    terms_version: 'SME 2024',
    valid_until: '2026-12-08',
    ...more,
  }
  const { status, output, problem } = await desk.ask(agent, api.draftOffer, { params: { customer_id: who }, body })
  assert.equal(status, 200, JSON.stringify(problem))
  return output
}
type Offer = Awaited<ReturnType<typeof draft>>
const at = ({ customer_id, id }: Offer) => ({ customer_id, offer_id: id })
const send = async (offer: Offer, more: object = {}) => {
  const body = { version: offer.version, on_day: today, how: 'email' as const, ...more }
  const { output, problem } = await desk.ask(agent, api.sendOffer, { params: at(offer), body })
  assert.equal(output.state, 'sent', JSON.stringify(problem))
  return output
}
const accept = (offer: Offer, more: object = {}) =>
  desk.ask(agent, api.acceptOffer, {
    params: at(offer),
    body: { version: offer.version, on_day: today, how: 'email', ...more },
  })
const contractOf = async (id: number) =>
  (await desk.ask(agent, contracts.openContract, { params: { contract_id: id } })).output

test('an unasked call binds nobody: not as a draft, not when it was sent, not by a word on the telephone', async () => {
  const at_ = await home()
  const offer = await draft(at_)
  assert.deepEqual([offer.state, offer.in_writing, offer.withdrawable, offer.language], ['drafted', true, true, 'fi'])
  assert.equal((await accept(offer)).problem.code, 'offer.drafted')
  const loud = await desk.ask(agent, api.sendOffer, {
    params: at(offer),
    body: { version: offer.version, on_day: today, how: 'call' },
  })
  assert.equal(loud.problem.code, 'offer.not-durable')
  const sent = await send(offer, { reference: 'viesti 4711' })
  const spoken = await accept(sent, { how: 'call', reference: 'tallenne 12' })
  assert.deepEqual([spoken.status, spoken.problem.code], [422, 'offer.not-in-writing'])
  const { rows } = await opened.owner.query('select from contract where site_id = $1', [at_.site_id])
  assert.equal(rows.length, 0)
  await opened.owner.query(`update offer set valid_until = '2026-11-23' where id = $1`, [offer.id])
  const late = await accept(sent)
  assert.deepEqual([late.status, late.problem.code], [422, 'offer.lapsed'])
  const list = await desk.ask(agent, api.offersOfCustomer, { params: { customer_id: at_.who } })
  assert.deepEqual(
    list.output.map(({ id, state }) => [id, state]),
    [[offer.id, 'lapsed']],
  )
  assert.equal(
    (await desk.ask(agent, api.closeOffer, { params: at(sent), body: { version: sent.version, on_day: today, how: 'email', outcome: 'declined' } })).problem.code,
    'offer.lapsed',
  ) // prettier-ignore
})

test('accepted in writing it is a contract, with its proof, its terms and the last day of withdrawal', async () => {
  const at_ = await home()
  const call = `call:${await callWith(opened.owner, at_.who)}`
  const sent = await send(await draft(at_), { reference: 'viesti 1' })
  desk.lines()
  const { status, output, problem } = await desk.ask(
    agent,
    api.acceptOffer,
    {
      params: at(sent),
      body: { version: sent.version, on_day: today, how: 'sms', reference: 'tekstiviesti 77' },
    },
    call,
  )
  assert.equal(status, 200, JSON.stringify(problem))
  assert.deepEqual(
    output.steps.map(({ step, how, reference }) => [step, how, reference]),
    [
      ['drafted', 'desk', null],
      ['sent', 'email', 'viesti 1'],
      ['accepted', 'sms', 'tekstiviesti 77'],
    ],
  )
  assert.deepEqual(
    desk.lines().map(({ subject, outcome }) => [subject, outcome]),
    [[at_.who, 'written']],
  )
  const contract = await contractOf(output.contract_id as number)
  assert.deepEqual(
    [contract.during.from, contract.terms_version, contract.consumer, contract.withdrawal_until, contract.agreed_how, contract.status],
    ['2026-12-15', 'SME 2024', true, '2026-12-08', 'sms', 'upcoming'],
  ) // prettier-ignore
  assert.equal((await accept({ ...sent, version: output.version })).problem.code, 'offer.accepted')
  assert.equal((await accept(sent)).problem.code, 'offer.changed', 'of two editors the second is told')
})

test('the text that was sent is kept as it was, in the customer’s language, and its digest with it', async () => {
  const at_ = await home()
  const drafted = await draft(at_, { language: 'sv' })
  assert.match(drafted.document, /Samtalet binder dig inte/)
  assert.match(drafted.document, /inom 14 dagar/)
  assert.match(drafted.document, /Energi: 10,04 cent\/kWh/)
  const sent = await send(drafted)
  await opened.owner.query(`update product set name_sv = 'Nytt namn' where code = 'OPEN'`)
  const now = (await desk.ask(agent, api.openOffer, { params: at(sent) })).output
  await opened.owner.query(`update product set name_sv = 'Modell' where code = 'OPEN'`)
  assert.equal(now.document, sent.document)
  assert.equal(now.document_hash, digestOf(sent.document))
  const shop = await draft(at_, { channel: 'visit', language: 'en' })
  assert.doesNotMatch(shop.document, /withdraw|does not bind/)
})

test('delivery begins within the time of withdrawal only when the consumer asked for it', async () => {
  const at_ = await home()
  const sent = await send(await draft(at_, { starts_on: '2026-12-01' }))
  const early = await accept(sent)
  assert.deepEqual(
    [early.problem.code, early.problem.faults?.[0]?.message.includes('2026-12-09')],
    ['offer.delivery-in-withdrawal', true],
  )
  const later = await accept(sent, { starts_on: '2026-12-09' })
  assert.equal(later.status, 200, JSON.stringify(later.problem))
  const other = await home()
  const asked = await accept(await send(await draft(other, { starts_on: today })), { early_delivery: true })
  assert.equal(asked.status, 200, JSON.stringify(asked.problem))
  assert.equal((await contractOf(asked.output.contract_id as number)).early_delivery, true)
})

test('one’s own open contract ends where the new one begins; a fixed term or another’s contract says from when it works', async () => {
  const at_ = await home()
  const first = await accept(await send(await draft(at_)))
  const before_ = first.output.contract_id as number
  const again = await draft(at_, {
    starts_on: '2027-01-01',
    product_id: products['FIXED'],
    fixed_until: '2028-01-01',
    after_term: 'ends',
  })
  assert.equal(again.start?.replaces, (await contractOf(before_)).number)
  const second = await accept(await send(again))
  assert.equal(second.status, 200, JSON.stringify(second.problem))
  const ended = await contractOf(before_)
  assert.deepEqual(
    [ended.during.to, ended.end_reason, ended.parties[0]?.during.to],
    ['2027-01-01', 'changed-product', '2027-01-01'],
  )
  const third = await send(await draft(at_, { starts_on: '2027-06-01' }))
  assert.deepEqual(third.start, { code: 'offer.fixed-term', earliest: '2028-01-01', replaces: null })
  const bound = await accept(third)
  assert.deepEqual([bound.status, bound.problem.code], [422, 'offer.fixed-term'])
  assert.match(bound.problem.faults?.[0]?.message ?? '', /2028-01-01/)
  const stranger = (await person(opened.owner)) as CustomerId
  const taken = await send(await draft({ ...at_, who: stranger }, { starts_on: '2027-06-01' }))
  assert.equal((await accept(taken)).problem.code, 'offer.point-taken')
})

test('a year on the customer’s own values, else by the estimate, else by what is told', async () => {
  const at_ = await home()
  await accept(await send(await draft(at_)))
  const reckon = async (kwh: number | null = null) => {
    const { output, problem } = await desk.ask(agent, api.costOfProduct, {
      params: { customer_id: at_.who },
      body: { site_id: at_.site_id, point_id: at_.point_id, starts_on: '2026-12-15', product_ids: [products['OPEN'] as number, products['NET'] as number], kwh },
    }) // prettier-ignore
    assert.equal(output.length, 1, `another company’s product is not there: ${JSON.stringify(problem)}`)
    return output[0]?.year_cost ?? null
  }
  assert.equal(await reckon(), null, 'nothing is known yet')
  assert.deepEqual({ ...(await reckon(1000)), from: '', to: '' }, {
    basis: 'told', from: '', to: '', wh: 1_000_000, net: 12_800, gross: 16_064, lacking: 0,
  }) // prettier-ignore
  await opened.owner.query(
    `insert into annual_estimate (point_id, site_id, energy, band, wh, during, controllers, source, recorded_at, recorded_by)
     values ($1, $2, 'electricity', 'whole', 2000000, '[2020-01-01,)', 3, ${told})`,
    [at_.point_id, at_.site_id],
  )
  assert.deepEqual([(await reckon())?.basis, (await reckon())?.wh], ['estimate', 2_000_000])
  // The retailer sees the days that it serves.
  await opened.owner.query(`update contract set during = '[2020-01-01,)' where point_id = $1`, [at_.point_id])
  const days: string[] = []
  for (let day = '2025-11-01'; day < '2026-11-01'; day = dayAfter(day)) days.push(day)
  await opened.owner.query(
    `insert into reading_day (day, point_id, site_id, step, vals, quality, total, lacking, restricted, protected, controllers, source, recorded_at, recorded_by)
     select day, $2, $3, 15, vals, null, total, 0, false, false, serving_on($2, day), ${told}
       from unnest($1::date[], $4::bytea[], $5::bigint[]) as t (day, vals, total)`,
    [
      days,
      at_.point_id,
      at_.site_id,
      days.map((day) => packed(new Int32Array(hoursOf(day).hours.length * 4).fill(100))),
      days.map((day) => hoursOf(day).hours.length * 400),
    ],
  )
  const own = await reckon()
  // 8,760 hours of 400 Wh at 8 c/kWh, and twelve months at 4 €; VAT of 25.5 %.
  assert.deepEqual(own, {
    basis: 'measured', from: '2025-11-01', to: '2026-11-01', wh: 3_504_000, net: 32_832, gross: 41_204, lacking: 0,
  }) // prettier-ignore
})

test('what is offered keeps its price when the list changes', async () => {
  const at_ = await home()
  const sent = await send(await draft(at_))
  await opened.owner.query(`update product_price set amount = 9999 where component = 'energy' and product_id = $1`, [
    products['OPEN'],
  ])
  const now = (await desk.ask(agent, api.openOffer, { params: at(sent) })).output
  await opened.owner.query(`update product_price set amount = 8000 where component = 'energy' and product_id = $1`, [
    products['OPEN'],
  ])
  assert.deepEqual(
    now.prices.map(({ component, amount, vat }) => [component, amount, vat]),
    [
      ['energy', 8000, 255],
      ['monthly', 400, 255],
    ],
  )
})

test('faults are told together, and nobody else’s offer is there', async () => {
  const at_ = await home()
  const params = { customer_id: at_.who }
  const body = {
    product_id: products['NET'] as number, site_id: at_.site_id, point_id: at_.point_id, starts_on: '2026-11-01', channel: 'email' as const,
    terms_version: 'x', valid_until: '2026-11-01', after_term: 'ends' as const,
  } // prettier-ignore
  const bad = await desk.ask(agent, api.draftOffer, { params, body })
  assert.deepEqual(
    bad.problem.faults?.map(({ code }) => code),
    ['offer.valid-past', 'offer.start-past', 'offer.after-term', 'product.other-company'],
  )
  const bare = await desk.ask(agent, api.draftOffer, {
    params,
    body: { ...body, product_id: products['BARE'] as number, starts_on: today, valid_until: today, after_term: null },
  })
  assert.equal(bare.problem.code, 'offer.no-price')
  const offer = await draft(at_)
  const theirs = await desk.ask(networkAgent, api.openOffer, { params: at(offer) })
  assert.deepEqual([theirs.status, theirs.problem.code], [404, 'offer.not-found'])
  const stranger = (await person(opened.owner)) as CustomerId
  const wrong = await desk.ask(agent, api.openOffer, { params: { ...at(offer), customer_id: stranger } })
  assert.equal(wrong.status, 404)
  const hidden = (await person(opened.owner, { restricted: true })) as CustomerId
  const behind = await desk.ask(agent, api.draftOffer, {
    params: { customer_id: hidden },
    body: { ...body, product_id: products['OPEN'] as number, starts_on: today, valid_until: today, after_term: null },
  })
  assert.equal(behind.problem.code, 'customer.not-found')
})

test('an offer is declined by the customer or taken back by the seller, and then it is over', async () => {
  const at_ = await home()
  const sent = await send(await draft(at_))
  const close = (offer: Offer, outcome: 'declined' | 'withdrawn') =>
    desk.ask(agent, api.closeOffer, {
      params: at(offer),
      body: { version: offer.version, on_day: today, how: 'call', outcome },
    })
  const declined = await close(sent, 'declined')
  assert.equal(declined.output.state, 'declined')
  assert.equal((await accept(declined.output)).problem.code, 'offer.declined')
  const drafted = await draft(at_)
  assert.equal((await close(drafted, 'declined')).problem.code, 'offer.drafted', 'nobody has seen it yet')
  assert.equal((await close(drafted, 'withdrawn')).output.state, 'withdrawn')
})

const sold = async (at_: Home, more: object = {}, accepting: object = {}) => {
  const accepted = await accept(await send(await draft(at_, more)), accepting)
  assert.equal(accepted.status, 200, JSON.stringify(accepted.problem))
  return contractOf(accepted.output.contract_id as number)
}
const withdraw = ({ id, version }: { readonly id: number; readonly version: number }, on_day = today) =>
  desk.ask(agent, endings.withdrawFromContract, {
    params: { contract_id: id },
    body: { version, on_day, how: 'email', reference: 'viesti 9' },
  })

test('withdrawn from on the last day a contract that had not begun never was, and what it replaced goes on', async () => {
  const at_ = await home()
  const first = await sold(at_, { channel: 'visit', starts_on: today })
  assert.equal(first.withdrawal_until, null)
  const second = await sold(at_, { starts_on: '2027-01-01' })
  await opened.owner.query(
    `update contract set withdrawal_until = $2, agreed_at = '2026-11-10T08:00:00Z' where id = $1`,
    [second.id, today],
  )
  const ways = await desk.ask(agent, endings.waysToEnd, { params: { contract_id: second.id } })
  assert.deepEqual([ways.output.withdrawable, ways.output.withdrawal_until], [true, today])
  const { status, output, problem } = await withdraw(second)
  assert.equal(status, 200, JSON.stringify(problem))
  assert.deepEqual(
    [output.status, output.during, output.withdrawn_on, output.end_reason, output.owes, output.goes_on],
    ['ended', { from: null, to: null }, today, 'cancelled', false, first.number],
  )
  const back = await contractOf(first.id)
  assert.deepEqual(
    [back.during.to, back.end_reason, back.parties[0]?.during.to, back.status],
    [null, null, null, 'active'],
  )
  assert.equal((await withdraw(output)).problem.code, 'contract.withdrawn')
  const list = await desk.ask(agent, contracts.contractsOfCustomer, { params: { customer_id: at_.who } })
  assert.deepEqual(
    new Map(list.output.map(({ id, status: now }) => [id, now])),
    new Map([
      [first.id, 'active'],
      [second.id, 'ended'],
    ]),
  )
  // The point is free again for whatever comes on that day.
  assert.equal((await accept(await send(await draft(at_, { starts_on: '2027-01-01' })))).status, 200)
})

test('on the day after the last one it is refused, unless it had come in time', async () => {
  const at_ = await home()
  const contract = await sold(at_)
  await opened.owner.query(
    `update contract set withdrawal_until = '2026-11-23', agreed_at = '2026-11-09T08:00:00Z' where id = $1`,
    [contract.id],
  )
  const late = await withdraw(contract)
  assert.deepEqual([late.status, late.problem.code], [422, 'contract.withdrawal-over'])
  assert.equal((await withdraw(contract, '2026-11-23')).status, 200)
})

test('withdrawn from after delivery began it ends that day, and what was asked for is paid', async () => {
  const at_ = await home()
  const contract = await sold(at_, { starts_on: today }, { early_delivery: true })
  await opened.owner.query(
    `update contract set during = '[2026-11-20,)', agreed_at = '2026-11-19T08:00:00Z' where id = $1`,
    [contract.id],
  )
  await opened.owner.query(`update contract_party set during = '[2026-11-20,)' where contract_id = $1`, [contract.id])
  const { output, problem } = await withdraw(contract)
  assert.deepEqual(
    [output.during, output.withdrawn_on, output.owes, output.parties[0]?.during.to],
    [{ from: '2026-11-20', to: today }, today, true, today],
    JSON.stringify(problem),
  )
  const inShop = await sold(await home(), { channel: 'visit', starts_on: today })
  assert.equal((await withdraw(inShop)).problem.code, 'contract.no-withdrawal')
})

test('notice ends a contract after its period, never within a fixed term, and the proof is kept', async () => {
  const at_ = await home()
  const contract = await sold(at_, { channel: 'visit', starts_on: today })
  const params = { contract_id: contract.id }
  const body = {
    version: contract.version,
    on_day: today,
    how: 'call' as const,
    by: 'customer' as const,
    reference: 'tallenne 3',
  }
  const short = await desk.ask(agent, endings.giveNotice, { params, body: { ...body, to: '2026-12-01' } })
  assert.deepEqual([short.status, short.problem.code], [422, 'contract.notice-too-short'])
  assert.match(short.problem.faults?.[0]?.message ?? '', /2026-12-09/)
  const { output, problem } = await desk.ask(agent, endings.giveNotice, { params, body })
  assert.deepEqual([output.during.to, output.end_reason], ['2026-12-09', 'terminated'], JSON.stringify(problem))
  const ways = await desk.ask(agent, endings.waysToEnd, { params })
  assert.deepEqual(
    ways.output.steps.map(({ step, reference }) => [step, reference]),
    [
      ['accepted', null],
      ['terminated', 'tallenne 3'],
    ],
  )
  const fixed = await sold(await home(), {
    channel: 'visit',
    starts_on: today,
    fixed_until: '2027-06-01',
    after_term: 'ends',
  })
  assert.equal(fixed.during.to, '2027-06-01', 'what ends with its term has its last day from the beginning')
  const bound = await desk.ask(agent, endings.giveNotice, {
    params: { contract_id: fixed.id },
    body: { ...body, version: fixed.version, to: '2026-12-31' },
  })
  assert.equal(bound.problem.code, 'contract.fixed-term')
  const told_ = await desk.ask(agent, endings.tellTermEnd, {
    params: { contract_id: fixed.id },
    body: { version: fixed.version, on_day: today, how: 'letter', reference: 'kirje 5' },
  })
  assert.equal(told_.status, 200, JSON.stringify(told_.problem))
  const after_ = await desk.ask(agent, endings.waysToEnd, { params: { contract_id: fixed.id } })
  assert.deepEqual([after_.output.tell_by, after_.output.told_on], ['2027-05-01', today])
})

test('every route refuses who is not declared for it', async () => {
  const ended = { contract_id: 1 }
  const params = { customer_id: 1 as CustomerId, offer_id: 1 }
  const asked = [
    [api.offersOfCustomer, { params: { customer_id: params.customer_id } }],
    [api.openOffer, { params }],
    [api.costOfProduct, { params: { customer_id: params.customer_id }, body: {} }],
    [api.draftOffer, { params: { customer_id: params.customer_id }, body: {} }],
    [api.sendOffer, { params, body: {} }],
    [api.acceptOffer, { params, body: {} }],
    [api.closeOffer, { params, body: {} }],
    [endings.waysToEnd, { params: ended }],
    [endings.withdrawFromContract, { params: ended, body: {} }],
    [endings.giveNotice, { params: ended, body: {} }],
    [endings.tellTermEnd, { params: ended, body: {} }],
  ] as const
  const { laws } = opened.register
  assert.equal(asked.length, offerRoutes(laws, measuredDays).length + endingRoutes(laws).length)
  for (const [endpoint, given] of asked) {
    desk.lines()
    const { problem } = await desk.ask(marketer, endpoint, given as never)
    assert.equal(problem.code, 'role.not-declared', endpoint.action)
    assert.deepEqual(
      desk.lines().map(({ outcome }) => outcome),
      ['refused'],
    )
  }
})
