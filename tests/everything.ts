// A person with a row in every table there is, made from the catalogue: a table or a column that comes later is filled by itself.
import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import { packed } from '../chapters/metering/block.ts'
import { masterKeys, newDataKey, seal } from '../platform/keys.ts'
import type { Table } from '../register/table.ts'
import { categoryOf, ownerColumn, tables } from '../register/tables.ts'
import type { Category } from '../register/vocabulary.ts'

type Column = {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly required: boolean
  /** Given by PostgreSQL alone. */
  readonly made: boolean
  readonly refers: string | null
  readonly allowed: readonly string[] | null
}

const catalogue = `
  select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type, a.attnotnull as required,
         a.attidentity <> '' or a.attgenerated <> '' as made,
         (select f.confrelid::regclass::text from pg_constraint f where f.contype = 'f' and f.conrelid = c.oid and f.conkey[1] = a.attnum limit 1) as refers,
         (select array(select m[1] from regexp_matches(pg_get_constraintdef(k.oid), '''([^'']+)''::text', 'g') m)
            from pg_constraint k where k.contype = 'c' and k.conrelid = c.oid and k.conkey = array[a.attnum]
             and pg_get_constraintdef(k.oid) ~ '(= ANY|<@)' limit 1) as allowed
    from pg_class c join pg_attribute a on a.attrelid = c.oid
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
   order by c.oid, a.attnum`

/** A mark that stands in one column of one row, and nowhere else in the world. */
export type Marked = {
  readonly mark: string
  readonly table: string
  readonly column: string
  readonly category: Category
  readonly person: number
  /** The row was given as safe although the address of its person is protected. */
  readonly safe: boolean
}

export type Everything = {
  readonly id: number
  readonly site: number
  readonly marks: readonly Marked[]
  /** The first row of each table, for requests that name one. */
  readonly rows: ReadonlyMap<string, number>
}

type Given = Readonly<Record<string, unknown>>

/** What the checks of a table ask of a row, where any value will not do; several where one row cannot hold every column. */
const shapes: Readonly<Record<string, readonly Given[]>> = {
  customer: [{ kind: 'natural', stage: 'customer', language: 'fi', deceased_on: null, death_recorded_at: null }],
  customer_name: [{ organisation: null }, { kind: 'trade', given: null, call_name: null, family: null }],
  contact_point: [{ channel: 'phone' }, { channel: 'email' }],
  postal_address: [{ kind: 'home' }, { kind: 'contact' }],
  accounting_point: [{ energy: 'heat' }],
  point_facts: [
    {
      energy: 'heat',
      resolution_minutes: 60,
      ...Object.fromEntries(
        ['subtype', 'grid_area', 'remote_switch', 'electric_heating', 'user_group', 'tax_class', 'netting'].map(
          (column) => [column, null],
        ),
      ),
      contract_power: null,
      calorific_value: null,
      pressure_correction: null,
      pressure_class: null,
    },
  ],
  annual_estimate: [{ energy: 'heat' }],
  meter: [{ energy: 'heat', registers: ['energy'], digits: null }],
  contract: [{ kind: 'sales', fixed_until: null, withdrawn_on: null }],
  offer: [{ fixed_until: null, after_term: null, prices: '[]', year_cost: null, state: 'accepted' }],
  product: [{ spot_area: null, spot_step: null }],
  product_price: [{ component: 'energy', unit: 'kWh' }],
  spot_day: [{ prices: [1], step: 60 }],
  contact: [{ followed_up_at: null }],
  // The walls of a day are those of who was there on it, so it is a day of the period that everybody has.
  reading_day: [{ day: '2025-03-04', step: 15, vals: packed(Int32Array.of(7)), quality: null }],
  reading_day_past: [{ day: '2025-03-04', step: 15, vals: packed(Int32Array.of(7)), quality: null }],
  heat_day: [{ day: '2025-03-04', volume: null, supply: null, back: null, replaced_at: null }],
  import_fault: [{ day: '2025-03-04' }],
  degree_days: [{ kind: 'day', month: 0, during: '[2025-03-04,2025-03-05)' }],
  temperature_day: [{ temperatures: [1], step: 1440 }],
  protection_order: [{ lifted_at: null }],
  customer_merge: [{ undone_at: null, undone_by: null }],
  customer_duplicate: [{ evidence: ['same-business-id'] }],
  import_job: [
    {
      kind: 'customers',
      state: 'done',
      position: null,
      fault_kinds: '{}',
      columns: '{}',
      data_key: null,
      key_version: null,
    },
  ],
  staff: [{ state: 'active', password_hash: null, totp_secret: null, recovery_hashes: null }],
}

