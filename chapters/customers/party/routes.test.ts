// A party is recorded, and what the register holds of it is changed: by those who may, with nothing lost between two of them.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testRegister } from '../../../tests/database.ts'
import { person } from '../../../tests/people.ts'
import { served, type Served, staffIn } from '../../../tests/served.ts'
import * as addresses from '../addresses/api.ts'
import { addressRoutes } from '../addresses/routes.ts'
import * as card from '../api.ts'
import * as duplicates from '../duplicates/api.ts'
import { duplicateRoutes } from '../duplicates/routes.ts'
import { artificialIdentityCode } from '../identity-code.ts'
import * as names from '../names/api.ts'
import { nameRoutes } from '../names/routes.ts'
import { customerRoutes } from '../routes.ts'
import * as api from './api.ts'
import { partyRoutes } from './routes.ts'

const agent = staffIn('customer-service', 'retail')
const networkAgent = staffIn('customer-service', 'network', 2)
const identityDesk = staffIn('identity-desk', 'retail', 7)
const administrator = staffIn('administrator', 'group')
const changing = [...partyRoutes, ...nameRoutes, ...addressRoutes]

let register: Awaited<ReturnType<typeof testRegister>>
let desk: Served
const ask: Served['ask'] = (actor, endpoint, asked, because = 'reason:written') =>
  desk.ask(actor, endpoint, asked, because)
const id = (n: number) => n as card.CustomerId

before(async () => {
  register = await testRegister()
  await register.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis'), ('00100', 'HELSINKI', 'HELSINGFORS', '091', 'Helsinki', 'Helsingfors')`,
  )
  desk = await served(register.register, [...customerRoutes, ...duplicateRoutes, ...changing])
})
after(async () => {
  await desk.server.close()
  await register.drop()
})

const rows = async <Row extends object>(text: string, values: unknown[]): Promise<readonly Row[]> =>
  (await register.owner.query<Row>(text, values)).rows

test('every change refuses who is not declared for it, and the refusal is logged', async () => {
  const params = { customer_id: id(await person(register.owner)) }
  const named = { given: 'A', family: 'B' }
  const at = { street: 'Mallikatu 1', postcode: '15140' }
  const asked = [
    [api.createCustomer, { body: { kind: 'natural', language: 'fi', name: named } }],
    [api.setStage, { params, body: { stage: 'former', version: 1 } }],
    [api.setBusinessId, { params, body: { business_id: null, version: 1 } }],
    [api.setBirthDate, { params, body: { birth_date: null, version: 1 } }],
    [api.changeIdentityCode, { params, body: { code: 'x', from: null, instead_of: null } }],
    [names.addName, { params, body: { ...named, kind: 'former' } }],
    [names.changeName, { params: { ...params, name_id: 1 }, body: { ...named, from: null, version: 1 } }],
    [names.endName, { params: { ...params, name_id: 1 }, query: { version: 1 } }],
    [names.reopenName, { params: { ...params, name_id: 1 }, body: { version: 1 } }],
    [addresses.addAddress, { params, body: { ...at, kind: 'home' } }],
    [addresses.changeAddress, { params: { ...params, address_id: 1 }, body: { ...at, from: null, version: 1 } }],
    [addresses.endAddress, { params: { ...params, address_id: 1 }, query: { version: 1 } }],
    [addresses.reopenAddress, { params: { ...params, address_id: 1 }, body: { version: 1 } }],
  ] as const
  assert.deepEqual(
    asked.map(([endpoint]) => endpoint.action).toSorted(),
    changing.map(({ endpoint }) => endpoint.action).toSorted(),
  )
  for (const [endpoint, given] of asked) {
    desk.lines()
    const refused = await ask(administrator, endpoint, given as never, 'reason:test')
    assert.deepEqual([refused.status, refused.problem.code], [403, 'role.not-declared'], endpoint.action)
    assert.deepEqual(
      desk.lines().map(({ outcome, subject }) => [outcome, subject]),
      [['refused', null]],
    )
    assert.equal((await ask(undefined, endpoint, given as never)).status, 401, endpoint.action)
  }
})

