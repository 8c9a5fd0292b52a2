import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meant, nameOrders, namesInPlaces, questionOf, type Question, wholeLeads } from './rules.ts'

const questions: readonly (readonly [string, Question])[] = [
  ['', {}],
  ['  ', {}],
  ['m', {}],
  ['mä', { words: ['ma'] }],
  ['Mäki-Öhman  Åke', { words: ['maki', 'ohman', 'ake'] }],
  ['Oy Lämpö Ab', { words: ['lampo'] }],
  ['oy', { words: ['oy'] }],
  ['010594Y9032', { identity_code: '010594Y9032' }],
  ['010594y 9032', { identity_code: '010594Y9032' }],
  ['010594Y9033', {}],
  ['0804847-1', { business_id: '0804847-1' }],
  ['FI08048471', { business_id: '0804847-1' }],
  ['0804847-2', {}],
  ['050 123 4567', { contact: '+358501234567' }],
  ['+358 (0)50 12', { contact: '+3585012' }],
  ['00358 50', { contact: '+35850' }],
  ['050', {}],
  ['1000123', { number: '1000123' }],
  ['15140', { number: '15140', postcode: '15140' }],
  ['02100', { contact: '+3582100', postcode: '02100' }],
  ['640000000000000011', { point: '640000000000000011' }],
  ['S-100123', { number: 'S-100123' }],
  ['Aino.M@Example.com', { contact: 'aino.m@example.com' }],
  ['Vesijärvenkatu 11 A 5', { words: ['vesijarvenkatu', '11', 'a', '5'] }],
  ["'; drop table customer; --", { words: ['drop', 'table', 'customer'] }],
]

test('a line is read as what it may be; a code with a fault asks nothing', () => {
  for (const [text, question] of questions) assert.deepEqual(questionOf(text), question, text)
})

test('words are looked for in every turn', () => {
  assert.deepEqual(nameOrders(['matti']), ['matti'])
  assert.deepEqual(nameOrders(['matti', 'aalto']), ['matti aalto', 'aalto matti'])
  assert.ok(nameOrders(['matti', 'juhani', 'aalto']).includes('aalto matti'))
})

test('a post office or postcode at either end is a place', () => {
  const isPlace = (word: string) => word === 'lahti' || word === '15140'
  assert.deepEqual(namesInPlaces(['aalto', 'lahti'], isPlace), [{ name: 'aalto', place: 'lahti' }])
  assert.deepEqual(namesInPlaces(['15140', 'aalto'], isPlace), [{ name: 'aalto', place: '15140' }])
  assert.deepEqual(namesInPlaces(['lahti'], isPlace), [])
  assert.deepEqual(
    namesInPlaces(['aalto', 'artjarvi', 'kk'], (place) => place === 'artjarvi kk'),
    [{ name: 'aalto', place: 'artjarvi kk' }],
  )
})

test('what was meant keeps numbers as they are, and never grows past its bound', () => {
  const near = (word: string) => [`${word}x`, `${word}y`, `${word}z`]
  assert.deepEqual(meant(['aalto', '15140'], near), [
    ['aaltox', '15140'],
    ['aaltoy', '15140'],
    ['aaltoz', '15140'],
  ])
  const crowded = (word: string) => (word === 'mari' ? Array.from({ length: 50 }, (_, i) => `mari${i}`) : ['aalto'])
  assert.ok(meant(['mari', 'aatlo'], crowded).some((words) => words.join(' ') === 'mari aalto'))
  assert.ok(meant(['aaa', 'bbb', 'ccc', 'ddd', 'eee', 'fff'], near, 24).length <= 24)
})

test('begun words are made whole one at a time, the others as they were typed', () => {
  const begun = (start: string, most: number) =>
    ['makela', 'makinen', 'aake'].filter((word) => word.startsWith(start)).slice(0, most)
  assert.deepEqual(wholeLeads(['mak', 'a'], begun), ['makela a', 'makinen a'])
  assert.deepEqual(wholeLeads(['aa', 'mak'], begun), ['aake mak', 'makela aa', 'makinen aa'])
  assert.deepEqual(wholeLeads(['mak'], begun), [])
  assert.deepEqual(wholeLeads(['mak', '15'], begun, 2), ['makela 15'])
})
