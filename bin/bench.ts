// npm run bench -- TOPIC: our path against a named baseline in the same run, in turns, and whether the mark is reached.
import { globSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { atLeast, isUneven, reached, type Row, type Topic } from '../bench/kit/topic.ts'

const folder = join(import.meta.dirname, '../bench')
const names = globSync('*.ts', { cwd: folder })
  .map((file) => basename(file, '.ts'))
  .toSorted()
const topicOf = async (name: string): Promise<Topic> =>
  ((await import(join(folder, `${name}.ts`))) as { readonly bench: Topic }).bench

const unusable = (why: string): never => {
  console.error(`${why}\nnpm run bench -- --help tells the use, --list the topics`)
  process.exit(2)
}

const help = `npm run bench -- TOPIC… [--json] [--SIZE N]

Measures our path and a named baseline in turns on the same made-up data, and tells the ratio and whether the mark is reached.
TOPIC is one or more of: ${names.join(', ')}; or all.

  --json     rows for machines, one JSON text
  --list     the topics with their sizes
  --SIZE N   a size of the topic, for example --customers 1000000 --pairs 9

The time is that on a core (CPU), of this program and of its own PostgreSQL under .cache, since a machine may be shared; the wall's time
is told beside it. A ratio is the median of the pairs, with its quartiles. BENCH_KEEP=1 leaves the made-up people for the next run.
What the numbers were, where and when: docs/performance.md.

Exit code: 0 every mark is reached, 1 some are not or came out uneven, 2 the command cannot be used, 3 nothing could be measured.`

const cut = process.argv.slice(2)
const asked = cut.filter((word, i) => !word.startsWith('--') && !(cut[i - 1]?.startsWith('--') && /^\d+$/.test(word)))
const wanted = asked.includes('all') ? names : asked
for (const name of wanted) if (!names.includes(name)) unusable(`there is no topic ${name}`)
const topics = await Promise.all(
  (wanted.length > 0 ? wanted : names).map(async (name) => [name, await topicOf(name)] as const),
)
const sizeNames = new Set(topics.flatMap(([, { options }]) => Object.keys(options)))

const flags = () => {
  try {
    return parseArgs({
      args: cut,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        list: { type: 'boolean' },
        json: { type: 'boolean' },
        ...Object.fromEntries([...sizeNames].map((name) => [name, { type: 'string' } as const])),
      },
    }).values as Readonly<Record<string, string | boolean | undefined>>
  } catch (error) {
    return unusable((error as Error).message)
  }
}
const values = flags()
if (values['help'] === true) {
  console.log(help)
  process.exit(0)
}
if (values['list'] === true) {
  for (const [name, { what, options }] of topics)
    console.log(
      [
        `${name.padEnd(9)} ${what}`,
        ...Object.entries(options).map(([size, of]) => `            --${size.padEnd(10)} ${of.what} (${of.default})`),
      ].join('\n'),
    )
  process.exit(0)
}
if (wanted.length === 0) unusable('no topic is named')

const sizesOf = ({ options }: Topic): Record<string, number> =>
  Object.fromEntries(
    Object.entries(options).map(([name, size]) => {
      const value = values[name] === undefined ? size.default : Number(values[name])
      if (!Number.isSafeInteger(value) || value < 1)
        unusable(`--${name} is ${String(values[name])}; give a whole number from 1 on`)
      return [name, value]
    }),
  )

const machine = () => ({
  cores: availableParallelism(),
  model: cpus()[0]?.model ?? 'unknown',
  node: process.versions.node,
  load: loadavg()[0] ?? 0,
})
const round = (value: number): string =>
  Number.isNaN(value) ? '-' : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(3)
const times = (value: number): string => `${Number(round(value))}x`

const said = { faster: 'faster', dearer: 'the cost', below: 'of the limit', above: 'of the limit' } as const

/** For people: what a machine reads is `--json`. */
const lineOf = (row: Row): readonly string[] => {
  const { what, unit, ours, theirs, baseline, ratio, low, high, is, mark } = row
  const verdict = reached(row)
  return [
    what,
    `${round(ours.cpu)} ${unit}`,
    `${round(ours.wall)} ${unit}`,
    baseline === 'the limit' ? '' : `${round(theirs.cpu)} ${unit}`,
    `${times(ratio)} ${said[is]}${low === high ? '' : ` (${times(low)}-${times(high)})`}`,
    mark === undefined
      ? ''
      : `${mark.name}: at ${atLeast(is) ? 'least' : 'most'} ${is === 'below' || is === 'above' ? `${round(theirs.wall)} ${unit}` : times(mark.ratio)}`,
    verdict === undefined
      ? isUneven(row)
        ? 'uneven'
        : ''
      : verdict === 'yes'
        ? `reached${isUneven(row) ? ' (uneven)' : ''}`
        : verdict === 'no'
          ? 'NOT reached'
          : 'not measured: too uneven',
    baseline,
  ]
}
const head = ['our path', 'CPU', 'wall', "baseline's CPU", 'ratio (quartiles)', 'mark', '', 'baseline']
const table = (rows: readonly Row[]): string => {
  const lines = [head, ...rows.map(lineOf)]
  const widths = head.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)))
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const told: { topic: string; sizes: object; machine: object; loadAfter: number; rows: readonly object[] }[] = []
let missed = false
for (const [name, topic] of topics) {
  const sizes = sizesOf(topic)
  const before = machine()
  const begun = performance.now()
  let rows: readonly Row[]
  try {
    rows = await topic.run(sizes, (text) => process.stderr.write(`${name}: ${text}\n`))
  } catch (error) {
    console.error(`${name} could not be measured:`, error)
    process.exit(3)
  }
  const loadAfter = loadavg()[0] ?? 0
  missed ||= rows.some((row) => reached(row) === 'no' || reached(row) === 'uneven')
  told.push({
    topic: name,
    sizes,
    machine: before,
    loadAfter,
    rows: rows.map((row) => ({ ...row, reached: reached(row) ?? null, uneven: isUneven(row) })),
  })
  if (values['json'] === true) continue
  const busy = before.load > before.cores * 0.6
  console.log(
    `${name}: ${topic.what}\n${Object.entries(sizes)
      .map(([size, value]) => `${size} ${value}`)
      .join(
        ', ',
      )}; ${before.cores} × ${before.model}, Node ${before.node}; ${((performance.now() - begun) / 1000).toFixed(0)} s; load ${before.load.toFixed(1)} before, ${loadAfter.toFixed(1)} after${busy ? ': OTHERS ARE AT WORK on this machine; trust the CPU and the ratio, not the wall' : ''}\n${table(rows)}\n`,
  )
}
if (values['json'] === true) console.log(JSON.stringify(told, null, 2))
process.exitCode = missed ? 1 : 0