test('a new person gets a number from the register, is found at once, and belongs to the company that recorded them', async () => {
  const made = await ask(agent, api.createCustomer, {
    body: {
      kind: 'natural',
      language: 'sv',
      name: { given: 'Ulla Maria', call_name: 'Ulla', family: 'Uusinen' },
      birth_date: '1990-02-03',
      contact_details: [{ channel: 'phone', value: '050 555 7001' }],
      address: { kind: 'home', street: 'Nygatan 3', postcode: '00100' },
    },
  })
  assert.equal(made.status, 200, JSON.stringify(made.problem))
  assert.match(made.output.number, /^[1-9]\d{8}$/)
  const params = { customer_id: made.output.id }
  const head = await ask(agent, card.openCustomer, { params })
  assert.deepEqual([head.output.name, head.output.stage, head.output.source], ['Ulla Uusinen', 'customer', 'desk'])
  const [home] = (await ask(agent, card.addresses, { params })).output
  assert.deepEqual(
    [home?.postcode, home?.post_office],
    ['00100', 'HELSINGFORS'],
    'the post office is in their language',
  )
  assert.equal((await ask(networkAgent, card.openCustomer, { params })).status, 404)
  const found = await rows('select from search_name where customer_id = $1', [made.output.id])
  assert.ok(found.length > 0)
})

test('all faults of a new customer come at once, each by its path, and nothing is written', async () => {
  const before = await rows('select count(*)::int as n from customer', [])
  const others = await ask(agent, api.createCustomer, {
    body: {
      kind: 'natural',
      language: 'fi',
      name: { given: 'Eero', call_name: 'Pekka', organisation: 'Malli Oy' },
      birth_date: '2030-01-01',
      business_id: '0804847-2',
      contact_details: [{ channel: 'phone', value: '00000' }],
    },
  })
  assert.deepEqual(others.problem.faults?.map(({ path, code }) => `${path} ${code}`).toSorted(), [
    'body.birth_date birth-date.impossible',
    'body.business_id business-id.wrong-check',
    'body.contact_details.0.value phone.unusable',
    'body.name.call_name name.not-given',
    'body.name.family name.missing',
    'body.name.organisation name.of-a-company',
  ])
  const nowhere = await ask(agent, api.createCustomer, {
    body: {
      kind: 'legal',
      language: 'fi',
      name: { organisation: 'Malli Oy' },
      address: { kind: 'mailing', street: 'PL 1', postcode: '99999' },
    },
  })
  assert.deepEqual(
    nowhere.problem.faults?.map(({ path, code }) => `${path} ${code}`),
    ['body.address.postcode postcode.unknown'],
  )
  assert.deepEqual(await rows('select count(*)::int as n from customer', []), before)
})

test('who is very like a customer is recorded only once it is said that they are not the same, and that is remembered', async () => {
  const known = await person(register.owner, {
    given: 'Tuulikki',
    family: 'Kaksonen',
    phone: '+358505557100',
    birth_date: '1971-02-03',
  })
  await register.owner.query('select search_rebuild()')
  const draft = { given: 'Tuulikki', family: 'Kaksonen', birth_date: '1971-02-03', phone: '050 555 7100' }
  const like = await ask(agent, duplicates.likely, { query: draft })
  assert.deepEqual(
    like.output.map(({ id: one, evidence, strong }) => [one, evidence, strong]),
    [[known, ['same-birth-date-and-name', 'same-phone-and-name'], true]],
  )
  const except = await ask(agent, duplicates.likely, { query: { ...draft, except: known } })
  assert.deepEqual(except.output, [], 'one who is being changed is not like themself')
  const mistyped = await ask(agent, duplicates.likely, {
    query: { given: 'Tuulikkki', family: 'Kaksonen', phone: '050 555 7100' },
  })
  assert.deepEqual(
    mistyped.output.map(({ evidence }) => evidence),
    [['same-phone-and-name']],
  )
  const body = {
    kind: 'natural' as const,
    language: 'fi' as const,
    name: { given: 'Tuulikki', family: 'Kaksonen' },
    birth_date: '1971-02-03',
    contact_details: [{ channel: 'phone' as const, value: '050 555 7100' }],
  }
  const refused = await ask(agent, api.createCustomer, { body })
  assert.deepEqual([refused.status, refused.problem.code], [409, 'customer.likely-duplicate'])
  const made = await ask(agent, api.createCustomer, { body: { ...body, not_same: [id(known)] } })
  assert.equal(made.status, 200)
  const pair = await rows('select state, decided_by from customer_duplicate where customer_id = $1 and other_id = $2', [
    known,
    made.output.id,
  ])
  assert.deepEqual(pair, [{ state: 'not-same', decided_by: 'staff:1' }])
})

