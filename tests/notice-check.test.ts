// The notice linter as a command: what it prints, and its exit codes.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'notice-'))
after(() => rmSync(folder, { recursive: true }))

const check = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'notice-check.ts'), ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}
const file = (name: string, text: string | Buffer) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

test('the shipped register: nothing found, exit 0', () => {
  assert.deepEqual(check('register.yaml'), { status: 0, stdout: 'no findings\n', stderr: '' })
})

test('the example: findings with place, law and day, exit 1', () => {
  const { status, stdout } = check('examples/lahti-energia-2022.yaml', '--language', 'fi')
  assert.equal(status, 1)
  assert.match(stdout, /^examples\/lahti-energia-2022\.yaml:\d+:\d+ outdated\.privacy-shield$/m)
  assert.match(stdout, /ei ole ollut voimassa 2020-07-16 alkaen/)
  assert.match(stdout, /^\d+ findings\n$/m)
})

test('for programs: a list of findings', () => {
  const { status, stdout } = check('examples/lahti-energia-2022.yaml', '--json')
  const [first] = JSON.parse(stdout) as { code: string }[]
  assert.equal(status, 1)
  assert.deepEqual(Object.keys(first ?? {}), ['code', 'message', 'path', 'line', 'column', 'law', 'cite', 'since'])
})

test('help: exit 0', () => {
  const { status, stdout } = check('--help')
  assert.equal(status, 0)
  assert.match(stdout, /^npm run notice:check -- FILE/)
})

const unusable: readonly (readonly [what: string, args: () => string[], says: RegExp])[] = [
  ['no file', () => [], /give one file/],
  ['two files', () => ['register.yaml', 'register.yaml'], /give one file/],
  ['an unknown switch', () => ['register.yaml', '--quick'], /--quick/],
  ['an unknown language', () => ['register.yaml', '--language', 'de'], /give one of fi, sv, en/],
  ['a day that does not exist', () => ['register.yaml', '--date', '2026-02-30'], /give a day, YYYY-MM-DD/],
  ['a file that is not there', () => ['nowhere.yaml'], /nowhere\.yaml: no such file/],
  ['a folder', () => [folder], /cannot be read/],
  ['a PDF', () => [file('notice.pdf', Buffer.from('%PDF-1.7 \xff', 'latin1'))], /not text in UTF-8/],
  ['a kind that it does not know', () => [file('notice.json', '{}')], /give one that ends in \.yaml/],
  ['nothing', () => [file('empty.txt', ' \n')], /is empty/],
  [
    'broken YAML',
    () => [file('broken.yaml', 'name: [1\nother: 2\n')],
    /broken\.yaml:\d+:\d+ the file is not valid YAML/,
  ],
  ['YAML without keys', () => [file('list.yaml', '- one\n')], /no keys at its top/],
]
for (const [what, args, says] of unusable)
  test(`cannot be used: ${what}, exit 2`, () => {
    const { status, stdout, stderr } = check(...args())
    assert.equal(status, 2)
    assert.equal(stdout, '')
    assert.match(stderr, says)
  })
