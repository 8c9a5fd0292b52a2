// A second opinion: the published notice, read back from its page, turned into Cedar policies, and asked the same as PostgreSQL is. Neither the
// compiler of privileges nor the policies of rows are used here: what the page says is what the database allows, no more and no less.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { noticeHtml } from '../enforcement/notice/html.ts'
import type { Table } from '../register/table.ts'
import { categoriesOf, categoryOf, tables } from '../register/tables.ts'
import { categories } from '../register/vocabulary.ts'
import { type TestRegister, testRegister } from './database.ts'
import { everythingMaker } from './everything.ts'

const policies = `
  @id("columns read") permit (principal, action == Action::"select", resource is Category) when { principal.reads.contains(resource.id) };
  @id("columns written") permit (principal, action in [Action::"insert", Action::"update"], resource is Category) when { principal.writes.contains(resource.id) };
  @id("rows seen") permit (principal, action == Action::"see", resource is Row);
  @id("of another company") forbid (principal, action == Action::"see", resource is Row)
    when { !principal.controllers.containsAny(resource.controllers) };
  @id("protected") forbid (principal, action == Action::"see", resource is Row) when { resource.protected && principal.protected != "seen" };
  @id("restricted") forbid (principal, action == Action::"see", resource is Row) when { resource.restricted && principal.restricted != "seen" };
  @id("not to be approached") forbid (principal, action == Action::"see", resource is Row)
    when { principal.marketable && !principal.controllers.containsAny(resource.approached) };`

type Principal = {
  readonly reads: readonly string[]
  readonly writes: readonly string[]
  readonly deletes: readonly string[]
  readonly controllers: readonly string[]
  readonly protected: string
  readonly restricted: string
  readonly marketable: boolean
}

let opened: TestRegister
let principals = new Map<string, Principal>()

const attributes = (value: object): Record<string, cedar.CedarValueJson> =>
  value as Record<string, cedar.CedarValueJson>
const allows = (login: string, action: string, type: 'Category' | 'Row', id: string, row: object = { id }): boolean => {
  const [principal, resource] = [
    { type: 'Login', id: login },
    { type, id },
  ]
  const answer = cedar.statefulIsAuthorized({
    principal,
    action: { type: 'Action', id: action },
    resource,
    context: {},
    preparsedPolicySetId: 'notice',
    entities: [
      { uid: principal, attrs: attributes(principals.get(login) as Principal), parents: [] },
      { uid: resource, attrs: attributes(row), parents: [] },
    ],
  })
  if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors))
  assert.deepEqual(answer.response.diagnostics.errors, [])
  return answer.response.decision === 'allow'
}

/** By mark: `reads` → `role/purpose/category` and so on, as they stand on the page. */
const marksOf = (page: string): ReadonlyMap<string, readonly string[]> =>
  Map.groupBy(
    [...page.matchAll(/ data-([a-z-]+)="([^"]*)"/g)].flatMap(([, of = '', ids = '']) =>
      ids.split(' ').map((id) => ({ of, id })),
    ),
    ({ of }) => of,
  ) as never

