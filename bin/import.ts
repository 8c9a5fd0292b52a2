// npm run import -- FILE…: takes files of customers in, and goes on where an earlier run was cut off.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { kinds } from '../chapters/exchange/api.ts'
import { importFile } from '../chapters/exchange/jobs.ts'
import { RegisterError } from '../platform/errors.ts'
import { readSettings } from '../platform/settings.ts'
import { openOn } from '../server/program.ts'

const help = `npm run import -- FILE… --source NAME [--kind KIND] [--columns FIELD=NAME,…] [--controller ID] [--dry-run]

Takes customers, sites, contracts, contacts, spot prices, consumption or registers of heat meters in from CSV and XLSX files of another system. Columns are recognised by their names (fi, sv, en). Rows that cannot be
taken in are kept with all of their faults. A file that was cut off goes on where it stopped; one that was taken in before changes nothing.
Values come by millions from the export of the datahub's portal and from its metering messages (E66, XML); the same file again is told at once.
What an import has made can be undone in the desk, where its faults are as well.

  --source NAME     the sender: with the row's key it tells a re-delivery from something new (required)
  --kind KIND       customers (when not given), sites, contracts or contacts, each of which names the others by number and point code
                    or spot-prices, which leave what they correct as an earlier version; consumption is of values,
                    heat-registers of what heat meters showed hour by hour, found by the code of the point or the number of the meter
  --columns F=N,…   which column is which field where the header does not say: price_vat=price (c/kWh with VAT), price=… (without) or price_mwh=…
  --controller ID   the legal entity whose rows these are, as register.yaml names it; all of the group when not given
  --dry-run         reads, checks and counts everything, and changes nothing

The register is the one of DATA_DIR or DATABASE_URL; it may be running meanwhile.
Exit code: 0 every row came in, 1 some rows were refused, 2 nothing could be done.`

const { values, positionals } = (() => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        source: { type: 'string' },
        kind: { type: 'string', default: 'customers' },
        columns: { type: 'string' },
        controller: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help}`)
    process.exit(2)
  }
})()
if (values.help) {
  console.log(help)
  process.exit(0)
}
const { source } = values
const kind = kinds.find((known) => known === values.kind)
if (kind === undefined) {
  console.error(`there is no kind ${values.kind}\n\n${help}`)
  process.exit(2)
}
if (positionals.length === 0 || source === undefined) {
  console.error(`${source === undefined ? '--source is missing' : 'no file named'}\n\n${help}`)
  process.exit(2)
}

const named = Object.fromEntries(
  (values.columns ?? '')
    .split(',')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const at = pair.indexOf('=')
      return [pair.slice(0, Math.max(0, at)).trim(), pair.slice(at + 1).trim()]
    }),
)

const shown = (error: unknown): string =>
  error instanceof RegisterError
    ? `${error.detail ?? error.code}${error.faults.map(({ path, message }) => `\n  ${path}: ${message}`).join('')}`
    : String((error as Error).message)

try {
  const opened = await openOn(readSettings())
  let refused = 0
  try {
    for (const file of positionals) {
      const begun = performance.now()
      const done = await importFile(
        opened,
        { file: resolve(file), source, kind, dryRun: values['dry-run'], controller: values.controller, named },
        (now) => {
          if (process.stderr.isTTY)
            process.stderr.write(
              `\r${file}: ${Math.floor((100 * now.bytes_read) / now.bytes_total)} %, ${now.rows_read} rows, ${now.rows_faulty} refused `,
            )
        },
      ).catch((error: unknown) => {
        // All that it says has come already: the others of the command still have to.
        if (!(error instanceof RegisterError) || error.code !== 'import.same-file') throw error
        console.log(`${file}: ${error.detail}; nothing is done`)
      })
      if (process.stderr.isTTY) process.stderr.write('\n')
      if (done === undefined) continue
      const seconds = ((performance.now() - begun) / 1000).toFixed(1)
      console.log(
        `${file}: ${done.rows_read} rows in ${seconds} s: ${done.rows_new} new, ${done.rows_changed} changed, ${done.rows_same} the same, ${done.rows_faulty} refused (import ${done.job})`,
      )
      refused += done.rows_faulty
    }
  } finally {
    await opened.stop()
  }
  process.exitCode = refused > 0 ? 1 : 0
} catch (error) {
  console.error(shown(error))
  process.exitCode = 2
}
