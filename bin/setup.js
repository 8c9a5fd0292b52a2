// Runs before every command, under whatever Node there is (20 or later, so plain JavaScript): checks Node 24, and builds the web when it has changed.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const { platform, arch, argv, versions, pid } = process

if (argv.includes('--help')) {
  console.log(`node bin/setup.js [--node]

Checks that Node 24 runs, and builds web/ into web/dist when package-lock.json, this file or a source of the web has changed since.
  --node   checks Node only`)
  process.exit(0)
}

if (Number(versions.node.split('.')[0]) < 24) {
  const own = join(root, 'node_modules', `node-${platform === 'win32' ? 'win' : platform}-${arch}`)
  console.error(
    existsSync(own)
      ? `Node ${versions.node} runs this, not the Node 24 that npm has put into node_modules/.bin: use npm start, npm test or npm run NAME.`
      : existsSync(join(root, 'node_modules'))
        ? `Node 24 is missing, and Node ${versions.node} cannot run this. Run npm ci without --omit=optional; if npm has no Node for ${platform}-${arch}, install Node 24 yourself.`
        : 'Nothing is installed yet: run npm ci first.',
  )
  process.exit(1)
}

/** Everything that the web is built from: its own folder, the declaration, and what chapters show to it. */
const sources = () =>
  ['web', 'register', 'chapters']
    .flatMap((folder) =>
      existsSync(join(root, folder)) ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true }) : [],
    )
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !path.startsWith(join(root, 'web/dist')) && !path.endsWith('.test.ts') && !path.endsWith('.tsbuildinfo'),
    )
    .sort()

const stampOf = () => {
  const hash = createHash('sha256')
  for (const path of [join(root, 'package-lock.json'), join(root, 'bin/setup.js'), ...sources()])
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

/** Beside each text file its compressed forms, made once, so that the server only sends them. */
const compress = (folder) => {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|svg)$/.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    const content = readFileSync(file)
    if (content.length < 1_000) continue
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
    writeFileSync(`${file}.br`, brotliCompressSync(content, quality))
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
  }
}

const buildWeb = async () => {
  if (!existsSync(join(root, 'web/vite.config.ts'))) {
    console.log('web/vite.config.ts is not there: there is no web to build.')
    return
  }
  const dist = join(root, 'web/dist')
  const stampFile = join(dist, '.stamp')
  const stamp = stampOf()
  const isFresh = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
  if (isFresh()) return
  const begun = performance.now()
  const { build } = await import('vite')
  // Built aside and renamed, so that a server that runs meanwhile, or a killed build, never has half a web.
  const making = `${dist}.making-${pid}`
  const old = `${dist}.old-${pid}`
  try {
    await build({ root: join(root, 'web'), logLevel: 'warn', build: { outDir: making, emptyOutDir: true } })
    compress(making)
    writeFileSync(join(making, '.stamp'), stamp)
    if (existsSync(dist)) renameSync(dist, old)
    renameSync(making, dist)
  } catch (error) {
    if (isFresh()) return // Another command has built the same meanwhile.
    console.error(`The web could not be built from web/: ${error.message}`)
    process.exitCode = 1
  } finally {
    rmSync(making, { recursive: true, force: true })
    rmSync(old, { recursive: true, force: true })
  }
  if (!process.exitCode) console.log(`The web is built (${((performance.now() - begun) / 1000).toFixed(1)} s).`)
}

if (!argv.includes('--node')) await buildWeb()
