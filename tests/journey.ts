// The whole product on a database of its own, and a real browser in which named people have signed in: what a journey walks through.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Pool } from 'pg'
import { openAccessLog, type SealedLog } from '../enforcement/access-log/log.ts'
import type { Register } from '../enforcement/register.ts'
import { readSettings, type Settings } from '../platform/settings.ts'
import { readLogKey } from '../server/master-key.ts'
import { serveProgram } from '../server/program.ts'
import { openBrowser } from './browser.ts'
import { testRegister } from './database.ts'
import { signedInAt } from './signed-in.ts'

export type Journey = {
  readonly address: string
  readonly register: Register
  /** The owner of the tables: for fixtures and for looking at what really stands there. */
  readonly owner: Pool
  /** The access log of the served register: for a checkpoint that no minute is waited for. */
  readonly log: SealedLog
  readonly browser: Browser
  /** A window of 1280×720 in which someone new of these roles, committed to secrecy, has signed in and stands at `path`. */
  readonly at: (path: string, roles: readonly string[], options?: BrowserContextOptions) => Promise<Page>
  /** The cookie of someone new of these roles, for asking the API over HTTP. */
  readonly signedIn: (roles: readonly string[]) => Promise<string>
  readonly stop: () => Promise<void>
}

/** The web is served as it was built last: `npm test` builds it first, and so does `node bin/setup.js`. */
export const journey = async (more: Partial<Settings> = {}): Promise<Journey> => {
  const folder = await mkdtemp(join(tmpdir(), 'register-'))
  const test = await testRegister()
  const settings = {
    ...readSettings({}),
    PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
    ...more,
  }
  const now = () => new Date()
  const log = await openAccessLog({
    pool: test.register.pool('log-sealer.security.group'),
    folder: join(folder, 'access-log'),
    signingKey: await readLogKey(settings),
    origin: 'test/access-log',
    now,
  })
  const program = await serveProgram(
    {
      register: test.register,
      log,
      owner: test.opening.owner,
      now,
      stop: async () => {
        await log.close()
        await test.drop()
      },
    },
    settings,
  )
  const browser = await openBrowser()
  let people = 0

  const signedIn = (roles: readonly string[]): Promise<string> => {
    people += 1
    return signedInAt(program.url, test.register, {
      login: `testi${people}`,
      name: `Testi Työntekijä ${people}`,
      roles,
    })
  }

  return {
    address: program.url,
    register: test.register,
    owner: test.owner,
    log,
    browser,
    signedIn,
    at: async (path, roles, options = {}) => {
      const [name = '', value = ''] = (await signedIn(roles)).split('=')
      const context = await browser.newContext({
        viewport: { width: 1280, height: 720 },
        locale: 'fi-FI',
        timezoneId: 'Europe/Helsinki',
        baseURL: program.url,
        ...options,
      })
      await context.addCookies([{ name, value, url: program.url }])
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      await page.goto(path)
      return page
    },
    stop: async () => {
      await browser.close()
      await program.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
