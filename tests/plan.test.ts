// The plan of the house: rooms import only from rooms to their left, chapters are entered by their doors, and names are mirrored.
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { test } from 'node:test'
import { parseSync, Visitor } from 'oxc-parser'
import { chapters } from '../register/vocabulary.ts'

const mayImport: Record<string, readonly string[]> = {
  register: ['register'],
  platform: ['platform'],
  enforcement: ['register', 'platform', 'enforcement'],
  chapters: ['register', 'platform', 'enforcement', 'chapters'],
  server: ['register', 'platform', 'enforcement', 'chapters', 'server'],
  web: ['register', 'chapters', 'web'],
}
const orderOf = (chapter = ''): number => (chapters as readonly string[]).indexOf(chapter)

/** What a file imports in any way, types included; undefined for a name that is only known when it runs. */
const importsOf = (path: string, text: string): readonly (string | undefined)[] => {
  const { program, errors } = parseSync(path, text)
  assert.deepEqual(errors, [], `${path} cannot be read`)
  const found: (string | undefined)[] = []
  const add = (source: { type: string; value?: unknown } | null): void => {
    if (source !== null) found.push(typeof source.value === 'string' ? source.value : undefined)
  }
  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
    TSImportType: ({ source }) => add(source),
  }).visit(program)
  return found
}

/** Whether `from` may enter the chapter that `to` lies in: api.ts is what the web sees of it, routes.ts and jobs.ts what the server runs. A noun's sub-folder has the same names. */
const entersByDoor = (from: string, to: string): boolean => {
  const [room, chapter, file, inNoun] = from.split('/')
  const [, entered, door = '', noun] = to.split('/')
  const opened = noun ?? door
  if (room === 'web') return opened === 'api.ts'
  if (room === 'server') return door === 'index.ts' || ['api.ts', 'routes.ts', 'jobs.ts'].includes(opened)
  if (chapter === entered) return true
  return (
    orderOf(entered) < orderOf(chapter) && (door === 'index.ts' || ((inNoun ?? file) === 'api.ts' && door === 'api.ts'))
  )
}

const breachesOf = (path: string, text: string): readonly string[] =>
  importsOf(path, text).flatMap((name) => {
    if (name === undefined) return [`${path} imports a name that is not written in it`]
    if (!name.startsWith('.')) return []
    const to = posix.join(posix.dirname(path), name)
    const [room = '', target = ''] = [path.split('/')[0], to.split('/')[0]]
    if (target === 'tests' && /\.test\.tsx?$/.test(path)) return []
    if (!mayImport[room]?.includes(target)) return [`${path} imports ${to}: ${room} may not know ${target}`]
    return target === 'chapters' && !entersByDoor(path, to) ? [`${path} imports ${to}, which is no door to it`] : []
  })

const misnamed = (path: string, exists: (path: string) => boolean): readonly string[] => {
  const [room, part, name = ''] = path.split('/')
  if (room === 'chapters' && orderOf(part) < 0) return [`${path}: the vocabulary has no chapter ${part}`]
  if (room === 'chapters' && !exists(`register/${part}.ts`)) return [`${path}: register/${part}.ts is missing`]
  const mirrors = room === 'web' && (part === 'desk' || part === 'portal') && path.split('/').length > 3
  return mirrors && !['kit', 'shell'].includes(name) && orderOf(name) < 0 ? [`${path}: ${name} is no chapter`] : []
}

const root = join(import.meta.dirname, '..')
const files = Object.keys(mayImport)
  .flatMap((room) => globSync(`${room}/**/*.{ts,tsx,js}`, { cwd: root, exclude: ['web/dist/**'] }))
  .map((path) => path.replaceAll('\\', '/'))

test('every import keeps the law of the house', () => {
  assert.ok(files.length > 20, 'too few files were found to have looked at the house')
  assert.deepEqual(
    files.flatMap((path) => breachesOf(path, readFileSync(join(root, path), 'utf8'))),
    [],
  )
})

test('names are mirrored', () => {
  assert.deepEqual(
    files.flatMap((path) => misnamed(path, (other) => existsSync(join(root, other)))),
    [],
  )
})

const refused: readonly (readonly [path: string, text: string])[] = [
  ['register/a.ts', `import type { Sql } from '../platform/sql.ts'`],
  ['platform/a.ts', `export { chapters } from '../register/vocabulary.ts'`],
  ['platform/a.test.ts', `import '../enforcement/endpoint.ts'`],
  ['enforcement/a.ts', `type A = import('../chapters/sites/index.ts').A`],
  ['chapters/sites/a.ts', `import '../customers/queries.ts'`],
  ['chapters/sites/a.ts', `import '../customers/api.ts'`],
  ['chapters/customers/a.ts', `import '../sites/index.ts'`],
  ['chapters/sites/a.ts', `import '../../tests/browser.ts'`],
  ['chapters/sites/a.ts', `const a = await import('../../server/a.ts')`],
  ['server/a.ts', `export * from '../chapters/sites/queries.ts'`],
  ['server/a.ts', `import '../web/main.tsx'`],
  ['web/desk/sites/A.tsx', `import '../../../chapters/sites/rules.ts'`],
  ['web/desk/sites/A.tsx', `import type { A } from '../../../platform/errors.ts'`],
  ['server/a.ts', `const name = './b.ts'; await import(name)`],
]
const allowed: readonly (readonly [path: string, text: string])[] = [
  [
    'chapters/sites/a.ts',
    `import '../customers/index.ts'; import './queries.ts'; import '../../platform/sql.ts'; import 'zod'`,
  ],
  ['chapters/sites/api.ts', `import '../customers/api.ts'`],
  ['chapters/contacts/calls/api.ts', `import '../../customers/api.ts'`],
  ['chapters/sites/a.test.ts', `import '../../tests/browser.ts'`],
  ['server/a.ts', `import '../chapters/sites/routes.ts'`],
  [
    'web/desk/sites/A.tsx',
    `import '../../../chapters/sites/api.ts'; import '../../kit/Field.tsx'; import '../../../register/vocabulary.ts'`,
  ],
]

test('the law refuses what it should, and no more', () => {
  for (const [path, text] of refused) assert.equal(breachesOf(path, text).length, 1, `${path}: ${text}`)
  for (const [path, text] of allowed) assert.deepEqual(breachesOf(path, text), [])
  const exists = (path: string): boolean => path !== 'register/rights.ts'
  for (const path of [
    'chapters/helpers/a.ts',
    'chapters/rights/api.ts',
    'web/desk/common/A.tsx',
    'web/portal/misc/A.tsx',
  ])
    assert.equal(misnamed(path, exists).length, 1, path)
  for (const path of [
    'chapters/sites/api.ts',
    'web/desk/sites/A.tsx',
    'web/desk/shell/Menu.tsx',
    'web/desk/paths.ts',
    'web/kit/Field.tsx',
  ])
    assert.deepEqual(misnamed(path, exists), [])
})
