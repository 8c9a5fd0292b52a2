// Breaches of the live database. Each is made in a transaction, seen by the comparison of the start, and rolled back.
import type pg from 'pg'
import { privilegesOn } from '../../enforcement/bundles.ts'
import { declaredState, differencesOf, liveState } from '../../enforcement/compare.ts'
import { liveStructure, recordedStructure } from '../../enforcement/structure.ts'
import type { Register } from '../../enforcement/register.ts'
import type { Table } from '../../register/table.ts'
import { tables } from '../../register/tables.ts'
import type { Kind, Mutant } from './mutant.ts'

type Breach = readonly [kind: Kind, sql: string]

/** One of a list, another for each `i`: breaches spread over all that there is. */
const nth = <T>(all: readonly T[], i: number): T => {
  const one = all[i % all.length]
  if (one === undefined) throw new Error('there is nothing to choose from')
  return one
}

const ofTables = (): readonly Breach[] =>
  Object.entries(tables).flatMap(([table, { columns }], i): Breach[] => [
    ['schema', `alter table ${table} add column drift text`],
    nth<Breach>(
      [
        ['schema', `alter table ${table} drop column "${nth(Object.keys(columns), i)}" cascade`],
        [
          'grants',
          `grant ${nth(['select', 'truncate', 'trigger', 'references', 'maintain'], i)} on ${table} to public`,
        ],
      ],
      i,
    ),
  ])

/** What stands in the schema and was never declared. */
const strangers: readonly Breach[] = [
  ['schema', 'create table shadow (id bigint)'],
  ['schema', 'create table shadow as select * from customer'],
  ['schema', 'create unlogged table shadow (note text)'],
  ['schema', 'create table shadow () inherits (customer_name)'],
  ['schema', 'create table shadow (id bigint) partition by range (id)'],
  ['schema', 'create view shadow as select * from customer_name'],
  ['schema', 'create materialized view shadow as select * from identity_code'],
  ['schema', 'alter table contact rename to conversation'],
  ['schema', 'alter table contact rename column body to words'],
  ['schema', 'drop table saved_view'],
]

/** A row that leads to nobody: could be neither given to its person nor erased. */
const orphans = async (owner: pg.PoolClient): Promise<readonly Breach[]> => {
  const { rows } = await owner.query<{ place: string }>(`
    select c.relname || '.' || a.attname as place
      from pg_class c join pg_attribute a on a.attrelid = c.oid left join pg_index k on k.indrelid = c.oid and k.indisprimary
     where c.relnamespace = 'public'::regnamespace and (k.indkey is null or a.attnum <> all (k.indkey)) and a.attnotnull`)
  const free = new Set(rows.map((row) => row.place))
  return Object.entries(tables).flatMap(([table, { owner: leads }]): Breach[] =>
    'column' in leads && free.has(`${table}.${leads.column}`)
      ? [['schema', `alter table ${table} alter column ${leads.column} drop not null`]]
      : [],
  )
}

/** What a migration made and a hand changes: every third constraint and index (those of a partition are its table's), and all helper functions. */
const madeByHand = async (owner: pg.PoolClient): Promise<readonly Breach[]> => {
  const { rows } = await owner.query<{ breach: string }>(`
    select 'alter table ' || conrelid::regclass || ' drop constraint ' || quote_ident(conname) || ' cascade' as breach
      from (select *, row_number() over (order by conrelid::regclass::text, conname) as i from pg_constraint
             where connamespace = 'public'::regnamespace and contype <> 'n' and conparentid = 0 and coninhcount = 0) all_of_them where i % 3 = 0
    union all
    select 'drop index ' || indexrelid::regclass
      from (select *, row_number() over (order by indexrelid::regclass::text) as i from pg_index join pg_class c on c.oid = indrelid
             where c.relnamespace = 'public'::regnamespace and not c.relispartition and not exists (select from pg_constraint where conindid = indexrelid)) all_of_them where i % 3 = 0
    union all
    select case p.proretset when true then format('create or replace function %s returns setof text language sql immutable as ''select 1::text''', signature)
                else format('create or replace function %s returns text language sql immutable as ''select 1::text''', signature) end
      from (select *, proname || '(' || pg_get_function_arguments(oid) || ')' as signature from pg_proc) p
     where pronamespace = 'public'::regnamespace and not prosecdef and prorettype = 'text'::regtype
       and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = p.oid and deptype = 'e')`)
  return [
    ...rows.map(({ breach }): Breach => ['schema', breach]),
    ...[
      'alter function fold_text(text) volatile',
      'alter function fold_text(text) rename to folded',
      'alter function name_keys set work_mem = 1000000',
      'grant execute on function home_key to "wall-keeper"',
      'alter table contact alter column channel drop not null',
      "alter table contact alter column outcome set default 'answered'",
      'alter table customer alter column number type varchar(40)',
      'alter table customer alter column marketable set default 3',
      'alter table search_name set logged',
      'alter table identity_code set (fillfactor = 50)',
      'alter sequence contact_id_seq increment by 2',
      'create sequence drift',
      'create index drift on contact (at)',
      'create type drift as (id bigint)',
      "create type drift as enum ('yes', 'no')",
      'create domain drift as text',
      'create operator === (function = texteq, leftarg = text, rightarg = text)',
      'create statistics drift on at, channel from contact',
      'create collation drift from "C"',
      'drop extension fuzzystrmatch',
      'create extension pg_trgm',
      "create function drift() returns int language sql as 'select 1'",
      'create role drift; grant create on schema public to drift; alter table contact owner to drift',
      'create role drift; grant create on schema public to drift; alter function home_key owner to drift',
    ].map((breach): Breach => ['schema', breach]),
  ]
}

