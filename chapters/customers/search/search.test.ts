// The search as staff use it: through real logins, so that walls are PostgreSQL's own.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { witnessOf, nothingSeen } from '../../../enforcement/witness.ts'
import { statementsOn, transaction } from '../../../platform/database.ts'
import { fold } from '../../../platform/text.ts'
import { type TestRegister, testRegister } from '../../../tests/database.ts'
import { network, person, retailer } from '../../../tests/people.ts'
import type { CustomerId } from '../api.ts'
import { artificialIdentityCode } from '../identity-code.ts'
import { refreshSearch } from './queries.ts'
import { openSearch, readWords, rebuildSearch } from './ready.ts'
import { searchCustomers } from './search.ts'
import type { Words } from './words.ts'

let test_: TestRegister
let words: Words
const ids: Record<string, number> = {}
const code = artificialIdentityCode('1980-05-01', 917)

const index = () => test_.register.pool('search-index.customer-care.group')

const search = async (text: string, login = 'customer-service.customer-care.retail') => {
  const { register } = test_
  const bundle = register.bundles.get(login)
  assert.ok(bundle, login)
  const db = statementsOn(
    register.pool(login),
    witnessOf(register.origins, register.verdicts, bundle.reads, nothingSeen()),
  )
  return searchCustomers(db, { text, may: (category) => bundle.reads.has(category), keys: register.keys, words })
}
const found = async (text: string, login?: string) => (await search(text, login)).map((one) => one.customer_id)

before(async () => {
  test_ = await testRegister()
  const { owner, register } = test_
  ids.ake = await person(owner, { given: 'Åke Juhani', family: 'Mäki-Öhman', phone: '+358505550101' })
  ids.namesake = await person(owner, { given: 'Åke', family: 'Mäkinen', birth_date: '1951-02-03' })
  ids.network = await person(owner, {
    given: 'Tuulia',
    family: 'Verkkonen',
    controllers: network,
    phone: '+358505550102',
  })
  ids.retail = await person(owner, { given: 'Tuulia', family: 'Myyntinen', controllers: retailer })
  ids.protected = await person(owner, { given: 'Suoja', family: 'Kielto', protected: true, phone: '+358505550103' })
  ids.restricted = await person(owner, { given: 'Raja', family: 'Kielto', restricted: true, phone: '+358505550104' })
  await owner.query(
    `insert into postal_address (customer_id, kind, street, postcode, post_office, during, controllers, source, recorded_at, recorded_by)
     values ($1, 'contact', 'Mallikatu 1 B', '15140', 'LAHTI', '[2020-01-01,)', 3, 'test', now(), 'system:test')`,
    [ids.protected],
  )
  await owner.query('insert into subject_key values ($1, $2, 1, now())', [ids.ake, Buffer.from('x')])
  await owner.query(
    `insert into identity_code (customer_id, code, blind, during, controllers, source, recorded_at, recorded_by)
     values ($1, 'x', $2, '[2020-01-01,)', 3, 'test', now(), 'system:test')`,
    [ids.ake, register.keys.blinds('identity-code', code).blind],
  )
  await owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  await owner.query(`update customer set business_id = '0804847-1' where id = $1`, [ids.retail])
  words = await openSearch(index())
})
after(() => test_.drop())

test('a name is found in any order, begun, without its dots, and with a slip of the finger', async () => {
  const forgiven = [
    'Mäki-Öhman Åke',
    'ake maki ohman',
    'ohman ake',
    'MÄKI-ÖHM',
    'juhani mäki',
    'åke juhani mäki-öhman',
    'mäki öhman lahti',
    'maki ohmna',
    'åke öhmn',
    'ohm ak',
  ]
  for (const text of forgiven) assert.ok((await found(text)).includes(ids.ake as CustomerId), text)
})

test('while a name is typed the person is in view from the second letter on, whichever name comes first', async () => {
  const typed = (name: string) => Array.from({ length: name.length - 1 }, (_, i) => name.slice(0, i + 2))
  for (const text of [...typed('Öhman Åke'), ...typed('Åke Öhman'), ...typed('mäki öh')])
    assert.ok((await found(text)).includes(ids.ake as CustomerId), text)
})