before(async () => {
  opened = await testRegister()
  const { description, laws, noticeHash } = opened.register
  const page = noticeHtml({ description, laws, noticeHash, appliedAt: new Date(0), versions: [] }, 'sv')
  const marks = marksOf(page) as unknown as ReadonlyMap<string, readonly { readonly id: string }[]>
  const after_ = (of: string, start: string): readonly string[] =>
    (marks.get(of) ?? []).flatMap(({ id }) => (id.startsWith(`${start}/`) ? [id.slice(start.length + 1)] : []))
  const [retailer = '', network = ''] = (marks.get('controller') ?? []).map(({ id }) => id)
  const hats: Readonly<Record<string, readonly string[]>> = {
    retail: [retailer],
    network: [network],
    group: [retailer, network],
  }
  principals = new Map(
    (marks.get('grant') ?? []).flatMap(({ id: work }) => {
      const [role = ''] = work.split('/')
      const [worn = ''] = after_('wall', `${role}/hats`)
      return worn.split('|').flatMap((companies): [string, Principal][] => {
        const hat = Object.keys(hats).find((name) => hats[name]?.join('+') === companies) ?? companies
        const whole: Principal = {
          reads: [...after_('reads', work), ...after_('reads-writes', work)],
          writes: [...after_('writes', work), ...after_('reads-writes', work)],
          deletes: after_('deletes', work),
          controllers: companies.split('+'),
          protected: after_('wall', `${role}/protected`)[0] ?? 'unsaid',
          restricted: after_('wall', `${role}/restricted`)[0] ?? 'unsaid',
          marketable: after_('wall', `${role}/marketable`).length > 0,
        }
        const login = `${work.replace('/', '.')}.${hat}`
        const out = after_('exports', work)
        return [
          [login, whole],
          ...(out.length === 0
            ? []
            : ([
                [
                  `${login}.out`,
                  { ...whole, reads: out, writes: [], deletes: [], protected: 'hidden', restricted: 'hidden' },
                ],
              ] as const)),
        ] as [string, Principal][]
      })
    }),
  )
  const parsed = cedar.preparsePolicySet('notice', { staticPolicies: policies })
  assert.deepEqual(parsed.type, 'success', JSON.stringify(parsed))
})
after(() => opened.drop())

const projected = (table: Table): boolean => table.projection !== undefined
// Fills the projections, as the notice says of search.
const indexKeeper = 'search-index.customer-care.group'

test('the page names every login that there is, and no other', () => {
  assert.deepEqual([...principals.keys()].toSorted(), [...opened.register.bundles.keys()].toSorted())
})

