import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as rules from './rules.ts'

const today = '2026-11-24'
const [mover, spouse, stranger] = [1, 2, 3]
const mine = new Set([mover])
const open = { from: '2020-01-01', to: null }
const part = (customer_id: number, role = 'holder', during: rules.Period = open) => ({ customer_id, role, during })
const held = (given: Partial<rules.Held> = {}): rules.Held => ({
  id: 7,
  kind: 'sales',
  energy: 'electricity',
  point_id: 70,
  during: open,
  fixed_until: null,
  parties: [part(mover)],
  ...given,
})
const told = (refusals: readonly rules.Refusal[]) => refusals.map(({ code, earliest }) => [code, earliest])

test('one leaves and another comes on one day: the day is the new one’s, with neither gap nor overlap', () => {
  const [out, into] = [
    { from: '2020-01-01', to: today },
    { from: today, to: null },
  ]
  for (const day of ['2026-11-23', today, '2026-11-25'])
    assert.equal([out, into].filter((stay) => rules.runsOn(stay, day)).length, 1, day)
  assert.equal(rules.runsOn(into, today), true)
})

test('what becomes of a contract: proposed first, and what else may be chosen', () => {
  const alone = { day: today, mine, livesOn: new Set<number>() }
  const together = { ...alone, livesOn: new Set([spouse]) }
  const both = [part(mover), part(spouse, 'co-holder')]
  const table = [
    ['alone', held(), alone, false, ['ends', 'remains'], null],
    ['into a home with the same energy', held(), alone, true, ['moves', 'ends', 'remains'], null],
    ['a network contract is made anew', held({ kind: 'network' }), alone, true, ['ends', 'remains'], null],
    ['the spouse lives on', held({ parties: both }), together, true, ['passes', 'moves', 'ends', 'remains'], null],
    ['the spouse has left before', held({ parties: both }), alone, false, ['ends', 'remains'], null],
    ['who lives on is no party', held(), together, false, ['ends', 'remains'], null],
    [
      'who lives on pays alone',
      held({ parties: [part(mover), part(spouse, 'payer')] }),
      together,
      false,
      ['ends', 'remains'],
      null,
    ],
    ['a connection goes with the property', held({ kind: 'connection', point_id: null }), alone, true, [], 'property'],
    ['it begins on the day', held({ during: { from: today, to: null } }), alone, true, [], 'not-begun'],
    [
      'it is paid for somebody else',
      held({ parties: [part(stranger), part(mover, 'payer')] }),
      alone,
      true,
      [],
      'payer',
    ],
  ] as const
  for (const [name, contract, leaving, follows, choices, untouched] of table)
    assert.deepEqual(rules.choicesOf(contract, leaving, follows), { choices, untouched }, name)
})

test('leaving is refused with the reason, and the earliest day that works', () => {
  const asked = { day: today, end: today, stay: open, isCompany: false, today }
  const ending = { ...held(), fate: 'ends' as const }
  const fixed = { ...ending, fixed_until: '2027-06-01' }
  const heat = { ...ending, energy: 'heat' as const }
  const table = [
    ['today', asked, [ending], []],
    ['in the future', { ...asked, day: '2027-01-31', end: '2027-01-31' }, [ending], []],
    ['on the day they came', { ...asked, stay: { from: today, to: null } }, [], [['move.before-stay', '2026-11-25']]],
    ['a day later than they came', { ...asked, stay: { from: '2026-11-23', to: null } }, [], []],
    [
      'gone before',
      { ...asked, stay: { from: '2020-01-01', to: '2026-11-01' } },
      [],
      [['move.left-already', '2026-11-01']],
    ],
    ['gone on that day already', { ...asked, stay: { from: '2020-01-01', to: today } }, [], []],
    [
      'told afterwards: electricity',
      { ...asked, day: '2026-11-20', end: '2026-11-20' },
      [ending],
      [['move.end-past', today]],
    ],
    ['told afterwards: it ends today', { ...asked, day: '2026-11-20' }, [ending], []],
    ['told afterwards: heat', { ...asked, day: '2026-11-20', end: '2026-11-20' }, [heat], []],
    [
      'told afterwards: nothing ends',
      { ...asked, day: '2026-11-20', end: '2026-11-20' },
      [{ ...ending, fate: 'remains' as const }],
      [],
    ],
    [
      'it would end before they leave',
      { ...asked, day: '2026-12-31' },
      [ending],
      [['move.end-before-leaving', '2026-12-31']],
    ],
    [
      'it has only begun',
      asked,
      [{ ...ending, during: { from: today, to: null } }],
      [['move.before-contract', '2026-11-25']],
    ],
    ['a consumer’s fixed term', asked, [fixed], []],
    ['a company’s fixed term', { ...asked, isCompany: true }, [fixed], [['move.fixed-term', '2027-06-01']]],
    ['on the day it runs out', { ...asked, day: '2027-06-01', end: '2027-06-01', isCompany: true }, [fixed], []],
    ['a company’s, that moves along', { ...asked, isCompany: true }, [{ ...fixed, fate: 'moves' as const }], []],
    ['a company’s, that is over', { ...asked, isCompany: true }, [{ ...fixed, fixed_until: '2026-01-01' }], []],
  ] as const
  for (const [name, given, contracts, refused] of table)
    assert.deepEqual(told(rules.leaveRefusals(given, contracts)), refused, name)
})

