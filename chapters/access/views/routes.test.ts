import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { emptied, type TestRegister, testRegister } from '../../../tests/database.ts'
import { type Served, served, staffIn } from '../../../tests/served.ts'
import { artificialIdentityCode } from '../../customers/index.ts'
import * as api from './api.ts'
import { forgetViews } from './forgetting.ts'
import { viewRoutes } from './routes.ts'

let opened: TestRegister
let desk: Served
before(async () => {
  opened = await testRegister()
  desk = await served(opened.register, viewRoutes)
})
afterEach(() => emptied(opened.owner))
after(async () => {
  await desk.server.close()
  await opened.drop()
})

const staff = async (login: string, role: string) => {
  const { rows } = await opened.owner.query<{ id: string }>(
    `insert into staff (login, name, unit, language, state, recorded_at, recorded_by)
     values ($1, $2, 'Asiakaspalvelu', 'fi', 'active', '2026-01-01Z', 'system:test') returning id`,
    [login, `Testi ${login}`],
  )
  return staffIn(role, 'retail', Number(rows[0]?.id))
}
const address = '/desk/queue?topic=invoice&due=overdue'
const save = (who: ReturnType<typeof staffIn>, name: string, shared = false) =>
  desk.ask(who, api.saveView, { body: { name, address, shared } })
const names = async (who: ReturnType<typeof staffIn>) =>
  (await desk.ask(who, api.listViews, {})).output.map(({ name, own, by }) => [name, own, by])

test('a view is one’s own, or seen by all who wear the role', async () => {
  const [one, two, other] = [
    await staff('yksi', 'customer-service'),
    await staff('kaksi', 'customer-service'),
    await staff('kolme', 'billing'),
  ]
  await save(one, 'Oma')
  await save(one, 'Yhteinen', true)
  assert.deepEqual(await names(one), [
    ['Oma', true, 'Testi yksi'],
    ['Yhteinen', true, 'Testi yksi'],
  ])
  assert.deepEqual(await names(two), [['Yhteinen', false, 'Testi yksi']])
  assert.deepEqual(await names(other), [])
  assert.deepEqual(await names(staffIn('billing', 'retail', one.staff_id ?? 0)), await names(one))
})

test('it is renamed, shared, removed and brought back by its owner alone', async () => {
  const [one, two] = [await staff('yksi', 'customer-service'), await staff('kaksi', 'customer-service')]
  const { output: made } = await save(one, 'Laskut', true)
  const params = { view_id: made.id }
  for (const [endpoint, asked] of [
    [api.changeView, { params, body: { name: 'Minun' } }],
    [api.removeView, { params }],
    [api.restoreView, { params }],
  ] as const)
    assert.equal((await desk.ask(two, endpoint, asked as never)).problem.code, 'view.unknown')
  const { output } = await desk.ask(one, api.changeView, { params, body: { name: 'Vanhat laskut' } })
  assert.deepEqual([output.name, output.shared, output.address], ['Vanhat laskut', true, address])
  assert.equal((await desk.ask(one, api.changeView, { params, body: { shared: false } })).output.shared, false)
  assert.deepEqual(await names(two), [])
  assert.equal((await desk.ask(one, api.removeView, { params })).status, 200)
  assert.equal((await desk.ask(one, api.removeView, { params })).problem.code, 'view.unknown')
  assert.deepEqual(await names(one), [])
  assert.equal((await desk.ask(one, api.restoreView, { params })).status, 200)
  assert.deepEqual(await names(one), [['Vanhat laskut', true, 'Testi yksi']])
  assert.equal((await save(one, 'Vanhat laskut')).problem.code, 'saved-view.overlaps')
  assert.ok(desk.lines().some(({ endpoint, actor }) => endpoint === 'save a view' && actor === one.handle))
})

