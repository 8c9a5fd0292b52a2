import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { anchorsOf } from '../register/anchors.ts'
import { metering } from '../register/metering.ts'
import type { Table } from '../register/table.ts'
import { tables } from '../register/tables.ts'
import { type TestRegister, testRegister } from './database.ts'

let opened: TestRegister
before(async () => {
  opened = await testRegister()
})
after(() => opened.drop())

const list = async (text: string): Promise<readonly string[]> => {
  const { rows } = await opened.owner.query<{ name: string }>(text)
  return rows.map(({ name }) => name)
}

describe('the schema is what the declaration says', () => {
  test('each live column is declared, and each declared column exists', async () => {
    const live = await list(`
      select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and not (select relispartition from pg_class where oid = format('%I', table_name)::regclass)`)
    const declared = Object.entries(tables).flatMap(([table, { columns }]) =>
      Object.keys(columns).map((column) => `${table}.${column}`),
    )
    assert.deepEqual(live.toSorted(), declared.toSorted())
  })

  test('each anchor and each exception of a wall is an expression over the row', async () => {
    for (const [table, declared] of Object.entries(tables))
      for (const [name, expression] of [
        ...Object.entries(anchorsOf(table, declared)),
        ['except', declared.walls.protected?.except],
      ])
        if (expression !== undefined)
          await assert.doesNotReject(
            opened.owner.query(`explain select (${expression}) from ${table}`),
            `${table}: ${name}`,
          )
  })

  test('an anchor is a moment or a day', async () => {
    for (const [table, declared] of Object.entries(tables))
      for (const [name, expression] of Object.entries(anchorsOf(table, declared))) {
        const { fields } = await opened.owner.query(`select (${expression}) as event from ${table} limit 0`)
        assert.ok([1082, 1184].includes(fields[0]?.dataTypeID ?? 0), `${table}: ${name} is neither a day nor a time`)
      }
  })

  test('what is sealed is bytes, and what names another exists', async () => {
    const bytes = new Set(
      await list(
        `select table_name || '.' || column_name as name from information_schema.columns where data_type = 'bytea'`,
      ),
    )
    for (const [table, { sealed = [], accessedBy = [], columns }] of Object.entries(tables)) {
      for (const column of sealed) assert.ok(bytes.has(`${table}.${column}`), `${table}.${column}`)
      for (const column of accessedBy) assert.ok(column in columns, `${table}.${column}`)
    }
  })

  test('a table that is erased by one way or another leads to its person', () => {
    const lost = Object.entries(tables).filter(
      ([, { onErase, owner }]) => owner.is === 'nobody' && typeof onErase === 'string',
    )
    assert.deepEqual(lost, [])
  })
})

describe('every row leads to its person', () => {
  // A line of the access log may be about nobody, and a faulty row may lead to nobody yet.
  const mayBeEmpty = ['import_fault.site_id', 'access_event.subject_id']

  test('the column that names the person is never empty', async () => {
    const empty = new Set(
      await list(`
        select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' and is_nullable = 'YES'`),
    )
    const leading = Object.entries(tables).flatMap(([table, { owner }]) =>
      'column' in owner ? [`${table}.${owner.column}`] : [],
    )
    assert.deepEqual(
      leading.filter((column) => empty.has(column)),
      mayBeEmpty,
    )
  })

  // Outliving the person, or rebuilt from rows that refer themselves.
  const refersToNobody = [
    'access_event.subject_id',
    'import_trace.customer_id',
    'search_address.customer_id',
    'search_contact.customer_id',
    'search_name.customer_id',
    'search_site.customer_id',
    'subject_key.customer_id',
  ]

  test('and refers to a customer that exists', async () => {
    const referring = new Set(
      await list(`
        select c.conrelid::regclass || '.' || a.attname as name from pg_constraint c
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
         where c.contype = 'f' and c.confrelid = 'customer'::regclass`),
    )
    const owned = Object.entries(tables).flatMap(([table, { owner }]) =>
      owner.is === 'column' ? [`${table}.${owner.column}`] : [],
    )
    assert.deepEqual(owned.filter((column) => !referring.has(column)).toSorted(), refersToNobody)
  })
})

// The companies and their products are a handful, so a scan of what refers to them is never made for deleting one. Days of consumption are found by their point
// by skipping through the key (day, point_id), some hundred days a year: an index by point would double what a delivery costs.
const unindexed = [
  'agreement_step.controller',
  'contract.controller',
  'contract_party.controller',
  'marketing_permission.controller',
  'offer.controller',
  'price_notice.controller',
  'product.controller',
  'reading_day.point_id',
]

test('every reference is indexed', async () => {
  const bare = await list(`
    select c.conrelid::regclass || '.' || a.attname as name from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      join pg_class t on t.oid = c.conrelid and not t.relispartition
     where c.contype = 'f' and c.connamespace = 'public'::regnamespace
       and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`)
  assert.deepEqual(bare.toSorted(), unindexed)
})

// A register that outgrows one machine spreads its days of consumption by their accounting point (Citus): these are its rules, kept from the beginning.
// The guard that compares the walls of what is written is the one trigger: it is compiled, and would be compiled otherwise for such a register.
test('what is kept by the day can be spread by the point: keys hold it, nothing else is referred to, no trigger but the guard, no column has a moving default', async () => {
  const byDay = Object.entries<Table>(metering).flatMap(([table, { owner }]) =>
    owner.is === 'through' && owner.on !== undefined ? [{ table, point: owner.on.point }] : [],
  )
  assert.ok(byDay.some(({ table }) => table === 'reading_day'))
  for (const { table, point } of byDay) {
    const { rows } = await opened.owner.query<{ fault: string }>(
      `select 'the key ' || i.indexrelid::regclass || ' does not hold the point' as fault from pg_index i
        where i.indrelid = $1::regclass and i.indisunique
          and not exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attname = $2 and a.attnum = any (i.indkey))
       union all
       select c.conname || ' refers past the point' from pg_constraint c
        where c.conrelid = $1::regclass and c.contype = 'f'
          and not exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attname = $2 and a.attnum = any (c.conkey))
       union all
       select 'something refers to it: ' || c.conname from pg_constraint c where c.confrelid = $1::regclass and c.contype = 'f'
       union all
       select 'the trigger ' || t.tgname from pg_trigger t where t.tgrelid = $1::regclass and not t.tgisinternal and t.tgname <> 'walls at insert'
       union all
       select 'a default by ' || p.proname from pg_attrdef d join pg_depend e on e.classid = 'pg_attrdef'::regclass and e.objid = d.oid
         join pg_proc p on e.refclassid = 'pg_proc'::regclass and p.oid = e.refobjid
        where d.adrelid = $1::regclass and p.provolatile <> 'i'`,
      [table, point],
    )
    assert.deepEqual(
      rows.map(({ fault }) => `${table}: ${fault}`),
      [],
    )
  }
})
