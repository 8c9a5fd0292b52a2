// npm start on an empty folder, and again on a full one: from the command to the line that says where the register is.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { treeCpu } from './kit/measure.ts'
import { against, type Spent, topic } from './kit/topic.ts'

const root = join(import.meta.dirname, '..')

/** As `npm start` runs it: setup first, then the program. Milliseconds until the desk answers. */
const started = async (folder: string, customers: number): Promise<{ spent: Spent; stop: () => Promise<unknown> }> => {
  const begun = performance.now()
  const environment = {
    ...process.env,
    DATA_DIR: join(folder, 'var'),
    PORT: '0',
    DEMO_CUSTOMERS: String(customers),
    LOG_LEVEL: 'silent',
    DATABASE_URL: '',
  }
  const run = (script: string): ChildProcess =>
    spawn(process.execPath, [join(root, 'bin', script)], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const setup = run('setup.js')
  const [ended] = (await once(setup, 'exit')) as [number | null]
  if (ended !== 0) throw new Error(`bin/setup.js ended with ${ended}`)
  const child = run('start.ts')
  const said = await new Promise<string>((resolve, reject) => {
    let text = ''
    const hear = (chunk: Buffer): void => {
      text += chunk.toString()
      if (text.includes('openapi.json')) resolve(text)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${text}`)))
  })
  const url = /http:\/\/[^/\s]+/.exec(said)?.[0] ?? ''
  const page = await fetch(`${url}/desk`)
  if (!page.ok) throw new Error(`the desk answered ${page.status}`)
  await page.arrayBuffer()
  const wall = performance.now() - begun
  const server = Number(readFileSync(join(folder, 'var/postgres/postmaster.pid'), 'utf8').split('\n')[0])
  const cpu = treeCpu(child.pid ?? 0) + treeCpu(server)
  return {
    spent: { cpu: cpu / 1_000, wall: wall / 1_000 },
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

export const bench = topic({
  what: 'npm start: the first time on an empty folder, and a warm one',
  options: {
    customers: { default: 2_000, tiny: 40, what: 'people of the demonstration, as npm start makes them' },
    first: { default: 3, tiny: 1, what: 'first starts' },
    warm: { default: 5, tiny: 1, what: 'warm starts' },
  },
  run: async ({ customers, first, warm }, say) => {
    const firsts: Spent[] = []
    const warms: Spent[] = []
    for (let i = 0; i < first; i++) {
      const folder = await mkdtemp(join(tmpdir(), 'bench-start-'))
      try {
        const one = await started(folder, customers)
        firsts.push(one.spent)
        await one.stop()
        say(`first start ${one.spent.wall.toFixed(1)} s`)
        for (let n = 0; n < (i === first - 1 ? warm : 0); n++) {
          const again = await started(folder, customers)
          warms.push(again.spent)
          await again.stop()
        }
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    }
    const base = { unit: 's', is: 'below' } as const
    return [
      against(15, {
        ...base,
        what: 'first start after the install, demonstration made',
        values: firsts,
        mark: 'first start',
      }),
      against(3, { ...base, what: 'warm start', values: warms, mark: 'warm start' }),
    ]
  },
})
