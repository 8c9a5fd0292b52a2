// npm run estimate: estimates consumption that is missing of some days, as is done by itself every night of the last ones.
import { parseArgs } from 'node:util'
import { mostDays } from '../chapters/metering/estimation/api.ts'
import { dueSpan, estimateDays } from '../chapters/metering/estimation/jobs.ts'
import { RegisterError } from '../platform/errors.ts'
import { readSettings } from '../platform/settings.ts'
import { openOn } from '../server/program.ts'

const help = `npm run estimate -- [--from DAY] [--to DAY]

Estimates values that are missing of days that have ended, from the point's own days, else from a load profile and its yearly estimate. What is estimated is marked so, and gives way to
what is measured when it comes. The same days again change nothing.

  --from DAY   the first day, as 2026-11-01; two weeks ago when not given
  --to DAY     up to, and without, this day; yesterday when not given, since the last values of a day come until the end of the next. At most ${mostDays} days.

The register is the one of DATA_DIR or DATABASE_URL; it may be running meanwhile.
Exit code: 0 nothing is missing any more, 1 of some days nothing could be told, 2 nothing could be done.`

const { values } = (() => {
  try {
    return parseArgs({
      options: { from: { type: 'string' }, to: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
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

const due = dueSpan(new Date())
const span = { from: values.from ?? due.from, to: values.to ?? due.to }
const days = (Date.parse(span.to) - Date.parse(span.from)) / 86_400_000
const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
if (!isDay(span.from) || !isDay(span.to) || days < 1 || days > mostDays || Date.parse(span.to) > Date.now()) {
  console.error(`from ${span.from} to ${span.to} is no span of 1 to ${mostDays} days that have ended\n\n${help}`)
  process.exit(2)
}
try {
  const opened = await openOn(readSettings())
  try {
    const { estimated, untold } = await estimateDays({ ...opened }, span)
    console.log(`${estimated} days estimated, ${untold} of which nothing is known`)
    process.exitCode = untold > 0 ? 1 : 0
  } finally {
    await opened.stop()
  }
} catch (error) {
  console.error(error instanceof RegisterError ? `${error.code}${error.detail ? `: ${error.detail}` : ''}` : error)
  process.exitCode = 2
}