const ofLogins = ({ compiled }: Register): readonly Breach[] =>
  compiled.bundles.flatMap((bundle, i): Breach[] => {
    const login = `"${bundle.login}"`
    const may = Object.entries(tables).map(([table, { columns }]) => ({
      table,
      columns: Object.keys(columns),
      ...privilegesOn(bundle, tables[table] as Table),
    }))
    const places = (verb: 'select' | 'insert' | 'update', granted: boolean) =>
      may.flatMap(({ table, columns, ...mayDo }) =>
        columns.filter((column) => mayDo[verb].includes(column) === granted).map((column) => `(${column}) on ${table}`),
      )
    const verb = nth(['select', 'insert', 'update'] as const, i)
    // Who may read all can only be given more to write.
    const widening = places(verb, false).length === 0 ? 'update' : verb
    const open = places('select', true)
    return [
      ['grants', `grant ${widening} ${nth(places(widening, false), i * 7)} to ${login}`],
      nth<Breach>(
        [
          ['grants', `revoke select ${nth(open, i * 5)} from ${login}`],
          ['grants', `grant select ${nth(open, i * 3)} to ${login} with grant option`],
        ],
        i,
      ),
      [
        'grants',
        `grant ${nth(['select', 'delete', 'all', 'truncate'], i)} on ${nth(Object.keys(tables), i)} to ${login}`,
      ],
      [
        'logins',
        `alter role ${login} ${nth(['superuser', 'bypassrls', 'createrole', 'createdb', 'replication', 'nologin', 'noinherit', 'connection limit 1', "valid until '2999-01-01'"], i)}`,
      ],
      nth<Breach>(
        [
          ['logins', `grant ${nth(['pg_read_all_data', '"wall-keeper"', 'pg_write_all_data'], i)} to ${login}`],
          ['logins', `alter role ${login} set ${nth([`register.opened = '1'`, 'row_security = off'], i >> 1)}`],
        ],
        i,
      ),
    ]
  })

const ofWalls = ({ compiled }: Register): readonly Breach[] => [
  ...compiled.walledTables.flatMap((table, i): Breach[] => {
    const standing = compiled.policies.filter((policy) => policy.table === table)
    const narrow = standing.find(({ using }) => using !== null && using !== 'true')
    const checking = standing.find(({ check }) => check !== null && check !== 'true')
    return [
      ['walls', `drop policy "${nth(standing, i).name}" on ${table}`],
      [
        'walls',
        `create policy drift on ${table} for ${nth(['select', 'all', 'update', 'delete'], i)} to public using (true)`,
      ],
      [
        'walls',
        nth(
          [
            `alter policy "${nth(standing, i * 3).name}" on ${table} to public`,
            `alter table ${table} no force row level security`,
            `alter table ${table} disable row level security`,
          ],
          i,
        ),
      ],
      ...(narrow ? [['walls', `alter policy "${narrow.name}" on ${table} using (true)`] as const] : []),
      ...(checking ? [['walls', `alter policy "${checking.name}" on ${table} with check (true)`] as const] : []),
    ]
  }),
  ['walls', 'create policy drift on contact as restrictive for select to public using (true)'],
  ['walls', 'alter policy "select 1" on customer rename to "select of all"'],
  ...compiled.triggers.flatMap(({ table, name }, i): Breach[] => [
    ['walls', `drop trigger "${name}" on ${table}`],
    ['walls', `alter table ${table} ${nth(['disable', 'enable', 'enable replica'], i)} trigger "${name}"`],
    ['walls', `alter trigger "${name}" on ${table} rename to drift`],
  ]),
  ...compiled.functions.flatMap(({ name, signature, returns = 'void', logins }): Breach[] => {
    const all = `${name}(${signature})`
    return [
      ['walls', `drop function ${name} cascade`],
      [
        'walls',
        `create or replace function ${all} returns ${returns} language plpgsql security definer set search_path = public, pg_temp as 'begin ${returns === 'void' ? '' : 'return null; '}end'`,
      ],
      ['walls', `alter function ${name} security invoker`],
      ['walls', `alter function ${name} reset search_path`],
      ['walls', `alter function ${name} set search_path = pg_temp, public`],
      ['walls', `alter function ${name} owner to current_user`],
      ['walls', `grant execute on function ${name} to public`],
      ['walls', `create function ${name}(person text) returns void language plpgsql security definer as 'begin end'`],
      ...logins.slice(0, 1).map((login): Breach => ['walls', `revoke execute on function ${name} from "${login}"`]),
    ]
  }),
  ['walls', `create function peek() returns setof customer language sql security definer as 'select * from customer'`],
]

