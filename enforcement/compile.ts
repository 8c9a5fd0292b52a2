// The declaration compiled into SQL: logins, column grants, row policies, wall functions. Deterministic, so that its digest says whether it changed.
import { createHash } from 'node:crypto'
import type { Description } from '../register/description.ts'
import type { Tables } from '../register/table.ts'
import { ownerColumn } from '../register/tables.ts'
import {
  type Bundle,
  bundlesOf,
  indexKeeper,
  type Privileges,
  privilegesOn,
  rowRule,
  walled,
  wallColumnsOf,
  wallKeeper,
} from './bundles.ts'
import { keptWallFunctions, wallTriggers } from './kept-walls.ts'
import { projectionFunctions } from './projections.ts'
import { receiptFunctions } from './receipt-functions.ts'
import { callers, type WallFunction, wallFunctions, wallFunctionSql, type WallTrigger } from './walls.ts'

export type PolicyCommand = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'
export type Policy = {
  readonly table: string
  readonly name: string
  readonly command: PolicyCommand
  readonly logins: readonly string[]
  readonly using: string | null
  readonly check: string | null
}
export type Grant = { readonly login: string; readonly table: string } & Privileges

/** What the live database must be, no more and no less. */
export type Compiled = {
  readonly bundles: readonly Bundle[]
  readonly grants: readonly Grant[]
  readonly policies: readonly Policy[]
  readonly functions: readonly (WallFunction & { readonly logins: readonly string[] })[]
  readonly triggers: readonly WallTrigger[]
  readonly walledTables: readonly string[]
  readonly sqlHash: string
}

const needs: Readonly<Record<PolicyCommand, (may: Privileges) => boolean>> = {
  SELECT: (may) => may.select.length > 0,
  INSERT: (may) => may.insert.length > 0,
  UPDATE: (may) => may.update.length > 0,
  DELETE: (may) => may.delete,
}

/** One policy for all logins that live by the same rule. */
const policiesOf = (table: string, rules: ReadonlyMap<string, readonly string[]>, command: PolicyCommand): Policy[] =>
  [...rules].map(([rule, logins], i) => ({
    table,
    name: `${command.toLowerCase()} ${i + 1}`,
    command,
    logins,
    using: command === 'INSERT' ? null : rule,
    check: command === 'INSERT' || command === 'UPDATE' ? rule : null,
  }))

/** What stands in an index goes when its person is closed: its keeper, who puts nothing behind a wall into it, finds it there all the same. */
const clears = ({ login }: Bundle, { projection }: Tables[string], command: PolicyCommand): boolean =>
  projection !== undefined && login === indexKeeper && command !== 'INSERT'

/** Beside owner and walls, what the wall functions look at. */
const keeperReads: Readonly<Record<string, readonly string[]>> = {
  customer: ['deceased_on', 'estate_of'],
  postal_address: ['kind'],
  occupancy: ['site_id', 'during'],
  contract_party: ['contract_id', 'during'],
  marketing_permission: ['id', 'channel', 'state'],
  accounting_point: ['id'],
  contract: ['site_id', 'point_id', 'during'],
  reading_day: ['day', 'point_id'],
  reading_day_past: ['day', 'point_id'],
  heat_day: ['day', 'point_id'],
  import_fault: ['day', 'point_id'],
}

/** What is looked at and changed when something that passed to an estate is given back. */
const passingColumns = ({ passes, columns }: Tables[string]): readonly string[] =>
  passes === undefined ? [] : ['id', 'during', 'passed_from', 'version'].filter((column) => column in columns)

/** By what a row is known that somebody made by a slip. */
const slipColumns = ({ slips, columns }: Tables[string]): readonly string[] =>
  slips === undefined ? [] : ['id', 'recorded_at', 'recorded_by', 'version'].filter((column) => column in columns)