test('a namesake behind a wall is no hint', async () => {
  await person(register.owner, { given: 'Ossi', family: 'Omanen', controllers: 2, birth_date: '1960-01-01' })
  await person(register.owner, { given: 'Ossi', family: 'Omanen', restricted: true, birth_date: '1960-01-01' })
  await register.owner.query('select search_rebuild()')
  const like = await ask(agent, duplicates.likely, {
    query: { given: 'Ossi', family: 'Omanen', birth_date: '1960-01-01' },
  })
  assert.deepEqual(like.output, [])
})

test('a name changes from a day and the earlier one stays; what was written wrong is put right; the second of two editors is told', async () => {
  const params = { customer_id: id(await person(register.owner, { given: 'Niina', family: 'Naimaton' })) }
  const [old] = (await ask(agent, card.names, { params })).output
  assert.ok(old)
  const at = { ...params, name_id: old.id }
  const future = await ask(agent, names.changeName, {
    params: at,
    body: { given: 'Niina', family: 'Naitu', from: '2027-01-01', version: old.version },
  })
  assert.deepEqual(
    future.problem.faults?.map(({ code }) => code),
    ['period.future'],
  )
  const changed = await ask(agent, names.changeName, {
    params: at,
    body: { given: 'Niina', family: 'Naitu', from: '2026-11-01', version: old.version },
  })
  assert.equal(changed.status, 200, JSON.stringify(changed.problem))
  const second = await ask(networkAgent, names.changeName, {
    params: at,
    body: { given: 'Niina', family: 'Toinen', from: '2026-11-02', version: old.version },
  })
  assert.deepEqual([second.status, second.problem.code], [409, 'name.changed'])
  const slip = await ask(agent, names.changeName, {
    params: { ...params, name_id: changed.output.id },
    body: { given: 'Niina', family: 'Naittu', from: null, version: changed.output.version },
  })
  assert.equal(slip.output.version, changed.output.version + 1)
  const unseen = await ask(networkAgent, names.changeName, {
    params: { ...params, name_id: changed.output.id },
    body: { given: 'Niina', family: 'Toinen', from: '2026-11-20', version: changed.output.version },
  })
  assert.deepEqual([unseen.status, unseen.problem.code], [409, 'name.changed'], 'a slip put right is a change as well')
  const all = (await ask(agent, card.names, { params })).output
  assert.deepEqual(
    all.map(({ family, during, source }) => [family, during.from, during.to, source]),
    [
      ['Naittu', '2026-11-01', null, 'desk'],
      ['Naimaton', '2020-01-01', '2026-11-01', 'test'],
    ],
  )
  assert.equal((await ask(agent, card.openCustomer, { params })).output.name, 'Niina Naittu')
  const kept = await rows('select from search_name where customer_id = $1 and key like $2', [
    params.customer_id,
    'naimaton%',
  ])
  assert.ok(kept.length > 0, 'the earlier name still finds the person')
})

test('a maiden name and a trade name are added and ended; today’s official name is never without a successor', async () => {
  const params = { customer_id: id(await person(register.owner, { given: 'Tiina', family: 'Toiminen' })) }
  const maiden = await ask(agent, names.addName, {
    params,
    body: { kind: 'former', given: 'Tiina', family: 'Entinen', to: '2010-06-01' },
  })
  assert.equal(maiden.status, 200, JSON.stringify(maiden.problem))
  const trade = await ask(agent, names.addName, {
    params,
    body: { kind: 'trade', organisation: 'Tiinan Kahvila', from: '2020-01-01' },
  })
  const ended = await ask(agent, names.endName, {
    params: { ...params, name_id: trade.output.id },
    query: { version: trade.output.version },
  })
  assert.equal(ended.output.during.to, '2026-11-24')
  const official = (await ask(agent, card.names, { params })).output.find(({ kind }) => kind === 'official')
  const refused = await ask(agent, names.endName, {
    params: { ...params, name_id: official?.id ?? 0 },
    query: { version: official?.version ?? 0 },
  })
  assert.equal(refused.problem.code, 'name.official')
})

