// A small demonstration population: repeatable, artificial throughout, and with the walls that the wall functions would raise.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readIdentityCode, readBusinessId } from '../../chapters/customers/index.ts'
import { readPointCode } from '../../chapters/sites/index.ts'
import { unseal, unwrapDataKey } from '../../platform/keys.ts'
import { tables } from '../../register/tables.ts'
import { type TestRegister, testRegister } from '../../tests/database.ts'
import { testPostgres } from '../../tests/postgres.ts'
import { makeDemo } from './demo.ts'

let made: TestRegister
const now = new Date('2026-11-24T08:00:00Z')

const fill = async (one: TestRegister, seed: number) => {
  const postgres = await testPostgres()
  try {
    const owner = { ...postgres.superuser, database: one.database }
    return await makeDemo({ register: one.register, owner, customers: 1500, seed, now })
  } finally {
    await postgres.stop()
  }
}

const all = async <T extends object>(text: string, one = made): Promise<readonly T[]> =>
  (await one.owner.query<T>(text)).rows

before(async () => {
  made = await testRegister()
  await fill(made, 7)
})
after(() => made.drop())

const names =
  'select c.number, c.kind, n.given, n.family, n.organisation from customer c join customer_name n on n.customer_id = c.id order by c.id, n.kind'

test('the same seed makes the same people, another seed others', async () => {
  for (const [seed, same] of [
    [7, true],
    [8, false],
  ] as const) {
    const other = await testRegister()
    try {
      await fill(other, seed)
      assert.equal(JSON.stringify(await all(names, other)) === JSON.stringify(await all(names)), same)
    } finally {
      await other.drop()
    }
  }
})

test('identity codes are artificial, unsealed by the person’s own key alone, and found by their blind index', async () => {
  const codes = await all<{
    customer_id: string
    code: Buffer
    blind: Buffer
    wrapped: Buffer
    key_version: number
    birth: string
  }>(
    `select i.customer_id, i.code, i.blind, k.wrapped, k.key_version, c.birth_date::text as birth
       from identity_code i join subject_key k using (customer_id) join customer c on c.id = i.customer_id`,
  )
  assert.ok(codes.length > 500)
  for (const { customer_id, code, blind, birth, ...wrapped } of codes) {
    const person = Number(customer_id)
    const plain = unseal(
      unwrapDataKey(made.register.keys, person, wrapped),
      code,
      `identity_code|code|${person}`,
    ).toString()
    const read = readIdentityCode(plain)
    assert.ok(read.refused === undefined && read.artificial && read.birth_date === birth, plain)
    assert.ok(made.register.keys.blinds('identity-code', plain).blind?.equals(blind))
  }
})

test('codes of points and companies are well formed', async () => {
  for (const { code } of await all<{ code: string }>("select code from accounting_point where energy = 'electricity'"))
    assert.equal(readPointCode(code).refused, undefined, code)
  for (const { id } of await all<{ id: string }>(
    'select business_id as id from customer where business_id is not null',
  ))
    assert.equal(readBusinessId(id).refused, undefined, id)
})

test('every kind of party is there, with what makes it so', async () => {
  const [counts] = await all<Record<string, string>>(`
    select count(*) filter (where kind = 'legal') as legal, count(*) filter (where kind = 'estate') as estate,
           count(*) filter (where stage = 'prospect') as prospect, count(*) filter (where stage = 'former') as former,
           count(*) filter (where protected) as protected, count(*) filter (where deceased_on is not null) as dead,
           count(*) filter (where controllers = 1) as retail_only, count(*) filter (where controllers = 2) as network_only,
           count(*) filter (where marketable > 0) as marketable
      from customer`)
  for (const [what, count] of Object.entries(counts ?? {})) assert.ok(Number(count) > 0, `no ${what}`)
})