const keeperGrants = (tables: Tables): readonly Grant[] =>
  Object.entries(tables).flatMap(([table, declared]) => {
    const walls = wallColumnsOf(declared)
    // What leads to nobody has no person whose wall could be raised.
    if (walls.length === 0 || declared.owner.is === 'nobody') return []
    const owner = ownerColumn(declared) ?? (declared.owner.is === 'through' ? declared.owner.column : 'id')
    const passing = passingColumns(declared)
    const slips = slipColumns(declared)
    const select = [...new Set([owner, ...walls, ...(keeperReads[table] ?? []), ...passing, ...slips])]
    const update = [...walls, ...passing.filter((column) => column === 'during' || column === 'version')]
    return [{ login: wallKeeper, table, select, insert: [], update, delete: passing.length + slips.length > 0 }]
  })

/** Which companies are of the network: they serve their points whoever has a contract. */
const marketGrant: Grant = {
  login: wallKeeper,
  table: 'controller',
  select: ['bit', 'market'],
  insert: [],
  update: [],
  delete: false,
}

/** What the gate of lists adds: a line for the list, and one for each person in it. */
const gateGrants = (tables: Tables): readonly Grant[] =>
  (
    [
      ['list_export', ['id']],
      ['disclosure', ['customer_id', 'list_export_id']],
    ] as const
  ).map(([table, select]) => ({
    login: wallKeeper,
    table,
    select,
    insert: Object.keys(tables[table]?.columns ?? {}),
    update: [],
    delete: false,
  }))

export const compile = (description: Description, tables: Tables): Compiled => {
  const bundles = bundlesOf(description)
  const grants: Grant[] = []
  const policies: Policy[] = []
  const functions = [
    ...wallFunctions(tables),
    ...keptWallFunctions(tables),
    ...projectionFunctions(tables),
    ...receiptFunctions,
  ].map((made) => ({
    ...made,
    logins: callers(bundles, made).map((bundle) => bundle.login),
  }))
  for (const [table, declared] of Object.entries(tables)) {
    const may = bundles.map((bundle) => [bundle, privilegesOn(bundle, declared)] as const)
    for (const [bundle, privileges] of may)
      if (Object.values(needs).some((need) => need(privileges)))
        grants.push({ login: bundle.login, table, ...privileges })
    if (!walled(declared)) continue
    for (const command of Object.keys(needs) as PolicyCommand[]) {
      const rules = new Map<string, string[]>()
      for (const [bundle, privileges] of may) {
        if (!needs[command](privileges)) continue
        const rule = clears(bundle, declared, command)
          ? 'true'
          : rowRule(bundle, declared, command === 'INSERT' ? 'insert' : undefined)
        rules.set(rule, [...(rules.get(rule) ?? []), bundle.login])
      }
      if (command === 'SELECT' || command === 'UPDATE' || (command === 'DELETE' && (declared.passes || declared.slips)))
        rules.set('true', [...(rules.get('true') ?? []), wallKeeper])
      policies.push(...policiesOf(table, rules, command))
    }
  }
  const walledTables = Object.keys(tables).filter((table) => walled(tables[table] as Tables[string]))
  const compiled = {
    bundles,
    grants: [...grants, ...keeperGrants(tables), marketGrant, ...gateGrants(tables)],
    policies,
    functions,
    triggers: wallTriggers(tables),
    walledTables,
  }
  return { ...compiled, sqlHash: createHash('sha256').update(compiledSql(compiled)).digest('hex') }
}

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')