/** Kept by the machinery: the log, the versions, the projections, what sessions are made of and sums of groups that tell of nobody. */
const notOurs = (table: string): boolean =>
  /^(controller|postcode|schema_\w+|register_version|access_\w+|staff_session|api_token|idempotency_key|list_export|consumption_statistic)$/.test(
    table,
  ) || tables[table]?.projection !== undefined

export type Making = {
  readonly protected?: boolean
  readonly restricted?: boolean
  readonly controllers: number
  /** Rows of one table that say something else of themselves. */
  readonly lie?: { readonly table: string } & Given
}

let count = 0
/** Letters alone, so that folding, cutting into words and typing leave it as it is; no two are near, so that no slip of the finger leads from one to another. */
const newMark = (): string => {
  count += 1
  const digest = createHash('sha256').update(`mark ${count}`).digest()
  return `qz${[...digest.subarray(0, 14)].map((byte) => String.fromCharCode(97 + (byte % 25))).join('')}`
}
/** A day that nothing else in the register knows. */
const markedDay = (): string => {
  count += 1
  return new Date(Date.UTC(1700, 0, 1) + count * 86_400_000).toISOString().slice(0, 10)
}

/** Whatever of a text may be a mark. */
export const marksIn = (text: string): ReadonlySet<string> =>
  new Set(text.toLowerCase().match(/qz[a-y]{14}|1[78]\d\d-\d\d-\d\d/g))