test('a maiden name is found, whole, begun and with a slip, and the card shows the name of today', async () => {
  const { owner, register } = test_
  const id = (await person(owner, { given: 'Ruut', family: 'Nykyinen', phone: '+358505550106' })) as CustomerId
  await owner.query(
    `insert into customer_name (customer_id, kind, given, family, during, restricted, controllers, source, recorded_at, recorded_by)
     values ($1, 'former', 'Ruut', 'Entisenmäki', '[2000-01-01,2020-01-01)', false, 3, 'test', now(), 'system:test')`,
    [id],
  )
  const witness = witnessOf(register.origins, register.verdicts, new Set(), nothingSeen())
  await transaction(register.pool('customer-service.customer-care.retail'), witness, (db) => refreshSearch(db, [id]))
  words = await readWords(index())
  for (const text of ['Entisenmäki Ruut', 'ruut entisen', 'entisnemäki', 'entisenmaki lahti', 'en ru'])
    assert.deepEqual(
      (await search(text)).filter((one) => one.customer_id === id).map((one) => [one.name, one.why]),
      [['Ruut Nykyinen', text === 'entisnemäki' ? 'near-name' : 'earlier-name']],
      text,
    )
})

test('of thousands with one surname the asked one comes first, the answer is bounded, and what is rare among them is found', async () => {
  const { owner } = test_
  await owner.query(`
    with made as (
      insert into customer (number, kind, stage, language, birth_date, controllers, source, recorded_at, recorded_by)
      select (8000000 + n)::text, 'natural', 'customer', 'fi', '1970-01-01', 3, 'test', now(), 'system:test' from generate_series(1, 3000) n
      returning id, number)
    insert into customer_name (customer_id, kind, given, family, during, controllers, source, recorded_at, recorded_by)
    select id, 'official', 'Etu' || translate((number::int % 8000000)::text, '0123456789', 'abcdefghij'), 'Yleinen', '[2020-01-01,)', 3, 'test', now(), 'system:test' from made`)
  const last = (await person(owner, { given: 'Yrjö', family: 'Yleinen', phone: '+358505550107' })) as CustomerId
  await rebuildSearch(index())
  words = await readWords(index())
  assert.equal((await search('yleinen')).length, 20)
  assert.equal((await search('yl')).length, 20)
  // Past what is looked through of a range, by the words that the beginnings may stand for.
  for (const text of ['Yleinen Yrjö', 'yrjö yleinen', 'ylei yr', 'yr ylei', 'yleinen yrjö lahti', 'ylienen yrjö'])
    assert.equal((await found(text))[0], last, text)
  const shown = (await search('yleinen etubaa')).map((one) => one.name)
  assert.ok(shown.length > 0 && shown.every((name) => name.startsWith('Etubaa')), shown.join(', '))
})

test('numbers are strict: whole or begun, never near', async () => {
  const [{ number } = { number: '' }] = await search('Mäki-Öhman Åke')
  assert.deepEqual(await found(number), [ids.ake])
  assert.deepEqual(await found('050 555 0101'), [ids.ake])
  assert.deepEqual(await found('+358 50 5550101'), [ids.ake])
  assert.deepEqual(await found('050 555 0111'), [])
  assert.deepEqual(await found('0804847-1'), [ids.retail])
})

test('an identity code is found whole, by those alone who may read codes', async () => {
  assert.deepEqual(await found(code, 'identity-desk.customer-care.retail'), [ids.ake])
  assert.deepEqual(await found(code), [])
  assert.deepEqual(await found(code.slice(0, 7), 'identity-desk.customer-care.retail'), [])
})

test('two people of one name are told apart, and why they were found is said', async () => {
  const [first, second] = await search('åke mäki')
  assert.deepEqual(
    [first, second].map((one) => [one?.name, one?.birth_year, one?.city, one?.why]),
    [
      ['Åke Mäki-Öhman', 1980, 'LAHTI', 'name'],
      ['Åke Mäkinen', 1951, 'LAHTI', 'name'],
    ],
  )
})

test('the wall of unbundling: neither company finds the people of the other alone, by anything', async () => {
  assert.deepEqual(await found('tuulia'), [ids.retail])
  assert.deepEqual(await found('tuulia', 'customer-service.customer-care.network'), [ids.network])
  assert.deepEqual(await found('050 555 0102'), [])
  assert.ok(!(await found('mallikatu 1')).includes(ids.network as CustomerId))
})

test('a protected person is found by name without a place, and never by an address or a telephone number', async () => {
  const [one] = await search('suoja kielto')
  assert.deepEqual([one?.customer_id, one?.protected, one?.city], [ids.protected, true, null])
  for (const text of ['mallikatu 1', '15140', '050 555 0103', 'suoja lahti'])
    for (const login of [
      'customer-service.customer-care.retail',
      'identity-desk.customer-care.retail',
      'importer.supply.group',
    ])
      assert.ok(
        !(await search(text, login)).some((hit) => hit.customer_id === ids.protected && hit.why !== 'name'),
        `${text} as ${login}`,
      )
})