test('an address changes from a day, with a postcode that there is; of two editors nothing is lost', async () => {
  const params = { customer_id: id(await person(register.owner)) }
  const [old] = (await ask(agent, card.addresses, { params })).output
  assert.ok(old)
  const at = { ...params, address_id: old.id }
  const to = { street: 'Uusikatu 5 B 7', postcode: '00100', from: '2026-11-15' }
  const nowhere = await ask(agent, addresses.changeAddress, {
    params: at,
    body: { ...to, postcode: '12345', version: old.version },
  })
  assert.deepEqual(
    nowhere.problem.faults?.map(({ path, code }) => [path, code]),
    [['body.postcode', 'postcode.unknown']],
  )
  const moved = await ask(agent, addresses.changeAddress, { params: at, body: { ...to, version: old.version } })
  assert.equal(moved.output.post_office, 'HELSINKI')
  const moving = { ...params, address_id: moved.output.id }
  const slip = await ask(agent, addresses.changeAddress, {
    params: moving,
    body: { ...to, street: 'Uusikatu 5 B 7', from: null, version: moved.output.version },
  })
  assert.equal(slip.status, 200)
  const unseen = await ask(networkAgent, addresses.changeAddress, {
    params: moving,
    body: { ...to, street: 'Toinen katu 1', from: '2026-11-20', version: moved.output.version },
  })
  assert.deepEqual(
    [unseen.status, unseen.problem.code],
    [409, 'address.changed'],
    'a slip put right is a change as well',
  )
  const second = await ask(networkAgent, addresses.changeAddress, {
    params: at,
    body: { ...to, street: 'Toinen katu 1', version: old.version },
  })
  assert.deepEqual([second.status, second.problem.code], [409, 'address.changed'])
  const abroad = await ask(agent, addresses.addAddress, {
    params,
    body: { kind: 'mailing', street: 'Storgatan 1', postcode: '111 22', post_office: 'Stockholm', country: 'SE' },
  })
  assert.equal(abroad.output.country, 'SE')
  const twice = await ask(agent, addresses.addAddress, {
    params,
    body: { kind: 'mailing', street: 'Mallikatu 1', postcode: '15140' },
  })
  assert.deepEqual([twice.status, twice.problem.code], [409, 'postal-address.overlaps'])
  const ended = await ask(agent, addresses.endAddress, {
    params: { ...params, address_id: abroad.output.id },
    query: { version: abroad.output.version },
  })
  assert.ok(ended.output.during.to)
  const all = (await ask(agent, card.addresses, { params })).output.filter(({ kind }) => kind === 'home')
  assert.deepEqual(
    all.map(({ street, during }) => [street, during.to]),
    [
      ['Uusikatu 5 B 7', null],
      ['Mallikatu 1 A 2', '2026-11-15'],
    ],
  )
})

test('what was ended by a slip goes on the same day, unless someone was there first', async () => {
  const who = id(await person(register.owner))
  const params = { customer_id: who }
  const [phone] = (await ask(agent, card.contactDetails, { params })).output
  const at = { ...params, point_id: phone?.id ?? 0 }
  const ended = await ask(agent, card.endContactPoint, { params: at, query: { version: 1 } })
  assert.equal(ended.output.during.to, '2026-11-24', JSON.stringify(ended.problem))
  const stale = await ask(networkAgent, card.endContactPoint, { params: at, query: { version: 1 } })
  assert.deepEqual([stale.status, stale.problem.code], [409, 'contact-detail.changed'])
  const early = await ask(agent, card.reopenContactPoint, { params: at, body: { version: 1 } })
  assert.deepEqual([early.status, early.problem.code], [409, 'contact-detail.changed'])
  const back = await ask(agent, card.reopenContactPoint, { params: at, body: { version: 2 } })
  assert.deepEqual([back.output.during.to, back.output.version], [null, 3])
  const twice = await ask(agent, card.reopenContactPoint, { params: at, body: { version: 3 } })
  assert.equal(twice.problem.code, 'contact-detail.changed', 'what runs is not opened again')
  assert.equal((await ask(agent, card.endContactPoint, { params: at, query: { version: 3 } })).status, 200)
  const same = { channel: 'phone' as const, value: phone?.value ?? '' }
  assert.equal((await ask(networkAgent, card.addContactPoint, { params, body: same })).status, 200)
  const taken = await ask(agent, card.reopenContactPoint, { params: at, body: { version: 4 } })
  assert.deepEqual([taken.status, taken.problem.code], [409, 'contact-point.overlaps'])

  const mailing = { kind: 'mailing' as const, street: 'Mallikatu 1', postcode: '15140' }
  const address = (await ask(agent, addresses.addAddress, { params, body: mailing })).output
  const there = { ...params, address_id: address.id }
  assert.equal((await ask(agent, addresses.endAddress, { params: there, query: { version: 1 } })).status, 200)
  const again = await ask(agent, addresses.reopenAddress, { params: there, body: { version: 2 } })
  assert.deepEqual([again.output.during.to, again.output.street], [null, 'Mallikatu 1'], JSON.stringify(again.problem))
  await register.owner.query(
    `update postal_address set during = '[2020-01-01,2026-11-20)', version = 4 where id = $1`,
    [address.id],
  )
  const late = await ask(agent, addresses.reopenAddress, { params: there, body: { version: 4 } })
  assert.equal(late.problem.code, 'address.changed', 'on the day of the slip alone')

  const firm = { kind: 'trade' as const, organisation: 'Mallitoimi', from: '2026-01-01' }
  const name = (await ask(agent, names.addName, { params, body: firm })).output
  const called = { ...params, name_id: name.id }
  assert.equal((await ask(agent, names.endName, { params: called, query: { version: 1 } })).status, 200)
  const named = await ask(agent, names.reopenName, { params: called, body: { version: 2 } })
  assert.deepEqual([named.output.during.to, named.output.organisation], [null, 'Mallitoimi'])
})

