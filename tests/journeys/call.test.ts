// A call by the keyboard alone: found by its number, verified, served, written up; then the next customer. In a real browser, on real PostgreSQL.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clean } from '../accessible.ts'
import { eventually } from '../eventually.ts'
import { type Journey, journey } from '../journey.ts'
import { person } from '../people.ts'

let walk: Journey
before(async () => {
  walk = await journey()
})
after(() => walk.stop())

const found = async (made: Parameters<typeof person>[1]): Promise<number> => {
  const id = await person(walk.owner, made)
  await walk.owner.query('select search_refresh(array[$1::bigint])', [id])
  return id
}
const rows = async (text: string, values: readonly unknown[]): Promise<readonly Record<string, unknown>[]> =>
  (await walk.owner.query<Record<string, unknown>>(text, [...values])).rows

test('a caller is found by number, verified, served and written up by the keyboard alone; then the next', async () => {
  const phone = '+358505559001'
  await found({ given: 'Olli', family: 'Soittaja', phone, birth_date: '1951-01-01' })
  const who = await found({ given: 'Aino', family: 'Soittaja', phone, birth_date: '1980-05-01' })
  const promised = await found({ given: 'Liisa', family: 'Luvattu' })
  await walk.owner.query(
    `insert into contact (customer_id, at, direction, channel, topics, follow_up_on, controllers, source, recorded_at, recorded_by)
     values ($1, now(), 'in', 'call', '{}', '2026-01-01', 1, 'test', now(), 'system:test')`,
    [promised],
  )
  const page = await walk.at('/desk', ['customer-service'])
  const keys = (...pressed: readonly string[]) =>
    pressed.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
  await page.getByRole('heading', { level: 1 }).waitFor()

  await keys('c')
  await page.getByRole('dialog', { name: 'Uusi puhelu' }).waitFor()
  await page.keyboard.type('050 555 9001')
  await keys('Enter')
  const ringing = page.getByRole('dialog', { name: 'Puhelu: +358505559001' })
  await ringing.getByRole('button', { name: /Aino Soittaja/ }).waitFor()
  await eventually(async () =>
    assert.equal(await ringing.getByRole('button', { name: /Soittaja/ }).count(), 2, 'all holders, not one guess'),
  )
  await clean(page)
  await keys('1')

  // The card is open because of the call, and closed to what the caller must know first.
  await page.getByRole('heading', { level: 1, name: 'Aino Soittaja' }).waitFor()
  const strip = page.getByRole('region', { name: 'Soittajan varmistus' })
  await strip.getByText('Taso 1').waitFor()
  const details = page.getByRole('region', { name: 'Yhteystiedot' })
  await details.getByText('Näkyy, kun soittaja on varmistettu.').waitFor()
  const main = (await page.getByRole('main').textContent()) ?? ''
  const [customer] = await rows('select number from customer where id = $1', [who])
  for (const hidden of [phone, 'Mallikatu', '1980', String(customer?.['number'])])
    assert.ok(!main.includes(hidden), `${hidden} is on the screen before the caller is known`)
  await clean(page)

  await keys('v')
  await page.keyboard.type(String(customer?.['number']))
  await keys('Enter')
  await strip.getByText('Asiakasnumero: oikein').waitFor()
  await strip.getByLabel('Syntymäaika').waitFor()
  await page.keyboard.type('1.5.1980')
  await keys('Enter')
  await strip.getByText('Taso 2').waitFor()
  await details.getByText(phone).waitFor()
  await clean(page)

  await details.getByRole('button', { name: /Puhelin/ }).focus()
  await keys('Enter', 'Control+a')
  await page.keyboard.type('040 555 9002')
  await keys('Enter')
  await details.getByText('+358405559002').waitFor()

  const wrap = page.getByRole('region', { name: 'Puhelun kirjaus' })
  const first = wrap.getByRole('checkbox').first()
  await keys('1')
  await eventually(async () => assert.ok(await first.isChecked()))
  await keys('p', 'h')
  await wrap.getByText('jälkityö').waitFor()
  await keys('w')
  const note = wrap.getByLabel('Mitä sovittiin?')
  await page.waitForFunction('document.activeElement.value?.includes("yhteystiedot")')
  await keys('End')
  await page.keyboard.type(' Soitetaan huomenna.')
  await clean(page)
  await eventually(async () =>
    assert.match(await note.inputValue(), /Puhelun aikana muutettu: yhteystiedot\. Soitetaan huomenna\./),
  )
  await keys('Alt+n')

  // Nobody waits on the line: the oldest promise is next, and its card opens because of it.
  await page.getByRole('heading', { level: 1, name: 'Liisa Luvattu' }).waitFor()
  await eventually(async () => assert.equal(await wrap.count(), 0))

  const [contact] = await rows('select * from contact where customer_id = $1', [who])
  assert.deepEqual([contact?.['topics'], contact?.['outcome'], contact?.['channel']], [['invoice'], 'promised', 'call'])
  const [changed] = await rows(`select source from contact_point where customer_id = $1 and value = '+358405559002'`, [
    who,
  ])
  assert.equal(changed?.['source'], 'customer-call')
  const [verified] = await rows('select * from caller_verification where customer_id = $1', [who])
  assert.deepEqual([verified?.['level'], verified?.['passed']], [2, ['customer-number', 'birth-date']])
})

