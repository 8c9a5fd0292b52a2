// A network officer changes what holds of a point from a day and exchanges its meter; the seller sees both and changes neither.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gs1Check } from '../../chapters/sites/index.ts'
import { clean } from '../accessible.ts'
import { eventually } from '../eventually.ts'
import { journey, type Journey } from '../journey.ts'
import { person } from '../people.ts'

let walk: Journey
let site = 0
const told = `3, 'test', '2026-01-01Z', 'system:test'`
const row = async (into: string, values: string): Promise<number> => {
  const { rows } = await walk.owner.query<{ id: string }>(
    `insert into ${into}, controllers, source, recorded_at, recorded_by) values (${values}, ${told}) returning id`,
  )
  return Number(rows[0]?.id)
}

before(async () => {
  walk = await journey()
  await walk.owner.query(
    `insert into postcode values ('15140', 'LAHTI', 'LAHTIS', '398', 'Lahti', 'Lahtis') on conflict do nothing`,
  )
  const who = await person(walk.owner, { given: 'Aino', family: 'Mittari' })
  site = await row('site (street_fi, number, postcode, use', `'Mittarikatu', '1', '15140', 'permanent-dwelling'`)
  await row('occupancy (customer_id, site_id, role, during', `${who}, ${site}, 'holder', '[2020-01-01,)'`)
  const body = `649902${'1'.padStart(11, '0')}`
  const columns = 'accounting_point (site_id, energy, code, kind, status'
  const point = await row(columns, `${site}, 'electricity', '${body}${gs1Check(body)}', 'consumption', 'connected'`)
  await row(columns, `${site}, 'heat', 'KL1', 'consumption', 'connected'`)
  await row(
    'point_facts (point_id, site_id, energy, during, metering_method, resolution_minutes, tax_class, grid_area',
    `${point}, ${site}, 'electricity', '[2020-01-01,)', 'continuous', 60, 1, '44Y1001A1001A46L'`,
  )
  const meter = await row(
    'meter (point_id, site_id, energy, kind, serial, registers, during',
    `${point}, ${site}, 'electricity', 'main', 'VANHA-1', '{energy}', '[2020-01-01,)'`,
  )
  await row(
    'meter_reading (meter_id, site_id, register, at, value, kind',
    `${meter}, ${site}, 'energy', '2020-01-01T10:00:00Z', 5000000, 'first'`,
  )
})
after(() => walk.stop())

test('facts change from a day and a meter is exchanged, each in one dialog', async () => {
  const page = await walk.at(`/desk/sites/${site}`, ['network-service'])
  const points = page.getByRole('region', { name: 'Mittaukset' })
  await points.getByText('60 min').waitFor()
  await points.getByText('Tarkistusmerkki ei täsmää').waitFor()
  await points.getByText('VANHA-1').waitFor()
  await clean(page)
  // Heat is the seller's to keep.
  await eventually(async () =>
    assert.equal(await points.getByRole('button', { name: /Vaihda mittari|Asenna mittari/ }).count(), 1),
  )

  await points.getByRole('button', { name: 'Muuta tiedot' }).click()
  const facts = page.getByRole('dialog', { name: 'Muuta tiedot' })
  await facts.getByRole('button', { name: /Mittausväli/ }).click()
  await page.getByRole('option', { name: '15 min' }).click()
  await facts.getByLabel('Verkkoalue').fill('LAHTI')
  await clean(page)
  await facts.getByRole('button', { name: 'Tallenna' }).click()
  await facts.getByText('Verkkoaluetunnuksessa on 16 merkkiä.').first().waitFor()
  await facts.getByLabel('Verkkoalue').fill('44Y-00000000160K')
  // Somebody else is quicker: both are shown, and what was typed stands.
  await walk.owner.query(`update point_facts set version = version + 1, tax_class = 2 where site_id = $1`, [site])
  await facts.getByRole('button', { name: 'Tallenna' }).click()
  await facts.getByRole('region', { name: 'Kaksi versiota' }).waitFor()
  await clean(page)
  await facts.getByRole('button', { name: 'Tallenna omasi' }).click()
  await facts.waitFor({ state: 'detached' })
  await points.getByText('15 min').waitFor()
  await points.getByText('Aiemmin', { exact: true }).click()
  await points.getByText('60 min').waitFor()

  await points.getByRole('button', { name: 'Vaihda mittari' }).click()
  const exchange = page.getByRole('dialog', { name: 'Vaihda mittari' })
  await exchange.getByLabel(/Loppulukema/).fill('4 999,5')
  await exchange.getByLabel('Mittarin numero').fill('UUSI-1')
  await exchange.getByLabel(/Alkulukema/).fill('0')
  await clean(page)
  await exchange.getByRole('button', { name: 'Kirjaa vaihto' }).click()
  await exchange.getByText('Lukema on pienempi kuin edellinen.').first().waitFor()
  await exchange.getByLabel(/Loppulukema/).fill('71234,567')
  await page.keyboard.press('Enter')
  await exchange.waitFor({ state: 'detached' })
  await points.getByText('UUSI-1').waitFor()
  await points.getByText('Aiemmat mittarit').click()
  await points.getByText(/71.234,567 kWh, loppulukema/).waitFor()
  await clean(page)
  const { rows } = await walk.owner.query<{ told: string }>(
    `select string_agg(m.serial || ' ' || r.kind || ' ' || r.value, ', ' order by r.id) as told from meter_reading r join meter m on m.id = r.meter_id`,
  )
  assert.equal(rows[0]?.told, 'VANHA-1 first 5000000, VANHA-1 last 71234567, UUSI-1 first 0')
})

test('the seller sees the meter of electricity, and changes that of heat alone', async () => {
  const page = await walk.at(`/desk/sites/${site}`, ['customer-service'])
  const points = page.getByRole('region', { name: 'Mittaukset' })
  await points.getByText('UUSI-1').waitFor()
  assert.equal(await points.getByRole('button', { name: 'Vaihda mittari' }).count(), 0)
  await eventually(async () => assert.equal(await points.getByRole('button', { name: 'Asenna mittari' }).count(), 1))
  await eventually(async () => assert.equal(await points.getByRole('button', { name: 'Lisää tiedot' }).count(), 1))
})