/** Everything of the declaration as one script, to be run in one transaction by the owner of the tables. Passwords come apart. */
export const compiledSql = ({
  bundles,
  grants,
  policies,
  functions,
  triggers,
  walledTables,
}: Omit<Compiled, 'sqlHash'>): string => {
  const lines: string[] = []
  for (const login of [wallKeeper, ...bundles.map((bundle) => bundle.login)])
    lines.push(
      `do $$ begin if not exists (select from pg_roles where rolname = '${login}') then create role "${login}"; end if; end $$;`,
    )
  const logins = [wallKeeper, ...bundles.map((bundle) => bundle.login)]
  lines.push(
    // The logins of roles and hats that are declared no more lose all that they had here; `drop owned` would reach the cluster's other databases.
    `do $$ declare former record; begin for former in
       select distinct rolname from pg_shdepend join pg_roles r on r.oid = refobjid
        where refclassid = 'pg_authid'::regclass and deptype in ('a', 'r') and rolname ~ '^[a-z0-9-]+([.][a-z0-9-]+){2,3}$'
          and dbid in (0, (select oid from pg_database where datname = current_database()))
          and rolname <> all (array[${logins.map((login) => `'${login}'`).join(', ')}])
       loop execute format('revoke all on all tables in schema public from %1$I; revoke all on all functions in schema public from %1$I;
         revoke all on schema public from %1$I; revoke all on database %2$I from %1$I', former.rolname, current_database()); end loop; end $$;`,
    'revoke all on schema public from public;',
    `grant usage on schema public to ${quoted(logins)};`,
    `revoke all on all tables in schema public from public, ${quoted(logins)};`,
    `revoke execute on all functions in schema public from ${quoted(logins)};`,
    // What was compiled before goes, so that a wall that is declared no more leaves neither trigger nor function.
    `do $$ declare t record; begin for t in select tgname, tgrelid::regclass as place from pg_trigger where tgname ~ '^walls at ' loop
       execute format('drop trigger %I on %s', t.tgname, t.place); end loop; end $$;`,
    `do $$ declare f record; begin for f in select p.oid::regprocedure as made from pg_proc p
        where pronamespace = 'public'::regnamespace and prosecdef and pg_get_userbyid(proowner) in (${[...new Set(functions.map((made) => `'${made.owner}'`))].join(', ')})
       loop execute format('drop function %s', f.made); end loop; end $$;`,
    `do $$ declare p record; begin for p in select policyname, tablename from pg_policies where schemaname = 'public' loop
       execute format('drop policy %I on %I', p.policyname, p.tablename); end loop; end $$;`,
    // A grant on columns survives `revoke all on table`: each column of each table is taken back as well.
    `do $$ declare c record; begin for c in
       select attrelid::regclass as place, attname, g.grantee::regrole::text as grantee from pg_attribute
         join pg_class on pg_class.oid = attrelid and relnamespace = 'public'::regnamespace, aclexplode(attacl) g
        where g.grantee <> 0 group by 1, 2, 3
       loop execute format('revoke all (%I) on %s from %s', c.attname, c.place, c.grantee); end loop; end $$;`,
  )
  for (const table of walledTables)
    lines.push(`alter table ${table} enable row level security;`, `alter table ${table} force row level security;`)
  for (const { login, table, select, insert, update, delete: remove } of grants) {
    const parts = [
      select.length > 0 ? `select (${select.join(', ')})` : '',
      insert.length > 0 ? `insert (${insert.join(', ')})` : '',
      update.length > 0 ? `update (${update.join(', ')})` : '',
      remove ? 'delete' : '',
    ].filter((part) => part !== '')
    lines.push(`grant ${parts.join(', ')} on ${table} to "${login}";`)
  }
  for (const policy of policies)
    lines.push(
      `create policy "${policy.name}" on ${policy.table} for ${policy.command.toLowerCase()} to ${quoted(policy.logins)}` +
        `${policy.using === null ? '' : ` using (${policy.using})`}${policy.check === null ? '' : ` with check (${policy.check})`};`,
    )
  // A function is given to its owner only if that owner may create in the schema; the right is taken back at once.
  const owners = quoted([...new Set(functions.map((made) => made.owner))])
  lines.push(`grant create on schema public to ${owners};`)
  for (const made of functions) {
    lines.push(
      wallFunctionSql(
        made,
        triggers.filter(({ calls }) => calls === made.name),
      ),
    )
    lines.push(`grant execute on function ${made.name} to ${quoted([made.owner, ...made.logins])};`)
  }
  lines.push(`revoke create on schema public from ${owners};`)
  return lines.join('\n')
}
