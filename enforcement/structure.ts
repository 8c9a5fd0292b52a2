// What migrations made of the schema, and what somebody changed of it by hand: types, defaults, constraints, indexes, helper functions, extensions.
import type { Connection } from '../platform/database.ts'
import { type Difference, differencesOf, type State } from './compare.ts'

/**
 * Functions that run with their owner's rights, triggers, grants and policies are compiled from the declaration and compared with it; the row walls as well.
 * All else is here, and what belongs to an extension comes with its version.
 */
const queries: Readonly<Record<string, string>> = {
  'make of column': `
    select c.relname || '.' || a.attname as name,
           concat_ws(' ', format_type(a.atttypid, a.atttypmod), case when a.attcollation <> t.typcollation then 'collate ' || a.attcollation::regcollation end,
             case when a.attnotnull then 'not null' end, nullif(a.attidentity::text, ''), nullif(a.attgenerated::text, ''), pg_get_expr(d.adbin, d.adrelid)) as value
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`,
  constraint: `
    select conrelid::regclass || ' ' || conname as name, concat_ws(' ', pg_get_constraintdef(oid), case when not convalidated then 'not validated' end) as value
      from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'`,
  index: `
    select indexrelid::regclass::text as name, concat_ws(' ', pg_get_indexdef(indexrelid), case when not indisvalid then 'not valid' end) as value
      from pg_index join pg_class c on c.oid = indrelid where c.relnamespace = 'public'::regnamespace`,
  relation: `
    select relname as name, concat_ws(' ', relkind, relpersistence, array_to_string(reloptions, ' '),
             case when relowner <> current_user::regrole then 'owned by ' || relowner::regrole end,
             (select 'child of ' || string_agg(inhparent::regclass::text, ', ') from pg_inherits where inhrelid = pg_class.oid)) as value
      from pg_class where relnamespace = 'public'::regnamespace and relkind <> 'i'`,
  sequence: `
    select seqrelid::regclass::text as name, concat_ws(' ', seqtypid::regtype, seqstart, seqincrement, seqmax, seqmin, seqcycle) as value
      from pg_sequence join pg_class c on c.oid = seqrelid where c.relnamespace = 'public'::regnamespace`,
  'helper function': `
    select p.oid::regprocedure::text as name,
           concat_ws(' ', md5(case when p.prokind = 'a' then 'aggregate' else pg_get_functiondef(p.oid) end),
             case when p.proowner <> current_user::regrole then 'owned by ' || p.proowner::regrole end,
             (select string_agg(coalesce(r.rolname, 'everyone'), ', ' order by r.rolname)
                from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g left join pg_roles r on r.oid = g.grantee
               where g.grantee <> p.proowner)) as value
      from pg_proc p
     where p.pronamespace = 'public'::regnamespace and not p.prosecdef
       and not exists (select from pg_depend e where e.classid = 'pg_proc'::regclass and e.objid = p.oid and e.deptype = 'e')`,
  extension: `select extname as name, extversion as value from pg_extension`,
  /** Types, operators, casts by way of them, statistics, text search: whatever else can stand in a schema. */
  thing: `
    select i.type || ' ' || i.identity as name, 'there' as value
      from pg_depend d cross join lateral pg_identify_object(d.classid, d.objid, 0) i
     where d.refclassid = 'pg_namespace'::regclass and d.refobjid = 'public'::regnamespace
       and d.classid not in ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_constraint'::regclass)
       and not exists (select from pg_depend e where e.classid = d.classid and e.objid = d.objid and e.deptype = 'e')`,
  'type of values': `
    select t.typname as name, concat_ws(' ', t.typtype, format_type(nullif(t.typbasetype, 0), t.typtypmod), t.typdefault,
             (select string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid)) as value
      from pg_type t where t.typnamespace = 'public'::regnamespace and t.typtype in ('d', 'e')
       and not exists (select from pg_depend e where e.classid = 'pg_type'::regclass and e.objid = t.oid and e.deptype = 'e')`,
}

const asOne = Object.entries(queries)
  .map(([kind, text]) => `select '${kind}' as kind, name::text, value::text from (${text}) as of_kind`)
  .join('\nunion all\n')

const stateOf = (rows: readonly { readonly kind: string; readonly name: string; readonly value: string }[]): State =>
  Object.fromEntries(
    Object.keys(queries).map((kind) => [
      kind,
      new Map(rows.filter((row) => row.kind === kind).map(({ name, value }) => [name, value])),
    ]),
  )

export const liveStructure = async (owner: Connection): Promise<State> => {
  const { rows } = await owner.query<{ kind: string; name: string; value: string }>(asOne)
  return stateOf(rows)
}

/** Stands among what is recorded, so that a program that was killed between its migrations and the record is not taken for somebody's hand. */
const afterMigrations = `select 'after migrations', coalesce(string_agg(id::text, ' ' order by id), ''), '' from schema_version`

/** What stood when the migrations that have run had run; undefined when that was not recorded. */
export const recordedStructure = async (owner: Connection): Promise<State | undefined> => {
  const { rows: there } = await owner.query(`select from pg_class where oid = to_regclass('public.schema_structure')`)
  if (there.length === 0) return undefined
  const { rows } = await owner.query<{ kind: string; name: string; value: string }>(
    `select kind, name, value from schema_structure where exists (select kind, name, value from schema_structure intersect (${afterMigrations}))`,
  )
  return rows.length === 0 ? undefined : stateOf(rows)
}

/** After migrations, by the program that ran them: whatever differs later was made by hand. */
export const recordStructure = async (owner: Connection): Promise<void> => {
  await owner.query('begin')
  await owner.query('delete from schema_structure')
  await owner.query(`insert into schema_structure (kind, name, value) ${afterMigrations}\nunion all\n${asOne}`)
  await owner.query('commit')
}

export const structureDifferences = async (owner: Connection): Promise<readonly Difference[]> => {
  const recorded = await recordedStructure(owner)
  return recorded === undefined ? [] : differencesOf(recorded, await liveStructure(owner))
}