/** Makes them one after the other. `keys` are those of the register, so that what is sealed can be opened. */
export const everythingMaker = async (owner: Pool, keys = masterKeys([Buffer.alloc(32, 7)])) => {
  const { rows: columns } = await owner.query<Column>(catalogue)
  const byTable = Map.groupBy(columns, ({ table }) => table)
  await owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  const valueOf = (one: Column, mark: string, row: (table: string) => number | null): unknown => {
    if (one.refers === 'postcode' || one.column === 'postcode') return '15140'
    if (one.refers === 'controller' || one.column === 'controller') return 1
    // Of a day of consumption: it costs too much to have each compared.
    if (one.column === 'site_id') return row('site')
    if (one.column === 'point_id') return row('accounting_point')
    if (one.refers !== null) return row(one.refers)
    if (one.allowed !== null && one.allowed.length > 0)
      return one.type === 'text[]' ? one.allowed.slice(0, 1) : one.allowed[0]
    switch (one.type) {
      case 'text':
        return mark
      case 'text[]':
        return [mark]
      case 'jsonb':
        return JSON.stringify({ [mark]: mark })
      case 'bytea':
        return Buffer.from(mark)
      case 'date':
        return /^\d/.test(mark) ? mark : '2025-03-04'
      case 'daterange':
        return '[2024-01-01,)'
      case 'timestamp with time zone':
        return '2026-01-02T03:04:05Z'
      case 'boolean':
        return false
      default:
        return 1
    }
  }

  return async ({ controllers, lie, ...walls }: Making): Promise<Everything> => {
    const marks: Marked[] = []
    const rows = new Map<string, number>()
    const { key, ...wrapped } = await (async () => {
      const { rows: next } = await owner.query<{ id: string }>(`select nextval('customer_id_seq') as id`)
      return { ...newDataKey(keys, Number(next[0]?.id)), id: Number(next[0]?.id) }
    })()
    const person = wrapped.id
    const closed = (table: Table, given: Given): boolean =>
      walls.protected === true && !(table.walls.protected?.except !== undefined && given['kind'] === 'contact')

    const add = async (name: string, given: Given): Promise<void> => {
      const table = tables[name] as Table
      const values = new Map<string, unknown>()
      const mine: Marked[] = []
      for (const one of byTable.get(name) ?? []) {
        const { column } = one
        if (one.made && column !== 'id') continue
        const rule = table.columns[column]
        const category = rule === undefined ? undefined : categoryOf(rule)
        const mark = one.type === 'date' && category !== undefined ? markedDay() : newMark()
        if (column === 'id') {
          if (table.owner.is === 'self') values.set('id', person)
          else if (!one.made)
            values.set(
              'id',
              valueOf(one, mark, () => null),
            )
        } else if (column === ownerColumn(table)) values.set(column, person)
        else if (table.accessedBy?.includes(column)) values.set(column, rows.get('other'))
        else if (lie?.table === name && column in lie) values.set(column, lie[column])
        else if (column in given) values.set(column, given[column])
        else if (column === 'protected') values.set(column, closed(table, given))
        else if (column === 'restricted') values.set(column, walls.restricted ?? false)
        else if (column === 'controllers') values.set(column, controllers)
        else if (column === 'marketable') values.set(column, 0)
        else if (one.refers === name) values.set(column, null)
        else if (table.sealed?.includes(column)) values.set(column, seal(key, mark, `${name}|${column}|${person}`))
        else if (name === 'subject_key' && column === 'wrapped') values.set(column, wrapped.wrapped)
        else if (name === 'subject_key' && column === 'key_version') values.set(column, wrapped.key_version)
        else
          values.set(
            column,
            valueOf(one, mark, (refers) => rows.get(refers) ?? null),
          )
        const kept = values.get(column)
        if (
          category !== undefined &&
          !(column in given) &&
          JSON.stringify(kept)?.includes(mark) &&
          !(kept instanceof Buffer)
        )
          mine.push({
            mark,
            table: name,
            column,
            category,
            person,
            safe: walls.protected === true && !closed(table, given),
          })
        else if (category !== undefined && table.sealed?.includes(column))
          mine.push({ mark, table: name, column, category, person, safe: false })
      }
      const names = [...values.keys()]
      const hasId = byTable.get(name)?.some(({ column }) => column === 'id')
      try {
        const { rows: made } = await owner.query<{ id: string | Buffer }>(
          `insert into ${name} (${names.map((each) => `"${each}"`).join(', ')}) overriding system value
           values (${names.map((_, i) => `$${i + 1}`).join(', ')}) returning ${hasId ? 'id' : 'null as id'}`,
          [...values.values()],
        )
        if (!rows.has(name)) rows.set(name, Number(made[0]?.id))
      } catch (error) {
        throw new Error(
          `no row of ${name} could be made: ${(error as Error).message}; say in tests/everything.ts what its checks ask`,
          { cause: error },
        )
      }
      marks.push(...mine)
    }

    // The other party of links is a person of their own, behind no wall.
    const { rows: others } = await owner.query<{ id: string }>(
      `insert into customer (number, kind, stage, language, controllers, source, recorded_at, recorded_by)
       values ($1, 'natural', 'customer', 'fi', $2, 'test', '2026-01-01Z', 'system:test') returning id`,
      [newMark(), controllers],
    )
    rows.set('other', Number(others[0]?.id))
    for (const name of byTable.keys()) {
      if (tables[name] === undefined || notOurs(name)) continue
      for (const given of shapes[name] ?? [{}]) await add(name, given)
    }
    return { id: person, site: rows.get('site') ?? 0, marks, rows }
  }
}
