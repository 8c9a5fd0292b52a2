// npm run demo -- --customers N: fills an empty register with a made-up population.
import { parseArgs } from 'node:util'
import { RegisterError } from '../platform/errors.ts'
import { readSettings } from '../platform/settings.ts'
import { makeDemo } from '../server/demo/demo.ts'
import { openOn } from '../server/program.ts'

const help = `npm run demo -- [--customers N] [--points N] [--days N] [--seed S]

Fills an empty register with N made-up customers: persons, companies, estates and prospects in Finnish, Swedish and English, with homes
in the Lahti region and beyond, accounting points, moves, contracts, contacts, marketing permissions, protected addresses and duplicates.
Identity codes have individual numbers 900-999, which no one has; everything else is put together by chance, the same for the same seed.

  --customers N   how many at least, 1-5000000
  --points N      a utility of at least so many accounting points, 1-1000000, with consumption at every home and business of today:
                  its quarters of electricity and hours of heat
  --days N        how many days of consumption, up to yesterday, 1-3650: 365 unless told, and with --points alone. Without --points
                  thirty homes have it, for 400 days
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
        points: { type: 'string' },
        days: { type: 'string' },
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
const whole = (name: 'customers' | 'points' | 'days', most: number): number | undefined => {
  const text = values[name]
  if (text === undefined) return undefined
  const number = Number(text)
  return Number.isInteger(number) && number >= 1 && number <= most
    ? number
    : unusable(`--${name} is ${text}; give a whole number from 1 to ${most}`)
}
const [customers, points, days] = [whole('customers', 5_000_000), whole('points', 1_000_000), whole('days', 3650)]
if (customers === undefined && points === undefined) unusable('--customers and --points are missing; give one of them')
if (days !== undefined && points === undefined) unusable('--days goes with --points')
const seed = Number(values.seed)
if (!Number.isInteger(seed)) unusable(`--seed is ${values.seed}; give a whole number`)

const opened = await openOn(readSettings())
try {
  const started = performance.now()
  const { register, owner, now } = opened
  const made = await makeDemo({
    register,
    owner,
    customers: customers ?? 1,
    seed,
    now: now(),
    // Nobody has moved in everywhere: all who have are some of the points.
    ...(points !== undefined && { points, measured: { homes: points, days: days ?? 365 } }),
    progress: ({ day, seconds, ...so }) =>
      console.log(
        day === undefined
          ? `${so.customers} customers, ${so.points} points, ${so.rows} rows, ${Math.round(so.customers / seconds)} customers a second`
          : `consumption up to ${day}, ${so.rows} rows, ${seconds.toFixed(0)} s`,
      ),
  })
  console.log(
    `made ${made.customers} customers and ${made.points} points in ${made.rows} rows, searchable, in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  )
} catch (error) {
  if (!(error instanceof RegisterError)) throw error
  console.error(error.message)
  process.exitCode = 1
} finally {
  await opened.stop()
}