test('where a contract comes to stand: it waits for who has one, and ends that of who has left', () => {
  const nobody = new Set<number>()
  const at = { point_id: 70, kind: 'sales' as const }
  const theirs = held({ parties: [part(stranger)] })
  const ends = { ...theirs, during: { from: '2020-01-01', to: '2026-12-01' } }
  const starts = { ...theirs, id: 8, during: { from: '2027-01-01', to: null } }
  const standing = (served: readonly rules.Held[], lives: ReadonlySet<number>, day = today) => {
    const { to, former, blocking } = rules.placeOf(at, day, served, lives, mine)
    return [to, former?.id, blocking?.id]
  }
  const table = [
    ['nothing runs', standing([], nobody), [null, undefined, undefined]],
    ['who had it has left', standing([theirs], nobody), [null, 7, undefined]],
    ['who has it lives on', standing([theirs], new Set([stranger])), [null, undefined, 7]],
    ['who lives there is another', standing([theirs], new Set([spouse])), [null, 7, undefined]],
    ['it ends later', standing([ends], nobody), [null, undefined, 7]],
    ['it ends that day', standing([ends], nobody, '2026-12-01'), [null, undefined, undefined]],
    ['the next begins later', standing([starts], nobody), ['2027-01-01', undefined, undefined]],
    ['both', standing([ends, starts], nobody), ['2027-01-01', undefined, 7]],
    ['it begins that day', standing([{ ...theirs, during: { from: today, to: null } }], nobody), [null, undefined, 7]],
    ['one’s own', standing([held()], nobody), [null, undefined, 7]],
    ['of another kind', standing([{ ...theirs, kind: 'network' }], nobody), [null, undefined, undefined]],
    ['at another point', standing([{ ...theirs, point_id: 71 }], nobody), [null, undefined, undefined]],
    [
      'who only pays lives on',
      standing([{ ...theirs, parties: [part(stranger), part(spouse, 'payer')] }], new Set([spouse])),
      [null, 7, undefined],
    ],
  ] as const
  for (const [name, found, expected] of table) assert.deepEqual(found, expected, name)
})