test('a restricted person is not found, but by those whom the restriction leaves in', async () => {
  assert.deepEqual(await found('raja kielto'), [])
  assert.deepEqual(await found('050 555 0104'), [])
  assert.deepEqual(await found('raja kielto', 'collection.claims.retail'), [ids.restricted])
})

test('a wall that is raised later hides at once, and a refresh within the change makes it found by the new name', async () => {
  const { owner, register } = test_
  const id = (await person(owner, { given: 'Uusi', family: 'Nimeton', phone: '+358505550105' })) as CustomerId
  const login = 'customer-service.customer-care.retail'
  assert.deepEqual(await found('nimeton'), [])
  const witness = witnessOf(register.origins, register.verdicts, new Set(), nothingSeen())
  await transaction(register.pool(login), witness, (db) => refreshSearch(db, [id]))
  assert.deepEqual(await found('nimeton'), [id])
  await owner.query('select wall_protected(array[$1::bigint], true)', [id])
  assert.deepEqual(await found('050 555 0105'), [])
  await owner.query('select wall_restricted(array[$1::bigint], true)', [id])
  assert.deepEqual(await found('nimeton'), [])
})

test('what was written alone is made anew, and all of it when it was more than what one kind of row is made of', async () => {
  const { owner, register } = test_
  const pool = register.pool('customer-service.customer-care.retail')
  const id = (await person(owner, { given: 'Osa', family: 'Muutettu', phone: '+358505550108' })) as CustomerId
  const refresh = (written: readonly string[]) =>
    pool.query('select search_refresh_written(array[$1::bigint], $2::text[])', [id, written])
  await refresh(['customer-status', 'name'])
  assert.deepEqual([await found('muutettu'), await found('050 555 0108')], [[id], [id]])
  await owner.query(`update contact_point set value = '+358505550109' where customer_id = $1`, [id])
  await owner.query(`update customer_name set family = 'Toinenkin' where customer_id = $1`, [id])
  await refresh(['contact-details'])
  assert.deepEqual(
    [await found('muutettu'), await found('toinenkin'), await found('050 555 0108'), await found('050 555 0109')],
    [[id], [], [], [id]],
  )
  await refresh(['name', 'postal-address'])
  assert.deepEqual([await found('muutettu'), await found('toinenkin')], [[], [id]])
  await owner.query(`update contact_point set value = '+358505550108' where customer_id = $1`, [id])
  await refresh(['restriction'])
  assert.deepEqual(await found('050 555 0108'), [id])
})

test('emptied by a crash, it is rebuilt at start', async () => {
  await test_.owner.query('truncate search_name, search_contact, search_address, search_site')
  assert.deepEqual(await found('öhman'), [])
  await openSearch(index())
  assert.deepEqual(await found('öhman'), [ids.ake])
  await assert.rejects(rebuildSearch(test_.register.pool('customer-service.customer-care.retail')), /permission denied/)
})

test('two changes of one person at a time leave one set of rows', async () => {
  const { owner, register } = test_
  const pool = register.pool('customer-service.customer-care.retail')
  const refresh = 'select search_refresh(array[$1::bigint])'
  const [first, second] = [await pool.connect(), await pool.connect()]
  try {
    await first.query('begin')
    await first.query(refresh, [ids.ake])
    const waiting = second.query(refresh, [ids.ake])
    const waits = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    while ((await owner.query(waits)).rowCount === 0) await setTimeout(5)
    await first.query('commit')
    await waiting
  } finally {
    first.release()
    second.release()
  }
  const { rows } = await owner.query(
    'select from search_name where customer_id = $1 group by key having count(*) > 1',
    [ids.ake],
  )
  assert.deepEqual(rows, [])
})

test('the database folds as the program does', async () => {
  const texts = [
    'Mäki-Öhman, Åke',
    "O'Brien",
    'Søren Šćžé',
    'Straße Þór',
    '  PÄIVI—Ikävä ',
    'Ra\u0308isa\u0308nen',
    'ÆØÅ 12 b',
  ]
  const { rows } = await test_.owner.query<{ folded: string[] }>(
    'select array(select fold_text(t) from unnest($1::text[]) t) as folded',
    [texts],
  )
  assert.deepEqual(rows[0]?.folded, texts.map(fold))
})
