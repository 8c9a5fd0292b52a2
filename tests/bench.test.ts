// Every topic of the bench measures, at its tiniest size: rows, numbers, a named baseline. How fast anything is, is not asserted.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { reached, type Row, type Topic } from '../bench/kit/topic.ts'

const root = join(import.meta.dirname, '..')
const names = globSync('*.ts', { cwd: join(root, 'bench') })
  .map((file) => basename(file, '.ts'))
  .toSorted()
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'bin/bench.ts'), ...args], { cwd: root, encoding: 'utf8' })

for (const name of names)
  test(
    `${name} is measured`,
    { skip: process.platform !== 'linux' && 'CPU of other processes is told by Linux alone' },
    async () => {
      const { bench: topic } = (await import(join(root, 'bench', `${name}.ts`))) as { readonly bench: Topic }
      const tiny = Object.entries(topic.options).flatMap(([size, of]) => [`--${size}`, String(of.tiny)])
      const { status, stdout, stderr } = run(name, '--json', ...tiny)
      assert.ok(status === 0 || status === 1, stderr)
      const [told] = JSON.parse(stdout) as readonly { readonly topic: string; readonly rows: readonly Row[] }[]
      assert.equal(told?.topic, name)
      assert.ok((told?.rows.length ?? 0) > 0)
      for (const row of told?.rows ?? []) {
        for (const value of [row.ratio, row.low, row.high, row.ours.wall]) assert.ok(Number.isFinite(value), row.what)
        assert.ok(row.what !== '' && row.baseline !== '', row.what)
      }
    },
  )

test('the command tells its use, its topics, and what it cannot do', () => {
  assert.match(run('--help').stdout, /npm run bench -- TOPIC/)
  const { status, stdout } = run('--list')
  assert.equal(status, 0)
  for (const name of names) assert.match(stdout, new RegExp(`^${name} `, 'm'))
  for (const wrong of [[], ['nothing'], ['tabular', '--rows', '0'], ['tabular', '--colour', '1']])
    assert.equal(run(...wrong).status, 2, wrong.join(' '))
})

test('a mark is reached on its own side, and not judged when it lies between the quartiles', () => {
  const row = { is: 'faster', ratio: 3, low: 2.9, high: 3.1, mark: { name: 'M', ratio: 2 } } as Row
  assert.equal(reached(row), 'yes')
  assert.equal(reached({ ...row, is: 'dearer' }), 'no')
  assert.equal(reached({ ...row, low: 1.9 }), 'uneven')
  assert.equal(reached({ ...row, mark: undefined } as unknown as Row), undefined)
})
