// npm run check: the whole truth about the checkout, step by step, each with its time. What passes here passes everywhere.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { parseArgs } from 'node:util'

const root = join(import.meta.dirname, '..')
const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`

type Step = { readonly name: string; readonly command: readonly [string, ...string[]]; readonly only?: string }

const steps: readonly Step[] = [
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'lint', command: ['oxlint'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'web types', command: ['tsc', '-p', 'web'], only: 'web/tsconfig.json' },
  { name: 'unused', command: ['knip'] },
  { name: 'plan', command: ['node', '--test', 'tests/plan.test.ts'] },
  { name: 'tests', command: ['node', 'bin/test.ts'] },
]

const { values } = parseArgs({ options: { help: { type: 'boolean' }, quick: { type: 'boolean' } } })

if (values.help) {
  console.log(`npm run check [-- --quick]

Runs ${steps.map(({ name }) => name).join(', ')}; goes on after a step that fails, and ends with exit code 1 if any did.
  --quick   all but the tests: some seconds`)
  process.exit(0)
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`

const passes = ({ name, command: [program, ...args] }: Step): boolean => {
  const begun = performance.now()
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: root,
    env: { ...process.env, PATH: path },
    encoding: 'utf8',
    maxBuffer: Infinity,
  })
  const said = `${stdout}${stderr}${error?.message ?? ''}`.trimEnd()
  if (status !== 0) console.log(`${said}\n✖ ${name}  ${seconds(begun)}`)
  else console.log(`✔ ${name}  ${seconds(begun)}${name === 'tests' ? `  ${said.split('\n').at(-1)}` : ''}`)
  return status === 0
}

const begun = performance.now()
const wanted = steps.filter(
  ({ name, only }) => !(values.quick && name === 'tests') && (only === undefined || existsSync(join(root, only))),
)
const failed = wanted.filter((step) => !passes(step)).map(({ name }) => name)
console.log(
  failed.length === 0 ? `All is well  ${seconds(begun)}` : `Not well: ${failed.join(', ')}  ${seconds(begun)}`,
)
process.exitCode = failed.length === 0 ? 0 : 1
