// The live database against the declaration: generation proves the repository, this proves the database that runs.
import { createHash } from 'node:crypto'
import type { Connection } from '../platform/database.ts'
import type { Tables } from '../register/table.ts'
import { openedCustomers, openedSites, wallKeeper } from './bundles.ts'
import type { Compiled } from './compile.ts'
import { wallFunctionText, wallTriggerText } from './walls.ts'

/** One difference, in words that name the thing and say which side has it. */
export type Difference = string

/** By kind of thing: the name of each, and what must be the same of it. */
export type State = Readonly<Record<string, ReadonlyMap<string, string>>>

const against = (
  what: string,
  declared: ReadonlyMap<string, string>,
  live: ReadonlyMap<string, string>,
): readonly Difference[] => [
  ...[...declared].flatMap(([name, value]) => {
    const found = live.get(name)
    if (found === undefined) return [`${what} ${name} is declared and missing in the database`]
    return found === value ? [] : [`${what} ${name} is ${found} in the database; declared is ${value}`]
  }),
  ...[...live.keys()]
    .filter((name) => !declared.has(name))
    .map((name) => `${what} ${name} is in the database and not declared`),
]

/** Every table, view, materialised view, foreign table and partition of the schema: none may hide. */
const columns = `
  select c.relname || '.' || a.attname as name, 'column' as value
    from pg_attribute a join pg_class c on c.oid = a.attrelid
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
     and a.attnum > 0 and not a.attisdropped`

/** The columns that name the person, of $1: a row that leads to nobody could be neither given nor erased. */
const owners = `
  select c.relname || '.' || a.attname as name, case when a.attnotnull then 'always there' else 'left empty at times' end as value
    from pg_attribute a join pg_class c on c.oid = a.attrelid
   where c.relnamespace = 'public'::regnamespace and c.relname || '.' || a.attname = any ($1)`

/** Grants on columns, on whole tables (which would open columns made later), on the schema and the database, and to everyone. */
const grants = `
  select coalesce(r.rolname, 'everyone') || ' ' || lower(g.privilege_type) || ' ' || place as name,
         case when g.is_grantable then 'grantable' else 'granted' end as value
    from (select c.relname || '.' || a.attname as place, a.attacl as acl, null::oid as owner
            from pg_class c join pg_attribute a on a.attrelid = c.oid
           where c.relnamespace = 'public'::regnamespace and not a.attisdropped
          union all
          select relname, relacl, relowner from pg_class where relnamespace = 'public'::regnamespace
          union all
          select 'schema public', nspacl, nspowner from pg_namespace where nspname = 'public'
          union all
          select 'the database', coalesce(datacl, acldefault('d', datdba)), datdba from pg_database where datname = current_database()
         ) as given, aclexplode(acl) g left join pg_roles r on r.oid = g.grantee
   where g.grantee is distinct from owner`

const policies = `
  select tablename || ' ' || policyname as name,
         concat_ws(' ', permissive, cmd, 'to', array_to_string(array(select unnest(roles)::text order by 1), ', '),
                   'using', coalesce(qual, '-'), 'check', coalesce(with_check, '-')) as value
    from pg_policies where schemaname = 'public'`

const walls = `
  select relname as name, concat_ws(' ', relrowsecurity, relforcerowsecurity) as value
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relrowsecurity`

const logins = `
  select rolname as name, concat_ws(' ', case when rolcanlogin then 'login' else 'no login' end, case when rolsuper then 'superuser' end,
           case when rolbypassrls then 'bypassrls' end, case when rolcreaterole then 'createrole' end, case when rolcreatedb then 'createdb' end,
           case when rolreplication then 'replication' end, case when not rolinherit then 'noinherit' end,
           case when rolconnlimit <> -1 then 'connection limit ' || rolconnlimit end, 'valid until ' || rolvaliduntil,
           (select 'member of ' || string_agg(roleid::regrole::text, ', ') from pg_auth_members where member = pg_roles.oid),
           (select 'sets ' || string_agg(array_to_string(setconfig, ', '), ', ') from pg_db_role_setting where setrole = pg_roles.oid)) as value
    from pg_roles where rolname = any ($1::text[])`

