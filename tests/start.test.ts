import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

let folder: string
let running: ChildProcess | undefined

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'register-'))
})
after(async () => {
  running?.kill('SIGTERM')
  if (running !== undefined) await once(running, 'exit')
  await rm(folder, { recursive: true, force: true })
})

/** The program as npm start runs it, on a data folder of its own; resolves with what it says once it is ready. */
const start = async (): Promise<string> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../bin/start.ts')], {
    env: {
      ...process.env,
      DATA_DIR: join(folder, 'var'),
      PORT: '0',
      DEMO_CUSTOMERS: '40',
      LOG_LEVEL: 'silent',
      DATABASE_URL: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running = child
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      // It says everything in one piece, after the line of a demonstration.
      if (said.includes('openapi.json')) setTimeout(() => resolve(said), 50)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)))
  })
}
const addressIn = (said: string): string => /http:\/\/[^/]+/.exec(said)?.[0] ?? ''
const stop = async (signal: NodeJS.Signals): Promise<number | null> => {
  const child = running as ChildProcess
  running = undefined
  child.kill(signal)
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}
const answers = async (address: string): Promise<void> => {
  for (const path of [
    '/health',
    '/rekisteriseloste',
    '/rekisteriseloste/sv',
    '/rekisteriseloste.jsonld',
    '/api/openapi.json',
  ])
    assert.equal((await fetch(`${address}${path}`)).status, 200, path)
}

test('the register comes up on an empty folder, ends cleanly, comes up again, and recovers by itself after kill -9', async () => {
  const first = await start()
  assert.match(first, /Made 40 demonstration customers/)
  const [, login = '', password = ''] = /^ {4}(palvelu) +(\S+)$/m.exec(first) ?? []
  await answers(addressIn(first))
  const signIn = (address: string) =>
    fetch(`${address}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-register': 'test' },
      body: JSON.stringify({ login, password }),
    })
  assert.equal((await signIn(addressIn(first))).status, 200)
  assert.equal(await stop('SIGTERM'), 0)

  const second = await start()
  assert.doesNotMatch(second, /demonstration customers|first sign-ins/, 'a second start makes nobody anew')
  assert.equal((await signIn(addressIn(second))).status, 200)
  await stop('SIGKILL')

  const third = await start()
  await answers(addressIn(third))
  assert.equal((await signIn(addressIn(third))).status, 200, 'what was there before the kill is there after it')
  assert.equal(await stop('SIGTERM'), 0)
})