test('entering is refused with the reason, and the earliest day that works', () => {
  const asked = {
    day: today,
    from: today,
    stays: [],
    isSameHome: false,
    today,
    switchOn: '2026-12-08',
    othersHold: false,
  }
  const begin = { path: 'enter.made.0.point_id', point_id: 70, kind: 'sales' as const, energy: 'electricity' as const }
  const free = { ...begin, to: null, former: undefined, blocking: undefined }
  const ends = { ...free, blocking: held({ during: { from: '2020-01-01', to: '2026-12-01' } }) }
  const table = [
    ['today', asked, [free], []],
    ['without a contract, told afterwards', { ...asked, day: '2026-01-01', from: '2026-01-01' }, [], []],
    [
      'told afterwards: electricity',
      { ...asked, day: '2026-11-01', from: '2026-11-01' },
      [free],
      [['move.begin-past', today]],
    ],
    ['told afterwards: it begins today', { ...asked, day: '2026-11-01' }, [free], []],
    [
      'told afterwards: heat',
      { ...asked, day: '2026-11-01', from: '2026-11-01' },
      [{ ...free, energy: 'heat' as const }],
      [],
    ],
    ['before they come', { ...asked, day: '2026-12-31' }, [free], [['move.begin-before-entering', '2026-12-31']]],
    ['into the home that is left', { ...asked, isSameHome: true, stays: [open] }, [], [['move.same-home', null]]],
    ['they live there', { ...asked, stays: [open] }, [], [['move.lives-there', null]]],
    [
      'they live there until',
      { ...asked, stays: [{ from: '2020-01-01', to: '2026-12-01' }] },
      [],
      [['move.lives-there', '2026-12-01']],
    ],
    ['they lived there once', { ...asked, stays: [{ from: '2020-01-01', to: '2021-01-01' }] }, [], []],
    [
      'others live on: a change of supplier',
      { ...asked, othersHold: true },
      [free],
      [['move.switch-notice', '2026-12-08']],
    ],
    ['after the notice', { ...asked, from: '2026-12-08', othersHold: true }, [free], []],
    ['others live on: network', { ...asked, othersHold: true }, [{ ...free, kind: 'network' as const }], []],
    ['others live on: heat', { ...asked, othersHold: true }, [{ ...free, energy: 'heat' as const }], []],
    ['who has left had it', { ...asked, othersHold: true }, [{ ...free, former: held() }], []],
    ['a contract ends later', asked, [ends], [['move.served', '2026-12-01']]],
    ['a contract of who lives on', asked, [{ ...free, blocking: held() }], [['move.served', null]]],
  ] as const
  for (const [name, given, begins, refused] of table)
    assert.deepEqual(told(rules.enterRefusals(given, begins)), refused, name)
})

test('who pays in between is told for each point', () => {
  const old = (given: object) => [{ ...held(), fate: 'ends' as const, untouched: null, ends: today, ...given }]
  const said = (all: readonly rules.Pays[]) => all.map(({ who, from, to }) => [who, from, to])
  const after = (contracts: ReturnType<typeof old>, all: readonly rules.Held[] = []) =>
    said(rules.paysAfter(today, contracts, all))
  const next = held({ id: 9, during: { from: today, to: null } })
  const later = held({ id: 9, during: { from: '2026-12-24', to: null } })
  const points = [{ id: 70, energy: 'electricity' as const }]
  const begin = { path: '', point_id: 70, kind: 'sales' as const, energy: 'electricity' as const }
  const before = (day: string, from: string, begins: readonly rules.Begin[], served: readonly rules.Held[]) =>
    said(rules.paysBefore(day, from, points, begins, served))
  const table = [
    ['nobody follows', after(old({})), [['nobody', today, null]]],
    ['another follows on the day', after(old({}), [next]), []],
    ['another follows later', after(old({}), [later]), [['nobody', today, '2026-12-24']]],
    [
      'it runs on a while',
      after(old({ ends: '2026-12-01' })),
      [
        ['customer', today, '2026-12-01'],
        ['nobody', '2026-12-01', null],
      ],
    ],
    ['it is kept', after(old({ fate: 'remains', ends: null })), [['customer', today, null]]],
    ['it passes to who lives on', after(old({ fate: 'passes', ends: null })), []],
    ['it is not touched', after(old({ fate: 'remains', untouched: 'payer', ends: null })), []],
    ['it begins on the day', before(today, today, [begin], []), []],
    ['it begins later', before('2026-11-01', today, [begin], []), [['nobody', '2026-11-01', today]]],
    [
      'it begins later, the former runs',
      before('2026-11-01', today, [begin], [held()]),
      [['former', '2026-11-01', today]],
    ],
    ['none begins', before(today, today, [], []), [['nobody', today, null]]],
    ['none begins until', before(today, today, [], [later]), [['nobody', today, '2026-12-24']]],
    ['one runs', before(today, today, [], [held()]), []],
  ] as const
  for (const [name, found, expected] of table) assert.deepEqual(found, expected, name)
})