test('raising every wall again changes nothing', async () => {
  const walled = Object.keys(tables).filter((name) => Object.keys(tables[name]?.walls ?? {}).length > 0)
  const walls = async () =>
    Object.fromEntries(
      await Promise.all(
        walled.map(async (name) => {
          const kept = ['restricted', 'protected', 'marketable', 'controllers'].filter(
            (column) => column in (tables[name]?.columns ?? {}),
          )
          const cells = kept.join(', ')
          const [row] = await all<{ sum: string }>(
            `select md5(string_agg(concat_ws('|', ${cells}), ',' order by ${cells})) as sum from ${name}`,
          )
          return [name, row?.sum]
        }),
      ),
    )
  const before_ = await walls()
  await made.owner.query(`select wall_protected(array(select id from customer where protected), true);
    select wall_restricted(array(select id from customer where restricted), true);
    select wall_marketable(array(select id from customer))`)
  assert.deepEqual(await walls(), before_)
})

test('a person is open to exactly the companies that they had contracts with', async () => {
  const wrong = await all(`
    select c.id, c.controllers, bit_or(p.controller) as served from customer c join contract_party p on p.customer_id = c.id
     group by c.id having c.controllers <> bit_or(p.controller)`)
  assert.deepEqual(wrong, [])
})

test('a register with customers in it is left alone', async () => {
  await assert.rejects(fill(made, 7), { code: 'demo.not-empty' })
})

test('each product but a connection has its price today, and the exchange its prices of each day', async () => {
  const bare = await all(
    `select code from product p where pricing <> 'connection' and not exists
       (select from product_price where product_id = p.id and component <> 'monthly' and during @> date '2026-11-24')`,
  )
  assert.deepEqual(bare, [])
  const [spot] = await all<{ days: string; wrong: string }>(
    `select count(*) as days, count(*) filter (where cardinality(prices) <>
       extract(epoch from (day + 1)::timestamp at time zone 'Europe/Helsinki' - day::timestamp at time zone 'Europe/Helsinki') / 60 / step) as wrong
       from spot_day where day > '2025-11-24'`,
  )
  assert.deepEqual(spot, { days: '365', wrong: '0' })
})

test('a day of consumption is open to whom its day says, and has its values', async () => {
  const [days] = await all<{ days: string; open: string; closed: string; short: string }>(
    `select count(*) as days, count(*) filter (where controllers <> serving_on(point_id, day)) as open,
       count(*) filter (where (restricted, protected) is distinct from (select (coalesce(bool_or(o.restricted), false), coalesce(bool_or(o.protected), false))
         from occupancy o where o.site_id = r.site_id and o.during @> r.day)) as closed,
       count(*) filter (where get_byte(vals, 1) <>
         extract(epoch from (day + 1)::timestamp at time zone 'Europe/Helsinki' - day::timestamp at time zone 'Europe/Helsinki') / 60 / step) as short
       from reading_day r`,
  )
  assert.ok(Number(days?.days) > 10_000)
  assert.deepEqual({ ...days, days: '' }, { days: '', open: '0', closed: '0', short: '0' })
})

test('as many points as are asked for, with consumption at each home of today', async () => {
  const other = await testRegister()
  const postgres = await testPostgres()
  try {
    const owner = { ...postgres.superuser, database: other.database }
    const told: (string | undefined)[] = []
    const so = await makeDemo({
      register: other.register,
      owner,
      customers: 1,
      points: 100,
      measured: { homes: 100_000, days: 2 },
      now,
      progress: ({ day }) => told.push(day),
    })
    assert.ok(so.points >= 100)
    assert.equal(told.at(-1), '2026-11-23')
    const [row] = await all<{ points: string; lived: string }>(
      `select (select count(distinct point_id) from reading_day) as points, (select count(*) from accounting_point p
         where exists (select from occupancy o where o.site_id = p.site_id and upper_inf(o.during) and o.role = 'holder')) as lived`,
      other,
    )
    assert.equal(row?.points, row?.lived)
  } finally {
    await postgres.stop()
    await other.drop()
  }
})
