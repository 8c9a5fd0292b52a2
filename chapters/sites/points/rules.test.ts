import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf, factParts } from './api.ts'
import { eicCheck, readGridArea } from './grid-area.ts'
import { bandsFault, factsFrom, keeps } from './rules.ts'

test('the check character of an EIC is that of published codes', () => {
  for (const code of ['10YFI-1--------U', '10Y1001A1001A44P', '10YNO-1--------2', '44Y-00000000160K'])
    assert.equal(eicCheck(code.slice(0, 15)), code[15], code)
})

test('a grid area has its length and characters; a check character that does not agree is only told', () => {
  assert.deepEqual(readGridArea('44y-0000 0000160K'), { code: '44Y-00000000160K', suspect: false })
  assert.deepEqual(readGridArea('44Y1001A1001A46L'), { code: '44Y1001A1001A46L', suspect: true })
  for (const wrong of [
    '',
    '44Y1001A1001A46',
    '44Y1001A1001A46LL',
    '44X1001A1001A46L',
    '44Y1001Ä1001A46L',
    '44Y1001A1001A46-',
  ])
    assert.deepEqual(readGridArea(wrong), { refused: 'grid-area.malformed' }, wrong)
})

const some = {
  subtype: 'normal',
  grid_area: '44Y-00000000160K',
  remote_switch: false,
  electric_heating: true,
  user_group: 'BE01',
  tax_class: 0,
  netting: false,
  contract_flow: 0.4,
  contract_power: 20,
  calorific_value: 11.1,
  pressure_correction: 1.02,
  pressure_class: '10 bar',
} as const
const parts = (given: object) => factParts.parse({ metering_method: 'continuous', resolution_minutes: 15, ...given })
const codes = (energy: 'electricity' | 'heat' | 'gas' | 'steam', given: object) => {
  const read = factsFrom(energy, parts(given))
  return 'faults' in read ? read.faults.map(({ path, code }) => `${path} ${code}`) : []
}

test('each column is of its own energy, and no other takes it, whether it says yes, no or nought', () => {
  for (const [of, names] of Object.entries(columnsOf))
    for (const name of names)
      for (const energy of ['electricity', 'heat', 'gas', 'steam'] as const)
        assert.deepEqual(
          codes(energy, { [name]: some[name] }),
          energy === of ? [] : [`body.${name} point-facts.other-energy`],
          `${energy} ${name}`,
        )
})

test('all that is wrong is told at once', () => {
  assert.deepEqual(
    codes('heat', { resolution_minutes: null, contract_flow: 1, contract_power: 1, grid_area: 'Lahti' }),
    [
      'body.grid_area point-facts.other-energy',
      'body.grid_area grid-area.malformed',
      'body.resolution_minutes point-facts.resolution',
      'body.contract_power point-facts.flow-and-power',
    ],
  )
  assert.deepEqual(codes('gas', { metering_method: 'reading' }), ['body.resolution_minutes point-facts.resolution'])
  assert.deepEqual(codes('gas', { metering_method: 'reading', resolution_minutes: null }), [])
})

test('electricity is the network company’s to keep, the rest the seller’s; where there is none, anyone’s', () => {
  const both = (ours: string) => ['retailer', 'network'].map((market) => ({ market, ours: market === ours }))
  const table = [
    ['electricity', both('network'), true],
    ['electricity', both('retailer'), false],
    ['heat', both('network'), false],
    ['steam', both('retailer'), true],
    ['electricity', [{ market: 'retailer', ours: true }], true],
  ] as const
  for (const [energy, companies, may] of table) assert.equal(keeps(energy, companies), may, energy)
})

test('an estimate has the bands of one time division', () => {
  const table = [
    ['electricity', ['whole'], undefined],
    ['electricity', ['night', 'day'], undefined],
    ['electricity', ['winter-day', 'other'], undefined],
    ['electricity', ['day'], 'estimate.bands'],
    ['electricity', ['day', 'other'], 'estimate.bands'],
    ['electricity', ['day', 'day'], 'estimate.bands'],
    ['heat', ['whole'], undefined],
    ['heat', ['day', 'night'], 'estimate.other-energy'],
  ] as const
  for (const [energy, bands, code] of table)
    assert.equal(bandsFault(energy, bands)?.code, code, `${energy} ${bands.join(' ')}`)
})
