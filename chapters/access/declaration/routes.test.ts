import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { tables } from '../../../register/tables.ts'
import { type TestRegister, testRegister } from '../../../tests/database.ts'
import { type Served, served, staffIn } from '../../../tests/served.ts'
import * as api from './api.ts'
import { declarationRoutes } from './routes.ts'

let opened: TestRegister
let http: Served
const officer = staffIn('data-protection-officer', 'group')

before(async () => {
  opened = await testRegister()
  const routes = declarationRoutes(opened.register, () => routes)
  http = await served(opened.register, routes)
})
after(async () => {
  await http.server.close()
  await opened.drop()
})

test('the declaration is what is enforced', async () => {
  const { output } = await http.ask(officer, api.readDeclaration, {})
  const bundles = output.roles.flatMap(({ id, hats, access }) =>
    access.flatMap(({ purpose, reads, exports }) =>
      Object.keys(hats).flatMap((hat) => [
        [`${id}.${purpose}.${hat}`, new Set(reads)] as const,
        ...(exports.length === 0 ? [] : [[`${id}.${purpose}.${hat}.out`, new Set(exports)] as const]),
      ]),
    ),
  )
  assert.deepEqual(
    new Map(bundles),
    new Map([...opened.register.bundles].map(([login, { reads }]) => [login, new Set<string>(reads)])),
  )
  assert.equal(output.categories.find(({ id }) => id === 'identity-code')?.strict, true)
  assert.equal(output.noticeHash, opened.register.noticeHash)
})

test('each column that tells of a person stands under its category, each right rests on a purpose with its law', async () => {
  const { output } = await http.ask(officer, api.readDeclaration, {})
  const told = output.categories.flatMap(({ id, tables: where }) =>
    where.flatMap(({ table, columns }) => columns.map((column) => `${id} ${table}.${column}`)),
  )
  const declared = Object.entries(tables).flatMap(([table, { columns }]) =>
    Object.entries(columns).flatMap(([column, rule]) =>
      typeof rule === 'string'
        ? [`${rule} ${table}.${column}`]
        : 'wall' in rule
          ? [`${rule.wall} ${table}.${column}`]
          : [],
    ),
  )
  assert.deepEqual(told.toSorted(), declared.toSorted())
  const purposes = new Map(output.purposes.map((one) => [one.id, one]))
  for (const { id, access } of output.roles)
    for (const { purpose } of access) assert.ok((purposes.get(purpose)?.bases.length ?? 0) > 0, `${id} ${purpose}`)
  const laws = [
    ...output.purposes.flatMap(({ bases }) => bases.map(({ law }) => law)),
    ...output.categories.flatMap(({ retention }) => retention.map(({ law }) => law)),
  ]
  for (const law of laws) assert.ok(output.laws[law] !== undefined, law)
  assert.deepEqual(
    output.actions.map(({ id, label }) => [id, label.fi]),
    [
      ['go on from a restored access log', 'käyttölokin jatkaminen varmuuskopiosta'],
      ['make look-up marks anew under a new master key', 'hakutunnisteiden teko uuden pääavaimen alle'],
      ['see the declaration', 'selosteen katselu taulukkona'],
    ],
  )
})

test('the declaration is shown to those who answer for it, not to those whom it binds', async () => {
  assert.equal((await http.ask(staffIn('administrator', 'group'), api.readDeclaration, {})).status, 200)
  assert.equal((await http.ask(staffIn('customer-service', 'retail'), api.readDeclaration, {})).status, 403)
  assert.equal((await http.ask(undefined, api.readDeclaration, {})).status, 401)
})