test('language, stage, birth date and business id are changed where they stand, guarded by the version', async () => {
  const params = { customer_id: id(await person(register.owner)) }
  const staged = await ask(agent, api.setStage, { params, body: { stage: 'former', version: 1 } })
  assert.deepEqual(staged.output, { id: params.customer_id, stage: 'former', version: 2 })
  const born = await ask(agent, api.setBirthDate, { params, body: { birth_date: '1981-06-02', version: 2 } })
  assert.equal(born.output.birth_date, '1981-06-02')
  const late = await ask(networkAgent, api.setBusinessId, { params, body: { business_id: null, version: 2 } })
  assert.deepEqual([late.status, late.problem.code], [409, 'customer.changed'])
  const company = await ask(agent, api.setBusinessId, { params, body: { business_id: 'FI08048471', version: 3 } })
  assert.equal(company.output.business_id, '0804847-1')
  const wrong = await ask(agent, api.setBusinessId, { params, body: { business_id: '0804847-2', version: 4 } })
  assert.deepEqual(
    wrong.problem.faults?.map(({ code }) => code),
    ['business-id.wrong-check'],
  )
})

test('an identity code is recorded, put right and replaced: sealed, with a reason, and never told in full', async () => {
  const who = await person(register.owner)
  const params = { customer_id: id(who) }
  const [first, second] = [artificialIdentityCode('1985-04-05', 901), artificialIdentityCode('1985-04-06', 903)]
  const body = { code: first, from: null, instead_of: null }
  const bare = await desk.ask(identityDesk, api.changeIdentityCode, { params, body })
  assert.deepEqual([bare.status, bare.problem.code], [428, 'reason.missing'])
  const told = await ask(identityDesk, api.changeIdentityCode, { params, body }, 'reason:visit')
  assert.equal(told.status, 200, JSON.stringify(told.problem))
  assert.ok(!JSON.stringify(told.output).includes(first))
  const lost = await ask(identityDesk, api.changeIdentityCode, { params, body }, 'reason:visit')
  assert.equal(lost.problem.code, 'identity-code.changed')
  const replaced = await ask(
    identityDesk,
    api.changeIdentityCode,
    { params, body: { code: second, from: '2026-11-20', instead_of: told.output.id } },
    'reason:written',
  )
  assert.equal(replaced.status, 200, JSON.stringify(replaced.problem))
  const shown = await ask(identityDesk, card.showIdentityCode, { params }, 'reason:correction')
  assert.deepEqual(
    shown.output.map(({ code, during }) => [code, during.to]),
    [
      [second, null],
      [first, '2026-11-20'],
    ],
  )
  const head = await ask(agent, card.openCustomer, { params })
  assert.equal(head.output.birth_date, '1985-04-06', 'the code tells when the person was born')
  const other = { customer_id: id(await person(register.owner)) }
  const taken = await ask(identityDesk, api.changeIdentityCode, { params: other, body }, 'reason:visit')
  assert.deepEqual([taken.status, taken.problem.code], [409, 'identity-code.overlaps'])
  const wrong = await ask(
    identityDesk,
    api.changeIdentityCode,
    { params: other, body: { ...body, code: '010190-900A' } },
    'reason:visit',
  )
  assert.equal(wrong.status, 422)
})
