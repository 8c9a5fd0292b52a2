// npm start: brings the whole register up, says where it is and how to sign in, and ends cleanly on SIGTERM.
import { firstSignIns } from '../chapters/access/index.ts'
import { RegisterError } from '../platform/errors.ts'
import { readSettings, settings } from '../platform/settings.ts'
import { makeDemo } from '../server/demo/demo.ts'
import { founders } from '../server/first-people.ts'
import { loadPostcodes } from '../server/postcodes.ts'
import { loadRates } from '../server/rates.ts'
import { type Opened, openOn, serveProgram } from '../server/program.ts'

if (process.argv.includes('--help')) {
  console.log(`npm start

Opens the register (DATA_DIR or DATABASE_URL), migrates it, compiles the declaration into it, compares the live database with the
declaration, and serves desk, notice and API on one port. A difference refuses to start, naming it.

Settings by environment:
${Object.entries(settings)
  .map(([name, { default: value, what }]) => `  ${name.padEnd(20)} ${what}${value === '' ? '' : ` (default ${value})`}`)
  .join('\n')}`)
  process.exit(0)
}

const begun = performance.now()
const stopWith = (code: number) => (error: unknown) => {
  console.error(
    error instanceof RegisterError
      ? `The register did not start: ${error.detail ?? error.code}${error.faults.map(({ path, message }) => `\n  ${path}: ${message}`).join('')}`
      : error,
  )
  process.exit(code)
}

/** A register without a customer is filled with made-up ones; one that has any is left as it is. */
const demonstration = async ({ register, owner, now }: Opened, customers: number): Promise<void> => {
  try {
    const { rows } = await makeDemo({ register, owner, customers, now: now() })
    console.log(`Made ${customers} demonstration customers (${rows} rows). DEMO=0 starts empty.`)
  } catch (error) {
    if (!(error instanceof RegisterError && error.code === 'demo.not-empty')) throw error
  }
}

try {
  const read = readSettings()
  const opened = await openOn(read)
  if (read.DEMO === '1') await demonstration(opened, Number(read.DEMO_CUSTOMERS))
  else await loadPostcodes(opened.owner)
  await loadRates(opened.owner)
  const newcomers = await firstSignIns(opened.register, founders(read.DEMO === '1'), opened.now())
  const program = await serveProgram(opened, read)
  const lines = [
    `Asiakasrekisteri ${opened.register.description.version}, ready in ${((performance.now() - begun) / 1000).toFixed(1)} s`,
    `  desk     ${program.url}/desk`,
    `  notice   ${program.url}/rekisteriseloste`,
    `  API      ${program.url}/api/openapi.json`,
  ]
  if (newcomers.length > 0)
    lines.push(
      '  first sign-ins, shown this once (each sets a password and an authenticator of its own):',
      ...newcomers.map(({ login, password }) => `    ${login.padEnd(16)} ${password}`),
    )
  console.log(lines.join('\n'))
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    program.stop().then(() => process.exit(0), stopWith(1))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
} catch (error) {
  stopWith(1)(error)
}
