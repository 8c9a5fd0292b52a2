import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { transaction } from '../platform/database.ts'
import { shape, text } from '../platform/row.ts'
import { sql } from '../platform/sql.ts'
import { type TestRegister, testRegister } from '../tests/database.ts'

let opened: TestRegister
before(async () => {
  opened = await testRegister()
})
after(() => opened.drop())

const planned = [
  'customer-service.customer-care.retail',
  'importer.supply.group',
  'search-index.customer-care.group',
  'sign-in.security.group',
  'log-sealer.security.group',
]

test('a statement is planned once for a login, not for each of its values', async () => {
  for (const login of planned) {
    const { rows } = await opened.register.pool(login).query<{ plan_cache_mode: string }>('show plan_cache_mode')
    assert.equal(rows[0]?.plan_cache_mode, 'force_generic_plan', login)
  }
})

/** How each of two transactions looks a person up, when the register has grown from empty between the two. */
const plansOf = async (login: string): Promise<readonly string[]> => {
  const { owner, register } = opened
  await owner.query('truncate customer cascade')
  await owner.query('analyze customer')
  const look = async (prepare: boolean): Promise<string> => {
    let plan = ''
    await transaction(
      register.pool(login),
      () => undefined,
      async () => undefined,
      async (connection) => {
        if (prepare) await connection.query('prepare look (bigint) as select id from customer where id = $1')
        const { rows } = await connection.query<{ 'QUERY PLAN': string }>('explain (costs off) execute look (7)')
        plan = rows[0]?.['QUERY PLAN'] ?? ''
      },
    )
    return plan
  }
  const before = await look(true)
  await owner.query(
    `insert into customer (number, kind, stage, language, controllers, source, recorded_at, recorded_by)
     select n, 'natural', 'customer', 'fi', 1, 'test', now(), 'test' from generate_series(1, 5000) n`,
  )
  return [before, await look(false)]
}

test('who fills tables plans anew in each transaction, as the tables have grown', async () => {
  assert.match((await plansOf('importer.supply.group')).join(' then '), /^Seq Scan .* then Index/)
  assert.match((await plansOf('customer-service.customer-care.retail')).join(' then '), /^Seq Scan .* then Seq Scan/)
})

test('a connection that breaks between two statements is told as a database that is away, and the next one is another', async () => {
  const pool = opened.register.pool('sign-in.security.group')
  const unwatched = (): void => undefined
  const told = shape({ id: text })
  const breaking = transaction(
    pool,
    unwatched,
    (db) => db.all(told, sql`select 'x'::text as id`),
    undefined,
    async (connection) => {
      const { rows } = await connection.query<{ pid: number }>('select pg_backend_pid() as pid')
      const broken = new Promise((resolve) => connection.once('end', resolve))
      await opened.owner.query('select pg_terminate_backend($1)', [rows[0]?.pid])
      await broken
    },
  )
  await assert.rejects(breaking, { status: 503, code: 'database.unreachable' })
  const [row] = await transaction(pool, unwatched, (db) => db.all(told, sql`select 'x'::text as id`))
  assert.deepEqual(row, { id: 'x' })
})