const ways = ({ compiled }: Register, database: string): readonly Breach[] => {
  const [first] = compiled.bundles
  const login = `"${first?.login}"`
  const nothing = `create function drift() returns trigger language plpgsql as 'begin return new; end'`
  return [
    ['ways', 'create schema shadow'],
    ['ways', 'create schema shadow; create table shadow.people as select * from customer'],
    ['ways', `${nothing}; create trigger drift after insert on contact for each row execute function drift()`],
    ['ways', 'create rule drift as on insert to contact do also nothing'],
    ['ways', 'create rule drift as on delete to contact do instead nothing'],
    [
      'ways',
      `create function drift() returns event_trigger language plpgsql as 'begin end'; create event trigger drift on ddl_command_end execute function drift()`,
    ],
    ['ways', 'create publication drift for all tables'],
    ['ways', 'create publication drift for table identity_code'],
    ['ways', `create publication p; create subscription drift connection '' publication p with (connect = false)`],
    ['ways', `alter default privileges in schema public grant select on tables to ${login}`],
    ['ways', `alter default privileges grant select on tables to public`],
    ['ways', `alter default privileges grant execute on functions to ${login}`],
    ['ways', `create role drift login; grant ${login} to drift`],
    ['ways', 'create role drift login; grant "wall-keeper" to drift'],
    ['ways', 'create role drift login; grant select on identity_code to drift'],
    ['ways', `alter table contact owner to ${login}`],
    ['ways', `alter table identity_code owner to "wall-keeper"`],
    ['ways', `alter schema public owner to ${login}`],
    ['ways', `alter database ${database} owner to ${login}`],
    ['ways', 'grant usage on schema public to public'],
    ['ways', 'grant create on schema public to public'],
    ['ways', `grant create on schema public to ${login}`],
    ['ways', 'grant create on schema public to "wall-keeper"'],
    ['ways', `revoke usage on schema public from ${login}`],
    ['ways', `grant connect on database ${database} to public`],
    ['ways', `grant create on database ${database} to ${login}`],
    ['ways', `grant temporary on database ${database} to ${login}`],
    ['ways', `revoke connect on database ${database} from ${login}`],
    ['ways', 'grant usage on sequence customer_id_seq to public'],
    ['ways', 'grant execute on function pg_read_file(text) to public'],
    ['ways', `grant execute on function pg_ls_dir(text) to ${login}`],
    ['ways', 'grant select on pg_authid to public'],
    ['ways', `grant select on pg_statistic to ${login}`],
    ['ways', `alter database ${database} set register.opened = '{1}'`],
    ['ways', `alter database ${database} set register.opened_sites = '{1}'`],
    ['ways', `alter database ${database} set row_security = off`],
    ['ways', `alter database ${database} set session_replication_role = replica`],
    ['ways', `alter database ${database} set log_statement = 'all'`],
    ['ways', `alter database ${database} set session_preload_libraries = 'auto_explain'`],
    ['ways', `create role drift; grant create on database ${database} to drift`],
    ['ways', `create role drift; grant temporary on database ${database} to drift with grant option`],
    ['ways', 'create role drift; grant usage on schema public to drift'],
    ['ways', 'create role drift; grant pg_read_all_data to drift'],
    ['ways', 'create role drift; grant pg_execute_server_program to drift'],
    ['ways', "create role drift; do $$ begin execute format('grant %I to drift', current_user); end $$"],
    ['ways', `grant set on parameter session_replication_role to ${login}`],
    ['ways', 'grant set on parameter session_replication_role to public'],
    ['ways', 'create foreign data wrapper drift'],
    ['ways', 'create foreign data wrapper drift; create server elsewhere foreign data wrapper drift'],
    ['ways', "select lo_from_bytea(0, 'drift')"],
    ['ways', `alter role all set search_path = shadow, public`],
    ['ways', `set local register.opened = '1'`],
  ]
}

/** `owner` is a connection past every wall, to a database that nobody else changes meanwhile. */
export const databaseMutants = async (
  owner: pg.PoolClient,
  register: Register,
  database: string,
): Promise<readonly Mutant[]> => {
  const declared = { ...declaredState(register.compiled, tables), ...(await recordedStructure(owner)) }
  return [
    ...ofTables(),
    ...strangers,
    ...(await orphans(owner)),
    ...(await madeByHand(owner)),
    ...ofLogins(register),
    ...ofWalls(register),
    ...ways(register, database),
  ].map(([kind, sql]) => ({
    kind,
    breach: sql,
    caught: async () => {
      await owner.query('begin')
      try {
        await owner.query(sql)
        const live = { ...(await liveState(owner, register.compiled, tables)), ...(await liveStructure(owner)) }
        return differencesOf(declared, live)[0]
      } catch (error) {
        throw new Error(`the breach could not be made: ${sql}`, { cause: error })
      } finally {
        await owner.query('rollback')
      }
    },
  }))
}
