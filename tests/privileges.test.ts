import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Bundle, privilegesOn } from '../enforcement/bundles.ts'
import { openRegister } from '../enforcement/register.ts'
import { tables } from '../register/tables.ts'
import { type TestRegister, testRegister } from './database.ts'

let opened: TestRegister
before(async () => {
  opened = await testRegister()
})
after(() => opened.drop())

const columns = Object.entries(tables).flatMap(([table, declared]) =>
  Object.keys(declared.columns).map((column) => ({ table, column })),
)

const bundles = (): readonly Bundle[] => [...opened.register.bundles.values()]

const as = <Row extends object>(login: string, text: string, values: unknown[] = []): Promise<readonly Row[]> =>
  opened.register
    .pool(login)
    .query<Row>(text, values)
    .then(({ rows }) => rows)

/** Tries each statement by itself, all in one round trip: its SQLSTATE, or `ok`. */
const tried = async (login: string, statements: readonly string[]): Promise<readonly string[]> => {
  const connection = await opened.register.pool(login).connect()
  try {
    await connection.query('begin')
    await connection.query(`select set_config('probe.statements', $1, true)`, [JSON.stringify(statements)])
    await connection.query(`do $$
      declare statement text; found text[] := '{}';
      begin
        for statement in select jsonb_array_elements_text(current_setting('probe.statements')::jsonb) loop
          begin
            execute statement;
            found := found || 'ok'::text;
          exception when others then found := found || sqlstate;
          end;
        end loop;
        perform set_config('probe.found', array_to_string(found, ' '), true);
      end $$`)
    const { rows } = await connection.query<{ found: string }>(`select current_setting('probe.found') as found`)
    return rows[0]?.found.split(' ') ?? []
  } finally {
    await connection.query('rollback')
    connection.release()
  }
}

const refusesEach = async (login: string, statements: readonly string[]): Promise<void> => {
  const found = await tried(login, statements)
  assert.deepEqual(
    statements.filter((_, i) => found[i] !== '42501'),
    [],
    login,
  )
}

test('a bundle reads a column if, and only if, it is declared', async () => {
  for (const bundle of bundles()) {
    const found = await tried(
      bundle.login,
      columns.map(({ table, column }) => `select "${column}" from ${table} limit 0`),
    )
    assert.equal(found.length, columns.length)
    const wrong = columns.filter(({ table, column }, i) => {
      const may = privilegesOn(bundle, tables[table] as (typeof tables)[string]).select.includes(column)
      return found[i] !== (may ? 'ok' : '42501')
    })
    assert.deepEqual(wrong, [], bundle.login)
  }
})

test('what may be read follows from the categories alone', () => {
  for (const bundle of bundles())
    for (const [name, table] of Object.entries(tables)) {
      if (table.projection !== undefined) continue
      for (const column of privilegesOn(bundle, table).select) {
        const rule = table.columns[column]
        if (typeof rule === 'string') assert.ok(bundle.reads.has(rule), `${bundle.login}: ${name}.${column}`)
      }
    }
})

test('it inserts, changes and deletes if, and only if, that is declared', async () => {
  for (const bundle of bundles()) {
    const rows = await as<{ table: string; column: string; insert: boolean; update: boolean; delete: boolean }>(
      bundle.login,
      `select t."table", t."column", has_column_privilege(t."table", t."column", 'insert') as insert,
              has_column_privilege(t."table", t."column", 'update') as update, has_table_privilege(t."table", 'delete') as delete
         from jsonb_to_recordset($1::jsonb) as t ("table" text, "column" text)`,
      [JSON.stringify(columns)],
    )
    assert.equal(rows.length, columns.length)
    const wrong = rows.filter(({ table, column, ...has }) => {
      const may = privilegesOn(bundle, tables[table] as (typeof tables)[string])
      return (
        has.insert !== may.insert.includes(column) ||
        has.update !== may.update.includes(column) ||
        has.delete !== may.delete
      )
    })
    assert.deepEqual(wrong, [], bundle.login)
  }
})

test('nobody may empty a table, hang something on it, or make one', async () => {
  for (const { login } of bundles()) {
    const rows = await as(
      login,
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
          and has_table_privilege(oid, 'truncate, references, trigger, maintain')
       union all select 'the schema' where has_schema_privilege('public', 'create')
       union all select 'the database' where has_database_privilege(current_database(), 'create, temporary')`,
    )
    assert.deepEqual(rows, [], login)
  }
})

test('no bundle is more than a bundle', async () => {
  for (const { login } of bundles()) {
    const rows = await as(
      login,
      `select rolname from pg_roles r
        where rolname = current_user and not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
          and not exists (select from pg_auth_members where member = r.oid)`,
    )
    assert.equal(rows.length, 1, login)
    await refusesEach(login, [
      'set role "wall-keeper"',
      'set session authorization postgres',
      'alter table customer disable row level security',
    ])
  }
})

test('select * fails where a single column is closed', async () => {
  let closed = 0
  for (const bundle of bundles()) {
    const notWhole = Object.entries(tables).flatMap(([name, table]) =>
      privilegesOn(bundle, table).select.length < Object.keys(table.columns).length ? [name] : [],
    )
    closed += notWhole.length
    await refusesEach(
      bundle.login,
      notWhole.map((name) => `select * from ${name} limit 0`),
    )
  }
  assert.ok(closed > 100, 'hardly a table was closed to anyone')
})

test('the catalogue tells nothing of a row', async () => {
  await opened.owner.query(`analyze customer_name`)
  for (const { login } of bundles()) {
    await refusesEach(login, [
      'select from pg_statistic limit 1',
      'select from pg_authid limit 1',
      `select pg_read_file('postgresql.conf')`,
      `select pg_ls_dir('.')`,
      `copy customer to program 'cat'`,
      `copy (select 1) to '/tmp/never'`,
      `select lo_import('/etc/hostname')`,
    ])
    // Values in the statistics of columns are shown to those alone who may read the column and stand before no wall.
    const walled = await as(
      login,
      `select tablename from pg_stats where schemaname = 'public' and tablename = any ($1)`,
      [opened.register.compiled.walledTables],
    )
    assert.deepEqual(walled, [], login)
    const running = await as<{ query: string }>(
      login,
      `select query from pg_stat_activity where usename <> current_user and query <> '<insufficient privilege>' and query <> ''`,
    )
    assert.deepEqual(running, [], login)
  }
})

test('a hat that is taken off leaves nothing behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'register-'))
  const other = await testRegister()
  try {
    const registerFile = join(folder, 'register.yaml')
    const whole = await readFile(join(import.meta.dirname, '../register.yaml'), 'utf8')
    const hats = 'hats: { retail: [lahti-energia], network: [lahti-energia-sahkoverkko] }'
    await writeFile(registerFile, whole.replace(hats, 'hats: { retail: [lahti-energia] }'))
    const again = await openRegister({ ...other.opening, registerFile })
    assert.ok(other.register.bundles.has('customer-service.customer-care.network'))
    assert.ok(!again.bundles.has('customer-service.customer-care.network'))
    await assert.rejects(again.pool('customer-service.customer-care.network').query('select from customer'), {
      code: '42501',
    })
    await again.close()
  } finally {
    await other.drop()
    await rm(folder, { recursive: true })
  }
})