const functions = `
  select p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name,
         concat_ws(' ', pg_get_userbyid(p.proowner), md5(p.prosrc), array_to_string(p.proconfig, ' '),
           (select string_agg(concat_ws(' ', coalesce(r.rolname, 'everyone'), case when is_grantable then 'grantable' end), ', ' order by r.rolname)
              from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g left join pg_roles r on r.oid = g.grantee
             where g.grantee <> p.proowner)) as value
    from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef`

const triggers = `
  select tgrelid::regclass || ' ' || tgname as name, concat_ws(' ', tgenabled, pg_get_triggerdef(oid, true)) as value
    from pg_trigger where not tgisinternal`

/**
 * Ways round the walls that no declaration knows: none may be there. Settings are those that open a protected person, or turn a wall off.
 * `offset 0` keeps to the index by database; a cluster may hold many.
 */
const ways = `
  select name, 'there' as value from (
    select 'schema ' || nspname from pg_namespace where nspname not in ('public', 'information_schema') and nspname !~ '^pg_'
    union all
    select 'rule ' || rulename || ' on ' || ev_class::regclass from pg_rewrite join pg_class c on c.oid = ev_class
     where c.relnamespace = 'public'::regnamespace and rulename <> '_RETURN'
    union all
    select 'event trigger ' || evtname from pg_event_trigger
    union all
    select 'publication ' || pubname from pg_publication
    union all
    select 'subscription ' || subname from pg_subscription s join pg_database d on d.oid = s.subdbid and d.datname = current_database()
    union all
    select 'default privileges of ' || defaclrole::regrole || ' on ' || defaclobjtype::text from pg_default_acl
    union all
    select 'membership of ' || member::regrole || ' in ' || roleid::regrole from pg_auth_members
     where member <> current_user::regrole and not (select rolsuper from pg_roles where oid = member)
       and (roleid = current_user::regrole or roleid::regrole::text = any (select quote_ident(unnest($1::text[])))
            or roleid::regrole::text in ('pg_read_all_data', 'pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program'))
    union all
    select 'ownership of ' || pg_describe_object(classid, objid, objsubid) || ' by ' || rolname
      from (select 0::oid union all select oid from pg_database where datname = current_database()) as place (id)
     cross join lateral (select * from pg_shdepend where dbid = place.id and deptype = 'o' and classid <> 'pg_proc'::regclass offset 0) owned
      join pg_roles r on r.oid = refobjid and rolname = any ($1::text[])
    union all
    select 'right of ' || coalesce(r.rolname, 'everyone') || ' to ' || lower(g.privilege_type) || ' ' || place
      from (select p.oid::regprocedure::text, proacl, initprivs, proowner from pg_proc p
              left join pg_init_privs i on i.objoid = p.oid and i.classoid = 'pg_proc'::regclass
             where pronamespace = 'pg_catalog'::regnamespace and proacl is distinct from initprivs
            union all
            select c.oid::regclass::text, relacl, initprivs, relowner from pg_class c
              left join pg_init_privs i on i.objoid = c.oid and i.classoid = 'pg_class'::regclass and i.objsubid = 0
             where relnamespace = 'pg_catalog'::regnamespace and relacl is distinct from initprivs) as changed (place, acl, initial, owner),
           unnest(acl) item, aclexplode(array[item]) g left join pg_roles r on r.oid = g.grantee
     where case when initial is null then true else not initial @> item end and (g.grantee = 0 or r.rolname = any ($1::text[]))
    union all
    select 'right of ' || coalesce(r.rolname, 'everyone') || ' to ' || lower(g.privilege_type) || ' the parameter ' || parname
      from pg_parameter_acl, aclexplode(paracl) g left join pg_roles r on r.oid = g.grantee
     where g.grantee = 0 or r.rolname = any ($1::text[])
    union all
    select 'foreign server ' || srvname from pg_foreign_server
    union all
    select 'foreign data wrapper ' || fdwname from pg_foreign_data_wrapper
    union all
    select 'language ' || lanname from pg_language where lanname not in ('internal', 'c', 'sql', 'plpgsql')
    union all
    select 'large object ' || oid from pg_largeobject_metadata
    union all
    select 'setting ' || said from pg_db_role_setting, unnest(setconfig) said
     where setrole = 0 and setdatabase in (0, (select oid from pg_database where datname = current_database()))
       and said ~ '^(register\\..*|row_security|search_path|role|session_authorization|session_replication_role|(session|local)_preload_libraries|log_statement|log_min_duration_.*|log_parameter_max_length.*)='
    union all
    select 'setting ' || opening from unnest($2::text[]) opening where current_setting(opening, true) <> ''
  ) as found (name)`

