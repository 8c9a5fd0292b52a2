import assert from 'node:assert/strict'
import { test } from 'node:test'
import { capsOf, isChord, pressed } from './chords.ts'

const key = (key: string, held: { ctrl?: true; meta?: true; alt?: true; shift?: true; code?: string } = {}) => ({
  key,
  code: held.code ?? '',
  ctrlKey: held.ctrl ?? false,
  metaKey: held.meta ?? false,
  altKey: held.alt ?? false,
  shiftKey: held.shift ?? false,
})

test('a press is told in one notation, on any keyboard', () => {
  assert.equal(pressed(key('k', { ctrl: true })), 'Mod+K')
  assert.equal(pressed(key('k', { meta: true })), 'Mod+K')
  assert.equal(pressed(key('j')), 'J')
  assert.equal(pressed(key('J', { shift: true })), 'Shift+J')
  assert.equal(pressed(key('ö')), 'Ö')
  // On a Finnish keyboard both signs are made with Shift.
  assert.equal(pressed(key('/', { shift: true })), '/')
  assert.equal(pressed(key('?', { shift: true })), '?')
  assert.equal(pressed(key('Enter', { shift: true })), 'Shift+Enter')
  assert.equal(pressed(key('¡', { alt: true, code: 'Digit1' })), 'Alt+1')
  assert.equal(pressed(key('Control', { ctrl: true })), undefined)
})

test('only what holds Ctrl, Cmd or Alt works while one types', () => {
  assert.deepEqual(['Mod+K', 'Alt+1', 'Shift+J', 'J', '?', 'G C'].map(isChord), [
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})

test('keys are drawn as the machine names them', () => {
  assert.deepEqual(capsOf('Mod+K', false), [['Ctrl', 'K']])
  assert.deepEqual(capsOf('Mod+K', true), [['⌘', 'K']])
  assert.deepEqual(capsOf('G C', false), [['G'], ['C']])
  assert.deepEqual(capsOf('+', false), [['+']])
})
