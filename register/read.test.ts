import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { changed } from '../tests/changed.ts'
import { anchors, type Law } from './description.ts'
import { endedOn, figure, holds } from './law.ts'
import { lawFile, loadRegister, readRegister } from './read.ts'
import { categories, purposes } from './vocabulary.ts'

const registerFile = join(import.meta.dirname, '..', 'register.yaml')
const registerText = readFileSync(registerFile, 'utf8')
const lawText = readFileSync(lawFile, 'utf8')
const day = '2026-11-24'
const files = { register: 'register.yaml', law: 'law.yaml' }

const shipped = () => {
  const reading = readRegister(registerText, lawText, files, day)
  if ('faults' in reading) assert.fail(JSON.stringify(reading.faults, null, 2))
  return reading
}

describe('the shipped register', () => {
  test('has no fault, and is read into the declaration', () => {
    const { description, laws } = shipped()
    assert.deepEqual(Object.keys(description.categories).toSorted(), Object.keys(categories).toSorted())
    assert.deepEqual(Object.keys(description.purposes).toSorted(), purposes.toSorted())
    assert.deepEqual(
      description.controllers.map(({ id, bit }) => [id, bit]),
      [
        ['lahti-energia', 1],
        ['lahti-energia-sahkoverkko', 2],
      ],
    )
    assert.ok(laws.every((law) => law.verified || law.note))
  })

  test('turns the deadlines that it names into their figures', () => {
    const { description } = shipped()
    const voucher = description.retention.find((rule) => rule.category === 'name' && rule.purpose === 'payment')
    assert.deepEqual(
      [voucher?.period, voucher?.anchor, voucher?.rounding],
      ['P6Y', 'financial-year-end', 'end-of-year'],
    )
    assert.ok(description.retention.every((rule) => /^P\d+[YMD]$/.test(rule.period) && anchors.includes(rule.anchor)))
  })

  test('opens protected addresses to named roles alone, and identity codes to few', () => {
    const { roles } = shipped().description
    const persons = roles.filter((role) => !role.system)
    assert.deepEqual(
      persons.filter((role) => role.rows.protected !== 'hidden').map((role) => [role.id, role.rows.protected]),
      [
        ['identity-desk', 'one-at-a-time'],
        ['rights-desk', 'one-at-a-time'],
      ],
    )
    const reads = (id: string) =>
      Object.values(roles.find((role) => role.id === id)?.purposes ?? {}).flatMap((may) => may?.reads ?? [])
    assert.ok(!reads('customer-service').includes('identity-code'))
    assert.ok(!reads('search-index').includes('subject-key'), 'the search index compares codes and never reads one')
    assert.deepEqual(
      persons.filter((role) => reads(role.id).includes('import-row')).map((role) => role.id),
      ['market-exchange'],
    )
    assert.deepEqual(reads('administrator'), ['staff-identity'])
  })

  test('falls as soon as the law that it rests on ends', () => {
    const { text } = changed(lawText, ['  cite: (EU) 2021/914\n', '  cite: (EU) 2021/914\n  validTo: 2026-12-31\n¦'])
    assert.ok(!('faults' in readRegister(registerText, text, files, '2026-12-31')))
    const reading = readRegister(registerText, text, files, '2027-01-01')
    assert.ok('faults' in reading)
    assert.deepEqual(
      reading.faults.map(({ code, path }) => [code, path]),
      [['law.ended', 'recipients.mailchimp.transfer.tool']],
    )
  })
})

describe('from disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'register-'))
  test.after(() => rmSync(folder, { recursive: true }))

  test('the shipped file is found beside package.json', () => {
    assert.equal(loadRegister(registerFile).description.version, '2026.1')
  })

  test('all faults come in one error', () => {
    const file = join(folder, 'register.yaml')
    writeFileSync(file, registerText.replace('country: US', 'country: USA').replace('market: network', 'market: net'))
    assert.throws(
      () => loadRegister(file),
      /has 2 faults:\n.*register\.yaml:\d+:\d+ controllers\..*\n.*register\.yaml:\d+:\d+ recipients\./,
    )
  })

  test('a file that is not there is named', () => {
    assert.throws(
      () => loadRegister(join(folder, 'nowhere.yaml')),
      /nowhere\.yaml cannot be read; give the path .* REGISTER_FILE/,
    )
  })
})

test('a figure is had on a day on which it holds, and never guessed', () => {
  const { laws } = shipped()
  assert.equal(figure(laws, 'answer-period', day), 'P1M')
  assert.throws(() => figure(laws, 'answer-period', '2018-05-24'), /does not hold on 2018-05-24/)
  assert.throws(() => figure(laws, 'answers', day), /has no figure answers/)
})

test('a source holds through its last day', () => {
  const law = { validFrom: '2016-07-12', validTo: '2020-02-29' } as Law
  assert.deepEqual(
    ['2016-07-11', '2016-07-12', '2020-02-29', '2020-03-01'].map((one) => holds(law, one)),
    [false, true, true, false],
  )
  assert.equal(endedOn(law), '2020-03-01')
})