test('a call that rings is shown as it rings, and the next call keeps what was written of the last', async () => {
  const phone = '+358505559003'
  const who = await found({ given: 'Reino', family: 'Rengas', phone })
  const next = await found({ given: 'Seuraava', family: 'Soittaja', phone: '+358505559004' })
  const page = await walk.at('/desk', ['customer-service'])
  await page.getByRole('heading', { level: 1 }).waitFor()
  // The telephone system is a program of its own, which calls the register over HTTP with its token.
  const token = `asiakasrekisteri_${'t'.repeat(43)}`
  await walk.owner.query(
    `insert into api_token (staff_id, name, hash, role, purpose, hat, expires_at, recorded_at, recorded_by)
     select id, 'Puhelinvaihde', $1, 'telephone-system', 'customer-care', 'retail', now() + interval '1 day', now(), 'system:test'
       from staff where state = 'active' order by id desc limit 1`,
    [walk.register.keys.digests('api-token', token)[0]],
  )
  const ring = async (number: string): Promise<void> => {
    const answer = await fetch(`${walk.address}/api/calls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ number, reference: `pbx ${number}` }),
    })
    assert.equal(answer.status, 200, await answer.text())
  }
  await ring(phone)
  await page.getByRole('button', { name: phone }).waitFor()
  await page.keyboard.press('c')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Reino Rengas/ })
    .press('Enter')
  await page.getByText('Soittaa omasta numerostaan: oikein').waitFor()
  await page.keyboard.press('w')
  await page.keyboard.type('Kesken jäänyt')
  await page.keyboard.press('Control+Enter')
  await page.keyboard.type(' mutta tallessa')
  await ring('+358505559004')
  await page.getByRole('button', { name: '+358505559004' }).press('Enter')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Seuraava Soittaja/ })
    .press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Seuraava Soittaja' }).waitFor()
  const done = await rows(
    `select i.done_at is not null as done, c.body is not null as noted, c.version from incoming_call i join contact c on c.id = i.contact_id where c.customer_id = $1`,
    [who],
  )
  assert.deepEqual([done[0]?.['done'], done[0]?.['noted'], done[0]?.['version']], [true, true, 3])
  const [hand] = await rows(
    'select done_at from incoming_call i join contact c on c.id = i.contact_id where c.customer_id = $1',
    [next],
  )
  assert.equal(hand?.['done_at'], null)
})

test('på svenska: a caller from another’s telephone is found by name, verified, noted and written up without a hand on the mouse', async () => {
  const who = await found({ given: 'Åke', family: 'Österlund', phone: '+358505559011', birth_date: '1961-03-02' })
  const promised = await found({ given: 'Siv', family: 'Utlovad', phone: '+358505559012' })
  await walk.owner.query(
    `insert into contact (customer_id, at, direction, channel, topics, follow_up_on, controllers, source, recorded_at, recorded_by)
     values ($1, now(), 'in', 'call', '{}', '2026-01-02', 1, 'test', now(), 'system:test')`,
    [promised],
  )
  // Nobody else waits, so that who comes next is known.
  await walk.owner.query(
    'update contact set followed_up_at = now() where follow_up_on is not null and customer_id <> $1',
    [promised],
  )
  const page = await walk.at('/desk', ['customer-service'], { locale: 'sv-FI' })
  await page.evaluate(`localStorage.setItem('asiakasrekisteri.preferences', JSON.stringify({ language: 'sv' }))`)
  await page.reload()
  const { keyboard } = page
  /** Someone who sees no pointer knows where they are: something holds the focus, and shows it. */
  const standsAt = (name: string): Promise<void> =>
    page
      .getByLabel(name)
      .or(page.getByRole('heading', { level: 1, name }))
      .and(page.locator(':focus'))
      .waitFor()
  await page.getByRole('heading', { level: 1, name: /^Hej/ }).waitFor()

  await keyboard.press('c')
  await standsAt('Numret som samtalet kommer från')
  await keyboard.type('050 555 9099')
  await keyboard.press('Enter')
  await page.getByText('Ingen som du får se har numret.').waitFor()
  await standsAt('Någon annan: sök på namn eller nummer')
  await keyboard.type('österlund åke')
  await page.getByRole('option', { name: /Åke Österlund/ }).waitFor()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')

  await page.getByRole('heading', { level: 1, name: 'Åke Österlund' }).waitFor()
  const strip = page.getByRole('region', { name: 'Verifiering av den som ringer' })
  await strip.getByText('Nivå 1').waitFor()
  const [customer] = await rows('select number from customer where id = $1', [who])
  await keyboard.press('v')
  await standsAt('Kundnummer')
  await keyboard.type(String(customer?.['number']))
  await keyboard.press('Enter')
  await strip.getByText('Kundnummer: rätt').waitFor()
  await standsAt('Födelsetid')
  await keyboard.type('2.3.1961')
  await keyboard.press('Enter')
  await strip.getByText('Nivå 2').waitFor()
  await page.getByRole('region', { name: 'Kontaktuppgifter' }).getByText('+358505559011').waitFor()
  await clean(page, 'verifierad')

  // A topic is one key, the first letter of the note another, and the next customer a third, also out of the text.
  await keyboard.press('1')
  await keyboard.press('w')
  await standsAt('Vad kom ni överens om?')
  await keyboard.type('Frågade om räkningen på svenska.')
  await keyboard.press('Alt+n')

  await page.getByRole('heading', { level: 1, name: 'Siv Utlovad' }).waitFor()
  await page.getByText('Samtalet antecknat: Åke Österlund').waitFor()
  await standsAt('Siv Utlovad')
  const [contact] = await rows('select topics, body is not null as noted from contact where customer_id = $1', [who])
  assert.deepEqual({ ...contact }, { topics: ['invoice'], noted: true })
})