test('what leads elsewhere, or holds an identity code, is not kept', async () => {
  const one = await staff('yksi', 'customer-service')
  const kept = async (to: string) =>
    (await desk.ask(one, api.saveView, { body: { name: 'x', address: to, shared: false } })).problem.code
  for (const to of [
    'https://example.com/desk/queue',
    '//example.com',
    '/desk/queue/../sign-in',
    '/desk/customers/1',
    'javascript:alert(1)',
    '/desk/queue?a=<b>',
    '/desk/queueing',
  ])
    assert.equal(await kept(to), 'view.no-page', to)
  const code = artificialIdentityCode('1980-05-01', 900)
  for (const text of [code, `Mallinen ${code.toLowerCase()}`, '010180-900X'])
    assert.equal(await kept(`/desk/search?${new URLSearchParams({ text })}`), 'view.identity-code', text)
  assert.equal(
    await kept(`/desk/search?${new URLSearchParams({ text: 'Mäkinen Lahti', stage: 'customer' })}`),
    undefined,
  )
})

test('what is typed into a search stays with the one who typed it', async () => {
  const one = await staff('yksi', 'customer-service')
  const named = `/desk/search?${new URLSearchParams({ text: 'Mäkinen Lahti', stage: 'customer' })}`
  const save_ = (to: string, shared: boolean, name: string) =>
    desk.ask(one, api.saveView, { body: { name, address: to, shared } })
  assert.equal((await save_(named, true, 'a')).problem.code, 'view.shared-words')
  assert.equal((await save_('/desk/search?other=M%C3%A4kinen', true, 'a')).problem.code, 'view.shared-words')
  assert.equal((await save_('/desk/search?text=&stage=customer', true, 'a')).status, 200)
  const { output } = await save_(named, false, 'b')
  const shared = await desk.ask(one, api.changeView, { params: { view_id: output.id }, body: { shared: true } })
  assert.deepEqual([shared.status, shared.problem.code], [422, 'view.shared-words'])
})

test('a view that nobody opens goes with its period, one that was removed in a day, and all of who leaves at once', async () => {
  const [one, two] = [await staff('yksi', 'customer-service'), await staff('kaksi', 'customer-service')]
  const ids = new Map<string, number>()
  for (const [who, name, shared] of [
    [one, 'unused', false],
    [one, 'used by another', true],
    [one, 'removed', false],
    [two, 'of two', false],
  ] as const)
    ids.set(name, (await save(who, name, shared)).output.id)
  const left = async () =>
    (await opened.owner.query<{ name: string }>('select name from saved_view order by name')).rows.map(
      ({ name }) => name,
    )
  const at = (days: number) => new Date(Date.parse('2026-11-24T08:00:00Z') + days * 86_400_000)
  const idOf = (name: string) => ({ params: { view_id: ids.get(name) ?? 0 } })

  await opened.owner.query("update saved_view set used_at = '2026-10-01Z' where name <> 'of two'")
  assert.equal((await desk.ask(two, api.useView, idOf('used by another'))).status, 200)
  assert.equal((await desk.ask(two, api.useView, idOf('unused'))).status, 200, 'what is not theirs is not told')
  await desk.ask(one, api.removeView, idOf('removed'))
  assert.equal(await forgetViews(opened.register, at(0)), 0)
  assert.equal(await forgetViews(opened.register, at(1)), 1)
  assert.deepEqual(await left(), ['of two', 'unused', 'used by another'])
  // Three months after the first of October, and not a day before.
  assert.equal(await forgetViews(opened.register, new Date('2026-12-31T23:59:59Z')), 0)
  assert.equal(await forgetViews(opened.register, new Date('2027-01-01T00:00:00Z')), 1)
  assert.deepEqual(await left(), ['of two', 'used by another'])
  await opened.owner.query("update staff set state = 'ended' where login = 'yksi'")
  assert.equal(await forgetViews(opened.register, at(2)), 1)
  assert.deepEqual(await left(), ['of two'])
})

test('who is not signed in has no views', async () => {
  assert.equal((await desk.ask(undefined, api.listViews, {})).status, 401)
  assert.equal(
    (await desk.ask({ ...staffIn('customer-service', 'retail'), staff_id: null }, api.listViews, {})).status,
    401,
  )
})
