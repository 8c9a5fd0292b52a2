// A real Chromium for the journeys, found or unpacked without anyone's help. Tests alone rely on it.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

type Candidate = { readonly path: string; readonly env?: Readonly<Record<string, string>> }

const root = join(import.meta.dirname, '..')
const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const runs = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const onTheMachine = (): Candidate | undefined => {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = programs.flatMap((name) => folders.map((folder) => join(folder, name)))
  const path = [...paths, ...macApplications].find(runs)
  return path === undefined ? undefined : { path }
}

const fontsOf = (folder: string): string =>
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`

/**
 * The browser that the npm package carries, unpacked into the checkout once and under another name first, so that neither a killed nor
 * a racing run leaves half a browser. The package unpacks to the temporary folder, and its libraries only where it believes itself in a cloud.
 */
const packaged = (): Candidate | undefined => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const manifest = join(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '../../package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const folder = join(root, '.cache', `chromium-${version}`)
  const path = join(folder, 'chromium')
  if (!existsSync(folder)) {
    const making = `${folder}.making-${process.pid}`
    mkdirSync(making, { recursive: true })
    try {
      const program = `await (await import('@sparticuz/chromium')).default.executablePath()`
      const env = { ...process.env, TMPDIR: making, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' }
      const unpacking = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        cwd: root,
        env,
        encoding: 'utf8',
      })
      if (unpacking.status !== 0) throw new Error(unpacking.stderr)
      writeFileSync(join(making, 'fonts.conf'), fontsOf(folder))
      if (!existsSync(folder)) renameSync(making, folder)
    } finally {
      rmSync(making, { recursive: true, force: true })
    }
  }
  const lacking = spawnSync('ldd', [path], { encoding: 'utf8' }).stdout?.includes('not found') ?? true
  const libraries = lacking ? { LD_LIBRARY_PATH: join(folder, 'al2023/lib') } : undefined
  return { path, env: { FONTCONFIG_FILE: join(folder, 'fonts.conf'), ...libraries } }
}

const installed = (): Candidate | undefined => {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['-qq', 'update'], { env, stdio: 'ignore' })
  spawnSync('apt-get', ['-qq', '-y', 'install', 'chromium', 'fonts-dejavu-core'], { env, stdio: 'ignore' })
  return onTheMachine()
}

const places: readonly (readonly [name: string, find: () => Candidate | undefined])[] = [
  ["Playwright's own", () => (existsSync(chromium.executablePath()) ? { path: chromium.executablePath() } : undefined)],
  ['the machine', onTheMachine],
  ['the npm package @sparticuz/chromium', packaged],
  ['apt-get install chromium', installed],
]

const launch = ({ path, env }: Candidate): Promise<Browser> =>
  chromium.launch({
    executablePath: path,
    // The pages are our own, and Chromium's sandbox refuses root and many containers.
    chromiumSandbox: false,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-domain-reliability',
      '--no-pings',
      // A page that asks anyone but this machine gets no answer, here as in an office without internet.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
    env: { ...(process.env as Record<string, string>), ...env },
  })

/**
 * Opens a headless Chromium: BROWSER_PATH if it is set, else the first that starts of Playwright's own, the machine's, the npm package's,
 * and, as root on Debian, one that is installed now. The caller closes it.
 * @throws Error that says what was tried.
 */
export const openBrowser = async (): Promise<Browser> => {
  const { BROWSER_PATH } = process.env
  if (BROWSER_PATH) return launch({ path: BROWSER_PATH })
  const tried: string[] = []
  for (const [name, find] of places)
    try {
      const candidate = find()
      if (candidate !== undefined) return await launch(candidate)
      tried.push(`${name}: none`)
    } catch (error) {
      tried.push(`${name}: ${(error as Error).message.split('\n').slice(0, 6).join(' ')}`)
    }
  throw new Error(
    `no Chromium starts here. Set BROWSER_PATH to one, or run: npx playwright-core install --with-deps chromium\n${tried.join('\n')}`,
  )
}
