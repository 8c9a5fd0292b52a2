// npm run demo -- --customers N: fills an empty register with a made-up population.
import { parseArgs } from 'node:util'
import { RegisterError } from '../platform/errors.ts'
import { readSettings } from '../platform/settings.ts'
import { makeDemo } from '../server/demo/demo.ts'
import { openOn } from '../server/program.ts'

const help = `npm run demo -- --customers N [--seed S]

Fills an empty register with N made-up customers: persons, companies, estates and prospects in Finnish, Swedish and English, with homes
in the Lahti region and beyond, accounting points, moves, contracts, contacts, marketing permissions, protected addresses and duplicates.
Identity codes have individual numbers 900-999, which no one has; everything else is put together by chance, the same for the same seed.

  --customers N   how many, 1-5000000
  --seed S        another whole number makes other people; 1 unless told

The database is the one of npm start: DATA_DIR, or DATABASE_URL with an owner that row walls do not hold (a superuser or BYPASSRLS).
Exit code: 0 made, 1 not made, 2 the command cannot be used.`

const unusable = (why: string): never => {
  console.error(`${why}\nnpm run demo -- --help tells the use`)
  process.exit(2)
}

const options = () => {
  try {
    return parseArgs({
      options: {
        customers: { type: 'string' },
        seed: { type: 'string', default: '1' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    return unusable((error as Error).message)
  }
}

const values = options()
if (values.help) {
  console.log(help)
  process.exit(0)
}
const customers = Number(values.customers)
if (!Number.isInteger(customers) || customers < 1 || customers > 5_000_000)
  unusable(`--customers is ${values.customers ?? 'missing'}; give a whole number from 1 to 5000000`)
const seed = Number(values.seed)
if (!Number.isInteger(seed)) unusable(`--seed is ${values.seed}; give a whole number`)

const opened = await openOn(readSettings())
try {
  const started = performance.now()
  const { register, owner, now } = opened
  const made = await makeDemo({
    register,
    owner,
    customers,
    seed,
    now: now(),
    progress: (so) =>
      console.log(
        `${so.customers} customers, ${so.rows} rows, ${Math.round(so.customers / so.seconds)} customers a second`,
      ),
  })
  console.log(
    `made ${made.customers} customers in ${made.rows} rows, searchable, in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  )
} catch (error) {
  if (!(error instanceof RegisterError)) throw error
  console.error(error.message)
  process.exitCode = 1
} finally {
  await opened.stop()
}
