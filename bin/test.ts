// npm test: every *.test.ts of the house, on one embedded PostgreSQL. The last line says how many passed and how many failed.
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { parseArgs } from 'node:util'
import { testPostgres } from '../tests/postgres.ts'

const root = join(import.meta.dirname, '..')
const rooms = ['register', 'platform', 'enforcement', 'chapters', 'server', 'web', 'tests']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean' }, name: { type: 'string' } },
})

if (values.help) {
  console.log(`npm test [-- [--name WORDS] PART…]

Runs the tests of ${rooms.join(', ')}.
  PART           only files whose path contains it, or that match it as a glob: customers, platform/postgres.test.ts, 'tests/*.test.ts'
  --name WORDS   only tests whose name contains the words (a regular expression)

The last line is "N passed, N failed"; exit code 0 only when none failed and some ran.`)
  process.exit(0)
}

const all = globSync(`{${rooms.join(',')}}/**/*.test.{ts,tsx}`, { cwd: root, exclude: ['web/dist/**'] }).toSorted()
const matched = new Set(positionals.flatMap((part) => globSync(part, { cwd: root })))
const files = all.filter(
  (path) => positionals.length === 0 || matched.has(path) || positionals.some((part) => path.includes(part)),
)
if (files.length === 0) {
  console.error(`no test file matches ${positionals.join(' ')}; there are ${all.length}, for example ${all[0]}`)
  process.exit(1)
}

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stopping.abort()
    process.exit(1)
  })

process.env.NODE_COMPILE_CACHE ??= join(root, '.cache/node')
// Held over the whole run, so that no file has to start the server, or finds it stopping.
const postgres = await testPostgres()

const tests = run({
  files: files.map((path) => join(root, path)),
  cwd: root,
  // A process for each file keeps one file's leavings and crashes from the next (0.25 s of CPU each). As many at once as there are cores: they
  // compute while PostgreSQL, the browser and the disk serve the others, and more at once made the run no shorter on two cores.
  concurrency: availableParallelism(),
  // The longest takes a minute or two on an idle machine, and ten times that where others work: one that hangs must not hold everything up.
  timeout: 1_200_000,
  signal: stopping.signal,
  ...(values.name === undefined ? {} : { testNamePatterns: [new RegExp(values.name)] }),
})
const count = { passed: 0, failed: 0, skipped: 0 }
tests.on('test:pass', ({ name, file, skip, todo, details }) => {
  // Node counts a file that runs no test as one that passed.
  if (details.type === 'suite' || name === file) return
  count[skip !== undefined || todo !== undefined ? 'skipped' : 'passed']++
})
tests.on('test:fail', ({ todo, details }) => {
  if (details.type !== 'suite') count[todo !== undefined ? 'skipped' : 'failed']++
})
let success = false
tests.on('test:summary', (summary) => {
  if (summary.file === undefined) success = summary.success
})
for await (const text of tests.compose(spec)) process.stdout.write(text as string)
await postgres.stop()

if (!success && count.failed === 0) count.failed = 1
process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0
console.log(`${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`)