const beyondColumns = async (): Promise<readonly string[]> => {
  const columns = Object.entries(tables).flatMap(([table, { columns: all }]) =>
    Object.entries(all).flatMap(([column, rule]) => {
      const category = categoryOf(rule)
      return category === undefined || (typeof rule !== 'string' && 'wall' in rule) ? [] : [{ table, column, category }]
    }),
  )
  const wrong: string[] = []
  for (const login of principals.keys()) {
    const said = new Map(
      Object.keys(categories).flatMap((category) =>
        ['select', 'insert', 'update'].map(
          (verb) => [`${verb} ${category}`, allows(login, verb, 'Category', category)] as const,
        ),
      ),
    )
    const { rows } = await opened.owner.query<{
      table: string
      column: string
      category: string
      select: boolean
      insert: boolean
      update: boolean
    }>(
      `select t.*, has_column_privilege($1, t."table", t."column", 'select') as select, has_column_privilege($1, t."table", t."column", 'insert') as insert,
              has_column_privilege($1, t."table", t."column", 'update') as update
         from jsonb_to_recordset($2::jsonb) as t ("table" text, "column" text, category text)`,
      [login, JSON.stringify(columns)],
    )
    for (const { table, column, category, ...may } of rows) {
      const declared = tables[table] as Table
      const verbs = projected(declared)
        ? (['select'] as const)
        : declared.appendOnly
          ? (['select', 'insert'] as const)
          : (['select', 'insert', 'update'] as const)
      if (projected(declared) && login === indexKeeper) continue
      for (const verb of verbs)
        if (may[verb] !== said.get(`${verb} ${category}`))
          wrong.push(`${login} ${verb} ${table}.${column}: ${may[verb]} in the database`)
    }
    const { rows: deletable } = await opened.owner.query<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and has_table_privilege($1, oid, 'delete')`,
      [login],
    )
    const deletes = new Set(principals.get(login)?.deletes)
    for (const { relname } of deletable) {
      const held = categoriesOf(tables[relname] as Table)
      if (projected(tables[relname] as Table) && login === indexKeeper) continue
      if (held.length === 0 || held.some((category) => !deletes.has(category)))
        wrong.push(`${login} deletes ${relname}`)
    }
  }
  return wrong
}

test('PostgreSQL allows each login what the page says of each category, and nothing else', async () => {
  assert.deepEqual(await beyondColumns(), [])
  for (const [grant, found] of [
    [
      'grant select (code) on identity_code to "marketing.marketing.retail"',
      'marketing.marketing.retail select identity_code.code: true in the database',
    ],
    [
      'revoke select (family) on customer_name from "billing.payment.network"',
      'billing.payment.network select customer_name.family: false in the database',
    ],
    ['grant delete on contact to "customer-service.supply.retail"', 'customer-service.supply.retail deletes contact'],
  ] as const) {
    await opened.owner.query(grant)
    assert.deepEqual(await beyondColumns(), [found])
    const back = grant.startsWith('grant')
      ? grant.replace('grant', 'revoke').replace(' to ', ' from ')
      : grant.replace('revoke', 'grant').replace(' from ', ' to ')
    await opened.owner.query(back)
  }
})

const beyondRows = async (): Promise<{ readonly asked: number; readonly wrong: readonly string[] }> => {
  const companies = (mask: number): readonly string[] =>
    opened.register.description.controllers.filter(({ bit }) => (mask & bit) !== 0).map(({ id }) => id)
  let asked = 0
  const wrong: string[] = []
  for (const [name, table] of Object.entries(tables)) {
    const { walls } = table
    if (Object.keys(walls).length === 0) continue
    const has = (column: string) => column in table.columns
    // Keys are read by whoever reads anything of the row.
    const keys = Object.entries(table.columns).flatMap(([column, rule]) =>
      typeof rule !== 'string' && 'notPersonal' in rule && rule.notPersonal === 'key' ? [`"${column}"`] : [],
    )
    const place = `concat_ws('/', ${keys.join(', ')}) as place`
    const { rows } = await opened.owner.query<Record<string, never>>(
      `select ${place}, ${walls.protected ? 'protected' : 'false'} as protected, ${walls.restricted ? 'restricted' : 'false'} as restricted,
              ${walls.controllers ? 'controllers' : has('controller') && walls.controller ? 'controller' : '3'} as mask, ${walls.marketable ? 'marketable' : '3'} as approached
         from ${name}`,
    )
    for (const login of principals.keys()) {
      const [column] = Object.entries(table.columns).flatMap(([column_, rule]) => {
        const category = categoryOf(rule)
        return category !== undefined && principals.get(login)?.reads.includes(category) ? [column_] : []
      })
      if (column === undefined) continue
      const expected = rows
        .filter(({ place: at, mask, approached, ...row }) =>
          allows(login, 'see', 'Row', `${name} ${String(at)}`, {
            ...row,
            controllers: companies(Number(mask)),
            approached: companies(Number(approached)),
          }),
        )
        .map((row) => String(row['place']))
      const { rows: seen } = await opened.register
        .pool(login)
        .query<{ place: string }>(`select ${place} from ${name} where "${column}" is null or "${column}" is not null`)
      asked += rows.length
      const found = seen.map((row) => row.place).toSorted()
      if (JSON.stringify(found) !== JSON.stringify(expected.toSorted()))
        wrong.push(`${login} sees ${found.length} of ${rows.length} rows of ${name}; the page says ${expected.length}`)
    }
  }
  return { asked, wrong }
}

test('and each row that the page says it sees, and no other', async () => {
  const make = await everythingMaker(opened.owner)
  for (const making of [
    { controllers: 3 },
    { controllers: 1 },
    { controllers: 2 },
    { controllers: 3, protected: true },
    { controllers: 1, protected: true },
    { controllers: 3, restricted: true },
    { controllers: 2, restricted: true },
    { controllers: 3, protected: true, restricted: true },
  ])
    // prettier-ignore
    await make(making)
  await opened.owner.query('select wall_marketable(array(select id from customer))')
  await opened.owner.query('select search_rebuild()')
  const { asked, wrong } = await beyondRows()
  assert.deepEqual(wrong, [])
  assert.ok(asked > 3000, `only ${asked} rows were asked for`)
  await opened.owner.query('alter table protection_order disable row level security')
  const { wrong: open } = await beyondRows()
  assert.match(
    open.join('\n'),
    /identity-desk.customer-care.retail sees \d+ of \d+ rows of protection_order; the page says \d+/,
  )
})