/** A line of the access log may be about nobody: a sign-in, a refusal. A faulty row of a file may lead to nobody yet. */
const aboutNobody = ['access_event', 'import_fault']

const ownersOf = (tables: Tables): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(tables).flatMap(([table, { owner }]) =>
      'column' in owner
        ? [[`${table}.${owner.column}`, aboutNobody.includes(table) ? 'left empty at times' : 'always there']]
        : [],
    ),
  )

const loginsOf = (compiled: Compiled): readonly string[] => [wallKeeper, ...compiled.bundles.map(({ login }) => login)]

/** What the database must be. */
export const declaredState = (compiled: Compiled, tables: Tables): State => {
  const everyLogin = loginsOf(compiled)
  const granted = [
    ...compiled.grants.flatMap(({ login, table, ...may }) => [
      ...(['select', 'insert', 'update'] as const).flatMap((verb) =>
        may[verb].map((column) => `${login} ${verb} ${table}.${column}`),
      ),
      ...(may.delete ? [`${login} delete ${table}`] : []),
    ]),
    ...everyLogin.map((login) => `${login} usage schema public`),
    ...compiled.bundles.map(({ login }) => `${login} connect the database`),
  ]
  return {
    column: new Map(
      Object.entries(tables).flatMap(([table, declared]) =>
        Object.keys(declared.columns).map((column) => [`${table}.${column}`, 'column']),
      ),
    ),
    owner: ownersOf(tables),
    login: new Map(everyLogin.map((login) => [login, login === wallKeeper ? 'no login' : 'login'])),
    grant: new Map(granted.map((grant) => [grant, 'granted'])),
    'row wall of': new Map(compiled.walledTables.map((table) => [table, 't t'])),
    policy: new Map(
      compiled.policies.map(({ table, name, command, logins: to, using, check }) => [
        `${table} ${name}`,
        `PERMISSIVE ${command} to ${to.toSorted().join(', ')} using ${using ?? '-'} check ${check ?? '-'}`,
      ]),
    ),
    function: new Map(
      compiled.functions.map((made) => [
        `${made.name}(${made.signature})`,
        [
          made.owner,
          createHash('md5').update(wallFunctionText(made)).digest('hex'),
          'search_path=public, pg_temp',
          made.logins.toSorted().join(', '),
        ]
          .filter((part) => part !== '')
          .join(' '),
      ]),
    ),
    trigger: new Map(
      compiled.triggers.map((trigger) => [`${trigger.table} ${trigger.name}`, `A ${wallTriggerText(trigger)}`]),
    ),
    'way round:': new Map(),
  }
}

/** What the database is, of all that the declaration speaks of. */
export const liveState = async (owner: Connection, compiled: Compiled, tables: Tables): Promise<State> => {
  const pairs = async (text: string, ...values: readonly (readonly string[])[]): Promise<Map<string, string>> => {
    const { rows } = await owner.query<{ name: string; value: string }>(text, [...values])
    return new Map(rows.map((row) => [row.name, row.value]))
  }
  const everyLogin = loginsOf(compiled)
  return {
    column: await pairs(columns),
    owner: await pairs(owners, [...ownersOf(tables).keys()]),
    login: await pairs(logins, everyLogin),
    grant: await pairs(grants),
    'row wall of': await pairs(walls),
    policy: await pairs(policies),
    function: await pairs(functions),
    trigger: await pairs(triggers),
    'way round:': await pairs(ways, everyLogin, [openedCustomers, openedSites]),
  }
}

export const differencesOf = (declared: State, live: State): readonly Difference[] =>
  Object.entries(declared).flatMap(([what, named]) => against(what, named, live[what] ?? new Map()))

/** Every difference between what is declared and what the database has; none means that the notice is true of it. */
export const differences = async (
  owner: Connection,
  compiled: Compiled,
  tables: Tables,
): Promise<readonly Difference[]> =>
  differencesOf(declaredState(compiled, tables), await liveState(owner, compiled, tables))
